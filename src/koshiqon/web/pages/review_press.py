"""The press of the server: one edition at a time, in a process of its own (`koshiqon review`), a few kept for the next
who ask.

An edition takes seconds and more than half a gigabyte; both end with its process. Whoever asks for what is being
written waits for it; where too many wait, the next is asked to come again.

Busy  too many wait, or the wait took too long
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import zlib
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from threading import BoundedSemaphore, Lock

from koshiqon.web.pages.review_asked import Edition

QUICK = ("html", "json", "xlsx", "csv", "bib", "csl")
"""Formats that cost next to nothing once the edition is put together: written at once."""
KEPT = 9
"""Editions (the quick formats, or one of the others) that are kept."""
SEATS = 6
"""Who may wait at a time, the one served included."""
PATIENCE, LONGEST = 90, 300
"""Seconds that somebody waits for the press; seconds that an edition may take."""
BACK_IN = 60
"""Seconds after which whoever was sent away may ask again."""

Files = Mapping[str, bytes]
"""Content by name of the file."""
Making = Callable[[Edition, tuple[str, ...]], Files]


class Busy(Exception):
    """Too many wait for the press already, or it took too long to be one's turn."""


@dataclass(frozen=True, slots=True)
class Press:
    """Writes editions by `making`, and keeps the last few, compressed."""

    making: Making
    turn: Lock = field(default_factory=Lock)
    seats: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(SEATS))
    kept: OrderedDict[tuple[Edition, tuple[str, ...]], Files] = field(default_factory=OrderedDict)
    keeping: Lock = field(default_factory=Lock)

    def files(self, edition: Edition, form: str) -> Files:
        """The files of an edition in a format, with those that are written along with it. Raises Busy."""
        formats = QUICK if form in QUICK else (form,)
        found = self.at_hand(edition, form)
        if found is not None:
            return found
        if not self.seats.acquire(blocking=False):
            raise Busy
        try:
            return self._in_turn(edition, formats)
        finally:
            self.seats.release()

    def at_hand(self, edition: Edition, form: str) -> Files | None:
        """The same, if it is kept; None if it would have to be written."""
        key = (edition, QUICK if form in QUICK else (form,))
        with self.keeping:
            held = self.kept.get(key)
            if held is not None:
                self.kept.move_to_end(key)
        return None if held is None else {name: zlib.decompress(content) for name, content in held.items()}

    def _in_turn(self, edition: Edition, formats: tuple[str, ...]) -> Files:
        if not self.turn.acquire(timeout=PATIENCE):
            raise Busy
        try:
            found = self.at_hand(edition, formats[0])
            if found is None:
                found = self.making(edition, formats)
                with self.keeping:
                    self.kept[edition, formats] = {name: zlib.compress(one, 3) for name, one in found.items()}
                    while len(self.kept) > KEPT:
                        self.kept.popitem(last=False)
        finally:
            self.turn.release()
        return found


@cache
def press_of(country: str) -> Press:
    """The one press of this process for a country; pages and the API stand in the same line before it."""
    return Press(by_program(country))


def by_program(country: str) -> Making:
    """Editions of a country written by `koshiqon review`, which gives way to whoever else needs the machine."""

    def make(edition: Edition, formats: tuple[str, ...]) -> Files:
        with tempfile.TemporaryDirectory(prefix="koshiqon-review-") as folder:
            _run(_command(country, edition, formats, folder))
            root = Path(folder)
            found = (path for path in sorted(root.rglob("*")) if path.is_file())
            return {path.relative_to(root).as_posix(): path.read_bytes() for path in found}

    return make


def _command(country: str, edition: Edition, formats: tuple[str, ...], folder: str) -> list[str]:
    days = {"--since": edition.since, "--on": edition.on, "--known": edition.known}
    command = [sys.executable, "-m", "koshiqon", "review", "--country", country, "--lang", edition.language]
    command += [part for option, day in days.items() for part in (option, day.isoformat())]
    command += ["--format", ",".join(formats), "--out", folder]
    command += ["--theme", edition.theme] if edition.theme else []
    return [*command, *(["--section", ",".join(edition.section)] if edition.section else [])]


def _run(command: list[str]) -> None:
    """Run to the end, with the lowest claim on the machine; a failure is the server's own."""
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.setpriority(os.PRIO_PROCESS, process.pid, 10)
    try:
        code = process.wait(LONGEST)
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
    if code != 0:
        raise subprocess.CalledProcessError(code, command[:4])
