"""Days, numbers, reasons and traces of an assessment as the plain values that JSON holds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from koshiqon.render.trace import written
from koshiqon.rules.expression import Duration
from koshiqon.rules.judging import Outcome, Reason, Trace, Unknown


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
