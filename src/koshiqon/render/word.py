"""The review as a Word document that a secretary can edit: real styles, real lists and tables, a contents field,
pictures with descriptions.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import typst
from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_BREAK
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Pt, RGBColor
from docx.text.paragraph import Paragraph as WordParagraph

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
from koshiqon.render.tokens import LIGHT
from koshiqon.render.words import Line, Run

FONT = "Times New Roman"
WIDTH = Cm(16)
SMALL = Pt(8.5)


def render_word(page: ReviewPage, when: datetime) -> bytes:
    """The document as DOCX bytes."""
    document = Document()
    _prepare(document, page, when)
    _cover(document, page)
    for chapter in page.chapters:
        _chapter(document, chapter, page)
    if page.notes:
        document.add_heading(page.voice.label("notes"), level=1)
        for number, note in enumerate(page.notes, 1):
            _fill(document.add_paragraph(style="Normal"), (Run(f"{number}. "), *note))
    document.add_heading(page.voice.label("colophon"), level=1)
    for term, said in page.colophon:
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{term}: ").bold = True
        paragraph.add_run(said)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _prepare(document: WordDocument, page: ReviewPage, when: datetime) -> None:
    properties = document.core_properties
    properties.title, properties.language = f"{page.title}: {page.subtitle}", page.language
    properties.author, properties.created, properties.modified = "Koshiqon", when, when
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    for name, size in (("Normal", 10.5), ("Heading 1", 18), ("Heading 2", 13), ("Title", 26), ("Caption", 10)):
        style = document.styles[name]
        style.font.name, style.font.size = FONT, Pt(size)
        style.font.color.rgb = _colour("ink")
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(script), FONT)
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
            fonts.attrib.pop(qn(theme), None)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), page.language)
    document.styles["Normal"].element.get_or_add_rPr().append(language)


def _colour(name: str) -> RGBColor:
    return RGBColor.from_string(LIGHT[name].lstrip("#").upper())


def _cover(document: WordDocument, page: ReviewPage) -> None:
    document.add_paragraph("Көші-қон")
    document.add_paragraph(page.title, style="Title")
    for line in (page.subtitle, page.period, f"{page.warning} {page.unchecked}"):
        document.add_paragraph(line)
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    contents = document.add_paragraph()
    contents.add_run(page.voice.label("contents")).bold = True
    _field(document.add_paragraph(), 'TOC \\o "1-1" \\h \\z', [f"{c.number}. {c.title}" for c in page.chapters])


def _field(paragraph: WordParagraph, instruction: str, shown: Iterable[str]) -> None:
    """A field that Word renews; until then it shows the given lines."""

    def mark(kind: str) -> None:
        character = OxmlElement("w:fldChar")
        character.set(qn("w:fldCharType"), kind)
        paragraph.add_run()._r.append(character)

    mark("begin")
    code = OxmlElement("w:instrText")
    code.set(qn("xml:space"), "preserve")
    code.text = instruction
    paragraph.add_run()._r.append(code)
    mark("separate")
    for number, line in enumerate(shown):
        run = paragraph.add_run()
        if number:
            run.add_break()
        run.add_text(line)
    mark("end")


def _chapter(document: WordDocument, chapter: ChapterPage, page: ReviewPage) -> None:
    heading = document.add_heading(f"{chapter.number}. {chapter.title}", level=1)
    heading.paragraph_format.page_break_before = True
    for line in chapter.opening:
        _fill(document.add_paragraph(), line)
    for block in chapter.blocks:
        _block(document, block, page)
    for section in chapter.sections:
        document.add_heading(section.title, level=2)
        for block in section.blocks:
            _block(document, block, page)


def _block(document: WordDocument, block: BlockPage, page: ReviewPage) -> None:
    match block:
        case ParagraphPage():
            _fill(document.add_paragraph(), block.line)
        case PointsPage(points, numbered):
            for point in points:
                _fill(document.add_paragraph(style="List Number" if numbered else "List Bullet"), point)
        case BoxPage():
            _box(document, block)
        case TablePage():
            _table(document, block, page)
        case ChartPage():
            _chart(document, block, page)
        case CalendarPage():
            _calendar(document, block, page)


def _box(document: WordDocument, box: BoxPage) -> None:
    """A remark: its label and lines in a one-cell table with a bar at the left; sides follow as bullets."""
    cell = document.add_table(rows=1, cols=1, style="Table Grid").cell(0, 0)
    label = cell.paragraphs[0].add_run(box.label)
    label.bold, label.font.size = True, SMALL
    for number, line in enumerate(box.lines):
        _fill(cell.add_paragraph(), line)
        if number == 0:
            for side in box.sides:
                _fill(cell.add_paragraph(style="List Bullet"), side)
    document.add_paragraph()


def _table(document: WordDocument, table: TablePage, page: ReviewPage) -> None:
    caption = document.add_paragraph(style="Caption")
    _fill(caption, (Run(f"{table.number}. "), *table.title))
    caption.paragraph_format.keep_with_next = True
    _grid(document, table)
    for note in table.notes:
        _small(document, note)
    _sources(document, table.sources, page)


def _grid(document: WordDocument, table: TablePage) -> None:
    """The table itself; written as XML row by row, since python-docx asks the whole table for each cell (seconds for
    long ones).
    """
    grid = document.add_table(rows=1, cols=len(table.heads), style="Table Grid")
    widths = _widths(table)
    for column, width in zip(grid._tbl.tblGrid.gridCol_lst, widths, strict=True):
        column.w = width
    for cell, head in zip(grid.rows[0].cells, table.heads, strict=True):
        run = cell.paragraphs[0].add_run(head)
        run.bold, run.font.size = True, SMALL
    header = OxmlElement("w:tblHeader")
    header.set(qn("w:val"), "true")
    grid.rows[0]._tr.get_or_add_trPr().append(header)
    for row in table.rows:
        for cell, line, width in zip(grid.add_row()._tr.tc_lst, row, widths, strict=True):
            cell.width = width
            paragraph = WordParagraph(cell.p_lst[0], document._body)
            _fill(paragraph, line, SMALL)


def _widths(table: TablePage) -> list[Emu]:
    """The text's width shared among the columns as their longest cells and words deserve."""
    shares = column_shares(table)
    return [Emu(int(WIDTH * share / sum(shares))) for share in shares]


