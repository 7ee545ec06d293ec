"""Who somebody is in law is never taken from silence: what was once told stays true, whatever is told after it."""

from __future__ import annotations

from collections import Counter
from datetime import date
from random import Random

import pytest
from people import ON, person, report, with_holes

from koshiqon.country import Country
from koshiqon.rules.judging import ReasonKind, Unknown
from koshiqon.status.classification import Classification, classify, governing
from koshiqon.status.measures import with_status_measures
from koshiqon.stay.answer import DueState
from koshiqon.stay.case import StayCase
from koshiqon.stay.matter import Matter
from koshiqon.stay.presence import Stay, in_order
from koshiqon.stay.readings import readings_of

GUEST = StayCase("SYR", (Stay(date(2026, 11, 17)),), facts={"papers.all_given": True})


def told(**facts):
    """A guest of the Harbour who came on 17 November 2026 and told these facts besides."""
    return StayCase("SYR", GUEST.stays, facts={name.replace("__", "."): value for name, value in facts.items()})


def holding(answer: Classification) -> set[str]:
    return {member.category for member in answer.memberships if member.outcome is True}


# --- the Harbour -----------------------------------------------------------------------------------------------------


def test_shelter_rests_on_its_decision_and_its_last_day(harbour):
    granted = told(shelter__decision="granted", shelter__valid_until=date(2026, 11, 22))
    on_its_last_day = classify(granted, harbour, date(2026, 11, 22))
    assert (on_its_last_day.governing.step, on_its_last_day.governing.categories) == (1, ("sheltered",))
    assert "sheltered" not in holding(classify(granted, harbour, date(2026, 11, 23)))


def test_who_told_nothing_is_not_told_no(harbour):
    answer = classify(StayCase(None), harbour, ON)
    assert not answer.governing.sure
    assert all(isinstance(member.outcome, Unknown) for member in answer.memberships)
    missing = {reason.kind for member in answer.memberships for reason in member.reasons}
    assert missing == {ReasonKind.FACT_MISSING}


@pytest.mark.parametrize(("day", "late"), [(22, False), (23, True)])
def test_a_wish_out_of_time_is_flagged_and_not_refused(harbour, day, late):
    answer = classify(told(fear__told=True, shelter__registered=False, shelter__decision="none"), harbour, _day(day))
    (right,) = (right for right in answer.rights if right.may == "apply_for_shelter")
    assert (right.sure, right.until, right.late, right.office) == (True, _day(22), late, "harbour_house")
    assert [flag.name for flag in answer.flags if flag.sure] == (["out_of_time"] if late else [])


def _day(day: int) -> date:
    return date(2026, 11, day)


def test_categories_may_hold_together_and_the_order_names_one(harbour):
    both = told(shelter__registered=True, shelter__decision="none", unhcr__letter=True)
    answer = classify(both, harbour, ON)
    assert holding(answer) == {"seeker", "known_to_unhcr"}
    assert answer.governing.categories == ("seeker",)
    assert [raised.name for raised in answer.overlays if raised.sure] == ["known_to_unhcr"]


def test_days_over_the_term_are_a_number_or_not_known_and_never_nought_for_not_known(harbour):
    over = StayCase("SYR", (Stay(date(2026, 8, 1)),), facts={"papers.all_given": True})
    assert classify(over, harbour, ON).overstay_days == 24
    assert classify(GUEST, harbour, ON).overstay_days == 0
    papers_untold = StayCase("SYR", over.stays)
    assert classify(papers_untold, harbour, ON).overstay_days is None
    assert classify(StayCase(None), harbour, ON).overstay_days is None


# --- random people ---------------------------------------------------------------------------------------------------


