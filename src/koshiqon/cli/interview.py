"""`koshiqon interview`: one question at a time, until nothing more can change which status governs the stay.

With `--json` each line is one object: docs/reference/interview-protocol.md.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from koshiqon.country import Country
    from koshiqon.render.terminal import Screen
    from koshiqon.render.words import Voice
    from koshiqon.sources.case_reading import CaseRead
    from koshiqon.status.interview import Question, Told


class Turn(Enum):
    """What a person may say instead of an answer."""

    BACK = "back"
    STOP = "stop"


Hear = Callable[["Question", int], Any]
"""Puts a question under its number; gives what was said: a value as typed, or a turn."""
Say = Callable[[str], None]
"""Tells the person a sentence between two questions."""


def interview(
    case: Annotated[str | None, typer.Option(help="A YAML file with what is already known of the case.")] = None,
    on: Annotated[str | None, typer.Option(help="The day asked, YYYY-MM-DD; today if not given.")] = None,
    save: Annotated[str | None, typer.Option(help="Write the case into this file; else nothing is stored.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line: questions out, answers in.")] = False,
    why: Annotated[bool, typer.Option("--why", help="Show every rule about a category as it was judged.")] = False,
    country: Annotated[str, typer.Option(help="A country that ships (kaz) or the path of a country's folder.")] = "kaz",
    lang: Annotated[str | None, typer.Option(help="Language of the interview: en, ru, kk …")] = None,
) -> None:
    """Ask for one fact at a time, as few as possible, and say who the person is in law."""
    from dataclasses import replace

    from koshiqon.cli.speaking import translations_for
    from koshiqon.cli.status import country_of, screen
    from koshiqon.render.words import voice
    from koshiqon.status.interview import Told

    language, _ = translations_for(lang)
    law = country_of(country, language)
    start = _start(case, on, law, language)
    speaking = voice(language, law)
    hear, say = _json_door(speaking) if as_json else _text_door(speaking, screen())
    told = converse(Told(start.case), start, speaking, hear, say)
    read = replace(start, case=told.case)
    _end(read, told, speaking, why=why, as_json=as_json)
    if save is not None:
        _save(read, save, language)


def _start(case: str | None, on: str | None, law: Country, language: str) -> CaseRead:
    """What is known before the first question; the day asked is that of --on, else of the file, else today."""
    from dataclasses import replace

    from koshiqon.cli.speaking import day_of
    from koshiqon.cli.status import case_read, written_case
    from koshiqon.sources.case_file import CaseWritten, Written

    day_of(on, "--on", language)
    written = CaseWritten() if case is None else written_case(case, language)
    return case_read(written if on is None else replace(written, on=Written(on, "--on")), law, language)


def _save(read: CaseRead, path: str, language: str) -> None:
    from pathlib import Path

    from koshiqon.cli.writing import write_file
    from koshiqon.render.status_case import case_text

    write_file(Path(path), case_text(read.case, read.on, read.readings).encode(), language)


# --- the conversation ------------------------------------------------------------------------------------------------


def converse(told: Told, start: CaseRead, speaking: Voice, hear: Hear, say: Say) -> Told:
    """Ask until nothing more matters or the person stops; what cannot be read is said, and asked again."""
    from koshiqon.asking.answers import UnreadableAnswer, complaint
    from koshiqon.status.interview import next_question

    law = speaking.country
    past: list[Told] = []
    while (question := next_question(told.case, law, start.on, told.declined, start.readings)) is not None:
        said = hear(question, len(past) + 1)
        if said is Turn.STOP:
            break
        if said is Turn.BACK:
            if past:
                told = past.pop()
            else:
                say(complaint("interview_first", speaking))
            continue
        try:
            following = _after(told, question, said, start, speaking, say)
        except UnreadableAnswer as problem:
            for words in problem.letters:
                say(words)
            continue
        past.append(told)
        told = following
    return told


def _after(told: Told, question: Question, said: object, start: CaseRead, speaking: Voice, say: Say) -> Told:
    """The interview after what was said. Raises UnreadableAnswer."""
    from koshiqon.asking.answers import read_answer, told_after
    from koshiqon.render.status_talk import noted
    from koshiqon.stay.case import Paper

    fact = speaking.country.facts[question.fact]
    meant = read_answer(said, fact, speaking, start.on)
    if isinstance(meant, Paper):
        say(noted(meant, speaking))
    return told_after(told, fact, meant, speaking, start.on)


def _end(read: CaseRead, told: Told, speaking: Voice, *, why: bool, as_json: bool) -> None:
    """The answer: for people, or as one line of JSON."""
    from koshiqon.asking.status import answered_status, nothing_to_ask
    from koshiqon.cli.status import screen
    from koshiqon.render.status_data import status_data
    from koshiqon.render.status_terminal import render_status

    answer, question, page = answered_status(read, speaking, told.declined)
    if as_json:
        _line({"classification": status_data(answer, question, page, why)})
        return
    typer.echo("" if question is not None else f"\n{nothing_to_ask(answer, told.declined, speaking)}\n")
    typer.echo(render_status(page, screen(), why), nl=False)


# --- for people ------------------------------------------------------------------------------------------------------


def _text_door(speaking: Voice, screen: Screen) -> tuple[Hear, Say]:
    from koshiqon.render.status_talk import question_text, welcome, why_text
    from koshiqon.render.status_words import told

    turns = {turn.value: turn for turn in Turn} | {told(speaking, turn.value).casefold(): turn for turn in Turn}
    typer.echo(welcome(speaking, screen))

    def hear(question: Question, number: int) -> Any:  # noqa: ANN401 (a line, or a turn)
        typer.echo("\n" + question_text(question, number, speaking, screen))
        while True:
            typer.echo("> ", nl=False)
            line = sys.stdin.readline()
            said = line.strip()
            if not line:
                return Turn.STOP
            if said != "?":
                return turns.get(said.casefold(), said)
            typer.echo(why_text(question, speaking, screen))

    return hear, typer.echo


# --- for other programs ----------------------------------------------------------------------------------------------


def _json_door(speaking: Voice) -> tuple[Hear, Say]:
    from koshiqon.asking.answers import complaint
    from koshiqon.render.status_data import question_data

    def say(words: str) -> None:
        _line({"message": words})

    def hear(question: Question, number: int) -> Any:  # noqa: ANN401 (a value, or a turn)
        _line({"question": {"number": number, **question_data(question, speaking)}})
        while True:
            line = sys.stdin.readline()
            if not line:
                return Turn.STOP
            given = _object(line)
            for turn in Turn:
                if given == {turn.value: True}:
                    return turn
            if list(given) == ["answer"]:
                return given["answer"]
            if line.strip():
                say(complaint("interview_not_json", speaking, value=line.strip()))

    return hear, say


def _object(line: str) -> dict[str, Any]:
    try:
        given = json.loads(line)
    except ValueError:
        return {}
    return given if isinstance(given, dict) else {}


def _line(value: dict[str, Any]) -> None:
    """One object on one line, sent at once: somebody waits for it."""
    typer.echo(json.dumps(value, ensure_ascii=False))
    sys.stdout.flush()
