"""`koshiqon status` and `koshiqon interview` as people type them: what they say, never say, and keep."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from koshiqon.cli import app

HARBOUR = str(Path(__file__).parent.parent / "status" / "harbour")
FEARS = """\
citizenship: SYR
on: 2026-11-22
trips: [{entry: 2026-11-17}]
facts: {fear.told: yes, shelter.registered: no, shelter.decision: none, papers.all_given: yes}
"""
OVERSTAYED = """\
citizenship: SYR
on: 2026-11-22
trips: [{entry: 2026-08-01}]
facts: {fear.told: no, shelter.registered: no, shelter.decision: none, papers.all_given: yes, unhcr.letter: no}
"""
NOTHING_ELSE = """
    penalty.given sentence.served probation.ended exit_papers.issued complaint.decided asylum.ended prolongation.granted
    thb.identified_victim asylum.registered family.recognised_with_refugee fear.well_founded
    political_asylum.granted_by_president kandas.status_granted ata_zholy.card_held job.labour_activity
    court.expulsion_ordered readmitted visit.paid_work
""".split()  # noqa: SIM905 (a list of names reads as names)
TAJIK_OVER_TERM = """\
citizenship: TJK
on: 2026-11-22
trips: [{entry: 2026-06-01}]
facts:
  person.citizenships: [TJK]
  papers.all_given: yes
  passport.kind: ordinary
  asylum.decision: none
  permit.type: none
  exemption.kind: none
  entry.manner: regular
  visit.purpose: private
  visit.purpose_covered: yes
