"""`koshiqon law-on` and `koshiqon changed`: the rules of a day, and what changed between two days."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

if TYPE_CHECKING:
    from collections.abc import Callable

    from koshiqon.country import Country
    from koshiqon.render.law_days import LawPage

T = TypeVar("T")

COUNTRY = typer.Option(help="A country that ships (kaz) or the path of a country's folder.")
LANGUAGE = typer.Option(help="Language of the answer: en, ru, kk …")


def law_on(
    day: Annotated[str, typer.Argument(help="The day, YYYY-MM-DD.")],
    kind: Annotated[
        str | None, typer.Option(help="Only rules of these kinds (title, duty …); several separated by commas.")
    ] = None,
    country: Annotated[str, COUNTRY] = "kaz",
    lang: Annotated[str | None, LANGUAGE] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The same as data, on standard output.")] = False,
) -> None:
    """The rules in force on a day, each with its provision; the visa-free table in short; until when acts were read."""
    from koshiqon import __version__
    from koshiqon.asking.law import day_asked, kinds_asked, none_known
    from koshiqon.cli.speaking import leave, translations_for
    from koshiqon.render.law_data import law_json
    from koshiqon.render.law_days import compose_law
    from koshiqon.render.words import voice
    from koshiqon.rules.rule import RuleKind
    from koshiqon.stay.law_days import law_on as law_of

    language, _ = translations_for(lang)
    kinds = tuple(RuleKind) if kind is None else _read(lambda: kinds_asked(kind), language)
    asked = _read(lambda: day_asked(day, "DAY"), language)
    read = _country(country, language)
    law = law_of(read, asked, kinds)
    periods = [rule.period for rule in law.rules] + [row.period for row in law.regimes]
    if kind is None and not any(period.contains(asked) for period in periods):
        problem = none_known(read, asked)
        leave(problem.code, problem.values, language)
    if as_json:
        typer.echo(law_json(law, read, language, __version__))
    else:
        _show(compose_law(law, voice(language, read), __version__))


def changed(
    first: Annotated[str, typer.Argument(metavar="FROM", help="The day to compare with, YYYY-MM-DD.")],
    last: Annotated[str, typer.Argument(metavar="TO", help="The last day of the changes told, YYYY-MM-DD.")],
    citizenship: Annotated[str, typer.Option(help="For the citizens of which state: three letters, such as UZB.")],
    country: Annotated[str, COUNTRY] = "kaz",
    lang: Annotated[str | None, LANGUAGE] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The same as data, on standard output.")] = False,
) -> None:
    """What changed after FROM through TO for the citizens of one state: regimes, rules, values, practice."""
    from koshiqon import __version__
    from koshiqon.asking.law import citizenship_asked, day_asked, none_known
    from koshiqon.cli.speaking import leave, translations_for
    from koshiqon.render.law_data import changes_json
    from koshiqon.render.law_days import compose_changes
    from koshiqon.render.words import voice
    from koshiqon.stay.law_days import changed as changes_of

    language, _ = translations_for(lang)
    since, through = (
        _read(lambda: day_asked(first, "FROM"), language),
        _read(lambda: day_asked(last, "TO"), language),
    )
    if since >= through:
        leave("law_days_out_of_order", {"first": since.isoformat(), "last": through.isoformat()}, language)
    read = _country(country, language)
    _read(lambda: citizenship_asked(citizenship, "--citizenship"), language)
    if not read.rules and not read.regimes:
        problem = none_known(read, through)
        leave(problem.code, problem.values, language)
    told = changes_of(read, citizenship, since, through)
    if as_json:
        typer.echo(changes_json(told, read, language, __version__))
    else:
        _show(compose_changes(told, voice(language, read), __version__))


# --- what was asked --------------------------------------------------------------------------------------------------


def _read(read: Callable[[], T], language: str) -> T:
    """What was asked, or the letter about it."""
    from koshiqon.asking.law import UnreadableQuestion
    from koshiqon.cli.speaking import leave

    try:
        return read()
    except UnreadableQuestion as problem:
        leave(problem.code, problem.values, language)


def _country(name: str, language: str) -> Country:
    from koshiqon.cli.speaking import leave
    from koshiqon.sources.country_folder import load_country
    from koshiqon.sources.faults import UnreadableCountry

    try:
        return load_country(name)
    except UnreadableCountry as problem:
        leave(problem.code, problem.values, language)


# --- what is shown ---------------------------------------------------------------------------------------------------


def _show(page: LawPage) -> None:
    import sys

    from koshiqon.render.law_days import render_law
    from koshiqon.render.terminal import Screen

    screen = Screen(colour=sys.stdout.isatty())
    typer.echo(render_law(page, screen), nl=False)
