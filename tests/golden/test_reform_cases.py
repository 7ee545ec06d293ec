"""Each ready-made reform of Kazakhstan, shown on one person before and after it."""

from __future__ import annotations

from pathlib import Path

import pytest

from koshiqon.country import Country
from koshiqon.evidence import Confidence
from koshiqon.reform import reformed
from koshiqon.sources.country_folder import load_reading
from koshiqon.sources.worked_cases import Run, read_worked_cases
from koshiqon.status.worked import work

FILE = Path(__file__).parent / "reforms_kazakhstan.yaml"
REFORMS = (
    "kyrgyz-exception-again",
    "kyrgyz-exception-goes-on",
    "kyrgyz-exception-never",
    "law-before-27-january-2023",
    "schengen-90-180-for-all",
    "uzbekistan-60-days",
    "uzbekistan-60-days-since-2023",
)


def under(name: str) -> Country:
    """Kazakhstan as it is, or under one of its reforms."""
    reading = load_reading("kaz")
    return reading.country if name == "kaz" else reformed(reading.country, reading.reforms[name])


@pytest.fixture(scope="module")
def runs() -> tuple[Run, ...]:
    laws: dict[str, Country] = {}
    return read_worked_cases(FILE, "kaz", lambda name: laws.setdefault(name, under(name)))


def test_the_reforms_that_ship_are_these():
    assert tuple(sorted(load_reading("kaz").reforms)) == REFORMS


@pytest.mark.parametrize("name", REFORMS)
def test_what_a_reform_changes_for_one_person_comes_out(runs, name):
    mine = [run for run in runs if run.case.id == name]
    failed = [
        (run.case.name, check.expectation, check.found)
        for run in mine
        for check in work(run.case, run.country).checks
        if not check.met
    ]
    assert failed == []
    reform = load_reading("kaz").reforms[name]
    laws = {run.country.content_hash.endswith(f"+{reform.name}") for run in mine}
    assert laws == {True, False}, "a case before and one under the reform"


@pytest.mark.parametrize("name", REFORMS)
def test_a_ready_made_reform_rests_on_our_own_reading_and_says_so_with_low_confidence(name):
    reform = load_reading("kaz").reforms[name]
    parts = [*(rule.basis for rule in reform.rules.values()), *(row.basis for row in reform.regimes)]
    assert {source for basis in parts for source in basis.sources} == {"own-reading"}
    assert {basis.confidence for basis in parts} == {Confidence.LOW}
