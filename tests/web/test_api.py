"""The API: the same answers as every other door gives, and a problem where there is no answer."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from ruamel.yaml import YAML
from typer.testing import CliRunner

from koshiqon.cli import app
from koshiqon.sources import country_folder

GOLDEN = Path(__file__).parent.parent / "golden"
LANGUAGES = ("en", "kk", "ru")
JSON = {"content-type": "application/json"}
KYRGYZ = {"citizenship": "KGZ", "on": "2026-11-22", "trips": [{"entry": "2026-11-01"}]}


def ask(client, path, body, language="en"):
    return client.post(f"/api/v1{path}?language={language}", json=body)


def letters(answer) -> list[str]:
    return [fault["letter"] for fault in answer.json()["faults"]]


# --- the same as the command line ------------------------------------------------------------------------------------


@pytest.fixture
def command(site, monkeypatch, tmp_path):
    """What a command prints as JSON about a case in a file, and the country as the site has read it."""
    monkeypatch.setattr(country_folder, "load_country", lambda _: site.country)

    def run(*options, case=None):
        if case is not None:
            file = tmp_path / "case.yaml"
            file.write_text(json.dumps(case), encoding="utf-8")
            options = (*options, "--case", str(file))
        told = CliRunner().invoke(app, [*options, "--json"])
        assert told.exit_code == 0, told.output
        return json.loads(told.stdout)

    return run


def golden(file: str, every: int) -> list[dict]:
    """Some of the worked cases, with one citizenship each."""
    runs = YAML(typ="safe").load((GOLDEN / file).read_text(encoding="utf-8"))
    return [run for run in runs if not isinstance(run.get("citizenship"), list)][::every]


def as_json(run: dict, country) -> dict:
    """A worked case as the body of a request: days as texts, yes and no as true and false."""

    def parts(text, *names):
        return dict(zip(names, [part or None for part in text.split(":")], strict=False))

    def fact(name, value):
        if country.facts[name].type == "yes_no" and isinstance(value, str):
            return value == "yes"
        return value.isoformat() if isinstance(value, date) else value

    return {
        "citizenship": run.get("citizenship"),
        "on": run["on"].isoformat(),
        "trips": [parts(trip, "entry", "exit") for trip in run.get("trips", ())],
        "permits": [parts(paper, "kind", "since", "until") for paper in run.get("permits", ())],
        "facts": {name: fact(name, value) for name, value in run.get("facts", {}).items()},
        "readings": run.get("readings", {}),
    }


def test_a_stay_is_judged_as_on_the_command_line(client, site, command):
    asked = [as_json(run, site.country) for run in golden("stay_kazakhstan.yaml", 6)]
    assert len(asked) >= 10
    for body in asked:
        told = ask(client, "/stay", body, "ru")
        assert told.status_code == 200, told.text
        assert told.json() == command("stay", "--lang", "ru", case=body)


def test_a_status_is_found_as_on_the_command_line(client, site, command):
    asked = [as_json(run, site.country) for run in golden("status_labour_family.yaml", 60)]
    assert len(asked) >= 5
    for body in asked:
        told = ask(client, "/status", body, "kk")
        assert told.status_code == 200, told.text
        assert told.json() == command("status", "--lang", "kk", case=body)


def test_the_trace_and_the_want_of_assumptions_are_as_on_the_command_line(client, command):
    body = {**KYRGYZ, "assumptions": False, "why": True}
    told = ask(client, "/stay", body).json()
    assert told == command("stay", "--lang", "en", "--why", "--no-assumptions", case=KYRGYZ)
    assert told["why"]
    assert told["assumed"] == {}


def test_the_law_of_a_day_and_its_changes_are_as_on_the_command_line(client, command):
    law = client.get("/api/v1/law/2023-01-27?kind=title&kind=bar&language=kk").json()
    assert law == command("law-on", "2023-01-27", "--kind", "title,bar", "--lang", "kk")
    changes = client.get("/api/v1/changes?since=2022-12-31&until=2023-12-31&citizenship=RUS&language=ru").json()
    assert changes == command("changed", "2022-12-31", "2023-12-31", "--citizenship", "RUS", "--lang", "ru")
    assert changes["changes"]


def test_an_answer_holds_the_case_in_a_form_that_can_be_sent_again(client):
    body = {**KYRGYZ, "plan": {"entry": "2026-12-01", "exit": "2026-12-10"}, "facts": {"person.age": 30}}
    first = ask(client, "/stay", body).json()
    again = ask(client, "/stay", {**first["case"], "on": first["on"]}).json()
    assert again == first


# --- many people -----------------------------------------------------------------------------------------------------


def test_a_bad_row_of_a_table_stops_no_other(client):
    people = [{"id": "=1", "case": KYRGYZ}, {"id": "", "case": {**KYRGYZ, "citizenship": "Qyrgyzstan"}}]
    good, bad = ask(client, "/stay/table", {"people": people}, "ru").json()["people"]
    assert good == {"id": "=1", "answer": ask(client, "/stay", KYRGYZ, "ru").json(), "problem": None}
    assert (bad["id"], bad["answer"], bad["problem"]["status"]) == ("", None, 422)
    assert bad["problem"]["faults"][0]["field"] == "citizenship"


def test_more_than_a_hundred_people_are_refused_at_once(client):
    answer = ask(client, "/stay/table", {"people": [{"id": "x", "case": {}}] * 101})
    assert (answer.status_code, letters(answer)) == (
        400,
        ["people is longer than this door takes: at most 100. Send less at once."],
    )


# --- an interview ----------------------------------------------------------------------------------------------------


def test_an_interview_by_the_api_asks_what_the_terminal_asks_and_ends_alike(client, site):
    from koshiqon.cli.interview import converse
    from koshiqon.render.status_data import question_data
    from koshiqon.sources.case_file import CaseWritten, Written
    from koshiqon.sources.case_reading import read_case
    from koshiqon.status.interview import Told

    replies = {"person.citizenship": "AFG", "person.age": 34, "entry.date": "2026-11-21", "asylum.registered": False}

    def reply(fact):
        return replies.get(fact["fact"], fact["type"] == "yes_no" or None)

    heard = []
    voice = site.voices["en"]
    start = read_case(CaseWritten(on=Written("2026-11-22", "on")), site.country, date(2026, 11, 22), citizens=True)

    def hear(question, _number):
        heard.append(question_data(question, voice))
        return reply(heard[-1])

    converse(Told(start.case), start, voice, hear, heard.append)
    told, asked = ask(client, "/interview", {"on": "2026-11-22"}).json(), []
    while told["question"] is not None:
        asked.append(told["question"])
        answer = {"fact": asked[-1]["fact"], "value": reply(asked[-1])}
        told = ask(client, "/interview", {**told["case"], "answer": answer}).json()
    assert asked == heard
    assert len(asked) > 5
    assert told["classification"]["schema"] == "koshiqon-status/1"
    assert told["classification"]["next_question"] is None


def test_a_fact_that_is_not_known_is_not_asked_again(client):
    told = ask(client, "/interview", {"on": "2026-11-22"}).json()
    first = told["question"]["fact"]
    told = ask(client, "/interview", {**told["case"], "answer": {"fact": first, "value": None}}).json()
    assert told["case"]["declined"] == [first]
    assert told["question"]["fact"] != first


@pytest.mark.parametrize(
    ("answer", "status", "field"),
    [
        ({"fact": "person.age", "value": "1E+999999999"}, 422, "answer.value"),
        ({"fact": "person.age", "value": "old"}, 422, "answer.value"),
        ({"fact": "entry.date", "value": "2027-01-01"}, 422, "answer.value"),
        ({"fact": "entry.date", "value": "2026-11-20"}, 422, "trips[1]"),
        ({"fact": "entry.date", "value": "1812-06-24"}, 422, "answer.value"),
        ({"fact": "no.such", "value": True}, 422, "answer.fact"),
    ],
)
def test_an_answer_that_does_not_fit_is_told_with_its_field(client, answer, status, field):
    told = ask(client, "/interview", {**KYRGYZ, "answer": answer})
    assert (told.status_code, told.json()["faults"][0]["field"]) == (status, field)


# --- what is on file -------------------------------------------------------------------------------------------------


def test_the_visa_free_table_of_a_state_holds_its_rows_and_the_general_limit(client):
    rows = client.get("/api/v1/visa-free/2026-11-22?citizenship=UZB").json()["visa_free"]
    law = client.get("/api/v1/law/2026-11-22?kind=title").json()["visa_free"]
    assert {row["citizenship"] for row in rows} == {"UZB", "*"}
    assert rows == [row for row in law if row["citizenship"] in ("UZB", "*")]


def test_every_act_of_the_list_can_be_asked_for(client, site):
    listed = client.get("/api/v1/acts").json()["acts"]
    assert [act["name"] for act in listed] == list(site.country.acts)
    for act in listed:
        whole = client.get(f"/api/v1/acts/{act['name']}").json()
        assert (whole["title"], len(whole["provisions"])) == (act["title"], act["provisions"])


def test_every_series_has_the_figures_of_the_country(client, site):
    for listed in client.get("/api/v1/series").json()["series"]:
        name = listed["indicator"]["name"]
        told = client.get(f"/api/v1/series/{name}").json()
        rows = [row for row in site.country.observations if row.indicator == name]
        assert [row["value"] for row in told["observations"]] == [row.value for row in rows]
        assert [row["basis"]["confidence"] for row in told["observations"]] == [row.basis.confidence for row in rows]
        assert listed["observations"] == len(rows)
        assert {source for row in told["observations"] for source in row["basis"]["sources"]} == set(told["sources"])


def test_the_facts_are_those_a_case_may_give(client, site):
    told = {row["fact"]["name"]: row for row in client.get("/api/v1/facts").json()["facts"]}
    assert list(told) == list(site.country.facts)
    kind = told["passport.kind"]
    assert set(kind["words"]) == set(kind["fact"]["values"])
    assert set(kind["fact"]["question"]) == set(LANGUAGES)


# --- the review ------------------------------------------------------------------------------------------------------


@pytest.fixture
def press(monkeypatch):
    """A press that writes at once, and what it was asked for."""
    from koshiqon.web.api import reviews
    from koshiqon.web.pages.review_press import Press

    made = []

    def make(edition, formats):
        made.append(edition)
        return {"review.json": json.dumps({"schema": "koshiqon-review/1", "language": edition.language}).encode()}

    standing = Press(make)
    monkeypatch.setattr(reviews, "press_of", lambda _: standing)
    return standing, made


def test_a_review_is_the_edition_that_was_asked_for_and_kept_for_the_next(client, press):
    _, made = press
    path = "/api/v1/review?language=kk&since=2020-01-01&on=2026-11-22&section=flows"
    first = client.get(path)
    assert first.json() == {"schema": "koshiqon-review/1", "language": "kk"}
    assert client.get(path).content == first.content
    assert [(one.language, one.since, one.section) for one in made] == [("kk", date(2020, 1, 1), ("flows",))]


def test_whoever_comes_while_too_many_wait_is_told_when_to_come_again(client, press):
    standing, made = press
    while standing.seats.acquire(blocking=False):
        pass
    answer = client.get("/api/v1/review")
    assert (answer.status_code, answer.headers["retry-after"], made) == (503, "60", [])
    assert answer.json()["type"].endswith("#problem-busy")


@pytest.mark.parametrize(
    ("query", "status", "field"),
    [
        ("section=none", 422, "section"),
        ("theme=none", 422, "theme"),
        ("since=2026-01-01&on=2025-01-01", 422, "since"),
        ("on=yesterday", 400, "on"),
        ("onn=2026-01-01", 400, "onn"),
    ],
)
def test_an_edition_that_cannot_be_made_gets_a_letter(client, press, query, status, field):
    answer = client.get(f"/api/v1/review?{query}")
    assert (answer.status_code, answer.json()["faults"][0]["field"], press[1]) == (status, field, [])


# --- problems --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fault_of_a_case_comes_at_once_in_the_language_asked(client, site, language):
    body = {
        "citizenship": "UZ",
        "trips": [{"entry": "2026-02-31"}],
        "facts": {"person.age": True, "passport.sort": "x"},
    }
    for answer in (
        ask(client, "/stay", body, language),
        client.post("/api/v1/stay", json=body, headers={"accept-language": f"{language}, en;q=0.1"}),
    ):
        told = answer.json()
        assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
        assert answer.headers["content-language"] == language
        assert told["title"] == site.voices[language].translations.gettext("What is asked cannot be answered")
        assert {fault["field"] for fault in told["faults"]} == {
            "citizenship", "trips[0]", "facts.person.age", "facts.passport.sort",
        }  # fmt: skip
        assert all("{" not in letter for letter in letters(answer))
    if language != "en":
        assert letters(answer) != letters(ask(client, "/stay", body, "en"))


@pytest.mark.parametrize(
    ("body", "field", "says"),
    [
        (b"", "body", "not JSON"),
        (b"{", "body", "not JSON"),
        (b"[" * 100_000, "body", "too deep"),
        (b'{"facts": {"person.age": NaN}}', "body", "NaN"),
        (b'{"facts": {"person.age": 1e400}}', "body", "1e400"),
        (b'{"facts": {"person.age": ' + b"9" * 5000 + b"}}", "body", "no number"),
        (b'{"facts": {"person.age": 1e300}}', "facts.person.age", "1e+300"),
        (b'{"on": "2026-01-01", "on": "2026-01-02"}', "body", "stands twice"),
        (b'{"citizenship": "\\ud800"}', "body", "half a character"),
        (b'{"citizenship": "\xff"}', "body", "not UTF-8"),
        (b"[]", "body", "an object"),
        (b"null", "body", "an object"),
        (b'{"trip": []}', "trip", "Near to it: trips"),
        (b'{"trips": {}}', "trips", "a list"),
        (b'{"trips": [{"exit": "2026-01-01"}]}', "trips[0].entry", "missing"),
        (b'{"trips": [{"entry": "1.2.2026"}]}', "trips[0].entry", "YYYY-MM-DD"),
        (b'{"on": "0001-01-01"}', "on", "between the years 1900 and 2199"),
        (b'{"plan": {"entry": "9999-12-31", "exit": "9999-12-31"}}', "plan.entry", "too far"),
        (b'{"citizenship": 7}', "citizenship", "a text"),
        (b'{"why": "yes"}', "why", "true or false"),
        (b'{"facts": {"person.age": {"years": 3}}}', "facts.person.age", "no value of a fact"),
    ],
)
def test_what_has_not_the_form_of_a_case_is_told_with_its_field(client, body, field, says):
    answer = client.post("/api/v1/stay", content=body, headers=JSON)
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
    found = answer.json()["faults"][0]
    assert found["field"] == field
    assert says in found["letter"]


def test_a_body_that_is_no_json_by_its_type_is_not_read(client):
    for kind in (None, "text/plain", "application/x-www-form-urlencoded", "application/json; charset=cp1251"):
        head = {} if kind is None else {"content-type": kind}
        assert client.post("/api/v1/stay", content=b"{}", headers=head).status_code == 415
    assert client.post(
        "/api/v1/stay", content=b"{}", headers={"content-type": "application/json;charset=UTF-8"}
    ).is_success


def test_a_body_that_is_too_large_is_a_problem_told_or_streamed(client):
    def parts():
        for _ in range(40):
            yield b" " * 10_000

    for content in (b" " * 300_000, parts()):
        answer = client.post("/api/v1/stay", content=content, headers=JSON)
        assert (answer.status_code, answer.headers["content-type"]) == (413, "application/problem+json")
        assert answer.json()["type"].endswith("#problem-too-large")


@pytest.mark.parametrize("path", ["/api/v1/nowhere", "/api/v2/stay", "/api/v1/acts/kaz/0", "/api/v1/series/none"])
def test_what_is_not_there_is_a_problem_too(client, path):
    answer = client.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


def test_another_method_is_told_which_one_is_taken(client):
    answer = client.get("/api/v1/stay")
    assert (answer.status_code, answer.headers["allow"], answer.json()["status"]) == (405, "POST", 405)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/law/2026-02-31", 422),
        ("/law/today", 422),
        ("/law/1800-01-01", 422),
        ("/law/2026-11-22?kind=none", 422),
        ("/visa-free/2026-11-22?citizenship=UZ", 422),
        ("/changes?since=2023-01-01&until=2022-01-01&citizenship=RUS", 422),
        ("/changes?since=2023-01-01&citizenship=RUS", 400),
        ("/country?on=22.11.2026", 400),
        ("/facts?languages=ru", 400),
        ("/facts?language=xx", 400),
    ],
)
def test_a_question_to_the_law_that_cannot_be_read_gets_a_letter(client, path, status):
    answer = client.get(f"/api/v1{path}")
    assert (answer.status_code, len(letters(answer))) == (status, 1)


def test_a_fault_of_ours_says_nothing_of_the_case(site):
    from dataclasses import replace

    from starlette.testclient import TestClient

    from koshiqon.web.application import application

    def broken():
        raise RuntimeError("secret of the case")

    asks = TestClient(application(replace(site, today=broken)), raise_server_exceptions=False)
    answer = asks.post("/api/v1/stay", json=KYRGYZ)
    assert (answer.status_code, answer.headers["content-type"]) == (500, "application/problem+json")
    assert "secret" not in answer.text


def test_answers_to_a_case_are_kept_by_nobody_and_no_page_of_another_site_may_ask(client):
    answer = client.post("/api/v1/stay", json=KYRGYZ, headers={"origin": "https://example.org"})
    assert answer.headers["cache-control"] == "no-store"
    assert "set-cookie" not in answer.headers
    assert "access-control-allow-origin" not in answer.headers
