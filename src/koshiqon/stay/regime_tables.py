"""The rows of the regimes as tables that conditions ask: is there one, and how many days a visit does it give."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from koshiqon.country import Country
from koshiqon.rules.judging import Outcome, ReasonKind, all_of, any_of, unknown
from koshiqon.stay.pieces import in_force


def tables_of(country: Country) -> Mapping[str, Callable[..., Outcome]]:
    """The tables that a condition may ask, by name; each takes the values of its arguments."""
    return {
        "regime.exists": lambda citizenship, on: _regime_exists(country, citizenship, on),
        "regime.days_per_entry": lambda citizenship, on: _days_per_entry(country, citizenship, on),
    }


def _regime_exists(country: Country, citizenship: str, on: date) -> Outcome:
    rows = country.on(on).regimes(citizenship)
    told: list[Outcome] = [
        all_of([in_force(row.period, f"regime:{row.name}", on), row.limit.per_entry != 0]) for row in rows
    ]
    return any_of(told) if rows else unknown(ReasonKind.NOT_MODELLED, f"regime:{citizenship}")


def _days_per_entry(country: Country, citizenship: str, on: date) -> Outcome:
    """The most days per entry that a row in force gives; unknown where a row may hold or names none."""
    rows = country.on(on).regimes(citizenship)
    sure = [row.limit.per_entry for row in rows if row.period.contains(on) and row.limit.per_entry is not None]
    if not rows or len(sure) < len(rows):
        return unknown(ReasonKind.NOT_MODELLED, f"regime:{citizenship}")
    return max(sure)
