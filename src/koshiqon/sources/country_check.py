"""Faults that no single record shows: citations that lead nowhere, unknown countries, overlaps, one-sided conflicts,
orphans.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from fnmatch import fnmatchcase
from functools import cache
from itertools import combinations
from pathlib import Path

from babel.core import get_global

from koshiqon.country import Country, counted_as
from koshiqon.evidence import OWN_READING, Basis, Gap, Reference
from koshiqon.period import Period
from koshiqon.sources.faults import Fault, fault
from koshiqon.sources.rule_check import codes_of, rule_faults
from koshiqon.trends.series import TOTAL

SLOT = re.compile(r"\{((?:latest|period):[^}]+)\}")
Places = dict[Reference, tuple[str, int]]
Rows = list[tuple[Reference, Basis]]


WITHDRAWN = frozenset({"BUR", "DDR", "FXX", "TMP", "YMD", "ZAR"})
"""Codes of states that are no more, which CLDR still maps to their successors."""


@cache
def iso_countries() -> frozenset[str]:
    """The three-letter codes of ISO 3166-1."""
    return frozenset(_letters())


@cache
def iso_territories() -> frozenset[str]:
    """The two-letter codes of ISO 3166-1."""
    return frozenset(_letters().values())


def _letters() -> dict[str, str]:
    """The codes of two letters by those of three: those that Unicode CLDR maps to a territory that has a number too,
    without the ranges that ISO leaves to its users.
    """
    aliases = {code: targets[0] for code, targets in get_global("territory_aliases").items() if len(targets) == 1}
    numbered = {target for code, target in aliases.items() if code.isdigit()}
    letters = {code: to for code, to in aliases.items() if len(code) == 3 and code.isalpha() and to in numbered}
    return {code: to for code, to in letters.items() if code not in WITHDRAWN and not re.match("AA|Q[M-Z]|X|ZZ", code)}


def cross_faults(country: Country, places: Places, folder: Path) -> list[Fault]:
    """Every fault that shows only when the whole country is seen."""

    def at(reference: Reference, code: str, **values: object) -> Fault:
        file, line = places.get(reference, ("country.yaml", 1))
        return fault(file, line, code, **values)

    rows = list(believed_rows(country))
    checks: tuple[Callable[[], Iterator[Fault]], ...] = (
        lambda: _citations(country, rows, at),
        lambda: _links(country, rows, places, at),
        lambda: _mutual_conflicts(rows, places, at),
        lambda: _areas(country, at),
        lambda: _periods(country, at),
        lambda: _limits(country, at),
        lambda: _words_for_codes(country, at),
        lambda: _figures(country, folder, at),
        lambda: _themes(country, at),
        lambda: _categories(country, at),
        lambda: _counted_by(country, places, at),
        lambda: _layout(country, at),
        lambda: rule_faults(country, places, at),
    )
    return [found for check in checks for found in check()]


At = Callable[..., Fault]


def believed_rows(country: Country) -> Iterator[tuple[Reference, Basis]]:
    """Every row of the country that rests on sources, with its reference."""
    for act in country.acts.values():
        yield Reference("act", act.name), act.basis
        for amendment in act.amendments:
            yield Reference("amendment", f"{act.name} by {amendment.by}"), amendment.basis
        for version in act.provisions:
            yield Reference("provision", f"{version.provision}@{version.period.since.text}"), version.basis
    for parameter in country.parameters.values():
        for value in parameter.values:
            yield Reference("parameter", f"{parameter.name}/{value.period.since.text}/{value.value}"), value.basis
    for kind, rows in (
        ("regime", country.regimes),
        ("abroad", country.abroad),
        ("event", country.events),
        ("observation", country.observations),
    ):
        for row in rows:
            yield Reference(kind, row.name), row.basis
    for kind, named in (
        ("category", country.categories),
        ("practice", country.practice),
        ("office", country.offices),
        ("rule", country.rules),
    ):
        for name, entry in named.items():
            yield Reference(kind, name), entry.basis
    for reading in country.readings.values():
        for option in reading.options:
            yield Reference("reading", f"{reading.name}/{option.name}"), option.basis


def _citations(country: Country, believed: Rows, at: At) -> Iterator[Fault]:
    """Unknown sources, and sources that nothing cites. What we say ourselves is cited by the review."""
    cited = {OWN_READING}
    rows = [(reference, basis.sources) for reference, basis in believed]
    rows += [
        (Reference("conflict", entry.name), side.sources)
        for entry in country.conflicts.values()
        for side in entry.sides
    ]
    rows += [
        (Reference("decision", f"flags/{number}"), flag.sources)
        for number, flag in enumerate(country.decision.flags, 1)
    ]
    rows += [(Reference("term", term.name), term.sources) for term in country.glossary.values()]
    rows += [(reference, gap.basis.sources) for reference, gap in _gaps(country)]
    for reference, sources in rows:
        cited.update(sources)
        for source in sources:
            if source not in country.sources:
                yield at(reference, "source_unknown", source=source)
    for name, listed in country.sources.items():
        if name not in cited and listed.background is None:
            yield at(Reference("source", name), "source_orphan", source=name)
    if OWN_READING not in country.sources:
        yield fault("sources.yaml", 1, "source_unknown", source=OWN_READING)


def _links(country: Country, believed: Rows, places: Places, at: At) -> Iterator[Fault]:
    """References and provisions that lead nowhere."""
    for reference, targets in _references(country, believed):
        for target in targets:
            if target not in places:
                yield at(reference, "reference_unknown", target=target)
    for act in country.acts.values():
        for amendment in act.amendments:
            if amendment.by not in country.acts:
                yield at(
                    Reference("amendment", f"{act.name} by {amendment.by}"),
                    "reference_unknown",
                    target=f"act:{amendment.by}",
                )
    provisions = [(Reference("regime", row.name), row.provision) for row in country.regimes]
    provisions += [
        (Reference("parameter", f"{parameter.name}/{value.period.since.text}/{value.value}"), value.provision)
        for parameter in country.parameters.values()
        for value in parameter.values
    ]
    provisions += [(Reference("rule", rule.name), rule.provision) for rule in country.rules.values()]
    for reference, provision in provisions:
        if provision is not None and Reference("provision", str(provision)) not in places:
            yield at(reference, "provision_unknown", provision=provision)
    remarked = [("regime", row) for row in country.regimes] + [("abroad", row) for row in country.abroad]
    remarked += [("observation", row) for row in country.observations]  # type: ignore[misc]
    for kind, row in remarked:
        if row.remark is not None and row.remark not in country.remarks:
            yield at(Reference(kind, row.name), "reference_unknown", target=f"remark:{row.remark}")


def _references(country: Country, believed: Rows) -> Iterator[tuple[Reference, tuple[Reference, ...]]]:
    for reference, basis in believed:
        if basis.conflicts_with:
            yield reference, basis.conflicts_with
    for event in country.events:
        yield Reference("event", event.name), event.provisions + ((event.instrument,) if event.instrument else ())
    yield Reference("country", country.code), tuple(Reference("event", name) for name in country.milestones)
    for practice in country.practice.values():
        yield Reference("practice", practice.name), practice.departs_from
    for conflict in country.conflicts.values():
        yield (
            Reference("conflict", conflict.name),
            tuple(target for side in conflict.sides for target in side.references),
        )
    for question in country.questions.values():
        yield Reference("question", question.name), question.references
    for reading in country.readings.values():
        for option in reading.options:
            yield Reference("reading", f"{reading.name}/{option.name}"), option.references
    for category in country.categories.values():
        instruments = [entry.instrument for entry in category.legal_basis if entry.instrument]
        if category.overlay and category.overlay.instrument:
            instruments.append(category.overlay.instrument)
        yield Reference("category", category.name), tuple(instruments)
    for reference, gap in _gaps(country):
        yield reference, gap.between


def _gaps(country: Country) -> Iterator[tuple[Reference, Gap]]:
    """Every gap with the row that shows it."""
    named = (("practice", country.practice), ("conflict", country.conflicts), ("question", country.questions))
    for kind, entries in named:
        for name, entry in entries.items():
            if entry.gap is not None:
                yield Reference(kind, name), entry.gap


def _mutual_conflicts(believed: Rows, places: Places, at: At) -> Iterator[Fault]:
    """A row that names another as contradicting it must be named back."""
    named: dict[tuple[str, int], set[tuple[str, int]]] = {}
    rows = [
        (places[reference], reference, basis)
        for reference, basis in believed
        if basis.conflicts_with and reference in places
    ]
    for place, _, basis in rows:
        named.setdefault(place, set()).update(places[target] for target in basis.conflicts_with if target in places)
    for place, reference, basis in rows:
        for target in basis.conflicts_with:
            if target in places and place not in named.get(places[target], set()):
                yield at(reference, "conflict_one_sided", target=target, place=":".join(map(str, places[target])))


def _areas(country: Country, at: At) -> Iterator[Fault]:
    known = iso_countries() | set(country.areas)
    asked = [(Reference("regime", row.name), row.citizenship) for row in country.regimes if row.citizenship != "*"]
    asked += [
        (Reference("abroad", row.name), code)
        for row in country.abroad
        for code in (row.host, row.citizenship)
        if code != "*"
    ]
    asked += [
        (Reference("observation", row.name), code)
        for row in country.observations
        for code in (row.area, row.counterpart)
        if code not in known
    ]
    asked += [(Reference("history", name), history.citizenship) for name, history in country.histories.items()]
    head = Reference("country", country.code)
    asked += [(head, code) for codes in (country.partners, *country.groups.values()) for code in codes]
    for reference, code in asked:
        if code not in known:
            yield at(reference, "area_unknown", area=code)


def _periods(country: Country, at: At) -> Iterator[Fault]:
    """Periods that end before they start, and versions of one thing that overlap without saying so."""
    families: dict[str, list[tuple[Reference, Period, Basis]]] = {}
    for regime in country.regimes:
        families.setdefault(f"regime {regime.citizenship}/{regime.regime}", []).append(
            (Reference("regime", regime.name), regime.period, regime.basis)
        )
    for row in country.abroad:
        families.setdefault(f"abroad {row.host}/{row.citizenship}/{row.regime}", []).append(
            (Reference("abroad", row.name), row.period, row.basis)
        )
    for version in country.provision_versions():
        reference = Reference("provision", f"{version.provision}@{version.period.since.text}")
        families.setdefault(f"provision {version.provision}", []).append((reference, version.period, version.basis))
    for parameter in country.parameters.values():
        for value in parameter.values:
            reference = Reference("parameter", f"{parameter.name}/{value.period.since.text}/{value.value}")
            families.setdefault(f"parameter {parameter.name}", []).append((reference, value.period, value.basis))
    singles = [(Reference("practice", entry.name), entry.period) for entry in country.practice.values()]
    singles += [(Reference("category", entry.name), entry.period) for entry in country.categories.values()]
    singles += [(Reference("rule", entry.name), entry.period) for entry in country.rules.values()]
    singles += [(reference, period) for family in families.values() for reference, period, _ in family]
    for reference, period in singles:
        if period.is_backwards():
            yield at(
                reference, "period_backwards", since=period.since.text, until=period.until.text if period.until else ""
            )
    for family in families.values():
        for (first, early, basis), (second, late, other) in combinations(family, 2):
            if early.surely_overlaps(late) and not _declared(first, basis, second, other):
                yield at(second, "periods_overlap", first=first, second=second)


def _declared(first: Reference, basis: Basis, second: Reference, other: Basis) -> bool:
    """Do two rows name each other as a conflict? A short reference (`parameter:mci/2022-04-01`) names the row it
    begins.
    """

    def names(targets: tuple[Reference, ...], row: Reference) -> bool:
        return any(
            target.kind == row.kind
            and (row.name == target.name or row.name.startswith((f"{target.name}/", f"{target.name}@")))
            for target in targets
        )

    return names(basis.conflicts_with, second) or names(other.conflicts_with, first)


def _limits(country: Country, at: At) -> Iterator[Fault]:
    rows = [("regime", row.name, row.limit) for row in country.regimes] + [
        ("abroad", row.name, row.limit) for row in country.abroad
    ]
    by_calendar_year = {row.name for row in country.abroad if row.window_kind == "calendar_year"}
    for kind, name, limit in rows:
        reference = Reference(kind, name)
        for column, days in (
            ("per_entry_days", limit.per_entry),
            ("days_in_window", limit.in_window),
            ("window_days", limit.window),
        ):
            if days is not None and not 0 <= days <= 3660:
                yield at(reference, "out_of_range", field=column, value=days, low=0, high=3660)
        if (limit.in_window is None) != (limit.window is None) and name not in by_calendar_year:
            yield at(reference, "window_without_days")
        if limit.in_window is not None and limit.window is not None and limit.in_window > limit.window:
            yield at(reference, "out_of_range", field="days_in_window", value=limit.in_window, low=0, high=limit.window)


def _words_for_codes(country: Country, at: At) -> Iterator[Fault]:
    """Codes that no line of codes.yaml, units.yaml or dimensions.yaml puts into words."""
    used: list[tuple[Reference, str, str]] = []
    for event in country.events:
        coding = event.coding
        reference = Reference("event", event.name)
        used += [
            (reference, scheme, code)
            for scheme, code in (("area", event.area), ("group", event.group), ("force", coding.force))
        ]
        used += [
            (reference, scheme, code)
            for scheme, code in (
                ("pol_area", coding.policy_area),
                ("pol_tool", coding.policy_tool),
                ("target_group", coding.target_group),
                ("target_origin", coding.target_origin),
            )
            if code != "not_coded"
        ]
    for regime in country.regimes:
        used += [
            (Reference("regime", regime.name), scheme, code)
            for scheme, code in (("regime", regime.regime), ("basis", regime.legal_ground))
        ]
    for row in country.abroad:
        pairs = (("regime", row.regime), ("basis", row.legal_ground), ("window_kind", row.window_kind))
        used += [(Reference("abroad", row.name), scheme, code) for scheme, code in pairs if code]
    used += [(Reference("category", entry.name), "layer", entry.layer) for entry in country.categories.values()]
    used += [
        (Reference("observation", row.name), scheme, code)
        for row in country.observations
        for key, value in row.dimensions
        for scheme, code in (("dimension", key), (f"dimension:{key}", value))
    ]
    used += [(reference, "confidence", basis.confidence) for reference, basis in believed_rows(country)]
    used += [(Reference("source", source.name), "source_kind", source.kind) for source in country.sources.values()]
    used += [
        (Reference("indicator", indicator.name), "unit", indicator.unit) for indicator in country.indicators.values()
    ]
    used += [
        (Reference("rule", rule.name), scheme, code)
        for rule in country.rules.values()
        for scheme, code in codes_of(rule.then)
    ]
    used += [
        (Reference("history", name), "paper", kind)
        for name, history in country.histories.items()
        for kind, _, _ in history.permits
    ]
    seen: set[tuple[str, str]] = set()
    for reference, scheme, code in used:
        if (scheme, code) not in country.codes and (scheme, code) not in seen:
            seen.add((scheme, code))
            yield at(reference, "code_without_words", scheme=scheme, value=code)


def _figures(country: Country, folder: Path, at: At) -> Iterator[Fault]:
    """Observations of no indicator or in another unit; files that the datapackage does not name, and the reverse."""
    for row in country.observations:
        indicator = country.indicators.get(row.indicator)
        if indicator is None:
            yield at(Reference("observation", row.name), "reference_unknown", target=f"indicator:{row.indicator}")
        elif indicator.unit != row.unit:
            yield at(
                Reference("observation", row.name),
                "unit_differs",
                value=row.unit,
                wanted=indicator.unit,
                indicator=row.indicator,
            )
    observed = {row.indicator for row in country.observations}
    for name in country.indicators:
        if name not in observed:
            yield at(Reference("indicator", name), "indicator_without_figures", indicator=name)
    named = {entry.path for entry in country.data_sets}
    present = {path.name for path in (folder / "series").glob("*.csv")}
    for name in sorted(named ^ present):
        yield fault("series/datapackage.json", 1, "resource_unmatched", path=name)


def _themes(country: Country, at: At) -> Iterator[Fault]:
    """Themes that select nothing or something unknown; events, indicators and categories of no theme."""
    provisions = [version.provision for version in country.provision_versions()]
    for theme in country.themes.values():
        here = Reference("theme", theme.name)
        for scope in theme.law:
            if scope not in country.acts and not any(provision.lies_within(scope) for provision in provisions):
                yield at(here, "theme_selects_nothing", part="law", value=scope)
        for pattern in theme.series:
            if not any(fnmatchcase(name, pattern) for name in country.indicators):
                yield at(here, "theme_selects_nothing", part="series", value=pattern)
        for part, chosen, present in (
            ("events.areas", theme.event_areas, {event.area for event in country.events}),
            ("events.groups", theme.event_groups, {event.group for event in country.events}),
            ("events.ids", theme.event_names, {event.name for event in country.events}),
            ("categories", theme.categories, set(country.categories)),
        ):
            for value in chosen:
                if value not in present:
                    yield at(here, "theme_selects_nothing", part=part, value=value)
    if not country.themes:
        return
    themes = tuple(country.themes.values())
    for event in country.events:
        if not any(theme.holds_event(event) for theme in themes):
            yield at(Reference("event", event.name), "without_theme", name=event.name)
    for name in country.indicators:
        if not any(theme.holds_indicator(name) for theme in themes):
            yield at(Reference("indicator", name), "without_theme", name=name)
    for name in country.categories:
        if not any(name in theme.categories for theme in themes):
            yield at(Reference("category", name), "without_theme", name=name)


def _categories(country: Country, at: At) -> Iterator[Fault]:
    for category in country.categories.values():
        for test in category.tests:
            if test.fact not in country.facts:
                yield at(Reference("category", category.name), "reference_unknown", target=f"fact:{test.fact}")
    for step in country.decision.steps:
        leads_to = step.yes + (step.no if isinstance(step.no, tuple) else ())
        for name in leads_to:
            if name not in country.categories:
                yield at(Reference("decision", f"steps/{step.number}"), "reference_unknown", target=f"category:{name}")
        if isinstance(step.no, int) and step.no not in {other.number for other in country.decision.steps}:
            yield at(
                Reference("decision", f"steps/{step.number}"), "reference_unknown", target=f"decision:steps/{step.no}"
            )
    for number, overlay in enumerate(country.decision.overlays, 1):
        for name in overlay.categories:
            if name not in country.categories:
                yield at(Reference("decision", f"overlays/{number}"), "reference_unknown", target=f"category:{name}")


def _counted_by(country: Country, places: Places, at: At) -> Iterator[Fault]:
    """Categories counted by an indicator that is not there, or none of whose figures has these dimensions. That an
    indicator has no figure at all is told of the indicator.
    """
    asked = [(category.name, series) for category in country.categories.values() for series in category.counted_by]
    wanted = {series.indicator for _, series in asked}
    present = {counted_as(row) for row in country.observations if row.indicator in wanted}
    observed = {series.indicator for series in present if series is not None}
    for name, series in asked:
        here, indicator = Reference("category", name), Reference("indicator", series.indicator)
        if indicator not in places:
            yield at(here, "reference_unknown", target=indicator)
        elif series.indicator in observed and series not in present:
            dimensions = ";".join(f"{key}={value}" for key, value in series.dimensions)
            target = f"observation:{series.indicator}/{series.counterpart}/{TOTAL}/{TOTAL}/…/{dimensions}"
            yield at(here, "reference_unknown", target=target)


def _layout(country: Country, at: At) -> Iterator[Fault]:
    """Chapters of figures that name unknown indicators or themes, or whose sentences have other slots in another
    language.
    """
    for chapter in country.figure_chapters:
        here = Reference("chapter", chapter.name)
        for theme in chapter.themes:
            if theme not in country.themes:
                yield at(here, "reference_unknown", target=f"theme:{theme}")
        for name in dict.fromkeys(name for shown in chapter.shown for name in shown.indicators):
            if name not in country.indicators:
                yield at(here, "reference_unknown", target=f"indicator:{name}")
        for sentence in chapter.opening:
            slots = {language: sorted(SLOT.findall(words)) for language, words in sentence.by_language.items()}
            if len({tuple(found) for found in slots.values()}) > 1:
                yield at(
                    here,
                    "slots_differ",
                    slots="; ".join(f"{code}: {', '.join(found)}" for code, found in slots.items()),
                )
            for slot in {slot for found in slots.values() for slot in found}:
                name = slot.partition(":")[2].partition("@")[0]
                if name not in country.indicators:
                    yield at(here, "reference_unknown", target=f"indicator:{name}")
