"""The answer about one person's status in words: what the terminal takes, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from koshiqon.render.answer_page import Part
from koshiqon.render.words import Line, Voice


@dataclass(frozen=True, slots=True)
class StatusPage:
    """The whole answer in one language: the sentence, what it may not be taken for, the parts in the order of reading,
    the edition.
    """

    language: str
    title: str
    sentence: Line
    care: str
    parts: tuple[Part, ...]
    edition: tuple[tuple[str, str], ...]
    warning: str
    unchecked: str
    voice: Voice
    compose_steps: Callable[[], Part] = field(repr=False, compare=False)

    @property
    def steps(self) -> Part:
        """The rules about categories as they were judged, put into words when asked for."""
        return self.compose_steps()

    def part(self, name: str) -> Part | None:
        return next((part for part in self.parts if part.name == name), None)
