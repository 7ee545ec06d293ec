"""The log: one line an answer and a fault, and nothing of what anybody asked."""

from __future__ import annotations

import json
import logging
import sys
from dataclasses import replace

import pytest
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient

from koshiqon.web.application import application
from koshiqon.web.logs import Line, LogLines

TELLTALE = "Gulnara-1987"


def lines(caplog) -> list[dict]:
    return [json.loads(Line().format(record)) for record in caplog.records if record.name.startswith("koshiqon.")]


@pytest.fixture
def log(caplog):
    caplog.set_level(logging.INFO, "koshiqon")
    return caplog


def test_an_answer_is_one_line_with_the_route_and_not_the_path(client, log):
    client.get("/kk/", params={"case": TELLTALE})
    (line,) = lines(log)
    assert {name: line[name] for name in ("level", "method", "route", "status")} == {
        "level": "info", "method": "GET", "route": "/{language}/", "status": 200,
    }  # fmt: skip
    assert line["time"].endswith("+00:00")
    assert line["ms"] > 0
    assert set(line) == {"time", "level", "method", "route", "status", "ms"}


def test_a_path_that_leads_nowhere_is_not_written_down(client, log):
    client.get(f"/{TELLTALE}/passport/{TELLTALE}?name={TELLTALE}")
    (line,) = lines(log)
    assert (line["route"], line["status"]) == (None, 404)
    assert TELLTALE not in json.dumps(line)


def test_a_method_that_is_none_is_not_written_down(client, log):
    client.request(TELLTALE, "/en/")
    assert [line["method"] for line in lines(log)] == ["other"]


def test_head_is_told_as_head_with_its_route(client, log):
    assert client.head("/en/").status_code == 200
    assert [(line["method"], line["route"]) for line in lines(log)] == [("HEAD", "/{language}/")]


def test_the_base_path_is_no_part_of_a_route(site, log):
    below = replace(site, settings=replace(site.settings, base_path="/lab"))
    TestClient(application(below)).get("/lab/health")
    assert [line["route"] for line in lines(log)] == ["/health"]


# --- faults ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def broken(site):
    """The site with a page that falls over the case it was given."""
    app = application(site)

    @app.post("/{language}/broken")
    def fall(language: str) -> None:
        try:
            int(TELLTALE)
        except ValueError:
            raise KeyError(TELLTALE) from None

    return TestClient(app)


def test_a_fault_is_told_by_its_class_and_its_place_without_its_message(broken, log):
    broken.post("/en/broken", data={"name": TELLTALE})
    fault, answer = lines(log)
    assert fault["level"] == "error"
    assert fault["fault"] == ["KeyError", "ValueError"]
    assert fault["where"][-1].startswith("tests.web.test_logs:") or "test_logs:" in fault["where"][-1]
    assert fault["where"][-1].endswith(" fall")
    assert (answer["route"], answer["status"]) == ("/{language}/broken", 500)
    assert TELLTALE not in json.dumps([fault, answer])


@pytest.mark.parametrize("language", ["en", "kk", "ru"])
def test_whoever_meets_a_fault_gets_a_page_in_their_language(broken, site, language):
    answer = broken.post(f"/{language}/broken")
    assert answer.status_code == 500
    assert site.voices[language].translations.gettext("Something here is broken") in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_a_fault_after_the_answer_has_begun_is_told_and_not_answered_twice(log):
    async def half(scope, receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"half"})
        raise RuntimeError(TELLTALE)

    whole = LogLines(half, broken=lambda request: PlainTextResponse("broken", 500))
    answer = TestClient(whole, raise_server_exceptions=False).get("/")
    assert (answer.status_code, answer.text) == (200, "half")
    assert [line.get("fault") for line in lines(log)] == [["RuntimeError"], None]


# --- what others say -------------------------------------------------------------------------------------------------


def record(name: str, message: str, *arguments: object, problem: Exception | None = None) -> dict:
    told = (type(problem), problem, problem.__traceback__) if problem else None
    return json.loads(Line().format(logging.LogRecord(name, logging.ERROR, __file__, 7, message, arguments, told)))


def test_the_server_is_quoted_and_a_library_that_is_not_known_is_not():
    assert record("uvicorn.error", "Waiting for %s.", "startup")["message"] == "Waiting for startup."
    told = record("asyncio", "Task exception was never retrieved: %s", TELLTALE)
    assert told["at"] == "test_logs:7"
    assert TELLTALE not in json.dumps(told)


def test_a_traceback_that_the_server_would_print_is_told_without_its_message():
    try:
        raise ValueError(TELLTALE)
    except ValueError:
        told = record("uvicorn.error", "Exception in ASGI application", problem=sys.exception())
    assert told["fault"] == ["ValueError"]
    assert TELLTALE not in json.dumps(told)


def test_letters_of_kazakh_stand_as_they_are():
    line = Line().format(logging.LogRecord("koshiqon", logging.INFO, __file__, 1, "Көші-қон", (), None))
    assert "Көші-қон" in line
