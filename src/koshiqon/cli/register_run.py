"""What commands that run over a register share: what is asked, the files it rests on, letters about what goes wrong."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from koshiqon.engine.duckdb import Room
    from koshiqon.engine.screening import TakenIn, Told
    from koshiqon.engine.screening_shard import Question
    from koshiqon.rules.judging import Outcome


def phases(language: str) -> dict[str, str]:
    """The phases of a run in words, for the bar that shows them."""
    from koshiqon.render.catalogs import catalog
    from koshiqon.render.screening_words import saying

    said = saying(catalog(language))
    return {phase: said(phase) for phase in ("hashing", "reading", "screening", "publishing")}


@contextmanager
def fault_leaves(language: str) -> Iterator[None]:
    """Leave with a letter where a run cannot begin or go on."""
    from koshiqon.cli.speaking import leave
    from koshiqon.engine.duckdb import NoRoom, UnreadableRegister
    from koshiqon.engine.run_folder import RunRefused
    from koshiqon.engine.screening import RowsLost
    from koshiqon.engine.screening_filter import UnfitFilter
    from koshiqon.sources.chosen_readings import UnfitReading
    from koshiqon.sources.faults import UnreadableCountry
    from koshiqon.statistics.tables import UnfitTable
    from koshiqon.stay.register.law import UnsupportedInRegister

    try:
        yield
    except RunRefused as problem:
        leave(problem.code, _in_words(problem.values, language), language)
    except (UnreadableCountry, UnfitReading, UnfitFilter, UnsupportedInRegister) as problem:
        leave(problem.code, problem.values, language)
    except (UnreadableRegister, NoRoom, RowsLost, UnfitTable) as problem:
        leave(problem.code, problem.values, language)


def _in_words(values: Mapping[str, str], language: str) -> dict[str, str]:
    """What differs between two runs, said in words."""
    from koshiqon.render.catalogs import catalog
    from koshiqon.render.screening_letters import ASKED

    if "differs" not in values:
        return dict(values)
    names = [catalog(language).gettext(ASKED[name]) for name in values["differs"].split(", ")]
    return {**values, "differs": ", ".join(names)}


def question_of(asked: Mapping[str, Any], language: str) -> Question:
    """What every shard is asked, with everything that can be refused at once looked at first."""
    from koshiqon.cli.register_form import form_of
    from koshiqon.engine.screening_filter import check_filter
    from koshiqon.engine.screening_shard import Question
    from koshiqon.rules.judging import ReasonKind, unknown
    from koshiqon.sources.case_facts import fact_value
    from koshiqon.sources.chosen_readings import chosen_readings
    from koshiqon.sources.country_folder import load_country
    from koshiqon.stay.readings import readings_of

    form = form_of(asked["path"], asked["mapping"], language)
    law = load_country(asked["country"])
    readings = readings_of(law, chosen_readings(asked["readings"], law))
    if asked["where"] is not None:
        check_filter(asked["where"])

    def value_of(fact: str, text: str) -> Outcome:
        value = fact_value(law.facts[fact], text)
        return unknown(ReasonKind.FACT_MISSING, fact) if value is None else value

    return Question(form, law, asked["on"], readings, asked["where"], value_of)


# --- the files -------------------------------------------------------------------------------------------------------


def hashed(question: Question, source: Path, room: Room, told: Told) -> list[dict[str, Any]]:
    """The files of the register and of its side tables with their hashes. Raises UnreadableRegister and OSError."""
    from koshiqon.engine.fingerprint import hashes_of
    from koshiqon.engine.intake_files import files_of

    told("hashing", 0, 1)
    return hashes_of(source, files_of(question.form, source), room.threads)


STAGES = ("files", "profiles", "persons", "rows", "side_tables")
"""What reading a register does one after the other; most of the time goes to persons and rows."""


def taking_in(question: Question, source: Path, room: Room) -> Callable[[Path, Callable[[int, int], None]], TakenIn]:
    """How a run reads its register, and what its record says of that."""
    from koshiqon.engine.intake import take_in
    from koshiqon.engine.screening import TakenIn

    def taken_in(into: Path, said: Callable[[int, int], None]) -> TakenIn:
        def by_stages(stage: str) -> None:
            said(STAGES.index(stage), len(STAGES))

        taken = take_in(question.form, source, into, room, until=question.on, told=by_stages)
        marks = {f"mark:{kind}:quarantine": rows for kind, rows in taken.quarantine.items()}
        counts = {"rows": taken.rows, "quarantined": sum(taken.quarantine.values()), **marks}
        files = [part.name for part in taken.parts]
        return TakenIn(taken.shards, counts, {"files": files, "linked": taken.linked, "left_out": dict(taken.left_out)})

    return taken_in


def fingerprint_of(question: Question, inputs: list[dict[str, Any]]) -> dict[str, Any]:
    """Everything on which the result hangs, by the names that `ASKED` has words for."""
    import duckdb

    from koshiqon import __version__
    from koshiqon.engine.fingerprint import as_json, digest_of

    law, form = question.country, as_json(question.form)
    return {
        "inputs": inputs,
        "country": {"code": law.code, "version": law.version, "sha256": law.content_hash},
        "on": question.on.isoformat(),
        "readings": dict(question.readings),
        "where": question.where,
        "form": {**form, "citizenships": digest_of(form["citizenships"])},
        "program": __version__,
        "engine": f"duckdb {duckdb.__version__}",
    }
