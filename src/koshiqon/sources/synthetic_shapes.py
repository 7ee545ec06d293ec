"""The records of synthetic.yaml. The manual of the form is docs/reference/country-files.md."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Annotated, Any, Literal
from zoneinfo import available_timezones

from pydantic import Field, PlainValidator, model_validator

from koshiqon.sources.fields import Day, Name, Shape, SourceNames, Words, refuse

LONGEST_PART = 730
"""No number of nights or days of a permit above two years, no visit longer."""


def _between(low: float, high: float) -> Callable[[Any], float]:
    def check(value: Any) -> float:  # noqa: ANN401
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            raise refuse("not_a_number", value=value)
        if not low <= value <= high:
            raise refuse("not_one_of", value=value, allowed=f"{low:g} … {high:g}")
        return float(value)

    return check


def _whole(low: int, high: int) -> Callable[[Any], int]:
    def check(value: Any) -> int:  # noqa: ANN401
        if isinstance(value, bool) or not isinstance(value, int):
            raise refuse("not_a_whole_number", value=value)
        if not low <= value <= high:
            raise refuse("not_one_of", value=value, allowed=f"{low} … {high}")
        return value

    return check


def _zone(value: Any) -> str:  # noqa: ANN401
    if not isinstance(value, str) or value not in available_timezones():
        raise refuse("not_one_of", value=value, allowed="Asia/Almaty, Asia/Aqtau, Europe/Moscow, UTC …")
    return value


def _weights(value: Any) -> tuple[tuple[str, float], ...]:  # noqa: ANN401
    if not isinstance(value, dict):
        raise refuse("not_a_map", value=value)
    pairs = tuple((str(name), _between(0, 1e12)(weight)) for name, weight in value.items())
    if not sum(weight for _, weight in pairs) > 0:
        raise refuse("too_few", reason="0")
    return pairs


Share = Annotated[float, PlainValidator(_between(0, 1))]
Weight = Annotated[float, PlainValidator(_between(0, 1e12))]
Positive = Annotated[float, PlainValidator(_between(1e-6, 1e6))]
Mean = Annotated[float, PlainValidator(_between(1, 1000))]
DaysLong = Annotated[int, PlainValidator(_whole(0, LONGEST_PART))]
Count = Annotated[int, PlainValidator(_whole(1, 1000))]
Minutes = Annotated[int, PlainValidator(_whole(1, 44_640))]
Years = Annotated[int, PlainValidator(_whole(0, 120))]
Weights = Annotated[tuple[tuple[str, float], ...], PlainValidator(_weights)]
Zone = Annotated[str, PlainValidator(_zone)]


class Row(Shape):
    """A row that rests on a calibration of the file."""

    by: Name


class CalibrationShape(Shape):
    calibration: Name
    basis: Literal["published", "assumed"]
    sources: SourceNames
    text: Words


class CitizenshipShape(Row):
    citizenship: Name
    entries: Weight


class VisitsShape(Row):
    citizenships: list[Name]
    mean: Mean
    most: Count


class YearShape(Row):
    year: Annotated[int, PlainValidator(_whole(1900, 2200))]
    weight: Weight


class SeasonShape(Row):
    citizenships: list[Name]
    months: list[Weight]

    @model_validator(mode="after")
    def twelve(self) -> SeasonShape:
        if len(self.months) != 12 or not sum(self.months) > 0:
            raise refuse("not_one_of", value=len(self.months), allowed="12")
        return self


class PeriodRow(Row):
    """A row with days: `until` is the day after the last."""

    since: Day
    until: Day

    @model_validator(mode="after")
    def ends_after_it_begins(self) -> PeriodRow:
        if self.until <= self.since:
            raise refuse("history_backwards", first=self.since, last=self.until)
        return self


class SpellShape(PeriodRow):
    citizenships: list[Name]
    factor: Positive


class PurposesShape(Row):
    citizenships: list[Name]
    weights: Weights


class SexesShape(Row):
    purposes: list[Name]
    men: Share


class FromToRow(Row):
    """A row with a lowest and a highest number."""

    @model_validator(mode="after")
    def in_order(self) -> FromToRow:
        """The highest is not below the lowest."""
        least, most = getattr(self, "least", None), getattr(self, "most", None)
        if least is not None and most is not None and most < least:
            raise refuse("history_backwards", first=least, last=most)
        return self


class AgeShape(FromToRow):
    purposes: list[Name]
    least: Years
    most: Years
    weight: Weight


class NightsShape(FromToRow):
    purpose: Name
    weight: Weight
    median: Positive | None = None
    spread: Positive | None = None
    least: DaysLong | None = None
    most: DaysLong | None = None

    @model_validator(mode="after")
    def one_form(self) -> NightsShape:
        given = [name for name in ("median", "spread", "least", "most") if getattr(self, name) is not None]
        if given not in (["median", "spread"], ["least", "most"]):
            raise refuse("not_one_of", value=", ".join(given), allowed="median + spread, least + most")
        return self


class CheckpointsShape(Row):
    group: Name
    neighbour: Name | None
    mode: Literal["land", "air", "sea"]
    zone: Zone
    points: Count


class RouteShape(Row):
    citizenships: list[Name]
    weights: Weights


class PaperShape(FromToRow):
    title: Name
    purposes: list[Name]
    citizenships: list[Name]
    share: Share
    within: DaysLong
    least: Annotated[int, PlainValidator(_whole(1, 3660))]
    most: Annotated[int, PlainValidator(_whole(1, 3660))]


class ResidentsShape(Row):
    title: Name
    share: Share
    before: Annotated[int, PlainValidator(_whole(0, 36_600))]


class PenaltyShape(Row):
    penalty: Name
    longer_than: DaysLong
    share: Share


class TurnShape(PeriodRow):
    after: Annotated[int, PlainValidator(_whole(1, LONGEST_PART))]
    share: Share


class HabitShape(Row):
    share: Share


class HabitsShape(Shape):
    keeps_purpose: HabitShape
    same_way_out: HabitShape
    second_passport: HabitShape
    second_passport_used: HabitShape
    second_passport_known: HabitShape
    renewed_passport: HabitShape


class SlipShape(Row):
    share: Share


class MovedShape(SlipShape):
    minutes: Minutes


class ImpossibleShape(SlipShape):
    days: list[Day] = Field(min_length=1)


class FaultsShape(Shape):
    missing_exit: SlipShape
    missing_entry: SlipShape
    overlap: MovedShape
    exit_before_entry: MovedShape
    duplicate: MovedShape
    unknown_citizenship: SlipShape
    impossible_date: ImpossibleShape


class SyntheticShape(Shape):
    calibrations: list[CalibrationShape] = Field(min_length=1)
    citizenships: list[CitizenshipShape] = Field(min_length=1)
    visits: list[VisitsShape]
    years: list[YearShape] = Field(min_length=1)
    seasons: list[SeasonShape]
    spells: list[SpellShape]
    purposes: list[PurposesShape]
    sexes: list[SexesShape]
    ages: list[AgeShape]
    nights: list[NightsShape] = Field(min_length=1)
    checkpoints: list[CheckpointsShape] = Field(min_length=1)
    routes: list[RouteShape]
    papers: list[PaperShape]
    residents: list[ResidentsShape]
    penalties: list[PenaltyShape]
    turns: list[TurnShape]
    habits: HabitsShape
    faults: FaultsShape
