"""The case itself in words: what was given, and what was assumed because nobody said otherwise."""

from __future__ import annotations

from collections.abc import Iterator

from koshiqon.render.answer_page import Item
from koshiqon.render.stay_words import code_words, name_words, say, value_words
from koshiqon.render.words import Line, Run, Voice
from koshiqon.stay.answer import Assessment
from koshiqon.stay.case import Paper
from koshiqon.stay.presence import Stay, in_order


def given(answer: Assessment, voice: Voice) -> Iterator[Item]:
    """What somebody told: citizenship, trips, papers, the trip in mind, facts."""
    case = answer.case
    if case.citizenship is not None:
        yield Item(say(voice, "citizenship_is", area=voice.area(case.citizenship)))
    for stay in in_order(case.stays):
        yield Item(_trip(stay, answer, voice))
    if not case.stays:
        yield Item(say(voice, "no_trips"))
    for paper in case.papers:
        yield Item(_paper(paper, voice))
    if case.plan is not None and case.plan.exit is not None:
        yield Item(say(voice, "plan_given", first=voice.day(case.plan.entry), last=voice.day(case.plan.exit)))
    for name in case.facts:
        if name not in case.assumed:
            yield Item(_fact(name, answer, voice))


def _trip(stay: Stay, answer: Assessment, voice: Voice) -> Line:
    first = voice.day(stay.entry)
    if stay.exit is None:
        return say(voice, "trip_open", first=first)
    return say(voice, "trip" if stay.exit <= answer.on else "trip_planned", first=first, last=voice.day(stay.exit))


def _paper(paper: Paper, voice: Voice) -> Line:
    kind, first = code_words(voice, "paper", paper.kind), voice.day(paper.since)
    if paper.until is None:
        return say(voice, "paper_open", kind=kind, first=first)
    return say(voice, "paper", kind=kind, first=first, last=voice.day(paper.until))


def assumed(answer: Assessment, voice: Voice) -> Iterator[Item]:
    for name in answer.case.assumed:
        yield Item(_fact(name, answer, voice))


def _fact(name: str, answer: Assessment, voice: Voice) -> Line:
    value = value_words(voice, answer.case.facts[name], name)
    return say(voice, "answered", question=name_words(voice, name), value=(Run(value, of=f"fact:{name}"),))
