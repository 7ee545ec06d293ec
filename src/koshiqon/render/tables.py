"""Every table of the review as CSV, all of them as one XLSX, and its sources as BibTeX and CSL JSON."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from typing import Any

import xlsxwriter

from koshiqon.evidence import Source
from koshiqon.render.blocks import CalendarPage, ChartPage, ReviewPage, TablePage
from koshiqon.render.words import Line, plain

SHEET_NAME = 31
"""Excel allows so many letters in the name of a sheet."""


def tables_of(page: ReviewPage) -> Iterator[TablePage]:
    """Every table, those under charts and calendars included, in order."""
    for chapter in page.chapters:
        for block in (*chapter.blocks, *(block for section in chapter.sections for block in section.blocks)):
            if isinstance(block, TablePage):
                yield block
            elif isinstance(block, ChartPage):
                yield block.data
            elif isinstance(block, CalendarPage):
                yield block.table


def render_csv(table: TablePage, page: ReviewPage) -> str:
    """One table as CSV: values as data (a number is 1234.5, not 1 234,5), other cells as words."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(table.heads)
    values = _values(page)
    writer.writerows([_cell(line, values) for line in row] for row in table.rows)
    return stream.getvalue()


def render_xlsx(page: ReviewPage) -> bytes:
    """All tables, one sheet each, with a first sheet that lists them with title and sources."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    bold, wrapped = (
        book.add_format({"bold": True, "text_wrap": True}),
        book.add_format({"text_wrap": True, "valign": "top"}),
    )
    contents = book.add_worksheet(page.voice.label("contents")[:SHEET_NAME])
    contents.set_column(0, 0, 24)
    contents.set_column(1, 2, 80)
    values = _values(page)
    for number, table in enumerate(tables_of(page), 1):
        name = f"{number:02} {re.sub(r'[^A-Za-z0-9_-]', '-', table.name)}"[:SHEET_NAME]
        contents.write_url(number, 0, f"internal:'{name}'!A1", string=name)
        contents.write_string(number, 1, plain(table.title), wrapped)
        contents.write_string(number, 2, "; ".join(dict.fromkeys(run.words for run in table.sources)), wrapped)
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(table.heads), 22)
        for column, head in enumerate(table.heads):
            sheet.write_string(0, column, head, bold)
        for row_number, row in enumerate(table.rows, 1):
            for column, line in enumerate(row):
                value = _cell(line, values)
                if isinstance(value, str):
                    sheet.write_string(row_number, column, value, wrapped)
                else:
                    sheet.write_number(row_number, column, value)
    book.close()
    return stream.getvalue()


def _values(page: ReviewPage) -> dict[str, float]:
    return {finding.name: finding.value for finding in page.findings if isinstance(finding.value, int | float)}


def _cell(line: Line, values: dict[str, float]) -> float | str:
    """A cell that is nothing but a figure as a number, any other as words."""
    if len(line) == 1 and line[0].finding in values:
        return values[line[0].finding or ""]
    return plain(line)


def cited(page: ReviewPage) -> tuple[Source, ...]:
    """Every source a finding rests on, once."""
    names = dict.fromkeys(source for finding in page.findings for source in finding.sources)
    return tuple(page.voice.country.sources[name] for name in names if name in page.voice.country.sources)


def render_bibtex(page: ReviewPage) -> str:
    """The sources as BibTeX, one @misc each, its key the source's name."""
    entries = []
    for source in cited(page):
        fields = {
            "title": source.title or source.publisher,
            "howpublished": source.publisher,
            "url": source.url,
            "year": source.published.text[:4] if source.published else None,
            "langid": source.language,
        }
        body = ",\n".join(f"  {name} = {{{_tex(value)}}}" for name, value in fields.items() if value)
        entries.append(f"@misc{{{source.name},\n{body}\n}}\n")
    return "\n".join(entries)


def _tex(text: str) -> str:
    return re.sub(r"([&%$#_{}])", r"\\\1", text)


def render_csl(page: ReviewPage) -> str:
    """The sources as CSL JSON, for reference managers."""
    return json.dumps([_csl(source) for source in cited(page)], ensure_ascii=False, indent=1)


def _csl(source: Source) -> dict[str, Any]:
    kinds = {"act": "legislation", "data_set": "dataset", "press": "article-newspaper", "research": "article-journal"}
    item: dict[str, Any] = {
        "id": source.name,
        "type": kinds.get(source.kind, "webpage"),
        "title": source.title or source.publisher,
    }
    item["publisher"] = source.publisher
    if source.url:
        item["URL"] = source.url
    if source.published is not None:
        item["issued"] = {"date-parts": [[int(part) for part in source.published.text.lstrip(".").split("-")]]}
    if source.language:
        item["language"] = source.language
    return item