""" + "".join(f"  {fact}: no\n" for fact in NOTHING_ELSE)
WAITS = """\
citizenship: SYR
on: 2026-11-22
trips: [{entry: 2026-11-17}]
facts: {shelter.registered: yes, shelter.registered_on: 2026-11-18, shelter.decision: none, unhcr.letter: yes}
"""


@pytest.fixture
def case_file(tmp_path):
    def written(text: str) -> str:
        path = tmp_path / "case.yaml"
        path.write_text(text, encoding="utf-8")
        return str(path)

    return written


def status(path: str, *arguments: str, lang: str = "en") -> str:
    outcome = CliRunner(env={"COLUMNS": "100"}).invoke(
        app, ["status", "--country", HARBOUR, "--case", path, "--lang", lang, *arguments]
    )
    assert outcome.exit_code == 0, outcome.output
    return outcome.stdout


def interview(said: str, *arguments: str, lang: str = "en"):
    command = ["interview", "--country", HARBOUR, "--on", "2026-11-22", "--lang", lang, *arguments]
    return CliRunner(env={"COLUMNS": "100"}).invoke(app, command, input=said)


def flat(text: str) -> str:
    return " ".join(text.split())


# --- status ----------------------------------------------------------------------------------------------------------


def test_who_somebody_is_comes_first_then_what_may_be_asked_for_and_what_follows_last(case_file):
    text = status(case_file(OVERSTAYED))
    assert text.startswith("On 22 November 2026 this status governs your stay: person who stayed too long.")
    order = ["This says what is on file", "\nWhy", "\nWhat to do", "\nWhat follows", "\nHow sure", "\nSources"]
    assert sorted(order, key=text.index) == order
    assert "In what sense: label of the analyst." in text


def test_what_may_be_asked_for_has_its_last_day_its_place_and_its_provision(case_file):
    text = flat(status(case_file(FEARS)))
    assert "Until 22 November 2026: ask for shelter" in text
    assert (
        "Where: The Harbour House (+000 2, 1 Quay) Who fears to return may ask for shelter. Guests Law, Art. 1" in text
    )
    assert "shelter. Who decides: harbour master." in text


def test_who_comes_late_is_told_that_asking_is_still_possible(case_file):
    text = flat(status(case_file(FEARS.replace("on: 2026-11-22", "on: 2026-11-23"))))
    assert "The last day in time was 22 November 2026; being late refuses nothing, it may still be asked for" in text
    assert "Late wishes are heard too." in text


def test_what_the_state_must_do_stands_apart_with_its_last_day(case_file):
    text = flat(status(case_file(WAITS)))
    assert "What the state must do, and by when – By 18 February 2027: decide on shelter" in text
    assert "In what sense: recognised by UNHCR only." in text


@pytest.mark.parametrize("lang", ["en", "ru", "kk"])
def test_nobody_is_told_what_he_is_not(case_file, lang):
    names = {"en": "sheltered person", "ru": "получивший приют", "kk": "пана берілген адам"}
    beyond = {"en": "not on file", "ru": "в деле нет", "kk": "іс құжаттарында жоқ"}
    path = case_file(OVERSTAYED)
    assert names[lang] not in flat(status(path, lang=lang))
    traced = status(path, "--why", lang=lang)
    assert f"{beyond[lang]}: " in traced
    categories = json.loads(status(path, "--json", lang=lang))["categories"]
    assert {category["standing"] for category in categories} == {"yes", "not_on_file"}


def test_the_json_tells_the_same_as_the_text(case_file):
    path = case_file(FEARS)
    answer = json.loads(status(path, "--json"))
    assert (answer["schema"], answer["country"], answer["on"]) == ("koshiqon-status/1", "XHB", "2026-11-22")
    assert (answer["governing"]["sure"], answer["governing"]["step"]) == (True, 3)
    (right,) = (right for right in answer["rights"] if right["right"] == "apply_for_shelter")
    assert (right["until"], right["late"], right["office"]) == ("2026-11-22", False, "harbour_house")
    assert status(path).startswith(answer["sentence"][:60])
    assert answer["case"]["facts"]["fear.told"] is True
    assert "why" in json.loads(status(path, "--json", "--why"))


def test_the_json_repeats_the_whole_case_a_planned_trip_too(case_file):
    planned = FEARS + "permits: [{kind: work_permit, since: 2026-01-01}]\nplan: {entry: 2026-12-01, exit: 2026-12-05}\n"
    case = json.loads(status(case_file(planned), "--json"))["case"]
    assert list(case) == ["citizenship", "trips", "permits", "plan", "facts"]
    assert case["plan"] == {"entry": "2026-12-01", "exit": "2026-12-05"}
    assert case["permits"] == [{"kind": "work_permit", "since": "2026-01-01", "until": None}]


def test_days_over_the_term_that_cannot_be_told_are_null_and_no_number_in_words(case_file):
    untold = case_file(OVERSTAYED.replace(", papers.all_given: yes", ""))
    assert json.loads(status(untold, "--json"))["overstay_days"] is None
    assert "Unlawful days of this stay" not in flat(status(untold))
    assert json.loads(status(case_file(OVERSTAYED), "--json"))["overstay_days"] == 24
    assert json.loads(status(case_file(FEARS), "--json"))["overstay_days"] == 0


def test_what_nobody_said_is_unknown_and_the_next_question_is_asked(case_file):
    text = flat(status(case_file("on: 2026-11-22\n")))
    assert "It depends first of all on this: What was decided about shelter?" in text
    assert "Ask next: What was decided about shelter?" in text
    assert "is warned" not in text, "no penalty is named where nothing points to one"


def test_a_slip_in_the_case_file_is_told_with_its_line(case_file):
    path = case_file("citizenship: UZ\nfacts:\n  fear.tol: yes\n")
    outcome = CliRunner(env={"COLUMNS": "100"}).invoke(
        app, ["status", "--country", HARBOUR, "--case", path, "--lang", "en"]
    )
    assert outcome.exit_code == 2
    assert "case.yaml:1: citizenship: «UZ»" in outcome.stderr
    assert "case.yaml:3: fear.tol: «fear.tol» is no fact" in outcome.stderr


# --- the interview ---------------------------------------------------------------------------------------------------


def test_the_interview_asks_what_matters_and_ends_with_the_answer():
    outcome = interview("1\nyes\n2026-11-17\n2026-11-20\n")
    assert outcome.exit_code == 0, outcome.output
    text = flat(outcome.stdout)
    assert "1. What was decided about shelter? 1) nothing yet 2) granted 3) refused" in text
    assert "Nothing more that you could say would change which status governs your stay." in text
    assert "this status governs your stay: person who asked for shelter." in text
    assert "By 20 February 2027: decide on shelter" in text


def test_an_interview_that_nobody_could_answer_says_that_it_is_left_open():
    outcome = interview("\n" * 40)
    assert outcome.exit_code == 0, outcome.output
    text = flat(outcome.stdout)
    assert "has been asked; some of it you do not know. Whoever finds out can answer it later." in text
    assert "Nothing more that you could say" not in text


@pytest.mark.parametrize(
    ("lang", "said", "ends"),
    [
        ("ru", "отказано\nнет\nн\nгм\nда\nстоп\n", "пока сказать нельзя"),
        ("kk", "бас тартылды\nжоқ\nтоқта\n", "әзірге айту мүмкін емес"),
    ],
)
def test_people_answer_in_their_own_language(lang, said, ends):
    outcome = interview(said, lang=lang)
    assert outcome.exit_code == 0, outcome.output
    assert ends in flat(outcome.stdout)


def test_a_question_mark_says_why_and_back_takes_an_answer_away():
    text = flat(interview("?\n1\nback\n2\n2027-01-01\n2026-11-17\n").stdout)
    assert "It helps to answer this question of the order in which law is applied: Was shelter granted?" in text
    assert "It may lead to: sheltered person." in text
    assert "this status governs your stay: sheltered person." in text


def test_what_cannot_be_read_is_asked_again():
    text = flat(interview("back\nmaybe\n3\nstop\n").stdout)
    assert "This is the first question" in text
    words = "nothing yet (none), granted (granted), refused (refused)"
    assert f"«maybe» does not answer this question. Write a number or a word of the list: {words}." in text


def test_an_entry_later_than_the_day_asked_is_a_letter():
    text = flat(interview("1\nno\nyes\n2027-01-01\n\nstop\n").stdout)
    assert "2027-01-01 is later than the day asked, 2026-11-22." in text


def test_papers_are_named_one_by_one():
    text = flat(interview("1\nno\nno\nwork_permit:2026-01-01:2026-12-31\n\nstop\n").stdout)
    assert "Noted: work permit, 1 January 2026 – 31 December 2026" in text
    assert "this status governs your stay: foreign worker." in text


def test_nothing_is_kept_unless_a_file_is_named_and_the_file_gives_the_same_answer(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    said = "1\nno\nyes\n2026-11-10\nwork_permit:2026-01-01:\n"
    interview(said)
    assert list(tmp_path.iterdir()) == []
    outcome = interview(said, "--save", "kept.yaml")
    assert "Written: kept.yaml" in outcome.stderr
    saved = (tmp_path / "kept.yaml").read_text(encoding="utf-8")
    assert "trips:\n  - {entry: 2026-11-10}" in saved
    assert 'permits:\n  - {kind: "work_permit", since: 2026-01-01}' in saved
    assert "  fear.told: yes" in saved
    again = status(str(tmp_path / "kept.yaml"))
    assert again.split("\n\n")[0] in outcome.stdout
    assert "foreign worker" in again.split("\n\n")[0]


def test_an_interview_goes_on_from_a_case_file(case_file):
    outcome = interview("", "--case", case_file(FEARS), "--on", "2026-11-21")
    assert "Until 22 November 2026: ask for shelter" in flat(outcome.stdout)
    assert "\n1. " not in outcome.stdout, "nothing is left to ask"


def test_the_protocol_is_one_object_a_line():
    said = ['{"answer": null}', '{"back": true}', "no json", '{"answer": "none"}', '{"answer": true}', '{"stop": true}']
    lines = [json.loads(line) for line in interview("\n".join(said) + "\n", "--json").stdout.splitlines()]
    kinds = [next(iter(line)) for line in lines]
    assert kinds == ["question", "question", "question", "message", "question", "question", "classification"]
    first = lines[0]["question"]
    assert (first["fact"], first["type"], first["number"]) == ("shelter.decision", "code", 1)
    assert first["values"] == {"none": "nothing yet", "granted": "granted", "refused": "refused"}
    assert first["why"] == {"step": 1, "categories": ["sheltered"], "rule": None}
    assert lines[2]["question"] == first, "back asks the same again"
    assert lines[-1]["classification"]["governing"]["categories"] == ["seeker"]


def test_the_protocol_ends_with_the_answer_where_nothing_more_comes_in():
    lines = interview("", "--json").stdout.splitlines()
    assert [next(iter(json.loads(line))) for line in lines] == ["question", "classification"]


def test_days_over_the_term_are_counted_and_a_penalty_that_only_an_exception_could_stop_is_named(case_file):
    over = status(case_file(TAJIK_OVER_TERM), "--country", "kaz")
    assert "Unlawful days of this stay by 22 November 2026: 85." in flat(over)
    assert "a fine of 25 × Monthly calculation index (MCI) (108,125 Kazakhstani tenges) or expulsion" in flat(over)
    assert "Whether this applies here cannot be told yet." in flat(over)
