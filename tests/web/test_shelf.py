"""What is made once: pages that are alike for everybody, and what of an answer stays behind (nothing)."""

from __future__ import annotations

import gc
import gzip
from datetime import date

from fastapi import Request
from fastapi.responses import HTMLResponse
from fastapi.testclient import TestClient

from koshiqon.stay.answer import Assessment
from koshiqon.web.application import application
from koshiqon.web.shelf import LONGEST_QUERY, Shelf
from koshiqon.web.site import Site

TODAY = date(2026, 11, 22)


def asked(path: str, query: str = "", accepts: str = "") -> Request:
    headers = [(b"host", b"here"), (b"accept-encoding", accepts.encode())]
    return Request(
        {
            "type": "http",
            "method": "GET",
            "path": path,
            "query_string": query.encode(),
            "headers": headers,
            "scheme": "http",
        }
    )


def test_a_page_is_made_once_for_all_who_ask_on_a_day() -> None:
    shelf, made = Shelf(), []

    def make() -> HTMLResponse:
        made.append(1)
        return HTMLResponse(f"<p>{len(made)}</p>" * 200)

    first, packed = shelf.take(asked("/en/"), TODAY, make), shelf.take(asked("/en/", accepts="gzip"), TODAY, make)
    assert gzip.decompress(bytes(packed.body)) == first.body
    assert (packed.headers["content-encoding"], packed.headers["vary"]) == ("gzip", "Accept-Encoding")
    assert first.headers["content-type"] == packed.headers["content-type"] == "text/html; charset=utf-8"
    assert len(made) == 1
    assert shelf.take(asked("/en/"), date(2026, 11, 23), make).body != first.body
    assert shelf.take(asked("/kk/"), TODAY, make).body != first.body


def test_the_page_asked_longest_ago_leaves_first() -> None:
    shelf = Shelf(2)
    for path in ("/a", "/b", "/a", "/c"):
        shelf.take(asked(path), TODAY, lambda: HTMLResponse("told"))
    assert [key[0] for key in shelf.pages] == ["/a", "/c"]


def test_neither_a_letter_nor_a_long_address_is_kept() -> None:
    shelf = Shelf()
    assert shelf.take(asked("/a"), TODAY, lambda: HTMLResponse("no", 400)).status_code == 400
    assert shelf.take(asked("/a", "x" * (LONGEST_QUERY + 1)), TODAY, lambda: HTMLResponse("yes")).body == b"yes"
    assert not shelf.pages


def test_an_answer_is_gone_as_soon_as_it_was_given(client: TestClient) -> None:
    case = {"citizenship": "KOR", "on": "2026-11-21", "entry": "2026-10-05", "exit": ""}
    client.post("/en/stay", data=case)
    gc.collect()
    gc.disable()
    try:
        assert client.post("/en/stay", data=case).status_code == 200
        answers = [one for one in gc.get_objects() if isinstance(one, Assessment)]
        assert not [one for one in answers if one.case.citizenship == "KOR"]
    finally:
        gc.enable()


def test_the_country_is_no_work_for_the_collector_while_the_server_runs(site: Site) -> None:
    before, usual = gc.get_threshold(), (700, 10, 10)
    gc.set_threshold(*usual)
    try:
        with TestClient(application(site)):
            assert gc.get_freeze_count() > 100_000
            assert gc.get_threshold()[0] > usual[0]
        assert gc.get_freeze_count() == 0
        assert gc.get_threshold() == usual
    finally:
        gc.set_threshold(*before)
