"""The review as PDF/UA-1, set by Typst: contents, numbered figures and tables, tagged and with text that can be read
back.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor, Future
from datetime import datetime
from pathlib import Path

from koshiqon.render.blocks import (
    BlockPage,
    BoxPage,
    CalendarPage,
    ChapterPage,
    ChartPage,
    ParagraphPage,
    PointsPage,
    ReviewPage,
    TablePage,
    column_shares,
)
from koshiqon.render.press import handed, set_in_type
from koshiqon.render.tokens import LIGHT, PRINT_FONT
from koshiqon.render.typst_forms import array, call, content, escaped, inline, string, with_footnotes
from koshiqon.render.words import Run

TEMPLATE = Path(__file__).parent / "templates" / "review.typ"
LONG = 14
"""A table of more rows may break over pages."""


def render_pdf(page: ReviewPage, when: datetime) -> bytes:
    """The document as PDF bytes. `when` is the time written into the file, so that equal input gives equal bytes."""
    return sent_to_press(page, when, None).result()


def sent_to_press(page: ReviewPage, when: datetime, press: Executor | None) -> Future[bytes]:
    """The same, set by the press while other things are done; without one it is set at once."""
    return handed(press, set_in_type, typst_source(page), dict(_pictures(page)), int(when.timestamp()))


def _pictures(page: ReviewPage) -> Iterator[tuple[str, str]]:
    """Every drawn picture by the name of its file."""
    for chapter in page.chapters:
        for block in (*chapter.blocks, *(block for section in chapter.sections for block in section.blocks)):
            if isinstance(block, ChartPage):
                yield f"{block.name}.svg", block.svg()
            elif isinstance(block, CalendarPage):
                yield from ((f"{strip.name}.svg", strip.svg) for strip in block.strips)


def typst_source(page: ReviewPage) -> str:
    """The document as Typst: our template's functions called with strings, nothing of the data read as markup."""
    colours = ", ".join(f'{name}: rgb("{colour}")' for name, colour in LIGHT.items())
    cover = {
        "language": page.language,
        "title": page.title,
        "subtitle": page.subtitle,
        "period": page.period,
        "warning": f"{page.warning} {page.unchecked}",
        "contents": page.voice.label("contents"),
    }
    chapters = "\n".join(part for chapter in page.chapters for part in _chapter(chapter, page))
    colophon = array(array((string(term), string(said))) for term, said in page.colophon)
    return "\n".join(
        [
            f"#let colour = ({colours})",
            f"#let print-font = {string(PRINT_FONT)}",
            TEMPLATE.read_text(encoding="utf-8"),
            f"#show: edition.with({', '.join(f'{name}: {string(words)}' for name, words in cover.items())})",
            with_footnotes(chapters, page.notes),
            call("colophon", string(page.voice.label("colophon")), colophon),
        ]
    )


def _chapter(chapter: ChapterPage, page: ReviewPage) -> Iterator[str]:
    yield f"#heading(level: 1)[{escaped(chapter.title)}]"
    if chapter.opening:
        yield call("opening", f"[{' '.join(inline(line) for line in chapter.opening)}]")
    for block in chapter.blocks:
        yield _block(block, page)
    for section in chapter.sections:
        yield f"#heading(level: 2)[{escaped(section.title)}]"
        for block in section.blocks:
            yield _block(block, page)


def _block(block: BlockPage, page: ReviewPage) -> str:
    match block:
        case ParagraphPage():
            return f"#par[{inline(block.line)}]"
        case PointsPage(points, numbered):
            return call("enum" if numbered else "list", *(content(point) for point in points))
        case BoxPage():
            lines, sides = (array(map(content, part)) for part in (block.lines, block.sides))
            return call("remark", string(block.kind), string(block.label), lines, sides)
        case TablePage():
            return _table(block, page)
        case ChartPage():
            return _chart(block, page)
        case CalendarPage():
            return _calendar(block, page)


def _chart(chart: ChartPage, page: ReviewPage) -> str:
    marks = (
        array((string(str(number)), f"[*{inline((when,))}* {inline((text,))}]")) for number, when, text in chart.marks
    )
    breaks = (f"[{escaped(year)}: {inline((text,))}]" for year, text in chart.breaks)
    return call(
        "chart",
        string(f"{chart.name}.svg"),
        string(chart.number),
        content(chart.title),
        content(chart.subtitle),
        string(chart.description),
        array(marks),
        array(breaks),
        _sources(chart.sources, page),
    )


def _calendar(calendar: CalendarPage, page: ReviewPage) -> str:
    strips = (
        array((string(f"{strip.name}.svg"), string(strip.heading), string(strip.description)))
        for strip in calendar.strips
    )
    return call(
        "calendar",
        string(calendar.number),
        content(calendar.title),
        content(calendar.subtitle),
        array(strips),
        *_cells(calendar.table),
        _sources(calendar.table.sources, page),
    )


def _table(table: TablePage, page: ReviewPage) -> str:
    return call(
        "data",
        string(table.number),
        content(table.title),
        *_cells(table),
        array(map(content, table.notes)),
        _sources(table.sources, page),
        "true" if len(table.rows) > LONG else "false",
    )


def _cells(table: TablePage) -> tuple[str, ...]:
    """Heads, alignment, widths and cells of a table."""
    return (
        array(f"[{escaped(head)}]" for head in table.heads),
        array("right" if numeric else "left" for numeric in table.numeric),
        array(f"{share:.4f}fr" for share in column_shares(table)),
        array(content(cell) for row in table.rows for cell in row),
    )


def _sources(sources: tuple[Run, ...], page: ReviewPage) -> str:
    """Where a figure comes from, under it; of a long list the first, and how many more the chapter of sources holds."""
    names = list(dict.fromkeys(run.words for run in sources))
    return array((string(page.voice.label("sources_below")), array(map(string, names[:8])), str(len(names))))
