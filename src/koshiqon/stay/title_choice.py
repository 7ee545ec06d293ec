"""Which titles are worth judging in a case: believed, not ruled out by its facts, with a row or a paper to rest on.

What is left out here would cover no day, and as an exception would take none away.
"""

from __future__ import annotations

from collections.abc import Sequence

from koshiqon.rules.rule import ByPaper, ByRegime, Rule, RuleKind
from koshiqon.stay.matter import TITLES_END, Matter, believed, index_of, names_of, remembered, rows_about, ruled_out
from koshiqon.stay.pieces import Span


def titles_of(matter: Matter) -> tuple[Rule, ...]:
    """The titles that the readings believe, less those that the facts of the case rule out: these cover no day, and as
    exceptions take none away.
    """
    return remembered(matter, ("titles", title_readings(matter)), lambda: _titles_of(matter))


def _titles_of(matter: Matter) -> tuple[Rule, ...]:
    rules = (one.rule for one in index_of(matter).of_kind[RuleKind.TITLE])
    return tuple(rule for rule in rules if believed(rule, matter.readings) and not ruled_out(rule, matter))


def title_readings(matter: Matter) -> tuple[str | None, ...]:
    """The options taken of the readings on which it hangs what titles are believed."""
    return tuple(map(matter.readings.get, index_of(matter).title_readings))


def in_passes(matter: Matter) -> tuple[tuple[Rule, ...], tuple[Rule, ...]]:
    """The titles that could cover a day of this case, those last that ask when the others end."""
    return remembered(matter, ("passes", title_readings(matter)), lambda: _in_passes(matter))


def touching(rules: Sequence[Rule], matter: Matter, span: Span) -> list[Rule]:
    """Those of the rules that may be in force on a day of the span."""
    index = index_of(matter).rules
    return [rule for rule in rules if index[rule.name].may_touch(span)]


def _in_passes(matter: Matter) -> tuple[tuple[Rule, ...], tuple[Rule, ...]]:
    titles = [(rule, TITLES_END in names_of(rule, matter)) for rule in titles_of(matter) if _could_cover(rule, matter)]
    return tuple(rule for rule, last in titles if not last), tuple(rule for rule, last in titles if last)


def _could_cover(rule: Rule, matter: Matter) -> bool:
    """Is there a row of the citizenship, or a paper, for a title that rests on one?"""
    match rule.then:
        case ByRegime(regimes):
            return any(row.regime in regimes for row in rows_about(matter.case.citizenship, matter))
        case ByPaper(kinds):
            return any(paper.kind in kinds for paper in matter.case.papers)
    return True
