"""The tables beside the crossings: permits, penalties, linked passports, checkpoints with their zones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from duckdb import DuckDBPyConnection

from koshiqon.engine.duckdb import UnreadableRegister, execute, named, quoted
from koshiqon.engine.intake_files import Opened, Written, files_like, open_files
from koshiqon.engine.intake_links import smallest_of_linked
from koshiqon.engine.intake_moments import clock_changes, iso, zone_of
from koshiqon.stay.register.form import SIDE_NAMES, Coverage, RegisterForm, SideTable


@dataclass(frozen=True, slots=True)
class Zones:
    """The clocks of a register, the first being that of checkpoints nobody names. `join` finds by `raw.checkpoint` the
    `number` of its clock, NULL where the register names zones and not this one; `doubtful` says whether it names any.
    """

    changes: tuple[tuple[tuple[int, int], ...], ...]
    join: str
    number: str
    doubtful: bool


def opened_side(
    connection: DuckDBPyConnection, name: str, table: SideTable, base: Path, written: Written, staging: Path
) -> Opened:
    """A side table; that it holds no row says that there is nothing to tell. Raises UnreadableRegister where no file of
    its name is there.
    """
    files = files_like(base, table.files)
    if not files:
        raise UnreadableRegister("register_no_files", path=base / table.files, kinds=name)
    needed = [table.columns[column] for column in SIDE_NAMES[name]]
    return open_files(connection, files, needed, written, staging, may_be_empty=True)


def _text(table: SideTable, column: str) -> str:
    return f"NULLIF(trim(CAST({named(table.columns[column])} AS VARCHAR)), '')"


def make_zones(
    connection: DuckDBPyConnection, form: RegisterForm, base: Path, written: Written, staging: Path, last: date
) -> Zones:
    """The table `checkpoint_zones`, from the form and from the table of checkpoints. Raises UnreadableRegister for a
    zone that the world does not know.
    """
    of = dict(form.zones)
    if form.checkpoints is not None:
        opened = opened_side(connection, "checkpoints", form.checkpoints, base, written, staging / "checkpoints")
        point, zone = _text(form.checkpoints, "checkpoint"), _text(form.checkpoints, "zone")
        rows = execute(connection, f"SELECT DISTINCT {point} AS c, {zone} AS z FROM {opened.sql} ORDER BY ALL")
        of = {str(c): str(z) for c, z in rows if c is not None and z is not None} | of
    names = list(dict.fromkeys([form.zone, *sorted(set(of.values()))]))
    changes = tuple(tuple(clock_changes(zone_of(name), form.since, last)) for name in names)
    if not of or "checkpoint" not in form.columns:
        return Zones(changes[:1], "", "0", doubtful=False)
    execute(connection, "CREATE OR REPLACE TEMP TABLE checkpoint_zones (checkpoint VARCHAR, zone INTEGER)")
    rows_sql = ", ".join(f"({quoted(point)}, {names.index(zone)})" for point, zone in sorted(of.items()))
    execute(connection, f"INSERT INTO checkpoint_zones VALUES {rows_sql}")
    join = "LEFT JOIN checkpoint_zones z ON z.checkpoint = raw.checkpoint"
    return Zones(changes, join, "z.zone", doubtful=True)


def make_links(connection: DuckDBPyConnection, form: RegisterForm, base: Path, written: Written, staging: Path) -> int:
    """The table `links`: an id and the smallest one of the same person. Returns how many ids become another one."""
    execute(connection, "CREATE OR REPLACE TEMP TABLE links (id VARCHAR, smallest VARCHAR)")
    if form.links is None:
        return 0
    opened = opened_side(connection, "links", form.links, base, written, staging / "links")
    one, other = _text(form.links, "person"), _text(form.links, "linked_person")
    pairs = execute(connection, f"SELECT {one} AS a, {other} AS b FROM {opened.sql} WHERE a <> b")
    linked = smallest_of_linked((str(a), str(b)) for a, b in pairs)
    ids, smallest = list(linked), list(linked.values())
    connection.execute("INSERT INTO links SELECT unnest(?::VARCHAR[]), unnest(?::VARCHAR[])", [ids, smallest])
    return len(linked)


_WANTED = {
    "permits": ("title", (("since", False), ("until", True))),
    "penalties": ("penalty", (("decided_on", False),)),
}
"""By table: what it tells of a person, and its days, with whether one may be left open."""


def write_side(
    connection: DuckDBPyConnection,
    name: str,
    table: SideTable | None,
    base: Path,
    written: Written,
    into: Path,
    key: Callable[[str], str],
    shards: int,
) -> tuple[str, int, int]:
    """Write permits or penalties into shards. Returns the coverage, the rows written, and the rows left out because the
    person, the title or a day cannot be read: with such rows a complete table is a partial one.
    """
    if table is None:
        return Coverage.ABSENT.value, 0, 0
    opened = opened_side(connection, name, table, base, written, into / "csv" / name)
    title, days = _WANTED[name]
    columns = [f"{_text(table, 'person')} AS person", f"{_text(table, title)} AS {title}"]
    columns += [f"{_day(table, day)} AS {day}" for day, _ in days]
    columns += [f"{_text(table, day)} AS written_{day}" for day, _ in days]
    sound = ["person IS NOT NULL", f"{title} IS NOT NULL"]
    sound += [f"({day} IS NOT NULL{f' OR written_{day} IS NULL' if may else ''})" for day, may in days]
    execute(connection, f"CREATE OR REPLACE TEMP TABLE side AS SELECT {', '.join(columns)} FROM {opened.sql}")
    ((count,),) = execute(connection, f"SELECT count(*) FROM side WHERE {' AND '.join(sound)}")
    chosen = ", ".join([title, *(day for day, _ in days)])
    who = "COALESCE(links.smallest, side.person)"
    sql = (
        f"SELECT {key(who)} AS key, {chosen}, {key(who)} % {shards} AS shard FROM side"
        f" LEFT JOIN links ON links.id = side.person WHERE {' AND '.join(sound)}"
    )
    if count:
        to = quoted(into / name)
        execute(connection, f"COPY ({sql}) TO {to} (FORMAT parquet, COMPRESSION snappy, PARTITION_BY (shard))")
    left_out = opened.rows - int(str(count))
    coverage = Coverage.PARTIAL if left_out and table.coverage is Coverage.COMPLETE else table.coverage
    execute(connection, "DROP TABLE side")
    return coverage.value, int(str(count)), left_out


def _day(table: SideTable, column: str) -> str:
    """Days since 1970-01-01 of a date or of a text that begins with one, the year first; NULL for anything else."""
    text = _text(table, column)
    return f"CASE WHEN {iso(text)} THEN CAST(TRY_CAST({text} AS DATE) - DATE '1970-01-01' AS INTEGER) END"
