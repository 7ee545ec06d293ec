"""One register under two laws: how many stand where before and after, by group, and who changes side.

Crossings are held fixed: the same people cross on the same days, whatever the law. So this tells whom a change of law
would touch if nobody behaved differently, and no more.

Each table counts stays by where they stand under both laws at once. So who changes side is a number of the table
itself, protected like any other, and never a difference of two that were protected apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from koshiqon.reform import Reform
from koshiqon.statistics.disclosure import THRESHOLD, PublishableTable
from koshiqon.statistics.tables import TOTAL, Dimension, Key
from koshiqon.stay.register.groups import (
    FIXED,
    JUDGED,
    LEAST,
    MOST_CITIZENSHIPS,
    OTHER,
    PublishedTable,
    TableAsked,
    Tally,
    Unit,
    dimensions_of,
    folded,
    full_table,
    named,
)
from koshiqon.stay.register.publishing import protected
from koshiqon.stay.register.report import RegisterAsked

SIDES = ("before", "after")
GROUPS = ("citizenship", "purpose", "sex", "age", "entered")
"""By what stays are compared; `entered` is the month of entry."""
COMPARED = (
    *(TableAsked(f"stays-by-{group}", Unit.STAYS, (group, *SIDES)) for group in GROUPS),
    TableAsked("persons-by-citizenship", Unit.PERSONS, ("citizenship", *SIDES)),
)
"""All tables of a comparison. A person stands under the worst of all stays, before and after."""
EARLIER = "earlier"
"""Stays that began before the reform does, together: few of them are touched."""


@dataclass(frozen=True, slots=True)
class DaysCompared:
    """Days of one citizenship (TOTAL: of all) under both laws; None where few persons make them, or change them."""

    citizenship: str
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class DaysOf:
    """What stands behind a row of days: of one citizenship the days under both laws, how many persons have any, and of
    how many persons they differ.
    """

    citizenship: str
    before: int
    after: int
    persons: int
    changed: int


@dataclass(frozen=True, slots=True)
class Side:
    """How one law sees a stay: its standing, the title that decides and its row of the regimes (None: none does), the
    first unlawful day, and how many; `reasons` why days are unknown, as names `kind:name`.
    """

    standing: str
    title: str | None
    regime: str | None
    first_unlawful: date | None
    days: int
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Example:
    """One stay that changes side, of a synthetic person or of one who agreed; `earlier` are the stays of the person in
    the year before, as (entry, exit).
    """

    person: str
    citizenship: str
    entry: date
    exit: date | None
    before: Side
    after: Side
    earlier: tuple[tuple[date, date | None], ...] = ()


@dataclass(frozen=True, slots=True)
class ReformReport:
    """What a page about a reform says: the reform, the tables of COMPARED by name, surely unlawful days and unknown
    ones by citizenship, examples. `derived` counts stays that rest on a guess, which are in no table, None where they
    may not be told.

    The first law is that of the country the page is written about.
    """

    asked: RegisterAsked
    reform: Reform
    synthetic: bool
    fingerprint: str
    tables: tuple[PublishedTable, ...]
    days: tuple[DaysCompared, ...]
    unknown_days: tuple[DaysCompared, ...]
    derived: int | None = None
    examples: tuple[Example, ...] = ()
    threshold: int = THRESHOLD

    @property
    def stays(self) -> PublishableTable:
        return self.table(COMPARED[0])

    @property
    def persons(self) -> PublishableTable:
        return self.table(COMPARED[-1])

    def table(self, asked: TableAsked) -> PublishableTable:
        return next(held.table for held in self.tables if held.name == asked.name)


# --- tables ----------------------------------------------------------------------------------------------------------


def compared_tables(tallies: Mapping[TableAsked, Tally], threshold: int = THRESHOLD) -> tuple[PublishedTable, ...]:
    """The tables of COMPARED with what is small folded or hidden, all of stays protected together. Raises UnfitTable.

    A table without any count is left out, so there are none where nothing was compared.
    """
    kept = names_kept(tallies)
    told: list[PublishedTable] = []
    for unit in (Unit.STAYS, Unit.PERSONS):
        small = {
            asked: folded(asked, tally, kept) for asked, tally in tallies.items() if asked.unit is unit and tally.counts
        }
        if not small:
            continue
        dimensions = dimensions_of(small) | {side: Dimension(side, JUDGED) for side in SIDES}
        tables = [full_table(asked, tally, dimensions) for asked, tally in small.items()]
        crowds = [tally.crowds for tally in small.values()]
        shown = protected(tables, crowds, threshold)
        told += [PublishedTable(asked.name, unit, table) for asked, table in zip(small, shown, strict=True)]
    return tuple(told)


def names_kept(tallies: Mapping[TableAsked, Tally]) -> dict[str, frozenset[str]]:
    """For each group without fixed categories, those that keep their name, by how many stays they have."""
    kept = dict.fromkeys(SIDES, frozenset(JUDGED))
    for asked, tally in tallies.items():
        group = asked.dimensions[0]
        if asked.unit is not Unit.STAYS or group in FIXED:
            continue
        sizes: dict[str, int] = {}
        for key, count in tally.counts.items():
            sizes[key[0]] = sizes.get(key[0], 0) + count
        most = MOST_CITIZENSHIPS if group == "citizenship" else None
        kept[group] = named(sizes, LEAST, most) | (sizes.keys() & {EARLIER})
    return kept


# --- days ------------------------------------------------------------------------------------------------------------


def days_compared(rows: Iterable[DaysOf], kept: frozenset[str], threshold: int = THRESHOLD) -> tuple[DaysCompared, ...]:
    """Sums of days by citizenship, in the order of codes, TOTAL last.

    A sum of few persons tells of each, and so does the difference of two sums that few persons make: both are hidden.
    Further sums are hidden with them until what the total gives away of all of them together rests on enough persons.
    """
    sums: dict[str, DaysOf] = {}
    for row in rows:
        name = row.citizenship if row.citizenship in kept else OTHER
        sums[name] = _added(sums.get(name, DaysOf(name, 0, 0, 0, 0)), row)
    total = DaysOf(TOTAL, 0, 0, 0, 0)
    for one in sums.values():
        total = _added(total, one)
    hidden = {name for name, one in sums.items() if _tells(one, threshold)}
    if hidden and not _tells(total, threshold):
        _hide_more(hidden, sums, threshold)
        if len(hidden) == 1 or _tells(_together(hidden, sums), threshold):
            hidden.add(TOTAL)
    elif _tells(total, threshold):
        hidden.add(TOTAL)
    ordered = sorted(sums, key=lambda name: (name.startswith("_"), name))
    return tuple(
        DaysCompared(one.citizenship, *((None, None) if one.citizenship in hidden else (one.before, one.after)))
        for one in (*(sums[name] for name in ordered), total)
    )


def _hide_more(hidden: set[str], sums: Mapping[str, DaysOf], threshold: int) -> None:
    """Hide the smallest other sums too, until those hidden are two at least and safe together."""
    for name in sorted(sums.keys() - hidden, key=lambda name: (sums[name].before + sums[name].after, name)):
        if len(hidden) > 1 and not _tells(_together(hidden, sums), threshold):
            return
        if sums[name].persons:
            hidden.add(name)


def _together(names: Iterable[str], sums: Mapping[str, DaysOf]) -> DaysOf:
    whole = DaysOf(TOTAL, 0, 0, 0, 0)
    for name in names:
        whole = _added(whole, sums[name])
    return whole


def _added(one: DaysOf, other: DaysOf) -> DaysOf:
    return DaysOf(
        one.citizenship,
        one.before + other.before,
        one.after + other.after,
        one.persons + other.persons,
        one.changed + other.changed,
    )


def _tells(one: DaysOf, threshold: int) -> bool:
    """Would the sums, or their difference, tell of few persons?"""
    return 0 < one.persons < threshold or 0 < one.changed < threshold


# --- what a reader asks ----------------------------------------------------------------------------------------------


def shown_counts(table: PublishableTable) -> Mapping[Key, int | None]:
    """The counts of a table by key, None where hidden."""
    return {cell.categories: cell.count for cell in table.cells}


def changed_sides(table: PublishableTable, group: str = TOTAL) -> Sequence[tuple[str, str, int | None]]:
    """How many went from one standing to another, for each pair that differs."""
    counts = shown_counts(table)
    pairs = [(before, after) for before in JUDGED for after in JUDGED if before != after]
    return [(before, after, counts.get((group, before, after))) for before, after in pairs]
