"""A reform laid over a country: what it ends, what it begins, and that it leaves the years before it alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koshiqon.country import Country
from koshiqon.law.acts import ParameterValue
from koshiqon.period import Period, exactly, parse_date
from koshiqon.reform import Reform, reformed
from koshiqon.rules.rule import Rule
from koshiqon.sources.country_folder import read_country

BEGINS = date(2027, 1, 1)
EVE = BEGINS - timedelta(days=1)


@pytest.fixture(scope="module")
def toys_for_all(toyland) -> Reform:
    return read_country(toyland).reforms["toys-for-all"]


@pytest.fixture(scope="module")
def after(toyland_country, toys_for_all) -> Country:
    return reformed(toyland_country, toys_for_all)


def law_on(country: Country, day: date) -> set[object]:
    """What holds or may hold on a day: rules without the names that a reform may change, parameters, regimes."""
    rules = [rule for rule in country.rules.values() if rule.period.contains(day) is not False]
    return {
        *((rule.provision, rule.written, rule.text.by_language["en"], rule.period.contains(day)) for rule in rules),
        *((name, value.value) for name, parameter in country.parameters.items() for value in parameter.on(day)),
        *((row.name, row.limit) for row in country.regimes if row.period.contains(day) is not False),
    }


# --- what changes ----------------------------------------------------------------------------------------------------


def test_a_reform_file_is_read_with_all_that_it_changes(toys_for_all):
    assert (toys_for_all.since, toys_for_all.removes_rules) == (BEGINS, ("penalty-ends-stay",))
    assert list(toys_for_all.rules) == ["overstay", "free-toy"]
    assert [value.value for value in toys_for_all.parameters["days_per_entry"]] == [45, 60]
    assert [row.name for row in toys_for_all.regimes] == ["KGZ/bilateral/2027-01-01"]
    assert toys_for_all.ends_regimes == {"KGZ/bilateral/2012-07": BEGINS}


def test_a_removed_rule_ends_on_the_day_of_the_reform(after):
    ended = after.rules["penalty-ends-stay"].period
    assert (ended.contains(EVE), ended.contains(BEGINS)) == (True, False)


def test_a_replaced_rule_holds_in_its_earlier_version_until_the_new_one_starts(after):
    before, new = after.rules["overstay@2010-01-01"], after.rules["overstay"]
    assert (before.written, before.period.until) == ("overstay.days > 3", exactly(date(2027, 3, 1)))
    assert (new.written, new.period.since) == ("overstay.days > 30", exactly(date(2027, 3, 1)))


def test_an_exception_to_a_replaced_rule_stays_one_to_both_versions(after):
    assert after.rules["short-overstay"].overrides == ("overstay", "overstay@2010-01-01")


def test_a_new_rule_stands_behind_the_old_ones(toyland_country, after):
    assert list(after.rules)[-1] == "free-toy"
    assert len(after.rules) == len(toyland_country.rules) + 2


@pytest.mark.parametrize(
    ("day", "days"), [(EVE, [30]), (BEGINS, [45]), (date(2027, 12, 31), [45]), (date(2028, 1, 1), [60])]
)
def test_new_values_of_a_parameter_end_the_old_ones(after, day, days):
    assert [value.value for value in after.on(day).parameter("days_per_entry")] == days


def test_a_row_of_the_regimes_ends_and_another_begins(after):
    assert [row.limit.per_entry for row in after.on(EVE).regimes("KGZ")] == [60]
    assert [row.limit.per_entry for row in after.on(BEGINS).regimes("KGZ")] == [90]


def test_what_the_reform_does_not_name_stays_as_it_is(toyland_country, after):
    assert after.rules["stay-of-neighbours"] == toyland_country.rules["stay-of-neighbours"]
    assert after.parameters["toy_index"] is toyland_country.parameters["toy_index"]
    assert after.sources is toyland_country.sources


def test_a_reformed_country_has_a_fingerprint_of_its_own(toyland_country, after):
    assert after.content_hash == f"{toyland_country.content_hash}+toys-for-all"


# --- what never changes ----------------------------------------------------------------------------------------------


@given(st.dates(date(1990, 1, 1), EVE))
def test_the_years_before_a_reform_stay_as_they_were(toyland_country, after, day):
    assert law_on(after, day) == law_on(toyland_country, day)


@given(st.dates(date(1995, 1, 1), date(2030, 1, 1)), st.data())
def test_a_reform_that_ends_everything_on_a_day_leaves_the_days_before_it(toyland_country, day, data):
    everything = Reform(
        name="nothing-left",
        text=toyland_country.name,
        since=day,
        removes_rules=tuple(toyland_country.rules),
        ends_regimes={row.name: day for row in toyland_country.regimes},
    )
    emptied = reformed(toyland_country, everything)
    before = day - timedelta(days=data.draw(st.integers(1, 4000)))
    later = day + timedelta(days=data.draw(st.integers(0, 4000)))
    assert law_on(emptied, before) == law_on(toyland_country, before)
    assert not any(rule.period.contains(later) is not False for rule in emptied.rules.values())
    assert not any(row.period.contains(later) is not False for row in emptied.regimes)


def test_a_reform_of_nothing_changes_nothing_but_the_fingerprint(toyland_country):
    nothing = Reform("nothing", toyland_country.name, BEGINS)
    assert reformed(toyland_country, nothing) == replace(
        toyland_country, content_hash=f"{toyland_country.content_hash}+nothing"
    )


# --- ends that are not known to the day ------------------------------------------------------------------------------


def with_period(country: Country, since: str, until: str | None) -> Rule:
    end = parse_date(until) if until else None
    return replace(country.rules["toy-makers"], period=Period(parse_date(since), end))


ENDS = """
2001-01-01  -           2027-01-01
2001-01-01  2020-01-01  2020-01-01   had ended before
2001-01-01  2030-01-01  2027-01-01
2001-01-01  2027        2027-01-01   would have ended some day of the year
2001-01-01  unknown     ..2027-01-01 may have ended long ago
2027-01-01  -           gone         would have begun with the reform
2028        -           gone
unknown     -           2027-01-01   may have begun before
2026        -           2027-01-01
"""


@pytest.mark.parametrize("row", ENDS.strip().splitlines())
def test_a_period_ends_with_the_reform_unless_it_surely_ended_before(toyland_country, row):
    since, until, told, *_ = row.split()
    rule = with_period(toyland_country, since, None if until == "-" else until)
    country = replace(toyland_country, rules={rule.name: rule})
    removed = Reform("without", toyland_country.name, BEGINS, removes_rules=(rule.name,))
    left = reformed(country, removed).rules
    assert (left[rule.name].period.until.text if left else "gone") == told


def test_a_parameter_whose_values_conflict_ends_with_both(toyland_country):
    basis = toyland_country.parameters["days_to_report"].values[0].basis
    new = ParameterValue(Period(exactly(BEGINS)), 7, None, basis)
    settled = Reform("settled", toyland_country.name, BEGINS, parameters={"days_to_report": (new,)})
    days = reformed(toyland_country, settled).parameters["days_to_report"]
    assert [value.value for value in days.on(EVE)] == [5, 10]
    assert [value.value for value in days.on(BEGINS)] == [7]


# --- the reforms that ship -------------------------------------------------------------------------------------------


def test_citizens_of_uzbekistan_would_have_sixty_days_an_entry_from_2026(kaz):
    after = reformed(kaz.country, kaz.reforms["uzbekistan-60-days"])
    assert [row.limit.per_entry for row in after.on(date(2025, 12, 31)).regimes("UZB")] == [30]
    assert [row.limit.per_entry for row in after.on(date(2026, 1, 1)).regimes("UZB")] == [60]


def test_citizens_of_kyrgyzstan_would_be_free_of_the_window_again(kaz):
    reform = kaz.reforms["kyrgyz-exception-again"]
    after = reformed(kaz.country, reform)
    codes = {row.regime for row in after.on(reform.since).regimes("KGZ")}
    assert "eaeu_kg_exception" in codes
    assert "eaeu_kg_exception" not in {row.regime for row in kaz.country.on(reform.since).regimes("KGZ")}


@pytest.mark.parametrize("name", ["uzbekistan-60-days", "kyrgyz-exception-again"])
@pytest.mark.parametrize("year", range(2011, 2026))
def test_no_shipped_reform_touches_the_years_before_it(kaz, name, year):
    after = reformed(kaz.country, kaz.reforms[name])
    for day in (date(year, 1, 1), date(year, 7, 1), date(year, 12, 31)):
        assert law_on(after, day) == law_on(kaz.country, day)
