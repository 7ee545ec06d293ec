"""Hypercubes in tables: how far a hidden count can move while everything published stays true.

Add one to a cell and take one from its neighbour in the row, and do the reverse in another row: no margin notices.
That is the hypercube of Repsilber (Preservation of confidentiality in aggregated data, Second International Seminar on
Statistical Confidentiality, Luxembourg 1994): two places in every dimension, counts rising and falling by turns. Here a
total is a place like any other, with one difference: it rises with the cell that it sums. Such a move is a product of
vectors whose parts add up to their total in every dimension, so it keeps every sum, also in linked tables, where those
corners that no table shows are left out.

A walk of several moves from the true tables leads to other tables that could have been published with the same words.
The least and the greatest count met on the way bound the attacker's interval from within: it may be
wider, not narrower.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from math import inf

from koshiqon.statistics.tables import TOTAL, Family, Key


@dataclass(frozen=True, slots=True)
class Attacker:
    """Who reads the tables: no hidden count is below `least`, and an interval of less than `width` is too narrow."""

    least: int
    width: int


@dataclass(frozen=True, slots=True)
class Cube:
    """A move: published corners that rise with the cell it starts from, and those that fall by as much.

    `up` and `down` are how far it can go; `cost` is the sum of the counts that it would hide anew.
    """

    rising: tuple[Key, ...]
    falling: tuple[Key, ...]
    up: float
    down: float
    cost: int


@dataclass(frozen=True, slots=True)
class Walk:
    """Two alternatives to the true tables: one with the start as low as reached, one with it as high."""

    low: ChainMap[Key, int]
    high: ChainMap[Key, int]

    def far(self, start: Key) -> int:
        """The width of the interval between the two, at the cell they started from."""
        return self.high[start] - self.low[start]

    def go(self, cube: Cube, wanted: int) -> None:
        """Move both alternatives apart by as much as is wanted and possible."""
        up = int(min(cube.up, wanted))
        down = int(min(cube.down, wanted - up))
        for sign, corners in ((1, cube.rising), (-1, cube.falling)):
            for key in corners:
                self.high[key] += sign * up
                self.low[key] -= sign * down


def cells_protecting(
    start: Key, hidden: Set[Key], family: Family, attacker: Attacker, *, may_hide: bool = True
) -> frozenset[Key] | None:
    """Cells that, hidden together with the start, leave its interval wide enough; None where there are none.

    Each also has at least two possible counts, for a move of the walk changes it. What is hidden already costs
    nothing; of the rest the least count for each step of the interval is taken first. Where more may be hidden the
    walk always ends, because the cube of all totals over the start can rise without end.
    """
    walk = Walk(ChainMap({}, family.counts), ChainMap({}, family.counts))
    used: set[Key] = set()
    while (wanted := attacker.width - walk.far(start)) > 0:
        cube = _Search(start, hidden | used, family, attacker.least, may_hide, walk, wanted).cheapest()
        if cube is None:
            return None
        walk.go(cube, wanted)
        used.update(cube.rising, cube.falling)
    return frozenset(used)


@dataclass(frozen=True, slots=True)
class _Search:
    """What one search for the cheapest cube rests on."""

    start: Key
    hidden: Set[Key]
    family: Family
    least: int
    may_hide: bool
    walk: Walk
    wanted: int

    def cheapest(self) -> Cube | None:
        """The cube with the least cost for each step of the interval, the first of equals."""
        order = sorted(range(len(self.start)), key=lambda place: self.start[place] == TOTAL)
        found: list[Cube] = []
        self._extend(self._grown(None, (self.start,), ()), order, found)
        return found[0] if found else None

    def _extend(self, cube: Cube | None, places: list[int], found: list[Cube]) -> None:
        """Double the corners of a beginning of a cube in every further dimension; keep the best whole cube."""
        if cube is None or self._no_better(cube, cube.cost, found):
            return
        if not places:
            found[:] = [cube]
            return
        place, *rest = places
        for cost, partner in self._partners(place):
            if self._no_better(cube, cube.cost + cost, found):
                return
            same = TOTAL in (partner, self.start[place])
            risen, fallen = (cube.rising, cube.falling) if same else (cube.falling, cube.rising)
            rising, falling = self._moved(risen, place, partner), self._moved(fallen, place, partner)
            self._extend(self._grown(cube, rising, falling), rest, found)
            if not rising and not falling:
                return  # no table shows these corners, so that any other partner would do the same

    def _no_better(self, cube: Cube, cost: int, found: list[Cube]) -> bool:
        """Would a cube that begins so, at this cost or more, cost no less a step than the best?"""
        return bool(found) and cost * self._gain(found[0]) >= found[0].cost * self._gain(cube)

    def _gain(self, cube: Cube) -> int:
        return int(min(cube.up + cube.down, self.wanted))

    def _partners(self, place: int) -> Iterator[tuple[int, str]]:
        """The other places of a dimension, with what they cost at least: the cheapest and roomiest first."""
        own = self.start[place]
        others = [category for category in (*self.family.dimensions[place].categories, TOTAL) if category != own]
        costs = []
        for number, partner in enumerate(others):
            key = _at(self.start, place, partner)
            cost = self._cost([key])
            if cost is not None:
                costs.append((cost, -self.family.counts.get(key, 0), number))
        return ((cost, others[number]) for cost, _, number in sorted(costs))

    def _moved(self, corners: tuple[Key, ...], place: int, partner: str) -> tuple[Key, ...]:
        """The corners at another place of one dimension, as far as a table shows them."""
        moved = (_at(key, place, partner) for key in corners)
        return tuple(key for key in moved if key in self.family.counts)

    def _cost(self, keys: Iterable[Key]) -> int | None:
        """What hiding these would cost; None where one may not be hidden. A zero that is told stays told."""
        cost = 0
        for key in keys:
            if key not in self.hidden and key in self.family.counts and key != self.start:
                count = self.family.counts[key]
                if not count or not self.may_hide:
                    return None
                cost += count
        return cost

    def _grown(self, cube: Cube | None, rising: tuple[Key, ...], falling: tuple[Key, ...]) -> Cube | None:
        """The cube with more corners; None where it may not be hidden or cannot move."""
        cost = self._cost((*rising, *falling))
        if cost is None:
            return None
        old = cube or Cube((), (), inf, inf, 0)
        up = min([old.up, *(self.walk.high[key] - self.least for key in falling)])
        down = min([old.down, *(self.walk.low[key] - self.least for key in rising)])
        if up <= 0 and down <= 0:
            return None
        return Cube(old.rising + rising, old.falling + falling, up, down, old.cost + cost)


def _at(key: Key, place: int, category: str) -> Key:
    return (*key[:place], category, *key[place + 1 :])
