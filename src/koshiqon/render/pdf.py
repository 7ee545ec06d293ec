"""The review as PDF/UA-1, set by Typst: contents, numbered figures and tables, tagged and with text that can be read
back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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
from koshiqon.render.words import Line, Run

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
    colophon = _array(_array((_string(term), _string(said))) for term, said in page.colophon)
    return "\n".join(
        [
            f"#let colour = ({colours})",
            f"#let print-font = {_string(PRINT_FONT)}",
            TEMPLATE.read_text(encoding="utf-8"),
            f"#show: edition.with({', '.join(f'{name}: {_string(words)}' for name, words in cover.items())})",
            _with_footnotes(chapters, page.notes),
            _call("colophon", _string(page.voice.label("colophon")), colophon),
        ]
    )


def _chapter(chapter: ChapterPage, page: ReviewPage) -> Iterator[str]:
    yield f"#heading(level: 1)[{_escaped(chapter.title)}]"
    if chapter.opening:
        yield _call("opening", f"[{' '.join(_line(line) for line in chapter.opening)}]")
    for block in chapter.blocks:
        yield _block(block, page)
    for section in chapter.sections:
        yield f"#heading(level: 2)[{_escaped(section.title)}]"
        for block in section.blocks:
            yield _block(block, page)


def _block(block: BlockPage, page: ReviewPage) -> str:
    match block:
        case ParagraphPage():
            return f"#par[{_line(block.line)}]"
        case PointsPage(points, numbered):
            return _call("enum" if numbered else "list", *(_content(point) for point in points))
        case BoxPage():
            lines, sides = (_array(map(_content, part)) for part in (block.lines, block.sides))
            return _call("remark", _string(block.kind), _string(block.label), lines, sides)
        case TablePage():
            return _table(block, page)
        case ChartPage():
            return _chart(block, page)
        case CalendarPage():
            return _calendar(block, page)


def _chart(chart: ChartPage, page: ReviewPage) -> str:
    marks = (_array((_string(str(number)), f"[*{_run(when)}* {_run(text)}]")) for number, when, text in chart.marks)
    breaks = (f"[{_escaped(year)}: {_run(text)}]" for year, text in chart.breaks)
    return _call(
        "chart",
        _string(f"{chart.name}.svg"),
        _string(chart.number),
        _content(chart.title),
        _content(chart.subtitle),
        _string(chart.description),
        _array(marks),
        _array(breaks),
        _sources(chart.sources, page),
    )


def _calendar(calendar: CalendarPage, page: ReviewPage) -> str:
    strips = (
        _array((_string(f"{strip.name}.svg"), _string(strip.heading), _string(strip.description)))
        for strip in calendar.strips
    )
    return _call(
        "calendar",
        _string(calendar.number),
        _content(calendar.title),
        _content(calendar.subtitle),
        _array(strips),
        *_cells(calendar.table),
        _sources(calendar.table.sources, page),
    )


def _table(table: TablePage, page: ReviewPage) -> str:
    return _call(
        "data",
        _string(table.number),
        _content(table.title),
        *_cells(table),
        _array(map(_content, table.notes)),
        _sources(table.sources, page),
        "true" if len(table.rows) > LONG else "false",
    )


def _cells(table: TablePage) -> tuple[str, ...]:
    """Heads, alignment, widths and cells of a table."""
    return (
        _array(f"[{_escaped(head)}]" for head in table.heads),
        _array("right" if numeric else "left" for numeric in table.numeric),
        _array(f"{share:.4f}fr" for share in column_shares(table)),
        _array(_content(cell) for row in table.rows for cell in row),
    )


def _sources(sources: tuple[Run, ...], page: ReviewPage) -> str:
    """Where a figure comes from, under it; of a long list the first, and how many more the chapter of sources holds."""
    names = list(dict.fromkeys(run.words for run in sources))
    return _array((_string(page.voice.label("sources_below")), _array(map(_string, names[:8])), str(len(names))))


# --- Typst's forms: a call, an array, content, a string -------------------------------------------------------------


def _call(function: str, *arguments: str) -> str:
    return f"#{function}({', '.join(arguments)})"


def _array(items: Iterable[str]) -> str:
    return f"({''.join(f'{item}, ' for item in items)})"


def _content(line: Line) -> str:
    return f"[{_line(line)}]"


def _line(line: Line) -> str:
    return "".join(map(_run, line))


def _with_footnotes(body: str, notes: tuple[Line, ...]) -> str:
    """Each note in full where it is first met, by its number after that."""
    for number, note in enumerate(notes, 1):
        marker = _marker(number)
        body = body.replace(marker, f"#footnote[{_line(note)}]<note-{number}>", 1)
        body = body.replace(marker, f"#footnote(<note-{number}>)")
    return body


def _marker(number: int) -> str:
    return f"#note-{number}-here;"


def _run(run: Run) -> str:
    if run.note is not None:
        return _marker(run.note)
    words = _escaped(run.words)
    if run.link is not None and run.link.startswith("http"):
        return f"#link({_string(run.link)})[{words}]"
    return words


def _string(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    return f'"{escaped}"'


def _escaped(text: str) -> str:
    """Text as content: a string in a code expression, so that no character of it is markup."""
    return f"#{_string(text)};" if text else ""
