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


def unknown(kind: ReasonKind, name: str) -> Unknown:
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


@dataclass(frozen=True, slots=True)
class Trace:
    """A part of the tree, what came of it in this case, and the traces of its own parts, in the order of the text."""

    node: Expression
    outcome: Outcome
    parts: tuple[Trace, ...] = ()


def judge(node: Expression, case: Case) -> Trace:
    """The verdict on a condition (True, False or Unknown), or the value of an operand, with its trace.

    Every part is judged, also where an earlier one has decided: a trace shows the whole rule.
    """
    parts = tuple(judge(part, case) for part in parts_of(node))
    return Trace(node, _outcome(node, [part.outcome for part in parts], case), parts)


def parts_of(node: Expression) -> tuple[Expression, ...]:
    """The trees right below a tree, in the order of the text."""
    match node:
        case tree.And(parts) | tree.Or(parts):
            return parts
        case tree.Not(part) | tree.Known(part):
            return (part,)
        case tree.Comparison(left, _, right) | tree.Sum(left, right) | tree.Shift(left, right):
            return (left, right)
        case tree.DaysBetween(later, earlier):
            return (later, earlier)
        case tree.OneOf(value, choices):
            return (value, *choices)
        case tree.MemberOf(value, whole):
            return (value, whole)
        case tree.Lookup():
            return node.arguments
        case _:
            return ()


def _outcome(node: Expression, given: list[Outcome], case: Case) -> Outcome:
    match node:
        case tree.And():
            return all_of(given)
        case tree.Or():
            return any_of(given)
        case tree.Not():
            return negated(given[0])
        case tree.Known():
            return not isinstance(given[0], Unknown)
        case tree.OneOf():
            return any_of(_by_value(operator.eq, [given[0], choice]) for choice in given[1:])
        case tree.MemberOf():
            return _by_value(lambda value, whole: value in whole, given)
        case tree.Comparison():
            return _by_value(_COMPARES[node.operator], given)
        case _:
            return _value(node, given, case)


def _value(node: tree.Operand, given: list[Outcome], case: Case) -> Outcome:
    match node:
        case tree.Sum():
            return _by_value(operator.sub if node.minus else operator.add, given)
        case tree.DaysBetween():
            return _by_value(lambda later, earlier: (later - earlier).days, given)
        case tree.Shift():
            return _by_value(lambda start, by: shifted(start, by, node.back, case.add_working_days), given)
        case tree.Literal():
            return node.value
        case _:
            return _looked_up(node, given, case)


_COMPARES: dict[str, Callable[..., bool]] = {
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
    reasons = frozenset[Reason]().union(*(told.reasons for told in outcomes if isinstance(told, Unknown)))
    return Unknown(reasons) if reasons else None


def _by_value(compute: Callable[..., Outcome], given: list[Outcome]) -> Outcome:
    """What is computed from values is unknown where one of them is."""
    return unknown_of(given) or compute(*given)


# --- values ----------------------------------------------------------------------------------------------------------


def _looked_up(leaf: tree.Leaf, given: list[Outcome], case: Case) -> Outcome:
    """The value of a name, or the cell of a table."""
    match leaf:
        case tree.Fact(name):
            return case.facts.get(name, unknown(ReasonKind.FACT_MISSING, name))
        case tree.Parameter(name):
            return case.parameters.get(name, unknown(ReasonKind.NOT_MODELLED, name))
        case tree.Measure(name):
            return case.measures.get(name, lambda: unknown(ReasonKind.NOT_MODELLED, name))()
        case tree.Lookup(name):
            table = case.tables.get(name, lambda *_: unknown(ReasonKind.NOT_MODELLED, name))
            return _by_value(table, given)


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
