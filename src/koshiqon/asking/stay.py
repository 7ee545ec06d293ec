"""One person's stay as every door asks it: the case read, assessed, put into words."""

from __future__ import annotations

from dataclasses import replace

from koshiqon import __version__
from koshiqon.render.answer import compose_answer
from koshiqon.render.answer_page import AnswerPage
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


def under_reading(read: CaseRead, speaking: Voice, reading: str, option: str) -> Assessment:
    """The same case where one reading of the law takes another option."""
    return assessed(replace(read, readings={**read.readings, reading: option}), speaking)
