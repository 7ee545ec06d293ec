"""`koshiqon screen`: the stays of a whole register judged, each by the law of its days."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from koshiqon.engine.duckdb import Room
    from koshiqon.engine.screening import Screened


def screen(
    path: Annotated[
        str, typer.Argument(metavar="PATH", help="A register: CSV or Parquet, a file or a folder of them.")
    ],
    on: Annotated[str, typer.Option(help="The day through which stays are judged, YYYY-MM-DD.")],
    reading: Annotated[
        list[str] | None, typer.Option(help="NAME=OPTION of an open reading; «practice» is limits=practice. Repeat it.")
    ] = None,
    mapping: Annotated[
        str | None, typer.Option(help="A YAML file that says what the columns of the register are.")
    ] = None,
    out: Annotated[str, typer.Option(help="The folder of the run; one that was begun is gone on with.")] = "screening",
    where: Annotated[
        str | None, typer.Option(help="Only stays for which this holds, such as \"citizenship = 'UZB'\".")
    ] = None,
    threads: Annotated[int, typer.Option(help="So many threads; the result does not depend on it.", min=1)] = 2,
    memory: Annotated[float, typer.Option(help="So many GiB of memory at most; the rest goes to disk.", min=0.5)] = 4.0,
    country: Annotated[str, typer.Option(help="A country that ships (kaz) or the path of a country's folder.")] = "kaz",
    lang: Annotated[str | None, typer.Option(help="Language of the answer: en, ru, kk …")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the record of the run as JSON.")] = False,
) -> None:
    """Judge all stays of a register: who may have stayed too long, since when, under what; tables and a page to read.

    Stopped at any moment, the same command goes on where it was.
    """
    from pathlib import Path

    from koshiqon.cli.speaking import STOPPED, day_of, leave, translations_for
    from koshiqon.cli.writing import reason_of
    from koshiqon.engine.duckdb import Room

    language, _ = translations_for(lang)
    day = day_of(on, "--on", language)
    assert day is not None
    asked = {"path": path, "on": day, "readings": reading or [], "mapping": mapping, "where": where, "country": country}
    folder = Path(out)
    room = Room(folder / "unfinished" / "spill", memory, threads)
    try:
        screened = _screened(asked, folder, room, language)
    except KeyboardInterrupt:
        leave("screening_interrupted", {"folder": out}, language, STOPPED)
    except OSError as problem:
        leave("screening_unwritten", {"path": out, "reason": reason_of(problem)}, language)
    _tell(screened, language, as_json)


def _screened(asked: Mapping[str, Any], folder: Path, room: Room, language: str) -> Screened:
    """The run; leaves with a letter where it cannot begin or go on."""
    from functools import partial
    from pathlib import Path

    from koshiqon.cli.progress import shown
    from koshiqon.cli.register_run import fault_leaves, fingerprint_of, hashed, phases, question_of, taking_in
    from koshiqon.cli.screen_pages import publish
    from koshiqon.engine.screening import Work
    from koshiqon.engine.screening import screen as run_over
    from koshiqon.engine.screening_shard import prepared
    from koshiqon.render.catalogs import catalog

    with fault_leaves(language):
        question = question_of(asked, language)
        source = Path(asked["path"])
        with shown(phases(language), catalog(language)) as told:
            inputs = hashed(question, source, room, told)
            work = Work(
                taking_in(question, source, room),
                partial(prepared, question, room),
                partial(publish, question=question),
            )
            return run_over(fingerprint_of(question, inputs), folder, work, told)


def _tell(screened: Screened, language: str, as_json: bool) -> None:
    import json

    from koshiqon.cli.status import screen as screen_of
    from koshiqon.render.catalogs import catalog
    from koshiqon.render.screening_words import screened_in_words

    if as_json:
        typer.echo(json.dumps({"folder": str(screened.folder), **screened.record}, ensure_ascii=False, indent=1))
        return
    done = (screened.found_done, screened.parts)
    counts = screened.record["counts"]
    translations, folder = catalog(language), str(screened.folder)
    words = screened_in_words(screened.record, counts, done, folder, language, translations, screen_of())
    typer.echo(words, nl=False)
