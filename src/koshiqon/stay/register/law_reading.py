"""Read the law of a register: the titles of every profile, the penalties for days of overstay, what was assumed."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from datetime import date
from itertools import pairwise

from koshiqon.country import Country
from koshiqon.period import Period
from koshiqon.rules import expression as tree
from koshiqon.rules.expression import Condition, Type
from koshiqon.rules.judging import Outcome, Unknown
from koshiqon.rules.rule import AppliesTo, ByLimit, ByPaper, ByRegime, ByTerm, Readings, Rule, RuleKind
from koshiqon.stay.assessment import with_assumptions
from koshiqon.stay.case import CITIZENSHIP, CITIZENSHIPS, HAS_CITIZENSHIP, StayCase
from koshiqon.stay.holding import exceptions_to
from koshiqon.stay.limit_titles import GENERAL
from koshiqon.stay.matter import ENTRY, TITLES_END, Matter, believed, changes, names_of, rows_about
from koshiqon.stay.pieces import edges
from koshiqon.stay.presence import LAST
from koshiqon.stay.readings import readings_of
from koshiqon.stay.register.law import (
    EPOCH,
    EVENTS,
    PENALTY_DAY,
    PENALTY_GIVEN,
    Cell,
    Coverage,
    Line,
    Piece,
    Profile,
    RegisterLaw,
    UnsupportedInRegister,
)
from koshiqon.stay.register.law_cells import cells_of
from koshiqon.stay.register.law_pieces import Began, days_held, not_in_tables, number_of, of_limit, of_regimes
from koshiqon.stay.register.law_terms import Terms, cuts_of, of_papers, of_term
from koshiqon.stay.register.law_whole import MOST_BITS, Found, Part, numbered
from koshiqon.stay.titles import ALL_PAPERS_GIVEN, unlisted

ONE_WAY = {"entry_day": "counts", "exit_day": "counts"}
"""Readings of which tables know one option only."""


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
    found: list[tuple[Found, Found]] = []
    varying = {
        CITIZENSHIP,
        CITIZENSHIPS,
        HAS_CITIZENSHIP,
        PENALTY_GIVEN,
        *(name for one in profiles for name in one.facts),
    }
    alike: dict[Hashable, object] = {}
    for profile in profiles:
        facts = {**assumed, **profile.facts}
        plain = facts if coverage.penalties is not False else _without(facts, PENALTY_GIVEN)
        # The day of entry, and of a penalty, differs from stay to stay: what a condition makes of it is not told here.
        plain = {**plain, ENTRY: not_in_tables(ENTRY)}
        both = (plain, {**plain, PENALTY_GIVEN: True, PENALTY_DAY: not_in_tables(PENALTY_DAY)})
        matters = [Matter(country, StayCase(profile.citizenship, facts=f), (), taken, memory=dict(alike)) for f in both]
        found.append(
            (_law_of(matters[0], titles, (first, last), terms), _law_of(matters[1], titles, (first, last), terms))
        )
        alike |= _alike(matters[0], titles, varying)
    return numbered(country, taken, titles, found, profiles, coverage, (first, last), terms, case)


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


def _alike(matter: Matter, titles: Sequence[Rule], varying: Set[str]) -> Iterator[tuple[Hashable, object]]:
    """What was computed for one profile and is the same for all: nothing in it asks for a fact that varies."""
    for key, value in matter.memory.items():
        if isinstance(key, tuple) and key[0] == "held":
            rule = next(one for one in titles if one.name == key[1])
            if _names_with_exceptions(rule, titles, matter).isdisjoint(varying):
                yield key, value
        elif isinstance(key, tuple) and key[0] == "rows":
            yield key, value


def _names_with_exceptions(rule: Rule, titles: Sequence[Rule], matter: Matter) -> frozenset[str]:
    names = (_names_with_exceptions(other, titles, matter) for other in exceptions_to(rule, titles, matter))
    return names_of(rule, matter).union(*names)


def _law_of(matter: Matter, titles: Sequence[Rule], days: tuple[int, int], terms: Terms) -> Found:
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
    return Found(tuple(parts), tuple(cells))


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
