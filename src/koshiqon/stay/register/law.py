"""The law of a register: for everybody of one profile, which titles hold on which days, and within which limits.

What the rules say of one person without history hangs on few things: the facts that the register tells (citizenship,
purpose of the visit …), the day, and the day of entry. So they are judged once for each profile, by the same functions
that judge one person, and what comes out is tables: pieces of days with limits, to be held against millions of stays.

UnsupportedInRegister   a country or a reading asks for what tables of the law cannot say
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from koshiqon.rules.judging import Outcome, Reason
from koshiqon.rules.rule import Rule

EPOCH = date(1970, 1, 1).toordinal()
"""Days of a register are counted from here, as all engines do."""
FAR = date.max.toordinal() - EPOCH
"""The day of what has no end."""

PENALTY_GIVEN = "penalty.given"
PENALTY_DAY = "penalty.decided_on"
"""The facts that a table of penalties tells."""
EVENTS = ("entry.date", PENALTY_DAY)
"""The days of a stay from which a term of the law may run in a register."""


class UnsupportedInRegister(Exception):
    """What can be judged for one person, but not for a table, as a code with the values of its letter."""

    def __init__(self, code: str, values: Mapping[str, str]) -> None:
        super().__init__(f"{code} {dict(values)}")
        self.code = code
        self.values = dict(values)


@dataclass(frozen=True, slots=True)
class Coverage:
    """Does the table of permits hold all there are, and that of penalties? None: there is no such table. Without one of
    permits, nobody is known to have had none; without one of penalties, the door assumes what the country lets it.
    """

    permits: bool | None
    penalties: bool | None


@dataclass(frozen=True, slots=True)
class Profile:
    """What a register tells alike of many people: citizenship (None: not known) and facts by name."""

    citizenship: str | None
    facts: Mapping[str, Outcome] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, order=True)
class Bound:
    """At most `in_window` counted days of any `window` days; of stays that began before `since` no day counts."""

    window: int
    in_window: int
    since: int | None


@dataclass(frozen=True, slots=True)
class Piece:
    """Days on which a title covers a stay within limits: surely, or perhaps for `reasons`.

    `began` are the days of entry that it speaks of, `line` the title, `per_entry` and `bound` the limits of days (None:
    no such limit). Days are numbers from 1970-01-01, first and last included.
    """

    line: int
    began: tuple[int, int]
    first: int
    last: int
    sure: bool
    per_entry: int | None
    bound: Bound | None
    reasons: frozenset[Reason] = frozenset()


@dataclass(frozen=True, slots=True)
class Valid:
    """Days on which a title takes a kind of paper; `longest` names the term that the law allows (None: any)."""

    line: int
    began: tuple[int, int]
    kind: str
    first: int
    last: int
    sure: bool
    outside: bool
    longest: int | None
    reasons: frozenset[Reason] = frozenset()


@dataclass(frozen=True, slots=True)
class Cut:
    """From `first` on, a title ends when the term `term` is over that began with `event` (one of EVENTS); after it the
    title is gone (`surely`), or in doubt.
    """

    line: int
    began: tuple[int, int]
    event: str
    term: int
    first: int
    surely: bool


@dataclass(frozen=True, slots=True)
class Grace:
    """Days of a title that lasts from `event` (one of EVENTS) through a term."""

    line: int
    began: tuple[int, int]
    event: str
    term: int
    first: int
    last: int
    sure: bool
    reasons: frozenset[Reason] = frozenset()


@dataclass(frozen=True, slots=True)
class Cell:
    """Days of one state of the law for stays that began on the days `began`: the first title that surely holds, with
    its limits (`line` None: none), whether limits matter at all, and which titles hold or are unknown, as bits.

    `kind`: `limited` (lawful within the limits of `line`), `unknown` or `unlawful` on every day, or `open`: a question
    for all pieces. `window` is the length of the window that the measure of days in it uses (None: the law has none).
    """

    began: tuple[int, int]
    first: int
    last: int
    kind: str
    line: int | None
    per_entry: int | None
    bound: Bound | None
    held: int
    unknown: int
    window: int | None
    reasons: frozenset[Reason] = frozenset()


@dataclass(frozen=True, slots=True)
class ProfileLaw:
    """The law for everybody of one profile."""

    pieces: tuple[Piece, ...]
    valid: tuple[Valid, ...]
    cuts: tuple[Cut, ...]
    graces: tuple[Grace, ...]
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A title: its rule, and the row of the regimes within it."""

    rule: str
    row: str | None = None


@dataclass(frozen=True, slots=True)
class Band:
    """The penalty that surely follows on a day from `first` through `last` for so many unlawful days (`most` None: any
    higher number).
    """

    rule: str
    first: int
    last: int
    least: int
    most: int | None


@dataclass(frozen=True, slots=True)
class Later:
    """A title that asks when the titles of the stay end: days that it covers, where its condition holds.

    It lasts from `start` (None: from the day the titles end) through `through`, or through the term `term` after it.
    """

    line: int
    rule: Rule
    first: int
    last: int
    sure: bool
    start: int | None
    through: int | None
    term: int | None


@dataclass(frozen=True, slots=True)
class RegisterLaw:
    """The law for a whole register.

    `classes` gives for each profile the place in `laws` of its law for a stay without penalty and for one with.
    `terms[t]` gives the last day of the term t by the day of its event; a day that is missing there is unknown.
    `lines` are the titles in the order of the country; bit i of masks of titles is `titles[i]`, of masks of reasons
    `reasons[i]`. `facts` are those that the door took for everybody, `assumed` the
    names of them that nobody told. Stays begin from
    `first_day` on and are judged through `last_day`.
    """

    laws: tuple[ProfileLaw, ...]
    classes: tuple[tuple[int, int], ...]
    lines: tuple[Line, ...]
    titles: tuple[str, ...]
    reasons: tuple[Reason, ...]
    terms: tuple[Mapping[int, int], ...]
    later: tuple[Later, ...]
    bands: tuple[Band, ...]
    bounds: tuple[Bound, ...]
    windows: tuple[int, ...]
    papers_known: bool
    permit_clock_stops: bool
    permit_days_outside: bool
    profiles: tuple[Profile, ...]
    facts: Mapping[str, Outcome]
    assumed: tuple[str, ...]
    first_day: int
    last_day: int
