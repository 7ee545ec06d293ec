"""How far the titles of a stay reach: the last lawful day, and the first day on which one may enter again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from koshiqon.law.regimes import Limit
from koshiqon.period import Period
from koshiqon.rules.judging import Outcome, Reason, Unknown, all_of, negated
from koshiqon.rules.rule import ByLimit, ByTerm, NoEntry, Rule, RuleKind
from koshiqon.stay.answer import Entry, PlanFit, Standing
from koshiqon.stay.consequences import barred, days_measures_of
from koshiqon.stay.limit_titles import GENERAL, limit_on
from koshiqon.stay.matter import Matter, day_after_term, index_of, moment, remembered, rows_about
from koshiqon.stay.pieces import edges
from koshiqon.stay.presence import LAST, DaysBack, Stay, history_runs, in_order, last_counted
from koshiqon.stay.timeline import outcome_on
from koshiqon.stay.titles import Cover, cover, how_days_count


@dataclass(frozen=True, slots=True)
class Reach:
    """How a day of the stay stands as recorded, and the last surely lawful day of the run it belongs to if the person
    stayed on (of the last one before it where the day itself would not be lawful): None where the run has no end.
    `then` says what follows.
    """

    outcome: Outcome
    last: date | None
    then: Outcome


def standing_of(outcome: Outcome) -> Standing:
    if isinstance(outcome, Unknown):
        return Standing.UNKNOWN
    return Standing.LAWFUL if outcome else Standing.UNLAWFUL


def reasons_of(outcome: Outcome) -> tuple[Reason, ...]:
    return tuple(sorted(outcome.reasons)) if isinstance(outcome, Unknown) else ()


def as_if_open(matter: Matter) -> Matter:
    """The matter as if the person had not left the last stay."""
    return matter.with_history((*matter.history[:-1], replace(matter.stay, exit=None)))


def reach(matter: Matter, day: date) -> Reach:
    """How long the last stay may last, whatever its recorded exit, seen from one of its days."""
    found = _reach(cover(as_if_open(matter)), day)
    if matter.stay.exit is not None:
        found = replace(found, outcome=outcome_on(cover(matter).days, day.toordinal()))
    if found.last is None or matter.readings.get("exit_day") != "left_out":
        return found
    # The day of leaving counts for nothing here, so one may leave on the day after the last that counts.
    after = found.last + timedelta(days=1)
    left = matter.with_history((*matter.history[:-1], replace(matter.stay, exit=after)))
    if outcome_on(cover(left).days, after.toordinal()) is True:
        return replace(found, last=after)
    return found


def _reach(covered: Cover, day: date) -> Reach:
    at = day.toordinal()
    index = next(number for number, run in enumerate(covered.days) if run.first <= at <= run.last)
    here = covered.days[index]
    if here.outcome is True:
        then = covered.days[index + 1].outcome if index + 1 < len(covered.days) else True
        return Reach(True, None if here.last == LAST else date.fromordinal(here.last), then)
    before = [run for run in covered.days[:index] if run.outcome is True]
    last = before[-1].last if before else covered.days[0].first - 1
    return Reach(here.outcome, date.fromordinal(last), here.outcome)


# --- coming again ----------------------------------------------------------------------------------------------------


def earliest_entry(matter: Matter, on: date) -> Entry:
    """The first day from `on` on which an entry is lawful and no bar stands, and until when the person may then stay.

    A person in the country is taken to leave on `on`.
    """
    entered, outcome = _first_entry(matter, on)
    if entered is None:
        return Entry(Standing.UNLAWFUL, None, None)
    day = entered.stay.entry
    if isinstance(outcome, Unknown):
        return Entry(Standing.UNKNOWN, day, None, reasons_of(outcome))
    return Entry(Standing.LAWFUL, day, reach(entered, day).last)


def day_of_entry(matter: Matter, on: date) -> date | None:
    """The day that `earliest_entry` tells; how long the person may then stay is not worked out."""
    entered, _ = _first_entry(matter, on)
    return None if entered is None else entered.stay.entry


def longer_entries(matter: Matter, on: date, first: Entry, back: Sequence[DaysBack]) -> Iterator[Entry]:
    """Later days on which a person may enter and then stay longer than from the first, each longer than the one before:
    the days on which the last of neighbouring days has come `back`.
    """
    if first.day is None or first.days is None or first.standing is not Standing.LAWFUL:
        return
    gone, longest = _gone(matter, on), first.days
    goes_on = {run.first for run in back}
    for day in [run.last for run in back if run.last > first.day and day_after(run.last) not in goes_on]:
        entered = gone.with_history((*gone.history, Stay(day)))
        if _may_enter(entered, day) is not True:
            continue
        entry = Entry(Standing.LAWFUL, day, reach(entered, day).last)
        if entry.days is None or entry.days > longest:
            yield entry
        if entry.days is None:
            return
        longest = max(longest, entry.days)


def _gone(matter: Matter, on: date) -> Matter:
    """The matter as if the person, where still in the country, left on `on`."""
    return matter.with_history(
        tuple(stay if stay.exit is not None and stay.exit <= on else replace(stay, exit=on) for stay in matter.history)
    )


def _first_entry(matter: Matter, on: date) -> tuple[Matter | None, Outcome]:
    """The matter as if the person had come on the first day that is lawful, or else on the first that may be.

    Only days are tried on which something changes: the law, a paper, a bar, or the day on which as many days have left
    a window as an entry needs.
    """
    gone = _gone(matter, on)
    doubtful: tuple[Matter | None, Outcome] = (None, False)
    for day in sorted(_candidates(gone, on)):
        entered = gone.with_history((*gone.history, Stay(day)))
        outcome = _may_enter(entered, day)
        if outcome is True:
            return entered, True
        if isinstance(outcome, Unknown) and doubtful[0] is None:
            doubtful = (entered, outcome)
    return doubtful


def _may_enter(entered: Matter, day: date) -> Outcome:
    """Is an entry on a day lawful, and does nothing stand against it? A sure bar decides before any title is judged."""
    measures = days_measures_of(entered, lambda: cover(entered), lambda: how_days_count(entered), day)
    bars = [negated(outcome) for _, outcome in barred(entered.with_measures(measures), day)]
    if False in bars:
        return False
    return all_of([outcome_on(cover(entered).days, day.toordinal()), *bars])


def _candidates(gone: Matter, on: date) -> set[date]:
    days = {on, *_days_back(gone, on), *_turns(gone)}
    days |= {day for rule in index_of(gone).termed for day in _terms(rule, gone)}
    for paper in gone.case.papers:
        days |= {paper.since, *(() if paper.until is None else (day_after(paper.until),))}
    return {day for day in days if on <= day < date.max}


def _turns(gone: Matter) -> frozenset[date]:
    """The days on which the law of titles and bars, or a row of the citizenship, may change."""

    def found() -> frozenset[date]:
        rows = rows_about(gone.case.citizenship, gone) + rows_about(GENERAL, gone)
        applied = [Period(row.enforced_since) for row in rows if row.enforced_since]
        of_rows = (day for period in (*(row.period for row in rows), *applied) for day in edges(period))
        return frozenset([*index_of(gone).turns, *of_rows])

    return remembered(gone, "turns", found)


def _terms(rule: Rule, gone: Matter) -> Iterator[date]:
    """The first day of a term of title, and the day after a bar."""
    match rule.then:
        case ByTerm(start):
            day = moment(start, gone)
        case NoEntry(start, term) if start is not None and term is not None:
            last = day_after_term(moment(start, gone), term, gone)
            day = day_after(last) if isinstance(last, date) else last
        case _:
            return
    if isinstance(day, date):
        yield day


def day_after(day: date) -> date:
    """The next day; the last of the calendar has none but itself."""
    return day if day == date.max else day + timedelta(days=1)


def _days_back(gone: Matter, on: date) -> Iterator[date]:
    """The days on which a window first has room for one more day, or no longer holds too many."""
    if not gone.history:
        return
    counts, windows = how_days_count(gone), remembered(gone, ("windows", on), lambda: _windows(gone, on))
    for way in {counts.most, counts.least}:
        for count in {way.window, replace(way.window, uncounted=())}:
            runs = history_runs(gone.history, count, LAST)
            for limit in windows:
                assert limit.in_window is not None and limit.window is not None
                for nth in (limit.in_window, limit.in_window + 1):
                    end = last_counted(runs, nth)
                    if end is not None and end + limit.window < LAST:
                        yield date.fromordinal(end + limit.window)


def _windows(gone: Matter, on: date) -> set[Limit]:
    country = gone.country
    limits = {row.limit for row in rows_about(gone.case.citizenship, gone) + rows_about(GENERAL, gone)}
    named = [one.rule.then for one in index_of(gone).of_kind[RuleKind.TITLE]]
    told = [limit_on(then, country, on) for then in named if isinstance(then, ByLimit)]
    limits |= {limit for limit in told if not isinstance(limit, Unknown)}
    return {limit for limit in limits if limit.in_window is not None and limit.window is not None}


def fit(matter: Matter, plan: Stay, on: date) -> PlanFit:
    """Is every day of the trip in mind lawful? A person in the country is taken to leave on `on`.

    Raises StaysOverlap where the trip begins before a known exit.
    """
    assert plan.exit is not None
    left = [replace(stay, exit=on) if stay.exit is None else stay for stay in matter.history]
    planned = matter.with_history(in_order([*left, plan]))
    days = cover(planned).days
    enters = _may_enter(planned, plan.entry)
    bad = next((run for run in days if run.outcome is not True), None)
    if enters is not True:
        return PlanFit(plan.entry, plan.exit, standing_of(enters), plan.entry, reasons_of(enters))
    if bad is None:
        return PlanFit(plan.entry, plan.exit, Standing.LAWFUL, None)
    worst: Outcome = all_of([run.outcome for run in days])
    return PlanFit(plan.entry, plan.exit, standing_of(worst), date.fromordinal(bad.first), reasons_of(worst))
