"""The API: every answer of the program by HTTP, under /api/v1. docs/reference/api.md tells its rules."""

from __future__ import annotations

from functools import cache
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse
from starlette.exceptions import HTTPException

from koshiqon import __version__
from koshiqon.asking.law import UnreadableQuestion
from koshiqon.sources.faults import fault
from koshiqon.web.api import law, lists, persons, reviews
from koshiqon.web.api.body import StrictBody
from koshiqon.web.api.docs_page import docs_page
from koshiqon.web.api.document import document
from koshiqon.web.api.problems import Problem, of_status, of_validation, problem_response
from koshiqon.web.site import Site

SILENT: Any = {"tracing": False, "metrics": False, "logs": False, "operation_spans": False, "auto_configure": False}
"""No body or address of a request goes to whoever collects traces."""


def api(site: Site) -> FastAPI:
    """The API of one site, to be mounted at /api/v1."""
    app = FastAPI(
        title="Koshiqon",
        version=__version__,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        telemetry=SILENT,
    )
    app.state.site = site
    for router in (persons.routes(), law.routes(), lists.routes(site), reviews.routes()):
        app.include_router(router)
    _about_itself(app, site)
    _refusals(app, site)
    app.add_middleware(StrictBody, site=site, taking=frozenset(persons.TAKING))
    return app


def _about_itself(app: FastAPI, site: Site) -> None:
    @cache
    def whole() -> dict[str, Any]:
        return document(app, site)

    @app.get("/openapi.json", include_in_schema=False)
    def openapi() -> Response:
        return JSONResponse(whole())

    @app.get("/docs", include_in_schema=False)
    def docs(request: Request) -> Response:
        return docs_page(request, site, whole())

    @app.get("/", include_in_schema=False)
    def start() -> Response:
        return RedirectResponse(site.path("api", "v1", "docs"), 303)


def _refusals(app: FastAPI, site: Site) -> None:
    @app.exception_handler(HTTPException)
    def told(request: Request, problem: HTTPException) -> Response:
        known = problem if isinstance(problem, Problem) else of_status(problem.status_code)
        return problem_response(site, request, known, problem.headers)

    @app.exception_handler(RequestValidationError)
    def slipped(request: Request, problem: RequestValidationError) -> Response:
        return problem_response(site, request, of_validation(problem))

    @app.exception_handler(UnreadableQuestion)
    def unclear(request: Request, problem: UnreadableQuestion) -> Response:
        where = problem.values.get("field", problem.values.get("option", "day"))
        found = fault("", 0, problem.code, **{"field": where, **problem.values})
        return problem_response(site, request, Problem("question", [found]))

    @app.exception_handler(Exception)
    def broken(request: Request, _problem: Exception) -> Response:
        return problem_response(site, request, Problem("broken"))
