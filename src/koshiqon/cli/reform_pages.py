"""What readers get of a comparison of two laws: tables that may be published, a page and a workbook a language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from koshiqon.engine.comparison_tables import Compared
    from koshiqon.engine.screening_shard import Question
    from koshiqon.reform import Reform
    from koshiqon.stay.register.compared import Example, ReformReport


def publish(
    folder: Path, record: Mapping[str, Any], question: Question, reform: Reform, agreed: frozenset[str] | None
) -> None:
    """Write all of it beside the parts of a run, each file whole or not at all, the same bytes each time. Examples are
    told of persons who agreed, or where nobody is real. Raises NoRoom and UnreadableRegister.
    """
    from koshiqon.engine.comparison import PART
    from koshiqon.engine.comparison_tables import compared_of, examples_of, write_days
    from koshiqon.engine.duckdb import Room, connect
    from koshiqon.engine.publication import write_tables
    from koshiqon.stay.register.groups import Publication

    parts = sorted((folder / PART).glob("*.parquet"))
    examples: tuple[Example, ...] = ()
    with connect(Room(folder / "unfinished" / "spill")) as connection:
        compared = compared_of(connection, parts, reform.since)
        if agreed is not None or record["said"]["synthetic"]:
            examples = examples_of(connection, parts, agreed, record["said"]["reasons"])
    (folder / "tables").mkdir(exist_ok=True)
    write_tables(Publication(compared.tables, {}), folder / "tables")
    write_days(compared, folder / "tables")
    report = _report(record, question, reform, compared, examples)
    _write_figures(folder, report)
    _write_pages(folder, report, question)


def _report(
    record: Mapping[str, Any], question: Question, reform: Reform, compared: Compared, examples: tuple[Example, ...]
) -> ReformReport:
    from koshiqon.engine.fingerprint import digest_of
    from koshiqon.statistics.disclosure import THRESHOLD
    from koshiqon.stay.register.compared import ReformReport
    from koshiqon.stay.register.report import RegisterAsked

    derived = record["counts"].get("stays_derived", 0)
    return ReformReport(
        asked=RegisterAsked(question.on, question.readings, question.where),
        reform=reform,
        synthetic=record["said"]["synthetic"],
        fingerprint=digest_of(record["asked"]["inputs"]),
        tables=compared.tables,
        days=compared.days,
        unknown_days=compared.unknown_days,
        derived=None if 0 < derived < THRESHOLD else derived,
        examples=examples,
    )


def _write_figures(folder: Path, report: ReformReport) -> None:
    """The totals as they may be published, for whoever reads no page."""
    from koshiqon.engine.run_folder import write_json
    from koshiqon.render.register_reform import totals

    write_json(folder / "figures.json", totals(report))


def _write_pages(folder: Path, report: ReformReport, question: Question) -> None:
    from koshiqon import __version__
    from koshiqon.engine.run_folder import write_whole
    from koshiqon.render.catalogs import languages
    from koshiqon.render.register_blocks import register_html
    from koshiqon.render.register_reform import reform_page, reform_xlsx
    from koshiqon.render.words import voice

    for language in languages():
        speaking = voice(language, question.country)
        page = reform_page(report, speaking, __version__)
        write_whole(folder / f"summary-{language}.html", register_html(page).encode())
        write_whole(folder / f"tables-{language}.xlsx", reform_xlsx(report, speaking, page))
