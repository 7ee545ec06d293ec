"""A table of people for an HR officer: CSV, one case a row. A bad row keeps its place and never stops the others.

UnreadablePeople  the table as a whole cannot be read
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from koshiqon.sources.case_file import CaseWritten, Written
from koshiqon.sources.faults import Fault, fault
from koshiqon.sources.files import read_text

COLUMNS = ("id", "citizenship", "trips", "permits", "on")
NEEDED = ("id", "citizenship", "trips")


class UnreadablePeople(Exception):
    """A table that cannot be read: no such file, no CSV, columns missing or unknown."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("; ".join(found.code for found in faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One row: its line in the file, its id, and the case as written; or what is wrong with the row."""

    line: int
    id: str
    case: CaseWritten
    faults: tuple[Fault, ...] = ()


def read_people(path: Path) -> tuple[PersonRow, ...]:
    """Every row of the table, in order. Raises UnreadablePeople."""
    name, faults = str(path), list[Fault]()
    try:
        text = read_text(path, name, faults)
    except OSError as problem:
        reason = problem.strerror or str(problem)
        raise UnreadablePeople((fault("", 0, "case_file_unreadable", path=name, reason=reason),)) from None
    if text is None:
        raise UnreadablePeople(tuple(faults))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        header = [column.strip() for column in next(reader, [])]
        faults += _wrong_columns(header, name)
        if faults:
            raise UnreadablePeople(tuple(faults))
        return tuple(_rows(reader, header, name))
    except csv.Error as problem:
        raise UnreadablePeople((fault(name, reader.line_num, "not_csv", reason=problem),)) from None


def _delimiter(text: str) -> str:
    """A comma, or the semicolon that spreadsheets write where the comma marks decimals."""
    header = text.partition("\n")[0]
    return ";" if header.count(";") > header.count(",") else ","


def _wrong_columns(header: list[str], name: str) -> Iterator[Fault]:
    for column in NEEDED:
        if column not in header:
            yield fault(name, 1, "column_missing", column=column)
    for column in header:
        if column not in COLUMNS:
            yield fault(name, 1, "column_unknown", column=column, columns=", ".join(COLUMNS))
    for column in sorted({column for column in header if header.count(column) > 1}):
        yield fault(name, 1, "key_twice", key=column)


def _rows(reader: Iterator[list[str]], header: list[str], name: str) -> Iterator[PersonRow]:
    line = 2
    for record in reader:
        if any(cell.strip() for cell in record):
            yield _row(record, header, name, line)
        line = reader.line_num + 1  # type: ignore[attr-defined]


def _row(record: list[str], header: list[str], name: str, line: int) -> PersonRow:
    cells = {column: cell.strip() for column, cell in zip(header, record, strict=False)}
    wrong = (
        () if len(record) == len(header) else (fault(name, line, "record_length", has=len(record), wanted=len(header)),)
    )

    def several(column: str) -> tuple[Written, ...]:
        return tuple(Written(part, column, line) for part in cells.get(column, "").split())

    def one(column: str) -> Written | None:
        return Written(cells[column], column, line) if cells.get(column) else None

    case = CaseWritten(name, one("citizenship"), one("on"), several("trips"), several("permits"))
    return PersonRow(line, cells.get("id", ""), case, wrong)
