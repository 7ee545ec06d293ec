"""Chapter: how policy changed, counted by theme and direction before and since a year, and the register itself."""

from __future__ import annotations

from datetime import date

from koshiqon.country import Country, Theme
from koshiqon.evidence import Reference
from koshiqon.law.events import PolicyEvent
from koshiqon.review.document import (
    Asked,
    Chapter,
    Chart,
    Cited,
    Figure,
    Line,
    Missing,
    Phrase,
    Points,
    Section,
    Several,
    Shown,
    Span,
    Table,
    When,
    Word,
)
from koshiqon.review.finding import computed
from koshiqon.review.flows import event_as_finding

PIVOT = date(2020, 1, 1)
"""The paper that this laboratory starts from follows the changes since the pandemic: before 2020 and since."""

NEWEST = 2
MUCH_AMENDED = 4
MOST_TOUCHED = 8

DIRECTIONS = {"-1": "less_restrictive", "1": "more_restrictive", "other": "no_direction"}


def events_asked(country: Country, asked: Asked) -> tuple[PolicyEvent, ...]:
    """The changes from `asked.since` to `asked.on` in order of time; one that may have come later than `on` is left
    out.
    """
    return tuple(
        sorted(
            (
                event
                for event in country.events
                if event.dated.latest >= asked.since and event.dated.earliest <= asked.on
            ),
            key=lambda event: (event.dated.earliest, event.dated.latest, event.name),
        )
    )


def direction(event: PolicyEvent) -> str:
    return event.coding.change if event.coding.change in DIRECTIONS else "other"


def count_of(name: str, events: tuple[PolicyEvent, ...], asked: Asked) -> Figure:
    rows = ((Reference("event", event.name), event.basis) for event in events)
    return computed(f"changes.{name}", len(events), "count", asked.on.isoformat(), rows, "count")


def chapter(country: Country, asked: Asked) -> Chapter | None:
    """Counts by theme and direction, act by act, and the register; None where no change falls into the years asked."""
    events = events_asked(country, asked)
    if not events:
        return None
    since = tuple(event for event in events if event.dated.earliest >= PIVOT)
    before = tuple(event for event in events if event.dated.earliest < PIVOT)
    return Chapter(
        "changes",
        opening=(
            Phrase(
                "changes_counted",
                {"all": count_of("all", events, asked), "since": count_of("since", since, asked)},
                count="all",
            ),
            Phrase(
                "changes_directions",
                {
                    "more": count_of("since.1", tuple(event for event in since if direction(event) == "1"), asked),
                    "less": count_of("since.-1", tuple(event for event in since if direction(event) == "-1"), asked),
                    "other": count_of(
                        "since.other", tuple(event for event in since if direction(event) == "other"), asked
                    ),
                },
            ),
            Phrase("changes_caution"),
        ),
        blocks=(_chart(events, asked), _by_theme(country, before, since, asked)),
        sections=(_theme_by_theme(country, events, asked), *_act_by_act(country), *_register(country, events)),
    )


def _by_theme(country: Country, before: tuple[PolicyEvent, ...], since: tuple[PolicyEvent, ...], asked: Asked) -> Table:
    """Themes × (before, since) × direction. An event may belong to more than one theme, so columns do not add up."""
    rows = []
    for theme in country.themes.values():
        cells: list[Shown] = [Word("theme", theme.name)]
        for label, events in (("before", before), ("since", since)):
            own = events_of(theme, events)
            for code in DIRECTIONS:
                cells.append(
                    count_of(
                        f"{theme.name}.{label}.{code}", tuple(event for event in own if direction(event) == code), asked
                    )
                )
        rows.append(tuple(cells))
    columns = tuple(f"{label}_{name}" for label in ("before", "since") for name in DIRECTIONS.values())
    return Table(
        "changes_by_theme",
        Phrase("table_changes_by_theme"),
        ("theme", *columns),
        tuple(rows),
        notes=(Phrase("themes_overlap"),),
    )


def events_of(theme: Theme, events: tuple[PolicyEvent, ...]) -> tuple[PolicyEvent, ...]:
    return tuple(event for event in events if theme.holds_event(event))


