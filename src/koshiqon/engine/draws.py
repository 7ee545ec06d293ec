"""Draws that depend on a seed and on nothing else: not on the number of threads, the machine or its mathematics.

Random bits come from PCG64 as they are, and every draw is a place in a table of whole numbers: no logarithm is taken of
a random number, which one processor may round differently from another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]
Yes = NDArray[np.bool_]

BITS = 32
FULL = 1 << BITS


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of weights as one rising list: row r holds the numbers from r to r + 1 times 2³², cut by its weights."""

    cuts: Whole
    width: int


def table_of(rows: Sequence[Sequence[float]]) -> Table:
    """A table of weights; short rows are filled up with columns that are never drawn. Raises ValueError where the
    weights of a row add up to nothing.
    """
    width = max(len(row) for row in rows)
    cuts = np.empty((len(rows), width), dtype=np.int64)
    for number, row in enumerate(rows):
        sums = np.cumsum(np.asarray(row, dtype=np.float64))
        if not sums[-1] > 0:
            raise ValueError(f"row {number} of the table holds no weight")
        cuts[number, : len(row)] = np.rint(sums / sums[-1] * FULL)
        cuts[number, len(row) :] = FULL
        cuts[number] += number << BITS
    return Table(cuts.ravel(), width)


@dataclass(frozen=True, slots=True)
class Dice:
    """The random bits of one shard."""

    bits: np.random.PCG64

    def roll(self, number: int) -> Whole:
        """So many whole numbers from 0 to 2³² - 1."""
        return (np.asarray(self.bits.random_raw(number)) >> np.uint64(64 - BITS)).astype(np.int64)

    def below(self, limit: int | Whole, number: int) -> Whole:
        """So many whole numbers from 0 to below the limit, which is at most 2³¹."""
        scaled: Whole = self.roll(number) * limit
        return scaled >> BITS

    def happens(self, share: float, number: int) -> Yes:
        """So many times: does something happen that happens with this share?"""
        return np.less(self.roll(number), round(share * FULL))

    def draw(self, table: Table, row: Whole) -> Whole:
        """For each number of a row: a column of that row, by the weights of the table."""
        wanted = (row << BITS) + self.roll(len(row))
        return np.searchsorted(table.cuts, wanted, side="right") - row * table.width


def dice_of(seed: int, shard: int) -> Dice:
    """The dice of one shard of a run: two numbers decide all its bits."""
    return Dice(np.random.PCG64(np.random.SeedSequence([seed, shard])))


def opaque(numbers: NDArray[np.uint64], salt: int) -> NDArray[np.uint64]:
    """Different numbers for different numbers, with no order left in them: the finalizer of SplitMix64 (Steele, Lea and
    Flood 2014), which is a bijection. They look like nothing that a state issues.
    """
    mixed = numbers + np.uint64(salt)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))
