"""The documentation as a page: every route, shape and problem of the OpenAPI document, laid out by our own template."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fastapi import Request, Response

from koshiqon.web.api.phrases import DETAILS, TAGS, TITLES
from koshiqon.web.api.problems import STATUS, language_asked
from koshiqon.web.site import Site

MOST_CODES = 12
"""So many codes are named one by one."""
MOST_KEYS = 60
"""Of a shape with more keys than these the page names only how many; the document has them all."""
HOST = re.compile(r"[A-Za-z0-9.\-]+(:[0-9]{1,5})?|\[[0-9a-f:]+\](:[0-9]{1,5})?")
SHAPE = "#/components/schemas/"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the name of a type: words, or a shape to look up."""

    words: str
    shape: str | None = None


@dataclass(frozen=True, slots=True)
class Key:
    """One field or parameter: its name, its type in pieces, whether it must be there, what it holds."""

    name: str
    kind: tuple[Piece, ...]
    needed: bool
    about: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One route: how it is asked, with what, and what comes back."""

    anchor: str
    method: str
    path: str
    summary: str
    about: str
    parameters: tuple[Key, ...]
    body: tuple[Piece, ...]
    answer: tuple[Piece, ...]
    line: str
    sent: str
    returned: str
    refused: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ShapeTold:
    """An object that is sent (`asked`) or comes back, key by key; `kind` where it is no object."""

    name: str
    asked: bool
    about: str
    keys: tuple[Key, ...]
    kind: tuple[Piece, ...]


def docs_page(request: Request, site: Site, whole: dict[str, Any]) -> Response:
    """The page in the language asked; what the document says of fields is in English."""
    language = language_asked(site, request)
    here = site.path("api", "v1", "docs")
    host = request.headers.get("host", "")
    server = f"{request.url.scheme}://{host if HOST.fullmatch(host) else 'localhost:8000'}{site.path('api', 'v1')}"
    return site.page(
        request,
        language,
        "api.html",
        section="api",
        in_language=lambda code, _path: f"{here}?language={code}",
        server=server,
        groups=tuple(_groups(whole, server)),
        shapes=tuple(_shapes(whole)),
        problems=[(kind.replace("_", "-"), STATUS[kind], TITLES[kind], DETAILS[kind]) for kind in TITLES],
    )


# --- routes ----------------------------------------------------------------------------------------------------------


def _groups(whole: dict[str, Any], server: str) -> Iterator[tuple[str, tuple[Asked, ...]]]:
    """The routes under the heading of their tag, in the order of the document."""
    told = [
        (operation["tags"][0], _asked(method, path, operation, server))
        for path, operations in whole["paths"].items()
        for method, operation in operations.items()
    ]
    for tag in TAGS:
        asked = tuple(one for of, one in told if of == tag)
        if asked:
            yield TAGS[tag], asked


def _asked(method: str, path: str, operation: dict[str, Any], server: str) -> Asked:
    content = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    answer = operation["responses"]["200"]["content"]["application/json"]
    responses = sorted(operation["responses"].items())
    return Asked(
        anchor=f"{method}{re.sub('[^a-z]+', '-', path)}".rstrip("-"),
        method=method.upper(),
        path=path,
        summary=operation["summary"],
        about=operation.get("description", ""),
        parameters=tuple(
            Key(one["name"], kind_of(one["schema"]), one.get("required", False), one.get("description", ""))
            for one in operation.get("parameters", ())
        ),
        body=kind_of(content["schema"]) if content else (),
        answer=kind_of(answer["schema"]),
        line=_line(server + _address(path, operation), content.get("example")),
        sent=_pretty(content["example"]) if "example" in content else "",
        returned=_pretty(answer["example"]) if "example" in answer else "",
        refused=tuple((status, one["description"]) for status, one in responses if status != "200"),
    )


def _address(path: str, operation: dict[str, Any]) -> str:
    """The address of the example: what stands in the path, then the query."""
    query = []
    for one in operation.get("parameters", ()):
        values = one.get("example")
        if values is None:
            continue
        if one["in"] == "path":
            path = path.replace(f"{{{one['name']}}}", str(values))
        else:
            query += [f"{one['name']}={value}" for value in (values if isinstance(values, list) else [values])]
    return path + ("?" + "&".join(query) if query else "")


def _line(address: str, body: Any) -> str:  # noqa: ANN401 (whatever JSON holds)
    """What to type into a shell."""
    if body is None:
        return f"curl '{address}'"
    written = json.dumps(body, ensure_ascii=False)
    return f"curl '{address}' \\\n  -H 'Content-Type: application/json' \\\n  -d '{written}'"


def _pretty(value: Any) -> str:  # noqa: ANN401
    return json.dumps(value, ensure_ascii=False, indent=1)


# --- shapes ----------------------------------------------------------------------------------------------------------


def _shapes(whole: dict[str, Any]) -> Iterator[ShapeTold]:
    for name, schema in sorted(whole["components"]["schemas"].items()):
        properties = schema.get("properties", {})
        if len(properties) > MOST_KEYS:
            yield ShapeTold(
                name, True, schema["description"], (), (Piece(f"object of {len(properties)} keys, by name"),)
            )
            continue
        needed = schema.get("required", ())
        keys = tuple(
            Key(key, kind_of(one), key in needed, one.get("description", "")) for key, one in properties.items()
        )
        yield ShapeTold(
            name, name.endswith("Shape"), schema.get("description", ""), keys, () if keys else kind_of(schema)
        )


def kind_of(schema: dict[str, Any]) -> tuple[Piece, ...]:
    """The type that a schema describes, in words and names of shapes."""
    match schema:
        case {"$ref": str(reference)}:
            name = reference.removeprefix(SHAPE)
            return (Piece(name, name),)
        case {"anyOf": list(kinds)}:
            return tuple(_joined(kinds))
        case {"const": value}:
            return (Piece(f"«{value}»"),)
        case {"enum": list(codes)}:
            return (Piece(" | ".join(map(str, codes)) if len(codes) <= MOST_CODES else f"one of {len(codes)} codes"),)
        case {"type": "array", "items": dict(items)}:
            return (Piece("list of "), *kind_of(items))
        case {"type": "object", "additionalProperties": dict(items)}:
            return (Piece("object, by name: "), *kind_of(items))
        case {"type": str(kind), "format": "date"}:
            return (Piece("day"),)
        case {"type": str(kind)}:
            return (Piece({"integer": "whole number", "boolean": "true | false"}.get(kind, kind)),)
    return (Piece("any"),)


def _joined(kinds: list[dict[str, Any]]) -> Iterator[Piece]:
    for number, kind in enumerate(kinds):
        if number:
            yield Piece(" | ")
        yield from kind_of(kind)
