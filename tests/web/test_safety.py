"""What strangers try on pages: every form is found by reading the pages, and each of its fields is attacked."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import replace

import pytest
from starlette.testclient import TestClient
from strangers import HOSTILE, MARK, ODD, SUM, Form, Page, encoded, path_of

from koshiqon.web.application import application
from koshiqon.web.site import site_of

MOST_OF_A_KIND = 2
"""Pages visited of those that differ only in the last part of their path: acts, series."""
DEEP = 2
"""Answers to a form that hold a form in turn: the questions of an interview."""
SENSIBLE = {"citizenship": "UZB", "entry": "2026-11-01"}
"""What is typed into fields that stand empty, so that an answer comes, with its own forms."""
LONGEST_QUERY = 2_000
"""Bytes of a field in a query: more of it no client of ours can write."""
FORM = {"content-type": "application/x-www-form-urlencoded"}


@pytest.fixture(scope="module")
def stranger(public_site) -> TestClient:
    """Asks a public server, as a stranger can."""
    return TestClient(application(public_site), follow_redirects=False)


def pages(asks: TestClient, start: str) -> Iterator[Page]:
    """The pages of a site that links lead to, a few of each kind."""
    ahead, seen, kinds = deque([start]), {start}, {}
    while ahead:
        path = ahead.popleft()
        kind = path.rpartition("/")[0] if "/" in path.removeprefix(start) else path
        kinds[kind] = kinds.get(kind, 0) + 1
        if kinds[kind] > MOST_OF_A_KIND:
            continue
        answer = asks.get(path)
        if not answer.headers.get("content-type", "").startswith("text/html"):
            continue
        page = read(answer, path)
        yield page
        found = [link for link in map(path_of, page.links) if link.startswith(start) and link not in seen]
        seen.update(found)
        ahead.extend(found)


def read(answer, path: str) -> Page:
    """A page read. Style within it is no fault where its policy names exactly that style by its hash."""
    page = Page(answer.text, path)
    page.status = answer.status_code
    if "style-src 'sha256-" in answer.headers["content-security-policy"]:
        page.runs.remove("<style>")
    return page


def send(asks: TestClient, form: Form, action: str, fields: list[tuple[str, bytes]]):
    """What a form answers when it is sent."""
    if form.method == "get":
        return asks.get(action, params=encoded([(name, value[:LONGEST_QUERY]) for name, value in fields]).decode())
    return asks.post(action, content=encoded(fields), headers=FORM)


@pytest.fixture(scope="module")
def forms(stranger) -> list[tuple[Form, str, tuple[tuple[str, str], ...]]]:
    """Every form of every page, and of the answers to it, with every place where its buttons send it."""
    ahead = deque((form, 0) for page in pages(stranger, "/en/") for form in page.forms)
    found, seen = [], set()
    while ahead:
        form, depth = ahead.popleft()
        for action, pressed in form.targets:
            if form.key(action, pressed) in seen or not action.startswith("/en/"):
                continue
            seen.add(form.key(action, pressed))
            found.append((form, action, pressed))
            if depth < DEEP:
                answer = send(stranger, form, action, form.filled(SENSIBLE, pressed))
                if answer.headers.get("content-type", "").startswith("text/html"):
                    ahead.extend((within, depth + 1) for within in Page(answer.text, action).forms)
    return found


def faults_of(answer, what: str) -> list[str]:
    """What is wrong with an answer to something hostile."""
    told = []
    if answer.status_code >= 500:
        told.append(f"{what}: {answer.status_code}")
    text = answer.text
    told += [
        f"{what}: {sign}" for sign in (str(SUM), "root:x:0:", "<class ", "&lt;class ", f"id={MARK}>") if sign in text
    ]
    told += [f"{what}: {name}" for name in ("set-cookie", "x-told") if name in answer.headers]
    if answer.headers.get("content-type", "").startswith("text/html"):
        told += [f"{what}: {thing}" for thing in read(answer, "").runs]
    return told


def attacks(form: Form, pressed: tuple[tuple[str, str], ...]) -> Iterator[tuple[str, list[tuple[str, bytes]]]]:
    """Each field hostile while the others hold something sensible; then all at once."""
    fields = form.filled(SENSIBLE, pressed)
    for place, (name, _) in enumerate(fields):
        yield name, [*fields[:place], (name, HOSTILE), *fields[place + 1 :]]
    yield "all", [(name, HOSTILE) for name, _ in fields]
    yield "a name", [*fields, (HOSTILE.decode(), HOSTILE)]


# --- every form ------------------------------------------------------------------------------------------------------


def test_the_forms_of_the_site_are_found(forms):
    found = {action for _, action, _ in forms}
    assert {"/en/stay", "/en/stay/page.pdf", "/en/stay/deadlines.ics", "/en/status", "/en/law"} <= found
    assert max(len(form.fields) for form, _, _ in forms) > 5


def test_no_field_of_any_form_lets_markup_templates_paths_or_headers_in(stranger, forms):
    told, attacked = [], set()
    for form, action, pressed in forms:
        tried = list(attacks(form, pressed))
        if form.key(action, ()) in attacked:
            tried = tried[-3:]
        attacked.add(form.key(action, ()))
        for what, fields in tried:
            told += faults_of(send(stranger, form, action, fields), f"{action} {what}")
    assert told == []


@pytest.mark.parametrize("odd", ODD)
def test_no_form_falls_over_something_odd_in_all_its_fields(stranger, forms, odd):
    told = []
    for form, action, pressed in forms:
        fields = [(name, ODD[odd]) for name, _ in (*form.fields, *pressed)]
        told += faults_of(send(stranger, form, action, fields), action)
    assert told == []


def test_no_form_falls_over_a_field_that_comes_often_or_not_at_all(stranger, forms):
    for form, action, pressed in forms:
        fields = [(name, value.encode()) for name, value in (*form.fields, *pressed)]
        for many in (
            [],
            fields * 2,
            fields * 30,
            [(f"{name}{place}", b"1") for place in range(99) for name, _ in fields],
        ):
            assert faults_of(send(stranger, form, action, many), action) == []


def test_a_form_is_answered_the_same_to_whoever_sends_it_for_nobody_is_known_here(stranger, forms):
    """Nothing can be done in anybody's name: no cookie is set or read, and every POST to a public server only reads."""
    for form, action, pressed in forms:
        fields = [(name, value.encode()) for name, value in (*form.fields, *pressed)]
        if form.method == "post":
            bare = stranger.post(action, content=encoded(fields), headers=FORM)
            known = stranger.post(action, content=encoded(fields), headers={**FORM, "cookie": "session=1"})
            assert known.status_code == bare.status_code
            assert "set-cookie" not in bare.headers


