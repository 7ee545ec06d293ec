"""A chart to be taken away, with its title, what it counts, its source and its address in it, as SVG or PNG."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from threading import Lock

import vl_convert

from koshiqon.render.series_drawing import svg, text
from koshiqon.render.series_scale import wrapped
from koshiqon.render.tokens import LIGHT

WIDTH, EDGE = 800, 40
INNER = WIDTH - 2 * EDGE
FONT = "Liberation Sans, Arial, Noto Sans, DejaVu Sans, sans-serif"
_DRAWING = Lock()


def slide(chart: str, head: str, finding: str, measured: str, foot: Sequence[str]) -> str:
    """A chart as it stands on a page, framed with words: name and finding above, what it counts, and lines below."""
    parts: list[str] = []
    y = 30.0
    for words, size, colour, more in (
        (head, 15, "quiet", ""),
        (finding, 21, "ink", ' font-weight="bold"'),
        (measured, 13, "quiet", ""),
    ):
        for line in wrapped(words, INNER, size):
            y += size * 1.3
            parts.append(text(EDGE, y, line, size, colour, more))
        y += 4
    y += 12
    height = _height(chart)
    place = f'<svg x="{EDGE}" y="{y:g}" width="{INNER}" height="{height:g}" '
    parts.append(chart.replace("<svg ", place, 1))
    y += height + 14
    for note in foot:
        for line in wrapped(note, INNER, 11):
            y += 15
            parts.append(text(EDGE, y, line, 11, "quiet"))
    whole = int(y + 28)
    paper = f'<rect width="{WIDTH}" height="{whole}" fill="{LIGHT["paper"]}"/>'
    drawn = svg(WIDTH, whole, [paper, *parts])
    return drawn.replace("<svg ", f'<svg width="{WIDTH}" height="{whole}" font-family="{FONT}" ', 1)


def _height(chart: str) -> float:
    """The height of a drawing when it is as wide as the frame lets it be."""
    box = chart.split('viewBox="', 1)[1].split('"', 1)[0].split()
    return float(box[3]) * INNER / float(box[2])


@lru_cache(maxsize=48)
def as_png(drawing: str) -> bytes:
    """A drawing as PNG, twice as fine as its units. One is drawn at a time."""
    with _DRAWING:
        png: bytes = vl_convert.svg_to_png(drawing, scale=2)
    return png
