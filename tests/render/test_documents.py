"""PDF, Word, tables and bibliography: read back, they say what the page says."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import UTC, datetime

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from koshiqon.render.blocks import GUTTER, LINE, TablePage, column_shares
from koshiqon.render.pdf import render_pdf, typst_source
from koshiqon.render.tables import render_bibtex, render_csl, render_csv, render_xlsx, tables_of
from koshiqon.render.word import render_word, text_of
from koshiqon.render.words import Run, plain

WHEN = datetime(2026, 11, 22, tzinfo=UTC)
LETTERS = {"kk": "әғқңөұүһіӘҚ", "ru": "жщэюяъ", "en": "qxz"}


@pytest.fixture(scope="module", params=("en", "kk", "ru"))
def page(request, page_in):
    return page_in(request.param)


def squeezed(text: str) -> str:
    """Letters and digits only: line ends, hyphens and spaces differ between a page and its paper."""
    return re.sub(r"[\W_]", "", text)


def test_the_pdf_is_accessible_and_its_text_reads_back(page):
    content = render_pdf(page, WHEN)
    assert b"pdfuaid:part" in content or b"pdfuaid" in content
    reader = PdfReader(io.BytesIO(content))
    text = squeezed("".join(sheet.extract_text() for sheet in reader.pages))
    for chapter in page.chapters:
        assert squeezed(chapter.title) in text
        for line in chapter.opening:
            assert squeezed(plain(line)) in text, plain(line)
    for letter in LETTERS[page.language][:9]:
        assert letter in text
    assert reader.metadata is not None and reader.metadata.title == f"{page.title}: {page.subtitle}"


def test_equal_input_gives_an_equal_pdf(page_in):
    page = page_in("en")
    assert render_pdf(page, WHEN) == render_pdf(page, WHEN)


def test_no_text_of_the_data_is_read_as_markup_of_the_pdf(page_in):
    """Every text goes into Typst as a string in quotes: no bracket, hash or star of it stands outside one."""
    source = typst_source(page_in("en"))
    body = source[source.index("#show: edition.with(") :]
    outside = re.sub(r'"(\\.|[^"\\])*"', "", body)
    assert not re.search(r"[@$<](?!note-)", outside.replace("<note-", "")), "a text stands outside its quotes"


def test_the_word_document_reads_back_with_real_headings_and_described_pictures(page):
    content = render_word(page, WHEN)
    text = squeezed(text_of(content))
    for chapter in page.chapters:
        assert squeezed(chapter.title) in text
        for line in chapter.opening:
            assert squeezed(plain(line)) in text
    from docx import Document

    document = Document(io.BytesIO(content))
    headings = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Heading 1"]
    assert len(headings) >= len(page.chapters)
    pictures = document.element.body.xpath(".//wp:docPr")
    assert pictures and all(picture.get("descr") for picture in pictures)


def test_every_table_is_a_csv_whose_numbers_are_numbers(page_in):
    page = page_in("ru")
    tables = {table.name: table for table in tables_of(page)}
    assert len(tables) == len(list(tables_of(page))), "two tables share a name"
    rows = list(csv.reader(io.StringIO(render_csv(tables["flows"], page))))
    last = rows[-1]
    assert int(last[1]) - int(last[2]) == int(last[3])


def test_the_workbook_holds_every_table_with_its_title(page_in):
    page = page_in("kk")
    book = load_workbook(io.BytesIO(render_xlsx(page)))
    assert len(book.sheetnames) == len(list(tables_of(page))) + 1
    flows = next(sheet for sheet in book if sheet.title.endswith("flows"))
    assert flows.cell(2, 2).value == 170787


def test_the_bibliography_names_every_source_of_every_finding(page_in):
    page = page_in("en")
    cited = {source for finding in page.findings for source in finding.sources}
    assert {item["id"] for item in json.loads(render_csl(page))} == cited
    assert set(re.findall(r"^@misc\{([^,]+),$", render_bibtex(page), re.MULTILINE)) == cited


def numbers_of(text: str) -> set[str]:
    return set(re.findall(r"\d+", text))


def numbers_of_page(page) -> set[str]:
    """Every number of the page: of its lines (each traced, see test_html), and those that count the document."""
    from koshiqon.render.html import render_html

    shown = re.sub(r"<svg.*?</svg>|<style.*?</style>", " ", render_html(page), flags=re.DOTALL)
    return numbers_of(re.sub(r"<[^>]+>", " ", shown))


def test_no_number_stands_on_paper_or_in_word_that_the_page_does_not_trace(page):
    """Numbers of pages and of lists are the paper's own; every other stands in the page, where it names its finding."""
    traced = numbers_of_page(page)
    paper = PdfReader(io.BytesIO(render_pdf(page, WHEN)))
    counting = {str(number) for number in range(len(paper.pages) + 1)}
    charts = {number for chart in re.findall(r">([^<>]*\d[^<>]*)<", svgs_of(page)) for number in numbers_of(chart)}
    on_paper = numbers_of("\n".join(sheet.extract_text() for sheet in paper.pages))
    notes = {str(number) for number in range(1, len(page.notes) + 1)}

    def with_a_note(number: str) -> bool:
        """The raised number of a footnote reads back glued to the number before it: 2007 and note 6 as 20076."""
        return any(number[:cut] in traced and number[cut:] in notes for cut in range(1, len(number)))

    assert {number for number in on_paper - traced - counting - charts if not with_a_note(number)} == set()
    assert numbers_of(text_of(render_word(page, WHEN))) - traced - counting == set()


def svgs_of(page) -> str:
    from koshiqon.render.blocks import ChartPage

    blocks = (block for chapter in page.chapters for block in chapter.blocks)
    return "".join(block.svg() for block in blocks if isinstance(block, ChartPage))


def test_no_figure_of_the_people_table_is_broken_over_two_lines(page):
    """A column is as wide as its longest word where the whole table has room for that."""
    (table,) = [table for table in tables_of(page) if table.name == "people_counted"]
    shares = column_shares(table)
    for share, cells in zip(shares, zip(*table.rows, strict=True), strict=True):
        letters = share / sum(shares) * LINE - GUTTER
        assert max(len(word) for cell in cells for word in plain(cell).split(" ")) <= letters + 0.01


def test_a_crowded_table_keeps_room_for_its_texts():
    heads = ("Acknowledgement",) * 8
    row = ((Run("a" * 20),),) * 7 + ((Run("a text of many words " * 6),),)
    table = TablePage("crowded", "", (), heads, (row,), (False,) * 8)
    shares = column_shares(table)
    assert shares[7] > 1.5 * shares[0]
