"""The parts of a page about a register: sections of paragraphs, points, tables and drawn charts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from koshiqon.render.blocks import ParagraphPage, PointsPage, TablePage
from koshiqon.render.html import TEMPLATES, line_html
from koshiqon.render.register_charts import Drawn
from koshiqon.render.register_words import SIGN, headed, named, tell
from koshiqon.render.tokens import stylesheet_tokens
from koshiqon.render.words import Line, Voice


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """A chart: its finding, what is measured, the picture, what it shows in words, and its figures."""

    name: str
    title: str
    subtitle: str
    picture: Drawn
    data: TablePage


RegisterBlock = ParagraphPage | PointsPage | TablePage | DrawnPage


@dataclass(frozen=True, slots=True)
class RegisterSection:
    name: str
    title: str
    blocks: tuple[RegisterBlock, ...]


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """A whole page in one language. `synthetic` is the sentence that says so, None for a true register."""

    title: str
    subtitle: str
    caution: str
    synthetic: str | None
    findings: tuple[Line, ...]
    picture: DrawnPage | None
    sections: tuple[RegisterSection, ...]
    edition: tuple[tuple[str, str], ...]
    voice: Voice


def register_html(page: RegisterPage) -> str:
    """The page as one HTML file: no script, no request to anywhere, light and dark, on a phone and on paper."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["line"] = line_html
    environment.tests |= {
        "paragraph": lambda block: isinstance(block, ParagraphPage),
        "points": lambda block: isinstance(block, PointsPage),
        "table": lambda block: isinstance(block, TablePage),
        "drawn": lambda block: isinstance(block, DrawnPage),
    }
    style = stylesheet_tokens() + _text(TEMPLATES / "review.css") + _text(TEMPLATES / "register.css")
    return environment.get_template("register.html").render(
        page=page,
        voice=page.voice,
        style=Markup(style),
        Markup=Markup,
        sign=SIGN,
        hidden=named(page.voice, "hidden_sign"),
        titles={code: headed(page.voice, code) for code in ("synthetic", "edition", "found")},
        data_below=tell(page.voice, "data_below"),
    )


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")
