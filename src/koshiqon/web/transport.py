"""How a request finds the site and an answer travels back: below a base path, and when only its head is asked for.

Pure ASGI.
"""

from __future__ import annotations

from dataclasses import dataclass

from starlette.middleware.gzip import DEFAULT_EXCLUDED_CONTENT_TYPES
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SMALL_ALREADY = (
    *DEFAULT_EXCLUDED_CONTENT_TYPES,
    "application/octet-stream",
    "application/pdf",
    "application/vnd.apache.parquet",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
)
"""Kinds of content that are compressed within, or too large to be compressed on the way."""


@dataclass(frozen=True, slots=True)
class BelowBasePath:
    """Serves the site below a path, whether the proxy before it takes that path off or leaves it on."""

    app: ASGIApp
    base_path: str

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and self.base_path:
            scope = {**scope, "root_path": self.base_path, "path": self._whole(scope["path"])}
        await self.app(scope, receive, send)

    def _whole(self, path: str) -> str:
        if path == self.base_path:
            return f"{path}/"
        return path if path.startswith(f"{self.base_path}/") else self.base_path + path


@dataclass(frozen=True, slots=True)
class HeadToo:
    """Answers HEAD wherever GET is answered, without the content (RFC 9110, 9.3.2)."""

    app: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self.app(scope, receive, send)
            return

        async def head_only(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        as_get = {**scope, "method": "GET"}
        await self.app(as_get, receive, head_only)
        scope.update({name: as_get[name] for name in ("route", "root_path") if name in as_get})
