"""`koshiqon stay` as people type it: what it prints, what it writes, what it says when something is wrong."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from typer.testing import CliRunner

from koshiqon.cli import app

ON = ("--on", "2026-11-22")
GUEST = ("--citizenship", "UZB", "--trip", "2026-08-01:2026-08-20", "--trip", "2026-10-05:", *ON)
"""Citizens of Uzbekistan stay 30 days a visit, and 5 October is day 1: 3 November is day 30, 22 November day 49."""

KEYS = """answer titles intervals last_lawful_day safe_until assumed days_used days_left earliest_reentry later_reentry
overstay_days duties consequences bars unknown readings conflicts confidence law_read_until citations comes_back plan
decisions if_overstayed open_end standing on country""".split()  # noqa: SIM905 (a list of words reads as words)


def run(*arguments: str):
    return CliRunner(env={"COLUMNS": "100"}).invoke(app, ["stay", *arguments])


def told(*arguments: str):
    outcome = run(*arguments, "--json")
    assert outcome.exit_code == 0, outcome.output
    return json.loads(outcome.stdout)


# --- one person ------------------------------------------------------------------------------------------------------


def test_the_answer_begins_with_one_sentence_then_a_calendar_then_what_to_do():
    outcome = run(*GUEST)
    assert outcome.exit_code == 0, outcome.output
    sentence, calendar, *_ = outcome.stdout.split("\n\n")
    assert sentence.startswith(
        "Your last lawful day was 3 November 2026; since then 19 days of this stay are unlawful."
    )
    assert calendar.startswith("Calendar from 27 May 2026")
    assert outcome.stdout.index("What to do") < outcome.stdout.index("\nWhy") < outcome.stdout.index("\nSources")


def test_the_json_tells_the_same_and_has_every_key():
    answer = told(*GUEST)
    assert set(KEYS) <= set(answer)
    assert (answer["answer"], answer["last_lawful_day"], answer["overstay_days"]) == ("overstayed", "2026-11-03", 19)
    assert (answer["days_used"]["used_entry"], answer["days_used"]["used_window"]) == (49, 69)
    assert answer["sentence"].startswith("Your last lawful day was 3 November 2026")
    assert all(title["provision"].startswith("kaz/") for title in answer["titles"])


def test_a_stay_within_its_days_may_last_until_day_thirty_and_a_trip_in_mind_is_judged():
    answer = told("--citizenship", "UZB", "--trip", "2026-11-01:", *ON, "--plan", "2026-12-20:2027-01-10")
    assert (answer["answer"], answer["last_lawful_day"]) == ("may_stay_until", "2026-11-30")
    assert (answer["plan"]["first"], answer["plan"]["standing"]) == ("2026-12-20", "lawful")
    late = told("--citizenship", "UZB", "--trip", "2026-11-01:", *ON, "--plan", "2026-12-20:2027-01-25")
    assert (late["plan"]["standing"], late["plan"]["broken_on"]) == ("unlawful", "2027-01-19"), "day 31 of the visit"


def test_later_days_of_entry_tell_how_long_one_may_stay_then():
    """Tajikistan, 90 days in 180: 20 days of June come back by 17 December, 20 of August by 16 February, the rest by 22
    May. From 17 December 20 days are free, and the next comes back on 28 January.
    """
    trips = ("2026-06-01:2026-06-20", "2026-08-01:2026-08-20", "2026-10-05:")
    answer = told("--citizenship", "TJK", *(word for trip in trips for word in ("--trip", trip)), "--on", "2026-11-23")
    assert (answer["earliest_reentry"]["day"], answer["earliest_reentry"]["days"]) == ("2026-11-23", 1)
    assert [tuple(entry.values()) for entry in answer["later_reentry"]] == [
        ("2026-12-17", "2027-01-05", 20),
        ("2027-02-16", "2027-03-27", 40),
        ("2027-05-22", "2027-08-19", 90),
    ]


def test_days_under_a_permit_do_not_count_and_the_calendar_shows_it():
    permit = ("--permit", "trp_work:2026-08-10:2026-08-15")
    answer = told(*GUEST, *permit)
    assert answer["days_used"]["used_window"] == 69 - 6
    august = next(line for line in run(*GUEST, *permit).stdout.splitlines() if line.startswith("Aug 2026"))
    assert august.split()[2:] == ["■"] * 9 + ["□"] * 6 + ["■"] * 5 + ["·"] * 11


def test_every_assumption_is_printed_and_returned():
    answer, text = told(*GUEST), " ".join(run(*GUEST).stdout.split())
    assert answer["assumed"]["passport.kind"] == "ordinary" and answer["assumed"]["papers.all_given"] is True
    assert "Which kind of passport is it" in text
    assert f"{len(answer['assumed'])} things were assumed" in text


def test_without_assumptions_nothing_is_taken_for_granted():
    answer = told(*GUEST, "--no-assumptions")
    assert answer["assumed"] == {}
    assert answer["answer"] == "unknown_today"
    assert {point["ask"] for point in answer["unknown"]} >= {"passport.kind", "visit.purpose"}


def test_a_fact_that_is_said_is_not_assumed():
    answer = told(*GUEST, "--fact", "passport.kind=ordinary")
    assert answer["case"]["facts"] == {"passport.kind": "ordinary"}
    assert "passport.kind" not in answer["assumed"]


def test_another_reading_is_taken_where_it_is_asked_for():
    taken = told(*GUEST, "--reading", "entry_day=next_day")
    assert taken["last_lawful_day"] == "2026-11-04"
    assert taken["readings"]["entry_day"]["by_default"] is False
    assert told(*GUEST, "--reading", "practice")["readings"]["limits"]["option"] == "practice"


def test_why_shows_each_rule_as_written_with_the_values_of_its_parts():
    text = run(*GUEST, "--why").stdout
    assert "All rules, one by one" in text
    assert "Condition: overstay.days >" in text
    assert "[unlawful days of this stay so far 19;" in text
    assert "why" in told(*GUEST, "--why") and "why" not in told(*GUEST)


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "Your last lawful day was"), ("ru", "Ваш последний законный день"), ("kk", "Заңды болған соңғы күніңіз")],
)
def test_the_page_for_a_file_is_accessible_and_says_the_same_in_its_language(tmp_path, language, words):
    place = tmp_path / "answer.pdf"
    outcome = run(*GUEST, "--lang", language, "--pdf", str(place))
    assert outcome.exit_code == 0 and outcome.stdout.startswith(words)
    content = place.read_bytes()
    assert b"pdfuaid" in content
    text = "".join("".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(content)).pages).split())
    assert "".join(words.split()) in text
    assert "KAZ2026" in text and "Koshiqon" in text, "the edition"


def test_no_line_is_wider_than_a_hundred_columns():
    for language in ("en", "ru", "kk"):
        for text in (run(*GUEST, "--lang", language, "--why").stdout, run("--citizenship", "RUS", *ON).stdout):
            assert max(map(len, text.splitlines())) <= 100


def test_what_is_printed_holds_no_colour_where_nobody_looks():
    assert "\x1b" not in run(*GUEST).stdout


def test_colour_is_for_a_terminal_whose_reader_did_not_refuse_it(monkeypatch):
    from koshiqon.cli.stay import _screen

    monkeypatch.setattr(sys, "stdout", SimpleNamespace(isatty=lambda: True))
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("COLUMNS", "72")
    assert (_screen().colour, _screen().width) == (True, 72)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "240")
    assert (_screen().colour, _screen().width) == (False, 100)


# --- a case file -----------------------------------------------------------------------------------------------------

CASE = """
citizenship: UZB
on: 2026-11-22
trips:
  - {entry: 2026-08-01, exit: 2026-08-20}
  - "2026-10-05:"
