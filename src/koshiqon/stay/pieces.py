"""The days on which the law of a stay may change, and what holds between them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import pairwise

from koshiqon.law.regimes import Regime
from koshiqon.period import Period
from koshiqon.rules.judging import Outcome
from koshiqon.rules.rule import Rule
from koshiqon.stay.matter import Matter, Span, in_force, names_of, remembered
from koshiqon.stay.presence import LAST
from koshiqon.stay.timeline import Held, Timeline, from_runs


def changes(rule: Rule, matter: Matter) -> tuple[date, ...]:
    """The days on which a parameter of the rule's condition or limits may change."""
    return remembered(matter, ("changes", rule.name), lambda: tuple(_changes(rule, matter)))


def _changes(rule: Rule, matter: Matter) -> Iterator[date]:
    parameters = matter.country.parameters
    for name in names_of(rule, matter) & parameters.keys():
        for value in parameters[name].values:
            yield from edges(value.period)


def rows_about(citizenship: str | None, matter: Matter) -> tuple[Regime, ...]:
    """The rows of the regimes for a citizenship, of all days."""
    rows = matter.country.regimes
    return remembered(
        matter, ("rows", citizenship), lambda: tuple(row for row in rows if row.citizenship == citizenship)
    )


def edges(period: Period) -> Iterator[date]:
    """The days on which a period may begin or end."""
    for edge in (period.since, period.until):
        if edge is not None:
            yield from (edge.earliest, edge.latest)


def days_in_force(period: Period, name: str, span: Span) -> Timeline:
    """On which days of the span a period holds; unknown where its start or end is."""
    return by_pieces(edges(period), span, lambda day: in_force(period, name, day))


def by_pieces(cuts: Iterable[date], span: Span, answer: Callable[[date], Outcome]) -> Timeline:
    """One answer for each piece between cuts, asked on its first day. A cut may also be the last day of a doubt, so
    the day after it is a cut as well.
    """
    days = {number for cut in cuts for number in (cut.toordinal(), min(cut.toordinal() + 1, LAST))}
    firsts = sorted({span[0], *(day for day in days if span[0] <= day <= span[1])})
    runs = [
        Held(first, following - 1, answer(date.fromordinal(first)))
        for first, following in pairwise([*firsts, span[1] + 1])
    ]
    return from_runs(runs, *span)
