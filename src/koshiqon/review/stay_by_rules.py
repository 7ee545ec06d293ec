"""Limits of stay as the rules give them: for each citizenship the visit of an ordinary visitor, law beside practice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from koshiqon.country import Country
from koshiqon.evidence import Basis, Reference, weakest
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
from koshiqon.review.doubts import doubts
from koshiqon.review.finding import computed
from koshiqon.review.idle_titles import as_in_force
from koshiqon.review.stay_rows import (
    DEFAULT,
    ByRows,
    Cells,
    Limits,
    citizenships,
    enforced,
    limits_of,
    row_cells,
    sure_rows,
    sureness,
)
from koshiqon.review.title_words import (
    rule_in_words,
    title_in_words,
    title_limits,
    title_since,
    title_window,
    visitor_in_words,
)
from koshiqon.review.visitors import LAW, PRACTICE, Visit, border, readings_of_limits
from koshiqon.rules.judging import Unknown


@dataclass(frozen=True, slots=True)
class ByRules:
    """What the chapter of stay asks of a country that has rules: the first visit of each citizenship on the day asked,
    under the law and as practised, by citizenship.
    """

    country: Country
    asked: Asked
    law: Mapping[str, Visit]
    practice: Mapping[str, Visit]

    def count(self) -> Figure:
        """How many states there are whose ordinary citizen may surely enter on the day without a visa."""
        free = [told for told in self.law.values() if told.outcome is True]
        rests_on = [pair for told in free for pair in told.rests_on]
        return computed("visa_free_passports", len(free), "count", self.asked.on.isoformat(), rests_on, "count")

    def undecided(self) -> Figure | None:
        """Of how many more it cannot be told, though a row speaks of them; None where of none."""
        asked = set(citizenships(self.country))
        open_ = [code for code, told in self.law.items() if code in asked and isinstance(told.outcome, Unknown)]
        rows = [row for code in open_ for row in self.country.on(self.asked.on).regimes(code)]
        rests_on = [(Reference("regime", row.name), row.basis) for row in rows]
        if not rests_on:
            return None
        day = self.asked.on.isoformat()
        return computed("visa_free_undecided", len(open_), "count", day, rests_on, "count")

    def others(self) -> list[str]:
        """The states besides the country's partners whose citizens may enter, or perhaps may, by their codes."""
        partners = set(self.country.partners)
        rows = set(citizenships(self.country))
        return sorted(code for code, told in self.law.items() if code in rows - partners and told.outcome is not False)

    def table(self, name: str, codes: list[str]) -> Table:
        """One row a citizenship: days from the day asked, by law and at the border; window, ground, since when."""
        noted = name == "stay_neighbours"
        told = [self.law[code] for code in codes if code != DEFAULT]
        default = self.country.on(self.asked.on).regimes(DEFAULT) if DEFAULT in codes else ()
        rows = [self._cells(one, noted) for one in told]
        rows += [row_cells(row, self.asked, noted) for row in default]
        bases = [basis for one in told for _, basis in one.rests_on] + [row.basis for row in default]
        return Table(
            name,
            Phrase(f"table_{name}", {"day": When(self.asked.on, Reference("regime", "all"))}),
            ("citizenship", "days_by_law", "in_window", "practice", "ground", "since", "confidence"),
            tuple(rows),
            tuple(dict.fromkeys(source for basis in bases for source in basis.sources)),
            self._notes() if noted else (),
        )

    def limits(self, codes: list[str], day: date) -> dict[str, Limits]:
        """For each citizenship the limit of the title that reaches farthest by the law of a day for one who enters on
        it; why, where it cannot be told.
        """
        today = border(as_in_force(self.country, day), day)
        law = _option(self.country, LAW)
        told = {
            code: self.law[code] if day == self.asked.on else today.visit(code, law)
            for code in codes
            if code != DEFAULT
        }
        general = {DEFAULT: limits_of(sure_rows(self.country, DEFAULT, day))} if DEFAULT in codes else {}
        return general | {code: self._limits(one) for code, one in told.items()}

    def _limits(self, told: Visit) -> Limits:
        if isinstance(told.outcome, Unknown):
            return Limits(frozenset(told.outcome.reasons), doubts(told.outcome, self.country))
        if not told.titles:
            return Limits(frozenset(row.limit for row in self._refusing(told)), self._refused(told))
        return title_limits(told.titles[0], self.country, told.entry)

    def acts(self) -> set[str]:
        """The acts that the answers of the day asked rest on, and those of the rows that may hold on it."""
        rows = ByRows(self.country, self.asked).acts()
        return rows | {title.provision.act for told in self.law.values() for title in told.titles}

    def _cells(self, told: Visit, noted: bool) -> Cells:
        if isinstance(told.outcome, Unknown):
            return self._undecided(told, told.outcome, noted)
        if not told.titles:
            return self._visa_cells(told, noted)
        title = told.titles[0]
        return (
            Area(told.citizenship),
            self._days(told, LAW),
            title_window(title, self.country, told.entry),
            self._at_the_border(self.practice[told.citizenship], title.row),
            _grounds(told, noted),
            title_since(title),
            sureness(_together(told.rests_on)),
        )

    def _days(self, told: Visit, reading: str) -> Shown:
        """Lawful days from the day of entry on; at least so many, where it cannot be told what follows."""
        if told.days is None:
            return Word("label", "no_last_day")
        on = "" if told.entry == self.asked.on else f".{told.entry}"
        name = f"visitor.{told.citizenship}.{reading}.days{on}"
        days = computed(name, told.days, "days", told.entry.isoformat(), told.rests_on, "days_from_entry")
        if not isinstance(told.then, Unknown):
            return days
        return Phrase("at_least_days", {"days": days, "why": doubts(told.then, self.country)})

    def _at_the_border(self, told: Visit, row: Regime | None) -> Shown:
        if isinstance(told.outcome, Unknown):
            return doubts(told.outcome, self.country)
        if not told.titles:
            return self._refused(told)
        days = self._days(told, PRACTICE)
        if row is None or row.limit.in_window is None:
            return days
        return Several((days, enforced(row, told.entry)))

    def _refusing(self, told: Visit) -> list[Regime]:
        """The rows that say that these citizens need a visa."""
        rows = sure_rows(self.country, told.citizenship, told.entry)
        return [row for row in rows if row.limit.per_entry == 0]

    def _refused(self, told: Visit) -> Shown:
        return Word("label", "visa_needed") if self._refusing(told) else Missing("no_title")

    def _visa_cells(self, told: Visit, noted: bool) -> Cells:
        rows = self._refusing(told)
        known = row_cells(rows[0], self.asked, noted)[2:] if rows else tuple(Missing("none") for _ in range(5))
        return Area(told.citizenship), self._refused(told), *known

    def _undecided(self, told: Visit, why: Unknown, noted: bool) -> Cells:
        rows = self.country.on(told.entry).regimes(told.citizenship)
        if not rows:
            return Area(told.citizenship), doubts(why, self.country), *(Missing("none") for _ in range(5))
        return Area(told.citizenship), doubts(why, self.country), *row_cells(rows[0], self.asked, noted)[2:]

    def _notes(self) -> tuple[Phrase, ...]:
        """The rules that let visitors stay, each once, and what was taken of the visitors."""
        rules = dict.fromkeys(title.rule.name for told in self.law.values() for title in told.titles[:1])
        notes = (rule_in_words(self.country.rules[name]) for name in rules)
        return (*notes, *visitor_in_words(self.country))


