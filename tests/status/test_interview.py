"""Asked one thing at a time, a person hears the same as somebody who told everything, and is not asked in vain."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

import pytest
from people import ON, person, reply, report
from trees import Puzzle, all_cases, answer_of, country_of, fewest_questions, puzzle

from koshiqon.country import Country
from koshiqon.status.classification import Governing, classify
from koshiqon.status.interview import Told, answered, next_question
from koshiqon.stay.case import StayCase
from koshiqon.stay.titles import ALL_PAPERS_GIVEN

NOBODY = Told(StayCase(None))
BOUND = 1.35
"""How many times the least possible number of questions the interview may ask. The order of the law, which it keeps,
costs most of it.
"""


@dataclass(frozen=True)
class End:
    """Where one way through an interview ends: what was told, and what was answered at the end."""

    values: dict
    governing: Governing


def every_way(country: Country, facts: dict[str, tuple], told: Told = NOBODY) -> Iterator[End]:
    """Every way through the interview of a country, by every answer to each question."""
    question = next_question(told.case, country, ON, told.declined)
    if question is None:
        yield End(dict(told.case.facts), classify(told.case, country, ON).governing)
        return
    for value in facts[question.fact]:
        yield from every_way(country, facts, answered(told, question.fact, value, ON))


def fits(case: dict, end: End) -> bool:
    return all(case[name] == value for name, value in end.values.items())


def mean_questions(told: Puzzle, ends: list[End]) -> float:
    """Questions over all cases alike."""
    counts = [len(end.values) for case in all_cases(told) for end in ends if fits(case, end)]
    return sum(counts) / len(counts)


def check(told: Puzzle) -> tuple[float, float]:
    """Every way ends with the answer of everybody whom it fits. Gives the mean number of questions, and the least."""
    ends = list(every_way(country_of(told), told.facts))
    for case in all_cases(told):
        (end,) = (end for end in ends if fits(case, end))
        assert end.governing.sure
        assert (end.governing.step, end.governing.categories) == answer_of(told, case), (told, case)
    return mean_questions(told, ends), fewest_questions(told)


def asked_and_least(seed: int, number: int, most: int) -> tuple[float, float, int]:
    random = Random(seed)
    puzzles = [puzzle(random, most) for _ in range(number)]
    pairs = [check(told) for told in puzzles]
    return sum(mean for mean, _ in pairs), sum(least for _, least in pairs), sum(len(told.facts) for told in puzzles)


def test_the_interview_ends_with_the_answer_of_somebody_who_told_everything_and_asks_little(capsys):
    asked, least, facts = asked_and_least(seed=1, number=25, most=6)
    report(capsys, f"questions {asked:.1f}, least possible {least:.1f} ({asked / least:.2f}), all facts {facts}")
    assert asked <= BOUND * least
    assert asked < 0.6 * facts


@pytest.mark.long
def test_so_it_does_on_two_hundred_decisions_of_up_to_eight_facts(capsys):
    asked, least, facts = asked_and_least(seed=2, number=200, most=8)
    report(capsys, f"questions {asked:.1f}, least possible {least:.1f} ({asked / least:.2f}), all facts {facts}")
    assert asked <= BOUND * least


# --- whole countries -------------------------------------------------------------------------------------------------


def interviewed(case: StayCase, country: Country) -> tuple[Told, int]:
    """What somebody was asked who answers every question, and how many questions that were."""
    told, questions = NOBODY, 0
    while (question := next_question(told.case, country, ON, told.declined)) is not None:
        assert question.fact not in told.case.facts or question.fact == ALL_PAPERS_GIVEN, "nobody is asked twice"
        told = answered(told, question.fact, reply(case, question.fact, told.case), ON)
        questions += 1
    return told, questions


def mean_of_interviews(country: Country, seed: int, number: int) -> float:
    """The mean number of questions; every interview ends as if everything had been told."""
    random, asked = Random(seed), 0
    for _ in range(number):
        case = person(random, country)
        told, questions = interviewed(case, country)
        short, full = classify(told.case, country, ON).governing, classify(case, country, ON).governing
        assert (short.sure, short.step, short.categories) == (full.sure, full.step, full.categories), case
        asked += questions
    return asked / number


def test_in_the_harbour_the_interview_ends_as_if_all_had_been_told(harbour):
    assert mean_of_interviews(harbour, seed=9, number=40) < len(harbour.facts)


def test_in_kazakhstan_the_interview_ends_as_if_all_had_been_told(kaz, capsys):
    mean = mean_of_interviews(kaz.country, seed=10, number=12)
    report(
        capsys,
        f"questions to a random person: {mean:.1f}; facts of the country: {len(kaz.country.facts)}",
    )
    assert mean < len(kaz.country.facts) / 3


@pytest.mark.long
def test_in_kazakhstan_a_thousand_people_are_asked_little(kaz, capsys):
    mean = mean_of_interviews(kaz.country, seed=11, number=1_000)
    report(
        capsys,
        f"questions to a random person: {mean:.1f}; facts of the country: {len(kaz.country.facts)}",
    )
    assert mean < len(kaz.country.facts) / 3


def test_who_knows_nothing_is_asked_each_thing_once_and_hears_what_is_open(harbour):
    told, asked = NOBODY, []
    while (question := next_question(told.case, harbour, ON, told.declined)) is not None:
        asked.append(question.fact)
        told = answered(told, question.fact, None, ON)
    assert len(asked) == len(set(asked))
    assert asked[0] == "shelter.decision", "what protects comes first"
    assert not classify(told.case, harbour, ON).governing.sure


def test_the_day_of_a_term_is_asked_when_the_right_is_sure(harbour):
    granted = {"shelter.registered": True, "shelter.decision": "none"}
    question = next_question(StayCase("SYR", facts=granted), harbour, ON)
    assert question is not None
    assert (question.fact, question.rule) == ("entry.date", "report")
