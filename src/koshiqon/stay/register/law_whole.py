"""The law of a whole register: the laws of its profiles, everything numbered once, and what follows from overstay."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from koshiqon.country import Country
from koshiqon.rules.judging import Outcome
from koshiqon.rules.rule import Readings, Rule, RuleKind
from koshiqon.stay.case import StayCase
from koshiqon.stay.consequences import OVERSTAY, ladder
from koshiqon.stay.matter import TITLES_END, Matter, changes, names_in, names_of
from koshiqon.stay.pieces import edges
from koshiqon.stay.presence import LAST
from koshiqon.stay.register.law import (
    EPOCH,
    PENALTY_GIVEN,
    Band,
    Cell,
    Coverage,
    Cut,
    Grace,
    Line,
    Piece,
    Profile,
    ProfileLaw,
    RegisterLaw,
    UnsupportedInRegister,
    Valid,
)
from koshiqon.stay.register.law_pieces import number_of
from koshiqon.stay.register.law_reasons import OWN_REASONS, general
from koshiqon.stay.register.law_terms import Terms, later_of
from koshiqon.stay.titles import ALL_PAPERS_GIVEN

MOST_BITS = 63
Part = Piece | Valid | Cut | Grace


@dataclass(frozen=True, slots=True)
class Found:
    """The law of one profile, by lines still named."""

    parts: tuple[tuple[Line, Part], ...]
    cells: tuple[tuple[Line | None, Cell], ...]


def numbered(
    country: Country,
    readings: Readings,
    titles: Sequence[Rule],
    found: Sequence[tuple[Found, Found]],
    profiles: Sequence[Profile],
    coverage: Coverage,
    days: tuple[int, int],
    terms: Terms,
    case: StayCase,
) -> RegisterLaw:
    """Lines, bounds, terms and equal laws numbered once for all profiles."""
    order = {rule.name: place for place, rule in enumerate(titles)}
    rows = {row.name: place for place, row in enumerate(country.regimes)}
    named = {line for pair in found for law in pair for line, _ in law.parts} | {Line(rule.name) for rule in titles}
    lines = sorted(named, key=lambda line: (order.get(line.rule, len(order)), rows.get(line.row or "", -1)))
    place = {line: number for number, line in enumerate(lines)}
    laws: dict[ProfileLaw, int] = {}
    classes = []
    for pair in found:
        told = (_placed(law, place) for law in pair)
        first, second = (laws.setdefault(law, len(laws)) for law in told)
        classes.append((first, second))
    matter = Matter(country, StayCase(None), (), readings)
    later_rules = [rule for rule in titles if TITLES_END in names_of(rule, matter)]
    later = [
        one
        for rule in later_rules
        for one in later_of(rule, place[Line(rule.name)], days, terms)
        if one.first <= days[1] - EPOCH
    ]
    named_reasons = {reason for law in laws for piece in law.pieces for reason in piece.reasons}
    named_reasons |= {reason for law in laws for valid in law.valid for reason in valid.reasons}
    named_reasons |= {reason for law in laws for grace in law.graces for reason in grace.reasons}
    reasons = sorted({general(reason) for reason in named_reasons} | set(OWN_REASONS))
    if len(reasons) > MOST_BITS:
        raise UnsupportedInRegister("register_reasons", {"count": str(len(reasons)), "most": str(MOST_BITS)})
    told_facts = {name for profile in profiles for name in profile.facts}
    return RegisterLaw(
        laws=tuple(laws),
        classes=tuple(classes),
        lines=tuple(lines),
        titles=tuple(rule.name for rule in titles),
        reasons=tuple(reasons),
        terms=terms.ends(),
        later=tuple(later),
        bands=tuple(_bands(country, case, readings, days)),
        bounds=tuple(sorted({part.bound for law in laws for part in law.pieces if part.bound is not None}, key=str)),
        windows=tuple(sorted({cell.window for law in laws for cell in law.cells if cell.window is not None})),
        papers_known=coverage.permits is True or ALL_PAPERS_GIVEN not in country.facts,
        permit_clock_stops=readings.get("permit_clock") != "runs_on",
        permit_days_outside=readings.get("permit_days") != "in_window",
        profiles=tuple(profiles),
        facts=dict(case.facts),
        assumed=tuple(
            name
            for name in case.assumed
            if name not in told_facts
            and not (name == ALL_PAPERS_GIVEN and coverage.permits is not None)
            and not (name == PENALTY_GIVEN and coverage.penalties is not None)
        ),
        first_day=days[0] - EPOCH,
        last_day=days[1] - EPOCH,
    )


def _placed(law: Found, place: Mapping[Line, int]) -> ProfileLaw:
    told = [replace(part, line=place[line]) for line, part in law.parts]
    cells = (replace(cell, line=None if line is None else place[line]) for line, cell in law.cells)
    return ProfileLaw(
        tuple(part for part in told if isinstance(part, Piece)),
        tuple(part for part in told if isinstance(part, Valid)),
        tuple(dict.fromkeys(part for part in told if isinstance(part, Cut))),
        tuple(part for part in told if isinstance(part, Grace)),
        tuple(cells),
    )


def _bands(country: Country, case: StayCase, readings: Readings, days: tuple[int, int]) -> Iterator[Band]:
    """The penalties that surely follow for days of overstay, as the law of each day has them, for somebody of whom
    nothing else is known than what the door assumes.
    """
    rules = [
        rule
        for rule in country.rules.values()
        if rule.kind is RuleKind.SANCTION and rule.condition is not None and OVERSTAY in names_in(rule.condition)
    ]
    matter = Matter(country, case, (), readings)
    cuts = {day.toordinal() for rule in rules for day in (*edges(rule.period), *changes(rule, matter))}
    cuts |= {min(day + 1, LAST) for day in cuts}
    firsts = sorted({days[0], *(day for day in cuts if days[0] < day <= days[1])})
    for first, following in pairwise([*firsts, LAST + 1]):
        day = date.fromordinal(first)
        for told in ladder(replace(matter, measures={"on": _constant(day)}), day):
            assert told.days is not None
            yield Band(told.rule, number_of(first), number_of(following - 1), *told.days)


def _constant(day: date) -> Callable[[], Outcome]:
    return lambda: day
