"""Titles by limits of days: the rows of the regimes, each on its own days, and limits that a rule names itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from koshiqon.country import Country
from koshiqon.evidence import Reference
from koshiqon.law.regimes import Limit, Regime
from koshiqon.period import Period, Truth
from koshiqon.rules.judging import ReasonKind, Unknown, unknown, unknown_of
from koshiqon.rules.rule import AppliesTo, ByLimit, ByRegime, EmptyWindow, Rule
from koshiqon.stay.counting import Counts, within
from koshiqon.stay.law_index import ALWAYS
from koshiqon.stay.matter import Matter, changes, quantity_on, remembered, rows_about
from koshiqon.stay.pieces import Span, days_in_force, edges, in_force
from koshiqon.stay.timeline import Held, Timeline, both, constant, from_runs, joined

GENERAL = "*"
"""The citizenship of the rows of the general limit."""


def rows_of(
    rule: Rule, then: ByRegime, matter: Matter, span: Span, counts: Counts
) -> Iterator[tuple[Regime | None, Timeline]]:
    """Each row of the citizenship that the rule speaks of, as it covers the stay. Rows that contradict each other are
    told as one: where they differ, sources conflict.
    """
    own = remembered(matter, ("rows of", rule.name), lambda: _with_rivals(then, matter))
    told = {
        number: _row(row, rule, then, matter, span, counts)
        for number, (row, rivals) in enumerate(own)
        if rivals or _may_touch(row, span)
    }
    for number, alone in told.items():
        (row, rivals), days = own[number], alone
        for other in (rival for rival in rivals if rival in told):
            days = _agreed(row, days, told[other], _days_of_row(own[other][0], rule, matter, span))
        if any(run.outcome is not False for run in days):
            yield row, days


def _with_rivals(then: ByRegime, matter: Matter) -> tuple[tuple[Regime, tuple[int, ...]], ...]:
    """The rows of the citizenship that a rule speaks of, each with the places of those that contradict it."""
    rows = [row for row in rows_about(matter.case.citizenship, matter) if row.regime in then.regimes]
    return tuple((row, tuple(at for at, other in enumerate(rows) if are_rivals(row, other))) for row in rows)


def _may_touch(row: Regime, span: Span) -> bool:
    """May a row be in force on a day of the span?"""
    until = row.period.until
    begun = row.period.since.earliest.toordinal() <= span[1]
    return begun and (until is None or until.latest.toordinal() > span[0])


def are_rivals(row: Regime, other: Regime) -> bool:
    """Do two rows contradict each other?"""
    return Reference("regime", other.name) in row.basis.conflicts_with and row.name != other.name


def _agreed(row: Regime, days: Timeline, other: Timeline, other_in_force: Timeline) -> Timeline:
    """The days of a row; unknown where a row that contradicts it is in force too and says otherwise."""
    conflict = unknown(ReasonKind.SOURCES_CONFLICT, f"regime:{row.name}")
    return joined(
        lambda given: given[0] if given[2] is False or given[0] == given[1] else conflict, [days, other, other_in_force]
    )


def _days_of_row(row: Regime, rule: Rule, matter: Matter, span: Span) -> Timeline:
    """On which days of the stay the row is the law of it."""
    name = f"regime:{row.name}"
    if rule.applies_to is AppliesTo.STAYS_BEGUN:
        return constant(in_force(row.period, name, date.fromordinal(span[0])), *span)
    always = remembered(matter, (name, ALWAYS), lambda: days_in_force(row.period, name, ALWAYS))
    return remembered(matter, (name, span), lambda: from_runs(always, *span))


def _row(row: Regime, rule: Rule, then: ByRegime, matter: Matter, span: Span, counts: Counts) -> Timeline:
    """The days of the stay within the limits of a row, on the days it is in force."""
    entry = date.fromordinal(span[0])
    period = _days_of_row(row, rule, matter, span)
    if all(run.outcome is False for run in period):
        return period
    if row.limit.per_entry is None:
        return both([period, constant(unknown(ReasonKind.NOT_DEFINED, f"regime:{row.name}"), *span)])
    firsts = firsts_of_row(row, matter, span)
    pieces: list[Held] = []
    for first, following in pairwise([*firsts, span[1] + 1]):
        if any(run.outcome is not False and run.first < following and first <= run.last for run in period):
            judged_on = entry if rule.applies_to is AppliesTo.STAYS_BEGUN else date.fromordinal(first)
            pieces += _row_piece(row, rule, then, matter, (first, following - 1), counts, judged_on)
    return both([period, from_runs(pieces, *span)])


def firsts_of_row(row: Regime, matter: Matter, span: Span) -> list[int]:
    """The first days of the pieces of a span within which the bounds of a row do not change."""
    general = rows_about(GENERAL, matter)
    cuts = remembered(matter, ("cuts", row.name), lambda: {day for one in (row, *general) for day in _turns(one)})
    return sorted({span[0], *(day for day in cuts if span[0] <= day <= span[1])})


def _turns(row: Regime) -> Iterator[int]:
    """The days on which a row, or what the border applies of it, may begin or end."""
    for period in (row.period, *([Period(row.enforced_since)] if row.enforced_since else [])):
        yield from (day.toordinal() for day in edges(period))


def _row_piece(
    row: Regime, rule: Rule, then: ByRegime, matter: Matter, piece: Span, counts: Counts, on: date
) -> Timeline:
    """The days of a piece of the stay within the limits of a row; unknown where its bounds leave a doubt."""
    bounds = bounds_of_row(row, then, matter, on)
    perhaps = within(matter, bounds.perhaps, rule.counts_from, piece, counts)
    if bounds.doubt is None:
        return perhaps
    surely = both([within(matter, limit, rule.counts_from, piece, counts) for limit in bounds.surely])
    return _where_alike(surely, perhaps, bounds.doubt)


@dataclass(frozen=True, slots=True)
class RowBounds:
    """How a row bounds the days of a stay: a day within all of `surely` is within the row for sure, one beyond
    `perhaps` is not; between the two stands the doubt. Without a doubt, `surely` holds `perhaps` alone.
    """

    surely: tuple[Limit, ...]
    perhaps: Limit
    doubt: Unknown | None = None


def bounds_of_row(row: Regime, then: ByRegime, matter: Matter, on: date) -> RowBounds:
    """The bounds of a row as they stand on a day. There is a doubt where a window may not be applied yet, or where only
    the general limit has one and the sources do not say whether it holds here.
    """
    key = ("bounds", row.name, then.empty_window, matter.readings.get("limits"), on)
    return remembered(matter, key, lambda: _bounds_of_row(row, then, matter, on))


def _bounds_of_row(row: Regime, then: ByRegime, matter: Matter, on: date) -> RowBounds:
    limit = limit_of_row(row, matter, on)
    if limit.window is not None and not _window_applied(row, matter, on):
        doubt = unknown(ReasonKind.NOT_MODELLED, f"regime:{row.name}")
        return RowBounds((limit,), Limit(limit.per_entry, None, None), doubt)
    if row.limit.window is not None or then.empty_window is EmptyWindow.NONE:
        return RowBounds((limit,), limit)
    general = (replace(window, per_entry=limit.per_entry) for window in _general_windows(matter, on))
    return RowBounds((limit, *general), limit, unknown(ReasonKind.NOT_DEFINED, f"regime:{row.name}"))


def _where_alike(one: Timeline, other: Timeline, doubt: Unknown) -> Timeline:
    """What two timelines say alike, and unknown where they differ."""
    return joined(
        lambda given: given[0] if given[0] == given[1] else unknown_of([doubt, *given]) or doubt, [one, other]
    )


def _window_applied(row: Regime, matter: Matter, on: date) -> Truth:
    """Is the window of a row applied on a day? The reading `practice` waits until the border does so."""
    return True if matter.readings.get("limits") != "practice" else row.window_enforced_on(on)


def limit_of_row(row: Regime, matter: Matter, on: date) -> Limit:
    """The limits of a row, without a window that is surely not applied yet."""
    return (
        row.limit if _window_applied(row, matter, on) is not False else replace(row.limit, in_window=None, window=None)
    )


def _general_windows(matter: Matter, on: date) -> list[Limit]:
    """The windows of the general limit that are applied on a day, or may be."""
    rows = (row for row in rows_about(GENERAL, matter) if row.limit.in_window is not None)
    held = (row for row in rows if row.period.contains(on) is not False)
    return [row.limit for row in held if _window_applied(row, matter, on) is not False]


def by_limit(rule: Rule, then: ByLimit, matter: Matter, span: Span, counts: Counts) -> Timeline:
    """The days of the stay within limits that the rule names itself, as they stand on each day."""
    cuts = {day.toordinal() for day in changes(rule, matter)}
    firsts = (
        [span[0]]
        if rule.applies_to is AppliesTo.STAYS_BEGUN
        else sorted({span[0], *(day for day in cuts if span[0] <= day <= span[1])})
    )
    pieces: list[Held] = []
    for first, following in pairwise([*firsts, span[1] + 1]):
        on = date.fromordinal(first)
        limit = limit_on(then, matter.country, on)
        if isinstance(limit, Unknown):
            pieces.append(Held(first, following - 1, limit))
        else:
            pieces += within(matter, limit, rule.counts_from, (first, following - 1), counts)
    return from_runs(pieces, *span)


def limit_on(then: ByLimit, country: Country, on: date) -> Limit | Unknown:
    """The limit that a rule names, as it stands on a day."""
    told = [
        None if quantity is None else quantity_on(quantity, country, on)
        for quantity in (then.per_entry, then.in_window, then.window)
    ]
    vague = unknown_of([number for number in told if number is not None])
    return vague if vague is not None else Limit(*(number if isinstance(number, int) else None for number in told))
