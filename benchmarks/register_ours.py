"""Contender `ours`: what `koshiqon screen` does from the crossings to stays.parquet, its stages timed apart.

    python benchmarks/register_ours.py REGISTER FOLDER DAY THREADS GIB

The functions are those that the command calls, whole; only the one that runs SQL is watched, so that each step counts
for its stage. Not in it are the hashes of the files and the tables and pages for readers.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from time import perf_counter, process_time
from typing import Any
from unittest.mock import patch

from duckdb import DuckDBPyConnection

from koshiqon.cli.register_run import question_of
from koshiqon.engine import screening_shard
from koshiqon.engine.duckdb import Room
from koshiqon.engine.duckdb import run as run_steps
from koshiqon.engine.intake import take_in
from koshiqon.stay.register.step import Step

Stages = dict[str, dict[str, float]]
"""Seconds of wall and processor time, by stage."""
STAGES = ("country", "intake", "law", "pairing", "screening", "writing")
"""Reading the country's files; the crossings typed and sharded; the law of their profiles as tables; then in each shard
stays made of crossings, stays judged, three tables written. `writing` is what else happens to a shard."""


@contextmanager
def timed(stages: Stages, stage: str) -> Iterator[None]:
    """Add what happens within to a stage."""
    wall, processor = perf_counter(), process_time()
    yield
    spent = stages.setdefault(stage, {"wall": 0.0, "processor": 0.0})
    spent["wall"] += perf_counter() - wall
    spent["processor"] += process_time() - processor


def watched(stages: Stages, pairing: set[str]) -> Callable[[DuckDBPyConnection, Iterable[Step]], None]:
    """What runs steps, adding each to its stage."""

    def run(connection: DuckDBPyConnection, steps: Iterable[Step]) -> None:
        for step in steps:
            with timed(stages, "pairing" if step.name in pairing else "screening"):
                run_steps(connection, (step,))

    return run


def screened(register: Path, folder: Path, day: date, room: Room) -> tuple[Stages, Counter[str]]:
    """Screen a register into a folder. Returns the time of each stage, and what was counted."""
    stages: Stages = {stage: {"wall": 0.0, "processor": 0.0} for stage in STAGES}
    counts: Counter[str] = Counter()
    shards = folder / "unfinished" / "shards"
    asked: dict[str, Any] = {
        "path": str(register),
        "mapping": None,
        "country": "kaz",
        "readings": [],
        "where": None,
        "on": day,
    }
    with timed(stages, "country"):
        question = question_of(asked, "en")
    with timed(stages, "intake"):
        taken = take_in(question.form, register, shards, room, until=day)
    with timed(stages, "law"):
        judging = screening_shard.prepared(question, room, shards)
    pairing = {step.name for step in screening_shard.pairing_of(question.form)}
    with patch.object(screening_shard, "run", watched(stages, pairing)), timed(stages, "judging"):
        for number in range(taken.shards):
            counts.update(judging.judge(number, folder))
    whole, paired, judged = stages.pop("judging"), stages["pairing"], stages["screening"]
    stages["writing"] = {unit: whole[unit] - paired[unit] - judged[unit] for unit in whole}
    counts.update(rows=taken.rows, quarantined=sum(taken.quarantine.values()), registered=taken.persons)
    return stages, counts


def main(register: str, folder: str, day: str, threads: str, memory: str) -> None:
    """Screen, and tell as JSON what it took."""
    out = Path(folder)
    out.mkdir(parents=True)
    stages, counts = screened(
        Path(register), out, date.fromisoformat(day), Room(out / "unfinished" / "spill", float(memory), int(threads))
    )
    found = sum(counts[name] for name in ("entries", "exits", "duplicates", "quarantined"))
    if found != counts["rows"]:
        raise SystemExit(f"{counts['rows']} rows came in, {found} are accounted for")
    print(
        json.dumps(
            {
                "stages": stages,
                "rows": counts["rows"],
                "persons": counts["registered"],
                "stays": counts["stays"],
                "shards_bytes": _bytes(out / "unfinished"),
                "result_bytes": sum(_bytes(out / part) for part in screening_shard.PARTS),
                "stays_bytes": _bytes(out / "stays"),
            }
        )
    )


def _bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


if __name__ == "__main__":
    main(*sys.argv[1:])
