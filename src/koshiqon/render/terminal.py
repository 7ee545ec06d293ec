"""An answer as plain text for a terminal: it survives copying, and colour is only an extra."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from babel.dates import format_skeleton

from koshiqon.render.answer_page import AnswerPage, Item, Part
from koshiqon.render.day_calendar import DayCalendar, Mark, MonthRow
from koshiqon.render.stay_codes import MARKS
from koshiqon.render.stay_words import said, word
from koshiqon.render.words import Voice, plain

WIDEST = 100
"""No line is longer, however wide the terminal."""
SIGNS: dict[Mark, str] = {
    Mark.COUNTED: "■",
    Mark.UNCOUNTED: "□",
    Mark.UNLAWFUL: "X",
    Mark.UNKNOWN: "?",
    Mark.AHEAD: "○",
    Mark.PLANNED: "+",
    Mark.AWAY: "·",
}
"""Signs that differ without colour."""
COLOURS: dict[Mark, str] = {
    Mark.COUNTED: "32",
    Mark.UNLAWFUL: "31;1",
    Mark.UNKNOWN: "33",
    Mark.AHEAD: "32",
    Mark.PLANNED: "36",
    Mark.AWAY: "2",
}
BOLD, QUIET = "1", "2"


@dataclass(frozen=True, slots=True)
class Screen:
    """How wide a line may be, and whether colour may be used."""

    width: int = WIDEST
    colour: bool = False

    def painted(self, words: str, code: str) -> str:
        return f"\x1b[{code}m{words}\x1b[0m" if self.colour and words else words


def render_terminal(page: AnswerPage, screen: Screen, why: bool = False) -> str:
    """The answer as text that ends with a line break; with `why`, the whole trace of the rules."""
    parts = (*page.parts, page.steps) if why else page.parts
    blocks = (
        chain(wrapped(plain(page.sentence), screen, "", "", BOLD), wrapped(page.caution, screen, "", "")),
        _calendar(page.calendar, page.voice, screen),
        *(part_lines(part, screen) for part in parts),
        _edition(page, screen),
    )
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def part_lines(part: Part, screen: Screen) -> Iterator[str]:
    """A part under its title, each thing said with what it rests on below it."""
    yield screen.painted(part.title, BOLD)
    for item in part.items:
        yield from _item(item, screen)


def _item(item: Item, screen: Screen) -> Iterator[str]:
    yield from wrapped(plain(item.line), screen, "  – ", "    ")
    for line in item.under:
        words = plain(line)
        start = "      " + " " * (len(words) - len(words.lstrip()))
        yield from wrapped(words.strip(), screen, start, start + "  ", QUIET)


def _edition(page: AnswerPage, screen: Screen) -> Iterator[str]:
    words = " · ".join(f"{label}: {value}" for label, value in page.edition)
    yield from wrapped(words, screen, "", "", QUIET)
    yield from wrapped(f"{page.warning} {page.unchecked}", screen, "", "", QUIET)


def wrapped(words: str, screen: Screen, first: str, following: str, colour: str = "") -> Iterator[str]:
    """Words in lines of the screen's width, after an indent for the first and one for those that follow."""
    width = min(screen.width, WIDEST)
    lines = textwrap.wrap(
        words, width, initial_indent=first, subsequent_indent=following, break_on_hyphens=False, break_long_words=True
    )
    return (screen.painted(line, colour) if colour else line for line in lines)


# --- the calendar ----------------------------------------------------------------------------------------------------


def _calendar(calendar: DayCalendar, voice: Voice, screen: Screen) -> Iterator[str]:
    """A row a month, a sign a day; under the month of the day asked, an arrow to it; then what the signs mean."""
    names = {row.month: str(format_skeleton("yMMM", row.month, locale=voice.formats)) for row in calendar.rows}
    margin = max(map(len, names.values())) + 2
    span = said(voice, "calendar_span", first=voice.day(calendar.first), last=voice.day(calendar.last))
    yield screen.painted(span, BOLD)
    yield " " * margin + _scale()
    for row in calendar.rows:
        yield f"{names[row.month]:<{margin}}{_signs(row, screen)}".rstrip()
        if row.month == calendar.today.replace(day=1):
            yield _arrow(calendar, voice, margin)
    legend = "   ".join(f"{SIGNS[mark]} {word(voice, MARKS, mark)}" for mark in calendar.marks)
    yield from wrapped(legend, screen, "", "")


def _scale() -> str:
    """The numbers of the days, each over its sign."""
    shown = (1, 5, 10, 15, 20, 25, 30)
    line = [" "] * 64
    for day in shown:
        place = 2 * (day - 1)
        line[place : place + len(str(day))] = str(day)
    return "".join(line).rstrip()


def _signs(row: MonthRow, screen: Screen) -> str:
    return " ".join(
        " " if mark is None else screen.painted(SIGNS[mark], COLOURS.get(mark, "")) if mark in COLOURS else SIGNS[mark]
        for mark in row.marks
    )


def _arrow(calendar: DayCalendar, voice: Voice, margin: int) -> str:
    place = margin + 2 * (calendar.today.day - 1)
    words = said(voice, "today_is", day=voice.day(calendar.today))
    after = f"{' ' * place}↑ {words}"
    return after if len(after) <= WIDEST else f"{' ' * (place - len(words) - 1)}{words} ↑"
