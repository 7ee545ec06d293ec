"""What is given about one person: citizenship, trips, papers, other facts, and a trip in mind.

EntryAhead      a trip begins after the day asked; such a trip is a plan
PlanInPast      the trip in mind begins before the day asked
PaperBackwards  a paper ends before it begins
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
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


CITIZENSHIP = "person.citizenship"
CITIZENSHIPS = "person.citizenships"
"""The fact that lists every citizenship somebody holds; the citizenship of a case is that of the passport used."""
HAS_CITIZENSHIP = "person.has_citizenship"
STATELESS = "XXA"
"""The code that ISO 3166-1 leaves free and passports use for a person without citizenship (ICAO Doc 9303)."""


def citizenship_facts(case: StayCase, own: str) -> dict[str, Outcome]:
    """What the passport and the list of citizenships tell of each other, by name; `own` is the country whose law is
    asked. Of other citizenships than that of the passport nothing follows. Where they are listed, the list tells
    whether there is one: a paper for the stateless may be shown by somebody who holds a citizenship.
    """
    told: dict[str, Outcome] = {} if case.citizenship is None else {CITIZENSHIP: case.citizenship}
    held = case.facts.get(CITIZENSHIPS)
    if held is None and (case.citizenship == STATELESS or case.facts.get(HAS_CITIZENSHIP) is False):
        told[CITIZENSHIPS] = held = ()
    elif held is None and case.citizenship == own:
        told[CITIZENSHIPS] = held = (own,)
    if HAS_CITIZENSHIP in case.facts:
        return told
    if isinstance(held, tuple):
        told[HAS_CITIZENSHIP] = any(code != STATELESS for code in held)
    elif case.citizenship is not None:
        told[HAS_CITIZENSHIP] = case.citizenship != STATELESS
    return told


def with_only_citizenship(case: StayCase) -> StayCase:
    """The case with its citizenship, where the person holds but one and did not say whose the passport is."""
    held = case.facts.get(CITIZENSHIPS)
    if case.citizenship is None and isinstance(held, tuple) and len(held) == 1:
        return replace(case, citizenship=str(held[0]))
    return case


def refuse_wrong_days(case: StayCase, on: date) -> None:
    """Raises EntryAhead, PlanInPast where trips and plan do not fit the day asked."""
    for stay in case.stays:
        if stay.entry > on:
            raise EntryAhead(stay.entry, on)
    if case.plan is not None and case.plan.entry < on:
        raise PlanInPast(case.plan.entry, on)
