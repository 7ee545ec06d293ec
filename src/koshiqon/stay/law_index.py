"""What of a country's law is alike for everybody, worked out once: what each rule asks for, on which days it may say
something else, which rules are exceptions, and the value of every parameter on every day.

Only the law is kept here, never a fact of a case: an index is made of rules, parameters and rows of regimes alone, and
nothing is added to it later. Those of the last countries asked are kept, found again by identity, since no country is
ever changed. Two threads that ask at once may both make an index; the two are equal.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from koshiqon.country import Country
from koshiqon.evidence import Conflict, Reference
from koshiqon.law.acts import Parameter
from koshiqon.rules import expression as tree
from koshiqon.rules.categories import Decision
from koshiqon.rules.expression import Condition, Duration, Expression, Unit
from koshiqon.rules.judging import Judge, Outcome, ReasonKind, judging, parts_of, unknown
from koshiqon.rules.rule import (
    Belongs,
    ByLimit,
    ByRegime,
    ByTerm,
    Ends,
    EventDay,
    NoEntry,
    ParameterName,
    Rule,
    RuleKind,
)
from koshiqon.rules.verdicts import Decide, deciding
from koshiqon.stay.pieces import FIRST, Span, days_in_force, edges
from koshiqon.stay.presence import LAST
from koshiqon.stay.timeline import Timeline

ENTRY = "entry.date"
TODAY = "on"
"""The measure that is the day judged."""
ALWAYS = (FIRST, LAST)
KEPT = 32
"""So many countries (and reforms of them) are remembered at most."""

_DURATIONS = {"working_days": Unit.WORKING_DAYS, "months": Unit.MONTHS, "years": Unit.YEARS}


@dataclass(frozen=True, slots=True)
class ParameterDays:
    """A parameter on every day: `outcomes[i]` holds from `firsts[i]` until the next; the first is the first of all."""

    firsts: tuple[date, ...]
    outcomes: tuple[Outcome, ...]

    def on(self, day: date) -> Outcome:
        return self.outcomes[self.piece(day)]

    def piece(self, day: date) -> int:
        """The number of the piece that a day lies in."""
        return bisect_right(self.firsts, day) - 1


@dataclass(frozen=True, slots=True)
class Asked:
    """What one condition asks for: names, parameters, measures other than the day judged; the day, the day of entry.
    And how it is judged part by part (`judge`), and for its outcome alone (`decide`). `only_facts`: the verdict is the
    same on every day and for every stay of one case. `by_facts`: a no that follows from facts alone stays a no,
    whatever else is the case; so it is unless the condition asks whether something else is known.
    """

    names: frozenset[str]
    parameters: tuple[tuple[str, ParameterDays], ...]
    measures: tuple[str, ...]
    day: bool
    entry: bool
    judge: Judge
    decide: Decide
    only_facts: bool
    by_facts: bool


@dataclass(frozen=True, slots=True)
class RuleIndex:
    """What one rule asks for: in its condition (`asked`, None without one), and with what follows from it (`names`).
    `changes` are the days on which a parameter among these may change; `needs` the measures about categories and
    papers held, without which it cannot be judged; `in_force` says of every day whether the rule is in force.
    """

    rule: Rule
    asked: Asked | None
    names: frozenset[str]
    changes: tuple[date, ...]
    needs: frozenset[str]
    in_force: Timeline

    def may_touch(self, span: Span) -> bool:
        """May the rule be in force on a day of the span?"""
        return any(run.outcome is not False and run.first <= span[1] and span[0] <= run.last for run in self.in_force)


@dataclass(frozen=True, slots=True)
class LawIndex:
    """The rules of a country by name, by kind and by the category they give; all measures about categories and papers
    that some of them need; those that have an exception.

    Of titles: the readings under which they are believed; do some rest on rows of the regimes? On `turns` the law of
    titles and bars may change; `termed` are those of them that begin or end with a term. Then every parameter, and what
    each condition of rules and decision asks for, by the identity of the condition. `disputed` holds each conflict of
    sources with the rows that take a side in it, provisions without their version.
    """

    rules: Mapping[str, RuleIndex]
    of_kind: Mapping[RuleKind, tuple[RuleIndex, ...]]
    by_category: Mapping[str, tuple[Rule, ...]]
    needs: frozenset[str]
    overridden: frozenset[str]
    title_readings: tuple[str, ...]
    by_rows: bool
    turns: tuple[date, ...]
    termed: tuple[Rule, ...]
    parameters: Mapping[str, ParameterDays]
    conditions: Mapping[int, Asked]
    disputed: tuple[tuple[str, frozenset[Reference]], ...]


class SameLaw:
    """A country by its rules, parameters, decision and conflicts: two are the same where these are the very same."""

    __slots__ = ("country",)

    def __init__(self, country: Country) -> None:
        self.country = country

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, SameLaw):
            return NotImplemented
        one, another = self.country, other.country
        same = one.rules is another.rules and one.parameters is another.parameters
        return same and one.decision is another.decision and one.conflicts is another.conflicts

    def __hash__(self) -> int:
        return hash((id(self.country.rules), id(self.country.parameters)))


def law_index(country: Country) -> LawIndex:
    """The index of a country's rules and parameters, of the last countries asked without working it out again."""
    return _law_index(SameLaw(country))


