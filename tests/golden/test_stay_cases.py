"""The 47 worked cases about Kazakhstan: stated by sources or computed by hand, each run as a lawyer would run it."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

import pytest

from koshiqon.sources.country_folder import load_country
from koshiqon.sources.worked_cases import Run, read_worked_cases
from koshiqon.status.worked import work
from koshiqon.stay.worked import Known, outcome_of

FILE = Path(__file__).parent / "stay_kazakhstan.yaml"
IDS = """
    VR-02 VR-04 VR-05 VR-06 VR-07 VR-08 VR-09 VR-13 KG-01
    BI-01 BI-04 BI-05 BI-07 BI-08 BI-12 BI-13
    FN-01 FN-02 FN-03 FN-04 FN-05 FN-06 FN-07 FN-08 FN-09 FN-13 FN-14
    PA-01 PA-03 PA-04 PA-05 PA-06 NT-02 NT-03 CP-01 CP-02 CP-04
    CO-01 CO-04 CO-05 CO-06 CO-07 CO-08 CO-09 CO-10 CO-12 CO-13
""".split()  # noqa: SIM905 (a list of names reads as names)
"""Every case that was collected; none may be dropped."""


@lru_cache
def runs() -> dict[str, list[Run]]:
    """The runs of the file by the id of their case."""
    found: dict[str, list[Run]] = {}
    for run in read_worked_cases(FILE, "kaz", load_country):
        found.setdefault(run.case.id, []).append(run)
    return found


def test_every_collected_case_is_there_once_and_no_other():
    written = re.findall(r"^- case: (\S+)$", FILE.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(IDS) == len(set(IDS)) == 47
    assert list(dict.fromkeys(written)) == IDS


@pytest.mark.parametrize("name", IDS)
def test_what_the_source_says_comes_out(name):
    failed = [
        (run.case.name, check.expectation, check.found)
        for run in runs()[name]
        for check in work(run.case, run.country).checks
        if not check.met
    ]
    assert failed == []


@pytest.mark.parametrize("name", IDS)
def test_a_case_names_its_source_and_says_in_our_words_what_it_is_about(name):
    for run in runs()[name]:
        assert run.case.note and all(run.case.sources), run.case.name


def test_whatever_is_unknown_or_in_conflict_names_the_row_of_the_country_that_leaves_it_open(kaz):
    rows = {"question": kaz.country.questions, "conflict": kaz.country.conflicts}
    for run in (run for several in runs().values() for run in several):
        assert bool(run.case.because) == (run.case.outcome is not Known.KNOWN), run.case.name
        assert [one for one in run.case.because if one.name not in rows[one.kind]] == [], run.case.name


def test_the_counts_of_known_unknown_and_conflict_are_told(capsys):
    counts = Counter(outcome_of(run.case for run in several) for several in runs().values())
    number = sum(map(len, runs().values()))
    with capsys.disabled():
        told = ", ".join(f"{counts[outcome]} {outcome}" for outcome in Known)
        print(f"\n{len(runs())} worked cases about Kazakhstan in {number} runs: {told}")  # noqa: T201
    assert counts == {Known.KNOWN: 44, Known.UNKNOWN: 1, Known.CONFLICT: 2}


def test_six_fines_of_fn_05_make_the_sum_that_the_court_told_the_press():
    (run,) = runs()["FN-05"]
    (decision,) = [one.wanted for one in run.case.expected if one.what == "decisions"]
    assert 6 * decision["leaves"][0] == Decimal("142947")
    assert abs(6 * decision["leaves"][0] - 143_000) < 100
