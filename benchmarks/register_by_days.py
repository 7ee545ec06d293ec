"""Contender `days`: the usual calculator, a set of dates that is asked day by day, on a slice of stays.

    python benchmarks/register_by_days.py OURS FOLDER DAY STAYS LIMITS

It knows the limits of a citizenship, days per entry and in a window, and nothing else. Asked is what such calculators
are asked, until when a stay may last; and, for less work, only whether a day of those spent was one too many. Stays
come paired, from the result of screening; only the asking is timed. It runs in one thread, as Python does.
"""

from __future__ import annotations

import csv
import json
import sys
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path
from time import perf_counter, process_time

import duckdb

from koshiqon.engine.duckdb import quoted

COUNTED_SINCE = date(2023, 1, 27)
"""Stays that began earlier are in no window of a later row."""
ONE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Asked:
    """A stay through its last day that is judged, with its limits."""

    person: str
    entry: date
    exit: date | None
    through: date
    per_entry: int
    in_window: int | None
    window: int | None


def first_unlawful_day(stay: Asked, earlier: set[date], beyond: bool) -> date | None:
    """The first day that is one too many, found by trying one day after another; `beyond` the end of the stay too."""
    present, day = set(earlier), stay.entry
    while beyond or day <= stay.through:
        present.add(day)
        used = 0 if stay.window is None else sum(day - back * ONE in present for back in range(stay.window))
        too_many = stay.in_window is not None and used > stay.in_window
        if too_many or (day - stay.entry).days + 1 > stay.per_entry:
            return day
        day += ONE
    return None


def answers(stays: list[Asked], beyond: bool) -> list[date | None]:
    """For each stay, in the order of persons and entries, its first unlawful day."""
    found: list[date | None] = []
    for _, of_one in groupby(stays, key=lambda stay: (stay.person, stay.entry >= COUNTED_SINCE)):
        present: set[date] = set()
        for stay in of_one:
            found.append(first_unlawful_day(stay, present, beyond))
            present.update(stay.entry + number * ONE for number in range((stay.through - stay.entry).days + 1))
    return found


def slice_of(ours: Path, until: date, limits: Path, most: int) -> list[Asked]:
    """All stays of as many persons as have `most` stays together, if each of their stays has a limit."""
    sql = f"""
    WITH asked AS (
      SELECT s.person, s.entry, s.exit, least(coalesce(s.exit, DATE '{until}'), DATE '{until}') AS through,
        l.per_entry, l.in_window, l."window"
      FROM read_parquet({quoted(ours / "stays" / "*.parquet")}) AS s
      LEFT JOIN read_csv({quoted(limits)}) AS l
        ON l.citizenship = s.citizenship AND s.entry >= l.since AND s.entry < l.until
    ), persons AS (
      SELECT person, sum(count(*)) OVER (ORDER BY hash(person), person) AS so_far
      FROM asked GROUP BY person HAVING bool_and(per_entry IS NOT NULL)
    )
    SELECT a.* FROM asked AS a JOIN persons AS p ON p.person = a.person AND p.so_far <= {most}
    ORDER BY a.person, a.entry, a.through"""
    return [Asked(*row) for row in duckdb.execute(sql).fetchall()]


def main(ours: str, folder: str, day: str, most: str, limits: str) -> None:
    """Ask both questions, and tell as JSON what each took."""
    stays = slice_of(Path(ours), date.fromisoformat(day), Path(limits), int(most))
    asked = {}
    for name, beyond in (("until when", True), ("days spent", False)):
        wall, processor = perf_counter(), process_time()
        found = answers(stays, beyond)
        asked[name] = {"wall": perf_counter() - wall, "processor": process_time() - processor}
    out = Path(folder)
    out.mkdir(parents=True)
    with (out / "stays.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["person", "entry", "exit", "derived", "first_unlawful_day"])
        rows = zip(stays, found, strict=True)
        writer.writerows([stay.person, stay.entry, stay.exit, "", first] for stay, first in rows)
    print(json.dumps({"stays": len(stays), "asked": asked}))


if __name__ == "__main__":
    main(*sys.argv[1:])
