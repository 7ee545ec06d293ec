"""From the parts of a screening to the tables that may be published: counted, small groups folded, small counts hidden,
written as CSV. No count that is not told ever stands in a file.

UnfitTable (of `statistics`) is raised where counts do not fit together, which is a fault of the program.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from duckdb import DuckDBPyConnection

from koshiqon.engine.duckdb import execute, named, no_room, quoted
from koshiqon.statistics.disclosure import THRESHOLD, PublishableTable
from koshiqon.stay.register.groups import (
    AGES,
    BANDS,
    DERIVED,
    LATER_AGES,
    LATER_BANDS,
    NOTHING,
    SEVERAL,
    TABLES,
    UNKNOWN,
    Publication,
    TableAsked,
    Tally,
    Unit,
)
from koshiqon.stay.register.publishing import published

BITS = 64
"""Buckets of persons in each of the two halves of a crowd."""
SHOWN, HIDDEN = "shown", "hidden"

_BASES: Mapping[str, tuple[str, ...]] = {
    "counted_by_time": ("citizenship", "year", "month", "certainty"),
    "counted_by_whom": ("sex", "age", "purpose", "title", "certainty"),
    "counted_by_finding": ("overstay", "consequence", "reason", "ended", "guess", "judged", "certainty"),
    "counted_persons": ("citizenship", "sex", "age", "certainty"),
    "counted_marks": ("kind", "outcome"),
}
"""Counts of all stays by several dimensions at once, from which each table takes its own."""
_PLAIN = (NOTHING, NOTHING, NOTHING, "ended", NOTHING, "no", "no")
"""What `counted_by_finding` says of nearly all stays: nothing was found. They are counted in one go."""


def publication_of(
    connection: DuckDBPyConnection,
    stays: Sequence[Path],
    quarantine: Sequence[Path],
    reasons: Sequence[str],
    threshold: int = THRESHOLD,
) -> Publication:
    """The tables of one screening, protected. `stays` and `quarantine` are Parquet parts in the columns of
    `stay/register/result.py`; `reasons` are the names of the bits of the mask of reasons.

    Each part is read on its own, all rows of one person standing in one part. Raises UnfitTable, NoRoom,
    UnreadableRegister.
    """
    for base, columns in _BASES.items():
        crowd = "" if base in ("counted_persons", "counted_marks") else ", low UBIGINT, high UBIGINT"
        held = ", ".join(f"{named(column)} VARCHAR" for column in columns)
        execute(connection, f"CREATE OR REPLACE TEMP TABLE {base} ({held}, n BIGINT{crowd})")
    for part in stays:
        _count_stays(connection, part)
    for part in quarantine:
        marks = f"SELECT kind, outcome, count(*) FROM read_parquet({quoted(part)}) GROUP BY ALL"
        execute(connection, f"INSERT INTO counted_marks {marks}")
    try:
        return published({asked: _tally(connection, asked, reasons) for asked in TABLES}, threshold)
    finally:
        for base in _BASES:
            execute(connection, f"DROP TABLE {base}")


# --- counting --------------------------------------------------------------------------------------------------------


def _count_stays(connection: DuckDBPyConnection, part: Path) -> None:
    """Add one part of stays to the counts."""
    execute(connection, f"CREATE OR REPLACE TEMP VIEW stays_of_part AS {_stays_sql(part)}")
    crowd = ", ".join(
        f"bit_or(CASE WHEN bucket {half} {BITS} THEN 1::UBIGINT << (bucket % {BITS}) ELSE 0 END)"
        for half in ("<", ">=")
    )
    for base, which in (("counted_by_time", "true"), ("counted_by_whom", "true"), ("counted_by_finding", "NOT plain")):
        columns = ", ".join(named(column) for column in _BASES[base])
        counts = f"SELECT {columns}, count(*), {crowd} FROM stays_of_part WHERE {which} GROUP BY {columns}"
        execute(connection, f"INSERT INTO {base} {counts}")
    nothing = ", ".join(f"'{code}'" for code in _PLAIN)
    plain = f"SELECT {nothing}, count(*), {crowd} FROM stays_of_part WHERE plain HAVING count(*) > 0"
    execute(connection, f"INSERT INTO counted_by_finding {plain}")
    execute(connection, f"INSERT INTO counted_persons {_persons_sql(part)}")


def _stays_sql(part: Path) -> str:
    """The stays of a part with the code of each dimension. What rests on a guess says nothing of its own findings."""
    sound = "derived IS NULL"
    return f"""SELECT
        coalesce(citizenship, '{UNKNOWN}') AS citizenship,
        year(entry) AS "year",
        month(entry) AS "month",
        {sex_sql("sex")} AS sex,
        {age_sql("year(entry) - birth_year")} AS age,
        coalesce(purpose, '{UNKNOWN}') AS purpose,
        coalesce(title, '{NOTHING}') AS title,
        {_overstay(sound)} AS overstay,
        CASE WHEN {sound} THEN coalesce(consequence, '{NOTHING}') ELSE '{NOTHING}' END AS consequence,
        CASE WHEN {sound} AND certainty = 'unknown' THEN {_REASON} ELSE '{NOTHING}' END AS reason,
        CASE WHEN "exit" IS NULL THEN 'open' ELSE 'ended' END AS ended,
        coalesce(derived, '{NOTHING}') AS guess,
        certainty AS judged,
        CASE WHEN {sound} THEN certainty ELSE '{DERIVED}' END AS certainty,
        hash(person) % {2 * BITS} AS bucket,
        {sound} AND certainty = 'no' AND consequence IS NULL AND overstay_days = 0 AND "exit" IS NOT NULL AS plain
    FROM read_parquet({quoted(part)})"""


_REASON = f"""CASE WHEN reasons = 0 THEN '{UNKNOWN}' WHEN reasons & (reasons - 1) = 0
        THEN CAST(bit_count(reasons - 1) AS VARCHAR) ELSE '{SEVERAL}' END"""
"""The number of the only bit that is set."""


def _persons_sql(part: Path) -> str:
    """Each person once: as in the latest stay, and under the worst of all stays that rest on no guess."""
    standing = "WHEN certainty = 'no' THEN 1 WHEN certainty = 'unknown' THEN 2 ELSE 3"
    worst = f"max(CASE WHEN derived IS NOT NULL THEN 0 {standing} END)"
    return f"""SELECT coalesce(citizenship, '{UNKNOWN}'), {sex_sql("sex")}, {age_sql("age")},
        CASE worst WHEN 0 THEN '{DERIVED}' WHEN 1 THEN 'no' WHEN 2 THEN 'unknown' ELSE 'yes' END, count(*)
    FROM (SELECT arg_max_null(citizenship, entry) AS citizenship, arg_max_null(sex, entry) AS sex,
            arg_max_null(year(entry) - birth_year, entry) AS age, {worst} AS worst
        FROM read_parquet({quoted(part)}) GROUP BY person) GROUP BY ALL"""


def sex_sql(column: str) -> str:
    return f"CASE WHEN {column} IN ('female', 'male') THEN {column} ELSE '{UNKNOWN}' END"


def age_sql(years: str) -> str:
    upper = zip(LATER_AGES, AGES, strict=False)
    bands = " ".join(f"WHEN {years} < {first} THEN '{band}'" for first, band in upper)
    return f"CASE WHEN {years} IS NULL OR {years} < 0 THEN '{UNKNOWN}' {bands} ELSE '{AGES[len(LATER_AGES)]}' END"


def _overstay(sound: str) -> str:
    upper = zip(LATER_BANDS, BANDS, strict=False)
    bands = " ".join(f"WHEN overstay_days < {first} THEN '{band}'" for first, band in upper)
    return f"CASE WHEN NOT ({sound}) THEN '{NOTHING}' {bands} ELSE '{BANDS[-1]}' END"


def _tally(connection: DuckDBPyConnection, asked: TableAsked, reasons: Sequence[str]) -> Tally:
    """What one table counts, out of the first base that has its dimensions."""
    base = _base(asked)
    columns = ", ".join(named(name) for name in asked.dimensions)
    crowd = ", bit_or(low), bit_or(high)" if asked.unit is Unit.STAYS else ", 0, 0"
    rows = execute(connection, f"SELECT {columns}, sum(n){crowd} FROM {base} GROUP BY {columns}")
    counts, crowds = {}, {}
    for *codes, n, low, high in rows:
        assert isinstance(n, int) and isinstance(low, int) and isinstance(high, int)
        key = tuple(_code(name, str(code), reasons) for name, code in zip(asked.dimensions, codes, strict=True))
        counts[key] = n
        crowds[key] = low | high << BITS
    return Tally(counts, crowds if asked.unit is Unit.STAYS else {})


def _base(asked: TableAsked) -> str:
    if asked.unit is Unit.PERSONS:
        return "counted_persons"
    return next(base for base, columns in _BASES.items() if set(asked.dimensions) <= set(columns))


def _code(dimension: str, code: str, reasons: Sequence[str]) -> str:
    """The code as published, of what the SQL gives for short."""
    if dimension == "month":
        return f"{int(code):02}"
    return reasons[int(code)] if dimension == "reason" and code.isdigit() else code


# --- writing ---------------------------------------------------------------------------------------------------------


def write_tables(publication: Publication, folder: Path) -> tuple[Path, ...]:
    """Each table as CSV in a folder (UTF-8; a column for each dimension, the count, whether it is shown), whole or not
    at all. Raises NoRoom.
    """
    written = []
    for table in publication.tables:
        path = folder / f"{table.name}.csv"
        _write(path, csv_of(table.table))
        written.append(path)
    return tuple(written)


def csv_of(table: PublishableTable) -> str:
    """A table as CSV. A hidden count is empty and said to be hidden, in one word for every reason; a zero is a zero."""
    rows: Iterable[tuple[object, ...]] = (
        (*cell.categories, "" if cell.count is None else cell.count, HIDDEN if cell.count is None else SHOWN)
        for cell in table.cells
    )
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow((*(dimension.name for dimension in table.dimensions), "count", "told"))
    writer.writerows(rows)
    return text.getvalue()


def _write(path: Path, text: str) -> None:
    unfinished = path.with_name(f"{path.name}.unfinished")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            unfinished.write_text(text, encoding="utf-8", newline="")
            unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)
    except OSError as problem:
        raise no_room(problem, path.parent) from None
