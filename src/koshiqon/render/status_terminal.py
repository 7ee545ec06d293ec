"""An answer about status, and the questions of an interview, as plain text for a terminal."""

from __future__ import annotations

from koshiqon.render.status_page import StatusPage
from koshiqon.render.terminal import BOLD, QUIET, Screen, part_lines, wrapped
from koshiqon.render.words import plain


def render_status(page: StatusPage, screen: Screen, why: bool = False) -> str:
    """The answer as text that ends with a line break; with `why`, every rule about a category as it was judged."""
    parts = (*page.parts, page.steps) if why else page.parts
    edition = " · ".join(f"{label}: {value}" for label, value in page.edition)
    blocks = [
        [*wrapped(plain(page.sentence), screen, "", "", BOLD), *wrapped(page.care, screen, "", "")],
        *(list(part_lines(part, screen)) for part in parts),
        [
            *wrapped(edition, screen, "", "", QUIET),
            *wrapped(f"{page.warning} {page.unchecked}", screen, "", "", QUIET),
        ],
    ]
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"
