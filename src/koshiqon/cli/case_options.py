"""A case given by options of the command line, and leaving where a case cannot be read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NoReturn

import typer

if TYPE_CHECKING:
    from koshiqon.sources.case_file import CaseWritten, Written
    from koshiqon.sources.faults import Fault

Options = Mapping[str, object]
"""Options by name, as typer gives them: a text, a list of texts, yes or no, or nothing."""


def refuse_beside(options: Options, code: str, language: str) -> None:
    """Leave with a letter where any of these options is given."""
    from koshiqon.cli.speaking import leave

    given = [name for name, value in options.items() if value not in (None, False, [])]
    if given:
        leave(code, {"options": ", ".join(given)}, language)


def case_of_options(options: Options, language: str) -> CaseWritten:
    """The case that the options hold; leaves with a letter where NAME=VALUE has no form or stands twice."""
    from koshiqon.sources.case_file import CaseWritten, Written

    citizenships, on, plan = _several(options, "--citizenship"), options["--on"], options["--plan"]
    citizenship = citizenships[0] if len(citizenships) == 1 else citizenships or None
    return CaseWritten(
        citizenship=Written(citizenship, "--citizenship") if citizenship is not None else None,
        on=Written(on, "--on") if on is not None else None,
        trips=tuple(Written(text, "--trip") for text in _several(options, "--trip")),
        permits=tuple(Written(text, "--permit") for text in _several(options, "--permit")),
        plan=Written(plan, "--plan") if plan is not None else None,
        facts=_named(_several(options, "--fact"), "--fact", "case_fact_form", language),
        readings=_named(_several(options, "--reading"), "--reading", "case_reading_form", language),
    )


def _several(options: Options, name: str) -> list[str]:
    value = options[name]
    return [str(item) for item in value] if isinstance(value, list) else []


def _named(texts: Iterable[str], option: str, code: str, language: str) -> dict[str, Written]:
    from koshiqon.cli.speaking import leave
    from koshiqon.sources.case_file import Written

    named: dict[str, Written] = {}
    for text in texts:
        name, equals, value = (part.strip() for part in text.partition("="))
        if not (equals and name and value) and not (option == "--reading" and name == "practice" and not equals):
            leave(code, {"field": option, "value": text}, language)
        if name in named and named[name].value != (value or None):
            leave("case_given_twice", {"field": option, "name": name}, language)
        named[name] = Written(value or None, option)
    return named


def leave_with_letters(faults: Iterable[Fault], language: str) -> NoReturn:
    """Say everything that is wrong and what to do, and leave with exit code 2."""
    from koshiqon.asking.letters import letters

    for words in letters(faults, language):
        typer.echo(words, err=True)
    raise typer.Exit(2)
