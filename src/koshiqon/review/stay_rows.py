"""Limits of stay as the rows of the regimes give them: for the general limit, and for a country that has no rules."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from koshiqon.country import Country
from koshiqon.evidence import Basis, Reference
from koshiqon.law.regimes import Regime
from koshiqon.review.document import (
    Area,
    Asked,
    Figure,
    Missing,
    Phrase,
    Several,
    Shown,
    Table,
    When,
    Word,
)
from koshiqon.review.finding import computed, limit_of, said

DEFAULT = "*"
"""The citizenship of the rows of the general limit, which lets nobody in by itself."""

Cells = tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one citizenship on one day: what they say, to be compared, and how that is shown."""

    says: frozenset[object]
    shown: Shown


@dataclass(frozen=True, slots=True)
class ByRows:
    """What the chapter of stay asks of a country that has no rules: its rows, each as it stands."""

    country: Country
    asked: Asked

    def count(self) -> Figure:
        """How many states have a row that lets their citizens in and certainly holds on the day."""
        sure = {code: sure_rows(self.country, code, self.asked.on) for code in citizenships(self.country)}
        free = [row for rows in sure.values() for row in rows if row.limit.per_entry != 0]
        rests_on = [(Reference("regime", row.name), row.basis) for row in free]
        number = len({row.citizenship for row in free})
        return computed("visa_free_passports", number, "count", self.asked.on.isoformat(), rests_on, "count")

    def others(self) -> list[str]:
        """The states besides the partners that have a regime, or may have one, in the order of their codes."""
        held = self.country.on(self.asked.on)
        return sorted(
            code
            for code in citizenships(self.country)
            if code not in self.country.partners and any(row.limit.per_entry != 0 for row in held.regimes(code))
        )

    def table(self, name: str, codes: list[str]) -> Table:
        """Every row that holds or may hold for these citizenships."""
        law = self.country.on(self.asked.on)
        held = [(code, law.regimes(code)) for code in codes]
        rows = [cells for code, rows in held for cells in self._rows(name, code, rows)]
        return Table(
            name,
            Phrase(f"table_{name}", {"day": When(self.asked.on, Reference("regime", "all"))}),
            ("citizenship", "per_entry", "in_window", "practice", "ground", "since", "confidence"),
            tuple(rows),
            sources_of(row for _, rows in held for row in rows),
        )

    def _rows(self, name: str, code: str, rows: tuple[Regime, ...]) -> list[Cells]:
        shown = [row for row in rows if row.limit.per_entry != 0 or name == "stay_neighbours"]
        return [row_cells(row, self.asked, name == "stay_neighbours") for row in shown] or [no_row(code)]

    def limits(self, codes: list[str], day: date) -> dict[str, Limits]:
        """For each citizenship every different limit that certainly holds on a day."""
        return {code: limits_of(sure_rows(self.country, code, day)) for code in codes}

    def acts(self) -> set[str]:
        """The acts that the rows rest on which hold or may hold on the day asked."""
        return acts_of(row for row in self.country.regimes if row.period.contains(self.asked.on) is not False)


def citizenships(country: Country) -> tuple[str, ...]:
    """The citizenships that some row of the regimes speaks of, in their order."""
    return tuple(dict.fromkeys(row.citizenship for row in country.regimes if row.citizenship != DEFAULT))


def sure_rows(country: Country, code: str, day: date) -> tuple[Regime, ...]:
    """The rows of a citizenship that certainly hold on a day; none where no visa-free rule of its own is known."""
    return tuple(row for row in country.regimes if row.citizenship == code and row.period.contains(day))


def sources_of(rows: Iterable[Regime]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(source for row in rows for source in row.basis.sources))


def acts_of(rows: Iterable[Regime]) -> set[str]:
    return {row.provision.act for row in rows if row.provision is not None}


# --- cells -----------------------------------------------------------------------------------------------------------


def row_cells(row: Regime, asked: Asked, with_provision: bool) -> Cells:
    """A row of the regimes as a row of the table; `with_provision` footnotes the provision it rests on."""
    reference = Reference("regime", row.name)
    who: Shown = Word("label", "everyone_else") if row.citizenship == DEFAULT else Area(row.citizenship)
    per_entry: Shown = (
        Missing("not_known") if row.limit.per_entry is None else limit_of(row, "per_entry", row.limit.per_entry)
    )
    if row.limit.per_entry == 0:
        per_entry = Word("label", "visa_needed")
    ground: Shown = instrument_of(row)
    if row.provision is not None and with_provision:
        ground = Phrase("noted", {"text": ground}, notes=(Reference("provision", str(row.provision)),))
    if row.period.contains(asked.on) is None:
        per_entry = Several((per_entry, Word("label", "start_not_known")))
    since = When(row.period.since, reference)
    return who, per_entry, window_of(row), enforced(row, asked.on), ground, since, sureness(row.basis)


def no_row(code: str) -> Cells:
    """A country of which no rule of its own is known: nothing is concluded from that."""
    return (Area(code), Missing("no_rule_known"), *(Missing("none") for _ in range(5)))


def instrument_of(row: Regime) -> Shown:
    reference = Reference("regime", f"{row.name}#instrument")
    return said(reference, row.instrument, row.period.since.text, row.basis.sources, row.basis.confidence)


def window_of(row: Regime) -> Shown:
    """Days in any period, as the row has them."""
    if row.limit.in_window is None or row.limit.window is None:
        return Missing("no_window_known")
    return Phrase("days_in_window", _window_values(row, row.limit.in_window, row.limit.window))


def _window_values(row: Regime, in_window: int, window: int) -> dict[str, Shown]:
    return {"in_window": limit_of(row, "in_window", in_window), "window": limit_of(row, "window", window)}


def enforced(row: Regime, day: date) -> Shown:
    """What the border did with the cumulative limit on the day: as the law says, or from another day on."""
    if row.limit.in_window is None:
        return Missing("none")
    if row.enforced_since is None:
        return Word("label", "as_the_law_says")
    code = "enforced_since" if row.window_enforced_on(day) else "not_enforced_until"
    return Phrase(code, {"day": When(row.enforced_since, Reference("regime", row.name))})


def sureness(basis: Basis) -> Shown:
    """How sure a row is, and whether another contradicts it."""
    confidence = Word("confidence", basis.confidence)
    return Several((confidence, Word("label", "sources_differ"))) if basis.conflicts_with else confidence


def limits_of(rows: tuple[Regime, ...]) -> Limits:
    """Each different limit once."""
    shown = {row.limit: limit_in_words(row) for row in rows}
    return Limits(frozenset(shown), Several(tuple(shown.values())) if shown else Missing("no_rule_known"))


def limit_in_words(row: Regime) -> Shown:
    """The limit of a row as one sentence."""
    if row.limit.per_entry is None:
        return Missing("not_known")
    if row.limit.per_entry == 0:
        return Word("label", "visa_needed")
    values: dict[str, Shown] = {"per_entry": limit_of(row, "per_entry", row.limit.per_entry)}
    if row.limit.in_window is None or row.limit.window is None:
        return Phrase("limit", values)
    return Phrase("limit_in_window", values | _window_values(row, row.limit.in_window, row.limit.window))
