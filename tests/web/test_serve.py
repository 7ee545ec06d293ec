"""`koshiqon serve`, begun as a process of its own: where it listens, what it says and keeps, how it stops."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

import pytest
from typer.testing import CliRunner

from koshiqon.cli import app

TELLTALE = "Gulnara-1987"
SECONDS = 60
"""How long a server may take to begin on a busy machine."""


@dataclass(frozen=True, slots=True)
class Running:
    """A server that listens: its process, its port, what it has said to people, the file of its log."""

    process: subprocess.Popen
    port: int
    said: str
    log: Path

    def ask(self, path: str, method: str = "GET", body: str | None = None, **headers: str):
        """Status, headers and text of an answer."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)) as asked:
            asked.request(method, path, body, named)
            answer = asked.getresponse()
            return answer.status, answer.headers, answer.read().decode()

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """The exit code after a stop; waits for it."""
        self.process.send_signal(how)
        return self.process.wait(SECONDS)


@pytest.fixture
def serving(tmp_path, toyland) -> Iterator[Callable[..., Running]]:
    """`serving("--workers", "2")`: a server of Toyland on a free port, ready to answer."""
    begun: list[subprocess.Popen] = []

    def serve(*options: str, **variables: str) -> Running:
        log, words = tmp_path / f"log{len(begun)}", tmp_path / f"words{len(begun)}"
        command = [sys.executable, "-m", "koshiqon", "serve", "--port", "0", "--country", str(toyland), *options]
        unset = {name: value for name, value in os.environ.items() if not name.startswith("KOSHIQON_")}
        with log.open("w") as out, words.open("w") as err:
            environment = {**unset, "LC_ALL": "en_US.UTF-8", "PYTHONIOENCODING": "utf-8", **variables}
            process = subprocess.Popen(command, stdout=out, stderr=err, cwd=tmp_path, env=environment)
        begun.append(process)
        found = wait_for(lambda: re.search(r"http://\S+:(\d+)/", words.read_text()), process)
        running = Running(process, int(found[1]), words.read_text(), log)
        wait_for(lambda: running.ask("/health")[0] == 200, process)
        return Running(process, int(found[1]), words.read_text(), log)

    yield serve
    for process in begun:
        if process.poll() is None:
            process.kill()
            process.wait()


def wait_for(happens: Callable, process: subprocess.Popen):
    """What happens, once it does."""
    until = time.monotonic() + SECONDS
    while time.monotonic() < until and process.poll() is None:
        if found := happens():
            return found
        time.sleep(0.05)
    raise AssertionError(f"it never happened; the server has ended with {process.poll()}")


# --- begun, asked, stopped -------------------------------------------------------------------------------------------


def test_a_server_says_where_it_is_answers_and_stops_when_it_is_asked_to(serving):
    server = serving()
    assert f"Koshiqon answers at http://127.0.0.1:{server.port}/" in server.said
    assert "Nothing of it is written down." in server.said
    assert "Registers may be given to it." in server.said
    status, headers, text = server.ask("/health")
    assert (status, json.loads(text)["status"]) == (200, "ok")
    assert "server" not in headers
    assert server.ask("/en/", "HEAD")[2] == ""
    assert server.stop() == 0
    log = server.log.read_text()
    assert "Traceback" not in log
    assert {"from", "message"} <= set(json.loads(log.splitlines()[0])), "uvicorn speaks in the form of our log"
    routes = [line.get("route") for line in map(json.loads, log.splitlines())]
    assert "/health" in routes
    assert "/{language}/" in routes


def test_what_is_being_answered_at_the_stop_is_answered_to_its_end(serving):
    server = serving()
    with socket.create_connection(("127.0.0.1", server.port), SECONDS) as slow:
        head = "POST /en/nowhere HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/x-www-form-urlencoded\r\n"
        slow.sendall(head.encode() + b"content-length: 3\r\n\r\na")
        time.sleep(0.3)
        stopped = threading.Thread(target=server.stop)
        stopped.start()
        time.sleep(0.3)
        slow.sendall(b"=1")
        answer = b"".join(iter(lambda: slow.recv(65536), b""))
        stopped.join()
    assert answer.startswith(b"HTTP/1.1 404")
    assert answer.rstrip().endswith(b"</html>")


def test_a_public_address_gives_no_registers_and_ctrl_c_stops_it_as_well(serving):
    server = serving("--host", "0.0.0.0", "--lang", "kk")
    assert "мына мекенжайда жауап береді" in server.said
    assert "Оған тізілімдер беруге болмайды" in server.said
    assert server.stop(signal.SIGINT) == 0


