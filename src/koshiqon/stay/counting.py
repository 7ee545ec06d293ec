"""How days count under the readings taken, and on which days of a stay a limit still holds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import pairwise

from koshiqon.law.regimes import Limit
from koshiqon.rules.judging import Outcome, Unknown, unknown_of
from koshiqon.stay.limits import over_entry, over_window
from koshiqon.stay.matter import Matter, remembered
from koshiqon.stay.presence import (
    LAST,
    Count,
    Run,
    Uncounted,
    counted_runs,
    history_runs,
    last_counted,
    lies_in,
    total,
    uncounted_runs,
)
from koshiqon.stay.timeline import Held, Timeline, either, from_runs

ENGINE_READINGS: dict[str, tuple[str, ...]] = {
    "limits": ("law", "practice"),
    "entry_day": ("counts", "next_day"),
    "exit_day": ("counts", "left_out"),
    "earlier_entries": ("left_out", "counted"),
    "permit_days": ("outside", "in_window"),
    "permit_clock": ("stops", "runs_on"),
}
"""The readings that counting knows, each with its options; a country says which is the default, and why."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way to count: for the days of an entry, and for those of a window."""

    entry: Count
    window: Count


@dataclass(frozen=True, slots=True)
class Counts:
    """The way that counts most days and the way that counts least; they differ where a paper is unknown, for the
    `reasons`.
    """

    most: Way
    least: Way
    reasons: Unknown | None


def counts_of(matter: Matter, outside: list[Timeline]) -> Counts:
    """How the days of a case count, given the days under papers that count for no limit."""
    told = matter.readings.get
    taken = (told("entry_day"), told("exit_day"), told("permit_clock"), told("permit_days"))
    if not outside:
        return _counts_without_papers(*taken)
    surely, maybe, reasons = _uncounted(outside)
    return Counts(_count(*taken, surely), _count(*taken, maybe), reasons)


@lru_cache(maxsize=256)
def _counts_without_papers(
    entry_day: str | None, exit_day: str | None, permit_clock: str | None, permit_days: str | None
) -> Counts:
    """How days count where nothing is left out: by the readings alone, of which there are few."""
    way = _count(entry_day, exit_day, permit_clock, permit_days, ())
    return Counts(way, way, None)


def _uncounted(lines: list[Timeline]) -> tuple[tuple[Uncounted, ...], tuple[Uncounted, ...], Unknown | None]:
    days = either(lines)
    surely = tuple(_days(run) for run in days if run.outcome is True)
    maybe = tuple(_days(run) for run in days if run.outcome is not False)
    return surely, maybe, unknown_of([run.outcome for run in days])


def _days(run: Held) -> Uncounted:
    return Uncounted(date.fromordinal(run.first), None if run.last == LAST else date.fromordinal(run.last + 1))


def _count(
    entry_day: str | None,
    exit_day: str | None,
    permit_clock: str | None,
    permit_days: str | None,
    papers: tuple[Uncounted, ...],
) -> Way:
    on_entry, on_exit = entry_day != "next_day", exit_day != "left_out"
    return Way(
        Count(on_entry, on_exit, uncounted=papers if permit_clock != "runs_on" else ()),
        Count(on_entry, on_exit, uncounted=papers if permit_days != "in_window" else ()),
    )


def within(matter: Matter, limit: Limit, counts_from: date | None, piece: tuple[int, int], counts: Counts) -> Timeline:
    """The days of a piece of the stay on which its limit is not yet used up: yes, no, or unknown where the count is."""
    since = None if matter.readings.get("earlier_entries") == "counted" else counts_from
    lines = [_within(matter, limit, piece, _dated(counts.most, since), True)]
    if counts.reasons is not None:
        lines.append(_within(matter, limit, piece, _dated(counts.least, since), counts.reasons))
    return either(lines)


def _dated(count: Way, since: date | None) -> Way:
    return count if since is None else Way(count.entry, replace(count.window, entries_since=since))


def _within(matter: Matter, limit: Limit, piece: tuple[int, int], way: Way, told: Outcome) -> Timeline:
    """`told` on the days of the piece that are within the limit by one way to count, no on all others."""
    counted = remembered(matter, ("counted", matter.history, way), lambda: _Counted.of(matter, way))
    parts = pairwise([*_firsts(matter, limit, piece, counted), piece[1] + 1])
    return from_runs(
        [Held(first, counted.through(first, end - 1, limit, matter), told) for first, end in parts], *piece
    )


def _firsts(matter: Matter, limit: Limit, piece: tuple[int, int], counted: _Counted) -> list[int]:
    """The first days of the parts of the piece within which counting does not change."""
    stay, way = matter.stay, counted.way
    cuts = {piece[0], stay.entry.toordinal() + 1} | counted.room_again(limit, matter)
    cuts |= set() if stay.exit is None else {stay.exit.toordinal()}
    for count in {way.entry, way.window}:
        cuts |= {day for since, last in uncounted_runs(count) for day in (since, last + 1)}
    return sorted(day for day in cuts if piece[0] <= day <= piece[1])


@dataclass(frozen=True, slots=True)
class _Counted:
    """The days of a history counted in one way, once for all parts of a stay."""

    way: Way
    own: list[Run]
    all: list[Run]

    @classmethod
    def of(cls, matter: Matter, way: Way) -> _Counted:
        own = counted_runs(matter.stay, way.entry, LAST)
        return cls(way, own, history_runs(matter.history, way.window, LAST))

    def through(self, first: int, last: int, limit: Limit, matter: Matter) -> int:
        """The last day of a part within the limit; the day before the part where none is."""
        adds_entry, adds_window = lies_in(self.own, first), lies_in(self.all, first)
        spent = total([(start, min(end, first)) for start, end in self.own if start <= first])
        over = (
            over_entry(first, spent - adds_entry, adds_entry, limit),
            over_window(first, self.all, adds_window, matter.stay, self.way.window, limit),
        )
        return min([last, *(day - 1 for day in over if day is not None)])

    def room_again(self, limit: Limit, matter: Matter) -> set[int]:
        """Days on which the window first holds no more than the limit, as no day has counted for a while."""
        if limit.in_window is None or limit.window is None:
            return set()
        before = (history_runs(matter.history, self.way.window, since) for since, _ in uncounted_runs(self.way.window))
        ends = (last_counted(runs, limit.in_window + 1) for runs in before)
        return {end + limit.window for end in ends if end is not None}
