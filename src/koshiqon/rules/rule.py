"""A rule of law as data: dated, cited, with one condition, and what follows where it holds.

What follows has one shape for each kind of rule. A rule that overrides another is an exception to it: where the
exception holds, the other does not; where the exception is unknown, the other is at best unknown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from koshiqon.evidence import Basis, ProvisionId, Reference
from koshiqon.language import Text
from koshiqon.period import Period
from koshiqon.rules.expression import Condition, Duration


class RuleKind(StrEnum):
    """What a rule says: a ground to stay, who one is in law, what one may, what one must, what follows if not, what
    keeps one out, what somebody decides.
    """

    TITLE = "title"
    CATEGORY = "category"
    RIGHT = "right"
    DUTY = "duty"
    SANCTION = "sanction"
    BAR = "bar"
    DISCRETION = "discretion"


class Subject(StrEnum):
    """Whom or what a rule speaks of."""

    PERSON = "person"
    STAY = "stay"
    HOST = "host"
    EMPLOYER = "employer"


class AppliesTo(StrEnum):
    """Which days a version of the law governs: those on which it is in force, or all of a stay that began then."""

    DAYS = "days"
    STAYS_BEGUN = "stays_begun"


@dataclass(frozen=True, slots=True)
class ParameterName:
    """A quantity that an act sets, by the name of its parameter."""

    name: str


Quantity = int | Duration | ParameterName
"""A number, a term in its legal unit, or the parameter that holds either."""


@dataclass(frozen=True, slots=True)
class EventDay:
    """A day of the case, by the name of its fact or measure."""

    name: str


Moment = date | EventDay
"""A day that the rule names itself, or a day of the case."""


# --- titles to stay --------------------------------------------------------------------------------------------------


class EmptyWindow(StrEnum):
    """What a row of the regimes without a window means: there is none, or the sources do not say."""

    NONE = "none"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ByRegime:
    """Stay within the limits of the rows of the regimes table with these codes, each row on its own days."""

    regimes: tuple[str, ...]
    empty_window: EmptyWindow


@dataclass(frozen=True, slots=True)
class ByLimit:
    """Stay within limits that the rule names itself; None is no such limit."""

    per_entry: Quantity | None
    in_window: Quantity | None
    window: Quantity | None


@dataclass(frozen=True, slots=True)
class ByPaper:
    """Stay while a paper of these kinds is valid, first and last day included. `longest`: the longest term that the
    law allows for it; days beyond are unknown. `outside_count`: days under it count for no limit of days.
    """

    papers: tuple[str, ...]
    longest: Quantity | None
    outside_count: bool


@dataclass(frozen=True, slots=True)
class ByTerm:
    """Stay from one day through another, or for a term after the first, its last day included."""

    start: Moment
    term: Quantity | None
    through: Moment | None


@dataclass(frozen=True, slots=True)
class Ends:
    """The titles that this one overrides end when the term after `start` is over, until the person has left. Where
    `surely` is false, the sources do not settle it and the days after are unknown.
    """

    start: Moment
    term: Quantity | None
    surely: bool


Title = ByRegime | ByLimit | ByPaper | ByTerm | Ends


# --- what else follows -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Belongs:
    """The person belongs to this category."""

    category: str


@dataclass(frozen=True, slots=True)
class May:
    """The person may do this; for how long, and from which day the term runs, where the law says. After the term the
    right is flagged as late, not denied.
    """

    right: str
    term: Quantity | None = None
    start: Moment | None = None
    office: str | None = None


@dataclass(frozen=True, slots=True)
class Must:
    """Somebody must do this, within a term after a day, or `before` it. `first_day_counts`: is that day itself day 1
    (None: as the reading of the day of entry has it)? `falls_if_left`: the duty falls if the person leaves in time.
    `pays`: units of the index to be paid, as often as the number fact `pays_for` says (None: once).
    """

    do: str
    by: str
    start: Moment
    within: Quantity
    before: bool = False
    first_day_counts: bool | None = False
    falls_if_left: bool = False
    office: str | None = None
    pays: Quantity | None = None
    pays_for: str | None = None


@dataclass(frozen=True, slots=True)
class Penalty:
    """A warning, a fine in units of the index, arrest, prison; `alternatives` to them and what comes `along_with` them
    are `expulsion`, `arrest`, `prison`, `fine`. Amounts with `up_to` are the most that may be imposed.
    """

    warning: bool = False
    fine: Quantity | None = None
    fine_up_to: bool = False
    arrest_days: Quantity | None = None
    prison_years: Quantity | None = None
    prison_years_from: Quantity | None = None
    alternatives: tuple[str, ...] = ()
    along_with: tuple[str, ...] = ()
    decided_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NoEntry:
    """Entry is refused: for a term after a day, or as long as the condition holds."""

    start: Moment | None
    term: Quantity | None


@dataclass(frozen=True, slots=True)
class Decides:
    """Somebody decides: `decision` is a code, `up_to` the most that may be granted."""

    decision: str
    decided_by: tuple[str, ...]
    up_to: Quantity | None = None


Consequence = Title | Belongs | May | Must | Penalty | NoEntry | Decides


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `condition` None holds always; `written` is the condition as people wrote it. `counts_from`: in a
    window only stays that began on or after that day count. `under`: the readings, by name, under which the rule
    is believed at all.
    """

    name: str
    kind: RuleKind
    of: Subject
    provision: ProvisionId
    period: Period
    condition: Condition | None
    written: str
    then: Consequence
    text: Text
    basis: Basis
    applies_to: AppliesTo = AppliesTo.DAYS
    counts_from: date | None = None
    overrides: tuple[str, ...] = ()
    under: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Option:
    """One way to read the law, and who reads it so."""

    name: str
    text: Text
    references: tuple[Reference, ...]
    basis: Basis


@dataclass(frozen=True, slots=True)
class OpenReading:
    """A point on which law and enforcement part, or the text is open: its options, and the one taken by default."""

    name: str
    text: Text
    options: tuple[Option, ...]
    default: str


Readings = Mapping[str, str]
"""The option taken of each open reading, by name."""
