"""The days around the day asked as a strip (SVG): one line of days, or several shorter ones for a narrow screen.

The window back is drawn, and as many days ahead as matter; each run of days by the fillings and signs of the calendar,
the day asked by a line through it, and below the line the days on which used days leave the window and may be used
again. Colours are the tokens, so that the picture follows the screen.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape

from koshiqon.country import Country
from koshiqon.render.day_calendar import AHEAD, FARTHEST, DayCalendar, Mark, calendar_until
from koshiqon.render.day_picture import FILLS
from koshiqon.render.phrases import N_
from koshiqon.render.stay_codes import MARKS
from koshiqon.render.stay_words import word
from koshiqon.render.tokens import LIGHT
from koshiqon.render.words import Voice
from koshiqon.render.written_values import month_written
from koshiqon.stay.answer import Assessment
from koshiqon.stay.presence import DaysBack

LABEL, BARE, BAR, MONTHS = 18, 4, 22, 20
"""Heights within a line of days: above the days with and without the label of the day asked, the days, the months."""
PLAIN, RETURNS = 12, 28
"""The room below the days, without and with days that come back."""
ROOM = 30
"""Units between two signs within one run."""
COMES_BACK = N_("used days leave the count, one a day")
DAY_ASKED = N_("the day asked")


@dataclass(frozen=True, slots=True)
class DayStrip:
    """The days drawn and the runs of days on which used days come back."""

    days: DayCalendar
    back: tuple[DaysBack, ...]


@dataclass(frozen=True, slots=True)
class Sign:
    """One line of the legend: the sign as SVG, and what it means."""

    svg: str
    words: str


def strip_of(answer: Assessment, country: Country) -> DayStrip:
    """The days of an assessment: its window back, the next ninety days, and a trip in mind to its end."""
    last = answer.on + timedelta(days=AHEAD)
    if answer.plan is not None:
        last = min(max(last, answer.plan.last), answer.on + timedelta(days=FARTHEST))
    return DayStrip(calendar_until(last, answer, country), answer.comes_back)


def strip_picture(strip: DayStrip, voice: Voice, width: int, lines: int, name: str) -> str:
    """The strip as SVG, `width` units wide, its days on so many lines; `name` tells the pictures of a page apart."""
    number = (strip.days.last - strip.days.first).days + 1
    each = -(-number // lines)
    top, body = 0, list[str]()
    for start in range(0, number, each):
        first = strip.days.first + timedelta(days=start)
        last = min(first + timedelta(days=each - 1), strip.days.last)
        piece = _Piece(first, last, width / each, top, name)
        body += _line(strip, voice, piece)
        top += _height(strip, piece)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {top}" aria-hidden="true">'
        f"<defs>{_hatch(name)}</defs>{''.join(body)}</svg>"
    )


def signs_of(strip: DayStrip, voice: Voice) -> tuple[Sign, ...]:
    """The legend: the marks that occur, in their order, and days that come back where there are any in the picture."""
    told = [Sign(_swatch(mark), word(voice, MARKS, mark)) for mark in strip.days.marks]
    if _returns(strip):
        told.append(Sign(_boxed(_stroke(1, 17, 9)), voice.translations.gettext(COMES_BACK)))
    line = f'<path d="M9 0V18" stroke="{LIGHT["ink"]}" stroke-width="2"/>'
    return (*told, Sign(_boxed(line), voice.translations.gettext(DAY_ASKED)))


# --- one line of days ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Piece:
    """One line: its first and last day, units a day, where it begins, the name of the picture."""

    first: date
    last: date
    scale: float
    top: int
    name: str

    def left(self, day: date) -> float:
        """Where a day begins."""
        return (day - self.first).days * self.scale

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last


def _head(strip: DayStrip, piece: _Piece) -> int:
    return LABEL if piece.holds(strip.days.today) else BARE


def _below(strip: DayStrip, piece: _Piece) -> int:
    return RETURNS if any(_within(back, piece.first, piece.last) for back in strip.back) else PLAIN


def _height(strip: DayStrip, piece: _Piece) -> int:
    return _head(strip, piece) + BAR + _below(strip, piece) + MONTHS


def _line(strip: DayStrip, voice: Voice, piece: _Piece) -> Iterator[str]:
    top = piece.top + _head(strip, piece)
    for run in strip.days.runs:
        if run.last >= piece.first and run.first <= piece.last:
            start, end = piece.left(max(run.first, piece.first)), piece.left(min(run.last, piece.last)) + piece.scale
            yield _run(start, top, end - start, run.mark, piece.name)
    for back in strip.back:
        if (shown := _within(back, piece.first, piece.last)) is not None:
            yield _back(shown, piece, top + BAR + 6, voice)
    yield from _months(piece, top + BAR + _below(strip, piece), voice)
    if piece.holds(strip.days.today):
        yield from _today(strip.days.today, piece, top, voice)


def _run(left: float, top: float, width: float, mark: Mark, name: str) -> str:
    fill, edge = FILLS[mark]
    if mark is Mark.AWAY:
        middle = top + BAR / 2
        return f'<path d="M{left:.1f} {middle}h{width:.1f}" stroke="{LIGHT["line"]}" stroke-width="2"/>'
    fill = fill.replace("#unlawful", f"#unlawful{name}")
    dashes = {Mark.PLANNED: ' stroke-dasharray="5 3"', Mark.AHEAD: ' stroke-dasharray="1.5 2.5"'}.get(mark, "")
    square = (
        f'<rect x="{left + 0.5:.1f}" y="{top + 0.75}" width="{max(width - 1, 1):.1f}" height="{BAR - 1.5}" '
        f'fill="{fill}" stroke="{edge}" stroke-width="1.5"{dashes}/>'
    )
    sign = {Mark.PLANNED: ("+", "accent"), Mark.UNKNOWN: ("?", "ink")}.get(mark)
    return square if sign is None else square + "".join(_signs(left, top, width, *sign))


def _signs(left: float, top: float, width: float, sign: str, colour: str) -> Iterator[str]:
    """The sign of a run, once in a short one and every few days in a long one."""
    number = max(1, int(width / ROOM))
    for place in range(number):
        yield _text(left + width * (place + 0.5) / number, top + BAR / 2 + 4.5, sign, colour, anchor="middle")


def _back(shown: tuple[date, date], piece: _Piece, top: float, voice: Voice) -> str:
    start, end = piece.left(shown[0]), piece.left(shown[1]) + piece.scale
    words = f"+{voice.number((shown[1] - shown[0]).days + 1)}"
    label = _text((start + end) / 2, top + 12, words, "accent", anchor="middle") if end - start > 24 else ""
    return _stroke(start + 1, end - 1, top) + label


def _months(piece: _Piece, top: float, voice: Voice) -> Iterator[str]:
    """A tick at the first of each month with its name, where there is room for it; the year in January."""
    end = piece.left(piece.last) + piece.scale
    for day in _months_begun(piece.first, piece.last):
        left = piece.left(day)
        name = month_written(day, "yMMM" if day.month == 1 else "MMM", voice.formats)
        yield f'<path d="M{left:.1f} {top - 6}v{MONTHS - 6}" stroke="{LIGHT["line"]}" stroke-width="1"/>'
        if end - left > 8 * len(name):
            yield _text(left + 3, top + 7, name, "quiet")


def _months_begun(first: date, last: date) -> Iterator[date]:
    """The firsts of months from a day to a day."""
    day = first if first.day == 1 else (first.replace(day=1) + timedelta(days=31)).replace(day=1)
    while day <= last:
        yield day
        day = (day + timedelta(days=31)).replace(day=1)


def _today(day: date, piece: _Piece, top: float, voice: Voice) -> Iterator[str]:
    """The day asked: a line through the days, its date above, kept within the picture."""
    words, middle = voice.day(day), piece.left(day) + piece.scale / 2
    room = 5 * len(words)
    end = piece.left(piece.last) + piece.scale
    anchor = "start" if middle < room else "end" if end - middle < room else "middle"
    yield f'<path d="M{middle:.1f} {top - 4}v{BAR + 8}" stroke="{LIGHT["ink"]}" stroke-width="2"/>'
    yield _text(middle, top - 7, words, "ink", anchor=anchor, weight=' font-weight="650"')


def _returns(strip: DayStrip) -> bool:
    """Is there a day in the picture on which a used day comes back?"""
    return any(_within(back, strip.days.first, strip.days.last) for back in strip.back)


def _within(back: DaysBack, first: date, last: date) -> tuple[date, date] | None:
    """The part of the days that come back which lies between two days."""
    start, end = max(back.first, first), min(back.last, last)
    return (start, end) if start <= end else None


# --- pieces ----------------------------------------------------------------------------------------------------------


def _swatch(mark: Mark) -> str:
    name = f"-sign-{mark}"
    drawn = _run(0, -2, 18, mark, name)
    return _boxed((f"<defs>{_hatch(name)}</defs>" if mark is Mark.UNLAWFUL else "") + drawn)


def _boxed(drawn: str) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1 -3 20 24" aria-hidden="true">{drawn}</svg>'


def _stroke(start: float, end: float, top: float) -> str:
    """A line with small upward ends."""
    path = f"M{start:.1f} {top - 4}v4H{end:.1f}v-4"
    return f'<path d="{path}" fill="none" stroke="{LIGHT["accent"]}" stroke-width="2"/>'


def _hatch(name: str) -> str:
    return (
        f'<pattern id="unlawful{name}" width="5" height="5" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect width="5" height="5" fill="{LIGHT["paper"]}"/>'
        f'<rect width="2.5" height="5" fill="{LIGHT["unlawful"]}"/></pattern>'
    )


def _text(left: float, low: float, words: str, colour: str, anchor: str = "start", weight: str = "") -> str:
    return (
        f'<text x="{left:.1f}" y="{low}" font-size="12" fill="{LIGHT[colour]}" text-anchor="{anchor}"{weight}>'
        f"{escape(words)}</text>"
    )
