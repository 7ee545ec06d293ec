"""The three charts of a screened register: how sure, by citizenship, by time of entry. Each has its finding as title,
where the numbers that it tells are shown.
"""

from __future__ import annotations

from collections.abc import Iterator

from koshiqon.render.register_blocks import DrawnPage
from koshiqon.render.register_charts import Bar, bars, periods
from koshiqon.render.register_words import (
    SIGN,
    category,
    cell,
    counts_of,
    cross_table,
    list_table,
    named,
    number,
    share,
    tell,
)
from koshiqon.render.words import Voice
from koshiqon.statistics.disclosure import PublishableTable
from koshiqon.statistics.tables import TOTAL
from koshiqon.stay.register.groups import MONTHS, OTHER, Publication

CERTAINTY = {"no": "lawful", "yes": "unlawful", "unknown": "unknown", "derived": "derived"}
"""The order of the bars, and how each is filled."""
MOST_BARS = 16


def certainty_drawn(publication: Publication, voice: Voice) -> Iterator[DrawnPage]:
    """How many stays are surely lawful, surely not, unknown, guessed."""
    table = publication.table("stays-by-end")
    if table is None:
        return
    whole, counts = cell(table), {code: cell(table, certainty=code) for code in CERTAINTY}
    shares = {code: share(voice, count, whole) for code, count in counts.items()}
    rows = [
        Bar(named(voice, f"certainty:{code}"), counts[code], _with_share(voice, counts[code], shares[code]), fill)
        for code, fill in CERTAINTY.items()
    ]
    late, unknown = shares["yes"], shares["unknown"]
    title = (
        tell(voice, "chart_certainty", share=late, unknown=unknown)
        if late is not None and unknown is not None
        else tell(voice, "chart_certainty_plain")
    )
    data = list_table(voice, "certainty", tell(voice, "chart_certainty_measured"), table, "certainty")
    yield DrawnPage("certainty", title, tell(voice, "chart_certainty_measured"), bars("certainty", rows), data)


def citizenship_drawn(publication: Publication, voice: Voice) -> Iterator[DrawnPage]:
    """Sure overstays by citizenship, the largest first, hidden ones last."""
    table = publication.table("stays-by-citizenship-and-year")
    if table is None:
        return
    codes = table.dimensions[0].categories
    counts = {code: cell(table, citizenship=code, certainty="yes") for code in codes}
    ranked = sorted(codes, key=lambda code: (counts[code] is None, code.startswith("_"), -(counts[code] or 0), code))
    shown = [code for code in ranked if counts[code] != 0][:MOST_BARS]
    rows = [
        Bar(
            category(voice, "citizenship", code),
            counts[code],
            _with_share(voice, counts[code], share(voice, counts[code], cell(table, citizenship=code))),
        )
        for code in shown
    ]
    top = shown[0] if shown else OTHER
    title = (
        tell(voice, "chart_citizenship", citizenship=rows[0].name, count=number(voice, counts[top]))
        if not top.startswith("_") and None not in counts.values()
        else tell(voice, "chart_citizenship_plain")
    )
    measured = tell(voice, "chart_citizenship_measured")
    data = cross_table(voice, "citizenship", tell(voice, "table_citizenship"), table, ("citizenship",), "certainty")
    if rows:
        yield DrawnPage("citizenship", title, measured, bars("citizenship", rows), data)


def time_drawn(publication: Publication, voice: Voice) -> Iterator[DrawnPage]:
    """Sure overstays by month of entry, or by year where months are too small to be told."""
    months = publication.table("stays-by-month")
    table = months if months is not None else publication.table("stays-by-citizenship-and-year")
    if table is None:
        return
    years = [year for year in _categories(table, "year") if not year.startswith("_")]
    if months is None:
        spans = [(year, cell(table, year=year, certainty="yes")) for year in years]
    else:
        counts = counts_of(months)
        spans = [(f"{year}-{month}", counts[year, month, "yes"]) for year in years for month in MONTHS]
        spans = _trimmed(spans, {f"{year}-{month}": counts[year, month, TOTAL] for year in years for month in MONTHS})
    if not spans:
        return
    kind = "year" if months is None else "month"
    drawn = periods("time", [(_tick(span), count) for span, count in spans], SIGN, 1 if months is None else 12)
    rows = ("year",) if months is None else ("year", "month")
    data = cross_table(voice, "time", tell(voice, f"chart_{kind}_plain"), table, rows, "certainty")
    yield DrawnPage("time", _most(spans, kind, voice), tell(voice, "chart_time_measured", sign=SIGN), drawn, data)


def _most(spans: list[tuple[str, int | None]], kind: str, voice: Voice) -> str:
    """The finding: when there were most, if nothing is hidden that could be more."""
    told = [(count, span) for span, count in spans if count is not None]
    most, span = max(told, default=(0, ""))
    if not most or len(told) < len(spans):
        return tell(voice, f"chart_{kind}_plain")
    return tell(voice, f"chart_{kind}", **{kind: voice.span(span)}, count=number(voice, most))


def _trimmed(spans: list[tuple[str, int | None]], stays: dict[str, int | None]) -> list[tuple[str, int | None]]:
    """Without the months before the first entry and after the last."""
    inside = [place for place, (span, _) in enumerate(spans) if stays[span] != 0]
    return spans[inside[0] : inside[-1] + 1] if inside else []


def _tick(span: str) -> str:
    """A label that begins with the year and is like no other."""
    return span.replace("-", " ")


def _categories(table: PublishableTable, dimension: str) -> tuple[str, ...]:
    return next(held.categories for held in table.dimensions if held.name == dimension)


def _with_share(voice: Voice, count: int | None, part: str | None) -> str:
    return number(voice, count) if part is None else f"{number(voice, count)} ({part})"