# --- every path ------------------------------------------------------------------------------------------------------

WAYS_UP = (
    "../../../etc/passwd",
    "..%2f..%2f..%2fetc%2fpasswd",
    "%2e%2e/%2e%2e/etc/passwd",
    "%252e%252e%252fetc%252fpasswd",
    "....//etc/passwd",
    "\\..\\..\\etc\\passwd",
    "~root",
    "http://a.example/",
    "%00",
    "%ff%fe",
    "%ed%a0%80",
    "%0d%0aset-cookie:%20told=1",
    "{{7919*7907}}",
    "<b id=told-by-a-stranger>",
    "a" * 5000,
)


def test_no_path_leads_out_of_the_site(stranger):
    paths = {page.path for page in pages(stranger, "/en/")} | {"/static/koshiqon.css", "/api/v1/docs", "/en/"}
    for path in paths:
        for way in WAYS_UP:
            for tried in (f"{path.rstrip('/')}/{way}", f"{path.rpartition('/')[0]}/{way}"):
                assert faults_of(stranger.get(tried), tried) == []


def test_a_redirect_stays_on_the_site(stranger):
    for path in (
        "/en/stay/",
        "//evil.example/",
        "/%5Cevil.example/",
        "/en//evil.example/",
        "/en",
        "/",
        "/.//evil.example/",
    ):
        answer = stranger.get(path, headers={"host": "evil.example"})
        told = answer.headers.get("location", "/")
        assert told.startswith("/"), path
        assert not told.startswith(("//", "/\\")), path


# --- markup and headers of every page --------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "kk", "ru"])
def test_every_link_leads_to_a_page_and_no_page_runs_or_draws_what_stands_within_it(stranger, language):
    """Or else the Content Security Policy would have to be weaker."""
    found = list(pages(stranger, f"/{language}/"))
    assert len(found) >= 12
    assert [(page.path, page.status) for page in found if page.status != 200] == []
    assert [(page.path, page.runs) for page in found if page.runs] == []


def test_no_page_may_be_framed_or_asks_another_host(stranger):
    policy = stranger.get("/en/").headers["content-security-policy"]
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "://" not in policy


def test_every_link_of_a_site_below_a_base_path_leads_below_it(public_site):
    below = site_of(replace(public_site.settings, base_path="/lab/x"), public_site.today)
    for root_path in ("", "/lab/x"):
        found = list(pages(TestClient(application(below), root_path=root_path, follow_redirects=False), "/lab/x/kk/"))
        assert len(found) >= 8
        for page in found:
            targets = [action for form in page.forms for action, _ in form.targets]
            astray = [link for link in map(path_of, [*page.links, *targets]) if link and not link.startswith("/lab/x/")]
            assert astray == [], page.path


# --- who asks --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def local(site) -> TestClient:
    """A server that answers to the names of this machine, as one that takes registers does."""
    named = replace(site, settings=replace(site.settings, names=("localhost", "[::1]")))
    return TestClient(application(named), follow_redirects=False)


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8000", "[::1]:8000"])
def test_a_local_server_answers_to_the_names_of_its_machine(local, host):
    assert local.get("/en/register", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "", "localhost:8000@evil.example"])
def test_a_strange_name_that_was_given_the_address_of_this_machine_is_not_answered(local, host):
    assert local.get("/en/register", headers={"host": host}).status_code == 421


@pytest.mark.parametrize(
    ("stood", "refused"), [("cross-site", True), ("same-site", True), ("same-origin", False), ("none", False)]
)
def test_a_form_on_another_site_is_not_taken(client, stood, refused):
    answer = client.post("/kk/stay", headers={"sec-fetch-site": stood, **FORM}, content=b"citizenship=UZB")
    assert (answer.status_code == 403) is refused
    assert client.get("/kk/stay", headers={"sec-fetch-site": stood}).status_code == 200, "a link may stand anywhere"
