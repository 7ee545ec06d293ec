"""The chapter of stay is computed by the rules: its figures are what the assessment of an ordinary visitor says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from koshiqon.review import stays
from koshiqon.review.document import Asked, Chapter, Figure, Phrase, Table, leaves
from koshiqon.review.edition import earliest_day
from koshiqon.review.idle_titles import as_in_force
from koshiqon.review.stay_rows import citizenships
from koshiqon.review.visitors import border
from koshiqon.rules.judging import Unknown
from koshiqon.stay.assessment import assess, with_assumptions
from koshiqon.stay.case import StayCase
from koshiqon.stay.matter import Matter
from koshiqon.stay.presence import Stay
from koshiqon.stay.reach import reach
from koshiqon.stay.readings import readings_of

DAY = date(2026, 11, 22)


def chapter(country, day: date = DAY) -> Chapter:
    told = stays.chapter(country, Asked(earliest_day(country), day, day))
    assert told is not None
    return told


def figures(told: Chapter) -> dict[str, int]:
    """Every figure of the chapter's own tables by the name of its finding."""
    tables = [block for block in told.blocks if isinstance(block, Table)]
    cells = [cell for table in tables for row in table.rows for cell in row]
    return {
        leaf.finding.name: leaf.finding.value for cell in cells for leaf in leaves(cell) if isinstance(leaf, Figure)
    }


@pytest.fixture(scope="module")
def today(kaz) -> dict[str, int]:
    return figures(chapter(kaz.country))


@pytest.mark.parametrize("citizenship", ["UZB", "RUS", "CHN", "DEU", "MAC", "TKM", "AFG"])
def test_the_days_of_the_chapter_are_those_of_the_whole_assessment(kaz, today, citizenship):
    country = kaz.country
    case = with_assumptions(StayCase(citizenship, (Stay(DAY),)), country)
    told = assess(case, country, DAY, {"limits": "law"})
    lawful = told.standing == "lawful" and told.last_lawful_day is not None
    days = (told.last_lawful_day - DAY).days + 1 if lawful and told.last_lawful_day else None
    assert today.get(f"visitor.{citizenship}.law.days") == days


@pytest.mark.parametrize("day", [date(2020, 6, 1), date(2022, 12, 1), DAY])
@pytest.mark.parametrize("limits", ["law", "practice"])
def test_leaving_out_idle_titles_changes_no_answer(kaz, day, limits):
    """The chapter asks with fewer titles; for every citizenship the country with all of them says the same."""
    country, few = kaz.country, border(kaz.country, day)
    for citizenship in (*citizenships(country), "AFG"):
        case = with_assumptions(StayCase(citizenship, (Stay(day),)), country)
        whole = reach(Matter(country, case, case.stays, readings_of(country, {"limits": limits})), day)
        told = few.visit(citizenship, limits)
        assert told.outcome == whole.outcome, citizenship
        if whole.outcome is True:
            assert (told.last, told.then) == (whole.last, whole.then), citizenship


@pytest.mark.parametrize("day", [date(2017, 5, 5), date(2020, 1, 1)])
def test_what_changed_compares_with_what_visitors_of_the_first_day_met(kaz, day):
    """The law of a day is asked alone for that comparison; it gives the titles that the whole country gives."""
    whole, alone = border(kaz.country, day), border(as_in_force(kaz.country, day), day)
    for citizenship in citizenships(kaz.country):
        one, other = whole.visit(citizenship, "law"), alone.visit(citizenship, "law")
        assert one.outcome == other.outcome, citizenship
        assert [title.name for title in one.titles[:1]] == [title.name for title in other.titles[:1]], citizenship


@pytest.mark.parametrize("day", [date(2022, 12, 1), date(2023, 1, 10), DAY])
def test_practice_is_asked_wherever_it_may_differ(kaz, day):
    few = border(kaz.country, day)
    for citizenship in citizenships(kaz.country):
        law, practice = (few.visit(citizenship, limits) for limits in ("law", "practice"))
        if (law.outcome, law.last) != (practice.outcome, practice.last):
            assert few.may_differ(citizenship), citizenship


