"""Facts of a case as written, each by the type that the country declares for it."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from koshiqon.country import Country
from koshiqon.rules.categories import CaseFact
from koshiqon.rules.judging import Outcome
from koshiqon.sources.case_file import Written
from koshiqon.sources.citizenships import is_citizenship
from koshiqon.sources.faults import Fault, fault
from koshiqon.stay.case import CITIZENSHIP
from koshiqon.stay.matter import ENTRY

YES = frozenset({"yes", "true", "да", "иә"})
NO = frozenset({"no", "false", "нет", "жоқ"})
FORMS: dict[str, str] = {
    "yes_no": "yes, no",
    "date": "2026-11-22",
    "number": "3",
    "country": "UZB",
    "countries": "UZB, KGZ",
    "text": "…",
}
"""An example of each type, for the letter."""


def read_facts(given: Mapping[str, Written], country: Country, file: str, faults: list[Fault]) -> dict[str, Outcome]:
    """Facts by name, each of its declared type; a name or value that does not fit becomes a fault."""
    facts: dict[str, Outcome] = {}
    for name, item in given.items():
        declared = country.facts.get(name)
        if name in (CITIZENSHIP, ENTRY):
            faults.append(fault(file, item.line, "case_fact_elsewhere", field=item.called, name=name))
        elif declared is None:
            near = ", ".join(difflib.get_close_matches(name, country.facts, n=3)) or "—"
            faults.append(fault(file, item.line, "case_fact_unknown", field=item.called, name=name, near=near))
        elif item.value not in (None, ""):
            value = fact_value(declared, item.value)
            if value is None:
                allowed = ", ".join(declared.values) or FORMS.get(declared.type, declared.type)
                values = {"name": name, "value": item.value, "allowed": allowed}
                faults.append(fault(file, item.line, "case_fact_value", field=item.called, **values))
            else:
                facts[name] = value
    return facts


def fact_value(declared: CaseFact, value: Any) -> Outcome | None:  # noqa: ANN401 (YAML holds anything)
    """The value as the declared type has it; None where it does not fit."""
    match declared.type:
        case "yes_no":
            return value if isinstance(value, bool) else _yes_no(str(value))
        case "number":
            return _number(value)
        case "date":
            return _date(value)
        case "code":
            return value if value in declared.values else None
        case "country":
            return value if isinstance(value, str) and is_citizenship(value) else None
        case "countries":
            return _countries(value)
    return value if isinstance(value, str) else None


def _yes_no(word: str) -> bool | None:
    return True if word.strip().lower() in YES else False if word.strip().lower() in NO else None


FIRST_YEAR, LAST_YEAR = 1900, 2199
"""The years of a person's case: what lies outside is a slip, and windows before and after it must be days too."""
LARGEST = 15
"""The power of ten that no number of a case reaches; without an end, `1e999999` would become a million digits."""


def _number(value: Any) -> int | Decimal | None:  # noqa: ANN401
    if isinstance(value, bool):
        return None
    try:
        number = Decimal(str(value).strip())
    except InvalidOperation:
        return None
    if not number.is_finite() or number.adjusted() > LARGEST:
        return None
    return int(number) if number == int(number) else number


def _date(value: Any) -> date | None:  # noqa: ANN401
    try:
        day = date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else None
    except ValueError:
        return None
    return day if day is not None and FIRST_YEAR <= day.year <= LAST_YEAR else None


def _countries(value: Any) -> tuple[str, ...] | None:  # noqa: ANN401
    codes = value if isinstance(value, list) else [part.strip() for part in str(value).split(",")]
    return tuple(codes) if all(isinstance(code, str) and is_citizenship(code) for code in codes) else None
