"""The form of a worked case: what is given, and what must come out. The manual of the form is
docs/reference/worked-cases.md.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Field, PlainValidator

from koshiqon.rules.judging import ReasonKind
from koshiqon.sources.fields import Day, Name, Ref, Shape, refuse
from koshiqon.stay.answer import Answer, DueState, Standing
from koshiqon.stay.found import NONE, Told
from koshiqon.stay.worked import Asks

Verdict = Literal["yes", "no", "unknown"]
Texts = list[str]


def _one_of(value: Any, allowed: tuple[str, ...]) -> str:  # noqa: ANN401
    if value not in allowed:
        raise refuse("not_one_of", value=value, allowed=", ".join(allowed))
    return str(value)


def _last_day(value: Any) -> date | str:  # noqa: ANN401
    """A day, or `none` where the stay has no end."""
    try:
        return NONE if value == NONE else date.fromisoformat(value)
    except (TypeError, ValueError):
        raise refuse("not_a_day", value=value) from None


def _amount(value: Any) -> Decimal:  # noqa: ANN401
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise refuse("not_a_number", value=value)
    return Decimal(str(value))


def _amounts(value: Any) -> tuple[Decimal, ...]:  # noqa: ANN401
    return tuple(_amount(one) for one in (value if isinstance(value, list) else [value]))


def _parameter(value: Any) -> Decimal | str:  # noqa: ANN401
    return value if isinstance(value, str) else _amount(value)


LastDay = Annotated[date | str, PlainValidator(_last_day)]
Amount = Annotated[Decimal, PlainValidator(_amount)]
Amounts = Annotated[tuple[Decimal, ...], PlainValidator(_amounts)]
Stands = Annotated[str, PlainValidator(lambda value: _one_of(value, tuple(Standing)))]
Asked = Annotated[str, PlainValidator(lambda value: _one_of(value, tuple(Answer)))]
State = Annotated[str, PlainValidator(lambda value: _one_of(value, tuple(DueState)))]
Why = Annotated[str, PlainValidator(lambda value: _one_of(value, tuple(ReasonKind)))]


class DaysUsedShape(Shape):
    entry: int | None = None
    window: int | None = None


class EntryShape(Shape):
    possible: Verdict | None = None
    day: Day | None = None
    until: LastDay | None = None
    days: int | None = None


class PlanShape(Shape):
    fits: Verdict
    broken_on: Day | None = None


class LimitShape(Shape):
    regime: Name | None = None
    per_entry: int | None = None
    in_window: int | None = None
    window: int | None = None
    provision: Name | None = None


class TitleShape(Shape):
    rule: Name | None = None
    row: Name | None = None
    paper: Name | None = None
    provision: Name | None = None
    standing: Stands | None = None
    first: Day | None = None
    last: LastDay | None = None


class DutyShape(Shape):
    rule: Name | None = None
    must: Name | None = None
    by: Name | None = None
    deadline: Day | None = None
    later: Day | None = None
    state: State | None = None
    falls_if_left: bool | None = None
    units: Amount | None = None
    sum: Amounts | None = None
    times: int | None = None
    provision: Name | None = None


class PenaltyShape(Shape):
    rule: Name | None = None
    of: Name | None = None
    sure: bool | None = None
    warning: bool | None = None
    fine: Amount | None = None
    up_to: bool | None = None
    sum: Amounts | None = None
    half: Amounts | None = None
    arrest_days: int | None = None
    prison_years: int | None = None
    prison_years_from: int | None = None
    alternatives: Texts = Field(alias="or", default_factory=list)
    along_with: Texts = Field(alias="with", default_factory=list)
    decided_by: Texts = Field(default_factory=list)
    provision: Name | None = None


class BarShape(Shape):
    rule: Name | None = None
    sure: bool | None = None
    until: Day | None = None


class DecisionShape(Shape):
    rule: Name | None = None
    decides: Name | None = None
    decided_by: Texts = Field(default_factory=list)
    up_to: int | None = None
    sure: bool | None = None
    leaves: Amounts | None = None
    provision: Name | None = None


class UnknownShape(Shape):
    reason: Why | None = None
    name: Name | None = None


class MemberShape(Shape):
    category: Name
    member: Verdict  # every category is told of everybody: without this nothing would be looked at
    rule: Name | None = None
    provision: Name | None = None


class GoverningShape(Shape):
    step: int | None = None
    categories: Texts = Field(default_factory=list)
    sure: bool | None = None


class RaisedShape(Shape):
    name: Name
    sure: bool | None = None


class RightShape(Shape):
    rule: Name | None = None
    may: Name | None = None
    sure: bool | None = None
    start: Day | None = None
    until: Day | None = None
    late: bool | None = None
    office: Name | None = None
    provision: Name | None = None


class ExpectShape(Shape):
    answer: Asked | None = None
    standing: Stands | None = None
    last_lawful_day: LastDay | None = None
    safe_until: Day | None = None
    overstay_days: int | None = None
    days_used: DaysUsedShape | None = None
    days_left: int | None = None
    earliest_entry: EntryShape | None = None
    may_enter: Verdict | None = None
    plan: PlanShape | None = None
    limits: list[LimitShape] | None = None
    parameters: dict[str, Annotated[Decimal | str, PlainValidator(_parameter)]] | None = None
    titles: list[TitleShape] | None = None
    no_titles: list[TitleShape] | None = None
    duties: list[DutyShape] | None = None
    no_duties: list[DutyShape] | None = None
    penalties: list[PenaltyShape] | None = None
    no_penalties: list[PenaltyShape] | None = None
    bars: list[BarShape] | None = None
    no_bars: list[BarShape] | None = None
    decisions: list[DecisionShape] | None = None
    no_decisions: list[DecisionShape] | None = None
    provisions: Texts | None = None
    conflicts: Texts | None = None
    unknown: list[UnknownShape] | None = None
    categories: list[MemberShape] | None = None
    no_categories: list[MemberShape] | None = None
    governing: GoverningShape | None = None
    overlays: list[RaisedShape] | None = None
    no_overlays: list[RaisedShape] | None = None
    flags: list[RaisedShape] | None = None
    no_flags: list[RaisedShape] | None = None
    rights: list[RightShape] | None = None
    no_rights: list[RightShape] | None = None

    def parts(self) -> list[tuple[str, str, Told]]:
        """Each thing expected: its field, what is looked at, and what is wanted; a list gives one thing an entry, an
        empty list one thing: that there is none.
        """
        found: list[tuple[str, str, Told]] = []
        for name in type(self).model_fields:
            value = getattr(self, name)
            what = name.removeprefix("no_")
            if isinstance(value, list):
                wanted = [_told(one) for one in value] or [()]
                found += [(f"{name}.{number}", what, one) for number, one in enumerate(wanted)]
            elif value is not None:
                found.append((name, what, _told(value)))
        return found

    def left_empty(self) -> list[str]:
        """The fields that were written without a value, so that nothing would be looked at."""
        return [
            name for name in type(self).model_fields if name in self.model_fields_set and getattr(self, name) is None
        ]


ABOUT_STAY = (
    *("answer", "standing", "last_lawful_day", "safe_until", "overstay_days", "days_used", "days_left"),
    *("earliest_entry", "may_enter", "plan", "limits", "parameters", "titles"),
)
ABOUT_STATUS = ("categories", "governing", "overlays", "flags", "rights")
ANSWERED_BY = dict.fromkeys(ABOUT_STAY, (Asks.STAY,)) | dict.fromkeys(ABOUT_STATUS, (Asks.STATUS,))
"""What only one of the two questions answers, and which of them."""


class WorkedShape(Shape):
    case: Name
    run: str = ""
    asks: Literal["stay", "status"] = "stay"
    sources: Texts = Field(min_length=1)
    note: str = ""
    country: str | None = None
    citizenship: str | list[str] | None = None
    on: Day
    trips: list[Any] = Field(default_factory=list)
    permits: list[Any] = Field(default_factory=list)
    plan: Any = None
    facts: dict[str, Any] = Field(default_factory=dict)
    readings: dict[str, Any] = Field(default_factory=dict)
    assume: bool = True
    expect: ExpectShape
    outcome: Literal["known", "unknown", "conflict"] = "known"
    because: list[Ref] = Field(default_factory=list)


def _told(value: object) -> Told:
    """A record as named values, those that were written and no others."""
    match value:
        case Shape():
            fields = {name: field.alias or name for name, field in type(value).model_fields.items()}
            written = {name: alias for name, alias in fields.items() if name in value.model_fields_set}
            return {alias: _told(getattr(value, name)) for name, alias in written.items()}
        case dict():
            return {name: _told(one) for name, one in value.items()}
        case list() | tuple():
            return tuple(_told(one) for one in value)
        case str() | int() | Decimal() | date() | bool() | None:
            return value
    raise TypeError(value)
