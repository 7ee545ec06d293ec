"""Figures: when a statistical period ends, and how a single figure is addressed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koshiqon.evidence import Basis, Confidence
from koshiqon.trends.series import Observation, period_end


def figure(period: str, **differs) -> Observation:
    described = {"area": "XTL", "counterpart": "_T", "sex": "_T", "age": "_T", "dimensions": (), **differs}
    basis = Basis(("census", "daily"), Confidence.HIGH)
    return Observation("arrivals", period=period, value=1, unit="persons", status="A", basis=basis, **described)


@pytest.mark.parametrize(
    ("period", "end"),
    [
        ("2024", "2024-12-31"),
        ("2024-S1", "2024-06-30"),
        ("2024-S2", "2024-12-31"),
        ("2024-Q1", "2024-03-31"),
        ("2024-Q3", "2024-09-30"),
        ("2024-05-10", "2024-05-10"),
        ("2023/2024", "2024-12-31"),
        ("2025-01-01/2025-10-31", "2025-10-31"),
        ("1990/P5Y", "1995-06-30"),
    ],
)
def test_a_period_ends_on_its_last_day(period, end):
    assert period_end(period) == end


def test_ten_months_end_later_than_the_first_half_of_the_year():
    assert period_end("2025-01-01/2025-10-31") > period_end("2025-S1")


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1)))
def test_a_month_ends_before_the_next_begins(day):
    month = f"{day:%Y-%m}"
    assert f"{month}-28" <= period_end(month)
    assert period_end(month)[:7] == month


def test_a_figure_is_addressed_by_what_it_counts_and_by_its_first_source():
    by_purpose = (("purpose", "work"), ("region", "north"))
    assert figure("2024").name == "arrivals/_T/_T/_T/2024//census"
    row = figure("2024", counterpart="KGZ", sex="F", age="Y15+", dimensions=by_purpose)
    assert row.name == "arrivals/KGZ/F/Y15+/2024/purpose=work;region=north/census"
