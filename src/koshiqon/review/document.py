"""The review as structure, without words: chapters of blocks whose every figure is a finding.

`render/words.py` makes sentences of phrases in one language; HTML, PDF and the others are renderers of the outcome.
Nothing here holds a sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from koshiqon.evidence import Finding, Reference
from koshiqon.language import Text
from koshiqon.period import PartialDate


@dataclass(frozen=True, slots=True)
class Figure:
    """A number on the page: the finding it is, and how many decimals it deserves. `signed` shows a plus, `with_unit`
    the unit.
    """

    finding: Finding
    decimals: int = 0
    signed: bool = False
    with_unit: bool = False


@dataclass(frozen=True, slots=True)
class Day:
    """A day that was worked out, such as the last lawful one: the finding it is, whose value is an ISO date."""

    finding: Finding


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of the country's data, such as the gist of a provision: a finding whose statement it is."""

    finding: Finding
    text: Text


@dataclass(frozen=True, slots=True)
class Word:
    """A code to be put into words, such as (`area`, `labour`)."""

    scheme: str
    code: str


@dataclass(frozen=True, slots=True)
class Area:
    """A country or group of countries by code."""

    code: str


@dataclass(frozen=True, slots=True)
class When:
    """A date, known exactly or in part, of the row that says it."""

    date: PartialDate | date
    of: Reference


@dataclass(frozen=True, slots=True)
class Span:
    """A statistical period such as `2024` or `2024-S1`, of the row that says it."""

    period: str
    of: Reference


@dataclass(frozen=True, slots=True)
class Cited:
    """An act, provision or source, named by reference; a provision alone where `within` says that its act is named
    already.
    """

    reference: Reference
    within: bool = False


@dataclass(frozen=True, slots=True)
class Verbatim:
    """Words that are shown as they are: a name, a value out of an earlier edition."""

    words: str


@dataclass(frozen=True, slots=True)
class Quoted:
    """A text of the country's data that states nothing by itself, such as the question of a fact."""

    text: Text
    of: Reference


@dataclass(frozen=True, slots=True)
class Missing:
    """A cell without a value; `why` is a code: not_known, none, not_counted."""

    why: str = "not_known"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence by code, with the values it holds; `count` chooses the plural; `notes` become footnotes."""

    code: str
    values: Mapping[str, Shown] = field(default_factory=dict)
    count: str | None = None
    notes: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the country's data with slots for figures, such as `{latest:kandas_status_granted}`."""

    text: Text
    values: Mapping[str, Shown]


@dataclass(frozen=True, slots=True)
class Several:
    """Several things in one place, joined as a list."""

    items: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """Sentences one after another in one place."""

    sentences: tuple[Shown, ...]


Leaf = Figure | Day | Said
"""What is a finding itself."""

Shown = Leaf | Word | Area | When | Span | Cited | Quoted | Missing | Phrase | Sentence | Several | Passage | Verbatim


