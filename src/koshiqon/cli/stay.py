"""`koshiqon stay`: how long one person may stay, until when, and what follows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from koshiqon.render.terminal import Screen
    from koshiqon.render.words import Voice
    from koshiqon.sources.case_file import CaseWritten
    from koshiqon.stay.answer import Assessment


def stay(
    citizenship: Annotated[
        list[str] | None, typer.Option(help="Citizenship of the passport used to enter: UZB, RUS … (ISO 3166-1).")
    ] = None,
    trip: Annotated[
        list[str] | None, typer.Option(help="ENTRY:EXIT, each YYYY-MM-DD; no EXIT while in the country. Repeat it.")
    ] = None,
    on: Annotated[str | None, typer.Option(help="The day asked, YYYY-MM-DD; today if not given.")] = None,
    permit: Annotated[
        list[str] | None, typer.Option(help="KIND:FIRST:LAST, such as trp:2026-03-01:2026-06-01. Repeat it.")
    ] = None,
    plan: Annotated[str | None, typer.Option(help="ENTRY:EXIT of a trip in mind.")] = None,
    fact: Annotated[list[str] | None, typer.Option(help="NAME=VALUE, such as penalty.given=yes. Repeat it.")] = None,
    reading: Annotated[
        list[str] | None, typer.Option(help="NAME=OPTION of an open reading; «practice» is limits=practice.")
    ] = None,
    case: Annotated[str | None, typer.Option(help="A YAML file that holds the whole case.")] = None,
    table: Annotated[str | None, typer.Option(help="A CSV file of people: id, citizenship, trips …")] = None,
    out: Annotated[str | None, typer.Option(help="With --table: the file of answers, .csv or .xlsx.")] = None,
    pdf: Annotated[str | None, typer.Option(help="Write the answer as a page for a file.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the answer as JSON.")] = False,
    why: Annotated[bool, typer.Option("--why", help="Show every rule as it was judged.")] = False,
    assumptions: Annotated[
        bool, typer.Option("--assumptions/--no-assumptions", help="Assume what is usual where nobody said; it is told.")
    ] = True,
    country: Annotated[str, typer.Option(help="A country that ships (kaz) or the path of a country's folder.")] = "kaz",
    lang: Annotated[str | None, typer.Option(help="Language of the answer: en, ru, kk …")] = None,
) -> None:
    """Say until when one person may stay, under what, what to do, and when the person may come back."""
    from koshiqon.cli.case_options import case_of_options, refuse_beside
    from koshiqon.cli.speaking import translations_for

    language, _ = translations_for(lang)
    options = {
        "--citizenship": citizenship,
        "--trip": trip,
        "--on": on,
        "--permit": permit,
        "--plan": plan,
        "--fact": fact,
        "--reading": reading,
    }
    if table is not None:
        from koshiqon.cli.stay_table import answer_table

        beside = {**options, "--case": case, "--pdf": pdf, "--json": as_json, "--why": why, "--on": None}
        refuse_beside(beside, "table_or_case", language)
        answer_table(table, out, on, assumptions, country, language)
        return
    refuse_beside({"--out": out}, "table_out_needed", language)
    if case is not None:
        refuse_beside(options, "case_or_options", language)
    written = case_of_options(options, language) if case is None else _file(case, language)
    _answer(written, country, language, assumptions=assumptions, why=why, as_json=as_json, pdf=pdf)


def _file(path: str, language: str) -> CaseWritten:
    from pathlib import Path

    from koshiqon.cli.case_options import leave_with_letters
    from koshiqon.sources.case_file import UnreadableCase, read_case_file

    try:
        return read_case_file(Path(path))
    except UnreadableCase as problem:
        leave_with_letters(problem.faults, language)


def _answer(
    written: CaseWritten, country: str, language: str, *, assumptions: bool, why: bool, as_json: bool, pdf: str | None
) -> None:
    """Read the case by the country, assess it, and tell the answer in the form asked for."""
    from datetime import date as day_type

    from koshiqon.asking.stay import assessed
    from koshiqon.cli.case_options import leave_with_letters
    from koshiqon.cli.speaking import leave
    from koshiqon.render.words import voice
    from koshiqon.sources.case_file import UnreadableCase
    from koshiqon.sources.case_reading import read_case
    from koshiqon.sources.country_folder import load_country
    from koshiqon.sources.faults import UnreadableCountry

    try:
        law = load_country(country)
        read = read_case(written, law, day_type.today())
    except UnreadableCountry as problem:
        leave(problem.code, problem.values, language)
    except UnreadableCase as problem:
        leave_with_letters(problem.faults, language)
    speaking = voice(language, law)
    _tell(assessed(read, speaking, assumptions), speaking, why=why, as_json=as_json, pdf=pdf)


def _tell(answer: Assessment, speaking: Voice, *, why: bool, as_json: bool, pdf: str | None) -> None:
    from koshiqon.asking.stay import stay_told

    page = stay_told(answer, speaking)
    if as_json:
        from koshiqon.render.stay_data import render_stay_json

        typer.echo(render_stay_json(answer, page, why))
    else:
        from koshiqon.render.terminal import render_terminal

        typer.echo(render_terminal(page, _screen(), why), nl=False)
    if pdf is not None:
        from datetime import UTC, datetime
        from pathlib import Path

        from koshiqon.cli.writing import write_file
        from koshiqon.render.stay_pdf import render_stay_pdf

        when = datetime(answer.on.year, answer.on.month, answer.on.day, tzinfo=UTC)
        write_file(Path(pdf), render_stay_pdf(page, when), speaking.language)


def _screen() -> Screen:
    """As wide as the terminal; colour only where one reads, and where nobody said no to it (NO_COLOR)."""
    import os
    import shutil
    import sys

    from koshiqon.render.terminal import WIDEST, Screen

    width = shutil.get_terminal_size((WIDEST, 24)).columns
    return Screen(max(40, min(width, WIDEST)), sys.stdout.isatty() and not os.environ.get("NO_COLOR"))
