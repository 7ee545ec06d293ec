"""Make a synthetic border register: crossings as Parquet parts, with the truth beside them.

Persons come in fixed shards, one part of each table a shard; the bits of a shard depend on the seed and the number of
the shard alone, and its rows are written in one order by one thread. So the same plan, seed, days and number of persons
give the same bytes with one thread or two, on any machine, for one version of numpy and DuckDB.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from koshiqon.engine.draws import dice_of
from koshiqon.engine.synthetic_faults import crossings_of
from koshiqon.engine.synthetic_lives import persons_of, stays_of, visits_of
from koshiqon.engine.synthetic_papers import penalties_of, permits_of
from koshiqon.engine.synthetic_parts import Shard, write_checkpoints, write_shard
from koshiqon.engine.synthetic_tables import Tables, tables_of
from koshiqon.stay.synthetic import Synthetic

SHARD = 50_000
"""Persons in a shard: two shards at once and everything loaded take 410 MB of memory."""
MOST_PERSONS = 100_000_000
MADE = "truth-made.json"


class UnmakeableRegister(Exception):
    """A register that cannot be made so; `code` says why: persons_out_of_range, days_backwards, year_without_weight,
    folder_not_empty.
    """

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(f"{code}: {values}")
        self.code = code
        self.values = {name: str(value) for name, value in values.items()}


@dataclass(frozen=True, slots=True)
class Made:
    """What was made: rows by table; by kind of fault how many there are, and of how many that could have had it."""

    rows: Mapping[str, int]
    faults: Mapping[str, int]
    faults_of: Mapping[str, int]


def make_register(
    plan: Synthetic,
    folder: Path,
    *,
    persons: int,
    since: date,
    until: date,
    seed: int,
    threads: int = 2,
    told: Callable[[int, int], None] = lambda _done, _all: None,
) -> Made:
    """Write the register of so many persons from `since` to `until`, both included, into a new or empty folder.

    `told` is called after each shard with the number of those done and of all. Raises UnmakeableRegister before
    anything is written, and OSError where the folder cannot be written. A part is there whole or not at all.
    """
    _refuse(plan, folder, persons, since, until)
    tables = tables_of(plan, since, until)
    folder.mkdir(parents=True, exist_ok=True)
    write_checkpoints(tables, folder)
    shards = -(-persons // SHARD)
    rows, faults, of = Counter[str](), Counter[str](), Counter[str]()
    with ThreadPoolExecutor(max_workers=max(1, min(threads, 2))) as pool:
        parts = pool.map(lambda shard: _make_shard(tables, folder, seed, shard, persons), range(shards))
        for done, part in enumerate(parts, 1):
            rows.update(part.rows)
            faults.update(part.faults)
            of.update(part.faults_of)
            told(done, shards)
    made = Made(dict(sorted(rows.items())), dict(sorted(faults.items())), dict(sorted(of.items())))
    asked = {"persons": persons, "since": str(since), "until": str(until), "seed": seed, "shards": shards}
    _write_made(folder, asked, plan, made)
    return made


def _refuse(plan: Synthetic, folder: Path, persons: int, since: date, until: date) -> None:
    if not 1 <= persons <= MOST_PERSONS:
        raise UnmakeableRegister("persons_out_of_range", persons=persons, most=MOST_PERSONS)
    if until < since:
        raise UnmakeableRegister("days_backwards", since=since, until=until)
    years = [row.year for row in plan.years if row.weight > 0]
    for year in range(since.year, until.year + 1):
        if year not in years:
            raise UnmakeableRegister("year_without_weight", year=year, first=min(years), last=max(years))
    if folder.exists() and any(folder.iterdir()):
        raise UnmakeableRegister("folder_not_empty", folder=folder)


def _make_shard(tables: Tables, folder: Path, seed: int, number: int, persons: int) -> Made:
    dice = dice_of(seed, number)
    people = persons_of(tables, dice, min(SHARD, persons - number * SHARD))
    visits = visits_of(tables, dice, people)
    stays = stays_of(tables, dice, visits)
    permits = permits_of(tables, dice, people, visits)
    penalties = penalties_of(tables, dice, people, visits)
    record = stays.person * 2 + visits.second[stays.visit]
    crossings, spoilt = crossings_of(tables, dice, stays, record)
    known = dice.happens(tables.plan.habits.second_passport_known[0], len(people.citizenship))
    shard = Shard(
        number, number * SHARD, seed, tables, people, visits, stays, permits, penalties, crossings, spoilt, known
    )
    rows, faults = write_shard(shard, folder)
    return Made(rows, faults, spoilt.of)


def _write_made(folder: Path, asked: Mapping[str, object], plan: Synthetic, made: Made) -> None:
    content = {
        "schema": "koshiqon-synthetic-register/1",
        "asked": dict(asked),
        "rows": dict(made.rows),
        "faults": {kind: {"rows": made.faults.get(kind, 0), "of": number} for kind, number in made.faults_of.items()},
        "calibrations": list(_rows_of_calibrations(plan)),
    }
    unfinished = folder / f"{MADE}.unfinished"
    unfinished.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    unfinished.replace(folder / MADE)


def _rows_of_calibrations(plan: Synthetic) -> Iterator[dict[str, object]]:
    for row in plan.calibrations:
        yield {
            "calibration": row.name,
            "basis": row.basis,
            "sources": list(row.sources),
            "text": dict(row.text.by_language),
        }
