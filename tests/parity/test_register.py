"""A register judged as tables says of every stay what the judge of one person says."""

from __future__ import annotations

import random
from datetime import date

import pytest
from registers import Person, differences, judged_alone, judged_together, number, paper_kinds, random_person

from koshiqon.country import Country
from koshiqon.sources.country_folder import load_country, read_country
from koshiqon.stay.presence import Stay
from koshiqon.stay.register.law import Coverage, Profile, UnsupportedInRegister
from koshiqon.stay.register.law_reading import read_law

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


def test_a_day_shared_with_a_stay_that_does_not_count_is_a_day_of_the_later_one(kazakhstan):
    # Stays that began before 27 January 2023 enter no window, so 5 September is the first day of the second stay.
    days = [
        ("2022-08-01", "2023-09-05"),
        ("2023-09-05", "2023-10-05"),
        ("2023-10-06", "2023-11-17"),
        ("2023-11-18", "2023-12-17"),
    ]
    person = Person(0, tuple(Stay(date.fromisoformat(first), date.fromisoformat(last)) for first, last in days))
    profiles = profiles_of("GEO", purposes=("private",))
    law = read_law(kazakhstan, profiles, DAYS, WHOLE, {"limits": "practice"})
    told = judged_together([person], law)
    assert differences(kazakhstan, profiles, [person], DAYS, WHOLE, {"limits": "practice"}) == []
    assert told[0, 4][2] == number(date(2023, 12, 4))


def test_what_a_table_cannot_say_of_another_country_is_unknown_and_never_otherwise(toyland):
    """Toyland has conditions on the day of entry and exceptions that a penalty ends, of which tables know nothing."""
    country = read_country(toyland).country
    profiles = profiles_of("KAZ", "KGZ", "UZB", "QQQ", None, purposes=(None,))
    persons = persons_of(country, profiles, 300, seed=15)
    law = read_law(country, profiles, DAYS, WHOLE, papers_since=date(2012, 1, 1))
    told, sure = judged_together(persons, law), 0
    for key, person in enumerate(persons):
        alone = judged_alone(person, profiles[person.profile], country, DAYS[1], WHOLE, None)
        for place, (_, _, _, over, unsure, certainty, consequence) in enumerate(alone, 1):
            _, _, _, over_here, unsure_here, certainty_here, consequence_here = told[key, place]
            assert over_here <= over and over_here + unsure_here >= over + unsure
            assert certainty_here in (certainty, 0) and consequence_here in (consequence, None)
            sure += certainty_here != 0
    assert sure > len(told) / 3


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
    law = read_law(kazakhstan, profiles, DAYS, WHOLE, readings, papers_since=date(2012, 1, 1))
    total = 0
    for batch in range(100):
        persons = persons_of(kazakhstan, profiles, 1_000, seed=1_000 + batch)
        found = differences(kazakhstan, profiles, persons, DAYS, WHOLE, readings, law)
        assert found == [], f"batch {batch}: {len(found)} stays, first {found[0]}"
        total += len(persons)
    assert total == 100_000
