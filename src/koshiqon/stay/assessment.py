"""One person's stay on one day: which titles hold, until when, what is due, what follows, what nobody knows.

The open readings of the law are judged as the country takes them by default, then each other option alone; the
earliest last lawful day of all their combinations is `safe_until`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from koshiqon.country import Country
from koshiqon.evidence import weakest
from koshiqon.rules.expression import Value
from koshiqon.rules.judging import Outcome, Unknown
from koshiqon.rules.rule import Readings
from koshiqon.stay.answer import (
    Answer,
    Assessment,
    Entry,
    Ground,
    Interval,
    Standing,
)
from koshiqon.stay.case import StayCase, refuse_wrong_days
from koshiqon.stay.consequences import barred, days_measures, decisions, ladder, overstay, sanctions, unlawful_days
from koshiqon.stay.days_used import days_used
from koshiqon.stay.duties import duties
from koshiqon.stay.grounding import RulesJudged, citations, open_points, read_until
from koshiqon.stay.law_index import conflicts_of
from koshiqon.stay.matter import Matter, Memory, index_of
from koshiqon.stay.presence import LAST, in_order
from koshiqon.stay.reach import Reach, earliest_entry, fit, longer_entries, reach, reasons_of, standing_of
from koshiqon.stay.readings import readings_of, readings_used, safe_day, safe_until
from koshiqon.stay.timeline import Timeline, outcome_on
from koshiqon.stay.titles import Cover, Line, cover


def with_assumptions(case: StayCase, country: Country) -> StayCase:
    """The case with every fact that the country lets a door assume and that was not given; `assumed` names them."""
    assumed: dict[str, Outcome] = {
        name: _exact(fact.assume)
        for name, fact in country.facts.items()
        if fact.assume is not None and name not in case.facts
    }
    return replace(case, facts={**assumed, **case.facts}, assumed=(*case.assumed, *assumed))


def _exact(value: str | int | float) -> Value:
    return Decimal(str(value)) if isinstance(value, float) else value


def assess(
    case: StayCase, country: Country, on: date, readings: Readings | None = None, memory: Memory | None = None
) -> Assessment:
    """The whole answer about one person on `on`, the person's trips and papers as given.

    Nothing that is missing is taken for false: see `with_assumptions` for what a door may take. Who asks about one case
    several times, as under another reading, may give one `memory` to all: what was worked out once is not again. It
    holds facts of the case and belongs to nobody else. Raises EntryAhead, PlanInPast, StaysOverlap, UnknownReading.
    """
    refuse_wrong_days(case, on)
    taken = readings_of(country, readings)
    matter = Matter(country, case, in_order(case.stays), taken, memory={} if memory is None else memory)
    if not matter.history:
        return _away(matter, on, readings or {})
    inside = matter.stay.exit is None or matter.stay.exit >= on
    return _inside(matter, on, readings or {}) if inside else _away(matter, on, readings or {})


# --- a person in the country -----------------------------------------------------------------------------------------


def _inside(matter: Matter, on: date, given: Readings) -> Assessment:
    covered = cover(matter)
    reached = reach(matter, on)
    standing = standing_of(reached.outcome)
    return _assessment(matter, covered, on, given, on, standing, reached)


def _away(matter: Matter, on: date, given: Readings) -> Assessment:
    """A person who is not in the country: the last stay as it was, and when the person may come."""
    if not matter.history:
        return _assessment(matter, None, on, given, on, None, None)
    assert matter.stay.exit is not None
    return _assessment(matter, cover(matter), on, given, matter.stay.exit, None, reach(matter, matter.stay.exit))


def _assessment(
    matter: Matter,
    covered: Cover | None,
    on: date,
    given: Readings,
    through: date,
    standing: Standing | None,
    reached: Reach | None,
) -> Assessment:
    measured = matter if covered is None else matter.with_measures(days_measures(matter, covered, through))
    measured = measured if covered is not None else matter.with_measures({"on": lambda: on})
    over: Outcome = 0 if covered is None else overstay(covered, through)
    surely_over = 0 if covered is None else unlawful_days(list(covered.days), through)
    entry = earliest_entry(matter, on)
    due = tuple(duties(measured, on)) if standing is not None else ()
    follows = tuple(sanctions(measured, through, (surely_over, surely_over))) if covered is not None else ()
    steps = tuple(ladder(measured, through)) if standing in (Standing.LAWFUL, Standing.UNKNOWN) else ()
    bars = tuple(bar for bar, _ in barred(measured, on))
    may_decide = tuple(decisions(measured, on)) if covered is not None else ()
    planned = fit(matter, matter.case.plan, on) if matter.case.plan is not None else None
    used, back = days_used(matter, covered, through) if covered is not None else (None, ())
    lines = _covering(covered)
    intervals = () if covered is None else tuple(_intervals(covered))
    reasons = {
        "intervals": {reason for interval in intervals for reason in interval.reasons},
        "duties": {reason for duty in due for reason in duty.reasons},
        "consequences": {reason for penalty in follows for reason in penalty.reasons},
        "bars": {reason for bar in bars for reason in bar.reasons},
        "reentry": set(entry.reasons),
        "plan": set(planned.reasons) if planned is not None else set(),
    }
    compared = tuple(readings_used(matter, on, given, reached, entry, standing))
    entry = replace(entry, safe_day=safe_day(entry, compared))
    named = [
        *(duty.rule for duty in due),
        *(penalty.rule for penalty in follows),
        *(bar.rule for bar in bars),
    ]
    references = citations(lines, named, matter.country)
    return Assessment(
        case=matter.case,
        on=on,
        answer=_answer(standing, reached, entry, on),
        standing=standing,
        grounds=tuple(_ground(line, on) for line in lines),
        intervals=intervals,
        last_lawful_day=None if reached is None else reached.last,
        open_end=reached is not None and reached.last is None,
        safe_until=safe_until(matter, on, reached) if standing is not None else None,
        used=used,
        comes_back=back,
        reentry=entry,
        later_entries=tuple(longer_entries(matter, on, entry, back)),
        plan=planned,
        duties=due,
        overstay_days=surely_over,
        overstay_unknown=reasons_of(over),
        consequences=follows,
        if_overstayed=steps,
        bars=bars,
        decisions=may_decide,
        unknown=tuple(open_points(reasons, matter.country)),
        readings=compared,
        conflicts=conflicts_of(references, index_of(matter)),
        confidence=weakest([*(line.basis.confidence for line in lines), *(duty.confidence for duty in due)]),
        law_read_until=tuple(read_until(references, matter.country, on)),
        citations=references,
        traces=RulesJudged(measured, through),
    )


def _answer(standing: Standing | None, reached: Reach | None, entry: Entry, on: date) -> Answer:
    match standing:
        case Standing.LAWFUL:
            assert reached is not None
            if reached.last is None:
                return Answer.MAY_STAY_OPEN
            return Answer.SURE_UNTIL if isinstance(reached.then, Unknown) else Answer.MAY_STAY_UNTIL
        case Standing.UNLAWFUL:
            return Answer.OVERSTAYED
        case Standing.UNKNOWN:
            return Answer.UNKNOWN_TODAY
    match entry.standing:
        case Standing.LAWFUL:
            return Answer.MAY_ENTER if entry.day == on else Answer.MAY_ENTER_FROM
        case Standing.UNKNOWN:
            return Answer.ENTRY_UNKNOWN
    return Answer.MAY_NOT_ENTER


# --- what covers which days ------------------------------------------------------------------------------------------


def _covering(covered: Cover | None) -> tuple[Line, ...]:
    """The titles that cover a day of the stay, surely or perhaps."""
    lines = () if covered is None else covered.lines
    return tuple(line for line in lines if any(run.outcome is not False for run in line.days))


def _ground(line: Line, on: date) -> Ground:
    sure = [run for run in line.days if run.outcome is True]
    at = max(line.days[0].first, min(on.toordinal(), line.days[-1].last))
    outcome = outcome_on(line.days, at)
    open_end = bool(sure) and sure[-1].last == LAST
    return Ground(
        name=line.name,
        rule=line.rule.name,
        provision=line.provision,
        standing=standing_of(outcome),
        first=date.fromordinal(sure[0].first) if sure else None,
        last=date.fromordinal(sure[-1].last) if sure and not open_end else None,
        open_end=open_end,
        confidence=line.basis.confidence,
        row=line.row.name if line.row else None,
        paper=line.paper,
        reasons=tuple(sorted({reason for run in line.days for reason in reasons_of(run.outcome)})),
    )


def _intervals(covered: Cover) -> Iterator[Interval]:
    for run in covered.days:
        grounds = [line.name for line in covered.lines if _touches(line.days, run.first, run.last)]
        yield Interval(
            first=date.fromordinal(run.first),
            last=None if run.last == LAST else date.fromordinal(run.last),
            standing=standing_of(run.outcome),
            grounds=tuple(grounds) if run.outcome is True else (),
            reasons=reasons_of(run.outcome),
        )


def _touches(days: Timeline, first: int, last: int) -> bool:
    return any(run.outcome is True and run.first <= last and first <= run.last for run in days)
