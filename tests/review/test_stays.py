"""Who may stay how long on a day. Expected values cite facts/law_stay.md (sections 0 and 2) and facts/visa_free.csv."""

from __future__ import annotations

from datetime import date

import pytest

from koshiqon.law.regimes import Regime

GOLDEN = [
    # day, citizenship, days a visit, days in window, window; the line of the facts that says so
    ("2026-11-22", "UZB", 30, 90, 180, "law_stay.md 2: Uzbekistan, protocol of 2022"),
    ("2026-11-22", "RUS", 90, 90, 180, "law_stay.md 2: Russia, Rules p. 6"),
    ("2026-11-22", "KGZ", 90, 90, 180, "law_stay.md 0.4: back on 1 September 2025"),
    ("2026-11-22", "TJK", 90, 90, 180, "law_gaps.md 5: Tajikistan, Interior Ministry, January 2023"),
    ("2026-11-22", "AZE", 90, 90, 180, "law_gaps.md 5: Azerbaijan since 2023-01-27"),
    ("2026-11-22", "CHN", 30, 90, 180, "law_stay.md 2: China, agreement in force 2023-11-10"),
    ("2023-11-09", "CHN", 14, 42, 180, "law_stay.md 2: India, Iran and China 14/42 from 2022-07-08"),
    ("2022-07-08", "IND", 14, 42, 180, "law_stay.md 2: from 2022-07-08"),
    ("2025-09-06", "TUR", 30, 90, 180, "law_stay.md 2: 30 before 2025-09-07"),
    ("2025-09-07", "TUR", 90, 90, 180, "law_stay.md 2: from about 2025-09-07"),
    ("2021-02-01", "DEU", 0, None, None, "law_stay.md 4: list off 2020-04-17 to 2021-12-31"),
    ("2022-01-01", "DEU", 30, 90, 180, "law_stay.md 0.6: again from 2022-01-01"),
    ("2016-12-31", "DEU", 15, None, None, "law_stay.md 2: nineteen states, 15 days from 2015-07-16"),
    ("2017-01-01", "DEU", 30, None, None, "law_stay.md 2: forty-five states, 30 days"),
]


def sure(kaz, citizenship: str, day: date) -> list[Regime]:
    return [row for row in kaz.country.regimes if row.citizenship == citizenship and row.period.contains(day)]


@pytest.mark.parametrize(("day", "citizenship", "per_entry", "in_window", "window", "fact"), GOLDEN)
def test_the_limit_of_a_citizenship_on_a_day(kaz, day, citizenship, per_entry, in_window, window, fact):
    limits = {
        (row.limit.per_entry, row.limit.in_window, row.limit.window)
        for row in sure(kaz, citizenship, date.fromisoformat(day))
        if row.regime != "transit_72h"
    }
    assert (per_entry, in_window, window) in limits, fact


def test_the_window_was_law_from_2020_and_applied_at_the_border_from_2023(kaz):
    """law_stay.md 0.2: 90/180 is in the Law since 11 January 2020, the border applied it only from 27 January 2023."""
    (row,) = sure(kaz, "*", date(2022, 6, 1))
    assert (row.limit.in_window, row.limit.window) == (90, 180)
    assert row.window_enforced_on(date(2022, 6, 1)) is False
    (today,) = sure(kaz, "*", date(2023, 1, 27))
    assert today.window_enforced_on(date(2023, 1, 27)) is True


def test_a_start_that_nobody_knows_is_neither_yes_nor_no(kaz):
    """visa_free.csv: the agreement with Macao was signed by April 2024, its first day in force was not found."""
    (row,) = [row for row in kaz.country.regimes if row.citizenship == "MAC" and row.regime == "bilateral"]
    assert row.period.contains(date(2026, 11, 22)) is None


def test_a_country_without_a_rule_of_its_own_is_never_given_the_general_limit(kaz):
    """visa_free.csv has no row for Afghanistan, and none for Iran before 2022-07-08: nothing may be concluded for
    them.
    """
    assert kaz.country.on(date(2026, 11, 22)).regimes("AFG") == ()
    assert kaz.country.on(date(2020, 6, 1)).regimes("IRN") == ()
