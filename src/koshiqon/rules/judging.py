"""One case judged by a condition: yes, no, or unknown because; with the verdict of every part.

The logic is the strong three-valued logic of Kleene (Introduction to Metamathematics, 1952, § 64): a part counts only
where it can decide. Unknown carries reasons, and only those of parts that could still turn the verdict. The judge
never takes the missing for false or zero.
"""

from __future__ import annotations

import operator
from calendar import monthrange
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Any, NamedTuple

from koshiqon.rules import expression as tree
from koshiqon.rules.expression import Duration, Expression, Unit, Value


class ReasonKind(StrEnum):
    """Why something cannot be told."""

    FACT_MISSING = "fact_missing"
    OFFICER_DECIDES = "officer_decides"
    NOT_DEFINED = "not_defined"
    NOT_MODELLED = "not_modelled"
    SOURCES_CONFLICT = "sources_conflict"


@dataclass(frozen=True, slots=True, order=True)
class Reason:
    """One reason, and the name it is about."""

    kind: ReasonKind
    name: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """No value, and why. There is always a reason."""

    reasons: frozenset[Reason]

    def __post_init__(self) -> None:
        if not self.reasons:
            raise ValueError("unknown without a reason")


Outcome = Value | Unknown

AddWorkingDays = Callable[[date, int], date | Unknown]
"""The day so many working days after another, backwards where the number is negative; it knows the holidays."""


@lru_cache(maxsize=4096)
def unknown(kind: ReasonKind, name: str) -> Unknown:
    """Unknown for one reason. The last ones are remembered: a reason names a part of the law or a kind of fact, and
    says nothing of whose case it is.
    """
    return Unknown(frozenset({Reason(kind, name)}))


@dataclass(frozen=True, slots=True)
class Case:
    """What is given about one case on the day judged, each value of the type that the vocabulary declares.

    A fact that is not there is missing; a parameter, table or measure that is not there is not modelled. Any of them
    may be Unknown for another reason. A table gets the values of its arguments; `add_working_days` a day and a number,
    negative for backwards, and knows the holidays.
    """

    add_working_days: AddWorkingDays
    facts: Mapping[str, Outcome] = field(default_factory=dict)
    parameters: Mapping[str, Outcome] = field(default_factory=dict)
    tables: Mapping[str, Callable[..., Outcome]] = field(default_factory=dict)
    measures: Mapping[str, Callable[[], Outcome]] = field(default_factory=dict)


class Trace(NamedTuple):
    """A part of the tree, what came of it in this case, and the traces of its own parts, in the order of the text.

    A named tuple, since every answer makes thousands of them and a frozen dataclass takes twice as long to make.
    """

    node: Expression
    outcome: Outcome
    parts: tuple[Trace, ...] = ()


Judge = Callable[[Case], Trace]


def judge(node: Expression, case: Case) -> Trace:
    """The verdict on a condition (True, False or Unknown), or the value of an operand, with its trace.

    Every part is judged, also where an earlier one has decided: a trace shows the whole rule.
    """
    return judging(node)(case)


def judging(node: Expression) -> Judge:
    """How a condition is judged: worked out once, for whoever judges many cases by it."""
    outcome, below = OF_KIND[type(node)], [judging(part) for part in parts_of(node)]

    def of_leaf(case: Case) -> Trace:
        return Trace(node, outcome(node, [], case))

    def of_parts(case: Case) -> Trace:
        parts = tuple([judge_part(case) for judge_part in below])
        return Trace(node, outcome(node, [part.outcome for part in parts], case), parts)

    return of_parts if below else of_leaf


def parts_of(node: Expression) -> tuple[Expression, ...]:
    """The trees right below a tree, in the order of the text."""
    find = _PARTS.get(type(node))
    return () if find is None else find(node)


_PARTS: Mapping[type[Expression], Callable[[Any], tuple[Expression, ...]]] = {
    tree.And: lambda node: node.parts,
    tree.Or: lambda node: node.parts,
    tree.Not: lambda node: (node.part,),
    tree.Known: lambda node: (node.of,),
    tree.Comparison: lambda node: (node.left, node.right),
    tree.Sum: lambda node: (node.left, node.right),
    tree.Shift: lambda node: (node.start, node.by),
    tree.DaysBetween: lambda node: (node.later, node.earlier),
    tree.OneOf: lambda node: (node.value, *node.choices),
    tree.MemberOf: lambda node: (node.value, node.whole),
    tree.Lookup: lambda node: node.arguments,
}


def _one_of(_node: tree.OneOf, given: list[Outcome], _case: Case) -> Outcome:
    return any_of([_by_value(operator.eq, [given[0], choice]) for choice in given[1:]])


def _member_of(_node: tree.MemberOf, given: list[Outcome], _case: Case) -> Outcome:
    return _by_value(lambda value, whole: value in whole, given)


def _compared(node: tree.Comparison, given: list[Outcome], _case: Case) -> Outcome:
    return _by_value(COMPARES[node.operator], given)


