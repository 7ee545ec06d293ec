"""Where things stand in a drawing of a series: values and years as pixels, round ticks, labels kept apart."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

LETTER = 0.56
"""Width of a letter, as a part of the size of its type; a little more than most letters need."""


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight line from values to pixels: `low` falls on `start`, `high` on `end`."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        return round(self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start), 1)


def width_of(words: str, size: float) -> float:
    """About how many pixels a text takes."""
    return len(words) * size * LETTER


def wrapped(words: str, width: float, size: float) -> list[str]:
    """A text in lines of a width in pixels, at least eight letters each."""
    return textwrap.wrap(words, max(8, int(width / (size * LETTER)))) or [words]


def round_steps(low: float, high: float, about: int = 5) -> list[float]:
    """Round numbers from below `low` to above `high`, about so many; zero is among them where it lies between."""
    if high <= low:
        high = low + 1
    raw = (high - low) / about
    size = 10.0 ** math.floor(math.log10(raw))
    step = next(size * factor for factor in (1, 2, 2.5, 5, 10) if size * factor >= raw * 0.999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(number * step, 10) for number in range(first, last + 1)]


def year_steps(first: int, last: int, most: int) -> list[int]:
    """Years to be written under an axis, at most so many."""
    step = next(size for size in (1, 2, 5, 10, 20, 50, 100, 1000) if (last - first) / size < most)
    start = -(-first // step) * step
    return list(range(start, last + 1, step))


def apart(places: Sequence[float], heights: Sequence[float], lowest: float, highest: float) -> list[float]:
    """Centres of labels moved as little as keeps them from touching, between two edges. In the order given."""
    order = sorted(range(len(places)), key=lambda number: places[number])
    set_at: dict[int, float] = {}
    edge = lowest
    for number in order:
        half = heights[number] / 2
        set_at[number] = max(places[number], edge + half)
        edge = set_at[number] + half
    edge = highest
    for number in reversed(order):
        half = heights[number] / 2
        set_at[number] = min(set_at[number], edge - half)
        edge = set_at[number] - half
    return [round(set_at[number], 1) for number in range(len(places))]
