"""Days used, days left and days that come back, under the limits of the title that reaches furthest."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from koshiqon.law.regimes import Limit
from koshiqon.rules.judging import Unknown
from koshiqon.rules.rule import AppliesTo, ByLimit
from koshiqon.stay.answer import DaysUsed
from koshiqon.stay.limit_titles import limit_of_row, limit_on
from koshiqon.stay.matter import Matter
from koshiqon.stay.presence import Count, DaysBack, days_in_window, days_of_stay, days_that_come_back
from koshiqon.stay.titles import Cover, Line


def days_used(matter: Matter, covered: Cover, on: date) -> tuple[DaysUsed | None, tuple[DaysBack, ...]]:
    """The days used on a day of the stay, and when those of the window come back to a person who leaves then. None
    where no title by limits of days covers the stay under the law of that day.
    """
    limited = [(line, limit) for line in covered.lines if (limit := _limit(line, matter, on)) is not None]
    if not limited:
        return None, ()
    line, limit = max(limited, key=lambda pair: _end(pair[0]))
    spent = days_of_stay(matter.stay, on, covered.counts.most.entry)
    if limit.window is None:
        return DaysUsed(line.name, limit.per_entry, spent, None, None, None), ()
    count = _count(line, matter, covered)
    used = days_in_window(matter.history, on, limit.window, count)
    told = DaysUsed(line.name, limit.per_entry, spent, limit.in_window, limit.window, used)
    return told, days_that_come_back(matter.history, on, limit.window, count)


def _limit(line: Line, matter: Matter, on: date) -> Limit | None:
    """The limits of days of a title that covers a day of the stay, surely or perhaps, as the law of a day has them."""
    law_of = matter.stay.entry if line.rule.applies_to is AppliesTo.STAYS_BEGUN else on
    periods = [line.rule.period, *([line.row.period] if line.row is not None else [])]
    covers = any(run.outcome is not False for run in line.days)
    if not covers or any(period.contains(law_of) is False for period in periods):
        return None
    if line.row is not None:
        return limit_of_row(line.row, matter, law_of)
    if not isinstance(line.rule.then, ByLimit):
        return None
    limit = limit_on(line.rule.then, matter.country, law_of)
    return None if isinstance(limit, Unknown) else limit


def _end(line: Line) -> int:
    return max((run.last for run in line.days if run.outcome is True), default=0)


def _count(line: Line, matter: Matter, covered: Cover) -> Count:
    """How days count in the window of a title."""
    earlier = matter.readings.get("earlier_entries") == "counted"
    return replace(covered.counts.most.window, entries_since=None if earlier else line.rule.counts_from)
