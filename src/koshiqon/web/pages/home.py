"""The home page: the four questions people come with."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from koshiqon.web.asked import Language, languages_only
from koshiqon.web.shelf import Shelf
from koshiqon.web.site import Site


def router(site: Site) -> APIRouter:
    """The route of the part."""
    routes = APIRouter(dependencies=languages_only(site))

    shelf = Shelf()

    @routes.get("/{language}/")
    def home(request: Request, language: Language) -> Response:
        return shelf.take(request, site.today(), lambda: site.page(request, language, "home.html"))

    return routes
