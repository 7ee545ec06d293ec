"""The review as one HTML file: no script, no request to anywhere, readable on a phone, by keyboard and on paper."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from koshiqon.render.blocks import BoxPage, CalendarPage, ChartPage, ParagraphPage, PointsPage, ReviewPage, TablePage
from koshiqon.render.tokens import stylesheet_tokens
from koshiqon.render.words import Line, Run

TEMPLATES = Path(__file__).parent / "templates"


def render_html(page: ReviewPage) -> str:
    """The whole document as text."""
    style = stylesheet_tokens() + (TEMPLATES / "review.css").read_text(encoding="utf-8")
    return (
        environment()
        .get_template("review.html")
        .render(page=page, voice=page.voice, style=Markup(style), Markup=Markup)
    )


def environment() -> Environment:
    """Templates with escaping on, the filters `line` and `run`, and a test for each kind of block."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["line"] = line_html
    made.filters["run"] = run_html
    made.tests |= {
        "paragraph": lambda block: isinstance(block, ParagraphPage),
        "points": lambda block: isinstance(block, PointsPage),
        "box": lambda block: isinstance(block, BoxPage),
        "table": lambda block: isinstance(block, TablePage),
        "chart": lambda block: isinstance(block, ChartPage),
        "calendar": lambda block: isinstance(block, CalendarPage),
    }
    return made


def line_html(line: Line) -> Markup:
    return Markup("".join(map(run_html, line)))


def run_html(run: Run, link: str | None = None) -> Markup:
    """A run with what it shows: its finding, its row, its language; a link where it can be opened (its own, or the one
    given). Every part is escaped.
    """
    link = run.link if link is None else link
    if run.note is not None:
        return Markup(f'<sup><a href="#note-{run.note}" data-of="{escape(run.of)}">{run.note}</a></sup>')
    words = escape(run.words)
    if link is not None:
        outside = ' rel="noopener"' if link.startswith("http") else ""
        words = Markup(f'<a href="{escape(link)}"{outside}>{words}</a>')
    attributes = f' data-finding="{escape(run.finding)}"' if run.finding is not None else ""
    attributes += f' data-of="{escape(run.of)}"' if run.of is not None else ""
    attributes += f' lang="{escape(run.language)}"' if run.language is not None else ""
    return Markup(f"<span{attributes}>{words}</span>") if attributes else words
