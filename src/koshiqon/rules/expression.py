"""The tree of a condition: what a rule's `when` says, with the type of every value known.

A name is read once, when the country is; whoever judges a case or writes SQL walks this tree and meets no text. `And`
and `Or` hold two parts or more; parentheses live on as nesting.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Type(StrEnum):
    """What a value is. A code is a word of a closed list, a country one of ISO 3166-1 (three letters)."""

    YES_NO = "yes_no"
    NUMBER = "number"
    DATE = "date"
    CODE = "code"
    COUNTRY = "country"
    LIST = "list"
    DURATION = "duration"


class Unit(StrEnum):
    """The units in which law counts time."""

    DAYS = "days"
    WORKING_DAYS = "working_days"
    MONTHS = "months"
    YEARS = "years"


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time in its legal unit. One month is no number of days, so durations have no order."""

    amount: int
    unit: Unit


Value = bool | int | Decimal | date | str | Duration | tuple[int | Decimal | date | str, ...]
"""A known value. Numbers are exact (int or Decimal, never float); codes and countries are texts; lists are tuples."""


@dataclass(frozen=True, slots=True)
class Literal:
    """A value that stands in the condition itself."""

    value: Value
    type: Type


@dataclass(frozen=True, slots=True)
class Fact:
    """Something given about the case."""

    name: str
    type: Type


@dataclass(frozen=True, slots=True)
class Parameter:
    """A dated number, code, list or duration that an act sets."""

    name: str
    type: Type


@dataclass(frozen=True, slots=True)
class Measure:
    """Something computed from the history of the case."""

    name: str
    type: Type


@dataclass(frozen=True, slots=True)
class Lookup:
    """A cell of a dated table, found by the values of its arguments."""

    name: str
    arguments: tuple[Name, ...]
    type: Type


@dataclass(frozen=True, slots=True)
class Sum:
    """Two numbers, added or (`minus`) subtracted."""

    left: Operand
    right: Operand
    minus: bool


@dataclass(frozen=True, slots=True)
class Shift:
    """A date moved by a duration, forwards or (`back`) backwards."""

    start: Operand
    by: Operand
    back: bool


@dataclass(frozen=True, slots=True)
class DaysBetween:
    """One date less another: the days from `earlier` to `later`, negative where `later` comes first."""

    later: Operand
    earlier: Operand


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two values of one type; `operator` is one of = != < <= > >=."""

    left: Operand
    operator: str
    right: Operand


@dataclass(frozen=True, slots=True)
class OneOf:
    """Is the value equal to one of those written in brackets?"""

    value: Operand
    choices: tuple[Operand, ...]


@dataclass(frozen=True, slots=True)
class MemberOf:
    """Does the list of this name hold the value?"""

    value: Operand
    whole: Name


@dataclass(frozen=True, slots=True)
class Known:
    """Has the name a value in this case?"""

    of: Name


@dataclass(frozen=True, slots=True)
class Not:
    """The contrary of one condition."""

    part: Condition


@dataclass(frozen=True, slots=True)
class And:
    """Every part."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one part."""

    parts: tuple[Condition, ...]


Name = Fact | Parameter | Measure
Leaf = Name | Lookup
Operand = Literal | Leaf | Sum | Shift | DaysBetween
Condition = Leaf | Comparison | OneOf | MemberOf | Known | Not | And | Or
"""A leaf is a condition where its type is yes_no; reading.py sees to that."""
Expression = Operand | Condition


def type_of(operand: Operand) -> Type:
    """The type of the value that the operand gives."""
    match operand:
        case Sum() | DaysBetween():
            return Type.NUMBER
        case Shift():
            return Type.DATE
        case _:
            return operand.type


def is_ordered(of: Type) -> bool:
    """May values of this type be compared by < and >?"""
    return of in (Type.NUMBER, Type.DATE)
