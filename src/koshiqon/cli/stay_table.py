"""`koshiqon stay --table`: one answer a row for many people. A bad row keeps its place and never stops the others."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from koshiqon.render.people_table import PersonAnswer
    from koshiqon.render.words import Voice
    from koshiqon.sources.people_file import PersonRow

SUFFIXES = (".csv", ".xlsx")


def answer_table(table: str, out: str | None, on: str | None, assumptions: bool, country: str, language: str) -> None:
    """Answer every row, write the table (to standard output without `out`), and leave with 1 where a row was bad."""
    from koshiqon.cli.case_options import leave_with_letters
    from koshiqon.cli.speaking import day_of, leave
    from koshiqon.render.catalogs import catalog
    from koshiqon.render.letters import letter
    from koshiqon.render.words import voice
    from koshiqon.sources.country_folder import load_country
    from koshiqon.sources.faults import UnreadableCountry
    from koshiqon.sources.people_file import UnreadablePeople, read_people

    if out is not None and Path(out).suffix.lower() not in SUFFIXES:
        leave("table_out_unknown", {"path": out}, language)
    today = day_of(on, "--on", language) or date.today()
    try:
        people = read_people(Path(table))
        law = load_country(country)
    except UnreadablePeople as problem:
        leave_with_letters(problem.faults, language)
    except UnreadableCountry as problem:
        leave(problem.code, problem.values, language)
    rows = list(_answers(people, voice(language, law), today, assumptions))
    _write(rows, out, language)
    bad = sum("problem" in row.cells for row in rows)
    counts = {"good": str(len(rows) - bad), "bad": str(bad), "column": "problem"}
    typer.echo(letter("table_answered", counts, catalog(language)), err=True)
    if bad:
        raise typer.Exit(1)


def _answers(people: tuple[PersonRow, ...], speaking: Voice, today: date, assumptions: bool) -> Iterator[PersonAnswer]:
    from koshiqon.asking.letters import letters
    from koshiqon.asking.stay import assessed, stay_told
    from koshiqon.render.people_table import answered, refused
    from koshiqon.sources.case_file import UnreadableCase
    from koshiqon.sources.case_reading import read_case

    for person in people:
        try:
            if person.faults:
                raise UnreadableCase(person.faults)
            answer = assessed(read_case(person.case, speaking.country, today), speaking, assumptions)
        except UnreadableCase as problem:
            yield refused(person.line, person.id, " ".join(letters(problem.faults, speaking.language)))
        else:
            yield answered(person.line, person.id, answer, stay_told(answer, speaking))


def _write(rows: list[PersonAnswer], out: str | None, language: str) -> None:
    from koshiqon.cli.writing import write_file
    from koshiqon.render.people_table import render_people_csv, render_people_xlsx

    if out is None:
        typer.echo(render_people_csv(rows), nl=False)
    elif Path(out).suffix.lower() == ".xlsx":
        write_file(Path(out), render_people_xlsx(rows), language)
    else:
        write_file(Path(out), render_people_csv(rows).encode("utf-8-sig"), language)
