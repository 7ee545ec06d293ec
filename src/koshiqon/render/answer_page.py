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

    `caution` says how much was assumed, empty where nothing was; `decisive` are the rules that the answer rests on, as
    they were judged.
    """

    language: str
    title: str
    sentence: Line
    caution: str
    calendar: DayCalendar
    parts: tuple[Part, ...]
    decisive: Part
    edition: tuple[tuple[str, str], ...]
    warning: str
    unchecked: str
    voice: Voice
    compose_steps: Callable[[], Part] = field(repr=False, compare=False)

    @property
    def steps(self) -> Part:
        """All rules as they were judged, put into words when asked for: few readers ask."""
        return self.compose_steps()

    def part(self, name: str) -> Part | None:
        return next((part for part in self.parts if part.name == name), None)
