"""Lines of a series as SVG, drawn by ourselves: direct labels, a zero line, estimates dashed, breaks as torn gaps,
changes of law as numbered lines. Colours are those of the tokens, as attributes that a page's style can follow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import escape

from koshiqon.render.series_scale import Scale, apart, round_steps, width_of, wrapped, year_steps
from koshiqon.render.tokens import LIGHT, SERIES

DASHES = {"reported": "", "estimated": "5 3", "preliminary": "1.5 3"}
"""How the three looks of a figure are drawn."""
EVERY = 5
"""A line's own mark stands at every so many figures, at single ones and at the last."""


@dataclass(frozen=True, slots=True)
class Dot:
    """One figure: its period from `first` to `last` in years, its value, what is said of it, how sure it is. `joined`:
    to the figure before it; `spans`: drawn over its whole period.
    """

    first: float
    last: float
    value: float
    said: str
    look: str = "reported"
    joined: bool = False
    spans: bool = False

    @property
    def middle(self) -> float:
        return (self.first + self.last) / 2


@dataclass(frozen=True, slots=True)
class Drawn:
    """One line: what it is called, its newest value in words, its colour (a place in SERIES), its figures, others for
    the same periods that differ.
    """

    name: str
    newest: str
    colour: int
    dots: tuple[Dot, ...]
    besides: tuple[Dot, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a chart of lines shows. `marks`: moments with numbers; `noted`: the figures that a single line has written
    beside them, in words; `number`: how an axis writes a value.
    """

    lines: tuple[Drawn, ...]
    breaks: tuple[float, ...]
    marks: tuple[tuple[float, int], ...]
    noted: tuple[tuple[Dot, str], ...]
    number: Callable[[float], str]


@dataclass(frozen=True, slots=True)
class _Frame:
    """The inner field of a chart and what it is measured by."""

    x: Scale
    y: Scale
    steps: tuple[float, ...]
    width: int
    height: int
    size: int


def draw_lines(sheet: Sheet, width: int, height: int, *, beside: bool = True, tips: bool = True) -> str:
    """A chart of lines. `beside`: names at the ends of lines, else above; `tips`: each figure tells itself."""
    size = 13 if beside else 12
    key = [] if beside or len(sheet.lines) == 1 else [wrapped(line.name, width - 24, size) for line in sheet.lines]
    above = sum(len(rows) for rows in key) * (size + 5) + (10 if key else 0)
    frame = _frame(sheet, width, height, above, size, beside)
    parts = [
        *_key(key, sheet, size),
        *_axes(frame, sheet),
        *_marks(frame, sheet.marks),
        *(part for number, line in enumerate(sheet.lines) for part in _line(frame, line, number, tips)),
        *_breaks(frame, sheet.breaks),
        *(_names(frame, sheet.lines) if beside and len(sheet.lines) > 1 else ()),
        *_noted(frame, sheet.noted),
    ]
    return svg(width, above + height, parts)


def svg(width: int, height: int, parts: Sequence[str]) -> str:
    """Parts as a picture that takes the width of its place."""
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">{"".join(parts)}</svg>'


def text(x: float, y: float, words: str, size: float, colour: str = "ink", more: str = "") -> str:
    """A line of text."""
    return f'<text x="{x:g}" y="{y:g}" font-size="{size:g}" fill="{LIGHT[colour]}"{more}>{escape(words)}</text>'


def _frame(sheet: Sheet, width: int, height: int, above: int, size: int, beside: bool) -> _Frame:
    dots = [dot for line in sheet.lines for dot in (*line.dots, *line.besides)]
    values = [dot.value for dot in dots] + [0.0]
    steps = round_steps(min(values), max(values), 5 if beside else 4)
    left = max(width_of(sheet.number(step), size) for step in steps) + 10
    names = [line.name for line in sheet.lines] if beside and len(sheet.lines) > 1 else []
    right = max((min(width_of(name, size), 150) for name in names), default=0) + (22 if names else 12)
    top = above + (36 if sheet.marks else 22)
    first, last = min(dot.first for dot in dots), max(dot.last for dot in dots)
    room = max(0.01, (last - first) * 0.01)
    x = Scale(first - room, last + room, left, width - right)
    y = Scale(steps[0], steps[-1], above + height - 28, top)
    return _Frame(x, y, tuple(steps), width, above + height, size)


def _axes(frame: _Frame, sheet: Sheet) -> Iterator[str]:
    left, right = frame.x.start, frame.x.end
    for step in frame.steps:
        y = frame.y(step)
        colour = LIGHT["quiet"] if step == 0 else LIGHT["line"]
        yield f'<path d="M{left:g} {y:g}H{right:g}" stroke="{colour}" stroke-width="{1 if step == 0 else 0.75}"/>'
        yield text(left - 8, y + 4, sheet.number(step), frame.size, "quiet", ' text-anchor="end"')
    most = max(2, int((right - left) / 52))
    low = y_bottom(frame)
    for year in year_steps(int(frame.x.low + 0.5), int(frame.x.high), most):
        at = frame.x(year + 0.5) if year + 0.5 < frame.x.high else None
        if at is not None and left <= at <= right + 4:
            yield text(at, low + 18, str(year), frame.size, "quiet", ' text-anchor="middle"')
            yield f'<path d="M{at:g} {low:g}v4" stroke="{LIGHT["quiet"]}"/>'


def y_bottom(frame: _Frame) -> float:
    """The pixel of the lower edge of the field."""
    return frame.y.start


# --- lines and marks -------------------------------------------------------------------------------------------------


def _line(frame: _Frame, line: Drawn, number: int, tips: bool) -> Iterator[str]:
    colour = LIGHT[SERIES[line.colour]]
    for look, dash in DASHES.items():
        path = "".join(_pieces(frame, line.dots, look))
        if path:
            dashes = f' stroke-dasharray="{dash}"' if dash else ""
            yield f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="2" stroke-linejoin="round"{dashes}/>'
    for place, dot in enumerate(line.dots):
        alone = not dot.joined and (place + 1 == len(line.dots) or not line.dots[place + 1].joined)
        own = alone or place + 1 == len(line.dots) or place % EVERY == 0 or len(line.dots) <= 2 * EVERY
        yield _dot(frame, dot, shape(number, 4) if own else _circle(2), colour, tips)
    for dot in line.besides:
        yield _dot(frame, dot, shape(number, 4), LIGHT["conflict"], tips, hollow=True)


def _pieces(frame: _Frame, dots: Sequence[Dot], look: str) -> Iterator[str]:
    """The strokes of one look: each figure drawn over its period, or from the figure before it."""
    before: Dot | None = None
    for dot in dots:
        y = frame.y(dot.value)
        if dot.look == look:
            if dot.joined and before is not None:
                at = frame.x(before.last if before.spans else before.middle)
                yield f"M{at:g} {frame.y(before.value):g}"
                yield f"L{frame.x(dot.first if dot.spans else dot.middle):g} {y:g}"
            if dot.spans:
                yield f"M{frame.x(dot.first):g} {y:g}H{frame.x(dot.last):g}"
        before = dot


def _dot(frame: _Frame, dot: Dot, drawn: str, colour: str, tips: bool, hollow: bool = False) -> str:
    fill = LIGHT["paper"] if hollow or dot.look != "reported" else colour
    tip = f"<title>{escape(dot.said)}</title>" if tips else ""
    reach = '<circle r="9" fill="transparent" stroke="none"/>' if tips else ""
    place = f'transform="translate({frame.x(dot.middle):g} {frame.y(dot.value):g})"'
    return f'<g {place} fill="{fill}" stroke="{colour}" stroke-width="1.5">{tip}{drawn}{reach}</g>'


def _circle(radius: float) -> str:
    return f'<circle r="{radius:g}"/>'


def shape(number: int, r: float) -> str:
    """The mark that tells a line apart where colour does not, around zero."""
    match number % 6:
        case 1:
            return f'<path d="M{-r:g} {-r:g}h{2 * r:g}v{2 * r:g}h{-2 * r:g}z"/>'
        case 2:
            return f'<path d="M0 {-1.2 * r:g}L{1.2 * r:g} {r:g}H{-1.2 * r:g}z"/>'
        case 3:
            return f'<path d="M0 {-1.4 * r:g}L{1.2 * r:g} 0L0 {1.4 * r:g}L{-1.2 * r:g} 0z"/>'
        case 4:
            return f'<path d="M{-r:g} {-r:g}L{r:g} {r:g}M{r:g} {-r:g}L{-r:g} {r:g}"/>'
        case 5:
            return f'<path d="M0 {1.2 * r:g}L{1.2 * r:g} {-r:g}H{-1.2 * r:g}z"/>'
    return _circle(r)


def _breaks(frame: _Frame, breaks: Sequence[float]) -> Iterator[str]:
    """A torn gap across the whole field: paper between two jagged edges."""
    top, bottom = frame.y.end, frame.y.start
    for moment in breaks:
        if not frame.x.low < moment < frame.x.high:
            continue
        x = frame.x(moment)
        steps = range(int((bottom - top) / 8) + 1)
        edge = [(x + (2 if step % 2 else -2), min(bottom, top + 8 * step)) for step in steps]
        left = " ".join(f"{at - 3:g},{y:g}" for at, y in edge)
        right = " ".join(f"{at + 3:g},{y:g}" for at, y in edge)
        back = " ".join(f"{at + 3:g},{y:g}" for at, y in reversed(edge))
        yield f'<polygon points="{left} {back}" fill="{LIGHT["paper"]}"/>'
        for points in (left, right):
            yield f'<polyline points="{points}" fill="none" stroke="{LIGHT["conflict"]}" stroke-width="1.2"/>'


def _marks(frame: _Frame, marks: Sequence[tuple[float, int]]) -> Iterator[str]:
    """Changes of law: thin lines with their numbers above, in two rows where they are close."""
    last, raised = -99.0, False
    for moment, number in marks:
        x = frame.x(moment)
        raised = x - last < 18 and not raised
        last = x
        top = frame.y.end - (18 if raised else 4)
        yield f'<path d="M{x:g} {top:g}V{frame.y.start:g}" stroke="{LIGHT["quiet"]}" stroke-dasharray="2 2"/>'
        yield text(x, top - 3, str(number), 11, "quiet", ' text-anchor="middle"')


# --- words -----------------------------------------------------------------------------------------------------------


def _names(frame: _Frame, lines: Sequence[Drawn]) -> Iterator[str]:
    """Names and newest values at the ends of lines, moved apart where they would touch."""
    room = frame.width - frame.x.end - 18
    said = [[*wrapped(line.name, room, frame.size), line.newest] for line in lines]
    heights = [len(rows) * (frame.size + 2) + 4 for rows in said]
    places = apart([frame.y(line.dots[-1].value) for line in lines], heights, 4, frame.height - 4)
    for number, (line, rows, height, place) in enumerate(zip(lines, said, heights, places, strict=True)):
        colour = SERIES[line.colour]
        at = f'transform="translate({frame.x.end + 7:g} {place - height / 2 + frame.size / 2 + 2:g})"'
        yield f'<g {at} fill="{LIGHT[colour]}" stroke="{LIGHT[colour]}">{shape(number, 3)}</g>'
        for row, words in enumerate(rows):
            y = place - height / 2 + (row + 1) * (frame.size + 2) - 1
            bold = ' font-weight="650"' if row + 1 == len(rows) else ""
            yield text(frame.x.end + 15, y, words, frame.size, colour, bold)


def _key(key: Sequence[Sequence[str]], sheet: Sheet, size: int) -> Iterator[str]:
    """Names above the chart, where there is no room beside it."""
    row = 0
    for number, (line, rows) in enumerate(zip(sheet.lines, key, strict=False)):
        colour = SERIES[line.colour]
        at = f'transform="translate(7 {(row + 0.5) * (size + 5):g})"'
        yield f'<g {at} fill="{LIGHT[colour]}" stroke="{LIGHT[colour]}" stroke-width="1.5">{shape(number, 4)}</g>'
        for words in rows:
            yield text(18, (row + 1) * (size + 5) - 5, words, size, colour)
            row += 1


def _noted(frame: _Frame, noted: Sequence[tuple[Dot, str]]) -> Iterator[str]:
    """Figures written beside their marks, above or below, within the field."""
    for dot, words in noted:
        x, y = frame.x(dot.middle), frame.y(dot.value)
        half = width_of(words, frame.size) / 2
        at = min(max(x, frame.x.start + half), frame.x.end - half)
        below = dot.value < 0
        more = (
            f' text-anchor="middle" font-weight="650" stroke="{LIGHT["paper"]}" stroke-width="3" paint-order="stroke"'
        )
        yield text(at, y + (frame.size + 9 if below else -10), words, frame.size, "ink", more)
