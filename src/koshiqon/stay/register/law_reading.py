"""Read the law of a register: the titles of every profile, the penalties for days of overstay, what was assumed."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from koshiqon.country import Country
from koshiqon.period import Period
from koshiqon.rules import expression as tree
from koshiqon.rules.expression import Condition, Type
from koshiqon.rules.judging import Outcome, Reason, ReasonKind, Unknown
from koshiqon.rules.rule import AppliesTo, ByLimit, ByPaper, ByRegime, ByTerm, Readings, Rule, RuleKind
from koshiqon.stay.assessment import with_assumptions
from koshiqon.stay.case import CITIZENSHIP, CITIZENSHIPS, HAS_CITIZENSHIP, StayCase
from koshiqon.stay.consequences import OVERSTAY, ladder
from koshiqon.stay.holding import exceptions_to
from koshiqon.stay.limit_titles import GENERAL
from koshiqon.stay.matter import ENTRY, TITLES_END, Matter, believed, names_in, names_of
from koshiqon.stay.pieces import changes, edges, rows_about
from koshiqon.stay.presence import LAST
from koshiqon.stay.readings import readings_of
from koshiqon.stay.register.law import (
    EPOCH,
    EVENTS,
    PENALTY_DAY,
    PENALTY_GIVEN,
    Band,
    Cell,
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
from koshiqon.stay.register.law_cells import cells_of
from koshiqon.stay.register.law_pieces import Began, days_held, not_in_tables, number_of, of_limit, of_regimes
from koshiqon.stay.register.law_terms import Terms, cuts_of, later_of, of_papers, of_term
from koshiqon.stay.titles import ALL_PAPERS_GIVEN, unlisted

ONE_WAY = {"entry_day": "counts", "exit_day": "counts"}
"""Readings of which tables know one option only."""
MOST_BITS = 63


@dataclass(frozen=True, slots=True)
class Coverage:
    """Does the table of permits hold all there are, and that of penalties? None: there is no such table. Without one of
    permits, nobody is known to have had none; without one of penalties, the door assumes what the country lets it.
    """

    permits: bool | None
    penalties: bool | None


Part = Piece | Valid | Cut | Grace


@dataclass(frozen=True, slots=True)
class _Found:
    """The law of one profile, by lines still named."""

    parts: tuple[tuple[Line, Part], ...]
    cells: tuple[tuple[Line | None, Cell], ...]


def read_law(
    country: Country,
    profiles: Sequence[Profile],
    days: tuple[date, date],
    coverage: Coverage,
    readings: Readings | None = None,
    papers_since: date | None = None,
) -> RegisterLaw:
    """The law for stays that began from the first of `days` on and are judged through the second. `papers_since` is
    the first day on which a permit of the register began; None: not before the first of `days`.

    Raises UnknownReading, and UnsupportedInRegister for a reading or a rule that tables cannot say.
    """
    taken = readings_of(country, readings)
    for name, option in ONE_WAY.items():
        if taken.get(name, option) != option:
            raise UnsupportedInRegister("register_reading", {"reading": name, "option": taken[name]})
    titles = [
        replace(rule, condition=None if rule.condition is None else events_known(rule.condition))
        for rule in country.rules.values()
        if rule.kind is RuleKind.TITLE and believed(rule, taken)
    ]
    if len(titles) > MOST_BITS:
        raise UnsupportedInRegister("register_titles", {"count": str(len(titles)), "most": str(MOST_BITS)})
    first, last = days[0].toordinal(), days[1].toordinal()
    earliest = first if papers_since is None else min(first, papers_since.toordinal())
    terms = Terms(country, (earliest - EPOCH - 1, last - EPOCH))
    case = with_assumptions(StayCase(None), country)
    assumed = dict(case.facts)
    if coverage.permits is not True:
        assumed.pop(ALL_PAPERS_GIVEN, None)
    found: list[tuple[_Found, _Found]] = []
    varying = {
        CITIZENSHIP,
        CITIZENSHIPS,
        HAS_CITIZENSHIP,
        PENALTY_GIVEN,
        *(name for one in profiles for name in one.facts),
    }
    common: dict[Hashable, object] = {}
    for profile in profiles:
        facts = {**assumed, **profile.facts}
        plain = facts if coverage.penalties is not False else _without(facts, PENALTY_GIVEN)
        # The day of entry, and of a penalty, differs from stay to stay: what a condition makes of it is not told here.
        plain = {**plain, ENTRY: not_in_tables(ENTRY)}
        both = (plain, {**plain, PENALTY_GIVEN: True, PENALTY_DAY: not_in_tables(PENALTY_DAY)})
        matters = [
            Matter(country, StayCase(profile.citizenship, facts=f), (), taken, memory=dict(common)) for f in both
        ]
        found.append(
            (_law_of(matters[0], titles, (first, last), terms), _law_of(matters[1], titles, (first, last), terms))
        )
        common |= _common(matters[0], titles, varying)
    return _numbered(country, taken, titles, found, profiles, coverage, (first, last), terms, case)


_YES = tree.Comparison(tree.Literal(1, Type.NUMBER), "=", tree.Literal(1, Type.NUMBER))


def events_known(condition: Condition) -> Condition:
    """The condition for stays, of which the day of entry is always known, and of a penalty that was given its day."""
    match condition:
        case tree.Known(tree.Fact(name)) if name in EVENTS:
            return _YES
        case tree.Not(part):
            return tree.Not(events_known(part))
        case tree.And(parts):
            return tree.And(tuple(events_known(part) for part in parts))
        case tree.Or(parts):
            return tree.Or(tuple(events_known(part) for part in parts))
    return condition


def _without(facts: Mapping[str, Outcome], name: str) -> dict[str, Outcome]:
    return {fact: value for fact, value in facts.items() if fact != name}


# --- one profile -----------------------------------------------------------------------------------------------------


def _common(matter: Matter, titles: Sequence[Rule], varying: Set[str]) -> Iterator[tuple[Hashable, object]]:
    """What was computed for one profile and is the same for all: nothing in it asks for a fact that varies."""
    same = {"names", "changes", "measures", "overridden", "rows"}
    for key, value in matter.memory.items():
        if isinstance(key, tuple) and key[0] == "held":
            rule = next(one for one in titles if one.name == key[1])
            if _names_with_exceptions(rule, titles, matter).isdisjoint(varying):
                yield key, value
        elif key == "overridden" or (isinstance(key, tuple) and key[0] in same):
            yield key, value


def _names_with_exceptions(rule: Rule, titles: Sequence[Rule], matter: Matter) -> frozenset[str]:
    names = (_names_with_exceptions(other, titles, matter) for other in exceptions_to(rule, titles, matter))
    return names_of(rule, matter).union(*names)


def _law_of(matter: Matter, titles: Sequence[Rule], days: tuple[int, int], terms: Terms) -> _Found:
    first_pass = [rule for rule in titles if TITLES_END not in names_of(rule, matter)]
    later = [rule for rule in titles if rule not in first_pass]
    parts: list[tuple[Line, Part]] = []
    cells: list[tuple[Line | None, Cell]] = []
    for began in _eras(first_pass, matter, days):
        told = [one for rule in first_pass for one in _parts_of(rule, first_pass, matter, began, terms)]
        told += _silent(matter, began)
        held = {rule.name: days_held(rule, first_pass, matter, (began[0], LAST)) for rule in first_pass}
        parts += told
        cells += cells_of(told, held, [rule.name for rule in titles], later, matter, began)
    return _Found(tuple(parts), tuple(cells))


def _parts_of(
    rule: Rule, titles: Sequence[Rule], matter: Matter, began: Began, terms: Terms
) -> Iterator[tuple[Line, Part]]:
    told: Iterable[tuple[Line, Part]] = ()
    match rule.then:
        case ByRegime() as then:
            told = of_regimes(rule, then, titles, matter, began)
        case ByLimit() as then:
            told = of_limit(rule, then, titles, matter, began)
        case ByPaper() as then:
            told = of_papers(rule, then, titles, matter, began, terms)
        case ByTerm() as then:
            told = of_term(rule, then, titles, matter, began, terms)
    told = list(told)
    yield from told
    for line in dict.fromkeys(line for line, _ in told):
        yield from ((line, cut) for cut in cuts_of(rule, titles, matter, began, terms))


SILENT = Line("")
"""What no rule says: days for which no row speaks of the citizenship."""


def _silent(matter: Matter, began: Began) -> Iterator[tuple[Line, Piece]]:
    for run in unlisted(matter, (began[0], LAST)):
        if isinstance(run.outcome, Unknown):
            whole = (number_of(began[0]), number_of(began[1]))
            days = (number_of(run.first), number_of(run.last))
            yield SILENT, Piece(-1, whole, *days, False, None, None, run.outcome.reasons)


def _eras(titles: Sequence[Rule], matter: Matter, days: tuple[int, int]) -> Iterator[Began]:
    """Days of entry for which the law of a stay is one: it changes with the entry only where a rule looks at it."""
    cuts: set[int] = set()
    for rule in titles:
        if rule.applies_to is AppliesTo.STAYS_BEGUN:
            told = [*edges(rule.period), *changes(rule, matter)]
            if isinstance(rule.then, ByRegime):
                rows = (*rows_about(matter.case.citizenship, matter), *rows_about(GENERAL, matter))
                told += [day for row in rows for day in edges(row.period)]
                told += [day for row in rows if row.enforced_since for day in edges(Period(row.enforced_since))]
            cuts |= {number for day in told for number in (day.toordinal(), min(day.toordinal() + 1, LAST))}
    firsts = sorted({days[0], *(day for day in cuts if days[0] <= day <= days[1])})
    for first, following in pairwise([*firsts, LAST + 1]):
        yield first, following - 1


# --- the whole register ----------------------------------------------------------------------------------------------


def _numbered(
    country: Country,
    readings: Readings,
    titles: Sequence[Rule],
    found: Sequence[tuple[_Found, _Found]],
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
    reasons = sorted({general(reason) for reason in named_reasons} | set(_own_reasons()))
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


def _placed(law: _Found, place: Mapping[Line, int]) -> ProfileLaw:
    told = [replace(part, line=place[line]) for line, part in law.parts]
    cells = (replace(cell, line=None if line is None else place[line]) for line, cell in law.cells)
    return ProfileLaw(
        tuple(part for part in told if isinstance(part, Piece)),
        tuple(part for part in told if isinstance(part, Valid)),
        tuple(dict.fromkeys(part for part in told if isinstance(part, Cut))),
        tuple(part for part in told if isinstance(part, Grace)),
        tuple(cells),
    )


def general(reason: Reason) -> Reason:
    """Reasons of rows are told by kind, so that a mask has room for them: the row stands beside it."""
    head, mark, _ = reason.name.partition(":")
    return Reason(reason.kind, head if mark and head == "regime" else reason.name)


PAPERS_UNKNOWN = Reason(ReasonKind.FACT_MISSING, ALL_PAPERS_GIVEN)
TITLES_END_UNKNOWN = Reason(ReasonKind.NOT_MODELLED, TITLES_END)
GUESSED = Reason(ReasonKind.FACT_MISSING, "crossing")
PAPER_TOO_LONG = Reason(ReasonKind.NOT_MODELLED, "paper.longest")
PENALTY_ENDS = Reason(ReasonKind.NOT_DEFINED, PENALTY_DAY)


def _own_reasons() -> tuple[Reason, ...]:
    return PAPERS_UNKNOWN, TITLES_END_UNKNOWN, GUESSED, PAPER_TOO_LONG, PENALTY_ENDS


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
