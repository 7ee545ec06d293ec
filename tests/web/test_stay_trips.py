"""Trips as people paste them."""

from __future__ import annotations

import pytest

from koshiqon.web.pages.stay_trips import TripRow, day_as_written, pasted_trips

WHOLE = TripRow("2026-01-05", "2026-02-01")


@pytest.mark.parametrize(
    "line",
    [
        "2026-01-05 - 2026-02-01",
        "05.01.2026–01.02.2026",
        "5.1.2026 — 1.2.2026",
        "2026-01-05\t2026-02-01",
        "05/01/2026 to 01/02/2026",
        "2026-01-05-2026-02-01",
        "05-01-2026-01-02-2026",
        "3. въезд 05.01.2026, выезд 01.02.2026",
        "2026-01-05 00:00:00;2026-02-01 23:59",
    ],
)
def test_a_line_with_two_days_is_a_trip(line):
    assert pasted_trips(line).trips == (WHOLE,)


@pytest.mark.parametrize("line", ["2026-10-05", "05.10.2026 –", "12) 5.10.2026 …", "2026-10-05 08:30"])
def test_a_line_with_one_day_is_a_stay_that_still_lasts(line):
    assert pasted_trips(line).trips == (TripRow("2026-10-05"),)


@pytest.mark.parametrize(
    "line",
    [
        "выезд 05.01.2026",
        "31.02.2026 – 01.03.2026",
        "05.01.26 – 01.02.26",
        "in January",
        "2026-01-05 2026-02-01 2026-03-01",
    ],
)
def test_a_line_that_may_mean_something_else_is_left_to_its_writer(line):
    found = pasted_trips(f"2026-01-05 2026-02-01\n\n{line}")
    assert found.unread == ((3, line),)
    assert found.trips == (WHOLE,)


def test_a_day_in_another_writing_is_taken_and_what_is_no_day_stays_as_it_is():
    assert day_as_written("5.1.2026") == "2026-01-05"
    assert day_as_written(" 2026-02-31 ") == "2026-02-31"
    assert day_as_written("tomorrow") == "tomorrow"
