"""Trips as people paste them: a line a trip, days in the usual ways of writing them.

A line holds a day of entry and a day of exit, or only the day of entry of somebody who is still in the country. Days
are written 2026-01-05, 05.01.2026 or 05/01/2026 (day first); words beside two days are passed over, words beside one
day are not, for they may say that it was the exit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

MOST_TRIPS = 120
"""Trips of one form."""
_DAY = re.compile(
    r"(?<!\d)(?:(?P<year>\d{4})[-./](?P<month>\d{1,2})[-./](?P<day>\d{1,2})"
    r"|(?P<first>\d{1,2})[-./](?P<second>\d{1,2})[-./](?P<third>\d{4}))(?!\d)"
)
_TIME = re.compile(r"\b\d{1,2}:\d{2}(?::\d{2})?\b")
_NUMBERED = re.compile(r"^\s*\d{1,3}[.)]\s+(?=\S)")
_SIGNS = re.compile(r"[\s\-\u2010-\u2015.,;:/|()\[\]…→>]*")


@dataclass(frozen=True, slots=True)
class TripRow:
    """A trip as typed: two days, either of them perhaps empty or no day."""

    entry: str = ""
    exit: str = ""


@dataclass(frozen=True, slots=True)
class Pasted:
    """What was found in a pasted text: trips, and the lines that cannot be read with their numbers."""

    trips: tuple[TripRow, ...]
    unread: tuple[tuple[int, str], ...]


def pasted_trips(text: str) -> Pasted:
    """The trips in a pasted text; empty lines are passed over."""
    trips: list[TripRow] = []
    unread: list[tuple[int, str]] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        trip = _trip(line)
        if trip is None:
            unread.append((number, line.strip()[:80]))
        else:
            trips.append(trip)
    return Pasted(tuple(trips), tuple(unread))


def day_as_written(text: str) -> str:
    """A day in one of the usual ways as YYYY-MM-DD; any other text as it is, for somebody else to refuse."""
    found = _DAY.fullmatch(text.strip())
    day = _day(found) if found is not None else None
    return day.isoformat() if day is not None else text.strip()


def is_day(text: str) -> bool:
    """Is this a day of the calendar as YYYY-MM-DD, which a field of days can show?"""
    try:
        return len(text) == 10 and date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _trip(line: str) -> TripRow | None:
    rest = _TIME.sub(" ", _NUMBERED.sub("", line))
    found = list(_DAY.finditer(rest))
    days = [_day(match) for match in found]
    if None in days or not 1 <= len(days) <= 2:
        return None
    if len(days) == 1 and not _SIGNS.fullmatch(_DAY.sub("", rest)):
        return None
    told = [day.isoformat() for day in days if day is not None]
    return TripRow(told[0], told[1] if len(told) == 2 else "")


def _day(found: re.Match[str]) -> date | None:
    """The day that was written; None where the calendar has no such day."""
    part = found.groupdict()
    year, month, day = (
        (part["year"], part["month"], part["day"])
        if part["year"] is not None
        else (part["third"], part["second"], part["first"])
    )
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