@dataclass(frozen=True, slots=True)
class Paragraph:
    phrases: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Points:
    """A list, each point of one or more phrases."""

    points: tuple[tuple[Shown, ...], ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A set-apart remark: `law_and_practice`, `sources_differ`, `caution`."""

    kind: str
    content: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """`columns` are codes of column heads; `sources` are listed below; `wide` tables turn into cards on a phone."""

    name: str
    title: Phrase | Sentence
    columns: tuple[str, ...]
    rows: tuple[tuple[Shown, ...], ...]
    sources: tuple[str, ...] = ()
    notes: tuple[Phrase, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One line or bar set of a chart: points of (year, finding). `status` is reported or estimated for the whole; of a
    reported one, `derived` are the years whose figure is worked out or estimated.
    """

    name: Word | Area
    points: tuple[tuple[int, Finding], ...]
    status: str = "reported"
    derived: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """A law event drawn as a numbered line at `year` (its day as a fraction); the list under the chart explains the
    number.
    """

    number: int
    year: float
    event: Said
    when: When


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture with its data: the title is the finding, the subtitle what is measured and by whom."""

    name: str
    kind: str
    title: Phrase | Sentence
    subtitle: Phrase | Sentence
    lines: tuple[Line, ...]
    marks: tuple[Mark, ...] = ()
    breaks: tuple[tuple[int, Said], ...] = ()
    sources: tuple[str, ...] = ()
    cautions: tuple[Shown, ...] = ()


@dataclass(frozen=True, slots=True)
class MarkedDays:
    """Days running, first and last included, with one mark: counted, uncounted (both lawful), unlawful, unknown."""

    first: date
    last: date
    mark: str


@dataclass(frozen=True, slots=True)
class Strip:
    """The days of a calendar under one reading of the law; None where every reading gives the same."""

    reading: Word | None
    days: tuple[MarkedDays, ...]


@dataclass(frozen=True, slots=True)
class Calendar:
    """Months as rows, days as columns, a mark for each day in the country; the table says the same in intervals."""

    name: str
    title: Phrase
    subtitle: Phrase
    today: date
    strips: tuple[Strip, ...]
    table: Table


Block = Paragraph | Points | Box | Table | Chart | Calendar


@dataclass(frozen=True, slots=True)
class Section:
    name: str
    blocks: tuple[Block, ...]
    title: Word | Text | None = None


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter opens with its finding; `themes` names the lenses it belongs to."""

    name: str
    opening: tuple[Phrase | Sentence, ...]
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    themes: tuple[str, ...] = ()
    title: Text | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What the review was asked: the first day of its look back, the day judged, the day by which sources were read;
    and, for a part of it, the theme or the names of its chapters.
    """

    since: date
    on: date
    known: date
    theme: str | None = None
    chapters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Review:
    """The whole document of one country."""

    country: str
    asked: Asked
    chapters: tuple[Chapter, ...]

    def findings(self) -> tuple[Finding, ...]:
        """Every finding of the document once, in the order in which it is met."""
        met: dict[str, Finding] = {}
        for leaf in self._leaves():
            met.setdefault(leaf.finding.name, leaf.finding)
        return tuple(met.values())

    def notes(self) -> tuple[Reference, ...]:
        """Every provision that a phrase footnotes, once, in the order in which it is met."""
        phrases = (
            phrase for chapter in self.chapters for shown in _shown_in_chapter(chapter) for phrase in _phrases(shown)
        )
        return tuple(dict.fromkeys(reference for phrase in phrases for reference in phrase.notes))

    def statements(self) -> Mapping[str, Text]:
        """The sentence of every finding that is one."""
        return {leaf.finding.name: leaf.text for leaf in self._leaves() if isinstance(leaf, Said)}

    def shown(self) -> Mapping[str, Leaf]:
        """Every figure, day and sentence by the name of its finding."""
        return {leaf.finding.name: leaf for leaf in self._leaves()}

    def _leaves(self) -> Iterator[Leaf]:
        for chapter in self.chapters:
            for shown in _shown_in_chapter(chapter):
                yield from leaves(shown)


def _shown_in_chapter(chapter: Chapter) -> Iterator[Shown]:
    yield from chapter.opening
    for block in (*chapter.blocks, *(block for section in chapter.sections for block in section.blocks)):
        yield from _shown_in_block(block)


def _shown_in_block(block: Block) -> Iterator[Shown]:
    match block:
        case Paragraph(phrases):
            yield from phrases
        case Points(points):
            yield from (item for point in points for item in point)
        case Box(content=content):
            yield from content
        case Table():
            yield from (block.title, *(cell for row in block.rows for cell in row), *block.notes)
        case Chart():
            yield from (Figure(finding) for line in block.lines for _, finding in line.points)
            yield from (
                block.title,
                block.subtitle,
                *(mark.event for mark in block.marks),
                *(text for _, text in block.breaks),
                *block.cautions,
            )
        case Calendar():
            yield from (block.title, block.subtitle)
            yield from _shown_in_block(block.table)


def _phrases(shown: Shown) -> Iterator[Phrase]:
    match shown:
        case Phrase(values=values):
            yield shown
            for value in values.values():
                yield from _phrases(value)
        case Several(items) | Passage(items):
            for item in items:
                yield from _phrases(item)


def leaves(shown: Shown) -> Iterator[Leaf]:
    """The figures, days and sentences that a shown thing holds, however deep."""
    match shown:
        case Figure() | Day() | Said():
            yield shown
        case Phrase(values=values) | Sentence(values=values):
            for value in values.values():
                yield from leaves(value)
        case Several(items) | Passage(items):
            for item in items:
                yield from leaves(item)


def findings_in(shown: Shown) -> Iterator[Finding]:
    return (leaf.finding for leaf in leaves(shown))