def test_a_public_address_gives_registers_where_it_is_told_to_and_warns(serving):
    server = serving("--host", "0.0.0.0", "--local", LC_ALL="ru_RU.UTF-8")
    assert "отвечает по адресу" in server.said
    assert "это не только эта машина" in server.said


def test_two_processes_sign_alike_and_both_stop(serving):
    server = serving("--workers", "2")
    processes = children(server.process.pid)
    assert len(processes) >= 2
    secrets = {secret_of(process) for process in processes} - {None}
    assert len(secrets) == 1
    assert server.stop() == 0
    until = time.monotonic() + 10
    while (left := [process for process in processes if lives(process)]) and time.monotonic() < until:
        time.sleep(0.05)
    assert left == []


def children(parent: int) -> list[int]:
    told = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return [int(process) for process in told]


def lives(process: int) -> bool:
    """Whether it runs; one that has ended and waits to be fetched does not."""
    told = Path(f"/proc/{process}/stat")
    return told.exists() and told.read_text().rpartition(")")[2].split()[0] != "Z"


def secret_of(process: int) -> str | None:
    environment = Path(f"/proc/{process}/environ").read_bytes().split(b"\0")
    found = [entry.decode() for entry in environment if entry.startswith(b"KOSHIQON_SECRET=")]
    return found[0] if found and len(found[0]) > 40 else None


# --- what it keeps ---------------------------------------------------------------------------------------------------


def test_nothing_of_a_case_is_in_the_log_or_on_the_disk(serving, tmp_path):
    server = serving("--runs", "runs")
    case = {"citizenship": TELLTALE, "fact.note": TELLTALE, "trip": TELLTALE}
    for path in (f"/en/stay?case={TELLTALE}", "/en/status", f"/{TELLTALE}", "/api/v1/stay"):
        head = {"content_type": "application/x-www-form-urlencoded", "x_name": TELLTALE, "user_agent": TELLTALE}
        assert server.ask(path, "POST", urlencode(case), **head)[0] < 500
    assert server.ask("/api/v1/stay", "POST", json.dumps(case), content_type="application/json")[0] < 500
    assert server.stop() == 0
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert server.log in written
    assert server.log.read_text().count('"method": "POST"') == 5
    assert [path for path in written if TELLTALE.encode() in path.read_bytes()] == []


# --- below a base path, behind a proxy -------------------------------------------------------------------------------


def test_a_proxy_may_keep_the_base_path_or_take_it_off(serving):
    server = serving("--base-path", "/koshiqon")
    assert f":{server.port}/koshiqon/" in server.said
    for path in ("/koshiqon/en/", "/en/"):
        status, _, text = server.ask(path)
        assert status == 200
        assert 'href="/koshiqon/en/stay"' in text
        assert 'href="/en/' not in text
    assert server.ask("/koshiqon")[1]["location"] == "/koshiqon/en/"


# --- what it will not do ---------------------------------------------------------------------------------------------


def run(*arguments: str, **variables: str):
    return CliRunner(env=variables).invoke(app, ["serve", "--lang", "en", *arguments])


def test_a_port_that_is_taken_is_told_in_a_letter():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        outcome = run("--port", str(other.getsockname()[1]))
    assert outcome.exit_code == 2
    assert "is taken: another program listens there" in outcome.output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--host", "203.0.113.7"), "is no address of this machine"),
        (("--host", "no such host"), "is no address of this machine"),
        (("--host", "a" * 300), "is no address of this machine"),
        (("--base-path", "/en"), "The base path is «/en»"),
        (("--proxy-headers-from", "*"), "«*» is no address"),
        (("--registers-from", "/nowhere/at/all"), "there is no folder /nowhere/at/all"),
        (("--country", "/nowhere/at/all"), "There is no country"),
        (("--workers", "2", "--country", "/nowhere/at/all"), "There is no country"),
    ],
)
def test_what_cannot_be_is_told_in_a_letter(arguments, said):
    outcome = run("--port", "0", *arguments)
    assert outcome.exit_code == 2
    assert said in " ".join(outcome.output.split())
    assert "Traceback" not in outcome.output


@pytest.mark.parametrize(("language", "said"), [("ru", "должно быть целое число"), ("kk", "бүтін сан болуы керек")])
def test_a_variable_that_is_unfit_is_told_in_the_language_of_who_starts_it(language, said):
    outcome = CliRunner(env={"KOSHIQON_KEEP_HOURS": "soon"}).invoke(app, ["serve", "--port", "0", "--lang", language])
    assert outcome.exit_code == 2
    assert "KOSHIQON_KEEP_HOURS" in outcome.output
    assert said in outcome.output
