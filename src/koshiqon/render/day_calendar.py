"""The days of a case as a calendar: what each day of the last period was and what the days ahead would be.

Only marks stand here. The terminal writes them as letters, the page draws them; both take their words from the
catalogs. Days of earlier stays are told by whether they count, those of the stay judged also by how they stand in law.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import groupby

from koshiqon.country import Country
from koshiqon.rules.rule import ByPaper
from koshiqon.stay.answer import Assessment, PlanFit, Standing
from koshiqon.stay.presence import Count, Run, Stay, Uncounted, history_runs, in_order

BACK = 180
"""Days looked back where the case knows no window of its own."""
AHEAD = 90
"""Days looked ahead at most while somebody may stay."""
AFTER = 7
"""Days drawn after the last lawful one."""
FARTHEST = 366
"""A trip in mind is drawn to its end, but not farther ahead than this."""


class Mark(StrEnum):
    """What one day is, in the order of the legend."""

    COUNTED = "counted"
    UNCOUNTED = "uncounted"
    UNLAWFUL = "unlawful"
    UNKNOWN = "unknown"
    AHEAD = "ahead"
    PLANNED = "planned"
    AWAY = "away"


@dataclass(frozen=True, slots=True)
class MonthRow:
    """One month: a mark for each of its days, None for days that the calendar leaves out."""

    month: date
    marks: tuple[Mark | None, ...]


@dataclass(frozen=True, slots=True)
class MarkedRun:
    """Days running with one mark, first and last included."""

    first: date
    last: date
    mark: Mark


@dataclass(frozen=True, slots=True)
class DayCalendar:
    """The days from `first` to `last`, by month and as runs; `today` is the day asked."""

    first: date
    last: date
    today: date
    rows: tuple[MonthRow, ...]
    runs: tuple[MarkedRun, ...]

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The marks that occur, in the order of the legend."""
        present = {run.mark for run in self.runs}
        return tuple(mark for mark in Mark if mark in present)


def calendar_of(answer: Assessment, country: Country) -> DayCalendar:
    """The calendar of an assessment: its window back from the day asked, and ahead what is still to come."""
    window = answer.used.window if answer.used is not None and answer.used.window is not None else BACK
    first, last = answer.on - timedelta(days=window - 1), _last(answer)
    return drawn_days(first, last, answer.on, mark_by_day(answer, country))


def drawn_days(first: date, last: date, today: date, mark_of: Callable[[date], Mark]) -> DayCalendar:
    """The calendar of the days from `first` to `last`, each with the mark it is given."""
    days = map(date.fromordinal, range(first.toordinal(), last.toordinal() + 1))
    marked = [(day, mark_of(day)) for day in days]
    return DayCalendar(first, last, today, tuple(_rows(marked)), tuple(_runs(marked)))


def counted_days(answer: Assessment, country: Country) -> list[Run]:
    """The days that count in a window under the readings taken, as runs of ordinals."""
    taken = {used.reading: used.option for used in answer.readings}
    rule = next((ground.rule for ground in answer.grounds if answer.used and ground.name == answer.used.ground), None)
    since = country.rules[rule].counts_from if rule is not None else None
    count = Count(
        entry_day=taken.get("entry_day") != "next_day",
        exit_day=taken.get("exit_day") != "left_out",
        uncounted=() if taken.get("permit_days") == "in_window" else tuple(_under_papers(answer, country)),
        entries_since=None if taken.get("earlier_entries") == "counted" else since,
    )
    return history_runs(in_order(answer.case.stays), count, answer.on.toordinal())


def _under_papers(answer: Assessment, country: Country) -> Iterator[Uncounted]:
    outside = {
        kind
        for rule in country.rules.values()
        if isinstance(rule.then, ByPaper) and rule.then.outside_count
        for kind in rule.then.papers
    }
    for paper in answer.case.papers:
        if paper.kind in outside:
            yield Uncounted(paper.since, None if paper.until is None else paper.until + timedelta(days=1))


def _last(answer: Assessment) -> date:
    """The day asked, or as far ahead as there is something to see: the end of the lawful days, the trip in mind."""
    ends = [answer.on]
    if answer.standing is Standing.LAWFUL:
        end = answer.last_lawful_day
        ends.append(answer.on + timedelta(days=AHEAD) if end is None else end + timedelta(days=AFTER))
    if answer.plan is not None:
        ends.append(answer.plan.last)
    return min(max(ends), answer.on + timedelta(days=FARTHEST if answer.plan is not None else AHEAD))


def mark_by_day(answer: Assessment, country: Country) -> Callable[[date], Mark]:
    """What any day is in the light of an assessment, in the past or ahead."""
    stays, counted = in_order(answer.case.stays), counted_days(answer, country)
    own = stays[-1] if stays else None

    def mark_of(day: date) -> Mark:
        if answer.plan is not None and day > answer.on and answer.plan.first <= day <= answer.plan.last:
            return _planned(answer.plan, day)
        standing = _standing(answer, day) if own is not None and _holds(own, day) else None
        if day > answer.on:
            return _ahead(standing, answer.plan is not None)
        if standing in (Standing.UNLAWFUL, Standing.UNKNOWN):
            return Mark.UNLAWFUL if standing is Standing.UNLAWFUL else Mark.UNKNOWN
        if not any(_holds(stay, day) for stay in stays):
            return Mark.AWAY
        number = day.toordinal()
        return Mark.COUNTED if any(first <= number <= last for first, last in counted) else Mark.UNCOUNTED

    return mark_of


def _holds(stay: Stay, day: date) -> bool:
    return stay.entry <= day and (stay.exit is None or day <= stay.exit)


def _standing(answer: Assessment, day: date) -> Standing | None:
    for interval in answer.intervals:
        if interval.first <= day and (interval.last is None or day <= interval.last):
            return interval.standing
    return None


def _ahead(standing: Standing | None, leaves: bool) -> Mark:
    """A day to come of the stay judged; who has another trip in mind is taken to leave before a day turns unlawful."""
    match standing:
        case Standing.LAWFUL:
            return Mark.AHEAD
        case Standing.UNKNOWN:
            return Mark.UNKNOWN
        case Standing.UNLAWFUL if not leaves:
            return Mark.UNLAWFUL
    return Mark.AWAY


def _planned(plan: PlanFit, day: date) -> Mark:
    if plan.standing is Standing.LAWFUL or (plan.broken_on is not None and day < plan.broken_on):
        return Mark.PLANNED
    return Mark.UNLAWFUL if plan.standing is Standing.UNLAWFUL else Mark.UNKNOWN


def _rows(marked: list[tuple[date, Mark]]) -> Iterator[MonthRow]:
    for (year, month), days in groupby(marked, lambda item: (item[0].year, item[0].month)):
        by_day = {day.day: mark for day, mark in days}
        yield MonthRow(date(year, month, 1), tuple(map(by_day.get, range(1, 32))))


def _runs(marked: list[tuple[date, Mark]]) -> Iterator[MarkedRun]:
    for mark, days in groupby(marked, lambda item: item[1]):
        here = [day for day, _ in days]
        yield MarkedRun(here[0], here[-1], mark)
