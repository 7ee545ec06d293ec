"""What a synthetic border register is made to resemble: data of a country, in the words of its file synthetic.yaml
(the manual is docs/reference/country-files.md). Nothing is drawn here.

Numbers called weights need not add up to anything; shares are parts of 1. A tuple of citizenships or purposes says to
whom a row applies, and an empty one means all whom no other row of its list names.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Protocol, TypeVar

from koshiqon.language import Text

STAY_FAULTS = ("missing_exit", "missing_entry", "overlap", "exit_before_entry")
"""Faults of a stay: at most one each."""
ROW_FAULTS = ("duplicate", "unknown_citizenship", "impossible_date")
"""Faults of a crossing whose stay has none: at most one each."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """Where some numbers come from: `basis` is `published` (a source says so) or `assumed` (nobody does)."""

    name: str
    text: Text
    basis: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Citizenship:
    """How many of all entries one citizenship makes, as a weight."""

    citizenship: str
    entries: float
    by: str


@dataclass(frozen=True, slots=True)
class Visits:
    """Mean number of visits of one person in all years of the file; heavy-tailed, never more than `most`."""

    citizenships: tuple[str, ...]
    mean: float
    most: int
    by: str


@dataclass(frozen=True, slots=True)
class Year:
    year: int
    weight: float
    by: str


@dataclass(frozen=True, slots=True)
class Season:
    """Weights of the twelve months."""

    citizenships: tuple[str, ...]
    months: tuple[float, ...]
    by: str


@dataclass(frozen=True, slots=True)
class Spell:
    """Days, from `since` to the day before `until`, on which `factor` times as many enter. The year keeps its
    weight.
    """

    citizenships: tuple[str, ...]
    since: date
    until: date
    factor: float
    by: str


@dataclass(frozen=True, slots=True)
class Purposes:
    """Weights of the purposes of visits."""

    citizenships: tuple[str, ...]
    weights: tuple[tuple[str, float], ...]
    by: str


@dataclass(frozen=True, slots=True)
class Sexes:
    """The share of men among persons whose main purpose is one of these."""

    purposes: tuple[str, ...]
    men: float
    by: str


@dataclass(frozen=True, slots=True)
class Age:
    """Persons of a main purpose from `least` to `most` full years old, evenly, in the year in which the register
    begins.
    """

    purposes: tuple[str, ...]
    least: int
    most: int
    weight: float
    by: str


@dataclass(frozen=True, slots=True)
class Nights:
    """One part of the lengths of visits of a purpose: log-normal around `median` with `spread` (the standard deviation
    of the logarithm), or evenly from `least` to `most`; in nights, 0 being a visit that ends on its first day.
    """

    purpose: str
    weight: float
    median: float | None
    spread: float | None
    least: int | None
    most: int | None
    by: str


@dataclass(frozen=True, slots=True)
class Checkpoints:
    """`points` checkpoints alike, in one time zone; `neighbour` is None in the air and at sea."""

    group: str
    neighbour: str | None
    mode: str
    zone: str
    points: int
    by: str


@dataclass(frozen=True, slots=True)
class Route:
    """Weights of the groups of checkpoints by which people enter."""

    citizenships: tuple[str, ...]
    weights: tuple[tuple[str, float], ...]
    by: str


@dataclass(frozen=True, slots=True)
class Paper:
    """The share of visits of a purpose that get a permit, whose first day is at most `within` days after entry and
    which holds from `least` to `most` days.
    """

    title: str
    purposes: tuple[str, ...]
    citizenships: tuple[str, ...]
    share: float
    within: int
    least: int
    most: int
    by: str


@dataclass(frozen=True, slots=True)
class Residents:
    """The share of persons who hold a permit without end, given at most `before` days before their first entry."""

    title: str
    share: float
    before: int
    by: str


@dataclass(frozen=True, slots=True)
class Penalty:
    """The share of visits of more than `longer_than` nights without a permit that end in a penalty of this kind."""

    penalty: str
    longer_than: int
    share: float
    by: str


@dataclass(frozen=True, slots=True)
class Turn:
    """The share of visits of more than `after` nights without a permit, begun in these days, in which the person
    leaves and comes back on one day each time `after` nights have passed.
    """

    since: date
    until: date
    after: int
    share: float
    by: str


@dataclass(frozen=True, slots=True)
class Habits:
    """Shares of persons or of visits, each with its calibration."""

    keeps_purpose: tuple[float, str]
    same_way_out: tuple[float, str]
    second_passport: tuple[float, str]
    second_passport_used: tuple[float, str]
    second_passport_known: tuple[float, str]
    renewed_passport: tuple[float, str]


@dataclass(frozen=True, slots=True)
class Slip:
    """How often a record is wrong, as a share of those that could be; by how many minutes at most; or which days stand
    there instead.
    """

    kind: str
    share: float
    minutes: int
    days: tuple[date, ...]
    by: str


@dataclass(frozen=True, slots=True)
class Synthetic:
    """All that a synthetic register of one country is made from."""

    calibrations: tuple[Calibration, ...]
    citizenships: tuple[Citizenship, ...]
    visits: tuple[Visits, ...]
    years: tuple[Year, ...]
    seasons: tuple[Season, ...]
    spells: tuple[Spell, ...]
    purposes: tuple[Purposes, ...]
    sexes: tuple[Sexes, ...]
    ages: tuple[Age, ...]
    nights: tuple[Nights, ...]
    checkpoints: tuple[Checkpoints, ...]
    routes: tuple[Route, ...]
    papers: tuple[Paper, ...]
    residents: tuple[Residents, ...]
    penalties: tuple[Penalty, ...]
    turns: tuple[Turn, ...]
    habits: Habits
    faults: tuple[Slip, ...]

    @property
    def purpose_names(self) -> tuple[str, ...]:
        """Every purpose that has a length, in the order of the file."""
        return tuple(dict.fromkeys(row.purpose for row in self.nights))

    def rests_on(self) -> Iterator[str]:
        """The names of the calibrations on which something rests, one for each row that does."""
        for part in fields(self):
            if part.name not in ("calibrations", "habits"):
                yield from (row.by for row in getattr(self, part.name))
        yield from (getattr(self.habits, habit.name)[1] for habit in fields(self.habits))


class OfCitizenships(Protocol):
    """A row that applies to some citizenships."""

    @property
    def citizenships(self) -> tuple[str, ...]: ...


class OfPurposes(Protocol):
    """A row that applies to some purposes."""

    @property
    def purposes(self) -> tuple[str, ...]: ...


OfCitizenshipsT = TypeVar("OfCitizenshipsT", bound=OfCitizenships)
OfPurposesT = TypeVar("OfPurposesT", bound=OfPurposes)


def row_of(rows: Sequence[OfCitizenshipsT], citizenship: str) -> OfCitizenshipsT:
    """The row that names a citizenship, or else the one for all others. The reader of the file sees to it that there
    is one.
    """
    named = [row for row in rows if citizenship in row.citizenships]
    return (named or [row for row in rows if not row.citizenships])[0]


def rows_of(rows: Sequence[OfPurposesT], purpose: str) -> list[OfPurposesT]:
    """The rows that name a purpose, or else those for all others."""
    named = [row for row in rows if purpose in row.purposes]
    return named or [row for row in rows if not row.purposes]
