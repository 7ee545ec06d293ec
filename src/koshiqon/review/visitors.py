"""An ordinary visitor before the rules: who enters on a day for the first time, and how long the visit may last.

Of the visitor only the citizenship is given; everything else is what the country lets a door assume.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from koshiqon.country import Country
from koshiqon.evidence import Basis, Confidence, Reference
from koshiqon.law.regimes import Regime
from koshiqon.review.idle_titles import of_citizenship, without_idle_titles
from koshiqon.rules.judging import Outcome
from koshiqon.rules.rule import RuleKind
from koshiqon.stay.assessment import with_assumptions
from koshiqon.stay.case import StayCase
from koshiqon.stay.limit_titles import GENERAL
from koshiqon.stay.matter import Matter
from koshiqon.stay.presence import LAST, Stay
from koshiqon.stay.reach import Reach, reach
from koshiqon.stay.readings import readings_of
from koshiqon.stay.timeline import outcome_on
from koshiqon.stay.titles import Cover, Line, cover

LIMITS, LAW, PRACTICE = "limits", "law", "practice"
"""The reading by which law and practice part, and its options."""


@dataclass(frozen=True, slots=True)
class Visit:
    """What the rules say of a visit that begins on `entry`: is that day lawful, the last lawful day of the run that
    begins with it (None: no end), what follows then, and the titles that surely cover the day of entry, farthest first.
    """

    citizenship: str
    entry: date
    outcome: Outcome
    last: date | None
    then: Outcome
    titles: tuple[Line, ...]

    @property
    def days(self) -> int | None:
        """Lawful days from the day of entry on; None where they are not known or have no end."""
        return (self.last - self.entry).days + 1 if self.outcome is True and self.last is not None else None

    @property
    def rests_on(self) -> tuple[tuple[Reference, Basis], ...]:
        """The rule and the row of the title that reaches farthest."""
        return title_rests_on(self.titles[0]) if self.titles else ()


@dataclass(frozen=True, slots=True)
class Border:
    """A country as visitors meet it on one day; `asked` is the country with the titles that may hold for them."""

    country: Country
    asked: Country
    visitor: StayCase
    on: date

    def visit(self, citizenship: str, limits: str | None) -> Visit:
        """The first visit of an ordinary citizen of a state, under one reading of the limits (None: the default)."""
        stay = Stay(self.on)
        case = replace(self.visitor, citizenship=citizenship, stays=(stay,))
        readings = readings_of(self.country, {LIMITS: limits} if limits else None)
        matter = Matter(of_citizenship(self.asked, citizenship), case, (stay,), readings)
        covered = cover(matter)
        reached = _reach_of_entry(matter, covered)
        titles = [line for line in covered.lines if outcome_on(line.days, self.on.toordinal()) is True]
        last = reached.last if reached.outcome is True else None
        return Visit(citizenship, self.on, reached.outcome, last, reached.then, tuple(sorted(titles, key=_preference)))

    def may_differ(self, citizenship: str) -> bool:
        """May practice differ from the law for a first visit? Only a window that the border did not apply yet on the
        day of entry, or a rule of one reading alone, can part them.
        """
        rows = [row for row in self.country.regimes if row.citizenship in (citizenship, GENERAL)]
        return any(row.window_enforced_on(self.on) is not True for row in rows if not _over(row, self.on)) or any(
            LIMITS in rule.under for rule in self.asked.rules.values()
        )


def border(country: Country, on: date) -> Border:
    """The border of a country on a day, met by people of whom nothing is known but what a door may assume."""
    visitor = with_assumptions(StayCase(None), country)
    return Border(country, without_idle_titles(country, visitor, on), visitor, on)


def _over(row: Regime, day: date) -> bool:
    return row.period.until is not None and row.period.until.latest <= day


def _reach_of_entry(matter: Matter, covered: Cover) -> Reach:
    """How far the run of days that begins with the entry reaches. Where the day of leaving counts for nothing, one may
    leave a day later, which takes another look.
    """
    if matter.readings.get("exit_day") == "left_out":
        return reach(matter, matter.stay.entry)
    run, *later = covered.days
    last = None if run.last == LAST else date.fromordinal(run.last)
    return Reach(run.outcome, last, later[0].outcome if later else run.outcome)


def _preference(title: Line) -> tuple[int, int, bool]:
    """The title that reaches farthest comes first; of equals the surest, then one whose window is known."""
    sureness = list(Confidence).index(title.basis.confidence)
    return -title.days[0].last, sureness, title.row is None or title.row.limit.in_window is None


def title_rests_on(title: Line) -> tuple[tuple[Reference, Basis], ...]:
    """The rule of a title and, where it has one, its row of the regimes, each with why it is believed."""
    rule = (Reference("rule", title.rule.name), title.rule.basis)
    return (rule, (Reference("regime", title.row.name), title.row.basis)) if title.row is not None else (rule,)


def has_titles(country: Country) -> bool:
    """Can the country's rules say of anybody that a stay is lawful?"""
    return any(rule.kind is RuleKind.TITLE for rule in country.rules.values())


def readings_of_limits(country: Country) -> tuple[str, ...]:
    """Law and practice, where the country tells them apart; empty where it does not."""
    known = [option.name for option in country.readings[LIMITS].options] if LIMITS in country.readings else []
    return tuple(option for option in (LAW, PRACTICE) if option in known)
