"""Days of law: dates known to the day, month or year, and half-open periods between them.

A period of law starts on `since` and no longer holds on `until`. A date may be known only in part; what then follows
for a given day may be
unknown, and every question here answers yes (True), no (False) or unknown (None).
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

Truth = bool | None
"""Yes, no, or unknown."""

_FORM = re.compile(r"(?P<year>[0-9]{4})(-(?P<month>[0-9]{2})(-(?P<day>[0-9]{2}))?)?")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date known to lie between two days, both included; known exactly where they are one.

    Written `2023-01-27`, `2023-01`, `2023`, `..2019-07-22` (on that day or earlier) or `unknown`; `text` keeps the
    writing.
    """

    earliest: date
    latest: date
    text: str

    @property
    def is_exact(self) -> bool:
        return self.earliest == self.latest

    @property
    def is_unknown(self) -> bool:
        return self.earliest == date.min and self.latest == date.max

    def is_on_or_before(self, day: date) -> Truth:
        """Has this date come by `day`?"""
        if self.latest <= day:
            return True
        return False if self.earliest > day else None


UNKNOWN_DATE = PartialDate(date.min, date.max, "unknown")


def parse_date(text: str) -> PartialDate:
    """Read a date in one of the forms of `PartialDate`. Raises ValueError for anything else."""
    if text == "unknown":
        return UNKNOWN_DATE
    match = _FORM.fullmatch(text.removeprefix(".."))
    if match is None:
        raise ValueError(text)
    if text.startswith(".."):
        return PartialDate(date.min, parse_date(text[2:]).latest, text)
    year = int(match["year"])
    if match["month"] is None:
        return PartialDate(date(year, 1, 1), date(year, 12, 31), text)
    month = int(match["month"])
    if match["day"] is None:
        return PartialDate(date(year, month, 1), date(year, month, monthrange(year, month)[1]), text)
    return exactly(date(year, month, int(match["day"])))


def exactly(day: date) -> PartialDate:
    return PartialDate(day, day, day.isoformat())


@dataclass(frozen=True, slots=True)
class Period:
    """From `since` (included) to `until` (excluded); `until` None means open."""

    since: PartialDate
    until: PartialDate | None = None

    def contains(self, day: date) -> Truth:
        """Does the period hold on `day`? No beats unknown, unknown beats yes."""
        started = self.since.is_on_or_before(day)
        ended = False if self.until is None else self.until.is_on_or_before(day)
        if started is False or ended is True:
            return False
        return None if started is None or ended is None else True

    def surely_overlaps(self, other: Period) -> bool:
        """Is there a day on which both periods certainly hold?"""
        first = max(self.since.latest, other.since.latest)
        ends = [period.until.earliest for period in (self, other) if period.until is not None]
        return first < min(ends) if ends else first < date.max

    def is_backwards(self) -> bool:
        """Does the period certainly end on or before the day it starts?"""
        return self.until is not None and self.until.latest <= self.since.earliest
