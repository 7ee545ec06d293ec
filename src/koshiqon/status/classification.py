"""The categories of a person on one day, the one that governs the stay, and what follows.

Statuses are independent and may overlap; the ordered decision only names the one that governs. A granted status rests
on its decision and validity: whether a fear is well founded is for an officer, never for this program.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from koshiqon.country import Country
from koshiqon.evidence import Confidence, ProvisionId, Reference, weakest
from koshiqon.rules.categories import Decision, Step
from koshiqon.rules.expression import Condition
from koshiqon.rules.judging import Outcome, Reason, ReasonKind, Unknown, unknown, unknown_of
from koshiqon.rules.rule import May, Readings, Rule, RuleKind
from koshiqon.status.measures import category_rules, with_status_measures
from koshiqon.stay.answer import Barred, Due, MayDecide, OpenPoint, ReadUntil, RuleTrace, Sanctioned
from koshiqon.stay.case import StayCase, refuse_wrong_days
from koshiqon.stay.consequences import OVERSTAY, barred, decisions, sanctions
from koshiqon.stay.duties import duties
from koshiqon.stay.grounding import open_points, read_until, trace_of
from koshiqon.stay.law_index import conflicts_of
from koshiqon.stay.matter import (
    Matter,
    applies,
    asked_of,
    case_on,
    day_after_term,
    index_of,
    moment,
    rules_left,
)
from koshiqon.stay.presence import in_order
from koshiqon.stay.readings import readings_of


@dataclass(frozen=True, slots=True)
class Membership:
    """Does the person belong to a category: yes, no, or unknown because. `rules` are the versions of the day."""

    category: str
    layer: str
    outcome: Outcome
    rules: tuple[str, ...]
    provisions: tuple[ProvisionId, ...]
    confidence: Confidence

    @property
    def reasons(self) -> tuple[Reason, ...]:
        return tuple(sorted(self.outcome.reasons)) if isinstance(self.outcome, Unknown) else ()


@dataclass(frozen=True, slots=True)
class Governing:
    """The title that governs the stay. `sure`: every earlier question of the order was answered no; else `possible`
    holds each step that may still govern, with its categories.
    """

    step: int | None
    categories: tuple[str, ...]
    sure: bool
    possible: tuple[tuple[int, tuple[str, ...]], ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class RightHeld:
    """What the person may do; with the last day in time where the law sets a term (`late`: that day has passed, which
    is flagged and no refusal).
    """

    rule: str
    may: str
    sure: bool
    start: date | None
    until: date | None
    late: bool
    provision: ProvisionId
    confidence: Confidence
    office: str | None = None
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Raised:
    """A flag or an overlay of the decision that holds, or may hold."""

    name: str
    sure: bool
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Classification:
    """The whole answer about one person's status on one day. `overstay_days`: the unlawful days of this stay so far,
    None where it cannot be told of each day.
    """

    case: StayCase
    on: date
    memberships: tuple[Membership, ...]
    governing: Governing
    overlays: tuple[Raised, ...]
    flags: tuple[Raised, ...]
    rights: tuple[RightHeld, ...]
    duties: tuple[Due, ...]
    overstay_days: int | None
    consequences: tuple[Sanctioned, ...]
    bars: tuple[Barred, ...]
    decisions: tuple[MayDecide, ...]
    unknown: tuple[OpenPoint, ...]
    conflicts: tuple[str, ...]
    confidence: Confidence
    law_read_until: tuple[ReadUntil, ...]
    citations: tuple[Reference, ...]
    traces: tuple[RuleTrace, ...]


def classify(case: StayCase, country: Country, on: date, readings: Readings | None = None) -> Classification:
    """Every category of the country, the one that governs, rights, duties and what is not known.

    Raises EntryAhead, PlanInPast, StaysOverlap, UnknownReading.
    """
    refuse_wrong_days(case, on)
    plain = Matter(country, case, in_order(case.stays), readings_of(country, readings))
    matter = with_status_measures(plain, on)
    members = tuple(_memberships(matter, on))
    governs = governing(matter, country.decision, on)
    rights = tuple(_rights(matter, on))
    due = tuple(duties(matter, on))
    over = matter.measures[OVERSTAY]()
    follows = tuple(sanctions(matter, on))
    bars = tuple(bar for bar, _ in barred(matter, on))
    may_decide = tuple(decisions(matter, on))
    overlays = tuple(
        raised
        for overlay in country.decision.overlays
        for raised in _raised(overlay.categories, overlay.condition, matter, on)
    )
    flags = tuple(
        raised for flag in country.decision.flags for raised in _raised((flag.name,), flag.condition, matter, on)
    )
    reasons = {
        "governing": set(governs.reasons),
        "categories": {reason for member in members for reason in member.reasons},
        "rights": {reason for right in rights for reason in right.reasons},
        "duties": {reason for duty in due for reason in duty.reasons},
        "consequences": {reason for penalty in follows for reason in penalty.reasons},
        "decisions": {reason for decision in may_decide for reason in decision.reasons},
        "bars": {reason for bar in bars for reason in bar.reasons},
        "flags": {reason for flag in (*overlays, *flags) for reason in flag.reasons},
    }
    held = [name for member in members if member.outcome is True for name in member.rules]
    named = [
        *held,
        *(right.rule for right in rights),
        *(duty.rule for duty in due),
        *(penalty.rule for penalty in follows),
        *(bar.rule for bar in bars),
        *(decision.rule for decision in may_decide),
    ]
    references = _references(named, country)
    return Classification(
        case=case,
        on=on,
        memberships=members,
        governing=governs,
        overlays=overlays,
        flags=flags,
        rights=rights,
        duties=due,
        overstay_days=over if isinstance(over, int) else None,
        consequences=follows,
        bars=bars,
        decisions=may_decide,
        unknown=tuple(open_points(reasons, country)),
        conflicts=conflicts_of(references, index_of(matter)),
        confidence=weakest(country.rules[name].basis.confidence for name in held),
        law_read_until=tuple(read_until(references, country, on)),
        citations=references,
        traces=tuple(_traces(matter, on)),
    )


def _memberships(matter: Matter, on: date) -> Iterator[Membership]:
    rules = matter.country.rules
    for name, category in matter.country.categories.items():
        own = [rules[rule] for rule in category_rules(matter, name)]
        live = [rule for rule in own if rule.period.contains(on) is not False]
        yield Membership(
            category=name,
            layer=category.layer,
            outcome=matter.measures[f"category.{name}"](),
            rules=tuple(rule.name for rule in live),
            provisions=tuple(dict.fromkeys(rule.provision for rule in live)),
            confidence=weakest(rule.basis.confidence for rule in live),
        )


def governing(matter: Matter, decision: Decision, on: date) -> Governing:
    """The first step of the order that holds; unknown from the first step that is. Where no step holds for sure, the
    categories that the last one names for a no may govern too.
    """
    possible: list[tuple[int, tuple[str, ...]]] = []
    vague: list[Outcome] = []
    for step in decision.steps:
        outcome = step_outcome(step, on, matter)
        if outcome is not False:
            possible.append((step.number, _held(step.yes, matter)))
        if outcome is True:
            break
        if isinstance(step.no, tuple):
            possible.append((step.number, _held(step.no, matter)))
        if outcome is not False:
            vague.append(outcome)
    reasons = unknown_of(vague)
    sure = not vague and bool(possible)
    return Governing(
        step=possible[-1][0] if sure else None,
        categories=possible[-1][1] if sure else (),
        sure=sure,
        possible=tuple(possible),
        reasons=tuple(sorted(reasons.reasons)) if reasons is not None else (),
    )


def step_outcome(step: Step, on: date, matter: Matter) -> Outcome:
    """Does a step of the decision hold? Unknown where nobody wrote down how to tell."""
    if step.condition is None:
        return unknown(ReasonKind.NOT_MODELLED, f"decision:steps/{step.number}")
    return asked_of(step.condition, matter).decide(case_on(matter, step.condition, on))


def _held(categories: Iterable[str], matter: Matter) -> tuple[str, ...]:
    """Those of the categories that the person may belong to."""
    return tuple(name for name in categories if matter.measures[f"category.{name}"]() is not False)


def _raised(names: Iterable[str], condition: Condition | None, matter: Matter, on: date) -> Iterator[Raised]:
    """What lies over the decision where its condition holds or may hold; none without a condition."""
    if condition is None:
        return
    outcome = asked_of(condition, matter).decide(case_on(matter, condition, on))
    if outcome is not False:
        reasons = tuple(sorted(outcome.reasons)) if isinstance(outcome, Unknown) else ()
        yield from (Raised(name, outcome is True, reasons) for name in names)


def _rights(matter: Matter, on: date) -> Iterator[RightHeld]:
    rules = rules_left(RuleKind.RIGHT, matter)
    for rule in rules:
        outcome = applies(rule, matter, rules, on)
        if outcome is not False:
            assert isinstance(rule.then, May)
            yield _right(rule, rule.then, outcome, matter, on)


def _right(rule: Rule, then: May, outcome: Outcome, matter: Matter, on: date) -> RightHeld:
    start = None if then.start is None else moment(then.start, matter)
    until = None if start is None or then.term is None else day_after_term(start, then.term, matter)
    whole = unknown_of([part for part in (outcome, start, until) if part is not None])
    return RightHeld(
        rule=rule.name,
        may=then.right,
        sure=outcome is True,
        start=start if isinstance(start, date) else None,
        until=until if isinstance(until, date) else None,
        late=isinstance(until, date) and until < on,
        provision=rule.provision,
        confidence=rule.basis.confidence,
        office=then.office,
        reasons=tuple(sorted(whole.reasons)) if whole is not None else (),
    )


def _references(names: Iterable[str], country: Country) -> tuple[Reference, ...]:
    found: list[Reference] = []
    for name in names:
        found += [Reference("rule", name), Reference("provision", str(country.rules[name].provision))]
    return tuple(dict.fromkeys(found))


def _traces(matter: Matter, on: date) -> Iterator[RuleTrace]:
    rules = [rule for rule in matter.country.rules.values() if rule.kind is RuleKind.CATEGORY]
    for rule in rules:
        if rule.period.contains(on) is not False:
            yield trace_of(rule, matter, rules, on)


def filled(case: StayCase, name: str, value: Outcome) -> StayCase:
    """The case with one more fact."""
    return replace(case, facts={**case.facts, name: value})
