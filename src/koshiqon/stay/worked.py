"""Worked cases: one person's facts, the day, and what a source says must come out. Held against the rules of a country.

A case may have several runs, one for each citizenship or each way it could have been. It passes if all of them do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from koshiqon.country import Country
from koshiqon.evidence import Reference
from koshiqon.rules.judging import ReasonKind
from koshiqon.stay.answer import Answer, Standing
from koshiqon.stay.assessment import assess
from koshiqon.stay.case import StayCase
from koshiqon.stay.found import Told, found_of
from koshiqon.stay.presence import Stay


class Known(StrEnum):
    """How far the facts and the law read settle a case: they do, they leave something open, or sources part."""

    KNOWN = "known"
    UNKNOWN = "unknown"
    CONFLICT = "conflict"


class Asks(StrEnum):
    """What a case asks: how long somebody may stay, or who somebody is in law."""

    STAY = "stay"
    STATUS = "status"


@dataclass(frozen=True, slots=True)
class Expectation:
    """One thing that must come out: what is looked at, and what is wanted of it. `none_of`: it must not be there."""

    what: str
    wanted: Told
    none_of: bool = False


@dataclass(frozen=True, slots=True)
class WorkedCase:
    """One run of a worked case. `because` are the questions and conflicts of the country that leave something open."""

    id: str
    run: str
    sources: tuple[str, ...]
    note: str
    case: StayCase
    on: date
    readings: Mapping[str, str]
    expected: tuple[Expectation, ...]
    outcome: Known = Known.KNOWN
    because: tuple[Reference, ...] = ()
    asks: Asks = Asks.STAY

    @property
    def name(self) -> str:
        return f"{self.id}/{self.run}" if self.run else self.id


@dataclass(frozen=True, slots=True)
class Check:
    """One expectation held against what was found."""

    expectation: Expectation
    found: Told
    met: bool


@dataclass(frozen=True, slots=True)
class Worked:
    """A run with all its checks."""

    case: WorkedCase
    checks: tuple[Check, ...]

    @property
    def passed(self) -> bool:
        return all(check.met for check in self.checks)


def work_stay(case: WorkedCase, country: Country) -> Worked:
    """Assess the stay and hold every expectation against the answer. Raises what `assess` raises."""
    answer = assess(case.case, country, case.on, case.readings)

    def found(what: str) -> Told:
        return may_enter(case, country) if what == "may_enter" else found_of(what, answer, country)

    return held_against(case, found)


def held_against(case: WorkedCase, found: Callable[[str], Told]) -> Worked:
    """Every expectation of a case against what an answer says under each name."""
    return Worked(case, tuple(_check(expectation, found(expectation.what)) for expectation in case.expected))


def outcome_of(runs: Iterable[WorkedCase]) -> Known:
    """The outcome of a case: conflict where a run is one, else unknown where a run is, else known."""
    told = {run.outcome for run in runs}
    return next((outcome for outcome in (Known.CONFLICT, Known.UNKNOWN) if outcome in told), Known.KNOWN)


UNSURE = (Answer.SURE_UNTIL, Answer.UNKNOWN_TODAY, Answer.ENTRY_UNKNOWN)
"""Answers that leave something open."""


def leaves_open(expected: Iterable[Expectation]) -> bool:
    """Is it expected that something cannot be told?"""
    return any(_is_open(one) for one in expected if not one.none_of)


def _is_open(one: Expectation) -> bool:
    told = tuple(one.wanted.values()) if isinstance(one.wanted, Mapping) else (one.wanted,)
    unsure = isinstance(one.wanted, Mapping) and one.wanted.get("sure") is False
    return unsure or "unknown" in told or one.wanted in UNSURE or (one.what == "unknown" and one.wanted != ())


def differs(expected: Iterable[Expectation]) -> bool:
    """Is it expected that sources part: a conflict is named, two sums of one fine, two values?"""
    return any(_parts(one) for one in expected if not one.none_of)


def _parts(one: Expectation) -> bool:
    if not isinstance(one.wanted, Mapping):
        return one.what == "conflicts" and one.wanted != ()
    sums = one.wanted.get("sum")
    return (isinstance(sums, tuple) and len(sums) > 1) or one.wanted.get("reason") == ReasonKind.SOURCES_CONFLICT


def _check(expectation: Expectation, found: Told) -> Check:
    here = _holds(expectation.wanted, found)
    return Check(expectation, found, here != expectation.none_of)


def may_enter(case: WorkedCase, country: Country) -> str:
    """Yes, no or unknown: would the person be let in on the day asked, after the trips given?"""
    asked = replace(case.case, plan=Stay(case.on, case.on))
    plan = assess(asked, country, case.on, case.readings).plan
    assert plan is not None
    return {Standing.LAWFUL: "yes", Standing.UNLAWFUL: "no", Standing.UNKNOWN: "unknown"}[plan.standing]


def _holds(wanted: Told, found: Told) -> bool:
    """Is what is wanted among what was found? A record holds another if it has each of its fields."""
    if isinstance(found, tuple) and not isinstance(wanted, tuple):
        return any(_holds(wanted, one) for one in found)
    if isinstance(wanted, Mapping):
        return isinstance(found, Mapping) and all(_fits(value, found.get(name)) for name, value in wanted.items())
    return _fits(wanted, found)


def _fits(wanted: Told, found: Told) -> bool:
    """Are the two the same? Of a list, the order does not count; a provision holds all that lies within it."""
    if isinstance(wanted, tuple) or isinstance(found, tuple):
        some, others = (one if isinstance(one, tuple) else (one,) for one in (wanted, found))
        return len(some) == len(others) and all(any(_same(one, other) for other in others) for one in some)
    return _same(wanted, found)


def _same(wanted: Told, found: Told) -> bool:
    if isinstance(wanted, str) and isinstance(found, str) and "/" in wanted:
        return f"{found}/".startswith(f"{wanted}/")
    if isinstance(wanted, bool) or isinstance(found, bool):
        return wanted is found
    if isinstance(wanted, int | Decimal) and isinstance(found, int | Decimal):
        return Decimal(wanted) == Decimal(found)
    return wanted == found
