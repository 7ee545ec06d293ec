"""From the parts of a comparison to what may be published of it: tables, sums of days, and a few examples.

UnfitTable (of `statistics`) is raised where counts do not fit together, which is a fault of the program.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from duckdb import DuckDBPyConnection

from koshiqon.engine.duckdb import execute, named, quoted
from koshiqon.engine.publication import BITS, HIDDEN, SHOWN, age_sql, sex_sql
from koshiqon.engine.run_folder import write_whole
from koshiqon.statistics.disclosure import THRESHOLD
from koshiqon.stay.register.compared import (
    COMPARED,
    EARLIER,
    DaysCompared,
    DaysOf,
    Example,
    Side,
    compared_tables,
    days_compared,
    names_kept,
)
from koshiqon.stay.register.compared_stays import LAWS, SOUND
from koshiqon.stay.register.groups import JUDGED, UNKNOWN, PublishedTable, TableAsked, Tally, Unit

EXAMPLES_OF_A_KIND = 3
LOOKED_AT = 50
"""From so many stays of each kind of change and citizenship the examples are taken."""
DAYS_OF_HISTORY = 365
TOLD = ("certainty", "title", "regime", "first_unlawful_day", "overstay_days", "reasons")


@dataclass(frozen=True, slots=True)
class Compared:
    """What may be published of a comparison: tables, surely unlawful and unknown days by citizenship."""

    tables: tuple[PublishedTable, ...]
    days: tuple[DaysCompared, ...]
    unknown_days: tuple[DaysCompared, ...]


def compared_of(
    connection: DuckDBPyConnection, parts: Sequence[Path], since: date, threshold: int = THRESHOLD
) -> Compared:
    """The tables of a comparison, protected. `parts` have the columns COMPARED_OUT, all stays of a person in one;
    `since` is the day from which the reform changes the law. Raises UnfitTable, NoRoom, UnreadableRegister.
    """
    for asked in COMPARED:
        columns = ", ".join(f"{named(name)} VARCHAR" for name in asked.dimensions)
        execute(
            connection, f"CREATE OR REPLACE TEMP TABLE {_base(asked)} ({columns}, n BIGINT, low UBIGINT, high UBIGINT)"
        )
    held = "kind VARCHAR, citizenship VARCHAR, before BIGINT, after BIGINT, persons BIGINT, changed BIGINT"
    execute(connection, f"CREATE OR REPLACE TEMP TABLE compared_days ({held})")
    for part in parts:
        execute(connection, f"CREATE OR REPLACE TEMP VIEW stays_of_part AS {_stays_sql(part, since)}")
        for asked in COMPARED:
            execute(connection, f"INSERT INTO {_base(asked)} {_counted(asked)}")
        for kind in ("overstay_days", "unknown_days"):
            execute(connection, f"INSERT INTO compared_days {_days_sql(kind)}")
    tallies = {asked: _tally(connection, asked) for asked in COMPARED}
    kept = names_kept(tallies)["citizenship"]
    days = (days_compared(_days(connection, kind), kept, threshold) for kind in ("overstay_days", "unknown_days"))
    return Compared(compared_tables(tallies, threshold), next(days), next(days))


# --- counting --------------------------------------------------------------------------------------------------------


def _base(asked: TableAsked) -> str:
    return asked.name.replace("-", "_")


def _stays_sql(part: Path, since: date) -> str:
    """The stays of a part that rest on no guess, with the code of each group."""
    days = ", ".join(f"{kind}_{law}" for kind in ("overstay_days", "unknown_days") for law in LAWS)
    return f"""SELECT person, coalesce(citizenship, '{UNKNOWN}') AS citizenship,
        coalesce(purpose, '{UNKNOWN}') AS purpose, {sex_sql("sex")} AS sex,
        {age_sql("year(entry) - birth_year")} AS age, entry,
        CASE WHEN entry < DATE '{since}' THEN '{EARLIER}' ELSE strftime(entry, '%Y-%m') END AS entered,
        certainty_before AS before, certainty_after AS after, {days}, hash(person) % {2 * BITS} AS bucket
    FROM read_parquet({quoted(part)}) WHERE {SOUND}"""


def _counted(asked: TableAsked) -> str:
    columns = ", ".join(named(name) for name in asked.dimensions)
    if asked.unit is Unit.STAYS:
        halves = ", ".join(
            f"bit_or(CASE WHEN bucket {half} {BITS} THEN 1::UBIGINT << (bucket % {BITS}) ELSE 0 END)"
            for half in ("<", ">=")
        )
        return f"SELECT {columns}, count(*), {halves} FROM stays_of_part GROUP BY {columns}"
    ranks = " ".join(f"WHEN '{name}' THEN {rank}" for rank, name in enumerate(reversed(JUDGED)))
    names = " ".join(f"WHEN {rank} THEN '{name}'" for rank, name in enumerate(reversed(JUDGED)))
    worst = ", ".join(f"CASE max(CASE {side} {ranks} END) {names} END AS {side}" for side in ("before", "after"))
    latest = "arg_max(citizenship, CAST(entry AS VARCHAR) || citizenship) AS citizenship"
    persons = f"SELECT {latest}, {worst} FROM stays_of_part GROUP BY person"
    return f"SELECT {columns}, count(*), 0, 0 FROM ({persons}) GROUP BY {columns}"


def _tally(connection: DuckDBPyConnection, asked: TableAsked) -> Tally:
    columns = ", ".join(named(name) for name in asked.dimensions)
    read = f"SELECT {columns}, sum(n), bit_or(low), bit_or(high) FROM {_base(asked)} GROUP BY {columns}"
    counts, crowds = {}, {}
    for *codes, n, low, high in execute(connection, read):
        assert isinstance(n, int) and isinstance(low, int) and isinstance(high, int)
        key = tuple(map(str, codes))
        counts[key] = n
        crowds[key] = low | high << BITS
    return Tally(counts, crowds if asked.unit is Unit.STAYS else {})


def _days_sql(kind: str) -> str:
    before, after = (f"{kind}_{law}" for law in LAWS)
    return f"""SELECT '{kind}', citizenship, sum(before), sum(after), count(*) FILTER (before + after > 0),
        count(*) FILTER (apart > 0)
    FROM (SELECT citizenship, person, sum({before}) AS before, sum({after}) AS after,
            sum(abs({before} - {after})) AS apart
        FROM stays_of_part GROUP BY citizenship, person) GROUP BY citizenship"""


def _days(connection: DuckDBPyConnection, kind: str) -> Iterator[DaysOf]:
    sums = ", ".join(f"CAST(sum({name}) AS BIGINT)" for name in ("before", "after", "persons", "changed"))
    read = f"SELECT citizenship, {sums} FROM compared_days WHERE kind = '{kind}' GROUP BY citizenship"
    for citizenship, before, after, persons, changed in execute(connection, read):
        yield DaysOf(str(citizenship), *(int(str(number)) for number in (before, after, persons, changed)))


def write_days(compared: Compared, folder: Path) -> Path:
    """The sums of days as CSV: a row for each citizenship and kind of days, both sums empty where they are hidden.
    Raises OSError.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("days", "citizenship", "before", "after", "told"))
    for kind, rows in (("overstay_days", compared.days), ("unknown_days", compared.unknown_days)):
        for row in rows:
            told = HIDDEN if row.before is None else SHOWN
            writer.writerow((kind, row.citizenship, row.before, row.after, told))
    path = folder / "days-by-citizenship.csv"
    write_whole(path, text.getvalue().encode())
    return path


