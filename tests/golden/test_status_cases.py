"""Worked cases about who somebody is in law in Kazakhstan: what the facts say of each category, term and change."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

import pytest

from koshiqon.rules.rule import Belongs
from koshiqon.sources.country_folder import load_country
from koshiqon.sources.worked_cases import Run, read_worked_cases
from koshiqon.status.worked import work
from koshiqon.stay.worked import Known, outcome_of

HERE = Path(__file__).parent
FILES = ("status_protection_return.yaml", "status_labour_family.yaml")


@lru_cache
def runs() -> dict[str, list[Run]]:
    """The runs of the files by the id of their case."""
    found: dict[str, list[Run]] = {}
    for file in FILES:
        for run in read_worked_cases(HERE / file, "kaz", load_country):
            found.setdefault(run.case.id, []).append(run)
    return found


def all_runs() -> list[Run]:
    return [run for several in runs().values() for run in several]


def expected(what: str) -> list[tuple[Run, dict]]:
    """Everything that a run expects under a name, with the run."""
    return [
        (run, dict(one.wanted))
        for run in all_runs()
        for one in run.case.expected
        if one.what == what and not one.none_of and one.wanted != ()
    ]


@pytest.mark.parametrize("name", runs())
def test_what_the_facts_say_comes_out(name):
    failed = [
        (run.case.name, check.expectation, check.found)
        for run in runs()[name]
        for check in work(run.case, run.country).checks
        if not check.met
    ]
    assert failed == []


def test_every_run_names_where_its_facts_stand():
    for run in all_runs():
        assert run.case.sources and all(run.case.sources), run.case.name


def test_each_category_is_met_once_as_yes_and_once_as_no(kaz):
    told = {(one["category"], one["member"]) for _, one in expected("categories") if "member" in one}
    wanted = {(name, member) for name in kaz.country.categories for member in ("yes", "no")}
    assert wanted - told == set()


def test_each_flag_and_each_overlay_is_raised_once_for_sure(kaz):
    raised = {one["name"] for what in ("flags", "overlays") for _, one in expected(what) if one.get("sure") is True}
    flags = {flag.name for flag in kaz.country.decision.flags if flag.condition is not None}
    overlays = {name for overlay in kaz.country.decision.overlays for name in overlay.categories if overlay.condition}
    assert (flags | overlays) - raised == set()


def turns(kaz) -> dict[tuple[str, date], str]:
    """Each exact day since 2020 on which a rule of belonging begins or ends, with its category."""
    found = {}
    for rule in kaz.country.rules.values():
        if isinstance(rule.then, Belongs):
            for when in (rule.period.since, rule.period.until):
                if when is not None and when.is_exact and date(2020, 1, 1) <= when.earliest <= date(2026, 12, 31):
                    found[rule.then.category, when.earliest] = rule.name
    return found


def test_each_change_of_law_since_2020_is_met_on_the_day_before_and_on_the_day_itself(kaz):
    asked = {(one["category"], run.case.on) for run, one in expected("categories")}
    missing = [
        (category, day.isoformat(), rule)
        for (category, day), rule in turns(kaz).items()
        if not {(category, day - timedelta(days=1)), (category, day)} <= asked
    ]
    assert missing == []


def test_the_counts_of_known_unknown_and_conflict_are_told(capsys):
    outcomes = Counter(run.case.outcome for run in all_runs())
    with capsys.disabled():
        told = ", ".join(f"{outcomes[outcome]} {outcome}" for outcome in Known)
        print(f"\n{len(runs())} worked cases about status in Kazakhstan in {len(all_runs())} runs: {told}")  # noqa: T201
    assert len(all_runs()) >= 80
    assert {outcome_of(run.case for run in several) for several in runs().values()} == set(Known)
