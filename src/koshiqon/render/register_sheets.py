"""All published tables as one XLSX: a sheet that is to be read first, then one sheet a table, in words and as data."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime

import xlsxwriter

from koshiqon.render.register_blocks import RegisterPage
from koshiqon.render.register_page import assumptions, hidden_lines
from koshiqon.render.register_words import SIGN, category, headed, named
from koshiqon.render.words import Voice, plain
from koshiqon.stay.register.groups import PublishedTable
from koshiqon.stay.register.report import RegisterReport

SHEET_NAME = 31
"""Excel allows so many letters in the name of a sheet."""


def register_xlsx(report: RegisterReport, voice: Voice, page: RegisterPage) -> bytes:
    """The workbook of a screening."""
    return workbook(list(_reading(report, voice, page)), report.publication.tables, report.asked.on, voice, page)


def workbook(
    reading: Sequence[tuple[str, str]], tables: Sequence[PublishedTable], on: date, voice: Voice, page: RegisterPage
) -> bytes:
    """What is to be read first, then a sheet for each table. A hidden number is the sign, so that it can be taken
    neither for a zero nor for a gap.
    """
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    # The day judged instead of the clock: two runs of one question end with the same bytes.
    book.set_properties({"created": datetime(on.year, on.month, on.day)})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet(named(voice, "sheet_reading")[:SHEET_NAME])
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 100)
    for number, (term, words) in enumerate(reading):
        sheet.write_string(number, 0, term, bold)
        sheet.write_string(number, 1, words, wrapped)
    for number, table in enumerate(tables, len(reading) + 1):
        name = table.name[:SHEET_NAME]
        sheet.write_url(number, 0, f"internal:'{name}'!A1", string=table.name)
        sheet.write_string(number, 1, ", ".join(named(voice, held.name) for held in table.table.dimensions), wrapped)
        _write_table(book, name, table, voice, page)
    book.close()
    return stream.getvalue()


def _reading(report: RegisterReport, voice: Voice, page: RegisterPage) -> Iterable[tuple[str, str]]:
    """What must be known before a number is used: terms with their sentences."""
    yield page.title, page.subtitle
    if page.synthetic is not None:
        yield headed(voice, "synthetic"), page.synthetic
    yield headed(voice, "care"), page.caution
    yield from (("", plain(finding)) for finding in page.findings)
    for code, lines in (("hidden", hidden_lines(report, voice)), ("assumed", assumptions(report, voice))):
        for place, said in enumerate(lines):
            yield headed(voice, code) if place == 0 else "", plain(said)
    yield from page.edition
    yield named(voice, "sheet_table"), named(voice, "count_stays")


def _write_table(book: xlsxwriter.Workbook, name: str, table: PublishedTable, voice: Voice, page: RegisterPage) -> None:
    """One row a cell: each group in words, the count, and each group's code for machines."""
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    hidden = book.add_format({"align": "right"})
    sheet = book.add_worksheet(name)
    dimensions = [held.name for held in table.table.dimensions]
    first = 0
    if page.synthetic is not None:
        sheet.write_string(0, 0, f"{headed(voice, 'synthetic')}. {page.synthetic}", book.add_format({"bold": True}))
        first = 1
    heads = [*(named(voice, held) for held in dimensions), named(voice, f"count_{table.unit}"), *dimensions]
    for column, head in enumerate(heads):
        sheet.write_string(first, column, head, bold)
    for row, cell in enumerate(table.table.cells, first + 1):
        for column, (held, code) in enumerate(zip(dimensions, cell.categories, strict=True)):
            sheet.write_string(row, column, category(voice, held, code))
            sheet.write_string(row, column + len(dimensions) + 1, code)
        if cell.count is None:
            sheet.write_string(row, len(dimensions), SIGN, hidden)
        else:
            sheet.write_number(row, len(dimensions), cell.count)
    sheet.freeze_panes(first + 1, 0)
    sheet.autofilter(first, 0, first + len(table.table.cells), len(heads) - 1)
    sheet.set_column(0, len(dimensions) - 1, 28)
    sheet.set_column(len(dimensions), len(heads) - 1, 14)
