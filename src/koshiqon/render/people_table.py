"""Answers about many people as one table, CSV or XLSX: a row a person, in the order they were asked."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import xlsxwriter

from koshiqon.render.answer_page import AnswerPage
from koshiqon.render.stay_words import name_words, said
from koshiqon.render.words import Voice, plain
from koshiqon.stay.answer import Assessment, Due, DueState

COLUMNS = (
    "row",
    "id",
    "on",
    "answer",
    "sentence",
    "last_lawful_day",
    "safe_until",
    "days_left",
    "next_deadline",
    "next_duty",
    "overstay_days",
    "unknown",
    "assumed",
    "problem",
)
"""Names of the columns; they are data and the same in every language."""
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins so would be run as a formula by a spreadsheet."""

Cell = str | int


@dataclass(frozen=True, slots=True)
class PersonAnswer:
    """One row of the answers: its line in the table asked, the person's id, and the cells by column."""

    line: int
    id: str
    cells: dict[str, Cell]


def answered(line: int, person: str, answer: Assessment, page: AnswerPage) -> PersonAnswer:
    """The row of a person whose case could be read."""
    due, voice = next_due(answer), page.voice
    cells: dict[str, Cell] = {
        "on": answer.on.isoformat(),
        "answer": str(answer.answer),
        "sentence": plain(page.sentence),
        "last_lawful_day": _day(answer.last_lawful_day),
        "safe_until": _day(answer.safe_until),
        "days_left": "" if answer.used is None or answer.used.left is None else answer.used.left,
        "next_deadline": _day(due.deadline if due is not None else None),
        "next_duty": "" if due is None else due.must,
        "overstay_days": answer.overstay_days,
        "unknown": "; ".join(_unknown(answer, voice)),
        "assumed": " ".join(answer.case.assumed),
    }
    return PersonAnswer(line, person, cells)


def refused(line: int, person: str, problem: str) -> PersonAnswer:
    """The row of a person whose case could not be read: it keeps its place and says why."""
    return PersonAnswer(line, person, {"problem": problem})


def next_due(answer: Assessment) -> Due | None:
    """The duty whose last day comes next; none where none is ahead."""
    ahead = [
        due
        for due in answer.duties
        if due.deadline is not None and due.state in (DueState.AHEAD, DueState.FALLS_IF_LEFT)
    ]
    return min(ahead, key=lambda due: due.deadline or date.max, default=None)


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _unknown(answer: Assessment, voice: Voice) -> Iterable[str]:
    for point in answer.unknown:
        name = point.ask if point.ask is not None else point.reason.name
        yield said(voice, "labelled", label=name, value=name_words(voice, name))


def _row(one: PersonAnswer) -> list[Cell]:
    told: dict[str, Cell] = {"row": one.line, "id": one.id, **one.cells}
    return [told.get(column, "") for column in COLUMNS]


def render_people_csv(rows: Iterable[PersonAnswer]) -> str:
    """The table as CSV; a text that a spreadsheet would run begins with an apostrophe."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([_harmless(cell) for cell in _row(row)] for row in rows)
    return stream.getvalue()


def _harmless(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def render_people_xlsx(rows: Iterable[PersonAnswer]) -> bytes:
    """The table as a workbook; texts are written as texts, so nothing of them is run."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet("stay")
    sheet.freeze_panes(1, 2)
    sheet.set_column(0, len(COLUMNS), 16)
    sheet.set_column(COLUMNS.index("sentence"), COLUMNS.index("sentence"), 60)
    for column, name in enumerate(COLUMNS):
        sheet.write_string(0, column, name, bold)
    for number, row in enumerate(rows, 1):
        for column, cell in enumerate(_row(row)):
            if isinstance(cell, str):
                sheet.write_string(number, column, cell, wrapped)
            else:
                sheet.write_number(number, column, cell, wrapped)
    book.close()
    return stream.getvalue()
