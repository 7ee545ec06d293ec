"""Frequency tables with all their margins, alone or linked by dimensions they share.

The cells of linked tables live in one space: a key names a category, or `TOTAL`, for every dimension of the family. So
a margin that two tables share is one cell with one key, and a table on its own is a family of one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

TOTAL = "_T"
"""The code that SDMX gives to a total over a dimension."""

MOST_DIMENSIONS = 3

Key = tuple[str, ...]
"""A category or TOTAL for each dimension, in the order of the dimensions."""


class UnfitTable(ValueError):
    """Counts that cannot be protected as they are. `code` says why, `values` where; the letter is written elsewhere."""

    def __init__(self, code: str, values: Mapping[str, str]) -> None:
        super().__init__(code, dict(values))
        self.code = code
        self.values = values


@dataclass(frozen=True, slots=True)
class Dimension:
    """By what is counted, and its categories in the order in which they are shown."""

    name: str
    categories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FrequencyTable:
    """How many are counted in every combination of one to three dimensions; zero is written, never left out.

    Margins are not given: they are the sums. Counts whose totals are no sums, such as persons who appear in several
    months, are no frequency table.
    """

    dimensions: tuple[Dimension, ...]
    counts: Mapping[Key, int]


@dataclass(frozen=True, slots=True)
class Family:
    """All cells of linked tables, margins included. `tables` holds, for each table, the places of its dimensions."""

    dimensions: tuple[Dimension, ...]
    tables: tuple[tuple[int, ...], ...]
    counts: dict[Key, int]

    def cells(self, table: tuple[int, ...]) -> list[Key]:
        """The keys of one table in the order of its categories, every total after what it sums."""
        shown = [
            (*dimension.categories, TOTAL) if place in table else (TOTAL,)
            for place, dimension in enumerate(self.dimensions)
        ]
        return list(product(*shown))


def family_of(tables: Sequence[FrequencyTable]) -> Family:
    """The tables as one family.

    Raises UnfitTable where a count is missing, odd or negative, where tables disagree on a dimension or on a margin
    they share, or where they are linked in a circle.
    """
    for table in tables:
        _check(table)
    dimensions = _dimensions(tables)
    places = {dimension.name: place for place, dimension in enumerate(dimensions)}
    kept = [tuple(places[dimension.name] for dimension in table.dimensions) for table in tables]
    if not _without_circle(kept):
        raise UnfitTable("disclosure_linked_in_a_circle", {"dimensions": ", ".join(places)})
    counts: dict[Key, int] = {}
    for table, at in zip(tables, kept, strict=True):
        for key, count in _with_margins(table, at, len(dimensions)).items():
            if counts.setdefault(key, count) != count:
                values = {"cell": " × ".join(key), "first": str(counts[key]), "second": str(count)}
                raise UnfitTable("disclosure_margins_differ", values)
    return Family(dimensions, tuple(kept), counts)


def _check(table: FrequencyTable) -> None:
    names = [dimension.name for dimension in table.dimensions]
    if not 1 <= len(names) <= MOST_DIMENSIONS or len(set(names)) < len(names):
        raise UnfitTable("disclosure_dimensions", {"dimensions": ", ".join(names), "most": str(MOST_DIMENSIONS)})
    for dimension in table.dimensions:
        if TOTAL in dimension.categories or len(set(dimension.categories)) < len(dimension.categories):
            raise UnfitTable("disclosure_categories", {"dimension": dimension.name})
    wanted = set(product(*(dimension.categories for dimension in table.dimensions)))
    if odd := sorted(wanted ^ table.counts.keys()):
        raise UnfitTable("disclosure_cells_differ", {"cell": " × ".join(odd[0]), "cells": str(len(odd))})
    for key, count in table.counts.items():
        if isinstance(count, bool) or not isinstance(count, int) or count < 0:
            raise UnfitTable("disclosure_no_count", {"cell": " × ".join(key), "count": str(count)})


def _dimensions(tables: Sequence[FrequencyTable]) -> tuple[Dimension, ...]:
    """The dimensions of all tables, each once, in the order of their first appearance."""
    found: dict[str, Dimension] = {}
    for dimension in (dimension for table in tables for dimension in table.dimensions):
        if found.setdefault(dimension.name, dimension) != dimension:
            raise UnfitTable("disclosure_categories_differ", {"dimension": dimension.name})
    return tuple(found.values())


def _without_circle(tables: Sequence[tuple[int, ...]]) -> bool:
    """Can the tables be taken away one by one, each hanging on one other by all that it shares (Graham 1979)?

    Only then does every set of tables that agree on their shared margins belong to some population (Vorob'ev, Theory
    of Probability and Its Applications 7, 1962), so that who knows all tables knows nothing beyond their sums. Three
    two-way tables of one three-way table are a circle: their cells can be bounded more closely than by sums.
    """
    left = [set(table) for table in tables]
    while len(left) > 1:
        for number, table in enumerate(left):
            others = left[:number] + left[number + 1 :]
            shared = table & set[int]().union(*others)
            if any(shared <= other for other in others):
                left = others
                break
        else:
            return False
    return True


def _with_margins(table: FrequencyTable, at: tuple[int, ...], width: int) -> dict[Key, int]:
    """The counts of a table and of all its margins, keyed in a family of that many dimensions."""
    sums = Counter[Key]()
    for inner in product(*((*dimension.categories, TOTAL) for dimension in table.dimensions)):
        sums[_placed(inner, at, width)] = 0
    for key, count in table.counts.items():
        for margin in product(*((category, TOTAL) for category in key)):
            sums[_placed(margin, at, width)] += count
    return dict(sums)


def _placed(key: Key, at: tuple[int, ...], width: int) -> Key:
    placed = [TOTAL] * width
    for place, category in zip(at, key, strict=True):
        placed[place] = category
    return tuple(placed)