permits:
  - {kind: trp_work, since: 2026-08-10, until: 2026-08-15}
plan: 2026-12-20:2027-01-10
facts:
  penalty.given: no
  passport.kind: ordinary
readings: {exit_day: counts}
"""


def test_a_case_file_gives_the_same_answer_as_the_options(tmp_path):
    place = tmp_path / "case.yaml"
    place.write_text(CASE, encoding="utf-8")
    typed = told(
        *GUEST,
        *("--permit", "trp_work:2026-08-10:2026-08-15", "--plan", "2026-12-20:2027-01-10"),
        *("--fact", "penalty.given=no", "--fact", "passport.kind=ordinary", "--reading", "exit_day=counts"),
    )
    assert told("--case", str(place)) == typed


SLIPS = [
    ("citizenship: UZB", "citizenship: [UZB, RUS]", 2, "several citizenships"),
    ("citizenship: UZB", "citizenship: KAZ", 2, "this country itself"),
    ("on: 2026-11-22", "on: 2026-11-31", 3, "no day 2026-11-31"),
    ("on: 2026-11-22", "on: November", 3, "Write YYYY-MM-DD"),
    ("exit: 2026-08-20", "exit: 2026-07-20", 5, "before it begins"),
    ('"2026-10-05:"', '"2026-08-10:"', 6, "overlap"),
    ('"2026-10-05:"', '"2026-12-05:"', 6, "still ahead"),
    ('"2026-10-05:"', "2026-10-05:", 6, "in quotes"),
    ("trp_work", "trp_worc", 8, "Near to it: trp_work"),
    ("until: 2026-08-15", "until: 2026-08-05", 8, "before it begins on 2026-08-10"),
    ("plan: 2026-12-20", "plan: 2026-10-20", 9, "before the day asked"),
    ("2026-12-20:2027-01-10", '"2026-12-20:"', 9, "has no last day"),
    ("penalty.given: no", "penalty.giwen: no", 11, "Near to it: penalty.given"),
    ("penalty.given: no", "penalty.given: perhaps", 11, "Write it like this: yes, no"),
    ("passport.kind: ordinary", "passport.kind: blue", 12, "ordinary, diplomatic, service"),
    ("passport.kind: ordinary", "entry.date: 2026-10-05", 12, "follows from the citizenship and the trips"),
    ("exit_day: counts", "exit_day: sometimes", 13, "Known are: counts"),
    ("exit_day: counts", "exitday: counts", 13, "no open reading"),
    ("readings:", "reading:", 13, "no field of a case"),
    ("facts:", "facts: [", 12, "not YAML"),
]


@pytest.mark.parametrize(("written", "slip", "line", "words"), SLIPS)
def test_a_slip_in_a_case_file_is_told_with_its_line(tmp_path, written, slip, line, words):
    place = tmp_path / "case.yaml"
    assert written in CASE
    place.write_text(CASE.replace(written, slip, 1), encoding="utf-8")
    outcome = run("--case", str(place))
    assert outcome.exit_code == 2 and outcome.stdout == ""
    assert words in outcome.stderr
    assert outcome.stderr.startswith(f"{place}:{line}: ")
    assert "Traceback" not in outcome.stderr


def test_all_faults_of_a_case_are_told_in_one_run(tmp_path):
    place = tmp_path / "case.yaml"
    spoilt = CASE.replace("UZB", "UZ").replace("2026-08-20", "2026-08-32").replace("no\n", "perhaps\n")
    place.write_text(spoilt, encoding="utf-8")
    assert len(run("--case", str(place)).stderr.splitlines()) == 3


# --- letters ---------------------------------------------------------------------------------------------------------

LETTERS = [
    (("--citizenship", "UZ"), "Perhaps you mean: UZB"),
    (("--citizenship", "uzb"), "Perhaps you mean: UZB"),
    (("--citizenship", "Өзбекстан"), "Perhaps you mean: UZB"),
    (("--citizenship", "UBZ"), "UZB"),
    (("--citizenship", "?"), "XXA for a stateless person"),
    (("--citizenship", "UZB", "--citizenship", "RUS"), "UZB, RUS are several citizenships"),
    (("--citizenship", "UZB,RUS"), "UZB, RUS are several citizenships"),
    (("--trip", "2026-02-30:"), "no day 2026-02-30"),
    (("--trip", "2026-08-20:2026-08-01"), "before it begins on 2026-08-20"),
    (("--trip", "2026-08-01:2026-08-20", "--trip", "2026-08-20:", "--trip", "2026-09-01:"), "overlap"),
    (("--trip", "2026-08-01:2026-08-20", "--trip", "2026-08-01:2026-08-20"), "given twice"),
    (("--trip", "2027-01-01:", *ON), "still ahead on the day asked, 2026-11-22"),
    (("--trip", "yesterday"), "is no trip"),
    (("--plan", "2026-01-01:2026-01-05", *ON), "before the day asked"),
    (("--plan", "2027-01-01:", *ON), "has no last day"),
    (("--trip", "2026-11-01:2026-12-01", "--plan", "2026-11-25:2026-12-20", *ON), "2026-11-01:2026-12-01 overlap"),
    (("--trip", "2026-11-01:2026-11-30", "--plan", "2026-11-22:2026-11-22", *ON), "2026-11-01:2026-11-30 overlap"),
    (("--permit", "visum:2026-01-01:"), "Near to it: visa"),
    (("--permit", "visa"), "is no permit"),
    (("--permit", "visa:2026-02-01:2026-01-01"), "ends on 2026-01-01"),
    (("--fact", "passport.kind"), "Write NAME=VALUE"),
    (("--fact", "passport=ordinary"), "Near to it: passport"),
    (("--fact", "passport.kind=ordinary", "--fact", "passport.kind=service"), "given twice"),
    (("--reading", "limits"), "Write NAME=OPTION"),
    (("--reading", "limits=nowhere"), "Known are: law, practice"),
    (("--on", "2026-1-1"), "Write YYYY-MM-DD"),
    (("--case", "nowhere.yaml"), "cannot be opened"),
    (("--case", "nowhere.yaml", "--trip", "2026-01-01:"), "--trip cannot stand beside it"),
    (("--table", "people.csv", "--json"), "--json cannot stand beside it"),
    (("--table", "people.csv", "--out", "people.txt"), ".csv or .xlsx"),
    (("--table", "people.csv"), "cannot be opened"),
    (("--out", "people.csv"), "Add --table"),
    (("--country", "nowhere"), "There is no country"),
    (("--lang", "fr"), "Ships: en"),
    ((*GUEST, "--pdf", "/proc/nowhere/a.pdf"), "Choose another folder"),
]


@pytest.mark.parametrize(("arguments", "words"), LETTERS, ids=[" ".join(arguments) for arguments, _ in LETTERS])
def test_a_wrong_request_is_answered_by_a_letter(arguments, words):
    outcome = run(*arguments)
    assert outcome.exit_code == 2
    assert words in outcome.stderr
    assert "Traceback" not in outcome.output


def test_a_letter_is_written_in_the_language_of_the_reader():
    letters = {run("--trip", "2026-02-30:", "--lang", language).stderr for language in ("en", "ru", "kk")}
    assert len(letters) == 3 and all("2026-02-30" in words for words in letters)


# --- many people -----------------------------------------------------------------------------------------------------

PEOPLE = """id,citizenship,trips,permits,on
=cmd,UZB,2026-08-01:2026-08-20 2026-10-05:,,2026-11-22
two,UZB,2026-11-01:,,
three,UZ,2026-11-01:,,
four,UZB,2026-11-31:,,
five,RUS,,,
six,UZB
"""


@pytest.fixture
def people(tmp_path) -> Path:
    place = tmp_path / "people.csv"
    place.write_text(PEOPLE, encoding="utf-8")
    return place


def test_a_table_answers_a_row_each_and_a_bad_row_keeps_its_place(people, tmp_path):
    outcome = run("--table", str(people), *ON, "--out", str(tmp_path / "answers.csv"))
    assert outcome.exit_code == 1
    rows = list(csv.DictReader(io.StringIO((tmp_path / "answers.csv").read_text(encoding="utf-8-sig"))))
    assert [row["row"] for row in rows] == ["2", "3", "4", "5", "6", "7"]
    assert [bool(row["problem"]) for row in rows] == [False, False, True, True, False, True]
    assert (rows[0]["answer"], rows[0]["last_lawful_day"], rows[0]["overstay_days"]) == (
        "overstayed",
        "2026-11-03",
        "19",
    )
    assert (rows[1]["last_lawful_day"], rows[1]["days_left"]) == ("2026-11-30", "8")
    assert rows[2]["id"] == "three" and f"{people}:4:" in rows[2]["problem"] and "UZB" in rows[2]["problem"]
    assert rows[4]["answer"] == "may_enter"
    assert "3 rows answered, 3 could not be read" in outcome.stderr


def test_no_cell_of_a_table_is_run_as_a_formula(people):
    outcome = run("--table", str(people), *ON)
    assert next(csv.DictReader(io.StringIO(outcome.stdout)))["id"] == "'=cmd"


def test_a_table_may_be_a_workbook(people, tmp_path):
    assert run("--table", str(people), *ON, "--out", str(tmp_path / "answers.xlsx")).exit_code == 1
    sheet = load_workbook(tmp_path / "answers.xlsx").active
    heads = [cell.value for cell in sheet[1]]
    assert sheet.cell(2, heads.index("id") + 1).value == "=cmd"
    assert sheet.cell(2, heads.index("id") + 1).data_type == "s", "a text, not a formula"
    assert sheet.cell(3, heads.index("days_left") + 1).value == 8


def test_a_table_without_a_bad_row_ends_well_and_one_without_its_columns_is_refused(tmp_path):
    place = tmp_path / "people.csv"
    place.write_text("id;citizenship;trips\none;UZB;2026-11-01:\n", encoding="utf-8-sig")
    outcome = run("--table", str(place), *ON)
    assert outcome.exit_code == 0 and "2026-11-30" in outcome.stdout
    place.write_text("id,trips,passport\none,2026-11-01:,A1\n", encoding="utf-8")
    refused = run("--table", str(place), *ON)
    assert refused.exit_code == 2
    assert "«citizenship» is missing" in refused.stderr and "«passport» is not known here" in refused.stderr


# --- a notebook ------------------------------------------------------------------------------------------------------


def test_a_notebook_gets_the_same_answer_and_shows_it():
    from koshiqon.notebook import stay

    answer = stay("UZB", [("2026-08-01", "2026-08-20"), ("2026-10-05", None)], "2026-11-22")
    assert answer.data == told(*GUEST)
    assert str(answer).startswith("Your last lawful day was 3 November 2026")
    html = answer._repr_html_()
    assert "<svg" in html and "3 November 2026" in html and "<script" not in html


def test_a_notebook_is_told_by_a_letter_what_is_wrong():
    from koshiqon.notebook import stay

    with pytest.raises(ValueError, match="күнтізбеде 2026-02-30 деген күн жоқ"):
        stay("UZB", ["2026-02-30:"], lang="kk")
    with pytest.raises(ValueError, match="Ships: en"):
        stay("UZB", lang="fr")


def test_importing_the_notebook_loads_nothing_heavy():
    code = "import sys; import koshiqon.notebook; print('\\n'.join(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    heavy = {"pydantic", "babel", "jinja2", "typst", "xlsxwriter", "ruamel.yaml", "koshiqon.country", "numpy"}
    assert heavy & set(loaded) == set()
