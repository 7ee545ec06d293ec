"""Names of months, weekdays and days for the calendar that a script draws: browsers do not know Kazakh everywhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from babel.dates import format_skeleton, get_day_names

from koshiqon.render.words import Voice

BACK, AHEAD = 200, 90
"""Days of the calendar before and after today."""


@dataclass(frozen=True, slots=True)
class CalendarNames:
    """The first and last day of the calendar; its months as `YYYY-MM|name|day of it written out, with {d}`, and its
    weekdays from Monday, each in one line.
    """

    first: date
    last: date
    months: str
    weekdays: str


def calendar_names(voice: Voice, today: date) -> CalendarNames:
    """The names of the calendar around a day, in the language of the voice."""
    first, last = today - timedelta(days=BACK), today + timedelta(days=AHEAD)
    month, told = first.replace(day=1), []
    while month <= last:
        name = str(format_skeleton("yMMMM", month, locale=voice.formats))
        told.append(f"{month:%Y-%m}|{name}|{_written_out(month, voice)}")
        month = (month + timedelta(days=31)).replace(day=1)
    names = get_day_names("abbreviated", locale=voice.formats)
    return CalendarNames(first, last, "\n".join(told), "\n".join(names[number] for number in range(7)))


def _written_out(month: date, voice: Voice) -> str:
    """A day of the month written out with its number left open; the number tried first is none that the year holds."""
    number = next(number for number in range(10, 28) if str(number) not in str(month.year))
    return voice.day(month.replace(day=number)).replace(str(number), "{d}")
