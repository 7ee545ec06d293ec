"""`koshiqon reform`: one register under the law as it is and under a change of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from koshiqon.engine.duckdb import Room
    from koshiqon.engine.screening import Screened, Told
    from koshiqon.engine.screening_shard import Question
    from koshiqon.sources.chosen_reform import ChosenReform


def reform(
    name: Annotated[
        str, typer.Argument(metavar="REFORM", help="A reform of the country by its name, or a YAML file of that form.")
    ],
    register: Annotated[str, typer.Option(help="A register: CSV or Parquet, a file or a folder of them.")],
    on: Annotated[str, typer.Option(help="The day through which stays are judged, YYYY-MM-DD.")],
    reading: Annotated[
        list[str] | None, typer.Option(help="NAME=OPTION of an open reading; «practice» is limits=practice. Repeat it.")
    ] = None,
    mapping: Annotated[
        str | None, typer.Option(help="A YAML file that says what the columns of the register are.")
    ] = None,
    consented: Annotated[
        str | None, typer.Option(help="A text file of ids, one a line, of persons who agreed to be shown as examples.")
    ] = None,
    out: Annotated[str, typer.Option(help="The folder of the run; one that was begun is gone on with.")] = "reform",
    threads: Annotated[int, typer.Option(help="So many threads; the result does not depend on it.", min=1)] = 2,
    memory: Annotated[float, typer.Option(help="So many GiB of memory at most; the rest goes to disk.", min=0.5)] = 4.0,
    country: Annotated[str, typer.Option(help="A country that ships (kaz) or the path of a country's folder.")] = "kaz",
    lang: Annotated[str | None, typer.Option(help="Language of the answer: en, ru, kk …")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the record of the run as JSON.")] = False,
) -> None:
    """Judge a register under the law as it is and under a reform: who changes side, how many, by which groups.

    The same people cross on the same days under both. Stopped at any moment, the same command goes on where it was.
    """
    from pathlib import Path

    from koshiqon.cli.speaking import STOPPED, day_of, leave, translations_for
    from koshiqon.cli.writing import reason_of
    from koshiqon.engine.duckdb import Room

    language, _ = translations_for(lang)
    day = day_of(on, "--on", language)
    assert day is not None
    asked = {"path": register, "on": day, "readings": reading or [], "mapping": mapping, "where": None}
    asked |= {"country": country, "reform": name, "consented": consented}
    folder = Path(out)
    room = Room(folder / "unfinished" / "spill", memory, threads)
    try:
        compared = _compared(asked, folder, room, language)
    except KeyboardInterrupt:
        leave("screening_interrupted", {"folder": out}, language, STOPPED)
    except OSError as problem:
        leave("screening_unwritten", {"path": out, "reason": reason_of(problem)}, language)
    _tell(compared, language, as_json)


def _compared(asked: Mapping[str, Any], folder: Path, room: Room, language: str) -> Screened:
    """The run; leaves with a letter where it cannot begin or go on."""
    from koshiqon.cli.case_options import leave_with_letters
    from koshiqon.cli.progress import shown
    from koshiqon.cli.register_run import fault_leaves, phases, question_of
    from koshiqon.cli.speaking import leave
    from koshiqon.render.catalogs import catalog
    from koshiqon.sources.chosen_reform import UnreadableReform, chosen_reform

    with fault_leaves(language):
        try:
            chosen = chosen_reform(asked["reform"], asked["country"])
        except UnreadableReform as problem:
            leave_with_letters(problem.faults, language)
        if chosen.reform.since > asked["on"]:
            values = {"reform": chosen.reform.name, "since": chosen.reform.since.isoformat(), "on": str(asked["on"])}
            leave("reform_begins_later", values, language)
        agreed = _agreed(asked["consented"], language)
        question = question_of(asked, language)
        with shown(phases(language), catalog(language)) as told:
            return _run(question, chosen, agreed, asked, folder, room, told)


def _agreed(path: str | None, language: str) -> frozenset[str] | None:
    """The ids of persons who agreed to be shown; None where no file is named."""
    from pathlib import Path

    from koshiqon.cli.speaking import leave
    from koshiqon.cli.writing import reason_of

    if path is None:
        return None
    try:
        lines = Path(path).read_text(encoding="utf-8-sig").splitlines()
    except OSError as problem:
        leave("consented_unreadable", {"path": path, "reason": reason_of(problem)}, language)
    except UnicodeDecodeError:
        leave("consented_not_text", {"path": path}, language)
    return frozenset(line.strip() for line in lines) - {""}


def _run(
    question: Question,
    chosen: ChosenReform,
    agreed: frozenset[str] | None,
    asked: Mapping[str, Any],
    folder: Path,
    room: Room,
    told: Told,
) -> Screened:
    from functools import partial
    from pathlib import Path

    from koshiqon.cli.reform_pages import publish
    from koshiqon.cli.register_run import fingerprint_of, hashed, taking_in
    from koshiqon.engine.comparison import SCHEMA, prepared
    from koshiqon.engine.fingerprint import digest_of
    from koshiqon.engine.screening import Work, screen
    from koshiqon.reform import reformed

    source = Path(asked["path"])
    inputs = hashed(question, source, room, told)
    work = Work(
        taking_in(question, source, room),
        partial(prepared, question, reformed(question.country, chosen.reform), room),
        partial(publish, question=question, reform=chosen.reform, agreed=agreed),
    )
    fingerprint = fingerprint_of(question, inputs)
    fingerprint["reform"] = {"name": chosen.reform.name, "sha256": chosen.sha256}
    fingerprint["consented"] = None if agreed is None else digest_of(sorted(agreed))
    return screen(fingerprint, folder, work, told, schema=SCHEMA)


def _tell(compared: Screened, language: str, as_json: bool) -> None:
    import json

    from koshiqon.cli.status import screen as screen_of
    from koshiqon.render.catalogs import catalog
    from koshiqon.render.reform_words import compared_in_words

    if as_json:
        typer.echo(json.dumps({"folder": str(compared.folder), **compared.record}, ensure_ascii=False, indent=1))
        return
    done = (compared.found_done, compared.parts)
    figures = json.loads((compared.folder / "figures.json").read_text(encoding="utf-8"))
    words = compared_in_words(
        compared.record, figures, done, str(compared.folder), language, catalog(language), screen_of()
    )
    typer.echo(words, nl=False)
