"""What is given about one person: citizenship, trips, papers, other facts, and a trip in mind.

EntryAhead      a trip begins after the day asked; such a trip is a plan
PlanInPast      the trip in mind begins before the day asked
PaperBackwards  a paper ends before it begins
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from koshiqon.rules.judging import Outcome
from koshiqon.stay.presence import Stay


class EntryAhead(ValueError):
    """A trip begins after the day asked."""

    def __init__(self, entry: date, on: date) -> None:
        super().__init__(f"The trip that begins on {entry} is still ahead on {on}. Give it as a plan, not as a trip.")
        self.entry = entry
        self.on = on


class PlanInPast(ValueError):
    """The trip in mind begins before the day asked."""

    def __init__(self, entry: date, on: date) -> None:
        super().__init__(
            f"The planned trip begins on {entry}, before {on}. Give it as a trip, or ask for an earlier day."
        )
        self.entry = entry
        self.on = on


class PaperBackwards(ValueError):
    """A paper ends before it begins."""

    def __init__(self, kind: str, since: date, until: date) -> None:
        super().__init__(f"The paper {kind} cannot end on {until} when it begins on {since}. Exchange the two dates.")
        self.kind = kind
        self.since = since
        self.until = until


@dataclass(frozen=True, slots=True)
class Paper:
    """A visa, permit, certificate or contract, valid from `since` through `until` (None: no end known to be set)."""

    kind: str
    since: date
    until: date | None = None

    def __post_init__(self) -> None:
        if self.until is not None and self.until < self.since:
            raise PaperBackwards(self.kind, self.since, self.until)


@dataclass(frozen=True, slots=True)
class StayCase:
    """One person's case. Facts are by the names of the country's vocabulary; what is not among them is missing, never
    false. `assumed` names the facts that a door put there itself.
    """

    citizenship: str | None
    stays: tuple[Stay, ...] = ()
    papers: tuple[Paper, ...] = ()
    facts: Mapping[str, Outcome] = field(default_factory=dict)
    plan: Stay | None = None
    assumed: tuple[str, ...] = ()


def refuse_wrong_days(case: StayCase, on: date) -> None:
    """Raises EntryAhead, PlanInPast where trips and plan do not fit the day asked."""
    for stay in case.stays:
        if stay.entry > on:
            raise EntryAhead(stay.entry, on)
    if case.plan is not None and case.plan.entry < on:
        raise PlanInPast(case.plan.entry, on)
