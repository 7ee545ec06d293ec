"""What all routes share: the site, the voice asked for, an answer as JSON, what every route may refuse."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Depends, Query, Request, Response

from koshiqon.render.catalogs import languages
from koshiqon.render.words import Voice
from koshiqon.sources.faults import fault
from koshiqon.web.api.asked_shapes import LanguageShape
from koshiqon.web.api.problems import KIND, STATUS, Problem, language_asked
from koshiqon.web.site import Site

PROBLEM: dict[str, Any] = {KIND: {"schema": {"$ref": "#/components/schemas/ProblemTold"}}}


async def site_asked(request: Request) -> Site:
    """The site of the server that was asked. Like the voice, a coroutine only so that no thread is taken for it."""
    site: Site = request.app.state.site
    return site


async def voice_asked(request: Request, site: Annotated[Site, Depends(site_asked)]) -> Voice:
    """The voice of the language that a request asks for. Raises Problem where it names one that does not ship."""
    named = request.query_params.get("language")
    if named is not None and named not in site.voices:
        known = ", ".join(languages())
        raise Problem(
            "form", [fault("", 0, "language_unavailable", field="language", language=named[:20], languages=known)]
        )
    return site.voices[language_asked(site, request)]


InLanguage = Annotated[LanguageShape, Query()]
"""A query that names a language, and nothing else."""
Here = Annotated[Site, Depends(site_asked)]
Speaking = Annotated[Voice, Depends(voice_asked)]


def answered(value: Any, language: str | None = None) -> Response:  # noqa: ANN401 (whatever JSON holds)
    """A value as JSON; with the language of its sentences, where it has any."""
    return sent(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(), language)


def sent(content: bytes, language: str | None = None) -> Response:
    """JSON that was written already."""
    head = {} if language is None else {"content-language": language, "vary": "accept-language"}
    return Response(content, headers=head, media_type="application/json")


def refusals(*kinds: str, of: Mapping[str, str] | None = None) -> dict[int | str, dict[str, Any]]:
    """What a route may refuse, for the document; every route may be asked wrongly, or break."""
    words = _WHEN | dict(of or {})
    return {STATUS[kind]: {"description": words[kind], "content": PROBLEM} for kind in ("form", *kinds, "broken")}


_WHEN = {
    "form": "The request has not the form that is described here; `faults` names each slip",
    "question": "The form is right, but days or names do not fit; `faults` names each slip",
    "not_found": "There is no such thing on file",
    "too_large": "More than 256 kB",
    "media": "The body is not sent as `application/json`",
    "busy": "A review is being made for somebody else; ask again after `Retry-After` seconds",
    "broken": "Something is broken here; nothing of the request was kept",
}
