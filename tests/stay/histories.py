"""Random lives at a border that press on the limits: dense visits, months, seasons, same-day turns, permits, reforms.

One maker serves both the seeded run of thousands of lives and Hypothesis, which shrinks what it finds: both hand in a
`random.Random`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

LAWS = [
    (30, 90, 180),
    (90, 90, 180),
    (14, 42, 180),
    (15, 30, 60),
    (5, 9, 20),
    (None, 12, 30),
    (10, None, None),
    (3, 2, 4),
]
LAWS += [(None, 90, 180), (20, 21, 28), (0, 5, 9), (7, 30, 30), (None, 6, 7)]
LENGTHS = {
    "dense": (1, 2, 3, 4),
    "month": (13, 14, 15, 29, 30, 31),
    "season": (41, 42, 43, 60, 89, 90, 91),
    "mixed": (1, 2, 4, 9, 10, 15, 29, 30, 31),
}
GAPS = {
    "dense": (-1, 0, 1, 3),
    "month": (-1, -1, 0, 1, 5, 15, 30),
    "season": (-1, 0, 30, 88, 89, 90, 91),
    "mixed": (-1, -1, 0, 1, 10, 30, 60, 90, 149, 150, 151, 180),
}
START = date(2022, 6, 1)


@dataclass(frozen=True)
class Life:
    """Plain data as the reference takes it."""

    stays: list[tuple[date, date | None]]
    law: list[tuple[date, int | None, int | None, int | None]]
    reading: tuple[bool, bool, list[tuple[date, date | None]], date | None]
    on: date
    horizon: date


def life(random: Random) -> Life:
    """One life; a gap of -1 is an entry on the day of the last exit."""
    stays, day, style = [], START + random.randrange(60) * timedelta(days=1), random.choice(list(LENGTHS))
    for _ in range(random.randint(1, 7)):
        leave = day + timedelta(days=random.choice(LENGTHS[style]) - 1)
        stays.append((day, leave))
        day = leave + timedelta(days=1 + random.choice(GAPS[style]))
    entry, leave = stays[-1]
    if random.random() < 0.6:
        stays[-1] = (entry, None)
    span = (leave - START).days + 1

    def some_day() -> date:
        return random.choice(
            [START + timedelta(days=random.randrange(span)), entry + timedelta(days=random.randrange(9))]
        )

    law = [(date(2000, 1, 1), *random.choice(LAWS))]
    for since in sorted({some_day() for _ in range(random.choice([0, 0, 1, 1, 2]))}):
        law.append((since, *random.choice(LAWS)))
    uncounted = []
    for _ in range(random.choice([0, 0, 1, 2])):
        since = some_day()
        uncounted.append((since, None if random.random() < 0.05 else since + timedelta(days=random.choice([1, 5, 20]))))
    since = some_day() if random.random() < 0.3 else None
    if random.random() < 0.1:
        since = random.choice(stays)[0]
    reading = (random.random() < 0.7, random.random() < 0.7, uncounted, since)
    return Life(stays, law, reading, some_day(), entry + timedelta(days=random.choice([20, 130, 200])))
