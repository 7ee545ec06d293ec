"""The parts of an answer about status: what holds, what may be asked for, rights, duties, what to watch, what may
follow.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from koshiqon.render.answer_page import Item
from koshiqon.render.status_words import (
    ask_of,
    category_line,
    category_names,
    few,
    held_names,
    step_of,
    tell,
    under_category,
)
from koshiqon.render.stay_words import code_words, reason_lines, say, under_rule
from koshiqon.render.words import Line, Run, Voice
from koshiqon.rules.categories import Flag
from koshiqon.rules.judging import Unknown
from koshiqon.rules.rule import May
from koshiqon.status.classification import Classification, Raised, RightHeld
from koshiqon.stay.answer import Due, DueState

MOST_STEPS = 4
"""So many open questions of the order are told; later ones are counted."""
MOST_FLAGS = 4
"""So many flags that may be up are told."""
AUTHORITY = "authority"
"""Whose duties stand apart: they are not the person's."""

# --- what holds ------------------------------------------------------------------------------------------------------


def why(answer: Classification, voice: Voice) -> Iterator[Item]:
    """The categories that govern, with their provisions; where that is not sure, each question still open."""
    governing = answer.governing
    if not governing.sure:
        yield from _open_steps(answer, voice)
        return
    step = step_of(governing.step, voice)
    by_no = isinstance(step.no, tuple) and bool(governing.categories) and set(governing.categories) <= set(step.no)
    code = "step_decides_by_no" if by_no else "step_decides_by_yes"
    yield Item(tell(voice, code, number=voice.number(step.number), question=ask_of(step, voice)))
    for member in answer.memberships:
        if member.category in governing.categories:
            under = (*under_category(member, voice), *reason_lines(voice, member.reasons))
            yield Item(held_names([member.category], answer, voice), under)


def _open_steps(answer: Classification, voice: Voice) -> Iterator[Item]:
    possible = answer.governing.possible
    for number, categories in possible[:MOST_STEPS]:
        line = tell(voice, "step_decides", number=voice.number(number), question=ask_of(step_of(number, voice), voice))
        names = category_names(categories, voice)
        yield Item(line, (tell(voice, "step_may_lead", categories=names),) if categories else ())
    if len(possible) > MOST_STEPS:
        yield Item(tell(voice, "more_steps", n=voice.number(len(possible) - MOST_STEPS)))


def categories(answer: Classification, voice: Voice) -> Iterator[Item]:
    """The other categories that hold, then in one line those of which it cannot be told. No word on the rest."""
    laid_over = [raised.name for raised in answer.overlays if raised.sure]
    untold = []
    for member in answer.memberships:
        if member.category in answer.governing.categories:
            continue
        if member.outcome is True or member.category in laid_over:
            yield Item(category_line(member.category, voice), tuple(under_category(member, voice)))
        elif isinstance(member.outcome, Unknown):
            untold.append(member.category)
    if untold:
        yield Item(tell(voice, "untold_categories", categories=category_names(untold, voice)))


# --- rights ----------------------------------------------------------------------------------------------------------


def may_ask(answer: Classification, voice: Voice) -> Iterator[Item]:
    """What may still be asked for: by which day, and where. What is late is said to be late, and nothing more."""
    asked = [right for right in answer.rights if right.sure and is_asked_for(right, voice)]
    for right in sorted(asked, key=lambda right: (right.late, right.until or date.max)):
        yield Item(_asked(right, voice), tuple(_under_right(right, voice)))


def rights(answer: Classification, voice: Voice) -> Iterator[Item]:
    for right in answer.rights:
        if right.sure and not is_asked_for(right, voice):
            yield Item((_right(right, voice),), tuple(_under_right(right, voice)))


def is_asked_for(right: RightHeld, voice: Voice) -> bool:
    """Is it to be asked for somewhere, or by some day? Else it simply holds."""
    then = voice.country.rules[right.rule].then
    return isinstance(then, May) and (then.office is not None or then.term is not None)


def _right(right: RightHeld, voice: Voice) -> Run:
    return Run(code_words(voice, "right", right.may), of=f"rule:{right.rule}")


