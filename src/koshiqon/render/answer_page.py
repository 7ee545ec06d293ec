"""An answer about one stay in words: what the terminal, the page on paper and the notebook take, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from koshiqon.render.day_calendar import DayCalendar
from koshiqon.render.words import Line, Voice


@dataclass(frozen=True, slots=True)
class Item:
    """One thing said, and below it what it rests on."""

    line: Line
    under: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the answer under its title; `name` is its code."""

    name: str
    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """The whole answer in one language: the sentence, its calendar, the parts in the order of reading, the edition.

    `caution` says how much was assumed, empty where nothing was; `order` are the codes of the parts. The calendar and
    the parts are put into words when they are asked for, since most readers show only some of them.
    """

    language: str
    title: str
    sentence: Line
    caution: str
    order: tuple[str, ...]
    edition: tuple[tuple[str, str], ...]
    warning: str
    unchecked: str
    voice: Voice
    compose_calendar: Callable[[], DayCalendar] = field(repr=False, compare=False)
    compose_part: Callable[[str], Part] = field(repr=False, compare=False)

    @property
    def calendar(self) -> DayCalendar:
        """The days of the answer."""
        return self.compose_calendar()

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts that say something, in the order of reading."""
        return tuple(part for part in map(self.part, self.order) if part is not None)

    @property
    def decisive(self) -> Part:
        """The rules that the answer rests on, as they were judged."""
        return self.compose_part("decisive")

    @property
    def steps(self) -> Part:
        """All rules as they were judged."""
        return self.compose_part("steps")

    def part(self, name: str) -> Part | None:
        """One part; None where it says nothing."""
        part = self.compose_part(name) if name in self.order else None
        return part if part is not None and part.items else None
