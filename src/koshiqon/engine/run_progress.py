"""How far a run is, as lines of JSON in a file, for whoever watches its process from outside."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

VARIABLE = "KOSHIQON_PROGRESS"
"""A variable of the environment that names the file."""
PHASES = ("hashing", "reading", "screening", "publishing")
"""What a run does one after the other."""


@dataclass(frozen=True, slots=True)
class Progress:
    """The phase of a run, so many things done in it, of so many; how many a second, None where nobody can tell yet."""

    phase: str
    done: int
    of: int
    rate: float | None

    @property
    def seconds_left(self) -> float | None:
        """Until the phase ends, at the rate so far."""
        return None if self.rate is None else (self.of - self.done) / self.rate


@contextmanager
def written_to(path: Path) -> Iterator[Callable[[str, int, int], None]]:
    """Write a line each time that it is told. Raises OSError."""
    began = monotonic()
    with path.open("w", encoding="utf-8") as file:

        def told(phase: str, done: int, of: int) -> None:
            line = {"phase": phase, "done": done, "of": of, "seconds": round(monotonic() - began, 3)}
            file.write(json.dumps(line) + "\n")
            file.flush()

        yield told


def read_progress(path: Path) -> Progress | None:
    """What the file tells so far; None where it tells nothing. What was done before the first telling of a phase, in
    an earlier run, does not count for the rate.
    """
    try:
        written = path.read_text(encoding="utf-8")
    except OSError:
        return None
    whole, _, _ = written.rpartition("\n")
    lines = [json.loads(line) for line in whole.splitlines()]
    if not lines:
        return None
    last = lines[-1]
    first = next(line for line in lines if line["phase"] == last["phase"])
    done, seconds = last["done"] - first["done"], last["seconds"] - first["seconds"]
    rate = done / seconds if done > 0 and seconds > 0 else None
    return Progress(last["phase"], last["done"], last["of"], rate)
