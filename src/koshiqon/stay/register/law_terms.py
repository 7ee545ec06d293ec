"""Titles of one profile that no limit of days bounds: papers, terms that run from an event, and titles that come after
the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from koshiqon.country import Country
from koshiqon.rules.expression import Duration, Unit
from koshiqon.rules.judging import Reason, Unknown, shifted
from koshiqon.rules.rule import ByPaper, ByTerm, Ends, EventDay, ParameterName, Quantity, Rule
from koshiqon.stay.matter import TITLES_END, Matter, quantity_on
from koshiqon.stay.pieces import days_in_force, edges
from koshiqon.stay.presence import LAST
from koshiqon.stay.register.law import EPOCH, EVENTS, Cut, Grace, Later, Line, Piece, UnsupportedInRegister, Valid
from koshiqon.stay.register.law_pieces import Began, days_held, ends_after_event, not_in_tables, number_of
from koshiqon.stay.timeline import Timeline

Days = tuple[int, int]


@dataclass(slots=True)
class Terms:
    """The terms that the law of a register uses, each with the last day by the day of its event.

    The one thing here that grows while the law is read: terms are numbered as they are met.
    """

    country: Country
    days: Days
    numbers: dict[Quantity | None, int] = field(default_factory=dict)

    def number(self, quantity: Quantity | None) -> int:
        return self.numbers.setdefault(quantity, len(self.numbers))

    def ends(self) -> tuple[Mapping[int, int], ...]:
        """By term: the last day of it for each day of an event on which the law says it."""
        return tuple(dict(self._ends(quantity)) for quantity in self.numbers)

    def _ends(self, quantity: Quantity | None) -> Iterator[tuple[int, int]]:
        for first, last in self._unchanged(quantity):
            length = 0 if quantity is None else quantity_on(quantity, self.country, date.fromordinal(first + EPOCH))
            if not isinstance(length, int | Duration):
                continue
            term = Duration(length, Unit.DAYS) if isinstance(length, int) else length
            for day in range(first, last + 1):
                end = shifted(date.fromordinal(day + EPOCH), term, False, self.country.add_working_days)
                if isinstance(end, date):
                    yield day, number_of(end.toordinal())

    def _unchanged(self, quantity: Quantity | None) -> Iterator[Days]:
        """Days on which the length of a term does not change."""
        values = self.country.parameters[quantity.name].values if isinstance(quantity, ParameterName) else ()
        cuts = {day.toordinal() - EPOCH for value in values for day in edges(value.period)}
        cuts |= {day + 1 for day in cuts}
        firsts = sorted({self.days[0], *(day for day in cuts if self.days[0] < day <= self.days[1])})
        for first, following in pairwise([*firsts, self.days[1] + 1]):
            yield first, following - 1


def of_papers(
    rule: Rule, then: ByPaper, titles: Sequence[Rule], matter: Matter, began: Began, terms: Terms
) -> Iterator[tuple[Line, Valid]]:
    """The days on which a title takes its kinds of paper."""
    longest = None if then.longest is None else terms.number(then.longest)
    for first, last, reasons in _held(days_held(rule, titles, matter, (began[0], LAST))):
        for kind in then.papers:
            yield (
                Line(rule.name),
                Valid(-1, _whole(began), kind, first, last, not reasons, then.outside_count, longest, reasons),
            )


def of_term(
    rule: Rule, then: ByTerm, titles: Sequence[Rule], matter: Matter, began: Began, terms: Terms
) -> Iterator[tuple[Line, Piece | Grace]]:
    """The days of a title that lasts from one day through another."""
    line = Line(rule.name)
    for first, last, reasons in _held(days_held(rule, titles, matter, (began[0], LAST))):
        start, through = then.start, then.through
        if isinstance(start, EventDay) and start.name in EVENTS and through is None:
            number = terms.number(then.term)
            yield line, Grace(-1, _whole(began), start.name, number, first, last, not reasons, reasons)
            continue
        if isinstance(start, EventDay) or isinstance(through, EventDay) or then.term is not None:
            told = not_in_tables(start.name if isinstance(start, EventDay) else rule.name)
            yield line, Piece(-1, _whole(began), first, last, False, None, None, reasons | told.reasons)
            continue
        last_day = start if through is None else through
        days = max(first, number_of(start.toordinal())), min(last, number_of(last_day.toordinal()))
        if days[0] <= days[1]:
            yield line, Piece(-1, _whole(began), *days, not reasons, None, None, reasons)


def cuts_of(rule: Rule, titles: Sequence[Rule], matter: Matter, began: Began, terms: Terms) -> Iterator[Cut]:
    """What ends a title some time after an event of the stay. Raises UnsupportedInRegister where that itself ends."""
    for other in titles:
        if rule.name not in other.overrides or not ends_after_event(other):
            continue
        assert isinstance(other.then, Ends) and isinstance(other.then.start, EventDay)
        for first, last, reasons in _held(days_held(other, titles, matter, (began[0], LAST))):
            if other.then.start.name not in EVENTS or last < number_of(LAST):
                raise UnsupportedInRegister("register_law_ends", {"rule": other.name})
            number, surely = terms.number(other.then.term), other.then.surely and not reasons
            yield Cut(-1, _whole(began), other.then.start.name, number, first, surely)


def later_of(rule: Rule, line: int, span: Days, terms: Terms) -> Iterator[Later]:
    """A title that asks when the others end. Raises UnsupportedInRegister for one of another shape than these."""
    then = rule.then
    whole = isinstance(then, ByTerm) and not isinstance(then.through, EventDay)
    from_event = isinstance(then, ByTerm) and isinstance(then.start, EventDay)
    if not whole or not isinstance(then, ByTerm) or (from_event and then.start != EventDay(TITLES_END)):
        raise UnsupportedInRegister("register_law_later", {"rule": rule.name})
    start = None if isinstance(then.start, EventDay) else number_of(then.start.toordinal())
    through = then.through if then.through is not None or then.term is not None else then.start
    for first, last, reasons in _held(days_in_force(rule.period, f"rule:{rule.name}", (span[0], LAST))):
        yield Later(
            line,
            rule,
            first,
            last,
            not reasons,
            start,
            None if not isinstance(through, date) else number_of(through.toordinal()),
            None if then.term is None else terms.number(then.term),
        )


def _held(days: Timeline) -> Iterator[tuple[int, int, frozenset[Reason]]]:
    for run in days:
        if run.outcome is not False:
            reasons = run.outcome.reasons if isinstance(run.outcome, Unknown) else frozenset[Reason]()
            yield number_of(run.first), number_of(run.last), reasons


def _whole(began: Began) -> Days:
    return number_of(began[0]), number_of(began[1])
