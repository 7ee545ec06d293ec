"""The tables from which one register is drawn, made once for all shards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from koshiqon.engine.draws import Table, Whole, table_of
from koshiqon.stay import synthetic_weights as weights
from koshiqon.stay.synthetic import Synthetic

DAY = 86_400
HOUR = 3_600


@dataclass(frozen=True, slots=True)
class Point:
    """One checkpoint."""

    name: str
    group: str
    neighbour: str | None
    mode: str
    zone: str


@dataclass(frozen=True, slots=True)
class Tables:
    """What is drawn from, row by row; days are counted from `first`, and `days` is the number of them.

    `turns` holds rows of (first day, day after the last, nights, share); `offsets` the seconds that local time is ahead
    of UTC by zone, day and hour, for two years beyond the last day; `spread` is by how much zones differ at most.
    """

    plan: Synthetic
    first: date
    days: int
    citizenships: tuple[str, ...]
    points: tuple[Point, ...]
    zone_of_point: Whole
    offsets: Whole
    spread: int
    persons: Table
    visits: Table
    entry_days: Table
    purposes: Table
    nights: Table
    sexes: Table
    ages: Table
    routes: Table
    papers: Table
    turns: tuple[tuple[int, int, int, float], ...]


def tables_of(plan: Synthetic, since: date, until: date) -> Tables:
    """All tables for a register from `since` to `until`, both included. Raises KeyError for a year without weight."""
    codes, purposes = tuple(row.citizenship for row in plan.citizenships), plan.purpose_names
    points = tuple(_points(plan))
    zones = list(dict.fromkeys(point.zone for point in points))
    days = (until - since).days + 1
    offsets = np.stack([_offsets(zone, since, days + weights.LONGEST + 2) for zone in zones])
    return Tables(
        plan=plan,
        first=since,
        days=days,
        citizenships=codes,
        points=points,
        zone_of_point=np.array([zones.index(point.zone) for point in points]),
        offsets=offsets,
        spread=int((offsets.max(axis=0) - offsets.min(axis=0)).max()),
        persons=table_of([weights.persons_by_citizenship(plan)]),
        visits=table_of([weights.visits_by_weight(plan, code, since, until) for code in codes]),
        entry_days=table_of([weights.days_by_weight(plan, code, since, until) for code in codes]),
        purposes=table_of([weights.purposes_by_weight(plan, code) for code in codes]),
        nights=table_of([weights.nights_by_weight(plan, purpose) for purpose in purposes]),
        sexes=table_of([weights.sexes_by_weight(plan, purpose) for purpose in purposes]),
        ages=table_of([weights.ages_by_weight(plan, purpose) for purpose in purposes]),
        routes=table_of([weights.routes_by_weight(plan, code) for code in codes]),
        papers=table_of([weights.papers_by_weight(plan, purpose, code) for purpose in purposes for code in codes]),
        turns=tuple(((row.since - since).days, (row.until - since).days, row.after, row.share) for row in plan.turns),
    )


def _points(plan: Synthetic) -> list[Point]:
    return [
        Point(f"{row.group}-{number:02d}", row.group, row.neighbour, row.mode, row.zone)
        for row in plan.checkpoints
        for number in range(1, row.points + 1)
    ]


def _offsets(zone: str, since: date, days: int) -> Whole:
    """By day and local hour, how many seconds a zone is ahead of UTC. An hour that comes twice is taken the first time;
    one that never comes as if the clock had not been moved yet.
    """
    rules, midnight = ZoneInfo(zone), datetime(since.year, since.month, since.day)
    found = np.empty((days, 24), dtype=np.int64)
    for number in range(days):
        start = midnight + timedelta(number)
        ends = {_ahead(rules, start), _ahead(rules, start + timedelta(hours=23, minutes=59))}
        if len(ends) == 1:
            found[number] = ends.pop()
        else:
            found[number] = [_ahead(rules, start + timedelta(hours=hour)) for hour in range(24)]
    return found


def _ahead(rules: ZoneInfo, local: datetime) -> int:
    offset = local.replace(tzinfo=rules).utcoffset()
    assert offset is not None
    return int(offset.total_seconds())


def moments_of(tables: Tables, day: Whole, second: Whole, point: Whole) -> Whole:
    """Microseconds since 1970-01-01 UTC of local seconds of days at checkpoints."""
    zone = tables.zone_of_point[point]
    ahead = tables.offsets[zone, np.minimum(day, tables.offsets.shape[1] - 1), second // HOUR]
    start = int(datetime(tables.first.year, tables.first.month, tables.first.day, tzinfo=UTC).timestamp())
    moments: Whole = (start + day * DAY + second - ahead) * 1_000_000
    return moments
