"""The list of all series: each with its newest figure and its shape."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from koshiqon.country import Country
from koshiqon.render.series_bars import spark
from koshiqon.render.series_chart import dots_of
from koshiqon.render.series_words import part_words, value_words
from koshiqon.render.words import Voice
from koshiqon.trends.choice import Wish, choose
from koshiqon.trends.cut import ENOUGH, part_of, ways
from koshiqon.trends.series import Observation


@dataclass(frozen=True, slots=True)
class Entry:
    """A series in the list: name, title, what kind of number it is, its newest figure, of whom, of when, its shape."""

    name: str
    title: str
    kind: str
    value: str
    who: str
    period: str
    spark: str


@dataclass(frozen=True, slots=True)
class ThemeShown:
    """A theme with its series."""

    code: str
    title: str
    entries: tuple[Entry, ...]


def all_entries(voice: Voice, figures: Mapping[str, Sequence[Observation]]) -> dict[str, Entry]:
    """Every series that has figures, by name."""
    return {name: _entry(voice, figures, name) for name in voice.country.indicators if name in figures}


def _entry(voice: Voice, figures: Mapping[str, Sequence[Observation]], name: str) -> Entry:
    chosen = choose(voice.country.indicators, lambda one: ways(figures[one]), name, (), Wish())
    line = chosen.lines[0][1]
    last = line.rows[-1]
    drawn = spark(dots_of(voice, line.rows, chosen.indicator.kind)) if len(line.rows) >= ENOUGH else ""
    return Entry(
        name,
        voice.text(chosen.indicator.title).words,
        voice.label(f"counts:{chosen.indicator.kind}"),
        value_words(voice, last),
        part_words(voice, part_of(last)),
        voice.span(last.period),
        drawn,
    )


def by_theme(country: Country, voice: Voice, entries: Mapping[str, Entry], theme: str = "") -> Iterator[ThemeShown]:
    """The series under their first theme, each once, those with a line first; or all those of one theme; those of no
    theme last.
    """
    left = dict(entries)
    for code, held in country.themes.items():
        if theme and code != theme:
            continue
        own = [name for name in left if held.holds_indicator(name)]
        shown = tuple(sorted((left.pop(name) for name in own), key=lambda entry: not entry.spark))
        if shown:
            yield ThemeShown(code, voice.word("theme", code), shown)
    if left and not theme:
        yield ThemeShown("", "", tuple(left.values()))
