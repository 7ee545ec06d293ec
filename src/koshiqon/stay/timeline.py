"""What holds on which days: yes, no or unknown for every day of a span, as runs of days.

Days are ordinals (`date.toordinal`). A timeline covers its whole span without gap; joining two joins them day by day
by the three-valued logic of `rules.judging`, at the cost of their runs, not of their days.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from koshiqon.rules.judging import Outcome, Unknown, all_of, any_of, negated
from koshiqon.stay.presence import LAST


class Held(NamedTuple):
    """Days running, first and last included, with one answer for all. A named tuple, as each answer makes thousands."""

    first: int
    last: int
    outcome: Outcome


Timeline = tuple[Held, ...]
"""Runs in order, each beginning the day after the one before; neighbours differ."""


def constant(outcome: Outcome, first: int, last: int = LAST) -> Timeline:
    """One answer for the whole span."""
    return (Held(first, last, outcome),)


def from_runs(runs: Iterable[Held], first: int, last: int = LAST, otherwise: Outcome = False) -> Timeline:
    """The given runs, in order and disjoint, cut to the span, and `otherwise` on all other days."""
    told: list[Held] = []
    following = first
    for run in runs:
        start, end = max(run.first, following), min(run.last, last)
        if start <= end:
            if following < start:
                told.append(Held(following, start - 1, otherwise))
            told.append(Held(start, end, run.outcome))
            following = end + 1
    if following <= last:
        told.append(Held(following, last, otherwise))
    return _merged(told)


def on_days(outcome: Outcome, first: int, last: int, span: tuple[int, int]) -> Timeline:
    """`outcome` from one day through another, no on all other days of the span."""
    return from_runs([Held(first, last, outcome)], *span)


def either(lines: Sequence[Timeline]) -> Timeline:
    """Yes where any is; unknown where none is yes and one is unknown. All have one span."""
    return lines[0] if len(lines) == 1 else joined(any_of, lines)


def both(lines: Sequence[Timeline]) -> Timeline:
    """No where any is; unknown where none is no and one is unknown. All have one span."""
    return lines[0] if len(lines) == 1 else joined(all_of, lines)


def without(line: Timeline) -> Timeline:
    """The contrary, day by day."""
    return tuple(Held(run.first, run.last, negated(run.outcome)) for run in line)


def joined(join: Callable[[list[Outcome]], Outcome], lines: Sequence[Timeline]) -> Timeline:
    """Timelines of one span, joined day by day."""
    return _merged(_pieces(join, lines))


def outcome_on(line: Timeline, day: int) -> Outcome:
    """The answer of one day of the span."""
    return next(run.outcome for run in line if run.first <= day <= run.last)


def _pieces(join: Callable[[list[Outcome]], Outcome], lines: Sequence[Timeline]) -> Iterator[Held]:
    left = [deque(line) for line in lines]
    first = lines[0][0].first
    while left[0]:
        last = min(runs[0].last for runs in left)
        yield Held(first, last, join([runs[0].outcome for runs in left]))
        for runs in left:
            if runs[0].last == last:
                runs.popleft()
        first = last + 1


def _merged(runs: Iterable[Held]) -> Timeline:
    told: list[Held] = []
    for run in runs:
        if told and _same(told[-1].outcome, run.outcome):
            told[-1] = Held(told[-1].first, run.last, run.outcome)
        else:
            told.append(run)
    return tuple(told)


def _same(one: Outcome, other: Outcome) -> bool:
    return isinstance(one, Unknown) == isinstance(other, Unknown) and one == other
