"""One person's case as somebody wrote it: a YAML file, or the options of a command line. See
docs/reference/case-files.md.

UnreadableCase  the case cannot be read; it holds every fault that was found
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from koshiqon.sources.faults import Fault, fault
from koshiqon.sources.files import Located, read_yaml

FIELDS = ("citizenship", "on", "trips", "permits", "plan", "facts", "readings")


class UnreadableCase(Exception):
    """A case that cannot be read, with every fault found in it. A fault without a file is one of the options."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("; ".join(f"{found.file}:{found.line}: {found.code}" for found in faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Written:
    """One value as it was written, what it is called there, and its line (0: an option)."""

    value: Any
    called: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class CaseWritten:
    """A whole case as it was written; `file` is empty for the options of a command line."""

    file: str = ""
    citizenship: Written | None = None
    on: Written | None = None
    trips: tuple[Written, ...] = ()
    permits: tuple[Written, ...] = ()
    plan: Written | None = None
    facts: Mapping[str, Written] = field(default_factory=dict)
    readings: Mapping[str, Written] = field(default_factory=dict)


def read_case_file(path: Path) -> CaseWritten:
    """The case in a YAML file. Raises UnreadableCase: no such file, no YAML, an unknown field, a list or map that is
    none.
    """
    name = str(path)
    faults: list[Fault] = []
    try:
        located = read_yaml(path, name, faults)
    except OSError as problem:
        reason = problem.strerror or str(problem)
        raise UnreadableCase((fault("", 0, "case_file_unreadable", path=name, reason=reason),)) from None
    if not faults and not isinstance(located.value, dict):
        faults.append(fault(name, 1, "case_file_empty", fields=", ".join(FIELDS)))
    if faults:
        raise UnreadableCase(tuple(faults))
    written = _case(located, name, faults)
    if faults:
        raise UnreadableCase(tuple(faults))
    return written


def _case(located: Located, name: str, faults: list[Fault]) -> CaseWritten:
    value: dict[str, Any] = located.value
    for key in value:
        if key not in FIELDS:
            near = ", ".join(difflib.get_close_matches(key, FIELDS, n=2)) or ", ".join(FIELDS)
            faults.append(fault(name, located.line_of((key,)), "case_field_unknown", field=key, near=near))

    def one(key: str) -> Written | None:
        given = value.get(key)
        return None if given in (None, "") else Written(given, key, located.line_of((key,)))

    def several(key: str) -> tuple[Written, ...]:
        given = value.get(key)
        if given not in (None, "") and not isinstance(given, list):
            faults.append(fault(name, located.line_of((key,)), "not_a_list", field=key, value=given))
            return ()
        return tuple(
            Written(item, f"{key}[{number}]", located.line_of((key, number))) for number, item in enumerate(given or ())
        )

    def named(key: str) -> dict[str, Written]:
        given = value.get(key)
        if given not in (None, "") and not isinstance(given, dict):
            faults.append(fault(name, located.line_of((key,)), "not_a_map", field=key, value=given))
            return {}
        return {part: Written(item, part, located.line_of((key, part))) for part, item in (given or {}).items()}

    return CaseWritten(
        file=name,
        citizenship=one("citizenship"),
        on=one("on"),
        trips=several("trips"),
        permits=several("permits"),
        plan=one("plan"),
        facts=named("facts"),
        readings=named("readings"),
    )
