"""No fact was lost on the way: every row of the facts files has a place in the country, or one of few reasons.

The manifests in tests/house/coverage say where each row went; `make coverage` compares them with the facts themselves,
which do not ship. Here every place they name is looked up in Kazakhstan as it ships.
"""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from koshiqon.evidence import Reference
from koshiqon.sources.country_folder import Reading

REPOSITORY = Path(__file__).parent.parent.parent
MANIFESTS = Path(__file__).parent / "coverage"
MOST_LEFT_OUT = 0.02


class Entry(NamedTuple):
    """What became of one row of a facts file: where it went, or why it was left out."""

    key: str
    sha256: str
    went_to: str
    left_out: str


def entries_of_all_files() -> dict[str, list[Entry]]:
    """By facts file; a long manifest lies in parts (`law_status.md.manifest.csv`, `law_status.md.2.manifest.csv`)."""
    found: dict[str, list[Entry]] = defaultdict(list)
    for path in sorted(MANIFESTS.glob("*.manifest.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            facts = re.sub(r"(\.\d+)?\.manifest\.csv$", "", path.name)
            found[facts] += [Entry(**record) for record in csv.DictReader(file)]
    return found


ENTRIES = entries_of_all_files()
FACTS = [
    "categories.yaml",
    "codebooks.md",
    "data_sources.md",
    "figures_kz.csv",
    "law_gaps.md",
    "law_status.md",
    "law_stay.md",
    "policy_changes.csv",
    "regional_stay.csv",
    "regional_stay.md",
    "series_kaz.csv",
    "stay_timeline.csv",
    "visa_free.csv",
]


def told(lost: list[str]) -> str:
    """The first lost rows, and how many more there are."""
    return "\n".join([f"{len(lost)} lost", *lost[:20], *(["…"] if len(lost) > 20 else [])])


@cache
def headings(path: str) -> frozenset[str]:
    """The anchors of a page: its headings in small letters with hyphens, as MyST and the forges write them."""
    text = (REPOSITORY / path).read_text(encoding="utf-8")
    titles = re.findall(r"^#+ +(.+?) *$", re.sub(r"^```.*?^```", "", text, flags=re.M | re.S), re.M)
    return frozenset(re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles)


def stands(place: str, kaz: Reading) -> bool:
    """Is there something at the place that a manifest names?"""
    kind, _, name = place.partition(":")
    if kind == "doc":
        path, _, anchor = name.partition("#")
        return (REPOSITORY / path).is_file() and (not anchor or anchor in headings(path))
    if kind == "decision":
        part, _, number = name.partition("/")
        decision = kaz.country.decision
        numbers = {
            "steps": {step.number for step in decision.steps},
            "overlays": set(range(1, len(decision.overlays) + 1)),
            "flags": set(range(1, len(decision.flags) + 1)),
        }
        return number.isdigit() and int(number) in numbers.get(part, set())
    return Reference(kind, name) in kaz.places


def test_every_facts_file_has_its_manifest():
    assert sorted(ENTRIES) == FACTS


@pytest.mark.parametrize("facts", ENTRIES)
def test_every_row_has_a_place_or_a_reason(facts):
    neither = [entry.key for entry in ENTRIES[facts] if not entry.went_to and not entry.left_out]
    assert neither == [], told(neither)


@pytest.mark.parametrize("facts", ENTRIES)
def test_every_place_that_a_row_went_to_is_there(facts, kaz):
    lost = [
        f"{entry.key}: no {place}"
        for entry in ENTRIES[facts]
        for place in entry.went_to.split()
        if not stands(place, kaz)
    ]
    assert not lost, told(lost)


@pytest.mark.parametrize("facts", ENTRIES)
def test_a_row_is_told_once(facts):
    times = Counter(entry.key for entry in ENTRIES[facts])
    twice = [key for key, number in times.items() if number > 1]
    assert not twice, told(twice)


@pytest.mark.parametrize("facts", ENTRIES)
def test_every_row_keeps_the_hash_of_what_was_transcribed(facts):
    without = [entry.key for entry in ENTRIES[facts] if not re.fullmatch("[0-9a-f]{16}", entry.sha256)]
    assert not without, told(without)


@pytest.mark.parametrize("facts", ENTRIES)
def test_at_most_two_rows_in_a_hundred_were_left_out(facts):
    left_out = [f"{entry.key}: {entry.left_out}" for entry in ENTRIES[facts] if entry.left_out and not entry.went_to]
    assert len(left_out) <= MOST_LEFT_OUT * len(ENTRIES[facts]), told(left_out)
