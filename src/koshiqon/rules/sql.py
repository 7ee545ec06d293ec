"""Values and days of law in SQL: what a table gives, and what DuckDB and Spark spell differently.

UnsupportedInColumns    a condition that can be judged for one case, but not for a table

Spark must run in ANSI mode, its default since release 4: else a sum beyond 64 bits wraps around in silence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from koshiqon.rules import expression as tree
from koshiqon.rules.expression import Condition, Duration, Expression, Type, Unit
from koshiqon.rules.judging import Reason, ReasonKind, parts_of


class Dialect(StrEnum):
    """Whose SQL is written."""

    DUCKDB = "duckdb"
    SPARK = "spark"


class UnsupportedInColumns(Exception):
    """What cannot be said in columns, as a code with the values of its letter."""

    def __init__(self, code: str, values: Mapping[str, str]) -> None:
        super().__init__(f"{code} {dict(values)}")
        self.code = code
        self.values = dict(values)


# --- what a table gives ----------------------------------------------------------------------------------------------

BITS = 63
"""Bits of a mask: a whole number of 64 bits that is never negative."""

CALENDAR = Reason(ReasonKind.NOT_MODELLED, "calendar")

Input = tree.Leaf | tree.Shift
"""What may be unknown of itself: a name, the cell that a lookup finds, the day that a move leads to."""


def inputs(condition: Condition) -> tuple[Input, ...]:
    """What a table may give: each name and lookup, and each move whose duration is or may turn out in working days."""
    found = dict.fromkeys(inputs_in(condition))
    return tuple(one for one in found if not isinstance(one, tree.Shift) or unit_of(one) in (None, Unit.WORKING_DAYS))


def inputs_in(node: Expression) -> list[Input]:
    """Every input within the node, the node itself with them, moves by any unit too."""
    return [part for part in from_within(node) if isinstance(part, Input)]


def from_within(node: Expression) -> Iterator[Expression]:
    """The node and all within it, parts before wholes."""
    for part in parts_of(node):
        yield from from_within(part)
    yield node


def unit_of(node: tree.Shift) -> Unit | None:
    """The unit of a move, where the condition itself says it."""
    duration = node.by.value if isinstance(node.by, tree.Literal) else None
    return duration.unit if isinstance(duration, Duration) else None


@dataclass(frozen=True, slots=True)
class Column:
    """How a table gives one input: SQL expressions over its columns.

    `value` is a BOOLEAN, a whole or DECIMAL number (no floating one), a DATE, a text, or for a list an array of these;
    for a duration its whole amount, with `unit` a word of Unit. `reason` is 0 or NULL where the value is known,
    otherwise a mask in which bit i stands for `because[i]`; where that is empty, for the i-th ReasonKind about the name
    itself (a move has no name, so its reasons must be declared). A NULL value without a reason is what the judge makes
    of a name that is not there; a list with a NULL in it is so too. A date outside the years 1 to 9999 is unknown (not
    modelled: `calendar`).
    """

    value: str
    reason: str = "0"
    because: tuple[Reason, ...] = ()
    unit: str = "NULL"


_TYPES = {Type.YES_NO: "BOOLEAN", Type.NUMBER: "BIGINT", Type.DATE: "DATE", Type.DURATION: "BIGINT"}


def with_columns_of_nothing(
    condition: Condition, columns: Mapping[Input, Column], dialect: Dialect
) -> dict[Input, Column]:
    """A column for each input; where the table has none, one of no value and no reason in any row.

    Raises UnsupportedInColumns for a move by working days without a column.
    """
    asked, nodes = inputs(condition), from_within(condition)
    if any(isinstance(one, tree.Shift) and unit_of(one) and one not in columns for one in asked):
        raise UnsupportedInColumns("columns_working_days", {})
    members: dict[Input, Type] = {
        node.whole: tree.type_of(node.value) for node in nodes if isinstance(node, tree.MemberOf)
    }
    return {one: columns.get(one) or _column_of_nothing(one, members.get(one, Type.CODE), dialect) for one in asked}


def _column_of_nothing(node: Input, members: Type, dialect: Dialect) -> Column:
    """`members` is what a list would hold."""
    if tree.type_of(node) is not Type.LIST:
        return Column(f"CAST(NULL AS {_TYPES.get(tree.type_of(node), 'STRING')})", unit="CAST(NULL AS STRING)")
    member = _TYPES.get(members, "STRING")
    return Column(f"CAST(NULL AS {member}[])" if dialect is Dialect.DUCKDB else f"CAST(NULL AS ARRAY<{member}>)")


def _declared(node: Input, column: Column) -> tuple[Reason, ...]:
    """What the bits of the column's mask stand for."""
    if column.because or isinstance(node, tree.Shift):
        return column.because
    return tuple(Reason(kind, node.name) for kind in ReasonKind)