def _asked(right: RightHeld, voice: Voice) -> Line:
    words = (_right(right, voice),)
    if right.until is None:
        return tell(voice, "right_undated", right=words) if right.reasons else words
    return tell(voice, "right_late" if right.late else "right_until", day=voice.day(right.until), right=words)


def _under_right(right: RightHeld, voice: Voice) -> Iterator[Line]:
    if right.office is not None:
        yield _office(right.office, voice)
    yield from reason_lines(voice, right.reasons)
    yield from under_rule(right.rule, right.provision, right.confidence, voice)


def _office(name: str, voice: Voice) -> Line:
    """The office by name, with the ways to reach it."""
    office = voice.country.offices.get(name)
    if office is None:
        return say(voice, "due_at", office=f"«{name}»")
    words = (voice.text(office.title, of=f"office:{name}"),)
    if not office.channels:
        return say(voice, "due_at", office=words)
    return tell(voice, "office_reached", office=words, ways=", ".join(value for _, value in office.channels))


# --- duties ----------------------------------------------------------------------------------------------------------


def own_duties(dues: Iterable[Due]) -> tuple[Due, ...]:
    """Duties of the person and of those who brought the person, as far as they are sure."""
    return tuple(due for due in dues if due.by != AUTHORITY and due.state is not DueState.UNKNOWN)


def duties_of_the_state(answer: Classification, voice: Voice) -> Iterator[Item]:
    """What an authority must do for this person, and by when."""
    dues = [due for due in answer.duties if due.by == AUTHORITY and due.state is not DueState.UNKNOWN]
    for due in sorted(dues, key=lambda due: due.deadline or date.max):
        under = [_office(due.office, voice)] if due.office is not None else []
        under += [*reason_lines(voice, due.reasons), *under_rule(due.rule, due.provision, due.confidence, voice)]
        yield Item(_state_due(due, voice), tuple(under))


def _state_due(due: Due, voice: Voice) -> Line:
    assert due.deadline is not None, "a duty that is not unknown has its day"
    duty = (Run(code_words(voice, "duty", due.must), of=f"rule:{due.rule}"),)
    code = "authority_passed" if due.state is DueState.PASSED else "authority_by"
    return tell(voice, code, duty=duty, day=voice.day(due.deadline))


# --- flags -----------------------------------------------------------------------------------------------------------


def flags(answer: Classification, voice: Voice) -> Iterator[Item]:
    """The flags that are up: what they mean, when they are raised, and who says so."""
    for raised in answer.flags:
        if raised.sure:
            flag = _flag(raised, voice)
            sources = [(voice.source(name),) for name in flag.sources if name in voice.country.sources]
            under = (tell(voice, "flag_when", flag=(voice.text(flag.when),)), *sources)
            yield Item((voice.text(flag.meaning, of=f"flag:{flag.name}"),), under)


def _flag(raised: Raised, voice: Voice) -> Flag:
    return next(flag for flag in voice.country.decision.flags if flag.name == raised.name)


# --- what may also apply ---------------------------------------------------------------------------------------------


def perhaps(answer: Classification, voice: Voice) -> Iterator[Item]:
    """Of what is not sure, the names alone, what hangs on the fewest facts first. Penalties are not even named."""
    rights = [(right.reasons, code_words(voice, "right", right.may)) for right in answer.rights if not right.sure]
    dues = [
        (due.reasons, code_words(voice, "duty", due.must)) for due in answer.duties if due.state is DueState.UNKNOWN
    ]
    decided = [
        (one.reasons, code_words(voice, "decision_by_officer", one.decision))
        for one in answer.decisions
        if not one.sure
    ]
    for code, untold in (("perhaps_rights", rights), ("perhaps_duties", dues), ("perhaps_decisions", decided)):
        if untold:
            names = dict.fromkeys(name for _, name in sorted(untold, key=lambda one: len(one[0])))
            yield Item(tell(voice, code, names=few([(Run(name),) for name in names], voice)))
    raised = sorted((flag for flag in answer.flags if not flag.sure), key=lambda flag: len(flag.reasons))
    for flag in raised[:MOST_FLAGS]:
        yield Item(tell(voice, "perhaps_flag", flag=(voice.text(_flag(flag, voice).when),)))
    if any(not one.met for one in answer.consequences) or any(not bar.sure for bar in answer.bars):
        yield Item(tell(voice, "untold_consequences"))
