"""How long one person may stay: published examples, worked cases, and thousands of lives against a reference that
walks through every day.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from random import Random

import histories
import pytest
import reference
from histories import Life
from hypothesis import given, settings
from hypothesis import strategies as st

from koshiqon.law.regimes import Limit
from koshiqon.stay import limits, presence
from koshiqon.stay.limits import (
    DatedLimit,
    NoLimitInForce,
    Reentry,
    always,
    earliest_reentry,
    first_unlawful_day,
    last_lawful_day,
)
from koshiqon.stay.presence import (
    Count,
    DaysBack,
    ExitBeforeEntry,
    PeriodBackwards,
    Stay,
    StaysOverlap,
    Uncounted,
    days_in_window,
    days_of_absence,
    days_of_stay,
    days_that_come_back,
)


def day(text: str) -> date:
    return date.fromisoformat(text)


def stay(entry: str, leave: str | None = None) -> Stay:
    return Stay(day(entry), None if leave is None else day(leave))


SCHENGEN = always(Limit(None, 90, 180))


# --- the 90-in-180 rule as its authorities explain it ----------------------------------------------------------------
#
# State Secretariat for Migration, Switzerland, short-stay calculator, examples 1, 2, 4 and 5 as of 2014-12-01:
# https://www.sem.admin.ch/sem/de/home/themen/einreise/aufenthaltsrechner/bsp-1.html
# https://www.sem.admin.ch/sem/en/home/themen/einreise/aufenthaltsrechner/bsp-2.html
# https://www.fedpol.admin.ch/sem/de/home/themen/einreise/aufenthaltsrechner/bsp-4.html
# https://www.fedpol.admin.ch/sem/en/home/themen/einreise/aufenthaltsrechner/bsp-5.html

SWISS_1 = [stay("2014-08-15", "2014-09-30")]
SWISS_5 = [stay("2013-09-01", "2013-09-30"), stay("2014-02-21", "2014-04-20")]


def test_swiss_example_1_after_47_days_in_autumn_90_are_free_at_new_year():
    assert days_of_stay(SWISS_1[0], day("2014-12-31")) == 47
    assert last_lawful_day([*SWISS_1, stay("2015-01-01")], SCHENGEN) == day("2015-01-01") + timedelta(days=89)


def test_swiss_example_2_who_returns_in_november_may_stay_until_13_december():
    assert last_lawful_day([*SWISS_1, stay("2014-11-01")], SCHENGEN) == day("2014-12-13")


def test_swiss_example_5_a_stay_to_9_june_is_nine_days_over_and_a_return_on_30_august_may_last_50_days():
    third = stay("2014-05-01", "2014-06-09")
    assert first_unlawful_day([*SWISS_5, third], SCHENGEN) == day("2014-06-01")
    assert last_lawful_day([*SWISS_5, third], SCHENGEN) == day("2014-05-31")
    again = [*SWISS_5, third, stay("2014-08-30")]
    assert last_lawful_day(again, SCHENGEN) == day("2014-08-30") + timedelta(days=49)


def test_swiss_example_4_who_came_at_new_year_after_two_stays_may_stay_until_31_march():
    stays = [stay("2013-06-01", "2013-07-13"), stay("2013-08-15", "2013-09-30"), stay("2014-01-01", "2014-01-30")]
    assert first_unlawful_day(stays, SCHENGEN) is None
    assert last_lawful_day(stays, SCHENGEN) == day("2014-03-31")


def test_the_commission_says_90_days_away_without_a_break_give_90_new_days():
    """European Commission, user manual for the short-stay Schengen calculator, section 1:
    https://studylib.net/doc/18407872/user-manual-for-the-short-stay--schengen-
    """
    used = stay("2014-01-01", "2014-03-31")
    back = used.exit + timedelta(days=91)
    assert days_of_absence([used], used.exit, back - timedelta(days=1)) == 90
    assert last_lawful_day([used, Stay(back)], SCHENGEN) == back + timedelta(days=89)
    assert earliest_reentry([used], SCHENGEN, used.exit + timedelta(days=1)).day == back


def test_the_commission_says_stays_under_a_long_stay_visa_or_residence_permit_are_not_counted():
    """The same manual, quoting Regulation (EU) 610/2013."""
    student, visitor = stay("2014-01-01", "2014-06-30"), stay("2014-07-10")
    count = Count(uncounted=(Uncounted(student.entry, day("2014-07-01")),))
    assert last_lawful_day([student, visitor], SCHENGEN, count) == visitor.entry + timedelta(days=89)


# --- worked cases of Kazakhstan that only count (shared/cases/stay_cases.yaml) ---------------------------------------


@pytest.mark.parametrize(
    ("limit", "entry", "last", "entry_day_not_counted"),
    [
        # CP-01, Rules p. 6 (Res. 1146): https://zan.gov.kz/client/#!/doc/63125/rus/10.10.2022
        pytest.param(Limit(90, 90, 180), "2023-01-27", "2023-04-26", "2023-04-27", id="CP-01"),
        # CP-02, protocol of 2022, 30 days: https://en.trend.az/casia/kazakhstan/3882709.html
        pytest.param(Limit(30, 90, 180), "2024-05-01", "2024-05-30", "2024-05-31", id="CP-02"),
        # CP-04, Rules p. 17 part 2, 14 days: https://zan.gov.kz/client/#!/doc/63125/rus/10.10.2022
        pytest.param(Limit(14, 42, 180), "2022-07-08", "2022-07-21", "2022-07-22", id="CP-04"),
    ],
)
def test_the_last_lawful_day_of_a_first_stay(limit, entry, last, entry_day_not_counted):
    assert last_lawful_day([stay(entry)], always(limit)) == day(last)
    assert last_lawful_day([stay(entry)], always(limit), Count(entry_day=False)) == day(entry_day_not_counted)


def test_vr_02_who_leaves_and_enters_on_27_january_2023_has_a_new_count_of_90_days():
    """VR-02: https://www.rbc.ru/rbcfreenews/63c7d8339a79472c4271910c"""
    start = day("2023-01-27")
    stays, count = [stay("2022-11-01", "2023-01-27"), stay("2023-01-27")], Count(entries_since=start)
    assert days_in_window(stays, start - timedelta(days=1), 180, count) == 0
    assert last_lawful_day(stays, always(Limit(90, 90, 180)), count) == start + timedelta(days=89)


