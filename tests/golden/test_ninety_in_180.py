"""The rule of 90 days in any 180 as its authorities explain it, in a country that holds nothing else.

`tests/countries/window` knows this rule and, as its regulation has it, that days under a residence permit are not
counted. So what agrees here owes nothing to Kazakhstan.

Read and left out: Swiss example 3 (https://www.rhf.admin.ch/sem/en/home/themen/einreise/aufenthaltsrechner/bsp-3.html)
is garbled in English as in German. A first stay from 15.08.2014 to 04.11.2013 ends before it begins; the planned one
begins on the 8th in the table and on the 18th in the text; and with no stay of any year in place of the first does the
stated last day, 27 March 2014, follow from the rule for both.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from koshiqon.country import Country
from koshiqon.sources.country_folder import read_country
from koshiqon.stay.answer import Answer, Assessment, Standing
from koshiqon.stay.assessment import assess
from koshiqon.stay.case import Paper, StayCase
from koshiqon.stay.presence import Stay

ONE = timedelta(days=1)
WINDOW = Path(__file__).parent.parent / "countries" / "window"


@pytest.fixture(scope="module")
def country() -> Country:
    reading = read_country(WINDOW)
    assert reading.faults == ()
    return reading.country


def day(text: str) -> date:
    return date.fromisoformat(text)


def stays(*written: str) -> tuple[Stay, ...]:
    """Stays written `entry:exit`, the exit empty for a person who is still there."""
    pairs = [text.split(":") for text in written]
    return tuple(Stay(day(entry), day(leave) if leave else None) for entry, leave in pairs)


def asked(country: Country, on: str, *written: str, plan: str | None = None) -> Assessment:
    case = StayCase(None, stays(*written), plan=stays(plan)[0] if plan else None)
    return assess(case, country, day(on))


# --- State Secretariat for Migration, Switzerland: short-stay calculator, examples as of 1 December 2014 -------------


def test_swiss_example_1_after_47_days_in_autumn_90_more_are_free_at_new_year(country):
    """https://www.rhf.admin.ch/sem/en/home/themen/einreise/aufenthaltsrechner/bsp-1.html"""
    leaving = asked(country, "2014-09-30", "2014-08-15:2014-09-30")
    assert leaving.used.used_window == 47
    back = asked(country, "2015-01-01", "2014-08-15:2014-09-30", "2015-01-01:")
    assert back.last_lawful_day == day("2015-01-01") + 89 * ONE


def test_swiss_example_2_both_stays_were_legal_and_the_second_could_have_lasted_until_13_december(country):
    """https://www.sem.admin.ch/sem/en/home/themen/einreise/aufenthaltsrechner/bsp-2.html"""
    told = asked(country, "2014-11-30", "2014-08-15:2014-09-30", "2014-11-01:2014-11-30")
    assert (told.standing, told.last_lawful_day) == (Standing.LAWFUL, day("2014-12-13"))


def test_swiss_example_4_the_stay_in_january_was_legal_and_could_have_lasted_until_31_march(country):
    """https://www.fedpol.admin.ch/sem/de/home/themen/einreise/aufenthaltsrechner/bsp-4.html"""
    told = asked(country, "2014-01-30", "2013-06-01:2013-07-13", "2013-08-15:2013-09-30", "2014-01-01:2014-01-30")
    assert (told.standing, told.last_lawful_day) == (Standing.LAWFUL, day("2014-03-31"))


def test_swiss_example_5_nine_days_over_on_9_june_and_back_on_30_august_for_up_to_50_days(country):
    """https://www.fedpol.admin.ch/sem/en/home/themen/einreise/aufenthaltsrechner/bsp-5.html"""
    three = ["2013-09-01:2013-09-30", "2014-02-21:2014-04-20", "2014-05-01:2014-06-09"]
    told = asked(country, "2014-06-09", *three)
    assert (told.answer, told.overstay_days) == (Answer.OVERSTAYED, 9)
    fifty = asked(country, "2014-06-10", *three, plan="2014-08-30:2014-10-18").plan
    assert (fifty.last - fifty.first + ONE, fifty.standing) == (50 * ONE, Standing.LAWFUL)
    longer = asked(country, "2014-06-10", *three, plan="2014-08-30:2014-10-19").plan
    assert (longer.standing, longer.broken_on) == (Standing.UNLAWFUL, day("2014-10-19"))


