"""Which titles cover which days of a stay: each rule of the kind `title` as a timeline, exceptions taken away.

A day is lawful if any title covers it. Limits of days are held against presence by the closed form of `limits`, piece
by piece between the days on which the law, the counting or a paper changes. Where a paper is itself unknown, days are
counted once with and once without it: what both allow is lawful, what neither allows is not, the rest is unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from koshiqon.evidence import Basis, ProvisionId, Reference
from koshiqon.law.regimes import Regime
from koshiqon.period import Period
from koshiqon.rules.judging import Outcome, ReasonKind, Unknown, unknown, unknown_of
from koshiqon.rules.rule import (
    ByLimit,
    ByPaper,
    ByRegime,
    ByTerm,
    Ends,
    Rule,
)
from koshiqon.stay.case import CITIZENSHIP, Paper
from koshiqon.stay.counting import ENGINE_READINGS, Counts, counts_of
from koshiqon.stay.holding import exception, holds, left_by_exceptions
from koshiqon.stay.law_index import ALWAYS
from koshiqon.stay.limit_titles import by_limit, rows_of
from koshiqon.stay.matter import (
    TITLES_END,
    Matter,
    day_after_term,
    index_of,
    moment,
    remembered,
    rows_about,
)
from koshiqon.stay.papers import papers_of
from koshiqon.stay.pieces import Span, days_in_force
from koshiqon.stay.presence import LAST
from koshiqon.stay.timeline import Timeline, both, constant, either, from_runs, joined, on_days
from koshiqon.stay.title_choice import in_passes, title_readings, titles_of, touching

ALL_PAPERS_GIVEN = "papers.all_given"
"""The fact that the case names every visa, permit and paper. Where a country declares it and it is not yes, a day that
no known title covers is unknown, not unlawful.
"""

Papers = Sequence[tuple[Rule, Paper, Timeline]]
"""Every paper under every title that takes it, with the days on which it covers a stay."""


@dataclass(frozen=True, slots=True)
class Line:
    """A title as it covers the days of a stay, with the row or the paper it rests on."""

    rule: Rule
    days: Timeline
    row: Regime | None = None
    paper: Paper | None = None

    @property
    def name(self) -> str:
        """The rule, and the row or paper within it."""
        part = self.row.name if self.row else f"{self.paper.kind}/{self.paper.since}" if self.paper else ""
        return f"{self.rule.name}/{part}" if part else self.rule.name

    @property
    def basis(self) -> Basis:
        return self.row.basis if self.row else self.rule.basis

    @property
    def references(self) -> tuple[Reference, ...]:
        rows = (Reference("regime", self.row.name),) if self.row else ()
        return (Reference("rule", self.rule.name), Reference("provision", str(self.provision)), *rows)

    @property
    def provision(self) -> ProvisionId:
        return self.row.provision if self.row and self.row.provision else self.rule.provision


@dataclass(frozen=True, slots=True)
class Cover:
    """All titles of a stay, and how each day of it stands: from the entry to the exit, or for ever."""

    lines: tuple[Line, ...]
    days: Timeline
    counts: Counts


def cover(matter: Matter) -> Cover:
    """The titles of the stay judged and what they cover together.

    Titles that ask when the others end (`stay.titles_end`) come second.
    """
    if matter.measures:
        return _cover(matter, how_days_count(matter))
    key = ("covered", matter.history, title_readings(matter), tuple(map(matter.readings.get, ENGINE_READINGS)))
    return remembered(matter, key, lambda: _counted_cover(matter))


def _counted_cover(matter: Matter) -> Cover:
    """The cover under the readings taken: beside the titles believed and the way to count, it hangs on two of them."""
    counts = how_days_count(matter)
    taken = (matter.readings.get("limits"), matter.readings.get("earlier_entries"))
    key = ("cover", matter.history, title_readings(matter), counts, taken)
    return remembered(matter, key, lambda: _cover(matter, counts))


def how_days_count(matter: Matter) -> Counts:
    """How the days of the history count, given the papers of the case."""
    return counts_of(matter, [days for rule, _, days in _papers(matter) if _outside(rule)])


def _papers(matter: Matter) -> Papers:
    """Every paper under every title that takes it, as `papers_of` tells it."""
    if not matter.case.papers:
        return ()
    if matter.measures:
        return tuple(papers_of(titles_of(matter), matter))
    key = ("papers", matter.history, title_readings(matter))
    return remembered(matter, key, lambda: tuple(papers_of(titles_of(matter), matter)))


def _cover(matter: Matter, counts: Counts) -> Cover:
    stay = matter.stay
    span = (stay.entry.toordinal(), LAST if stay.exit is None else stay.exit.toordinal())
    titles, papers = titles_of(matter), _papers(matter)
    first_pass, second_pass = (touching(rules, matter, span) for rules in in_passes(matter))
    lines = _lines(first_pass, titles, papers, matter, span, counts)
    days = _together(lines, matter, span)
    if second_pass:
        end = titles_end(days)
        knows_end = matter.with_measures({**matter.measures, TITLES_END: lambda: end})
        lines += _lines(second_pass, titles, papers, knows_end, span, counts)
        days = _together(lines, matter, span)
    return Cover(tuple(lines), days, counts)


def titles_end(days: Timeline) -> Outcome:
    """The last day covered without gap from the entry; the day before the entry where not even that is."""
    run = days[0]
    if run.outcome is True:
        after = days[1].outcome if len(days) > 1 else None
        return after if isinstance(after, Unknown) else date.fromordinal(run.last)
    return run.outcome if isinstance(run.outcome, Unknown) else date.fromordinal(run.first - 1)


def _outside(rule: Rule) -> bool:
    return isinstance(rule.then, ByPaper) and rule.then.outside_count


# --- all titles together ---------------------------------------------------------------------------------------------


def _lines(
    rules: Sequence[Rule],
    titles: Sequence[Rule],
    papers: Papers,
    matter: Matter,
    span: Span,
    counts: Counts,
) -> list[Line]:
    """What the rules cover, each less what its exceptions take away."""
    lines: list[Line] = []
    for rule in rules:
        if matter.measures or isinstance(rule.then, ByRegime | ByLimit):
            lines += _left_of_rule(rule, titles, papers, matter, span, counts)
            continue
        key = ("lines", rule.name, matter.history, title_readings(matter))
        lines += remembered(matter, key, partial(_left_of_rule, rule, titles, papers, matter, span, counts))
    return lines


def _left_of_rule(
    rule: Rule, titles: Sequence[Rule], papers: Papers, matter: Matter, span: Span, counts: Counts
) -> list[Line]:
    """What one rule covers, less what its exceptions take away. Only titles by limits of days hang on the counting."""
    bare = [line for line in _of_rule(rule, papers, matter, span, counts) if _covers(line)]
    left = left_by_exceptions(rule, titles, matter, span) if bare else []
    return [Line(rule, both([line.days, *left]), line.row, line.paper) for line in bare] if left else bare


def _covers(line: Line) -> bool:
    """Does the title cover a day, surely or perhaps?"""
    return any(run.outcome is not False for run in line.days)


def _together(lines: list[Line], matter: Matter, span: Span) -> Timeline:
    known = [line.days for line in lines if not isinstance(line.rule.then, Ends)]
    days = either([*known, unlisted(matter, span)])
    if ALL_PAPERS_GIVEN in matter.country.facts and matter.facts().get(ALL_PAPERS_GIVEN) is not True:
        missing = unknown(ReasonKind.FACT_MISSING, ALL_PAPERS_GIVEN)
        days = joined(lambda given: missing if given[0] is False else given[0], [days])
    return days


def unlisted(matter: Matter, span: Span) -> Timeline:
    """Unknown on days for which no row of the regimes speaks of the citizenship: nothing follows from silence."""
    citizenship = matter.case.citizenship
    if not index_of(matter).by_rows:
        return constant(False, *span)
    if citizenship is None:
        return constant(unknown(ReasonKind.FACT_MISSING, CITIZENSHIP), *span)
    always = remembered(matter, "unlisted", lambda: _unlisted_days(citizenship, matter))
    return from_runs(always, *span)


def _unlisted_days(citizenship: str, matter: Matter) -> Timeline:
    rows = rows_about(citizenship, matter)
    listed = [
        days_in_force(period, f"regime:{citizenship}", ALWAYS) for period in _unbroken(row.period for row in rows)
    ]
    silent = unknown(ReasonKind.NOT_MODELLED, f"regime:{citizenship}")
    told = either([constant(False, *ALWAYS), *listed])
    return joined(lambda given: given[0] if isinstance(given[0], Unknown) else not given[0] and silent, [told])


def _unbroken(periods: Iterable[Period]) -> list[Period]:
    """The periods, those in one that follow one another on the same day, though nobody may know which day it was."""
    told: list[Period] = []
    for period in sorted(periods, key=lambda period: period.since.earliest):
        before = next((one for one in told if one.until == period.since), None)
        if before is None:
            told.append(period)
        else:
            told[told.index(before)] = Period(before.since, period.until)
    return told


def _of_rule(rule: Rule, papers: Papers, matter: Matter, span: Span, counts: Counts) -> Iterator[Line]:
    """The lines of one title within the span of the stay."""
    match rule.then:
        case ByPaper():
            for owner, paper, days in papers:
                if owner is rule:
                    yield Line(rule, from_runs(days, *span), paper=paper)
        case ByRegime():
            held = holds(rule, matter, span)
            if any(run.outcome is not False for run in held):
                for row, days in rows_of(rule, rule.then, matter, span, counts):
                    yield Line(rule, both([held, days]), row=row)
        case ByLimit():
            days = by_limit(rule, rule.then, matter, span, counts)
            yield Line(rule, both([holds(rule, matter, span), days]))
        case ByTerm(start, term, through):
            first = moment(start, matter)
            if term is not None:
                last = day_after_term(first, term, matter)
            else:
                last = first if through is None else moment(through, matter)
            yield Line(rule, both([holds(rule, matter, span), _between(first, last, span)]))
        case Ends():
            yield Line(rule, exception(rule, matter, span))


def _between(first: Outcome, last: Outcome, span: Span) -> Timeline:
    vague = unknown_of([first, last])
    if vague is not None:
        return constant(vague, *span)
    assert isinstance(first, date) and isinstance(last, date)
    return on_days(True, first.toordinal(), last.toordinal(), span)