def _chart(events: tuple[PolicyEvent, ...], asked: Asked) -> Chart:
    """Changes a year by direction."""
    years = range(events[0].dated.earliest.year, asked.on.year + 1)
    lines = tuple(
        Line(
            Word("direction", name),
            tuple(
                (
                    year,
                    count_of(
                        f"{year}.{code}",
                        tuple(
                            event for event in events if direction(event) == code and event.dated.earliest.year == year
                        ),
                        asked,
                    ).finding,
                )
                for year in years
            ),
        )
        for code, name in DIRECTIONS.items()
    )
    return Chart(
        "changes", "stacked", title=Phrase("chart_changes"), subtitle=Phrase("chart_changes_measured"), lines=lines
    )


def _theme_by_theme(country: Country, events: tuple[PolicyEvent, ...], asked: Asked) -> Section:
    """For each theme, how many changes and which are the newest."""
    points = []
    for theme in country.themes.values():
        own = events_of(theme, events)
        if not own:
            continue
        values: dict[str, Shown] = {
            "all": count_of(f"{theme.name}.all", own, asked),
            "first": _year(own[0]),
            "last": _year(own[-1]),
            "more": count_of(f"{theme.name}.all.1", tuple(event for event in own if direction(event) == "1"), asked),
            "less": count_of(f"{theme.name}.all.-1", tuple(event for event in own if direction(event) == "-1"), asked),
        }
        counted = Phrase("changes_of_theme", values, count="all")
        newest = tuple(
            Phrase(
                "dated", {"day": When(event.dated, Reference("event", event.name)), "change": event_as_finding(event)}
            )
            for event in own[-NEWEST:]
        )
        points.append(
            (Phrase("named", {"name": Word("theme", theme.name)}), counted, Phrase("newest_changes"), *newest)
        )
    return Section("by_theme", (Points(tuple(points)),))


def _act_by_act(country: Country) -> tuple[Section, ...]:
    """The acts that were amended most, each with its amending acts in order."""
    acts = [act for act in country.acts.values() if len(act.amendments) >= MUCH_AMENDED]
    tables = []
    for act in sorted(acts, key=lambda act: -len(act.amendments)):
        rows = tuple(
            (
                When(amendment.adopted, Reference("act", amendment.by)),
                Missing("not_yet_or_unknown")
                if amendment.in_force is None
                else When(amendment.in_force, Reference("act", amendment.by)),
                Cited(Reference("act", amendment.by)),
                Several(
                    tuple(
                        Cited(Reference("provision", f"{act.name}/{path}"), within=True)
                        for path in amendment.touches[:MOST_TOUCHED]
                    )
                )
                if amendment.touches
                else Missing("not_known"),
            )
            for amendment in sorted(act.amendments, key=lambda amendment: (amendment.adopted.earliest, amendment.by))
        )
        sources = tuple(dict.fromkeys(source for amendment in act.amendments for source in amendment.basis.sources))
        title = Phrase("table_amendments", {"act": Cited(Reference("act", act.name))})
        tables.append(
            Table(
                f"amendments-{act.name.replace('/', '-')}",
                title,
                ("adopted", "in_force", "amended_by", "touches"),
                rows,
                sources,
            )
        )
    return (Section("by_act", tuple(tables)),) if tables else ()


def _register(country: Country, events: tuple[PolicyEvent, ...]) -> tuple[Section, ...]:
    """The register: every change with its act, its direction and its sources, a table a decade-part."""
    sections = []
    bounds = [(date.min, date(2010, 12, 31)), (date(2011, 1, 1), date(2019, 12, 31)), (date(2020, 1, 1), date.max)]
    for number, (first, last) in enumerate(bounds, 1):
        own = [event for event in events if first <= event.dated.earliest <= last]
        if own:
            table = Table(
                f"register_{number}",
                Phrase("table_register", {"first": _year(own[0]), "last": _year(own[-1])}),
                ("date", "change", "act", "direction"),
                tuple(_row(country, event) for event in own),
                tuple(dict.fromkeys(source for event in own for source in event.basis.sources)),
            )
            sections.append(Section(f"register_{number}", (table,)))
    return tuple(sections)


def _year(event: PolicyEvent) -> Shown:
    return Span(str(event.dated.earliest.year), Reference("event", event.name))


def _row(country: Country, event: PolicyEvent) -> tuple[Shown, ...]:
    reference = Reference("event", event.name)
    text = event_as_finding(event)
    conflicts = country.conflicts_of((reference,))
    shown: Shown = text
    if conflicts:
        shown = Several((text, Phrase("see_conflict", {"conflict": Cited(Reference("conflict", conflicts[0].name))})))
    act: Shown = Cited(event.instrument) if event.instrument else Missing("none")
    return When(event.dated, reference), shown, act, Word("direction", DIRECTIONS[direction(event)])
