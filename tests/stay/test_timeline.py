"""Timelines say for every day what their definition says, and no more runs than needed."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koshiqon.rules.judging import Outcome, ReasonKind, Unknown, all_of, any_of, negated, unknown
from koshiqon.stay.timeline import (
    Held,
    Timeline,
    both,
    constant,
    either,
    from_runs,
    joined,
    on_days,
    outcome_on,
    without,
)

FIRST, LAST = 10, 30
SPAN = (FIRST, LAST)
MISSING = unknown(ReasonKind.FACT_MISSING, "x")
CONFLICT = unknown(ReasonKind.SOURCES_CONFLICT, "y")
OUTCOMES = st.sampled_from([True, False, MISSING, CONFLICT])


@st.composite
def runs(draw: st.DrawFn) -> list[Held]:
    """Runs in order and disjoint; some lie outside the span or cross its edge."""
    days = sorted(draw(st.sets(st.integers(0, 40), max_size=8)))
    return [Held(first, last, draw(OUTCOMES)) for first, last in zip(days[::2], days[1::2], strict=False)]


@st.composite
def timelines(draw: st.DrawFn) -> Timeline:
    return from_runs(draw(runs()), *SPAN, otherwise=draw(OUTCOMES))


def by_day(line: Timeline) -> list[Outcome]:
    """The answer of every day of the span, checked to be told in as few runs as can be."""
    assert (line[0].first, line[-1].last) == SPAN
    for run, following in pairwise(line):
        assert following.first == run.last + 1
        assert run.outcome != following.outcome
    return [run.outcome for run in line for _ in range(run.first, run.last + 1)]


@given(runs(), OUTCOMES)
def test_days_of_no_run_have_the_other_answer(given_runs, otherwise):
    expected = [
        next((run.outcome for run in given_runs if run.first <= day <= run.last), otherwise)
        for day in range(FIRST, LAST + 1)
    ]
    assert by_day(from_runs(given_runs, *SPAN, otherwise=otherwise)) == expected


@given(OUTCOMES, st.integers(0, 40), st.integers(0, 40))
def test_an_answer_on_some_days_is_no_on_all_others(outcome, first, last):
    expected = [outcome if first <= day <= last else False for day in range(FIRST, LAST + 1)]
    assert by_day(on_days(outcome, first, last, SPAN)) == expected


@given(st.lists(timelines(), min_size=1, max_size=4))
def test_timelines_are_joined_day_by_day(lines):
    days = list(zip(*map(by_day, lines), strict=True))
    assert by_day(either(lines)) == [any_of(told) for told in days]
    assert by_day(both(lines)) == [all_of(told) for told in days]
    assert by_day(joined(lambda told: told[-1], lines)) == [told[-1] for told in days]


@given(timelines())
def test_the_contrary_is_contrary_every_day(line):
    assert by_day(without(line)) == [negated(outcome) for outcome in by_day(line)]
    assert [(run.first, run.last) for run in without(line)] == [(run.first, run.last) for run in line]


@given(timelines(), st.integers(FIRST, LAST))
def test_a_day_has_the_answer_of_its_run(line, day):
    assert outcome_on(line, day) == by_day(line)[day - FIRST]


def test_one_answer_for_a_span_is_one_run():
    assert constant(MISSING, *SPAN) == (Held(FIRST, LAST, MISSING),)


def test_unknown_for_other_reasons_is_another_run_and_is_not_taken_for_yes():
    line = from_runs([Held(10, 12, MISSING), Held(13, 15, CONFLICT)], *SPAN, otherwise=True)
    assert [type(run.outcome) for run in line] == [Unknown, Unknown, bool]


def test_a_day_outside_the_span_has_no_answer():
    with pytest.raises(StopIteration):
        outcome_on(constant(True, *SPAN), LAST + 1)
