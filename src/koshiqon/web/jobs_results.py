"""What a finished run has made, as files with names: only these are served, so no name leads anywhere else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path


class Kind(Enum):
    """What a file is for. PERSONS: about single people, to be kept as a register is kept."""

    READ = "read"
    PUBLISH = "publish"
    MADE = "made"
    PERSONS = "persons"


PATTERNS = {
    Kind.READ: ("summary-*.html",),
    Kind.PUBLISH: ("tables-*.xlsx", "tables/*.csv", "figures.json"),
    Kind.MADE: ("run.json", "times.json"),
    Kind.PERSONS: (
        "stays/*.parquet",
        "intervals/*.parquet",
        "compared/*.parquet",
        "quarantine/*.parquet",
        "quarantine.csv",
    ),
}
MEDIA = {
    ".html": "text/html; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".json": "application/json",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".parquet": "application/vnd.apache.parquet",
}


@dataclass(frozen=True, slots=True)
class Result:
    """A file of a run by its name within it."""

    name: str
    path: Path
    kind: Kind
    bytes: int

    @property
    def media(self) -> str:
        return MEDIA[self.path.suffix]

    @property
    def saved_as(self) -> str | None:
        """The name under which a browser saves it; None for a page that it shows."""
        return None if self.kind is Kind.READ else self.name.replace("/", "-")


def results_of(run: Path) -> Iterator[Result]:
    """The files of a run, kind by kind, by name."""
    for kind, patterns in PATTERNS.items():
        for pattern in patterns:
            for path in sorted(run.glob(pattern)):
                if path.is_file() and not path.is_symlink():
                    yield Result(path.relative_to(run).as_posix(), path, kind, path.stat().st_size)
