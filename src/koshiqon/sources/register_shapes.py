"""The records of a mapping file. docs/reference/register-files.md is the manual."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BeforeValidator, Field, PlainValidator, model_validator

from koshiqon.sources.fields import Day, Shape, refuse
from koshiqon.stay.register.form import (
    CROSSING_NAMES,
    NEEDED,
    SEXES,
    SIDE_NAMES,
    STAY_NAMES,
    Coverage,
    Given,
    Holds,
    Repair,
    SideTable,
)


def _texts(value: Any) -> Any:  # noqa: ANN401
    """Values may be written as numbers: `1: in`, `М: 2`."""
    if not isinstance(value, dict):
        raise refuse("not_a_map", value=value)
    return {str(key): str(part) for key, part in value.items()}


def _zone(value: Any) -> str:  # noqa: ANN401
    try:
        return ZoneInfo(value).key
    except (ZoneInfoNotFoundError, ValueError, TypeError, OSError):
        raise refuse("register_zone_unknown", zone=value) from None


def _column(value: Any) -> Any:  # noqa: ANN401
    """A text alone is the name of a column."""
    return {"column": value} if isinstance(value, str) else value


def _one_sign(value: Any) -> str:  # noqa: ANN401
    if not isinstance(value, str) or len(value) != 1:
        raise refuse("register_not_one_sign", value=value)
    return value


def _minutes(value: Any) -> int:  # noqa: ANN401
    if type(value) is not int or not 0 <= value <= A_YEAR:
        raise refuse("out_of_range", value=value, low=0, high=A_YEAR)
    return value


A_YEAR = 525_600
"""Minutes of a year."""
Zone = Annotated[str, PlainValidator(_zone)]
Texts = Annotated[dict[str, str], BeforeValidator(_texts)]
Sign = Annotated[str, PlainValidator(_one_sign)]
Minutes = Annotated[int, PlainValidator(_minutes)]
FIRST_DAY = date(1970, 1, 1)


class GivenShape(Shape):
    column: str | None = None
    constant: str | None = None
    values: Texts = Field(default_factory=dict)

    @model_validator(mode="after")
    def _one_of_two(self) -> GivenShape:
        if (self.column is None) == (self.constant is None):
            raise refuse("register_column_or_constant")
        return self

    def build(self) -> Given:
        return Given(self.column, self.constant, self.values)


GivenField = Annotated[GivenShape, BeforeValidator(_column)]


class SideShape(Shape):
    files: str
    columns: Texts = Field(default_factory=dict)
    coverage: Literal["complete", "partial"]

    def build(self, name: str) -> SideTable:
        own = {column: column for column in SIDE_NAMES[name]}
        return SideTable(self.files, own | self.columns, Coverage(self.coverage))


class CheckpointsShape(Shape):
    files: str
    columns: Texts = Field(default_factory=dict)

    def build(self) -> SideTable:
        own = {column: column for column in SIDE_NAMES["checkpoints"]}
        return SideTable(self.files, own | self.columns, Coverage.COMPLETE)


class WrittenShape(Shape):
    delimiter: Sign | None = None
    quote: Sign = '"'
    encoding: str = "utf-8"


class RepairShape(Shape):
    duplicate_minutes: Minutes = Repair().duplicate_minutes
    overlap_minutes: Minutes = Repair().overlap_minutes
    early_exit_minutes: Minutes = Repair().early_exit_minutes


class MappingShape(Shape):
    holds: Literal["crossings", "stays"]
    columns: dict[str, GivenField]
    facts: dict[str, GivenField] = Field(default_factory=dict)
    clock: Literal["automatic", "local", "utc", "seconds", "milliseconds", "microseconds"] = "automatic"
    date_format: str | None = None
    zone: Zone
    zones: dict[str, Zone] = Field(default_factory=dict)
    checkpoints: CheckpointsShape | None = None
    permits: SideShape | None = None
    penalties: SideShape | None = None
    links: SideShape | None = None
    since: Day = date(1991, 1, 1)
    extracted_on: Day | None = None
    repair: RepairShape = Field(default_factory=RepairShape)
    csv: WrittenShape = Field(default_factory=WrittenShape)
    synthetic: bool = False

    @model_validator(mode="after")
    def _fits(self) -> MappingShape:
        holds = Holds(self.holds)
        known = CROSSING_NAMES if holds is Holds.CROSSINGS else STAY_NAMES
        for name in self.columns:
            if name not in known:
                raise refuse("register_column_not_ours", column=name, known=", ".join(known))
        for name in NEEDED[holds]:
            if name not in self.columns:
                raise refuse("register_column_unmapped", column=name)
        for name, allowed in (("direction", ("in", "out")), ("sex", SEXES)):
            for written, meant in (self.columns[name].values if name in self.columns else {}).items():
                if meant not in allowed:
                    raise refuse("register_value_unknown", value=meant, written=written, allowed=", ".join(allowed))
        if self.since < FIRST_DAY:
            raise refuse("register_since_too_early", day=self.since, first=FIRST_DAY)
        if self.extracted_on is not None and self.extracted_on < self.since:
            raise refuse("register_days_backwards", since=self.since, until=self.extracted_on)
        return self
