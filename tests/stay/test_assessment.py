"""The whole answer about a stay, against a reference that walks through every day of thousands of random lives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from random import Random

import invented
import lives
import pytest
import reference_assessment as reference
from lives import Life, Row, Title

from koshiqon.stay.answer import Assessment, Standing
from koshiqon.stay.assessment import assess

ANSWER = {Standing.LAWFUL: True, Standing.UNLAWFUL: False, Standing.UNKNOWN: None}
ONE = timedelta(days=1)


# --- what the program says, and what is defined ----------------------------------------------------------------------


def told(life: Life, answer: Assessment, every_reading: bool) -> dict[str, object]:
    """Every measured value of an assessment."""
    used = answer.used
    assert answer.reentry is not None
    return {
        "days": _days(answer, life),
        "today": None if answer.standing is None else ANSWER[answer.standing],
        "last lawful day": (answer.last_lawful_day, answer.open_end),
        "safe until": answer.safe_until if every_reading else None,
        "overstay": answer.overstay_days,
        "used": None if used is None else (used.used_entry, used.used_window),
        "back": [run.first + ONE * number for run in answer.comes_back for number in range(run.days)],
        "entry": (ANSWER[answer.reentry.standing], answer.reentry.day, answer.reentry.until),
        "longer": [(entry.day, entry.until) for entry in answer.later_entries] if every_reading else None,
        "plan": None if answer.plan is None else (ANSWER[answer.plan.standing], answer.plan.broken_on),
    }


def _days(answer: Assessment, life: Life) -> dict[date, bool | None]:
    """How each day of the stay stands, through its exit or the horizon."""
    runs = [(run.first, run.last or life.horizon, ANSWER[run.standing]) for run in answer.intervals]
    return {
        first + ONE * number: standing
        for first, last, standing in runs
        for number in range((min(last, life.horizon) - first).days + 1)
    }


def defined(life: Life, every_reading: bool, ground: str | None) -> dict[str, object]:
    """The same by the reference. Days used are told of one ground: of the rule and the row named."""
    stays, readings = life.stays, life.readings
    days = dict(reference.walk(life, readings, stays, life.horizon))
    leave = stays[-1][1]
    inside = leave is None or leave >= life.on
    through = life.on if leave is None or inside else leave
    last = reference.last_lawful_day(life, readings, stays, through)
    used, back = _used(life, through, ground)
    entry = reference.earliest_entry(life, readings, stays, life.on)
    return {
        "days": days,
        "today": days[life.on] if inside else None,
        "last lawful day": (last, last is None),
        "safe until": _safe_until(life) if every_reading and inside else None,
        "overstay": reference.overstay_days(life, readings, stays, through),
        "used": used,
        "back": back,
        "entry": entry,
        "longer": list(_longer(life, entry, back)) if every_reading else None,
        "plan": None if life.plan is None else reference.fit(life, readings, stays, life.on),
    }


def _longer(
    life: Life, entry: tuple[bool | None, date | None, date | None], back: list[date]
) -> Iterator[tuple[date, date | None]]:
    """Of days on which the last of neighbouring days comes back, those from which one may stay longer than before."""
    lawful, first, until = entry
    if lawful is not True or first is None or until is None:
        return
    gone = [(day, life.on if leave is None or leave > life.on else leave) for day, leave in life.stays]
    longest = until - first
    for day in (day for day in back if day + ONE not in back and day > first):
        lawful, entered, until = reference.earliest_entry(life, life.readings, gone, day)
        if lawful is not True or entered != day:
            continue
        if until is None:
            yield day, None
            return
        if until - day > longest:
            yield day, until
            longest = until - day


def _safe_until(life: Life) -> date | None:
    """The earliest last lawful day over every combination of the readings."""
    combinations = [dict(zip(life.options, options, strict=True)) for options in product(*life.options.values())]
    ends = [reference.last_lawful_day(life, taken, life.stays, life.on) for taken in combinations]
    return min((end for end in ends if end is not None), default=None)


def _used(life: Life, through: date, ground: str | None) -> tuple[tuple[int, int | None] | None, list[date]]:
    """Days used under the limits of one ground; without one, no title by limits that is the law of the day, or may be,
    covers any day of the stay.
    """
    limited = list(_limited(life, through))
    if ground is None:
        assert not [name for name, rule, row, _ in limited if _may_cover(rule, row, life)]
        return None, []
    rule, window = next((rule, window) for name, rule, _, window in limited if name == ground)
    used = reference.used_days(life, life.readings, life.stays, through)
    spent = used["entry"][through][0]
    if window is None:
        return (spent, None), []
    since = reference.since_when(rule, life.readings)
    back = reference.days_back(life, life.readings, life.stays, through, window, since)
    return (spent, reference.in_window(used, through, window, since)[0]), back


def _limited(life: Life, through: date) -> Iterator[tuple[str, Title, Row | None, int | None]]:
    """The titles by limits of days that are the law of a day, or may be, each with its row and its window."""
    for rule in life.titles:
        law_of = reference.day_of_law(rule, life.stays[-1], through)
        if not reference.is_believed(rule, life.readings) or reference.in_force(rule.period, law_of) is False:
            continue
        if rule.shape == "limit":
            yield rule.name, rule, None, rule.limit[2]
        for row, regime in invented.regimes_of(life):
            own = row.citizenship == life.citizenship and row.code in rule.codes
            if own and reference.in_force(row.period, law_of) is not False:
                applied = reference.window_applies(row, life.readings, law_of) is not False
                yield f"{rule.name}/{regime.name}", rule, row, row.window if applied else None


def _may_cover(rule: Title, row: Row | None, life: Life) -> bool:
    """Does the title, by this row alone, surely or perhaps cover a day of the stay?"""
    general = [other for other in life.rows if other.citizenship == "*"]
    alone = replace(life, rows=[*general, *([row] if row else [])])
    stay, readings = life.stays[-1], life.readings
    used = reference.used_days(life, readings, life.stays, stay[1] or life.horizon)
    return any(
        reference.all_of(
            [
                reference.covers(rule, alone, readings, stay, day, used, None),
                reference.holds(rule, life, stay, day),
                reference.not_(reference.is_taken_away(rule, life, readings, stay, day)),
            ]
        )
        is not False
        for day in used["entry"]
        if reference.is_present(stay, day)
    )


# --- what decides ----------------------------------------------------------------------------------------------------


def outcome(life: Life) -> tuple[date | None, bool | None]:
    """The last lawful day, and how the day asked stands."""
    stays, leave = life.stays, life.stays[-1][1]
    asked = life.on if leave is None or leave >= life.on else leave
    last = reference.last_lawful_day(life, life.readings, stays, asked)
    return last, dict(reference.walk(life, life.readings, stays, asked))[asked]


def without(life: Life) -> dict[str, Life]:
    """The same life without each of the things that may decide it."""
    rows, titles = life.rows, life.titles
    no_entry_limit = [replace(row, per_entry=row.per_entry and 200) for row in rows]
    no_window = [replace(row, days=None, window=None) for row in rows]
    return {
        "days per entry": replace(life, rows=no_entry_limit),
        "days in a window": replace(life, rows=no_window),
        "a paper": replace(life, papers=[]),
        "a change of rows": replace(life, titles=[replace(title, stays_begun=True) for title in titles]),
        "counts_from": replace(life, titles=[replace(title, counts_from=None) for title in titles]),
    }


def deciding(life: Life) -> Iterator[str]:
    """The things without which the last lawful day or today's standing would be another; and what is unknown."""
    last, today = outcome(life)
    yield from (name for name, other in without(life).items() if outcome(other) != (last, today))
    if today is None:
        yield "unknown"
    elif last is not None and life.stays[-1][1] is None:
        follows = dict(reference.walk(life, life.readings, life.stays, last + ONE))
        yield from ["unknown"] if follows.get(last + ONE, True) is None else []


# --- thousands of lives ----------------------------------------------------------------------------------------------

FEW = [range(first, first + 250) for first in range(0, 1_000, 250)]
MANY = [range(first, first + 1_000) for first in range(1_000, 21_000, 1_000)]


@pytest.mark.parametrize("seeds", [*FEW, *(pytest.param(seeds, marks=pytest.mark.long) for seeds in MANY)], ids=str)
def test_every_measured_value_is_what_a_walk_through_the_days_finds(seeds):
    for seed in seeds:
        life, every_reading = lives.life(Random(seed)), seed % 10 == 0
        answer = assess(invented.case_of(life), invented.country_of(life), life.on, life.readings)
        ground = None if answer.used is None else answer.used.ground
        assert told(life, answer, every_reading) == defined(life, every_reading, ground), f"life {seed}"


@pytest.mark.parametrize("seeds", [range(200), pytest.param(range(1_000, 21_000, 5), marks=pytest.mark.long)], ids=str)
def test_each_limit_paper_change_and_doubt_decides_a_tenth_of_the_lives(seeds):
    told = Counter(name for seed in seeds for name in deciding(lives.life(Random(seed))))
    rare = {name: number for name, number in told.items() if number < len(seeds) / 10}
    assert len(told) == 6 and not rare, told
