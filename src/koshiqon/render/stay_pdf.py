"""The answer as the page a lawyer puts in a file: facts, assumptions, answer, calendar, steps with their provisions,
open points, sources, edition; by Typst, accessible (PDF/UA-1).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import typst

from koshiqon.render.answer_page import AnswerPage, Item, Part
from koshiqon.render.day_picture import described, picture_of
from koshiqon.render.tokens import LIGHT, PRINT_FONT
from koshiqon.render.typst_forms import array, call, content, string
from koshiqon.render.words import plain

TEMPLATE = Path(__file__).parent / "templates" / "stay.typ"
FIRST = ("given", "assumed")
"""A file begins with the facts; the answer and its reasons follow."""


def render_stay_pdf(page: AnswerPage, when: datetime) -> bytes:
    """The page as PDF bytes. `when` is the time written into the file, so that equal input gives equal bytes.
    All is done in memory: a case is written into no file.
    """
    pdf = typst.compile(
        stay_typst(page).encode(), format="pdf", pdf_standards=["ua-1"], timestamp=int(when.timestamp())
    )
    assert isinstance(pdf, bytes)
    return pdf


def stay_typst(page: AnswerPage) -> str:
    """The page as Typst: our template's functions called with strings, nothing of the case read as markup."""
    colours = ", ".join(f'{name}: rgb("{colour}")' for name, colour in LIGHT.items())
    head = {"language": page.language, "title": page.title, "warning": f"{page.warning} {page.unchecked}"}
    return "\n".join(
        [
            f"#let colour = ({colours})",
            f"#let print-font = {string(PRINT_FONT)}",
            TEMPLATE.read_text(encoding="utf-8"),
            f"#show: answer.with({', '.join(f'{name}: {string(words)}' for name, words in head.items())})",
            *_body(page),
            call("edition", array(array((string(label), string(value))) for label, value in page.edition)),
        ]
    )


def _body(page: AnswerPage) -> Iterator[str]:
    yield call("sentence", content(page.sentence), string(page.caution))
    yield call("days", string(picture_of(page.calendar, page.voice)), string(described(page.calendar, page.voice)))
    for name in FIRST:
        part = page.part(name)
        if part is not None:
            yield _part(part)
    for part in page.parts:
        if part.name not in (*FIRST, "sources"):
            yield _part(part)
    if page.decisive.items:
        yield _part(page.decisive)
    sources = page.part("sources")
    if sources is not None:
        yield _part(sources)


def _part(part: Part) -> str:
    """A part with its items; the many things assumed stand small and in two columns."""
    form = "compact" if part.name == "assumed" else "part"
    return call(form, string(part.title), array(_item(item) for item in part.items))


def _item(item: Item) -> str:
    return array((content(item.line), array(content(line) for line in item.under if plain(line))))
