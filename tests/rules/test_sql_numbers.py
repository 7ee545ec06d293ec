"""Whole numbers and days in SQL are exact, before zero and at the ends of 64 bits."""

from __future__ import annotations

from datetime import date, timedelta

import duckdb
import pytest

from koshiqon.rules.sql import Dialect
from koshiqon.rules.sql_numbers import counted, date_of, divided, floored, number_of

NUMBERS = (-(2**63) + 1, -86_400_000_001, -8, -7, -1, 0, 1, 7, 8, 2**53 + 1, 2**63 - 1)
EPOCH = date(1970, 1, 1)


def value(text: str) -> object:
    ((found,),) = duckdb.sql(f"SELECT {text}").fetchall()
    return found


@pytest.mark.parametrize("by", [1, 2, 7, 86_400_000_000])
@pytest.mark.parametrize("number", NUMBERS)
def test_a_quotient_is_whole_and_exact(number, by):
    toward_zero = abs(number) // by * (1 if number >= 0 else -1)
    assert value(divided(f"CAST({number} AS BIGINT)", by, Dialect.DUCKDB)) == toward_zero
    assert value(floored(f"CAST({number} AS BIGINT)", by, Dialect.DUCKDB)) == number // by


@pytest.mark.parametrize("day", [date(1, 1, 1), date(1969, 12, 31), EPOCH, date(2024, 2, 29), date(9999, 12, 31)])
def test_a_day_and_its_number_are_the_same_day(day):
    number = (day - EPOCH) // timedelta(days=1)
    assert value(number_of(f"DATE '{day.isoformat()}'", Dialect.DUCKDB)) == number
    assert value(date_of(f"CAST({number} AS BIGINT)")) == day


def test_numbers_are_counted_from_the_first_to_the_last_and_never_down():
    spans = "(VALUES (1, 2, 4), (2, 5, 5), (3, 6, 5), (4, 9, NULL)) AS spans (name, start, finish)"
    found = duckdb.sql(f"SELECT name, {counted('start', 'finish', Dialect.DUCKDB)} AS number FROM {spans} ORDER BY ALL")
    assert found.fetchall() == [(1, 2), (1, 3), (1, 4), (2, 5)]
