"""The processes of jobs: each a `koshiqon screen` or `koshiqon reform` of its own, one at a time on a machine.

The file `at-work` in the folder of runs is the one desk at which a job can sit. Its lock belongs to the process of the
job, which got it at its birth, and the system takes it away however the process ends. So nobody is at work twice, nor
after death, whatever becomes of the server; several workers of a server, and one that was restarted, see the same.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic, sleep
from typing import IO

from koshiqon.engine.run_progress import VARIABLE
from koshiqon.settings import Settings
from koshiqon.web.jobs import Job, State, job_of, jobs_of, keep, stale, state_of

THREADS, MEMORY_GIB = 2, 2.0
NICENESS = 10
"""A run gives way to the pages that the server answers meanwhile."""
GRACE = 8.0
"""Seconds in which a process that was asked to stop may tidy up, before it is killed."""
SWEEPING = 600.0
"""Seconds between two looks at what is to be deleted, when nobody comes by."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Where jobs are run. `own` are the ids of the processes that this process of the server began; `closed` is set
    when it ends.
    """

    settings: Settings
    own: dict[str, int] = field(default_factory=dict)
    closed: threading.Event = field(default_factory=threading.Event)

    @property
    def runs(self) -> Path:
        return self.settings.runs


def at_work(desk: Desk) -> str | None:
    """The id of the job whose process runs."""
    with _alone(desk):
        return _sitting(desk)[0]


def ask(desk: Desk, job: Job) -> Job:
    """Have a job run, now or when those before it are done. Raises OSError."""
    with _alone(desk):
        asked = keep(replace(job, queued=_now(), began=None, stopped=False, code=None, refused=()))
    start_next(desk)
    return asked


def start_next(desk: Desk) -> None:
    """Begin with the job that has waited longest, where nobody is at work. Raises OSError."""
    with _alone(desk):
        if desk.closed.is_set() or _sitting(desk)[0] is not None:
            return
        waiting = [job for job in jobs_of(desk.runs) if state_of(job, None) is State.WAITING]
        if waiting:
            _begin(desk, min(waiting, key=lambda job: job.queued or job.made))


def stop(desk: Desk, id_: str) -> None:
    """Ask a job to stop; its process may tidy up first. What it has done is kept."""
    with _alone(desk):
        job = job_of(desk.runs, id_)
        if job is None or state_of(job, _sitting(desk)[0]) not in (State.AT_WORK, State.WAITING):
            return
        keep(replace(job, stopped=True, queued=None))
        process = _signal(desk, id_, signal.SIGINT)
    if process:
        threading.Thread(target=_end, args=(desk, id_, process), daemon=True).start()


def delete(desk: Desk, id_: str) -> None:
    """Take a job away with all that belongs to it; a process at it is killed first."""
    with _alone(desk):
        process = _signal(desk, id_, signal.SIGKILL)
    _end(desk, id_, process)
    with _alone(desk):
        shutil.rmtree(desk.runs.resolve() / id_, ignore_errors=True)
    start_next(desk)


def sweep(desk: Desk) -> None:
    """Delete what has been kept as long as it may be."""
    for id_ in list(stale(desk.runs, desk.settings.keep_hours, _now())):
        delete(desk, id_)


def sweep_until_closed(desk: Desk) -> None:
    """Look again and again, so that what was promised is deleted though nobody comes by."""
    while not desk.closed.wait(SWEEPING):
        with suppress(OSError):
            sweep(desk)


def close(desk: Desk) -> None:
    """End the processes that this server began; their jobs can be gone on with."""
    desk.closed.set()
    for id_, process in list(desk.own.items()):
        with _alone(desk):
            _signal(desk, id_, signal.SIGINT)
        _end(desk, id_, process)


# --- one process -----------------------------------------------------------------------------------------------------


def command_of(job: Job, country: str) -> list[str]:
    """The command that does what a job asks. Values never stand where an option could."""
    asked = job.asked
    of = ["reform", asked.reform, f"--register={job.source}"] if asked.reform else ["screen", str(job.source)]
    command = [sys.executable, "-m", "koshiqon", *of, f"--on={asked.on}", f"--out={job.run}", f"--lang={job.language}"]
    command += [f"--country={country}", f"--threads={THREADS}", f"--memory={MEMORY_GIB}"]
    command += [f"--reading=limits={asked.reading}"] if asked.reading else []
    command += [f"--where={asked.where}"] if asked.where else []
    return command + ([f"--mapping={job.mapping}"] if job.mapping.is_file() else [])


def _begin(desk: Desk, job: Job) -> None:
    """Give the desk to a process; the lock is held by it and by the thread that waits for it."""
    seat = _seat(desk)
    try:
        fcntl.flock(seat, fcntl.LOCK_EX | fcntl.LOCK_NB)
        keep(replace(job, began=_now(), queued=None))
        process = _started(desk, job, seat)
        _note(seat, job.id, process.pid)
    except BaseException:
        seat.close()
        raise
    desk.own[job.id] = process.pid
    threading.Thread(target=_await, args=(desk, job.id, process, seat), daemon=True).start()


def _started(desk: Desk, job: Job, seat: IO[str]) -> subprocess.Popen[bytes]:
    own = {name: value for name, value in os.environ.items() if not name.startswith("KOSHIQON_")}
    with job.told.open("wb") as told, (job.folder / "stdout.txt").open("wb") as said:
        process = subprocess.Popen(
            command_of(job, desk.settings.country),
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=told,
            env=own | {VARIABLE: str(job.progress)},
            start_new_session=True,
            pass_fds=(seat.fileno(),),
        )
    with suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, process.pid, NICENESS)
    return process


def _await(desk: Desk, id_: str, process: subprocess.Popen[bytes], seat: IO[str]) -> None:
    """Note how a process left, then free the desk for the next."""
    code = process.wait()
    with _alone(desk):
        job = job_of(desk.runs, id_)
        if job is not None:
            with suppress(OSError):
                keep(replace(job, code=code))
        desk.own.pop(id_, None)
        seat.close()
    with suppress(OSError):
        start_next(desk)


def _end(desk: Desk, id_: str, process: int) -> None:
    """Wait until a process has left the desk, and kill it where it takes its time. The job may have another by then."""
    for _ in range(2):
        until = monotonic() + GRACE
        while (there := _seen(desk) == (id_, process)) and monotonic() < until:
            sleep(0.05)
        if not there:
            return
        with _alone(desk):
            if _sitting(desk) == (id_, process):
                _signal(desk, id_, signal.SIGKILL)


def _seen(desk: Desk) -> tuple[str | None, int]:
    with _alone(desk):
        return _sitting(desk)


def _signal(desk: Desk, id_: str, number: signal.Signals) -> int:
    """To the process of a job and all that it began. Returns its number; 0 where the job is not at work."""
    sitting, process = _sitting(desk)
    if sitting != id_ or not process:
        return 0
    with suppress(ProcessLookupError):
        os.killpg(process, number)
    return process


# --- the desk --------------------------------------------------------------------------------------------------------


@contextmanager
def _alone(desk: Desk) -> Iterator[None]:
    """Change jobs as the only one, among threads and among workers."""
    desk.runs.mkdir(parents=True, exist_ok=True)
    with (desk.runs / "lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _seat(desk: Desk) -> IO[str]:
    return (desk.runs / "at-work").open("a+", encoding="utf-8")


def _sitting(desk: Desk) -> tuple[str | None, int]:
    """Whose process holds the lock of the desk, and its number; None and 0 where nobody does."""
    with _seat(desk) as seat:
        try:
            fcntl.flock(seat, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            seat.seek(0)
            told = json.loads(seat.read() or '{"job": "", "process": 0}')
            return str(told["job"]), int(told["process"])
        return None, 0


def _note(seat: IO[str], id_: str, process: int) -> None:
    seat.seek(0)
    seat.truncate()
    seat.write(json.dumps({"job": id_, "process": process}))
    seat.flush()


def _now() -> datetime:
    return datetime.now(UTC)
