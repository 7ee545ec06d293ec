"""A run that was killed goes on where it was, and ends as if nothing had happened."""

from __future__ import annotations

import errno
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from itertools import count
from pathlib import Path

import pytest
import run_stand_in
from run_stand_in import SHARDS, run, work_on

from koshiqon.engine.fingerprint import hashes_of
from koshiqon.engine.run_folder import RunRefused, opened, write_json
from koshiqon.engine.screening import RowsLost, TakenIn, Work, screen

WORDS = "grass river #mud bridge balloon toy permit fine turn guest gate meadow #rain sky boat home"
TIMES = "times.json"


@pytest.fixture
def words(tmp_path) -> Path:
    file = tmp_path / "words.txt"
    file.write_text(WORDS, encoding="utf-8")
    return file


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != TIMES)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.fixture
def undisturbed(words, tmp_path) -> dict[str, bytes]:
    run(words, tmp_path / "undisturbed")
    return contents(tmp_path / "undisturbed")


# --- killed, and started again ---------------------------------------------------------------------------------------


class Killed(BaseException):
    """Nothing catches it, as nothing catches SIGKILL."""


def test_a_run_killed_before_or_after_any_of_its_renamings_ends_with_the_same_bytes(
    words, tmp_path, undisturbed, monkeypatch
):
    """A whole part appears by a renaming and by nothing else, so these are all the states a killed run can leave."""
    plain = Path.replace
    for at in count():
        for after in (False, True):
            folder, renamed = tmp_path / f"killed-{at}-{after}", iter(count())

            def replace(path, target, *, at=at, after=after, renamed=renamed):
                number = next(renamed)
                if number == at and not after:
                    raise Killed
                found = plain(path, target)
                if number == at:
                    raise Killed
                return found

            monkeypatch.setattr(Path, "replace", replace)
            try:
                run(words, folder)
            except Killed:
                monkeypatch.setattr(Path, "replace", plain)
                run(words, folder)
                assert contents(folder) == undisturbed
            else:
                assert at >= 2 * SHARDS + 4
                return


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_run_killed_by_the_system_at_a_random_moment_ends_with_the_same_bytes(words, tmp_path, undisturbed, seed):
    folder = tmp_path / "killed"
    process = subprocess.Popen([sys.executable, run_stand_in.__file__, words, folder, "0.2"], start_new_session=True)
    while not (folder / "unfinished" / "asked.json").exists():
        time.sleep(0.01)
    time.sleep(random.Random(seed).uniform(0, 1.5))
    os.killpg(process.pid, signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    assert not (folder / "run.json").exists()
    run(words, folder)
    assert contents(folder) == undisturbed


def test_parts_that_are_done_are_not_done_again(words, tmp_path):
    folder = tmp_path / "run"

    def stop_at_two(phase: str, done: int, of: int) -> None:
        if phase == "screening" and done == 2 * of // SHARDS:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(words, folder, told=stop_at_two)
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*-000[01].parquet")}
    told: list[tuple[str, int, int]] = []
    screened = run(words, folder, told=lambda *step: told.append(step))
    assert len(before) == 2
    assert {path: path.stat().st_mtime_ns for path in before} == before
    assert screened.found_done >= 2
    assert "reading" not in {phase for phase, _, _ in told}


def test_a_part_that_somebody_took_away_is_made_again(words, tmp_path, undisturbed):
    folder = tmp_path / "run"

    def stop_before_publishing(phase: str, _done: int, _of: int) -> None:
        if phase == "publishing":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(words, folder, told=stop_before_publishing)
    (folder / "stays" / "stays-0001.parquet").unlink()
    (folder / "stays" / "stays-0002.parquet").write_bytes(b"PAR1")
    assert run(words, folder).found_done == SHARDS - 2
    assert contents(folder) == undisturbed


def test_a_finished_run_started_again_is_only_read(words, tmp_path):
    folder = tmp_path / "run"
    first = run(words, folder)
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    again = run(words, folder)
    assert (again.record, again.found_done) == (first.record, SHARDS)
    files = {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}
    assert files.items() <= before.items()
    assert not (folder / "unfinished").exists()


def test_the_record_says_what_came_in_and_what_became_of_it(words, tmp_path):
    record = run(words, tmp_path / "run").record
    assert record["conservation"] == {"rows": 16, "entries": 14, "exits": 0, "duplicates": 0, "quarantined": 2}
    assert record["asked"]["inputs"][0]["bytes"] == len(WORDS)
    assert record["seed"] is None
    assert json.loads((tmp_path / "run" / "run.json").read_text(encoding="utf-8")) == record


# --- another run -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("finished", [False, True])
def test_a_folder_of_another_question_is_refused_and_stays_as_it_is(words, tmp_path, finished):
    folder = tmp_path / "run"

    def stop(phase: str, _done: int, _of: int) -> None:
        if phase == "publishing" and not finished:
            raise KeyboardInterrupt

    try:
        run(words, folder, told=stop, on="2026-11-22", where=None)
    except KeyboardInterrupt:
        assert not finished
    before = contents(folder)
    with pytest.raises(RunRefused) as told:
        run(words, folder, on="2026-11-23", where=None)
    assert (told.value.code, told.value.values["differs"]) == ("run_asked_otherwise", "on")
    words.write_text(WORDS + " more", encoding="utf-8")
    with pytest.raises(RunRefused) as told:
        run(words, folder, on="2026-11-22", where="letters > 3")
    assert told.value.values["differs"] == "inputs, where"
    after = contents(folder)
    assert {name: after[name] for name in after if not name.endswith("lock")} == {
        name: before[name] for name in before if not name.endswith("lock")
    }


def test_a_folder_with_other_files_is_refused(words, tmp_path):
    folder = tmp_path / "letters"
    folder.mkdir()
    (folder / "to-grandmother.txt").write_text("Dear …", encoding="utf-8")
    for place in (folder, words):
        with pytest.raises(RunRefused) as told:
            run(words, place)
        assert told.value.code == "run_folder_foreign"
    assert contents(folder).keys() == {"to-grandmother.txt"}


def test_two_runs_at_once_in_one_folder_are_one_too_many(words, tmp_path):
    folder = tmp_path / "run"
    seen: list[str] = []

    def start_another(phase: str, _done: int, _of: int) -> None:
        with pytest.raises(RunRefused) as told:
            run(words, folder)
        seen.append(told.value.code)
        assert told.value.values["process"] == str(os.getpid())

    run(words, folder, told=start_another)
    assert set(seen) == {"run_at_work"}


def test_the_lock_of_a_killed_run_is_taken_over(words, tmp_path, undisturbed):
    folder = tmp_path / "run"
    process = subprocess.Popen([sys.executable, run_stand_in.__file__, words, folder, "60"])
    while not (folder / "unfinished" / "asked.json").exists():
        time.sleep(0.01)
    with pytest.raises(RunRefused) as told:
        run(words, folder)
    assert told.value.values["process"] == str(process.pid)
    process.kill()
    process.wait()
    run(words, folder)
    assert contents(folder) == undisturbed


# --- what must not happen --------------------------------------------------------------------------------------------


def test_a_run_that_would_lose_a_row_does_not_end(words, tmp_path):
    whole = work_on(words)

    def forgetful(into: Path, told) -> TakenIn:
        taken = whole.take_in(into, told)
        return TakenIn(taken.shards, {**taken.counts, "rows": taken.counts["rows"] + 1})

    with pytest.raises(RowsLost) as told:
        screen({}, tmp_path / "run", Work(forgetful, whole.prepare, whole.publish), lambda *_: None)
    assert told.value.values == {"rows": "17", "found": "16"}
    assert not (tmp_path / "run" / "run.json").exists()


def test_a_note_that_does_not_fit_on_the_disk_leaves_no_half_of_it(tmp_path, monkeypatch):
    write_json(tmp_path / "note.json", {"number": 1})

    def full(_file: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_json(tmp_path / "note.json", {"number": 2})
    assert json.loads((tmp_path / "note.json").read_text(encoding="utf-8")) == {"number": 1}
    assert [path.name for path in tmp_path.iterdir()] == ["note.json"]


def test_the_fingerprint_of_an_input_does_not_hang_on_where_it_lies(words, tmp_path):
    moved = tmp_path / "elsewhere" / "words.txt"
    moved.parent.mkdir()
    shutil.copy(words, moved)
    assert hashes_of(words, [words]) == hashes_of(moved, [moved])
    assert hashes_of(moved.parent, [moved]) == hashes_of(moved, [moved])
    moved.write_text(WORDS.replace("river", "ocean"), encoding="utf-8")
    assert hashes_of(words, [words]) != hashes_of(moved, [moved])


def test_a_folder_is_open_for_one_at_a_time_and_then_for_the_next(tmp_path):
    with opened(tmp_path / "run", {}) as first:
        first.finish({"asked": {}, "parts": 0}, {})
    with opened(tmp_path / "run", {}) as second:
        assert second.record() == {"asked": {}, "parts": 0}
