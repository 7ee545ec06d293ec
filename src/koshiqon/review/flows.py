"""Chapter: who is registered as arriving and leaving, with law events under the line, beside what the United Nations
estimates.
"""

from __future__ import annotations

from koshiqon.country import Country
from koshiqon.evidence import Reference
from koshiqon.law.events import PolicyEvent
from koshiqon.review.document import (
    Area,
    Asked,
    Box,
    Chapter,
    Chart,
    Figure,
    Line,
    Mark,
    Paragraph,
    Phrase,
    Said,
    Section,
    Shown,
    Span,
    Table,
    When,
    Word,
)
from koshiqon.review.figures import pick, sources_of, yearly
from koshiqon.review.finding import computed, observed, of_observations, said
from koshiqon.trends.series import Observation

ARRIVALS, DEPARTURES, BALANCE = "external_arrivals", "external_departures", "external_balance"
ESTIMATES = ("wpp_net_migration", "gaskin_abel_net_migration_mean")


def chapter(country: Country, asked: Asked) -> Chapter | None:
    """The chapter, or None where the country has no registered flows in the years asked."""
    series = {name: yearly(_official(country, name), asked) for name in (ARRIVALS, DEPARTURES, BALANCE)}
    years = [year for year in series[BALANCE] if year in series[ARRIVALS] and year in series[DEPARTURES]]
    if not years:
        return None
    rows = [row for name in (ARRIVALS, DEPARTURES, BALANCE) for row in series[name].values()]
    balance = [series[BALANCE][year] for year in years]
    return Chapter(
        "flows",
        opening=_opening(series, years, balance),
        blocks=(
            _chart(country, asked, series, years),
            _table(series, years, sources_of(rows)),
            _cautions(country, ARRIVALS, asked),
        ),
        sections=_estimates(country, asked, series[BALANCE]),
        themes=("emigration_young", "governance"),
    )


def _official(country: Country, indicator: str) -> tuple[Observation, ...]:
    """The longest series of one producer: press figures for the same indicator stand elsewhere."""
    rows = pick(country, indicator)
    if not rows:
        return ()
    sources = [row.basis.sources[0] for row in rows]
    longest = max(dict.fromkeys(sources), key=sources.count)
    return tuple(row for row in rows if row.basis.sources[0] == longest)


def _opening(
    series: dict[str, dict[int, Observation]], years: list[int], balance: list[Observation]
) -> tuple[Phrase, ...]:
    last = years[-1]
    total = computed(
        f"net_registered.{years[0]}_{last}",
        sum(row.value for row in balance),
        "persons",
        f"{years[0]}/{last}",
        of_observations(balance),
        "sum",
        signed=True,
    )
    losses = [row for row in balance if row.value < 0]
    lost = computed(
        f"years_of_loss.{years[0]}_{last}",
        len(losses),
        "count",
        f"{years[0]}/{last}",
        of_observations(balance),
        "count",
    )
    counted = computed(
        f"years_counted.{years[0]}_{last}", len(years), "count", f"{years[0]}/{last}", of_observations(balance), "count"
    )
    latest = series[BALANCE][last]
    return (
        Phrase(
            "flows_last_year",
            {
                "year": Span(str(last), Reference("observation", latest.name)),
                "arrivals": observed(series[ARRIVALS][last]),
                "departures": observed(series[DEPARTURES][last]),
                "balance": observed(latest, signed=True),
            },
        ),
        Phrase(
            "flows_whole",
            {
                "first": Span(str(years[0]), Reference("observation", balance[0].name)),
                "last": Span(str(last), Reference("observation", latest.name)),
                "total": total,
                "lost": lost,
                "counted": counted,
            },
        ),
    )


def _chart(country: Country, asked: Asked, series: dict[str, dict[int, Observation]], years: list[int]) -> Chart:
    lines = tuple(
        Line(Word("indicator", name), tuple((year, observed(series[name][year]).finding) for year in years))
        for name in (ARRIVALS, DEPARTURES, BALANCE)
    )
    last = series[BALANCE][years[-1]]
    worst = min(series[BALANCE].values(), key=lambda row: row.value)
    values: dict[str, Shown] = {
        "first": Span(str(years[0]), Reference("observation", series[BALANCE][years[0]].name)),
        "last": Span(str(years[-1]), Reference("observation", last.name)),
        "worst": Span(worst.period, Reference("observation", worst.name)),
        "lowest": observed(worst, signed=True),
    }
    return Chart(
        "flows",
        "lines",
        title=Phrase("chart_flows", values),
        subtitle=Phrase("chart_flows_measured"),
        lines=lines,
        marks=marks_for(country, asked),
        sources=sources_of(series[BALANCE].values()),
    )


