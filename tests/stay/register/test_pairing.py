"""Crossings become stays, and no row is lost: SQL and plain Python agree on thousands of disorderly lives."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass

import duckdb
import pytest
from reference_pairing import MINUTE, Row, paired

from koshiqon.stay.register.form import CROSSINGS, GIVEN_STAYS, KINDS, OUTCOMES, PROFILES, Repair, guesses_of
from koshiqon.stay.register.pairing import pairing, pairing_given
from koshiqon.stay.register.step import Step

PROFILE_ROWS = [(0, "KGZ", "work"), (1, "UZB", "work"), (2, "UZB", None), (3, None, "work"), (4, None, None)]
COMPLETIONS = [(3, "KGZ", 0), (3, "UZB", 1), (4, "UZB", 2)]
CITIZENSHIP = {number: code for number, code, _ in PROFILE_ROWS}
USUAL = Repair()
DAY = 24 * 60 * MINUTE


@dataclass
class Answer:
    """What the SQL makes: stays and marks as rows, and the counts."""

    stays: list[tuple]
    marks: list[tuple]
    conservation: tuple


ORDERED = """
    SELECT * REPLACE (row_number() OVER (PARTITION BY key ORDER BY place) AS place) FROM stays ORDER BY key, stays.place
"""


def answered(rows: list[tuple[int, Row]], repair: Repair = USUAL) -> Answer:
    """The steps run over (key, row)."""
    with duckdb.connect(config={"threads": 1}) as connection:
        for name, columns in (("crossings", CROSSINGS), ("profiles", PROFILES)):
            connection.execute(f"CREATE TABLE {name} ({', '.join(f'{one} {kind}' for one, kind in columns)})")
        connection.execute("CREATE TABLE completions (profile INTEGER, citizenship VARCHAR, completed INTEGER)")
        connection.executemany("INSERT INTO profiles VALUES (?, ?, ?)", PROFILE_ROWS)
        connection.executemany("INSERT INTO completions VALUES (?, ?, ?)", COMPLETIONS)
        values = ", ".join(
            f"({key}, {row.direction}, {row.moment}, {row.day}, {row.who[0]}, {row.who[1]}, "
            f"{'NULL' if row.who[2] is None else row.who[2]}, {row.part}, {row.row}, 0)"
            for key, row in rows
        )
        if rows:
            connection.execute(f"INSERT INTO crossings VALUES {values}")
        return read(connection, pairing(repair))


def read(connection: duckdb.DuckDBPyConnection, steps: tuple[Step, ...]) -> Answer:
    for step in steps:
        connection.execute(f"CREATE TEMP {'TABLE' if step.kept else 'VIEW'} {step.name} AS {step.sql}")
    stays = connection.execute(ORDERED).fetchall()
    marks = connection.execute("SELECT * FROM marks ORDER BY ALL").fetchall()
    (counts,) = connection.execute("SELECT * FROM conservation").fetchall()
    return Answer(stays, [(part, row, KINDS[kind], OUTCOMES[out]) for part, row, kind, out in marks], counts)


def expected(rows: list[tuple[int, Row]], repair: Repair = USUAL) -> list[tuple]:
    """The stays by the reference, as the SQL gives them."""
    found = []
    for key in sorted({key for key, _ in rows}):
        own = [row for other, row in rows if other == key]
        known = {CITIZENSHIP[row.who[0]] for row in own} - {None}
        for place, stay in enumerate(paired(own, repair).stays, 1):
            profile, sex, year = stay.who
            guesses = set(stay.guesses)
            if CITIZENSHIP[profile] is None and len(known) == 1:
                full = {(old, code): new for old, code, new in COMPLETIONS}.get((profile, *known))
                if full is not None:
                    profile, guesses = full, guesses | {"citizenship_from_other_rows"}
            came, went = stay.ends
            found.append(
                (key, place, profile, stay.entry, stay.exit, guesses, sex, year)
                + (came.line if came else (None, None))
                + (went.line if went else (None, None))
            )
    return found


def as_sets(stays: list[tuple]) -> list[tuple]:
    return [(*stay[:5], set(guesses_of(stay[5])), *stay[6:]) for stay in stays]


def disorderly(seed: int, persons: int) -> list[tuple[int, Row]]:
    """Persons whose rows go wrong in every way at once: few days, few minutes, all directions, many copies."""
    dice, rows = random.Random(seed), []
    for key in range(persons):
        moment, habit = dice.randrange(0, 3) * DAY, dice.random()
        zone = dice.choice((0, 0, 5, 6)) * 60 * MINUTE
        for _ in range(dice.randrange(0, 12)):
            step = dice.choice((0, 0, 3 * MINUTE, 10 * MINUTE, 11 * MINUTE, 7 * 60 * MINUTE, DAY, 3 * DAY, 40 * DAY))
            moment += step if habit < 0.8 else step // DAY * DAY
            direction = dice.choice((0, 1)) if habit < 0.5 or not rows else 1 - rows[-1][1].direction
            who = (dice.choice((0, 0, 0, 1, 2, 3, 4)), dice.choice((0, 1, 1, 2)), dice.choice((None, 1980, 1980, 1990)))
            day = (moment + (zone if dice.random() < 0.9 else 0)) // DAY
            rows.append((key, Row(moment, direction, day, dice.choice((0, 3)), len(rows) + 1, who)))
            if dice.random() < 0.15:
                copy = Row(moment, direction, day, 3, len(rows) + 1, who)
                rows.append((key, copy))
    return rows


@pytest.mark.parametrize("seed", range(4))
def test_thousands_of_disorderly_persons_are_paired_as_one_person_after_another(seed):
    rows = disorderly(seed, 1500)
    assert as_sets(answered(rows).stays) == expected(rows)


@pytest.mark.parametrize("repair", [Repair(0, 0, 0), Repair(60, 60, 60), Repair(10, 200_000, 200_000)])
def test_the_minutes_of_repair_are_those_that_were_asked_for(repair):
    rows = disorderly(99, 600)
    assert as_sets(answered(rows, repair).stays) == expected(rows, repair)


def test_every_row_is_in_one_stay_or_in_the_list_of_duplicates():
    rows = disorderly(7, 2000)
    answer = answered(rows)
    placed = Counter(stay[8:10] for stay in answer.stays) + Counter(stay[10:12] for stay in answer.stays)
    placed += Counter(mark[:2] for mark in answer.marks if mark[2] == "duplicate")
    del placed[(None, None)]
    assert placed == Counter(row.line for _, row in rows)
    came, entries, exits, copies = answer.conservation
    assert came == len(rows) == entries + exits + copies


def test_stays_of_a_person_never_share_more_than_the_day_between_them():
    answer = answered(disorderly(8, 2000))
    for one, other in zip(answer.stays, answer.stays[1:], strict=False):
        assert one[4] is None or one[3] <= one[4]
        if one[0] == other[0]:
            assert other[1] == one[1] + 1
            assert one[4] is not None and one[4] <= other[3]


def test_shuffled_rows_give_the_same_stays():
    """Rows keep their part and number; then they are numbered anew, and only the names of rows differ."""
    rows = disorderly(9, 800)
    mixed = rows[:]
    random.Random(1).shuffle(mixed)
    assert answered(mixed) == answered(rows)
    renamed = [
        (key, Row(row.moment, row.direction, row.day, 0, number, row.who)) for number, (key, row) in enumerate(mixed, 1)
    ]
    assert [stay[:8] for stay in answered(renamed).stays] == [stay[:8] for stay in answered(rows).stays]


# --- what is said of rows --------------------------------------------------------------------------------------------

KGZ, UZB, NAMELESS = (0, 1, 1980), (1, 1, 1980), (3, 1, 1980)


def of_one(*events: str, who: dict[int, tuple[int, int, int | None]] | None = None) -> Answer:
    """One person's rows from 1, each as `in` or `out`, day and hour: `in 3.5` is an entry at five on day three."""
    rows = []
    for number, event in enumerate(events, 1):
        way, _, when = event.partition(" ")
        at, _, hour = when.partition(".")
        moment = int(at) * DAY + int(hour or 0) * 60 * MINUTE
        row = Row(moment, ("in", "out").index(way), int(at), 0, number, (who or {}).get(number, KGZ))
        rows.append((1, row))
    return answered(rows)


