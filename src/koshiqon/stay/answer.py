"""What an assessment of a stay says: codes, days and rows; no sentence stands here. `render` makes the words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from koshiqon.evidence import Confidence, ProvisionId, Reference
from koshiqon.rules.judging import Reason
from koshiqon.rules.rule import Penalty
from koshiqon.stay.amounts import Sum
from koshiqon.stay.case import Paper, StayCase
from koshiqon.stay.presence import DaysBack
from koshiqon.stay.rule_trace import RuleTrace as RuleTrace  # noqa: PLC0414 (a part of the answer)


class Standing(StrEnum):
    """How a day of presence stands in law."""

    LAWFUL = "lawful"
    UNLAWFUL = "unlawful"
    UNKNOWN = "unknown"


class Answer(StrEnum):
    """The one sentence, as a code: what the person most needs to know first."""

    MAY_STAY_UNTIL = "may_stay_until"
    MAY_STAY_OPEN = "may_stay_open"
    SURE_UNTIL = "sure_until"
    OVERSTAYED = "overstayed"
    UNKNOWN_TODAY = "unknown_today"
    MAY_ENTER = "may_enter"
    MAY_ENTER_FROM = "may_enter_from"
    MAY_NOT_ENTER = "may_not_enter"
    ENTRY_UNKNOWN = "entry_unknown"


@dataclass(frozen=True, slots=True)
class Interval:
    """Days of the stay from `first` to `last` (None: open) that stand alike; the grounds that cover them, or why it is
    unknown.
    """

    first: date
    last: date | None
    standing: Standing
    grounds: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Ground:
    """A title as it applies to this stay. `name` is the rule, with the row of the regimes or the paper it rests on.
    `standing` is that of the day asked; `first` to `last` are the days of this stay that it surely covers (last None:
    open; both None: none).
    """

    name: str
    rule: str
    provision: ProvisionId
    standing: Standing
    first: date | None
    last: date | None
    open_end: bool
    confidence: Confidence
    row: str | None = None
    paper: Paper | None = None
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class DaysUsed:
    """Days used and left on the day asked, under the limits of one ground; None is no such limit."""

    ground: str
    per_entry: int | None
    used_entry: int
    in_window: int | None
    window: int | None
    used_window: int | None

    @property
    def left(self) -> int | None:
        """Days that may still follow the day asked under both limits, as they stand that day; None without limits."""
        rest = [
            limit - used
            for limit, used in ((self.per_entry, self.used_entry), (self.in_window, self.used_window))
            if limit is not None and used is not None
        ]
        return max(0, min(rest)) if rest else None


@dataclass(frozen=True, slots=True)
class Entry:
    """From `day` the person may enter, and then stay through `until` (None: no end); `standing` unknown where a reason
    stands against it; `day` None where no day was found. `safe_day` is the latest such day over the open readings.
    """

    standing: Standing
    day: date | None
    until: date | None
    reasons: tuple[Reason, ...] = ()
    safe_day: date | None = None

    @property
    def days(self) -> int | None:
        return None if self.day is None or self.until is None else (self.until - self.day).days + 1


@dataclass(frozen=True, slots=True)
class PlanFit:
    """Does the trip in mind fit? `broken_on`: its first day that is not surely lawful."""

    first: date
    last: date
    standing: Standing
    broken_on: date | None
    reasons: tuple[Reason, ...] = ()


class DueState(StrEnum):
    """Where a duty stands on the day asked."""

    AHEAD = "ahead"
    PASSED = "passed"
    FALLS_IF_LEFT = "falls_if_left"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Due:
    """A duty of this case. `deadline` is the last day in time, None where it cannot be told; `later` is the last day
    under another reading of the first day, where it differs. `pays`: what is to be paid, once, and `pays_times`, how
    often (None: it cannot be told).
    """

    rule: str
    must: str
    by: str
    start: date | None
    deadline: date | None
    later: date | None
    state: DueState
    provision: ProvisionId
    confidence: Confidence
    falls_if_left: bool = False
    office: str | None = None
    reasons: tuple[Reason, ...] = ()
    pays: Sum | None = None
    pays_times: int | None = 1


@dataclass(frozen=True, slots=True)
class Sanctioned:
    """What follows from a breach (`sure`), or may follow: the penalty with its amounts; `days`: from how many days of
    overstay to how many (None: no end), None for another breach. `met`: the condition of the rule itself surely holds,
    so that only an exception to it could stand against the penalty.
    """

    rule: str
    of: str
    sure: bool
    penalty: Penalty
    provision: ProvisionId
    confidence: Confidence
    fine: Sum | None = None
    arrest_days: int | None = None
    prison_years: int | None = None
    prison_years_from: int | None = None
    days: tuple[int, int | None] | None = None
    reasons: tuple[Reason, ...] = ()
    met: bool = True


@dataclass(frozen=True, slots=True)
class Barred:
    """A ground to refuse entry (`sure`), or what may be one, through `until` (None: as long as its cause lasts)."""

    rule: str
    sure: bool
    since: date | None
    until: date | None
    provision: ProvisionId
    confidence: Confidence
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class MayDecide:
    """What somebody may decide in this case, if it is one (`sure`); nobody may count on it."""

    rule: str
    decision: str
    decided_by: tuple[str, ...]
    sure: bool
    provision: ProvisionId
    up_to: int | None = None
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """Something not known: why, and what of the answer hangs on it (`intervals`, `duties`, `consequences`, `bars`,
    `reentry`, `plan`). `ask` is the fact to ask for, None where no answer of the person would settle it.
    """

    reason: Reason
    touches: tuple[str, ...]
    ask: str | None


@dataclass(frozen=True, slots=True)
class OtherReading:
    """What another option of one reading would change: the last lawful day, how today stands, the first day on which
    one may enter, the duties that there would be besides (`due`) and those that there would not be (`not_due`).
    """

    option: str
    last_lawful_day: date | None
    standing: Standing | None
    entry_day: date | None
    due: tuple[Due, ...] = ()
    not_due: tuple[Due, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadingUsed:
    """The option taken of one open reading; the others that change this answer."""

    reading: str
    option: str
    by_default: bool
    others: tuple[OtherReading, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadUntil:
    """Until when the text of an act was read (None: not read); `late` where the day asked is later."""

    act: str
    until: date | None
    late: bool


@dataclass(frozen=True, slots=True)
class Assessment:
    """The whole answer about one person on one day.

    `standing` is that of the day asked, None for a person who is not in the country. `last_lawful_day` is the last day
    of the lawful days that the day asked belongs to, or the last one before it; None where it cannot be told or has no
    end (`open_end`). `safe_until` is the earliest such day over all open readings. `later_entries` are days after that
    of `reentry` from which the person may stay longer.
    """

    case: StayCase
    on: date
    answer: Answer
    standing: Standing | None
    grounds: tuple[Ground, ...]
    intervals: tuple[Interval, ...]
    last_lawful_day: date | None
    open_end: bool
    safe_until: date | None
    used: DaysUsed | None
    comes_back: tuple[DaysBack, ...]
    reentry: Entry | None
    later_entries: tuple[Entry, ...]
    plan: PlanFit | None
    duties: tuple[Due, ...]
    overstay_days: int
    overstay_unknown: tuple[Reason, ...]
    consequences: tuple[Sanctioned, ...]
    if_overstayed: tuple[Sanctioned, ...]
    bars: tuple[Barred, ...]
    decisions: tuple[MayDecide, ...]
    unknown: tuple[OpenPoint, ...]
    readings: tuple[ReadingUsed, ...]
    conflicts: tuple[str, ...]
    confidence: Confidence
    law_read_until: tuple[ReadUntil, ...]
    citations: tuple[Reference, ...]
    traces: Iterable[RuleTrace]
