"""The kinds of cell that country files have, each read strictly: date, text, reference, provision, list, number.

Every reader raises a PydanticCustomError whose type is the code of a fault.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator, ValidationInfo
from pydantic_core import PydanticCustomError

from koshiqon.evidence import Basis, Confidence, ProvisionId, Reference, parse_provision
from koshiqon.language import Text
from koshiqon.period import PartialDate, Period, parse_date
from koshiqon.rules.expression import Duration, Unit
from koshiqon.rules.rule import EventDay, Moment, ParameterName, Quantity

REFERENCE_KINDS = frozenset(
    [
        "act",
        "provision",
        "parameter",
        "regime",
        "abroad",
        "event",
        "indicator",
        "observation",
        "category",
        "practice",
        "conflict",
        "question",
        "remark",
        "office",
        "theme",
        "source",
        "fact",
        "decision",
        "rule",
        "reading",
    ]
)

_CODE_NAME = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*")
_TERM = re.compile(r"(?P<amount>[0-9]{1,6}) (?P<unit>(working )?day|month|year)s?")
_UNITS = {"day": Unit.DAYS, "working day": Unit.WORKING_DAYS, "month": Unit.MONTHS, "year": Unit.YEARS}
_ONE_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBER = re.compile(r"[-+]?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]{1,2})?")
SPANS = "2024, 2024-S1, 2024-Q1, 2024-09, 2024-05-10, 2023/2024, 2025-01-01/2025-10-31, 1990/P5Y"
_SPAN = re.compile(
    r"[0-9]{4}(-S[12]|-Q[1-4]|-[0-9]{2}(-[0-9]{2})?|/[0-9]{4}|/P[0-9]+Y)?"
    r"|[0-9]{4}-[0-9]{2}-[0-9]{2}/[0-9]{4}-[0-9]{2}-[0-9]{2}"
)


class Shape(BaseModel):
    """A record of a file: strict types, no unknown field."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


def refuse(code: str, **values: object) -> PydanticCustomError:
    return PydanticCustomError(code, code, {name: str(value) for name, value in values.items()})


def _date(value: Any) -> PartialDate:  # noqa: ANN401
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if not isinstance(text, str):
        raise refuse("not_a_date", value=value)
    try:
        return parse_date(text)
    except ValueError:
        raise refuse("not_a_date", value=text) from None


def _date_or_open(value: Any) -> PartialDate | None:  # noqa: ANN401
    return None if value in (None, "") else _date(value)


def _text(value: Any, info: ValidationInfo) -> Text:  # noqa: ANN401
    if not isinstance(value, dict):
        raise refuse("not_a_text", value=value)
    languages = (info.context or {})["languages"]
    words = {code: part for code, part in value.items() if code != "checked_by"}
    for code, part in words.items():
        if code not in languages:
            raise refuse("language_unknown", language=code, languages=", ".join(languages))
        if not isinstance(part, str):
            raise refuse("not_a_text", value=part)
    checked_by = value.get("checked_by") or {}
    if not isinstance(checked_by, dict) or not all(isinstance(who, str) for who in checked_by.values()):
        raise refuse("not_a_map", value=checked_by)
    for code in checked_by:
        if code not in languages:
            raise refuse("language_unknown", language=code, languages=", ".join(languages))
    text = Text(words, checked_by)
    if missing := text.missing(languages):
        raise refuse("language_missing", languages=", ".join(missing))
    return text


def _reference(value: Any) -> Reference:  # noqa: ANN401
    kind, colon, name = value.partition(":") if isinstance(value, str) else ("", "", "")
    if not (colon and name) or kind not in REFERENCE_KINDS:
        raise refuse("not_a_reference", value=value)
    return Reference(kind, name)


def _reference_or_none(value: Any) -> Reference | None:  # noqa: ANN401
    return None if value in (None, "") else _reference(value)


def _provision(value: Any) -> ProvisionId | None:  # noqa: ANN401
    if value in (None, ""):
        return None
    try:
        return parse_provision(value)
    except (ValueError, TypeError):
        raise refuse("not_a_provision", value=value) from None


def _words(value: Any) -> Any:  # noqa: ANN401
    """A CSV cell of several ids, separated by spaces; a YAML list stays as it is."""
    return value.split() if isinstance(value, str) else value


def _confidence(value: Any) -> Confidence:  # noqa: ANN401
    try:
        return Confidence(value)
    except ValueError:
        raise refuse("not_one_of", value=value, allowed=", ".join(Confidence)) from None


def _whole_or_none(value: Any) -> int | None:  # noqa: ANN401
    """A cell of a table, or a number of YAML."""
    if value in (None, ""):
        return None
    if type(value) is int and value >= 0:
        return value
    if isinstance(value, str) and value.isascii() and value.isdigit():
        return int(value)
    raise refuse("not_a_whole_number", value=value)


