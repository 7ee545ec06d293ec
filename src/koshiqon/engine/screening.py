"""One run over a register: read and divided among shards, judged shard by shard, published; stopped and gone on with.

Each part is written whole or not at all and noted when it is there, so a run that was killed goes on after its last
note. Shards, the order of rows and the size of row groups are fixed: an undisturbed run and one that was stopped ten
times end with the same bytes, and so do one thread and many. Only `times.json` differs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any

from koshiqon.engine.fingerprint import Json
from koshiqon.engine.run_folder import RunFolder, opened

SCHEMA = "koshiqon-screening/1"
SHARDS = "shards"
OUTCOMES = ("entries", "exits", "duplicates", "quarantined")
"""The counts of what became of the rows of the input; they add up to the count `rows`."""


Told = Callable[[str, int, int], None]
"""How far a run is: the phase, so much done, of so much. `reading` counts stages, `screening` rows of the input,
`publishing` itself.
"""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """A register that was read: how many shards it gave, how many things of a kind were counted, and what else the
    record should say of it.
    """

    shards: int
    counts: Mapping[str, int]
    said: Json = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Judging:
    """What is needed to judge shards: a function that makes of a shard (by number) its parts in the folder of the run,
    and counts; and what the record should say of it. It may be called from several threads.
    """

    judge: Callable[[int, Path], Mapping[str, int]]
    said: Json = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Work:
    """What a run does, each as a function that may be called again after it was killed.

    `take_in` reads the input into a folder that it makes; `prepare` makes ready, from that folder, to judge it;
    `publish` makes of the parts and the record everything for readers. All raise their own errors.
    """

    take_in: Callable[[Path, Callable[[int, int], None]], TakenIn]
    prepare: Callable[[Path], Judging]
    publish: Callable[[Path, Json], None]


@dataclass(frozen=True, slots=True)
class Screened:
    """A finished run: where it lies, its record, the parts that were there before it began, and of how many."""

    folder: Path
    record: Mapping[str, Any]
    found_done: int
    parts: int


class RowsLost(Exception):
    """Rows of the input that are in no stay, no quarantine and no list of duplicates: a fault of the program."""

    def __init__(self, rows: int, found: int) -> None:
        super().__init__(f"{rows} rows came in, {found} are accounted for")
        self.code = "rows_lost"
        self.values = {"rows": str(rows), "found": str(found)}


def screen(fingerprint: Json, folder: Path, work: Work, told: Told, at_once: int = 1, schema: str = SCHEMA) -> Screened:
    """Run, or go on with a run of the same fingerprint, in this folder; `at_once` shards are judged at one time;
    `schema` names the form of the record.

    Raises RunRefused where the folder is not for this run, RowsLost, OSError, and what the functions of `work` raise.
    """
    began = monotonic()
    with opened(folder, fingerprint) as run:
        record = run.record()
        if record is not None:
            parts = int(record["parts"])
            return Screened(folder, record, parts, parts)
        _clear_away(folder)
        taken, seconds = _take_in(run, work, told)
        before = sum(_whole(run, _name(number)) is not None for number in range(taken.shards))
        judging = work.prepare(run.unfinished / SHARDS)
        notes = list(_judged(run, taken, judging, told, at_once))
        record = {"schema": schema} | _record(fingerprint, taken, judging, notes)
        told("publishing", 0, 1)
        started = monotonic()
        work.publish(folder, record)
        told("publishing", 1, 1)
        times = {"reading": seconds, "parts": [note["seconds"] for note in notes], "found_done": before}
        now = monotonic()
        run.finish(record, times | {"publishing": round(now - started, 3), "this_start": round(now - began, 3)})
        return Screened(folder, record, before, taken.shards)


# --- parts, done once ------------------------------------------------------------------------------------------------


def _take_in(run: RunFolder, work: Work, told: Told) -> tuple[TakenIn, float]:
    note = _whole(run, SHARDS)
    if note is None:
        shards = run.cleared(SHARDS)
        started = monotonic()
        taken = work.take_in(shards, lambda done, of: told("reading", done, of))
        written = {path.relative_to(run.path).as_posix(): path.stat().st_size for path in _files(shards)}
        note = {"shards": taken.shards, "counts": dict(taken.counts), "said": dict(taken.said), "files": written}
        note["seconds"] = round(monotonic() - started, 3)
        run.keep_note(SHARDS, note)
    return TakenIn(note["shards"], note["counts"], note["said"]), note["seconds"]


def _judged(run: RunFolder, taken: TakenIn, judging: Judging, told: Told, at_once: int) -> Iterator[dict[str, Any]]:
    """The notes about all shards, in order; those not there yet are made."""
    shards, rows = taken.shards, taken.counts["rows"]
    told("screening", 0, rows)
    with ThreadPoolExecutor(max_workers=at_once) as pool:
        waiting = [pool.submit(_judge, run, number, judging) for number in range(shards)]
        try:
            for done, part in enumerate(waiting, 1):
                yield part.result()
                told("screening", done * rows // shards, rows)
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise


def _judge(run: RunFolder, number: int, judging: Judging) -> dict[str, Any]:
    note = _whole(run, _name(number))
    if note is None:
        started = monotonic()
        counts = judging.judge(number, run.path)
        made = sorted(path for path in run.path.glob(f"*/*-{number:04d}.*") if path.parent != run.unfinished)
        files = {path.relative_to(run.path).as_posix(): path.stat().st_size for path in made}
        note = {"counts": dict(counts), "files": files, "seconds": round(monotonic() - started, 3)}
        run.keep_note(_name(number), note)
    return note


def _whole(run: RunFolder, name: str) -> dict[str, Any] | None:
    """The note about a part, if all files that it names are there and as long as they were."""
    note = run.note(name)
    if note is None:
        return None
    there = all(
        (run.path / file).is_file() and (run.path / file).stat().st_size == size for file, size in note["files"].items()
    )
    return note if there else None


def _name(number: int) -> str:
    return f"part-{number:04d}"


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _clear_away(folder: Path) -> None:
    """Take away what a killed run was writing."""
    for path in folder.glob("*/*.unfinished"):
        path.unlink()


# --- the record ------------------------------------------------------------------------------------------------------


def _record(fingerprint: Json, taken: TakenIn, judging: Judging, notes: list[dict[str, Any]]) -> dict[str, Any]:
    counts = Counter(taken.counts)
    for note in notes:
        counts.update(note["counts"])
    found = sum(counts[name] for name in OUTCOMES)
    if counts["rows"] != found:
        raise RowsLost(counts["rows"], found)
    files = {file: size for note in notes for file, size in note["files"].items()}
    return {
        "asked": dict(fingerprint),
        "seed": None,
        "parts": taken.shards,
        "counts": dict(sorted(counts.items())),
        "conservation": {name: counts[name] for name in ("rows", *OUTCOMES)},
        "said": {**taken.said, **judging.said},
        "files": dict(sorted(files.items())),
    }