def marks_for(country: Country, asked: Asked) -> tuple[Mark, ...]:
    """The country's milestones within the years asked, numbered by date, to be drawn under a series."""
    events = {event.name: event for event in country.events}
    chosen = sorted(
        (
            events[name]
            for name in country.milestones
            if name in events and events[name].dated.earliest >= asked.since and events[name].dated.latest <= asked.on
        ),
        key=lambda event: event.dated.earliest,
    )
    return tuple(
        Mark(number, _as_year(event), event_as_finding(event), When(event.dated, Reference("event", event.name)))
        for number, event in enumerate(chosen, 1)
    )


def event_as_finding(event: PolicyEvent) -> Said:
    reference = Reference("event", event.name)
    return said(
        reference, event.text, event.dated.text, event.basis.sources, event.basis.confidence, event.basis.conflicts_with
    )


def _as_year(event: PolicyEvent) -> float:
    day = event.dated.earliest
    return day.year + (day.timetuple().tm_yday - 1) / 366


def _cautions(country: Country, indicator: str, asked: Asked) -> Box:
    held = country.indicators[indicator]
    rows = _official(country, indicator)
    reference = Reference("indicator", indicator)
    texts = (held.counts, *held.cautions)
    return Box(
        "caution",
        tuple(
            said(reference, text, asked.on.isoformat(), sources_of(rows), rows[0].basis.confidence) for text in texts
        ),
    )


def _table(series: dict[str, dict[int, Observation]], years: list[int], sources: tuple[str, ...]) -> Table:
    return Table(
        "flows",
        Phrase("table_flows"),
        ("year", ARRIVALS, DEPARTURES, BALANCE),
        tuple(
            (
                Span(str(year), Reference("observation", series[BALANCE][year].name)),
                observed(series[ARRIVALS][year]),
                observed(series[DEPARTURES][year]),
                observed(series[BALANCE][year], signed=True),
            )
            for year in years
        ),
        sources,
    )


def _estimates(country: Country, asked: Asked, balance: dict[int, Observation]) -> tuple[Section, ...]:
    """Registered balance beside the estimates of net migration, and the years in which even the sign differs."""
    estimates = {name: yearly(pick(country, name), asked) for name in ESTIMATES}
    estimates = {name: rows for name, rows in estimates.items() if rows}
    if not estimates:
        return ()
    first_name, first_rows = next(iter(estimates.items()))
    both = [year for year in balance if year in first_rows]
    apart = [year for year in both if balance[year].value * first_rows[year].value < 0]
    rests_on = of_observations([row for year in both for row in (balance[year], first_rows[year])])
    span = f"{both[0]}/{both[-1]}"
    opposite = computed(f"years_of_opposite_sign.{first_name}", len(apart), "count", span, rests_on, "count")
    compared = computed(f"years_compared.{first_name}", len(both), "count", span, rests_on, "count")
    lines = [Line(Word("indicator", BALANCE), tuple((year, observed(row).finding) for year, row in balance.items()))]
    for name, rows in estimates.items():
        lines.append(
            Line(
                Word("indicator", name),
                tuple((year, observed(row).finding) for year, row in rows.items()),
                status="estimated",
            )
        )
    phrase = Phrase(
        "estimates_sign",
        {"opposite": opposite, "compared": compared, "estimate": Word("indicator", first_name)},
        count="opposite",
    )
    chart = Chart(
        "estimates",
        "lines",
        title=Phrase("chart_estimates", {"opposite": opposite, "compared": compared}, count="opposite"),
        subtitle=Phrase("chart_estimates_measured"),
        lines=tuple(lines),
        sources=sources_of([row for rows in (balance, *estimates.values()) for row in rows.values()]),
    )
    cautions: list[Said | Figure | Area] = []
    for name, rows in estimates.items():
        row = next(iter(rows.values()))
        for text in country.indicators[name].cautions:
            cautions.append(
                said(Reference("indicator", name), text, asked.on.isoformat(), row.basis.sources, row.basis.confidence)
            )
    blocks = (Paragraph((phrase,)), chart, *((Box("sources_differ", tuple(cautions)),) if cautions else ()))
    return (Section("estimates", blocks),)
