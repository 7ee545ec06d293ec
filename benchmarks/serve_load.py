"""A real server asked 50 times a second for a minute: how long people wait, what it costs, what it weighs.

The schedule is fixed before it begins (open loop): each question has its moment, and its time counts from that moment,
so that waiting counts too, and a slow answer does not spare the server the next question. Questions vary: cases are
drawn by a seed, so that no answer can be kept ready. The client's own processor time is told: it shares the machine.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import json
import os
import random
import re
import subprocess
import sys
import tempfile
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from http.client import HTTPConnection
from pathlib import Path
from time import perf_counter, process_time, sleep
from urllib.parse import urlencode

STATES = "UZB KGZ TJK RUS CHN TUR IND DEU AFG BLR ARM AZE MNG TKM UKR GEO KOR USA".split()  # noqa: SIM905
ON = date(2026, 11, 22)
WAYS = {"page": 40, "api": 40, "read": 20}
"""Of a hundred questions: stays by the form, stays by the API, pages that are only read."""
READ = ("/en/", "/kk/stay", "/ru/law", "/en/figures", "/ru/status", "/kk/offices", "/static/koshiqon.css")
WEIGHED = ("/en/", "/en/stay", "/en/status", "/en/law", "/en/figures", "/en/offices", "/en/review")
KILOBYTE = 1000
PEOPLE = 32
"""Connections from the beginning."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked when: seconds from the beginning, its kind, the whole request."""

    at: float
    kind: str
    request: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """How it went: its kind, its status (0: none came), milliseconds from its moment."""

    kind: str
    status: int
    took: float