def _untold(node: Input) -> Reason:
    """Why the input is unknown where no value and no reason is told."""
    match node:
        case tree.Shift():
            return CALENDAR
        case tree.Fact(name):
            return Reason(ReasonKind.FACT_MISSING, name)
        case _:
            return Reason(ReasonKind.NOT_MODELLED, node.name)


def reasons_possible(node: Input, column: Column) -> tuple[Reason, ...]:
    """What the bits of the input's mask stand for: those declared, and what is found where the table tells none.

    Raises UnsupportedInColumns where there are more of them than a mask has bits.
    """
    declared = _declared(node, column)
    found = (_untold(node), CALENDAR) if tree.type_of(node) is Type.DATE else (_untold(node),)
    possible = tuple(dict.fromkeys((*declared, *found)))
    if len(possible) > BITS:
        values = {"name": _untold(node).name, "count": str(len(possible)), "most": str(BITS)}
        raise UnsupportedInColumns("columns_too_many_reasons", values)
    return possible


def reason_given(node: Input, column: Column, dialect: Dialect) -> str:
    """The mask of the input's reasons, 0 where the value is known, NULL where the column gives what it may not."""
    possible, kind = reasons_possible(node, column), tree.type_of(node)
    told = f"COALESCE({column.reason}, 0)"
    absent = [f"{column.value} IS NULL"]
    if kind is Type.LIST:
        absent.append(_has_hole(column.value, dialect))
    if kind is Type.DURATION:
        absent.append(f"{column.unit} IS NULL")
    cases = [
        f"WHEN {told} BETWEEN 1 AND {(1 << len(_declared(node, column))) - 1} THEN {told}",
        f"WHEN {told} <> 0 THEN NULL",
        f"WHEN {' OR '.join(absent)} THEN {whole(1 << possible.index(_untold(node)))}",
    ]
    if kind is Type.DATE:
        cases.append(f"WHEN NOT {in_calendar(column.value)} THEN {whole(1 << possible.index(CALENDAR))}")
    if kind is Type.DURATION:
        units = ", ".join(f"'{unit}'" for unit in Unit)
        cases.append(f"WHEN {column.unit} NOT IN ({units}) THEN NULL")
    return f"CASE {' '.join(cases)} ELSE 0 END"


def _has_hole(array: str, dialect: Dialect) -> str:
    """Is a member of the array NULL? Of such an array SQL might say that it does not hold a value."""
    match dialect:
        case Dialect.DUCKDB:
            return f"list_count({array}) < len({array})"
        case Dialect.SPARK:
            return f"exists({array}, member -> member IS NULL)"


def holds(array: str, value: str, dialect: Dialect) -> str:
    """Is the value a member of the array? NULL where either is; of an array without NULL.

    Sail's array_contains says no of a value that is NULL, and compares no numbers of different types.
    """
    match dialect:
        case Dialect.DUCKDB:
            return f"array_contains({array}, {value})"
        case Dialect.SPARK:
            return f"CASE WHEN {value} IS NOT NULL THEN exists({array}, member -> member = {value}) END"


