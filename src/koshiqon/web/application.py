"""The server put together: its parts, what stands around them, what is said of something that is not there."""

from __future__ import annotations

import gc
import os
import re
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import Scope

from koshiqon import __version__
from koshiqon.settings import settings_from
from koshiqon.web import pages
from koshiqon.web.api import SILENT, api
from koshiqon.web.api.problems import of_status, problem_response
from koshiqon.web.logs import LogLines
from koshiqon.web.safety import BoundedBody, OwnAddress, SafeHeaders
from koshiqon.web.shelf import kept
from koshiqon.web.site import Site, language_of, site_of
from koshiqon.web.transport import SMALL_ALREADY, BelowBasePath, HeadToo

LARGEST_FORM = 256 * 1024
"""Bytes of a form or of a question to the API."""
SLOWEST_FORM = 30.0
"""Seconds in which it must have come."""
QUICK = 3
"""How hard an answer is compressed that is made once: level 5 takes twice the time for a tenth less."""
SLASH_TOO_MUCH = re.compile(r"(/[a-z0-9-]+){2,}/")
TURN = 0.03
"""Seconds that a thread may work before another may: longer than nearly every answer takes."""
LEFT_BEHIND = 5000
"""Objects made and not yet given up before the collector looks at the youngest."""
FOREVER = "public, max-age=31536000, immutable"


def from_environment() -> FastAPI:
    """The server as the variables KOSHIQON_* describe it; uvicorn calls this in each of its processes."""
    return application(site_of(settings_from(os.environ)))


def application(site: Site) -> FastAPI:
    """A server that answers for one site."""
    app = FastAPI(
        docs_url=None, redoc_url=None, openapi_url=None, redirect_slashes=False, telemetry=SILENT, lifespan=_settled
    )
    app.state.site = site
    _routes(app, site)
    app.add_exception_handler(HTTPException, _not_there(site))
    app.add_exception_handler(RequestValidationError, _not_meant(site))
    _surround(app, site)
    return app


@asynccontextmanager
async def _settled(_app: FastAPI) -> AsyncIterator[None]:
    """While the server runs, answers are given one after another, and the collector of garbage passes over all that
    stands when it starts.

    Threads that answer at once take turns, so that each becomes slow; one that may keep its turn until its answer is
    made lets the others wait less on the whole, and the longest by half.

    A country is hundreds of thousands of objects that live as long as the server. Without this they are all looked at
    again after every few answers, which takes longer than an answer. What an answer leaves behind is looked at more
    seldom than usual, for it is little.
    """
    usual, turn = gc.get_threshold(), sys.getswitchinterval()
    sys.setswitchinterval(TURN)
    gc.collect()
    gc.freeze()
    gc.set_threshold(LEFT_BEHIND, *usual[1:])
    yield
    gc.set_threshold(*usual)
    gc.unfreeze()
    sys.setswitchinterval(turn)


def _surround(app: FastAPI, site: Site) -> None:
    """What stands around the pages; the last one added stands outermost."""

    def refused(scope: Scope, status: int) -> Response:
        return refusal(site, Request(scope), status)

    upload = "/register/upload"
    app.add_middleware(BoundedBody, most=LARGEST_FORM, seconds=SLOWEST_FORM, except_under=upload, refusal=refused)
    app.add_middleware(OwnAddress, names=site.settings.names, refusal=refused)
    app.add_middleware(GZipMiddleware, compresslevel=QUICK, exclude_content_types=SMALL_ALREADY)
    app.add_middleware(HeadToo)
    app.add_middleware(LogLines, broken=lambda request: refusal(site, request, 500))
    app.add_middleware(BelowBasePath, base_path=site.settings.base_path)
    app.add_middleware(SafeHeaders)


def _routes(app: FastAPI, site: Site) -> None:
    @app.get("/", include_in_schema=False)
    async def _choose(request: Request) -> Response:
        language = language_of(request.headers.get("accept-language", ""), tuple(site.voices))
        return RedirectResponse(site.path(language, ""), 303, {"vary": "accept-language"})

    files = {name: kept(content) for name, (_, content) in site.static.items()}

    # What follows is quick: it is done at once, not in the threads that answer, where it would wait for its turn.

    @app.get("/static/{name}", include_in_schema=False)
    async def _static(request: Request, name: str) -> Response:
        if name not in files:
            raise HTTPException(404)
        kind = "text/css" if name.endswith(".css") else "text/javascript"
        return files[name].answer(request, f"{kind}; charset=utf-8", {"cache-control": FOREVER})

    @app.get("/robots.txt", include_in_schema=False)
    async def _robots() -> Response:
        return Response(f"User-agent: *\nDisallow: {site.path('api', '')}\n", media_type="text/plain")

    @app.get("/health", include_in_schema=False)
    async def _health() -> dict[str, str]:
        country = site.country
        return {"status": "ok", "version": __version__, "country": country.code, "country_hash": country.content_hash}

    @app.get("/api/v1", include_in_schema=False)
    async def _api() -> Response:
        return RedirectResponse(site.path("api", "v1", "docs"), 303)

    app.mount("/api/v1", api(site))
    for router in pages.routers(site):
        app.include_router(router, include_in_schema=False)


# --- what is not there -----------------------------------------------------------------------------------------------


def _not_there(site: Site) -> Callable[[Request, Exception], Response]:
    def answer(request: Request, problem: Exception) -> Response:
        assert isinstance(problem, HTTPException)
        elsewhere = _elsewhere(site, request)
        if problem.status_code == 404 and request.method == "GET" and elsewhere is not None:
            return RedirectResponse(elsewhere, 308)
        return refusal(site, request, problem.status_code)

    return answer


def _not_meant(site: Site) -> Callable[[Request, Exception], Response]:
    """What has not the form that a page takes: in the path, there is no such page; elsewhere, it cannot be answered."""

    def answer(request: Request, problem: Exception) -> Response:
        assert isinstance(problem, RequestValidationError)
        in_path = all(fault["loc"][:1] == ("path",) for fault in problem.errors())
        return refusal(site, request, 404 if in_path else 400)

    return answer


def _elsewhere(site: Site, request: Request) -> str | None:
    """Where a page lies whose path was written with a slash too much, or a language with none."""
    path = request.url.path.removeprefix(site.settings.base_path)
    if path.removeprefix("/") in site.voices:
        return site.path(path.removeprefix("/"), "")
    return site.path(path.strip("/")) if SLASH_TOO_MUCH.fullmatch(path) else None


def refusal(site: Site, request: Request, status: int) -> Response:
    """A letter about why there is no answer, in the language of the path, else of the browser."""
    first = request.url.path.removeprefix(site.settings.base_path).strip("/").split("/")[0]
    if first == "api":
        return problem_response(site, request, of_status(status))
    accepted = request.headers.get("accept-language", "")
    language = first if first in site.voices else language_of(accepted, tuple(site.voices))
    return site.page(request, language, "refusal.html", status=status, code=status)
