"""What all commands share: the language of the reader, letters on standard error, days of the command line."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, NoReturn

import typer

if TYPE_CHECKING:
    import gettext


def translations_for(language: str | None) -> tuple[str, gettext.GNUTranslations]:
    """The catalog of `--lang`, else of the environment (LC_ALL, LC_MESSAGES, LANG), else English. Leaves with a
    letter where `--lang` names none.
    """
    from koshiqon.render.catalogs import catalog, languages

    if language is not None and language not in languages():
        leave("language_unavailable", {"language": language, "languages": ", ".join(languages())}, "en")
    code = language or from_environment(languages())
    return code, catalog(code)


def from_environment(available: tuple[str, ...]) -> str:
    """The first language of the environment that ships, else English."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        code = os.environ.get(name, "").split("_")[0].split(".")[0].lower()
        if code in available:
            return code
    return "en"


STOPPED = 130
"""How a command leaves that somebody stopped, as shells have it."""


def leave(code: str, values: Mapping[str, str], language: str, status: int = 2) -> NoReturn:
    """Say what is wrong and what to do, and leave; with 2 where nothing else is said."""
    from koshiqon.render.catalogs import catalog
    from koshiqon.render.letters import letter

    typer.echo(letter(code, values, catalog(language)), err=True)
    raise typer.Exit(status)


def day_of(text: str | None, option: str, language: str) -> date | None:
    """A day of the command line, exactly YYYY-MM-DD."""
    if text is None:
        return None
    try:
        if len(text) != 10:
            raise ValueError(text)
        return date.fromisoformat(text)
    except ValueError:
        leave("bad_day", {"value": text, "option": option}, language)
