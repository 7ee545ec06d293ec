"""The records of a country's files, and the domain object each becomes. The manual of these forms is
docs/reference/country-files.md.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, PlainValidator, ValidationInfo, model_validator

from koshiqon.country import FigureChapter, FiguresShown, Office, Term, Theme
from koshiqon.evidence import Basis, Conflict, Gap, Practice, ProvisionId, Question, Side, Source
from koshiqon.law.acts import Act, Amendment, Parameter, ParameterValue, ProvisionVersion
from koshiqon.law.events import Coding, PolicyEvent
from koshiqon.law.regimes import Limit, Regime, RegimeAbroad
from koshiqon.period import Period
from koshiqon.rules import categories as rules
from koshiqon.sources.fields import (
    Believed,
    Date,
    Dated,
    DateOrOpen,
    Languages,
    Name,
    Number,
    Provision,
    RefOrNone,
    Refs,
    Shape,
    SourceNames,
    Span,
    Sure,
    Whole,
    Words,
    refuse,
)
from koshiqon.trends.series import TOTAL, Break, Indicator, Observation


class CountryShape(Shape):
    code: Name
    name: Words
    languages: list[str]
    version: Name
    currency: Name
    groups: dict[str, list[str]] = Field(default_factory=dict)
    partners: list[str] = Field(default_factory=list)
    extra_areas: list[AreaShape] = Field(default_factory=list)
    milestones: list[str] = Field(default_factory=list)
    holidays: Name | None = None
    penalty_unit: Name | None = None


class AreaShape(Shape):
    area: Name
    name: Words


class CodeShape(Shape):
    code: Name
    scheme: Name
    name: Words


class UnitShape(Shape):
    unit: Name
    name: Words


class DimensionShape(Shape):
    dimension: Name
    value: Name | None = None
    name: Words


class SourceShape(Shape):
    source: Name
    kind: Name
    publisher: Name
    title: str | None = None
    url: str | None = None
    lang: str | None = None
    published: DateOrOpen = None
    note: Words | None = None
    background: Words | None = None

    def build(self) -> Source:
        return Source(
            self.source,
            self.kind,
            self.publisher,
            self.title,
            self.url,
            self.lang,
            self.published,
            self.note,
            self.background,
        )


def _not_yet(value: object) -> object:
    return None if value == "not_yet" else value


class AmendmentShape(Believed):
    act: Name
    adopted: Date
    in_force: Annotated[DateOrOpen, BeforeValidator(_not_yet)]
    touches: list[str] = Field(default_factory=list)


class ProvisionShape(Dated):
    provision: Name
    gist: Words


def _value(value: object) -> object:
    """The value of a parameter: a number, or a word where the unit is `code`."""
    if isinstance(value, bool) or not isinstance(value, int | float | str) or value == "":
        raise refuse("not_a_number", value=value)
    return value


def _range(value: object) -> object:
    """The lowest and the highest value of a parameter."""
    if value is None:
        return None
    numbers = value if isinstance(value, list) else []
    if len(numbers) != 2 or any(isinstance(part, bool) or not isinstance(part, int | float) for part in numbers):
        raise refuse("not_a_list", value=value)
    return tuple(numbers)


class ParameterValueShape(Dated):
    value: Annotated[int | float | str, PlainValidator(_value)]
    provision: Provision = None

    def build(self) -> ParameterValue:
        return ParameterValue(self.period(), self.value, self.provision, self.basis())


class ParameterShape(Shape):
    parameter: Name
    label: Words
    unit: Literal[
        "days", "working_days", "months", "years", "hours", "KZT", "MCI", "percent", "persons", "count", "code"
    ]
    range: Annotated[tuple[float, float] | None, PlainValidator(_range)] = None
    values: list[ParameterValueShape]

    def build(self, act: str) -> Parameter:
        values = tuple(shape.build() for shape in self.values)
        return Parameter(self.parameter, act, self.label, self.unit, values)


def _read_until(value: object) -> object:
    return None if value == "unread" else value


class ActShape(Believed):
    act: Name
    kind: Literal[
        "constitution", "code", "law", "decree", "government_resolution", "order", "treaty", "concept", "decision"
    ]
    title: Words
    short: Words
    translated: Languages = Field(default_factory=list)
    adopted: Date
    in_force: Annotated[DateOrOpen, BeforeValidator(_not_yet)] = None
    repealed: DateOrOpen = None
    read_until: Annotated[DateOrOpen, BeforeValidator(_read_until)]
    number: Name | None = None
    adilet: Name | None = None
    reference_bank: Name | None = None
    read_note: Words | None = None
    amended_by: list[AmendmentShape] = Field(default_factory=list)
    provisions: list[ProvisionShape] = Field(default_factory=list)
    parameters: list[ParameterShape] = Field(default_factory=list)

    def build(self) -> Act:
        return Act(
            name=self.act,
            kind=self.kind,
            title=self.title,
            short=self.short,
            translated=tuple(self.translated),
            adopted=self.adopted,
            in_force=self.in_force,
            repealed=self.repealed,
            read_until=self.read_until,
            basis=self.basis(),
            number=self.number,
            adilet=self.adilet,
            reference_bank=self.reference_bank,
            read_note=self.read_note,
            amendments=tuple(
                Amendment(a.act, a.adopted, a.in_force, tuple(a.touches), a.basis()) for a in self.amended_by
            ),
            provisions=tuple(
                ProvisionVersion(ProvisionId(self.act, p.provision), p.period(), p.gist, p.basis())
                for p in self.provisions
            ),
        )


class RegimeShape(Dated):
    citizenship: Name
    regime: Name
    enforced_since: DateOrOpen = None
    per_entry_days: Whole = None
    days_in_window: Whole = None
    window_days: Whole = None
    basis_: Name = Field(alias="basis")
    provision: Provision = None
    instrument: Words
    remark: str = ""

    def build(self) -> Regime:
        return Regime(
            citizenship=self.citizenship,
            regime=self.regime,
            period=self.period(),
            limit=Limit(self.per_entry_days, self.days_in_window, self.window_days),
            legal_ground=self.basis_,
            instrument=self.instrument,
            basis=self.basis(),
            enforced_since=self.enforced_since,
            provision=self.provision,
            remark=self.remark or None,
        )


class AbroadShape(Dated):
    host: Name
    citizenship: Name
    regime: Name
    per_entry_days: Whole
    days_in_window: Whole
    window_days: Whole
    window_kind: str
    registration_within: Whole
    registration_unit: str
    registration_from: str
    basis_: str = Field(alias="basis")
    instrument: Words
    remark: str

    def build(self) -> RegimeAbroad:
        return RegimeAbroad(
            host=self.host,
            citizenship=self.citizenship,
            regime=self.regime,
            period=self.period(),
            limit=Limit(self.per_entry_days, self.days_in_window, self.window_days),
            window_kind=self.window_kind,
            legal_ground=self.basis_,
            instrument=self.instrument,
            basis=self.basis(),
            registration_within=self.registration_within,
            registration_unit=self.registration_unit,
            registration_from=self.registration_from,
            remark=self.remark or None,
        )


class EventShape(Believed):
    id: Name
    adopted: DateOrOpen
    in_force: DateOrOpen
    instrument: RefOrNone
    provisions: Refs
    area: Name
    group: Name
    text: Words
    change: Literal["1", "-1", "0", "9", "999", "not_coded"]
    coverage: Literal["entire_category", "part_of_category", "not_coded"]
    departure: Literal["new_or_removed_tool", "altered_tool", "not_coded"]
    pol_area: Name
    pol_tool: Name
    target_group: Name
    target_origin: Name
    force: Name

    @model_validator(mode="after")
    def has_a_date(self) -> EventShape:
        if all(when is None or when.is_unknown for when in (self.adopted, self.in_force)):
            raise refuse("event_without_date")
        return self

    def build(self) -> PolicyEvent:
        coding = Coding(
            self.change,
            self.coverage,
            self.departure,
            self.pol_area,
            self.pol_tool,
            self.target_group,
            self.target_origin,
            self.force,
        )
        return PolicyEvent(
            self.id,
            self.adopted,
            self.in_force,
            self.instrument,
            tuple(self.provisions),
            self.area,
            self.group,
            self.text,
            coding,
            self.basis(),
        )


class BreakShape(Shape):
    at: Name
    text: Words


class IndicatorShape(Shape):
    indicator: Name
    name: Words
    counts: Words
    kind: Literal["stock", "flow", "balance", "rate", "share", "estimate"]
    direction: Literal["in", "out", "both", "none"]
    unit: Name
    by_sex: bool
    cautions: list[Words] = Field(default_factory=list)
    breaks: list[BreakShape] = Field(default_factory=list)

    def build(self) -> Indicator:
        return Indicator(
            self.indicator,
            self.name,
            self.counts,
            self.kind,
            self.direction,
            self.unit,
            self.by_sex,
            tuple(self.cautions),
            tuple(Break(entry.at, entry.text) for entry in self.breaks),
        )


def _pairs(value: object) -> object:
    if not isinstance(value, str):
        return value
    pairs = tuple(tuple(part.split("=", 1)) for part in value.split(";") if part)
    if any(len(pair) != 2 for pair in pairs) or [key for key, *_ in pairs] != sorted({key for key, *_ in pairs}):
        raise refuse("not_dimensions", value=value)
    return pairs


class ObservationShape(Shape):
    indicator: Name = Field(alias="INDICATOR")
    area: Name = Field(alias="REF_AREA")
    counterpart: Name = Field(alias="COUNTERPART_AREA")
    sex: Literal["_T", "M", "F"] = Field(alias="SEX")
    age: Name = Field(alias="AGE")
    period: Span = Field(alias="TIME_PERIOD")
    dimensions: Annotated[tuple[tuple[str, str], ...], BeforeValidator(_pairs)] = Field(alias="DIMENSIONS")
    value: Number = Field(alias="OBS_VALUE")
    unit: Name = Field(alias="UNIT_MEASURE")
    status: Literal["A", "E", "P", "B"] = Field(alias="OBS_STATUS")
    source: SourceNames = Field(alias="SOURCE")
    confidence: Sure = Field(alias="CONFIDENCE")
    conflicts_with: Refs = Field(alias="CONFLICTS_WITH")
    remark: str = Field(alias="REMARK")

    def build(self) -> Observation:
        basis = Basis(tuple(self.source), self.confidence, tuple(self.conflicts_with))
        return Observation(
            self.indicator,
            self.area,
            self.counterpart,
            self.sex,
            self.age,
            self.period,
            self.dimensions,
            self.value,
            self.unit,
            self.status,
            basis,
            self.remark or None,
        )


class LegalBasisShape(Shape):
    instrument: RefOrNone = None
    where: Words


class TestShape(Shape):
    fact: Name
    op: Literal[
        "is_set",
        "not_set",
        "eq",
        "neq",
        "lt",
        "lte",
        "gt",
        "gte",
        "in",
        "not_in",
        "contains",
        "not_contains",
        "intersects",
    ]
    value: Any = None
    note: Words | None = None

    def build(self) -> rules.Test:
        value = tuple(self.value) if isinstance(self.value, list) else self.value
        return rules.Test(self.fact, self.op, value, self.note)


class TestsShape(Shape):
    all: list[TestShape] = Field(default_factory=list)
    any: list[TestShape] = Field(default_factory=list)
    none: list[TestShape] = Field(default_factory=list)


class StatementShape(Shape):
    kind: Literal[
        "right",
        "duty",
        "limit",
        "condition",
        "refusal",
        "bar",
        "sanction",
        "note",
        "open_point",
        "where",
        "form",
        "documents",
        "other",
    ]
    text: Words


class TermShape(Shape):
    term: Name
    text: Words
    unit: Literal["hours", "days", "working_days", "months", "years", "none"]
    amount: float | int | None = None


class PredecessorShape(Shape):
    category: Name
    since: Date
    until: DateOrOpen = None
    note: Words

    def build(self) -> rules.Predecessor:
        return rules.Predecessor(self.category, Period(self.since, self.until), self.note)


class OverlayShape(Shape):
    instrument: RefOrNone = None
    text: Words
    since: Date
    until: DateOrOpen = None
    confidence: Sure

    def build(self) -> rules.Overlay:
        return rules.Overlay(self.instrument, self.text, Period(self.since, self.until), self.confidence)


class CountedByShape(Shape):
    indicator: Name
    counterpart: Name = TOTAL
    dimensions: dict[str, str] = Field(default_factory=dict)

    def build(self) -> rules.CountedBy:
        return rules.CountedBy(self.indicator, self.counterpart, tuple(sorted(self.dimensions.items())))


class CategoryShape(Dated):
    category: Name
    layer: Literal["statute", "treaty", "unhcr", "policy", "analytic"]
    name: Words
    legal_basis: list[LegalBasisShape] = Field(default_factory=list)
    tests: TestsShape = Field(default_factory=TestsShape)
    statements: list[StatementShape] = Field(default_factory=list)
    terms: list[TermShape] = Field(default_factory=list)
    predecessor: PredecessorShape | None = None
    overlay: OverlayShape | None = None
    counted_by: list[CountedByShape] = Field(default_factory=list)

    def build(self) -> rules.Category:
        before, over = self.predecessor, self.overlay
        return rules.Category(
            name=self.category,
            layer=self.layer,
            title=self.name,
            legal_basis=tuple(rules.LegalBasis(entry.instrument, entry.where) for entry in self.legal_basis),
            all_of=tuple(test.build() for test in self.tests.all),
            any_of=tuple(test.build() for test in self.tests.any),
            none_of=tuple(test.build() for test in self.tests.none),
            statements=tuple(rules.Statement(entry.kind, entry.text) for entry in self.statements),
            terms=tuple(rules.TimeLimit(entry.term, entry.text, entry.unit, entry.amount) for entry in self.terms),
            period=self.period(),
            basis=self.basis(),
            predecessor=before.build() if before else None,
            overlay=over.build() if over else None,
            counted_by=tuple(series.build() for series in self.counted_by),
        )


def _assumed(value: object, info: ValidationInfo) -> object:
    """What a door may assume: yes or no, a whole number, one of the fact's codes, a country. No day, list or free text
    goes without saying.
    """
    kind, values = info.data.get("type"), info.data.get("values") or ()
    fits = {
        "yes_no": isinstance(value, bool),
        "number": isinstance(value, int) and not isinstance(value, bool),
        "code": isinstance(value, str) and value in values,
        "country": isinstance(value, str) and re.fullmatch("[A-Z]{3}", value) is not None,
    }
    if value is not None and kind is not None and not fits.get(kind, False):
        raise refuse("assume_does_not_fit", value=value, type=kind, values=", ".join(values) or "—")
    return value


class CaseFactShape(Shape):
    fact: Name
    type: Literal["yes_no", "date", "number", "code", "country", "countries", "text"]
    question: Words
    private: bool
    declared: bool
    values: list[str] = Field(default_factory=list)
    unit: str | None = None
    assume: Annotated[rules.Scalar, PlainValidator(_assumed)] = None

    def build(self) -> rules.CaseFact:
        return rules.CaseFact(
            name=self.fact,
            type=self.type,
            question=self.question,
            private=self.private,
            declared=self.declared,
            values=tuple(self.values),
            unit=self.unit,
            assume=self.assume,
        )


def _no(value: object) -> object:
    """Where no leads: the number of a step, or categories."""
    if isinstance(value, list) and all(isinstance(name, str) for name in value):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise refuse("not_a_list", value=value)


class StepShape(Shape):
    step: int
    ask: Words
    yes: list[str]
    no: Annotated[int | list[str], PlainValidator(_no)]
    when: str | None = None


class DecisionOverlayShape(Shape):
    text: Words
    categories: list[str] = Field(default_factory=list)
    if_: str | None = Field(alias="if", default=None)


class FlagShape(Shape):
    flag: Name
    when: Words
    meaning: Words
    sources: list[str] = Field(default_factory=list)
    if_: str | None = Field(alias="if", default=None)


class DecisionShape(Shape):
    steps: list[StepShape]
    overlays: list[DecisionOverlayShape] = Field(default_factory=list)
    flags: list[FlagShape] = Field(default_factory=list)


class RemarkShape(Shape):
    remark: Name
    text: Words


class GapShape(Shape):
    kind: Literal["acts_differ", "act_against_itself", "silent", "undefined", "no_rule"]
    between: Refs = Field(min_length=1)
    confidence: Sure
    sources: SourceNames

    def build(self) -> Gap:
        return Gap(self.kind, tuple(self.between), Basis(tuple(self.sources), self.confidence))


class PracticeShape(Dated):
    practice: Name
    text: Words
    departs_from: Refs = Field(default_factory=list)
    gap: GapShape | None = None

    def build(self) -> Practice:
        gap = self.gap.build() if self.gap else None
        return Practice(self.practice, self.period(), self.text, tuple(self.departs_from), self.basis(), gap)


class SideShape(Shape):
    text: Words
    refs: Refs = Field(default_factory=list)
    sources: SourceNames


class ConflictShape(Shape):
    conflict: Name
    text: Words
    sides: list[SideShape] = Field(min_length=2)
    state: Literal["open", "explained"]
    explanation: Words | None = None
    gap: GapShape | None = None

    @model_validator(mode="after")
    def explained_by_something(self) -> ConflictShape:
        if self.state == "explained" and self.explanation is None:
            raise refuse("explanation_and_state")
        return self

    def build(self) -> Conflict:
        sides = tuple(Side(side.text, tuple(side.refs), tuple(side.sources)) for side in self.sides)
        gap = self.gap.build() if self.gap else None
        return Conflict(self.conflict, self.text, sides, self.state == "open", self.explanation, gap)


def _weight(value: object) -> object:
    if type(value) is not int or value not in (1, 2, 3):
        raise refuse("not_one_of", value=value, allowed="1, 2, 3")
    return value


class QuestionShape(Shape):
    question: Name
    text: Words
    settles: Words
    refs: Refs = Field(default_factory=list)
    weight: Annotated[int, PlainValidator(_weight)]
    gap: GapShape | None = None

    def build(self) -> Question:
        gap = self.gap.build() if self.gap else None
        return Question(self.question, self.text, self.settles, tuple(self.refs), self.weight, gap)


class ChannelShape(Shape):
    kind: Literal["web", "phone", "email", "address"]
    value: Name


class OfficeShape(Believed):
    office: Name
    name: Words
    does: Words
    channels: list[ChannelShape]
    as_of: Date

    def build(self) -> Office:
        return Office(
            self.office, self.name, self.does, tuple((c.kind, c.value) for c in self.channels), self.as_of, self.basis()
        )


class ThemeEventsShape(Shape):
    areas: list[str] = Field(default_factory=list)
    groups: list[str] = Field(default_factory=list)
    ids: list[str] = Field(default_factory=list)


class ThemeShape(Shape):
    theme: Name
    title: Words
    covers: Words
    law: list[str] = Field(default_factory=list)
    events: ThemeEventsShape = Field(default_factory=ThemeEventsShape)
    series: list[str] = Field(default_factory=list)
    categories: list[str] = Field(default_factory=list)

    def build(self) -> Theme:
        return Theme(
            self.theme,
            self.title,
            self.covers,
            tuple(self.law),
            tuple(self.events.areas),
            tuple(self.events.groups),
            tuple(self.events.ids),
            tuple(self.series),
            tuple(self.categories),
        )


class FiguresShownShape(Shape):
    name: Name
    kind: Literal["table", "lines", "bars", "stacked"]
    title: Words
    indicators: list[str] = Field(min_length=1)
    by: Literal["total", "counterpart", "sex", "any"]
    latest: int | None = None

    def build(self) -> FiguresShown:
        return FiguresShown(self.name, self.kind, self.title, tuple(self.indicators), self.by, self.latest)


class FigureChapterShape(Shape):
    chapter: Name
    title: Words
    themes: list[str]
    opening: list[Words] = Field(min_length=1)
    shown: list[FiguresShownShape]
    conflicts: list[str] = Field(default_factory=list)
    after: Literal["flows", "protection"]

    def build(self) -> FigureChapter:
        return FigureChapter(
            self.chapter,
            self.title,
            tuple(self.themes),
            tuple(self.opening),
            tuple(shape.build() for shape in self.shown),
            tuple(self.conflicts),
            self.after,
        )


class GlossaryShape(Shape):
    term: Name
    word: Words
    means: Words
    sources: SourceNames

    def build(self) -> Term:
        return Term(self.term, self.word, self.means, tuple(self.sources))