def test_swiss_example_6_on_1_march_164_days_of_the_window_are_used_74_too_many(country):
    """https://www.sem.admin.ch/sem/en/home/themen/einreise/aufenthaltsrechner/bsp-6.html for the first stay;
    https://www.sem.admin.ch/sem/de/home/themen/einreise/aufenthaltsrechner/bsp-6.html for the entry of the second.

    Switzerland leaves the first stay out, since it does not lie in the 180 days before the check, and so calls the
    days of that one window beyond 90 the overstay. Held against its own 180 days, as the regulation words it, each day
    from 5 November on was unlawful, for in autumn the first stay still lay in the window: 117 days, not 74.
    """
    alone = asked(country, "2014-03-01", "2013-09-19:2014-03-01")
    assert alone.overstay_days == 74
    both = asked(country, "2014-03-01", "2013-06-28:2013-08-09", "2013-09-19:2014-03-01")
    assert both.used.used_window - both.used.in_window == 74
    assert (both.last_lawful_day, both.overstay_days) == (day("2013-11-04"), 117)


# --- European Commission ---------------------------------------------------------------------------------------------

MANUAL = "https://studylib.net/doc/18407872/user-manual-for-the-short-stay--schengen-"
"""User manual for the short-stay Schengen calculator, section 1."""


def test_the_commission_says_90_days_away_without_a_break_give_90_new_days(country):
    """MANUAL. The Norwegian Directorate of Immigration says the same of the one who used 90 days:
    https://www.udi.no/en/answer-pages/frequently-asked-questions-about-visitor-visa/what-is-the-90180-days-rule/
    """
    entry, last = day("2014-01-01"), day("2014-03-31")
    back = last + 91 * ONE
    assert asked(country, str(last), f"{entry}:{last}").used.left == 0
    told = asked(country, str(last + ONE), f"{entry}:{last}")
    assert (told.reentry.day, told.reentry.until) == (back, back + 89 * ONE)


def test_the_commission_counts_the_day_of_entry_as_the_first_and_the_day_of_exit_as_the_last(country):
    """MANUAL."""
    assert asked(country, "2014-05-10", "2014-05-01:2014-05-10").used.used_window == 10
    assert asked(country, "2014-05-10", "2014-05-10:2014-05-10").used.used_window == 1


def test_the_commission_does_not_count_days_under_a_residence_permit_or_long_stay_visa(country):
    """MANUAL, quoting Regulation (EU) 610/2013."""
    student = Paper("residence_permit", day("2014-01-01"), day("2014-06-30"))
    case = StayCase(None, stays("2014-01-01:2014-06-30", "2014-07-10:"), (student,))
    told = assess(case, country, day("2014-07-10"))
    assert (told.used.used_window, told.last_lawful_day) == (1, day("2014-07-10") + 89 * ONE)


def test_an_example_of_a_decision_of_the_commission_reaches_89_days_on_11_september(country):
    """As https://dev.to/nekoautomata/an-entry-day-count-is-not-a-whole-trip-answer-trace-rolling-windows-with-why180-6nf
    has it; the decision itself was not read.
    """
    second = asked(country, "2014-09-11", "2014-04-19:2014-04-21", "2014-06-18:2014-09-11")
    assert (second.standing, second.used.used_window) == (Standing.LAWFUL, 89)
    assert asked(country, "2014-06-18", "2014-04-19:2014-04-21", "2014-06-18:").used.used_window == 4


# --- others, with the outcome that they state ------------------------------------------------------------------------


def test_a_berlin_law_office_lets_who_left_on_8_december_come_back_on_9_march_for_90_days(country):
    """https://www.aufenthaltserlaubnis-berlin.de/Archive/545, which used the calculator of the Commission."""
    told = asked(country, "2022-12-09", "2022-09-10:2022-12-08")
    assert told.used.used_window == 90
    assert (told.reentry.day, told.reentry.days) == (day("2023-03-09"), 90)


def test_the_independent_lets_britons_who_began_2021_in_the_area_stay_until_the_last_day_of_march(country):
    """https://www.pressreader.com/uk/the-independent-1029/20210411/282973927850309"""
    assert asked(country, "2021-01-01", "2021-01-01:").last_lawful_day == day("2021-03-31")
