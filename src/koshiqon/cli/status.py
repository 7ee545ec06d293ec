"""`koshiqon status`: who one person is in law, what may be asked for, rights and duties."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from koshiqon.country import Country
    from koshiqon.render.terminal import Screen
    from koshiqon.sources.case_file import CaseWritten
    from koshiqon.sources.case_reading import CaseRead


def status(
    case: Annotated[str, typer.Option(help="A YAML file that holds the case: trips, permits, facts.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the answer as JSON.")] = False,
    why: Annotated[bool, typer.Option("--why", help="Show every rule about a category as it was judged.")] = False,
    country: Annotated[str, typer.Option(help="A country that ships (kaz) or the path of a country's folder.")] = "kaz",
    lang: Annotated[str | None, typer.Option(help="Language of the answer: en, ru, kk …")] = None,
) -> None:
    """Say who a person is in law on a day, what may still be asked for, by when and where, rights and duties."""
    from koshiqon.asking.status import answered_status
    from koshiqon.cli.speaking import translations_for
    from koshiqon.render.status_data import render_status_json
    from koshiqon.render.status_terminal import render_status
    from koshiqon.render.words import voice

    language, _ = translations_for(lang)
    law = country_of(country, language)
    read = case_read(written_case(case, language), law, language)
    answer, question, page = answered_status(read, voice(language, law))
    if as_json:
        typer.echo(render_status_json(answer, question, page, why))
    else:
        typer.echo(render_status(page, screen(), why), nl=False)


def written_case(path: str, language: str) -> CaseWritten:
    """The case as it stands in a file; leaves with letters where it cannot be read."""
    from pathlib import Path

    from koshiqon.cli.case_options import leave_with_letters
    from koshiqon.sources.case_file import UnreadableCase, read_case_file

    try:
        return read_case_file(Path(path))
    except UnreadableCase as problem:
        leave_with_letters(problem.faults, language)


def country_of(name: str, language: str) -> Country:
    """The country, or a letter about why not."""
    from koshiqon.cli.speaking import leave
    from koshiqon.sources.country_folder import load_country
    from koshiqon.sources.faults import UnreadableCountry

    try:
        return load_country(name)
    except UnreadableCountry as problem:
        leave(problem.code, problem.values, language)


def case_read(written: CaseWritten, law: Country, language: str) -> CaseRead:
    """What the case means in this country; today is the day asked where none is written."""
    from datetime import date

    from koshiqon.cli.case_options import leave_with_letters
    from koshiqon.sources.case_file import UnreadableCase
    from koshiqon.sources.case_reading import read_case

    try:
        return read_case(written, law, date.today(), citizens=True)
    except UnreadableCase as problem:
        leave_with_letters(problem.faults, language)


def screen() -> Screen:
    """As wide as the terminal; colour only where one reads, and where nobody said no to it (NO_COLOR)."""
    import os
    import shutil
    import sys

    from koshiqon.render.terminal import WIDEST, Screen

    width = shutil.get_terminal_size((WIDEST, 24)).columns
    return Screen(max(40, min(width, WIDEST)), sys.stdout.isatty() and not os.environ.get("NO_COLOR"))
