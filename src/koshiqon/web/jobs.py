"""Jobs: a register, what is asked of it, and the run over it, each in a folder of its own that goes after some hours.

A folder is named by 128 random bits, the only key to it. In it: `job.json` (this module's), `upload/`, `mapping.yaml`,
`progress.jsonl`, `stderr.txt` and `run/`, the folder of the run. Whatever is read here was written whole, so a server
that was restarted finds its jobs again.
"""

from __future__ import annotations

import json
import re
import secrets
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import Enum
from pathlib import Path
from typing import Any

from koshiqon.engine.run_folder import RECORD, write_json
from koshiqon.settings import Settings

ID = re.compile(r"[0-9a-f]{32}")
FILE = "job.json"
ABANDONED = timedelta(hours=1)
"""After this time without a new byte, a folder without a job is an upload that broke off."""
MOST_JOBS = 24
"""Jobs that are kept at once: an upload may be large, and a disk is not endless."""


class State(Enum):
    """What a page can say of a job. GONE: its process ended without a result, and nobody asked it to."""

    WAITING = "waiting"
    AT_WORK = "at_work"
    DONE = "done"
    REFUSED = "refused"
    STOPPED = "stopped"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a register, in the words of the form: the day, an option of the reading `limits`, a condition,
    the name of a reform. Empty where nothing is asked.
    """

    on: str = ""
    reading: str = ""
    where: str = ""
    reform: str = ""


@dataclass(frozen=True, slots=True)
class Job:
    """One job. `source` is a file or a folder; `files` and `bytes` tell its size where it was uploaded; `queued` tells
    since when it waits; `code` is how its last process left, None where that is not known; `refused` holds
    what was wrong before a process could begin.
    """

    folder: Path
    source: Path
    uploaded: bool
    asked: Asked
    language: str
    made: datetime
    files: int = 0
    bytes: int = 0
    queued: datetime | None = None
    began: datetime | None = None
    stopped: bool = False
    code: int | None = None
    refused: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        return self.folder.name

    @property
    def run(self) -> Path:
        return self.folder / "run"

    @property
    def upload(self) -> Path:
        return self.folder / "upload"

    @property
    def mapping(self) -> Path:
        return self.folder / "mapping.yaml"

    @property
    def progress(self) -> Path:
        return self.folder / "progress.jsonl"

    @property
    def told(self) -> Path:
        return self.folder / "stderr.txt"


def state_of(job: Job, at_work: str | None) -> State:
    """The state of a job; `at_work` is the id of the job whose process runs."""
    if job.id == at_work:
        return State.AT_WORK
    if (job.run / RECORD).is_file():
        return State.DONE
    if job.refused or job.code == 2:
        return State.REFUSED
    if job.stopped:
        return State.STOPPED
    return State.WAITING if job.queued is not None else State.GONE


def letters_of(job: Job) -> tuple[str, ...]:
    """What kept the job from its result, in words; the folder on this server is nobody's business."""
    told = job.refused
    if not told and job.told.is_file():
        words = job.told.read_text(encoding="utf-8", errors="replace")
        told = () if "Traceback" in words else tuple(line for line in words.splitlines() if line.strip())
    return tuple(words.replace(f"{job.folder}/", "") for words in told)


def ends_at(job: Job, settings: Settings) -> datetime:
    """When the job and everything of it is deleted."""
    return job.made + timedelta(hours=settings.keep_hours)


# --- kept in folders -------------------------------------------------------------------------------------------------


def new_folder(runs: Path) -> Path:
    """A folder of a new job that only this server's user may enter. Raises OSError."""
    runs.mkdir(parents=True, exist_ok=True)
    folder = runs.resolve() / secrets.token_hex(16)
    folder.mkdir(mode=0o700)
    return folder


def keep(job: Job) -> Job:
    """Write the job down, whole or not at all. Raises OSError."""
    told = {name: value for name, value in asdict(job).items() if name != "folder"}
    days = {name: moment.isoformat() if moment else None for name, moment in _moments(told).items()}
    write_json(job.folder / FILE, told | days | {"source": str(job.source), "refused": list(job.refused)})
    return job


def job_of(runs: Path, id_: str) -> Job | None:
    """The job of an id; None where there is none."""
    if not ID.fullmatch(id_):
        return None
    folder = runs.resolve() / id_
    try:
        told = json.loads((folder / FILE).read_text(encoding="utf-8"))
        days = {name: datetime.fromisoformat(day) if day else None for name, day in _moments(told).items()}
        given = told | days | {"folder": folder, "source": Path(told["source"]), "asked": Asked(**told["asked"])}
        return Job(**given | {"refused": tuple(told["refused"])})
    except (OSError, ValueError, TypeError, KeyError):
        return None


def jobs_of(runs: Path) -> Iterator[Job]:
    """All jobs, the oldest first."""
    found = [job_of(runs, folder.name) for folder in _folders(runs)]
    yield from sorted((job for job in found if job is not None), key=lambda job: job.made)


def forgotten(job: Job) -> Job:
    """The job without the register that was uploaded for it; what its run has made stays."""
    shutil.rmtree(job.upload, ignore_errors=True)
    return keep(replace(job, queued=None))


def stale(runs: Path, keep_hours: int, now: datetime) -> Iterator[str]:
    """The ids of what is to be deleted: jobs whose time is over, and uploads that broke off."""
    for folder in _folders(runs):
        job = job_of(runs, folder.name)
        if job is not None and now >= job.made + timedelta(hours=keep_hours):
            yield folder.name
        if job is None and now >= _touched(folder) + ABANDONED:
            yield folder.name


def _moments(told: Mapping[str, Any]) -> dict[str, Any]:
    return {name: told[name] for name in ("made", "queued", "began")}


def _folders(runs: Path) -> list[Path]:
    if not runs.is_dir():
        return []
    return [path for path in sorted(runs.resolve().iterdir()) if ID.fullmatch(path.name) and path.is_dir()]


def _touched(folder: Path) -> datetime:
    """When something in a folder was written last."""
    times = [0.0]
    for path in (folder, *folder.rglob("*")):
        try:
            times.append(path.stat().st_mtime)
        except FileNotFoundError:
            continue
    return datetime.fromtimestamp(max(times), UTC)
