"""One stay before the law of one country: the values that the conditions of rules ask for, on any day."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any, TypeVar

from koshiqon.country import Country
from koshiqon.law.regimes import Regime
from koshiqon.rules.expression import Condition, Duration, Unit
from koshiqon.rules.judging import (
    Case,
    Outcome,
    ReasonKind,
    Trace,
    Unknown,
    all_of,
    negated,
    shifted,
    unknown,
)
from koshiqon.rules.rule import (
    EventDay,
    Moment,
    ParameterName,
    Quantity,
    Readings,
    Rule,
    RuleKind,
)
from koshiqon.stay.case import StayCase, citizenship_facts
from koshiqon.stay.law_index import ENTRY as ENTRY  # noqa: PLC0414 (rooms above take it from here)
from koshiqon.stay.law_index import TODAY, Asked, LawIndex, asked_by, law_index
from koshiqon.stay.law_index import names_in as names_in  # noqa: PLC0414 (rooms above take it from here)
from koshiqon.stay.pieces import in_force
from koshiqon.stay.presence import Stay
from koshiqon.stay.regime_tables import tables_of

Memory = dict[Hashable, Any]
"""What was worked out for one case under the law of one country, by what it depends on besides."""

T = TypeVar("T")

TITLES_END = "stay.titles_end"
"""The measure that asks when the other titles end; what asks it is judged after them."""


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
    memory: Memory = field(default_factory=dict, compare=False, repr=False)

    @property
    def stay(self) -> Stay:
        return self.history[-1]

    def with_history(self, history: tuple[Stay, ...]) -> Matter:
        """The matter as if these were the trips."""
        return Matter(self.country, self.case, history, self.readings, self.measures, self.memory)

    def with_measures(self, measures: Mapping[str, Callable[[], Outcome]]) -> Matter:
        """The matter with other measures."""
        return Matter(self.country, self.case, self.history, self.readings, measures, self.memory)

    def with_readings(self, readings: Readings) -> Matter:
        """The matter under other readings."""
        return Matter(self.country, self.case, self.history, readings, self.measures, self.memory)

    def facts(self) -> Mapping[str, Outcome]:
        """The facts of the case, with those that the passport and the trips themselves tell."""
        entry = self.history[-1].entry if self.history else None
        return remembered(self, ("facts", entry), partial(_facts, self.case, self.country.code, entry))


def remembered(matter: Matter, key: Hashable, compute: Callable[[], T]) -> T:
    """What was computed under the key before, or is now. The key must name all that the value depends on, save the
    country and the facts of the case, which one matter never changes.
    """
    if key not in matter.memory:
        matter.memory[key] = compute()
    value: T = matter.memory[key]
    return value


def _facts(case: StayCase, own: str, entry: date | None) -> dict[str, Outcome]:
    told: dict[str, Outcome] = {**case.facts, **citizenship_facts(case, own)}
    return told if entry is None else {**told, ENTRY: entry}


# --- conditions ------------------------------------------------------------------------------------------------------


def verdict(rule: Rule, matter: Matter, day: date) -> Outcome:
    """Is the condition of a rule met on a day? Yes where it has none.

    It is judged again only where something that it asks for is another: the day, the day of entry, the value of a
    parameter or of a measure.
    """
    if rule.condition is None:
        return True
    asked = asked_of(rule.condition, matter)
    if asked.only_facts:
        return remembered(matter, ("verdict", rule.name), lambda: asked.decide(_plain_case(matter)))
    told = {name: _measured(name, matter) for name in asked.measures}
    key = (
        "verdict",
        rule.name,
        day if asked.day else None,
        matter.history[-1].entry if asked.entry and matter.history else None,
        tuple([parameter.piece(day) for _, parameter in asked.parameters]),
        tuple(told.values()),
    )
    return remembered(matter, key, lambda: asked.decide(_case(matter, asked, told, day)))


def judged(rule: Rule, matter: Matter, day: date) -> Trace | None:
    """The condition of a rule as judged on a day, part by part; None where it has none, and so holds always."""
    if rule.condition is None:
        return None
    return asked_of(rule.condition, matter).judge(case_on(matter, rule.condition, day))


def ruled_out(rule: Rule, matter: Matter) -> bool:
    """Does what was told of the case rule it out that the rule's condition is met, on every day and for every stay?

    The condition is judged as if all but the facts were unknown: in Kleene's logic a no of that kind is final.
    """
    asked = index_of(matter).rules[rule.name].asked
    return asked is not None and asked.by_facts and asked.decide(_plain_case(matter)) is False


def asked_of(condition: Condition, matter: Matter) -> Asked:
    """What a condition asks for: of those of the country's own rules and decision it is known already."""
    index = index_of(matter)
    return index.conditions.get(id(condition)) or asked_by(condition, index.parameters)


