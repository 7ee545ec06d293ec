"""`koshiqon screen`: a register of Toyland judged from the command line, stopped, gone on with, refused."""

from __future__ import annotations

import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from koshiqon.cli import app
from koshiqon.engine import intake
from koshiqon.stay.register.result import INTERVALS_OUT, MARKS_OUT, STAYS_OUT

ON = "2024-12-31"
PERSONS = 20_000
SMALL = 40_000
"""Rows of a shard in these tests, so that a run has several."""
WITH_SMALL_SHARDS = (
    f"from koshiqon.engine import intake; intake.SHARD_ROWS = {SMALL}; from koshiqon.cli import app; app()"
)


@pytest.fixture(scope="module", autouse=True)
def small_shards():
    before, intake.SHARD_ROWS = intake.SHARD_ROWS, SMALL
    yield
    intake.SHARD_ROWS = before


@pytest.fixture(scope="module")
def register(tmp_path_factory, toyland) -> Path:
    folder = tmp_path_factory.mktemp("register") / "made"
    days = ("--since", "2023-01-01", "--until", ON, "--seed", "5")
    made = run("register", "make", "--persons", PERSONS, *days, "--country", toyland, "--out", folder)
    assert made.exit_code == 0, made.output
    return folder


def run(*arguments: object):
    return CliRunner(env={"COLUMNS": "100"}).invoke(app, list(map(str, arguments)))


def asked(register: Path, toyland: Path, out: Path, *more: object) -> list[object]:
    return ["screen", register, "--on", ON, "--country", toyland, "--out", out, "--lang", "en", *more]


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory, register, toyland) -> Path:
    folder = tmp_path_factory.mktemp("undisturbed") / "run"
    done = run(*asked(register, toyland, folder))
    assert done.exit_code == 0, done.output
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != "times.json")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def ask(folder: Path, sql: str):
    with duckdb.connect(config={"threads": 1}) as connection:
        for part in ("stays", "intervals", "quarantine"):
            connection.execute(f"CREATE VIEW {part} AS SELECT * FROM '{folder}/{part}/*.parquet'")
        return connection.execute(sql).fetchall()


def ask_file(file: Path, sql: str):
    with duckdb.connect(config={"threads": 1}) as connection:
        connection.execute(f"CREATE VIEW rows AS SELECT * FROM '{file}'")
        return connection.execute(sql).fetchall()


# --- what it leaves behind -------------------------------------------------------------------------------------------


def test_the_parts_have_the_columns_of_the_manual(undisturbed):
    for part, columns in (("stays", STAYS_OUT), ("intervals", INTERVALS_OUT)):
        described = ask(undisturbed, f"DESCRIBE {part}")
        assert [(name, kind) for name, kind, *_ in described] == list(columns)
    marks = [name for name, *_ in ask(undisturbed, "DESCRIBE quarantine")]
    assert marks[: len(MARKS_OUT)] == [name for name, _ in MARKS_OUT]


def test_the_counts_of_the_record_are_those_of_the_parts_and_no_row_is_lost(undisturbed, register):
    record = json.loads((undisturbed / "run.json").read_text(encoding="utf-8"))
    counts = record["counts"]
    certainty = dict(ask(undisturbed, "SELECT certainty, count(*) FROM stays GROUP BY certainty"))
    assert certainty == {name: counts[f"stays_{name}"] for name in ("yes", "no", "unknown")}
    assert ask(undisturbed, "SELECT count(*), count(DISTINCT person) FROM stays") == [
        (counts["stays"], counts["persons"])
    ]
    with duckdb.connect() as connection:
        rows = connection.execute(f"SELECT count(*) FROM '{register}/crossings-*.parquet'").fetchone()
    conservation = dict(record["conservation"])
    assert conservation.pop("rows") == rows[0] == sum(conservation.values())
    assert record["parts"] > 2
    assert record["asked"]["inputs"][0]["file"].endswith(".parquet")


def test_intervals_make_up_the_days_of_their_stays(undisturbed):
    counted = """SELECT count(*) FROM (SELECT person, entry, sum("last" - "first" + 1) AS days,
            sum("last" - "first" + 1) FILTER (standing = 'unlawful') AS over FROM intervals GROUP BY person, entry) AS i
        JOIN stays AS s USING (person, entry)
        WHERE s.derived IS NULL AND s.days > 1 AND (s.days, s.overstay_days) <> (i.days, coalesce(i.over, 0))"""
    assert ask(undisturbed, counted) == [(0,)]
    assert ask(undisturbed, "SELECT count(*) > 100 FROM intervals") == [(True,)]


def test_a_condition_leaves_the_stays_for_which_it_holds_and_their_verdicts_as_they_are(
    undisturbed, register, toyland, tmp_path
):
    where = "citizenship = 'KGZ' AND overstay_days > 3"
    done = run(*asked(register, toyland, tmp_path / "run", "--where", where))
    assert done.exit_code == 0, done.output
    assert where in " ".join(done.output.split())
    some = ask(tmp_path / "run", "SELECT * FROM stays ORDER BY ALL")
    assert some == ask(undisturbed, f"SELECT * FROM stays WHERE {where} ORDER BY ALL") != []


def test_the_answer_says_the_main_figures_and_where_the_rest_lies(undisturbed, register, toyland):
    again = run(*asked(register, toyland, undisturbed))
    counts = json.loads((undisturbed / "run.json").read_text(encoding="utf-8"))["counts"]
    words = " ".join(again.stdout.split())
    assert f"stays {counts['stays']:,}, persons {counts['persons']:,}" in words
    assert f"Longer than allowed for sure: stays {counts['stays_yes']:,}" in words
    assert "none of this says anything about real people" in words
    assert "All of it had been done before" in words
    record = json.loads(run(*asked(register, toyland, undisturbed, "--json")).stdout)
    assert record["counts"] == counts