def test_vr_04_days_under_a_temporary_residence_permit_are_not_counted():
    """VR-04: https://astanatimes.com/2023/01/kazakhstan-amends-immigration-rules-cancels-visa-run-for-foreign-nationals/"""
    count = Count(uncounted=(Uncounted(day("2023-02-01"), day("2024-02-01")),))
    stays = [stay("2023-02-01")]
    assert days_in_window(stays, day("2024-01-31"), 180, count) == 0
    assert first_unlawful_day(stays, always(Limit(90, 90, 180)), count, day("2024-01-31")) is None


def test_vr_05_and_vr_06_with_90_days_used_an_entry_is_unlawful_until_a_day_leaves_the_window():
    """https://intermarkrelocation.com/news/immigration/kazakhstan-visa-free-visitors-may-not-stay-in-country-over-90-days-in-180-days-/"""
    used, law = [stay("2023-01-27", "2023-04-26")], always(Limit(90, 90, 180))
    assert first_unlawful_day([*used, stay("2023-04-30")], law) == day("2023-04-30")
    assert earliest_reentry(used, law, day("2023-04-30")) == Reentry(day("2023-07-26"), day("2023-10-23"))
    assert days_that_come_back(used, day("2023-04-30"), 180) == (DaysBack(day("2023-07-26"), day("2023-10-23")),)


def test_vr_07_at_most_30_days_an_entry_and_90_in_all():
    """VR-07: https://visitastana.kz/en/information/tourist-memo/the-procedure-for-entry-and-stay-of-foreigners-in-the-republic-of-kazakhstan/"""
    law = always(Limit(30, 90, 180))
    runs = [stay("2023-02-01", "2023-03-02"), stay("2023-03-03", "2023-04-01"), stay("2023-04-02", "2023-05-01")]
    assert last_lawful_day(runs, law) == day("2023-05-01")
    assert first_unlawful_day([*runs, stay("2023-05-02")], law) == day("2023-05-02")


def test_vr_09_from_1_april_to_10_may_is_40_days_and_50_are_left():
    """VR-09: https://harant.ru/questions/q-71577"""
    first, again = stay("2025-04-01", "2025-05-10"), stay("2025-05-17")
    assert days_of_stay(first, day("2025-05-10")) == 40
    assert last_lawful_day([first, again], always(Limit(90, 90, 180))) == again.entry + timedelta(days=49)


