"""Law on a day: acts, provisions, rules, the visa-free table, what changed. Its pages are asked by GET, for a question
about the law tells nothing of a person.
"""

from __future__ import annotations

from fastapi import APIRouter

from koshiqon.web.asked import languages_only
from koshiqon.web.pages import law_acts, law_changes, law_day, law_open, law_timeline
from koshiqon.web.shelf import Shelf
from koshiqon.web.site import Site

PAGES_KEPT = 96
"""Pages about the law that are not made again when they are asked again: some ten megabytes, thirty at worst."""


def router(site: Site) -> APIRouter:
    """All pages under /LANGUAGE/law."""
    routes = APIRouter(prefix="/{language}/law", dependencies=languages_only(site))
    shelf = Shelf(PAGES_KEPT)
    for part in (law_day, law_changes, law_timeline, law_acts, law_open):
        part.add_to(routes, site, shelf)
    return routes
