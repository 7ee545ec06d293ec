"""Chapter: refugees and asylum seekers, with people of unknown origin always apart."""

from __future__ import annotations

from koshiqon.country import Country
from koshiqon.evidence import Confidence, Reference
from koshiqon.review.conflicts import conflict_boxes
from koshiqon.review.document import Asked, Box, Chapter, Chart, Line, Missing, Phrase, Shown, Span, Table, Word
from koshiqon.review.figures import pick, sources_of, yearly
from koshiqon.review.finding import computed, observed, of_observations, said
from koshiqon.trends.series import TOTAL, Observation

REFUGEES, SEEKERS, OTHERS = "unhcr_refugees_in", "unhcr_asylum_seekers_in", "unhcr_oip_in"
PROCEDURE = ("unhcr_asylum_applications_in", "unhcr_dec_recognized_in", "unhcr_dec_rejected_in", "unhcr_dec_closed_in")
UNKNOWN_ORIGIN = "UNK"
YEARS_SHOWN = 12


def chapter(country: Country, asked: Asked) -> Chapter | None:
    """The chapter, or None where UNHCR's series do not reach the years asked."""
    known = known_origin(country, asked)
    if not known:
        return None
    last = max(known)
    rows = known[last]
    refugees = computed(
        f"refugees_known_origin.{last}",
        sum(row.value for row in rows),
        "persons",
        str(last),
        of_observations(rows),
        "sum",
    )
    seekers = yearly(pick(country, SEEKERS), asked)
    values: dict[str, Shown] = {"year": Span(str(last), Reference("observation", rows[0].name)), "refugees": refugees}
    opening = [Phrase("refugees_last_year", values)]
    if last in seekers:
        opening[0] = Phrase("refugees_and_seekers_last_year", values | {"seekers": observed(seekers[last])})
    unknown = yearly(pick(country, REFUGEES, counterpart=UNKNOWN_ORIGIN), asked)
    if unknown:
        peak = max(unknown, key=lambda year: unknown[year].value)
        opening.append(
            Phrase(
                "refugees_unknown_origin",
                {
                    "year": Span(str(peak), Reference("observation", unknown[peak].name)),
                    "unknown": observed(unknown[peak]),
                },
            )
        )
    return Chapter(
        "protection",
        opening=tuple(opening),
        blocks=(
            _chart(country, asked, known),
            *_procedure(country, asked),
            _cautions(country, asked),
            *conflict_boxes(country, ("unhcr_*", "asylum_*", "refugee*"), asked),
        ),
        themes=("refugees_asylum", "forced"),
    )


def known_origin(country: Country, asked: Asked) -> dict[int, tuple[Observation, ...]]:
    """Refugees by year, the rows of named origins only: neither the total nor the row of unknown origin."""
    found: dict[int, list[Observation]] = {}
    for row in pick(country, REFUGEES, counterpart=None):
        if row.counterpart not in (TOTAL, UNKNOWN_ORIGIN) and asked.since.year <= int(row.period) <= asked.on.year:
            found.setdefault(int(row.period), []).append(row)
    return {year: tuple(rows) for year, rows in sorted(found.items())}


def _chart(country: Country, asked: Asked, known: dict[int, tuple[Observation, ...]]) -> Chart:
    points = tuple(
        (
            year,
            computed(
                f"refugees_known_origin.{year}",
                sum(row.value for row in rows),
                "persons",
                str(year),
                of_observations(rows),
                "sum",
            ).finding,
        )
        for year, rows in known.items()
    )
    lines = [Line(Word("label", "refugees_known_origin"), points)]
    for label, indicator, counterpart in (
        ("refugees_unknown_origin", REFUGEES, UNKNOWN_ORIGIN),
        ("others_in_need", OTHERS, None),
    ):
        rows = yearly(pick(country, indicator, counterpart=counterpart), asked)
        if rows:
            lines.append(
                Line(
                    Word("label", label),
                    tuple((year, observed(row).finding) for year, row in rows.items()),
                    status="estimated",
                )
            )
    held = country.indicators[REFUGEES]
    return Chart(
        "refugees",
        "bars",
        title=Phrase("chart_refugees"),
        subtitle=Phrase("chart_refugees_measured"),
        lines=tuple(lines),
        breaks=tuple(
            (
                int(entry.at[:4]),
                said(
                    Reference("indicator", f"{REFUGEES}#{entry.at}"),
                    entry.text,
                    entry.at,
                    sources_of(known[max(known)]),
                    Confidence.HIGH,
                ),
            )
            for entry in held.breaks
            if entry.at[:4].isdigit()
        ),
        sources=sources_of([row for rows in known.values() for row in rows]),
    )


def _cautions(country: Country, asked: Asked) -> Box:
    rows = pick(country, REFUGEES, counterpart=None)
    held = country.indicators[REFUGEES]
    reference = Reference("indicator", REFUGEES)
    return Box(
        "caution",
        tuple(
            said(reference, text, asked.on.isoformat(), sources_of(rows[:1]), rows[0].basis.confidence)
            for text in held.cautions
        ),
    )


def _procedure(country: Country, asked: Asked) -> tuple[Table, ...]:
    series = {name: yearly(pick(country, name), asked) for name in PROCEDURE}
    years = sorted({year for rows in series.values() for year in rows})[-YEARS_SHOWN:]
    if not years:
        return ()
    cells = []
    for year in years:
        present = [rows[year] for rows in series.values() if year in rows]
        span = Span(str(year), Reference("observation", present[0].name))
        cells.append(
            (
                span,
                *(
                    observed(series[name][year]) if year in series[name] else Missing("none_reported")
                    for name in PROCEDURE
                ),
            )
        )
    rows = [row for by_year in series.values() for row in by_year.values()]
    return (
        Table(
            "procedure",
            Phrase("table_procedure"),
            ("year", *PROCEDURE),
            tuple(cells),
            sources_of(rows),
            (Phrase("rounded_by_unhcr"),),
        ),
    )
