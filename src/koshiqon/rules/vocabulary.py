"""The words that conditions may use: what each stands for, and the type of its value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from koshiqon.rules.expression import Type


class Kind(StrEnum):
    """Where the value of a name comes from: the case, an act, a dated table, or the history of the case."""

    FACT = "fact"
    PARAMETER = "parameter"
    TABLE = "table"
    MEASURE = "measure"


@dataclass(frozen=True, slots=True)
class Declaration:
    """What a name stands for. `members` is the type within a list; `values` are the codes allowed, none if any is;
    `arguments` are what a table is asked by.
    """

    kind: Kind
    type: Type
    members: Type | None = None
    values: tuple[str, ...] = ()
    arguments: tuple[Type, ...] = ()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Every name that a condition may use."""

    names: Mapping[str, Declaration]
