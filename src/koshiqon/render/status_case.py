"""A case as the text of a case file, which `--case` reads again (docs/reference/case-files.md)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from koshiqon.rules.expression import Duration
from koshiqon.rules.judging import Outcome, Unknown
from koshiqon.stay.case import StayCase


def case_text(case: StayCase, on: date, readings: Mapping[str, str]) -> str:
    """The case with the day asked and the readings that were chosen, as YAML; what is not known is left out."""
    return "\n".join(_lines(case, on, readings)) + "\n"


def _lines(case: StayCase, on: date, readings: Mapping[str, str]) -> Iterator[str]:
    if case.citizenship is not None:
        yield f"citizenship: {case.citizenship}"
    yield f"on: {on.isoformat()}"
    if case.stays:
        yield "trips:"
        for stay in case.stays:
            yield f"  - {{entry: {stay.entry.isoformat()}{_day(', exit', stay.exit)}}}"
    if case.papers:
        yield "permits:"
        for paper in case.papers:
            since = paper.since.isoformat()
            yield f"  - {{kind: {_text(paper.kind)}, since: {since}{_day(', until', paper.until)}}}"
    if case.plan is not None:
        yield f"plan: {{entry: {case.plan.entry.isoformat()}{_day(', exit', case.plan.exit)}}}"
    told = {name: value for name, value in case.facts.items() if not isinstance(value, Unknown)}
    if told:
        yield "facts:"
        yield from (f"  {name}: {_value(value)}" for name, value in told.items())
    if readings:
        yield "readings:"
        yield from (f"  {name}: {_text(option)}" for name, option in readings.items())


def _day(key: str, day: date | None) -> str:
    return "" if day is None else f"{key}: {day.isoformat()}"


def _value(value: Outcome) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case date():
            return value.isoformat()
        case int() | Decimal():
            return str(value)
        case tuple():
            return f"[{', '.join(_value(item) for item in value)}]"
        case str():
            return _text(value)
        case Duration() | Unknown():
            raise ValueError(value)


def _text(words: str) -> str:
    """A text in double quotes, as YAML takes it like JSON."""
    return json.dumps(words, ensure_ascii=False)
