"""`koshiqon register check`: what a register holds, in counts that name nobody."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from koshiqon.cli import app

MAPPING = """
holds: crossings
zone: Asia/Almaty
columns:
  person: traveller
  citizenship: state
  direction: {column: way, values: {E: in, X: out}}
  moment: at
  sex: gender
permits: {files: papers.csv, columns: {person: traveller}, coverage: partial}
"""
HEADER = "traveller;state;way;at;gender\n"


def row(person: str, state: str, way: str, moment: str, gender: str = "F") -> str:
    return f"{person};{state};{way};{moment};{gender}\n"


ROWS = (
    row("P1", "KGZ", "E", "2024-03-01T10:00:00+05:00")
    + row("P1", "KGZ", "E", "2024-03-01T10:05:00+05:00")
    + row("P1", "KGZ", "X", "2024-03-20T10:00:00+05:00")
    + row("P2", "UZB", "E", "2024-03-05T10:00:00+05:00", "")
    + row("P3", "KGZ", "X", "2024-03-07T10:00:00+05:00")
    + row("P4", "KGZ", "sideways", "2024-03-07T10:00:00+05:00")
    + row("P5", "KGZ", "E", "someday")
    + "".join(row(f"Q{number}", "Toyland", "E", "2024-05-01T10:00:00+05:00") for number in range(10))
    + row("Q10", "Ivan Ivanov", "E", "2024-05-01T10:00:00+05:00")
)


@pytest.fixture
def checked(tmp_path):
    """Check the rows above, with a partial table of one permit beside them."""
    (tmp_path / "crossings.csv").write_text(HEADER + ROWS, encoding="utf-8")
    (tmp_path / "papers.csv").write_text(
        "traveller,title,since,until\nP1,trp,2024-03-01,2024-06-01\n", encoding="utf-8"
    )
    (tmp_path / "mapping.yaml").write_text(MAPPING, encoding="utf-8")

    def run(*more: str):
        command = ["register", "check", str(tmp_path / "crossings.csv"), "--mapping", str(tmp_path / "mapping.yaml")]
        outcome = CliRunner(env={"COLUMNS": "100"}).invoke(app, [*command, *more])
        assert outcome.exit_code == 0, outcome.output
        return outcome.stdout

    return run


def test_rows_are_counted_by_what_they_are_and_what_is_wrong_with_them(checked):
    told = json.loads(checked("--json"))
    assert (told["rows"], told["usable"], told["persons"]) == (18, 16, 16)
    assert (told["first_day"], told["last_day"]) == ("2024-03-01", "2024-05-01")
    marks = {(mark["kind"], mark["outcome"]): mark["rows"] for mark in told["marks"]}
    assert marks[("direction_unknown", "quarantine")] == marks[("moment_unreadable", "quarantine")] == 1
    assert marks[("duplicate", "duplicate")] == marks[("missing_entry", "stay")] == 1
    assert (told["stays"], told["open"], told["derived"]) == (14, 12, 1)
    assert told["missing"] == {"citizenship": 11, "purpose": 16, "sex": 1, "birth_year": 16}
    assert told["side_tables"]["permits"] == {"coverage": "partial", "rows": 1, "left_out": 0}
    assert told["side_tables"]["penalties"]["coverage"] == "absent"


def test_a_value_that_nobody_understands_is_told_unless_it_may_be_a_name(checked):
    told = json.loads(checked("--json"))
    assert told["not_understood"]["citizenship"] == [{"value": "Toyland", "rows": 10}, {"value": None, "rows": 1}]
    assert told["not_understood"]["direction"] == [{"value": None, "rows": 1}]
    assert "Ivan" not in checked("--lang", "en")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Rows 18, files 1, persons 16; days from 2024-03-01 to 2024-05-01."),
        ("ru", "Строк 18, файлов 1, лиц 16; дни с 2024-03-01 по 2024-05-01."),
        ("kk", "Жол 18, файл 1, адам 16; күндері 2024-03-01 бастап 2024-05-01 дейін."),
    ],
)
def test_the_answer_is_in_the_language_asked_for(checked, language, words):
    assert words in " ".join(checked("--lang", language).split())


def test_a_table_that_is_partial_is_said_to_leave_others_unknown(checked):
    words = " ".join(checked("--lang", "en").split())
    assert "permits declared partial; rows 1, left out because they cannot be read 0" in words
    assert "penalties not there" in words
    assert "is unknown, not without a permit" in words


def test_nothing_is_left_behind(checked, tmp_path, monkeypatch):
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(place))
    before = sorted(path.name for path in tmp_path.iterdir())
    checked()
    assert list(place.iterdir()) == []
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_a_register_that_is_not_there_gets_a_letter(tmp_path: Path):
    outcome = CliRunner().invoke(app, ["register", "check", str(tmp_path / "nowhere"), "--lang", "en"])
    assert (outcome.exit_code, outcome.stdout) == (2, "")
    assert outcome.stderr.startswith(f"{tmp_path}/nowhere is not there.")


def test_a_file_of_unknown_zone_asks_for_a_mapping(tmp_path: Path):
    (tmp_path / "crossings.csv").write_text(HEADER + ROWS, encoding="utf-8")
    outcome = CliRunner().invoke(app, ["register", "check", str(tmp_path / "crossings.csv"), "--lang", "en"])
    assert outcome.exit_code == 2
    assert outcome.stderr.startswith("Nothing says in which time zone")
