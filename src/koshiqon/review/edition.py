"""One edition of the review: the chapters in order, for one country and one question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from koshiqon.country import Country
from koshiqon.review import (
    attention,
    categories,
    changes,
    comparison,
    conflicts,
    flows,
    profile,
    protection,
    reading,
    stays,
)
from koshiqon.review.comparison import EarlierFinding
from koshiqon.review.document import Asked, Chapter, Points, Review
from koshiqon.trends.series import Observation


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier edition: what it calls itself, and its findings by name."""

    edition: str
    findings: Mapping[str, EarlierFinding]


def review(country: Country, asked: Asked, earlier: Earlier | None = None) -> Review:
    """The review of `country` as asked; beside an earlier edition, if one is given. Chapters without data are left
    out.
    """
    known = known_by(country, asked.known)
    if asked.theme is not None:
        theme = known.themes[asked.theme]
        known = replace(known, events=tuple(event for event in known.events if theme.holds_event(event)))
    chapters = tuple(part for part in _chapters(known, asked) if part is not None and _wanted(part, asked))
    document = Review(country.code, asked, (_brief(chapters), *chapters))
    if earlier is not None:
        compared = comparison.chapter(earlier.findings, document.shown(), asked, earlier.edition)
        document = replace(document, chapters=(document.chapters[0], compared, *chapters))
    return replace(document, chapters=(*document.chapters, reading.sources_chapter(known, document.findings())))


def chapter_names(country: Country) -> tuple[str, ...]:
    """The names by which a chapter can be asked for, in their order."""
    after_figures = ("changes", "stay", "categories", "practice", "attention", "experts")
    fixed = ("flows", "protection", *after_figures, "conflicts", "questions", "reading", "glossary")
    laid_out = {
        after: [chapter.name for chapter in country.figure_chapters if chapter.after == after] for after in fixed
    }
    return tuple(name for part in fixed for name in (part, *laid_out[part]))


def _chapters(known: Country, asked: Asked) -> Iterator[Chapter | None]:
    yield flows.chapter(known, asked)
    yield from profile.chapters(known, asked, "flows")
    yield protection.chapter(known, asked)
    yield from profile.chapters(known, asked, "protection")
    yield changes.chapter(known, asked)
    yield stays.chapter(known, asked)
    yield categories.chapter(known, asked)
    yield attention.practice_chapter(known, asked)
    yield attention.chapter(known, asked)
    yield attention.experts_chapter()
    yield conflicts.conflicts_chapter(known, asked)
    yield conflicts.questions_chapter(known, asked)
    yield reading.acts_chapter(known, asked)
    yield attention.glossary_chapter(known)


def _wanted(chapter: Chapter, asked: Asked) -> bool:
    """Is the chapter part of what was asked? A theme brings its own chapters, the register of its changes and its
    attention.
    """
    if asked.chapters:
        return chapter.name in asked.chapters
    return asked.theme is None or asked.theme in chapter.themes or chapter.name == "changes"


def _brief(chapters: tuple[Chapter, ...]) -> Chapter:
    """Findings in brief: the sentence that each chapter opens with."""
    return Chapter("brief", (), (Points(tuple(chapter.opening[:1] for chapter in chapters if chapter.opening)),))


def earliest_day(country: Country) -> date:
    """The first day of which the country's register or series speak: where a look back begins if nobody says
    otherwise.
    """
    days = [event.dated.earliest for event in country.events]
    days += [
        date(int(row.period[:4]), 1, 1)
        for row in country.observations
        if row.status == "A" and row.period[:4].isdigit()
    ]
    return min(days, default=date(1900, 1, 1))


def known_by(country: Country, day: date) -> Country:
    """The country as it could be known on `day`: without rows all of whose dated sources appeared later, and without
    figures of a time after it.

    A source whose day of publication is not recorded counts as known; so does a row with no dated source.
    """

    def known(sources: tuple[str, ...]) -> bool:
        dates = [country.sources[name].published for name in sources if name in country.sources]
        dated = [when for when in dates if when is not None]
        return len(dated) < len(dates) or not dated or any(when.earliest <= day for when in dated)

    def observed(row: Observation) -> bool:
        return known(row.basis.sources) and int(row.period[:4]) <= day.year

    return replace(
        country,
        regimes=tuple(row for row in country.regimes if known(row.basis.sources)),
        events=tuple(
            event
            for event in country.events
            if known(event.basis.sources) and (event.adopted is None or event.adopted.earliest <= day)
        ),
        observations=tuple(row for row in country.observations if observed(row)),
        practice={name: entry for name, entry in country.practice.items() if known(entry.basis.sources)},
        conflicts={
            name: entry for name, entry in country.conflicts.items() if all(known(side.sources) for side in entry.sides)
        },
    )
