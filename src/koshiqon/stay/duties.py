"""What must be done for a stay, by whom, and by which day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from koshiqon.rules.expression import Duration, Unit
from koshiqon.rules.judging import Outcome, Unknown, all_of, shifted
from koshiqon.rules.rule import Must, Rule, RuleKind
from koshiqon.stay.amounts import sum_of
from koshiqon.stay.answer import Due, DueState
from koshiqon.stay.matter import Matter, applies, day_after_term, moment, quantity_on, rules_left


def duties(matter: Matter, on: date) -> Iterator[Due]:
    """The duties of the last stay, met or not: the program knows what is due, not what was done.

    A duty is judged by the law of the day from which its term runs, as far as that day is known.
    """
    rules = rules_left(RuleKind.DUTY, matter)
    for rule in rules:
        assert isinstance(rule.then, Must)
        start = moment(rule.then.start, matter)
        outcome = applies(rule, matter, rules, start if isinstance(start, date) else on)
        if outcome is not False:
            due = _due(rule, rule.then, outcome, start, matter, on)
            if due is not None:
                yield due


def _due(rule: Rule, then: Must, outcome: Outcome, start: Outcome, matter: Matter, on: date) -> Due | None:
    """None where the person left in time and the duty fell away."""
    counts = then.first_day_counts
    if counts is None:
        counts = matter.readings.get("entry_day") != "next_day"
    deadline = _deadline(then, start, counts, matter)
    other = _deadline(then, start, not counts, matter) if then.first_day_counts is None else deadline
    left = matter.stay.exit if matter.history else None
    if then.falls_if_left and left is not None and isinstance(deadline, date) and left <= deadline:
        return None
    whole = all_of([outcome, *(day for day in (start, deadline) if isinstance(day, Unknown))])
    return Due(
        rule=rule.name,
        must=then.do,
        by=then.by,
        start=start if isinstance(start, date) else None,
        deadline=deadline if isinstance(deadline, date) else None,
        later=other if isinstance(other, date) and other != deadline else None,
        state=_state(whole, deadline, then, on),
        provision=rule.provision,
        confidence=rule.basis.confidence,
        falls_if_left=then.falls_if_left,
        office=then.office,
        reasons=tuple(sorted(whole.reasons)) if isinstance(whole, Unknown) else (),
        # What is to be paid goes by the law of the day from which the term runs, as the duty does.
        pays=sum_of(then.pays, matter.country, start) if then.pays is not None and isinstance(start, date) else None,
        pays_times=_times(then, matter),
    )


def _times(then: Must, matter: Matter) -> int | None:
    """How often the amount is to be paid; None where nobody told, or told no whole number."""
    if then.pays_for is None:
        return 1
    told = matter.facts().get(then.pays_for)
    if isinstance(told, bool) or not isinstance(told, int | Decimal):
        return None
    return int(told) if told == int(told) else None


def _state(outcome: Outcome, deadline: Outcome, then: Must, on: date) -> DueState:
    if isinstance(outcome, Unknown) or not isinstance(deadline, date):
        return DueState.UNKNOWN
    if deadline < on:
        return DueState.PASSED
    return DueState.FALLS_IF_LEFT if then.falls_if_left else DueState.AHEAD


def _deadline(then: Must, start: Outcome, first_day_counts: bool, matter: Matter) -> Outcome:
    """The last day in time. Where the first day counts, the term runs from the day before it."""
    if not isinstance(start, date):
        return start
    if then.before:
        return day_after_term(start, then.within, matter, back=True)
    if not first_day_counts:
        return day_after_term(start, then.within, matter)
    # The length of the term is that of the law on its first day, also where it is counted from the day before.
    return _shifted_from_eve(start, then, matter)


def _shifted_from_eve(start: date, then: Must, matter: Matter) -> Outcome:
    length = quantity_on(then.within, matter.country, start)
    if isinstance(length, Unknown):
        return length
    assert isinstance(length, int | Duration)
    term = Duration(length, Unit.DAYS) if isinstance(length, int) else length
    return shifted(start - timedelta(days=1), term, False, matter.country.add_working_days)
