"""What stands around every answer: headers that let a page ask nobody else for anything, and a limit on what is sent
and on how slowly.

Pure ASGI, so that an upload can stream through it.
"""

from __future__ import annotations

import asyncio
import re
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""Content Security Policy: nothing but what this server gives, and no script or style inside a page."""
HEADERS = {
    "content-security-policy": POLICY,
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
STYLE = re.compile(rb"<style>(.*?)</style>", re.DOTALL)
PORT = re.compile(r":\d+$")
NOT_KEPT = "no-store"
"""What was asked in a body is kept by no cache, in between or in the browser."""


def policy_of(document: bytes) -> str:
    """The Content Security Policy under which a document is shown that holds its style: this style, known by its hash
    (CSP Level 3, 6.7), and nothing else.
    """
    hashes = [b64encode(sha256(style).digest()).decode() for style in STYLE.findall(document)]
    styles = " ".join(f"'sha256-{mark}'" for mark in hashes) or "'none'"
    return (
        f"default-src 'none'; style-src {styles}; img-src data:; form-action 'none'; base-uri 'none'; "
        "frame-ancestors 'none'"
    )


@dataclass(frozen=True, slots=True)
class SafeHeaders:
    """Sets the headers that an answer does not set itself. Answers to a body are never kept."""

    app: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        asked = scope["method"]

        async def headed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("cache-control", NOT_KEPT if asked == "POST" else "no-cache")
            await send(message)

        await self.app(scope, receive, headed)


@dataclass(frozen=True, slots=True)
class OwnAddress:
    """Answers only where it is asked by one of its own names, and takes forms from its own pages only.

    The first keeps a strange site from giving its name the address of this machine and so reading a local server (DNS
    rebinding); no `names`: any will do. The second keeps it from making a browser send a form here: browsers say where
    a form stood (Sec-Fetch-Site, W3C Fetch Metadata); who sends no such header is no browser that somebody else leads.
    """

    app: ASGIApp
    names: tuple[str, ...]
    refusal: Callable[[Scope, int], ASGIApp]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refused = self._refused(scope) if scope["type"] == "http" else None
        answer = self.app if refused is None else self.refusal(scope, refused)
        await answer(scope, receive, send)

    def _refused(self, scope: Scope) -> int | None:
        headers = Headers(scope=scope)
        asked = headers.get("host", "").lower()
        if self.names and PORT.sub("", asked) not in self.names:
            return 421
        foreign = headers.get("sec-fetch-site", "none") not in ("same-origin", "none")
        return 403 if foreign and scope["method"] not in ("GET", "HEAD", "OPTIONS") else None


class TooLarge(Exception):
    """What is being sent is larger than this place takes."""


class TooSlow(Exception):
    """What is being sent has not come whole within the time for it."""


@dataclass(frozen=True, slots=True)
class BoundedBody:
    """Refuses a body that is larger than `most` bytes, told or sent (413), or not whole within `seconds` (408).

    The refusal is written here, whatever the part that was reading makes of being interrupted. `refusal` makes it from
    a request and a status. A path that ends with `except_under` takes what it bounds itself.
    """

    app: ASGIApp
    most: int
    seconds: float
    except_under: str
    refusal: Callable[[Scope, int], ASGIApp]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].endswith(self.except_under):
            await self.app(scope, receive, send)
            return
        if _told(scope) > self.most:
            await self.refusal(scope, 413)(scope, receive, _closing(send))
            return
        body = _Body(receive, self.most, asyncio.get_running_loop().time() + self.seconds)

        async def unless_refused(message: Message) -> None:
            body.answered = body.answered or not body.refused
            if body.answered:
                await send(message)

        try:
            await self.app(scope, body.receive, unless_refused)
        except (TooLarge, TooSlow):
            if body.answered:
                raise
        if body.refused and not body.answered:
            await self.refusal(scope, body.refused)(scope, receive, _closing(send))


@dataclass(slots=True)
class _Body:
    """What comes in for one request: its parts counted, and the clock watched until the last has come."""

    source: Receive
    most: int
    until: float
    taken: int = 0
    whole: bool = False
    refused: int = 0
    answered: bool = False

    async def receive(self) -> Message:
        if self.whole:
            return await self.source()
        try:
            async with asyncio.timeout_at(self.until):
                message = await self.source()
        except TimeoutError:
            self.refused = 408
            raise TooSlow from None
        self.taken += len(message.get("body", b""))
        self.whole = not message.get("more_body", False)
        if self.taken > self.most:
            self.refused = 413
            raise TooLarge
        return message


def _told(scope: Scope) -> int:
    """The bytes that a request says it will send; 0 where it does not say."""
    said = dict(scope["headers"]).get(b"content-length", b"0")
    return int(said) if said.isdigit() and len(said) < 20 else 0


def _closing(send: Send) -> Send:
    """The same, but the connection ends with the answer: what is still to come is not read."""

    async def closing(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message)["connection"] = "close"
        await send(message)

    return closing