def _number(value: Any) -> float:  # noqa: ANN401
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        return float(value)
    raise refuse("not_a_number", value=value)


def _name(value: Any) -> str:  # noqa: ANN401
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str) or not value.strip():
        raise refuse("empty")
    return value


def _languages(value: Any, info: ValidationInfo) -> Any:  # noqa: ANN401
    """A list of languages of the country."""
    known = (info.context or {})["languages"]
    for code in value if isinstance(value, list) else ():
        if code not in known:
            raise refuse("language_unknown", language=code, languages=", ".join(known))
    return value


def _span(value: Any) -> str:  # noqa: ANN401
    """A statistical period as SDMX writes it, and our own forms of it."""
    if not isinstance(value, str) or not _SPAN.fullmatch(value):
        raise refuse("not_one_of", value=value, allowed=SPANS)
    for part in re.findall(r"[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?", value):
        _day_of_span(part, value)
    return value


def _day_of_span(part: str, value: str) -> None:
    try:
        parse_date(part)
    except ValueError:
        raise refuse("not_one_of", value=value, allowed=SPANS) from None


def _no_sources(value: Any) -> Any:  # noqa: ANN401
    if not value:
        raise refuse("no_source")
    return value


def _one_provision(value: Any) -> ProvisionId:  # noqa: ANN401
    if (provision := _provision(value)) is None:
        raise refuse("not_a_provision", value=value)
    return provision


# --- cells of rules --------------------------------------------------------------------------------------------------


def _quantity(value: object) -> Quantity:
    """A whole number, a term such as `3 working days`, or the name of a parameter."""
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    if isinstance(value, str):
        if match := _TERM.fullmatch(value):
            return Duration(int(match["amount"]), _UNITS[match["unit"]])
        if _CODE_NAME.fullmatch(value):
            return ParameterName(value)
    raise refuse("not_a_quantity", value=value)


def _quantity_or_none(value: object) -> Quantity | None:
    return None if value is None else _quantity(value)


def _moment(value: object) -> Moment:
    """A day, or the name of one."""
    if isinstance(value, str) and _CODE_NAME.fullmatch(value):
        return EventDay(value)
    try:
        return _day(value)
    except ValueError:
        raise refuse("not_a_moment", value=value) from None


def _moment_or_none(value: object) -> Moment | None:
    return None if value is None else _moment(value)


def _day(value: object) -> date:
    try:
        if isinstance(value, str) and _ONE_DAY.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise refuse("not_a_day", value=value)


def _day_or_none(value: object) -> date | None:
    return None if value is None else _day(value)


Date = Annotated[PartialDate, PlainValidator(_date)]
DateOrOpen = Annotated[PartialDate | None, PlainValidator(_date_or_open)]
Words = Annotated[Text, PlainValidator(_text)]
Ref = Annotated[Reference, PlainValidator(_reference)]
RefOrNone = Annotated[Reference | None, PlainValidator(_reference_or_none)]
Refs = Annotated[list[Ref], BeforeValidator(_words)]
Provision = Annotated[ProvisionId | None, PlainValidator(_provision)]
Sure = Annotated[Confidence, PlainValidator(_confidence)]
Names = Annotated[list[str], BeforeValidator(_words)]
SourceNames = Annotated[list[str], BeforeValidator(_no_sources), BeforeValidator(_words)]
Languages = Annotated[list[str], BeforeValidator(_languages)]
Span = Annotated[str, PlainValidator(_span)]
Whole = Annotated[int | None, PlainValidator(_whole_or_none)]
Number = Annotated[float, PlainValidator(_number)]
Name = Annotated[str, PlainValidator(_name)]
OneProvision = Annotated[ProvisionId, PlainValidator(_one_provision)]
Amount = Annotated[Quantity, PlainValidator(_quantity)]
AmountOrNone = Annotated[Quantity | None, PlainValidator(_quantity_or_none)]
When = Annotated[Moment, PlainValidator(_moment)]
WhenOrNone = Annotated[Moment | None, PlainValidator(_moment_or_none)]
Day = Annotated[date, PlainValidator(_day)]
DayOrNone = Annotated[date | None, PlainValidator(_day_or_none)]


class Believed(Shape):
    """The columns that every believed row has."""

    sources: SourceNames
    confidence: Sure
    conflicts_with: Refs = Field(default_factory=list)

    def basis(self) -> Basis:
        return Basis(tuple(self.sources), self.confidence, tuple(self.conflicts_with))


class Dated(Believed):
    """A believed row with a period."""

    since: Date
    until: DateOrOpen = None

    def period(self) -> Period:
        return Period(self.since, self.until)
