"""Take a register in: read its rows once, and write its rows typed and normalised into shards, one person's rows all
in one. What cannot be read goes into quarantine with the text of its row.

The folder is there whole or not at all: crossings/shard=N/, persons/shard=N/, permits/shard=N/, penalties/shard=N/ (or
given_stays/), profiles.parquet, completions.parquet, quarantine.parquet and intake.json.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from koshiqon.engine.duckdb import Room, UnreadableRegister, connect, execute, no_room, quoted, write_parquet
from koshiqon.engine.intake_files import Opened, Part, Written, broken_among, files_of, files_of_register, open_files
from koshiqon.engine.intake_quarantine import write_quarantine
from koshiqon.engine.intake_rows import crossings_sql, given_stays_sql
from koshiqon.engine.intake_sides import make_links, make_zones, write_side
from koshiqon.engine.intake_values import id_of, make_profiles
from koshiqon.stay.register.form import (
    CROSSINGS,
    GIVEN_STAYS,
    PENALTIES,
    PERMITS,
    PERSONS,
    Columns,
    Holds,
    RegisterForm,
)

SHARD_ROWS = 2_000_000
"""Rows of a shard, about: what pairing holds in memory at once."""
SEEDS = 3
"""How many ways of hashing ids are tried before two persons with one key are given up on."""
SCHEMA = "koshiqon-intake/1"
FILE = "intake.json"


@dataclass(frozen=True, slots=True)
class Intake:
    """What was taken in. `rows` is the sum of `by_shard` and of what is in `quarantine` by kind; `linked` counts ids
    that became another one; `coverage`, of which a table that left rows out is no longer complete, is by side table.
    """

    holds: str
    rows: int
    persons: int
    linked: int
    profiles: int
    seed: int
    by_shard: tuple[int, ...]
    quarantine: Mapping[str, int]
    coverage: Mapping[str, str]
    side_rows: Mapping[str, int]
    left_out: Mapping[str, int]
    parts: tuple[Part, ...]
    until: str
    engine: str

    @property
    def shards(self) -> int:
        return len(self.by_shard)


def take_in(
    form: RegisterForm,
    source: Path,
    into: Path,
    room: Room,
    *,
    until: date,
    told: Callable[[str], None] = lambda _stage: None,
) -> Intake:
    """Take in a file, or a folder of parts, into a folder that is not there yet. `until` is the last day that the
    register can hold where the form does not say when it was extracted. `told` is called before each stage: files,
    profiles, persons, rows, side_tables. Raises UnreadableRegister and NoRoom, and leaves nothing behind then.
    """
    unfinished = into.with_name(into.name + ".unfinished")
    try:
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(parents=True)
        with connect(room) as connection, _files_named(form, source):
            taken = _taken(connection, form, source, unfinished, until, told)
        shutil.rmtree(unfinished / "csv", ignore_errors=True)
        content = {"schema": SCHEMA} | asdict(taken)
        (unfinished / FILE).write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        unfinished.replace(into)
    except OSError as problem:
        raise no_room(problem, into) from None
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return taken


def read_intake(folder: Path) -> Intake:
    """What was taken in, from its folder. Raises OSError where there is none."""
    told = json.loads((folder / FILE).read_text(encoding="utf-8"))
    del told["schema"]
    parts = tuple(Part(**part) for part in told.pop("parts"))
    return Intake(**told | {"parts": parts, "by_shard": tuple(told["by_shard"])})


def open_shard(connection: DuckDBPyConnection, folder: Path, number: int) -> None:
    """Views of one shard: crossings or given_stays, persons, permits, penalties; and profiles, completions."""
    for name, columns in _OF_A_SHARD.items():
        files = folder / name / f"shard={number}" / "*.parquet"
        if any(files.parent.glob("*.parquet")):
            read = f"SELECT * FROM read_parquet({quoted(files)}, hive_partitioning = false)"
        else:
            read = f"SELECT {_nothing(columns)} WHERE FALSE"
        execute(connection, f"CREATE OR REPLACE TEMP VIEW {name} AS {read}")
    for name in ("profiles", "completions"):
        read = f"SELECT * FROM read_parquet({quoted(folder / f'{name}.parquet')})"
        execute(connection, f"CREATE OR REPLACE TEMP VIEW {name} AS {read}")


_OF_A_SHARD = {
    "crossings": CROSSINGS,
    "given_stays": GIVEN_STAYS,
    "persons": PERSONS,
    "permits": PERMITS,
    "penalties": PENALTIES,
}


def _nothing(columns: Columns) -> str:
    return ", ".join(f"CAST(NULL AS {type_}) AS {name}" for name, type_ in columns)


@contextmanager
def _files_named(form: RegisterForm, source: Path) -> Iterator[None]:
    """Find which file is broken, where the database does not say it."""
    try:
        yield
    except UnreadableRegister as problem:
        if problem.code != "register_file_broken" or problem.values["file"]:
            raise
        found = broken_among(files_of(form, source))
        raise UnreadableRegister(problem.code, **(problem.values | {"file": found})) from None


# --- the stages ------------------------------------------------------------------------------------------------------


def _taken(
    connection: DuckDBPyConnection,
    form: RegisterForm,
    source: Path,
    into: Path,
    until: date,
    told: Callable[[str], None],
) -> Intake:
    last = form.extracted_on or until
    told("files")
    opened = _opened(connection, form, source, into / "csv")
    base = source if source.is_dir() else source.parent
    written = Written(form.delimiter, form.quote, form.encoding)
    told("profiles")
    profiles = make_profiles(connection, form, opened)
    zones = make_zones(connection, form, base, written, into / "csv", last)
    linked = make_links(connection, form, base, written, into / "csv")
    shards = max(1, -(-opened.rows // SHARD_ROWS))
    told("persons")
    seed, person = _write_persons(connection, form, opened, into, shards)
    told("rows")
    make = crossings_sql if form.holds is Holds.CROSSINGS else given_stays_sql
    rows = make(form, opened, person, profiles, zones, last, hash_of("raw.person", seed), shards)
    _write_shards(connection, rows, into / str("crossings" if form.holds is Holds.CROSSINGS else "given_stays"))
    told("side_tables")
    sides = {
        name: write_side(connection, name, table, base, written, into, lambda id_: hash_of(id_, seed), shards)
        for name, table in (("permits", form.permits), ("penalties", form.penalties))
    }
    for name in ("profiles", "completions"):
        write_parquet(connection, f"SELECT * FROM {name} ORDER BY ALL", into / f"{name}.parquet")
    return _counted(connection, form, opened, into, shards, seed, linked, sides, last)


def _opened(connection: DuckDBPyConnection, form: RegisterForm, source: Path, staging: Path) -> Opened:
    given = [*form.columns.values(), *form.facts.values()]
    needed = [one.column for one in given if one.column is not None]
    written = Written(form.delimiter, form.quote, form.encoding)
    return open_files(connection, files_of_register(source), needed, written, staging)


def hash_of(id_: str, seed: int) -> str:
    """The key of an id as SQL: 63 bits, never negative."""
    return f"CAST(hash({id_}{f', {seed}' if seed else ''}) >> 1 AS BIGINT)"


def _write_persons(
    connection: DuckDBPyConnection, form: RegisterForm, opened: Opened, into: Path, shards: int
) -> tuple[int, str]:
    """Write who is who into shards, and make the table `linked_keys`. Returns the seed under which no two ids have one
    key, and the SQL of an id; raises UnreadableRegister where there is no such seed among SEEDS.
    """
    given = form.columns["person"]
    distinct = "CREATE OR REPLACE TEMP TABLE written_ids AS SELECT DISTINCT {} AS id FROM {}"
    execute(connection, distinct.format(id_of(given, trimmed=False), opened.sql))
    blanks = "SELECT count(*) FROM written_ids WHERE id <> trim(id)"
    person = id_of(given, trimmed=execute(connection, blanks) != [(0,)])
    ids = "SELECT trim(id) AS id FROM written_ids WHERE trim(id) <> '' UNION SELECT smallest FROM links"
    for seed in range(SEEDS):
        make = f"CREATE OR REPLACE TEMP TABLE ids AS SELECT {hash_of('id', seed)} AS key, id FROM ({ids})"
        execute(connection, make)
        if execute(connection, "SELECT count(*) - count(DISTINCT key) FROM ids") != [(0,)]:
            continue
        execute(
            connection,
            f"CREATE OR REPLACE TEMP TABLE linked_keys AS SELECT {hash_of('id', seed)} AS key,"
            f" {hash_of('smallest', seed)} AS smallest_key FROM links",
        )
        persons = "SELECT key, id AS person FROM ids WHERE NOT EXISTS (SELECT 1 FROM links WHERE links.id = ids.id)"
        _write_shards(connection, f"SELECT *, key % {shards} AS shard FROM ({persons})", into / "persons")
        execute(connection, "DROP TABLE ids")
        execute(connection, "DROP TABLE written_ids")
        return seed, person
    raise UnreadableRegister("register_hash_clash", seeds=SEEDS)


def _write_shards(connection: DuckDBPyConnection, sql: str, folder: Path) -> None:
    """Rows into shard=N/ by their column `shard`. They are read soon and once, so little is spent on packing them."""
    connection.execute("SET partitioned_write_max_open_files = 1000")
    execute(
        connection,
        f"COPY ({sql}) TO {quoted(folder)} (FORMAT parquet, COMPRESSION snappy, PARTITION_BY (shard))",
    )


def _counted(
    connection: DuckDBPyConnection,
    form: RegisterForm,
    opened: Opened,
    into: Path,
    shards: int,
    seed: int,
    linked: int,
    sides: Mapping[str, tuple[str, int, int]],
    last: date,
) -> Intake:
    """Count what was written, and put what is in quarantine into one file. Raises UnreadableRegister where nothing
    could be read, or a row is in neither.
    """
    folder = into / ("crossings" if form.holds is Holds.CROSSINGS else "given_stays")
    by_shard = [_rows_in(connection, folder / f"shard={number}") for number in range(shards)]
    quarantine = write_quarantine(connection, form, opened, folder / f"shard={shards}", into / "quarantine.parquet")
    rows = opened.rows
    found = sum(by_shard) + sum(quarantine.values())
    if found != rows:
        raise UnreadableRegister("register_rows_lost", rows=rows, found=found)
    if not sum(by_shard):
        kinds = ", ".join(f"{name} {count}" for name, count in quarantine.items())
        raise UnreadableRegister("register_nothing_usable", rows=rows, kinds=kinds)
    persons = sum(_rows_in(connection, into / "persons" / f"shard={number}") for number in range(shards))
    return Intake(
        holds=form.holds.value,
        rows=rows,
        persons=persons,
        linked=linked,
        profiles=int(str(execute(connection, "SELECT count(*) FROM profiles")[0][0])),
        seed=seed,
        by_shard=tuple(by_shard),
        quarantine=quarantine,
        coverage={name: told[0] for name, told in sides.items()}
        | {"links": form.links.coverage.value if form.links else "absent"},
        side_rows={name: told[1] for name, told in sides.items()},
        left_out={name: told[2] for name, told in sides.items()},
        parts=opened.parts,
        until=str(last),
        engine=f"duckdb {duckdb.__version__}",
    )


def _rows_in(connection: DuckDBPyConnection, folder: Path) -> int:
    if not any(folder.glob("*.parquet")):
        return 0
    files = quoted(folder / "*.parquet")
    ((rows,),) = execute(connection, f"SELECT sum(num_rows) FROM parquet_file_metadata({files})")
    return int(str(rows))