def told(answer: Answer) -> list[tuple]:
    """Row, kind and outcome of each mark."""
    return [mark[1:] for mark in answer.marks]


def days(answer: Answer) -> list[tuple]:
    return [(stay[3], stay[4], guesses_of(stay[5])) for stay in answer.stays]


@pytest.mark.parametrize(
    ("events", "stays", "marks"),
    [
        (("in 1", "out 5"), [(1, 5, ())], []),
        (("in 1", "out 5.3", "in 5.4"), [(1, 5, ()), (5, None, ())], [(3, "open"), (3, "same_day_turn")]),
        (("in 1", "in 9", "out 12"), [(1, 9, ("missing_exit",)), (9, 12, ())], [(1, "missing_exit")]),
        (("out 5", "in 7", "out 9"), [(5, 5, ("missing_entry",)), (7, 9, ())], [(1, "missing_entry")]),
        (("in 1", "out 5", "out 9"), [(1, 5, ()), (5, 9, ("missing_entry",))], [(3, "missing_entry")]),
        (
            ("in 1", "in 9", "out 11", "out 30"),
            [(1, 9, ("overlap",)), (9, 30, ("overlap",))],
            [(3, "overlap")],
        ),
        (
            ("in 1", "in 9", "out 15", "out 30"),
            [(1, 9, ("missing_exit",)), (9, 15, ()), (15, 30, ("missing_entry",))],
            [(1, "missing_exit"), (4, "missing_entry")],
        ),
        (
            ("in 1", "out 5", "out 9", "in 9.2", "in 20", "out 22"),
            [(1, 5, ()), (9, 9, ("exit_before_entry",)), (20, 22, ())],
            [(3, "exit_before_entry")],
        ),
        (("in 1", "in 1", "out 3"), [(1, 3, ())], [(2, "duplicate")]),
        (("in 1", "out 2", "in 2", "out 3"), [(1, 2, ()), (2, 3, ())], [(3, "same_day_turn")]),
    ],
)
def test_each_fault_is_marked_on_the_row_that_shows_it(events, stays, marks):
    answer = of_one(*events)
    assert days(answer) == stays
    assert [(row, name) for row, name, _ in told(answer)] == marks


