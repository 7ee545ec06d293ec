"""What readers get of a screening: tables that may be published, pages in every language, the quarantine as CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from koshiqon.country import Country
    from koshiqon.engine.screening_shard import Question
    from koshiqon.stay.register.groups import Publication
    from koshiqon.stay.register.report import RegisterReport


def publish(folder: Path, record: Mapping[str, Any], question: Question) -> None:
    """Write all of it beside the parts of a run, each file whole or not at all, the same bytes each time. Raises NoRoom
    and UnreadableRegister.
    """
    from koshiqon.engine.duckdb import Room, connect
    from koshiqon.engine.publication import publication_of, write_tables
    from koshiqon.engine.screening_marks import write_csv, write_unread

    quarantine = folder / "quarantine"
    with connect(Room(folder / "unfinished" / "spill")) as connection:
        write_unread(connection, folder / "unfinished" / "shards", quarantine)
        write_csv(connection, quarantine, record["said"]["files"], folder / "quarantine.csv")
        parts = {part: sorted((folder / part).glob("*.parquet")) for part in ("stays", "quarantine")}
        publication = publication_of(connection, parts["stays"], parts["quarantine"], record["said"]["reasons"])
    write_tables(publication, folder / "tables")
    _write_pages(folder, _report(record, question, publication), question.country)


def _report(record: Mapping[str, Any], question: Question, publication: Publication) -> RegisterReport:
    from koshiqon.engine.fingerprint import digest_of
    from koshiqon.stay.register.form import Coverage
    from koshiqon.stay.register.report import RegisterAsked, RegisterReport

    said, form = record["said"], question.form
    assumed = {
        "extracted_on_day_judged": form.extracted_on is None,
        "zone_of_register": not form.zones and form.checkpoints is None,
        "facts_of_door": bool(said["assumed"]),
    }
    return RegisterReport(
        asked=RegisterAsked(question.on, question.readings, question.where),
        synthetic=said["synthetic"],
        rows=record["counts"]["rows"],
        fingerprint=digest_of(record["asked"]["inputs"]),
        coverage={table: Coverage(coverage) for table, coverage in said["coverage"].items()},
        publication=publication,
        assumed=tuple(name for name, taken in assumed.items() if taken),
        read_until=_read_until(question.country, said["titles"]),
    )


def _read_until(country: Country, titles: list[str]) -> dict[str, date]:
    """Until when the acts of these titles were read, by act in the order of the country."""
    acts = {str(country.rules[title].provision.act) for title in titles}
    return {
        name: act.read_until.latest for name, act in country.acts.items() if name in acts and act.read_until is not None
    }


def _write_pages(folder: Path, report: RegisterReport, country: Country) -> None:
    """A page and a workbook in each language."""
    from koshiqon import __version__
    from koshiqon.engine.run_folder import write_whole
    from koshiqon.render.catalogs import languages
    from koshiqon.render.register_blocks import register_html
    from koshiqon.render.register_page import register_page
    from koshiqon.render.register_sheets import register_xlsx
    from koshiqon.render.words import voice

    for language in languages():
        speaking = voice(language, country)
        page = register_page(report, speaking, __version__)
        write_whole(folder / f"summary-{language}.html", register_html(page).encode())
        write_whole(folder / f"tables-{language}.xlsx", register_xlsx(report, speaking, page))
