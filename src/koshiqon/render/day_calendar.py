"""The days of a case as a calendar: what each day of the last period was and what the days ahead would be.

Only marks stand here. The terminal writes them as letters, the page draws them; both take their words from the
catalogs. Days of earlier stays are told by whether they count, those of the stay judged also by how they stand in law.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
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
    """The days from `first` to `last` as runs; `today` is the day asked."""

    first: date
    last: date
    today: date
    runs: tuple[MarkedRun, ...]

    @property
    def rows(self) -> tuple[MonthRow, ...]:
        """The same days by month."""
        marked = [(day, run.mark) for run in self.runs for day in _days(run.first, run.last)]
        return tuple(_rows(marked))

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The marks that occur, in the order of the legend."""
        present = {run.mark for run in self.runs}
        return tuple(mark for mark in Mark if mark in present)


def calendar_of(answer: Assessment, country: Country) -> DayCalendar:
    """The calendar of an assessment: its window back from the day asked, and ahead what is still to come."""
    return calendar_until(_last(answer), answer, country)


def calendar_until(last: date, answer: Assessment, country: Country) -> DayCalendar:
    """The same up to a day that is chosen."""
    window = answer.used.window if answer.used is not None and answer.used.window is not None else BACK
    first, counted = answer.on - timedelta(days=window - 1), counted_days(answer, country)
    return drawn_days(first, last, answer.on, mark_by_day(answer, counted), _turns(answer, counted))


def drawn_days(
    first: date, last: date, today: date, mark_of: Callable[[date], Mark], turns: Iterable[date] | None = None
) -> DayCalendar:
    """The calendar of the days from `first` to `last`, each with the mark it is given; `turns` are the only days on
    which the mark can be another than the day before (None: every day).
    """
    asked = _days(first, last) if turns is None else sorted({first, *(day for day in turns if first < day <= last)})
    marked = [(day, mark_of(day)) for day in asked]
    return DayCalendar(first, last, today, tuple(_runs(marked, last)))


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


def _turns(answer: Assessment, counted: list[Run]) -> Iterator[date]:
    """The days on which the mark of an assessment may change: where something begins, and after it ends."""
    yield answer.on + timedelta(days=1)
    spans = [(stay.entry, stay.exit) for stay in answer.case.stays]
    spans += [(part.first, part.last) for part in answer.intervals]
    spans += [(date.fromordinal(first), date.fromordinal(last)) for first, last in counted]
    if answer.plan is not None:
        spans += [(answer.plan.first, answer.plan.last), (answer.plan.broken_on or answer.plan.first, None)]
    for start, end in spans:
        yield start
        if end is not None and end < date.max:
            yield end + timedelta(days=1)


def mark_by_day(answer: Assessment, counted: list[Run]) -> Callable[[date], Mark]:
    """What any day is in the light of an assessment and of the days that count in it, in the past or ahead."""
    stays = in_order(answer.case.stays)
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


def _runs(marked: list[tuple[date, Mark]], last: date) -> Iterator[MarkedRun]:
    """Days running with one mark, each until the day before the next begins, the last one until `last`."""
    begun = [(next(days)[0], mark) for mark, days in groupby(marked, lambda item: item[1])]
    ends = [*[day - timedelta(days=1) for day, _ in begun[1:]], last]
    for number, (day, mark) in enumerate(begun):
        yield MarkedRun(day, ends[number], mark)


def _days(first: date, last: date) -> Iterator[date]:
    return map(date.fromordinal, range(first.toordinal(), last.toordinal() + 1))
