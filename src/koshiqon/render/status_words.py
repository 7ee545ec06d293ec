"""Words for categories and questions: what governs a stay, in what sense a category holds, why a fact is asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from koshiqon.render.status_phrases import STATUS_SAYS
from koshiqon.render.stay_phrases import ANSWERS
from koshiqon.render.stay_words import code_words, joined, provision_line, said, say
from koshiqon.render.words import Line, Voice
from koshiqon.rules.categories import Step
from koshiqon.status.classification import Classification, Governing, Membership
from koshiqon.status.interview import Question

MOST_NAMED = 8
"""So many names stand in one line; of more, the rest are counted."""
OWN_LAW = "statute"
"""The layer of categories of national law, which needs no word."""


def tell(voice: Voice, code: str, **slots: str | Line) -> Line:
    """A sentence about status with its slots filled."""
    return say(voice, code, STATUS_SAYS, **slots)


def told(voice: Voice, code: str, **slots: str | Line) -> str:
    """The same without what its words refer to."""
    return said(voice, code, STATUS_SAYS, **slots)


# --- categories ------------------------------------------------------------------------------------------------------


def category_line(name: str, voice: Voice) -> Line:
    return (voice.text(voice.country.categories[name].title, of=f"category:{name}"),)


def category_names(names: Iterable[str], voice: Voice) -> Line:
    return few([category_line(name, voice) for name in dict.fromkeys(names)], voice)


def few(lines: list[Line], voice: Voice) -> Line:
    """Names in one line, the first of many, and how many more there are."""
    more = len(lines) - MOST_NAMED
    if more <= 1:
        return joined(lines)
    return joined([*lines[:MOST_NAMED], tell(voice, "and_more", n=voice.number(more))])


def held_names(names: Iterable[str], answer: Classification, voice: Voice) -> Line:
    """Categories, each that is not sure with a «perhaps» before it."""
    sure = {member.category for member in answer.memberships if member.outcome is True}
    return joined(
        category_line(name, voice) if name in sure else tell(voice, "perhaps", category=category_line(name, voice))
        for name in names
    )


def under_category(member: Membership, voice: Voice) -> Iterator[Line]:
    """In what sense a category holds, where that is not by national law; the provisions that say who belongs to it."""
    if member.layer != OWN_LAW:
        yield tell(voice, "in_what_sense", layer=code_words(voice, "layer", member.layer))
    for provision in member.provisions:
        yield provision_line(provision, member.confidence, voice)


# --- the sentence ----------------------------------------------------------------------------------------------------


def sentence(answer: Classification, question: Question | None, voice: Voice) -> Line:
    """Which status governs the stay, and where that is not sure, what to ask first."""
    line = _governs(answer, voice)
    if answer.governing.sure or question is None:
        return line
    first = say(voice, "ask_first", ANSWERS, question=question_line(question, voice))
    return joined([line, first], " ")


def _governs(answer: Classification, voice: Voice) -> Line:
    governing, day = answer.governing, voice.day(answer.on)
    if not governing.possible:
        return tell(voice, "order_missing")
    if not governing.sure:
        names = [name for _, categories in governing.possible for name in categories]
        if not names or len(names) > MOST_NAMED:
            return tell(voice, "governs_open_unnamed", day=day)
        unnamed = [tell(voice, "unnamed")] if any(not categories for _, categories in governing.possible) else []
        return tell(voice, "governs_open", day=day, categories=joined([category_names(names, voice), *unnamed]))
    if governing.categories:
        return tell(voice, "governs", day=day, categories=held_names(governing.categories, answer, voice))
    return tell(voice, "governs_unnamed", day=day, question=step_line(governing, voice))


def step_line(governing: Governing, voice: Voice) -> Line:
    """The question of the step that governs."""
    return ask_of(step_of(governing.step, voice), voice)


def step_of(number: int | None, voice: Voice) -> Step:
    return next(step for step in voice.country.decision.steps if step.number == number)


def ask_of(step: Step, voice: Voice) -> Line:
    return (voice.text(step.ask, of=f"decision:steps/{step.number}"),)


# --- questions -------------------------------------------------------------------------------------------------------


def question_line(question: Question, voice: Voice) -> Line:
    """The question as the country asks it."""
    return (voice.text(voice.country.facts[question.fact].question, of=f"fact:{question.fact}"),)


def why_lines(question: Question, voice: Voice) -> Iterator[Line]:
    """Why the fact is asked: the question of the order with the categories it may name, a category, or a term."""
    if question.rule is not None:
        rule = voice.country.rules[question.rule]
        yield tell(voice, "why_rule", text=(voice.text(rule.text, of=f"rule:{rule.name}"),))
        yield provision_line(rule.provision, rule.basis.confidence, voice)
    elif question.step is None:
        yield tell(voice, "why_category", category=category_names(question.categories, voice))
    else:
        yield tell(voice, "why_step", question=ask_of(step_of(question.step, voice), voice))
        if question.categories:
            yield tell(voice, "step_may_lead", categories=category_names(question.categories, voice))
