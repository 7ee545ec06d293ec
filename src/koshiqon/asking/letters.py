"""Faults of a case as letters to whoever wrote it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from koshiqon.render.catalogs import catalog
from koshiqon.render.letters import letter
from koshiqon.sources.faults import Fault


def letters(faults: Iterable[Fault], language: str) -> list[str]:
    """Each fault as a letter; one of a file begins with its file and line."""
    told = []
    for found in faults:
        words = letter_of(found.code, dict(found.values), language)
        told.append(f"{found.file}:{found.line}: {words}" if found.file else words)
    return told


def letter_of(code: str, values: Mapping[str, str], language: str) -> str:
    """One letter in a language that ships. Raises KeyError where the code is none."""
    return letter(code, values, catalog(language))
