"""The side tables of one shard: permits, penalties, and which two passports belong to one person."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from koshiqon.engine.draws import Dice, Whole, Yes
from koshiqon.engine.synthetic_lives import Persons, Visits
from koshiqon.engine.synthetic_tables import Tables

NO_DAY = np.iinfo(np.int32).min
"""Stands for the last day of a permit without end."""


@dataclass(frozen=True, slots=True)
class Permits:
    """Columns by permit: the person, whether it is in the second passport, the title (a place in the titles of
    `titles_of`), the first and the last day.
    """

    person: Whole
    second: Yes
    title: Whole
    since: Whole
    until: Whole


@dataclass(frozen=True, slots=True)
class Penalties:
    """Columns by penalty: the visit it belongs to, a place in `Synthetic.penalties`, the day it was decided."""

    visit: Whole
    penalty: Whole
    decided: Whole


def titles_of(tables: Tables) -> tuple[str, ...]:
    """The titles of permits: those of visits, then those without end."""
    return tuple(row.title for row in tables.plan.papers) + tuple(row.title for row in tables.plan.residents)


def permits_of(tables: Tables, dice: Dice, persons: Persons, visits: Visits) -> Permits:
    """Permits given during a visit and within the register's days, and permits without end."""
    rows = tables.plan.papers
    number, none = len(visits.person), len(rows)
    within = np.array([row.within for row in rows] + [0])[visits.paper]
    least = np.array([row.least for row in rows] + [1])[visits.paper]
    most = np.array([row.most for row in rows] + [1])[visits.paper]
    since = visits.entry + dice.below(within + 1, number)
    until = since + least + dice.below(most - least + 1, number) - 1
    given = (visits.paper < none) & (since <= visits.exit) & (since < tables.days)
    resident = np.flatnonzero(persons.resident >= 0)
    arrived = visits.entry[np.searchsorted(visits.person, resident)]
    title = np.full(len(resident), none, dtype=np.int64)
    return Permits(
        person=np.append(visits.person[given], resident),
        second=np.append(visits.second[given], np.zeros(len(resident), dtype=np.bool_)),
        title=np.append(visits.paper[given], title),
        since=np.append(since[given], arrived - persons.resident[resident]),
        until=np.append(until[given], np.full(len(resident), NO_DAY, dtype=np.int64)),
    )


def penalties_of(tables: Tables, dice: Dice, persons: Persons, visits: Visits) -> Penalties:
    """Penalties of visits without a permit that grew long, decided on one of the last days; at most one a visit."""
    rows, number = tables.plan.penalties, len(visits.person)
    nights = visits.exit - visits.entry
    bare = (visits.paper == len(tables.plan.papers)) & (persons.resident[visits.person] < 0)
    ended = visits.exit < tables.days
    unbroken = visits.turn > nights
    roll, found, below = dice.roll(number), np.full(number, -1, dtype=np.int64), 0.0
    for place, row in enumerate(rows):
        happens = (roll >= round(below * 2**32)) & (roll < round((below + row.share) * 2**32))
        found = np.where(bare & ended & unbroken & (nights > row.longer_than) & happens, place, found)
        below += row.share
    decided = visits.exit - np.minimum(dice.below(6, number), nights)
    visit = np.flatnonzero(found >= 0)
    return Penalties(visit, found[visit], decided[visit])
