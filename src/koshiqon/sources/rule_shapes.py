"""The records of rules/ and readings.yaml, and the domain object each becomes. The manual of these forms is
docs/reference/country-files.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, PlainValidator, ValidationInfo, model_validator

from koshiqon.rules import rule as law
from koshiqon.rules.expression import Condition
from koshiqon.rules.rule import AppliesTo, EmptyWindow, RuleKind, Subject
from koshiqon.sources.fields import (
    Amount,
    AmountOrNone,
    Believed,
    Dated,
    DayOrNone,
    Name,
    OneProvision,
    Refs,
    Shape,
    When,
    WhenOrNone,
    Words,
    refuse,
)

# --- what follows, by kind -------------------------------------------------------------------------------------------


class ByRegimeShape(Shape):
    regimes: list[Name] = Field(min_length=1)
    empty_window: Literal["none", "unknown"]

    def build(self) -> law.ByRegime:
        return law.ByRegime(tuple(self.regimes), EmptyWindow(self.empty_window))


class ByLimitShape(Shape):
    per_entry: AmountOrNone = None
    in_window: AmountOrNone = None
    window: AmountOrNone = None

    @model_validator(mode="after")
    def window_has_days(self) -> ByLimitShape:
        if (self.in_window is None) != (self.window is None):
            raise refuse("window_without_days")
        return self

    def build(self) -> law.ByLimit:
        return law.ByLimit(self.per_entry, self.in_window, self.window)


class ByPaperShape(Shape):
    papers: list[Name] = Field(min_length=1)
    longest: AmountOrNone = None
    outside_count: bool

    def build(self) -> law.ByPaper:
        return law.ByPaper(tuple(self.papers), self.longest, self.outside_count)


class ForTermShape(Shape):
    start: When = Field(alias="from")
    term: Amount = Field(alias="for")

    def build(self) -> law.ByTerm:
        return law.ByTerm(self.start, self.term, None)


class ThroughDayShape(Shape):
    start: When = Field(alias="from")
    through: When

    def build(self) -> law.ByTerm:
        return law.ByTerm(self.start, None, self.through)


class EndsShape(Shape):
    start: When = Field(alias="ends_after")
    term: AmountOrNone = Field(alias="for", default=None)
    surely: bool

    def build(self) -> law.Ends:
        return law.Ends(self.start, self.term, self.surely)


class BelongsShape(Shape):
    category: Name

    def build(self) -> law.Belongs:
        return law.Belongs(self.category)


class MayShape(Shape):
    may: Name
    start: WhenOrNone = Field(alias="from", default=None)
    term: AmountOrNone = Field(alias="for", default=None)
    office: Name | None = None

    def build(self) -> law.May:
        return law.May(self.may, self.term, self.start, self.office)


class MustShape(Shape):
    must: Name
    by: Literal["person", "host", "employer", "sponsor", "authority"]
    start: When = Field(alias="from")
    within: Amount
    before: bool = False
    first_day: Literal["counts", "next", "reading"] = "next"
    falls_if_left: bool = False
    office: Name | None = None
    pays: AmountOrNone = None
    pays_for: Name | None = None

    def build(self) -> law.Must:
        first_day_counts = {"counts": True, "next": False, "reading": None}[self.first_day]
        return law.Must(
            do=self.must,
            by=self.by,
            start=self.start,
            within=self.within,
            before=self.before,
            first_day_counts=first_day_counts,
            falls_if_left=self.falls_if_left,
            office=self.office,
            pays=self.pays,
            pays_for=self.pays_for,
        )


class PenaltyShape(Shape):
    warning: bool = False
    fine: AmountOrNone = None
    fine_up_to: bool = False
    arrest_days: AmountOrNone = None
    prison_years: AmountOrNone = None
    prison_years_from: AmountOrNone = None
    alternatives: list[Name] = Field(alias="or", default_factory=list)
    along_with: list[Name] = Field(alias="with", default_factory=list)
    decided_by: list[Name] = Field(default_factory=list)

    @model_validator(mode="after")
    def punishes(self) -> PenaltyShape:
        amounts = (self.fine, self.arrest_days, self.prison_years)
        if not (self.warning or self.alternatives or self.along_with or any(part is not None for part in amounts)):
            raise refuse("sanction_without_penalty")
        return self

    def build(self) -> law.Penalty:
        return law.Penalty(
            warning=self.warning,
            fine=self.fine,
            fine_up_to=self.fine_up_to,
            arrest_days=self.arrest_days,
            prison_years=self.prison_years,
            prison_years_from=self.prison_years_from,
            alternatives=tuple(self.alternatives),
            along_with=tuple(self.along_with),
            decided_by=tuple(self.decided_by),
        )


class NoEntryShape(Shape):
    refused: Literal[True]
    start: WhenOrNone = Field(alias="from", default=None)
    term: AmountOrNone = Field(alias="for", default=None)

    def build(self) -> law.NoEntry:
        return law.NoEntry(self.start, self.term)


class DecidesShape(Shape):
    decides: Name
    decided_by: list[Name] = Field(min_length=1)
    up_to: AmountOrNone = None

    def build(self) -> law.Decides:
        return law.Decides(self.decides, tuple(self.decided_by), self.up_to)


TitleShape = ByRegimeShape | ByPaperShape | ForTermShape | ThroughDayShape | EndsShape | ByLimitShape
Then = TitleShape | BelongsShape | MayShape | MustShape | PenaltyShape | NoEntryShape | DecidesShape

FORMS: Mapping[str, tuple[type[Then], ...]] = {
    "title": (ByRegimeShape, ByPaperShape, ForTermShape, ThroughDayShape, EndsShape, ByLimitShape),
    "category": (BelongsShape,),
    "right": (MayShape,),
    "duty": (MustShape,),
    "sanction": (PenaltyShape,),
    "bar": (NoEntryShape,),
    "discretion": (DecidesShape,),
}


def _keys(form: type[Shape], needed: bool = False) -> list[str]:
    fields = form.model_fields.items()
    return [field.alias or name for name, field in fields if field.is_required() or not needed]


def _then(value: object, info: ValidationInfo) -> object:
    """What follows, in the one form of its kind that has these keys."""
    if not isinstance(value, dict):
        raise refuse("not_a_map", value=value)
    if (kind := info.data.get("kind")) is None:
        return value
    for form in FORMS[kind]:
        if value and set(_keys(form, needed=True)) <= value.keys() <= set(_keys(form)):
            return form.model_validate(value, context=info.context)
    forms = "; ".join(", ".join(_keys(form)) for form in FORMS[kind])
    raise refuse("then_does_not_fit", kind=kind, keys=", ".join(map(str, value)) or "—", forms=forms)


# --- rules and readings ----------------------------------------------------------------------------------------------


class RuleShape(Dated):
    rule: Name
    kind: Literal["title", "category", "right", "duty", "sanction", "bar", "discretion"]
    of: Literal["person", "stay", "host", "employer"]
    provision: OneProvision
    applies_to: Literal["days", "stays_begun"] = "days"
    counts_from: DayOrNone = None
    under: dict[str, str] = Field(default_factory=dict)
    overrides: list[Name] = Field(default_factory=list)
    when: str | None = None
    then: Annotated[Then, PlainValidator(_then)]
    text: Words

    def build(self, condition: Condition | None) -> law.Rule:
        return law.Rule(
            name=self.rule,
            kind=RuleKind(self.kind),
            of=Subject(self.of),
            provision=self.provision,
            period=self.period(),
            condition=condition,
            written=" ".join((self.when or "").split()),
            then=self.then.build(),
            text=self.text,
            basis=self.basis(),
            applies_to=AppliesTo(self.applies_to),
            counts_from=self.counts_from,
            overrides=tuple(self.overrides),
            under=self.under,
        )


class OptionShape(Believed):
    option: Name
    text: Words
    refs: Refs = Field(default_factory=list)

    def build(self) -> law.Option:
        return law.Option(self.option, self.text, tuple(self.refs), self.basis())


class ReadingShape(Shape):
    reading: Name
    text: Words
    default: Name
    options: list[OptionShape] = Field(min_length=1)

    def build(self) -> law.OpenReading:
        return law.OpenReading(self.reading, self.text, tuple(option.build() for option in self.options), self.default)
