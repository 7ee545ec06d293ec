"""Tables of a register protected for publication: what is hidden for its count, and what for its few persons.

A count of stays can be large though one person made them all, by crossing every week. So a cell of stays is hidden too
where fewer persons than the threshold stand in it, with further cells that keep it from being computed back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product

from koshiqon.statistics.cubes import Attacker, cells_protecting
from koshiqon.statistics.disclosure import THRESHOLD, Cell, Mark, PublishableTable, publishable
from koshiqon.statistics.tables import TOTAL, Family, FrequencyTable, Key, UnfitTable, family_of
from koshiqon.stay.register.groups import (
    FIXED,
    OTHER,
    Publication,
    PublishedTable,
    TableAsked,
    Tally,
    Unit,
    dimensions_of,
    folded,
    full_table,
    names_kept,
    worth_telling,
)


def published(tallies: Mapping[TableAsked, Tally], threshold: int = THRESHOLD) -> Publication:
    """All tables with what is small hidden, those of one unit protected together.

    Raises UnfitTable where the tallies are no counts or do not agree on the margins they share.
    """
    told: list[PublishedTable] = []
    fewer: dict[str, int] = {}
    for unit in Unit:
        mine = {asked: tally for asked, tally in tallies.items() if asked.unit is unit and tally.counts}
        if not mine:
            continue
        kept = names_kept(mine)
        small = {asked: folded(asked, tally, kept) for asked, tally in worth_telling(mine, kept).items()}
        fewer |= {f"{unit}:{name}": number for name, number in _folded_away(mine, kept).items() if number}
        dimensions = dimensions_of(small)
        tables = [full_table(asked, tally, dimensions) for asked, tally in small.items()]
        crowds = [tally.crowds for tally in small.values()]
        for asked, table in zip(small, protected(tables, crowds, threshold), strict=True):
            told.append(PublishedTable(asked.name, unit, table))
    return Publication(tuple(told), fewer)


def _folded_away(tallies: Mapping[TableAsked, Tally], kept: Mapping[str, frozenset[str]]) -> dict[str, int]:
    """How many categories of each dimension lost their name."""
    seen: dict[str, set[str]] = {}
    for asked, tally in tallies.items():
        for place, dimension in enumerate(asked.dimensions):
            if dimension not in FIXED:
                seen.setdefault(dimension, set()).update(key[place] for key in tally.counts)
    return {dimension: len(found - kept[dimension] - {OTHER}) for dimension, found in seen.items()}


def protected(
    tables: Sequence[FrequencyTable], crowds: Sequence[Mapping[Key, int]], threshold: int = THRESHOLD
) -> tuple[PublishableTable, ...]:
    """The tables with small counts hidden, and with them cells of fewer persons than the threshold.

    `crowds` gives for each table, by inner cell, a bit for every bucket of persons; a table without is one of persons,
    or of what belongs to none. Raises UnfitTable.
    """
    first = publishable(tables, threshold=threshold)
    family = family_of(tables)
    hidden = {
        key
        for table, at in zip(first, family.tables, strict=True)
        for key, cell in zip(family.cells(at), table.cells, strict=True)
        if cell.mark is not Mark.SHOWN
    }
    few = _few(family, crowds, threshold) - hidden
    if not few:
        return first
    hidden = _with_neighbours(few, hidden, family, threshold)
    return tuple(_hiding(table, family.cells(at), few, hidden) for table, at in zip(first, family.tables, strict=True))


def _few(family: Family, crowds: Sequence[Mapping[Key, int]], threshold: int) -> frozenset[Key]:
    """The cells, margins included, in which somebody stands but fewer persons than the threshold may."""
    found: set[Key] = set()
    for at, given in zip(family.tables, crowds, strict=True):
        within: dict[Key, int] = {}
        for key, crowd in given.items():
            for margin in product(*((category, TOTAL) for category in key)):
                place = [TOTAL] * len(family.dimensions)
                for number, category in zip(at, margin, strict=True):
                    place[number] = category
                within[tuple(place)] = within.get(tuple(place), 0) | crowd
        found.update(key for key, crowd in within.items() if 0 < crowd.bit_count() < threshold)
    return frozenset(found)


def _with_neighbours(few: frozenset[Key], hidden: set[Key], family: Family, threshold: int) -> set[Key]:
    """These cells, what is hidden already, and further ones from which each would otherwise be computed back."""
    attacker = Attacker(least=1, width=threshold)
    found = hidden | few
    for key in sorted(few, key=lambda key: (-key.count(TOTAL), -family.counts[key], key)):
        proof = cells_protecting(key, found, family, attacker)
        if proof is None:
            raise UnfitTable("disclosure_cannot_be_hidden", {"cell": " × ".join(key)})
        found |= proof
    return found


def _hiding(table: PublishableTable, keys: list[Key], few: frozenset[Key], hidden: set[Key]) -> PublishableTable:
    """The table with these cells hidden too."""
    cells = []
    for key, cell in zip(keys, table.cells, strict=True):
        if cell.mark is Mark.SHOWN and key in hidden:
            cells.append(Cell(cell.categories, None, Mark.PRIMARY if key in few else Mark.COMPLEMENTARY))
        else:
            cells.append(cell)
    return PublishableTable(table.dimensions, tuple(cells))
