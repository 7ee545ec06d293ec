"""One indicator in words of one language: finding, picture, law beside it, table, doubts and where it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from koshiqon.country import Country
from koshiqon.evidence import Confidence, Conflict
from koshiqon.law.events import PolicyEvent
from koshiqon.render.series_chart import SeriesPicture, drawn_in_time, picture
from koshiqon.render.series_words import finding, line_name, told
from koshiqon.render.words import Line, Run, Voice
from koshiqon.review.conflicts import touches
from koshiqon.review.finding import decimals_of
from koshiqon.trends.choice import Chosen
from koshiqon.trends.cut import extent, in_time, moment
from koshiqon.trends.series import DataSet, Observation

MOST_MARKS = 8
"""Changes of law under one series."""
NEAR = 0.04
"""Changes of law nearer to each other than this part of the time between the first and the last are not both drawn."""
MOST_OTHERS = 3
"""Figures of other sources named beside one that they contradict."""


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure of the table: its period, what it is of, its value, how it was made, where it comes from, what else has
    to be said of it.
    """

    period: str
    who: str
    value: str
    made: str
    sources: tuple[Run, ...]
    remarks: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class LawMark:
    """A change of law under the series: its number, its day, what changed, the act."""

    number: int
    when: str
    text: Run
    act: Line


@dataclass(frozen=True, slots=True)
class Differing:
    """A point on which sources differ: what about, each side with its sources, and why, where that is known."""

    anchor: str
    text: Run
    sides: tuple[tuple[Run, tuple[Run, ...]], ...]
    explanation: Run | None


@dataclass(frozen=True, slots=True)
class SeriesPage:
    """An indicator as a page shows it. `marks_of` counts the changes of law of which `marks` are some."""

    name: str
    title: Run
    kind: str
    unit: str
    finding: str
    measured: Run
    producers: tuple[str, ...]
    picture: SeriesPicture
    marks: tuple[LawMark, ...]
    marks_of: int
    breaks: tuple[tuple[str, Run], ...]
    rows: tuple[FigureRow, ...]
    cautions: tuple[Run, ...]
    differing: tuple[Differing, ...]
    data_sets: tuple[DataSet, ...]
    unmet: tuple[str, ...]


def series_page(voice: Voice, chosen: Chosen, observed: Mapping[str, Observation]) -> SeriesPage:
    """Put what was chosen into words. `observed`: every figure of the country by its name."""
    country, indicator = voice.country, chosen.indicator
    within = _beside(country, chosen) if drawn_in_time(chosen) else []
    weightiest = _weightiest(country, within)
    marks = tuple(_marks(voice, weightiest))
    torn = [(entry.at, voice.text(entry.text)) for entry in indicator.breaks if entry.at[:4].isdigit()]
    moments = tuple((moment_of(event), number) for number, event in enumerate(weightiest, 1))
    data_sets = data_sets_of(country, chosen.rows)
    return SeriesPage(
        indicator.name,
        voice.text(indicator.title),
        voice.label(f"counts:{indicator.kind}"),
        voice.word("unit", indicator.unit),
        finding(voice, chosen),
        voice.text(indicator.counts),
        producers(country, chosen.rows),
        picture(voice, chosen, moments, sorted({extent(at)[0] for at, _ in torn})),
        marks,
        len(within),
        tuple((voice.span(at), text) for at, text in torn),
        tuple(_rows(voice, chosen, observed)),
        tuple(voice.text(caution) for caution in indicator.cautions),
        tuple(_differing(voice, conflict) for conflict in conflicts_of(country, indicator.name)),
        data_sets,
        tuple(told(voice, f"unmet_{wish}", value=said[:60]) for wish, said in chosen.unmet),
    )


def producers(country: Country, rows: Sequence[Observation]) -> tuple[str, ...]:
    """Who made the figures, by name, each once: the producer of a data set, else who published the source."""
    made_by = {entry.sources[0]: entry.producer for entry in country.data_sets if len(entry.sources) == 1}
    names = dict.fromkeys(source for row in rows for source in row.basis.sources)
    makers = (made_by.get(name) or country.sources[name].publisher for name in names if name in country.sources)
    return tuple(dict.fromkeys(name for name in makers if name != "none"))


def data_sets_of(country: Country, rows: Sequence[Observation]) -> tuple[DataSet, ...]:
    """The data sets that hold these figures. A source that two of them name belongs to the one with fewer sources."""
    met: dict[str, DataSet] = {}
    for source in dict.fromkeys(row.basis.sources[0] for row in rows):
        holding = [entry for entry in country.data_sets if source in entry.sources]
        if holding:
            nearest = min(holding, key=lambda entry: len(entry.sources))
            met[nearest.name] = nearest
    return tuple(met.values())


