"""The document of the API, its page, and what happens when a machine tries everything that the document allows."""

from __future__ import annotations

import json
import re

import jsonschema_rs
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.config import SchemathesisConfig
from starlette.testclient import TestClient
from typer.testing import CliRunner

from koshiqon.cli import app as commands
from koshiqon.sources import country_folder
from koshiqon.web.api.examples import EXAMPLES, shortened_lists
from koshiqon.web.application import application

LANGUAGES = ("en", "kk", "ru")


@pytest.fixture(scope="module")
def document(client) -> dict:
    return client.get("/api/v1/openapi.json").json()


def schema_of(schema: dict, document: dict) -> dict:
    """A schema that stands by itself."""
    return {"components": document["components"], **schema}


def operations(document):
    return [(method, path, told) for path, paths in document["paths"].items() for method, told in paths.items()]


# --- the document ----------------------------------------------------------------------------------------------------


def test_the_document_is_an_openapi_document_and_the_command_prints_the_same(document, site, monkeypatch):
    monkeypatch.setattr("koshiqon.web.site.load_country", lambda _: site.country)
    monkeypatch.setattr(country_folder, "load_country", lambda _: site.country)
    told = CliRunner().invoke(commands, ["openapi"])
    assert told.exit_code == 0, told.output
    assert json.loads(told.stdout) == document
    assert list(json.loads(told.stdout)["paths"]) == list(document["paths"])
    assert document["openapi"] == "3.1.0"


VERSION_ONE = """
get /acts: language
get /acts/{act}: act language
get /categories: language
get /changes: citizenship language since until
get /country: language on
get /data-sets: language
get /facts: language
get /law/{day}: day kind language
get /offices: language
get /papers: language
get /readings: language
get /review: known language on section since theme
get /series: language
get /series/{indicator}: indicator language
get /sources: language
get /themes: language
get /visa-free/{day}: citizenship day language
post /interview: answer citizenship declined facts language on permits plan readings trips
post /stay/table: assumptions language people
post /stay: assumptions citizenship facts language on permits plan readings trips why
post /status: citizenship facts language on permits plan readings trips why
"""


def test_what_version_one_takes_it_takes_for_good(document):
    """Add lines and words; take none away."""

    def taken(operation):
        names = [one["name"] for one in operation.get("parameters", ())]
        body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
        shape = document["components"]["schemas"].get(body.get("$ref", "").rsplit("/", 1)[-1], {})
        return sorted([*names, *shape.get("properties", ())])

    told = [f"{method} {path}: {' '.join(taken(operation))}" for method, path, operation in operations(document)]
    assert sorted(told) == sorted(VERSION_ONE.strip().split("\n"))


def test_every_example_is_true_and_fits_its_schema(client, document):
    for example in EXAMPLES:
        operation = document["paths"][example.path][example.method]
        shown = operation["responses"]["200"]["content"]["application/json"]
        answer = client.request(example.method, f"/api/v1{example.address}", json=example.body)
        assert shortened_lists(answer.json()) == shown["example"], example.address
        schema = schema_of(shown["schema"], document)
        assert jsonschema_rs.Draft202012Validator(schema, validate_formats=True).is_valid(answer.json())
        if example.body is not None:
            body = operation["requestBody"]["content"]["application/json"]
            assert body["example"] == example.body
            assert jsonschema_rs.Draft202012Validator(schema_of(body["schema"], document)).is_valid(example.body)


def test_every_route_has_an_example_and_every_problem_is_ours(document):
    for _, path, operation in operations(document):
        takes_seconds = path == "/review"
        shown = operation["responses"]["200"]["content"]["application/json"]
        assert takes_seconds or "example" in shown, path
        assert operation["summary"]
        for status, told in operation["responses"].items():
            assert status == "200" or list(told["content"]) == ["application/problem+json"], (path, status)


def undescribed(value, schema, document, place=""):
    """Keys of a value that no schema names."""
    schema = document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]] if "$ref" in schema else schema
    if "anyOf" in schema:
        told = [list(undescribed(value, one, document, place)) for one in schema["anyOf"]]
        yield from min(told, key=len)
    elif isinstance(value, dict) and "properties" in schema:
        for key, item in value.items():
            if key not in schema["properties"]:
                yield f"{place}.{key}"
            else:
                yield from undescribed(item, schema["properties"][key], document, f"{place}.{key}")
    elif isinstance(value, dict) and isinstance(schema.get("additionalProperties"), dict):
        for key, item in value.items():
            yield from undescribed(item, schema["additionalProperties"], document, f"{place}.{key}")
    elif isinstance(value, list) and isinstance(schema.get("items"), dict):
        for item in value:
            yield from undescribed(item, schema["items"], document, place)
    elif isinstance(value, dict) and schema.get("type") not in (None, "object"):
        yield f"{place}: an object"


