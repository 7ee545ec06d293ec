"""Titles to stay as a document shows them: what they rest on, since when, their limits of days; and the visitor."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from koshiqon.country import Country
from koshiqon.evidence import Reference
from koshiqon.law.regimes import Limit
from koshiqon.review.document import Cited, Missing, Phrase, Quoted, Several, Shown, Verbatim, When, Word
from koshiqon.review.doubts import doubts
from koshiqon.review.finding import computed, said
from koshiqon.review.stay_rows import Limits, instrument_of, limit_in_words, window_of
from koshiqon.rules.categories import CaseFact
from koshiqon.rules.judging import Unknown
from koshiqon.rules.rule import ByLimit, Rule, RuleKind
from koshiqon.stay.limit_titles import limit_on
from koshiqon.stay.matter import names_in
from koshiqon.stay.titles import Line


def title_in_words(title: Line) -> Shown:
    """The instrument of the row that a title rests on; what the rule says, where it rests on none."""
    return instrument_of(title.row) if title.row is not None else rule_text(title.rule)


def title_since(title: Line) -> Shown:
    if title.row is not None:
        return When(title.row.period.since, Reference("regime", title.row.name))
    return When(title.rule.period.since, Reference("rule", title.rule.name))


def title_window(title: Line, country: Country, day: date) -> Shown:
    """Days in any period, as the row or, where there is none, the rule has them on a day."""
    if title.row is not None:
        return window_of(title.row)
    limit = _limit(title.rule, country, day)
    if isinstance(limit, Unknown):
        return doubts(limit, country)
    if limit is None or limit.in_window is None:
        return Missing("none")
    return Phrase("days_in_window", _figures(title.rule, replace(limit, per_entry=None), day))


def title_limits(title: Line, country: Country, day: date) -> Limits:
    """The limits of days of a title on a day; what its rule says, where it has none."""
    if title.row is not None:
        return Limits(frozenset({title.row.limit}), limit_in_words(title.row))
    limit = _limit(title.rule, country, day)
    if isinstance(limit, Unknown):
        return Limits(frozenset(limit.reasons), doubts(limit, country))
    if limit is None or limit.per_entry is None:
        return Limits(frozenset({title.rule.name}), rule_text(title.rule))
    code = "limit" if limit.in_window is None else "limit_in_window"
    return Limits(frozenset({limit}), Phrase(code, _figures(title.rule, limit, day)))


def _limit(rule: Rule, country: Country, day: date) -> Limit | Unknown | None:
    return limit_on(rule.then, country, day) if isinstance(rule.then, ByLimit) else None


def _figures(rule: Rule, limit: Limit, day: date) -> dict[str, Shown]:
    """The numbers of a limit that a rule names itself, those that it has."""
    numbers = {"per_entry": limit.per_entry, "in_window": limit.in_window, "window": limit.window}
    reference = Reference("rule", rule.name)
    return {
        part: computed(
            f"{reference}#{part}@{day}", value, "days", day.isoformat(), [(reference, rule.basis)], "as_given"
        )
        for part, value in numbers.items()
        if value is not None
    }


# --- rules -----------------------------------------------------------------------------------------------------------


def rule_text(rule: Rule) -> Shown:
    reference = Reference("rule", rule.name)
    return said(reference, rule.text, rule.period.since.text, rule.basis.sources, rule.basis.confidence)


def rule_in_words(rule: Rule) -> Phrase:
    """What a rule says, and its provision."""
    provision = Cited(Reference("provision", str(rule.provision)))
    return Phrase("rule_of_stay", {"text": rule_text(rule), "provision": provision})


# --- the visitor -----------------------------------------------------------------------------------------------------


def visitor_in_words(country: Country) -> Iterator[Phrase]:
    """How the days of a visitor are counted, and what is taken of one who was not asked, of all that the titles ask."""
    yield Phrase("visitor_counted")
    answers = tuple(
        Phrase(
            "question_answered",
            {"question": Quoted(fact.question, Reference("fact", fact.name)), "answer": _answer(fact, country)},
        )
        for fact in _asked_by_titles(country)
        if fact.assume is not None and fact.assume is not False
    )
    if answers:
        yield Phrase("visitor_assumed", {"facts": Several(answers)})


def _asked_by_titles(country: Country) -> Iterator[CaseFact]:
    asked: set[str] = set()
    for rule in country.rules.values():
        if rule.kind is RuleKind.TITLE and rule.condition is not None:
            asked |= names_in(rule.condition)
    return (fact for fact in country.facts.values() if fact.name in asked)


def _answer(fact: CaseFact, country: Country) -> Shown:
    if isinstance(fact.assume, bool):
        return Word("label", "yes" if fact.assume else "no")
    code = str(fact.assume)
    return Word(fact.name, code) if (fact.name, code) in country.codes else Verbatim(f"«{code}»")
