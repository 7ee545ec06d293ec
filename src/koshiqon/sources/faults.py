"""What is wrong in a file, and where. A fault is a code with values; `render/words.py` makes the letter of it.

Fault            one thing wrong at one place; all faults of a run are collected and reported together
UnreadableCountry  the folder is not there, or holds no country; nothing can be read
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One fault: the file (relative to the country's folder), the line (from 1), a code, and the values its sentence
    needs.
    """

    file: str
    line: int
    code: str
    values: tuple[tuple[str, str], ...] = ()


def fault(file: str, line: int, code: str, **values: object) -> Fault:
    return Fault(file, line, code, tuple((name, str(value)) for name, value in values.items()))


class UnreadableCountry(Exception):
    """No country can be read at `folder`; `code` says why."""

    def __init__(self, folder: str, code: str, values: Mapping[str, str] | None = None) -> None:
        super().__init__(f"{folder}: {code}")
        self.folder = folder
        self.code = code
        self.values = dict(values or {})
