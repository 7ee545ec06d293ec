"""`koshiqon register check`: what a register holds, before anybody judges it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from koshiqon.engine.register_profile import RegisterProfile
    from koshiqon.render.profile_words import Told
    from koshiqon.stay.register.form import RegisterForm


def check(
    path: Annotated[
        str, typer.Argument(metavar="PATH", help="A register: CSV or Parquet, a file or a folder of them.")
    ],
    mapping: Annotated[
        str | None, typer.Option(help="A YAML file that says what the columns of the register are.")
    ] = None,
    threads: Annotated[int, typer.Option(help="So many threads.", min=1)] = 2,
    memory: Annotated[float, typer.Option(help="So many GiB of memory at most.", min=0.5)] = 4.0,
    lang: Annotated[str | None, typer.Option(help="Language of the answer: en, ru, kk …")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The same as data, on standard output.")] = False,
) -> None:
    """Say what a register holds: rows, persons, days, what is missing, what nobody understands, what pairing finds.

    Nothing is kept; what is needed on the way lies in the system's temporary folder.
    """
    import json

    from koshiqon.cli.register_form import form_of
    from koshiqon.cli.speaking import STOPPED, leave, translations_for
    from koshiqon.cli.status import screen
    from koshiqon.engine.duckdb import NoRoom, UnreadableRegister
    from koshiqon.render.profile_words import profile_data, profile_in_words

    language, translations = translations_for(lang)
    form = form_of(path, mapping, language)
    try:
        told = _told(form, _profile(form, path, threads, memory, language))
    except (UnreadableRegister, NoRoom) as problem:
        leave(problem.code, problem.values, language)
    except KeyboardInterrupt:
        raise typer.Exit(STOPPED) from None
    if as_json:
        typer.echo(json.dumps(profile_data(told), ensure_ascii=False, indent=1))
    else:
        typer.echo(profile_in_words(told, translations, screen()), nl=False)


def _profile(form: RegisterForm, path: str, threads: int, memory: float, language: str) -> RegisterProfile:
    from datetime import date
    from pathlib import Path
    from tempfile import TemporaryDirectory

    from koshiqon.cli.progress import shown
    from koshiqon.engine.duckdb import Room
    from koshiqon.engine.register_profile import profile_of
    from koshiqon.render.catalogs import catalog
    from koshiqon.render.profile_words import SAYS

    translations = catalog(language)
    doing = {"checking": translations.gettext(SAYS["checking"])}
    with TemporaryDirectory(prefix="koshiqon-") as place, shown(doing, translations) as told:
        room = Room(Path(place), memory, threads)
        return profile_of(form, Path(path), room, date.today(), lambda done, of: told("checking", done, of))


def _told(form: RegisterForm, profile: RegisterProfile) -> Told:
    from koshiqon.engine.register_profile import LEAST_ROWS
    from koshiqon.render.profile_words import Told

    taken = profile.taken
    counts = {"rows": taken.rows, "files": len(taken.parts), "persons": taken.persons, "linked": taken.linked}
    counts |= {"usable": profile.usable, "stays": profile.stays, "open": profile.open, "derived": profile.derived}
    strange = {
        column: [*found.listed, *([(None, found.others)] if found.others else [])]
        for column, found in profile.not_understood.items()
    }
    sides = {
        name: (coverage, taken.side_rows.get(name, 0), taken.left_out.get(name, 0))
        for name, coverage in taken.coverage.items()
    }
    days = (profile.first, profile.last)
    return Told(counts, days, profile.missing, profile.marks, strange, sides, LEAST_ROWS, form.synthetic)
