"""How many people a category counts, by the newest figure of each series that counts just these people."""

from __future__ import annotations

from dataclasses import replace

from koshiqon.country import Country, counted_as
from koshiqon.evidence import Confidence, Reference
from koshiqon.review.belonging import name_of
from koshiqon.review.document import Asked, Phrase, Section, Shown, Span, Table, Word
from koshiqon.review.figures import figure_notes, sources_of
from koshiqon.review.finding import computed, observed
from koshiqon.rules.categories import Category, CountedBy
from koshiqon.trends.series import Observation, period_end

Counted = tuple[Category, Observation]


def people_counted(country: Country, entries: list[Category], asked: Asked) -> Section | None:
    """One row a category and series: the figure, its period, what is counted, and whether that is a stock or a flow.
    None where no series counts the people of any category.
    """
    told = newest(country, entries, asked)
    if not told:
        return None
    rows = tuple(_row(country, entry, row) for entry, row in told)
    columns = ("category", "number", "period", "what", "remark")
    counted = {entry.name for entry, _ in told}
    without = [entry for entry in entries if entry.name not in counted]
    notes: list[Phrase] = [Phrase("people_of_series")]
    if without:
        rests_on = [(Reference("category", entry.name), entry.basis) for entry in without]
        number = computed("count.categories.uncounted", len(without), "count", asked.on.isoformat(), rests_on, "count")
        notes.append(Phrase("people_uncounted", {"number": number}, count="number"))
    title = Phrase("table_people")
    table = Table("people_counted", title, columns, rows, sources_of(row for _, row in told), tuple(notes))
    return Section("people_counted", (table,))


def newest(country: Country, entries: list[Category], asked: Asked) -> list[Counted]:
    """For each series of each category the newest figure of the years asked, if there is one."""
    asked_for = {series for entry in entries for series in entry.counted_by}
    indicators = {series.indicator for series in asked_for}
    found: dict[CountedBy, list[Observation]] = {series: [] for series in asked_for}
    for row in country.observations:
        if row.indicator in indicators and asked.since.year <= int(row.period[:4]) <= asked.on.year:
            series = counted_as(row)
            if series in found:
                found[series].append(row)
    return [
        (entry, _newest(country, found[series])) for entry in entries for series in entry.counted_by if found[series]
    ]


def _newest(country: Country, rows: list[Observation]) -> Observation:
    """The newest figure; of a flow that of a whole year before those of a part; of equals the surest, then the
    first.
    """
    is_flow = country.indicators[rows[0].indicator].kind == "flow"
    whole = [row for row in rows if len(row.period) == 4] if is_flow else []
    return max(whole or rows, key=lambda row: (period_end(row.period), -list(Confidence).index(row.basis.confidence)))


def _row(country: Country, entry: Category, row: Observation) -> tuple[Shown, ...]:
    kind = country.indicators[row.indicator].kind
    return (
        name_of(entry),
        replace(observed(row), with_unit=True),
        Span(row.period, Reference("observation", row.name)),
        Phrase("series_of_kind", {"series": Word("indicator", row.indicator), "kind": Word("counts", kind)}),
        figure_notes(country, row),
    )
