"""The review in words: what HTML, PDF, Word and the tables take, and nothing else, so that all say the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from koshiqon.evidence import Finding
from koshiqon.language import Text
from koshiqon.render.chart import finished
from koshiqon.render.press import Picture
from koshiqon.render.words import Line, Run, Voice, plain


@dataclass(frozen=True, slots=True)
class ParagraphPage:
    line: Line
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PointsPage:
    points: tuple[Line, ...]
    numbered: bool


@dataclass(frozen=True, slots=True)
class BoxPage:
    """A set-apart remark; `sides` stand beside each other under the first lines."""

    kind: str
    label: str
    lines: tuple[Line, ...]
    sides: tuple[Line, ...] = ()
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class TablePage:
    name: str
    number: str
    title: Line
    heads: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]
    numeric: tuple[bool, ...]
    sources: tuple[Run, ...] = ()
    notes: tuple[Line, ...] = ()
    anchors: tuple[str | None, ...] = ()


@dataclass(frozen=True, slots=True)
class ChartPage:
    """A picture as SVG (`picture` for the screen, colours as tokens), its description, its events and its table of
    figures.
    """

    name: str
    number: str
    title: Line
    subtitle: Line
    picture: Picture
    description: str
    data: TablePage
    marks: tuple[tuple[int, Run, Run], ...] = ()
    breaks: tuple[tuple[str, Run], ...] = ()
    sources: tuple[Run, ...] = ()
    cautions: tuple[Line, ...] = ()

    def svg(self) -> str:
        """The drawn picture; waits for the press."""
        return finished(self.picture.result(), self.name)


@dataclass(frozen=True, slots=True)
class StripPage:
    """One drawn calendar as SVG, its heading where there are several, and what it shows in words."""

    name: str
    heading: str
    svg: str
    description: str


@dataclass(frozen=True, slots=True)
class CalendarPage:
    """The days of a history, drawn once for each reading of the law, and the table of its intervals, which is shown."""

    name: str
    number: str
    title: Line
    subtitle: Line
    strips: tuple[StripPage, ...]
    table: TablePage


BlockPage = ParagraphPage | PointsPage | BoxPage | TablePage | ChartPage | CalendarPage


@dataclass(frozen=True, slots=True)
class SectionPage:
    anchor: str
    title: str
    blocks: tuple[BlockPage, ...]


@dataclass(frozen=True, slots=True)
class ChapterPage:
    anchor: str
    number: int
    title: str
    opening: tuple[Line, ...]
    blocks: tuple[BlockPage, ...]
    sections: tuple[SectionPage, ...]


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """The whole document in one language; `colophon` says of which data, program and day it is."""

    language: str
    title: str
    subtitle: str
    period: str
    warning: str
    unchecked: str
    chapters: tuple[ChapterPage, ...]
    colophon: tuple[tuple[str, str], ...]
    findings: tuple[Finding, ...]
    statements: Mapping[str, Text]
    notes: tuple[Line, ...]
    voice: Voice


BOLD = 1.25
"""How much wider a bold letter may be."""
LINE, GUTTER = 105, 2.5
"""Letters of a table across the paper, and how many of them the space between two columns takes."""
FULL = 0.85
"""Of a table whose words need more than this of the paper, long texts keep room at the cost of long words."""
CROWDED = 0.54
"""How much of a share each letter of a word counts in such a table."""


def column_shares(table: TablePage) -> list[float]:
    """How much of the paper's width each column deserves: growing slower than its longest cell, and never less than its
    longest word needs; heads are bold and need more.
    """
    shares, needs = [], []
    for column, head in enumerate(table.heads):
        cells = [plain(row[column]) for row in table.rows]
        longest = max((len(cell) for cell in cells), default=1)
        word = max((len(part) for text in cells for part in text.split(" ")), default=1)
        bold = max(len(part) for part in head.split(" ")) * BOLD
        shares.append(max(1.0, min(longest, 150) ** 0.62))
        needs.append((min(max(word, bold), 24) + GUTTER) / LINE)
    return _with_room(shares, needs)


def _with_room(shares: list[float], needs: list[float]) -> list[float]:
    """The shares of one whole, none smaller than what its words need; in a crowded table the larger of what a column
    deserves and about half of what it needs.
    """
    if sum(needs) > FULL:
        return [max(share, (need * LINE - GUTTER) * CROWDED) for share, need in zip(shares, needs, strict=True)]
    tight: set[int] = set()
    while True:
        room = 1 - sum(needs[column] for column in tight)
        rest = sum(share for column, share in enumerate(shares) if column not in tight)
        widths = [needs[n] if n in tight else share / rest * room for n, share in enumerate(shares)]
        more = {column for column, width in enumerate(widths) if width < needs[column]} - tight
        if not more:
            return widths
        tight |= more
