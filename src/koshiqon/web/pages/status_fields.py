"""The fields of a question: what may be chosen or typed by the type of its fact, and the answer that a form holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from starlette.datastructures import FormData

from koshiqon.asking.answers import UnreadableAnswer, read_answer, told_after
from koshiqon.render.phrases import N_
from koshiqon.render.status_talk import allowed
from koshiqon.render.stay_codes import VERDICTS
from koshiqon.render.stay_words import code_words, word
from koshiqon.render.words import Voice
from koshiqon.rules.categories import CaseFact
from koshiqon.rules.judging import Outcome
from koshiqon.status.interview import Told, takes_papers
from koshiqon.stay.case import Paper
from koshiqon.web.asked import texts
from koshiqon.web.pages.stay_states import Choice, choices_of_states, usual_states
from koshiqon.web.pages.stay_trips import day_as_written

PAPER = "paper"
"""What the button asks for that names a paper."""
NO_STATE = "none"
"""The choice of a person who holds no citizenship."""
MOST_STATES = 3
SAYS: dict[str, str] = {
    "no_answer": N_("«{value}» does not answer this question. Write {allowed}; or press «I don't know»."),
    "not_yet": N_(
        "{value} is later than the day asked, {on}. Write the day on which you came, or press «I don't know» if you "
        "have not come yet."
    ),
    "nothing": N_("Nothing was answered. Choose or write an answer, or press «I don't know»."),
    "none_and_some": N_("«None» and a state stand side by side. Choose the state, or «none» alone."),
    "paper_unnamed": N_("The paper needs its kind and its first day. Choose and write both, then add it."),
}


@dataclass(frozen=True, slots=True)
class PaperTyped:
    """A paper as typed: the code of its kind, first and last day."""

    kind: str = ""
    since: str = ""
    until: str = ""


NO_PAPER = PaperTyped()


@dataclass(frozen=True, slots=True)
class Field:
    """How a question is answered. `kind`: `choice` (one of `choices`), `states` (several of them), `state`, `date`,
    `number` or `text`; `typed`: what stands there already; `papers`: the kinds of papers that may be named, and
    `paper`, the one half named.
    """

    kind: str
    choices: tuple[Choice, ...]
    typed: tuple[str, ...]
    usual: tuple[Choice, ...] = ()
    papers: tuple[Choice, ...] = ()
    paper: PaperTyped = NO_PAPER


def field_of(fact: CaseFact, typed: tuple[str, ...], voice: Voice, paper: PaperTyped = NO_PAPER) -> Field:
    """The field of a fact with what was typed into it."""
    usual: tuple[Choice, ...] = ()
    choices: tuple[Choice, ...] = ()
    match fact.type:
        case "yes_no":
            choices = tuple(Choice(code, word(voice, VERDICTS, code)) for code in ("yes", "no"))
        case "code":
            choices = tuple(Choice(code, code_words(voice, fact.name, code)) for code in fact.values)
        case "country" | "countries":
            usual = tuple(one for one in usual_states(voice) if fact.type == "country" or one.value != "XXA")
            choices = choices_of_states(voice)
    kinds = {"yes_no": "choice", "code": "choice", "country": "state", "countries": "states"}
    return Field(
        kind=kinds.get(fact.type, fact.type),
        choices=choices,
        typed=typed,
        usual=usual,
        papers=_papers(voice) if takes_papers(fact.name) else (),
        paper=paper,
    )


def as_typed(answer: Any, fact: CaseFact) -> tuple[tuple[str, ...], PaperTyped]:  # noqa: ANN401 (JSON)
    """An earlier answer as the fields of its question hold it."""
    if answer is None:
        return (), NO_PAPER
    if takes_papers(fact.name) and isinstance(answer, str):
        return (), PaperTyped(*answer.split(":"))
    if isinstance(answer, bool):
        return ("yes" if answer else "no",), NO_PAPER
    if isinstance(answer, list):
        return tuple(answer) or (NO_STATE,), NO_PAPER
    return (str(answer),), NO_PAPER


def typed_in(form: FormData) -> tuple[tuple[str, ...], PaperTyped]:
    """What a form holds in the fields of its question."""
    kind, since, until = (next(iter(texts(form, name)), "") for name in ("kind", "since", "until"))
    typed = tuple(dict.fromkeys(one for one in texts(form, "answer")[:MOST_STATES] if one))
    return typed, PaperTyped(kind, day_as_written(since), day_as_written(until))


def answer_typed(form: FormData, fact: CaseFact, voice: Voice) -> Any:  # noqa: ANN401 (JSON)
    """The answer that a form holds, for `read_answer`. Raises UnreadableAnswer where there is none."""
    typed, paper = typed_in(form)
    if takes_papers(fact.name) and form.get("do") == PAPER:
        if not paper.kind or not paper.since:
            raise unreadable("paper_unnamed", voice)
        return f"{paper.kind}:{paper.since}:{paper.until}"
    if not typed:
        raise unreadable("nothing", voice)
    if fact.type != "countries":
        return day_as_written(typed[0]) if fact.type == "date" else typed[0]
    if NO_STATE in typed and len(typed) > 1:
        raise unreadable("none_and_some", voice)
    return [] if NO_STATE in typed else list(typed)


def heard(form: FormData, fact: CaseFact, told: Told, voice: Voice, on: date) -> Outcome | Paper | None:
    """What was answered, as it fits what was told before. Raises UnreadableAnswer, its letters in words of a form."""
    given = answer_typed(form, fact, voice)
    try:
        meant = read_answer(given, fact, voice, on)
    except UnreadableAnswer:
        if form.get("do") == PAPER:
            raise
        value = ", ".join(typed_in(form)[0])
        raise unreadable("no_answer", voice, value=value, allowed=allowed(fact, voice)) from None
    try:
        told_after(told, fact, meant, voice, on)
    except UnreadableAnswer:
        value = voice.day(meant) if isinstance(meant, date) else str(given)
        raise unreadable("not_yet", voice, value=value, on=voice.day(on)) from None
    return meant


def unreadable(code: str, voice: Voice, **slots: str) -> UnreadableAnswer:
    """Why a form holds no answer."""
    return UnreadableAnswer([voice.translations.gettext(SAYS[code]).format(**slots)])


def _papers(voice: Voice) -> tuple[Choice, ...]:
    kinds = [code for scheme, code in voice.country.codes if scheme == "paper"]
    return tuple(Choice(code, code_words(voice, "paper", code)) for code in kinds)
