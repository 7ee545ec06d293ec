"""Who may enter without a visa on a day: own rows, the general rule, and what is not known."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koshiqon.evidence import Basis, Confidence
from koshiqon.language import Text
from koshiqon.law.regimes import Limit, Regime, RegimeAbroad, regimes_on
from koshiqon.period import Period, parse_date

NEW_YEAR = date(2024, 1, 1)


def regime(citizenship: str, since: str, until: str | None = None, name: str = "bilateral", **known) -> Regime:
    period = Period(parse_date(since), None if until is None else parse_date(until))
    basis = Basis(("gazette",), Confidence.HIGH)
    return Regime(citizenship, name, period, Limit(30, None, None), "law", Text({"en": "Law"}), basis, **known)


GENERAL = regime("*", "2001-01-01", name="visa_free_default")


def names(rows: tuple[Regime, ...], citizenship: str, day: date = NEW_YEAR) -> list[str]:
    return [row.name for row in regimes_on(rows, citizenship, day)]


def test_the_general_limit_lets_nobody_in_who_has_no_row_of_their_own():
    """A wrong "you may stay" costs somebody an entry ban: without a row of one's own nothing follows from `*`."""
    rows = (GENERAL, regime("KGZ", "2012-07-01"))
    assert names(rows, "KGZ") == ["KGZ/bilateral/2012-07-01"]
    assert names(rows, "UZB") == []


def test_when_the_own_row_has_lapsed_nothing_is_known():
    rows = (GENERAL, regime("KGZ", "2012-07-01", "2024-01-01"))
    assert names(rows, "KGZ", date(2023, 12, 31)) == ["KGZ/bilateral/2012-07-01"]
    assert names(rows, "KGZ", date(2024, 1, 1)) == []


def test_two_legal_grounds_at_once_are_both_told():
    rows = (regime("KGZ", "2012-07-01"), regime("KGZ", "2015-08-12", name="union"))
    assert names(rows, "KGZ") == ["KGZ/bilateral/2012-07-01", "KGZ/union/2015-08-12"]


@pytest.mark.parametrize(
    ("since", "until"), [("2024", None), ("unknown", None), ("2001-01-01", "unknown"), ("2001-01-01", "2024-01")]
)
def test_a_row_that_may_hold_is_told_and_not_left_out(since, until):
    assert names((GENERAL, regime("KGZ", since, until)), "KGZ") == [f"KGZ/bilateral/{since}"]


def test_before_the_first_row_nothing_is_known():
    assert names((GENERAL,), "KGZ", date(2000, 12, 31)) == []


def test_the_general_rule_can_be_asked_for_by_its_star():
    assert names((GENERAL, regime("KGZ", "2012-07-01")), "*") == ["*/visa_free_default/2001-01-01"]


@pytest.mark.parametrize(
    ("enforced_since", "day", "enforced"),
    [
        (None, date(2020, 1, 11), True),
        ("2023-01-27", date(2023, 1, 26), False),
        ("2023-01-27", date(2023, 1, 27), True),
        ("2023-01", date(2023, 1, 15), None),
        ("unknown", date(2023, 1, 27), None),
    ],
)
def test_the_border_applies_the_window_from_the_day_it_was_enforced(enforced_since, day, enforced):
    row = regime("*", "2020-01-11", enforced_since=enforced_since and parse_date(enforced_since))
    assert row.window_enforced_on(day) is enforced


def test_the_row_of_a_host_abroad_is_named_by_host_and_citizenship():
    basis, period = Basis(("daily",), Confidence.LOW), Period(parse_date("2012-07"))
    row = RegimeAbroad("KGZ", "XTL", "bilateral", period, Limit(60, None, None), "", "", Text({"en": "Notes"}), basis)
    assert row.name == "KGZ/XTL/bilateral/2012-07"


rows_of_law = st.lists(
    st.builds(
        regime,
        st.sampled_from(["*", "KGZ", "UZB"]),
        st.sampled_from(["2001-01-01", "2020", "2024-01-01", "unknown"]),
        st.sampled_from([None, "2015", "2024", "2024-01-02", "unknown"]),
    )
).map(tuple)


@given(rows_of_law, st.sampled_from(["KGZ", "UZB", "*"]), st.dates(date(2000, 1, 1), date(2026, 1, 1)))
def test_no_row_told_has_surely_ended_or_not_begun_and_none_is_of_another_state(rows, citizenship, day):
    told = regimes_on(rows, citizenship, day)
    assert all(row.period.contains(day) is not False for row in told)
    assert {row.citizenship for row in told} <= {citizenship}
    own = [row for row in rows if row.citizenship == citizenship and row.period.contains(day)]
    assert all(row in told for row in own)
