"""Random people before the law of a country: who told every fact, who told some, and what they answer when asked."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from koshiqon.country import Country
from koshiqon.rules.categories import CaseFact
from koshiqon.rules.judging import Outcome
from koshiqon.stay.case import CITIZENSHIP, HAS_CITIZENSHIP, STATELESS, Paper, StayCase
from koshiqon.stay.matter import ENTRY
from koshiqon.stay.presence import Stay
from koshiqon.stay.titles import ALL_PAPERS_GIVEN

ON = date(2026, 11, 22)
STATES = ("KAZ", "UZB", "KGZ", "RUS", "CHN", "AFG", "UKR", "DEU", STATELESS)


def person(random: Random, country: Country) -> StayCase:
    """Somebody in the country who told every fact."""
    passport = random.choice(STATES)
    facts = {
        name: _value(random, fact, passport) for name, fact in country.facts.items() if name not in (CITIZENSHIP, ENTRY)
    }
    if ALL_PAPERS_GIVEN in country.facts:
        facts[ALL_PAPERS_GIVEN] = True
    stay = Stay(ON - timedelta(days=random.choice([0, 1, 4, 5, 6, 20, 60, 200, 900])))
    return StayCase(passport, (stay,), tuple(_papers(random, country, stay)), facts)


def _value(random: Random, fact: CaseFact, passport: str) -> Outcome:
    if fact.name == HAS_CITIZENSHIP:
        return passport != STATELESS
    match fact.type:
        case "yes_no":
            return random.random() < 0.4
        case "code":
            return random.choice(fact.values)
        case "date":
            return ON + timedelta(days=random.choice([-2000, -400, -200, -20, -3, 0, 20, 200]))
        case "number":
            return random.choice([0, 1, 2, 5, 12, 17, 18, 40, 3000])
        case "country":
            return random.choice(STATES)
        case "countries":
            return () if passport == STATELESS else (passport,)
    return "…"


def _papers(random: Random, country: Country, stay: Stay) -> list[Paper]:
    kinds = [code for scheme, code in country.codes if scheme == "paper"]
    if not kinds or random.random() < 0.6:
        return []
    return [Paper(random.choice(kinds), stay.entry, stay.entry + timedelta(days=random.choice([30, 365, 1500])))]


def with_holes(random: Random, case: StayCase) -> StayCase:
    """The same person, who told only some of it. Trips and papers stay: without them it would be another person."""
    share = random.random()
    facts = {name: value for name, value in case.facts.items() if random.random() < share}
    return replace(case, citizenship=case.citizenship if random.random() < share else None, facts=facts)


def reply(case: StayCase, fact: str, so_far: StayCase) -> Outcome | Paper | None:
    """What the person says when asked for a fact; papers are named before it is said that these are all."""
    if fact == CITIZENSHIP:
        return case.citizenship
    if fact == ENTRY:
        return case.stays[-1].entry
    if fact == ALL_PAPERS_GIVEN:
        unnamed = [paper for paper in case.papers if paper not in so_far.papers]
        return unnamed[0] if unnamed else case.facts[fact]
    return case.facts[fact]


def report(capsys, words: str) -> None:
    """Figures for whoever runs the test, printed past the capture."""
    with capsys.disabled():
        sys.stdout.write(f"\n{words}\n")
