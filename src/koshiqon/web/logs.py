"""What a server writes about itself: one line of JSON a request and a fault, and nothing of what anybody asked.

A line names the route as the program has it (`/{language}/stay`), never the path, query, body or address that came. A
fault is told by the names of its exceptions and by places in the code: the message of an exception may hold a case.
"""

from __future__ import annotations

import json
import logging
import traceback
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from time import perf_counter
from types import TracebackType
from typing import Any

from starlette.requests import Request
from starlette.routing import Mount
from starlette.types import ASGIApp, Message, Receive, Scope, Send

ACCESS, FAULTS = logging.getLogger("koshiqon.access"), logging.getLogger("koshiqon.faults")
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
TOLD = "told"
"""The attribute of a log record that holds what its line says."""
OF_THE_SERVER = ("koshiqon", "uvicorn")
"""Loggers whose own words are known to hold nothing of a request."""
CONFIGURATION: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "koshiqon.web.logs.Line"}},
    "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "line", "stream": "ext://sys.stdout"}},
    "root": {"handlers": ["out"], "level": "WARNING"},
    "loggers": {"koshiqon": {"level": "INFO"}, "uvicorn": {"level": "INFO"}},
}
"""For logging.config.dictConfig: every line to standard output, in one form."""


@dataclass(frozen=True, slots=True)
class Line:
    """Formats a record as one line of JSON. Of a library that is not known to be discreet, only where it spoke."""

    def format(self, record: logging.LogRecord) -> str:
        """The line of a record."""
        when = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = {"time": when, "level": record.levelname.lower(), **self._said(record)}
        if record.exc_info and record.exc_info[1] is not None:
            line |= fault_told(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)

    def _said(self, record: logging.LogRecord) -> Mapping[str, Any]:
        told = record.__dict__.get(TOLD)
        if isinstance(told, Mapping):
            return told
        if record.name.split(".")[0] in OF_THE_SERVER:
            return {"from": record.name, "message": record.getMessage().strip()}
        return {"from": record.name, "at": f"{record.module}:{record.lineno}"}


@dataclass(frozen=True, slots=True)
class LogLines:
    """Writes a line for each answer, and one for each fault, which it answers by what `broken` makes of the request."""

    app: ASGIApp
    broken: Callable[[Request], ASGIApp]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began, base, status = perf_counter(), scope.get("root_path", ""), None

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, watched)
        except Exception as problem:
            told = fault_told(problem)
            FAULTS.error("%s at %s", told["fault"][0], told["where"][-1], extra={TOLD: {**_asked(scope, base), **told}})
            if status is None:
                await self.broken(Request(scope))(scope, receive, watched)
        finally:
            took = {"status": status, "ms": round((perf_counter() - began) * 1000, 1)}
            ACCESS.info("answered", extra={TOLD: {**_asked(scope, base), **took}})


def _asked(scope: Scope, base: str) -> dict[str, str | None]:
    """How a request was made, and the template of the route that it took; None where it led nowhere."""
    return {"method": scope["method"] if scope["method"] in METHODS else "other", "route": _route(scope, base)}


def _route(scope: Scope, base: str) -> str | None:
    route = scope.get("route")
    mounted = str(scope.get("root_path", "")).removeprefix(base)
    if isinstance(route, Mount) or route is None:
        return mounted or None
    return mounted + str(route.path)


def fault_told(problem: BaseException) -> dict[str, list[str]]:
    """An exception without its message: its class and those of what led to it, and where it passed, innermost last."""
    return {"fault": list(_classes(problem)), "where": list(_places(problem.__traceback__))[-12:]}


def _classes(problem: BaseException | None) -> Iterator[str]:
    seen: set[int] = set()
    while problem is not None and id(problem) not in seen:
        seen.add(id(problem))
        yield type(problem).__qualname__
        problem = problem.__cause__ or problem.__context__


def _places(frames: TracebackType | None) -> Iterator[str]:
    for frame, line in traceback.walk_tb(frames):
        yield f"{frame.f_globals.get('__name__', '?')}:{line} {frame.f_code.co_name}"
