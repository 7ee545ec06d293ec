"""`koshiqon screen` over files as people have them: a mapping of their own, and all that can be wrong with them."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
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
"""
HEADER = "traveller;state;way;at\n"
ROWS = """P1;KGZ;E;2024-03-01T10:00:00+05:00
P1;KGZ;X;2024-03-20T10:00:00+05:00
P2;UZB;E;2024-03-05T10:00:00+05:00
P3;Nowhere;X;2024-03-07T10:00:00+05:00
P4;KGZ;sideways;2024-03-07T10:00:00+05:00
"""


@pytest.fixture
def screened(tmp_path, toyland):
    """Screen a file with the mapping above; what came of it, and the folder."""

    def of(file: Path, *more: str):
        mapping = tmp_path / "mapping.yaml"
        mapping.write_text(MAPPING, encoding="utf-8")
        out = tmp_path / "run"
        options = [
            "--on",
            "2024-12-31",
            "--mapping",
            mapping,
            "--country",
            toyland,
            "--out",
            out,
            "--lang",
            "en",
            *more,
        ]
        return CliRunner(env={"COLUMNS": "100"}).invoke(app, ["screen", str(file), *map(str, options)]), out

    return of


@pytest.fixture
def csv_of(tmp_path):
    def of(text: str, name: str = "crossings.csv", encoding: str = "utf-8") -> Path:
        file = tmp_path / name
        file.write_bytes(text.encode(encoding))
        return file

    return of


def stays(folder: Path, sql: str):
    with duckdb.connect(config={"threads": 1}) as connection:
        return connection.execute(f"SELECT {sql} FROM '{folder}/stays/*.parquet' ORDER BY person, entry").fetchall()


def test_a_file_with_names_of_its_own_is_judged_and_each_row_has_its_place(screened, csv_of):
    outcome, out = screened(csv_of(HEADER + ROWS))
    assert outcome.exit_code == 0, outcome.output
    assert stays(out, "person, citizenship, derived") == [
        ("P1", "KGZ", None),
        ("P2", "UZB", None),
        ("P3", None, "missing_entry"),
    ]
    conservation = json.loads((out / "run.json").read_text(encoding="utf-8"))["conservation"]
    assert conservation == {"rows": 5, "entries": 2, "exits": 2, "duplicates": 0, "quarantined": 1}
    quarantined = (out / "quarantine.csv").read_text(encoding="utf-8").splitlines()
    assert quarantined[0] == "file,row,kind,outcome,text"
    assert quarantined[1].startswith("crossings.csv,5,direction_unknown,quarantine,")
    assert len(quarantined) == 2
    assert "no figure of people who are in the country" in " ".join(outcome.output.split())


def parquet(tmp_path: Path, select: str) -> Path:
    file = tmp_path / "crossings.parquet"
    with duckdb.connect() as connection:
        connection.execute(f"COPY ({select}) TO '{file}' (FORMAT parquet)")
    return file


WHOLE = """SELECT 'P' || i AS traveller, 'KGZ' AS state, 'E' AS way, TIMESTAMPTZ '2024-03-01 10:00:00+00' AS at
    FROM range(9999) t (i)"""


def test_a_parquet_file_that_is_cut_off_gets_a_letter(screened, tmp_path):
    file = parquet(tmp_path, WHOLE)
    file.write_bytes(file.read_bytes()[:-500])
    assert refused(screened(file)).startswith("crossings.parquet is cut off or no Parquet file")


def test_a_parquet_file_with_a_hole_in_it_gets_a_letter(screened, tmp_path):
    file = parquet(tmp_path, WHOLE)
    whole = file.read_bytes()
    file.write_bytes(whole[:100] + bytes(len(whole) // 2) + whole[100 + len(whole) // 2 :])
    assert "Traceback" not in refused(screened(file))


def test_a_column_of_another_type_gets_a_letter(screened, tmp_path):
    file = parquet(tmp_path, WHOLE.replace("TIMESTAMPTZ '2024-03-01 10:00:00+00' AS at", "[1, 2] AS at"))
    assert refused(screened(file)).startswith("The column «at» is of type INTEGER[]")


def test_a_column_that_is_missing_gets_a_letter_that_names_those_there(screened, csv_of):
    told = refused(screened(csv_of(HEADER.replace("way", "direction") + ROWS)))
    assert told.startswith("crossings.csv has no column «way». Found are: traveller, state, direction, at.")


@pytest.mark.parametrize("text", ["", HEADER])
def test_a_file_without_rows_gets_a_letter(screened, csv_of, text):
    assert refused(screened(csv_of(text))).startswith("crossings.csv holds no row.")


def test_a_file_in_another_encoding_gets_a_letter(screened, csv_of):
    told = refused(
        screened(
            csv_of(
                HEADER + ROWS.replace("Nowhere", "Қырғызстан".replace("Қ", "К").replace("ғ", "г")), encoding="cp1251"
            )
        )
    )
    assert "this is not UTF-8" in told


def test_a_file_whose_rows_are_all_unusable_gets_a_letter(screened, csv_of):
    assert refused(screened(csv_of(HEADER + "P4;KGZ;sideways;2024-03-07\n"))).startswith("Of 1 rows none could be used")


def test_a_register_that_is_not_there_gets_a_letter(screened, tmp_path):
    assert refused(screened(tmp_path / "nowhere.csv")).startswith(f"{tmp_path}/nowhere.csv is not there.")


def test_a_file_that_was_mended_is_judged_in_the_folder_where_it_was_refused(screened, csv_of):
    refused(screened(csv_of(HEADER)))
    outcome, out = screened(csv_of(HEADER + ROWS))
    assert outcome.exit_code == 0, outcome.output
    assert len(stays(out, "person")) == 3


def test_a_slip_in_the_mapping_gets_a_letter_with_its_line(csv_of, tmp_path, toyland):
    mapping = tmp_path / "slip.yaml"
    mapping.write_text(MAPPING.replace("zone: Asia/Almaty", "zone: Asia/Toytown"), encoding="utf-8")
    options = ["--on", "2024-12-31", "--mapping", str(mapping), "--country", str(toyland), "--lang", "en"]
    outcome = CliRunner().invoke(app, ["screen", str(csv_of(HEADER + ROWS)), *options, "--out", str(tmp_path / "run")])
    assert outcome.exit_code == 2
    assert outcome.stderr.startswith(f"{mapping}:3: There is no time zone «Asia/Toytown».")


def test_a_hundred_thousand_stays_under_one_id_are_judged(screened, tmp_path):
    """Each stay of three hours after the one before: the same day holds several, none is lost."""
    moments = "TIMESTAMPTZ '2000-01-01 00:00:00+00' + INTERVAL (i) HOUR"
    row = "SELECT 'P1' AS traveller, 'KGZ' AS state, if(i % 2 = 0, 'E', 'X') AS way"
    outcome, out = screened(parquet(tmp_path, f"{row}, {moments} AS at FROM range(200000) t (i)"))
    assert outcome.exit_code == 0, outcome.output
    counts = json.loads((out / "run.json").read_text(encoding="utf-8"))["counts"]
    assert (counts["stays"], counts["persons"], counts["entries"], counts["exits"]) == (100_000, 1, 100_000, 100_000)


def refused(result) -> str:
    """What was said; and nothing but the folder of the run may be left, without a result."""
    outcome, out = result
    assert outcome.exit_code == 2, outcome.output
    assert outcome.stdout == ""
    assert "Traceback" not in outcome.stderr
    assert not any(out.rglob("*.parquet"))
    assert not (out / "run.json").exists()
    return outcome.stderr
