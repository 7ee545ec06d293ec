"""Problems as RFC 9457 has them: what kind, what to do, each fault with its field and a letter to the reader.

Problem  why there is no answer; any route raises it
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Annotated, Any

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import Field, ValidationError
from starlette.exceptions import HTTPException

from koshiqon.asking.letters import letters
from koshiqon.render.catalogs import catalog
from koshiqon.sources.faults import Fault, fault
from koshiqon.sources.reader import shortened
from koshiqon.web.api.asked_shapes import FIELDS
from koshiqon.web.api.phrases import DETAILS, FAULTS, TITLES
from koshiqon.web.site import Site, language_of

STATUS: Mapping[str, int] = {
    "form": 400, "not_found": 404, "method": 405, "slow": 408, "too_large": 413, "media": 415, "question": 422,
    "broken": 500, "busy": 503,
}  # fmt: skip
"""Kinds of problem and their status."""
KIND = "application/problem+json"
_OF_STATUS = {status: kind for kind, status in STATUS.items()}
_OF_PYDANTIC = {
    "missing": "api_field_missing",
    "extra_forbidden": "api_field_unknown",
    "string_type": "api_not_text",
    "bool_type": "api_not_yes_or_no",
    "list_type": "api_not_list",
    "dict_type": "api_not_object",
    "model_type": "api_not_object",
    "model_attributes_type": "api_not_object",
    "too_long": "api_too_long",
    "string_too_long": "api_too_long",
    "too_short": "api_too_short",
    "string_too_short": "api_too_short",
}
"""What pydantic finds, and the fault it is here; our own fields name their fault themselves."""


class Problem(HTTPException):
    """Why there is no answer: the kind of problem, and the faults as codes with their values."""

    def __init__(
        self,
        kind: str,
        faults: Iterable[Fault] = (),
        said: Sequence[tuple[str, str]] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(STATUS[kind], kind, headers)
        self.kind = kind
        self.faults = tuple(faults)
        self.said = tuple(said)


@dataclass(frozen=True)
class FaultTold:
    """One thing that is wrong in a request, and what to do."""

    field: Annotated[
        str | None, Field(description="Where: `trips[0]`, `citizenship`, `facts.penalty.given`; `null`: all of it")
    ]
    letter: Annotated[str, Field(description="What is wrong and what to do, in the language asked")]


@dataclass(frozen=True)
class ProblemTold:
    """Why there is no answer, as RFC 9457 has it."""

    type: Annotated[str, Field(description="The kind of problem: the address of its description")]
    title: Annotated[str, Field(description="The kind of problem in words, in the language asked")]
    status: Annotated[int, Field(description="The status of the answer")]
    detail: Annotated[str, Field(description="What to do about this kind of problem")]
    faults: Annotated[list[FaultTold], Field(description="Everything that is wrong, at once; may be empty")]


# --- told ------------------------------------------------------------------------------------------------------------


def problem_told(site: Site, language: str, problem: Problem) -> ProblemTold:
    """A problem in words."""
    say = catalog(language).gettext
    kind = problem.kind
    place = f"{site.path('api', 'v1', 'docs')}#problem-{kind.replace('_', '-')}"
    faults = [*_faults_told(problem.faults, language), *(FaultTold(where, words) for where, words in problem.said)]
    return ProblemTold(place, say(TITLES[kind]), STATUS[kind], say(DETAILS[kind]), faults)


def problem_response(
    site: Site, request: Request, problem: Problem, headers: Mapping[str, str] | None = None
) -> Response:
    """A problem as an answer, in the language that the request asks for."""
    language = language_asked(site, request)
    content = json.dumps(asdict(problem_told(site, language, problem)), ensure_ascii=False).encode()
    head = {"content-language": language, "vary": "accept-language"} | dict(headers or {})
    return Response(content, problem.status_code, head, KIND)


def language_asked(site: Site, request: Request) -> str:
    """The language that a query names, if it ships; else the one that the header likes best."""
    named = request.query_params.get("language", "")
    return (
        named if named in site.voices else language_of(request.headers.get("accept-language", ""), tuple(site.voices))
    )


def _faults_told(faults: Iterable[Fault], language: str) -> list[FaultTold]:
    told = []
    for found in faults:
        values = {name: shortened(value) if name == "value" else value for name, value in found.values}
        template = FAULTS.get(found.code)
        if template is None:
            words = letters([Fault("", 0, found.code, tuple(values.items()))], language)[0]
        else:
            words = catalog(language).gettext(template).format(**values)
        told.append(FaultTold(values.get("field"), words))
    return told


# --- what frameworks find --------------------------------------------------------------------------------------------


def of_status(status: int) -> Problem:
    """The problem of a bare status: of 404 and 405 mostly."""
    return Problem(_OF_STATUS.get(status, "form" if status < 500 else "broken"))


def of_validation(problem: RequestValidationError | ValidationError) -> Problem:
    """What pydantic found, as faults. Of a request it names first where that stood: in the body or the query."""
    begun = 1 if isinstance(problem, RequestValidationError) else 0
    return Problem("form", dict.fromkeys(_fault(error, error["loc"][begun:]) for error in problem.errors()))


def _fault(error: Mapping[str, Any], place: Sequence[str | int]) -> Fault:
    context = error.get("ctx", {})
    near = _near(place[-1]) if place else "—"
    values = {"value": _as_json(error["input"]), "most": context.get("max_length", ""), "near": near}
    code = _OF_PYDANTIC.get(error["type"], error["type"])
    return fault("", 0, code, field=_place(place) or "body", **values | context)


def _near(name: object) -> str:
    return ", ".join(difflib.get_close_matches(str(name)[:60], FIELDS, n=3)) or "—"


def _place(parts: Sequence[str | int]) -> str:
    """`trips[0].entry` of ("trips", 0, "entry")."""
    place = ""
    for part in parts:
        place += f"[{part}]" if isinstance(part, int) else f".{part}" if place else part
    return place


def _as_json(value: object) -> str:
    return shortened(json.dumps(value, ensure_ascii=False, default=str)).strip('"')