def _chart(document: WordDocument, chart: ChartPage, page: ReviewPage) -> None:
    caption = document.add_paragraph(style="Caption")
    _fill(caption, (Run(f"{chart.number}. "), *chart.title))
    caption.paragraph_format.keep_with_next = True
    _small(document, chart.subtitle)
    _picture(document, chart.svg(), chart.description)
    for number, when, text in chart.marks:
        _small(document, (Run(f"{number}. "), when, Run(" "), text))
    for year, text in chart.breaks:
        _small(document, (Run(f"{year}: "), text))
    _sources(document, chart.sources, page)


def _calendar(document: WordDocument, calendar: CalendarPage, page: ReviewPage) -> None:
    """The drawn days of each reading, then the table of their intervals."""
    caption = document.add_paragraph(style="Caption")
    _fill(caption, (Run(f"{calendar.number}. "), *calendar.title))
    caption.paragraph_format.keep_with_next = True
    _small(document, calendar.subtitle)
    for strip in calendar.strips:
        if strip.heading:
            document.add_paragraph().add_run(strip.heading).bold = True
        _picture(document, strip.svg, strip.description)
    _grid(document, calendar.table)
    _sources(document, calendar.table.sources, page)


def _picture(document: WordDocument, svg: str, description: str) -> None:
    document.add_picture(io.BytesIO(_as_png(svg)), width=WIDTH)
    described = document.paragraphs[-1]._p.xpath(".//wp:docPr")[0]
    described.set("descr", description)


def _as_png(svg: str) -> bytes:
    """A chart as PNG for Word, which shows no SVG everywhere. Typst draws it, because it brings its own fonts."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "chart.svg").write_text(svg, encoding="utf-8")
        page = '#set page(width: auto, height: auto, margin: 2pt)\n#image("chart.svg", width: 450pt)'
        (root / "chart.typ").write_text(page, encoding="utf-8")
        png = typst.compile(str(root / "chart.typ"), root=folder, format="png", ppi=200)
    assert isinstance(png, bytes)
    return png


def _sources(document: WordDocument, sources: tuple[Run, ...], page: ReviewPage) -> None:
    if sources:
        names = "; ".join(dict.fromkeys(run.words for run in sources))
        _small(document, (Run(f"{page.voice.label('sources_below')}: {names}"),))


def _small(document: WordDocument, line: Line) -> None:
    _fill(document.add_paragraph(), line, SMALL)


def _fill(paragraph: WordParagraph, line: Line, size: Pt | None = None) -> None:
    for run in line:
        if run.note is not None:
            paragraph.add_run(str(run.note)).font.superscript = True
            continue
        if run.link is not None and run.link.startswith("http"):
            _link(paragraph, run, size)
            continue
        added = paragraph.add_run(run.words)
        if size is not None:
            added.font.size = size


def _link(paragraph: WordParagraph, run: Run, size: Pt | None) -> None:
    """A link that can be clicked: python-docx has none of its own, so its two elements are made here."""
    relation = paragraph.part.relate_to(run.link or "", RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), relation)
    added = paragraph.add_run(run.words)
    added.font.color.rgb = _colour("accent")
    if size is not None:
        added.font.size = size
    link.append(added._r)
    paragraph._p.append(link)


def text_of(content: bytes) -> str:
    """All text of a Word document, for reading it back."""
    document = Document(io.BytesIO(content))
    return "\n".join(node.text or "" for node in document.element.body.iter(qn("w:t")))