def test_a_citizenship_that_all_other_rows_name_is_a_guess_and_marked():
    answer = of_one("in 1", "out 5", "in 9", "out 12", who={3: NAMELESS})
    assert [stay[2] for stay in answer.stays] == [0, 0]
    assert days(answer)[1][2] == ("citizenship_from_other_rows",)
    assert told(answer) == [(3, "citizenship_from_other_rows", "stay"), (3, "unknown_citizenship", "stay")]


def test_a_citizenship_on_which_other_rows_differ_stays_unknown():
    answer = of_one("in 1", "out 5", "in 9", "out 12", who={1: UZB, 2: UZB, 3: NAMELESS})
    assert [stay[2] for stay in answer.stays] == [1, 3]
    assert told(answer) == [(3, "unknown_citizenship", "stay")]


@pytest.mark.parametrize(
    ("other", "contradicts"),
    [(UZB, True), ((0, 2, 1980), True), ((0, 1, 1981), True), ((0, 0, None), False), (NAMELESS, False)],
)
def test_an_exit_of_another_person_contradicts_its_entry_and_what_is_not_told_does_not(other, contradicts):
    answer = of_one("in 1", "out 5", who={2: other})
    assert (answer.stays[0][2], answer.stays[0][6], answer.stays[0][7]) == KGZ
    assert ((1, "contradiction", "stay") in told(answer)) is contradicts


def test_a_duplicate_without_citizenship_keeps_the_outcome_of_a_duplicate():
    answer = of_one("in 1", "in 1", "out 3", who={2: NAMELESS})
    assert told(answer) == [(2, "duplicate", "duplicate"), (2, "unknown_citizenship", "duplicate")]


# --- an input of stays -----------------------------------------------------------------------------------------------


def of_stays(stays: list[tuple[int, int | None]]) -> Answer:
    """Stays of one person as (entry, exit), in rows from 1."""
    with duckdb.connect(config={"threads": 1}) as connection:
        columns = ", ".join(f"{one} {kind}" for one, kind in GIVEN_STAYS)
        connection.execute(f"CREATE TABLE given_stays ({columns})")
        connection.execute("CREATE TABLE profiles AS SELECT 0 AS profile, 'KGZ' AS citizenship, NULL AS purpose")
        connection.execute("CREATE TABLE completions (profile INTEGER, citizenship VARCHAR, completed INTEGER)")
        rows = [(5, entry, left, 0, 1, 1990, 0, number, 0) for number, (entry, left) in enumerate(stays, 1)]
        connection.executemany(f"INSERT INTO given_stays VALUES ({', '.join('?' * 9)})", rows)
        return read(connection, pairing_given())


def test_stays_in_order_stay_as_they_are():
    answer = of_stays([(30, None), (1, 5), (5, 9)])
    assert [(stay[3], stay[4], stay[5], stay[9], stay[11]) for stay in answer.stays] == [
        (1, 5, 0, 2, None),
        (5, 9, 0, 3, None),
        (30, None, 0, 1, None),
    ]
    assert [mark[1:] for mark in answer.marks] == [(1, "open", "stay"), (3, "same_day_turn", "stay")]
    assert answer.conservation == (3, 3, 0, 0)


def test_of_two_stays_that_overlap_the_later_begins_where_the_earlier_ends():
    answer = of_stays([(1, 10), (5, 20), (6, 8)])
    assert [(stay[3], stay[4], guesses_of(stay[5])) for stay in answer.stays] == [
        (1, 10, ()),
        (10, 20, ("overlap",)),
        (20, 20, ("overlap",)),
    ]
    assert [mark[1:3] for mark in answer.marks] == [(1, "overlap"), (2, "overlap"), (3, "overlap")]


def test_an_open_stay_before_another_one_has_lost_its_exit():
    answer = of_stays([(1, None), (7, 9), (7, 9)])
    assert [(stay[3], stay[4], guesses_of(stay[5])) for stay in answer.stays] == [(1, 7, ("missing_exit",)), (7, 9, ())]
    assert (3, "duplicate", "duplicate") in [mark[1:] for mark in answer.marks]
    assert answer.conservation == (3, 2, 0, 1)


def test_disorderly_stays_are_conserved_and_never_overlap():
    dice = random.Random(5)
    for _ in range(25):
        entries = [dice.randrange(40) for _ in range(dice.randrange(1, 9))]
        stays = [(day, None if dice.random() < 0.2 else day + dice.randrange(12)) for day in entries]
        answer = of_stays(stays)
        came, kept, _, copies = answer.conservation
        assert came == len(stays) == kept + copies
        for one, other in zip(answer.stays, answer.stays[1:], strict=False):
            assert one[4] is not None
            assert one[3] <= one[4] <= other[3]
