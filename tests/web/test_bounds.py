"""How much may be sent and how slowly; what bursts, and what no browser sends."""

from __future__ import annotations

import asyncio
import socket
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from koshiqon.web.application import application
from koshiqon.web.safety import BoundedBody

FORM = {"content-type": "application/x-www-form-urlencoded"}

# --- how much, how slowly --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "kk", "ru"])
def test_a_form_that_is_too_large_is_refused_in_the_language_of_its_page(client, site, language):
    def hidden():
        yield from (b"a" * 10_000 for _ in range(40))

    for content in (b"x" * 300_000, hidden()):
        answer = client.post(f"/{language}/stay", content=content, headers=FORM)
        assert answer.status_code == 413
        assert site.voices[language].translations.gettext("This is larger than a form may be") in answer.text
        assert answer.headers["connection"] == "close"


def test_a_question_to_the_api_that_is_too_large_is_refused_as_a_problem(client):
    def hidden():
        yield from (b"[" * 10_000 for _ in range(40))

    for content in (b"[" * 300_000, hidden()):
        answer = client.post("/api/v1/stay", content=content, headers={"content-type": "application/json"})
        assert answer.status_code == 413
        assert answer.headers["content-type"] == "application/problem+json"


def test_a_length_that_is_no_number_is_not_believed(client):
    for told in ("-1", "1e9", "9" * 400, "٣"):
        head = {**FORM, "content-length": told.encode()}
        assert client.post("/en/stay", content=b"a=1", headers=head).status_code < 500


def test_a_form_of_many_fields_is_refused_and_costs_little(client):
    for content in (b"&" * 250_000, b"a&" * 125_000, b"=" * 250_000, b"a=1&" * 60_000, b"%" * 250_000):
        began = time.perf_counter()
        assert client.post("/en/stay", content=content, headers=FORM).status_code < 500
        assert time.perf_counter() - began < 5


def multipart(*parts: bytes) -> bytes:
    return b"".join(b"--x\r\n" + part + b"\r\n" for part in parts) + b"--x--\r\n"


BURSTING = {
    "many parts": multipart(*(b'content-disposition: form-data; name="a"\r\n\r\n1' for _ in range(3_000))),
    "many files": multipart(
        *(b'content-disposition: form-data; name="f"; filename="../../x"\r\n\r\n1' for _ in range(500))
    ),
    "a long head": multipart(b"x: " + b"y" * 200_000 + b'\r\ncontent-disposition: form-data; name="a"\r\n\r\n1'),
    "many heads": multipart(b"".join(b"x: y\r\n" for _ in range(20_000)) + b"\r\n1"),
    "no end": multipart(b'content-disposition: form-data; name="a"\r\n\r\n1').removesuffix(b"--x--\r\n"),
    "no name": multipart(b"content-disposition: form-data\r\n\r\n1"),
    "hyphens": b"-" * 200_000,
    "nothing": b"",
}


@pytest.mark.parametrize("content", BURSTING.values(), ids=BURSTING)
def test_a_form_in_parts_that_is_made_to_burst_is_refused(client, content):
    began = time.perf_counter()
    head = {"content-type": "multipart/form-data; boundary=x"}
    answer = client.post("/en/stay", content=content, headers=head)
    assert answer.status_code < 500
    assert time.perf_counter() - began < 5


KINDS = (
    "",
    "text/xml",
    "multipart/form-data",
    "multipart/form-data; boundary=",
    "multipart/form-data; boundary=ш; boundary=y",
    "multipart/form-data; boundary=" + "x" * 9_000,
    "application/x-www-form-urlencoded; charset=utf-7",
)


@pytest.mark.parametrize("kind", KINDS, ids=range(len(KINDS)))
def test_a_kind_of_content_that_is_none_is_no_fault(client, kind):
    assert client.post("/en/stay", content=b"a=1", headers={"content-type": kind.encode()}).status_code < 500


def test_a_form_that_comes_a_letter_at_a_time_is_let_go_of(site):
    app = application(site)
    (bound,) = (layer for layer in app.user_middleware if layer.cls is BoundedBody)
    bound.kwargs["seconds"] = 0.2

    async def slow():
        while True:
            yield b"a"
            await asyncio.sleep(0.05)

    status, text = in_the_loop(app, "/ru/stay", slow())
    assert status == 408
    assert site.voices["ru"].translations.gettext("It came too slowly") in text


def in_the_loop(app, path: str, parts) -> tuple[int, str]:
    """Status and text of an answer to a form whose parts come when they come."""

    async def ask() -> tuple[int, str]:
        sent: list[dict] = []

        async def receive() -> dict:
            return {"type": "http.request", "body": await anext(parts), "more_body": True}

        async def send_on(message: dict) -> None:
            sent.append(message)

        headers = [(b"content-type", b"application/x-www-form-urlencoded"), (b"host", b"localhost")]
        scope = {"type": "http", "method": "POST", "path": path, "raw_path": path.encode(), "query_string": b"",
                 "headers": headers, "root_path": "", "scheme": "http", "http_version": "1.1",
                 "asgi": {"version": "3.0"}, "server": ("localhost", 80), "client": None}  # fmt: skip
        await app(scope, receive, send_on)
        body = b"".join(message.get("body", b"") for message in sent)
        return sent[0]["status"], body.decode()

    # In a thread of its own: a browser of another test may have a loop running in this one.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, ask()).result()


# --- what a browser would not send -----------------------------------------------------------------------------------


POST = b"POST /en/stay HTTP/1.1\r\nhost: x\r\n"
NO_BROWSER = {
    "a long head": b"GET /en/ HTTP/1.1\r\nhost: x\r\nx: " + b"y" * 100_000 + b"\r\n\r\n",
    "a long line": b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\nhost: x\r\n\r\n",
    "no words": b"\x00\x01\x02\xff\r\n\r\n",
    "two lengths": POST + b"content-length: 1\r\ncontent-length: 2\r\n\r\nab",
    "two ways of length": POST
    + b"content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1",
    "another host": b"GET http://evil.example/en/ HTTP/1.1\r\nhost: x\r\n\r\n",
    "an upgrade": b"GET /en/ HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n",
}


@pytest.mark.parametrize("request_line", NO_BROWSER.values(), ids=NO_BROWSER)
def test_a_server_outlives_what_no_browser_sends(server, request_line):
    host, port = server.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), 10) as line:
        line.sendall(request_line)
        line.shutdown(socket.SHUT_WR)
        answer = b"".join(iter(lambda: line.recv(65536), b""))
    assert answer.count(b"HTTP/1.1") <= 1
    assert b" 500 " not in answer.partition(b"\r\n")[0]
    with socket.create_connection((host, int(port)), 10) as line:
        line.sendall(b"GET /health HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
        assert line.recv(65536).startswith(b"HTTP/1.1 200")
