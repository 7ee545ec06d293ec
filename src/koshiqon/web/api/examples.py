"""The examples of the document: real questions, asked of the server itself, and what it answers."""

from __future__ import annotations

import asyncio
import json
from collections.abc import MutableMapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from starlette.types import ASGIApp

MOST_ROWS = 2
"""Rows of a list that an example shows."""


@dataclass(frozen=True, slots=True)
class Example:
    """A question: the method and path as the document has them, what stands in the path and the query, the body."""

    method: str
    path: str
    within: MutableMapping[str, str] = field(default_factory=dict)
    query: MutableMapping[str, str] = field(default_factory=dict)
    body: Any = None

    @property
    def address(self) -> str:
        """The path with its names filled in, and the query."""
        return self.path.format(**self.within) + (f"?{urlencode(self.query)}" if self.query else "")


CASE = {
    "citizenship": "UZB",
    "on": "2026-11-22",
    "trips": [{"entry": "2026-08-01", "exit": "2026-08-20"}, {"entry": "2026-10-05"}],
    "permits": [{"kind": "trp_work", "since": "2026-08-10", "until": "2026-08-15"}],
    "plan": {"entry": "2026-12-20", "exit": "2027-01-10"},
    "facts": {"passport.kind": "ordinary"},
}
SEEKER = {
    "citizenship": "AFG",
    "on": "2026-11-22",
    "trips": [{"entry": "2026-11-21"}],
    "facts": {"asylum.registered": False},
}
EXAMPLES: tuple[Example, ...] = (
    Example("post", "/stay", body=CASE),
    Example(
        "post",
        "/stay/table",
        body={
            "people": [
                {"id": "1", "case": {"citizenship": "KGZ", "on": "2026-11-22", "trips": [{"entry": "2026-11-01"}]}},
                {"id": "2", "case": {"trips": [{"entry": "2026-11-20", "exit": "2026-11-01"}], "on": "2026-11-22"}},
            ]
        },
    ),
    Example("post", "/status", body=SEEKER),
    Example("post", "/interview", body={**SEEKER, "declined": [], "answer": {"fact": "person.age", "value": 34}}),
    Example("get", "/law/{day}", {"day": "2023-01-27"}, {"kind": "bar"}),
    Example("get", "/visa-free/{day}", {"day": "2026-11-22"}, {"citizenship": "UZB"}),
    Example("get", "/changes", query={"since": "2022-12-31", "until": "2023-12-31", "citizenship": "RUS"}),
    Example("get", "/country", query={"on": "2026-11-22"}),
    Example("get", "/acts/{act}", {"act": "kaz/477-IV"}),
    Example("get", "/series/{indicator}", {"indicator": "border_entries_foreigners"}),
    *(
        Example("get", f"/{name}")
        for name in ("facts", "papers", "readings", "offices", "categories", "themes", "acts", "series", "data-sets",
                     "sources")
    ),
)  # fmt: skip


def shortened_lists(value: Any) -> Any:  # noqa: ANN401 (whatever JSON holds)
    """A value whose lists hold their first rows only."""
    match value:
        case list():
            return [shortened_lists(item) for item in value[:MOST_ROWS]]
        case dict():
            return {key: shortened_lists(item) for key, item in value.items()}
    return value


def asked_within(app: ASGIApp, example: Example) -> tuple[int, Any]:
    """What a server answers within this process: the status and the value."""
    path, _, query = example.address.partition("?")
    content = b"" if example.body is None else json.dumps(example.body).encode()
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": example.method.upper(),
        "scheme": "http", "path": path, "raw_path": path.encode(), "root_path": "", "query_string": query.encode(),
        "headers": [(b"host", b"localhost"), (b"content-type", b"application/json"), (b"accept-language", b"en")],
        "client": None, "server": ("localhost", 80),
    }  # fmt: skip
    status, parts = 0, []

    async def receive() -> MutableMapping[str, Any]:
        return {"type": "http.request", "body": content, "more_body": False}

    async def send(message: MutableMapping[str, Any]) -> None:
        nonlocal status
        status = message.get("status", status)
        parts.append(message.get("body", b""))

    async def ask() -> None:
        await app(scope, receive, send)

    asyncio.run(ask())
    return status, json.loads(b"".join(parts))
