"""A country less the titles that cannot hold for a case, whatever its trips are: the same answers in a third of the
time, for a chapter that asks hundreds of times.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from koshiqon.country import Country
from koshiqon.rules import expression as tree
from koshiqon.rules.expression import Expression
from koshiqon.rules.judging import Case, judge, parts_of
from koshiqon.rules.rule import ByPaper, ByRegime, Rule, RuleKind
from koshiqon.stay.case import StayCase
from koshiqon.stay.limit_titles import GENERAL


def without_idle_titles(country: Country, case: StayCase, since: date) -> Country:
    """The country with every rule but the titles that are over before `since`, that ask for a paper the case has not,
    or whose condition is false by the facts of the case alone.

    What is false while trips and citizenship are not known stays false when they are. Only `is known` could turn, so a
    title that asks it stays. So does the last one by regimes: without any, silence of the regimes would mean no.
    """
    known = Case(country.add_working_days, case.facts)
    held = {paper.kind for paper in case.papers}
    kept = {
        name: rule
        for name, rule in country.rules.items()
        if rule.kind is not RuleKind.TITLE
        or not (_over(rule, since) or _without_paper(rule, held) or _false(rule, known))
    }
    by_regimes = any(isinstance(rule.then, ByRegime) for rule in kept.values())
    return replace(country, rules=kept) if by_regimes else country


def as_in_force(country: Country, day: date) -> Country:
    """The country with only those titles and rows of the regimes that are, or may be, in force on a day: enough to say
    what the law of that day gives, not how long it lasts.
    """
    kept = {
        name: rule
        for name, rule in country.rules.items()
        if rule.kind is not RuleKind.TITLE or rule.period.contains(day) is not False
    }
    rows = tuple(row for row in country.regimes if row.period.contains(day) is not False)
    return replace(country, rules=kept, regimes=rows)


def of_citizenship(country: Country, citizenship: str) -> Country:
    """The country with the rows of the regimes that speak of one citizenship, and without the titles by regimes that
    none of these rows has, unless nobody could then stay by any.
    """
    rows = tuple(row for row in country.regimes if row.citizenship in (citizenship, GENERAL))
    codes = {row.regime for row in rows}
    kept = {name: rule for name, rule in country.rules.items() if rule.overrides or not _of_others(rule, codes)}
    by_regimes = any(isinstance(rule.then, ByRegime) for rule in kept.values())
    return replace(country, regimes=rows, rules=kept if by_regimes else country.rules)


def _of_others(rule: Rule, codes: set[str]) -> bool:
    return isinstance(rule.then, ByRegime) and codes.isdisjoint(rule.then.regimes)


def _over(rule: Rule, since: date) -> bool:
    return rule.period.until is not None and rule.period.until.latest <= since


def _without_paper(rule: Rule, held: set[str]) -> bool:
    """A title by papers that nobody holds covers nothing; as an exception to another it would still count."""
    return isinstance(rule.then, ByPaper) and not rule.overrides and held.isdisjoint(rule.then.papers)


def _false(rule: Rule, known: Case) -> bool:
    if rule.condition is None or _asks_what_is_known(rule.condition):
        return False
    return judge(rule.condition, known).outcome is False


def _asks_what_is_known(node: Expression) -> bool:
    return isinstance(node, tree.Known) or any(_asks_what_is_known(part) for part in parts_of(node))
