"""One slip in a country, one letter to whoever made it: the right file, the right line, the right sentence.

Every row of the tables changes one thing in a copy of Toyland, which has no fault; `slips.py` says how to read a row.
The slips of rules, readings and reforms stand in `test_rule_files.py`.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from slips import FAULTS_OF_FILES, PROGRAM, Slip, codes_told_by, make, named, slips, told
from typer.testing import CliRunner

from koshiqon.cli import app
from koshiqon.render.case_letters import CASE_FAULTS
from koshiqon.render.catalogs import catalog
from koshiqon.render.law_letters import LAW_FAULTS
from koshiqon.render.letters import FAULTS, letter
from koshiqon.render.register_letters import REGISTER_FAULTS
from koshiqon.render.screening_letters import SCREENING_FAULTS
from koshiqon.render.serve_letters import SERVE_FAULTS
from koshiqon.sources.country_folder import read_country
from koshiqon.sources.faults import UnreadableCountry

A_FILE_THAT_CANNOT_BE_READ = """
offices.yaml | (file) → (gone) | :1 file_missing
questions/stay.yaml | the rules of → the r�les of | :3 not_utf8
questions/stay.yaml | en: the rules → en: the [rules | :3 not_yaml
abroad.csv | Exchange of notes,Ноталар → "Exchange" of notes,Ноталар | :2 not_csv
abroad.csv | Exchange of notes,Ноталар → "Exchange of notes,Ноталар | :2 not_csv
offices.yaml | as_of: 2025 → as_of: 2025⏎  as_of: 2024 | :10 key_twice
abroad.csv | conflicts_with,remark → conflicts_with | :1 column_missing
abroad.csv | conflicts_with,remark → conflicts_with,remark,note | :1 column_unknown
abroad.csv | Exchange of notes,Ноталар → Exchange, of notes,Ноталар | :2 record_length
series/datapackage.json | "citation": "Toyland Daily, several days", → | :1 not_a_datapackage
"""

A_FIELD_THAT_DOES_NOT_FIT = """
offices.yaml | ⏎  as_of: 2025 → | :1 field_missing
practice/stay.yaml | ⏎  since: 2020-01-11 → | :1 field_missing
acts/treaty-kgz-2026.yaml | confidence: medium → confidence: medium⏎colour: red | :9 field_unknown
offices.yaml | kind: phone, → kind: phone, colour: red, | :6 field_unknown
facts.yaml | born_in, type: country → born_in, type: country, unit: 7 | :9 not_text
questions/stay.yaml | {en: the rules of the gate, kk: қақпа қағидалары, ru: правила у ворот} → rules | :3 not_a_text
questions/stay.yaml | kk: қақпа қағидалары, → | :3 language_missing
abroad.csv | Exchange of notes,Ноталар алмасу → Exchange of notes, | :2 language_missing
questions/stay.yaml | kk: қақпа қағидалары → kk: қақпа қағидалары, de: Regeln | :3 language_unknown
acts/treaty-kgz-2026.yaml | adopted: 2026-01 → adopted: early in 2026 | :5 not_a_date
abroad.csv | 2012-07-01,2024-01-01 → 2012-07-01,1.1.2024 | :2 not_a_date
abroad.csv | 60,,,,5,working_days → 60,,,,five,working_days | :2 not_a_whole_number
series/press.csv | ,1.5, → ,many, | :3 not_a_number
facts.yaml | born_in, type: country, private: false → born_in, type: country, private: no | :9 not_yes_or_no
facts.yaml | born_in, type: country → born_in, type: country, values: KAZ | :9 not_a_list
questions/stay.yaml | (end) → - last-day | :7 not_a_map
offices.yaml | confidence: medium → confidence: sure | :10 not_one_of
questions/stay.yaml | weight: 1 → weight: 4 | :5 not_one_of
questions/stay.yaml | "parameter:days_to_report" → days_to_report | :4 not_a_reference
regimes.csv | bilateral_agreement,,Exchange → bilateral_agreement,art_2,Exchange | :4 not_a_provision
series/yearbook.csv | purpose=work;region=north → region=north;purpose=work | :5 not_dimensions
questions/stay.yaml | question: first-day → question: | :1 empty
offices.yaml | sources: [daily] → sources: [] | :11 no_source
regimes.csv | medium,daily,, → medium,,, | :4 no_source
review.yaml | indicators: [external_arrivals] → indicators: [] | :12 too_few
acts/1-I.yaml | value: 30 → value: 400 | :56 out_of_range
regimes.csv | 30,90,180 → 30,90,60 | :3 out_of_range
events.csv | 2019-12-27,2020-01-11,act → unknown,,act | :3 event_without_date
conflicts/stay.yaml | ⏎  explanation: → ⏎  # explanation: | :11 explanation_and_state
"""

ROWS_THAT_DO_NOT_AGREE = """
remarks/stay.yaml | (end) → - {remark: headline-only, text: {en: twice, kk: екі рет, ru: дважды}} | :7 name_twice
codes.yaml | (end) → - {code: law, scheme: force, name: {en: law, kk: заң, ru: закон}} | :45 name_twice
acts/treaty-kgz-2026.yaml | act: xtl/treaty-kgz-2026 → act: xtl/gov-3-2004 | :1 name_twice
offices.yaml | sources: [daily] → sources: [dayly] | :1 source_unknown
acts/2-II.yaml | sources: [gazette] → sources: [gazete] | :1 source_unknown
acts/1-I.yaml | sources: [gazette]}⏎provisions → sources: [gazete]}⏎provisions | :17 source_unknown
decision.yaml | sources: [gazette] → sources: [gazete] | :16 source_unknown
glossary.yaml | sources: [gazette] → sources: [gazete] | :1 source_unknown
sources.yaml | (end) → - {source: rumour, kind: press, publisher: Somebody} | :16 source_orphan
questions/stay.yaml | art_3 → art_4 | :1 reference_unknown
acts/1-I.yaml | act: xtl/2-II, → act: xtl/2-III, | :17 reference_unknown
events.csv | act:xtl/2-II, → act:xtl/2-III, | :3 reference_unknown
regimes.csv | window-came-late → window-came-early | :3 reference_unknown
series/press.csv | guest_share,XTL,_T,_T,_T,2024-S1 → guest_shore,XTL,_T,_T,_T,2024-S1 | :3 reference_unknown
categories/stay.yaml | fact: entry.date → fact: entry.day | :1 reference_unknown
decision.yaml | yes: [guest] → yes: [ghost] | :6 reference_unknown
review.yaml | themes: [guests] → themes: [ghosts] | :1 reference_unknown
country.yaml | milestones: [2001-01-01-guests-law] → milestones: [2001-01-01-ghosts-law] | :1 reference_unknown
regimes.csv | domestic_rule,xtl/1-I/art_2/para_1 → domestic_rule,xtl/1-I/art_9 | :2 provision_unknown
regimes.csv | low,daily,regime:KAZ/bilateral/2010-04-23 → low,daily, | :5 conflict_one_sided
regimes.csv | UZB,visa → UZZ,visa | :7 area_unknown
regimes.csv | UZB,visa → ZZZ,visa | :7 area_unknown
country.yaml | [KAZ, KGZ, UZB] → [KAZ, KGZ, Uzbekistan] | :1 area_unknown
practice/stay.yaml | until: 2023-01-27 → until: 2019 | :1 period_backwards
regimes.csv | 2001-01-01,2020-01-11 → 2001-01-01,2020-01-12 | :3 periods_overlap
acts/1-I.yaml | until: 2020-01-11⏎ → until: 2020-01-12⏎ | :31 periods_overlap
acts/1-I.yaml | until: 2020-01-11, → until: 2020-01-12, | :56 periods_overlap
abroad.csv | 60,90,180 → 60,90, | :3 window_without_days
codes.yaml | code: visa_required → code: visa_needed | regimes.csv:7 code_without_words
series/press.csv | ,2.25,percent → ,2.25,persons | :4 unit_differs
series/press.csv | guest_toys → guest_share | series/indicators.yaml:21 indicator_without_figures
series/datapackage.json | "path": "press.csv" → "path": "pres.csv" | :1 resource_unmatched
themes.yaml | groups: [toy_makers] → groups: [toy_makers, toy_breakers] | :1 theme_selects_nothing
themes.yaml | law: [xtl/1-I/art_2, → law: [xtl/1-I/art_22, | :1 theme_selects_nothing
themes.yaml | categories: [guest, toy_maker] → categories: [guest] | categories/stay.yaml:31 without_theme
review.yaml | {latest:external_arrivals} адам → көп адам | :1 slots_differ
"""

READ_STRICTLY = """
abroad.csv | conflicts_with,remark → conflicts_with,conflicts_with,remark | :1
remarks/stay.yaml | checked_by: {en: A. Reader} → checked_by: A. Reader | :2
remarks/stay.yaml | checked_by: {en: A. Reader} → checked_by: {de: A. Reader} | :2
acts/treaty-kgz-2026.yaml | confidence: medium → confidence: medium⏎translated: [de] | :9
regimes.csv | bilateral,2012-07,,,60, → bilateral,2012-07,,,²,  | :4
series/press.csv | ,1.5, → ,nan, | :3
series/press.csv | ,1.5, → ,inf, | :3
series/press.csv | ,1.5, → ,1_5, | :3
series/press.csv | 2024-S1 → last spring | :3
series/press.csv | 2024-10, → 2024-13, | :5
series/press.csv | 2024-11-05,,3 → 2024-11-05,purpose=play;purpose=work,3 | :6
series/press.csv | A,daily,medium → A, ,medium | :3
regimes.csv | medium,daily,, → medium, ,, | :4
offices.yaml | sources: [daily] → sources: " " | :11
acts/1-I.yaml | range: [1, 366] → range: [1, 366, 400] | :53
acts/1-I.yaml | range: [1, 366] → range: 366 | :53
acts/1-I.yaml | value: 30, → value: thirty, | :56
acts/1-I.yaml | value: 30, → value: true, | :56
acts/1-I.yaml | value: 30, → value: , | :56
questions/stay.yaml | weight: 1 → weight: 1.0 | :5
questions/stay.yaml | weight: 1 → weight: true | :5
questions/stay.yaml | refs: ["provision → refs: &all [*all, "provision | :4
decision.yaml | no: 2 → no: true | :5
decision.yaml | no: 2 → no: 3 | :2
decision.yaml | categories: [guest] → categories: [ghost] | :12
codes.yaml | code: analytic, scheme: layer → code: analytical, scheme: layer | categories/stay.yaml:31
series/dimensions.yaml | value: north → value: south | series/yearbook.csv:5
series/datapackage.json | "yearbook.csv" → ["yearbook.csv"] | :1
"""


ALL = slips(A_FILE_THAT_CANNOT_BE_READ, A_FIELD_THAT_DOES_NOT_FIT, ROWS_THAT_DO_NOT_AGREE)
STRICT = slips(READ_STRICTLY)


@pytest.mark.parametrize("slip", ALL, ids=named)
def test_a_slip_is_told_by_one_letter_with_its_file_and_line(toyland_copy, slip):
    make(slip, toyland_copy)
    assert told(toyland_copy) == {(slip.where, slip.code)}


@pytest.mark.parametrize("slip", STRICT, ids=named)
def test_what_the_manual_forbids_is_refused_once_and_in_its_place(toyland_copy, slip):
    make(slip, toyland_copy)
    faults = read_country(toyland_copy).faults
    assert [f"{fault.file}:{fault.line}" for fault in faults] == [slip.where]
    assert {fault.code for fault in faults} <= FAULTS.keys()


def test_a_slip_in_an_act_is_not_told_again_by_all_who_cite_the_act(toyland_copy):
    make(Slip("acts/1-I.yaml", "adopted: 2000-12-01", "adopted: long ago", "", ""), toyland_copy)
    assert told(toyland_copy) == {("acts/1-I.yaml:9", "not_a_date")}


def test_a_table_in_another_encoding_is_told_once_and_not_as_missing_columns(toyland_copy):
    make(Slip("abroad.csv", "A headline", "A headl�ne", "", ""), toyland_copy)
    assert told(toyland_copy) == {("abroad.csv:4", "not_utf8")}


def test_slips_in_several_files_are_told_in_one_run_in_the_order_of_files_and_lines(toyland_copy):
    made = slips(
        """
        acts/treaty-kgz-2026.yaml | adopted: 2026-01 → adopted: early in 2026 | :5 not_a_date
        offices.yaml | confidence: medium → confidence: sure | :10 not_one_of
        questions/stay.yaml | weight: 1 → weight: 4 | :5 not_one_of
        questions/stay.yaml | kk: қақпа қағидалары, → | :3 language_missing
    """.replace("        ", "").replace("    ", "")
    )
    for slip in made:
        make(slip, toyland_copy)
    faults = [(f"{fault.file}:{fault.line}", fault.code) for fault in read_country(toyland_copy).faults]
    assert faults == sorted((slip.where, slip.code) for slip in made)


# --- the letters -----------------------------------------------------------------------------------------------------

FAULTS_OF_WHOLE_COUNTRIES = codes_told_by("UnreadableCountry", "sources/*.py") | {
    "no_such_country",
    "no_country_in_folder",
}
FAULTS_AT_DOORS = (
    codes_told_by("leave", "cli/*.py")
    | codes_told_by("leave", "web/*.py")
    | codes_told_by("UnreadableEdition", "sources/*.py")
)


def test_every_fault_has_a_letter():
    faults = {code for function in ("fault", "at", "refuse") for code in codes_told_by(function, "sources/*.py")}
    named_somewhere = faults | FAULTS_OF_FILES | FAULTS_OF_WHOLE_COUNTRIES | FAULTS_AT_DOORS
    letters = FAULTS | CASE_FAULTS | LAW_FAULTS | SCREENING_FAULTS | REGISTER_FAULTS | SERVE_FAULTS
    assert named_somewhere - letters.keys() == set()


def test_no_letter_is_left_without_a_fault():
    elsewhere = [file for file in PROGRAM.rglob("*.py") if file.name != "letters.py"]
    program = "".join(file.read_text(encoding="utf-8") for file in elsewhere)
    assert [code for code in FAULTS if f'"{code}"' not in program] == []


# --- the command -----------------------------------------------------------------------------------------------------


def check(country: Path, *options: str):
    return CliRunner().invoke(app, ["check", str(country), *options])


@pytest.mark.parametrize("slip", ALL, ids=named)
def test_the_command_prints_file_line_and_a_sentence_and_leaves_with_1(toyland_copy, slip):
    make(slip, toyland_copy)
    outcome = check(toyland_copy, "--lang", "en")
    assert outcome.exit_code == 1 and isinstance(outcome.exception, SystemExit)
    for line in outcome.stdout.splitlines():
        file, number, sentence = line.removeprefix(f"{toyland_copy}/").split(":", 2)
        assert f"{file}:{number}" == slip.where
        assert re.fullmatch(r" \S.*[.})]", sentence) and not re.search(r"\{\w*\}", sentence)
        assert "Traceback" not in sentence and not sentence.startswith(f" {slip.code}:")
    assert outcome.stderr == ""


@pytest.mark.parametrize("slip", STRICT, ids=named)
def test_whatever_is_written_nobody_sees_a_traceback(toyland_copy, slip):
    make(slip, toyland_copy)
    assert isinstance(check(toyland_copy).exception, SystemExit | None)


def test_a_country_without_fault_is_counted_and_the_command_leaves_with_0(toyland):
    outcome = check(toyland, "--lang", "en")
    assert outcome.exit_code == 0
    assert outcome.stdout.startswith(f"{toyland}: no faults. Acts 4, provisions 3, parameters 6 (8 values), regimes 6,")


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_the_letter_is_in_the_language_asked_for(toyland_copy, language):
    make(Slip("offices.yaml", "sources: [daily]", "sources: []", "", ""), toyland_copy)
    wanted = letter("no_source", {"field": "sources"}, catalog(language))
    assert check(toyland_copy, "--lang", language).stdout == f"{toyland_copy}/offices.yaml:11: {wanted}\n"


def test_a_folder_that_is_not_there_is_a_letter_and_2(tmp_path):
    outcome = check(tmp_path / "atlantis", "--lang", "en")
    assert (outcome.exit_code, outcome.stdout) == (2, "")
    assert outcome.stderr == (
        f"There is no country «{tmp_path}/atlantis»: neither one that ships (kaz) nor a folder of that path. "
        "Name one of these.\n"
    )


def test_a_folder_without_a_country_is_a_letter_and_2(tmp_path):
    outcome = check(tmp_path, "--lang", "en")
    assert (outcome.exit_code, outcome.stdout) == (2, "")
    assert outcome.stderr.startswith(f"The folder {tmp_path} holds no country.yaml.")


COUNTRY_FILES_TOO_BROKEN_TO_GO_ON = """
country.yaml | languages: [en, kk, ru]⏎ → | :3
country.yaml | languages: [en, kk, ru] → languages: [] | :5
country.yaml | languages: [en, kk, ru] → languages: 3 | :5
country.yaml | languages: [en, kk, ru] → languages: en | :5
country.yaml | code: XTL → code: [XTL | :4
country.yaml | code: XTL → code: | :3
"""


@pytest.mark.parametrize("slip", slips(COUNTRY_FILES_TOO_BROKEN_TO_GO_ON), ids=named)
def test_a_country_file_too_broken_to_go_on_is_a_letter_with_its_line_and_2(toyland_copy, slip):
    make(slip, toyland_copy)
    with pytest.raises(UnreadableCountry, match="country_file_unreadable"):
        read_country(toyland_copy)
    outcome = check(toyland_copy, "--lang", "en")
    assert (outcome.exit_code, outcome.stdout) == (2, "")
    assert outcome.stderr.startswith(f"{toyland_copy}/{slip.where}: ")
