"""What follows from a category by the rules of the day asked: what one may do, what one and others must, and the terms
in their legal units.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from koshiqon.country import Country
from koshiqon.evidence import Basis, Reference
from koshiqon.review.belonging import name_of
from koshiqon.review.document import Asked, Missing, Phrase, Several, Shown, Table, Word
from koshiqon.review.doubts import doubts
from koshiqon.review.finding import computed
from koshiqon.rules import expression as tree
from koshiqon.rules.categories import Category
from koshiqon.rules.expression import Condition, Duration, Unit
from koshiqon.rules.judging import Unknown
from koshiqon.rules.rule import May, Must, ParameterName, Quantity, Rule
from koshiqon.stay.matter import quantity_on

MEASURE = "category."
"""What a condition calls a category by."""

PERSON = "person"
"""Whose duties are one's own."""


@dataclass(frozen=True, slots=True)
class Follows:
    """A right or duty of a category; `surely`: of everybody who belongs to it, else under further conditions."""

    rule: Rule
    surely: bool


Following = Mapping[str, tuple[Follows, ...]]
"""The rights and duties of each category, by its name."""


def following(country: Country, day: date) -> Following:
    """The rights and duties in force on a day whose condition names a category, those of everybody in it first. A
    rule that is believed only under a reading which is not the default is left out.
    """
    found: dict[str, list[Follows]] = {name: [] for name in country.categories}
    for rule in country.rules.values():
        if isinstance(rule.then, May | Must) and rule.condition is not None and _holds(rule, country, day):
            for name in dict.fromkeys(_named(rule.condition, wanted=True)):
                found[name].append(Follows(rule, _suffices(rule.condition, name)))
    return {name: tuple(sorted(told, key=lambda one: not one.surely)) for name, told in found.items()}


def _holds(rule: Rule, country: Country, day: date) -> bool:
    taken = all(country.readings[name].default == option for name, option in rule.under.items())
    return taken and rule.period.contains(day) is not False


def _named(condition: Condition, wanted: bool) -> Iterator[str]:
    """The categories that a condition asks for, and not those that it rules out."""
    match condition:
        case tree.Not(part):
            yield from _named(part, not wanted)
        case tree.And(parts) | tree.Or(parts):
            for part in parts:
                yield from _named(part, wanted)
        case tree.Measure(name) if wanted and name.startswith(MEASURE):
            yield name.removeprefix(MEASURE)


def _suffices(condition: Condition, category: str) -> bool:
    """Does the condition hold for everybody in the category, whatever else is the case?"""
    match condition:
        case tree.And(parts):
            return all(_suffices(part, category) for part in parts)
        case tree.Or(parts):
            return any(_suffices(part, category) for part in parts)
        case tree.Measure(name):
            return name == f"{MEASURE}{category}"
    return False


# --- the table -------------------------------------------------------------------------------------------------------


def what_follows(
    layer: str, entries: list[Category], told: Following, country: Country, asked: Asked, *, explained: bool
) -> Table | None:
    """One row a category that anything follows from; None where nothing does. A note names the other categories.
    `explained`: a table before this one says what is counted as following.
    """
    held = [entry for entry in entries if told[entry.name]]
    if not held:
        return None
    used = [one for entry in held for one in told[entry.name]]
    rests_on = tuple(dict.fromkeys(source for one in used for source in one.rule.basis.sources))
    without = tuple(name_of(entry) for entry in entries if not told[entry.name])
    notes = [] if explained else [Phrase("following_named")]
    if not all(one.surely for one in used):
        notes.append(Phrase("following_conditions"))
    if without:
        notes.append(Phrase("following_none", {"categories": Several(without)}))
    return Table(
        f"following_{layer}",
        Phrase("table_following", {"layer": Word("layer", layer)}),
        ("category", "rights", "duties"),
        tuple((name_of(entry), *_cells(told[entry.name], country, asked.on)) for entry in held),
        rests_on,
        tuple(notes),
    )


def _cells(told: tuple[Follows, ...], country: Country, day: date) -> tuple[Shown, Shown]:
    """What one may; what one must, and then what others must."""
    may = [one for one in told if isinstance(one.rule.then, May)]
    must = [one for one in told if isinstance(one.rule.then, Must)]
    must.sort(key=lambda one: isinstance(one.rule.then, Must) and one.rule.then.by != PERSON)
    return _cell(may, country, day), _cell(must, country, day)


def _cell(told: list[Follows], country: Country, day: date) -> Shown:
    """Each once: two rules may give one right."""
    shown: list[Shown] = []
    for one in told:
        words = _in_words(one, country, day)
        if words not in shown:
            shown.append(words)
    return Several(tuple(shown)) if shown else Missing("none")


def _in_words(one: Follows, country: Country, day: date) -> Shown:
    """The right or duty by its code, with whose it is where not the person's, its term, and the sign of conditions."""
    then = one.rule.then
    assert isinstance(then, May | Must)
    if isinstance(then, May):
        shown: Shown = Word("right", then.right)
    elif then.by == PERSON:
        shown = Word("duty", then.do)
    else:
        shown = Phrase("others_duty", {"who": Word("obliged", then.by), "duty": Word("duty", then.do)})
    term = term_in_words(one.rule, country, day)
    differ = Word("label", "sources_differ") if one.rule.basis.conflicts_with else None
    told = tuple(part for part in (term, differ) if part is not None)
    if told:
        shown = Phrase("with_term", {"what": shown, "term": Several(told)})
    return shown if one.surely else Phrase("on_conditions", {"what": shown})


# --- terms -----------------------------------------------------------------------------------------------------------


def term_in_words(rule: Rule, country: Country, day: date) -> Shown | None:
    """The term of a right or duty in its legal unit, as the law of a day has it; None where the rule sets none."""
    assert isinstance(rule.then, May | Must)
    quantity = rule.then.within if isinstance(rule.then, Must) else rule.then.term
    if quantity is None:
        return None
    length = quantity_on(quantity, country, day)
    if isinstance(length, Unknown):
        return doubts(length, country)
    assert isinstance(length, int | Duration)
    term = Duration(length, Unit.DAYS) if isinstance(length, int) else length
    if term.amount == 0:
        return Word("label", "on_that_day")
    rests_on = [(Reference("rule", rule.name), rule.basis), *_sets(quantity, country, day)]
    how = "as_given" if len(rests_on) == 1 else "term_of_rule"
    name = f"rule:{rule.name}#term@{day}"
    number = computed(name, term.amount, term.unit, day.isoformat(), rests_on, how)
    told = Phrase(f"term_{term.unit}", {"n": number}, count="n")
    is_back = isinstance(rule.then, Must) and rule.then.before
    return Phrase("term_before", {"term": told}) if is_back else told


def _sets(quantity: Quantity, country: Country, day: date) -> Iterator[tuple[Reference, Basis]]:
    """The value of the parameter that a rule leaves the number to."""
    if isinstance(quantity, ParameterName):
        for value in country.parameters[quantity.name].on(day):
            name = f"{quantity.name}/{value.period.since.text}/{value.value}"
            yield Reference("parameter", name), value.basis
