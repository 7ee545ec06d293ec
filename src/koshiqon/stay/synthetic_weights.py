"""From the description of a synthetic register to weights that can be drawn from: of persons, days, visits, nights.

Pure and slow enough to be plain: a few hundred lists of a few thousand numbers for a whole register.
"""

from __future__ import annotations

import math
from calendar import monthrange
from datetime import date, timedelta

from koshiqon.stay.synthetic import Nights, Synthetic, row_of, rows_of

LONGEST = 730
"""No visit is drawn longer, in nights."""


def persons_by_citizenship(plan: Synthetic) -> list[float]:
    """Weights of persons in the order of `plan.citizenships`: entries divided by the visits of one person."""
    return [row.entries / row_of(plan.visits, row.citizenship).mean for row in plan.citizenships]


def days_by_weight(plan: Synthetic, citizenship: str, since: date, until: date) -> list[float]:
    """The weight of an entry on each day from `since` to `until`, both included. The days of a whole year add up to
    the weight of the year, whatever spells fall into it. Raises KeyError for a year without weight.
    """
    weights: list[float] = []
    yearly = {row.year: row.weight for row in plan.years}
    for year in range(since.year, until.year + 1):
        days = _days_of(year)
        raw = [_day(plan, citizenship, day) for day in days]
        scale = yearly[year] / sum(raw)
        weights += [weight * scale for day, weight in zip(days, raw, strict=True) if since <= day <= until]
    return weights


def _days_of(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(number) for number in range((date(year + 1, 1, 1) - first).days)]


def _day(plan: Synthetic, citizenship: str, day: date) -> float:
    weight = row_of(plan.seasons, citizenship).months[day.month - 1] / monthrange(day.year, day.month)[1]
    for spell in plan.spells:
        if spell.since <= day < spell.until and (not spell.citizenships or citizenship in spell.citizenships):
            weight *= spell.factor
    return weight


def visits_by_weight(plan: Synthetic, citizenship: str, since: date, until: date) -> list[float]:
    """The weight of 1, 2, 3 … visits of one person, by a Zipf law cut off at the most. Its exponent is found by halving
    so that the mean is the file's; what is above one visit shrinks with the part of the years that is asked for.
    """
    row = row_of(plan.visits, citizenship)
    part = sum(days_by_weight(plan, citizenship, since, until)) / sum(year.weight for year in plan.years)
    mean = 1 + (row.mean - 1) * part
    lowest, highest = 0.0, 20.0
    for _ in range(60):
        exponent = (lowest + highest) / 2
        weights = [number**-exponent for number in range(1, row.most + 1)]
        found = sum(number * weight for number, weight in enumerate(weights, 1)) / sum(weights)
        lowest, highest = (exponent, highest) if found > mean else (lowest, exponent)
    return weights


def nights_by_weight(plan: Synthetic, purpose: str) -> list[float]:
    """The weight of 0, 1, 2 … nights of a visit."""
    weights = [0.0] * (LONGEST + 1)
    for row in plan.nights:
        if row.purpose == purpose:
            part = [_nights(row, number) for number in range(LONGEST + 1)]
            weights = [old + row.weight * new / sum(part) for old, new in zip(weights, part, strict=True)]
    return weights


def _nights(row: Nights, number: int) -> float:
    if row.median is not None and row.spread is not None:
        return _below(number + 0.5, row.median, row.spread) - _below(number - 0.5, row.median, row.spread)
    assert row.least is not None
    assert row.most is not None
    return float(row.least <= number <= row.most)


def _below(nights: float, median: float, spread: float) -> float:
    """The share of a log-normal law below so many nights."""
    if nights <= 0:
        return 0.0
    return 0.5 * (1 + math.erf((math.log(nights) - math.log(median)) / (spread * math.sqrt(2))))


def purposes_by_weight(plan: Synthetic, citizenship: str) -> list[float]:
    """In the order of `plan.purpose_names`."""
    weights = dict(row_of(plan.purposes, citizenship).weights)
    return [weights.get(purpose, 0.0) for purpose in plan.purpose_names]


def sexes_by_weight(plan: Synthetic, purpose: str) -> list[float]:
    """Women, men."""
    men = rows_of(plan.sexes, purpose)[0].men
    return [1 - men, men]


def ages_by_weight(plan: Synthetic, purpose: str) -> list[float]:
    """The weight of each full year of age from 0."""
    weights = [0.0] * (max(row.most for row in plan.ages) + 1)
    for row in rows_of(plan.ages, purpose):
        for age in range(row.least, row.most + 1):
            weights[age] += row.weight / (row.most - row.least + 1)
    return weights


def routes_by_weight(plan: Synthetic, citizenship: str) -> list[float]:
    """The weight of each single checkpoint, group after group, the points of a group alike."""
    weights = dict(row_of(plan.routes, citizenship).weights)
    return [weights.get(group.group, 0.0) / group.points for group in plan.checkpoints for _ in range(group.points)]


def papers_by_weight(plan: Synthetic, purpose: str, citizenship: str) -> list[float]:
    """The share of each permit in the order of `plan.papers`, and last of none."""
    shares = [
        row.share
        if (not row.purposes or purpose in row.purposes) and (not row.citizenships or citizenship in row.citizenships)
        else 0.0
        for row in plan.papers
    ]
    return [*shares, max(0.0, 1 - sum(shares))]