def stays_true(before: Classification, after: Classification) -> None:
    """Whatever was known before is the same after more was told."""
    outcomes = {member.category: member.outcome for member in after.memberships}
    for member in before.memberships:
        assert isinstance(member.outcome, Unknown) or outcomes[member.category] == member.outcome, member.category
    if before.governing.sure:
        assert (after.governing.sure, after.governing.step) == (True, before.governing.step)
        assert set(after.governing.categories) <= set(before.governing.categories)
    rights = {right.rule: right for right in after.rights}
    assert rights.keys() <= {right.rule for right in before.rights}
    for right in before.rights:
        if right.sure:
            assert rights[right.rule].sure
            assert right.until in (None, rights[right.rule].until)
    dues = {(due.rule, due.deadline, due.state) for due in after.duties}
    known = {(due.rule, due.deadline, due.state) for due in before.duties if due.state is not DueState.UNKNOWN}
    assert known <= dues
    assert {one.rule for one in before.consequences if one.sure} <= {one.rule for one in after.consequences if one.sure}
    assert {bar.rule for bar in before.bars if bar.sure} <= {bar.rule for bar in after.bars if bar.sure}
    assert {flag.name for flag in before.flags if flag.sure} <= {flag.name for flag in after.flags if flag.sure}
    assert before.overstay_days in (None, after.overstay_days)


def whole_answers(country: Country, seed: int, number: int) -> None:
    random = Random(seed)
    for _ in range(number):
        case = person(random, country)
        stays_true(classify(with_holes(random, case), country, ON), classify(case, country, ON))


def test_in_the_harbour_an_answer_with_holes_stays_true_when_they_are_filled(harbour):
    whole_answers(harbour, seed=3, number=60)


def test_in_toyland_an_answer_with_holes_stays_true_when_they_are_filled(toyland_country):
    whole_answers(toyland_country, seed=4, number=60)


def test_in_kazakhstan_a_whole_answer_with_holes_stays_true_when_they_are_filled(kaz):
    whole_answers(kaz.country, seed=5, number=10)


@pytest.mark.long
def test_in_kazakhstan_three_hundred_whole_answers_stay_true(kaz):
    whole_answers(kaz.country, seed=6, number=300)


# --- categories alone ------------------------------------------------------------------------------------------------


def told_of(case: StayCase, country: Country) -> dict[str, object]:
    """The outcome of every category, and the step that governs where that is sure."""
    plain = Matter(country, case, in_order(case.stays), readings_of(country))
    matter = with_status_measures(plain, ON)
    outcomes: dict[str, object] = {name: matter.measures[f"category.{name}"]() for name in country.categories}
    governs = governing(matter, country.decision, ON)
    return outcomes | ({"step": governs.step} if governs.sure else {"step": Unknown(frozenset(governs.reasons))})


def categories_stay_true(country: Country, seed: int, number: int) -> Counter:
    """Checks so many people; counts what was told: known with holes and without, unknown by kind of reason."""
    random, counts = Random(seed), Counter()
    for _ in range(number):
        case = person(random, country)
        before, after = told_of(with_holes(random, case), country), told_of(case, country)
        for name, outcome in before.items():
            counts["with holes, known" if not isinstance(outcome, Unknown) else "with holes, unknown"] += 1
            assert isinstance(outcome, Unknown) or after[name] == outcome, name
        for outcome in after.values():
            kinds = {str(reason.kind) for reason in outcome.reasons} if isinstance(outcome, Unknown) else {"known"}
            counts.update(f"all told, {kind}" for kind in kinds)
    return counts


def shares(counts: Counter, categories: int, number: int) -> str:
    whole = (categories + 1) * number
    return "\n".join(f"{name}: {100 * count / whole:.1f} %" for name, count in sorted(counts.items()))


def test_in_kazakhstan_categories_told_with_holes_stay_when_they_are_filled(kaz, capsys):
    counts = categories_stay_true(kaz.country, seed=7, number=300)
    report(capsys, shares(counts, len(kaz.country.categories), 300))
    assert "all told, fact_missing" not in counts, "whoever told everything is asked for nothing"


@pytest.mark.long
def test_in_kazakhstan_so_it_is_for_ten_thousand_people(kaz, capsys):
    counts = categories_stay_true(kaz.country, seed=8, number=10_000)
    report(capsys, shares(counts, len(kaz.country.categories), 10_000))
    assert counts["with holes, known"] > 0
