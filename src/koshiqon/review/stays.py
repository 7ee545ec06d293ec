"""Chapter: who may stay how long without a visa on the day asked, law beside practice, and worked histories."""

from __future__ import annotations

from koshiqon.country import Country
from koshiqon.evidence import OWN_READING, Basis, Confidence, ProvisionId, Reference
from koshiqon.law.regimes import Regime
from koshiqon.review import histories
from koshiqon.review.changes import PIVOT
from koshiqon.review.document import (
    Area,
    Asked,
    Box,
    Chapter,
    Cited,
    Paragraph,
    Phrase,
    Section,
    Several,
    Shown,
    Table,
    When,
    Word,
)
from koshiqon.review.finding import computed, limit_of, said
from koshiqon.review.stay_by_rules import ByRules, by_rules
from koshiqon.review.stay_rows import DEFAULT, ByRows, sources_of
from koshiqon.review.visitors import has_titles


def chapter(country: Country, asked: Asked) -> Chapter | None:
    """Limits by citizenship on the day, law beside practice, what changed, and worked histories; None where there are
    no regimes. A country whose rules hold no title is told by the rows of its regimes.
    """
    if not country.regimes:
        return None
    told = by_rules(country, asked) if has_titles(country) else ByRows(country, asked)
    others = told.others()
    return Chapter(
        "stay",
        opening=_opening(country, told, asked),
        blocks=(
            *_read_until(country, told.acts(), asked),
            told.table("stay_neighbours", [*country.partners, DEFAULT]),
            *_practice(country, asked),
            *([told.table("stay_others", others)] if others else []),
        ),
        sections=(*_changed(country, told, asked), *histories.sections(country, asked)),
        themes=("visa_free_stay",),
    )


def _opening(country: Country, told: ByRules | ByRows, asked: Asked) -> tuple[Phrase, ...]:
    """How many may enter without a visa, of how many it cannot be told, and the general limit."""
    day = When(asked.on, Reference("country", country.code))
    phrases = [Phrase("stay_counted", {"day": day, "states": told.count()}, count="states")]
    undecided = told.undecided() if isinstance(told, ByRules) else None
    if undecided is not None:
        phrases.append(Phrase("stay_undecided", {"states": undecided}, count="states"))
    general = country.on(asked.on).regimes(DEFAULT)
    return (*phrases, *(_default_phrase(row) for row in general if row.limit.in_window is not None))


def _default_phrase(row: Regime) -> Phrase:
    assert row.limit.in_window is not None and row.limit.window is not None and row.limit.per_entry is not None
    values = {
        "per_entry": limit_of(row, "per_entry", row.limit.per_entry),
        "in_window": limit_of(row, "in_window", row.limit.in_window),
        "window": limit_of(row, "window", row.limit.window),
    }
    return Phrase("stay_default", values, notes=(Reference("provision", str(row.provision)),) if row.provision else ())


def _practice(country: Country, asked: Asked) -> tuple[Box, ...]:
    """What is done otherwise than the articles and points say that the regimes rest on, on the day asked."""
    scopes = {_article(row.provision) for row in country.regimes if row.provision is not None}
    shown = []
    for practice in country.practice.values():
        departs = any(target.kind == "regime" or _stands_in(target, scopes) for target in practice.departs_from)
        if departs and practice.period.contains(asked.on) is not False:
            basis = practice.basis
            reference = Reference("practice", practice.name)
            shown.append(said(reference, practice.text, practice.period.since.text, basis.sources, basis.confidence))
    return (Box("law_and_practice", tuple(shown)),) if shown else ()


def _article(provision: ProvisionId) -> str:
    """The article or point that a provision belongs to, its act included."""
    parts = provision.path.split("/")
    for number, part in enumerate(parts, 1):
        if part.startswith(("art_", "point_")):
            return f"{provision.act}/{'/'.join(parts[:number])}"
    return str(provision)


def _stands_in(target: Reference, scopes: set[str]) -> bool:
    return target.kind == "provision" and any(f"{target.name}/".startswith(f"{scope}/") for scope in scopes)


def _read_until(country: Country, acts: set[str], asked: Asked) -> tuple[Box, ...]:
    """Warn where the day asked is later than the newest change in the text that was read of an act the answers rest
    on.
    """
    late = [
        Phrase(
            "act_read_until",
            {"act": Cited(Reference("act", name)), "day": When(act.read_until, Reference("act", name))},
        )
        for name, act in country.acts.items()
        if name in acts and act.read_until is not None and act.read_until.latest < asked.on
    ]
    unread = tuple(
        Cited(Reference("act", name)) for name, act in country.acts.items() if name in acts and act.read_until is None
    )
    said_of_unread = (Phrase("acts_unread", {"acts": Several(unread)}),) if unread else ()
    return (Box("caution", (Phrase("read_until_warning"), *late, *said_of_unread)),) if late or unread else ()


def _changed(country: Country, told: ByRules | ByRows, asked: Asked) -> tuple[Section, ...]:
    """Whose limits differ between the first day (2020, or the beginning of the look back) and the day asked."""
    first = max(asked.since, PIVOT)
    if first >= asked.on:
        return ()
    citizenships = tuple(dict.fromkeys(row.citizenship for row in country.regimes))
    in_order = [code for code in country.partners if code in citizenships]
    in_order += sorted(set(citizenships) - set(country.partners))
    before, after = (told.limits(in_order, day) for day in (first, asked.on))
    rows = []
    for code in in_order:
        if before[code].says != after[code].says:
            who: Shown = Word("label", "everyone_else") if code == DEFAULT else Area(code)
            rows.append((who, before[code].shown, after[code].shown))
    if not rows:
        return ()
    days: dict[str, Shown] = {
        "first": When(first, Reference("country", country.code)),
        "last": When(asked.on, Reference("country", country.code)),
    }
    sources = sources_of(country.regimes)
    own = Basis((OWN_READING,), Confidence.MEDIUM)
    number = computed(
        "stay_changed", len(rows), "count", asked.on.isoformat(), [(Reference("country", country.code), own)], "count"
    )
    table = Table(
        "stay_changed", Phrase("table_stay_changed", days), ("citizenship", "before", "after"), tuple(rows), sources
    )
    sentence = Phrase("stay_changed", {**days, "number": number}, count="number")
    return (Section("changed", (Paragraph((sentence,)), table)),)
