"""Random conditions of every kind of node, and random rows with holes of every kind: as cases, and as a table.

Values are few and close to each other, so that comparisons go either way; the awkward ones are among them (ends of
months and of the calendar, numbers that overflow a small type). The table says a hole in every way that a Column
allows, and hides a value beside a reason, which nobody may use.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from itertools import product
from random import Random
from typing import NamedTuple

from koshiqon.rules import expression as tree
from koshiqon.rules.expression import (
    Condition,
    Duration,
    Fact,
    Literal,
    Lookup,
    Measure,
    Operand,
    Parameter,
    Type,
    Unit,
    Value,
)
from koshiqon.rules.judging import AddWorkingDays, Case, Outcome, Reason, ReasonKind, Unknown, judge, unknown
from koshiqon.rules.sql import CALENDAR, Column, Input

KINDS = tuple(ReasonKind)
CODES = ("work", "study", "o'clock \\ n")
COUNTRIES = ("UZB", "KGZ", "RUS")
DAYS = (
    date(2024, 1, 31),
    date(2024, 2, 29),
    date(2024, 3, 1),
    date(2023, 12, 31),
    date(2025, 2, 28),
    date.min,
    date.max,
)
NUMBERS = (0, 1, 2, 3, 30, 90, 127)
UNITS = (Unit.DAYS, Unit.MONTHS, Unit.YEARS)

# --- words -----------------------------------------------------------------------------------------------------------

P, Q = Fact("p", Type.YES_NO), Fact("q", Type.YES_NO)
WAS_HERE, IS_OPEN = Measure("was_here", Type.YES_NO), Parameter("is_open", Type.YES_NO)
N, M = Fact("n", Type.NUMBER), Fact("m", Type.NUMBER)
LIMIT, PRESENT = Parameter("limit", Type.NUMBER), Measure("days_present", Type.NUMBER)
START, END = Fact("start", Type.DATE), Fact("end", Type.DATE)
ENTRY, IN_FORCE = Measure("entry", Type.DATE), Parameter("in_force", Type.DATE)
C, K, ROUTE = Fact("c", Type.CODE), Fact("k", Type.CODE), Measure("route", Type.CODE)
CITIZENSHIP, HOME = Fact("citizenship", Type.COUNTRY), Parameter("home", Type.COUNTRY)
SOME, UNION = Fact("some", Type.LIST), Parameter("union", Type.LIST)
FIGURES, HOLIDAYS = Fact("figures", Type.LIST), Measure("holidays", Type.LIST)
TERM, GRACE = Parameter("term", Type.DURATION), Fact("grace", Type.DURATION)
CELLS = (
    Lookup("allowed", (C,), Type.YES_NO),
    Lookup("quota", (C,), Type.NUMBER),
    Lookup("quota", (K,), Type.NUMBER),
    Lookup("rate", (C, CITIZENSHIP), Type.NUMBER),
    Lookup("deadline", (K,), Type.DATE),
    Lookup("title", (CITIZENSHIP,), Type.CODE),
    Lookup("respite", (C,), Type.DURATION),
)
NAMES = (P, Q, WAS_HERE, IS_OPEN, N, M, LIMIT, PRESENT, START, END, ENTRY, IN_FORCE, C, K, ROUTE, CITIZENSHIP, HOME)
NAMES += (SOME, UNION, FIGURES, HOLIDAYS, TERM, GRACE)
NOWHERE = (
    Fact("lost", Type.YES_NO),
    Parameter("lost", Type.NUMBER),
    Measure("lost", Type.DATE),
    Lookup("lost", (C,), Type.CODE),
    Fact("lost", Type.LIST),
    Parameter("lost", Type.DURATION),
)
"""No table has a column for these, and no case a value."""

MEMBERS = {SOME: Type.CODE, UNION: Type.COUNTRY, FIGURES: Type.NUMBER, HOLIDAYS: Type.DATE, NOWHERE[4]: Type.NUMBER}
ONE_MONTH, THREE_DAYS = (
    Literal(Duration(amount, unit), Type.DURATION) for amount, unit in ((1, Unit.MONTHS), (3, Unit.WORKING_DAYS))
)
BY_WORKING_DAYS = tuple(
    tree.Shift(start, by, back)
    for start in (START, ENTRY, Literal(DAYS[1], Type.DATE), tree.Shift(START, ONE_MONTH, False))
    for by in (THREE_DAYS, TERM)
    for back in (False, True)
)
"""The moves that may be of working days. `term` may be so in any row, the other durations never are."""

FOREIGN = {
    PRESENT: (Reason(ReasonKind.FACT_MISSING, "exit"), Reason(ReasonKind.NOT_DEFINED, "absence")),
    ENTRY: (Reason(ReasonKind.FACT_MISSING, "entry"), Reason(ReasonKind.SOURCES_CONFLICT, "border"), CALENDAR),
    **dict.fromkeys(BY_WORKING_DAYS, (Reason(ReasonKind.OFFICER_DECIDES, "holidays"), CALENDAR)),
}
"""Inputs that are unknown because of other names than their own."""

# --- conditions ------------------------------------------------------------------------------------------------------


def condition(random: Random, depth: int) -> Condition:
    """A condition of at most so many levels of and, or, not."""
    if depth == 0 or random.random() < 0.15:
        return _atom(random)
    parts = tuple(condition(random, depth - 1) for _ in range(random.choice([1, 2, 2, 3, 3])))
    if len(parts) == 1:
        return tree.Not(parts[0])
    return tree.And(parts) if random.random() < 0.5 else tree.Or(parts)


def _atom(random: Random) -> Condition:
    match random.randrange(7):
        case 0:
            return _leaf(random, Type.YES_NO)
        case 1:
            return tree.Known(random.choice([*NAMES, *(one for one in NOWHERE if not isinstance(one, Lookup))]))
        case 2:
            kind = random.choice([Type.YES_NO, Type.NUMBER, Type.DATE, Type.CODE, Type.COUNTRY])
            choices = tuple(_operand(random, kind, 1) for _ in range(random.randint(1, 4)))
            return tree.OneOf(_operand(random, kind, 1), choices)
        case 3:
            whole = random.choice(list(MEMBERS))
            return tree.MemberOf(_operand(random, MEMBERS[whole], 1), whole)
        case _:
            kind = random.choice([Type.YES_NO, Type.NUMBER, Type.NUMBER, Type.DATE, Type.DATE, Type.CODE, Type.COUNTRY])
            signs = ("=", "!=", "<", "<=", ">", ">=") if tree.is_ordered(kind) else ("=", "!=")
            return tree.Comparison(_operand(random, kind, 2), random.choice(signs), _operand(random, kind, 2))


def _leaf(random: Random, kind: Type) -> tree.Leaf:
    given = [one for one in (*NAMES, *CELLS) if one.type is kind]
    nowhere = [one for one in NOWHERE if one.type is kind]
    return random.choice(nowhere if nowhere and random.random() < 0.05 else given)


def _operand(random: Random, kind: Type, depth: int) -> Operand:
    shape = random.random()
    if shape < 0.5 or (kind is Type.YES_NO and shape < 0.9):
        return _leaf(random, kind)
    if depth and kind is Type.DATE and shape < 0.85:
        return _move(random, depth)
    if depth and kind is Type.NUMBER and shape < 0.65:
        return tree.DaysBetween(_operand(random, Type.DATE, depth - 1), _operand(random, Type.DATE, depth - 1))
    if depth and kind is Type.NUMBER and shape < 0.85:
        left, right = _operand(random, kind, depth - 1), _operand(random, kind, depth - 1)
        return tree.Sum(left, right, random.random() < 0.5)
    return Literal(_value(random, kind), kind)


def _move(random: Random, depth: int) -> tree.Shift:
    if random.random() < 0.4:
        return random.choice(BY_WORKING_DAYS)
    by = random.choice([GRACE, CELLS[6], NOWHERE[5], *(Literal(_duration(random), Type.DURATION) for _ in range(8))])
    return tree.Shift(_operand(random, Type.DATE, depth - 1), by, random.random() < 0.5)


def _duration(random: Random) -> Duration:
    return Duration(random.choice([0, 1, 1, 2, 3, 11, 12, 13, 30, 90, 2024, 10**12]), random.choice(UNITS))


def _value(random: Random, kind: Type) -> Value:
    match kind:
        case Type.YES_NO:
            return random.random() < 0.5
        case Type.NUMBER:
            return random.choice([*NUMBERS, Decimal("2.5"), Decimal("0.0000001"), 10**12])
        case Type.DATE:
            return random.choice(DAYS) if random.random() < 0.7 else DAYS[0] + timedelta(days=random.randrange(60))
        case Type.CODE:
            return random.choice(CODES)
        case Type.COUNTRY:
            return random.choice(COUNTRIES)
        case Type.DURATION:
            return _duration(random)
        case Type.LIST:
            raise ValueError("a list is of its members")


# --- rows ------------------------------------------------------------------------------------------------------------

TYPES = {
    Type.YES_NO: "BOOLEAN",
    Type.NUMBER: "BIGINT",
    Type.DATE: "DATE",
    Type.CODE: "VARCHAR",
    Type.COUNTRY: "VARCHAR",
    Type.DURATION: "BIGINT",
}
NARROW = {M: "TINYINT", PRESENT: "INTEGER", LIMIT: "DECIMAL(12, 3)", CELLS[3]: "DECIMAL(9, 2)"}
OUTSIDE = ("infinity", "-infinity", "10000-01-01", "0044-03-15 (BC)")
"""Days of DuckDB that the calendar of law does not have."""

INPUTS: tuple[Input, ...] = (*NAMES, *CELLS, *BY_WORKING_DAYS)
COLUMNS = {
    one: Column(f"v{i}", f"r{i}", FOREIGN.get(one, ()), f"u{i}" if tree.type_of(one) is Type.DURATION else "NULL")
    for i, one in enumerate(INPUTS)
}


class Cell(NamedTuple):
    """What a table has of one input: value, mask of reasons, unit of a duration."""

    value: object
    reason: int | None
    unit: str | None = None


class Row(NamedTuple):
    """One row, as a case and as a table has it."""

    case: Case
    cells: tuple[Cell, ...]


def sql_type(one: Input) -> str:
    return f"{TYPES[MEMBERS[one]]}[]" if one in MEMBERS else NARROW.get(one, TYPES[tree.type_of(one)])


def row(random: Random) -> Row:
    """A row with no, few or many holes."""
    holes = random.choice([0, 0.05, 0.2, 0.6])
    told = {one: _outcome(random, one, holes) for one in NAMES}
    given = {one: outcome for one, outcome in told.items() if outcome is not None}
    case = Case(
        add_working_days=_working_days(random, holes),
        facts={one.name: outcome for one, outcome in given.items() if isinstance(one, Fact)},
        parameters={one.name: outcome for one, outcome in given.items() if isinstance(one, Parameter)},
        measures={one.name: partial(_same, outcome) for one, outcome in given.items() if isinstance(one, Measure)},
        tables={one.name: partial(_found, _table(random, one, holes)) for one in CELLS if random.random() >= holes / 3},
    )
    told |= {one: _joined(random, one, case) for one in (*CELLS, *BY_WORKING_DAYS)}
    return Row(case, tuple(_cell(random, one, told[one]) for one in INPUTS))


def _same(outcome: Outcome) -> Outcome:
    return outcome


def _found(table: Mapping[tuple[Value, ...], Outcome], *asked: Value) -> Outcome:
    return table[asked]


def _outcome(random: Random, one: Input, holes: float) -> Outcome | None:
    """A value; or unknown for one reason or several; or nothing told."""
    if random.random() >= holes:
        return _value_of(random, one)
    if random.random() < 0.4:
        return None
    if tree.type_of(one) is Type.DATE and random.random() < 0.2:
        return Unknown(frozenset({CALENDAR}))
    reasons = FOREIGN.get(one) or [Reason(kind, one.name) for kind in KINDS]
    return Unknown(frozenset(random.sample(reasons, random.choice([1, 1, 1, 2, len(reasons)]))))


def _value_of(random: Random, one: Input) -> Value:
    """A value that fits the column of the input."""
    if one in MEMBERS:
        return tuple(_value_of(random, CELL_OF[MEMBERS[one]]) for _ in range(random.randrange(4)))
    match tree.type_of(one):
        case Type.NUMBER:
            return random.choice([Decimal("2.5"), Decimal(90), Decimal("0.01")] if one in DECIMALS else NUMBERS)
        case Type.DATE:
            return random.choice(DAYS)
        case Type.DURATION:
            units = list(Unit) if one is TERM else UNITS
            return Duration(random.choice([0, 1, 1, 3, 12, 30]), random.choice(units))
        case kind:
            return _value(random, kind)


DECIMALS = (LIMIT, CELLS[3])
CELL_OF = {Type.CODE: C, Type.COUNTRY: CITIZENSHIP, Type.NUMBER: N, Type.DATE: START}


def _table(random: Random, one: Lookup, holes: float) -> dict[tuple[Value, ...], Outcome]:
    """A table that has every cell, though of some it is not known what is in it."""
    asked = product(*(CODES if argument.type is Type.CODE else COUNTRIES for argument in one.arguments))
    return {key: _outcome(random, one, holes) or unknown(ReasonKind.NOT_MODELLED, one.name) for key in asked}


def _working_days(random: Random, holes: float) -> AddWorkingDays:
    """Monday to Friday; or nobody knows the holidays of the row."""
    lost = random.random() < holes
    reasons = frozenset(random.sample(FOREIGN[BY_WORKING_DAYS[0]], random.choice([1, 2])))

    def add(day: date, amount: int) -> date | Unknown:
        step = timedelta(days=1 if amount > 0 else -1)
        while amount and not lost:
            day += step
            amount -= (day.weekday() < 5) * step.days
        return Unknown(reasons) if lost else day

    return add


def _joined(random: Random, one: Input, case: Case) -> Outcome | None:
    """What whoever fills the table joins to the row; anything where that must not count."""
    parts = one.arguments if isinstance(one, Lookup) else (one.start, one.by)
    told = [judge(part, case).outcome for part in parts]
    is_asked = not any(isinstance(outcome, Unknown) for outcome in told)
    if is_asked and isinstance(one, tree.Shift):
        is_asked = told[1].unit is Unit.WORKING_DAYS
    return judge(one, case).outcome if is_asked else _outcome(random, one, 0.5)


def _cell(random: Random, one: Input, outcome: Outcome | None) -> Cell:
    """How a table has the outcome, in one of the ways a Column allows."""
    nothing, value, unit = random.choice([0, None]), *_written(_value_of(random, one))
    declared = COLUMNS[one].because or [Reason(kind, one.name) for kind in KINDS]
    match outcome:
        case None if one in MEMBERS and random.random() < 0.5:
            return Cell([*value, None], nothing)
        case None:
            return Cell(*random.choice([(None, nothing, unit), (None, nothing), (value, nothing)][: 3 if unit else 1]))
        case Unknown(reasons) if reasons <= set(declared):
            mask = sum(1 << bit for bit, reason in enumerate(declared) if reason in reasons)
            return Cell(value if random.random() < 0.5 else None, mask, unit)
        case Unknown():
            return Cell(random.choice(OUTSIDE), nothing)
        case _:
            value, unit = _written(outcome)
            return Cell(value, nothing, unit)


def _written(value: Value) -> tuple[object, str | None]:
    match value:
        case Duration(amount, unit):
            return amount, unit
        case tuple():
            return list(value), None
        case _:
            return value, None