@lru_cache(maxsize=KEPT)
def _law_index(of: SameLaw) -> LawIndex:
    country = of.country
    parameters = {name: _days_of(parameter) for name, parameter in country.parameters.items()}
    rules = {name: _of_rule(rule, country, parameters) for name, rule in country.rules.items()}
    of_kind = {kind: tuple(one for one in rules.values() if one.rule.kind is kind) for kind in RuleKind}
    overridden = frozenset(name for rule in country.rules.values() for name in rule.overrides)
    conditions = {id(one.rule.condition): one.asked for one in rules.values() if one.asked is not None}
    conditions |= {id(one): asked_by(one, parameters) for one in _of_decision(country.decision)}
    titles = of_kind[RuleKind.TITLE]
    both = (*titles, *of_kind[RuleKind.BAR])
    return LawIndex(
        rules=rules,
        of_kind=of_kind,
        by_category=_by_category(country),
        needs=frozenset[str]().union(*(one.needs for one in rules.values())),
        overridden=overridden,
        title_readings=tuple(sorted({reading for one in titles for reading in one.rule.under})),
        by_rows=any(isinstance(rule.then, ByRegime) for rule in country.rules.values()),
        turns=tuple(sorted({day for one in both for day in (*edges(one.rule.period), *one.changes)})),
        termed=tuple(one.rule for one in both if isinstance(one.rule.then, ByTerm | NoEntry)),
        parameters=parameters,
        conditions=conditions,
        disputed=tuple((name, _sides(conflict)) for name, conflict in country.conflicts.items()),
    )


def _by_category(country: Country) -> dict[str, tuple[Rule, ...]]:
    """The rules that say who belongs to a category, all versions."""
    found: dict[str, tuple[Rule, ...]] = {}
    for rule in country.rules.values():
        if isinstance(rule.then, Belongs):
            found[rule.then.category] = (*found.get(rule.then.category, ()), rule)
    return found


def _sides(conflict: Conflict) -> frozenset[Reference]:
    return frozenset(without_version(reference) for side in conflict.sides for reference in side.references)


def without_version(reference: Reference) -> Reference:
    """`provision:…/stay@2024-04-14` is a version of `provision:…/stay`."""
    return Reference(reference.kind, reference.name.partition("@")[0])


def conflicts_of(references: Iterable[Reference], index: LawIndex) -> tuple[str, ...]:
    """The conflicts in which any of these rows takes a side, as `Country.conflicts_of` finds them, by name."""
    asked = {without_version(reference) for reference in references}
    return tuple(name for name, sides in index.disputed if not sides.isdisjoint(asked))


