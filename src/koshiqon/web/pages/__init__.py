"""The pages, one module a part of the site. Each has `router(site)`: the routes of its part under `/LANGUAGE/…`."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi import APIRouter

from koshiqon.web.pages import figures, home, law, offices, register, review, status, stay
from koshiqon.web.site import Site


def routers(site: Site) -> Iterator[APIRouter]:
    """The routes of all parts, in the order of the menu."""
    for part in (home, stay, status, law, figures, register, review, offices):
        yield part.router(site)
