"""What a register holds, once its files have been read: the tables of a shard with their columns, the codes of what is
wrong with a row, and the form of an input. docs/reference/register-files.md is the manual.

Within a shard a day is a whole number of days since 1970-01-01, a moment of microseconds since 1970-01-01 UTC. All rows
of one person stand in one shard, whatever passport they used.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

# --- tables of a shard -----------------------------------------------------------------------------------------------

Columns = tuple[tuple[str, str], ...]
"""Names and SQL types, in order."""

_ABOUT: Columns = (("profile", "INTEGER"), ("sex", "TINYINT"), ("birth_year", "SMALLINT"))
_OF_A_ROW: Columns = (("part", "INTEGER"), ("row", "BIGINT"), ("kind", "SMALLINT"))

CROSSINGS: Columns = (
    ("key", "BIGINT"),
    ("direction", "SMALLINT"),
    ("moment", "BIGINT"),
    ("day", "INTEGER"),
    *_ABOUT,
    *_OF_A_ROW,
)
"""One row a crossing that can be read. `key` stands for the person, all passports of whom have one. `direction` is IN
or OUT; `day` the day at the checkpoint; `part` the number of the input file in the order of names, from 0; `row` its
row there, from 1, the header not counted; `kind` 0, or the place in KINDS of a doubt that came up in reading."""

GIVEN_STAYS: Columns = (
    ("key", "BIGINT"),
    ("entry", "INTEGER"),
    ("exit", "INTEGER"),
    *_ABOUT,
    *_OF_A_ROW,
)
"""One row a stay, where the input holds stays. `exit` is NULL where the person has not left."""

PERSONS: Columns = (("key", "BIGINT"), ("person", "VARCHAR"))
"""Who a key is: the id as given, of linked passports the smallest. It stands apart, so that no text is carried through
the sorting of crossings."""

STAYS: Columns = (
    ("key", "BIGINT"),
    ("place", "BIGINT"),
    ("profile", "INTEGER"),
    ("entry", "INTEGER"),
    ("exit", "INTEGER"),
    ("guess", "TINYINT"),
    ("sex", "TINYINT"),
    ("birth_year", "SMALLINT"),
    ("entry_part", "INTEGER"),
    ("entry_row", "BIGINT"),
    ("exit_part", "INTEGER"),
    ("exit_row", "BIGINT"),
)
"""What pairing makes. Within a key stays are ordered by `place`, which rises and says no more; each begins on or after
the last day of the one before. `guess` is a mask of GUESSES, 0 for a stay that rests on nothing but its rows. Rows are
NULL where there is none; of an input of stays the entry's row is that of the stay."""

MARKS: Columns = (("part", "INTEGER"), ("row", "BIGINT"), ("kind", "SMALLINT"), ("outcome", "SMALLINT"))
"""What is to be said of a row: `kind` a place in KINDS, `outcome` one in OUTCOMES. A row may have several marks, and
one outcome only."""

CONSERVATION: Columns = (
    ("rows", "BIGINT"),
    ("entries", "BIGINT"),
    ("exits", "BIGINT"),
    ("duplicates", "BIGINT"),
)
"""One row a shard: rows that came in; those that became the entry or the exit of a stay; those in the list of
duplicates. The first is the sum of the others."""

PERMITS: Columns = (("key", "BIGINT"), ("title", "VARCHAR"), ("since", "INTEGER"), ("until", "INTEGER"))
"""`until` is the last day, NULL for a permit without end."""
PENALTIES: Columns = (("key", "BIGINT"), ("penalty", "VARCHAR"), ("decided_on", "INTEGER"))
PROFILES: Columns = (("profile", "INTEGER"), ("citizenship", "VARCHAR"), ("purpose", "VARCHAR"))
"""For the whole register: what rows have in common, numbered from 0 in the order of the values, NULL last.
`citizenship` is ISO alpha-3 or NULL; a column follows for each further fact, in the order of names (`fact_column`)."""

IN, OUT = 0, 1
SEXES = ("unknown", "female", "male")
"""A sex is its place here."""


def fact_column(fact: str) -> str:
    """The column of a fact in `profiles`."""
    return fact.replace(".", "__")


# --- what is wrong with a row ----------------------------------------------------------------------------------------

OUTCOMES = ("stay", "duplicate", "quarantine")

QUARANTINE = (
    "row_malformed",
    "person_missing",
    "direction_unknown",
    "moment_missing",
    "moment_unreadable",
    "moment_impossible",
    "exit_unreadable",
    "exit_before_its_entry",
)
"""Why a row is no part of any stay: a record of CSV that is no record; no id; a direction that nobody declared; no
moment, none that can be read, or one outside the days that the register can hold; of a stay an exit that cannot be read
or is impossible, or lies before its entry."""

