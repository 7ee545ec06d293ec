"""Where the counting of days meets an edge: letters that refuse, the end of the calendar, the last day asked about."""

from __future__ import annotations

from datetime import date

import pytest

from koshiqon.law.regimes import Limit
from koshiqon.rules.judging import add_months
from koshiqon.stay.limits import (
    DatedLimit,
    DaysWithoutWindow,
    NoLimitInForce,
    Reentry,
    always,
    earliest_reentry,
    first_unlawful_day,
    last_lawful_day,
)
from koshiqon.stay.presence import (
    Count,
    ExitBeforeEntry,
    PeriodBackwards,
    Stay,
    StaysOverlap,
    Uncounted,
    days_in_window,
)


def day(number: int) -> date:
    return date(2024, 5, number)


# --- letters ---------------------------------------------------------------------------------------------------------


def test_an_exit_before_the_entry_is_told_with_both_days_and_what_to_do():
    with pytest.raises(ExitBeforeEntry) as refused:
        Stay(day(2), day(1))
    assert (refused.value.entry, refused.value.exit) == (day(2), day(1))
    assert str(refused.value) == (
        "A stay cannot end on 2024-05-01 when it begins on 2024-05-02. Exchange the two dates if they stand in the "
        "wrong order; leave the exit empty if the person is still in the country."
    )


def test_uncounted_days_that_run_backwards_are_told_with_both_days():
    with pytest.raises(PeriodBackwards) as refused:
        Uncounted(day(2), day(1))
    assert (refused.value.since, refused.value.until) == (day(2), day(1))
    assert str(refused.value).startswith("Days not counted from 2024-05-02 cannot stop before 2024-05-01: ")


def test_overlapping_stays_are_told_with_both_and_what_to_do():
    earlier, later = Stay(day(1)), Stay(day(9))
    with pytest.raises(StaysOverlap) as refused:
        days_in_window([later, earlier], day(9), 5)
    assert (refused.value.earlier, refused.value.later) == (earlier, later)
    assert str(refused.value) == (
        "The person entered on 2024-05-09, but the stay that began on 2024-05-01 had not ended by then (no exit). One "
        "person is not in the country twice: add the missing exit, or correct the later entry. Leaving and coming back "
        "on one day is no overlap."
    )


def test_days_in_a_window_of_no_length_are_refused_and_not_taken_for_no_limit():
    with pytest.raises(DaysWithoutWindow) as refused:
        always(Limit(30, 90, None))
    assert refused.value.in_window == 90
    assert str(refused.value) == (
        "At most 90 days in a window, but how long the window is, is not told. Give its length, such as 180, or leave "
        "out both."
    )
    assert always(Limit(30, None, None)) and always(Limit(None, 0, 180))


def test_a_day_without_a_limit_is_told_with_the_first_day_that_has_one():
    with pytest.raises(NoLimitInForce) as refused:
        first_unlawful_day([Stay(day(1))], [DatedLimit(day(9), Limit(30, 90, 180))])
    assert (refused.value.day, refused.value.first) == (day(1), day(9))
    assert str(refused.value) == (
        "No limit of stay is known for 2024-05-01; the first one given starts on 2024-05-09. Ask for a later day, or "
        "add the limit that held before."
    )
    with pytest.raises(NoLimitInForce, match=r"^No limit of stay is known for 2024-05-01; none was given\. Ask"):
        first_unlawful_day([Stay(day(1))], [])


# --- edges of counting -----------------------------------------------------------------------------------------------


def test_a_window_as_long_as_its_limit_never_runs_full():
    assert last_lawful_day([Stay(day(1))], always(Limit(None, 30, 30))) is None


def test_a_limit_already_used_up_is_exceeded_on_the_day_counting_begins_again():
    permit = Count(uncounted=(Uncounted(day(6), day(11)),))
    assert first_unlawful_day([Stay(day(1))], always(Limit(5, None, None)), permit) == day(11)


def test_the_day_of_an_unlawful_entry_counts_before_one_may_come_again():
    stays = [Stay(day(1), day(1)), Stay(day(2))]
    assert earliest_reentry(stays, always(Limit(None, 1, 5)), day(2)) == Reentry(day(7), day(7))


def test_an_entry_on_the_last_day_asked_about_is_found_and_none_after_it():
    stays, law = [Stay(day(1), day(1))], always(Limit(None, 1, 5))
    assert earliest_reentry(stays, law, day(2), horizon=day(6)).day == day(6)
    assert earliest_reentry(stays, law, day(2), horizon=day(5)) is None


# --- the end of the calendar -----------------------------------------------------------------------------------------


def test_months_are_added_within_the_year_9999_and_not_beyond():
    assert add_months(date(9999, 11, 30), 1) == date(9999, 12, 30)
    with pytest.raises(OverflowError):
        add_months(date(9999, 12, 1), 1)
