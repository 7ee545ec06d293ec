"""Single figures of a series as bars with their names above them, and a small line to stand beside a number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from koshiqon.render.series_drawing import Dot, svg, text
from koshiqon.render.series_scale import Scale, width_of, wrapped
from koshiqon.render.tokens import LIGHT

BAR = 14
"""Height of a bar."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A figure with its name and its value in words; `sure` is false of estimates and what is doubted."""

    name: str
    value: float
    said: str
    sure: bool = True


def draw_bars(bars: Sequence[Bar], width: int, size: int = 13) -> str:
    """Bars from a common zero, one below the other, each under its name."""
    names = [wrapped(bar.name, width, size) for bar in bars]
    rooms = [width_of(bar.said, size) + 12 for bar in bars]
    low, high = min(0.0, *(bar.value for bar in bars)), max(0.0, *(bar.value for bar in bars))
    start = max(rooms) if low < 0 else 0
    scale = Scale(low, high if high > low else low + 1, start, width - (max(rooms) if high > 0 else 0))
    doubted = f"doubted-{width}"
    parts: list[str] = []
    y = 0.0
    for bar, rows in zip(bars, names, strict=True):
        for words in rows:
            y += size + 4
            parts.append(text(0, y, words, size))
        parts.extend(_bar(bar, scale, y + 5, size, doubted))
        y += BAR + 14
    hatching = [] if all(bar.sure for bar in bars) else [_hatching(doubted)]
    return svg(width, int(y + 2), [*hatching, *parts])


def _hatching(name: str) -> str:
    """Slanted lines to fill bars of what is doubted; each picture needs a name of its own for them."""
    return (
        f'<defs><pattern id="{name}" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        f'<rect width="5" height="5" fill="{LIGHT["paper"]}"/><path d="M0 0V5" stroke="{LIGHT["accent"]}" '
        'stroke-width="4"/></pattern></defs>'
    )


def _bar(bar: Bar, scale: Scale, y: float, size: int, doubted: str) -> Iterator[str]:
    zero, end = scale(0), scale(bar.value)
    left, width = min(zero, end), max(1.0, abs(end - zero))
    fill = LIGHT["accent"] if bar.sure else f"url(#{doubted})"
    yield f'<rect x="{left:g}" y="{y:g}" width="{width:g}" height="{BAR}" fill="{fill}" stroke="{LIGHT["accent"]}"/>'
    anchor = ' text-anchor="end"' if bar.value < 0 else ""
    yield text(end + (-6 if bar.value < 0 else 6), y + 12, bar.said, size, "ink", f'{anchor} font-weight="650"')


def spark(dots: Sequence[Dot], width: int = 120, height: int = 32) -> str:
    """A small line of figures with its last one marked: the shape of a series, without scale."""
    values = [dot.value for dot in dots]
    low, high = min(0.0, *values), max(0.0, *values)
    x = Scale(dots[0].middle, max(dots[-1].middle, dots[0].middle + 0.01), 2, width - 6)
    y = Scale(low, high if high > low else low + 1, height - 4, 4)
    path = "".join(f"{'L' if dot.joined else 'M'}{x(dot.middle):g} {y(dot.value):g}" for dot in dots)
    accent = LIGHT["accent"]
    end = f'<circle cx="{x(dots[-1].middle):g}" cy="{y(dots[-1].value):g}" r="3" fill="{accent}"/>'
    zero = f'<path d="M0 {y(0):g}H{width}" stroke="{LIGHT["line"]}"/>'
    return svg(width, height, [zero, f'<path d="{path}" fill="none" stroke="{accent}" stroke-width="1.5"/>', end])
