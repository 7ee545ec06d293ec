"""Bodies read strictly, before anybody believes them: JSON by its content type, UTF-8, no key twice, nothing deep."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from typing import Any

from fastapi import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from koshiqon.sources.faults import Fault, fault
from koshiqon.web.api.problems import Problem, problem_response
from koshiqon.web.site import Site

DEEPEST = 20
"""Lists and objects within each other."""
LONGEST_NUMBER = 30
"""Digits and marks of one number."""


class NotJson(ValueError):
    """Bytes that are no JSON as it is taken here; it holds the fault."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.fault: Fault = fault("", 0, code, field="body", **values)


@dataclass(frozen=True, slots=True)
class StrictBody:
    """Lets only bodies through that `read_json` can read, where a path takes one. The rest is told as a problem."""

    app: ASGIApp
    site: Site
    taking: frozenset[str]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        within = scope["path"].removeprefix(scope.get("root_path", "")) if scope["type"] == "http" else ""
        if scope["type"] != "http" or scope["method"] != "POST" or within not in self.taking:
            await self.app(scope, receive, send)
            return
        request = Request(scope, receive)
        try:
            content = await request.body()
            read_json(content, request.headers.get("content-type", ""))
        except NotJson as problem:
            kind = "media" if problem.fault.code == "media" else "form"
            faults = () if kind == "media" else (problem.fault,)
            await problem_response(self.site, request, Problem(kind, faults))(scope, receive, send)
        else:
            await self.app(scope, _again(content, receive), send)


def _again(content: bytes, receive: Receive) -> Receive:
    """Gives a body that was read once more, then whatever else comes."""
    messages: list[Message] = [{"type": "http.request", "body": content, "more_body": False}]

    async def given() -> Message:
        return messages.pop() if messages else await receive()

    return given


def read_json(content: bytes, content_type: str) -> Any:  # noqa: ANN401
    """The value that a body holds. Raises NotJson."""
    kind, _, parameter = (part.strip().lower() for part in content_type.partition(";"))
    if kind != "application/json" or parameter.replace(" ", "").replace('"', "") not in ("", "charset=utf-8"):
        raise NotJson("media")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        raise NotJson("api_not_utf8") from None
    if _depth(text) > DEEPEST:
        raise NotJson("api_too_deep")
    try:
        value = json.loads(
            text, object_pairs_hook=_unique, parse_constant=_no_number, parse_int=_whole, parse_float=_fraction
        )
    except json.JSONDecodeError as problem:
        raise NotJson("api_not_json", reason=f"{problem.msg}: {problem.lineno}:{problem.colno}") from None
    _refuse_half_letters(value)
    return value


def _depth(text: str) -> int:
    """How deep lists and objects stand in each other at most."""
    if text.count("[") + text.count("{") <= DEEPEST:
        return 0
    deepest = depth = 0
    within = escaped = False
    for sign in text:
        if within:
            within = escaped or sign != '"'
            escaped = sign == "\\" and not escaped
        elif sign == '"':
            within = True
        elif sign in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif sign in "]}":
            depth -= 1
    return deepest


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise NotJson("api_key_twice", key=key[:60].encode("utf-8", "replace").decode())
        found[key] = value
    return found


def _no_number(written: str) -> Any:  # noqa: ANN401
    raise NotJson("api_no_number", value=written)


def _whole(written: str) -> int:
    if len(written) > LONGEST_NUMBER:
        raise NotJson("api_no_number", value=written[:LONGEST_NUMBER] + "…")
    return int(written)


def _fraction(written: str) -> float:
    number = float(written)
    if len(written) > LONGEST_NUMBER or not math.isfinite(number):
        raise NotJson("api_no_number", value=written[:LONGEST_NUMBER])
    return number


def _refuse_half_letters(value: Any) -> None:  # noqa: ANN401
    """A lone surrogate can stand in JSON, but in no answer."""
    match value:
        case str():
            if any("\ud800" <= sign <= "\udfff" for sign in value):
                raise NotJson("api_half_letter")
        case list():
            for item in value:
                _refuse_half_letters(item)
        case dict():
            for key, item in value.items():
                _refuse_half_letters(key)
                _refuse_half_letters(item)