def index_of(matter: Matter) -> LawIndex:
    """The index of the country's law."""
    index: LawIndex | None = matter.memory.get("law")
    return remembered(matter, "law", lambda: law_index(matter.country)) if index is None else index


def _measured(name: str, matter: Matter) -> Outcome:
    measure = matter.measures.get(name)
    return unknown(ReasonKind.NOT_MODELLED, name) if measure is None else measure()


def applies(rule: Rule, matter: Matter, rules: Iterable[Rule], day: date) -> Outcome:
    """Does the rule hold on the day: in force, believed under the readings, its condition met, no exception to it?"""
    held = in_force(rule.period, f"rule:{rule.name}", day)
    if held is False or not believed(rule, matter.readings):
        return False
    return _less_exceptions(rule, [held, verdict(rule, matter, day)], matter, rules, day)


def applies_if_in_force(rule: Rule, matter: Matter, rules: Iterable[Rule], day: date) -> Outcome:
    """Would the rule hold on the day, were it surely in force?"""
    if not believed(rule, matter.readings):
        return False
    return _less_exceptions(rule, [verdict(rule, matter, day)], matter, rules, day)


def _less_exceptions(rule: Rule, held: list[Outcome], matter: Matter, rules: Iterable[Rule], day: date) -> Outcome:
    """All of what was found, and that no exception to the rule holds."""
    if False in held:
        return False
    if rule.name not in index_of(matter).overridden:
        return all_of(held)
    exceptions = [
        negated(applies(other, matter, rules, day))
        for other in rules
        if rule.name in other.overrides and believed(other, matter.readings)
    ]
    return all_of([*held, *exceptions])


def rules_of(kind: RuleKind, matter: Matter) -> list[Rule]:
    """The rules of one kind that this matter can judge. Those about categories and papers held wait for an assessment
    of status, which brings these measures.
    """
    known = matter.measures.keys()
    return [one.rule for one in index_of(matter).of_kind[kind] if not one.needs or one.needs <= known]


def rules_left(kind: RuleKind, matter: Matter) -> Sequence[Rule]:
    """Those of `rules_of` that the facts of the case do not rule out: none of the others applies, whatever the day."""
    known = frozenset(matter.measures.keys() & index_of(matter).needs)
    return remembered(
        matter,
        ("left", kind, known),
        lambda: tuple(rule for rule in rules_of(kind, matter) if not ruled_out(rule, matter)),
    )


def believed(rule: Rule, readings: Readings) -> bool:
    """Is the rule one of the readings taken?"""
    return not rule.under or all(readings.get(reading) == option for reading, option in rule.under.items())


def _plain_case(matter: Matter) -> Case:
    """The facts alone, save the day of entry, which is another for each stay: all else is unknown here."""

    def found() -> Case:
        facts = {name: told for name, told in matter.facts().items() if name != ENTRY}
        return Case(matter.country.add_working_days, facts=facts)

    return remembered(matter, "plain case", found)


def case_on(matter: Matter, condition: Condition, day: date) -> Case:
    """What a condition may ask, on one day."""
    asked = asked_of(condition, matter)
    return _case(matter, asked, {name: _measured(name, matter) for name in asked.measures}, day)


def _case(matter: Matter, asked: Asked, told: Mapping[str, Outcome], day: date) -> Case:
    """What is given for what is asked, with these measures as they were told."""
    return Case(
        add_working_days=matter.country.add_working_days,
        facts=matter.facts(),
        parameters={name: parameter.on(day) for name, parameter in asked.parameters},
        tables=remembered(matter, "tables", lambda: tables_of(matter.country)),
        measures={TODAY: lambda: day, **{name: partial(_told, value) for name, value in told.items()}},
    )


def _told(value: Outcome) -> Outcome:
    return value


def rows_about(citizenship: str | None, matter: Matter) -> tuple[Regime, ...]:
    """The rows of the regimes for a citizenship, of all days."""
    rows = matter.country.regimes
    return remembered(
        matter, ("rows", citizenship), lambda: tuple(row for row in rows if row.citizenship == citizenship)
    )


def changes(rule: Rule, matter: Matter) -> tuple[date, ...]:
    """The days on which a parameter of the rule's condition or limits may change."""
    return index_of(matter).rules[rule.name].changes


# --- parameters and terms --------------------------------------------------------------------------------------------


def quantity_on(quantity: Quantity, country: Country, day: date) -> Outcome:
    """A number or a term as it stands on a day."""
    if isinstance(quantity, ParameterName):
        return law_index(country).parameters[quantity.name].on(day)
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
    return index_of(matter).rules[rule.name].names