GUESSES = ("missing_exit", "missing_entry", "overlap", "exit_before_entry", "citizenship_from_other_rows")
"""What a stay rests on besides its rows; a bit of `guess` each, in this order."""

DOUBTS = ("open", "same_day_turn", "contradiction", "unknown_citizenship", "zone_unknown")
"""What is said of rows that are in a stay without being guessed at: not ended; begun on the day on which the one before
ended; entry and exit differ in citizenship, sex or year of birth; no citizenship; a checkpoint whose zone nobody told,
so that the register's own was taken."""

KINDS = ("none", *QUARANTINE, "duplicate", *GUESSES, *DOUBTS)
"""All kinds of mark. A kind is its place here."""


def kind(name: str) -> int:
    """The code of a kind of mark."""
    return KINDS.index(name)


def outcome(name: str) -> int:
    """The code of an outcome."""
    return OUTCOMES.index(name)


def guess(name: str) -> int:
    """The bit of a guess."""
    return 1 << GUESSES.index(name)


def guesses_of(mask: int) -> tuple[str, ...]:
    """The guesses that a mask holds."""
    return tuple(name for place, name in enumerate(GUESSES) if mask >> place & 1)


# --- the form of an input --------------------------------------------------------------------------------------------


class Holds(StrEnum):
    """What a row of the input is."""

    CROSSINGS = "crossings"
    STAYS = "stays"


class Coverage(StrEnum):
    """Does a side table hold all there is? Where it does not, somebody without a row in it is unknown, not without."""

    COMPLETE = "complete"
    PARTIAL = "partial"
    ABSENT = "absent"


class Clock(StrEnum):
    """What the moments of the input are. AUTOMATIC: timestamps with a zone or texts with an offset are instants, others
    are read off the clock at the checkpoint; plain numbers are refused.
    """

    AUTOMATIC = "automatic"
    LOCAL = "local"
    UTC = "utc"
    SECONDS = "seconds"
    MILLISECONDS = "milliseconds"
    MICROSECONDS = "microseconds"


@dataclass(frozen=True, slots=True)
class Given:
    """Where one thing stands in the input: in a column, or the same for all rows. `values` says what is meant by what
    is written (compared without regard to capitals and outer blanks); where it is empty, what is written is taken.
    """

    column: str | None = None
    constant: str | None = None
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SideTable:
    """A table beside the crossings: where its files are, relative to the folder of the input; its columns by our
    names; and whether it holds all there is.
    """

    files: str
    columns: Mapping[str, str]
    coverage: Coverage


@dataclass(frozen=True, slots=True)
class Repair:
    """By how many minutes records may be wrong before two faults are likelier than one: a second row of one crossing;
    an exit recorded after the next entry; an exit recorded before its own entry.
    """

    duplicate_minutes: int = 10
    overlap_minutes: int = 7200
    early_exit_minutes: int = 1440


@dataclass(frozen=True, slots=True)
class RegisterForm:
    """How one register is written.

    `columns` has our names of CROSSING_NAMES or STAY_NAMES; `facts` further facts by name; `citizenships` what is
    written for a citizenship, in capitals, with its alpha-3. `zone` is the zone of every checkpoint that `zones` and
    the table of checkpoints do not name. Moments before `since` or after `extracted_on` are impossible; where nobody
    said when the register was extracted, the caller says it.
    """

    holds: Holds
    columns: Mapping[str, Given]
    zone: str
    citizenships: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, Given] = field(default_factory=dict)
    clock: Clock = Clock.AUTOMATIC
    date_format: str | None = None
    zones: Mapping[str, str] = field(default_factory=dict)
    checkpoints: SideTable | None = None
    permits: SideTable | None = None
    penalties: SideTable | None = None
    links: SideTable | None = None
    since: date = date(1991, 1, 1)
    extracted_on: date | None = None
    repair: Repair = Repair()
    delimiter: str | None = None
    quote: str = '"'
    encoding: str = "utf-8"
    synthetic: bool = False


CROSSING_NAMES = (
    "person",
    "citizenship",
    "direction",
    "moment",
    "checkpoint",
    "sex",
    "birth_year",
    "purpose",
)
STAY_NAMES = ("person", "citizenship", "entry", "exit", "sex", "birth_year", "purpose")
NEEDED = {Holds.CROSSINGS: ("person", "direction", "moment"), Holds.STAYS: ("person", "entry", "exit")}
SIDE_NAMES = {
    "checkpoints": ("checkpoint", "zone"),
    "permits": ("person", "title", "since", "until"),
    "penalties": ("person", "penalty", "decided_on"),
    "links": ("person", "linked_person"),
}
"""The columns that each side table must have."""


def coverage_of(table: SideTable | None) -> Coverage:
    return Coverage.ABSENT if table is None else table.coverage
