"""`koshiqon law-on` and `koshiqon changed`: the rules of a day, and what changed between two days for a citizenship."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
from typer.testing import CliRunner

from koshiqon.cli import app

LATIN = re.compile(r"[A-Za-z]{4,}")


def run(*arguments: str):
    return CliRunner(env={"COLUMNS": "100"}).invoke(app, list(arguments))


def told(*arguments: str) -> str:
    outcome = run(*arguments, "--lang", "en")
    assert outcome.exit_code == 0, outcome.output
    return " ".join(outcome.output.split())


def data(*arguments: str):
    outcome = run(*arguments, "--json")
    assert outcome.exit_code == 0, outcome.output
    return json.loads(outcome.output)


def names(day: str, *more: str) -> set[str]:
    return {rule["rule"] for rule in data("law-on", day, *more)["rules"]}


# --- the law of one day ----------------------------------------------------------------------------------------------


def test_each_rule_is_told_with_its_provision_its_name_and_its_first_day():
    words = told("law-on", "2026-11-22", "--kind", "sanction")
    assert "Overstay of up to 3 days: a warning." in words
    assert "Administrative Offences Code, Art. 517 para. 3 item 1" in words
    assert "rule:overstay-up-to-3-days · in force since 11 January 2020" in words


def test_the_day_before_a_change_has_other_rules_than_the_day_itself():
    before, after = names("2023-01-26"), names("2023-01-27")
    assert "eaeu-until-2023" in before - after
    assert "eaeu-from-2023" in after - before


def test_only_the_kinds_asked_for_are_told_and_the_table_of_states_stands_beside_titles_only():
    some = data("law-on", "2026-11-22", "--kind", "duty, bar")
    assert {rule["kind"] for rule in some["rules"]} == {"duty", "bar"}
    assert some["visa_free"] == []
    assert data("law-on", "2026-11-22", "--kind", "title")["visa_free"] != []


def test_the_states_stand_in_short_each_once_a_limit_and_a_doubtful_row_is_marked():
    words = told("law-on", "2026-11-22", "--kind", "title")
    assert "14 days a visit, 42 days in any 180 days: India, Iran" in words
    (line,) = re.findall(r"30 days a visit, 90 days in any 180 days: (Australia.*?)–", words)
    assert line.count("Vietnam") == 1 and "Vietnam (?)" not in line
    assert re.search(r"Macao[^,]*\(\?\)", words)


def test_it_is_said_until_when_the_acts_were_read_and_which_were_not():
    words = told("law-on", "2026-11-22")
    assert "Rules of entry and stay: read until 10 October 2022" in words
    assert "Order 923: the text itself was not read" in words
    read = {one["act"]: one for one in data("law-on", "2022-01-01")["law_read_until"]}
    assert read["kaz/477-IV"]["late"] is False
    assert read["kaz/treaty-tjk-2018"] == {"act": "kaz/treaty-tjk-2018", "until": None, "late": True}


def test_a_rule_that_is_believed_under_one_reading_only_says_so():
    words = told("law-on", "2026-11-22", "--kind", "duty")
    assert "Only where one reads it so: Who registers online since 1 July 2026" in words


def test_a_rule_whose_first_day_is_not_known_is_told_with_a_doubt_and_holds_unknown():
    told_of = {rule["rule"]: rule for rule in data("law-on", "2019-06-01", "--kind", "duty")["rules"]}
    assert told_of["register-tajikistan-30-days"]["holds"] == "unknown"
    assert "Whether it held on this day is not known." in told("law-on", "2019-06-01", "--kind", "duty")


# --- what changed ----------------------------------------------------------------------------------------------------


def changes(first: str, last: str, citizenship: str):
    return data("changed", first, last, "--citizenship", citizenship)["changes"]


def named(first: str, last: str, citizenship: str) -> dict[str, str]:
    return {change["name"]: change["how"] for change in changes(first, last, citizenship)}


def test_the_first_day_is_compared_with_and_the_last_is_told():
    assert "bilateral-from-2023" in named("2023-01-26", "2023-01-27", "UZB")
    assert "bilateral-from-2023" not in named("2023-01-27", "2023-01-28", "UZB")
    words = told("changed", "2023-01-26", "2023-01-27", "--citizenship", "UZB")
    assert "Changes from 27 January 2023 through 27 January 2023, both included." in words


def test_a_row_that_was_law_before_is_told_when_the_border_begins_to_apply_it():
    assert named("2023-01-26", "2023-01-27", "UZB")["UZB/bilateral/2020-01-11"] == "enforced"
    words = told("changed", "2023-01-26", "2023-01-27", "--citizenship", "UZB")
    assert (
        "27 January 2023: bilateral agreement: the border begins to apply the limit 30 days a visit, 90 days in"
        in words
    )


def test_a_regime_takes_the_place_of_the_one_that_ends_that_day_and_the_other_only_ends():
    of_turkey = named("2025-09-01", "2025-09-30", "TUR")
    assert of_turkey["TUR/unilateral_90/2025-09-07"] == "replaced"
    assert of_turkey["TUR/bilateral/1992-04-01"] == "ended"
    words = told("changed", "2025-09-01", "2025-09-30", "--citizenship", "TUR")
    assert "90 days a visit, 90 days in any 180 days; before: 30 days a visit, 90 days in any 180 days" in words


def test_the_kyrgyz_exception_begins_and_ends_for_citizens_of_kyrgyzstan_and_for_nobody_else():
    days = [change["day"] for change in changes("2023-10-01", "2025-09-30", "KGZ") if change["what"] == "regime"]
    assert days == ["2023-10-09", "2024-09-02", "2025-09-01"]
    assert [c for c in changes("2023-10-01", "2025-08-31", "RUS") if c["what"] == "regime"] == []


def test_rules_for_other_citizens_are_left_out():
    assert "eaeu-from-2023" in named("2023-01-26", "2023-01-27", "RUS")
    assert "eaeu-from-2023" not in named("2023-01-26", "2023-01-27", "UZB")


def test_penalties_of_hosts_are_left_out_and_the_duty_of_the_host_is_not():
    told_of = named("2020-01-10", "2020-01-11", "RUS")
    assert "host-notice" in told_of and "overstay-over-10-days" in told_of
    assert [name for name in told_of if name.startswith(("late-notice", "housing"))] == []


def test_a_value_that_rules_use_is_told_when_it_changes_and_not_when_it_begins_with_its_rule():
    (index,) = [change for change in changes("2025-12-31", "2026-01-01", "UZB") if change["name"] == "mci"]
    assert (index["name"], index["before"]["value"], index["after"]["value"]) == ("mci", 3932, 4325)
    assert "overstay_last_step_fine" not in named("2020-01-10", "2020-01-11", "UZB")


def test_practice_that_begins_or_ends_is_told():
    told_of = named("2023-01-26", "2023-01-27", "RUS")
    assert told_of["visa-run-2020-2022"] == "ended"
    assert told_of["stays-before-27-january-2023-not-counted"] == "begun"


def test_a_day_known_only_in_part_is_told_with_a_doubt_or_named_among_the_undated():
    unsure = [change for change in changes("2025-01-01", "2026-01-01", "UZB") if not change["sure"]]
    assert "readmitted" in {change["name"] for change in unsure}
    undated = data("changed", "2022-01-01", "2022-12-31", "--citizenship", "UZB")["undated"]
    assert "rule:readmitted" in undated


@pytest.mark.parametrize("citizenship", ["UZB", "RUS", "TUR", "CHN", "AFG"])
def test_changes_come_in_order_of_time_and_each_has_its_sources_and_its_row(citizenship):
    found = changes("2014-01-01", "2026-11-22", citizenship)
    assert len(found) > 20
    for change in found:
        row = change["after"] or change["before"]
        assert row["sources"], change["name"]
        assert (change["before"] is None) == (change["how"] == "begun"), change["name"]
    exact = [date.fromisoformat(change["day"]) for change in found if len(change["day"]) == 10]
    assert exact == sorted(exact)


def test_days_without_a_change_say_so():
    words = told("changed", "2026-08-01", "2026-08-02", "--citizenship", "UZB")
    assert "No change is known in these days." in words


# --- languages, letters ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["ru", "kk"])
@pytest.mark.parametrize(
    "arguments",
    [("law-on", "2026-11-22", "--kind", "title,duty"), ("changed", "2023-01-26", "2023-01-27", "--citizenship", "UZB")],
    ids=["law-on", "changed"],
)
def test_the_answer_speaks_the_language_asked_for(arguments, language):
    outcome = run(*arguments, "--lang", language)
    assert outcome.exit_code == 0
    said = [line for line in outcome.output.splitlines() if "rule:" not in line and "regime:" not in line]
    sentences = [line for line in said if line.startswith("  – ") or not line.startswith(" ")]
    assert max(map(len, outcome.output.splitlines())) <= 100
    assert [
        line for line in sentences if len(LATIN.findall(line)) > 3 and "Koshiqon" not in line and ":" not in line
    ] == []
    assert outcome.output.splitlines()[0].startswith({"ru": "Казахстан", "kk": "Қазақстан"}[language])


LETTERS = [
    (("changed", "2023-01-27", "2023-01-26", "--citizenship", "UZB"), "Write the earlier day first"),
    (("changed", "2023-01-27", "2023-01-27", "--citizenship", "UZB"), "Write the earlier day first"),
    (("changed", "2023-1-1", "2023-01-27", "--citizenship", "UZB"), "is no day for FROM"),
    (("changed", "2023-01-01", "soon", "--citizenship", "UZB"), "is no day for TO"),
    (("changed", "2023-01-01", "2023-02-01", "--citizenship", "UZ"), "Perhaps you mean: UZB"),
    (("changed", "2023-01-01", "2023-02-01", "--citizenship", "@@"), "is no citizenship"),
    (("changed", "2023-01-01", "2023-02-01", "--citizenship", "UZB", "--country", "nowhere"), "There is no country"),
    (("law-on", "22.11.2026"), "is no day for DAY"),
    (("law-on", "2026-11-22", "--kind", "title,law"), "«law» is no kind of rule. Known are: title, category"),
    (("law-on", "1950-01-01"), "No rule of KAZ is known for 1950-01-01. The first one begins on"),
    (("law-on", "2026-11-22", "--lang", "fr"), "no interface in «fr»"),
]


@pytest.mark.parametrize(("arguments", "letter"), LETTERS, ids=[letter for _, letter in LETTERS])
def test_what_cannot_be_answered_gets_a_letter_and_code_2(arguments, letter):
    outcome = run(*(arguments if "--lang" in arguments else (*arguments, "--lang", "en")))
    assert outcome.exit_code == 2, outcome.output
    assert letter in " ".join(outcome.output.split())
    assert "Traceback" not in outcome.output
