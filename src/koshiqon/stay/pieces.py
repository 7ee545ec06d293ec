"""On which days a period of law holds, and the pieces between the days on which something may change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import pairwise

from koshiqon.period import Period
from koshiqon.rules.judging import Outcome, ReasonKind, unknown
from koshiqon.stay.presence import LAST
from koshiqon.stay.timeline import Held, Timeline, from_runs

FIRST = date.min.toordinal()
Span = tuple[int, int]
"""The first and the last day of what is judged, as ordinals."""


def edges(period: Period) -> Iterator[date]:
    """The days on which a period may begin or end."""
    for edge in (period.since, period.until):
        if edge is not None:
            yield from (edge.earliest, edge.latest)


def in_force(period: Period, name: str, day: date) -> Outcome:
    """Yes, no, or unknown where the sources do not tell the day."""
    held = period.contains(day)
    return unknown(ReasonKind.NOT_MODELLED, name) if held is None else held


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
