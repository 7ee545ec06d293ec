"""Until when one person may stay, and from when the person may enter again: presence held against dated limits.

A day of presence is unlawful under a limit when the counted days of the stay, or of the window, up to and including
that day are more than the limit allows. Days that are not counted (`Count.uncounted`) are never unlawful under it:
what they are, another title says. Where the law looks at the day a stay began, give only the limit of that day.

The method is our own, found and measured in a benchmark (design notes, `anchors/rules.md` section 3). While counted
presence lasts, days outside it stand still; the window of W days first holds more than L counted days when the
(W - L)th last day without counted presence drops out of it, W days after that day. So a stay is cut where the law,
the counting or an exemption changes; in each piece the first unlawful day is found at once, and the earliest is it.

NoLimitInForce      a day of the stay lies before the first limit that was given
DaysWithoutWindow   a limit gives days in a window, but no window
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from koshiqon.law.regimes import Limit
from koshiqon.stay.presence import (
    EVERY_DAY,
    LAST,
    Count,
    Run,
    Stay,
    clipped,
    counted_runs,
    history_runs,
    in_order,
    last_counted,
    last_free_before,
    total,
    uncounted_runs,
)


class NoLimitInForce(LookupError):
    """A day of the stay lies before the first limit that was given."""

    def __init__(self, day: date, first: date | None) -> None:
        super().__init__(
            f"No limit of stay is known for {day}"
            + ("; none was given. " if first is None else f"; the first one given starts on {first}. ")
            + "Ask for a later day, or add the limit that held before."
        )
        self.day = day
        self.first = first


class DaysWithoutWindow(ValueError):
    """A limit gives days in a window, but no window: counted as it stands, it would bound nothing."""

    def __init__(self, in_window: int) -> None:
        super().__init__(
            f"At most {in_window} days in a window, but how long the window is, is not told. Give its length, such as "
            "180, or leave out both."
        )
        self.in_window = in_window


@dataclass(frozen=True, slots=True)
class DatedLimit:
    """A limit of stay that holds from the day `since` until the next one begins."""

    since: date
    limit: Limit

    def __post_init__(self) -> None:
        # Here and not in `Limit`: abroad, days may be those of a calendar year, which is no window of a length.
        if self.limit.in_window is not None and self.limit.window is None:
            raise DaysWithoutWindow(self.limit.in_window)


def always(limit: Limit) -> tuple[DatedLimit, ...]:
    """One limit for every day, where the law did not change."""
    return (DatedLimit(date.min, limit),)


@dataclass(frozen=True, slots=True)
class Reentry:
    """From `day` on the person may enter again, and then stay through `until` (None: no end within the horizon)."""

    day: date
    until: date | None


# --- measures --------------------------------------------------------------------------------------------------------


def first_unlawful_day(
    stays: Iterable[Stay], limits: Sequence[DatedLimit], count: Count = EVERY_DAY, horizon: date = date.max
) -> date | None:
    """The first unlawful day of the last stay, as recorded; an open stay is taken to last through `horizon`.

    None where no day up to `horizon` is unlawful. Earlier stays only count. Raises StaysOverlap, NoLimitInForce.
    """
    history = in_order(stays)
    if not history:
        return None
    stay, through = history[-1], horizon.toordinal()
    for first, last, limit in _pieces(stay, limits, count, through):
        own = counted_runs(stay, count, first)
        adds = bool(own) and own[-1][1] == first
        runs = history_runs(history, count, first)
        days = (over_entry(first, total(own) - adds, adds, limit), over_window(first, runs, adds, stay, count, limit))
        over = [day for day in days if day is not None and day <= last]
        if over:
            return date.fromordinal(min(over))
    return None


def last_lawful_day(
    stays: Iterable[Stay], limits: Sequence[DatedLimit], count: Count = EVERY_DAY, horizon: date = date.max
) -> date | None:
    """The last day on which the person may leave so that no day of the last stay is unlawful, whatever its recorded
    exit.

    None where the stay may last through `horizon`; the day before the entry where not even that day is lawful. Raises
    StaysOverlap, NoLimitInForce.
    """
    history = in_order(stays)
    if not history:
        return None
    *before, stay = history
    over = first_unlawful_day([*before, replace(stay, exit=None)], limits, count, horizon)
    if over is None:
        return None
    leaves_then = [*before, replace(stay, exit=over)]
    leaving_is_lawful = first_unlawful_day(leaves_then, limits, count) is None
    return over if leaving_is_lawful else over - timedelta(days=1)


def earliest_reentry(
    stays: Iterable[Stay],
    limits: Sequence[DatedLimit],
    on: date,
    count: Count = EVERY_DAY,
    horizon: date = date.max,
) -> Reentry | None:
    """The first day from `on` on which an entry is lawful, for a person who has left by the end of `on`, and for how
    long. None where no entry up to `horizon` is lawful. Stays that begin after `on` are left out.

    The first such day can only be `on` or one on which something changes: the law, the counting, or the day on which
    as many days have left the window as the entry needs. These are tried in order.
    Raises StaysOverlap, NoLimitInForce.
    """
    history = tuple(_left_by(stay, on) for stay in in_order(stays) if stay.entry <= on)
    for number in sorted(_changes(history, limits, count, on, horizon)):
        day = date.fromordinal(number)
        entered = (*history, Stay(day))
        if first_unlawful_day(entered, limits, count, day) is None:
            return Reentry(day, last_lawful_day(entered, limits, count, horizon))
    return None


# --- pieces of a stay within which nothing changes -------------------------------------------------------------------


def _pieces(stay: Stay, limits: Sequence[DatedLimit], count: Count, through: int) -> Iterator[tuple[int, int, Limit]]:
    """First and last day of each piece of the stay that a limit speaks of, with that limit."""
    entry = stay.entry.toordinal()
    end = through if stay.exit is None else min(through, stay.exit.toordinal())
    law = sorted(limits, key=lambda dated: dated.since)
    starts = [dated.since.toordinal() for dated in law]
    free = uncounted_runs(count)
    cuts = {entry, entry + 1, *starts, *(day for since, last in free for day in (since, last + 1))}
    cuts |= set() if stay.exit is None else {stay.exit.toordinal()}
    firsts = sorted(day for day in cuts if entry <= day <= end)
    for first, following in pairwise([*firsts, end + 1]):
        if any(since <= first <= last for since, last in free):
            continue
        held = bisect_right(starts, first)
        if held == 0:
            raise NoLimitInForce(date.fromordinal(first), law[0].since if law else None)
        yield first, following - 1, law[held - 1].limit


def over_entry(first: int, spent: int, adds: bool, limit: Limit) -> int | None:
    """The first day of a piece with more days of this stay than one entry gives, `spent` of them before the piece."""
    if limit.per_entry is None:
        return None
    if limit.per_entry == 0 or spent > limit.per_entry:
        return first
    return first + limit.per_entry - spent if adds else None


def over_window(first: int, runs: Sequence[Run], adds: bool, stay: Stay, count: Count, limit: Limit) -> int | None:
    """The first day of a piece with more days in the window than the limit gives. Where the days of the piece do not
    count, days only leave the window: its first day speaks for all.
    """
    if limit.in_window is None or limit.window is None or limit.in_window >= limit.window:
        return None
    if adds and count.admits(stay):
        return max(first, last_free_before(runs, first, limit.window - limit.in_window) + limit.window)
    return first if total(clipped(runs, first - limit.window + 1, first)) > limit.in_window else None


def _left_by(stay: Stay, on: date) -> Stay:
    return replace(stay, exit=on if stay.exit is None else min(stay.exit, on))


def _changes(history: Sequence[Stay], limits: Sequence[DatedLimit], count: Count, on: date, horizon: date) -> set[int]:
    """Days from `on` through `horizon` on which an entry may become lawful. Among them is no day on which the counting
    begins again: who may enter then could enter on the day before, which did not count.
    """
    runs = history_runs(history, count, LAST)
    days = {on.toordinal(), *(dated.since.toordinal() for dated in limits)}
    days |= {since for since, _ in uncounted_runs(count)}
    for dated in limits:
        limit = dated.limit
        if limit.in_window is not None and limit.window is not None:
            ends = (last_counted(runs, limit.in_window), last_counted(runs, limit.in_window + 1))
            days |= {end + limit.window for end in ends if end is not None}
    return {day for day in days if on.toordinal() <= day <= horizon.toordinal()}