# --- law beside figures ----------------------------------------------------------------------------------------------


def _beside(country: Country, chosen: Chosen) -> list[PolicyEvent]:
    """Changes of law of the themes that hold the indicator, within the time of the figures shown."""
    themes = [theme for theme in country.themes.values() if theme.holds_indicator(chosen.indicator.name)]
    spans = [extent(row.period) for row in chosen.rows]
    first, last = min(start for start, _ in spans), max(end for _, end in spans)
    about = (event for event in country.events if any(theme.holds_event(event) for theme in themes))
    return [event for event in about if first <= moment_of(event) <= last]


def moment_of(event: PolicyEvent) -> float:
    """When a change of law stands in time."""
    day = event.dated.earliest
    return moment(day.year, day.month, day.day)


def _weightiest(country: Country, events: Sequence[PolicyEvent]) -> list[PolicyEvent]:
    """Milestones first, then what made a rule stricter or milder, then the newest; of those that would stand on each
    other's place the weightier. In order of time.
    """

    def rank(event: PolicyEvent) -> tuple[bool, bool, float]:
        return event.name in country.milestones, event.coding.change in ("1", "-1"), moment_of(event)

    moments = [moment_of(event) for event in events]
    room = (max(moments) - min(moments)) * NEAR if moments else 0.0
    kept: list[PolicyEvent] = []
    for event in sorted(events, key=rank, reverse=True):
        if len(kept) < MOST_MARKS and all(abs(moment_of(event) - moment_of(other)) > room for other in kept):
            kept.append(event)
    return sorted(kept, key=moment_of)


def _marks(voice: Voice, events: Sequence[PolicyEvent]) -> Iterator[LawMark]:
    for number, event in enumerate(events, 1):
        act = voice.cite(event.instrument) if event.instrument is not None else ()
        yield LawMark(number, voice.day(event.dated), voice.text(event.text, of=f"event:{event.name}"), act)


# --- the table -------------------------------------------------------------------------------------------------------


def _rows(voice: Voice, chosen: Chosen, observed: Mapping[str, Observation]) -> Iterator[FigureRow]:
    """The figures shown, the newest first."""
    held = [
        (line_name(voice, chosen, indicator, line), row)
        for indicator, line in chosen.lines
        for row in (*line.rows, *line.besides)
    ]
    several = len(chosen.lines) > 1
    for who, row in sorted(held, key=lambda pair: in_time(pair[1]), reverse=True):
        yield FigureRow(
            voice.span(row.period),
            who if several else "",
            voice.number(row.value, decimals_of(row.value)),
            how_made(voice, row),
            tuple(voice.source(name) for name in row.basis.sources if name in voice.country.sources),
            tuple(_remarks(voice, row, observed)),
        )


def how_made(voice: Voice, row: Observation) -> str:
    """Reported, estimated, preliminary; and how sure, where that is not beyond doubt."""
    made = voice.label("reported") if row.status == "A" else voice.word("obs_status", row.status)
    if row.basis.confidence is Confidence.HIGH:
        return made
    return f"{made}; {voice.label('confidence')}: {voice.word('confidence', row.basis.confidence)}"


def _remarks(voice: Voice, row: Observation, observed: Mapping[str, Observation]) -> Iterator[Run]:
    if row.remark is not None and row.remark in voice.country.remarks:
        yield voice.text(voice.country.remarks[row.remark])
    names = [reference.name for reference in row.basis.conflicts_with if reference.kind == "observation"]
    others = [observed[name] for name in names if name in observed]
    for other in others[:MOST_OTHERS]:
        title = voice.word("indicator", other.indicator)
        value = voice.number(other.value, decimals_of(other.value))
        source = other.basis.sources[0]
        by = f" ({voice.country.sources[source].publisher})" if source in voice.country.sources else ""
        yield Run(f"{voice.label('sources_differ')}: {title}, {voice.span(other.period)}: {value}{by}")
    if row.basis.conflicts_with and not others:
        yield Run(voice.label("sources_differ"))


# --- where sources differ --------------------------------------------------------------------------------------------


def conflicts_of(country: Country, indicator: str) -> tuple[Conflict, ...]:
    """The conflicts in which figures of an indicator take a side."""
    return tuple(
        conflict
        for conflict in country.conflicts.values()
        if touches(tuple(reference for side in conflict.sides for reference in side.references), (indicator,))
    )


def _differing(voice: Voice, conflict: Conflict) -> Differing:
    sides = tuple(
        (voice.text(side.text), tuple(voice.source(name) for name in side.sources if name in voice.country.sources))
        for side in conflict.sides
    )
    explanation = voice.text(conflict.explanation) if conflict.explanation is not None else None
    return Differing(f"conflict-{conflict.name}", voice.text(conflict.text), sides, explanation)
