"""By which groups the stays of a register are counted for publication, and when a group is too small to be named.

All tables of one unit are published together, so that what is hidden in one cannot be had from another. They hang
together by shared dimensions without a circle (`statistics/tables.py`): every table of stays has `certainty`, and those
by time have `year` too. So there is no table of citizenship by month: it would close the circle of citizenship, month
and year, and in a measured register of 500,000 stays even citizenship by quarter took a minute to protect.

Persons who come often stand in many cells of stays. They are counted once in tables of their own, each in the group of
the latest stay and under the worst that any of the stays turned out to be.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import product

from koshiqon.statistics.disclosure import PublishableTable
from koshiqon.statistics.tables import Dimension, FrequencyTable, Key
from koshiqon.stay.register.form import GUESSES, OUTCOMES, QUARANTINE, SEXES

OTHER, UNKNOWN, NOTHING = "_O", "_U", "_Z"
"""Codes that SDMX gives to what is folded together, what is not known, and what does not apply."""

DERIVED = "derived"
CERTAINTY = ("yes", "unknown", "no", DERIVED)
"""Overstayed for sure, cannot be told, lawful for sure; and apart from all three, stays that rest on a guess."""
JUDGED = ("yes", "unknown", "no")
ENDED = ("ended", "open")
AGES = ("0-15", "16-29", "30-44", "45-59", "60-", UNKNOWN)
"""Bands of age at entry: the year of entry less the year of birth, so that an age may be a year too high."""
LATER_AGES = (16, 30, 45, 60)
"""Where each band after the first begins."""
BANDS = (NOTHING, "1-3", "4-10", "11-30", "31-90", "91-365", "366-")
"""Bands of surely unlawful days in one stay."""
LATER_BANDS = (1, 4, 11, 31, 91, 366)
MONTHS = tuple(f"{month:02}" for month in range(1, 13))
SEVERAL = "several"
"""More than one reason why a stay cannot be judged."""

FIXED: Mapping[str, tuple[str, ...]] = {
    "certainty": CERTAINTY,
    "judged": JUDGED,
    "ended": ENDED,
    "sex": (*SEXES[1:], UNKNOWN),
    "age": AGES,
    "overstay": BANDS,
    "month": MONTHS,
    "outcome": OUTCOMES,
}
"""Dimensions whose categories are the same in every register."""
KNOWN_KINDS = (*QUARANTINE, "duplicate", *GUESSES)

LEAST = 100
"""A category with fewer stays is counted with the others."""
LEAST_A_YEAR = 200
"""A citizenship with fewer stays a year, on average over the years shown, is counted with the others."""
LEAST_A_MONTH = 500
"""Where a month has fewer stays on average over the years shown, there is no table of months: most would be hidden."""
MOST_CITIZENSHIPS = 24
"""So many citizenships are named at most, those with the most stays."""


class Unit(StrEnum):
    """What is counted: stays, persons, or marks that cleaning left on rows."""

    STAYS = "stays"
    PERSONS = "persons"
    MARKS = "marks"


@dataclass(frozen=True, slots=True)
class TableAsked:
    """One table that is published: its name, what it counts, and by what."""

    name: str
    unit: Unit
    dimensions: tuple[str, ...]


TABLES = (
    TableAsked("stays-by-citizenship-and-year", Unit.STAYS, ("citizenship", "year", "certainty")),
    TableAsked("stays-by-month", Unit.STAYS, ("year", "month", "certainty")),
    TableAsked("stays-by-sex-and-age", Unit.STAYS, ("sex", "age", "certainty")),
    TableAsked("stays-by-purpose", Unit.STAYS, ("purpose", "certainty")),
    TableAsked("stays-by-title", Unit.STAYS, ("title", "certainty")),
    TableAsked("stays-by-overstay-and-consequence", Unit.STAYS, ("overstay", "consequence", "certainty")),
    TableAsked("stays-by-reason", Unit.STAYS, ("reason", "certainty")),
    TableAsked("stays-by-end", Unit.STAYS, ("ended", "certainty")),
    TableAsked("stays-by-guess", Unit.STAYS, ("guess", "judged", "certainty")),
    TableAsked("persons-by-citizenship", Unit.PERSONS, ("citizenship", "certainty")),
    TableAsked("persons-by-sex-and-age", Unit.PERSONS, ("sex", "age", "certainty")),
    TableAsked("marks-by-kind", Unit.MARKS, ("kind", "outcome")),
)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many stand in each combination that occurs, and their crowd: a bit for every bucket that one of their
    persons falls into. Bits that are set are never more than persons.
    """

    counts: Mapping[Key, int]
    crowds: Mapping[Key, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PublishedTable:
    """One table as it may be published, with what it counts."""

    name: str
    unit: Unit
    table: PublishableTable


@dataclass(frozen=True, slots=True)
class Publication:
    """All tables that were published together, and how many categories of each dimension were folded into OTHER."""

    tables: tuple[PublishedTable, ...]
    folded: Mapping[str, int]

    def table(self, name: str) -> PublishableTable | None:
        return next((held.table for held in self.tables if held.name == name), None)


# --- small groups ----------------------------------------------------------------------------------------------------


def named(sizes: Mapping[str, int], least: int, most: int | None = None) -> frozenset[str]:
    """The categories that keep their name: large enough, and of these the `most` largest. UNKNOWN and NOTHING always
    do.
    """
    large = [category for category, size in sizes.items() if size >= least and category not in (UNKNOWN, NOTHING)]
    ranked = sorted(large, key=lambda category: (-sizes[category], category))[:most]
    return frozenset(ranked) | (sizes.keys() & {UNKNOWN, NOTHING})


def names_kept(tallies: Mapping[TableAsked, Tally]) -> dict[str, frozenset[str]]:
    """For each dimension without fixed categories, those that keep their name in all tables."""
    kept: dict[str, frozenset[str]] = {}
    for asked, tally in tallies.items():
        for place, dimension in enumerate(asked.dimensions):
            if dimension not in FIXED and dimension not in kept and dimension != "citizenship":
                kept[dimension] = named(_sizes(tally, place), LEAST if asked.unit is not Unit.MARKS else 1)
    years = len(kept.get("year", frozenset())) or 1
    for asked, tally in tallies.items():
        if "citizenship" in asked.dimensions and "citizenship" not in kept:
            sizes = _sizes(tally, asked.dimensions.index("citizenship"))
            kept["citizenship"] = named(sizes, max(LEAST, LEAST_A_YEAR * years), MOST_CITIZENSHIPS)
    return kept


def _sizes(tally: Tally, place: int) -> Counter[str]:
    sizes = Counter[str]()
    for key, count in tally.counts.items():
        sizes[key[place]] += count
    return sizes


def folded(asked: TableAsked, tally: Tally, kept: Mapping[str, frozenset[str]]) -> Tally:
    """The tally with every category that keeps no name counted under OTHER."""
    counts, crowds = Counter[Key](), dict[Key, int]()
    for key, count in tally.counts.items():
        at = tuple(
            category if dimension in FIXED or category in kept[dimension] else OTHER
            for dimension, category in zip(asked.dimensions, key, strict=True)
        )
        counts[at] += count
        crowds[at] = crowds.get(at, 0) | tally.crowds.get(key, 0)
    return Tally(counts, crowds)


def worth_telling(tallies: Mapping[TableAsked, Tally], kept: Mapping[str, frozenset[str]]) -> dict[TableAsked, Tally]:
    """The tables without that of months, where months are too small."""
    months = len(MONTHS) * (len(kept.get("year", frozenset())) or 1)
    return {
        asked: tally
        for asked, tally in tallies.items()
        if "month" not in asked.dimensions or sum(tally.counts.values()) >= LEAST_A_MONTH * months
    }


# --- full tables -----------------------------------------------------------------------------------------------------


def dimensions_of(tallies: Mapping[TableAsked, Tally]) -> dict[str, Dimension]:
    """The dimensions of folded tallies with their categories: fixed ones as they are, others in the order of their
    codes, never of their sizes, which may be hidden; OTHER, NOTHING and UNKNOWN last.
    """
    seen: dict[str, set[str]] = {}
    for asked, tally in tallies.items():
        for place, dimension in enumerate(asked.dimensions):
            seen.setdefault(dimension, set()).update(key[place] for key in tally.counts)
    return {name: Dimension(name, FIXED.get(name) or _in_order(found)) for name, found in seen.items()}


def _in_order(categories: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(categories, key=lambda category: (category in (OTHER, NOTHING, UNKNOWN), category)))


def full_table(asked: TableAsked, tally: Tally, dimensions: Mapping[str, Dimension]) -> FrequencyTable:
    """Every combination of the categories with its count, zeros written."""
    shown = tuple(dimensions[name] for name in asked.dimensions)
    keys = product(*(dimension.categories for dimension in shown))
    return FrequencyTable(shown, {key: tally.counts.get(key, 0) for key in keys})
