"""The review put into words: the same chapters and blocks as `review/document.py`, every line now a tuple of runs in
one language.

HTML, PDF and Word take this and nothing else, so that all say the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import date
from itertools import count

from koshiqon.evidence import Finding, Reference
from koshiqon.language import Text
from koshiqon.render.blocks import (
    BlockPage,
    BoxPage,
    CalendarPage,
    ChapterPage,
    ChartPage,
    ParagraphPage,
    PointsPage,
    ReviewPage,
    SectionPage,
    TablePage,
)
from koshiqon.render.chart import specification
from koshiqon.render.phrases import LABELS
from koshiqon.render.press import printed
from koshiqon.render.strips import strips_of
from koshiqon.render.words import Line, Run, Voice, plain, slug
from koshiqon.review.document import (
    Block,
    Box,
    Calendar,
    Chapter,
    Chart,
    Figure,
    Paragraph,
    Points,
    Review,
    Said,
    Section,
    Several,
    Shown,
    Table,
    Word,
    findings_in,
)
from koshiqon.review.finding import decimals_of


def compose(document: Review, voice: Voice, program_version: str, press: Executor | None = None) -> ReviewPage:
    """Put a review into words; charts go to the press, if there is one, and are drawn at once if not."""
    country = voice.country
    some_checked = any(text.choose(voice.language).checked for text in document.statements().values())
    notes = {reference: number for number, reference in enumerate(document.notes(), 1)}
    voice = replace(voice, notes=notes, marks_unchecked=some_checked)
    numbers = _Numbers(count(1), count(1), press)
    chapters = tuple(_chapter(chapter, number, voice, numbers) for number, chapter in enumerate(document.chapters, 1))
    asked = document.asked
    return ReviewPage(
        language=voice.language,
        title=voice.label("cover_title"),
        subtitle=voice.form("cover_country", country=voice.text(country.name).words),
        period=voice.form("cover_period", day=voice.day(asked.on)),
        warning=voice.label("cover_not_advice"),
        unchecked=voice.label("unchecked_some" if some_checked else "unchecked_all"),
        chapters=chapters,
        colophon=(
            (voice.label("colophon_asked"), voice.day(asked.on)),
            (voice.label("colophon_since"), voice.day(asked.since)),
            (voice.label("colophon_known"), voice.day(asked.known)),
            (voice.label("colophon_country"), f"{country.code} {country.version}"),
            (voice.label("colophon_program"), f"Koshiqon {program_version}"),
            (voice.label("colophon_hash"), country.content_hash[:16]),
        ),
        findings=document.findings(),
        statements=document.statements(),
        notes=tuple(_note(reference, document.asked.on, voice) for reference in document.notes()),
        voice=voice,
    )


@dataclass(frozen=True, slots=True)
class _Numbers:
    """What goes through the document once: the numbers of figures and tables, and the press that draws."""

    figures: Iterator[int]
    tables: Iterator[int]
    press: Executor | None


def _chapter(chapter: Chapter, number: int, voice: Voice, numbers: _Numbers) -> ChapterPage:
    opening = tuple(voice.say(phrase) for phrase in chapter.opening)
    blocks = tuple(_block(block, voice, numbers) for block in chapter.blocks)
    sections = tuple(_section(section, voice, numbers) for section in chapter.sections)
    return ChapterPage(
        slug(chapter.name), number, _title(chapter.title, chapter.name, voice), opening, blocks, sections
    )


def _title(title: Word | Text | None, name: str, voice: Voice) -> str:
    """A title of the country's own, a code in words, or the interface's title for the name."""
    match title:
        case Text():
            return voice.text(title).words
        case Word():
            return plain(voice.say(title))
    return voice.title(name)


def _section(section: Section, voice: Voice, numbers: _Numbers) -> SectionPage:
    title = _title(section.title, section.name, voice)
    return SectionPage(slug(section.name), title, tuple(_block(block, voice, numbers) for block in section.blocks))


def _block(block: Block, voice: Voice, numbers: _Numbers) -> BlockPage:
    match block:
        case Paragraph(phrases):
            return ParagraphPage(_sentences(tuple(voice.say(phrase) for phrase in phrases)))
        case Points(points, numbered):
            return PointsPage(tuple(_sentences(tuple(voice.say(item) for item in point)) for point in points), numbered)
        case Box():
            return _box(block, voice)
        case Table():
            return _table(block, voice, voice.form("table", number=next(numbers.tables)))
        case Chart():
            return _chart(block, voice, voice.form("figure", number=next(numbers.figures)), numbers.press)
        case Calendar():
            return _calendar(block, voice, voice.form("figure", number=next(numbers.figures)))


def _calendar(calendar: Calendar, voice: Voice, number: str) -> CalendarPage:
    title, subtitle = voice.say(calendar.title), voice.say(calendar.subtitle)
    return CalendarPage(
        calendar.name, number, title, subtitle, strips_of(calendar, voice), _table(calendar.table, voice, "")
    )


def _note(reference: Reference, day: date, voice: Voice) -> Line:
    """A footnote: the provision as a lawyer writes it, and what it says on the day judged, in our own words."""
    cited = voice.cite(reference)
    versions = [
        version
        for version in voice.country.provision_versions()
        if str(version.provision) == reference.name and version.period.contains(day) is not False
    ]
    gists = tuple(voice.text(version.gist, of=str(reference)) for version in versions)
    return (*cited, *(part for gist in gists for part in (Run(": "), gist)))


def _value(finding: Finding, voice: Voice) -> Line:
    assert isinstance(finding.value, int | float)
    return voice.say(Figure(finding, decimals_of(finding.value)))


def _sentences(lines: tuple[Line, ...]) -> Line:
    runs: list[Run] = []
    for line in lines:
        if runs:
            runs.append(Run(" "))
        runs.extend(line)
    return tuple(runs)


def _box(box: Box, voice: Voice) -> BoxPage:
    sides: tuple[Line, ...] = ()
    lines = []
    anchor = None
    for item in box.content:
        if isinstance(item, Several):
            told = _with_sources if box.kind == "sources_differ" else _said
            sides = tuple(told(side, voice) for side in item.items)
        else:
            lines.append(
                voice.say(item)
                if not isinstance(item, Said) or box.kind == "sources_differ"
                else _with_sources(item, voice)
            )
    first = box.content[0]
    if isinstance(first, Said) and first.finding.name.startswith("conflict:"):
        anchor = slug(first.finding.name)
    return BoxPage(box.kind, voice.label(f"box_{box.kind}"), tuple(lines), sides, anchor)


def _said(item: Shown, voice: Voice) -> Line:
    return voice.say(item)


def _with_sources(item: Shown, voice: Voice) -> Line:
    runs = list(voice.say(item))
    sources = [
        voice.source(name) for finding in findings_in(item) for name in finding.sources if name in voice.country.sources
    ]
    for number, source in enumerate(sources):
        runs.append(Run(" — " if number == 0 else "; "))
        runs.append(source)
    return tuple(runs)


def _table(table: Table, voice: Voice, number: str) -> TablePage:
    rows = tuple(tuple(voice.say(cell) for cell in row) for row in table.rows)
    numeric = tuple(
        all(isinstance(row[column], Figure) or not row for row in table.rows) for column in range(len(table.columns))
    )
    return TablePage(
        table.name,
        number,
        voice.say(table.title),
        tuple(_head(code, voice) for code in table.columns),
        rows,
        numeric,
        tuple(voice.source(name) for name in table.sources if name in voice.country.sources),
        tuple(voice.say(note) for note in table.notes),
        tuple(_anchor(row[0]) for row in rows),
    )


def _head(code: str, voice: Voice) -> str:
    return voice.label(code) if code in LABELS else voice.word("indicator", code)


def _anchor(line: Line) -> str | None:
    """Where a cited act stands in a table of acts, links find it."""
    first = line[0] if line else None
    return first.link[1:] if first is not None and first.link is not None and first.link.startswith("#act-") else None


def _chart(chart: Chart, voice: Voice, number: str, press: Executor | None) -> ChartPage:
    years = sorted({year for line in chart.lines for year, _ in line.points})
    values = [dict(line.points) for line in chart.lines]
    names = ["".join(run.words for run in voice.say(line.name)) for line in chart.lines]
    rows = tuple(
        (
            (Run(str(year), of=f"year:{year}"),),
            *(_value(points[year], voice) if year in points else (Run(voice.label("none")),) for points in values),
        )
        for year in years
    )
    data = TablePage(
        f"{chart.name}-data",
        "",
        (Run(voice.label("data_of_figure")),),
        (voice.label("year"), *names),
        rows,
        (False,) + (True,) * len(names),
    )
    title = voice.say(chart.title)
    return ChartPage(
        chart.name,
        number,
        title,
        voice.say(chart.subtitle),
        printed(specification(chart, voice), press),
        f"{''.join(run.words for run in title)}. {', '.join(names)}.",
        data,
        tuple((mark.number, voice.say(mark.when)[0], voice.say(mark.event)[0]) for mark in chart.marks),
        tuple((str(year), voice.say(text)[0]) for year, text in chart.breaks),
        tuple(voice.source(name) for name in chart.sources if name in voice.country.sources),
        tuple(voice.say(caution) for caution in chart.cautions),
    )
