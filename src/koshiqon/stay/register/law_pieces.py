"""Pieces of days on which the titles of one profile hold, within which limits: the rules judged once for everybody.

A condition is judged without a history, on each day on which a parameter may change; it may ask for nothing that
differs from stay to stay but the day of entry of a rule's own term, a penalty, and the day the other titles end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from koshiqon.law.regimes import Limit, Regime
from koshiqon.rules.judging import Reason, ReasonKind, Unknown, unknown
from koshiqon.rules.rule import AppliesTo, ByLimit, ByRegime, Ends, EventDay, Rule
from koshiqon.stay.holding import exceptions_to
from koshiqon.stay.limit_titles import are_rivals, bounds_of_row, firsts_of_row, limit_on
from koshiqon.stay.matter import Matter, changes, remembered, rows_about, verdict
from koshiqon.stay.pieces import Span, by_pieces, days_in_force, in_force
from koshiqon.stay.presence import LAST
from koshiqon.stay.register.law import EPOCH, FAR, Bound, Line, Piece
from koshiqon.stay.timeline import Held, Timeline, both, constant, without

Began = tuple[int, int]
"""Days of entry, first and last, as ordinals."""


@dataclass(frozen=True, slots=True)
class Within:
    """Days of a row or rule, within all of `surely` (None: never for sure) or at least within `perhaps`."""

    first: int
    last: int
    surely: tuple[Limit, ...] | None
    perhaps: Limit
    reasons: frozenset[Reason]


def days_held(rule: Rule, titles: Sequence[Rule], matter: Matter, span: Span) -> Timeline:
    """On which days the rule is in force, its condition met, and no exception to it holds; stays begin on `span[0]`.

    Exceptions that end a title some time after an event of the stay are left to `law_terms`.
    """
    return remembered(matter, ("held", rule.name, span), lambda: _days_held(rule, titles, matter, span))


def _days_held(rule: Rule, titles: Sequence[Rule], matter: Matter, span: Span) -> Timeline:
    entry = date.fromordinal(span[0])
    if rule.applies_to is AppliesTo.STAYS_BEGUN:
        period = constant(in_force(rule.period, f"rule:{rule.name}", entry), *span)
    else:
        period = days_in_force(rule.period, f"rule:{rule.name}", span)
    if all(run.outcome is False for run in period):
        return period
    met = by_pieces(changes(rule, matter), span, lambda day: verdict(rule, matter, day))
    left = [
        without(_as_exception(other, titles, matter, span))
        for other in exceptions_to(rule, titles, matter)
        if not ends_after_event(other)
    ]
    return both([period, met, *left])


def _as_exception(rule: Rule, titles: Sequence[Rule], matter: Matter, span: Span) -> Timeline:
    """The days on which an exception holds: unknown where an event of the stay may end it, since what it took away may
    then come back, on a day that differs from stay to stay.
    """
    held = days_held(rule, titles, matter, span)
    enders = [other for other in exceptions_to(rule, titles, matter) if ends_after_event(other)]
    ended = any(run.outcome is not False for other in enders for run in days_held(other, titles, matter, span))
    return both([held, constant(not_in_tables(rule.name), *span)]) if ended else held


def ends_after_event(rule: Rule) -> bool:
    """Does the rule end titles some time after an event of the stay?"""
    return isinstance(rule.then, Ends) and isinstance(rule.then.start, EventDay)


# --- limits ----------------------------------------------------------------------------------------------------------


def of_regimes(
    rule: Rule, then: ByRegime, titles: Sequence[Rule], matter: Matter, began: Began
) -> Iterator[tuple[Line, Piece]]:
    """The pieces of each row of the citizenship that the rule speaks of. Line numbers are still to be given."""
    span = (began[0], LAST)
    held = days_held(rule, titles, matter, span)
    if all(run.outcome is False for run in held):
        return
    rows = [row for row in rows_about(matter.case.citizenship, matter) if row.regime in then.regimes]
    alone = {row.name: list(_of_row(row, rule, then, matter, span)) for row in rows}
    for row in rows:
        days = alone[row.name]
        for other in rows:
            if are_rivals(row, other):
                conflict = Reason(ReasonKind.SOURCES_CONFLICT, f"regime:{row.name}")
                days = list(_agreed(days, alone[other.name], conflict))
        for part in days:
            for run in held:
                yield from _pieces(part, run, rule, Line(rule.name, row.name), matter, began)


def of_limit(
    rule: Rule, then: ByLimit, titles: Sequence[Rule], matter: Matter, began: Began
) -> Iterator[tuple[Line, Piece]]:
    """The pieces of a rule that names its limits itself."""
    span = (began[0], LAST)
    cuts = [] if rule.applies_to is AppliesTo.STAYS_BEGUN else [day.toordinal() for day in changes(rule, matter)]
    firsts = sorted({span[0], *(day for day in cuts if span[0] <= day <= LAST)})
    for first, following in zip(firsts, [*firsts[1:], LAST + 1], strict=True):
        limit = limit_on(then, matter.country, date.fromordinal(first))
        if isinstance(limit, Unknown):
            part = Within(first, following - 1, None, Limit(None, None, None), limit.reasons)
        else:
            part = Within(first, following - 1, (limit,), limit, frozenset())
        for run in days_held(rule, titles, matter, span):
            yield from _pieces(part, run, rule, Line(rule.name), matter, began)


def _of_row(row: Regime, rule: Rule, then: ByRegime, matter: Matter, span: Span) -> Iterator[Within]:
    """The days on which a row is in force or may be, with its bounds on them."""
    name, entry = f"regime:{row.name}", date.fromordinal(span[0])
    begun = rule.applies_to is AppliesTo.STAYS_BEGUN
    period = constant(in_force(row.period, name, entry), *span) if begun else days_in_force(row.period, name, span)
    firsts = firsts_of_row(row, matter, span)
    for first, following in zip(firsts, [*firsts[1:], LAST + 1], strict=True):
        for run in _cut(period, first, following - 1):
            if run.outcome is False:
                continue
            vague = run.outcome.reasons if isinstance(run.outcome, Unknown) else frozenset[Reason]()
            if row.limit.per_entry is None:
                no_term = Reason(ReasonKind.NOT_DEFINED, name)
                yield Within(run.first, run.last, None, Limit(None, None, None), vague | {no_term})
                continue
            bounds = bounds_of_row(row, then, matter, entry if begun else date.fromordinal(first))
            doubt = bounds.doubt.reasons if bounds.doubt is not None else frozenset[Reason]()
            yield Within(run.first, run.last, None if vague else bounds.surely, bounds.perhaps, vague | doubt)


def _agreed(days: Iterable[Within], other: Sequence[Within], conflict: Reason) -> Iterator[Within]:
    """The days of a row beside one that contradicts it: where the other is in force, only what both say is sure, and
    what either says may be.
    """
    for part in days:
        following = part.first
        for beside in other:
            first, last = max(following, beside.first), min(part.last, beside.last)
            if first > last:
                continue
            if following < first:
                yield replace(part, first=following, last=first - 1)
            surely = None if part.surely is None or beside.surely is None else (*part.surely, *beside.surely)
            reasons = part.reasons | {conflict}
            yield Within(first, last, surely, part.perhaps, reasons)
            following = last + 1
        if following <= part.last:
            yield replace(part, first=following)
    for beside in other:
        yield replace(beside, surely=None, reasons=beside.reasons | {conflict})


def _cut(line: Timeline, first: int, last: int) -> Iterator[Held]:
    for run in line:
        start, end = max(run.first, first), min(run.last, last)
        if start <= end:
            yield Held(start, end, run.outcome)


def _pieces(
    part: Within, run: Held, rule: Rule, line: Line, matter: Matter, began: Began
) -> Iterator[tuple[Line, Piece]]:
    """What a rule that holds, or may hold, on a run of days makes of a part."""
    first, last = max(part.first, run.first), min(part.last, run.last)
    if first > last or run.outcome is False:
        return
    counts_from = None if matter.readings.get("earlier_entries") == "counted" else rule.counts_from
    vague = run.outcome.reasons if isinstance(run.outcome, Unknown) else frozenset[Reason]()
    surely = None if vague or part.surely is None else _one(part.surely)
    days = (number_of(first), number_of(last))
    whole = (number_of(began[0]), number_of(began[1]))
    if surely is not None and surely.per_entry != 0:
        yield line, Piece(-1, whole, *days, True, surely.per_entry, _bound(surely, counts_from))
    if surely != part.perhaps and part.perhaps.per_entry != 0:
        bound = _bound(part.perhaps, counts_from)
        yield line, Piece(-1, whole, *days, False, part.perhaps.per_entry, bound, part.reasons | vague)


def _one(limits: Sequence[Limit]) -> Limit | None:
    """The limit that all of these make together; None where their windows differ in length, which one piece cannot say:
    then nothing is sure.
    """
    windows = {limit.window for limit in limits if limit.window is not None}
    if len(windows) > 1:
        return None
    per_entry = [limit.per_entry for limit in limits if limit.per_entry is not None]
    in_window = [limit.in_window for limit in limits if limit.in_window is not None]
    return Limit(min(per_entry, default=None), min(in_window, default=None), max(windows, default=None))


def _bound(limit: Limit, counts_from: date | None) -> Bound | None:
    if limit.in_window is None or limit.window is None or limit.in_window >= limit.window:
        return None
    return Bound(limit.window, limit.in_window, None if counts_from is None else counts_from.toordinal() - EPOCH)


def number_of(ordinal: int) -> int:
    """The number that a register gives a day."""
    return FAR if ordinal >= LAST else ordinal - EPOCH


def not_in_tables(name: str) -> Unknown:
    """What a register does not tell, so that nobody can judge it there."""
    return unknown(ReasonKind.NOT_MODELLED, f"register:{name}")
