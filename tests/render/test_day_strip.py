"""The strip of days of an answer: what it draws for whom, told apart without colour."""

from __future__ import annotations

import re
from datetime import date
from xml.etree import ElementTree

import pytest

from koshiqon.asking.stay import assessed
from koshiqon.render.day_calendar import Mark
from koshiqon.render.day_strip import DayStrip, signs_of, strip_of, strip_picture
from koshiqon.render.words import Voice, voice
from koshiqon.sources.case_file import CaseWritten, Written
from koshiqon.sources.case_reading import read_case
from koshiqon.sources.country_folder import load_country

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def speaking() -> Voice:
    return voice("en", load_country("kaz"))


def strip(speaking: Voice, citizenship: str, *trips: str, plan: str = "") -> DayStrip:
    written = CaseWritten(
        citizenship=Written(citizenship, "citizenship"),
        trips=tuple(Written(trip, "trip") for trip in trips),
        plan=Written(plan, "plan") if plan else None,
    )
    read = read_case(written, speaking.country, TODAY)
    return strip_of(assessed(read, speaking), speaking.country)


def mark_on(drawn: DayStrip, day: str) -> Mark:
    return next(run.mark for run in drawn.days.runs if run.first <= date.fromisoformat(day) <= run.last)


def test_it_shows_the_window_back_and_ninety_days_ahead(speaking):
    """
    180 days that end on 22 November 2026 begin on 27 May; 90 days later it is 20 February 2027
    """
    drawn = strip(speaking, "UZB", "2026-08-01:2026-08-20", "2026-11-01:")
    assert (drawn.days.first, drawn.days.last) == (date(2026, 5, 27), date(2027, 2, 20))
    assert mark_on(drawn, "2026-08-20") is Mark.COUNTED
    assert mark_on(drawn, "2026-08-21") is Mark.AWAY
    assert mark_on(drawn, "2026-11-30") is Mark.AHEAD
    assert mark_on(drawn, "2026-12-01") is Mark.UNLAWFUL


def test_it_reaches_to_the_end_of_a_trip_in_mind(speaking):
    drawn = strip(speaking, "RUS", "2026-11-01:", plan="2027-02-10:2027-03-20")
    assert drawn.days.last == date(2027, 3, 20)
    assert mark_on(drawn, "2027-03-20") is Mark.PLANNED


def test_days_that_come_back_are_drawn_with_their_number(speaking):
    drawn = strip(speaking, "TJK", "2026-06-01:2026-06-20", "2026-10-05:")
    assert ">+20<" in strip_picture(drawn, speaking, 960, 1, "")
    assert "used days leave the count, one a day" in [sign.words for sign in signs_of(drawn, speaking)]
    without = strip(speaking, "TJK", "2026-11-20:")
    assert "used days leave the count, one a day" not in [sign.words for sign in signs_of(without, speaking)]


@pytest.mark.parametrize(("width", "lines"), [(960, 1), (360, 3)])
def test_the_picture_is_well_formed_and_keeps_within_its_width(speaking, width, lines):
    drawn = strip(speaking, "TJK", "2026-06-01:2026-06-20", "2026-10-05:", plan="2026-12-20:2027-05-01")
    picture = ElementTree.fromstring(strip_picture(drawn, speaking, width, lines, "-x"))
    bars = [part for part in picture if part.tag.endswith("rect")]
    assert bars
    assert all(float(bar.get("x", "0")) + float(bar.get("width", "0")) <= width + 1 for bar in bars)
    dates = [part.text for part in picture.iter() if part.get("font-weight")]
    assert dates == ["22 November 2026"], "the day asked is marked once"


def test_states_are_told_apart_without_colour(speaking):
    """The unlawful is hatched, the planned and the uncertain bear a sign, what is still to come is dotted."""
    late = strip_picture(strip(speaking, "UZB", "2026-10-05:"), speaking, 960, 1, "-late")
    assert 'fill="url(#unlawful-late)"' in late and 'id="unlawful-late"' in late
    planned = strip_picture(strip(speaking, "RUS", "2026-11-20:", plan="2027-01-10:2027-01-30"), speaking, 960, 1, "")
    assert ">+<" in planned and 'stroke-dasharray="5 3"' in planned
    unknown = strip_picture(strip(speaking, "AFG", "2026-11-01:"), speaking, 960, 1, "")
    assert ">?<" in unknown


def test_every_colour_is_a_token_that_follows_the_screen(speaking):
    from koshiqon.render.tokens import LIGHT

    drawn = strip_picture(strip(speaking, "UZB", "2026-10-05:"), speaking, 960, 1, "")
    assert set(re.findall(r"#[0-9a-f]{6}", drawn)) <= set(LIGHT.values())
