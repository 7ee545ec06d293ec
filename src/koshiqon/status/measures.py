"""What conditions about status may ask beside facts: other categories, papers held, and how the stay stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from itertools import permutations

from koshiqon.rules.judging import Outcome, ReasonKind, Unknown, any_of, unknown
from koshiqon.rules.rule import Rule, RuleKind
from koshiqon.stay.consequences import OVERSTAY, days_measures, overstay
from koshiqon.stay.matter import ENTRY, Matter, applies, applies_if_in_force, index_of
from koshiqon.stay.timeline import outcome_on
from koshiqon.stay.titles import ALL_PAPERS_GIVEN, cover

AUTHORISED_UNTIL = "stay.authorised_until"
"""The fact that tells until when a person may stay who gave no trips."""

LAWFUL_TODAY = "stay.lawful_today"

Measures = Mapping[str, Callable[[], Outcome]]


def with_status_measures(matter: Matter, on: date) -> Matter:
    """The matter with every measure that rules about status may ask, each computed when first asked."""
    days = _days(matter, on)
    papers = {name: _paper(matter, name.partition(".")[2], on) for name in _paper_names(matter)}
    told: dict[str, Outcome] = {}
    measures: dict[str, Callable[[], Outcome]] = {**matter.measures, **days, **papers}
    known = replace(matter, measures=measures)
    for name in matter.country.categories:
        measures[f"category.{name}"] = _category(known, name, on, told)
    return known


def category_rules(matter: Matter, category: str) -> list[str]:
    """The rules that say who belongs to a category, all versions."""
    return [rule.name for rule in index_of(matter).by_category.get(category, ())]


def _category(matter: Matter, category: str, on: date, told: dict[str, Outcome]) -> Callable[[], Outcome]:
    """Does the person belong to a category? Unknown where no rule of the day speaks of it."""

    def outcome() -> Outcome:
        if category not in told:
            told[category] = _belongs(matter, category, on)
        return told[category]

    return outcome


def _belongs(matter: Matter, category: str, on: date) -> Outcome:
    index = index_of(matter)
    own, rules = index.by_category.get(category, ()), [one.rule for one in index.of_kind[RuleKind.CATEGORY]]
    if not own:
        return unknown(ReasonKind.NOT_MODELLED, f"category:{category}")
    for earlier, later in permutations(own, 2):
        if _one_of_them_holds(earlier, later, on):
            either = [applies_if_in_force(rule, matter, rules, on) for rule in (earlier, later)]
            if either == [True, True]:
                return True
    return any_of([applies(rule, matter, rules, on) for rule in own])


def _one_of_them_holds(earlier: Rule, later: Rule, on: date) -> bool:
    """Does one version follow the other at a time known only in part, which may be before the day or after it?"""
    turn, end = earlier.period.until, later.period.until
    return (
        turn is not None
        and turn == later.period.since
        and turn.is_on_or_before(on) is None
        and earlier.period.since.is_on_or_before(on) is True
        and (end is None or end.is_on_or_before(on) is False)
    )


def _paper_names(matter: Matter) -> list[str]:
    return [f"paper.{code}" for scheme, code in matter.country.codes if scheme == "paper"]


def _paper(matter: Matter, kind: str, on: date) -> Callable[[], Outcome]:
    """Is a paper of the kind valid on the day? No only where all papers were given."""

    def outcome() -> Outcome:
        valid = any(
            paper.kind == kind and paper.since <= on and (paper.until is None or on <= paper.until)
            for paper in matter.case.papers
        )
        if valid:
            return True
        all_given = matter.facts().get(ALL_PAPERS_GIVEN) is True
        return False if all_given else unknown(ReasonKind.FACT_MISSING, ALL_PAPERS_GIVEN)

    return outcome


def _days(matter: Matter, on: date) -> Measures:
    """How the stay stands on the day: by its trips, or by what the person was told."""
    if matter.history and (matter.stay.exit is None or matter.stay.exit >= on):
        covered = cover(matter)
        lawful = outcome_on(covered.days, on.toordinal())
        over = overstay(covered, on)
        return {**days_measures(matter, covered, on), LAWFUL_TODAY: lambda: lawful, OVERSTAY: lambda: over}
    facts = matter.facts()
    until = facts.get(AUTHORISED_UNTIL, unknown(ReasonKind.FACT_MISSING, AUTHORISED_UNTIL))

    def lawful_today() -> Outcome:
        return until if isinstance(until, Unknown) else _day(until) >= on

    def overstayed() -> Outcome:
        return until if isinstance(until, Unknown) else max(0, (on - _day(until)).days)

    def days_here() -> Outcome:
        entry = facts.get(ENTRY, unknown(ReasonKind.FACT_MISSING, ENTRY))
        return entry if isinstance(entry, Unknown) else (on - _day(entry)).days + 1

    return {"on": lambda: on, LAWFUL_TODAY: lawful_today, OVERSTAY: overstayed, "stay.days": days_here}


def _day(outcome: Outcome) -> date:
    assert isinstance(outcome, date)
    return outcome