def by_rules(country: Country, asked: Asked) -> ByRules:
    """Every citizenship judged under the law, and as practised where that may differ."""
    codes = dict.fromkeys((*country.partners, *citizenships(country)))
    today = border(country, asked.on)
    law = {code: today.visit(code, _option(country, LAW)) for code in codes}
    parted = {code for code in codes if today.may_differ(code)}
    practice = {code: today.visit(code, _option(country, PRACTICE)) for code in parted}
    return ByRules(country, asked, law, law | practice)


def _option(country: Country, limits: str) -> str | None:
    """An option of the reading of limits; None where the country does not tell law and practice apart."""
    return limits if limits in readings_of_limits(country) else None


# --- cells -----------------------------------------------------------------------------------------------------------


def _grounds(told: Visit, noted: bool) -> Shown:
    """The instruments of all titles that cover the day, the one that reaches farthest first."""
    shown = [title_in_words(title) for title in told.titles]
    first = shown[0]
    if noted:
        first = Phrase("noted", {"text": first}, notes=(Reference("provision", str(told.titles[0].provision)),))
    return first if len(shown) == 1 else Several((first, *shown[1:]))


def _together(rests_on: tuple[tuple[Reference, Basis], ...]) -> Basis:
    """As sure as the least sure, and in conflict where one is."""
    bases = [basis for _, basis in rests_on]
    conflicts = tuple(target for basis in bases for target in basis.conflicts_with)
    return Basis((), weakest(basis.confidence for basis in bases), conflicts)
