"""The OpenAPI document: what FastAPI gathers from the routes, with the lists of this country and true examples."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from koshiqon import __version__
from koshiqon.country import Country
from koshiqon.law.acts import Act
from koshiqon.rules.categories import CaseFact
from koshiqon.rules.rule import RuleKind
from koshiqon.sources.citizenships import STATELESS
from koshiqon.sources.country_check import iso_countries
from koshiqon.stay.case import CITIZENSHIP
from koshiqon.stay.matter import ENTRY
from koshiqon.web.api.asked_shapes import GREATEST, LONGEST_TEXT
from koshiqon.web.api.examples import EXAMPLES, asked_within, shortened_lists
from koshiqon.web.api.lists import LISTINGS, SeriesTold
from koshiqon.web.api.problems import KIND
from koshiqon.web.api.records import WORDS, WRITTEN_DATE, Schema, described
from koshiqon.web.site import Site

ABOUT = """\
Every answer of Koshiqon by HTTP. Nothing that is sent is kept: a case travels in a body, is answered and forgotten.
No key, no cookie, no other host. What cannot be known is `unknown` with its reason, never false and never zero.
Days are ISO texts; `null` means not known, none, or does not apply. Sentences are in the language asked, everything
else is codes. What has a key under /api/v1 keeps it; a new key may come. Problems are RFC 9457."""
TAGS = [
    {"name": "One person", "description": "A stay, a status, the next question of an interview."},
    {"name": "The law", "description": "Rules of a day, the visa-free table, what changed."},
    {"name": "On file", "description": "Acts, series and the lists that a case is written with."},
    {"name": "Review", "description": "The review of the country."},
]


def document(app: FastAPI, site: Site) -> dict[str, Any]:
    """The whole document of the API of a site; a few seconds of work, for the examples are asked."""
    whole: dict[str, Any] = get_openapi(
        title="Koshiqon",
        version=__version__,
        openapi_version="3.1.0",
        summary="Migration law and figures that can be checked",
        description=ABOUT,
        routes=app.routes,
        tags=TAGS,
        servers=[{"url": site.path("api", "v1")}],
        license_info={"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
    )
    _add(whole["components"]["schemas"], _of_records() | _of_country(site.country))
    whole = _with_lists(whole)
    for operations in whole["paths"].values():
        for operation in operations.values():
            _name_choices(operation, site)
            _keep_own_problems(operation)
    for name in ("HTTPValidationError", "ValidationError"):
        whole["components"]["schemas"].pop(name, None)
    _add_examples(whole, app)
    return whole


def _add(held: dict[str, Schema], more: dict[str, Schema]) -> None:
    """Raises ValueError where a name is taken."""
    taken = held.keys() & more.keys()
    if taken:
        raise ValueError(sorted(taken))
    held |= more


# --- records of the domain -------------------------------------------------------------------------------------------


def _of_records() -> dict[str, Schema]:
    named: dict[str, Schema] = {"Words": WORDS, "WrittenDate": WRITTEN_DATE}
    for kind in (Act, SeriesTold):
        described(kind, named)
    edition = {name: {"type": "string"} for name in ("country", "country_version", "country_hash")}
    for listing in LISTINGS:
        rows = {"type": "array", "items": described(listing.kind, named)}
        named[f"{listing.kind.__name__}List"] = {
            "type": "object",
            "description": listing.about,
            "properties": {**edition, listing.name: rows},
            "required": [*edition, listing.name],
        }
    return named


# --- lists of the country --------------------------------------------------------------------------------------------


def _of_country(country: Country) -> dict[str, Schema]:
    asked = {name: fact for name, fact in country.facts.items() if name not in (CITIZENSHIP, ENTRY)}
    options = {name: [one.name for one in reading.options] for name, reading in country.readings.items()}
    return {
        "FactValue": {
            "description": "A value of a fact, by its type.",
            "anyOf": [
                {"type": "boolean"},
                {"type": "number", "minimum": -GREATEST, "maximum": GREATEST},
                {"type": "string", "maxLength": LONGEST_TEXT},
                {"type": "array", "items": {"type": "string", "maxLength": 60}, "maxItems": 250},
                {"type": "null"},
            ],
        },
        "Facts": {
            "type": "object",
            "description": "Facts by the names of `GET /facts`, each of the type that stands there; `null`: not known.",
            "properties": {name: _fact(fact) for name, fact in asked.items()},
            "additionalProperties": False,
        },
        "Readings": {
            "type": "object",
            "description": "Options of open readings, by name.",
            "properties": {name: {"type": "string", "enum": known} for name, known in options.items()},
            "additionalProperties": False,
        },
        "PaperKind": {"type": "string", "enum": [code for scheme, code in country.codes if scheme == "paper"]},
        "State": {"type": "string", "description": "ISO 3166-1, three letters; XXA: stateless.", "enum": _states()},
    }


def _with_lists(value: Any) -> Any:  # noqa: ANN401 (whatever JSON holds)
    """The document with a reference wherever a list of the country is named."""
    match value:
        case list():
            return [_with_lists(item) for item in value]
        case {"x-list": name, **others}:
            return {**others, "$ref": f"#/components/schemas/{name}"}
        case dict():
            return {key: _with_lists(item) for key, item in value.items()}
    return value


def _states() -> list[str]:
    return sorted({*iso_countries(), STATELESS})


def _fact(fact: CaseFact) -> Schema:
    text = fact.question.choose("en").words
    about = f"{text} ({fact.unit})" if fact.unit else text
    return {"description": about, "anyOf": [_OF_TYPE.get(fact.type) or _codes(fact), {"type": "null"}]}


def _codes(fact: CaseFact) -> Schema:
    return {"type": "string", "enum": list(fact.values)}


_OF_TYPE: dict[str, Schema] = {
    "yes_no": {"type": "boolean"},
    "number": {"type": "number", "minimum": -GREATEST, "maximum": GREATEST},
    "date": {"type": "string", "format": "date"},
    "country": {"$ref": "#/components/schemas/State"},
    "countries": {"type": "array", "items": {"$ref": "#/components/schemas/State"}, "maxItems": 250},
    "text": {"type": "string", "minLength": 1, "maxLength": LONGEST_TEXT},
}


def _name_choices(operation: dict[str, Any], site: Site) -> None:
    """The values that a parameter may have, where they are few and known."""
    choices: dict[str, Schema] = {
        "language": {"type": "string", "enum": list(site.voices)},
        "citizenship": {"$ref": "#/components/schemas/State"},
        "kind": {"type": "array", "items": {"type": "string", "enum": list(RuleKind)}, "maxItems": len(RuleKind)},
        "act": {"type": "string", "enum": list(site.country.acts)},
        "indicator": {"type": "string", "enum": list(site.country.indicators)},
    }
    for parameter in operation.get("parameters", ()):
        parameter["schema"] = choices.get(parameter["name"], parameter["schema"])


def _keep_own_problems(operation: dict[str, Any]) -> None:
    """FastAPI adds what it would refuse with by itself; here every problem is one of ours."""
    for status, told in list(operation["responses"].items()):
        if status != "200" and KIND not in told["content"]:
            del operation["responses"][status]


# --- examples --------------------------------------------------------------------------------------------------------


def _add_examples(whole: dict[str, Any], app: FastAPI) -> None:
    """Ask each example here and now; one that this country cannot answer is left out."""
    for example in EXAMPLES:
        status, answer = asked_within(app, example)
        if status != 200:
            continue
        operation = whole["paths"][example.path][example.method]
        operation["responses"]["200"]["content"]["application/json"]["example"] = shortened_lists(answer)
        if example.body is not None:
            operation["requestBody"]["content"]["application/json"]["example"] = example.body
        for parameter in operation.get("parameters", ()):
            given = {**example.within, **example.query}.get(parameter["name"])
            if given is not None:
                parameter["example"] = [given] if parameter["schema"].get("type") == "array" else given
