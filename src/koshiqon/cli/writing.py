"""How the doors write files: a whole file or none."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import typer


def write_file(path: Path, content: bytes, language: str) -> None:
    """Write beside the place first, then into it; leaves with a letter where that cannot be done."""
    from koshiqon.cli.speaking import leave
    from koshiqon.render.catalogs import catalog
    from koshiqon.render.letters import letter

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_name(f".{path.name}.partial")
        try:
            partial.write_bytes(content)
            partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)
    except OSError as problem:
        leave("cannot_write", {"path": str(path), "reason": reason_of(problem)}, language)
    typer.echo(letter("written", {"path": str(path)}, catalog(language)), err=True)


def reason_of(problem: OSError) -> str:
    """Why a file could not be written, in the system's words; an engine wraps them in its own."""
    full = os.strerror(errno.ENOSPC)
    return problem.strerror or (full if full in str(problem) else str(problem).splitlines()[0])
