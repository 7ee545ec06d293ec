"""Chapters on attention: what each theme gets in law, figures and open questions; where law and practice part; the
experts' place.
"""

from __future__ import annotations

from koshiqon.country import Country, Theme
from koshiqon.evidence import OWN_READING, Basis, Confidence, Practice, Reference, is_abroad
from koshiqon.review.changes import PIVOT, count_of, events_asked, events_of
from koshiqon.review.document import (
    Asked,
    Chapter,
    Cited,
    Figure,
    Missing,
    Phrase,
    Section,
    Several,
    Shown,
    Table,
    When,
    Word,
)
from koshiqon.review.finding import computed, of_observations, said
from koshiqon.trends.series import TOTAL, Observation


def chapter(country: Country, asked: Asked) -> Chapter | None:
    """Themes × (changes before and since, provisions, series, years of data, years split by sex, conflicts,
    questions).
    """
    if not country.themes:
        return None
    events = events_asked(country, asked)
    since = tuple(event for event in events if event.dated.earliest >= PIVOT)
    rows, opening = [], []
    for theme in country.themes.values():
        counted = {name for name in country.indicators if theme.holds_indicator(name)}
        series = tuple(row for row in country.observations if row.indicator in counted and _asked(row, asked))
        by_sex = tuple(row for row in series if row.sex != TOTAL)
        provisions = [version for version in country.provision_versions() if theme.holds_provision(version.provision)]
        rows.append(
            (
                Word("theme", theme.name),
                count_of(f"{theme.name}.all", events_of(theme, events), asked),
                count_of(f"{theme.name}.since", events_of(theme, since), asked),
                _number(
                    f"provisions.{theme.name}",
                    {str(version.provision) for version in provisions},
                    tuple((Reference("provision", str(version.provision)), version.basis) for version in provisions),
                    asked,
                ),
                _number(f"series.{theme.name}", {row.indicator for row in series}, of_observations(series[:1]), asked),
                _number(f"years.{theme.name}", {row.period[:4] for row in series}, of_observations(series[:1]), asked),
                _number(
                    f"years_by_sex.{theme.name}", {row.period[:4] for row in by_sex}, of_observations(by_sex[:1]), asked
                ),
                _questions(country, theme, asked),
            )
        )
    fewest = min(rows, key=lambda row: _value(row[1]))
    blind = [row for row in rows if _value(row[6]) == 0]
    opening.append(Phrase("attention_fewest", {"theme": fewest[0], "changes": fewest[1]}, count="changes"))
    if blind:
        number = computed(
            "themes_without_sex", len(blind), "count", asked.on.isoformat(), _own("theme", country.themes), "count"
        )
        opening.append(
            Phrase(
                "attention_sex", {"number": number, "themes": Several(tuple(row[0] for row in blind))}, count="number"
            )
        )
    opening.append(Phrase("attention_caution"))
    columns = ("theme", "changes_all", "changes_since", "provisions", "series", "years", "years_by_sex", "questions")
    table = Table("attention", Phrase("table_attention"), columns, tuple(rows), notes=(Phrase("themes_overlap"),))
    return Chapter("attention", tuple(opening), (table,), themes=tuple(country.themes))


def _asked(row: Observation, asked: Asked) -> bool:
    return asked.since.year <= int(row.period[:4]) <= asked.on.year


def _value(shown: Shown) -> float:
    assert isinstance(shown, Figure) and isinstance(shown.finding.value, int | float)
    return shown.finding.value


def _number(name: str, distinct: set[str], rows: tuple[tuple[Reference, Basis], ...], asked: Asked) -> Figure:
    """How many distinct things there are; resting on our own reading where there are none."""
    return computed(
        f"attention.{name}",
        len(distinct),
        "count",
        asked.on.isoformat(),
        rows or _own("theme", {name: None}),
        "count_distinct",
    )


def _own(kind: str, names: object) -> tuple[tuple[Reference, Basis], ...]:
    own = Basis((OWN_READING,), Confidence.HIGH)
    assert isinstance(names, dict)
    return tuple((Reference(kind, name), own) for name in names)


