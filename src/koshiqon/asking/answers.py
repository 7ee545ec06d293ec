"""An answer in an interview, as typed or as JSON holds it, read by the type of the fact that was asked.

UnreadableAnswer  it does not answer the question; it holds the letters that say what does
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

from koshiqon.asking.letters import letter_of, letters
from koshiqon.country import Country
from koshiqon.render.status_talk import allowed
from koshiqon.render.status_words import told
from koshiqon.render.stay_codes import VERDICTS
from koshiqon.render.stay_words import code_words, word
from koshiqon.render.words import Voice
from koshiqon.rules.categories import CaseFact
from koshiqon.rules.judging import Outcome
from koshiqon.sources.case_facts import NO, fact_value
from koshiqon.sources.case_file import CaseWritten, UnreadableCase, Written
from koshiqon.sources.case_reading import CaseRead, read_case
from koshiqon.status.interview import Told, answered, takes_papers
from koshiqon.stay.case import CITIZENSHIP, EntryAhead, Paper

_NUMBER = re.compile(r"-?\d{1,12}(\.\d{1,6})?", re.ASCII)
"""A number as people write it: no powers of ten, whose digits would fill the memory."""
_DAY_FIRST = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})", re.ASCII)
"""How people write a day: 22.11.2026."""


class UnreadableAnswer(Exception):
    """Something said that does not answer the question, with the letters to show."""

    def __init__(self, said: list[str]) -> None:
        super().__init__(" ".join(said))
        self.letters = said


def read_answer(given: Any, fact: CaseFact, voice: Voice, on: date) -> Outcome | Paper | None:  # noqa: ANN401 (JSON)
    """The value that was meant, a paper where one was named, None where the person does not know.

    Raises UnreadableAnswer.
    """
    value = given.strip() if isinstance(given, str) else given
    if value is None or value == "":
        return None
    if takes_papers(fact.name) and isinstance(value, str) and ":" in value:
        return _read(CaseWritten(permits=(Written(value, fact.name),)), voice, on).case.papers[0]
    if fact.name == CITIZENSHIP:
        return _read(CaseWritten(citizenship=Written(value, fact.name)), voice, on).case.citizenship
    meant = fact_value(fact, _as_meant(value, fact, voice))
    if meant is None:
        raise UnreadableAnswer([complaint("interview_no_answer", voice, value=value, allowed=_allowed(fact, voice))])
    return meant


def told_after(told: Told, fact: CaseFact, meant: Outcome | Paper | None, voice: Voice, on: date) -> Told:
    """The interview after an answer that was read. Raises UnreadableAnswer: an entry later than the day asked."""
    try:
        return answered(told, fact.name, meant, on)
    except EntryAhead as ahead:
        words = complaint("interview_entry_ahead", voice, value=ahead.entry, on=ahead.on)
        raise UnreadableAnswer([words]) from None


def as_given(meant: Outcome | Paper | None) -> Any:  # noqa: ANN401 (JSON)
    """An answer as JSON holds it, which `read_answer` reads as the same in every language."""
    match meant:
        case Paper(kind, since, until):
            return f"{kind}:{since}:{until or ''}"
        case date() | Decimal():
            return str(meant)
        case tuple():
            return [as_given(item) for item in meant]
    return meant


def complaint(code: str, voice: Voice, **values: object) -> str:
    """A letter of the interview."""
    return letter_of(code, {name: str(value) for name, value in values.items()}, voice.language)


def _allowed(fact: CaseFact, voice: Voice) -> str:
    """What may be said, with every code in words and as it stands in the file, which --json takes too."""
    if not fact.values:
        return allowed(fact, voice)
    named = ", ".join(f"{code_words(voice, fact.name, code)} ({code})" for code in fact.values)
    return f"{allowed(fact, voice)}: {named}"


def _read(written: CaseWritten, voice: Voice, on: date) -> CaseRead:
    country: Country = voice.country
    try:
        return read_case(written, country, on, citizens=True)
    except UnreadableCase as problem:
        raise UnreadableAnswer(letters(problem.faults, voice.language)) from None


def _as_meant(value: Any, fact: CaseFact, voice: Voice) -> Any:  # noqa: ANN401
    """What people write for a value of the fact, as a case file has it."""
    if not isinstance(value, str):
        return value
    said = value.casefold()
    match fact.type:
        case "yes_no":
            return _yes_no(voice).get(said, value)
        case "code":
            named = {code_words(voice, fact.name, code).casefold(): code for code in fact.values}
            numbered = {str(number): code for number, code in enumerate(fact.values, 1)}
            return {**numbered, **named}.get(said, value)
        case "countries":
            nothing = NO | {told(voice, "none").casefold()}
            return [] if said in nothing else value.upper()
        case "country":
            return value.upper()
        case "number":
            plain = "".join(value.split()).replace(",", ".")
            return plain if _NUMBER.fullmatch(plain) else None
        case "date" if (found := _DAY_FIRST.fullmatch(value)) is not None:
            day, month, year = found.groups()
            return f"{year}-{month:0>2}-{day:0>2}"
    return value


def _yes_no(voice: Voice) -> dict[str, bool]:
    """Yes and no by the words of the language and by their first letters."""
    words = {word(voice, VERDICTS, "yes").casefold(): True, word(voice, VERDICTS, "no").casefold(): False}
    return words | {name[0]: meant for name, meant in words.items()}
