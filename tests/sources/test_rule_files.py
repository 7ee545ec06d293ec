"""Rules, readings and reforms as people write them: what is read, and one letter for each slip.

How a row of the tables is read stands in `slips.py`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
import test_faults
from slips import FAULTS_OF_FILES, make, named, slips, told
from typer.testing import CliRunner

from koshiqon.cli import app
from koshiqon.evidence import Reference
from koshiqon.render.letters import FAULTS
from koshiqon.rules.expression import Duration, Type, Unit
from koshiqon.rules.rule import (
    AppliesTo,
    Belongs,
    ByLimit,
    ByPaper,
    ByRegime,
    ByTerm,
    Decides,
    EmptyWindow,
    Ends,
    EventDay,
    May,
    Must,
    NoEntry,
    ParameterName,
    Penalty,
)
from koshiqon.rules.vocabulary import Kind
from koshiqon.sources.country_folder import read_country
from koshiqon.sources.faults import fault
from koshiqon.sources.rule_check import rule_faults
from koshiqon.sources.rule_files import vocabulary_of
from koshiqon.stay.readings import MOST_COMBINATIONS

# --- what is read ----------------------------------------------------------------------------------------------------

THREE_DAYS = Duration(3, Unit.WORKING_DAYS)
CONSEQUENCES = {
    "stay-by-agreement": ByRegime(("bilateral",), EmptyWindow.UNKNOWN),
    "stay-of-neighbours": ByLimit(ParameterName("days_per_entry"), 90, 180),
    "stay-with-toy-permit": ByPaper(("toy_permit",), Duration(12, Unit.MONTHS), outside_count=True),
    "stay-after-penalty": ByTerm(EventDay("penalty.decided_on"), ParameterName("term_to_leave"), None),
    "stay-in-the-flood": ByTerm(date(2020, 3, 16), None, date(2020, 6, 5)),
    "penalty-ends-stay": Ends(EventDay("penalty.decided_on"), ParameterName("term_to_leave"), surely=False),
    "toy-makers": Belongs("toy_maker"),
    "half-of-the-fine": May("pay_half", Duration(7, Unit.DAYS), EventDay("penalty.decided_on")),
    "report-at-the-gate": Must(
        do="report",
        by="person",
        start=EventDay("entry.date"),
        within=ParameterName("days_to_report"),
        first_day_counts=None,
        falls_if_left=True,
        office="gate",
    ),
    "host-reports": Must("report", "host", EventDay("entry.date"), THREE_DAYS, first_day_counts=True),
    "children-report": Must("report", "sponsor", EventDay("entry.date"), 10, pays=1, pays_for="visit.children"),
    "leave-in-time": Must("leave", "person", EventDay("stay.titles_end"), Duration(1, Unit.DAYS), before=True),
    "overstay": Penalty(
        fine=ParameterName("fine_for_overstay"),
        fine_up_to=True,
        arrest_days=15,
        alternatives=("expulsion",),
        along_with=("lost_toys",),
        decided_by=("court",),
    ),
    "short-overstay": Penalty(warning=True),
    "long-overstay": Penalty(prison_years=2, prison_years_from=1, decided_by=("court",)),
    "no-entry-after-penalty": NoEntry(EventDay("penalty.decided_on"), Duration(5, Unit.YEARS)),
    "longer-stay": Decides("longer_stay", ("gate_keeper",), 30),
}


def test_every_rule_of_toyland_says_what_its_file_says(toyland_country):
    assert {name: rule.then for name, rule in toyland_country.rules.items()} == CONSEQUENCES


def test_a_rule_keeps_when_it_holds_for_whom_and_what_it_overrides(toyland_country):
    agreement, neighbours = (toyland_country.rules[name] for name in ("stay-by-agreement", "stay-of-neighbours"))
    assert (agreement.counts_from, agreement.applies_to) == (date(2023, 1, 27), AppliesTo.DAYS)
    assert (neighbours.overrides, neighbours.applies_to) == (("stay-by-agreement",), AppliesTo.STAYS_BEGUN)
    assert toyland_country.rules["host-reports"].under == {"who_reports": "host"}


def test_a_rule_without_a_condition_holds_always_and_one_with_keeps_its_words(toyland_country):
    permit, flood = (toyland_country.rules[name] for name in ("stay-with-toy-permit", "stay-in-the-flood"))
    assert (permit.condition, permit.written) == (None, "")
    assert flood.written == "stay.titles_end >= 2020-03-16 and stay.titles_end <= 2020-06-05"


def test_a_reading_holds_its_options_with_who_reads_it_so(toyland_country):
    reading = toyland_country.readings["who_reports"]
    assert [option.name for option in reading.options] == ["guest", "host"]
    assert reading.default == "guest"
    assert reading.options[0].references == (Reference("rule", "children-report"),)
    assert reading.options[1].basis.sources == ("daily",)


@pytest.mark.parametrize(
    ("reference", "place"),
    [
        (Reference("rule", "stay-of-neighbours"), ("rules/titles.yaml", 13)),
        (Reference("reading", "entry_day"), ("readings.yaml", 14)),
        (Reference("reading", "entry_day/next_day"), ("readings.yaml", 14)),
        (Reference("reform", "toys-for-all"), ("reforms/toys-for-all.yaml", 1)),
    ],
)
def test_rules_readings_and_reforms_have_an_address_and_a_place(toyland, reference, place):
    assert read_country(toyland).places[reference] == place


def test_a_country_may_have_neither_rules_nor_readings_nor_reforms(toyland_copy):
    for name in ("rules/titles.yaml", "rules/others.yaml", "readings.yaml", "reforms/toys-for-all.yaml"):
        (toyland_copy / name).unlink()
    reading = read_country(toyland_copy)
    assert reading.faults == ()
    assert (reading.country.rules, reading.country.readings, reading.reforms) == ({}, {}, {})


def test_what_a_door_may_assume_is_a_value_of_the_fact_and_else_nothing(toyland_country):
    assumed = {name: fact.assume for name, fact in toyland_country.facts.items() if fact.assume is not None}
    assert assumed == {
        "passport.kind": "ordinary",
        "visit.children": 0,
        "visit.host_from": "XTL",
        "penalty.given": False,
    }


# --- the words that conditions may use -------------------------------------------------------------------------------


def test_conditions_may_use_facts_parameters_measures_and_tables_by_their_types(toyland_country):
    names = vocabulary_of(toyland_country.facts, toyland_country.parameters).names
    types = {name: (declared.kind, declared.type) for name, declared in names.items()}
    assert types["entry.date"] == (Kind.FACT, Type.DATE)
    assert types["person.age"] == (Kind.FACT, Type.NUMBER)
    assert types["person.citizenships"] == (Kind.FACT, Type.LIST)
    assert types["person.citizenship"] == (Kind.FACT, Type.COUNTRY)
    assert types["days_per_entry"] == (Kind.PARAMETER, Type.NUMBER)
    assert types["term_to_leave"] == (Kind.PARAMETER, Type.DURATION)
    assert types["gate_mode"] == (Kind.PARAMETER, Type.CODE)
    assert types["stay.titles_end"] == (Kind.MEASURE, Type.DATE)
    assert types["regime.exists"] == (Kind.TABLE, Type.YES_NO)
    assert names["passport.kind"].values == ("ordinary", "service")
    assert names["person.citizenships"].members is Type.COUNTRY
    assert names["regime.days_per_entry"].arguments == (Type.COUNTRY, Type.DATE)


def test_a_free_text_is_no_word_of_conditions(toyland_country):
    assert "work.trade" not in vocabulary_of(toyland_country.facts, toyland_country.parameters).names


# --- slips -----------------------------------------------------------------------------------------------------------

A_FIELD_OF_A_RULE = """
rules/others.yaml | within: 3 working days → within: 3 moons | :37 not_a_quantity
rules/others.yaml | within: 3 working days → within: -3 | :37 not_a_quantity
rules/others.yaml | within: 10 → within: 1.5 | :50 not_a_quantity
rules/titles.yaml | from: 2020-03-16 → from: 2020-03 | :53 not_a_moment
rules/titles.yaml | from: 2020-03-16 → from: 2020-02-30 | :53 not_a_moment
rules/titles.yaml | counts_from: 2023-01-27 → counts_from: 2023 | :7 not_a_day
rules/titles.yaml | then: {regimes: [bilateral] → then: {regime: [bilateral] | :9 then_does_not_fit
rules/titles.yaml | , empty_window: unknown → | :9 then_does_not_fit
rules/titles.yaml | then: {from: 2020-03-16, through → then: {from: 2020-03-16, for: 10, through | :53 then_does_not_fit
rules/titles.yaml | then: {per_entry: days_per_entry, in_window: 90, window: 180} → then: {} | :21 then_does_not_fit
rules/others.yaml | then: {category: toy_maker} → then: {may: pay_half} | :7 then_does_not_fit
rules/others.yaml | then: {category: toy_maker} → then: toy_maker | :7 not_a_map
rules/others.yaml | then: {warning: true} → then: {warning: false} | :81 sanction_without_penalty
rules/others.yaml | then: {warning: true} → then: {decided_by: [court]} | :81 sanction_without_penalty
rules/others.yaml | refused: true → refused: false | :102 not_one_of
rules/titles.yaml | , window: 180 → | :21 window_without_days
rules/titles.yaml | kind: title → kind: tittle | :2 not_one_of
rules/titles.yaml | provision: xtl/1-I/art_2/para_1 → provision: | :4 not_a_provision
rules/titles.yaml | outside_count: true → outside_count: maybe | :30 not_yes_or_no
rules/titles.yaml | papers: [toy_permit] → papers: [] | :30 too_few
rules/others.yaml | (end) → stray: line | :118 not_yaml
facts.yaml | assume: ordinary → assume: golden | :17 assume_does_not_fit
facts.yaml | assume: 0 → assume: none | :19 assume_does_not_fit
facts.yaml | assume: XTL → assume: Toyland | :21 assume_does_not_fit
facts.yaml | type: yes_no, assume: false → type: yes_no, assume: 0 | :23 assume_does_not_fit
facts.yaml | penalty.decided_on, type: date, → penalty.decided_on, type: date, assume: 2020-01-01, | :25 assume_does_not_fit
acts/1-I.yaml | unit: working_days⏎    values:⏎      - {since: 2001-01-01, value: 3, → unit: working_days⏎    values:⏎      - {since: 2001-01-01, value: 3.5, | :85 not_a_whole_number
country.yaml | holidays: KZ → holidays: KAZ | :15 holidays_unknown
"""  # noqa: E501

A_CONDITION = """
rules/others.yaml | when: overstay.days > 3⏎ → when: overstay.days >⏎ | :69 condition_stops_early
rules/others.yaml | when: overstay.days > 3⏎ → when: overstay.days ≥ 3⏎ | :69 condition_letter
rules/others.yaml | when: overstay.days > 3⏎ → when: overstay.days > > 3⏎ | :69 condition_word_out_of_place
rules/others.yaml | when: overstay.days > 3⏎ → when: overstay.day > 3⏎ | :69 condition_name_undeclared
rules/others.yaml | when: overstay.days > 3⏎ → when: overstay.days⏎ | :69 condition_not_yes_no
rules/others.yaml | when: overstay.days > 3⏎ → when: overstay.days > entry.date⏎ | :69 condition_types_differ
rules/titles.yaml | passport.kind = 'service' → passport.kind < 'service' | :8 condition_no_order
rules/titles.yaml | passport.kind = 'service' → passport.kind = 'golden' | :8 condition_code_unknown
rules/titles.yaml | ['KAZ', 'KGZ'] → ['KAZ', 'kgz'] | :20 condition_not_a_country
rules/titles.yaml | in person.citizenships) → in person.citizenship) | :20 condition_not_a_list
rules/titles.yaml | and stay.titles_end <= 2020-06-05 → and stay.titles_end <= 2020-06-31 | :51 condition_not_a_date
rules/others.yaml | person.age >= 70 - 5 → person.age >= 70 - 5 days | :6 condition_no_sum
rules/others.yaml | entry.date + 1 year < on → entry.date + 1 moon < on | :91 condition_unit_unknown
rules/others.yaml | entry.date + 1 year < on → entry.date + 1.5 years < on | :91 condition_broken_unit
rules/others.yaml | regime.days_per_entry(person.citizenship, on) → regime.days_per_entry | :80 condition_table_unasked
rules/others.yaml | stay.days + 1 <= → stay.days(on) + 1 <= | :80 condition_not_a_table
rules/others.yaml | (person.citizenship, on) → (on, person.citizenship) | :80 condition_wrong_arguments
rules/others.yaml | and stay.days_in_window < 90 → and stay.days_in_window << 90 | :113 condition_word_out_of_place
"""

RULES_THAT_DO_NOT_AGREE = """
rules/titles.yaml | rule: stay-after-penalty → rule: stay-with-toy-permit | :34 name_twice
rules/titles.yaml | provision: xtl/1-I/art_2/para_1 → provision: xtl/1-I/art_9 | :1 provision_unknown
rules/titles.yaml | overrides: [stay-by-agreement]⏎ → overrides: [stay-by-agrement]⏎ | :13 reference_unknown
rules/others.yaml | overrides: [overstay]⏎  when: overstay.days > 365 → overrides: [leave-in-time]⏎  when: overstay.days > 365 | :85 overrides_another_kind
rules/titles.yaml | counts_from: 2023-01-27 → overrides: [penalty-ends-stay] | :57 overrides_in_a_circle
rules/others.yaml | when: overstay.days in [4, 5] and → when: overstay.days in [4, 500] and | :85 exceptions_unordered
rules/others.yaml | under: {who_reports: guest} → under: {who_reports: host} | :42 exceptions_unordered
rules/titles.yaml | for: term_to_leave} → for: term_to_live} | :34 reference_unknown
rules/titles.yaml | for: term_to_leave} → for: toy_index} | :34 quantity_of_another_kind
rules/titles.yaml | in_window: 90, → in_window: 3 months, | :13 quantity_of_another_kind
rules/others.yaml | fine: fine_for_overstay → fine: days_per_entry | :64 quantity_of_another_kind
rules/titles.yaml | {from: penalty.decided_on, for: → {from: penalty.given, for: | :34 moment_unknown
rules/titles.yaml | {from: penalty.decided_on, for: → {from: penalty.day, for: | :34 moment_unknown
rules/titles.yaml | {from: penalty.decided_on, for: → {from: on, for: | :34 title_condition_moves
rules/titles.yaml | when: penalty.given⏎ → when: stay.days > 3⏎ | :57 title_condition_moves
rules/titles.yaml | entry.date) and not → on) and not | :1 title_condition_moves
rules/titles.yaml | until: 2020-06-06 → until: 2020-03-16 | :44 period_backwards
rules/titles.yaml | outside_count: true} → outside_count: true}⏎  counts_from: 2023-01-27 | :25 counts_nothing
rules/titles.yaml | overrides: [stay-by-agreement, stay-of-neighbours] → overrides: [] | :57 ends_no_title
rules/titles.yaml | {papers: [toy_permit] → {papers: [joy_permit] | :25 code_without_words
rules/others.yaml | may: pay_half → may: pay_nothing | :11 code_without_words
rules/others.yaml | must: leave → must: go | :55 code_without_words
rules/others.yaml | before: true} → before: true, pays: 2, pays_for: penalty.given} | :55 pays_for_no_number
rules/others.yaml | with: [lost_toys] → with: [lost_joys] | :64 code_without_words
rules/others.yaml | decided_by: [gate_keeper] → decided_by: [goal_keeper] | :106 code_without_words
rules/others.yaml | decides: longer_stay → decides: shorter_stay | :106 code_without_words
rules/others.yaml | {category: toy_maker} → {category: joy_maker} | :1 reference_unknown
rules/others.yaml | office: gate → office: gait | :21 reference_unknown
rules/others.yaml | before: true} → before: true}⏎  under: {who_report: host} | :55 reference_unknown
rules/others.yaml | under: {who_reports: host} → under: {who_reports: ghost} | :30 reference_unknown
rules/others.yaml | conflicts_with: ["rule:host-reports"] → conflicts_with: [] | :30 conflict_one_sided
rules/titles.yaml | {regimes: [bilateral] → {regimes: [bilateral, trilateral] | :1 regime_code_unknown
regimes.csv | KGZ,bilateral,2012-07 → KGZ,visa_required,2012-07 | regimes.csv:4 regime_without_title
rules/others.yaml | sources: [gazette]⏎  conflicts_with → sources: [gazete]⏎  conflicts_with | :30 source_unknown
facts.yaml | (end) → - {fact: stay.days, type: date, private: true, declared: true, question: {en: a, kk: ә, ru: а}} | :27 name_of_a_measure
facts.yaml | (end) → - {fact: gate_mode, type: date, private: true, declared: true, question: {en: a, kk: ә, ru: а}} | acts/1-I.yaml:86 name_twice
readings.yaml | default: guest → default: nobody | :40 default_not_an_option
readings.yaml | option: next_day → option: second_day | :14 reading_option_unknown
readings.yaml | reading: exit_day → reading: last_day | :1 reading_missing
readings.yaml | option: next_day → option: counts | :14 name_twice
readings.yaml | refs: ["rule:children-report"] → refs: ["rule:children-reports"] | :40 reference_unknown
country.yaml | penalty_unit: toy_index → penalty_unit: joy_index | :1 reference_unknown
questions/stay.yaml | "parameter:days_to_report" → "rule:overstayed" | :1 reference_unknown
"""  # noqa: E501

A_REFORM = """
reforms/toys-for-all.yaml | since: 2027-01-01⏎text → since: next year⏎text | :2 not_a_day
reforms/toys-for-all.yaml | removes_rules: → removes_rule: | :4 field_unknown
reforms/toys-for-all.yaml | removes_rules: [penalty-ends-stay] → removes_rules: [penalty-ends] | :4 reference_unknown
reforms/toys-for-all.yaml | removes_rules: [penalty-ends-stay] → removes_rules: [overstay] | :4 name_twice
reforms/toys-for-all.yaml | when: overstay.days > 30 → when: overstay.weeks > 30 | :11 condition_name_undeclared
reforms/toys-for-all.yaml | then: {warning: true} → then: {caution: true} | :12 then_does_not_fit
reforms/toys-for-all.yaml | since: 2027-03-01 → since: 2026-12-31 | :6 reform_reaches_back
reforms/toys-for-all.yaml | since: 2027-03-01 → since: 2027-03 | :6 reform_reaches_back
reforms/toys-for-all.yaml | parameter: days_per_entry → parameter: days_per_exit | :26 reference_unknown
reforms/toys-for-all.yaml | value: 45 → value: 45.5 | :28 not_a_whole_number
reforms/toys-for-all.yaml | until: 2028-01-01 → until: 2028-01-02 | :29 periods_overlap
reforms/toys-for-all.yaml | citizenship: KGZ → citizenship: KGX | :31 area_unknown
reforms/toys-for-all.yaml | window_days: 180 → window_days: | :31 window_without_days
reforms/toys-for-all.yaml | {KGZ/bilateral/2012-07: 2027-01-01} → {KGZ/bilateral/2012-07: 2026-01-01} | :45 reform_reaches_back
reforms/toys-for-all.yaml | {KGZ/bilateral/2012-07: 2027-01-01} → {} | :31 periods_overlap
reforms/toys-for-all.yaml | {KGZ/bilateral/2012-07: → {KGZ/bilateral/2012: 2027-01-01, KGZ/bilateral/2012-07: | :45 reference_unknown
reforms/toys-for-all.yaml | may: pay_half → may: pay_nothing | :16 code_without_words
reforms/toys-for-all.yaml | sources: [own-reading]⏎  - rule → sources: [nobody]⏎  - rule | :6 source_unknown
"""  # noqa: E501

OF_RULES = slips(A_FIELD_OF_A_RULE, A_CONDITION, RULES_THAT_DO_NOT_AGREE, A_REFORM)


@pytest.mark.parametrize("slip", OF_RULES, ids=named)
def test_a_slip_in_a_rule_a_reading_or_a_reform_is_told_by_one_letter_with_its_file_and_line(toyland_copy, slip):
    make(slip, toyland_copy)
    assert told(toyland_copy) == {(slip.where, slip.code)}
    shown = CliRunner().invoke(app, ["check", str(toyland_copy), "--lang", "kk"])
    assert shown.exit_code == 1
    assert shown.stdout.startswith(f"{toyland_copy}/{slip.where}: ")
    assert f" {slip.code}:" not in shown.stdout


def test_these_tables_and_those_of_other_files_make_every_slip_that_a_file_can_have():
    conditions = {code for code in FAULTS if code.startswith("condition_")}
    assert len(conditions) == 17
    told = {slip.code for slip in test_faults.ALL + OF_RULES}
    assert (FAULTS_OF_FILES | conditions) - told == {"readings_too_many"}, "one slip cannot make it: see the last test"


# --- faults that follow from faults ----------------------------------------------------------------------------------


def test_a_fact_that_cannot_be_read_is_not_told_again_by_the_conditions_that_use_it(toyland_copy):
    make(slips("facts.yaml | fact: entry.manner, type: code → fact: entry.manner, type: cod | :3")[0], toyland_copy)
    make(slips("facts.yaml | fact: passport.kind, type: code → fact: passport.kind, type: cod | :17")[0], toyland_copy)
    assert told(toyland_copy) == {("facts.yaml:3", "not_one_of"), ("facts.yaml:17", "not_one_of")}


def test_a_rule_whose_condition_cannot_be_read_is_not_missed_by_those_that_override_it(toyland_copy):
    make(slips("rules/others.yaml | when: overstay.days > 3⏎ → when: overstay.days⏎ | :69")[0], toyland_copy)
    assert told(toyland_copy) == {("rules/others.yaml:69", "condition_not_yes_no")}


def test_a_file_of_readings_that_cannot_be_read_is_told_once(toyland_copy):
    make(slips("readings.yaml | default: practice → default: [practice | :3")[0], toyland_copy)
    assert {code for _, code in told(toyland_copy)} == {"not_yaml"}


def test_a_reform_is_held_against_its_country_once_the_country_has_no_fault(toyland_copy):
    make(slips("reforms/toys-for-all.yaml | value: 45 → value: 45.5 | :28")[0], toyland_copy)
    make(slips("offices.yaml | sources: [daily] → sources: [dayly] | :1")[0], toyland_copy)
    assert told(toyland_copy) == {("offices.yaml:1", "source_unknown")}


def test_readings_that_no_assessment_could_all_look_at_are_refused(toyland_country):
    reading = toyland_country.readings["entry_day"]
    many = tuple(replace(reading.options[0], name=f"way_{number}") for number in range(MOST_COMBINATIONS + 1))
    title = replace(toyland_country.rules["stay-by-agreement"], under={"ways": "way_1"})
    country = replace(
        toyland_country,
        readings={**toyland_country.readings, "ways": replace(reading, name="ways", options=many, default="way_0")},
        rules={**toyland_country.rules, title.name: title},
    )
    found = rule_faults(country, {}, lambda row, code, **values: fault(str(row), 1, code, **values))
    told = [(one.file, dict(one.values)) for one in found if one.code == "readings_too_many"]
    # entry_day and limits have two options each, and each of the many ways goes with each of theirs.
    assert told == [("readings.yaml", {"number": str(2 * 2 * len(many)), "most": str(MOST_COMBINATIONS)})]
