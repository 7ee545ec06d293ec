"""Calendars of worked histories: drawn for the eye, described for the ear, told in a table, alike in all formats."""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from datetime import UTC, datetime

import pytest
from docx import Document
from pypdf import PdfReader

from koshiqon.render.blocks import CalendarPage, ChartPage, ReviewPage
from koshiqon.render.data import render_json
from koshiqon.render.html import render_html
from koshiqon.render.pdf import render_pdf
from koshiqon.render.tables import tables_of
from koshiqon.render.word import render_word
from koshiqon.render.words import plain

WHEN = datetime(2026, 11, 22, tzinfo=UTC)
LANGUAGES = ("en", "kk", "ru")


def blocks(page: ReviewPage, kind):
    every = (block for chapter in page.chapters for block in chapter.blocks)
    in_sections = (block for chapter in page.chapters for section in chapter.sections for block in section.blocks)
    return [block for block in (*every, *in_sections) if isinstance(block, kind)]


@pytest.fixture(scope="module", params=LANGUAGES)
def page(request, page_in):
    return page_in(request.param)


@pytest.fixture(scope="module")
def calendars(page) -> list[CalendarPage]:
    return blocks(page, CalendarPage)


def test_there_are_three_histories_and_one_is_drawn_twice(calendars):
    """Law and practice part in one of them only, so that one alone shows both."""
    assert sorted(len(calendar.strips) for calendar in calendars) == [1, 1, 2]


def test_as_many_squares_are_hatched_as_days_are_unlawful(page_in):
    """One square more stands in the legend."""
    (calendar,) = [block for block in blocks(page_in("en"), CalendarPage) if "thirty-days" in block.name]
    (strip,) = calendar.strips
    assert strip.svg.count('fill="url(#unlawful-') == 19 + 1


def test_a_day_that_nobody_can_judge_bears_a_question_mark(page_in):
    (calendar,) = [block for block in blocks(page_in("en"), CalendarPage) if "exception" in block.name]
    (strip,) = calendar.strips
    assert strip.svg.count(">?</text>") == 45 + 1


def test_the_description_tells_every_run_of_days_that_the_table_holds(page, calendars):
    (calendar,) = [block for block in calendars if "exception" in block.name]
    doubtful = next(row for row in calendar.table.rows if plain(row[3]) == page.voice.label("standing:unknown"))
    assert plain(doubtful[0]) in calendar.strips[0].description
    assert plain(doubtful[1]) in calendar.strips[0].description


def test_a_page_shows_each_picture_with_its_description_and_no_two_share_a_pattern(page, calendars):
    html = render_html(page)
    described = set(re.findall(r'<div role="img" aria-label="([^"]+)">', html))
    for calendar in calendars:
        assert {strip.description for strip in calendar.strips} <= described
    patterns = Counter(re.findall(r'<pattern id="([^"]+)"', html))
    assert patterns and set(patterns.values()) == {1}


def test_paper_and_word_show_the_same_pictures_and_intervals(page_in):
    page = page_in("kk")
    calendars = blocks(page, CalendarPage)
    paper = re.sub(
        r"\W", "", "".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(render_pdf(page, WHEN))).pages)
    )
    document = Document(io.BytesIO(render_word(page, WHEN)))
    described = [picture.get("descr") for picture in document.element.body.xpath(".//wp:docPr")]
    written = {"|".join(cell.text for cell in row.cells) for table in document.tables for row in table.rows}
    for calendar in calendars:
        assert {strip.description for strip in calendar.strips} <= set(described)
        for row in calendar.table.rows:
            assert "|".join(map(plain, row)) in written
            assert re.sub(r"\W", "", plain(row[0])) in paper
    assert len(described) == len(blocks(page, ChartPage)) + sum(len(calendar.strips) for calendar in calendars)


def test_data_hold_the_intervals_and_what_was_drawn(page, calendars):
    told = [
        block
        for chapter in json.loads(render_json(page))["chapters"]
        for section in chapter["sections"]
        for block in section["blocks"]
        if block["kind"] == "calendar"
    ]
    assert [len(block["data"]["rows"]) for block in told] == [len(calendar.table.rows) for calendar in calendars]
    assert [[drawn["days"] for drawn in block["drawn"]] for block in told] == [
        [strip.description for strip in calendar.strips] for calendar in calendars
    ]
    assert {calendar.table.name for calendar in calendars} <= {table.name for table in tables_of(page)}
