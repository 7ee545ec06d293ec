"""Chapter: the categories of migrants by the rules of the day: who belongs, what follows, how many people are counted,
the gaps between acts, and what changed since 2020.
"""

from __future__ import annotations

from koshiqon.country import Country
from koshiqon.evidence import Reference
from koshiqon.review.belonging import Versions, changes_of, changes_table, of_the_day, versions_of, who_belongs
from koshiqon.review.document import Asked, Block, Chapter, Figure, Phrase, Section, Word
from koshiqon.review.finding import computed
from koshiqon.review.following import following, what_follows
from koshiqon.review.gaps import count_of_gaps, gaps_of, gaps_section
from koshiqon.review.people_counted import people_counted
from koshiqon.rules.categories import Category
from koshiqon.rules.rule import Belongs

LAYERS = ("statute", "treaty", "unhcr", "policy", "analytic")


def chapter(country: Country, asked: Asked) -> Chapter | None:
    """Two tables a layer (who belongs, what follows), then people, gaps and changes; None where the country has no
    categories.
    """
    held = [entry for entry in country.categories.values() if entry.period.contains(asked.on) is not False]
    if not held:
        return None
    versions = versions_of(country)
    told = gaps_of(country, asked)
    changes = changes_of(versions, asked)
    sections = [*_layers(country, held, versions, asked)]
    people = people_counted(country, held, asked)
    gaps = gaps_section(told, asked)
    changed = Section("category_changes", (changes_table(changes, country),)) if changes else None
    sections += [section for section in (people, gaps, changed) if section is not None]
    opening = [Phrase("categories_counted", dict(_numbers(held, asked)), count="all")]
    opening += _by_rules(held, versions, asked)
    if changes:
        rests_on = [(Reference("rule", rule.name), rule.basis) for _, rule, _ in changes]
        touched = {rule.then.category for _, rule, _ in changes if isinstance(rule.then, Belongs)}
        number = computed("categories.changed", len(touched), "count", asked.on.isoformat(), rests_on, "count_distinct")
        opening.append(Phrase("categories_changed", {"number": number}, count="number"))
    if told:
        opening.append(Phrase("gaps_counted", {"number": count_of_gaps(told, asked)}, count="number"))
    return Chapter("categories", (*opening, Phrase("categories_caution")), sections=tuple(sections))


def _numbers(held: list[Category], asked: Asked) -> dict[str, Figure]:
    by_law = [entry for entry in held if entry.layer in ("statute", "treaty")]
    left_open = [entry for entry in held if any(part.kind == "open_point" for part in entry.statements)]
    return {
        "all": _count("categories", held, asked),
        "statute": _count("categories.statute", by_law, asked),
        "open": _count("categories.open", left_open, asked),
    }


def _by_rules(held: list[Category], versions: Versions, asked: Asked) -> list[Phrase]:
    """Of how many no rule of the day says who belongs; nothing where there is one for each."""
    without = [entry for entry in held if not of_the_day(versions[entry.name], asked.on)]
    if not without:
        return []
    number = _count("categories.without_rule", without, asked)
    return [Phrase("categories_without_rule", {"number": number}, count="number")]


def _count(name: str, entries: list[Category], asked: Asked) -> Figure:
    rows = [(Reference("category", entry.name), entry.basis) for entry in entries]
    return computed(f"count.{name}", len(entries), "count", asked.on.isoformat(), rows, "count")


def _layers(country: Country, held: list[Category], versions: Versions, asked: Asked) -> list[Section]:
    told = following(country, asked.on)
    sections: list[Section] = []
    for layer in LAYERS:
        own = [entry for entry in held if entry.layer == layer]
        if own:
            follows = what_follows(layer, own, told, country, asked, explained=bool(sections))
            blocks: list[Block] = [who_belongs(layer, own, versions, asked)]
            blocks += [follows] if follows is not None else []
            sections.append(Section(f"layer_{layer}", tuple(blocks), title=Word("layer", layer)))
    return sections
