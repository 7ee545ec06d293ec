"""`koshiqon reform`: a register of people whose days were counted by hand, under the law as it is and as changed."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from koshiqon.cli import app

REFORM = "law-before-27-january-2023"
MAPPING = """
holds: stays
zone: Asia/Almaty
synthetic: {synthetic}
extracted_on: 2024-12-31
columns: {{person: id, citizenship: citizenship, entry: entry, exit: exit, sex: sex, birth_year: born, purpose: why}}
permits: {{files: permits.csv, coverage: complete}}
penalties: {{files: penalties.csv, coverage: complete}}
"""
LIVES = {
    # Ninety days to 1 May 2023, then eight more: none is left of the 180; alone they are a new term.
    "RUS": (50, "2023-02-01/2023-05-01 2023-05-03/2023-05-10"),
    # Three times thirty days, then six more.
    "DEU": (50, "2023-02-01/2023-03-02 2023-03-04/2023-04-02 2023-04-04/2023-05-03 2023-05-05/2023-05-10"),
    # Forty days of thirty: ten too many under both.
    "UZB": (100, "2023-06-01/2023-07-10"),
    # Forty-two days, then two more: the limit of 2022 stays.
    "IND": (50, "2023-03-01/2023-03-14 2023-03-16/2023-03-29 2023-04-01/2023-04-14 2023-05-01/2023-05-02"),
    # Above ninety days in 180 while the exception holds: lawful under both.
    "KGZ": (50, "2024-01-01/2024-03-30 2024-04-02/2024-04-10"),
}
"""By citizenship how many people, and the stays of each."""
BEFORE = {"RUS": 50 * 8, "DEU": 50 * 6, "UZB": 100 * 10, "IND": 50 * 2, "KGZ": 0}
AFTER = {"RUS": 0, "DEU": 0, "UZB": 100 * 10, "IND": 50 * 2, "KGZ": 0}
NOTHING = """
reform: nothing-at-all
since: 2023-01-27
text: {en: Nothing changes., ru: Ничего не меняется., kk: Ештеңе өзгермейді.}
"""


def written(folder: Path, synthetic: bool) -> Path:
    folder.mkdir()
    with (folder / "stays.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(("id", "citizenship", "entry", "exit", "sex", "born", "why"))
        for code, (people, stays) in LIVES.items():
            for number in range(people):
                about = ("female" if number % 2 else "male", 1960 + number, "private")
                table.writerows((f"{code}-{number:03}", code, *stay.split("/"), *about) for stay in stays.split())
    (folder / "permits.csv").write_text(
        "person,title,since,until\nSOMEBODY,trp,2023-01-01,2023-12-31\n", encoding="utf-8"
    )
    (folder / "penalties.csv").write_text("person,penalty,decided_on\nSOMEBODY,fine,2023-06-01\n", encoding="utf-8")
    mapping = folder.parent / f"{folder.name}.yaml"
    mapping.write_text(MAPPING.format(synthetic=str(synthetic).lower()), encoding="utf-8")
    return folder / "stays.csv"


def run(*arguments: object):
    return CliRunner(env={"COLUMNS": "100"}).invoke(app, list(map(str, arguments)))


def asked(register: Path, out: Path, *more: object, reform: object = REFORM) -> list[object]:
    mapping = register.parent.parent / f"{register.parent.name}.yaml"
    fixed = ("--mapping", mapping, "--on", "2024-12-31", "--lang", "en")
    return ["reform", reform, "--register", register, "--out", out, *fixed, *more]


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("reform")


@pytest.fixture(scope="module")
def register(place) -> Path:
    return written(place / "made", synthetic=True)


@pytest.fixture(scope="module")
def compared(place, register) -> Path:
    done = run(*asked(register, place / "run"))
    assert done.exit_code == 0, done.output
    return place / "run"


@pytest.fixture(scope="module")
def unchanged(place, register) -> Path:
    """The register under the law as it is, twice."""
    (place / "nothing.yaml").write_text(NOTHING, encoding="utf-8")
    done = run(*asked(register, place / "same", reform=place / "nothing.yaml"))
    assert done.exit_code == 0, done.output
    return place / "same"


def ask(folder: Path, sql: str):
    with duckdb.connect(config={"threads": 1}) as connection:
        connection.execute(f"CREATE VIEW compared AS SELECT * FROM '{folder}/compared/*.parquet'")
        return connection.execute(sql).fetchall()


def table(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / "tables" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != "times.json")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


# --- what comes out --------------------------------------------------------------------------------------------------


def test_days_and_stays_change_as_counted_by_hand(compared):
    sums = "sum(overstay_days_before), sum(overstay_days_after)"
    assert ask(compared, f"SELECT citizenship, {sums} FROM compared GROUP BY 1 ORDER BY 1") == [
        (code, BEFORE[code], AFTER[code]) for code in sorted(LIVES)
    ]
    changed = "SELECT citizenship, entry, count(*) FROM compared WHERE certainty_before <> certainty_after GROUP BY ALL"
    assert [(code, str(entry), count) for code, entry, count in ask(compared, f"{changed} ORDER BY 1")] == [
        ("DEU", "2023-05-05", 50),
        ("RUS", "2023-05-03", 50),
    ]
    assert json.loads((compared / "figures.json").read_text(encoding="utf-8")) == {
        "reform_stays": [250, 150],
        "reform_persons": [250, 150],
        "reform_days": [1800, 1100],
        "reform_unknown_days": [0, 0],
    }


def test_the_law_as_it_is_judges_as_a_screening_does(compared, register, place):
    mapping = place / "made.yaml"
    done = run("screen", register, "--mapping", mapping, "--on", "2024-12-31", "--out", place / "screened")
    assert done.exit_code == 0, done.output
    columns = ("title", "regime", "first_unlawful_day", "overstay_days", "unknown_days", "certainty", "consequence")
    both = ", ".join(f"s.{name} IS NOT DISTINCT FROM c.{name}_before" for name in columns)
    read = f"""SELECT count(*), count(*) FILTER (({both.replace(", ", " AND ")})) FROM compared AS c
        JOIN '{place}/screened/stays/*.parquet' AS s USING (person, entry)"""
    whole = sum(people * len(stays.split()) for people, stays in LIVES.values())
    assert ask(compared, read) == [(whole, whole)]


def test_a_law_compared_with_itself_differs_nowhere(unchanged):
    sides = (
        "title",
        "regime",
        "first_unlawful_day",
        "overstay_days",
        "unknown_days",
        "certainty",
        "consequence",
        "reasons",
    )
    differs = " OR ".join(f"{name}_before IS DISTINCT FROM {name}_after" for name in sides)
    assert ask(unchanged, f"SELECT count(*), count(*) FILTER ({differs}) FROM compared") == [(700, 0)]
    for name in ("citizenship", "purpose", "sex", "age", "entered"):
        apart = [row for row in table(unchanged, f"stays-by-{name}") if "_T" not in row.values()]
        assert {row["count"] for row in apart if row["before"] != row["after"]} == {"0"}
    days = table(unchanged, "days-by-citizenship")
    assert all(row["before"] == row["after"] for row in days)
    assert "Examples of who changes side" not in (unchanged / "summary-en.html").read_text(encoding="utf-8")


def test_groups_add_up_to_the_totals(compared):
    for name in ("citizenship", "purpose", "sex", "age", "entered"):
        rows = table(compared, f"stays-by-{name}")
        for before, after in {(row["before"], row["after"]) for row in rows}:
            cells = {row[name]: row for row in rows if (row["before"], row["after"]) == (before, after)}
            whole = cells.pop("_T")
            told = [row["told"] for row in (whole, *cells.values())]
            if "hidden" not in told:
                assert int(whole["count"]) == sum(int(row["count"]) for row in cells.values())
        assert [row["count"] for row in rows if (row[name], row["before"], row["after"]) == ("_T", "yes", "no")] == [
            "100"
        ]
    days = [row for row in table(compared, "days-by-citizenship") if row["days"] == "overstay_days"]
    for side in ("before", "after"):
        told = {row["citizenship"]: int(row[side]) for row in days}
        assert told.pop("_T") == sum(told.values())


def test_the_page_says_before_any_number_that_crossings_are_held_fixed_and_nobody_is_real(compared):
    page = (compared / "summary-en.html").read_text(encoding="utf-8")
    fixed, first = page.index("Crossings are held fixed"), page.index("Stays that surely last too long: 250")
    assert page.index("Every person and crossing in it was made up") < fixed < first
    assert "In truth behaviour would change" in page
    for language in ("en", "ru", "kk"):
        assert (compared / f"summary-{language}.html").is_file()
        assert (compared / f"tables-{language}.xlsx").read_bytes().startswith(b"PK")


def test_an_example_names_what_decides_under_each_law_and_the_stays_before(compared):
    page = (compared / "summary-en.html").read_text(encoding="utf-8")
    example = page[page.index("RUS-000 (Russia)") :].split("</tr>")[0]
    for words in (
        "3 May 2023 to 10 May 2023",
        "1 February 2023 to 1 May 2023",
        "surely too long; unlawful from 3 May 2023; unlawful days: 8; no title covers it",
        "surely lawful; eaeu-from-2023 (RUS/eaeu/2023-01-27)",
    ):
        assert words in example


def test_the_same_command_again_computes_nothing_and_changes_no_byte(compared, register):
    before = contents(compared)
    again = run(*asked(register, compared))
    assert again.exit_code == 0, again.output
    assert "All of it had been done before" in " ".join(again.stdout.split())
    assert "Stays that surely last too long: 250 by the law as it is, 150 by the law as changed (−100)." in " ".join(
        again.stdout.split()
    )
    assert contents(compared) == before


def test_one_thread_gives_the_same_bytes(compared, register, tmp_path):
    done = run(*asked(register, tmp_path / "run", "--threads", 1))
    assert done.exit_code == 0, done.output
    assert contents(tmp_path / "run") == contents(compared)


# --- who may be shown ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def real(place) -> Path:
    return written(place / "real", synthetic=False)


def pages_of(folder: Path) -> str:
    names = ("summary-en.html", "summary-ru.html", "summary-kk.html", "run.json", "figures.json")
    texts = [(folder / name).read_text(encoding="utf-8") for name in names]
    return "".join([*texts, *(path.read_text(encoding="utf-8") for path in (folder / "tables").glob("*.csv"))])


def test_of_a_register_that_may_be_true_nobody_is_shown(real, tmp_path):
    done = run(*asked(real, tmp_path / "run"))
    assert done.exit_code == 0, done.output
    told = pages_of(tmp_path / "run") + done.output
    assert not any(f"{code}-0" in told for code in LIVES)
    assert "made up" not in told


def test_of_a_register_that_may_be_true_those_are_shown_who_agreed(real, tmp_path):
    (tmp_path / "agreed.txt").write_text("RUS-007\nUZB-001\nNOBODY\n", encoding="utf-8")
    done = run(*asked(real, tmp_path / "run", "--consented", tmp_path / "agreed.txt"))
    assert done.exit_code == 0, done.output
    told = pages_of(tmp_path / "run")
    assert "RUS-007 (Russia)" in told
    assert "These people agreed to be shown." in told
    assert not any(f"{code}-0" in told.replace("RUS-007", "") for code in LIVES)


# --- what cannot be asked --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reform", "more", "letter"),
    [
        ("better-world", [], "There is no reform «better-world»: neither one of the country ("),
        (
            "uzbekistan-60-days",
            [],
            "The reform uzbekistan-60-days begins on 2026-01-01, after the day judged, 2024-12-31",
        ),
        (
            REFORM,
            ["--consented", "nowhere.txt"],
            "The file nowhere.txt of persons who agreed to be shown cannot be read",
        ),
        (REFORM, ["--reading", "whim"], "--reading «whim» is an option of no open reading."),
        (REFORM, ["--on", "soon"], "«soon» is no day for --on."),
    ],
)
def test_what_cannot_be_asked_gets_a_letter_before_anything_is_written(register, tmp_path, reform, more, letter):
    refused = run(*asked(register, tmp_path / "run", *more, reform=reform))
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert refused.stderr.startswith(letter)
    assert not (tmp_path / "run").exists()


def test_slips_in_the_file_of_a_reform_are_told_by_file_and_line(register, tmp_path):
    file = tmp_path / "slip.yaml"
    file.write_text(NOTHING + "removes_rules: [no-such-rule]\n", encoding="utf-8")
    refused = run(*asked(register, tmp_path / "run", reform=file))
    assert refused.exit_code == 2
    assert refused.stderr.startswith(f"{file}:5: ")
    assert not (tmp_path / "run").exists()


def test_a_folder_of_another_reform_is_refused(compared, register):
    refused = run(*asked(register, compared, reform="schengen-90-180-for-all"))
    assert refused.exit_code == 2
    assert "what differs: the change of law." in refused.stderr
