"""One person's stay as every door asks it: the case read, assessed, put into words."""

from __future__ import annotations

from dataclasses import replace

from koshiqon import __version__
from koshiqon.render.answer import compose_answer
from koshiqon.render.answer_page import AnswerPage
from koshiqon.render.trace import steps
from koshiqon.render.words import Voice
from koshiqon.sources.case_reading import CaseRead
from koshiqon.stay.answer import Assessment
from koshiqon.stay.assessment import assess, with_assumptions


def assessed(read: CaseRead, speaking: Voice, assumptions: bool = True) -> Assessment:
    """The assessment of a case that was read, with or without what a door may assume."""
    law = speaking.country
    case = with_assumptions(read.case, law) if assumptions else read.case
    return assess(case, law, read.on, read.readings)


def stay_told(answer: Assessment, speaking: Voice) -> AnswerPage:
    """The assessment in words, with the version of this program on it."""
    return compose_answer(answer, speaking, __version__)


def told_in_short(answer: Assessment, speaking: Voice) -> AnswerPage:
    """The assessment in words, of all rules only those that it rests on: the words for the others are most of the work,
    and neither a page nor a file shows them.
    """
    cited = {reference.name for reference in answer.citations if reference.kind == "rule"}
    page = stay_told(replace(answer, traces=()), speaking)
    rests_on = tuple(steps((step for step in answer.traces if step.rule in cited), speaking))
    return replace(page, decisive=replace(page.decisive, items=rests_on))


def under_reading(read: CaseRead, speaking: Voice, reading: str, option: str) -> Assessment:
    """The same case where one reading of the law takes another option."""
    return assessed(replace(read, readings={**read.readings, reading: option}), speaking)
