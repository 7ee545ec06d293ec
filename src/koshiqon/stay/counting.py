"""How days count under the readings taken, and on which days of a stay a limit still holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from koshiqon.law.regimes import Limit
from koshiqon.rules.judging import Outcome, Unknown, unknown_of
from koshiqon.rules.rule import Readings
from koshiqon.stay.limits import over_entry, over_window
from koshiqon.stay.matter import Matter
from koshiqon.stay.presence import (
    LAST,
    Count,
    Uncounted,
    clipped,
    counted_runs,
    history_runs,
    last_counted,
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
    surely, maybe, reasons = _uncounted(outside)
    return Counts(_count(matter.readings, surely), _count(matter.readings, maybe), reasons)


def _uncounted(lines: list[Timeline]) -> tuple[tuple[Uncounted, ...], tuple[Uncounted, ...], Unknown | None]:
    if not lines:
        return (), (), None
    days = either(lines)
    surely = tuple(_days(run) for run in days if run.outcome is True)
    maybe = tuple(_days(run) for run in days if run.outcome is not False)
    return surely, maybe, unknown_of([run.outcome for run in days])


def _days(run: Held) -> Uncounted:
    return Uncounted(date.fromordinal(run.first), None if run.last == LAST else date.fromordinal(run.last + 1))


def _count(readings: Readings, papers: tuple[Uncounted, ...]) -> Way:
    plain = Count(entry_day=readings.get("entry_day") != "next_day", exit_day=readings.get("exit_day") != "left_out")
    stops = readings.get("permit_clock") != "runs_on"
    outside = readings.get("permit_days") != "in_window"
    return Way(replace(plain, uncounted=papers if stops else ()), replace(plain, uncounted=papers if outside else ()))


def within(matter: Matter, limit: Limit, counts_from: date | None, piece: tuple[int, int], counts: Counts) -> Timeline:
    """The days of a piece of the stay on which its limit is not yet used up: yes, no, or unknown where the count is."""
    since = None if matter.readings.get("earlier_entries") == "counted" else counts_from
    most = _dated(counts.most, since)
    if counts.reasons is None:
        runs = [_split(*part) for part in _parts(matter, limit, piece, most, most)]
    else:
        least = _dated(counts.least, since)
        runs = [_split(*part) for part in _parts(matter, limit, piece, most, least)]
    doubt: Outcome = counts.reasons if counts.reasons is not None else False
    told = [
        held
        for first, over, surely, last in runs
        for held in (Held(first, over - 1, True), Held(over, surely - 1, doubt), Held(surely, last, False))
        if held.first <= held.last
    ]
    return from_runs(told, *piece)


def _split(first: int, over: int, surely: int, last: int) -> tuple[int, int, int, int]:
    over = min(over, last + 1)
    return first, over, min(max(over, surely), last + 1), last


def _dated(count: Way, since: date | None) -> Way:
    return Way(count.entry, replace(count.window, entries_since=since))


def _parts(
    matter: Matter, limit: Limit, piece: tuple[int, int], most: Way, least: Way
) -> Iterator[tuple[int, int, int, int]]:
    """Parts of the piece within which counting does not change: first day, first day over the limit as most and as
    least days count, last day.
    """
    stay = matter.stay
    entry = stay.entry.toordinal()
    cuts = {piece[0], entry + 1}
    cuts |= set() if stay.exit is None else {stay.exit.toordinal()}
    for count in {most.entry, most.window, least.entry, least.window}:
        cuts |= {day for since, last in uncounted_runs(count) for day in (since, last + 1)}
    counted = {count: _Counted.of(matter, count) for count in {most, least}}
    for days in counted.values():
        cuts |= {days.room_again(since, limit) for since, _ in uncounted_runs(days.count.window)}
    firsts = sorted(day for day in cuts if piece[0] <= day <= piece[1])
    for first, following in pairwise([*firsts, piece[1] + 1]):
        yield (
            first,
            counted[most].over(first, limit, matter),
            counted[least].over(first, limit, matter),
            following - 1,
        )


@dataclass(frozen=True, slots=True)
class _Counted:
    """The counted days of a history, once for all parts of a stay."""

    count: Way
    own: list[tuple[int, int]]
    all: list[tuple[int, int]]

    @classmethod
    def of(cls, matter: Matter, count: Way) -> _Counted:
        own = counted_runs(matter.stay, count.entry, LAST)
        return cls(count, own, history_runs(matter.history, count.window, LAST))

    def over(self, first: int, limit: Limit, matter: Matter) -> int:
        """The first day of the part that begins on `first` that is over the limit."""
        adds_entry = any(start <= first <= end for start, end in self.own)
        spent = total((start, min(end, first)) for start, end in self.own if start <= first)
        adds_window = any(start <= first <= end for start, end in self.all)
        days = (
            over_entry(first, spent - adds_entry, adds_entry, limit),
            over_window(first, self.all, adds_window, matter.stay, self.count.window, limit),
        )
        return min((day for day in days if day is not None), default=LAST + 1)

    def room_again(self, since: int, limit: Limit) -> int:
        """The first day on which the window holds no more than the limit, where no day counts from `since` on."""
        if limit.in_window is None or limit.window is None:
            return LAST + 1
        too_many = last_counted(list(clipped(self.all, 1, since - 1)), limit.in_window + 1)
        return LAST + 1 if too_many is None else too_many + limit.window
