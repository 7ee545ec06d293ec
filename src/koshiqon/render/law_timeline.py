"""Changes of law drawn on a line of time: a lane a theme, a numbered mark a change, its direction told by its shape."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from markupsafe import escape

from koshiqon.law.events import PolicyEvent
from koshiqon.period import PartialDate
from koshiqon.render.phrases import N_
from koshiqon.render.tokens import LIGHT

WIDTH, HEAD, ROW, GAP, TITLE = 960, 26, 22, 12, 20
"""In pixels: of the drawing; of the years above; of a row of marks; between lanes; of a lane's title."""
MARK, DIGIT, APART = 6, 7, 5
"""In pixels: half a mark, a digit of its number, the space to the next mark of the row."""


class Way(StrEnum):
    """Which way a change goes: stricter, easier, neither, or nobody can say or has said."""

    STRICTER = "stricter"
    EASIER = "easier"
    SAME = "same"
    NOT_TOLD = "not_told"


WAYS: dict[Way, str] = {
    Way.STRICTER: N_("more restrictive"),
    Way.EASIER: N_("less restrictive"),
    Way.SAME: N_("no change in degree"),
    Way.NOT_TOLD: N_("direction not coded"),
}
OF_CODE: dict[str, Way] = {"1": Way.STRICTER, "-1": Way.EASIER, "0": Way.SAME}


def way_of(event: PolicyEvent) -> Way:
    """The direction of a change, by its code."""
    return OF_CODE.get(event.coding.change, Way.NOT_TOLD)


@dataclass(frozen=True, slots=True)
class Lane:
    """A theme and its changes, each with its number in the list below the drawing."""

    title: str
    marks: tuple[tuple[int, PolicyEvent], ...]


# --- the drawing -----------------------------------------------------------------------------------------------------


def timeline_svg(lanes: Sequence[Lane], first: int, last: int) -> str:
    """The lanes below each other from the first day of one year through the last day of another, as SVG."""
    drawn, top = [_years(first, last)], HEAD
    for lane in lanes:
        rows = _rows(lane, first, last)
        drawn.append(_text(0, top + TITLE - 6, lane.title, "ink", 13, bold=True))
        for row, marks in enumerate(rows):
            middle = top + TITLE + row * ROW + ROW // 2
            drawn += [_numbered(x, middle, number, way_of(event)) for x, number, event in marks]
        top += TITLE + max(1, len(rows)) * ROW + GAP
        drawn.append(f'<path d="M0 {top - GAP / 2:g}H{WIDTH}" stroke="{LIGHT["line"]}" fill="none"/>')
    body = "".join(drawn).replace("BOTTOM", f"{top - GAP / 2:g}")
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {top}" aria-hidden="true">{body}</svg>'


def sign_svg(way: Way) -> str:
    """One mark alone, for a legend or a list."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" class="sign" viewBox="-8 -8 16 16" width="16" height="16" '
        f'aria-hidden="true">{_mark(0, 0, way)}</svg>'
    )


def _years(first: int, last: int) -> str:
    """A thin line at the beginning of each year, and its number where there is room."""
    each = WIDTH / (last - first + 1)
    step = max(1, round(36 / each + 0.49))
    drawn = []
    for year in range(first, last + 1):
        x = (year - first) * each
        drawn.append(f'<path d="M{x:.0f} {HEAD - 8}VBOTTOM" stroke="{LIGHT["line"]}" fill="none"/>')
        if (year - first) % step == 0:
            drawn.append(_text(min(x + 3, WIDTH - 30), HEAD - 12, str(year), "quiet", 12))
    return "".join(drawn)


def _rows(lane: Lane, first: int, last: int) -> list[list[tuple[float, int, PolicyEvent]]]:
    """Each mark in the first row where it stands clear of the one before."""
    rows: list[list[tuple[float, int, PolicyEvent]]] = []
    ends: list[float] = []
    for number, event in lane.marks:
        width = 2 * MARK + 3 + DIGIT * len(str(number))
        x = min(max(_place(event.dated, first, last), MARK), WIDTH - width)
        row = next((row for row, end in enumerate(ends) if x - MARK >= end), len(ends))
        if row == len(ends):
            rows.append([])
            ends.append(0)
        rows[row].append((x, number, event))
        ends[row] = x - MARK + width + APART
    return rows


def _place(when: PartialDate, first: int, last: int) -> float:
    """Where a date stands; of one that is known to the month or year, the middle."""
    begin, end = date(first, 1, 1), date(last, 12, 31)
    earliest, latest = max(when.earliest, begin), min(when.latest, end)
    middle = earliest + timedelta(days=max(0, (latest - earliest).days) // 2)
    return WIDTH * (middle - begin).days / ((end - begin).days + 1)


def _numbered(x: float, y: float, number: int, way: Way) -> str:
    return _mark(x, y, way) + _text(x + MARK + 3, y + 4, str(number), "ink", 12)


def _mark(x: float, y: float, way: Way) -> str:
    """Stricter points up, easier down; a full dot is no change in degree, a ring a change without a code."""
    match way:
        case Way.STRICTER:
            return f'<path d="M{x:.1f} {y - 6:g}l6.5 11.5h-13z" fill="{LIGHT["unlawful"]}"/>'
        case Way.EASIER:
            return f'<path d="M{x:.1f} {y + 6:g}l6.5 -11.5h-13z" fill="{LIGHT["lawful"]}"/>'
        case Way.SAME:
            return f'<circle cx="{x:.1f}" cy="{y:g}" r="4.5" fill="{LIGHT["unknown"]}"/>'
    return f'<circle cx="{x:.1f}" cy="{y:g}" r="4.5" fill="none" stroke="{LIGHT["unknown"]}" stroke-width="2"/>'


def _text(x: float, y: float, words: str, colour: str, size: int, bold: bool = False) -> str:
    weight = ' font-weight="650"' if bold else ""
    return f'<text x="{x:.0f}" y="{y:.0f}" font-size="{size}" fill="{LIGHT[colour]}"{weight}>{escape(words)}</text>'
