"""`koshiqon review`: write the review of a country."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from koshiqon.render.blocks import ReviewPage

FORMATS = ("html", "pdf", "docx", "json", "xlsx", "csv", "bib", "csl")


def review(
    country: Annotated[str, typer.Option(help="A country that ships (kaz) or the path of a country's folder.")] = "kaz",
    since: Annotated[
        str | None, typer.Option(help="First day of the look back, YYYY-MM-DD; the beginning of the data if not given.")
    ] = None,
    on: Annotated[str | None, typer.Option(help="The day judged, YYYY-MM-DD; today if not given.")] = None,
    known: Annotated[
        str | None, typer.Option(help="Leave out what was published after this day, YYYY-MM-DD; today if not given.")
    ] = None,
    lang: Annotated[str | None, typer.Option(help="Language of the review: en, ru, kk …")] = None,
    form: Annotated[
        str, typer.Option("--format", help=f"{', '.join(FORMATS)}; several separated by commas.")
    ] = "html,pdf",
    out: Annotated[str, typer.Option(help="Folder to write to.")] = ".",
    theme: Annotated[str | None, typer.Option(help="Only the chapters and changes of one theme.")] = None,
    section: Annotated[str | None, typer.Option(help="Only these chapters; several separated by commas.")] = None,
    compare: Annotated[
        str | None, typer.Option(help="The JSON of an earlier edition: adds what changed since.")
    ] = None,
) -> None:
    """Write the review of a country's external migration policy: law, stay, status, figures, conflicts, gaps."""
    import gc
    from datetime import UTC, datetime
    from datetime import date as day_type
    from pathlib import Path

    from koshiqon import __version__
    from koshiqon.cli.speaking import day_of, leave, translations_for
    from koshiqon.cli.writing import write_file
    from koshiqon.render.page import compose
    from koshiqon.render.pdf import sent_to_press
    from koshiqon.render.press import started_press
    from koshiqon.render.words import voice
    from koshiqon.review.document import Asked
    from koshiqon.review.edition import chapter_names, earliest_day
    from koshiqon.review.edition import review as review_of
    from koshiqon.sources.country_folder import load_country
    from koshiqon.sources.edition_file import UnreadableEdition, read_edition
    from koshiqon.sources.faults import UnreadableCountry

    # The review is one growing heap of frozen facts; looking through it for garbage again and again takes a second.
    gc.disable()
    language, _ = translations_for(lang)
    formats = _several(form)
    _refuse_others(formats, FORMATS, "format_unknown", language)
    today = day_type.today()
    judged, read_by = day_of(on, "--on", language) or today, day_of(known, "--known", language) or today
    first = day_of(since, "--since", language)
    if first is not None and first > judged:
        leave("days_out_of_order", {"since": first.isoformat(), "on": judged.isoformat()}, language)
    with started_press() as press:
        try:
            read = load_country(country)
            earlier = read_edition(Path(compare)) if compare is not None else None
        except (UnreadableCountry, UnreadableEdition) as problem:
            leave(problem.code, problem.values, language)
        chapters = _several(section) if section is not None else ()
        _refuse_others(chapters, chapter_names(read), "chapter_unknown", language)
        _refuse_others((theme,) if theme is not None else (), tuple(read.themes), "theme_unknown", language)
        asked = Asked(first or earliest_day(read), judged, read_by, theme, chapters)
        page = compose(review_of(read, asked, earlier), voice(language, read), __version__, press)
        when = datetime(judged.year, judged.month, judged.day, tzinfo=UTC)
        # The press sets the paper while the other formats are written here.
        paper = sent_to_press(page, when, press) if "pdf" in formats else None
        for name in formats:
            for file, content in _content(name, page, when):
                write_file(Path(out) / file, content, language)
        if paper is not None:
            write_file(Path(out) / "review.pdf", paper.result(), language)


def _several(given: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in given.split(",") if part.strip()))


def _refuse_others(given: tuple[str, ...], known: tuple[str, ...], code: str, language: str) -> None:
    """Leave with a letter at the first name that is not known."""
    from koshiqon.cli.speaking import leave

    for name in given:
        if name not in known:
            leave(code, {"value": name, "known": ", ".join(known)}, language)


def _content(form: str, page: ReviewPage, when: datetime) -> Iterator[tuple[str, bytes]]:
    """The files of one format but paper: name and content."""
    from koshiqon.render import data, tables

    match form:
        case "html":
            from koshiqon.render.html import render_html

            yield "review.html", render_html(page).encode()
        case "docx":
            from koshiqon.render.word import render_word

            yield "review.docx", render_word(page, when)
        case "json":
            yield "review.json", data.render_json(page).encode()
        case "xlsx":
            yield "review.xlsx", tables.render_xlsx(page)
        case "csv":
            for table in tables.tables_of(page):
                yield f"tables/{table.name}.csv", tables.render_csv(table, page).encode()
        case "bib":
            yield "review.bib", tables.render_bibtex(page).encode()
        case "csl":
            yield "review.csl.json", tables.render_csl(page).encode()
