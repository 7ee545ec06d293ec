"""The calendars of a worked history as drawn pictures, one for each reading of the law."""

from __future__ import annotations

from datetime import date

from koshiqon.render.blocks import StripPage
from koshiqon.render.day_calendar import Mark, drawn_days
from koshiqon.render.day_picture import described, picture_of
from koshiqon.render.stay_codes import MARKS_OF_HISTORY
from koshiqon.render.words import Voice, plain
from koshiqon.review.document import Calendar, Strip


def strips_of(calendar: Calendar, voice: Voice) -> tuple[StripPage, ...]:
    """Every strip of a calendar, from the first day of its first month to the day judged."""
    first = min(days.first for strip in calendar.strips for days in strip.days).replace(day=1)
    return tuple(_strip(calendar, number, strip, first, voice) for number, strip in enumerate(calendar.strips, 1))


def _strip(calendar: Calendar, number: int, strip: Strip, first: date, voice: Voice) -> StripPage:
    def mark_of(day: date) -> Mark:
        """Days told later stand over earlier ones: the day on which one leaves and comes back is shown once."""
        told = [days.mark for days in strip.days if days.first <= day <= days.last]
        return Mark(told[-1]) if told else Mark.AWAY

    days = drawn_days(first, calendar.today, calendar.today, mark_of)
    name = f"{calendar.name}-{number}"
    heading = plain(voice.say(strip.reading)) if strip.reading is not None else ""
    svg = picture_of(days, voice, MARKS_OF_HISTORY, f"-{name}")
    return StripPage(name, heading, svg, described(days, voice, MARKS_OF_HISTORY))
