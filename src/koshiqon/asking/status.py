"""One person's status as every door asks it: classified, with the next question, put into words."""

from __future__ import annotations

from koshiqon import __version__
from koshiqon.render.status_answer import compose_status
from koshiqon.render.status_page import StatusPage
from koshiqon.render.status_words import told
from koshiqon.render.words import Voice
from koshiqon.sources.case_reading import CaseRead
from koshiqon.status.classification import Classification, classify
from koshiqon.status.interview import Question, next_question


def answered_status(
    read: CaseRead, speaking: Voice, declined: frozenset[str] = frozenset()
) -> tuple[Classification, Question | None, StatusPage]:
    """The classification of a case, what to ask next, and both in words. Nothing is assumed of what nobody said."""
    law = speaking.country
    answer = classify(read.case, law, read.on, read.readings)
    question = next_question(read.case, law, read.on, declined, read.readings)
    return answer, question, compose_status(answer, question, speaking, __version__)


def nothing_to_ask(answer: Classification, declined: frozenset[str], speaking: Voice) -> str:
    """Why no question follows: none would change the status, or those that would were not known to the person."""
    return told(speaking, "left_open" if declined and not answer.governing.sure else "enough")
