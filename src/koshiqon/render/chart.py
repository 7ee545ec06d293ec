"""Charts as SVG, drawn by Vega-Lite on the server: direct labels, a zero line, numbered events, breaks as torn lines,
estimates dashed or hatched.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections import Counter
from itertools import pairwise
from typing import Any

from koshiqon.render.tokens import LIGHT, PRINT_FONT, SERIES
from koshiqon.render.words import Voice
from koshiqon.review.document import Chart, Line

WIDTH, HEIGHT = 620, 300
LABEL_WIDTH = 28
"""Letters in a line of a label at the end of a line."""
LINE = 15
ROUNDED = 1.6
"""The axis is rounded outwards, so a pixel is worth a little more than the values alone say."""
"""Pixels from one line of such a label to the next."""
SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down")
"""What tells lines apart where colour does not: a mark every few years and at the end, beside the line's name."""
EVERY = 5
HATCHED = "#6b7281"
"""A colour one step beside `unknown`: bars drawn in it are filled with hatching afterwards."""

Spec = dict[str, Any]

_ROLES = re.compile(r' (?:role|aria-[a-z]+)="[^"]*"')


def finished(svg: str, name: str) -> str:
    """A drawn chart as the documents show it: sized by its viewBox, estimates hatched."""
    return _with_hatching(_scalable(svg), name)


def specification(chart: Chart, voice: Voice) -> str:
    """The chart as Vega-Lite, in JSON, with the colours of the tokens and the words of one language."""
    return json.dumps(_spec(chart, voice))


def _spec(chart: Chart, voice: Voice) -> Spec:
    names = ["".join(run.words for run in voice.say(line.name)) for line in chart.lines]
    years = sorted({year for line in chart.lines for year, _ in line.points})
    rows = [row for name, line in zip(names, chart.lines, strict=True) for row in _rows_of(name, line)]
    colours = [
        HATCHED if line.status == "estimated" and chart.kind == "bars" else LIGHT[SERIES[number % len(SERIES)]]
        for number, line in enumerate(chart.lines)
    ]
    colour: Spec = {"field": "name", "type": "nominal", "scale": {"domain": names, "range": colours}, "legend": None}
    kinds = {"lines": _line_layers, "bars": _bar_layers, "stacked": _bar_layers}
    if chart.kind != "lines":
        colour["legend"] = {"title": None, "orient": "top", "direction": "horizontal", "labelLimit": 400, "columns": 2}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": WIDTH,
        "height": HEIGHT,
        "background": None,
        "config": _config(),
        "layer": [
            *kinds[chart.kind](rows, colour, years),
            *_mark_layers(chart, years),
            *_break_layers(chart, years),
        ],
    }


def _rows_of(name: str, line: Line) -> list[Spec]:
    """The points of one line: each with whether it is an estimate, and the run it belongs to. A run ends where years
    are
    missing that the line otherwise has, so that nothing is drawn through a gap.
    """
    years = [year for year, _ in line.points]
    step = min((later - earlier for earlier, later in pairwise(years)), default=1)
    rows: list[Spec] = []
    run = 0
    for number, (year, finding) in enumerate(line.points):
        if number and year - years[number - 1] > 1.5 * step:
            run += 1
        estimated = line.status == "estimated"
        rows.append(
            {
                "year": year,
                "value": finding.value,
                "name": name,
                "estimated": estimated,
                "derived": estimated or year in line.derived,
                "run": f"{name} {run}",
            }
        )
    return rows


def _config() -> Spec:
    ink, quiet, line = LIGHT["ink"], LIGHT["quiet"], LIGHT["line"]
    return {
        "font": PRINT_FONT,
        "view": {"stroke": None},
        "axis": {
            "labelColor": quiet,
            "labelFontSize": 13,
            "domainColor": line,
            "tickColor": line,
            "grid": False,
            "title": None,
        },
        "axisY": {"grid": True, "gridColor": line, "gridOpacity": 0.6, "domain": False, "ticks": False},
        "legend": {"labelColor": ink, "labelFontSize": 12, "symbolType": "square"},
        "text": {"color": ink, "fontSize": 13},
    }


def _x(years: list[int]) -> Spec:
    return {
        "field": "year",
        "type": "quantitative",
        "scale": {"domain": [years[0] - 0.6, years[-1] + 0.6], "nice": False},
        "axis": {"format": "d", "tickMinStep": 1},
    }


def _y() -> Spec:
    return {
        "field": "value",
        "type": "quantitative",
        "axis": {"labelExpr": "replace(format(datum.value, ','), /,/g, ' ')"},
    }


