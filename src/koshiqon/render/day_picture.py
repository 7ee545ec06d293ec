"""The calendar of an answer as a drawn picture (SVG): a square a day, told apart in grey by filling, hatching and
sign.

Colours are the tokens, so that the picture follows them on the screen; a described list of runs stands for it where
nobody sees it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from html import escape

from babel.dates import format_skeleton

from koshiqon.render.day_calendar import DayCalendar, Mark, MarkedRun, MonthRow
from koshiqon.render.stay_codes import MARKS
from koshiqon.render.stay_words import said, word
from koshiqon.render.tokens import LIGHT, PRINT_FONT
from koshiqon.render.words import Voice

CELL, GAP, MARGIN = 15, 2, 92
"""A day's square, the room between two, the room for the name of the month; in units of the picture."""
TOP = 20
LEGEND = 21
"""Height of a line of the legend."""
WIDTH = MARGIN + 31 * (CELL + GAP)

FILLS: dict[Mark, tuple[str, str]] = {
    Mark.COUNTED: (LIGHT["lawful"], LIGHT["lawful"]),
    Mark.UNCOUNTED: (LIGHT["paper"], LIGHT["lawful"]),
    Mark.UNLAWFUL: ("url(#unlawful)", LIGHT["unlawful"]),
    Mark.UNKNOWN: (LIGHT["line"], LIGHT["unknown"]),
    Mark.AHEAD: (LIGHT["paper"], LIGHT["lawful"]),
    Mark.PLANNED: (LIGHT["paper"], LIGHT["accent"]),
    Mark.AWAY: ("none", "none"),
}
"""Filling and edge of each mark."""


def picture_of(calendar: DayCalendar, voice: Voice, words: Mapping[str, str] = MARKS, name: str = "") -> str:
    """The calendar as SVG, sized by its viewBox; the legend stands below the months, in the `words` for the marks.
    Several pictures in one page each need a `name`.
    """
    marks = calendar.marks
    height = TOP + len(calendar.rows) * (CELL + GAP) + 12 + (len(marks) + 1) // 2 * LEGEND
    body = [*_numbers(), *_months(calendar, voice), *_legend(calendar, voice, words, height)]
    pattern = (
        f'<pattern id="unlawful" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        f'<rect width="4" height="4" fill="{LIGHT["paper"]}"/>'
        f'<rect width="2" height="4" fill="{LIGHT["unlawful"]}"/></pattern>'
    )
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" font-family="{PRINT_FONT}, serif">'
    drawn = f"{head}<defs>{pattern}</defs>{''.join(body)}</svg>"
    return drawn.replace('id="unlawful"', f'id="unlawful{name}"').replace("url(#unlawful)", f"url(#unlawful{name})")


def described(calendar: DayCalendar, voice: Voice, words: Mapping[str, str] = MARKS) -> str:
    """The same calendar in words, a run of days after another."""
    span = said(voice, "calendar_span", first=voice.day(calendar.first), last=voice.day(calendar.last))
    runs = "; ".join(_run(run, voice, words) for run in calendar.runs)
    return f"{span.rstrip('.')}. {runs.rstrip('.')}."


def _run(run: MarkedRun, voice: Voice, words: Mapping[str, str]) -> str:
    mark = word(voice, words, run.mark)
    if run.first == run.last:
        return said(voice, "labelled", label=voice.day(run.first), value=mark)
    return said(voice, "run", first=voice.day(run.first), last=voice.day(run.last), mark=mark)


# --- parts of the picture --------------------------------------------------------------------------------------------


def _numbers() -> Iterator[str]:
    for day in (1, 5, 10, 15, 20, 25, 30):
        yield _text(_left(day) + CELL / 2, TOP - 7, str(day), LIGHT["quiet"], anchor="middle")


def _months(calendar: DayCalendar, voice: Voice) -> Iterator[str]:
    for number, row in enumerate(calendar.rows):
        top = TOP + number * (CELL + GAP)
        name = str(format_skeleton("yMMM", row.month, locale=voice.formats))
        yield _text(0, top + CELL - 4, name, LIGHT["ink"])
        yield from _days(row, top)
        if row.month == calendar.today.replace(day=1):
            left = _left(calendar.today.day)
            yield (
                f'<rect x="{left - 2}" y="{top - 2}" width="{CELL + 4}" height="{CELL + 4}" fill="none" '
                f'stroke="{LIGHT["ink"]}" stroke-width="2"/>'
            )


def _days(row: MonthRow, top: float) -> Iterator[str]:
    for day, mark in enumerate(row.marks, 1):
        if mark is not None:
            yield _square(_left(day), top, mark)


@lru_cache(maxsize=4096)
def _square(left: float, top: float, mark: Mark) -> str:
    fill, edge = FILLS[mark]
    middle, low = left + CELL / 2, top + CELL - 4
    if mark is Mark.AWAY:
        return f'<circle cx="{middle}" cy="{top + CELL / 2}" r="1.5" fill="{LIGHT["unknown"]}"/>'
    dashes = ' stroke-dasharray="3 2"' if mark is Mark.PLANNED else ' stroke-dasharray="1 2"' * (mark is Mark.AHEAD)
    square = (
        f'<rect x="{left + 0.75}" y="{top + 0.75}" width="{CELL - 1.5}" height="{CELL - 1.5}" fill="{fill}" '
        f'stroke="{edge}" stroke-width="1.5"{dashes}/>'
    )
    if mark is Mark.UNKNOWN:
        return square + _text(middle, low, "?", LIGHT["ink"], anchor="middle")
    return square + _text(middle, low, "+", LIGHT["accent"], anchor="middle") if mark is Mark.PLANNED else square


def _legend(calendar: DayCalendar, voice: Voice, words: Mapping[str, str], height: float) -> Iterator[str]:
    """Two marks a line, in the order of the marks."""
    marks = calendar.marks
    first = height - (len(marks) + 1) // 2 * LEGEND + 2
    for number, mark in enumerate(marks):
        left, top = (number % 2) * (WIDTH / 2), first + number // 2 * LEGEND
        yield _square(left, top, mark)
        yield _text(left + CELL + 7, top + CELL - 4, word(voice, words, mark), LIGHT["ink"])


def _left(day: int) -> float:
    return MARGIN + (day - 1) * (CELL + GAP)


def _text(left: float, low: float, words: str, colour: str, anchor: str = "start") -> str:
    return f'<text x="{left}" y="{low}" font-size="12" fill="{colour}" text-anchor="{anchor}">{escape(words)}</text>'
