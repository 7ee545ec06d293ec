"""The folder of one run: what it was asked, which parts are done, who is at work in it.

A run killed at any moment leaves whole parts and notes about them; started again with the same question it goes on
after the last note. What is still being made stands in `unfinished/`, which goes when the record `run.json` has come.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from koshiqon.engine.fingerprint import Json

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

RECORD = "run.json"
UNFINISHED = "unfinished"
ASKED = "asked"
LOCK = "lock"


class RunRefused(Exception):
    """A run that cannot begin in a folder; `code` says why: run_asked_otherwise, run_at_work, run_folder_foreign,
    run_note_unreadable."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(f"{code}: {values}")
        self.code = code
        self.values = {name: str(value) for name, value in values.items()}


@dataclass(frozen=True, slots=True)
class RunFolder:
    """A folder in which this process alone is at work."""

    path: Path

    @property
    def unfinished(self) -> Path:
        return self.path / UNFINISHED

    def record(self) -> dict[str, Any] | None:
        """The record of a finished run; None while there is none."""
        return _read(self.path / RECORD)

    def note(self, name: str) -> dict[str, Any] | None:
        """What was noted about a part that is done; None where it is not."""
        return _read(self.unfinished / f"{name}.json")

    def asked(self) -> dict[str, Any] | None:
        """The fingerprint of the run that was finished here, or of which a part is done; None where there is none."""
        record = self.record()
        if record is not None:
            return dict(record["asked"])
        begun = any(path.stem != ASKED for path in self.unfinished.glob("*.json"))
        return self.note(ASKED) if begun else None

    def keep_note(self, name: str, content: Json) -> None:
        """Note that a part is done. Everything it wrote must be there before."""
        write_json(self.unfinished / f"{name}.json", content)

    def cleared(self, name: str) -> Path:
        """The place of a new folder for what is needed only on the way, with nothing there."""
        shutil.rmtree(self.unfinished / name, ignore_errors=True)
        return self.unfinished / name

    def finish(self, record: Json, times: Json) -> None:
        """Write the record, then clear away what was needed only on the way."""
        write_json(self.path / "times.json", times)
        write_json(self.path / RECORD, record)
        shutil.rmtree(self.unfinished, ignore_errors=True)


@contextmanager
def opened(path: Path, fingerprint: Json) -> Iterator[RunFolder]:
    """The folder of a run with this fingerprint: a new one, or one in which such a run was begun or finished.

    Raises RunRefused where another process is at work there, another question was asked, or other files stand there;
    and OSError where the folder cannot be made.
    """
    strange = [] if not path.exists() else _strangers(path)
    if strange:
        raise RunRefused("run_folder_foreign", folder=path, file=strange[0])
    with _locked(path / UNFINISHED / LOCK, path):
        folder = RunFolder(path)
        record = folder.record()
        asked = folder.asked()
        if asked is not None and (differs := differences(asked, fingerprint)):
            if record is not None:
                shutil.rmtree(folder.unfinished, ignore_errors=True)
            raise RunRefused("run_asked_otherwise", folder=path, differs=", ".join(differs))
        if record is None and asked is None:
            folder.keep_note(ASKED, fingerprint)
        yield folder
        if folder.record() is not None:
            shutil.rmtree(folder.unfinished, ignore_errors=True)


def differences(before: Json, now: Json) -> tuple[str, ...]:
    """The names of what was asked that differ, in order."""
    same = json.loads(json.dumps(now))
    return tuple(name for name in sorted({*before, *same}) if before.get(name) != same.get(name))


def write_json(path: Path, content: Json) -> None:
    """A JSON file, whole or not at all. Raises OSError."""
    write_whole(path, (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode())


def write_whole(path: Path, content: bytes) -> None:
    """A file, whole or not at all, on the disk before it has its name. Raises OSError."""
    partial = path.with_name(f"{path.name}.unfinished")
    try:
        with partial.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    except OSError:
        partial.unlink(missing_ok=True)
        raise


def _strangers(path: Path) -> list[str]:
    """Files of a folder in which no run was begun; none where one was."""
    if not path.is_dir():
        return [path.name]
    names = sorted(found.name for found in path.iterdir())
    return [] if RECORD in names or UNFINISHED in names else names


def _read(path: Path) -> dict[str, Any] | None:
    try:
        return dict(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
    except ValueError:
        raise RunRefused("run_note_unreadable", path=path) from None


# --- one process at a time -------------------------------------------------------------------------------------------


@contextmanager
def _locked(path: Path, folder: Path) -> Iterator[None]:
    """Hold a lock that the system takes from a process when it ends, however it ends; so none is ever left behind."""
    while True:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("a+", encoding="utf-8")
        try:
            if not _lock(file):
                file.seek(0)
                raise RunRefused("run_at_work", folder=folder, process=file.read().strip() or "?")
            if path.exists() and os.path.samestat(path.stat(), os.fstat(file.fileno())):
                _sign(file)
                yield
                return
            # Otherwise the run before us has just ended and taken its lock away with it: begin anew.
        finally:
            file.close()


def _sign(file: IO[str]) -> None:
    file.seek(0)
    file.truncate()
    file.write(str(os.getpid()))
    file.flush()


def _lock(file: IO[str]) -> bool:
    try:
        if sys.platform == "win32":
            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
