"""Parameters of law on a day: one value, none yet, or several where sources differ."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koshiqon.evidence import Basis, Confidence
from koshiqon.language import Text
from koshiqon.law.acts import Parameter, ParameterValue
from koshiqon.period import Period, exactly, parse_date


def parameter(*values: tuple[str, str | None, int]) -> Parameter:
    """A parameter whose values are written as (since, until, value)."""
    basis = Basis(("gazette",), Confidence.HIGH)
    periods = [(Period(parse_date(since), until and parse_date(until)), value) for since, until, value in values]
    return Parameter(
        "days_per_entry",
        "xtl/1-I",
        Text({"en": "days per entry"}),
        "days",
        tuple(ParameterValue(period, value, None, basis) for period, value in periods),
    )


def values_on(asked: Parameter, day: str) -> list[object]:
    return [value.value for value in asked.on(date.fromisoformat(day))]


SIXTY_THEN_THIRTY = parameter(("2001-01-01", "2020-01-11", 60), ("2020-01-11", None, 30))


@pytest.mark.parametrize(
    ("day", "values"),
    [("2000-12-31", []), ("2001-01-01", [60]), ("2020-01-10", [60]), ("2020-01-11", [30]), ("2030-01-01", [30])],
)
def test_a_parameter_changes_on_the_day_the_new_value_begins(day, values):
    assert values_on(SIXTY_THEN_THIRTY, day) == values


def test_where_two_sources_differ_both_values_are_told():
    assert values_on(parameter(("2012-01-01", None, 5), ("2012-01-01", None, 10)), "2024-01-01") == [5, 10]


def test_a_value_that_may_have_begun_is_told_beside_the_one_that_may_have_ended():
    changed_some_day_of_2020 = parameter(("2001-01-01", "2020", 60), ("2020", None, 30))
    assert values_on(changed_some_day_of_2020, "2019-12-31") == [60]
    assert values_on(changed_some_day_of_2020, "2020-06-01") == [60, 30]
    assert values_on(changed_some_day_of_2020, "2020-12-31") == [30]


def test_a_value_whose_end_nobody_knows_is_still_told():
    assert values_on(parameter(("2001-01-01", "unknown", 60)), "2024-01-01") == [60]


@given(st.lists(st.dates(date(2001, 1, 1), date(2026, 1, 1)), min_size=1, unique=True), st.dates())
def test_values_that_follow_one_another_leave_no_day_with_two_and_no_gap(changes, day):
    days = sorted(changes)
    basis = Basis(("gazette",), Confidence.HIGH)
    ends = [*map(exactly, days[1:]), None]
    values = [
        ParameterValue(Period(exactly(first), end), str(first), None, basis)
        for first, end in zip(days, ends, strict=True)
    ]
    told = Parameter("n", "xtl/1-I", Text({"en": "n"}), "days", tuple(values)).on(day)
    assert [value.value for value in told] == [str(first) for first in days if first <= day][-1:]
    assert day >= days[0] or not told
    assert all(value.period.contains(day - timedelta(days=1)) is not None for value in told if day > date.min)