# --- examples --------------------------------------------------------------------------------------------------------


def examples_of(
    connection: DuckDBPyConnection,
    parts: Sequence[Path],
    agreed: Collection[str] | None,
    reasons: Mapping[str, Sequence[str]],
) -> tuple[Example, ...]:
    """A few stays of each kind of change, of different citizenships where there are and of persons with few stays,
    always the same: of persons who `agreed`, or of anybody (None) where nobody is real. `reasons` are the lists of the
    record. Raises NoRoom and UnreadableRegister.
    """
    files = ", ".join(quoted(part) for part in parts)
    execute(connection, f"CREATE OR REPLACE TEMP VIEW all_compared AS SELECT * FROM read_parquet([{files}])")
    execute(connection, "CREATE OR REPLACE TEMP TABLE agreed (person VARCHAR)")
    for person in sorted(agreed or ()):
        connection.execute("INSERT INTO agreed VALUES (?)", [person])
    among = "" if agreed is None else "AND person IN (SELECT person FROM agreed)"
    kind = "certainty_before, certainty_after"
    execute(
        connection,
        f"""CREATE OR REPLACE TEMP TABLE candidates AS SELECT * FROM all_compared
        WHERE {SOUND} AND citizenship IS NOT NULL AND certainty_before <> certainty_after {among}
        QUALIFY row_number() OVER (PARTITION BY {kind}, citizenship ORDER BY exit IS NULL, person, entry) <= {LOOKED_AT}
        """,
    )
    told = ", ".join(f"{name}_{law}" for law in LAWS for name in TOLD)
    rows = execute(
        connection,
        f"""WITH counted AS (SELECT person, count(*) AS stays FROM all_compared
            WHERE person IN (SELECT person FROM candidates) GROUP BY person),
        apart AS (SELECT * FROM candidates JOIN counted USING (person)
            QUALIFY row_number() OVER (PARTITION BY {kind}, citizenship ORDER BY stays, person, entry) = 1)
        SELECT person, citizenship, entry, exit, {told} FROM apart
        QUALIFY row_number() OVER (PARTITION BY {kind} ORDER BY stays, person, entry) <= {EXAMPLES_OF_A_KIND}
        ORDER BY 'unknown' IN ({kind}), {kind}, stays, person, entry""",
    )
    return tuple(_example(connection, row, reasons) for row in rows)


def _example(connection: DuckDBPyConnection, row: tuple[Any, ...], reasons: Mapping[str, Sequence[str]]) -> Example:
    person, citizenship, entry, exit_, *told = row
    earlier = connection.execute(
        f"""SELECT entry, exit FROM all_compared WHERE person = ? AND entry < ? AND coalesce(exit, entry) >= ?
            - INTERVAL {DAYS_OF_HISTORY} DAY ORDER BY entry, exit""",
        [person, entry, entry],
    ).fetchall()
    sides = []
    for law, values in zip(LAWS, (told[: len(TOLD)], told[len(TOLD) :]), strict=True):
        standing, title, regime, first_unlawful, days, mask = values
        why = tuple(name for place, name in enumerate(reasons[law]) if mask >> place & 1)
        sides.append(Side(standing, title, regime, first_unlawful, days, why if standing == "unknown" else ()))
    before, after = sides
    return Example(person, citizenship, entry, exit_, before, after, tuple(earlier))
