"""Sums of days under two laws: none told that few persons make, none whose difference few persons make."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from koshiqon.statistics.tables import TOTAL
from koshiqon.stay.register.compared import COMPARED, DaysOf, compared_tables, days_compared
from koshiqon.stay.register.groups import JUDGED, Tally

ALL = frozenset({"UZB", "KGZ", "RUS", "DEU"})


def told(*rows: DaysOf) -> dict[str, tuple[int | None, int | None]]:
    return {row.citizenship: (row.before, row.after) for row in days_compared(rows, ALL)}


def test_sums_of_many_persons_of_whom_many_change_are_told():
    rows = (DaysOf("UZB", 900, 300, 50, 20), DaysOf("RUS", 500, 500, 40, 0))
    assert told(*rows) == {"UZB": (900, 300), "RUS": (500, 500), TOTAL: (1400, 800)}


def test_a_sum_of_few_persons_is_hidden_and_another_with_it():
    rows = (DaysOf("UZB", 900, 300, 50, 20), DaysOf("RUS", 500, 480, 40, 15), DaysOf("KGZ", 70, 70, 3, 0))
    assert told(*rows) == {"UZB": (900, 300), "RUS": (None, None), "KGZ": (None, None), TOTAL: (1470, 850)}


def test_two_large_sums_are_hidden_whose_difference_one_person_makes():
    rows = (DaysOf("UZB", 900, 300, 50, 20), DaysOf("RUS", 5000, 4955, 400, 1), DaysOf("KGZ", 400, 390, 30, 12))
    assert told(*rows) == {"UZB": (900, 300), "RUS": (None, None), "KGZ": (None, None), TOTAL: (6300, 5645)}


def test_the_total_is_hidden_where_nothing_else_would_protect_the_only_sum():
    assert told(DaysOf("UZB", 90, 30, 4, 2)) == {"UZB": (None, None), TOTAL: (None, None)}
    rows = (DaysOf("UZB", 900, 300, 50, 20), DaysOf("RUS", 0, 0, 0, 0), DaysOf("KGZ", 9, 9, 2, 0))
    assert told(*rows) == {"UZB": (None, None), "RUS": (0, 0), "KGZ": (None, None), TOTAL: (909, 309)}


def test_rare_citizenships_are_counted_together_and_last():
    rows = [DaysOf(code, 100, 50, 12, 12) for code in ("UZB", "AND", "FJI")]
    assert [*told(*rows).items()] == [("UZB", (100, 50)), ("_O", (200, 100)), (TOTAL, (300, 150))]


numbers = st.integers(0, 30)
rows_of_days = st.lists(
    st.builds(
        lambda code, persons, changed: DaysOf(code, 7 * persons, 7 * persons + changed, persons, min(persons, changed)),
        st.sampled_from(sorted(ALL)),
        numbers,
        numbers,
    ),
    unique_by=lambda row: row.citizenship,
    min_size=1,
)


@given(rows_of_days)
def test_what_the_total_gives_away_rests_on_enough_persons(rows):
    """Whoever takes all sums that are told from the total learns of the hidden ones together, and of no single one."""
    shown = told(*rows)
    hidden = [row for row in rows if shown[row.citizenship] == (None, None)]
    for row in rows:
        if shown[row.citizenship] != (None, None):
            assert not 0 < row.persons < 10
            assert not 0 < row.changed < 10
    if hidden and shown[TOTAL] != (None, None):
        assert len(hidden) > 1
        assert not 0 < sum(row.persons for row in hidden) < 10
        assert not 0 < sum(row.changed for row in hidden) < 10


def test_a_table_holds_both_laws_at_once_so_that_who_changes_is_protected_itself():
    counts = {("UZB", before, after): 200 for before in JUDGED for after in JUDGED} | {("UZB", "no", "yes"): 3}
    crowds = dict.fromkeys(counts, (1 << 40) - 1)
    (table,) = compared_tables({COMPARED[0]: Tally(counts, crowds)})
    shown = {cell.categories: cell.count for cell in table.table.cells}
    assert shown["UZB", "no", "yes"] is None
    known = [
        key for key in (("UZB", "no", TOTAL), ("UZB", "no", "no"), ("UZB", "no", "unknown")) if shown[key] is not None
    ]
    assert len(known) < 3, "else the hidden number is the rest of its row"


def test_a_register_without_any_sound_stay_has_no_table_and_no_days():
    assert compared_tables({asked: Tally({}) for asked in COMPARED}) == ()
    assert told() == {TOTAL: (0, 0)}
