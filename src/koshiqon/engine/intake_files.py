"""The files of a register: which there are, what columns they have, and CSV made into Parquet, so that all else reads
one format.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from koshiqon.engine.duckdb import UnreadableRegister, execute, named, no_room, quoted, write_parquet
from koshiqon.stay.register.form import RegisterForm

PARQUET, CSV = (".parquet",), (".csv", ".tsv", ".txt")
DELIMITERS = (",", ";", "\t", "|")
ROW = "row of the file"
"""The column of made Parquet that holds the number of a record; no file has one of this name."""


@dataclass(frozen=True, slots=True)
class Part:
    """One file: its name, size, and how many rows it has."""

    name: str
    bytes: int
    rows: int


@dataclass(frozen=True, slots=True)
class Malformed:
    """A record of CSV that is none: which file, which row, and what stands there."""

    part: int
    row: int
    text: str


@dataclass(frozen=True, slots=True)
class Opened:
    """Files ready to be read. `sql` reads all of them; `part` and `row` say in SQL which row is at hand; `columns` are
    the types by name.
    """

    parts: tuple[Part, ...]
    sql: str
    part: str
    row: str
    columns: Mapping[str, str]
    malformed: tuple[Malformed, ...] = ()

    @property
    def rows(self) -> int:
        """All rows, those that are no records too."""
        return sum(part.rows for part in self.parts)


@dataclass(frozen=True, slots=True)
class Written:
    """How CSV is written; the delimiter is found in the first line where nobody says it."""

    delimiter: str | None = None
    quote: str = '"'
    encoding: str = "utf-8"


def files_of_register(source: Path) -> tuple[Path, ...]:
    """The files that hold crossings or stays: the file itself, or all of the folder by name, without those whose names
    say truth or permit. Raises UnreadableRegister.
    """
    if source.is_file():
        return (source,)
    if not source.is_dir():
        raise UnreadableRegister("register_not_there", path=source)
    found = [path for path in files_like(source, "*") if not re.search("truth|permit", path.name)]
    if not found:
        raise UnreadableRegister("register_no_files", path=source, kinds=" ".join(PARQUET + CSV))
    return tuple(found)


def files_of(form: RegisterForm, source: Path) -> list[Path]:
    """All files that an intake of this form reads, its side tables after the others. Raises UnreadableRegister."""
    base = source if source.is_dir() else source.parent
    sides = [table for table in (form.checkpoints, form.permits, form.penalties, form.links) if table is not None]
    found = [*files_of_register(source), *(path for table in sides for path in files_like(base, table.files))]
    return list(dict.fromkeys(found))


def files_like(folder: Path, pattern: str) -> list[Path]:
    """Files of a kind that can be read, by name; none where the pattern leads elsewhere."""
    if not pattern or Path(pattern).is_absolute():
        return []
    return sorted(path for path in folder.glob(pattern) if path.suffix.lower() in PARQUET + CSV and path.is_file())


def open_files(
    connection: DuckDBPyConnection, files: Sequence[Path], needed: Sequence[str], written: Written, staging: Path,
    *, may_be_empty: bool = False,
) -> Opened:  # fmt: skip
    """Files of one kind that have these columns, CSV being made into Parquet in `staging`. Raises UnreadableRegister:
    mixed kinds, nothing in them unless that may be, broken, another encoding, a column missing or of several types;
    and NoRoom.
    """
    kinds = {path.suffix.lower() in PARQUET for path in files}
    if len(kinds) > 1:
        raise UnreadableRegister("register_kinds_mixed", first=files[0].name, other=files[-1].name)
    if kinds == {True}:
        columns = _columns(connection, files, needed, tuple(path.name for path in files))
        rows = [_rows(connection, path) for path in files]
        sql, part, row = _reading(files), "CAST(file_index AS INTEGER)", "file_row_number + 1"
        malformed: list[Malformed] = []
    else:
        made, malformed = [], []
        for number, path in enumerate(files):
            made.append(staging / f"{files[0].stem}-{number:04d}.parquet")
            malformed += _csv_as_parquet(connection, path, number, needed, written, made[-1])
        columns = _columns(connection, made, needed, tuple(path.name for path in files))
        bad = [sum(one.part == number for one in malformed) for number in range(len(files))]
        rows = [_rows(connection, path) + bad[number] for number, path in enumerate(made)]
        sql, part, row = _reading(made), "CAST(file_index AS INTEGER)", named(ROW)
    if not sum(rows) and not may_be_empty:
        raise UnreadableRegister("register_empty", file=", ".join(path.name for path in files[:3]))
    parts = tuple(Part(path.name, path.stat().st_size, count) for path, count in zip(files, rows, strict=True))
    return Opened(parts, sql, part, row, columns, tuple(malformed))


def _reading(files: Sequence[Path]) -> str:
    listed = ", ".join(quoted(path) for path in files)
    return f"read_parquet([{listed}], file_row_number = true, hive_partitioning = false)"


def _rows(connection: DuckDBPyConnection, file: Path) -> int:
    ((rows,),) = execute(connection, f"SELECT num_rows FROM parquet_file_metadata({quoted(file)})")
    return int(str(rows))


def _columns(
    connection: DuckDBPyConnection, files: Sequence[Path], needed: Sequence[str], names: Sequence[str]
) -> dict[str, str]:
    """The columns of the first file; the others must have the needed ones with the same types."""
    first: dict[str, str] = {}
    for file, name in zip(files, names, strict=True):
        try:
            told = execute(
                connection, f"DESCRIBE SELECT * FROM read_parquet({quoted(file)}, hive_partitioning = false)"
            )
        except UnreadableRegister as problem:
            raise UnreadableRegister(problem.code, **(problem.values | {"file": name})) from None
        columns = {str(row[0]): str(row[1]) for row in told}
        for column in needed:
            if column not in columns:
                found = ", ".join(name for name in columns if name != ROW)
                raise UnreadableRegister("register_column_missing", file=name, column=column, found=found)
            if columns[column] != first.get(column, columns[column]):
                types = {"found": columns[column], "wanted": first[column], "first": names[0]}
                raise UnreadableRegister("register_types_differ", file=name, column=column, **types)
        first = first or columns
    return first


def broken_among(files: Sequence[Path]) -> str:
    """The name of the first Parquet file that cannot be read to the end; empty where each can."""
    with duckdb.connect(config={"threads": 1}) as connection:
        for file in files:
            if file.suffix.lower() in PARQUET:
                try:
                    connection.execute(f"SELECT max(hash(COLUMNS(*))) FROM read_parquet({quoted(file)})").fetchall()
                except duckdb.Error:
                    return file.name
    return ""


# --- CSV -------------------------------------------------------------------------------------------------------------


def _csv_as_parquet(
    connection: DuckDBPyConnection, file: Path, part: int, needed: Sequence[str], written: Written, made: Path
) -> list[Malformed]:
    """All cells as texts, empty ones NULL, and the number of the record. Records that are none are handed back."""
    made.parent.mkdir(parents=True, exist_ok=True)
    text, malformed = file, []
    if codecs.lookup(written.encoding).name not in ("utf-8", "utf-8-sig"):
        text = _recoded(file, written.encoding, made.with_suffix(".csv"))
    header, delimiter = _header(text, file.name, written)
    for column in needed:
        if column not in header:
            raise UnreadableRegister("register_column_missing", file=file.name, column=column, found=", ".join(header))
    connection.execute("SET preserve_insertion_order = true")
    try:
        number = f"SELECT *, row_number() OVER () AS {named(ROW)}"
        _write_csv(connection, number, text, header, delimiter, written.quote, made)
    except duckdb.InvalidInputException as problem:
        _refuse_encoding(problem, file, written)
        good = made.with_suffix(".good.csv")
        malformed = _divided(text, part, len(header), delimiter, written.quote, good)
        whole = 'SELECT * REPLACE (CAST("' + ROW + '" AS BIGINT) AS "' + ROW + '")'
        _write_csv(connection, whole, good, [*header, ROW], ",", '"', made)
        good.unlink()
    finally:
        connection.execute("SET preserve_insertion_order = false")
        if text != file:
            text.unlink(missing_ok=True)
    return malformed


def _write_csv(
    connection: DuckDBPyConnection, select: str, file: Path, header: Sequence[str], delimiter: str, quote: str, to: Path
) -> None:
    columns = ", ".join(f"{quoted(name)}: 'VARCHAR'" for name in header)
    options = f"auto_detect = false, header = true, delim = {quoted(delimiter)}, max_line_size = 1000000"
    quotes = f"quote = {quoted(quote)}, escape = {quoted(quote)}"
    write_parquet(
        connection,
        f"{select} FROM read_csv({quoted(file)}, columns = {{{columns}}}, {options}, {quotes})",
        to,
        codec="snappy",
    )


def _header(file: Path, name: str, written: Written) -> tuple[list[str], str]:
    """The names of the columns, and the delimiter: that of the candidates which stands most often in the first line."""
    try:
        with file.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
            first = lines.readline(1_000_000)
            delimiter = written.delimiter or max(DELIMITERS, key=first.count)
            lines.seek(0)
            header = next(csv.reader(lines, delimiter=delimiter, quotechar=written.quote), [])
    except (OSError, csv.Error) as problem:
        raise UnreadableRegister("register_not_csv", file=name, reason=problem) from None
    header = [cell.strip() for cell in header]
    if any("\ufffd" in cell for cell in header):
        raise UnreadableRegister("register_not_utf8", file=name, line=1, encoding=written.encoding)
    if not any(header):
        raise UnreadableRegister("register_empty", file=name)
    for cell in header:
        if header.count(cell) > 1:
            raise UnreadableRegister("register_column_twice", file=name, column=cell)
    return header, delimiter


def _refuse_encoding(problem: duckdb.Error, file: Path, written: Written) -> None:
    text = str(problem)
    if "unicode" in text.lower() or "utf-8" in text.lower():
        line = re.search(r"Line: (\d+)", text)
        raise UnreadableRegister(
            "register_not_utf8", file=file.name, line=line[1] if line else "?", encoding=written.encoding
        ) from None


def _recoded(file: Path, encoding: str, to: Path) -> Path:
    try:
        with file.open(encoding=encoding, newline="") as old, to.open("w", encoding="utf-8", newline="") as new:
            while block := old.read(1 << 20):
                new.write(block)
    except UnicodeDecodeError:
        raise UnreadableRegister("register_not_utf8", file=file.name, line="?", encoding=encoding) from None
    except OSError as problem:
        raise no_room(problem, to.parent) from None
    return to


def _divided(file: Path, part: int, width: int, delimiter: str, quote: str, good: Path) -> list[Malformed]:
    """Write what are records, with their numbers, into a file of its own; hand back the others. Slower than reading in
    one go, and only done where a file has such rows.
    """
    malformed = []
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines, good.open("w", encoding="utf-8", newline="") as new:
            writer = csv.writer(new)
            for number, record in enumerate(_records(lines, delimiter, quote)):
                if isinstance(record, str):
                    malformed.append(Malformed(part, number, record))
                elif len(record) == width:
                    writer.writerow([*record, ROW if number == 0 else number])
                else:
                    malformed.append(Malformed(part, number, delimiter.join(record)))
    except OSError as problem:
        raise no_room(problem, good.parent) from None
    return malformed


def _records(lines: Iterator[str], delimiter: str, quote: str) -> Iterator[list[str] | str]:
    """The records of CSV, empty lines left out; what is no record as the reason."""
    reader = csv.reader(lines, delimiter=delimiter, quotechar=quote, strict=True)
    while True:
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error as problem:
            yield str(problem)
        else:
            if record:
                yield record