def test_what_the_rules_do_not_settle_is_told_with_its_reason(kaz):
    """The agreement with Macao is signed; the first day on which it is in force was not found."""
    told = chapter(kaz.country)
    rows = {
        row[0].code: row
        for table in told.blocks
        if isinstance(table, Table)
        for row in table.rows
        if hasattr(row[0], "code")
    }
    assert rows["MAC"][1].code == "start_not_known"
    assert rows["AFG"][1].why == "no_rule_known"
    assert rows["TKM"][1].code == "visa_needed"


def test_the_count_of_states_counts_those_whose_visitor_may_surely_enter(kaz):
    told = chapter(kaz.country)
    counted = told.opening[0].values["states"]
    undecided = told.opening[1].values["states"]
    few = border(kaz.country, DAY)
    outcomes = [few.visit(code, "law").outcome for code in citizenships(kaz.country)]
    assert counted.finding.value == sum(outcome is True for outcome in outcomes) > 60
    assert undecided.finding.value == sum(isinstance(outcome, Unknown) for outcome in outcomes) == 1


def test_every_figure_of_days_rests_on_a_rule_and_names_its_sources(kaz):
    tables = [block for block in chapter(kaz.country).blocks if isinstance(block, Table)]
    found = [leaf.finding for table in tables for row in table.rows for cell in row for leaf in leaves(cell)]
    days = [finding for finding in found if finding.name.startswith("visitor.")]
    assert len(days) > 130
    for finding in days:
        assert finding.sources
        assert {"rule", "regime"} >= {reference.kind for reference in finding.rests_on} >= {"rule"}


def test_before_the_list_was_restored_a_visitor_needed_a_visa(kaz):
    """law_stay.md 4: the unilateral list was off from 17 April 2020 to 31 December 2021."""
    off, on = (figures(chapter(kaz.country, day)) for day in (date(2021, 9, 1), date(2022, 1, 1)))
    assert "visitor.DEU.law.days" not in off
    assert on["visitor.DEU.law.days"] == 30


def test_the_window_that_the_border_did_not_apply_yet_is_told_beside_the_days(kaz):
    rows = {
        row[0].code: row
        for table in chapter(kaz.country, date(2022, 12, 1)).blocks
        if isinstance(table, Table)
        for row in table.rows
        if hasattr(row[0], "code")
    }
    days, applied = rows["DEU"][3].items
    assert days.finding.value == 30
    assert isinstance(applied, Phrase) and applied.code == "not_enforced_until"


def test_a_country_without_rules_is_told_by_its_rows(kaz):
    told = chapter(replace(kaz.country, rules={}, readings={}))
    (table, *_) = [block for block in told.blocks if isinstance(block, Table)]
    assert table.columns[1] == "per_entry"
    assert next(row for row in table.rows if row[0].code == "UZB")[1].finding.value == 30
    assert not [section for section in told.sections if section.name.startswith("histor")]


def test_toyland_is_judged_under_its_own_default_and_without_kazakhstan(toyland_country):
    told = chapter(toyland_country, date(2024, 6, 1))
    assert figures(told)["visitor.KGZ.law.days"] == 30


def test_limits_that_a_rule_names_itself_are_shown_as_those_of_a_row(toyland_country):
    """Toyland's neighbours stay by a rule without a row: 30 days a visit (60 before 2020), 90 in 180."""
    told = chapter(toyland_country, date(2024, 6, 1))
    shown = {name: value for name, value in figures(told).items() if name.startswith("rule:stay-of-neighbours#")}
    assert set(shown.values()) == {90, 180}
    (changed,) = [block for section in told.sections for block in section.blocks if isinstance(block, Table)]
    before, after = changed.rows[0][1:]
    assert [before.values["per_entry"].finding.value, after.values["per_entry"].finding.value] == [60, 30]