# --- values ----------------------------------------------------------------------------------------------------------

LONGEST_NUMBER = 18
"""Digits of a number: so many surely fit 64 bits, and twice as many the widest DECIMAL of both dialects."""


def whole(number: int) -> str:
    """A whole number of 64 bits, so that no sum with it is computed in fewer."""
    return f"CAST({number} AS BIGINT)"


def literal(node: tree.Literal, dialect: Dialect) -> str:
    """A value that stands in a condition. Raises UnsupportedInColumns for a number too long, a list or a duration."""
    match node.value:
        case bool():
            return "TRUE" if node.value else "FALSE"
        case int() | Decimal():
            return _number(node.value)
        case date():
            return _day(node.value)
        case str():
            return _text(node.value, dialect)
        case _:
            raise UnsupportedInColumns("columns_literal", {"type": node.type})


def _number(value: int | Decimal) -> str:
    # str() would write Decimal("0.0000001") as 1E-7, which SQL takes for an inexact number
    digits = str(value) if isinstance(value, int) else f"{value:f}"
    if sum(letter.isdigit() for letter in digits) > LONGEST_NUMBER:
        raise UnsupportedInColumns("columns_number_too_long", {"number": digits, "most": str(LONGEST_NUMBER)})
    return digits if "." in digits else whole(int(value))


def _text(value: str, dialect: Dialect) -> str:
    """A text in quotes. Spark gives a meaning to the backslash, and joins 'a''b' to ab."""
    match dialect:
        case Dialect.DUCKDB:
            return "'" + value.replace("'", "''") + "'"
        case Dialect.SPARK:
            return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"


# --- days ------------------------------------------------------------------------------------------------------------

STEPS = {Unit.DAYS: 4_000_000, Unit.MONTHS: 120_000, Unit.YEARS: 10_000}
"""Of each unit that every calendar knows more than the calendar of law has: no date is moved farther, as none need be.

What a working day is, SQL alone cannot say.
"""


def in_calendar(day: str) -> str:
    """Is the day one of the years 1 to 9999? DuckDB and Spark know others, and DuckDB an infinity."""
    return f"({day} BETWEEN {_day(date.min)} AND {_day(date.max)})"


def _day(day: date) -> str:
    return f"DATE '{day.isoformat()}'"


def days_between(later: str, earlier: str, dialect: Dialect) -> str:
    """The days from one date to another, as a whole number; Spark's minus would give an interval."""
    match dialect:
        case Dialect.DUCKDB:
            return f"({later} - {earlier})"
        case Dialect.SPARK:
            return f"DATEDIFF({later}, {earlier})"


def moved(start: str, amount: int | str, unit: Unit, back: bool, dialect: Dialect) -> str:
    """The date so many days, months or years on, as `judging.shifted` gives it: NULL where start or amount is.

    It may leave the years 1 to 9999, and whoever uses it looks whether it does. Both dialects round a month without
    such a day down to its last, as `judging.add_months` does.
    """
    if isinstance(amount, int):
        by = str(max(-STEPS[unit], min(STEPS[unit], -amount if back else amount)))
    else:
        least, most = -STEPS[unit], STEPS[unit]
        by = f"CASE WHEN {amount} > {most} THEN {most} WHEN {amount} < {least} THEN {least} ELSE {amount} END"
        by = f"CAST({'-' if back else ''}({by}) AS INTEGER)"
    if unit is Unit.DAYS:
        return f"({start} + ({by}))"
    months = f"12 * ({by})" if unit is Unit.YEARS else by
    match dialect:
        case Dialect.DUCKDB:
            return f"CAST({start} + to_months({months}) AS DATE)"
        case Dialect.SPARK:
            return f"ADD_MONTHS({start}, {months})"