def main() -> None:
    """Measure once for each number of processes asked for."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    asked.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    asked.add_argument("--rate", type=float, default=50)
    asked.add_argument("--seconds", type=float, default=60)
    asked.add_argument("--seed", type=int, default=1)
    options = asked.parse_args()
    print(f"machine: {os.cpu_count()} processors, load of the last minute {os.getloadavg()[0]:.1f}")
    for workers in options.workers:
        measure(workers, options.rate, options.seconds, options.seed)


def measure(workers: int, rate: float, seconds: float, seed: int) -> None:
    """Start a server, ask it, say what was seen, stop it."""
    with tempfile.TemporaryDirectory(prefix="koshiqon-") as folder:
        began = perf_counter()
        process, port = started(workers, Path(folder))
        try:
            cold = perf_counter() - began
            print(f"\n{workers} process(es); from start to first answer {cold:.1f} s")
            warm(port, workers, seed)
            tell(workers, process.pid, port, list(questions(rate, seconds, seed)))
            if workers == 1:
                weigh(port)
        finally:
            process.terminate()
            print(f"  stopped with {process.wait(30)}")


def tell(workers: int, pid: int, port: int, plan: list[Question]) -> None:
    """Ask all questions at their moments, and print what came of it."""
    before, spent, own, load = memory(pid), processor(pid), process_time(), os.getloadavg()[0]
    began = perf_counter()
    answers = asyncio.run(ask_all(port, plan))
    took = perf_counter() - began
    used, mine = processor(pid) - spent, process_time() - own
    print(f"  {len(answers)} questions in {took:.0f} s; load {load:.1f} before and {os.getloadavg()[0]:.1f} after")
    for kind in ("all", *WAYS):
        times = sorted(answer.took for answer in answers if kind in ("all", answer.kind))
        bad = sum(answer.status != 200 for answer in answers if kind in ("all", answer.kind))
        marks = "  ".join(f"p{share:g} {at(times, share):6.1f}" for share in (50, 90, 99, 99.9))
        print(f"  {kind:5} {len(times):5}  {marks}  longest {times[-1]:6.1f} ms  not answered {bad}")
    each = used / len(plan) * 1000
    print(f"  processor time: server {used / took:.0%} of one, {each:.1f} ms a question; client {mine / took:.0%}")
    print(f"  memory of {workers} process(es): {before:.0f} MB before, {memory(pid):.0f} MB after")


def at(times: list[float], share: float) -> float:
    """The time within which so many of a hundred were answered (nearest rank)."""
    return times[min(len(times) - 1, int(len(times) * share / 100))]


# --- the server ------------------------------------------------------------------------------------------------------


def started(workers: int, folder: Path) -> tuple[subprocess.Popen[bytes], int]:
    """A server in its usual form that has answered once, and its port."""
    words = folder / "words"
    command = [sys.executable, "-m", "koshiqon", "serve", "--port", "0", "--workers", str(workers), "--public"]
    with words.open("wb") as err, (folder / "log").open("wb") as out:
        process = subprocess.Popen([*command, "--lang", "en"], stdout=out, stderr=err, cwd=folder)
    while not (found := re.search(r"http://127\.0\.0\.1:(\d+)/", words.read_text(encoding="utf-8"))):
        if process.poll() is not None:
            raise SystemExit(words.read_text(encoding="utf-8"))
        sleep(0.01)
    port = int(found[1])
    get(port, "/health")
    return process, port


def warm(port: int, workers: int, seed: int) -> None:
    """Ask each kind of question some times, so that every process has answered before the clock runs."""
    for question in questions(50, 2 * workers, seed + 1):
        asyncio.run(ask_all(port, [Question(0, question.kind, question.request)]))


def family(pid: int) -> Iterator[int]:
    """A process and those that it began."""
    yield pid
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split():
        yield from family(int(child))


def memory(pid: int) -> float:
    """Megabytes of memory that a process and its children hold; what they share is shared out among them."""
    return sum(int(found[1]) for each in family(pid) if (found := _proportional(each))) / 1024


def _proportional(pid: int) -> re.Match[str] | None:
    return re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii"), re.MULTILINE)


def processor(pid: int) -> float:
    """Seconds of processor time of a process and its children so far."""
    told = [Path(f"/proc/{each}/stat").read_text(encoding="ascii").rpartition(")")[2].split() for each in family(pid)]
    return sum(int(fields[11]) + int(fields[12]) for fields in told) / os.sysconf("SC_CLK_TCK")


# --- the questions ---------------------------------------------------------------------------------------------------


def questions(rate: float, seconds: float, seed: int) -> Iterator[Question]:
    """What is asked, at equal distances."""
    draw = random.Random(seed)
    for number in range(int(rate * seconds)):
        kind = draw.choices(list(WAYS), list(WAYS.values()))[0]
        yield Question(number / rate, kind, request_of(kind, draw))


def request_of(kind: str, draw: random.Random) -> bytes:
    """A whole request of HTTP/1.1."""
    if kind == "read":
        return head("GET", draw.choice(READ), "", b"")
    citizenship, trips = draw.choice(STATES), drawn_trips(draw)
    if kind == "page":
        fields = [("citizenship", citizenship), ("on", ON.isoformat())]
        fields += [(name, day) for trip in trips for name, day in zip(("entry", "exit"), trip, strict=True)]
        language = draw.choice(("en", "kk", "ru"))
        return head("POST", f"/{language}/stay", "application/x-www-form-urlencoded", urlencode(fields).encode())
    told = [{"entry": entry} | ({"exit": leave} if leave else {}) for entry, leave in trips]
    case = {"citizenship": citizenship, "on": ON.isoformat(), "trips": told}
    return head("POST", "/api/v1/stay", "application/json", json.dumps(case).encode())


def drawn_trips(draw: random.Random) -> list[tuple[str, str]]:
    """One to five trips up to the day asked, the last of which may still last."""
    edges = sorted(draw.sample(range(1, 400), draw.choice((2, 4, 6, 8, 10))), reverse=True)
    days = [(ON - timedelta(edge)).isoformat() for edge in edges]
    trips = list(zip(days[::2], days[1::2], strict=True))
    return [*trips[:-1], (trips[-1][0], "")] if draw.random() < 0.7 else trips


def head(method: str, path: str, kind: str, body: bytes) -> bytes:
    """A request as a proxy passes it on, over a connection that stays open."""
    lines = [f"{method} {path} HTTP/1.1", "host: localhost", "accept-encoding: gzip"]
    lines += [f"content-type: {kind}", f"content-length: {len(body)}"] if body else []
    return "\r\n".join([*lines, "", ""]).encode() + body


# --- the client ------------------------------------------------------------------------------------------------------


async def ask_all(port: int, plan: list[Question]) -> list[Answer]:
    """Every question at its moment, over the connection that has been free for longest; where none is, over another.

    They are opened before, as many people come with a browser each: so they spread over the processes of a server.
    """
    free = deque([await asyncio.open_connection("127.0.0.1", port) for _ in range(PEOPLE)])
    began = perf_counter()

    async def one(question: Question) -> Answer:
        await asyncio.sleep(began + question.at - perf_counter())
        try:
            line = free.popleft() if free else await asyncio.open_connection("127.0.0.1", port)
            line[1].write(question.request)
            status = await answered(line[0])
            free.append(line)
        except (OSError, asyncio.IncompleteReadError):
            status = 0
        return Answer(question.kind, status, (perf_counter() - began - question.at) * 1000)

    answers = await asyncio.gather(*(one(question) for question in plan))
    for _, writer in free:
        writer.close()
    return answers


async def answered(reader: asyncio.StreamReader) -> int:
    """The status of an answer that was read to its end."""
    begun = (await reader.readuntil(b"\r\n\r\n")).lower()
    length = re.search(rb"content-length: (\d+)", begun)
    if length:
        await reader.readexactly(int(length[1]))
    return int(begun.split(b" ", 2)[1])


# --- what a page weighs ----------------------------------------------------------------------------------------------


def get(port: int, path: str, method: str = "GET", body: bytes | None = None, kind: str = "text/plain") -> str:
    """The text of an answer."""
    asked = HTTPConnection("127.0.0.1", port, timeout=60)
    asked.request(method, path, body, {"content-type": kind})
    text = asked.getresponse().read().decode()
    asked.close()
    return text


def weigh(port: int) -> None:
    """Print what main pages weigh with their style and scripts, as they are and as they travel."""
    fields = [("citizenship", "UZB"), ("on", ON.isoformat()), ("entry", "2026-08-01"), ("exit", "2026-08-20")]
    fields += [("entry", "2026-10-05"), ("exit", "")]
    form = ("POST", urlencode(fields).encode(), "application/x-www-form-urlencoded")
    print("  weight in kB, page + style + scripts: plain, gzip")
    for path, text in [*((path, get(port, path)) for path in WEIGHED), ("POST /en/stay", get(port, "/en/stay", *form))]:
        assets = re.findall(r'(?:href|src)="(/static/[^"]+)"', text)
        parts = [part.encode() for part in (text, *(get(port, asset) for asset in assets))]
        plain, packed = sum(map(len, parts)), sum(len(gzip.compress(part, 5)) for part in parts)
        print(f"  {path:14} {plain / KILOBYTE:6.0f} {packed / KILOBYTE:6.0f}")


if __name__ == "__main__":
    main()
