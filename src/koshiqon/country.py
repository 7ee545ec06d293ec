"""A country: all its typed parts together, read by an edge and asked by everybody else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fnmatch import fnmatchcase

from koshiqon.evidence import Basis, Conflict, Practice, ProvisionId, Question, Reference, Source
from koshiqon.language import Text
from koshiqon.law.acts import Act, Parameter, ParameterValue, ProvisionVersion
from koshiqon.law.events import PolicyEvent
from koshiqon.law.regimes import Regime, RegimeAbroad, regimes_on
from koshiqon.period import PartialDate
from koshiqon.rules.categories import CaseFact, Category, CountedBy, Decision
from koshiqon.rules.judging import AddWorkingDays, ReasonKind, Unknown, unknown
from koshiqon.rules.rule import OpenReading, Rule
from koshiqon.trends.series import TOTAL, DataSet, Indicator, Observation


@dataclass(frozen=True, slots=True)
class Theme:
    """A lens that joins law, events, series and categories: each field selects what belongs to it."""

    name: str
    title: Text
    covers: Text
    law: tuple[str, ...]
    event_areas: tuple[str, ...]
    event_groups: tuple[str, ...]
    event_names: tuple[str, ...]
    series: tuple[str, ...]
    categories: tuple[str, ...]

    def holds_event(self, event: PolicyEvent) -> bool:
        return event.area in self.event_areas or event.group in self.event_groups or event.name in self.event_names

    def holds_provision(self, provision: ProvisionId) -> bool:
        return any(provision.lies_within(scope) for scope in self.law)

    def holds_indicator(self, indicator: str) -> bool:
        return any(fnmatchcase(indicator, pattern) for pattern in self.series)


@dataclass(frozen=True, slots=True)
class Office:
    """Where to go: what the office does and how to reach it, as of the day its source says so."""

    name: str
    title: Text
    does: Text
    channels: tuple[tuple[str, str], ...]
    as_of: PartialDate
    basis: Basis


@dataclass(frozen=True, slots=True)
class FiguresShown:
    """A chart or table of the review: which indicators it shows, of which counterparts, and how it is drawn.

    `kind` is `table`, `lines`, `bars` or `stacked`; `by` is `total` (no counterpart, sex or age), `counterpart`,
    `sex` or `any`; `latest` keeps only the
    newest periods of each indicator, where it is given.
    """

    name: str
    kind: str
    title: Text
    indicators: tuple[str, ...]
    by: str
    latest: int | None = None


@dataclass(frozen=True, slots=True)
class FigureChapter:
    """A chapter of the review that shows figures: sentences with slots for figures, then charts and tables, then
    conflicts.

    A slot is `{latest:INDICATOR}` or `{period:INDICATOR}`, with `@COUNTERPART` for one other than the total.
    """

    name: str
    title: Text
    themes: tuple[str, ...]
    opening: tuple[Text, ...]
    shown: tuple[FiguresShown, ...]
    conflicts: tuple[str, ...]
    after: str


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the field, as the country uses it, and what it means."""

    name: str
    word: Text
    means: Text
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WorkedHistory:
    """An invented life that shows how the law counts: trips in order as (entry, exit; None: not left), permits as
    (kind, first day, last day; None: open), and the day judged.
    """

    name: str
    title: Text
    text: Text
    citizenship: str
    trips: tuple[tuple[date, date | None], ...]
    permits: tuple[tuple[str, date, date | None], ...]
    on: date


def no_calendar(_day: date, _amount: int) -> date | Unknown:
    """The working days of a country that names no calendar of holidays: nobody can count them."""
    return unknown(ReasonKind.NOT_MODELLED, "calendar")


