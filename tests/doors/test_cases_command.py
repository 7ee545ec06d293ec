"""`koshiqon cases`: what a lawyer sees of worked cases that pass, that fail, and that cannot be read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from koshiqon.cli import app

GOOD = """
- case: last-day
  note: 30 days from 1 May 2024.
  sources: [a letter of the ministry]
  citizenship: UZB
  on: 2024-05-01
  trips: ["2024-05-01:"]
  expect:
    last_lawful_day: 2024-05-30
    limits: [{per_entry: 30, in_window: 90, window: 180}]
    provisions: [kaz/treaty-uzb-2000]
"""
WRONG = GOOD.replace("2024-05-30", "2024-05-31")
OPEN = """
- case: window-of-georgia
  sources: [own reading]
  citizenship: GEO
  on: 2023-07-01
  trips: ["2023-02-01:2023-04-20", "2023-06-01:"]
  expect:
    standing: unknown
  outcome: unknown
  because: ["question:treaty-windows-georgia-moldova-mongolia"]
"""
PARTING = """
- case: index-of-2022
  sources: [own reading]
  citizenship: UZB
  on: 2022-07-05
  trips: ["2022-06-01:"]
  expect:
    overstay_days: 5
    penalties: [{fine: 10, sum: [30630, 31800]}]
  outcome: conflict
  because: ["conflict:mci-april-2022"]
"""

REASONS = "[{reason: fact_missing, name: penalty.given}]"


@pytest.fixture
def file(tmp_path: Path):
    """Write a file of worked cases and give its path."""

    def write(text: str, name: str = "cases.yaml") -> str:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write


def run(*arguments: str):
    return CliRunner(env={"COLUMNS": "100"}).invoke(app, ["cases", *arguments])


def told(outcome) -> str:
    return " ".join(outcome.output.split())


# --- passed, failed --------------------------------------------------------------------------------------------------


def test_a_case_that_passes_shows_what_was_expected_and_the_counts_come_last(file):
    outcome = run(file(GOOD), "--lang", "en")
    assert outcome.exit_code == 0, outcome.output
    assert "passed: last-day (known) last lawful day: 30 May 2024; limit of days in force:" in told(outcome)
    assert outcome.output.splitlines()[-1].startswith("1 passed, 0 failed")


def test_a_case_that_fails_shows_expected_beside_found_its_place_and_its_source_and_leaves_with_1(file):
    path = file(WRONG)
    outcome = run(path, "--lang", "en")
    assert outcome.exit_code == 1
    assert "FAILED: last-day (known)" in outcome.output
    assert "last lawful day: expected 31 May 2024, found 30 May 2024" in told(outcome)
    assert f"{path}:2, last-day:".replace(" ", "") in outcome.output.replace("\n", "").replace(" ", "")
    assert "Source: a letter of the ministry" in outcome.output
    assert "limit of days" not in outcome.output
    assert outcome.output.splitlines()[-1].startswith("0 passed, 1 failed")


def test_known_unknown_and_conflict_are_counted_and_the_row_that_leaves_it_open_is_named(file):
    outcome = run(file(GOOD + OPEN + PARTING), "--lang", "en")
    assert outcome.exit_code == 0, outcome.output
    assert outcome.output.splitlines()[-1] == "3 passed, 0 failed: 1 known, 1 unknown, 1 where sources differ"
    assert "Left open by: question:treaty-windows-georgia-moldova-mongolia" in told(outcome)
    assert "sum 30,630 | 31,800" in told(outcome)


def test_each_citizenship_of_a_list_is_a_run_and_one_that_fails_fails_the_case(file):
    outcome = run(file(GOOD.replace("UZB\n", "[UZB, RUS]\n").replace("    provisions: [kaz/treaty-uzb-2000]\n", "")))
    assert outcome.exit_code == 1
    assert "last-day/RUS:" in told(outcome)
    assert "last-day/UZB:" not in told(outcome)
    assert outcome.output.splitlines()[-1].startswith("0 passed, 1 failed")


def test_several_files_are_counted_together_and_a_file_named_twice_is_run_once(file):
    first, second = file(GOOD, "one.yaml"), file(WRONG, "two.yaml")
    outcome = run(first, second, first, "--lang", "en")
    assert outcome.exit_code == 1
    assert outcome.output.splitlines()[-1].startswith("1 passed, 1 failed")


def test_what_must_not_be_there_fails_where_it_is(file):
    outcome = run(
        file(GOOD.replace("expect:", "expect:\n    no_duties: [{must: give_notice_of_arrival}]")), "--lang", "en"
    )
    assert outcome.exit_code == 1
    assert "duty: expected not must give_notice_of_arrival, found" in told(outcome)


def test_an_empty_list_expects_that_there_is_none(file):
    assert run(file(GOOD.replace("expect:", "expect:\n    penalties: []"))).exit_code == 0
    late = GOOD.replace("on: 2024-05-01", "on: 2024-06-05").replace("expect:", "expect:\n    penalties: []")
    outcome = run(file(late), "--lang", "en")
    assert outcome.exit_code == 1
    assert "penalty: expected nothing, found" in told(outcome)


def test_nothing_is_assumed_where_the_case_says_so(file):
    outcome = run(file(GOOD.replace("on: 2024", "assume: false\n  on: 2024")), "--lang", "en")
    assert outcome.exit_code == 1
    assert "last lawful day: expected 30 May 2024, found" in told(outcome)


def test_a_case_may_be_about_another_country(file, toyland):
    toy = f"""
