"""Titles by papers: the days of every stay that a visa, a permit or a certificate covers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from koshiqon.rules.judging import ReasonKind, Unknown, unknown
from koshiqon.rules.rule import ByPaper, Rule
from koshiqon.stay.case import Paper
from koshiqon.stay.holding import holds, left_by_exceptions
from koshiqon.stay.matter import Matter, day_after_term
from koshiqon.stay.pieces import Span
from koshiqon.stay.presence import LAST
from koshiqon.stay.timeline import Held, Timeline, both, constant, from_runs, on_days


def papers_of(titles: Sequence[Rule], matter: Matter) -> Iterator[tuple[Rule, Paper, Timeline]]:
    """Every paper of the case under every title that takes it, for all days from the first entry on.

    Each stay is judged for itself: its day of entry, and the exceptions that arose in it. A day of two stays is one of
    the later stay; days on which the person was away are no.
    """
    span = (matter.history[0].entry.toordinal(), LAST)
    stays = list(_stays(matter))
    for rule in titles:
        if isinstance(rule.then, ByPaper):
            for paper in matter.case.papers:
                if paper.kind in rule.then.papers:
                    valid = _valid(rule, rule.then, paper, matter, span)
                    runs = [run for stay, days in stays for run in _in_stay(rule, valid, titles, stay, days)]
                    yield rule, paper, from_runs(runs, *span)


def _stays(matter: Matter) -> Iterator[tuple[Matter, Span]]:
    """The matter as each stay of the history saw it, with the days of that stay."""
    for number, stay in enumerate(matter.history, 1):
        last = LAST if stay.exit is None else stay.exit.toordinal()
        if number < len(matter.history):
            last = min(last, matter.history[number].entry.toordinal() - 1)
        if stay.entry.toordinal() <= last:
            yield matter.with_history(matter.history[:number]), (stay.entry.toordinal(), last)


def _in_stay(rule: Rule, valid: Timeline, titles: Sequence[Rule], matter: Matter, span: Span) -> list[Held]:
    """The days of one stay that a valid paper covers."""
    here = from_runs(valid, *span)
    if all(run.outcome is False for run in here):
        return []
    return list(both([here, holds(rule, matter, span), *left_by_exceptions(rule, titles, matter, span)]))


def _valid(rule: Rule, then: ByPaper, paper: Paper, matter: Matter, span: Span) -> Timeline:
    """The days on which a paper is valid; unknown beyond the longest term that the law allows for it."""
    first = paper.since.toordinal()
    last = LAST if paper.until is None else paper.until.toordinal()
    valid = on_days(True, first, last, span)
    if then.longest is None:
        return valid
    end = day_after_term(paper.since, then.longest, matter)
    beyond = unknown(ReasonKind.NOT_MODELLED, f"rule:{rule.name}")
    if isinstance(end, Unknown):
        return valid if paper.until is not None else both([valid, constant(end, *span)])
    assert isinstance(end, date)
    longest = end.toordinal()
    if paper.until is not None and last <= longest:
        return valid
    return both([valid, from_runs([Held(first, longest, True)], *span, otherwise=beyond)])
