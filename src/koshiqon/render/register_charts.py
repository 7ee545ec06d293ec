"""Charts of a screened register: bars with their numbers, months with gaps where a number is hidden. Each is drawn
twice, for a wide and for a narrow place.
"""

from __future__ import annotations

import json
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from koshiqon.render.chart import Spec, finished
from koshiqon.render.press import draw_svg
from koshiqon.render.tokens import LIGHT, PRINT_FONT

WIDE, NARROW = 620, 320
ROW = 26
HEIGHT = 210
LETTER = 8.2
"""How wide a letter of 13 pixels may be in the reader's own font."""
FILLS = {"unlawful": "#a9302b", "unknown": "#6b7282", "derived": "#fcfbf9", "lawful": LIGHT["lawful"]}
"""Colours one step beside the tokens: what is drawn in them is filled with a pattern afterwards, so that the state is
told by more than colour. Lawful stays solid."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its name, its length (None: hidden, no bar), the words at its end, how it is filled; `before` is the
    length of a hollow bar behind it.
    """

    name: str
    value: int | None
    label: str
    fill: str = "unlawful"
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart as SVG for a wide and for a narrow place."""

    wide: str
    narrow: str


def bars(name: str, rows: Sequence[Bar]) -> Drawn:
    """Horizontal bars from zero, each with its name before it and its number behind it."""
    return Drawn(*(_finished(_bars(rows, width), f"{name}-{width}") for width in (WIDE, NARROW)))


def periods(name: str, rows: Sequence[tuple[str, int | None]], sign: str, every: int) -> Drawn:
    """Bars over time by label, in order; a hidden number is the sign on the zero line. `every` so many-th label is
    written.
    """
    return Drawn(*(_finished(_periods(rows, sign, every, width), f"{name}-{width}") for width in (WIDE, NARROW)))


def _bars(rows: Sequence[Bar], width: int) -> Spec:
    wrap = 26 if width == WIDE else 16
    labels = [row.label if width == WIDE else row.label.partition(" (")[0] for row in rows]
    names = ["\n".join(textwrap.wrap(row.name, wrap)) for row in rows]
    values: list[Spec] = [
        {
            "name": name,
            "value": row.value or 0,
            "label": label,
            "end": max(row.value or 0, row.before or 0),
            "fill": FILLS[row.fill],
            "before": row.before or 0,
        }
        for name, label, row in zip(names, labels, rows, strict=True)
    ]
    most = max((row["end"] for row in values), default=0) or 1
    lines = max((name.count("\n") + 1 for name in names), default=1)
    before = LETTER * max((len(part) for name in names for part in name.split("\n")), default=1) + 10
    behind = LETTER * max((len(label) for label in labels), default=1) + 10
    y: Spec = {"field": "name", "type": "nominal", "sort": None, "axis": None}
    x: Spec = {"type": "quantitative", "axis": None, "scale": {"domain": [0, most], "nice": False}}
    text: Spec = {"type": "text", "baseline": "middle", "lineBreak": "\n", "lineHeight": 15}
    layers: list[Spec] = [
        {
            "mark": {"type": "bar", "height": {"band": 0.62}, "stroke": LIGHT["quiet"], "strokeWidth": 0.75},
            "encoding": {
                "y": y,
                "x": x | {"field": "value"},
                "fill": {"field": "fill", "type": "nominal", "scale": None},
            },
        },
        {
            "mark": text | {"align": "left", "dx": 6},
            "encoding": {"y": y, "x": x | {"field": "end"}, "text": {"field": "label"}},
        },
        {
            "mark": text | {"align": "right", "dy": {"expr": "-7.5 * (length(split(datum.name, '\\n')) - 1)"}},
            "encoding": {"y": y, "x": {"value": -8}, "text": {"field": "name"}},
        },
    ]
    if any(row.before is not None for row in rows):
        hollow = {"type": "bar", "height": {"band": 0.9}, "fill": None, "stroke": LIGHT["ink"], "strokeWidth": 1}
        layers.append({"mark": hollow, "encoding": {"y": y, "x": x | {"field": "before"}}})
    return _whole(values, layers, width) | {
        "width": max(width - before - behind, 60),
        "height": {"step": ROW + 15 * (lines - 1)},
        "autosize": "none",
        "padding": {"left": before, "right": behind, "top": 4, "bottom": 4},
    }


def _periods(rows: Sequence[tuple[str, int | None]], sign: str, every: int, width: int) -> Spec:
    often = every if width == WIDE else every * 2
    shown = [label for number, (label, _) in enumerate(rows) if number % often == 0]
    values = [{"when": label, "value": count or 0, "sign": sign if count is None else ""} for label, count in rows]
    x: Spec = {
        "field": "when",
        "type": "ordinal",
        "sort": None,
        "axis": {"values": shown, "labelAngle": 0, "labelExpr": "split(datum.label, ' ')[0]", "labelOverlap": False},
        "scale": {"paddingInner": 0.25 if len(rows) < 40 else 0.1},
    }
    y: Spec = {
        "field": "value",
        "type": "quantitative",
        "axis": {"labelExpr": "replace(format(datum.value, ','), /,/g, ' ')", "tickCount": 4},
    }
    layers: list[Spec] = [
        {"mark": {"type": "bar", "fill": LIGHT["unlawful"]}, "encoding": {"x": x, "y": y}},
        {
            "mark": {"type": "text", "baseline": "bottom", "dy": -2, "fontSize": 11},
            "encoding": {"x": x, "y": y, "text": {"field": "sign"}},
        },
    ]
    return _whole(values, layers, width) | {"height": HEIGHT}


def _whole(values: list[Spec], layers: list[Spec], width: int) -> Spec:
    axis = {"labelColor": LIGHT["ink"], "labelFontSize": 13, "labelLimit": 400, "title": None, "grid": False}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": width,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "background": None,
        "data": {"values": values},
        "config": {
            "font": PRINT_FONT,
            "view": {"stroke": None},
            "axis": axis | {"domainColor": LIGHT["line"], "tickColor": LIGHT["line"]},
            "axisY": {"domain": False, "ticks": False, "labelPadding": 8},
            "text": {"color": LIGHT["ink"], "fontSize": 13},
        },
        "layer": layers,
    }


def _finished(spec: Spec, name: str) -> str:
    """The drawn chart with patterns in place of the colours that stand for them."""
    svg = finished(draw_svg(json.dumps(spec)), name)
    head, rest = svg.split(">", 1)
    for fill in ("unlawful", "unknown", "derived"):
        rest = rest.replace(f'fill="{FILLS[fill]}"', f'fill="url(#{fill}-{name})"')
    return f"{head}><defs>{_patterns(name)}</defs>{rest}"


def _patterns(name: str) -> str:
    paper, unlawful, unknown = LIGHT["paper"], LIGHT["unlawful"], LIGHT["unknown"]
    begin = 'patternUnits="userSpaceOnUse"'
    ground = f'<rect width="6" height="6" fill="{paper}"/>'
    return (
        f'<pattern id="unlawful-{name}" width="6" height="6" {begin} patternTransform="rotate(45)">{ground}'
        f'<line x1="0" y1="0" x2="0" y2="6" stroke="{unlawful}" stroke-width="7"/></pattern>'
        f'<pattern id="unknown-{name}" width="6" height="6" {begin}>{ground}'
        f'<circle cx="3" cy="3" r="1.4" fill="{unknown}"/></pattern>'
        f'<pattern id="derived-{name}" width="6" height="6" {begin}>{ground}</pattern>'
    )
