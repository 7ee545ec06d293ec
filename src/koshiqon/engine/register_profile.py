"""What a register holds, before anybody judges it: rows and persons, days, what is missing, what nobody understands,
what pairing makes of it. Counts only, and no id.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from duckdb import DuckDBPyConnection

from koshiqon.engine.duckdb import Room, connect, execute, run
from koshiqon.engine.intake import Intake, open_shard, take_in
from koshiqon.engine.intake_files import Written, files_of_register, open_files
from koshiqon.engine.intake_values import direction_of, meant, sex_of, text_of
from koshiqon.engine.screening_shard import pairing_of
from koshiqon.stay.register.form import KINDS, OUTCOMES, Given, Holds, RegisterForm

MOST_VALUES = 20
"""So many values that nobody understands are listed of a column."""
LEAST_ROWS = 10
"""A value that stands in fewer rows is not listed: it may be the name of a person that slipped into a column."""


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """Values of a column that mean nothing: those listed with their rows, and the rows of all others together."""

    listed: tuple[tuple[str, int], ...]
    others: int


@dataclass(frozen=True, slots=True)
class RegisterProfile:
    """What a register holds. `usable` rows are those not in quarantine; `missing` counts usable rows that lack a thing,
    by its name; `marks` rows by (kind, outcome); `stays` are those that pairing makes, `derived` those among them that
    rest on a guess, `open` those without exit; `not_understood` is by column.
    """

    taken: Intake
    usable: int
    first: date | None
    last: date | None
    missing: Mapping[str, int]
    marks: Mapping[tuple[str, str], int]
    stays: int
    derived: int
    open: int
    not_understood: Mapping[str, NotUnderstood]


def profile_of(
    form: RegisterForm,
    source: Path,
    room: Room,
    until: date,
    told: Callable[[int, int], None] = lambda _done, _of: None,
) -> RegisterProfile:
    """Take a register in, pair it, and count. What is written on the way lies in the temporary folder of the room and
    is taken away. `told` gets the stages done, and all. Raises UnreadableRegister and NoRoom.
    """
    into = room.temporary / "profile"
    shutil.rmtree(into, ignore_errors=True)
    own = replace(room, temporary=room.temporary / "spill")
    try:
        taken = take_in(form, source, into, own, until=until)
        counts, span = Counter[str](), list[date]()
        marks = Counter[tuple[str, str]]({(kind, "quarantine"): rows for kind, rows in taken.quarantine.items()})
        for number in range(taken.shards):
            told(number + 1, taken.shards + 2)
            with connect(own) as connection:
                open_shard(connection, into, number)
                run(connection, pairing_of(form))
                counts.update(_counted(connection, form))
                marks.update(_marks(connection))
                span += _span(connection, form)
        told(taken.shards + 1, taken.shards + 2)
        strange = _not_understood(form, source, own)
    finally:
        shutil.rmtree(into, ignore_errors=True)
    usable, stays, derived, still = (counts.pop(name) for name in ("usable", "stays", "derived", "open"))
    first, last = (min(span), max(span)) if span else (None, None)
    return RegisterProfile(taken, usable, first, last, dict(counts), dict(marks), stays, derived, still, strange)


def _counted(connection: DuckDBPyConnection, form: RegisterForm) -> dict[str, int]:
    rows = _rows_of(form)
    lacking = ("citizenship", "purpose", "sex", "birth_year")
    missing = "p.citizenship IS NULL", "p.purpose IS NULL", "r.sex = 0", "r.birth_year IS NULL"
    sums = ", ".join(f"count(*) FILTER ({one})" for one in missing)
    ((usable, *gaps),) = execute(
        connection, f"SELECT count(*), {sums} FROM {rows} AS r LEFT JOIN profiles AS p ON p.profile = r.profile"
    )
    ((stays, derived, still),) = execute(
        connection, "SELECT count(*), count(*) FILTER (guess <> 0), count(*) FILTER (exit IS NULL) FROM stays"
    )
    counted = {"usable": usable, "stays": stays, "derived": derived, "open": still}
    counted |= dict(zip(lacking, gaps, strict=True))
    return {name: int(str(value)) for name, value in counted.items()}


def _marks(connection: DuckDBPyConnection) -> dict[tuple[str, str], int]:
    rows = execute(connection, "SELECT kind, outcome, count(*) FROM marks GROUP BY kind, outcome")
    return {(KINDS[int(str(kind))], OUTCOMES[int(str(outcome))]): int(str(count)) for kind, outcome, count in rows}


def _span(connection: DuckDBPyConnection, form: RegisterForm) -> list[date]:
    """The first and the last day of a shard."""
    days = ("day", "day") if form.holds is Holds.CROSSINGS else ("entry", "coalesce(exit, entry)")
    first, last = f"min({days[0]})", f"max({days[1]})"
    ((*ends,),) = execute(
        connection, f"SELECT DATE '1970-01-01' + {first}, DATE '1970-01-01' + {last} FROM {_rows_of(form)}"
    )
    return [day.date() if isinstance(day, datetime) else day for day in ends if isinstance(day, date)]


def _rows_of(form: RegisterForm) -> str:
    return "crossings" if form.holds is Holds.CROSSINGS else "given_stays"


# --- what nobody understands -----------------------------------------------------------------------------------------


def _not_understood(form: RegisterForm, source: Path, room: Room) -> dict[str, NotUnderstood]:
    """Values that stand in a column and mean nothing, by column."""
    staging = room.temporary / "values"
    found: dict[str, NotUnderstood] = {}
    try:
        with connect(room) as connection:
            columns = {name: given for name, given in form.columns.items() if given.column is not None}
            opened = open_files(
                connection, files_of_register(source), [], Written(form.delimiter, form.quote, form.encoding), staging
            )
            for name, given in columns.items():
                strange = _strange(name, given, form)
                if strange is None or given.column not in opened.columns:
                    continue
                text = text_of(given)
                rows = execute(
                    connection,
                    f"SELECT {text}, count(*) FROM {opened.sql} WHERE {text} IS NOT NULL AND {strange} GROUP BY 1"
                    " ORDER BY 2 DESC, 1",
                )
                if rows:
                    found[name] = _listed([(str(value), int(str(count))) for value, count in rows])
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return found


def _strange(name: str, given: Given, form: RegisterForm) -> str | None:
    """When a value of a column means nothing, as SQL; None for a column of which anything may be meant."""
    match name:
        case "citizenship":
            return f"{meant(text_of(given), dict(form.citizenships) | dict(given.values))} IS NULL"
        case "direction":
            return f"{direction_of(given)} IS NULL"
        case "sex":
            return f"{sex_of(given)} = 0"
    return None


def _listed(rows: list[tuple[str, int]]) -> NotUnderstood:
    listed = tuple(row for row in rows[:MOST_VALUES] if row[1] >= LEAST_ROWS)
    return NotUnderstood(listed, sum(count for _, count in rows) - sum(count for _, count in listed))
