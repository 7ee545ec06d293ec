"""`koshiqon register make`: a synthetic register from the command line, and what its numbers rest on."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time

import pytest
from typer.testing import CliRunner

from koshiqon.cli import app
from koshiqon.cli.progress import pace_of
from koshiqon.render.catalogs import catalog
from koshiqon.sources.synthetic_of_country import load_synthetic

ASKED = ("--since", "2023-01-01", "--until", "2023-12-31", "--seed", "7")


def make(*arguments: object):
    return CliRunner(env={"COLUMNS": "100"}).invoke(app, ["register", "make", *map(str, arguments)])


def told(outcome) -> str:
    return " ".join(outcome.output.split())


def test_the_same_question_gives_the_same_bytes_and_another_seed_others(tmp_path, toyland):
    for name, seed in (("one", 7), ("two", 7), ("other", 8)):
        outcome = make("--persons", 300, "--country", toyland, *ASKED[:-1], seed, "--out", tmp_path / name)
        assert outcome.exit_code == 0, outcome.output
    one, two, other = (
        {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in ("one", "two", "other")
    )
    assert one == two != other
    asked = json.loads(one["truth-made.json"])["asked"]
    assert asked == {"persons": 300, "since": "2023-01-01", "until": "2023-12-31", "seed": 7, "shards": 1}


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_each_calibration_is_told_as_published_or_assumed_in_the_language_asked_for(tmp_path, toyland, language):
    outcome = make("--persons", 50, "--country", toyland, *ASKED, "--out", tmp_path / "r", "--lang", language)
    words = told(outcome)
    published, assumed = {
        "en": ("published", "Assumed"),
        "ru": ("опубликован", "Принято"),
        "kk": ("жариялан", "болжа"),
    }[language]
    first, second = (row.text.by_language[language] for row in load_synthetic(str(toyland)).calibrations)
    assert re.search(f"{published}.*{first}.*{assumed}.*{second}", words, re.IGNORECASE)
    assert "atlas" in words


def test_the_rows_told_are_those_written(tmp_path, toyland):
    outcome = make("--persons", 400, "--country", toyland, *ASKED, "--out", tmp_path / "r", "--lang", "en")
    made = json.loads((tmp_path / "r" / "truth-made.json").read_text(encoding="utf-8"))
    assert re.search(rf"crossings of the border +{made['rows']['crossings']:,}\n", outcome.stdout)
    spoilt = made["faults"]["missing_exit"]
    assert f"exit not recorded {spoilt['rows']:,} of {spoilt['of']:,}" in told(outcome)
    assert "nobody in it lives" in told(outcome)
    assert outcome.stderr == ""


@pytest.mark.parametrize(
    ("options", "letter"),
    [
        (["--persons", 0], "--persons is 0. Write a whole number from 1 to 100000000."),
        (["--since", "2023-12-31", "--until", "2023-01-01"], "--since 2023-12-31 is later than --until 2023-01-01"),
        (["--until", "2025-01-01"], "The year 2025 has no weight in synthetic.yaml"),
        (["--since", "yesterday"], "«yesterday» is no day for --since."),
        (["--country", "atlantis"], "There is no country «atlantis»"),
    ],
)
def test_what_cannot_be_made_gets_a_letter_and_nothing_is_written(tmp_path, toyland, options, letter):
    plain = ["--persons", 10, "--country", toyland, *ASKED]
    outcome = make(*plain, *options, "--out", tmp_path / "r", "--lang", "en")
    assert outcome.exit_code == 2
    assert outcome.stderr.startswith(letter)
    assert not (tmp_path / "r").exists()


def test_a_folder_that_holds_something_is_left_alone(tmp_path, toyland):
    (tmp_path / "letter.txt").write_text("Dear …", encoding="utf-8")
    outcome = make("--persons", 10, "--country", toyland, *ASKED, "--out", tmp_path, "--lang", "en")
    assert outcome.exit_code == 2
    assert "holds files already" in outcome.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_country_that_says_nothing_of_a_register_gets_a_letter(tmp_path, toyland_copy):
    (toyland_copy / "synthetic.yaml").unlink()
    outcome = make("--persons", 10, "--country", toyland_copy, *ASKED, "--out", tmp_path / "r", "--lang", "en")
    assert outcome.exit_code == 2
    assert "has no synthetic.yaml" in outcome.stderr


def test_a_full_disk_gets_a_letter_and_no_part_is_half_written(small_disk, toyland):
    tiny_disk = small_disk(300)
    outcome = make("--persons", 20_000, "--country", toyland, *ASKED, "--out", tiny_disk / "r", "--lang", "en")
    assert outcome.exit_code == 2
    assert outcome.stderr.startswith(f"{tiny_disk}/r cannot be written: No space left on device.")
    names = [path.name for path in (tiny_disk / "r").iterdir()]
    assert "truth-made.json" not in names
    assert [name for name in names if not name.endswith(".parquet")] == []


@pytest.mark.usefixtures("hearing_interrupts")
def test_an_interrupted_making_says_that_the_register_is_not_complete(tmp_path, toyland):
    command = [sys.executable, "-m", "koshiqon", "register", "make", "--persons", "3000000", "--country", str(toyland)]
    command += [*ASKED, "--out", str(tmp_path / "r"), "--lang", "en"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    while not (tmp_path / "r" / "truth-checkpoints.parquet").exists():
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, stderr = process.communicate(timeout=120)
    assert process.returncode == 130
    assert stderr.startswith("Stopped. The register in ")
    assert "Traceback" not in stderr


# --- rate and time left ----------------------------------------------------------------------------------------------


def test_rate_and_time_left_come_from_what_was_done_since_the_start():
    now = iter([0.0, 10.0, 20.0])
    pace = pace_of(catalog("en"), lambda: next(now))
    assert pace(200_000, 1_000_000) == ""
    assert pace(250_000, 1_000_000) == "5,000 a second, 0:02:30 left"
    assert pace(400_000, 1_000_000) == "10,000 a second, 0:01:00 left"


def test_nothing_is_drawn_where_nobody_looks(tmp_path, toyland):
    command = [
        sys.executable,
        "-m",
        "koshiqon",
        "register",
        "make",
        "--persons",
        "10",
        "--country",
        str(toyland),
        *ASKED,
    ]
    done = subprocess.run([*command, "--out", str(tmp_path / "r")], capture_output=True, text=True, check=True)
    assert done.stderr == ""
    assert "\x1b" not in done.stdout


def test_a_terminal_sees_the_bar_in_its_language(tmp_path, toyland):
    pty = pytest.importorskip("pty", reason="there are no terminals of this kind on this system")
    shown, inside = pty.openpty()
    command = [sys.executable, "-m", "koshiqon", "register", "make", "--persons", "120000", "--country", str(toyland)]
    command += [*ASKED, "--threads", "1", "--out", str(tmp_path / "r"), "--lang", "ru"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=inside, env={**os.environ, "COLUMNS": "120"})
    os.close(inside)
    drawn = b""
    while process.poll() is None or b"\xd0" not in drawn:
        try:
            drawn += os.read(shown, 65536)
        except OSError:
            break
    process.communicate()
    words = drawn.decode(errors="replace")
    assert "Реестр создаётся" in words
    assert re.search(r"в секунду, осталось 0:0\d:\d\d", words)