@dataclass(frozen=True, slots=True)
class Country:
    """One country. Mappings are by name, in the order of the files; tuples keep the order of their rows. `milestones`
    are the events that charts mark. `add_working_days` takes a day and a number (negative: backwards) and gives the
    working day so many on, the day itself not counted, or unknown where the holidays are not known. `penalty_unit` is
    the parameter in whose units fines are set, empty where there is none.
    """

    code: str
    name: Text
    languages: tuple[str, ...]
    version: str
    currency: str
    groups: Mapping[str, tuple[str, ...]]
    partners: tuple[str, ...]
    areas: Mapping[str, Text]
    sources: Mapping[str, Source]
    milestones: tuple[str, ...] = ()
    acts: Mapping[str, Act] = field(default_factory=dict)
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    regimes: tuple[Regime, ...] = ()
    abroad: tuple[RegimeAbroad, ...] = ()
    events: tuple[PolicyEvent, ...] = ()
    indicators: Mapping[str, Indicator] = field(default_factory=dict)
    observations: tuple[Observation, ...] = ()
    data_sets: tuple[DataSet, ...] = ()
    categories: Mapping[str, Category] = field(default_factory=dict)
    facts: Mapping[str, CaseFact] = field(default_factory=dict)
    decision: Decision = field(default_factory=Decision)
    rules: Mapping[str, Rule] = field(default_factory=dict)
    readings: Mapping[str, OpenReading] = field(default_factory=dict)
    add_working_days: AddWorkingDays = no_calendar
    histories: Mapping[str, WorkedHistory] = field(default_factory=dict)
    practice: Mapping[str, Practice] = field(default_factory=dict)
    conflicts: Mapping[str, Conflict] = field(default_factory=dict)
    questions: Mapping[str, Question] = field(default_factory=dict)
    remarks: Mapping[str, Text] = field(default_factory=dict)
    offices: Mapping[str, Office] = field(default_factory=dict)
    themes: Mapping[str, Theme] = field(default_factory=dict)
    codes: Mapping[tuple[str, str], Text] = field(default_factory=dict)
    figure_chapters: tuple[FigureChapter, ...] = ()
    glossary: Mapping[str, Term] = field(default_factory=dict)
    content_hash: str = ""
    penalty_unit: str = ""

    def on(self, day: date) -> CountryOnDay:
        """The law of this country as it stands on `day`."""
        return CountryOnDay(self, day)

    def provision_versions(self) -> tuple[ProvisionVersion, ...]:
        return tuple(version for act in self.acts.values() for version in act.provisions)

    def conflicts_of(self, references: tuple[Reference, ...]) -> tuple[Conflict, ...]:
        """The conflicts in which any of these rows takes a side; a provision takes part in those of its versions."""
        asked = {_without_version(reference) for reference in references}
        return tuple(
            conflict
            for conflict in self.conflicts.values()
            if any(_without_version(reference) in asked for side in conflict.sides for reference in side.references)
        )


def counted_as(row: Observation) -> CountedBy | None:
    """What a category names to be counted by this figure; None where the figure is of one sex or age only. That a
    second source gives the same figure makes no difference.
    """
    if (row.sex, row.age) != (TOTAL, TOTAL):
        return None
    dimensions = tuple(sorted(pair for pair in row.dimensions if pair[0] != "second_source"))
    return CountedBy(row.indicator, row.counterpart, dimensions)


def _without_version(reference: Reference) -> Reference:
    """`provision:…/stay@2024-04-14` is a version of `provision:…/stay`."""
    return Reference(reference.kind, reference.name.partition("@")[0])


@dataclass(frozen=True, slots=True)
class CountryOnDay:
    """A country's law on one day."""

    country: Country
    day: date

    def regimes(self, citizenship: str) -> tuple[Regime, ...]:
        return regimes_on(self.country.regimes, citizenship, self.day)

    def parameter(self, name: str) -> tuple[ParameterValue, ...]:
        """The value of a parameter: one normally, none before its first known day, several where sources conflict."""
        return self.country.parameters[name].on(self.day)

    def provision(self, provision: ProvisionId) -> tuple[ProvisionVersion, ...]:
        act = self.country.acts[provision.act]
        return tuple(
            version
            for version in act.provisions
            if version.provision == provision and version.period.contains(self.day) is not False
        )
