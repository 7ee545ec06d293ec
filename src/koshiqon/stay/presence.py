"""Days of presence of one person: in a stay, in a running window, away, and when used days come back.

All measures are whole calendar days. A stay includes its first and its last day; a period of law includes `since` and
not `until`. A day that two stays share is one day. What counts is a reading of the law, given as `Count`. No measure
walks through days: each adds up runs of counted days. `tests/stay/reference.py` defines every one day by day.

ExitBeforeEntry  a stay ends before it begins
PeriodBackwards  days that are not counted end before they begin
StaysOverlap     two stays of one person share more than the day of leaving and coming back
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

LAST = date.max.toordinal()
"""An open stay lasts until here; days within this room are numbers, as `date.toordinal` gives them."""

Run = tuple[int, int]
"""Days running, first and last included."""


class ExitBeforeEntry(ValueError):
    """A stay ends before it begins."""

    def __init__(self, entry: date, exit_: date) -> None:
        super().__init__(
            f"A stay cannot end on {exit_} when it begins on {entry}. Exchange the two dates if they stand in the "
            "wrong order; leave the exit empty if the person is still in the country."
        )
        self.entry = entry
        self.exit = exit_


class PeriodBackwards(ValueError):
    """Days that are not counted end before they begin, or on the day they begin."""

    def __init__(self, since: date, until: date) -> None:
        super().__init__(
            f"Days not counted from {since} cannot stop before {until}: no day is left. `until` is the first day that "
            "counts again, the day after the last day of the visa or permit."
        )
        self.since = since
        self.until = until


class StaysOverlap(ValueError):
    """Two stays of one person share more than the day of leaving and coming back."""

    def __init__(self, earlier: Stay, later: Stay) -> None:
        super().__init__(
            f"The person entered on {later.entry}, but the stay that began on {earlier.entry} had not ended by then "
            f"({'no exit' if earlier.exit is None else f'exit on {earlier.exit}'}). One person is not in the country "
            "twice: add the missing exit, or correct the later entry. Leaving and coming back on one day is no overlap."
        )
        self.earlier = earlier
        self.later = later


@dataclass(frozen=True, slots=True)
class Stay:
    """Presence from the day of entry to the day of exit, both included; `exit` None: still in the country."""

    entry: date
    exit: date | None = None

    def __post_init__(self) -> None:
        if self.exit is not None and self.exit < self.entry:
            raise ExitBeforeEntry(self.entry, self.exit)


@dataclass(frozen=True, slots=True)
class Uncounted:
    """Days from `since` to the day before `until` (None: open) that a limit does not speak of, such as those under a
    visa or a permit.
    """

    since: date
    until: date | None = None

    def __post_init__(self) -> None:
        if self.until is not None and self.until <= self.since:
            raise PeriodBackwards(self.since, self.until)


@dataclass(frozen=True, slots=True)
class Count:
    """A reading of which days count.

    `entry_day`, `exit_day`: does the day of entry, of exit count? A day that is both needs both; a day that two stays
    share counts if it counts in one of them. `uncounted`: days that count neither for a stay nor in a window.
    `entries_since`: in a window, only stays that began on or after this day count.
    """

    entry_day: bool = True
    exit_day: bool = True
    uncounted: tuple[Uncounted, ...] = ()
    entries_since: date | None = None

    def admits(self, stay: Stay) -> bool:
        """Do the days of this stay count in a window?"""
        return self.entries_since is None or stay.entry >= self.entries_since


EVERY_DAY = Count()
"""The plain reading: every day of presence counts."""


@dataclass(frozen=True, slots=True)
class DaysBack:
    """From `first` to `last`, both included, one used day leaves the window each day."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


# --- measures --------------------------------------------------------------------------------------------------------


def days_of_stay(stay: Stay, on: date, count: Count = EVERY_DAY) -> int:
    """Counted days of one stay up to and including `on`; 0 before the entry."""
    return total(counted_runs(stay, count, on.toordinal()))


def days_in_window(stays: Iterable[Stay], on: date, window: int, count: Count = EVERY_DAY) -> int:
    """Counted days among the `window` days that end with `on`. Raises StaysOverlap."""
    last = on.toordinal()
    return total(clipped(history_runs(in_order(stays), count, last), last - window + 1, last))


