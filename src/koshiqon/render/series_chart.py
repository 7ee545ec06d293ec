"""The picture of the figures chosen: lines where there are enough periods, else bars, else none; wide and narrow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from koshiqon.evidence import Confidence
from koshiqon.render.series_bars import Bar, draw_bars
from koshiqon.render.series_drawing import Dot, Drawn, Sheet, draw_lines
from koshiqon.render.series_words import incomparable, line_name, told, value_words
from koshiqon.render.tokens import SERIES
from koshiqon.render.words import Voice
from koshiqon.review.finding import decimals_of
from koshiqon.trends.choice import Chosen
from koshiqon.trends.cut import ENOUGH, WHOLE, extent, grain
from koshiqon.trends.series import Observation

WIDE, NARROW = 720, 340
LOOKS = {"A": "reported", "B": "reported", "E": "estimated", "P": "preliminary"}


@dataclass(frozen=True, slots=True)
class SeriesPicture:
    """A drawing for a wide and a narrow place, empty where one figure needs none; what its looks mean; whether it has
    an axis of time.
    """

    wide: str
    narrow: str
    looks: tuple[str, ...]
    in_time: bool


def picture(voice: Voice, chosen: Chosen, marks: Sequence[tuple[float, int]], breaks: Sequence[float]) -> SeriesPicture:
    """Draw what was chosen. `marks` are moments of law with their numbers, `breaks` moments of another measurement."""
    if drawn_in_time(chosen):
        sheet = _sheet(voice, chosen, marks, breaks)
        looks = tuple(told(voice, f"look_{look}") for look in _looks(chosen))
        return SeriesPicture(
            draw_lines(sheet, WIDE, 380), draw_lines(sheet, NARROW, 260, beside=False, tips=False), looks, True
        )
    bars = tuple(_bars(voice, chosen))
    if len(bars) < 2:
        return SeriesPicture("", "", (), False)
    looks = () if all(bar.sure for bar in bars) else (told(voice, "look_doubted"),)
    return SeriesPicture(draw_bars(bars, WIDE), draw_bars(bars, NARROW), looks, False)


def drawn_in_time(chosen: Chosen) -> bool:
    """Is there any line of enough periods?"""
    return any(len(line.rows) >= ENOUGH for _, line in chosen.lines)


def _looks(chosen: Chosen) -> Iterator[str]:
    met = {LOOKS[row.status] for _, line in chosen.lines for row in line.rows}
    if met != {"reported"}:
        yield from (look for look in ("reported", "estimated", "preliminary") if look in met)
    if any(line.besides for _, line in chosen.lines):
        yield "besides"


# --- lines -----------------------------------------------------------------------------------------------------------


def _sheet(voice: Voice, chosen: Chosen, marks: Sequence[tuple[float, int]], breaks: Sequence[float]) -> Sheet:
    colours = _colours(voice, chosen)
    lines = []
    for (held, line), colour in zip(chosen.lines, colours, strict=True):
        dots = dots_of(voice, line.rows, held.kind, breaks)
        besides = dots_of(voice, line.besides, held.kind, breaks)
        newest = voice.number(line.rows[-1].value, decimals_of(line.rows[-1].value))
        lines.append(Drawn(line_name(voice, chosen, held, line), newest, colour, dots, besides))
    first = min(dot.first for line in lines for dot in line.dots)
    last = max(dot.last for line in lines for dot in line.dots)
    noted = tuple(_noted(voice, lines[0].dots, chosen.lines[0][1].rows)) if len(lines) == 1 else ()
    return Sheet(
        tuple(lines),
        tuple(moment for moment in breaks if first < moment < last),
        tuple(mark for mark in marks if first <= mark[0] <= last),
        noted,
        lambda value: voice.number(value, decimals_of(value)),
    )


def dots_of(voice: Voice, rows: Sequence[Observation], kind: str, breaks: Sequence[float] = ()) -> tuple[Dot, ...]:
    """Figures as marks, joined where nothing is missing or torn between them."""
    places = [_place(row, kind) for row in rows]
    gaps = [(later[0] + later[1] - before[0] - before[1]) / 2 for before, later in pairwise(places)]
    usual = median(gaps) if gaps else 0.0
    alike = len({grain(row.period) for row in rows}) == 1 and grain(rows[0].period) != "day"
    most = 1.6 * usual if alike else max(1.6 * usual, 1.3)
    dots: list[Dot] = []
    for number, (row, (first, last)) in enumerate(zip(rows, places, strict=True)):
        spans = kind in ("flow", "balance", "estimate") and grain(row.period) in ("part", "years", "half", "quarter")
        joined = number > 0 and grain(row.period) != "part" and gaps[number - 1] <= most
        torn = joined and any((dots[-1].first + dots[-1].last) / 2 < moment <= (first + last) / 2 for moment in breaks)
        said = f"{voice.span(row.period)}: {value_words(voice, row)}"
        dots.append(Dot(first, last, row.value, said, LOOKS[row.status], joined and not torn, spans))
    return tuple(dots)


def _place(row: Observation, kind: str) -> tuple[float, float]:
    """Where a figure stands in time; a stock of less than a year stands at the end of its period."""
    first, last = extent(row.period)
    return (last, last) if kind == "stock" and grain(row.period) not in ("year", "years") else (first, last)


def _noted(voice: Voice, dots: Sequence[Dot], rows: Sequence[Observation]) -> Iterator[tuple[Dot, str]]:
    """The newest figure, and the highest and lowest where they lie far enough from it."""
    pairs = list(zip(dots, rows, strict=True))
    newest = pairs[-1]
    reach = (dots[-1].last - dots[0].first) * 0.15
    high, low = max(pairs, key=lambda pair: pair[0].value), min(pairs, key=lambda pair: pair[0].value)
    noted = [newest] if incomparable(rows) else [newest, high, *([low] if low[0].value < 0 else [])]
    kept = [newest] + [pair for pair in noted[1:] if abs(pair[0].middle - newest[0].middle) > reach]
    yield from ((dot, voice.number(row.value, decimals_of(row.value))) for dot, row in kept)


def _colours(voice: Voice, chosen: Chosen) -> list[int]:
    """A colour for each line, a partner's own wherever it appears; the next free one for the others."""
    partners = voice.country.partners
    own = [
        partners.index(line.code) % len(SERIES) if chosen.way.by == "counterpart" and line.code in partners else None
        for _, line in chosen.lines
    ]
    taken: dict[int, int] = {}
    for place, colour in enumerate(own):
        if colour is not None and colour not in taken.values():
            taken[place] = colour
    free = [colour for colour in range(len(SERIES)) if colour not in taken.values()]
    return [taken[place] if place in taken else free.pop(0) for place in range(len(own))]


# --- bars ------------------------------------------------------------------------------------------------------------


def _bars(voice: Voice, chosen: Chosen) -> Iterator[Bar]:
    several = len({row.period for row in chosen.rows}) > 1
    for held, line in chosen.lines:
        for row in line.rows:
            name = line_name(voice, chosen, held, line)
            period = voice.span(row.period)
            if chosen.way.by == WHOLE and len(chosen.lines) == 1:
                name = period
            elif several:
                name = f"{name}, {period}"
            sure = row.status in ("A", "B") and row.basis.confidence is not Confidence.LOW
            yield Bar(name, row.value, value_words(voice, row), sure)
