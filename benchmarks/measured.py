"""What a command takes, in a process of its own: wall and processor time, peak memory, bytes read and written."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Any


@dataclass(frozen=True, slots=True)
class Taken:
    """Seconds of wall time, and of processor time of the process and its children; most memory that it held, in bytes
    (never less than what this process held when it began the other, for Linux counts so);
    bytes that it read and wrote, its own intermediate files counted; how busy the machine was before it began (load
    of the last minute); and what it told of itself as JSON.
    """

    wall: float
    processor: float
    peak: int
    read: int
    written: int
    load_before: float
    told: dict[str, Any] = field(default_factory=dict)


class ContenderFailed(Exception):
    """A contender that ended with an error: the measuring stops."""


def take(command: Sequence[str], warmed: Iterable[Path]) -> Taken:
    """Run a command whose last line of output is JSON. `warmed` are files that it will read: they are read before, so
    that nobody pays for the disk alone. Raises ContenderFailed.
    """
    os.sync()
    for file in warmed:
        _read(file)
    load = os.getloadavg()[0]
    began = perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    assert process.stdout is not None
    said = process.stdout.read().decode()
    os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
    wall = perf_counter() - began
    moved = _bytes_moved(process.pid)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stdout.close()
    if process.returncode:
        raise ContenderFailed(f"{process.returncode}: {' '.join(command)}")
    told = json.loads(said.splitlines()[-1])
    return Taken(wall, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024, *moved, load, told)


def _read(file: Path) -> None:
    with file.open("rb", buffering=0) as opened:
        while opened.read(1 << 22):
            pass


def _bytes_moved(pid: int) -> tuple[int, int]:
    """Bytes that a process which has ended, but was not waited for, read and wrote."""
    lines = Path(f"/proc/{pid}/io").read_text(encoding="ascii").splitlines()
    told = {name: int(value) for name, value in (line.split(": ") for line in lines)}
    return told["rchar"], told["wchar"]