def test_no_answer_holds_a_key_that_the_document_does_not_describe(client, document):
    whole = [
        {**example.body, "why": True} if example.path in ("/stay", "/status") else example.body for example in EXAMPLES
    ]
    for example, body in zip(EXAMPLES, whole, strict=True):
        schema = document["paths"][example.path][example.method]["responses"]["200"]["content"]["application/json"][
            "schema"
        ]
        answer = client.request(example.method, f"/api/v1{example.address}", json=body).json()
        assert list(undescribed(answer, schema, document)) == [], example.address


# --- everything that the document allows, and what it does not ------------------------------------------------------


@pytest.fixture(scope="module")
def described(site):
    """The API as schemathesis reads it, without the review, which takes seconds. A request of the right form may still
    name an act that is not there (404), or a case that does not fit together (422).
    """
    told = {"checks": {"positive_data_acceptance": {"expected-statuses": ["2xx", "404", "422"]}}}
    return schemathesis.openapi.from_asgi(
        "/api/v1/openapi.json", application(site), config=SchemathesisConfig.from_dict(told)
    )


QUIET = settings(
    max_examples=12,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
ROUTES = sorted({(example.method.upper(), example.path) for example in EXAMPLES})


@pytest.mark.parametrize("mode", list(schemathesis.GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_whatever_is_asked_the_answer_is_as_described(described, method, path, mode):
    told_row_by_row = [schemathesis.checks.CHECKS.get_one("negative_data_rejection")] if path == "/stay/table" else []

    @QUIET
    @given(case=described[path][method].as_strategy(generation_mode=mode))
    def holds(case):
        case.call_and_validate(excluded_checks=told_row_by_row)

    holds()


# --- the page --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_tells_every_route_in_the_language_asked(client, document, site, language):
    page = client.get(f"/api/v1/docs?language={language}")
    assert page.status_code == 200
    assert f'<html lang="{language}">' in page.text
    assert site.voices[language].translations.gettext("What comes back") in page.text
    for _, path, operation in operations(document):
        assert f"<code>{path}</code>" in page.text
        assert operation["summary"] in page.text
    for name in document["components"]["schemas"]:
        assert f'id="shape-{name}"' in page.text


def test_every_link_within_the_page_leads_somewhere(client):
    text = client.get("/api/v1/docs").text
    wanted = set(re.findall(r'href="#([^"]+)"', text))
    assert len(wanted) > 50
    assert wanted <= set(re.findall(r'id="([^"]+)"', text))


def test_the_page_asks_no_other_host_and_believes_no_strange_name_of_its_own(client):
    page = client.get("/api/v1/docs", headers={"host": 'evil"<script>.example'})
    assert "evil" not in page.text
    assert "<script" not in page.text
    assert " src=" not in page.text


def test_where_a_problem_points_there_is_its_description(client):
    told = client.post("/api/v1/stay", json={"x": 1}).json()["type"]
    path, _, anchor = told.partition("#")
    assert f'id="{anchor}"' in client.get(path).text


@pytest.mark.parametrize("path", ["/api/v1", "/api/v1/"])
def test_the_address_of_the_api_leads_to_its_page(client, path):
    assert client.get(path).headers["location"] == "/api/v1/docs"


@pytest.mark.browser
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_no_wider_than_a_telephone_and_opens_without_a_script(opened, language):
    page = opened(f"/api/v1/docs?language={language}", width=360)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    plain = opened(f"/api/v1/docs?language={language}", script=False)
    plain.locator("#post-stay summary").first.click()
    assert plain.locator("#post-stay pre").nth(1).is_visible()


@pytest.mark.browser
def test_the_page_can_be_read_by_everybody(opened, grave_faults):
    assert grave_faults(opened("/api/v1/docs?language=kk", dark=True)) == []


def test_a_whole_server_of_its_own_gives_the_same_document(site, document):
    assert TestClient(application(site)).get("/api/v1/openapi.json").json() == document