def _line_layers(rows: list[Spec], colour: Spec, years: list[int]) -> list[Spec]:
    last = {row["name"]: row for row in rows}
    ends = _apart(list(last.values()), rows)
    broken = {"lineBreak": "\n", "lineHeight": LINE}
    dashes = {"domain": [False, True], "range": [[1, 0], [5, 3]]}
    names = list(last)
    shape: Spec = {
        "field": "name",
        "type": "nominal",
        "scale": {"domain": names, "range": [SHAPES[number % len(SHAPES)] for number in range(len(names))]},
        "legend": None,
    }
    runs = Counter(row["run"] for row in rows)
    marked = [
        row
        for row in rows
        if runs[row["run"]] == 1 or row == last[row["name"]] or (row["year"] - years[0]) % EVERY == 0
    ]
    hollow = [row for row in rows if row["derived"] and row not in marked and not row["estimated"]]
    return [
        {"mark": {"type": "rule", "color": LIGHT["quiet"], "strokeWidth": 1}, "encoding": {"y": {"datum": 0}}},
        {
            "data": {"values": rows},
            "mark": {"type": "line", "strokeWidth": 2, "interpolate": "linear"},
            "encoding": {
                "x": _x(years),
                "y": _y(),
                "color": colour,
                "detail": {"field": "run"},
                "strokeDash": {"field": "estimated", "type": "nominal", "scale": dashes, "legend": None},
            },
        },
        {
            "data": {"values": [row for row in marked if not row["derived"]]},
            "mark": {"type": "point", "size": 40, "filled": True, "opacity": 1},
            "encoding": {"x": _x(years), "y": _y(), "color": colour, "shape": shape},
        },
        {
            "data": {"values": [row for row in marked if row["derived"]] + hollow},
            "mark": {"type": "point", "size": 40, "strokeWidth": 1.5, "fill": LIGHT["paper"]},
            "encoding": {"x": _x(years), "y": _y(), "color": colour, "shape": shape},
        },
        {
            "data": {"values": ends},
            "mark": {"type": "text", "align": "left", "dx": 8, "baseline": "middle", **broken},
            "encoding": {
                "x": {"datum": years[-1]},
                "y": {"field": "label_at", "type": "quantitative"},
                "text": {"field": "label"},
                "color": colour,
            },
        },
    ]


def _apart(ends: list[Spec], rows: list[Spec]) -> list[Spec]:
    """Labels at the ends of lines, broken into short lines and moved apart where they would touch."""
    values = [row["value"] for row in rows] + [0]
    pixel = (max(values) - min(values)) / HEIGHT * ROUNDED
    placed: list[Spec] = []
    for end in sorted(ends, key=lambda row: row["value"]):
        label = textwrap.wrap(end["name"], LABEL_WIDTH)
        half = len(label) * LINE * pixel / 2
        at = end["value"]
        if placed:
            at = max(at, placed[-1]["label_at"] + placed[-1]["half"] + half)
        placed.append(end | {"label": "\n".join(label), "label_at": at, "half": half})
    return placed


def _bar_layers(rows: list[Spec], colour: Spec, years: list[int]) -> list[Spec]:
    width = max(3, min(18, int(WIDTH / (len(years) + 1) * 0.7)))
    return [
        {
            "data": {"values": rows},
            "mark": {"type": "bar", "width": width, "stroke": LIGHT["paper"], "strokeWidth": 0.5},
            "encoding": {"x": _x(years), "y": _y() | {"stack": "zero"}, "color": colour},
        }
    ]


def _mark_layers(chart: Chart, years: list[int]) -> list[Spec]:
    if not chart.marks:
        return []
    marks = [
        {"year": mark.year, "number": str(mark.number), "row": mark.number % 2}
        for mark in chart.marks
        if years[0] - 0.5 <= mark.year <= years[-1] + 1
    ]
    return [
        {
            "data": {"values": marks},
            "mark": {"type": "rule", "color": LIGHT["quiet"], "strokeWidth": 0.75, "strokeDash": [2, 2]},
            "encoding": {"x": _x(years)},
        },
        *(
            {
                "data": {"values": [mark for mark in marks if mark["row"] == row]},
                "mark": {
                    "type": "text",
                    "dy": -6 - 13 * row,
                    "baseline": "bottom",
                    "fontSize": 11,
                    "color": LIGHT["quiet"],
                },
                "encoding": {"x": _x(years), "y": {"value": 0}, "text": {"field": "number"}},
            }
            for row in (0, 1)
        ),
    ]


def _break_layers(chart: Chart, years: list[int]) -> list[Spec]:
    """A break of measurement: a torn, wide-dashed line before the year."""
    breaks = [{"year": year - 0.5} for year, _ in chart.breaks if years[0] < year <= years[-1]]
    if not breaks:
        return []
    return [
        {
            "data": {"values": breaks},
            "mark": {"type": "rule", "color": LIGHT["conflict"], "strokeWidth": 2, "strokeDash": [1, 4]},
            "encoding": {"x": _x(years)},
        }
    ]


def _scalable(svg: str) -> str:
    """Let the picture follow the width of its place: keep the viewBox, drop the fixed size. The parts lose their roles:
    whoever shows the picture describes it as a whole, and its table of figures stands beside it.
    """
    head, rest = _ROLES.sub("", svg).split(">", 1)
    kept = " ".join(part for part in head.split(" ") if not part.startswith(("width=", "height=")))
    return f"{kept}>{rest}"


def _with_hatching(svg: str, name: str) -> str:
    """Bars of estimates filled with slanted lines instead of a colour, so that they differ in grey too."""
    if HATCHED not in svg:
        return svg
    paper, stroke = LIGHT["paper"], LIGHT["unknown"]
    pattern = (
        f'<defs><pattern id="hatch-{name}" width="5" height="5" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect width="5" height="5" fill="{paper}"/>'
        f'<line x1="0" y1="0" x2="0" y2="5" stroke="{stroke}" stroke-width="2.5"/></pattern></defs>'
    )
    head, rest = svg.split(">", 1)
    drawn = f"{head}>{pattern}{rest}".replace(f'fill="{HATCHED}"', f'fill="url(#hatch-{name})"')
    return drawn.replace(f'stroke="{HATCHED}"', f'stroke="{stroke}"')
