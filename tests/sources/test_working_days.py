"""Working days in Kazakhstan against the calendar as it was decreed, and where nobody knows it."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koshiqon.rules.judging import ReasonKind, Unknown, unknown
from koshiqon.sources.country_folder import read_country
from koshiqon.sources.working_days import working_days_of

KZ = working_days_of("KZ")
NOBODY_KNOWS = unknown(ReasonKind.NOT_MODELLED, "calendar")

COUNTED = """
2024-03-20  1  2024-03-26   Nauryz is 21-23 March; the 23rd, a Saturday, moves to Monday the 25th
2025-03-20  1  2025-03-26   of Nauryz two days fell on a weekend, so Monday and Tuesday were free
2025-03-20  3  2025-03-28
2024-12-13  1  2024-12-17   16 December 2024 was a Monday
2022-12-15  1  2022-12-19   16 December 2022 was a Friday
2024-05-03  1  2024-05-04   a working Saturday, for 8 May
2024-05-06  1  2024-05-10   7 to 9 May: two holidays and the day exchanged for the Saturday
2025-01-03  1  2025-01-05   a working Sunday, for 3 January
2024-07-05  1  2024-07-09   Capital Day, 6 July, a Saturday, moves to Monday
2024-02-05  3  2024-02-08   a week without holidays
2024-02-09  1  2024-02-12   over a weekend
2024-02-10  0  2024-02-10   no working day added: the day itself, whatever it is
2024-03-26 -1  2024-03-20   backwards over Nauryz
2024-02-12 -1  2024-02-09
"""


@pytest.mark.parametrize("row", COUNTED.strip().splitlines())
def test_working_days_leave_out_weekends_holidays_and_days_that_were_moved(row):
    day, amount, found, *_ = row.split()
    assert KZ(date.fromisoformat(day), int(amount)) == date.fromisoformat(found)


@given(st.dates(date(2010, 1, 1), date(2030, 1, 1)), st.integers(1, 40))
def test_so_many_working_days_back_from_a_working_day_lead_to_where_one_came_from(day, amount):
    start = KZ(day, 1)
    assert isinstance(start, date)
    there = KZ(start, amount)
    assert isinstance(there, date) and there - start >= timedelta(days=amount)
    assert KZ(there, -amount) == start


@pytest.mark.parametrize(("day", "amount"), [(date(1990, 12, 1), 1), (date(1991, 1, 1), -1), (date(2100, 12, 31), 1)])
def test_outside_the_years_that_the_calendar_knows_nothing_is_told(day, amount):
    assert KZ(day, amount) == NOBODY_KNOWS


@pytest.mark.parametrize(("day", "amount"), [(date.max, 1), (date.min, -1), (date(2024, 1, 1), 10**6)])
def test_the_ends_of_the_calendar_and_endless_terms_are_unknown_and_no_fault(day, amount):
    assert isinstance(KZ(day, amount), Unknown)


def test_a_country_whose_holidays_nobody_wrote_down_has_no_working_days():
    assert working_days_of("ZZ")(date(2024, 1, 1), 1) == NOBODY_KNOWS


def test_a_country_counts_by_the_calendar_it_names_and_without_one_not_at_all(toyland_copy):
    assert read_country(toyland_copy).country.add_working_days(date(2024, 3, 20), 1) == date(2024, 3, 26)
    head = toyland_copy / "country.yaml"
    head.write_text(head.read_text(encoding="utf-8").replace("holidays: KZ\n", ""), encoding="utf-8")
    assert read_country(toyland_copy).country.add_working_days(date(2024, 3, 20), 1) == NOBODY_KNOWS


def test_reading_a_country_does_not_load_the_calendar(toyland):
    program = (
        "import pathlib, sys\n"
        "from koshiqon.sources.country_folder import read_country\n"
        f"read_country(pathlib.Path({str(toyland)!r}))\n"
        "print('holidays' in sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert told.stdout == "False\n"
