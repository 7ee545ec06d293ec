"""Days, numbers, reasons, traces, the case and the sources of an answer as the plain values that JSON holds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from koshiqon.country import Country
from koshiqon.render.trace import written
from koshiqon.rules.expression import Duration
from koshiqon.rules.judging import Outcome, Reason, Trace, Unknown
from koshiqon.stay.case import StayCase
from koshiqon.stay.presence import Stay


def day_data(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def code_data(code: str | None) -> str | None:
    return None if code is None else str(code)


def reason_data(reason: Reason) -> dict[str, str]:
    return {"reason": str(reason.kind), "name": reason.name}


def reasons_data(reasons: Iterable[Reason]) -> list[dict[str, str]]:
    return [reason_data(reason) for reason in sorted(reasons)]


def number_data(value: int | Decimal) -> int | float:
    """A whole number as one; any other as the nearest that JSON can write."""
    return int(value) if value == int(value) else float(value)


def value_data(outcome: Outcome) -> Any:  # noqa: ANN401 (JSON holds anything)
    """A value as JSON has it: a day as text, a term as amount and unit, what is unknown as its reasons."""
    match outcome:
        case Unknown(reasons):
            return {"unknown": reasons_data(reasons)}
        case bool() | str():
            return outcome
        case date():
            return outcome.isoformat()
        case int() | Decimal():
            return number_data(outcome)
        case Duration(amount, unit):
            return {"amount": amount, "unit": str(unit)}
        case tuple():
            return [value_data(item) for item in outcome]


def trace_data(trace: Trace | None) -> dict[str, Any] | None:
    if trace is None:
        return None
    return {
        "written": written(trace.node),
        "outcome": value_data(trace.outcome),
        "parts": [trace_data(part) for part in trace.parts],
    }


def case_data(case: StayCase) -> dict[str, Any]:
    """What was given about the person; facts that a door assumed are left out."""
    return {
        "citizenship": case.citizenship,
        "trips": [_trip_data(stay) for stay in case.stays],
        "permits": [
            {"kind": paper.kind, "since": day_data(paper.since), "until": day_data(paper.until)}
            for paper in case.papers
        ],
        "plan": None if case.plan is None else _trip_data(case.plan),
        "facts": {name: value_data(value) for name, value in case.facts.items() if name not in case.assumed},
    }


def _trip_data(stay: Stay) -> dict[str, str | None]:
    return {"entry": day_data(stay.entry), "exit": day_data(stay.exit)}


def sources_data(names: Iterable[str], country: Country) -> dict[str, dict[str, Any]]:
    """Sources of the country by their names, each with what a reader needs to find it."""
    told = {name: country.sources[name] for name in names}
    return {
        name: {"title": source.title, "publisher": source.publisher, "url": source.url} for name, source in told.items()
    }