def days_of_absence(stays: Iterable[Stay], first: date, last: date) -> int:
    """Days from `first` to `last`, both included, on which the person was not present at all; presence that no limit
    counts is presence. Raises StaysOverlap.
    """
    if last < first:
        return 0
    present = history_runs(in_order(stays), EVERY_DAY, last.toordinal())
    return (last - first).days + 1 - total(clipped(present, first.toordinal(), last.toordinal()))


def days_that_come_back(stays: Iterable[Stay], on: date, window: int, count: Count = EVERY_DAY) -> tuple[DaysBack, ...]:
    """When the days used in the window that ends with `on` leave it, for a person who is away after `on`.

    A day of presence leaves the window `window` days later. Days that would come back after 9999 are left out. Raises
    StaysOverlap.
    """
    last = on.toordinal()
    counted = history_runs(in_order(stays), count, last)
    back = clipped(((first + window, end + window) for first, end in counted), last + 1, LAST)
    return tuple(DaysBack(date.fromordinal(first), date.fromordinal(end)) for first, end in back)


# --- runs of counted days --------------------------------------------------------------------------------------------


def in_order(stays: Iterable[Stay]) -> tuple[Stay, ...]:
    """Stays by entry. Raises StaysOverlap where one begins before another has ended."""
    ordered = tuple(sorted(stays, key=lambda stay: (stay.entry, stay.exit or date.max)))
    for earlier, later in pairwise(ordered):
        if earlier.exit is None or later.entry < earlier.exit:
            raise StaysOverlap(earlier, later)
    return ordered


def counted_runs(stay: Stay, count: Count, through: int) -> list[Run]:
    """Counted days of one stay up to and including the day `through`, in order."""
    first = stay.entry.toordinal() + (not count.entry_day)
    last = LAST if stay.exit is None else stay.exit.toordinal() - (not count.exit_day)
    if not count.uncounted:
        return [(first, min(last, through))] if first <= min(last, through) else []
    runs, start = [], first
    for since, until in uncounted_runs(count):
        runs.append((start, since - 1))
        start = max(start, until + 1)
    return list(clipped([*runs, (start, last)], first, min(last, through)))


def uncounted_runs(count: Count) -> list[Run]:
    """The days that are not counted, in order of their beginning; they may overlap."""
    return sorted(
        (days.since.toordinal(), LAST if days.until is None else days.until.toordinal() - 1) for days in count.uncounted
    )


def history_runs(stays: Sequence[Stay], count: Count, through: int) -> list[Run]:
    """Days that count in a window, of all stays up to the day `through`: in order, disjoint, no day twice."""
    runs: list[Run] = []
    for stay in stays:
        if stay.entry.toordinal() > through:
            break
        for first, last in counted_runs(stay, count, through) if count.admits(stay) else ():
            start = max(first, runs[-1][1] + 1) if runs else first
            if start <= last:
                runs.append((start, last))
    return runs


def clipped(runs: Iterable[Run], first: int, last: int) -> Iterator[Run]:
    """The parts of the runs between two days, both included."""
    cut = ((max(first, start), min(last, end)) for start, end in runs)
    return ((start, end) for start, end in cut if start <= end)


def lies_in(runs: Iterable[Run], day: int) -> bool:
    """Is the day one of the runs?"""
    return any(first <= day <= last for first, last in runs)


def total(runs: Iterable[Run]) -> int:
    return sum([last - first + 1 for first, last in runs])


def last_counted(runs: Sequence[Run], nth: int) -> int | None:
    """The nth last counted day, 1 for the last; None where fewer are counted."""
    for first, last in reversed(runs):
        if nth <= last - first + 1:
            return last - nth + 1
        nth -= last - first + 1
    return None


def last_free_before(runs: Sequence[Run], day: int, nth: int) -> int:
    """The nth day before `day`, going back from it, that lies in no run; it may lie before the first day of all."""
    here = day
    for first, last in reversed(runs[: bisect_left(runs, (day, day))]):
        free = here - last - 1
        if nth <= free:
            break
        nth -= max(0, free)
        here = first
    return here - nth
