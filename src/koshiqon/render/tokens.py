"""The design in one place: colours, type scale, spacing, used by HTML, SVG and PDF alike (docs/explanation/look.md)."""

from __future__ import annotations

LIGHT = {
    "paper": "#fcfbf8",
    "ink": "#1d2733",
    "quiet": "#55606e",
    "line": "#d9d5cc",
    "accent": "#0b6e99",
    "lawful": "#2f7d4f",
    "unlawful": "#a9302a",
    "conflict": "#9a6700",
    "unknown": "#6b7280",
}
DARK = {
    "paper": "#12181f",
    "ink": "#e8e6e1",
    "quiet": "#a7b0bb",
    "line": "#37414d",
    "accent": "#6bbbe0",
    "lawful": "#74c694",
    "unlawful": "#ef8f88",
    "conflict": "#dba84a",
    "unknown": "#9aa3af",
}
SCALE = {"small": 0.8125, "body": 1.0, "lead": 1.1875, "heading": 1.5, "title": 2.125}
"""Five sizes, in units of the reader's own body size."""

STEP = 4
"""Spacing goes in steps of 4 px."""

SERIES = ("accent", "unlawful", "ink", "conflict", "lawful", "unknown")
"""Colours of the lines of a chart, in order; estimates are dashed or hatched, never told by colour alone."""

PRINT_FONT = "Libertinus Serif"


def stylesheet_tokens() -> str:
    """The tokens as CSS custom properties, light and dark, and the rules that let SVG follow them."""
    light = "".join(f"--{name}:{colour};" for name, colour in LIGHT.items())
    dark = "".join(f"--{name}:{colour};" for name, colour in DARK.items())
    sizes = "".join(f"--{name}:{size}rem;" for name, size in SCALE.items())
    svg = "".join(
        f'svg [fill="{colour}"]{{fill:var(--{name})}}svg [stroke="{colour}"]{{stroke:var(--{name})}}'
        for name, colour in LIGHT.items()
    )
    return f":root{{{light}{sizes}--step:{STEP}px}}@media (prefers-color-scheme:dark){{:root{{{dark}}}}}{svg}"
