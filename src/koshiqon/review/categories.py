"""Chapter: the categories of migrants in short: what each rests on, since when, and the terms that bind."""

from __future__ import annotations

from koshiqon.country import Country
from koshiqon.evidence import Reference
from koshiqon.review.document import (
    Asked,
    Chapter,
    Cited,
    Figure,
    Missing,
    Phrase,
    Said,
    Section,
    Several,
    Shown,
    Table,
    When,
    Word,
)
from koshiqon.review.finding import computed, said
from koshiqon.rules.categories import Category

LAYERS = ("statute", "treaty", "unhcr", "policy", "analytic")
MOST_TERMS = 4


def chapter(country: Country, asked: Asked) -> Chapter | None:
    """A table a layer: category, legal basis, since when, terms; None where the country has no categories."""
    held = [entry for entry in country.categories.values() if entry.period.contains(asked.on) is not False]
    if not held:
        return None
    numbers = {
        "all": _count("categories", held, asked),
        "statute": _count(
            "categories.statute", [entry for entry in held if entry.layer in ("statute", "treaty")], asked
        ),
        "open": _count(
            "categories.open",
            [entry for entry in held if any(part.kind == "open_point" for part in entry.statements)],
            asked,
        ),
    }
    sections = []
    for layer in LAYERS:
        own = [entry for entry in held if entry.layer == layer]
        if own:
            sections.append(Section(f"layer_{layer}", (_table(layer, own),), title=Word("layer", layer)))
    opening = (Phrase("categories_counted", dict(numbers), count="all"), Phrase("categories_caution"))
    return Chapter("categories", opening, sections=tuple(sections))


def _count(name: str, entries: list[Category], asked: Asked) -> Figure:
    rows = [(Reference("category", entry.name), entry.basis) for entry in entries]
    return computed(f"count.{name}", len(entries), "count", asked.on.isoformat(), rows, "count")


def _table(layer: str, entries: list[Category]) -> Table:
    sources = tuple(dict.fromkeys(source for entry in entries for source in entry.basis.sources))
    rows = tuple(_row(entry) for entry in entries)
    title = Phrase("table_categories", {"layer": Word("layer", layer)})
    return Table(f"categories_{layer}", title, ("category", "rests_on", "since", "terms"), rows, sources)


def _row(entry: Category) -> tuple[Shown, ...]:
    reference = Reference("category", entry.name)
    name = said(reference, entry.title, entry.period.since.text, entry.basis.sources, entry.basis.confidence)
    bases: list[Shown] = []
    for number, basis in enumerate(entry.legal_basis, 1):
        where = said(
            Reference("category", f"{entry.name}/basis-{number}"),
            basis.where,
            "",
            entry.basis.sources,
            entry.basis.confidence,
        )
        bases.append(Several((Cited(basis.instrument), where)) if basis.instrument else where)
    terms: list[Shown] = [_term(entry, number) for number in range(min(len(entry.terms), MOST_TERMS))]
    return (
        name,
        Several(tuple(bases)) if bases else Missing("none"),
        When(entry.period.since, reference),
        Several(tuple(terms)) if terms else Missing("none"),
    )


def _term(entry: Category, number: int) -> Said:
    term = entry.terms[number]
    return said(
        Reference("category", f"{entry.name}/{term.name}"), term.text, "", entry.basis.sources, entry.basis.confidence
    )
