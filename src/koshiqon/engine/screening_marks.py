"""The quarantine of a run: rows that could not be read, as one more part beside the marks of the shards, and as CSV."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from duckdb import DuckDBPyConnection

from koshiqon.engine.duckdb import execute, named, no_room, quoted, write_parquet
from koshiqon.stay.register.form import KINDS
from koshiqon.stay.register.result import MARKS_OUT

UNREAD = "quarantine-unread.parquet"


def write_unread(connection: DuckDBPyConnection, taken: Path, quarantine: Path) -> None:
    """The rows that reading a register refused, in words. Raises NoRoom and UnreadableRegister."""
    quarantine.mkdir(exist_ok=True)
    kinds = " ".join(f"WHEN {place} THEN {quoted(name)}" for place, name in enumerate(KINDS))
    said = {"kind": f"CASE kind {kinds} END", "outcome": "'quarantine'"}
    columns = ", ".join(f"CAST({said.get(name, name)} AS {type_}) AS {named(name)}" for name, type_ in MARKS_OUT)
    write_parquet(
        connection,
        f"SELECT {columns} FROM read_parquet({quoted(taken / 'quarantine.parquet')}) ORDER BY part, row, kind",
        quarantine / UNREAD,
    )


def write_csv(connection: DuckDBPyConnection, quarantine: Path, files: Sequence[str], to: Path) -> None:
    """All rows that are in no stay, with the name of their file, as CSV that a spreadsheet opens; whole or not at all.
    Raises NoRoom and UnreadableRegister.
    """
    listed = " ".join(f"WHEN {place} THEN {quoted(name)}" for place, name in enumerate(files))
    unfinished = to.with_name(f"{to.name}.unfinished")
    try:
        execute(
            connection,
            f"""COPY (SELECT CASE part {listed} END AS file, row, kind, outcome, text
            FROM read_parquet({quoted(quarantine / "*.parquet")}) WHERE outcome <> 'stay' ORDER BY part, row, kind)
            TO {quoted(unfinished)} (FORMAT csv, HEADER true)""",
        )
        unfinished.replace(to)
    except OSError as problem:
        raise no_room(problem, to.parent) from None
    finally:
        unfinished.unlink(missing_ok=True)
