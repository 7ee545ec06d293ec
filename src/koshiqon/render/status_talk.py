"""What an interview says: how to talk to it, a question with the answers it takes, why it is asked."""

from __future__ import annotations

from collections.abc import Iterator

from koshiqon.render.status_words import question_line, told, why_lines
from koshiqon.render.stay_codes import VERDICTS
from koshiqon.render.stay_words import code_words, word
from koshiqon.render.terminal import BOLD, QUIET, Screen, wrapped
from koshiqon.render.words import Voice, plain
from koshiqon.rules.categories import CaseFact
from koshiqon.status.interview import Question, takes_papers
from koshiqon.stay.case import Paper

EXAMPLE_DAYS = "2026-03-01:2026-06-01"
"""The days of the paper that is shown as an example."""


def welcome(voice: Voice, screen: Screen) -> str:
    """What a person should know before the first question."""
    told_how = told(voice, "how_to_talk", back=told(voice, "back"), stop=told(voice, "stop"))
    return "\n".join(
        line for words in (told(voice, "welcome"), told_how) for line in wrapped(words, screen, "", "", QUIET)
    )


def question_text(question: Question, number: int, voice: Voice, screen: Screen) -> str:
    """The question under its number, its choices a line each, and how to answer."""
    fact = voice.country.facts[question.fact]
    asked = told(voice, "question_number", number=voice.number(number), question=question_line(question, voice))
    lines = list(wrapped(asked, screen, "", "   ", BOLD))
    lines += [f"   {line}" for line in choices(fact, voice)]
    lines += wrapped(f"({allowed(fact, voice)})", screen, "   ", "   ", QUIET)
    return "\n".join(lines)


def choices(fact: CaseFact, voice: Voice) -> Iterator[str]:
    """The codes of a fact in words, numbered from 1."""
    for number, code in enumerate(fact.values, 1):
        yield told(voice, "choice", number=f"{voice.number(number)})", words=code_words(voice, fact.name, code))


def allowed(fact: CaseFact, voice: Voice) -> str:
    """How an answer to the fact is written."""
    match fact.type:
        case "yes_no":
            either = told(voice, "yes_or_no", yes=word(voice, VERDICTS, "yes"), no=word(voice, VERDICTS, "no"))
            return f"{either}; {_papers(voice)}" if takes_papers(fact.name) else either
        case "code":
            return told(voice, "one_of")
        case "date":
            return told(voice, "a_day")
        case "number":
            return told(voice, "a_number")
        case "country":
            return told(voice, "a_country")
        case "countries":
            return told(voice, "countries", none=told(voice, "none"))
    return told(voice, "a_text")


def _papers(voice: Voice) -> str:
    kinds = [code for scheme, code in voice.country.codes if scheme == "paper"]
    return told(voice, "a_paper", example=f"{kinds[0]}:{EXAMPLE_DAYS}", kinds=", ".join(kinds)) if kinds else ""


def why_text(question: Question, voice: Voice, screen: Screen) -> str:
    """Why the question is asked."""
    return "\n".join(line for why in why_lines(question, voice) for line in wrapped(plain(why), screen, "   ", "   "))


def noted(paper: Paper, voice: Voice) -> str:
    """A paper that was named, said again."""
    days = [voice.day(day) for day in (paper.since, paper.until) if day is not None]
    return told(voice, "paper_noted", paper=f"{code_words(voice, 'paper', paper.kind)}, {' – '.join(days)}")
