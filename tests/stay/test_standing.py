"""How the days of a stay stand, in cases small enough to be counted on the fingers: what the thousands of lives of
`test_assessment.py` first showed, each told once.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import invented
import pytest
from lives import LONG_AGO, Life, Row, Title

from koshiqon.stay.answer import Answer, Assessment, Standing
from koshiqon.stay.assessment import assess
from koshiqon.stay.case import StayCase
from koshiqon.stay.presence import Stay, StaysOverlap


def day(text: str) -> date:
    return date.fromisoformat(text)


def stay(entry: str, leave: str | None = None) -> tuple[date, date | None]:
    return day(entry), None if leave is None else day(leave)


def exactly(text: str) -> tuple[date, date]:
    return day(text), day(text)


ROW = Row("row", "AAA", "a", (LONG_AGO, None), 30, None, None)
FREE = Title("free", "regime", codes=("a",))
PERMIT = Title("permit", "paper", kinds=("permit",), outside=True)
OPTIONS = {
    "limits": ("law", "practice"),
    "exit_day": ("counts", "left_out"),
    "permit_clock": ("stops", "runs_on"),
}
PLAIN = Life(
    stays=[stay("2024-05-01")],
    on=day("2024-05-01"),
    plan=None,
    citizenship="AAA",
    papers=[],
    facts={},
    rows=[ROW],
    titles=[FREE, PERMIT],
    bars=[],
    options=OPTIONS,
    readings={},
    asks_for_all_papers=False,
)
"""Somebody came on 1 May 2024; 30 days an entry, and a permit under which no day counts."""


def asked(on: str, **changes: object) -> Assessment:
    """The plain life with changes, on a day."""
    life = replace(PLAIN, on=day(on), **changes)
    return assess(invented.case_of(life), invented.country_of(life), life.on, life.readings)


def told(answer: Assessment) -> list[tuple[str, str | None, str]]:
    return [(str(run.first), run.last and str(run.last), run.standing.value) for run in answer.intervals]


# --- the last day ----------------------------------------------------------------------------------------------------


def test_thirty_days_from_1_may_end_on_30_may():
    answer = asked("2024-05-01")
    assert told(answer) == [("2024-05-01", "2024-05-30", "lawful"), ("2024-05-31", None, "unlawful")]
    assert (answer.answer, answer.last_lawful_day) == (Answer.MAY_STAY_UNTIL, day("2024-05-30"))


def test_who_leaves_on_the_31st_day_is_lawful_that_day_if_the_day_of_leaving_does_not_count():
    answer = asked("2024-05-31", stays=[stay("2024-05-01", "2024-05-31")], readings={"exit_day": "left_out"})
    assert (answer.standing, answer.overstay_days) == (Standing.LAWFUL, 0)
    assert answer.last_lawful_day == day("2024-05-31")


def test_who_overstayed_could_have_left_a_day_later_if_the_day_of_leaving_does_not_count():
    readings = {"exit_day": "left_out"}
    answer = asked("2024-06-10", readings=readings)
    assert (answer.standing, answer.last_lawful_day) == (Standing.UNLAWFUL, day("2024-05-31"))
    assert asked("2024-05-20", readings=readings).last_lawful_day == day("2024-05-31")


# --- what nobody knows -----------------------------------------------------------------------------------------------


def test_days_beyond_the_longest_term_of_a_paper_are_unknown_and_not_unlawful():
    papers = [("permit", day("2024-05-01"), day("2024-06-30"))]
    titles = [replace(PERMIT, days=40)]
    answer = asked("2024-05-01", papers=papers, titles=titles)
    assert told(answer) == [
        ("2024-05-01", "2024-06-10", "lawful"),
        ("2024-06-11", "2024-06-30", "unknown"),
        ("2024-07-01", None, "unlawful"),
    ]
    assert answer.answer is Answer.SURE_UNTIL


def test_a_stay_before_the_count_starts_counts_neither_if_the_paper_holds_nor_if_it_does_not():
    answer = asked(
        "2024-05-01",
        stays=[stay("2024-01-01", "2024-03-20"), stay("2024-05-01")],
        papers=[("permit", day("2024-05-01"), day("2024-06-30"))],
        rows=[replace(ROW, per_entry=60, days=60, window=180)],
        titles=[replace(FREE, counts_from=day("2024-04-01")), replace(PERMIT, days=40)],
    )
    assert told(answer) == [
        ("2024-05-01", "2024-08-09", "lawful"),
        ("2024-08-10", "2024-08-29", "unknown"),
        ("2024-08-30", None, "unlawful"),
    ]


def test_beyond_a_row_that_may_not_be_in_force_yet_nothing_is_sure():
    since = (day("2024-01-01"), day("2024-06-15"))
    answer = asked("2024-06-10", rows=[replace(ROW, period=(since, None))])
    assert told(answer) == [
        ("2024-05-01", "2024-05-30", "unknown"),
        ("2024-05-31", "2024-06-14", "unknown"),
        ("2024-06-15", None, "unlawful"),
    ]


def test_where_one_row_follows_another_on_an_unknown_day_one_of_them_is_in_force():
    change = (day("2024-06-01"), day("2024-06-15"))
    rows = [replace(ROW, period=(LONG_AGO, change)), replace(ROW, name="next", period=(change, None))]
    answer = asked("2024-06-10", rows=rows)
    assert told(answer) == [("2024-05-01", "2024-05-30", "lawful"), ("2024-05-31", None, "unlawful")]


def test_a_window_that_the_border_may_not_apply_yet_leaves_it_open():
    rows = [replace(ROW, days=10, window=20, enforced=(day("2024-05-15"), day("2024-05-20")))]
    answer = asked("2024-05-01", rows=rows, readings={"limits": "practice"})
    assert told(answer) == [
        ("2024-05-01", "2024-05-14", "lawful"),
        ("2024-05-15", "2024-05-19", "unknown"),
        ("2024-05-20", None, "unlawful"),
    ]


def test_days_of_an_entry_under_a_permit_that_may_not_hold_are_counted_both_ways():
    titles = [FREE, replace(PERMIT, fact="guest")]
    answer = asked("2024-05-01", titles=titles, papers=[("permit", day("2024-05-06"), day("2024-05-15"))])
    assert told(answer) == [
        ("2024-05-01", "2024-05-30", "lawful"),
        ("2024-05-31", "2024-06-09", "unknown"),
        ("2024-06-10", None, "unlawful"),
    ]
    assert {reason.name for run in answer.intervals for reason in run.reasons} == {"guest"}


def test_days_of_a_window_under_a_permit_that_may_not_hold_are_counted_both_ways():
    titles = [replace(FREE, counts_from=day("2024-04-01")), replace(PERMIT, fact="guest")]
    answer = asked(
        "2024-05-01",
        stays=[stay("2024-03-20", "2024-03-31"), stay("2024-04-20", "2024-04-24"), stay("2024-05-01")],
        rows=[replace(ROW, days=10, window=20)],
        titles=titles,
        papers=[("permit", day("2024-04-21"), day("2024-04-23")), ("permit", day("2024-05-03"), day("2024-05-03"))],
    )
    assert told(answer) == [
        ("2024-05-01", "2024-05-05", "lawful"),
        ("2024-05-06", "2024-05-10", "unknown"),
        ("2024-05-11", None, "unlawful"),
    ]


# --- papers and counting ---------------------------------------------------------------------------------------------


def test_days_under_a_permit_that_has_been_ended_count_again():
    end = Title("end", "ends", start=day("2024-05-05"), days=5, overrides=("permit",))
    papers = [("permit", day("2024-05-01"), day("2024-05-20"))]
    assert asked("2024-05-01", papers=papers).last_lawful_day == day("2024-06-19")
    assert asked("2024-05-01", papers=papers, titles=[FREE, PERMIT, end]).last_lawful_day == day("2024-06-09")


def test_a_permit_for_stays_begun_after_a_reform_looks_at_the_entry_of_each_stay():
    titles = [replace(PERMIT, stays_begun=True, period=(exactly("2024-04-01"), None))]
    stays = [stay("2024-03-01", "2024-03-10"), stay("2024-05-01")]
    answer = asked("2024-05-01", stays=stays, titles=titles, papers=[("permit", day("2024-05-01"), day("2024-05-09"))])
    assert answer.last_lawful_day == day("2024-05-09")


def test_a_window_has_room_again_while_days_under_a_permit_do_not_count():
    stays = [stay("2024-04-11", "2024-04-30"), stay("2024-05-01")]
    permit = ("permit", day("2024-05-01"), day("2024-05-31"))
    answer = asked("2024-05-25", stays=stays, rows=[replace(ROW, days=10, window=20)], papers=[permit])
    free = next(ground for ground in answer.grounds if ground.rule == "free")
    assert (free.first, free.last) == (day("2024-05-10"), day("2024-06-10"))


def test_days_left_do_not_look_at_a_window_that_is_not_applied_yet():
    rows = [replace(ROW, days=10, window=20, enforced=exactly("2024-12-01"))]
    assert asked("2024-05-15", rows=rows, readings={"limits": "practice"}).used.left == 15
    assert asked("2024-05-15", rows=rows).used.left == 0


def test_days_left_are_told_under_a_limit_that_a_rule_names_itself():
    answer = asked("2024-05-08", rows=[], titles=[Title("limit", "limit", limit=(None, 20, 30))])
    assert (answer.used.used_window, answer.used.left) == (8, 12)


def test_the_row_of_the_day_of_entry_tells_the_days_left_of_a_stay_that_began_under_it():
    rows = [replace(ROW, period=(LONG_AGO, exactly("2024-05-05"))), replace(ROW, name="new", per_entry=5)]
    rows[1] = replace(rows[1], period=(exactly("2024-05-05"), None))
    answer = asked("2024-05-10", rows=rows, titles=[replace(FREE, stays_begun=True)])
    assert (answer.used.per_entry, answer.used.left) == (30, 20)
    assert asked("2024-05-10", rows=rows).standing is Standing.UNLAWFUL


# --- coming again ----------------------------------------------------------------------------------------------------


def test_a_bar_does_not_stand_before_it_begins():
    bar = Title("bar", "bar", start=day("2024-06-10"), days=30)
    stays = [stay("2024-05-01", "2024-05-10")]
    assert asked("2024-06-09", stays=stays, bars=[bar]).reentry.day == day("2024-06-09")
    assert asked("2024-06-10", stays=stays, bars=[bar]).reentry.day == day("2024-07-11")


def test_one_may_enter_on_the_day_a_term_of_stay_begins():
    term = Title("term", "term", start=day("2024-08-01"), days=9)
    answer = asked(
        "2024-06-01", stays=[stay("2024-05-01", "2024-05-10")], rows=[replace(ROW, per_entry=0)], titles=[FREE, term]
    )
    assert (answer.reentry.day, answer.reentry.until) == (day("2024-08-01"), day("2024-08-10"))


def test_a_trip_planned_before_a_known_exit_is_refused():
    with pytest.raises(StaysOverlap, match="entered on 2024-05-10"):
        asked("2024-05-05", stays=[stay("2024-05-01", "2024-05-20")], plan=(day("2024-05-10"), day("2024-05-30")))


def test_to_who_has_left_another_reading_is_told_only_where_it_changes_the_day_of_coming_again():
    """Twenty days of sixty are used up; where the day of leaving does not count, one of them is left."""
    left = [stay("2024-05-01", "2024-05-20")]
    unchanged = asked("2024-06-15", stays=left)
    assert [used.reading for used in unchanged.readings if used.others] == []
    full = asked("2024-05-25", stays=left, rows=[replace(ROW, days=20, window=60)])
    told_of = {used.reading: [(other.option, other.entry_day) for other in used.others] for used in full.readings}
    assert full.reentry is not None and full.reentry.day == day("2024-06-30")
    assert told_of == {"limits": [], "exit_day": [("left_out", day("2024-05-25"))], "permit_clock": []}


# --- readings that change no day -------------------------------------------------------------------------------------


def test_another_reading_is_told_where_it_changes_who_must_report_and_no_day(toyland_country):
    grown_up = StayCase("KGZ", (Stay(day("2026-11-02")),), facts={"person.age": 40})
    (used,) = [used for used in assess(grown_up, toyland_country, day("2026-11-03")).readings if used.others]
    (other,) = used.others
    assert (used.reading, used.option, other.option) == ("who_reports", "guest", "host")
    assert [(due.must, due.by, due.deadline) for due in other.due] == [("report", "host", day("2026-11-04"))]
    assert [(due.must, due.by) for due in other.not_due] == [("report", "person")]


# --- what is to be paid ----------------------------------------------------------------------------------------------


def test_what_a_duty_costs_is_told_in_units_and_in_money_of_the_day_and_how_often(toyland_country):
    child = StayCase("KGZ", (Stay(day("2026-11-02")),), facts={"person.age": 7, "visit.children": 3})
    (due,) = [due for due in assess(child, toyland_country, day("2026-11-03")).duties if due.rule == "children-report"]
    index = {Decimal(str(one.value)) for one in toyland_country.parameters["toy_index"].on(day("2026-11-02"))}
    assert due.pays is not None and (due.pays.units, set(due.pays.sums), due.pays_times) == (1, index, 3)


def test_how_often_is_not_told_where_the_number_is_not(toyland_country):
    child = StayCase("KGZ", (Stay(day("2026-11-02")),), facts={"person.age": 7})
    (due,) = [due for due in assess(child, toyland_country, day("2026-11-03")).duties if due.rule == "children-report"]
    assert due.pays is not None and due.pays_times is None


@pytest.mark.parametrize(("told", "times"), [(Decimal("2.0"), 2), (Decimal("2.5"), None), (True, None)])
def test_how_often_is_a_whole_number_or_not_told(toyland_country, told, times):
    child = StayCase("KGZ", (Stay(day("2026-11-02")),), facts={"person.age": 7, "visit.children": told})
    (due,) = [due for due in assess(child, toyland_country, day("2026-11-03")).duties if due.rule == "children-report"]
    assert due.pays_times == times
