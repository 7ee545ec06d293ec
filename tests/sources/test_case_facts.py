"""Facts of a case as people write them: a number is a number, and none so long that it would fill the memory."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from koshiqon.sources.case_facts import fact_value
from koshiqon.sources.case_file import CaseWritten, UnreadableCase, Written
from koshiqon.sources.case_reading import read_case


@pytest.mark.parametrize(
    ("written", "meant"),
    [("34", 34), (" 34 ", 34), ("2.50", Decimal("2.5")), ("-1", -1), (7, 7), ("999999999999999", 999_999_999_999_999)],
)
def test_a_number_is_read_as_it_is_meant(kaz, written, meant):
    assert fact_value(kaz.country.facts["person.age"], written) == meant


@pytest.mark.parametrize("written", ["1e999999", "-1e999999", "1e16", "NaN", "Infinity", "many", "", True, None, "1,5"])
def test_what_is_no_number_of_a_life_is_none(kaz, written):
    assert fact_value(kaz.country.facts["person.age"], written) is None


@pytest.mark.parametrize("written", ["0001-01-01", "1899-12-31", "2200-01-01", "9999-12-31"])
def test_a_day_far_from_any_life_of_today_is_refused_with_a_letter_wherever_it_stands(kaz, written):
    def item(value):
        return Written(value, "--trip")

    cases = [
        CaseWritten(on=item(written)),
        CaseWritten(trips=(item(f"{written}:"),)),
        CaseWritten(permits=(item(f"trp:{written}:{written}"),)),
        CaseWritten(plan=item(f"{written}:{written}")),
    ]
    for case in cases:
        with pytest.raises(UnreadableCase) as told:
            read_case(case, kaz.country, date(2026, 11, 22))
        assert {found.code for found in told.value.faults} == {"case_day_too_far"}
    assert fact_value(kaz.country.facts["fear.known_on"], written) is None