# --- what counts -----------------------------------------------------------------------------------------------------


def test_leaving_and_coming_back_on_one_day_is_one_day():
    stays = [stay("2024-03-01", "2024-03-05"), stay("2024-03-05", "2024-03-09")]
    assert days_in_window(stays, day("2024-03-31"), 180) == 9


def test_a_stay_that_began_before_the_window_counts_only_its_days_inside():
    assert days_in_window([stay("2024-01-01", "2024-03-10")], day("2024-03-20"), 30) == 20


def test_where_the_day_of_exit_does_not_count_the_person_may_leave_a_day_later():
    law, count = always(Limit(30, None, None)), Count(exit_day=False)
    assert last_lawful_day([stay("2024-05-01")], law) == day("2024-05-30")
    assert last_lawful_day([stay("2024-05-01")], law, count) == day("2024-05-31")
    assert first_unlawful_day([stay("2024-05-01", "2024-05-31")], law, count) is None


def test_a_limit_that_shrinks_during_a_stay_is_exceeded_on_the_day_it_shrinks():
    law = (DatedLimit(date.min, Limit(90, None, None)), DatedLimit(day("2024-06-15"), Limit(30, None, None)))
    assert first_unlawful_day([stay("2024-05-01")], law) == day("2024-06-15")
    assert first_unlawful_day([stay("2024-06-01")], law) == day("2024-07-01")


def test_a_permit_in_the_middle_stops_the_count_and_then_it_goes_on():
    permit = Count(uncounted=(Uncounted(day("2024-05-11"), day("2024-06-10")),))
    assert last_lawful_day([stay("2024-05-01")], always(Limit(30, 90, 180)), permit) == day("2024-06-29")


def test_where_a_visa_is_needed_not_even_the_day_of_entry_is_lawful():
    law = always(Limit(0, None, None))
    assert first_unlawful_day([stay("2024-05-01")], law, Count(entry_day=False)) == day("2024-05-01")
    assert last_lawful_day([stay("2024-05-01")], law) == day("2024-04-30")
    assert earliest_reentry([], law, day("2024-05-01")) is None


def test_where_no_limit_is_set_a_stay_has_no_end():
    law = always(Limit(None, None, None))
    assert last_lawful_day([stay("2024-05-01")], law) is None
    assert earliest_reentry([stay("2024-05-01")], law, day("2024-06-01")) == Reentry(day("2024-06-01"), None)


def test_who_never_came_has_used_nothing_and_may_enter_at_once():
    assert (first_unlawful_day([], SCHENGEN), last_lawful_day([], SCHENGEN)) == (None, None)
    assert days_of_absence([], day("2024-01-01"), day("2024-12-31")) == 366
    assert days_of_absence([], day("2024-01-02"), day("2024-01-01")) == 0
    assert earliest_reentry([], SCHENGEN, day("2024-01-01")) == Reentry(day("2024-01-01"), day("2024-03-30"))


def test_the_end_of_the_calendar_is_not_fallen_over():
    last = [Stay(date(9999, 12, 1))]
    assert first_unlawful_day(last, always(Limit(90, 90, 180))) is None
    assert days_that_come_back(last, date.max, 180) == ()


# --- letters ---------------------------------------------------------------------------------------------------------


def test_an_exit_before_the_entry_is_refused():
    with pytest.raises(ExitBeforeEntry, match="cannot end on 2024-04-30 when it begins on 2024-05-01"):
        stay("2024-05-01", "2024-04-30")


def test_uncounted_days_that_end_before_they_begin_are_refused():
    with pytest.raises(PeriodBackwards, match="first day that counts again"):
        Uncounted(day("2024-05-01"), day("2024-05-01"))


@pytest.mark.parametrize(("leave", "said"), [(None, "no exit"), ("2024-05-10", "exit on 2024-05-10")])
def test_overlapping_stays_are_refused(leave, said):
    with pytest.raises(StaysOverlap, match=f"entered on 2024-05-09.*began on 2024-05-01.*{said}"):
        days_in_window([stay("2024-05-09"), stay("2024-05-01", leave)], day("2024-06-01"), 180)


