"""Chapters of figures that the country lays out in `review.yaml`: sentences with slots, charts, tables, conflicts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from koshiqon.country import Country, FigureChapter, FiguresShown
from koshiqon.evidence import Confidence, Reference
from koshiqon.language import Text
from koshiqon.review.conflicts import conflict_boxes
from koshiqon.review.document import (
    Area,
    Asked,
    Block,
    Box,
    Chapter,
    Chart,
    Line,
    Section,
    Sentence,
    Several,
    Shown,
    Span,
    Table,
    Word,
)
from koshiqon.review.figures import Figures, by_indicator, figure_notes, further, pick, sources_of, yearly
from koshiqon.review.finding import observed, said
from koshiqon.trends.series import TOTAL, Observation, period_end

SLOT = re.compile(r"\{(?P<what>latest|period):(?P<indicator>[^}@]+)(@(?P<counterpart>[^}]+))?\}")
MOST_LINES = 6


def chapters(country: Country, asked: Asked, after: str) -> tuple[Chapter, ...]:
    """The figure chapters that follow the fixed chapter `after`; one without any figure in the years asked is left
    out.
    """
    laid_out = (chapter for chapter in country.figure_chapters if chapter.after == after)
    figures = by_indicator(country)
    built = (_chapter(country, figures, asked, chapter) for chapter in laid_out)
    return tuple(chapter for chapter in built if chapter is not None)


def _chapter(country: Country, figures: Figures, asked: Asked, laid_out: FigureChapter) -> Chapter | None:
    opening = tuple(_opening(country, asked, laid_out.opening))
    blocks = tuple(block for shown in laid_out.shown for block in _blocks(country, figures, asked, shown))
    if not blocks:
        return None
    indicators = tuple(dict.fromkeys(name for shown in laid_out.shown for name in shown.indicators))
    boxes = (*_cautions(country, figures, asked, indicators), *conflict_boxes(country, laid_out.conflicts, asked))
    sections = (Section("cautions", boxes),) if boxes else ()
    return Chapter(laid_out.name, opening, blocks, sections, laid_out.themes, laid_out.title)


def _opening(country: Country, asked: Asked, sentences: Iterable[Text]) -> Iterable[Sentence]:
    """The sentences whose every slot can be filled by a figure of the years asked."""
    for text in sentences:
        values: dict[str, Shown] = {}
        slots = {match.group(0): match for words in text.by_language.values() for match in SLOT.finditer(words)}
        for slot, match in slots.items():
            row = latest(country, asked, match["indicator"], match["counterpart"] or TOTAL)
            if row is not None:
                values[slot[1:-1]] = span(row) if match["what"] == "period" else observed(row)
        if len(values) == len(slots):
            yield Sentence(text, values)


def latest(country: Country, asked: Asked, indicator: str, counterpart: str) -> Observation | None:
    """The newest figure of an indicator in the years asked; whole years before parts of years, sure figures before
    doubtful ones.
    """
    rows = [row for row in pick(country, indicator, counterpart=counterpart) if _asked(row, asked)]
    sure = [row for row in rows if row.basis.confidence is not Confidence.LOW] or rows
    whole = [row for row in sure if len(row.period) == 4]
    return max(whole or sure, key=lambda row: period_end(row.period), default=None)


def _asked(row: Observation, asked: Asked) -> bool:
    return asked.since.year <= int(row.period[:4]) <= asked.on.year


def span(row: Observation) -> Span:
    return Span(row.period, Reference("observation", row.name))


def _blocks(country: Country, figures: Figures, asked: Asked, shown: FiguresShown) -> tuple[Block, ...]:
    rows = [
        row
        for name in shown.indicators
        for row in figures.get(name, ())
        if _asked(row, asked) and _fits(row, shown.by) and ("second_source", "yes") not in row.dimensions
    ]
    if not rows:
        return ()
    return (_table(country, shown, rows),) if shown.kind == "table" else _chart(country, rows, asked, shown)


def _fits(row: Observation, by: str) -> bool:
    match by:
        case "total":
            return (row.counterpart, row.sex, row.age) == (TOTAL, TOTAL, TOTAL)
        case "counterpart":
            return row.counterpart != TOTAL and (row.sex, row.age) == (TOTAL, TOTAL)
        case "sex":
            return row.sex != TOTAL
    return True


def _table(country: Country, shown: FiguresShown, rows: list[Observation]) -> Table:
    rows = sorted(
        _newest(rows, shown.latest), key=lambda row: (row.period[:4], row.indicator, period_end(row.period), -row.value)
    )
    one = len(shown.indicators) == 1
    cells = tuple(
        (
            span(row),
            *(() if one else (Word("indicator", row.indicator),)),
            *(() if shown.by == "total" else (_who(row),)),
            replace(observed(row), with_unit=True),
            figure_notes(country, row),
        )
        for row in rows
    )
    columns = ("period", *(() if one else ("what",)), *(() if shown.by == "total" else ("who",)), "value", "remark")
    return Table(shown.name, Sentence(shown.title, {}), columns, cells, sources_of(rows))


def _newest(rows: list[Observation], number: int | None) -> list[Observation]:
    """The rows of the newest `number` periods of each indicator."""
    if number is None:
        return rows
    kept = []
    for indicator in dict.fromkeys(row.indicator for row in rows):
        own = [row for row in rows if row.indicator == indicator]
        periods = sorted({row.period for row in own}, key=period_end)[-number:]
        kept += [row for row in own if row.period in periods]
    return kept


def _who(row: Observation) -> Shown:
    parts: list[Shown] = []
    if row.counterpart != TOTAL:
        parts.append(Area(row.counterpart))
    if row.sex != TOTAL:
        parts.append(Word("sex", row.sex))
    if row.age != TOTAL:
        parts.append(Word("age", row.age))
    return Several(tuple(parts)) if parts else Area(TOTAL)


def _chart(country: Country, held_rows: list[Observation], asked: Asked, shown: FiguresShown) -> tuple[Chart, ...]:
    """Yearly lines or bars: one an indicator, or one a counterpart or sex of a single indicator (the largest of the
    last year).
    """
    lines = []
    rows_drawn: list[Observation] = []
    for name, rows in _families(held_rows, shown):
        drawn = yearly(rows, asked)
        if len(drawn) > 1:
            status = "estimated" if all(row.status == "E" for row in drawn.values()) else "reported"
            derived = tuple(year for year, row in drawn.items() if row.status == "E") if status == "reported" else ()
            points = tuple((year, observed(row).finding) for year, row in drawn.items())
            lines.append(Line(name, points, status, derived))
            rows_drawn += drawn.values()
    if not lines:
        return ()
    held = country.indicators[shown.indicators[0]]
    reference = Reference("indicator", held.name)
    sources = sources_of(rows_drawn)
    breaks = tuple(
        (
            int(entry.at[:4]),
            said(Reference("indicator", f"{held.name}#{entry.at}"), entry.text, entry.at, sources, Confidence.HIGH),
        )
        for entry in held.breaks
        if entry.at[:4].isdigit()
    )
    counts = said(reference, held.counts, asked.on.isoformat(), sources, Confidence.HIGH)
    return (
        Chart(
            shown.name,
            shown.kind,
            title=Sentence(shown.title, {}),
            subtitle=Sentence(Text(dict.fromkeys(held.counts.by_language, "{counts}")), {"counts": counts}),
            lines=tuple(lines),
            breaks=breaks,
            sources=sources,
        ),
    )


def _families(held_rows: list[Observation], shown: FiguresShown) -> list[tuple[Word | Area, list[Observation]]]:
    """The lines of a chart: name and rows."""
    rows = [row for row in held_rows if len(row.period) == 4 and not further(row)]
    match shown.by:
        case "total":
            return [
                (Word("indicator", name), [row for row in rows if row.indicator == name]) for name in shown.indicators
            ]
        case "sex":
            total = [row for row in rows if row.counterpart == TOTAL]
            return [(Word("sex", sex), [row for row in total if row.sex == sex]) for sex in ("F", "M")]
    last = max((row.period for row in rows), default="")
    largest = sorted((row for row in rows if row.period == last), key=lambda row: -row.value)[:MOST_LINES]
    return [(Area(top.counterpart), [row for row in rows if row.counterpart == top.counterpart]) for top in largest]


def _cautions(country: Country, figures: Figures, asked: Asked, indicators: tuple[str, ...]) -> tuple[Box, ...]:
    """What to keep in mind about these indicators, each caution once."""
    met: dict[str, Shown] = {}
    for name in indicators:
        held = country.indicators[name]
        rows = figures.get(name, ())
        for number, text in enumerate(held.cautions, 1):
            key = next(iter(text.by_language.values()))
            if key not in met and rows:
                reference = Reference("indicator", f"{name}#caution-{number}")
                met[key] = said(reference, text, asked.on.isoformat(), sources_of(rows)[:1], Confidence.HIGH)
    return (Box("caution", tuple(met.values())),) if met else ()
