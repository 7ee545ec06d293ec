"""Who belongs to a category of migrants by the rule of the day asked, and how these rules changed since 2020."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from koshiqon.country import Country
from koshiqon.evidence import Reference
from koshiqon.period import PartialDate
from koshiqon.review.changes import PIVOT
from koshiqon.review.document import Asked, Cited, Missing, Phrase, Said, Several, Shown, Table, When, Word
from koshiqon.review.finding import said
from koshiqon.review.title_words import rule_text
from koshiqon.rules.categories import Category
from koshiqon.rules.rule import Belongs, Rule

Versions = Mapping[str, tuple[Rule, ...]]
"""The rules that say who belongs to each category, all versions in the order of the files, by category."""

Change = tuple[date, Rule, str]
"""A day, the rule that began or ended on it, and what that is: `new`, `wording` or `ended`."""


def versions_of(country: Country) -> Versions:
    """Every category with its rules; with none where nobody wrote down who belongs to it."""
    found: dict[str, list[Rule]] = {name: [] for name in country.categories}
    for rule in country.rules.values():
        if isinstance(rule.then, Belongs):
            found[rule.then.category].append(rule)
    return {name: tuple(rules) for name, rules in found.items()}


def of_the_day(rules: Iterable[Rule], day: date) -> tuple[Rule, ...]:
    """The versions that hold, or may hold, on a day."""
    return tuple(rule for rule in rules if rule.period.contains(day) is not False)


def before(rule: Rule, rules: Iterable[Rule]) -> Rule | None:
    """The version whose end is the beginning of this one."""
    since = rule.period.since
    for other in rules:
        until = other.period.until
        met = until is not None and until.earliest <= since.latest and until.latest >= since.earliest
        if met and other.name != rule.name and not since.is_unknown:
            return other
    return None


# --- who belongs -----------------------------------------------------------------------------------------------------


def who_belongs(layer: str, entries: list[Category], versions: Versions, asked: Asked) -> Table:
    """One row a rule of the day: category, what the rule asks, its provision, since when it reads so."""
    rows = [row for entry in entries for row in _rows(entry, versions[entry.name], asked)]
    live = [rule for entry in entries for rule in of_the_day(versions[entry.name], asked.on)]
    bases = [*(rule.basis for rule in live), *(entry.basis for entry in entries)]
    title = Phrase("table_belonging", {"layer": Word("layer", layer)})
    sources = tuple(dict.fromkeys(source for basis in bases for source in basis.sources))
    return Table(
        f"belonging_{layer}", title, ("category", "who_belongs", "rests_on", "worded_since"), tuple(rows), sources
    )


def _rows(entry: Category, rules: tuple[Rule, ...], asked: Asked) -> Iterator[tuple[Shown, ...]]:
    live = of_the_day(rules, asked.on)
    if not live:
        yield name_of(entry), Missing("no_rule_of_the_day"), _bases(entry), Missing("none")
    for rule in live:
        provision = Cited(Reference("provision", str(rule.provision)))
        yield name_of(entry), rule_text(rule), provision, _since(rule, rules, asked)


def name_of(entry: Category) -> Said:
    reference = Reference("category", entry.name)
    return said(reference, entry.title, entry.period.since.text, entry.basis.sources, entry.basis.confidence)


def _bases(entry: Category) -> Shown:
    """What the category itself says that it rests on, where no rule does."""
    bases: list[Shown] = []
    for number, basis in enumerate(entry.legal_basis, 1):
        reference = Reference("category", f"{entry.name}/basis-{number}")
        where = said(reference, basis.where, "", entry.basis.sources, entry.basis.confidence)
        bases.append(Several((Cited(basis.instrument), where)) if basis.instrument else where)
    return Several(tuple(bases)) if bases else Missing("none")


def _since(rule: Rule, rules: tuple[Rule, ...], asked: Asked) -> Shown:
    """Since when the rule reads so; until when another wording held, where that ended since 2020."""
    reference = Reference("rule", rule.name)
    shown: Shown = When(rule.period.since, reference)
    if rule.period.until is not None:
        shown = Phrase("until", {"since": shown, "until": When(rule.period.until, reference)})
    if rule.period.contains(asked.on) is None:
        shown = Several((shown, Word("label", "start_not_known")))
    earlier = before(rule, rules)
    if earlier is not None and earlier.period.until is not None and earlier.period.until.latest >= PIVOT:
        until = When(earlier.period.until, Reference("rule", earlier.name))
        return Phrase("worded_otherwise", {"since": shown, "until": until})
    return shown


# --- what changed ----------------------------------------------------------------------------------------------------


def changes_of(versions: Versions, asked: Asked) -> tuple[Change, ...]:
    """The rules of belonging that began, or ended with none after them, from 2020 (or the look back) to the day
    asked, in order of time.
    """
    first = max(PIVOT, asked.since)
    found: list[Change] = []
    for rules in versions.values():
        followed = {earlier.name for rule in rules if (earlier := before(rule, rules)) is not None}
        for rule in rules:
            if first <= _day(rule.period.since) <= asked.on:
                found.append((_day(rule.period.since), rule, "wording" if before(rule, rules) else "new"))
            until = rule.period.until
            if until is not None and rule.name not in followed and first <= _day(until) <= asked.on:
                found.append((_day(until), rule, "ended"))
    return tuple(sorted(found, key=lambda change: (change[0], change[1].name)))


def _day(when: PartialDate) -> date:
    """The first day on which a date known in part has surely come."""
    return when.latest


def changes_table(changes: tuple[Change, ...], country: Country) -> Table:
    """One row a change: day and what happened, category, what the rule says, its provision."""
    rows = []
    for _, rule, kind in changes:
        assert isinstance(rule.then, Belongs)
        when = rule.period.until if kind == "ended" and rule.period.until is not None else rule.period.since
        rows.append(
            (
                Phrase("dated", {"day": When(when, Reference("rule", rule.name)), "change": Word("rule_change", kind)}),
                name_of(country.categories[rule.then.category]),
                rule_text(rule),
                Cited(Reference("provision", str(rule.provision))),
            )
        )
    sources = tuple(dict.fromkeys(source for _, rule, _ in changes for source in rule.basis.sources))
    columns = ("date", "category", "rule_says", "rests_on")
    return Table("belonging_changes", Phrase("table_belonging_changes"), columns, tuple(rows), sources)
