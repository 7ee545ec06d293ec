"""Findings made of rows of the country: a figure as given, a sentence as given, a number computed from several."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from koshiqon.evidence import OWN_READING, Basis, Confidence, Finding, Reference, weakest
from koshiqon.language import Text
from koshiqon.law.regimes import Regime
from koshiqon.review.document import Day, Figure, Said
from koshiqon.trends.series import Observation


def observed(row: Observation, decimals: int | None = None, signed: bool = False) -> Figure:
    """A figure exactly as its source gives it."""
    reference = Reference("observation", row.name)
    finding = Finding(
        name=str(reference),
        value=int(row.value) if row.value.is_integer() else row.value,
        unit=row.unit,
        on=row.period,
        sources=row.basis.sources,
        confidence=row.basis.confidence,
        rests_on=(reference,),
        conflicts=tuple(map(str, row.basis.conflicts_with)),
    )
    shown = decimals if decimals is not None else decimals_of(row.value)
    return Figure(finding, shown, signed)


def decimals_of(value: float) -> int:
    """As many decimals as a value was given with, two at most."""
    text = f"{value:.6f}".rstrip("0")
    return min(len(text.split(".")[1]), 2) if "." in text else 0


def computed(
    name: str,
    value: float,
    unit: str,
    on: str,
    rows: Iterable[tuple[Reference, Basis]],
    rule: str,
    *,
    decimals: int = 0,
    signed: bool = False,
) -> Figure:
    """A number worked out from rows of the country; as sure as the least sure of them. `rule` is a code that says
    how.
    """
    rows = tuple(rows)
    finding = Finding(
        name=name,
        value=int(value) if float(value).is_integer() else value,
        unit=unit,
        on=on,
        sources=_once(source for _, basis in rows for source in basis.sources) or (OWN_READING,),
        confidence=weakest(basis.confidence for _, basis in rows),
        rests_on=tuple(dict.fromkeys(reference for reference, _ in rows)),
        rule=rule,
        conflicts=_once(str(target) for _, basis in rows for target in basis.conflicts_with),
    )
    return Figure(finding, decimals, signed)


def computed_day(name: str, day: date, on: str, rows: Iterable[tuple[Reference, Basis]], rule: str) -> Day:
    """A day worked out from rows of the country, such as the last lawful one; as sure as the least sure of them."""
    rests_on = tuple(rows)
    finding = Finding(
        name=name,
        value=day.isoformat(),
        unit="day",
        on=on,
        sources=_once(source for _, basis in rests_on for source in basis.sources) or (OWN_READING,),
        confidence=weakest(basis.confidence for _, basis in rests_on),
        rests_on=tuple(dict.fromkeys(reference for reference, _ in rests_on)),
        rule=rule,
        conflicts=_once(str(target) for _, basis in rests_on for target in basis.conflicts_with),
    )
    return Day(finding)


def of_observations(rows: Iterable[Observation]) -> tuple[tuple[Reference, Basis], ...]:
    return tuple((Reference("observation", row.name), row.basis) for row in rows)


def said(
    reference: Reference,
    text: Text,
    on: str,
    sources: tuple[str, ...],
    confidence: Confidence,
    conflicts: Iterable[Reference] = (),
) -> Said:
    """A sentence of the country's data as a finding."""
    finding = Finding(
        name=str(reference),
        value=None,
        unit="",
        on=on,
        sources=sources,
        confidence=confidence,
        rests_on=(reference,),
        statement=str(reference),
        conflicts=tuple(map(str, conflicts)),
    )
    return Said(finding, text)


def limit_of(row: Regime, part: str, value: int) -> Figure:
    """One number of a regime: days per entry, days in the window, or the window."""
    reference = Reference("regime", row.name)
    finding = Finding(
        name=f"{reference}#{part}",
        value=value,
        unit="days",
        on=row.period.since.text,
        sources=row.basis.sources,
        confidence=row.basis.confidence,
        rests_on=(reference,),
        conflicts=tuple(map(str, row.basis.conflicts_with)),
    )
    return Figure(finding)


def _once(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))
