"""Read the JSON of an earlier edition of the review."""

from __future__ import annotations

import json
from pathlib import Path

from koshiqon.review.comparison import EarlierFinding
from koshiqon.review.edition import Earlier

SCHEMA = "koshiqon-review/1"


class UnreadableEdition(Exception):
    """The file is not there, is not JSON, or is not an edition of the review; `code` says which."""

    def __init__(self, code: str, values: dict[str, str]) -> None:
        super().__init__(f"{code}: {values}")
        self.code = code
        self.values = values


def read_edition(path: Path) -> Earlier:
    """The findings of an earlier edition by name, and what the edition calls itself. Raises UnreadableEdition."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except OSError as problem:
        raise UnreadableEdition("edition_not_there", {"path": str(path), "reason": problem.strerror or ""}) from None
    except ValueError as problem:
        raise UnreadableEdition("edition_not_json", {"path": str(path), "reason": str(problem)}) from None
    try:
        if content["schema"] != SCHEMA:
            raise KeyError(SCHEMA)
        findings = {
            entry["name"]: EarlierFinding(entry["name"], entry.get("value"), entry.get("statement"))
            for entry in content["findings"]
        }
        edition = f"{content['country']} {content['country_version']}, {next(iter(content['edition'].values()))}"
    except (KeyError, TypeError, AttributeError, StopIteration):
        raise UnreadableEdition("edition_of_another_kind", {"path": str(path), "schema": SCHEMA}) from None
    return Earlier(edition, findings)
