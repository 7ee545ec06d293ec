"""Which fact to ask next, until no answer can change any more which title governs the stay.

The order of the decision is the order of the interview: what protects a person stands before what is held against one.
Three kinds of points are settled, in this order: the steps of the decision until one holds, the categories that it may
name, and the day from which the term of a sure right or duty runs. Of the facts that the first open point rests on,
that is asked which leaves the fewest facts to ask in all, on average over its possible answers. That is a greedy
choice, since to find the best order is hard in general (Hyafil and Rivest, Constructing Optimal Binary Decision Trees
is NP-Complete, 1976).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial

from koshiqon.country import Country
from koshiqon.rules.categories import CaseFact, Step
from koshiqon.rules.judging import Outcome, ReasonKind, Unknown
from koshiqon.rules.rule import May, Must, Readings, RuleKind
from koshiqon.status.classification import filled, step_outcome
from koshiqon.status.measures import AUTHORISED_UNTIL, with_status_measures
from koshiqon.stay.case import CITIZENSHIP, EntryAhead, Paper, StayCase, with_only_citizenship
from koshiqon.stay.matter import ENTRY, Matter, applies, moment
from koshiqon.stay.presence import Stay, in_order
from koshiqon.stay.readings import readings_of
from koshiqon.stay.titles import ALL_PAPERS_GIVEN


@dataclass(frozen=True, slots=True)
class Question:
    """The fact to ask for, and what for: a `step` of the decision and the categories it may name, a category alone
    (`step` None), or the term of a right or duty (`rule`).
    """

    fact: str
    step: int | None
    categories: tuple[str, ...]
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """How far an interview has come: the case so far, and the facts that the person did not know."""

    case: StayCase
    declined: frozenset[str] = field(default_factory=frozenset)


def next_question(
    case: StayCase, country: Country, on: date, declined: Iterable[str] = (), readings: Readings | None = None
) -> Question | None:
    """What to ask next; None where no answer of the person can change the outcome any more.

    `declined` are the facts that the person did not know. Where they leave a step open, later steps are asked too,
    since one of them may still hold. Raises EntryAhead, StaysOverlap, UnknownReading.
    """
    refused = frozenset(declined)
    matter = _matter(case, country, on, readings_of(country, readings))
    still_open = _still_open(_of_decision(matter, on), matter, refused)
    if still_open:
        point, asked = still_open[0]
        return replace(point.question, fact=_cheapest(asked, still_open, matter, refused, on))
    terms = _still_open(_of_terms(matter, on), matter, refused)
    return replace(terms[0][0].question, fact=terms[0][1][0]) if terms else None


# --- what is to be settled -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Point:
    """Something to settle: the question without its fact, what tells the outcome in a case, and the step it is."""

    question: Question
    outcome: Callable[[Matter], Outcome]
    step: Step | None = None


_Open = list[tuple[_Point, list[str]]]
"""Points with the facts that could settle them."""


def _of_decision(matter: Matter, on: date) -> Iterator[_Point]:
    """The steps in order, as far as one holds, and the categories that follow from it."""
    for step in matter.country.decision.steps:
        point = _Point(Question("", step.number, step.yes), partial(step_outcome, step, on), step)
        yield point
        outcome = point.outcome(matter)
        yield from _following(step, outcome)
        if outcome is True:
            break


def _following(step: Step, outcome: Outcome) -> Iterator[_Point]:
    """The categories to tell apart once a step is settled."""
    names = step.yes if outcome is True else step.no if outcome is False and isinstance(step.no, tuple) else ()
    for name in names:
        yield _Point(Question("", None, (name,)), partial(_category, name))


def _category(name: str, matter: Matter) -> Outcome:
    return matter.measures[f"category.{name}"]()


def _of_terms(matter: Matter, on: date) -> Iterator[_Point]:
    """The rights and duties that surely hold, and whose term runs from a day that nobody told."""
    for kind in (RuleKind.RIGHT, RuleKind.DUTY):
        rules = [rule for rule in matter.country.rules.values() if rule.kind is kind]
        for rule in rules:
            start = rule.then.start if isinstance(rule.then, May | Must) else None
            if start is None or not isinstance(moment(start, matter), Unknown):
                continue
            if applies(rule, matter, rules, on) is True:
                yield _Point(Question("", None, (), rule.name), partial(moment, start))


# --- which fact ------------------------------------------------------------------------------------------------------


def _matter(case: StayCase, country: Country, on: date, readings: Readings) -> Matter:
    return with_status_measures(Matter(country, case, in_order(case.stays), readings), on)


def _askable(outcome: Outcome, case: StayCase, country: Country, declined: frozenset[str]) -> list[str]:
    """The missing facts that an outcome rests on, in the order of the country's list; nothing is asked twice.

    Until when somebody may stay follows from the day of entry, which people know better: it is asked first.
    """
    if not isinstance(outcome, Unknown):
        return []
    missing = {reason.name for reason in outcome.reasons if reason.kind is ReasonKind.FACT_MISSING}
    if AUTHORISED_UNTIL in missing and ENTRY in country.facts and ENTRY not in declined and not case.stays:
        missing = missing - {AUTHORISED_UNTIL} | {ENTRY}
    asked = missing - declined - case.facts.keys()
    return [name for name in country.facts if name in asked] if asked else []


def _still_open(points: Iterable[_Point], matter: Matter, declined: frozenset[str]) -> _Open:
    """The points that a fact nobody was asked for could settle, in order, each with these facts."""
    told = [(point, _askable(point.outcome(matter), matter.case, matter.country, declined)) for point in points]
    return [(point, asked) for point, asked in told if asked]


def _cheapest(asked: list[str], still_open: _Open, matter: Matter, declined: frozenset[str], on: date) -> str:
    """The fact whose answer leaves least to ask; the first of equals, by the country's list. What has few possible
    answers comes before dates and numbers: whether something was granted before until when.
    """
    plain = [fact for fact in asked if possible_answers(matter.country.facts[fact])]
    if len(plain) <= 1:
        return (plain or asked)[0]
    return min(plain, key=lambda fact: (_left_to_ask(fact, still_open, matter, declined, on), asked.index(fact)))


def _left_to_ask(fact: str, still_open: _Open, matter: Matter, declined: frozenset[str], on: date) -> float:
    """Facts that the decision still rests on once this one is known, on average over its possible answers.

    Only points that rest on the fact are judged again: no other verdict can turn on it.
    """
    answers = possible_answers(matter.country.facts[fact])
    left = 0
    for answer in answers:
        case = answered(Told(matter.case), fact, answer, on).case
        after = _matter(case, matter.country, on, matter.readings)
        left += len(_missing_after(fact, still_open, after, declined))
    return left / len(answers)


def _missing_after(fact: str, still_open: _Open, after: Matter, declined: frozenset[str]) -> set[str]:
    missing: set[str] = set()
    for point, asked in still_open:
        if fact not in asked:
            missing.update(asked)
            continue
        outcome = point.outcome(after)
        judged = [outcome]
        if point.step is not None:
            judged += [following.outcome(after) for following in _following(point.step, outcome)]
        for told in judged:
            missing.update(_askable(told, after.case, after.country, declined))
        if point.step is not None and outcome is True:
            break
    return missing


def possible_answers(fact: CaseFact) -> tuple[Outcome, ...]:
    """The answers a fact can have where they are few: yes and no, or its codes; none for others."""
    match fact.type:
        case "yes_no":
            return (True, False)
        case "code":
            return fact.values
    return ()


# --- what was answered -----------------------------------------------------------------------------------------------


def answered(told: Told, fact: str, answer: Outcome | Paper | None, on: date) -> Told:
    """The interview after an answer; None: the person does not know.

    The citizenship is part of the case itself; the day of entry begins the stay that lasts. A paper answers whether
    all papers are named: it is added, and the question stays. Raises EntryAhead where the entry is later than `on`.
    """
    case = told.case
    if answer is None or isinstance(answer, Unknown):
        return replace(told, declined=told.declined | {fact})
    if isinstance(answer, Paper):
        return replace(told, case=replace(case, papers=(*case.papers, answer)))
    if fact == CITIZENSHIP and isinstance(answer, str):
        return replace(told, case=replace(case, citizenship=answer))
    if fact == ENTRY and isinstance(answer, date):
        if answer > on:
            raise EntryAhead(answer, on)
        return replace(told, case=replace(case, stays=(*case.stays, Stay(answer))))
    return replace(told, case=with_only_citizenship(filled(case, fact, answer)))


def takes_papers(fact: str) -> bool:
    """May the question be answered by naming a paper?"""
    return fact == ALL_PAPERS_GIVEN