def test_a_day_before_the_first_limit_is_refused_not_guessed():
    law = (DatedLimit(day("2020-01-11"), Limit(30, 90, 180)),)
    with pytest.raises(NoLimitInForce, match="known for 2020-01-01; the first one given starts on 2020-01-11"):
        first_unlawful_day([stay("2020-01-01")], law)
    with pytest.raises(NoLimitInForce, match="none was given"):
        first_unlawful_day([stay("2020-01-01")], ())


# --- against the reference -------------------------------------------------------------------------------------------


def measured(life: Life) -> dict[str, object]:
    """Every measure of a life by the program."""
    stays = [Stay(*pair) for pair in life.stays]
    law = [DatedLimit(since, Limit(*limit)) for since, *limit in life.law]
    by_entry, by_exit, uncounted, since = life.reading
    count = Count(by_entry, by_exit, tuple(Uncounted(*pair) for pair in uncounted), since)
    window = life.law[-1][3] or 30
    back = presence.days_that_come_back(stays, life.on, window, count)
    again = limits.earliest_reentry(stays, law, life.on, count, life.horizon)
    return {
        "days_of_stay": [presence.days_of_stay(one, life.on, count) for one in stays],
        "days_in_window": presence.days_in_window(stays, life.on, window, count),
        "days_of_absence": presence.days_of_absence(stays, histories.START, life.on),
        "days_that_come_back": [run.first + timedelta(days=number) for run in back for number in range(run.days)],
        "first_unlawful_day": limits.first_unlawful_day(stays, law, count, life.horizon),
        "last_lawful_day": limits.last_lawful_day(stays, law, count, life.horizon),
        "earliest_reentry": again and again.day,
        "stay_after_reentry": again and again.until,
    }


def defined(life: Life) -> dict[str, object]:
    """Every measure of a life by the reference."""
    stays, law, reading, window = life.stays, life.law, life.reading, life.law[-1][3] or 30
    again = reference.earliest_reentry(stays, law, life.on, reading, life.horizon)
    left = [(entry, min(leave or life.on, life.on)) for entry, leave in stays if entry <= life.on]
    until = again and reference.last_lawful_day([*left, (again, None)], law, reading, life.horizon)
    return {
        "days_of_stay": [reference.days_of_stay(one, life.on, reading) for one in stays],
        "days_in_window": reference.days_in_window(stays, life.on, window, reading),
        "days_of_absence": reference.days_of_absence(stays, histories.START, life.on),
        "days_that_come_back": reference.used_days_back(
            [pair for pair in stays if pair[0] <= life.on], life.on, window, reading
        ),
        "first_unlawful_day": reference.first_unlawful_day(stays, law, reading, life.horizon)[0],
        "last_lawful_day": reference.last_lawful_day(stays, law, reading, life.horizon),
        "earliest_reentry": again,
        "stay_after_reentry": until,
    }


@settings(max_examples=1500)
@given(st.randoms(use_true_random=False))
def test_every_measure_is_what_a_walk_through_the_days_finds(random):
    life = histories.life(random)
    assert measured(life) == defined(life)


def compare(number: int, seed: int) -> Counter[str]:
    """Compare seeded lives; how many each limit decided, and how many had each difficulty."""
    random, told = Random(seed), Counter()
    for _ in range(number):
        life = histories.life(random)
        expected = defined(life)
        assert measured(life) == expected, life
        first, over = reference.first_unlawful_day(life.stays, life.law, life.reading, life.horizon)
        told["+".join(sorted(over)) or "none"] += 1
        entry, leave = life.stays[-1]
        told["open"] += leave is None
        told["law changes within the stay"] += any(entry < row[0] <= (first or life.horizon) for row in life.law)
        told["same-day turn"] += any(a[1] == b[0] for a, b in pairwise(life.stays))
        told["uncounted within the stay"] += any(
            entry <= since <= (first or life.horizon) for since, _ in life.reading[2]
        )
        told["count starts late"] += life.reading[3] is not None
    return told


DECIDING = ("entry", "window", "none")
DIFFICULT = ("open", "law changes within the stay", "same-day turn", "uncounted within the stay", "count starts late")


@pytest.mark.parametrize(("number", "seed"), [(2000, 20230127), pytest.param(20_000, 20200111, marks=pytest.mark.long)])
def test_thousands_of_lives_agree_and_each_limit_decides_a_tenth_of_them(number, seed):
    told = compare(number, seed)
    rare = {name: told[name] for name in DECIDING + DIFFICULT if told[name] < number / 10}
    assert not rare, told
