"""How far an interview in a browser has come: what its form carries from page to page, and what follows from it.

The form holds the answers in the order in which they were given, as the signed state of one person; the server holds
nothing. Going back keeps what was told later: an answer that stays the same puts all of it back, one that changes keeps
what is still asked.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from koshiqon.asking.answers import read_answer, told_after
from koshiqon.country import Country
from koshiqon.render.words import Voice
from koshiqon.status.interview import Question, Told, next_question, takes_papers
from koshiqon.stay.case import StayCase
from koshiqon.web.signing import Tampered

FOR = "status"
"""The page that a state belongs to: no other page takes it."""
MOST_ANSWERS = 300


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as JSON holds it (None: not known), and the fact that it answers."""

    fact: str
    answer: Any


@dataclass(frozen=True, slots=True)
class Kept:
    """What a form carries. `on`: the day asked; `told`: what counts; `after`: what followed the question that is asked
    again, its earlier answer first; `spare`: answers to questions that are not asked at present; `more`: what was told
    beyond the questions that settle the status; `asked`: the fact asked now, None where nothing is left to ask;
    `aside`: it is one of those beyond.
    """

    on: date
    told: tuple[Given, ...] = ()
    after: tuple[Given, ...] = ()
    spare: tuple[Given, ...] = ()
    more: tuple[Given, ...] = ()
    asked: str | None = None
    aside: bool = False

    @property
    def answers(self) -> tuple[Given, ...]:
        """All that counts, in the order in which it is shown."""
        return self.told + self.more

    @property
    def earlier(self) -> Any:  # noqa: ANN401 (whatever JSON holds)
        """What was answered before to the question that is asked again, if it is."""
        return self.after[0].answer if self.after else None


# --- carried ---------------------------------------------------------------------------------------------------------


def state_of(kept: Kept, country: Country) -> dict[str, Any]:
    """What is signed: it belongs to this page and to this version of the country, for another one asks otherwise."""
    return {
        "for": FOR,
        "law": country.content_hash[:16],
        "on": kept.on.isoformat(),
        "asked": kept.asked,
        "told": _pairs(kept.told),
        "after": _pairs(kept.after),
        "spare": _pairs(kept.spare),
        "more": _pairs(kept.more),
        "aside": kept.aside,
    }


def kept_of(state: Any, country: Country) -> Kept:  # noqa: ANN401 (whatever was signed)
    """The interview that a state holds. Raises Tampered where it is not one of this page and of this country."""
    if not isinstance(state, dict) or state.get("for") != FOR or state.get("law") != country.content_hash[:16]:
        raise Tampered
    try:
        told, after, spare, more = (tuple(_given(state[name], country)) for name in ("told", "after", "spare", "more"))
        kept = Kept(date.fromisoformat(state["on"]), told, after, spare, more, state["asked"], state["aside"] is True)
    except (KeyError, TypeError, ValueError):
        raise Tampered from None
    known = kept.asked is None or (isinstance(kept.asked, str) and kept.asked in country.facts)
    if len(told + after + spare + more) > MOST_ANSWERS or not known:
        raise Tampered
    return kept


def _pairs(answers: Iterable[Given]) -> list[list[Any]]:
    return [[given.fact, given.answer] for given in answers]


def _given(pairs: Iterable[Any], country: Country) -> Iterable[Given]:
    for fact, answer in pairs:
        if fact not in country.facts:
            raise Tampered
        yield Given(fact, answer)


# --- what follows ----------------------------------------------------------------------------------------------------


def replayed(kept: Kept, voice: Voice) -> Told:
    """The case as far as it was told. Raises UnreadableAnswer where an answer is none."""
    told = Told(StayCase(None))
    for given in kept.answers:
        told = _after(told, given, kept.on, voice)
    return told


def asked_next(kept: Kept, voice: Voice) -> tuple[Kept, Told, Question | None]:
    """The interview at its next question, or at the one that is asked again or beyond the others; what is spare and
    asked again is taken as it was told.
    """
    told = replayed(kept, voice)
    if kept.aside and kept.asked is not None:
        return kept, told, Question(kept.asked, None, ())
    while True:
        question = next_question(told.case, voice.country, kept.on, told.declined)
        known = None if question is None else next((one for one in kept.spare if one.fact == question.fact), None)
        if known is None:
            return replace(kept, asked=None if question is None else question.fact), told, question
        told = _after(told, known, kept.on, voice)
        place = kept.spare.index(known)
        kept = replace(kept, told=(*kept.told, known), spare=kept.spare[:place] + kept.spare[place + 1 :])


def with_answer(kept: Kept, answer: Any) -> Kept:  # noqa: ANN401 (JSON)
    """The interview after the question asked was answered, as JSON holds it."""
    assert kept.asked is not None
    now = Given(kept.asked, answer)
    if kept.aside:
        return replace(kept, more=(*kept.more, now), asked=None, aside=False)
    if kept.after[:1] == (now,):
        return replace(kept, told=kept.told + kept.after, after=(), asked=None)
    # A paper is one of several answers to its question: the others stand.
    one_of_several = takes_papers(now.fact) and isinstance(answer, str)
    left = tuple(one for one in kept.after[1:] + kept.spare if one_of_several or one.fact != now.fact)
    return replace(kept, told=(*kept.told, now), after=(), spare=left, asked=None)


def back_to(kept: Kept, place: int) -> Kept:
    """The interview before the answer at a place, which is asked again; places beyond the answers change nothing. From
    a question beyond the others one goes back to where it was asked.
    """
    if kept.aside and place == len(kept.answers) - 1:
        return replace(kept, asked=None, aside=False)
    if not 0 <= place < len(kept.answers):
        return kept
    beyond = place - len(kept.told)
    if beyond >= 0:
        return aside(replace(kept, more=kept.more[:beyond] + kept.more[beyond + 1 :]), kept.more[beyond].fact)
    later = kept.told[place:] + kept.after
    return replace(kept, told=kept.told[:place], after=later, asked=later[0].fact, aside=False)


def aside(kept: Kept, fact: str) -> Kept:
    """The interview at a question beyond those that settle the status."""
    return replace(kept, asked=fact, aside=True)


def _after(told: Told, given: Given, on: date, voice: Voice) -> Told:
    fact = voice.country.facts[given.fact]
    return told_after(told, fact, read_answer(given.answer, fact, voice, on), voice, on)
