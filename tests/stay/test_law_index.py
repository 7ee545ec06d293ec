"""What is kept of a country's law between answers: it must be the law, all of it the same, and nothing of anybody."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pytest

from koshiqon.stay.assessment import assess, with_assumptions
from koshiqon.stay.case import Paper, StayCase
from koshiqon.stay.law_index import KEPT, _law_index, conflicts_of, law_index, parameter_on
from koshiqon.stay.matter import Memory
from koshiqon.stay.pieces import edges, in_force
from koshiqon.stay.presence import Stay
from koshiqon.stay.timeline import outcome_on

ON = date(2026, 11, 3)
ONE = timedelta(days=1)


def cases(country):
    """A few people whose answers differ: short and long stays, a permit, nobody's citizenship."""
    entries = (date(2026, 1, 5), date(2026, 6, 1), date(2026, 10, 30))
    people = [
        StayCase(citizenship, (*(Stay(entry, entry + length * ONE) for entry in entries[:2]), Stay(entries[2])))
        for citizenship in ("KGZ", "UZB", "DEU", None)
        for length in (4, 40)
    ]
    permit = StayCase("UZB", (Stay(date(2026, 9, 1)),), (Paper("work_permit", date(2026, 9, 10), date(2026, 12, 1)),))
    return [with_assumptions(one, country) for one in (*people, permit)]


def days_around(period):
    return {
        day + step * ONE for day in edges(period) if date(1900, 1, 1) < day < date(2100, 1, 1) for step in (-1, 0, 1)
    }


def test_a_parameter_is_on_every_day_what_its_rows_say(toyland_country):
    for name, parameter in toyland_country.parameters.items():
        days = {ON, date.min, date.max}.union(*(days_around(value.period) for value in parameter.values))
        told = law_index(toyland_country).parameters[name]
        assert {day: told.on(day) for day in days} == {day: parameter_on(parameter, day) for day in days}


def test_a_rule_is_in_force_on_every_day_as_its_period_says(toyland_country):
    for name, rule in toyland_country.rules.items():
        told = law_index(toyland_country).rules[name].in_force
        for day in {ON, date.min, date.max} | days_around(rule.period):
            assert outcome_on(told, day.toordinal()) == in_force(rule.period, f"rule:{name}", day)


def test_the_conflicts_of_rows_are_those_that_the_country_finds(toyland_country):
    rows = [row for one in toyland_country.conflicts.values() for side in one.sides for row in side.references]
    assert rows
    for asked in ((), tuple(rows), *((row,) for row in rows)):
        wanted = tuple(conflict.name for conflict in toyland_country.conflicts_of(asked))
        assert conflicts_of(asked, law_index(toyland_country)) == wanted


def test_answers_leave_nothing_behind_in_what_is_kept_of_the_law(toyland_country):
    before = law_index(toyland_country)
    written = repr(before)
    for case in cases(toyland_country):
        assess(case, toyland_country, ON)
    assert law_index(toyland_country) is before
    assert repr(before) == written


def test_no_more_countries_are_kept_than_a_few(toyland_country):
    for _ in range(KEPT + 5):
        law_index(replace(toyland_country, rules=dict(toyland_country.rules)))
    assert _law_index.cache_info().currsize == KEPT


def test_a_country_with_other_rules_is_judged_by_its_own(toyland_country):
    kept = next(iter(toyland_country.rules))
    fewer = replace(toyland_country, rules={kept: toyland_country.rules[kept]})
    assert set(law_index(toyland_country).rules) == set(toyland_country.rules)
    assert set(law_index(fewer).rules) == {kept}


def test_one_memory_for_a_case_changes_no_answer_under_another_reading(toyland_country):
    asked = 0
    for case in cases(toyland_country):
        memory: Memory = {}
        for name, reading in toyland_country.readings.items():
            for option in reading.options:
                taken = {name: option.name}
                alone = assess(case, toyland_country, ON, taken)
                assert assess(case, toyland_country, ON, taken, memory) == alone
                asked += 1
    assert asked


@pytest.mark.parametrize("threads", [4])
def test_threads_that_ask_at_once_get_the_answers_of_one_who_asks_alone(toyland_country, threads):
    country = replace(toyland_country, rules=dict(toyland_country.rules))
    asked = cases(country) * 4
    with ThreadPoolExecutor(threads) as pool:
        together = list(pool.map(lambda case: assess(case, country, ON), asked))
    assert together == [assess(case, country, ON) for case in asked]
