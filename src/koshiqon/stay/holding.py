"""When a rule of title holds during a stay, and what its exceptions take from it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from koshiqon.rules.judging import Outcome, ReasonKind, Unknown, unknown
from koshiqon.rules.rule import AppliesTo, Ends, Rule
from koshiqon.stay.matter import (
    TITLES_END,
    Matter,
    changes,
    day_after_term,
    index_of,
    moment,
    names_of,
    remembered,
    verdict,
)
from koshiqon.stay.pieces import Span, by_pieces, in_force
from koshiqon.stay.timeline import Timeline, both, constant, from_runs, on_days, without


def holds(rule: Rule, matter: Matter, span: Span) -> Timeline:
    """On which days the rule is in force and its condition met; the limits it sets are not looked at."""
    if TITLES_END in names_of(rule, matter):
        return _holds(rule, matter, span)
    return remembered(matter, ("holds", rule.name, span, matter.stay.entry), lambda: _holds(rule, matter, span))


def _holds(rule: Rule, matter: Matter, span: Span) -> Timeline:
    entry = date.fromordinal(span[0])
    if rule.applies_to is AppliesTo.STAYS_BEGUN:
        period = constant(in_force(rule.period, f"rule:{rule.name}", entry), *span)
    else:
        period = from_runs(index_of(matter).rules[rule.name].in_force, *span)
    if all(run.outcome is False for run in period):
        return period
    asked = index_of(matter).rules[rule.name].asked
    if asked is None or asked.only_facts:
        met_always = verdict(rule, matter, entry)
        return period if met_always is True else both([period, constant(met_always, *span)])
    met = by_pieces(changes(rule, matter), span, lambda day: verdict(rule, matter, day))
    return both([period, met])


def left_by_exceptions(rule: Rule, titles: Sequence[Rule], matter: Matter, span: Span) -> list[Timeline]:
    """For each exception to the rule, the days it leaves to it; an exception has exceptions of its own."""
    return [
        without(both([exception(other, matter, span), *left_by_exceptions(other, titles, matter, span)]))
        for other in exceptions_to(rule, titles, matter)
    ]


def exceptions_to(rule: Rule, titles: Sequence[Rule], matter: Matter) -> list[Rule]:
    """The titles that are exceptions to a rule."""
    overridden = rule.name in index_of(matter).overridden
    return [other for other in titles if rule.name in other.overrides] if overridden else []


def exception(rule: Rule, matter: Matter, span: Span) -> Timeline:
    """The days on which an exception takes away what it overrides."""
    held = holds(rule, matter, span)
    return both([held, _after_end(rule, rule.then, matter, span)]) if isinstance(rule.then, Ends) else held


def _after_end(rule: Rule, then: Ends, matter: Matter, span: Span) -> Timeline:
    """The days of a stay after the term that began on one of its days."""
    start = moment(then.start, matter)
    if isinstance(start, date) and not span[0] <= start.toordinal() <= span[1]:
        return constant(False, *span)
    end = start if then.term is None else day_after_term(start, then.term, matter)
    if isinstance(end, Unknown):
        return constant(end, *span)
    assert isinstance(end, date)
    ended: Outcome = True if then.surely else unknown(ReasonKind.NOT_DEFINED, f"rule:{rule.name}")
    return on_days(ended, end.toordinal() + 1, span[1], span)
