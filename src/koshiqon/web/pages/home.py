"""The home page: the four questions people come with."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from koshiqon.web.asked import Language, languages_only
from koshiqon.web.site import Site


def router(site: Site) -> APIRouter:
    """The route of the part."""
    routes = APIRouter(dependencies=languages_only(site))

    @routes.get("/{language}/")
    def home(request: Request, language: Language) -> HTMLResponse:
        return site.page(request, language, "home.html")

    return routes
