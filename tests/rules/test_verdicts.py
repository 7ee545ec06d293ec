"""A verdict without its trace is the verdict of the trace: for drawn conditions, and for every rule of Kazakhstan."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given

from koshiqon.rules.judging import judge
from koshiqon.rules.reading import Place, read_condition
from koshiqon.rules.verdicts import deciding
from tests.rules.test_judging import CASES, CONDITIONS, TOYLAND, case


@given(CONDITIONS, CASES)
def test_it_is_the_outcome_and_the_reasons_that_the_trace_ends_with(said, facts):
    condition, told = read_condition(said.text, Place("rules.yaml", 1), TOYLAND), case(facts)
    assert deciding(condition)(told) == judge(condition, told).outcome


@pytest.mark.parametrize("seed", range(40))
def test_it_is_the_same_for_every_rule_of_kazakhstan(kaz, seed):
    """Lives drawn fact by fact, each known half the time."""
    draw, country = random.Random(seed), kaz.country

    def value(fact):
        states = ("UZB", "RUS", "KAZ")
        drawn = {
            "yes_no": lambda: draw.random() < 0.5,
            "number": lambda: Decimal(draw.choice((0, 1, 17, 30, 90))),
            "date": lambda: date(2026, 1, 1) + timedelta(draw.randrange(-900, 900)),
            "code": lambda: draw.choice(fact.values or ("other",)),
            "country": lambda: draw.choice(states),
            "countries": lambda: tuple(draw.sample(states, draw.randrange(3))),
        }
        return drawn[fact.type]()

    told = case({name: value(fact) for name, fact in country.facts.items() if draw.random() < 0.5})
    conditions = [rule.condition for rule in country.rules.values() if rule.condition is not None]
    assert len(conditions) > 250
    for condition in conditions:
        assert deciding(condition)(told) == judge(condition, told).outcome
