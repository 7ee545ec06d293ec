"""Answers that are alike for everybody: made once, kept as they are and as they travel."""

from __future__ import annotations

import gzip
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from threading import Lock

from fastapi import Request, Response
from fastapi.responses import HTMLResponse

LONGEST_QUERY = 300
"""Letters of a question that a page which is kept may answer, and that the links to other languages repeat."""
FEW = 12
"""Pages kept of a part that has one in each language: those of two days, and of addresses that say more than they
need.
"""


@dataclass(frozen=True, slots=True)
class Kept:
    """The content of an answer, as it is and compressed."""

    plain: bytes
    packed: bytes

    def answer(self, request: Request, kind: str, headers: Mapping[str, str] | None = None) -> Response:
        """The answer, compressed for whoever takes it so (RFC 9110, 12.5.3)."""
        told = dict(headers or {})
        if "gzip" not in request.headers.get("accept-encoding", ""):
            return Response(self.plain, media_type=kind, headers=told)
        told |= {"content-encoding": "gzip", "vary": "Accept-Encoding"}
        return Response(self.packed, media_type=kind, headers=told)


def kept(content: bytes) -> Kept:
    """Content to keep: compressed as well as can be, since that is done once."""
    return Kept(content, gzip.compress(content, mtime=0))


@dataclass(frozen=True, slots=True)
class Shelf:
    """Pages that were made before and are asked again: at most `most`, those asked longest ago leave first. They hold
    nothing of a person: all that they answer stands in the address.
    """

    most: int = FEW
    pages: OrderedDict[tuple[object, ...], Kept] = field(default_factory=OrderedDict)
    lock: Lock = field(default_factory=Lock)

    def take(self, request: Request, today: date, make: Callable[[], HTMLResponse]) -> Response:
        """The page of this address and day, made where it is not here; only answers without letters are kept."""
        key = (request.url.path, request.url.query, today)
        with self.lock:
            found = self.pages.get(key)
            if found is not None:
                self.pages.move_to_end(key)
        if found is None:
            made = make()
            if made.status_code != 200 or len(request.url.query) > LONGEST_QUERY:
                return made
            found = kept(bytes(made.body))
            with self.lock:
                self.pages[key] = found
                while len(self.pages) > self.most:
                    self.pages.popitem(last=False)
        return found.answer(request, "text/html")
