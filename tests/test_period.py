"""Days of law, checked against a reference that goes day by day and knows nothing but `datetime`."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koshiqon.period import Period, exactly, parse_date

DAYS = [date(2018, 12, 1) + timedelta(days=number) for number in range(1200)]
"""The days of the reference: more than a year on either side of the days judged below."""

days = st.dates(date(2019, 12, 20), date(2020, 3, 10))
writings = st.one_of(
    days.map(str),
    days.map(lambda day: f"{day:%Y-%m}"),
    days.map(lambda day: f"{day:%Y}"),
    days.map(lambda day: f"..{day}"),
    st.just("unknown"),
)
periods = st.builds(lambda since, until: (since, until), writings, st.none() | writings)


def days_meant_by(writing: str) -> list[date]:
    """The days that a writing leaves possible: `2020-02` leaves the 29 days that begin with `2020-02`."""
    if writing == "unknown":
        return DAYS
    if writing.startswith(".."):
        return [day for day in DAYS if str(day) <= writing[2:]]
    return [day for day in DAYS if str(day).startswith(writing)]


def holds_by_the_calendar(since: str, until: str | None, day: date) -> bool | None:
    """Does the period hold on `day`, whichever of the possible days it began and ended on? None where that matters."""
    begun = {first <= day for first in days_meant_by(since)}
    over = {False} if until is None else {end <= day for end in days_meant_by(until)}
    answers = {has_begun and not is_over for has_begun in begun for is_over in over}
    return answers.pop() if len(answers) == 1 else None


def period(since: str, until: str | None = None) -> Period:
    return Period(parse_date(since), None if until is None else parse_date(until))


@given(periods, days)
def test_a_period_holds_on_the_days_the_calendar_says(written, day):
    assert period(*written).contains(day) is holds_by_the_calendar(*written, day)


@given(days, days)
def test_a_period_holds_on_its_first_day_and_no_longer_on_its_last(one, other):
    first, end = sorted((one, other))
    law = Period(exactly(first), exactly(end))
    assert law.contains(first) is (first < end)
    assert law.contains(end) is False
    assert law.contains(end - timedelta(days=1)) is (first < end)


@given(days, days, days, days)
def test_of_two_periods_that_follow_one_another_exactly_one_holds_on_each_day_between(one, two, three, day):
    first, change, end = sorted((one, two, three))
    old, new = Period(exactly(first), exactly(change)), Period(exactly(change), exactly(end))
    assert not old.surely_overlaps(new)
    assert [old.contains(day), new.contains(day)].count(True) == (first <= day < end)


@given(periods, days)
def test_an_open_period_never_ends(written, day):
    since, _ = written
    assert period(since).contains(max(DAYS)) is (None if since == "unknown" else True)
    assert period(since).contains(day) is parse_date(since).is_on_or_before(day)


@given(periods, periods)
def test_overlap_is_symmetric(one, other):
    assert period(*one).surely_overlaps(period(*other)) == period(*other).surely_overlaps(period(*one))


@given(periods, periods)
def test_two_periods_overlap_when_there_is_a_day_on_which_both_certainly_hold(one, other):
    early, late = period(*one), period(*other)
    assert early.surely_overlaps(late) == any(early.contains(day) and late.contains(day) for day in DAYS)


@given(periods)
def test_a_backwards_period_can_hold_on_no_day(written):
    since, until = written
    begins = days_meant_by(since)
    ends = days_meant_by(until) if until is not None else [date.max]
    never = since != "unknown" and not since.startswith("..") and until != "unknown" and max(ends) <= min(begins)
    assert period(*written).is_backwards() == never


@given(writings)
def test_a_date_keeps_its_writing_and_spans_the_days_it_means(writing):
    when = parse_date(writing)
    assert when.text == writing
    assert [day for day in DAYS if when.earliest <= day <= when.latest] == days_meant_by(writing)


@pytest.mark.parametrize(
    ("writing", "day", "come"),
    [
        ("2023-01-27", "2023-01-26", False),
        ("2023-01-27", "2023-01-27", True),
        ("2023-01", "2022-12-31", False),
        ("2023-01", "2023-01-15", None),
        ("2023-01", "2023-01-31", True),
        ("2023", "2023-12-30", None),
        ("2023", "2023-12-31", True),
        ("..2019-07-22", "2019-07-21", None),
        ("..2019-07-22", "2019-07-22", True),
        ("unknown", "2023-01-01", None),
    ],
)
def test_whether_a_date_has_come_is_yes_no_or_unknown(writing, day, come):
    assert parse_date(writing).is_on_or_before(date.fromisoformat(day)) is come


@pytest.mark.parametrize("writing", ["2024-02", "2023-12", "0001", "9999", "9999-12", "9999-12-31", "0001-01-01"])
def test_every_month_and_year_of_the_calendar_can_be_written(writing):
    when = parse_date(writing)
    assert str(when.earliest).startswith(writing) and str(when.latest).startswith(writing)


NOT_IN_THE_CALENDAR = ["0000", "2023-00", "2023-13", "2023-02-29", "2024-02-30"]
NOT_IN_THE_FORM = [
    "",
    " ",
    "2023-1",
    "2023-1-7",
    "23-01-07",
    "20230107",
    "2023/01/07",
    "2023-01-07T00:00",
    "07.01.2023",
]
NOT_QUITE = ["2023-01-07 ", "2023\n", "2023-", "-2023", "2019..", "..", "....2019-07-22", "..unknown", "Unknown"]
NOT_IN_OUR_DIGITS = ["٢٠٢٣", "2023-٠١"]


@pytest.mark.parametrize("writing", NOT_IN_THE_CALENDAR + NOT_IN_THE_FORM + NOT_QUITE + NOT_IN_OUR_DIGITS)
def test_what_is_no_date_is_refused(writing):
    with pytest.raises(ValueError):
        parse_date(writing)


@given(st.from_regex(r"(\.\.)?[12][0-9]{3}(-[0-9]{2}(-[0-9]{2})?)?", fullmatch=True))
def test_what_looks_like_a_date_is_read_or_refused(writing):
    try:
        when = parse_date(writing)
    except ValueError:
        return
    assert when.earliest <= when.latest
    assert when.is_exact == (len(writing) == len("2023-01-27"))
