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

from koshiqon.render.pdf import render_pdf, typst_source
from koshiqon.render.tables import render_bibtex, render_csl, render_csv, render_xlsx, tables_of
from koshiqon.render.word import render_word, text_of
from koshiqon.render.words import plain

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
