"""Worked histories: what the chapter tells of them is what the assessment says, under law and practice."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest

from koshiqon.review import histories
from koshiqon.review.document import Asked, Box, Calendar, Day, Figure, Paragraph, leaves
from koshiqon.review.lives import life
from koshiqon.stay.assessment import assess, with_assumptions
from koshiqon.stay.case import Paper, StayCase
from koshiqon.stay.presence import Stay

DAY = date(2026, 11, 22)
NAMES = ["thirty-days-a-visit", "out-and-in-until-january-2023", "the-exception-ends-during-the-visit"]


def sections(country, on: date = DAY):
    return {section.name: section for section in histories.sections(country, Asked(date(1990, 1, 1), on, on))}


def in_section(section, kind):
    return [block for block in section.blocks if isinstance(block, kind)]


def found_in(section) -> dict[str, object]:
    """The value of every computed figure and day of a section by the name of its finding."""
    shown = []
    for block in section.blocks:
        match block:
            case Paragraph(phrases):
                shown += phrases
            case Box(_, content):
                shown += content
            case Calendar():
                shown += [cell for row in block.table.rows for cell in row]
    told = [leaf for item in shown for leaf in leaves(item) if isinstance(leaf, Figure | Day)]
    return {leaf.finding.name: leaf.finding.value for leaf in told}


@pytest.mark.parametrize("limits", ["law", "practice"])
@pytest.mark.parametrize("name", NAMES)
def test_a_life_is_judged_as_the_whole_assessment_judges_it(kaz, name, limits):
    country, history = kaz.country, kaz.country.histories[name]
    stays = tuple(Stay(entry, exit_) for entry, exit_ in history.trips)
    papers = tuple(Paper(*permit) for permit in history.permits)
    whole = assess(
        with_assumptions(StayCase(history.citizenship, stays, papers), country), country, history.on, {"limits": limits}
    )
    told = life(history, country, limits)
    assert (told.standing, told.last, told.overstay) == (whole.standing, whole.last_lawful_day, whole.overstay_days)
    assert (told.used, told.comes_back) == (whole.used, whole.comes_back)
    assert whole.reentry is not None
    assert (told.entry.standing, told.entry.day, told.entry.until) == (
        whole.reentry.standing,
        whole.reentry.day,
        whole.reentry.until,
    )
    own = [spell for spell in told.spells if spell.first >= stays[-1].entry]
    judged = [interval for interval in whole.intervals if interval.first <= history.on]
    assert [(spell.first, spell.standing) for spell in own] == [(run.first, run.standing) for run in judged]


def test_thirty_days_a_visit_and_nineteen_days_over(kaz):
    """The issue's own example: 20 days in August, then a stay since 5 October, judged on 22 November 2026."""
    section = sections(kaz.country)["history-thirty-days-a-visit"]
    told = found_in(section)
    name = "history.thirty-days-a-visit.law"
    assert told[f"{name}.last_lawful_day"] == "2026-11-03"
    assert told[f"{name}.overstay_days"] == 19
    assert told[f"{name}.used_in_window"] == 20 + 49
    assert told[f"{name}.back_1_first"] == "2027-01-28"
    assert in_section(section, Box) == [], "law and practice answer alike and are told once"


def test_law_and_practice_part_before_27_january_2023(kaz):
    """law_stay.md 0.2: 90/180 is in the Law since 11 January 2020, the border applied it only from 27 January 2023."""
    section = sections(kaz.country)["history-out-and-in-until-january-2023"]
    (calendar,) = in_section(section, Calendar)
    law, practice = calendar.strips
    assert {days.mark for days in practice.days} == {"uncounted", "counted"}
    unlawful = [(days.first, days.last) for days in law.days if days.mark == "unlawful"]
    assert unlawful[0][0] == date(2022, 12, 14), "the 91st day since 15 September"
    assert unlawful[-1][1] == date(2023, 1, 26)
    assert found_in(section)["history.out-and-in-until-january-2023.law.unlawful_days"] == 44
    assert len(in_section(section, Box)) == 1


def test_what_no_text_settles_stays_unknown_in_the_calendar(kaz):
    """law_stay.md 0.4: the exception for Kyrgyzstan ended on 1 September 2025; whether earlier days count is open."""
    section = sections(kaz.country)["history-the-exception-ends-during-the-visit"]
    (calendar,) = in_section(section, Calendar)
    (strip,) = calendar.strips
    (doubtful,) = [days for days in strip.days if days.mark == "unknown"]
    assert (doubtful.first, doubtful.last) == (date(2025, 9, 1), date(2025, 10, 15))


@pytest.mark.parametrize("name", NAMES)
def test_the_table_of_a_calendar_says_what_is_drawn(kaz, name):
    section = sections(kaz.country)[f"history-{name}"]
    (calendar,) = in_section(section, Calendar)
    columns = calendar.table.columns
    for strip in calendar.strips:
        rows = [row for row in calendar.table.rows if strip.reading is None or row[0] == strip.reading]
        told: Counter[date] = Counter()
        for row in rows:
            cells = dict(zip(columns, row, strict=True))
            first, days = cells["from_day"].date, cells["days"].finding.value
            assert cells["to_day"].date == first + timedelta(days=days - 1)
            told.update(first + timedelta(days=number) for number in range(days))
        drawn = {
            days.first + timedelta(days=number)
            for days in strip.days
            for number in range((days.last - days.first).days + 1)
        }
        assert drawn == set(told)


def test_a_history_after_the_day_of_the_review_is_left_out(kaz):
    told = sections(kaz.country, date(2024, 1, 1))
    assert set(told) == {"histories", "history-out-and-in-until-january-2023"}
    assert sections(kaz.country, date(2022, 1, 1)) == {}


def test_every_number_of_a_history_is_a_finding_that_names_its_rules(kaz):
    for section in sections(kaz.country).values():
        for block in in_section(section, Paragraph):
            told = [
                leaf.finding for phrase in block.phrases for leaf in leaves(phrase) if isinstance(leaf, Figure | Day)
            ]
            assert all(finding.rule == "stay_assessed" and finding.sources for finding in told)
            assert all({ref.kind for ref in finding.rests_on} <= {"rule", "regime"} for finding in told)
            assert all(finding.rests_on for finding in told)


def test_a_permit_is_told_among_what_is_given_and_its_days_do_not_count(toyland_country):
    """Toyland's permit stops the count: its days are lawful and count for no limit."""
    (section,) = [told for name, told in sections(toyland_country).items() if name != "histories"]
    (calendar,) = in_section(section, Calendar)
    under = date(2024, 2, 20)
    marks = [days.mark for days in calendar.strips[0].days if days.first <= under <= days.last]
    assert marks[-1] == "uncounted"
    codes = [phrase.code for block in in_section(section, Paragraph) for phrase in block.phrases]
    assert "history_permits" in codes
