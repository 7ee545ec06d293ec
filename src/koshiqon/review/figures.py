"""Picking figures out of a country's series for a chapter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from koshiqon.country import Country
from koshiqon.evidence import Confidence, Reference
from koshiqon.review.document import Asked, Missing, Several, Shown, Word
from koshiqon.review.finding import said
from koshiqon.trends.series import TOTAL, Observation

Figures = Mapping[str, Sequence[Observation]]
"""A country's observations by indicator, so that a chapter need not go through all of them for each table."""


def by_indicator(country: Country) -> Figures:
    """The observations of each indicator, in the order of the files."""
    groups: dict[str, list[Observation]] = {}
    for row in country.observations:
        groups.setdefault(row.indicator, []).append(row)
    return groups


def pick(
    country: Country,
    indicator: str,
    *,
    counterpart: str | None = TOTAL,
    sex: str | None = TOTAL,
    age: str | None = TOTAL,
    source: str | None = None,
) -> tuple[Observation, ...]:
    """The observations of an indicator in order of time; None for a dimension means any value of it. Further
    dimensions must be empty.
    """
    return tuple(
        sorted(
            (
                row
                for row in country.observations
                if row.indicator == indicator
                and counterpart in (None, row.counterpart)
                and sex in (None, row.sex)
                and age in (None, row.age)
                and source in (None, row.basis.sources[0])
                and not further(row)
            ),
            key=lambda row: row.period,
        )
    )


def further(row: Observation) -> bool:
    return any(key != "second_source" for key, _ in row.dimensions)


def yearly(rows: Iterable[Observation], asked: Asked) -> dict[int, Observation]:
    """Whole-year figures by year, from the year of `asked.since` to that of `asked.on`. Of two for one year the surer
    stays, then the first.
    """
    chosen: dict[int, Observation] = {}
    for row in rows:
        if len(row.period) == 4 and asked.since.year <= int(row.period) <= asked.on.year:
            year = int(row.period)
            if year not in chosen or _doubt(row) < _doubt(chosen[year]):
                chosen[year] = row
    return dict(sorted(chosen.items()))


def _doubt(row: Observation) -> int:
    return list(Confidence).index(row.basis.confidence)


def figure_notes(country: Country, row: Observation) -> Shown:
    """What has to be said beside a single figure: further dimensions, the remark of its source, doubt, other figures
    that differ.
    """
    notes: list[Shown] = [Word(f"dimension:{key}", value) for key, value in row.dimensions if key != "second_source"]
    if row.remark is not None:
        reference = Reference("remark", row.remark)
        notes.append(said(reference, country.remarks[row.remark], row.period, row.basis.sources, row.basis.confidence))
    if row.status != "A":
        notes.append(Word("obs_status", row.status))
    if row.basis.confidence is Confidence.LOW:
        notes.append(Word("confidence", row.basis.confidence))
    if row.basis.conflicts_with:
        notes.append(Word("label", "sources_differ"))
    return Several(tuple(notes)) if notes else Missing("none")


def sources_of(rows: Iterable[Observation]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(source for row in rows for source in row.basis.sources))