def _questions(country: Country, theme: Theme, asked: Asked) -> Figure:
    """Open questions that refer to a provision, event, figure or category of the theme."""
    events = {event.name: event for event in country.events}

    def belongs(reference: Reference) -> bool:
        match reference.kind:
            case "event":
                return reference.name in events and theme.holds_event(events[reference.name])
            case "indicator" | "observation":
                return theme.holds_indicator(reference.name.split("/")[0])
            case "category":
                return reference.name in theme.categories
            case "provision" | "act":
                return any(f"{reference.name}/".startswith(f"{scope}/") for scope in theme.law)
            case "regime":
                return "entry_stay" in theme.event_areas
        return False

    own = {
        name: None for name, entry in country.questions.items() if any(belongs(target) for target in entry.references)
    }
    rows = _own("question", own) or _own("theme", {theme.name: None})
    return computed(f"attention.questions.{theme.name}", len(own), "count", asked.on.isoformat(), rows, "count")


def practice_chapter(country: Country, asked: Asked) -> Chapter | None:
    """Where practice is not what a provision says, and what is done where no provision says it, as of the day asked
    or before.
    """
    held = [entry for entry in country.practice.values() if entry.period.since.earliest <= asked.on]
    if not held:
        return None
    parting = [entry for entry in held if entry.departs_from]
    rows = _own("practice", {entry.name: None for entry in held})
    numbers: dict[str, Shown] = {
        "all": computed("count.practice", len(held), "count", asked.on.isoformat(), rows, "count"),
        "parting": computed(
            "count.practice_parting",
            len(parting),
            "count",
            asked.on.isoformat(),
            _own("practice", {entry.name: None for entry in parting}),
            "count",
        ),
    }
    tables = {
        "practice_parting": [entry for entry in parting if not is_abroad(entry.departs_from)],
        "practice_only": [entry for entry in held if not entry.departs_from],
        "practice_abroad": [entry for entry in parting if is_abroad(entry.departs_from)],
    }
    sections = [Section(name, (_practice_table(name, entries),)) for name, entries in tables.items() if entries]
    return Chapter("practice", (Phrase("practice_counted", numbers, count="all"),), sections=tuple(sections))


def _practice_table(name: str, entries: list[Practice]) -> Table:
    rows = tuple(
        (_period(entry), _statement(entry), _departs(entry), Word("confidence", entry.basis.confidence))
        for entry in sorted(entries, key=lambda entry: (entry.period.since.earliest, entry.name))
    )
    sources = tuple(dict.fromkeys(source for entry in entries for source in entry.basis.sources))
    return Table(
        name, Phrase(f"table_{name}"), ("since", "what_is_done", "law_says_otherwise", "confidence"), rows, sources
    )


def _statement(entry: Practice) -> Shown:
    reference = Reference("practice", entry.name)
    return said(reference, entry.text, entry.period.since.text, entry.basis.sources, entry.basis.confidence)


def _period(entry: Practice) -> Shown:
    reference = Reference("practice", entry.name)
    since = When(entry.period.since, reference)
    return (
        Phrase("until", {"since": since, "until": When(entry.period.until, reference)}) if entry.period.until else since
    )


def _departs(entry: Practice) -> Shown:
    cited = tuple(Cited(target) for target in entry.departs_from if target.kind in ("provision", "act"))
    return Several(cited) if cited else Missing("none")


def experts_chapter() -> Chapter:
    """Says plainly that no panel has been asked: this edition holds no expert's judgement."""
    return Chapter("experts", (Phrase("experts_none"), Phrase("experts_direction")))


def glossary_chapter(country: Country) -> Chapter | None:
    """The words of the field as the country uses them."""
    if not country.glossary:
        return None
    rows = tuple(
        (
            said(Reference("term", term.name), term.word, "", term.sources, Confidence.MEDIUM),
            said(Reference("term", f"{term.name}/means"), term.means, "", term.sources, Confidence.MEDIUM),
        )
        for term in country.glossary.values()
    )
    sources = tuple(dict.fromkeys(source for term in country.glossary.values() for source in term.sources))
    return Chapter("glossary", (), (Table("glossary", Phrase("table_glossary"), ("word", "meaning"), rows, sources),))
