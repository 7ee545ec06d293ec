"""Registers: a run of `koshiqon screen` in a process of its own, watched from a page; or why this server takes none."""

from __future__ import annotations

import sys

from fastapi import APIRouter, Request, Response

from koshiqon.web.asked import Language, languages_only
from koshiqon.web.site import Site

if sys.platform != "win32":
    from koshiqon.web.pages.register_jobs import job_pages


def router(site: Site) -> APIRouter:
    """The pages of registers; one page that says so where they are switched off, or where the system has not the locks
    that jobs rest on.
    """
    if site.settings.registers and sys.platform != "win32":
        return job_pages(site)
    pages = APIRouter(prefix="/{language}/register", dependencies=languages_only(site))

    @pages.get("")
    def _off(request: Request, language: Language) -> Response:
        return site.page(request, language, "register_off.html", section="register")

    return pages
