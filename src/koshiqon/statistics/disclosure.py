"""Tables of a register that may be published: small counts hidden, and further ones so that none can be computed back.

A cell is hidden first because it is small (primary suppression), then because another could be had from it and the
margins (complementary suppression). The second is found and proved by walks of hypercubes (`cubes.py`), which works
alike for one, two or three dimensions and for tables that share margins. It finds a good pattern, not the least one:
that problem is hard already in two dimensions (Kelly, Golden and Assad, Networks 22, 1992).

What is proved: whoever knows the tables, the threshold and the width can hold each small count for any of at least
`width` + 1 numbers, and every other hidden count for at least two. `docs/explanation/disclosure.md` says what is not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from koshiqon.statistics.cubes import Attacker, cells_protecting
from koshiqon.statistics.tables import TOTAL, Dimension, Family, FrequencyTable, Key, UnfitTable, family_of

THRESHOLD = 10
"""Counts below it are small."""


class Mark(StrEnum):
    """Shown, or why not. Print one sign for both kinds of hidden cells: which is which would narrow the intervals."""

    SHOWN = "shown"
    PRIMARY = "primary"
    COMPLEMENTARY = "complementary"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as published: its categories, or TOTAL, by dimension, and its count, which is None where hidden."""

    categories: Key
    count: int | None
    mark: Mark


@dataclass(frozen=True, slots=True)
class PublishableTable:
    """A table as published, cells in the order of the categories with each total last.

    It holds nothing from which a hidden count could be had, neither true values nor the intervals that were proved.
    """

    dimensions: tuple[Dimension, ...]
    cells: tuple[Cell, ...]

    def hidden(self, mark: Mark) -> int:
        """How many cells are hidden for this reason, margins included."""
        return sum(cell.mark is mark for cell in self.cells)

    def share_lost(self) -> float | None:
        """The share of all who are counted that stands in no shown cell within the margins, 0 to 1.

        None where nobody is counted, and where the grand total is hidden: the share would give it away.
        """
        total = self.cells[-1].count
        if not total:
            return None
        return 1 - sum(cell.count or 0 for cell in self.cells if TOTAL not in cell.categories) / total


def publishable(
    tables: Sequence[FrequencyTable], *, threshold: int = THRESHOLD, width: int | None = None, tell_zeros: bool = True
) -> tuple[PublishableTable, ...]:
    """The tables with small counts hidden, protected together. All that share counts must be given at once.

    The interval of a small count holds at least `width` + 1 numbers; by default the width is the threshold, so that
    nobody can be sure that the count is small. Where zeros are told, readers know that no hidden count is zero, and
    the proof grants them that; otherwise zeros are hidden like small counts.
    Raises UnfitTable where the tables are no tables of counts or do not fit together, or a number makes no sense.
    """
    attacker = Attacker(least=1 if tell_zeros else 0, width=threshold if width is None else width)
    if threshold < 1 or attacker.width < 1:
        raise UnfitTable("disclosure_limits", {"threshold": str(threshold), "width": str(attacker.width)})
    family = family_of(tables)
    small = {key for key, count in family.counts.items() if attacker.least <= count < threshold}
    hidden = small | _complementary(small, family, attacker)
    return tuple(_published(family, table, small, hidden) for table in family.tables)


def _complementary(small: set[Key], family: Family, attacker: Attacker) -> set[Key]:
    """The further cells to hide: those that some proof for a small cell rests on, and no other.

    Margins come first, for their cubes serve the cells that they sum; of the rest the larger, which need the less.
    """
    order = sorted(small, key=lambda key: (-key.count(TOTAL), -family.counts[key], key))
    hidden = set(small)
    proofs: dict[Key, frozenset[Key]] = {}
    for key in order:
        proof = cells_protecting(key, hidden, family, attacker)
        if proof is None:  # only where a dimension has no category, and everybody knows the sum of nothing
            raise UnfitTable("disclosure_cannot_be_hidden", {"cell": " × ".join(key)})
        proofs[key] = proof
        hidden |= proof
    return _without_the_needless(hidden - small, small, proofs, family, attacker)


def _without_the_needless(
    further: set[Key], small: set[Key], proofs: dict[Key, frozenset[Key]], family: Family, attacker: Attacker
) -> set[Key]:
    """Show again, from the greatest count down, what later cells have made needless."""
    left = set(further)
    for key in sorted(further, key=lambda key: (-family.counts[key], key)):
        without = (small | left) - {key}
        rest = [start for start in proofs if key in proofs[start]]
        again: dict[Key, frozenset[Key]] = {}
        for start in rest:
            proof = cells_protecting(start, without, family, attacker, may_hide=False)
            if proof is None:
                break
            again[start] = proof
        else:
            proofs.update(again)
            left.discard(key)
    return set[Key]().union(*proofs.values()) - small


def _published(family: Family, table: tuple[int, ...], small: set[Key], hidden: set[Key]) -> PublishableTable:
    """One table of the family, with its own dimensions only."""
    cells = []
    for key in family.cells(table):
        mark = Mark.PRIMARY if key in small else Mark.COMPLEMENTARY if key in hidden else Mark.SHOWN
        count = family.counts[key] if mark is Mark.SHOWN else None
        cells.append(Cell(tuple(key[place] for place in table), count, mark))
    return PublishableTable(tuple(family.dimensions[place] for place in table), tuple(cells))
