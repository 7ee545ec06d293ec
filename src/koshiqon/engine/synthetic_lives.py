"""The true lives of one shard: persons, their visits, the permits and penalties of visits, and the stays that visits
become where a person leaves and comes back on one day.

Drawn in this order: persons; days of entry (two visits of one person on one day become one); purposes; nights, cut so
that a visit ends on the day before the next one at the latest; checkpoints; permits; turns; times of day.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from koshiqon.engine.draws import Dice, Whole, Yes
from koshiqon.engine.synthetic_tables import DAY, HOUR, Tables, moments_of

NEVER = np.iinfo(np.int32).max
"""A day that does not come."""


@dataclass(frozen=True, slots=True)
class Persons:
    """Columns by person: places in `Tables.citizenships` and `Synthetic.purpose_names`; the citizenship of a second
    passport or -1; the day on which the passport is renewed or NEVER; the first day of a permit without end, counted
    back from the first entry, or -1.
    """

    citizenship: Whole
    purpose: Whole
    man: Yes
    birth_year: Whole
    second: Whole
    renewed: Whole
    resident: Whole


@dataclass(frozen=True, slots=True)
class Visits:
    """Columns by visit, in order of person and day. `paper` is a place in `Synthetic.papers`, or their number where
    there is none; `second` says whether the second passport was used.
    """

    person: Whole
    entry: Whole
    exit: Whole
    purpose: Whole
    point_in: Whole
    point_out: Whole
    second: Yes
    paper: Whole
    turn: Whole


@dataclass(frozen=True, slots=True)
class Stays:
    """Columns by stay, in order of person and day: days, checkpoints, moments in microseconds UTC. `turned` says that
    the person had left on the same day; `open` that the stay ends after the register's last day.
    """

    visit: Whole
    person: Whole
    entry: Whole
    exit: Whole
    moment_in: Whole
    moment_out: Whole
    point_in: Whole
    point_out: Whole
    turned: Yes
    open: Yes


def persons_of(tables: Tables, dice: Dice, number: int) -> Persons:
    """So many persons."""
    habits, rows = tables.plan.habits, np.zeros(number, dtype=np.int64)
    citizenship = dice.draw(tables.persons, rows)
    purpose = dice.draw(tables.purposes, citizenship)
    man = dice.draw(tables.sexes, purpose) == 1
    birth_year = tables.first.year - dice.draw(tables.ages, purpose)
    other = dice.draw(tables.persons, rows)
    second = np.where(dice.happens(habits.second_passport[0], number), other, -1)
    day = dice.below(tables.days, number)
    renewed = np.where(dice.happens(habits.renewed_passport[0], number), day, NEVER)
    resident = np.full(number, -1, dtype=np.int64)
    for row in tables.plan.residents:
        before = dice.below(row.before + 1, number)
        resident = np.where(dice.happens(row.share, number), before, resident)
    return Persons(citizenship, purpose, man, birth_year, second, renewed, resident)


def visits_of(tables: Tables, dice: Dice, persons: Persons) -> Visits:
    """The visits of these persons."""
    habits = tables.plan.habits
    times = dice.draw(tables.visits, persons.citizenship) + 1
    every = np.repeat(np.arange(len(times)), times)
    days = dice.draw(tables.entry_days, persons.citizenship[every])
    keys = np.unique(every * tables.days + days)
    person, entry = keys // tables.days, keys % tables.days
    number, citizenship = len(person), persons.citizenship[person]
    drawn = dice.draw(tables.purposes, citizenship)
    purpose = np.where(dice.happens(habits.keeps_purpose[0], number), persons.purpose[person], drawn)
    exit_ = np.minimum(entry + dice.draw(tables.nights, purpose), _next_entry(person, entry) - 1)
    point_in = dice.draw(tables.routes, citizenship)
    other_way = dice.draw(tables.routes, citizenship)
    point_out = np.where(dice.happens(habits.same_way_out[0], number), point_in, other_way)
    second = (persons.second[person] >= 0) & dice.happens(habits.second_passport_used[0], number)
    paper = dice.draw(tables.papers, purpose * len(tables.citizenships) + citizenship)
    turn = _turns(
        tables, dice, entry, exit_ - entry, (paper < len(tables.plan.papers)) | (persons.resident[person] >= 0)
    )
    return Visits(person, entry, exit_, purpose, point_in, point_out, second, paper, turn)


def _next_entry(person: Whole, entry: Whole) -> Whole:
    """The day of the person's next entry, NEVER after the last."""
    following = np.full(len(person), NEVER, dtype=np.int64)
    same = person[1:] == person[:-1]
    following[:-1][same] = entry[1:][same]
    return following


def _turns(tables: Tables, dice: Dice, entry: Whole, nights: Whole, permitted: Yes) -> Whole:
    """After how many nights each visit is interrupted by leaving and coming back on one day; NEVER where it is not."""
    found = np.full(len(entry), NEVER, dtype=np.int64)
    for since, until, after, share in tables.turns:
        happens = dice.happens(share, len(entry))
        may = ~permitted & (nights > after) & (entry >= since) & (entry < until)
        found = np.where(may & happens, after, found)
    return found


def stays_of(tables: Tables, dice: Dice, visits: Visits) -> Stays:
    """The stays of these visits, as far as they begin within the register's days."""
    pieces = np.maximum(visits.exit - visits.entry - 1, 0) // visits.turn + 1
    visit = np.repeat(np.arange(len(pieces)), pieces)
    piece = np.arange(len(visit)) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    entry = visits.entry[visit] + piece * np.where(piece > 0, visits.turn[visit], 0)
    last = piece == pieces[visit] - 1
    exit_ = np.where(last, visits.exit[visit], entry + np.where(last, 0, visits.turn[visit]))
    point_in = visits.point_in[visit]
    point_out = np.where(last, visits.point_out[visit], point_in)
    clock_in, clock_out = _clock(tables, dice, exit_ == entry, ~last)
    kept = entry < tables.days
    return Stays(
        visit=visit[kept],
        person=visits.person[visit][kept],
        entry=entry[kept],
        exit=exit_[kept],
        moment_in=moments_of(tables, entry[kept], clock_in[kept], point_in[kept]),
        moment_out=moments_of(tables, exit_[kept], clock_out[kept], point_out[kept]),
        point_in=point_in[kept],
        point_out=point_out[kept],
        turned=(piece > 0)[kept],
        open=(exit_ >= tables.days)[kept],
    )


def _clock(tables: Tables, dice: Dice, within_a_day: Yes, before_a_turn: Yes) -> tuple[Whole, Whole]:
    """Local seconds of entry and of exit, so that the moments of one person are in order in every zone.

    Entries keep away from midnight by more than zones differ; who leaves on the day of entry leaves later by more than
    that; and who turns leaves, at the same checkpoint, before the next entry of that day.
    """
    number, margin = len(within_a_day), tables.spread + HOUR
    clock_in = margin + dice.below(DAY - 2 * margin, number)
    free = dice.roll(number)
    clock_out = (free * DAY) >> 32
    earliest = clock_in + margin
    clock_out = np.where(within_a_day, earliest + ((free * (DAY - earliest)) >> 32), clock_out)
    back_at = np.append(clock_in[1:], 0) - HOUR // 6
    return clock_in, np.where(before_a_turn, (free * np.maximum(back_at, 1)) >> 32, clock_out)
