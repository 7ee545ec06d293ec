"""An answer as a piece of HTML for a notebook: the sentence, the drawn calendar, the parts folded below; no script, no
request to anywhere.
"""

from __future__ import annotations

from markupsafe import Markup, escape

from koshiqon.render.answer_page import AnswerPage, Item, Part
from koshiqon.render.day_picture import described, picture_of
from koshiqon.render.html import line_html, run_html
from koshiqon.render.words import Line

OPEN = ("overstay", "duties", "grounds", "plan", "unknown")
"""Parts that stand open; the others unfold."""


def answer_html(page: AnswerPage) -> str:
    """The answer as one `<section>`, every text of the case escaped."""
    picture = Markup(picture_of(page.calendar, page.voice))
    alternative = escape(described(page.calendar, page.voice))
    parts = Markup("").join(_part(part) for part in page.parts)
    edition = escape(" · ".join(f"{label}: {value}" for label, value in page.edition))
    return str(
        Markup(f'<section lang="{escape(page.language)}" style="max-width:46rem">')
        + Markup("<p><strong>{}</strong></p>").format(line_html(page.sentence))
        + Markup("<p>{}</p>").format(page.caution)
        + Markup('<figure role="img" aria-label="{}" style="margin:0;background:#fcfbf8">{}</figure>').format(
            alternative, picture
        )
        + parts
        + Markup("<p><small>{} {}</small></p>").format(edition, page.warning)
        + Markup("</section>")
    )


def _part(part: Part) -> Markup:
    items = "".join(_item(item) for item in part.items)
    opened = " open" if part.name in OPEN else ""
    return Markup(
        f"<details{opened}><summary><strong>{escape(part.title)}</strong></summary><ul>{items}</ul></details>"
    )


def _item(item: Item) -> str:
    """A line and those under it; each run comes escaped."""
    under = "".join(f"<br><small>{_line(line)}</small>" for line in item.under)
    return f"<li>{_line(item.line)}{under}</li>"


def _line(line: Line) -> str:
    return "".join(map(run_html, line))
