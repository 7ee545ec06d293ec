"""What follows for a stay: penalties with their amounts, bars to entry, what somebody may decide."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from koshiqon.rules import expression as tree
from koshiqon.rules.expression import Duration, Expression
from koshiqon.rules.judging import Outcome, ReasonKind, Unknown, all_of, parts_of, unknown, unknown_of
from koshiqon.rules.rule import Decides, May, NoEntry, Penalty, Quantity, Rule, RuleKind, Subject
from koshiqon.stay.amounts import Sum, sum_of
from koshiqon.stay.answer import Barred, MayDecide, Sanctioned
from koshiqon.stay.counting import Counts
from koshiqon.stay.limit_titles import GENERAL
from koshiqon.stay.matter import (
    TITLES_END,
    Matter,
    applies,
    day_after_term,
    index_of,
    moment,
    names_of,
    quantity_on,
    remembered,
    rows_about,
    rules_left,
    rules_of,
    verdict,
)
from koshiqon.stay.presence import clipped, counted_runs, days_in_window, total
from koshiqon.stay.timeline import Held
from koshiqon.stay.titles import Cover, titles_end

OVERSTAY = "overstay.days"
HALF = "pay_half_of_fine"
"""The right to pay half of a fine in time."""

Measures = Mapping[str, Callable[[], Outcome]]


# --- measures of the stay --------------------------------------------------------------------------------------------


def days_measures(matter: Matter, covered: Cover, on: date) -> Measures:
    """The measures of the last stay as of a day, by name; see stay/measures.py."""
    return days_measures_of(matter, lambda: covered, lambda: covered.counts, on)


def days_measures_of(matter: Matter, covered: Callable[[], Cover], counts: Callable[[], Counts], on: date) -> Measures:
    """The same where the titles of the stay, and how its days count, are worked out only if a measure is asked that
    needs them.
    """
    stay = matter.stay
    through = on if stay.exit is None else min(on, stay.exit)

    def days_of_stay() -> Outcome:
        return total(counted_runs(stay, counts().most.entry, through.toordinal()))

    def in_window() -> Outcome:
        window = window_of(matter, on)
        if window is None:
            return unknown(ReasonKind.NOT_MODELLED, "stay.days_in_window")
        way = counts().most.window
        key = ("in window", matter.history, through, window, way)
        return remembered(matter, key, lambda: days_in_window(matter.history, through, window, way))

    def planned() -> Outcome:
        if stay.exit is None:
            return unknown(ReasonKind.FACT_MISSING, "visit.planned_days")
        return (stay.exit - stay.entry).days + 1

    return {
        **matter.measures,
        "on": lambda: on,
        "stay.days": _once(days_of_stay),
        "stay.days_in_window": _once(in_window),
        TITLES_END: _once(lambda: titles_end(covered().days)),
        OVERSTAY: _once(lambda: overstay(covered(), through)),
        "visit.planned_days": planned,
    }


def _once(compute: Callable[[], Outcome]) -> Callable[[], Outcome]:
    """A measure that is worked out when it is first asked."""
    told: list[Outcome] = []

    def measured() -> Outcome:
        if not told:
            told.append(compute())
        return told[0]

    return measured


def window_of(matter: Matter, on: date) -> int | None:
    """The window of a row of the citizenship in force on the day, else that of the general limit."""
    rows = rows_about(matter.case.citizenship or GENERAL, matter) + rows_about(GENERAL, matter)
    windows = [(row.period, row.limit.window) for row in rows if row.limit.window is not None]
    return next((window for period, window in windows if period.contains(on) is not False), None)


def overstay(covered: Cover, through: date) -> Outcome:
    """Unlawful days of the stay through a day; unknown where a day of it is."""
    runs = [run for run in covered.days if run.first <= through.toordinal()]
    vague = unknown_of([run.outcome for run in runs])
    return vague if vague is not None else unlawful_days(runs, through)


def unlawful_days(runs: list[Held], through: date) -> int:
    """The days through one that are surely unlawful."""
    told = [(run.first, run.last) for run in runs if run.outcome is False]
    return total(clipped(told, 1, through.toordinal()))


# --- penalties -------------------------------------------------------------------------------------------------------


def sanctions(matter: Matter, on: date, days: tuple[int, int | None] | None = None) -> Iterator[Sanctioned]:
    """The penalties that follow on a day, or may follow; amounts by the index of that day."""
    rules = rules_left(RuleKind.SANCTION, matter)
    for rule in rules:
        found = _follows(rule, rules, matter, on, days if _about_overstay(rule, matter) else None)
        if found is not None:
            yield found


def _about_overstay(rule: Rule, matter: Matter) -> bool:
    asked = index_of(matter).rules[rule.name].asked
    return asked is not None and OVERSTAY in asked.names


def _follows(
    rule: Rule, rules: Sequence[Rule], matter: Matter, on: date, days: tuple[int, int | None] | None
) -> Sanctioned | None:
    """What follows by one rule; None where it does not apply, or concerns somebody of whom nothing was said."""
    outcome = applies(rule, matter, rules, on)
    if outcome is False or (isinstance(outcome, Unknown) and _about_others(rule, outcome, matter)):
        return None
    assert isinstance(rule.then, Penalty)
    return _sanctioned(rule, rule.then, outcome, matter, on, days)


def _about_others(rule: Rule, outcome: Unknown, matter: Matter) -> bool:
    """What concerns a host or an employer of whom nothing was said is no part of this person's answer."""
    if rule.of not in (Subject.HOST, Subject.EMPLOYER):
        return False
    told = matter.case.facts.keys() - set(matter.case.assumed)
    of_them = [name for name in told & names_of(rule, matter) if name.startswith(f"{rule.of.value}.")]
    return not of_them and all(reason.kind is ReasonKind.FACT_MISSING for reason in outcome.reasons)


