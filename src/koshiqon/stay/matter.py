"""One stay before the law of one country: the values that the conditions of rules ask for, on any day."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from koshiqon.country import Country
from koshiqon.law.acts import Parameter
from koshiqon.period import Period
from koshiqon.rules import expression as tree
from koshiqon.rules.expression import Condition, Duration, Expression, Unit
from koshiqon.rules.judging import (
    Case,
    Outcome,
    ReasonKind,
    Trace,
    Unknown,
    all_of,
    any_of,
    judge,
    negated,
    parts_of,
    shifted,
    unknown,
)
from koshiqon.rules.rule import (
    ByLimit,
    ByTerm,
    Ends,
    EventDay,
    Moment,
    ParameterName,
    Quantity,
    Readings,
    Rule,
    RuleKind,
)
from koshiqon.stay.case import StayCase, citizenship_facts
from koshiqon.stay.presence import Stay

Span = tuple[int, int]
"""The first and the last day of what is judged, as ordinals."""

T = TypeVar("T")

TITLES_END = "stay.titles_end"
"""The measure that asks when the other titles end; what asks it is judged after them."""

ENTRY = "entry.date"
_DURATIONS = {"working_days": Unit.WORKING_DAYS, "months": Unit.MONTHS, "years": Unit.YEARS}


@dataclass(frozen=True, slots=True)
class Matter:
    """A case with its history in order; the stay judged is the last, None where the person never came. `measures` are
    those known at this point of the assessment, by name.
    """

    country: Country
    case: StayCase
    history: tuple[Stay, ...]
    readings: Readings
    measures: Mapping[str, Callable[[], Outcome]] = field(default_factory=dict)
    memory: dict[Hashable, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def stay(self) -> Stay:
        return self.history[-1]

    def facts(self) -> dict[str, Outcome]:
        """The facts of the case, with those that the passport and the trips themselves tell."""
        told: dict[str, Outcome] = {**self.case.facts, **citizenship_facts(self.case, self.country.code)}
        if self.history:
            told[ENTRY] = self.stay.entry
        return told


def remembered(matter: Matter, key: Hashable, compute: Callable[[], T]) -> T:
    """What was computed under the key before, or is now. The key must name all that the value depends on, save the
    country and the facts of the case, which one matter never changes.
    """
    if key not in matter.memory:
        matter.memory[key] = compute()
    value: T = matter.memory[key]
    return value


# --- conditions ------------------------------------------------------------------------------------------------------


def judged(rule: Rule, matter: Matter, day: date) -> Trace | None:
    """The condition of a rule as judged on a day; None where it has none, and so holds always."""
    if rule.condition is None:
        return None
    condition, entry = rule.condition, matter.stay.entry if matter.history else None
    if remembered(matter, ("measures", rule.name), lambda: _asks_for_measures(condition)):
        return judge(condition, case_on(matter, condition, day))
    key = ("judged", rule.name, day, entry)
    return remembered(matter, key, lambda: judge(condition, case_on(matter, condition, day)))


def _asks_for_measures(node: Expression) -> bool:
    """Does a condition ask for what differs from one point of the assessment to another? The day judged does not."""
    return (isinstance(node, tree.Measure) and node.name != "on") or any(map(_asks_for_measures, parts_of(node)))


def outcome_of(trace: Trace | None) -> Outcome:
    return True if trace is None else trace.outcome


def applies(rule: Rule, matter: Matter, rules: Iterable[Rule], day: date) -> Outcome:
    """Does the rule hold on the day: in force, believed under the readings, its condition met, no exception to it?"""
    held = in_force(rule.period, f"rule:{rule.name}", day)
    return False if held is False else _and_met(rule, held, matter, rules, day)


def applies_if_in_force(rule: Rule, matter: Matter, rules: Iterable[Rule], day: date) -> Outcome:
    """Would the rule hold on the day, were it surely in force?"""
    return _and_met(rule, True, matter, rules, day)


def _and_met(rule: Rule, held: Outcome, matter: Matter, rules: Iterable[Rule], day: date) -> Outcome:
    if not believed(rule, matter.readings):
        return False
    met = outcome_of(judged(rule, matter, day))
    if met is False:
        return False
    exceptions = [
        negated(applies(other, matter, rules, day))
        for other in rules
        if rule.name in other.overrides and believed(other, matter.readings)
    ]
    return all_of([held, met, *exceptions])


def rules_of(kind: RuleKind, matter: Matter) -> list[Rule]:
    """The rules of one kind that this matter can judge. Those about categories and papers held wait for an assessment
    of status, which brings these measures.
    """
    return [
        rule
        for rule in matter.country.rules.values()
        if rule.kind is kind
        and all(
            name in matter.measures
            for name in names_of(rule, matter)
            if name.partition(".")[0] in ("category", "paper")
        )
    ]


def believed(rule: Rule, readings: Readings) -> bool:
    """Is the rule one of the readings taken?"""
    return all(readings.get(reading) == option for reading, option in rule.under.items())


def in_force(period: Period, name: str, day: date) -> Outcome:
    """Yes, no, or unknown where the sources do not tell the day."""
    held = period.contains(day)
    return unknown(ReasonKind.NOT_MODELLED, name) if held is None else held


def case_on(matter: Matter, condition: Condition, day: date) -> Case:
    """What a condition may ask, on one day."""
    country = matter.country
    asked = names_in(condition) & country.parameters.keys()
    return Case(
        add_working_days=country.add_working_days,
        facts=matter.facts(),
        parameters={name: parameter_on(country.parameters[name], day) for name in asked},
        tables={
            "regime.exists": lambda citizenship, on: _regime_exists(country, citizenship, on),
            "regime.days_per_entry": lambda citizenship, on: _days_per_entry(country, citizenship, on),
        },
        measures={**matter.measures, "on": lambda: day},
    )


def names_in(node: Expression) -> frozenset[str]:
    """The facts, parameters, measures and tables that a tree names."""
    own = {node.name} if isinstance(node, tree.Fact | tree.Parameter | tree.Measure | tree.Lookup) else set()
    return frozenset(own).union(*(names_in(part) for part in parts_of(node)))


def _regime_exists(country: Country, citizenship: str, on: date) -> Outcome:
    rows = country.on(on).regimes(citizenship)
    told: list[Outcome] = [
        all_of([in_force(row.period, f"regime:{row.name}", on), row.limit.per_entry != 0]) for row in rows
    ]
    return any_of(told) if rows else unknown(ReasonKind.NOT_MODELLED, f"regime:{citizenship}")


def _days_per_entry(country: Country, citizenship: str, on: date) -> Outcome:
    """The most days per entry that a row in force gives; unknown where a row may hold or names none."""
    rows = country.on(on).regimes(citizenship)
    sure = [row.limit.per_entry for row in rows if row.period.contains(on) and row.limit.per_entry is not None]
    if not rows or len(sure) < len(rows):
        return unknown(ReasonKind.NOT_MODELLED, f"regime:{citizenship}")
    return max(sure)


# --- parameters and terms --------------------------------------------------------------------------------------------


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


def quantity_on(quantity: Quantity, country: Country, day: date) -> Outcome:
    """A number or a term as it stands on a day."""
    if isinstance(quantity, ParameterName):
        return parameter_on(country.parameters[quantity.name], day)
    return quantity


def moment(when: Moment, matter: Matter) -> Outcome:
    """A day that a rule names itself, or a day of the case."""
    if not isinstance(when, EventDay):
        return when
    if when.name in matter.measures:
        return matter.measures[when.name]()
    return matter.facts().get(when.name, unknown(ReasonKind.FACT_MISSING, when.name))


def day_after_term(start: Outcome, quantity: Quantity, matter: Matter, back: bool = False) -> Outcome:
    """The day a term ends, counted from the day after `start` (`back`: towards the past); its length is that of the
    law on `start`.
    """
    if isinstance(start, Unknown):
        return start
    assert isinstance(start, date)
    length = quantity_on(quantity, matter.country, start)
    if isinstance(length, Unknown):
        return length
    assert isinstance(length, int | Duration)
    term = Duration(length, Unit.DAYS) if isinstance(length, int) else length
    return shifted(start, term, back, matter.country.add_working_days)


def names_of(rule: Rule, matter: Matter) -> frozenset[str]:
    """Every name that a rule's condition asks for, and every quantity and day of the case in what follows from it."""
    return remembered(matter, ("names", rule.name), lambda: _names_of(rule))


def _names_of(rule: Rule) -> frozenset[str]:
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
