"""The one place that opens a database for a register: how much memory, how many threads, where it may spill; and what
goes wrong with files, told as codes.

UnreadableRegister   the input is at fault: a file, a column, a type
NoRoom               the machine is at fault: no disk or no memory left
"""

from __future__ import annotations

import errno
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from koshiqon.stay.register.step import Step

ROW_GROUP = 122_880
"""Rows of a row group of Parquet: DuckDB's own, so that parts are read by several threads."""


class UnreadableRegister(Exception):
    """Files that cannot be taken in; `code` says why, `values` hold what a letter needs (file, row, column, found).

    register_not_there, register_no_files, register_kinds_mixed, register_empty, register_file_broken,
    register_not_utf8, register_not_csv, register_column_missing, register_column_twice, register_column_type,
    register_types_differ, register_clock_unknown, register_zone_missing, register_zone_unknown,
    register_too_many_profiles, register_nothing_usable, register_hash_clash, register_rows_lost,
    register_stays_given_twice.
    """

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(f"{code}: {values}")
        self.code = code
        self.values = {name: str(value) for name, value in values.items()}


class NoRoom(Exception):
    """No disk or memory left, or a folder that cannot be written. `code`: register_disk_full, register_memory_full,
    register_unwritable.
    """

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(f"{code}: {values}")
        self.code = code
        self.values = {name: str(value) for name, value in values.items()}


@dataclass(frozen=True, slots=True)
class Room:
    """What a run may use. `temporary` is a folder for what does not fit into memory."""

    temporary: Path
    memory_gib: float = 4.0
    threads: int = 2


@contextmanager
def connect(room: Room) -> Iterator[DuckDBPyConnection]:
    """A database in memory that spills into the temporary folder, knows no network and shows no progress. Raises
    NoRoom where the folder cannot be made.
    """
    try:
        room.temporary.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise no_room(problem, room.temporary) from None
    settings: dict[str, str | bool | int | float | list[str]] = {
        "threads": room.threads,
        "memory_limit": f"{int(room.memory_gib * 1024)}MiB",
        "temp_directory": str(room.temporary),
        "preserve_insertion_order": False,
        "autoinstall_known_extensions": False,
        "allow_community_extensions": False,
    }
    with duckdb.connect(config=settings) as connection:
        connection.execute("SET enable_progress_bar = false")
        connection.execute("SET TimeZone = 'UTC'")
        yield connection


def run(connection: DuckDBPyConnection, steps: Iterable[Step]) -> None:
    """Make the tables of these steps, each a temporary table, or a view where it is not kept. Raises NoRoom and
    UnreadableRegister.
    """
    for step in steps:
        make = "TABLE" if step.kept else "VIEW"
        execute(connection, f"CREATE OR REPLACE TEMP {make} {step.name} AS {step.sql}")


def forget(connection: DuckDBPyConnection, steps: Iterable[Step]) -> None:
    """Take the tables of these steps out of memory again, the last first."""
    for step in reversed(tuple(steps)):
        connection.execute(f"DROP {'TABLE' if step.kept else 'VIEW'} IF EXISTS {step.name}")


def execute(connection: DuckDBPyConnection, sql: str) -> list[tuple[object, ...]]:
    """The rows of one statement. Raises NoRoom and UnreadableRegister instead of what the database raises about disk,
    memory and files; a fault of the SQL itself stays what it is.
    """
    try:
        return [tuple(row) for row in connection.execute(sql).fetchall()]
    except duckdb.Error as problem:
        told = _told(problem)
        if told is None:
            raise
        raise told from None


_FULL = re.compile(r"No space left|disk full|max_temp_directory_size|Could not write all bytes", re.IGNORECASE)
_BROKEN = re.compile(
    r"magic bytes|too small to be a Parquet|Failed to read file|Invalid Parquet|corrupt|Decompression|TProtocol|Thrift",
    re.IGNORECASE,
)
_FILE = re.compile(r"""(?:file|path)[ =:]*['"]([^'"]+)['"]|in file ([^\s'"]+)""", re.IGNORECASE)


def _told(problem: duckdb.Error) -> Exception | None:
    text = str(problem)
    first = text.partition("\n")[0]
    if _FULL.search(text):
        return NoRoom("register_disk_full", reason=first)
    if isinstance(problem, duckdb.OutOfMemoryException):
        return NoRoom("register_memory_full", reason=first)
    if isinstance(problem, duckdb.IOException) and re.search("Permission denied|Read-only", text):
        return NoRoom("register_unwritable", reason=first)
    if _BROKEN.search(text):
        named = _FILE.search(text)
        file = next((part for part in named.groups() if part), "") if named else ""
        return UnreadableRegister("register_file_broken", file=Path(file).name, reason=first)
    return None


def no_room(problem: OSError, place: Path) -> NoRoom:
    """What an error of the file system means for a run."""
    full = problem.errno in (errno.ENOSPC, errno.EDQUOT)
    code = "register_disk_full" if full else "register_unwritable"
    return NoRoom(code, folder=place, reason=problem.strerror or problem)


def quoted(text: str | Path) -> str:
    """A text as SQL."""
    return "'" + str(text).replace("'", "''") + "'"


def named(name: str) -> str:
    """The name of a column as SQL, whatever stands in it."""
    return '"' + name.replace('"', '""') + '"'


def write_parquet(
    connection: DuckDBPyConnection, sql: str, path: Path, *, codec: str = "zstd", ordered: bool = True
) -> None:
    """Write the rows of a query into one Parquet file, whole or not at all; where its order matters, the query says
    one. Raises NoRoom and UnreadableRegister.
    """
    unfinished = path.with_name(path.name + ".unfinished")
    groups = f", ROW_GROUP_SIZE {ROW_GROUP}" if ordered else ""
    try:
        execute(connection, f"COPY ({sql}) TO {quoted(unfinished)} (FORMAT parquet, COMPRESSION {codec}{groups})")
        unfinished.replace(path)
    except OSError as problem:
        raise no_room(problem, path.parent) from None
    finally:
        unfinished.unlink(missing_ok=True)
