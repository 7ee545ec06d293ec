"""`koshiqon register make`: a synthetic register; `koshiqon register check` stands in `register_check`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from koshiqon.cli import register_check

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from koshiqon.engine.synthetic import Made
    from koshiqon.stay.synthetic import Synthetic

app = typer.Typer(help="A border register: make a synthetic one, or see what one holds.", no_args_is_help=True)
app.command("check")(register_check.check)


@app.command("make")
def make(
    persons: Annotated[int, typer.Option(help="How many persons, from 1 to 100000000.")],
    out: Annotated[str, typer.Option(help="A new or empty folder.")],
    since: Annotated[str, typer.Option(help="The first day, YYYY-MM-DD.")] = "2019-01-01",
    until: Annotated[str, typer.Option(help="The last day, YYYY-MM-DD.")] = "2025-12-31",
    seed: Annotated[int, typer.Option(help="The same seed gives the same bytes.", min=0)] = 1,
    threads: Annotated[int, typer.Option(help="Two at most; the bytes do not depend on it.", min=1)] = 2,
    country: Annotated[str, typer.Option(help="A country that ships (kaz) or the path of a country's folder.")] = "kaz",
    lang: Annotated[str | None, typer.Option(help="Language of the answer: en, ru, kk …")] = None,
) -> None:
    """Make a synthetic register: crossings, permits and penalties as Parquet, spoilt as registers are, truth beside."""
    from pathlib import Path

    from koshiqon.cli.speaking import STOPPED, day_of, leave, translations_for
    from koshiqon.cli.writing import reason_of
    from koshiqon.engine.synthetic import UnmakeableRegister
    from koshiqon.sources.faults import UnreadableCountry
    from koshiqon.sources.synthetic_of_country import load_synthetic

    language, _ = translations_for(lang)
    first, last = day_of(since, "--since", language), day_of(until, "--until", language)
    assert first is not None and last is not None
    try:
        plan = load_synthetic(country)
        made = _make(plan, Path(out), persons, (first, last), seed, threads, language)
    except (UnreadableCountry, UnmakeableRegister) as problem:
        leave(problem.code, problem.values, language)
    except OSError as problem:
        leave("register_unwritten", {"path": out, "reason": reason_of(problem)}, language)
    except KeyboardInterrupt:
        leave("making_interrupted", {"path": out}, language, STOPPED)
    typer.echo(_made(made, plan, {"persons": str(persons), "since": since, "until": until, "folder": out}, language))


def _make(
    plan: Synthetic, folder: Path, persons: int, days: tuple[date, date], seed: int, threads: int, language: str
) -> Made:
    """Make the register under a bar that counts persons."""
    from koshiqon.cli.progress import shown
    from koshiqon.engine.synthetic import SHARD, make_register
    from koshiqon.render.catalogs import catalog
    from koshiqon.render.making_words import SAYS

    since, until = days
    translations = catalog(language)
    with shown({"making": translations.gettext(SAYS["making"])}, translations) as told:
        told("making", 0, persons)

        def of_persons(shards: int, _of: int) -> None:
            told("making", min(shards * SHARD, persons), persons)

        return make_register(
            plan, folder, persons=persons, since=since, until=until, seed=seed, threads=threads, told=of_persons
        )


def _made(made: Made, plan: Synthetic, asked: dict[str, str], language: str) -> str:
    from koshiqon.cli.status import screen
    from koshiqon.render.catalogs import catalog
    from koshiqon.render.making_words import made_in_words

    faults = {kind: (made.faults.get(kind, 0), of) for kind, of in made.faults_of.items()}
    calibrations = [(row.name, row.basis, row.sources, row.text) for row in plan.calibrations]
    return made_in_words(asked, made.rows, faults, calibrations, language, catalog(language), screen()).rstrip("\n")
