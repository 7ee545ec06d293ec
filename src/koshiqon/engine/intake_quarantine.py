"""What of a register cannot be read: one file of rows with their numbers, reasons and texts.

The texts are read from the files again, of these rows alone. To carry them through the one query that reads all rows
costs more, though nearly no row needs them.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from duckdb import DuckDBPyConnection

from koshiqon.engine.duckdb import execute, named, quoted, write_parquet
from koshiqon.engine.intake_files import Opened
from koshiqon.stay.register.form import KINDS, RegisterForm


def write_quarantine(
    connection: DuckDBPyConnection, form: RegisterForm, opened: Opened, folder: Path, to: Path
) -> dict[str, int]:
    """Write part, row, kind and text of what cannot be read, in the order of the rows; count it by kind. The folder,
    which holds part, row and kind of such rows or is not there, is removed. Raises NoRoom and UnreadableRegister.
    """
    columns = "part INTEGER, row BIGINT, kind SMALLINT, text VARCHAR"
    execute(connection, f"CREATE OR REPLACE TEMP TABLE refused ({columns})")
    if any(folder.glob("*.parquet")):
        files = quoted(folder / "*.parquet")
        make = f"CREATE OR REPLACE TEMP TABLE refused_rows AS SELECT part, row, kind FROM read_parquet({files})"
        execute(connection, make)
        execute(connection, f"INSERT INTO refused {_texts(form, opened)}")
        shutil.rmtree(folder)
    malformed = [(one.part, one.row, KINDS.index("row_malformed"), one.text) for one in opened.malformed]
    if malformed:
        connection.executemany("INSERT INTO refused VALUES (?, ?, ?, ?)", malformed)
    write_parquet(connection, "SELECT part, row, kind, text FROM refused ORDER BY part, row", to)
    counted = execute(connection, "SELECT kind, count(*) FROM refused GROUP BY 1 ORDER BY 1")
    return {KINDS[int(str(kind))]: int(str(count)) for kind, count in counted}


def _texts(form: RegisterForm, opened: Opened) -> str:
    """The rows of `refused_rows` with what stands in the columns that the form reads, as JSON by the names of the
    input.
    """
    given = [*form.columns.values(), *form.facts.values()]
    columns = dict.fromkeys(named(one.column) for one in given if one.column is not None)
    fields = ", ".join(f"{column} := CAST(written.{column} AS VARCHAR)" for column in columns)
    place = f"{opened.part} AS {named(_PART)}, {opened.row} AS {named(_ROW)}"
    return f"""
    SELECT refused_rows.part, refused_rows.row, refused_rows.kind, CAST(to_json(struct_pack({fields})) AS VARCHAR)
    FROM (SELECT {", ".join(columns)}, {place} FROM {opened.sql}) AS written
    JOIN refused_rows ON refused_rows.part = written.{named(_PART)} AND refused_rows.row = written.{named(_ROW)}"""


_PART, _ROW = "part at hand", "row at hand"
"""Columns beside those of the input, so of names that no input has."""
