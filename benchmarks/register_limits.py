"""The limits of days as an analyst would have them: one row a citizenship and time, from the country's own regimes.

A contender that is not this program gets them as a small table. `alone` tells where nothing but this one row decides:
one regime in force, no emergency, no regime with a purpose or a clock of its own. Only there its answers can be held
against ours.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import astuple, dataclass, fields
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

from koshiqon.law.regimes import Regime

COUNTED_SINCE = date(2023, 1, 27)
"""Stays that began earlier are in no window of a later row, as all titles since that day say."""
EMERGENCY = (date(2020, 3, 16), date(2021, 6, 6))
"""From the first day of the pandemic's titles to the day after their last."""
TWO_CLOCKS = {"KGZ": (date(2025, 9, 1), date(2026, 3, 1))}
"""Where two titles count the days of one row from two days on, and which holds is open."""
PLAIN = ("eaeu", "eaeu_kg_exception", "bilateral", "unilateral_pilot", "unilateral_30", "unilateral_90")
"""Families of regimes that need nothing but a citizenship and, two of them, a usual purpose."""


@dataclass(frozen=True, slots=True)
class LimitRow:
    """Days of stay for a citizenship from `since` to the day before `until`; None for no such limit."""

    citizenship: str
    since: date
    until: date
    per_entry: int | None
    in_window: int | None
    window: int | None
    regime: str
    alone: int


def limit_rows(regimes: tuple[Regime, ...], first: date, last: date) -> tuple[LimitRow, ...]:
    """For each citizenship the most generous row of each day from `first` through `last`, in order."""
    citizenships = sorted({row.citizenship for row in regimes} - {"*"})
    return tuple(
        found
        for citizenship in citizenships
        for found in _of(citizenship, [row for row in regimes if row.citizenship == citizenship], first, last)
    )


def _of(citizenship: str, rows: list[Regime], first: date, last: date) -> Iterator[LimitRow]:
    end = last + timedelta(days=1)
    open_days = TWO_CLOCKS.get(citizenship, (end, end))
    edges = {first, end, COUNTED_SINCE, *EMERGENCY, *open_days}
    for row in rows:
        edges.add(row.period.since.latest)
        if row.period.until is not None:
            edges.add(row.period.until.latest)
    days = sorted(day for day in edges if first <= day <= end)
    for since, until in pairwise(days):
        held = [row for row in rows if row.period.contains(since) is not False]
        if held:
            row = max(held, key=lambda one: (one.limit.per_entry or 0, one.limit.in_window or 0))
            limit = row.limit
            plain = row.regime in PLAIN and not EMERGENCY[0] <= since < EMERGENCY[1]
            alone = int(len(held) == 1 and plain and not open_days[0] <= since < open_days[1])
            bounds = (limit.per_entry, limit.in_window, limit.window)
            yield LimitRow(citizenship, since, until, *bounds, row.name, alone)


def write_limits(rows: tuple[LimitRow, ...], to: Path) -> None:
    """As CSV, one row a line, nothing where there is no limit."""
    with to.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([field.name for field in fields(LimitRow)])
        writer.writerows(astuple(row) for row in rows)
