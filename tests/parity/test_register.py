"""A register judged as tables says of every stay what the judge of one person says."""

from __future__ import annotations

import random
from datetime import date

import pytest
from registers import differences, paper_kinds, random_person

from koshiqon.country import Country
from koshiqon.sources.country_folder import load_country
from koshiqon.stay.register.law import Profile, UnsupportedInRegister
from koshiqon.stay.register.law_reading import Coverage, read_law

DAYS = (date(2019, 1, 1), date(2025, 12, 31))
WHOLE = Coverage(permits=True, penalties=True)
PURPOSES = ("private", "work", "transit", "study", None)


@pytest.fixture(scope="module")
def kazakhstan() -> Country:
    return load_country("kaz")


def profiles_of(*citizenships: str | None, purposes: tuple[str | None, ...] = ("private", "work")) -> list[Profile]:
    told = ({} if purpose is None else {"visit.purpose": purpose} for _ in citizenships for purpose in purposes)
    return [
        Profile(code, facts) for (code, facts) in zip((c for c in citizenships for _ in purposes), told, strict=True)
    ]


def persons_of(country: Country, profiles: list[Profile], count: int, seed: int, penalised: bool = True) -> list:
    dice = random.Random(seed)
    told = [random_person(dice, len(profiles), DAYS, paper_kinds(country)) for _ in range(count)]
    return [one for one in told if penalised or not one.penalties]


@pytest.mark.parametrize("readings", [{}, {"limits": "practice"}], ids=["law", "practice"])
def test_a_table_says_of_every_stay_what_the_judge_of_one_person_says(kazakhstan, readings):
    profiles = profiles_of("UZB", "KGZ", "RUS", "CHN", "DEU", "AZE", None)
    persons = persons_of(kazakhstan, profiles, 120, seed=11)
    assert differences(kazakhstan, profiles, persons, DAYS, WHOLE, readings) == []


@pytest.mark.parametrize(
    "readings", [{"permit_clock": "runs_on"}, {"permit_days": "in_window"}, {"earlier_entries": "counted"}], ids=str
)
def test_a_table_knows_the_other_readings_of_days_under_a_permit(kazakhstan, readings):
    profiles = profiles_of("UZB", "KGZ", "CHN")
    persons = persons_of(kazakhstan, profiles, 40, seed=12)
    assert differences(kazakhstan, profiles, persons, DAYS, WHOLE, readings) == []


@pytest.mark.parametrize("permits", [False, None])
def test_without_a_whole_table_of_permits_nobody_is_said_to_have_overstayed(kazakhstan, permits):
    profiles = profiles_of("UZB", "DEU")
    persons = persons_of(kazakhstan, profiles, 40, seed=13)
    assert differences(kazakhstan, profiles, persons, DAYS, Coverage(permits, True)) == []


def test_no_row_in_a_partial_table_of_penalties_is_unknown_and_not_none(kazakhstan):
    profiles = profiles_of("UZB", "KGZ")
    # The judge of one person knows one penalty only and takes it for the earlier stays too, so here are none.
    persons = persons_of(kazakhstan, profiles, 40, seed=14, penalised=False)
    assert differences(kazakhstan, profiles, persons, DAYS, Coverage(True, False)) == []


@pytest.mark.parametrize("reading", [{"entry_day": "next_day"}, {"exit_day": "left_out"}], ids=str)
def test_a_reading_that_tables_cannot_say_is_refused(kazakhstan, reading):
    with pytest.raises(UnsupportedInRegister) as refused:
        read_law(kazakhstan, profiles_of("UZB"), DAYS, WHOLE, reading)
    assert refused.value.code == "register_reading"


@pytest.mark.long
@pytest.mark.parametrize("readings", [{}, {"limits": "practice"}], ids=["law", "practice"])
def test_a_hundred_thousand_persons_of_every_citizenship_are_judged_alike(kazakhstan, readings):
    codes = sorted({row.citizenship for row in kazakhstan.regimes} - {"*"})
    profiles = profiles_of(*codes, "XXA", "QAT", None, purposes=PURPOSES)
    total = 0
    for batch in range(100):
        persons = persons_of(kazakhstan, profiles, 1_000, seed=1_000 + batch)
        found = differences(kazakhstan, profiles, persons, DAYS, WHOLE, readings)
        assert found == [], f"batch {batch}: {len(found)} stays, first {found[0]}"
        total += len(persons)
    assert total == 100_000