def _sum(node: tree.Sum, given: list[Outcome], _case: Case) -> Outcome:
    return _by_value(operator.sub if node.minus else operator.add, given)


def _days_between(_node: tree.DaysBetween, given: list[Outcome], _case: Case) -> Outcome:
    return _by_value(lambda later, earlier: (later - earlier).days, given)


def _moved(node: tree.Shift, given: list[Outcome], case: Case) -> Outcome:
    return _by_value(lambda start, by: shifted(start, by, node.back, case.add_working_days), given)


COMPARES: dict[str, Callable[..., bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


# --- three values ----------------------------------------------------------------------------------------------------


def any_of(outcomes: Iterable[Outcome]) -> Outcome:
    """Yes beats unknown, unknown beats no."""
    told = list(outcomes)
    return True if True in told else unknown_of(told) or False


def all_of(outcomes: Iterable[Outcome]) -> Outcome:
    """No beats unknown, unknown beats yes."""
    told = list(outcomes)
    return False if False in told else unknown_of(told) or True


def negated(outcome: Outcome) -> Outcome:
    """No for yes, yes for no; unknown stays unknown, for the same reasons."""
    return outcome if isinstance(outcome, Unknown) else not outcome


def unknown_of(outcomes: Iterable[Outcome]) -> Unknown | None:
    """Unknown for all the reasons of those that are; None where all are known."""
    vague = [told for told in outcomes if isinstance(told, Unknown)]
    if len(vague) < 2:
        return vague[0] if vague else None
    return Unknown(vague[0].reasons.union(*(told.reasons for told in vague[1:])))


def _by_value(compute: Callable[..., Outcome], given: list[Outcome]) -> Outcome:
    """What is computed from values is unknown where one of them is."""
    return unknown_of(given) or compute(*given)


# --- values ----------------------------------------------------------------------------------------------------------


def _fact(leaf: tree.Fact, _given: list[Outcome], case: Case) -> Outcome:
    told = case.facts.get(leaf.name)
    return unknown(ReasonKind.FACT_MISSING, leaf.name) if told is None else told


def _parameter(leaf: tree.Parameter, _given: list[Outcome], case: Case) -> Outcome:
    told = case.parameters.get(leaf.name)
    return unknown(ReasonKind.NOT_MODELLED, leaf.name) if told is None else told


def _measure(leaf: tree.Measure, _given: list[Outcome], case: Case) -> Outcome:
    measure = case.measures.get(leaf.name)
    return unknown(ReasonKind.NOT_MODELLED, leaf.name) if measure is None else measure()


def _cell(leaf: tree.Lookup, given: list[Outcome], case: Case) -> Outcome:
    """The cell of a table that the values of its arguments find."""
    table = case.tables.get(leaf.name, lambda *_: unknown(ReasonKind.NOT_MODELLED, leaf.name))
    return _by_value(table, given)


OF_KIND: Mapping[type[Expression], Callable[[Any, list[Outcome], Case], Outcome]] = {
    tree.And: lambda _node, given, _case: all_of(given),
    tree.Or: lambda _node, given, _case: any_of(given),
    tree.Not: lambda _node, given, _case: negated(given[0]),
    tree.Known: lambda _node, given, _case: not isinstance(given[0], Unknown),
    tree.OneOf: _one_of,
    tree.MemberOf: _member_of,
    tree.Comparison: _compared,
    tree.Sum: _sum,
    tree.DaysBetween: _days_between,
    tree.Shift: _moved,
    tree.Literal: lambda node, _given, _case: node.value,
    tree.Fact: _fact,
    tree.Parameter: _parameter,
    tree.Measure: _measure,
    tree.Lookup: _cell,
}
"""What comes of a tree of each kind, given the outcomes of its parts and the case."""


def shifted(start: date, by: Duration, back: bool, add_working_days: AddWorkingDays) -> Outcome:
    """The date moved, backwards where `back`; unknown (`calendar` not modelled) where that leaves the years 1 to
    9999.
    """
    amount = -by.amount if back else by.amount
    try:
        match by.unit:
            case Unit.DAYS:
                return start + timedelta(days=amount)
            case Unit.WORKING_DAYS:
                return add_working_days(start, amount)
            case Unit.MONTHS:
                return add_months(start, amount)
            case Unit.YEARS:
                return add_months(start, 12 * amount)
    except OverflowError:
        return unknown(ReasonKind.NOT_MODELLED, "calendar")


def add_months(day: date, months: int) -> date:
    """The same day of the month, so many months on (backwards where negative); a year is twelve.

    Where that month has no such day, its last day: 31 January + 1 month is 28 or 29 February, 29 February + 1 year is
    28 February. So adding and then taking away need not lead back, and two steps of a month may end before one of two.
    This is the rounding down of Monat, Fromherz and Merigoux (Formalizing Date Arithmetic and Statically Detecting
    Ambiguities for the Law, ESOP 2024). Raises OverflowError outside the years 1 to 9999.
    """
    year, month = divmod(12 * day.year + day.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        raise OverflowError(year)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