- case: of-toyland
  sources: [the gazette]
  country: {toyland}
  citizenship: UZB
  on: 2013-01-05
  expect:
    parameters: {{days_to_report: 5}}
"""
    outcome = run(file(GOOD + toy), "--lang", "en")
    assert "value in force:" in told(outcome)
    assert "last-day" in outcome.output


@pytest.mark.parametrize(
    ("language", "passed", "ends"),
    [("ru", "сошёлся: last-day (известно)", "Сошлось: 0, не сошлось: 1"), ("kk", "", "Сәйкес: 0, сәйкес емес: 1")],
)
def test_the_answer_speaks_the_language_asked_for(file, language, passed, ends):
    assert passed in run(file(GOOD), "--lang", language).output
    failed = run(file(WRONG), "--lang", language).output
    assert failed.splitlines()[-1].startswith(ends)
    found = {"ru": "ожидалось 31 мая 2024", "kk": "күтілгені 2024 ж. 31 мамыр"}[language]
    assert found in " ".join(failed.split())


def test_the_cases_that_the_manual_shows_pass(file, repository):
    pages = [repository / "docs" / page for page in ("how-to/add-a-worked-case.md", "reference/worked-cases.md")]
    shown = [
        block
        for page in pages
        for block in re.findall(r"```yaml\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    ]
    assert len(shown) == 5
    outcome = run(file("".join(shown)), "--lang", "en")
    assert outcome.exit_code == 0, outcome.output
    assert outcome.output.splitlines()[-1] == "3 passed, 0 failed: 2 known, 1 unknown, 0 where sources differ"


# --- files that cannot be read ---------------------------------------------------------------------------------------

SLIPS = [
    ("  sources: [a letter of the ministry]\n", "", 2, "sources is missing"),
    ("sources: [a letter of the ministry]", "sources: []", 4, "sources has too few entries"),
    ("  note: 30", "  remark: 30", 3, "remark is not a field of this form"),
    ("on: 2024-05-01", "on: May 2024", 6, "on is «May 2024», which is not one day"),
    ("citizenship: UZB", "citizenship: UZ", 5, "Perhaps you mean: UZB"),
    ('trips: ["2024-05-01:"]', 'trips: ["2024-05-01:2024-04-01"]', 7, "before it begins"),
    ('trips: ["2024-05-01:"]', 'trips: ["2024-05-02:"]', 7, "is still ahead on the day asked"),
    ("  expect:", "  facts: {visit.mood: good}\n  expect:", 8, "visit.mood"),
    ("  expect:", "  readings: {entry_day: maybe}\n  expect:", 8, "maybe"),
    ("  expect:", '  permits: ["trq:2024-05-01:2024-06-01"]\n  expect:', 8, "is no kind of paper"),
    ("last_lawful_day: 2024-05-30", "last_lawful_day: soon", 9, "«soon», which is not one day"),
    ("last_lawful_day: 2024-05-30", "last_lawful: 2024-05-30", 9, "expect.last_lawful is not a field"),
    ("last_lawful_day: 2024-05-30", "standing: fine", 9, "is «fine». Allowed are: lawful, unlawful, unknown"),
    ("last_lawful_day: 2024-05-30", "parameters: {mrp: 1}", 9, "nothing called «mrp»"),
    ("last_lawful_day: 2024-05-30", "no_duties: [{must: register_onlin}]", 9, "Near to it: register_online"),
    ("last_lawful_day: 2024-05-30", "no_bars: [{rule: unpaid-penalties}]", 9, "Near to it: unpaid-penalty"),
    ("kaz/treaty-uzb-2000", "kaz/treaty-uzb-2001", 11, "nothing called «kaz/treaty-uzb-2001»"),
    ("last_lawful_day: 2024-05-30", "duties: [{}]", 9, "duties is empty, so it says nothing"),
    ("last_lawful_day: 2024-05-30", "days_used: {}", 9, "days_used is empty, so it says nothing"),
    ("last_lawful_day: 2024-05-30", "parameters: {}", 9, "parameters is empty, so it says nothing"),
    ("last_lawful_day: 2024-05-30", "last_lawful_day:", 9, "last_lawful_day is empty, so it says nothing"),
    ("last_lawful_day: 2024-05-30", "categories: [{category: kandas}]", 9, "categories.0.member is missing"),
    ("last_lawful_day: 2024-05-30", "standing: unknown", 8, "what is expected does not say so"),
    ("kaz/treaty-uzb-2000]", "kaz/treaty-uzb-2000]\n  outcome: unknown", 8, "what is expected does not say so"),
    (
        "kaz/treaty-uzb-2000]",
        'kaz/treaty-uzb-2000]\n  because: ["question:mci-april-2022-use"]',
        12,
        "a known case has no «because»",
    ),
]


@pytest.mark.parametrize(("slip", "instead", "line", "letter"), SLIPS, ids=[f"{slip[2]}: {slip[3]}" for slip in SLIPS])
def test_a_slip_in_a_file_is_told_with_its_line_and_code_2(file, slip, instead, line, letter):
    assert GOOD.count(slip) == 1
    path = file(GOOD.replace(slip, instead))
    outcome = run(path, "--lang", "en")
    assert outcome.exit_code == 2, outcome.output
    assert [
        found for found in outcome.output.splitlines() if letter in found and found.startswith(f"{path}:{line}:")
    ], outcome.output


def test_a_row_that_leaves_a_case_open_must_be_there(file):
    outcome = run(
        file(OPEN.replace("question:treaty-windows-georgia", "question:treaty-windows-of-georgia")), "--lang", "en"
    )
    assert outcome.exit_code == 2
    assert "is no question or conflict of the country" in told(outcome)
    assert "Near to it: treaty-windows-georgia-moldova-mongolia" in told(outcome)


def test_a_case_that_is_open_must_say_why(file):
    outcome = run(file(re.sub(r"  because:.*\n", "", OPEN)), "--lang", "en")
    assert outcome.exit_code == 2
    assert "says in «because» which question or conflict" in told(outcome)


def test_an_unknown_case_in_which_only_a_fact_is_missing_need_not_say_more_but_a_conflict_must(file):
    unknown = f"- {{case: who, asks: status, sources: [own reading], on: 2024-05-01, expect: {{unknown: {REASONS}}}"
    assert run(file(f"{unknown}, outcome: unknown}}\n")).exit_code == 0
    parting = re.sub(r"  because:.*\n", "", PARTING).replace("  outcome", f"    unknown: {REASONS}\n  outcome")
    outcome = run(file(parting), "--lang", "en")
    assert outcome.exit_code == 2, outcome.output
    assert "says in «because» which question or conflict" in told(outcome)


def test_two_runs_of_one_name_are_refused(file):
    outcome = run(file(GOOD + GOOD), "--lang", "en")
    assert outcome.exit_code == 2
    assert "last-day stands here again" in told(outcome)


@pytest.mark.parametrize(
    ("text", "letter"),
    [("", "holds no worked cases"), ("- case: [", "this is not YAML"), ("case: x", "holds no worked cases")],
    ids=["an empty file", "no YAML", "no list"],
)
def test_a_file_that_is_no_list_of_cases_gets_a_letter(file, text, letter):
    outcome = run(file(text), "--lang", "en")
    assert outcome.exit_code == 2
    assert letter in outcome.output


def test_a_case_that_expects_nothing_could_never_fail(file):
    outcome = run(file(GOOD.partition("  expect:")[0] + "  expect: {}\n"), "--lang", "en")
    assert outcome.exit_code == 2
    assert "could never fail" in outcome.output


def test_a_file_that_is_not_there_and_a_country_that_is_not_there_get_a_letter(file, tmp_path):
    missing = run(str(tmp_path / "none.yaml"), "--lang", "en")
    assert missing.exit_code == 2
    assert "cannot be opened" in missing.output
    nowhere = run(file(GOOD), "--country", "nowhere", "--lang", "en")
    assert nowhere.exit_code == 2
    assert "There is no country" in nowhere.output


def test_all_faults_of_all_files_are_told_in_one_run(file):
    slips = file(GOOD.replace("UZB", "UZ").replace("2024-05-30", "soon"), "one.yaml"), file("", "two.yaml")
    outcome = run(*slips, "--lang", "en")
    assert outcome.exit_code == 2
    assert "one.yaml:9:" in outcome.output and "two.yaml:1:" in outcome.output
