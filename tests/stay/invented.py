"""Countries and cases of no country: the law of a random life as the program takes it, and a plain country to time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from lives import Change, Life, Row, Title
from lives import Period as Days

from koshiqon.country import Country
from koshiqon.evidence import Basis, Confidence, Reference, parse_provision
from koshiqon.language import Text
from koshiqon.law.regimes import Limit, Regime
from koshiqon.period import PartialDate, Period
from koshiqon.rules import rule as law
from koshiqon.rules.categories import CaseFact
from koshiqon.rules.expression import Duration, Fact, Type, Unit
from koshiqon.stay.case import Paper, StayCase
from koshiqon.stay.presence import Stay

WORDS = Text({"en": "-"}, {})
BASIS = Basis(("nobody",), Confidence.HIGH)
PROVISION = parse_provision("xxx/1/art_1")


def country_of(life: Life) -> Country:
    """The law of a life."""
    facts = ["papers.all_given"] if life.asks_for_all_papers else []
    return Country(
        code="XXX",
        name=WORDS,
        languages=("en",),
        version="1",
        currency="XXX",
        groups={},
        partners=(),
        areas={},
        sources={},
        regimes=tuple(regime for _, regime in regimes_of(life)),
        facts={name: CaseFact(name, "yes_no", WORDS, private=False, declared=True) for name in facts},
        rules={title.name: rule(title) for title in (*life.titles, *life.bars)},
        readings={name: open_reading(name, options) for name, options in life.options.items()},
    )


def case_of(life: Life) -> StayCase:
    """What is given about the person of a life."""
    return StayCase(
        citizenship=life.citizenship,
        stays=tuple(Stay(*stay) for stay in life.stays),
        papers=tuple(Paper(*paper) for paper in life.papers),
        facts=dict(life.facts),
        plan=None if life.plan is None else Stay(*life.plan),
    )


def open_reading(name: str, options: tuple[str, ...]) -> law.OpenReading:
    return law.OpenReading(name, WORDS, tuple(law.Option(option, WORDS, (), BASIS) for option in options), options[0])


# --- rows ------------------------------------------------------------------------------------------------------------


def regime(row: Row) -> Regime:
    return Regime(
        citizenship=row.citizenship,
        regime=row.code,
        period=period(row.period),
        limit=Limit(row.per_entry, row.days, row.window),
        legal_ground="none",
        instrument=WORDS,
        basis=BASIS,
        enforced_since=None if row.enforced is None else partial(row.enforced),
    )


def regimes_of(life: Life) -> list[tuple[Row, Regime]]:
    """Each row of a life as the program takes it, at odds with its rivals."""
    named = {row.name: regime(row) for row in life.rows}
    against = [tuple(Reference("regime", named[rival].name) for rival in row.rivals) for row in life.rows]
    return [
        (row, replace(named[row.name], basis=replace(BASIS, conflicts_with=rivals)))
        for row, rivals in zip(life.rows, against, strict=True)
    ]


def period(days: Days) -> Period:
    since, until = days
    return Period(partial(since), None if until is None else partial(until))


def partial(change: Change) -> PartialDate:
    return PartialDate(*change, "..".join(map(str, change)))


# --- rules -----------------------------------------------------------------------------------------------------------


def rule(title: Title) -> law.Rule:
    return law.Rule(
        name=title.name,
        kind=law.RuleKind.BAR if title.shape == "bar" else law.RuleKind.TITLE,
        of=law.Subject.PERSON,
        provision=PROVISION,
        period=period(title.period),
        condition=None if title.fact is None else Fact(title.fact, Type.YES_NO),
        written=title.fact or "",
        then=_then(title),
        text=WORDS,
        basis=BASIS,
        applies_to=law.AppliesTo.STAYS_BEGUN if title.stays_begun else law.AppliesTo.DAYS,
        counts_from=title.counts_from,
        overrides=title.overrides,
        under=title.under,
    )


def _then(title: Title) -> law.Consequence:
    term = None if title.days is None else Duration(title.days, Unit.DAYS)
    match title.shape:
        case "regime":
            empty = law.EmptyWindow.UNKNOWN if title.empty_is_unknown else law.EmptyWindow.NONE
            return law.ByRegime(title.codes, empty)
        case "limit":
            return law.ByLimit(*title.limit)
        case "paper":
            return law.ByPaper(title.kinds, term, title.outside)
        case "ends":
            return law.Ends(_moment(title.start), term, title.surely)
        case "bar":
            return law.NoEntry(
                None if title.start is None else _moment(title.start), None if title.start is None else term
            )
    return law.ByTerm(_moment(title.start), term, None)


def _moment(start: date | str | None) -> law.Moment:
    assert start is not None
    return start if isinstance(start, date) else law.EventDay(start)
