"""`koshiqon cases`: worked cases of lawyers held against the rules of a country."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from koshiqon.country import Country
    from koshiqon.sources.worked_cases import Run


def cases(
    files: Annotated[list[str], typer.Argument(metavar="FILE…", help="Files of worked cases, YAML.")],
    country: Annotated[
        str, typer.Option(help="The country of cases that name none: one that ships (kaz) or the path of a folder.")
    ] = "kaz",
    lang: Annotated[str | None, typer.Option(help="Language of the answer: en, ru, kk …")] = None,
) -> None:
    """Run worked cases: what was expected, what was found, how many passed. Leaves with 1 where one failed."""
    import sys

    from koshiqon.cli.speaking import translations_for
    from koshiqon.render.terminal import Screen
    from koshiqon.render.words import voice
    from koshiqon.render.worked import passed, render_worked
    from koshiqon.status.worked import work

    language, _ = translations_for(lang)
    runs = _read(files, country, language)
    worked = [(work(run.case, run.country), f"{run.file}:{run.line}") for run in runs]
    screen = Screen(colour=sys.stdout.isatty())
    typer.echo(render_worked(worked, voice(language, runs[0].country), screen), nl=False)
    if not passed(worked):
        raise typer.Exit(1)


def _read(files: list[str], country: str, language: str) -> list[Run]:
    """The runs of all files, or the letters about all of them."""
    from pathlib import Path

    from koshiqon.cli.case_options import leave_with_letters
    from koshiqon.cli.speaking import leave
    from koshiqon.sources.country_folder import load_country
    from koshiqon.sources.faults import Fault, UnreadableCountry
    from koshiqon.sources.worked_cases import UnreadableCases, read_worked_cases

    def law_of(name: str) -> Country:
        try:
            return load_country(name)
        except UnreadableCountry as problem:
            leave(problem.code, problem.values, language)

    runs: list[Run] = []
    faults: list[Fault] = []
    for file in dict.fromkeys(files):
        try:
            runs += read_worked_cases(Path(file), country, law_of)
        except UnreadableCases as problem:
            faults += problem.faults
    if faults:
        leave_with_letters(faults, language)
    return runs
