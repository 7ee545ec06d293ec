"""Write one shard of a synthetic register as Parquet parts through DuckDB.

Tables are called so that whoever takes all crossings can leave out the others: their names hold `permit` or `truth`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from koshiqon.engine.draws import Whole, Yes, opaque
from koshiqon.engine.synthetic_faults import KINDS, Crossings, Spoilt
from koshiqon.engine.synthetic_lives import Persons, Stays, Visits
from koshiqon.engine.synthetic_papers import NO_DAY, Penalties, Permits, titles_of
from koshiqon.engine.synthetic_tables import Tables

UNKNOWN = "UNK"
"""How the register writes a citizenship that nobody recorded."""
ROW_GROUP = 122_880
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Shard:
    """Everything about one shard; `first` is the number of its first person in the register, `known` says by person
    whether the register knows that two passports are theirs.
    """

    number: int
    first: int
    seed: int
    tables: Tables
    persons: Persons
    visits: Visits
    stays: Stays
    permits: Permits
    penalties: Penalties
    crossings: Crossings
    spoilt: Spoilt
    known: Yes


Columns = Mapping[str, "tuple[np.ndarray[Any, Any], str]"]
"""Columns by name: values, and the SQL that makes of `x` what is written."""


def write_shard(shard: Shard, folder: Path) -> tuple[dict[str, int], dict[str, int]]:
    """Write all parts of a shard. Returns rows by table, and faults by kind. Raises OSError."""
    parts: dict[str, Columns] = {
        "crossings": _crossings(shard),
        "permits": _permits(shard),
        "permit-penalties": _penalties(shard),
        "permit-documents": _documents(shard, shard.known),
        "truth-documents": _documents(shard, np.ones_like(shard.known)),
        "truth-stays": _stays(shard),
        "truth-faults": _faults(shard),
    }
    rows = {name: write_part(folder / f"{name}-{shard.number:04d}.parquet", part) for name, part in parts.items()}
    counted = np.bincount(shard.spoilt.kind, minlength=len(KINDS))
    return rows, {kind: int(counted[place]) for place, kind in enumerate(KINDS)}


def write_checkpoints(tables: Tables, folder: Path) -> None:
    """The checkpoints with their time zones, in a part of its own."""
    places = np.arange(len(tables.points))
    points = tables.points
    columns = {
        "checkpoint": (places, _word([point.name for point in points])),
        "neighbour": (places, _word([point.neighbour for point in points])),
        "mode": (places, _word([point.mode for point in points])),
        "zone": (places, _word([point.zone for point in points])),
    }
    write_part(folder / "truth-checkpoints.parquet", columns)


def write_part(path: Path, columns: Columns) -> int:
    """Write one part, whole or not at all, in the order given. Returns its rows. Raises OSError."""
    part = {name: values for name, (values, _) in columns.items()}
    chosen = ", ".join(f"{sql.replace('$', name)} AS {name}" for name, (_, sql) in columns.items())
    unfinished = path.with_suffix(".unfinished")
    settings: dict[str, str | bool | int | float | list[str]] = {
        "threads": 1,
        "preserve_insertion_order": True,
    }
    with duckdb.connect(config=settings) as connection:
        connection.execute("SET enable_progress_bar = false")
        connection.register("part", part)
        try:
            connection.execute(
                f"COPY (SELECT {chosen} FROM part) TO {_quoted(str(unfinished))}"
                f" (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROW_GROUP})"
            )
        except duckdb.IOException as problem:
            unfinished.unlink(missing_ok=True)
            raise OSError(str(problem)) from None
    unfinished.replace(path)
    return len(next(iter(part.values())))


# --- the tables ------------------------------------------------------------------------------------------------------


def _crossings(shard: Shard) -> Columns:
    row, stays = shard.crossings, shard.stays
    citizenship = np.where(row.nameless, len(shard.tables.citizenships), _citizenship(shard, row.stay))
    point = np.where(row.out, stays.point_out[row.stay], stays.point_in[row.stay])
    return {
        "person": (_person(shard, row.stay), _id("P")),
        "citizenship": (citizenship, _word([*shard.tables.citizenships, UNKNOWN])),
        "direction": (row.out, "if($, 'out', 'in')"),
        "moment": (row.moment, "make_timestamptz($)"),
        "checkpoint": (point, _word([point.name for point in shard.tables.points])),
        "document": (_document(shard, row.stay), _id("D")),
        **_about_the_person(shard, row.stay),
        "purpose": (shard.visits.purpose[stays.visit[row.stay]], _word(shard.tables.plan.purpose_names)),
    }


def _stays(shard: Shard) -> Columns:
    stays = shard.stays
    every, names = np.arange(len(stays.person)), _word([point.name for point in shard.tables.points])
    left = "if($ < 0, NULL, $)"
    return {
        "person": (_person(shard, every), _id("P")),
        "human": (_salted(shard, (stays.person + shard.first).astype(np.uint64), 3), _id("H")),
        "citizenship": (_citizenship(shard, every), _word(shard.tables.citizenships)),
        "document": (_document(shard, every), _id("D")),
        **_about_the_person(shard, every),
        "purpose": (shard.visits.purpose[stays.visit], _word(shard.tables.plan.purpose_names)),
        "entry": (stays.moment_in, "make_timestamptz($)"),
        "exit": (np.where(stays.open, -1, stays.moment_out), left.replace(", $)", ", make_timestamptz($))")),
        "entry_day": (_days(shard, stays.entry), _day()),
        "exit_day": (np.where(stays.open, NO_DAY, _days(shard, stays.exit)), _day()),
        "entry_checkpoint": (stays.point_in, names),
        "exit_checkpoint": (np.where(stays.open, len(shard.tables.points), stays.point_out), names),
        "same_day_turn": (stays.turned, "$"),
    }


def _faults(shard: Shard) -> Columns:
    spoilt, stays = shard.spoilt, shard.stays
    part = np.full(len(spoilt.row), shard.number)
    moment = np.where(spoilt.out, stays.moment_out[spoilt.stay], stays.moment_in[spoilt.stay])
    return {
        "part": (part, "$::INTEGER"),
        "row": (spoilt.row, "if($ < 0, NULL, $)"),
        "kind": (spoilt.kind, _word(KINDS)),
        "person": (_person(shard, spoilt.stay), _id("P")),
        "citizenship": (_citizenship(shard, spoilt.stay), _word(shard.tables.citizenships)),
        "direction": (spoilt.out, "if($, 'out', 'in')"),
        "moment": (moment, "make_timestamptz($)"),
    }


def _permits(shard: Shard) -> Columns:
    rows = shard.permits
    return {
        "person": (_salted(shard, _record(shard, rows.person, rows.second), 1), _id("P")),
        "title": (rows.title, _word(titles_of(shard.tables))),
        "since": (_days(shard, rows.since), _day()),
        "until": (np.where(rows.until == NO_DAY, NO_DAY, _days(shard, rows.until)), _day()),
    }


def _penalties(shard: Shard) -> Columns:
    rows, visits = shard.penalties, shard.visits
    record = _record(shard, visits.person[rows.visit], visits.second[rows.visit])
    return {
        "person": (_salted(shard, record, 1), _id("P")),
        "penalty": (rows.penalty, _word([row.penalty for row in shard.tables.plan.penalties])),
        "decided_on": (_days(shard, rows.decided), _day()),
    }


def _documents(shard: Shard, told: Yes) -> Columns:
    """Who holds two passports: both identities in the register with the first document of each."""
    both = np.flatnonzero(told & (shard.persons.second >= 0))
    first, other = (_record(shard, both, np.full(len(both), second)) for second in (False, True))
    return {
        "person": (_salted(shard, first, 1), _id("P")),
        "document": (_salted(shard, first * np.uint64(2), 2), _id("D")),
        "linked_person": (_salted(shard, other, 1), _id("P")),
        "linked_document": (_salted(shard, other * np.uint64(2), 2), _id("D")),
    }


# --- columns ---------------------------------------------------------------------------------------------------------


def _record(shard: Shard, person: Whole, second: Yes) -> np.ndarray[Any, np.dtype[np.uint64]]:
    """The number of an identity in the register: two for each person, one a passport."""
    return ((person + shard.first) * 2 + second).astype(np.uint64)


def _record_of_stay(shard: Shard, stay: Whole) -> np.ndarray[Any, np.dtype[np.uint64]]:
    return _record(shard, shard.stays.person[stay], shard.visits.second[shard.stays.visit[stay]])


def _person(shard: Shard, stay: Whole) -> np.ndarray[Any, Any]:
    return _salted(shard, _record_of_stay(shard, stay), 1)


def _document(shard: Shard, stay: Whole) -> np.ndarray[Any, Any]:
    """The passport used, another one from the day on which it was renewed."""
    visit = shard.stays.visit[stay]
    renewed = shard.visits.entry[visit] >= shard.persons.renewed[shard.stays.person[stay]]
    return _salted(shard, _record_of_stay(shard, stay) * np.uint64(2) + renewed.astype(np.uint64), 2)


def _salted(shard: Shard, numbers: np.ndarray[Any, Any], kind: int) -> np.ndarray[Any, Any]:
    return opaque(numbers, (shard.seed * 4 + kind) * 0x9E3779B97F4A7C15 % 2**64)


def _citizenship(shard: Shard, stay: Whole) -> Whole:
    """Of the passport used."""
    person = shard.stays.person[stay]
    second = shard.visits.second[shard.stays.visit[stay]]
    return np.where(second, shard.persons.second[person], shard.persons.citizenship[person])


def _about_the_person(shard: Shard, stay: Whole) -> Columns:
    person = shard.stays.person[stay]
    return {
        "sex": (shard.persons.man[person], "if($, 'M', 'F')"),
        "birth_year": (shard.persons.birth_year[person], "$::SMALLINT"),
    }


def _days(shard: Shard, day: Whole) -> Whole:
    """Days since 1970-01-01."""
    return day + (shard.tables.first - _EPOCH).days


def _day() -> str:
    return f"if($ = {NO_DAY}, NULL, DATE '1970-01-01' + $::INTEGER)"


def _id(letter: str) -> str:
    return f"printf('{letter}%016x', $)"


def _word(words: Sequence[str | None]) -> str:
    """The word at a place of a list; NULL for a place behind its end."""
    listed = ", ".join("NULL" if word is None else _quoted(word) for word in words)
    return f"[{listed}][$ + 1]"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