def _of_decision(decision: Decision) -> Iterator[Condition]:
    """The conditions of the steps, overlays and flags."""
    held = (
        *(step.condition for step in decision.steps),
        *(overlay.condition for overlay in decision.overlays),
        *(flag.condition for flag in decision.flags),
    )
    yield from (condition for condition in held if condition is not None)


# --- parameters ------------------------------------------------------------------------------------------------------


def parameter_on(parameter: Parameter, day: date) -> Outcome:
    """The value of a parameter on a day: unknown before its first value, where sources differ, or where its start is
    not known.
    """
    values = parameter.on(day)
    if len({value.value for value in values}) > 1:
        return unknown(ReasonKind.SOURCES_CONFLICT, parameter.name)
    if not values or not any(value.period.contains(day) for value in values):
        return unknown(ReasonKind.NOT_MODELLED, parameter.name)
    value = values[0].value
    if parameter.unit in _DURATIONS:
        return Duration(int(value), _DURATIONS[parameter.unit])
    return value if isinstance(value, int | str) else Decimal(str(value))


def _days_of(parameter: Parameter) -> ParameterDays:
    """A parameter can change only where a period of one of its values may begin or end."""
    firsts = tuple(sorted({date.min, *(day for value in parameter.values for day in edges(value.period))}))
    return ParameterDays(firsts, tuple(parameter_on(parameter, first) for first in firsts))


# --- rules -----------------------------------------------------------------------------------------------------------


def _of_rule(rule: Rule, country: Country, parameters: Mapping[str, ParameterDays]) -> RuleIndex:
    asked = None if rule.condition is None else asked_by(rule.condition, parameters)
    names = names_of_rule(rule)
    values = (value for name in sorted(names & parameters.keys()) for value in country.parameters[name].values)
    changes = tuple(day for value in values for day in edges(value.period))
    needs = frozenset(name for name in names if name.partition(".")[0] in ("category", "paper"))
    return RuleIndex(rule, asked, names, changes, needs, days_in_force(rule.period, f"rule:{rule.name}", ALWAYS))


def asked_by(condition: Condition, parameters: Mapping[str, ParameterDays]) -> Asked:
    """What a condition asks for, among these parameters."""
    names, measures = names_in(condition), frozenset(_measures_in(condition))
    used = tuple((name, parameters[name]) for name in sorted(names & parameters.keys()))
    return Asked(
        names=names,
        parameters=used,
        measures=tuple(sorted(measures - {TODAY})),
        day=TODAY in measures,
        entry=ENTRY in names,
        judge=judging(condition),
        decide=deciding(condition),
        only_facts=not (used or measures or ENTRY in names),
        by_facts=all(isinstance(one, tree.Fact) and one.name != ENTRY for one in _known_in(condition)),
    )


def names_in(node: Expression) -> frozenset[str]:
    """The facts, parameters, measures and tables that a tree names."""
    own = {node.name} if isinstance(node, tree.Fact | tree.Parameter | tree.Measure | tree.Lookup) else set()
    return frozenset(own).union(*(names_in(part) for part in parts_of(node)))


def _measures_in(node: Expression) -> Iterator[str]:
    if isinstance(node, tree.Measure):
        yield node.name
    for part in parts_of(node):
        yield from _measures_in(part)


def _known_in(node: Expression) -> Iterator[Expression]:
    """What a tree asks of whether it is known."""
    if isinstance(node, tree.Known):
        yield node.of
    for part in parts_of(node):
        yield from _known_in(part)


def names_of_rule(rule: Rule) -> frozenset[str]:
    """Every name that a rule's condition asks for, and every quantity and day of the case in what follows from it."""
    names = names_in(rule.condition) if rule.condition is not None else frozenset[str]()
    match rule.then:
        case ByLimit(per_entry, in_window, window):
            quantities = (per_entry, in_window, window)
            names |= {quantity.name for quantity in quantities if isinstance(quantity, ParameterName)}
        case ByTerm(start, _, through):
            names |= {when.name for when in (start, through) if isinstance(when, EventDay)}
        case Ends(start):
            names |= {start.name} if isinstance(start, EventDay) else frozenset()
    return names