def _sanctioned(
    rule: Rule, then: Penalty, outcome: Outcome, matter: Matter, on: date, days: tuple[int, int | None] | None
) -> Sanctioned:
    return Sanctioned(
        rule=rule.name,
        of=rule.of,
        sure=outcome is True,
        penalty=then,
        provision=rule.provision,
        confidence=rule.basis.confidence,
        fine=_sum(then, matter, on),
        arrest_days=_number(then.arrest_days, matter, on),
        prison_years=_number(then.prison_years, matter, on),
        prison_years_from=_number(then.prison_years_from, matter, on),
        days=days,
        reasons=tuple(sorted(outcome.reasons)) if isinstance(outcome, Unknown) else (),
        met=outcome is True or verdict(rule, matter, on) is True,
    )


def _number(quantity: Quantity | None, matter: Matter, on: date) -> int | None:
    if quantity is None:
        return None
    told = quantity_on(quantity, matter.country, on)
    if isinstance(told, Duration):
        return told.amount
    return told if isinstance(told, int) else None


def _sum(then: Penalty, matter: Matter, on: date) -> Sum | None:
    """The fine in units of the index and in money: one sum for each value that sources give for the day."""
    plain = None if then.fine is None else sum_of(then.fine, matter.country, on)
    if plain is None:
        return None
    rights = rules_of(RuleKind.RIGHT, matter)
    half = any(applies(rule, matter, rights, on) is True for rule in rights if _is_half(rule))
    return replace(plain, up_to=then.fine_up_to, halved=tuple(amount / 2 for amount in plain.sums) if half else ())


def _is_half(rule: Rule) -> bool:
    """Is this the right to pay half of a fine?"""
    return isinstance(rule.then, May) and rule.then.right == HALF


def ladder(matter: Matter, on: date) -> Iterator[Sanctioned]:
    """What would follow if this person stayed on unlawfully: each penalty with the days of overstay that lead to it.

    Days are tried one by one up to the highest number that a condition names, since beyond it nothing changes.
    """
    rules = rules_left(RuleKind.SANCTION, matter)
    about = [rule for rule in rules if _about_overstay(rule, matter)]
    own = (rule.condition for rule in about if rule.of in (Subject.PERSON, Subject.STAY))
    named = {number for condition in own if condition for number in _numbers(condition, matter, on)}
    steps = sorted({1, *(number + 1 for number in named if number > 0)})
    before: dict[str, Sanctioned] = {}
    for first, following in zip(steps, [*steps[1:], None], strict=True):
        told = matter.with_measures({**matter.measures, OVERSTAY: _constant(first)})
        last = None if following is None else following - 1
        follows = (_follows(rule, rules, told, on, (first, last)) for rule in about)
        now = {found.rule: found for found in follows if found is not None and found.sure}
        for name, found in now.items():
            earlier = before.pop(name, None)
            begins = earlier.days[0] if earlier is not None and earlier.days is not None else first
            now[name] = replace(found, days=(begins, last))
        yield from before.values()
        before = now
    yield from before.values()


def _constant(number: int) -> Callable[[], Outcome]:
    return lambda: number


def _numbers(node: Expression, matter: Matter, on: date) -> Iterator[int]:
    match node:
        case tree.Literal(int() as value) if not isinstance(value, bool):
            yield value
        case tree.Parameter(name):
            held = index_of(matter).parameters[name].on(on)
            if isinstance(held, int):
                yield held
    for part in parts_of(node):
        yield from _numbers(part, matter, on)


# --- bars and decisions ----------------------------------------------------------------------------------------------


def barred(matter: Matter, on: date) -> Iterator[tuple[Barred, Outcome]]:
    """The grounds to refuse entry on a day, with how sure each is (yes or unknown)."""
    rules = rules_left(RuleKind.BAR, matter)
    for rule in rules:
        if rule.of is not Subject.PERSON:
            continue
        outcome = applies(rule, matter, rules, on)
        if outcome is False:
            continue
        assert isinstance(rule.then, NoEntry)
        since = None if rule.then.start is None else moment(rule.then.start, matter)
        until: Outcome | None = None
        if since is not None and rule.then.term is not None:
            until = day_after_term(since, rule.then.term, matter)
        if (isinstance(since, date) and on < since) or (isinstance(until, date) and until < on):
            continue
        outcome = all_of([outcome, *(day for day in (since, until) if isinstance(day, Unknown))])
        yield (
            Barred(
                rule.name,
                outcome is True,
                since if isinstance(since, date) else None,
                until if isinstance(until, date) else None,
                rule.provision,
                rule.basis.confidence,
                tuple(sorted(outcome.reasons)) if isinstance(outcome, Unknown) else (),
            ),
            outcome,
        )


def decisions(matter: Matter, on: date) -> Iterator[MayDecide]:
    """What somebody may decide in this case."""
    rules = rules_left(RuleKind.DISCRETION, matter)
    for rule in rules:
        outcome = applies(rule, matter, rules, on)
        if outcome is False or (isinstance(outcome, Unknown) and _about_others(rule, outcome, matter)):
            continue
        assert isinstance(rule.then, Decides)
        yield MayDecide(
            rule.name,
            rule.then.decision,
            rule.then.decided_by,
            outcome is True,
            rule.provision,
            _number(rule.then.up_to, matter, on),
            tuple(sorted(outcome.reasons)) if isinstance(outcome, Unknown) else (),
        )