# --- stopped, and gone on with ---------------------------------------------------------------------------------------


def started(register: Path, toyland: Path, out: Path, *more: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WITH_SMALL_SHARDS, *map(str, asked(register, toyland, out, *more))]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_run_killed_at_a_random_moment_and_started_again_ends_with_the_same_bytes(
    undisturbed, register, toyland, tmp_path, seed
):
    folder, moment = tmp_path / "run", random.Random(seed).uniform(0.2, 0.9)
    times = json.loads((undisturbed / "times.json").read_text(encoding="utf-8"))
    process = started(register, toyland, folder)
    while not (folder / "unfinished" / "asked.json").exists():
        time.sleep(0.005)
    time.sleep(moment * times["this_start"])
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    assert run(*asked(register, toyland, folder)).exit_code == 0
    assert contents(folder) == contents(undisturbed)


def test_one_thread_and_little_memory_give_the_same_bytes(undisturbed, register, toyland, tmp_path):
    done = run(*asked(register, toyland, tmp_path / "run", "--threads", 1, "--memory", 1))
    assert done.exit_code == 0, done.output
    assert contents(tmp_path / "run") == contents(undisturbed)


@pytest.mark.usefixtures("hearing_interrupts")
def test_who_stops_a_run_is_told_how_to_go_on(register, toyland, tmp_path):
    process = started(register, toyland, tmp_path / "run")
    while not (tmp_path / "run" / "unfinished" / "asked.json").exists():
        time.sleep(0.005)
    process.send_signal(signal.SIGINT)
    _, stderr = process.communicate(timeout=120)
    assert process.returncode == 130, stderr
    assert stderr.startswith(f"Stopped. What is done is kept in {tmp_path}/run; to go on")
    assert "Traceback" not in stderr


def test_two_runs_at_once_in_one_folder_are_one_too_many(register, toyland, tmp_path):
    process = started(register, toyland, tmp_path / "run")
    while not (tmp_path / "run" / "unfinished" / "asked.json").exists():
        time.sleep(0.005)
    second = run(*asked(register, toyland, tmp_path / "run"))
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    assert second.exit_code == 2
    assert second.stderr.startswith(f"Another run (process {process.pid}) is at work in the folder")


@pytest.mark.parametrize(
    ("more", "differs"),
    [
        (["--where", "days > 3"], "the condition of --where"),
        (["--on", "2024-12-30"], "the day"),
        (["--country", "COPY"], "the rules of the country"),
    ],
)
def test_a_folder_of_another_question_is_refused(undisturbed, register, toyland, toyland_copy, more, differs):
    if "COPY" in more:
        text = (toyland_copy / "glossary.yaml").read_text(encoding="utf-8")
        (toyland_copy / "glossary.yaml").write_text(text + "# one word more\n", encoding="utf-8")
        more = ["--country", toyland_copy]
    before = contents(undisturbed)
    refused = run(*asked(register, toyland, undisturbed, *more))
    assert refused.exit_code == 2
    assert refused.stderr.startswith(f"The folder {undisturbed} holds a run that was asked something else")
    assert f"what differs: {differs}." in refused.stderr
    assert contents(undisturbed) == before


# --- what cannot be asked --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "letter"),
    [
        (["--where", "days > 3; DROP TABLE stays"], "--where «days > 3; DROP TABLE stays» cannot be understood"),
        (["--where", "EXISTS (SELECT 1 FROM 'secret.csv')"], "--where «EXISTS"),
        (["--on", "soon"], "«soon» is no day for --on."),
        (["--reading", "whim"], "--reading «whim» is an option of no open reading."),
        (["--country", "atlantis"], "There is no country «atlantis»"),
    ],
)
def test_what_cannot_be_asked_gets_a_letter_before_anything_is_written(register, toyland, tmp_path, more, letter):
    refused = run(*asked(register, toyland, tmp_path / "run", *more))
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert refused.stderr.startswith(letter)
    assert not (tmp_path / "run").exists()


def test_a_condition_that_fails_on_a_value_gets_a_letter_that_does_not_tell_the_value(register, toyland, tmp_path):
    where = "CAST(CASE WHEN person = 'UZB' THEN '1' ELSE person END AS INTEGER) > 3"
    refused = run(*asked(register, toyland, tmp_path / "run", "--where", where))
    assert refused.exit_code == 2
    assert "cannot be understood: Conversion Error." in refused.stderr
    (person, *_), *_ = ask_file(register / "truth-stays-0000.parquet", "SELECT person FROM rows")
    assert person[0] == "P"
    assert not re.search(r"\bP[0-9a-f]{16}\b", refused.stderr), "a message names a person"


@pytest.mark.parametrize("kilobytes", [200, 3_000, 6_000])
def test_a_full_disk_gets_a_letter_and_the_run_goes_on_once_there_is_room(
    register, toyland, undisturbed, small_disk, kilobytes
):
    """On the smallest disk the register does not fit, on the others not all parts of its judgement."""
    folder = small_disk(kilobytes) / "run"
    full = run(*asked(register, toyland, folder))
    assert full.exit_code == 2, full.output
    assert "Make room, then start the same command again" in " ".join(full.stderr.split())
    assert "Traceback" not in full.output
    assert [path.name for path in folder.rglob("*.unfinished")] == []
    small_disk(500_000)
    assert run(*asked(register, toyland, folder)).exit_code == 0
    assert contents(folder) == contents(undisturbed)
