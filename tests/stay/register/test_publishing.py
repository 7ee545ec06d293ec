"""What is published of a register: full tables, small groups folded, no cell of few persons, nothing computed back."""

from __future__ import annotations

import random
from itertools import product

import pytest

from koshiqon.statistics.disclosure import Mark
from koshiqon.statistics.tables import TOTAL, Dimension, FrequencyTable
from koshiqon.stay.register.groups import (
    CERTAINTY,
    LEAST,
    MONTHS,
    MOST_CITIZENSHIPS,
    NOTHING,
    OTHER,
    TABLES,
    UNKNOWN,
    TableAsked,
    Tally,
    Unit,
    folded,
    named,
    names_kept,
)
from koshiqon.stay.register.publishing import protected, published

BY_YEAR, BY_MONTH = TABLES[:2]


def crowd(persons: int, start: int = 0) -> int:
    """The crowd of so many persons, no two of them in one bucket."""
    return ((1 << persons) - 1) << start


def counts(table) -> dict[tuple[str, ...], int | None]:
    return {cell.categories: cell.count for cell in table.cells}


def square(numbers: dict[tuple[str, str], int]) -> FrequencyTable:
    rows, columns = (tuple(dict.fromkeys(key[place] for key in numbers)) for place in (0, 1))
    return FrequencyTable((Dimension("row", rows), Dimension("column", columns)), numbers)


# --- tables hang together --------------------------------------------------------------------------------------------


def hangs_on_one(table: set[str], others: list[set[str]]) -> bool:
    shared = table & set[str]().union(*others)
    return any(shared <= other for other in others)


def test_the_tables_of_each_unit_are_not_linked_in_a_circle():
    for unit in Unit:
        left = [set(asked.dimensions) for asked in TABLES if asked.unit is unit]
        while len(left) > 1:  # taken away one by one, each hanging on one other by all that it shares
            leaf = next(one for one in left if hangs_on_one(one, [other for other in left if other is not one]))
            left = [one for one in left if one is not leaf]
        assert len(left) == 1


# --- small groups ----------------------------------------------------------------------------------------------------


def test_a_group_keeps_its_name_where_it_is_large_and_what_is_unknown_always_does():
    sizes = {"UZB": 900, "KGZ": 100, "NLD": 99, UNKNOWN: 1, NOTHING: 2}
    assert named(sizes, 100) == {"UZB", "KGZ", UNKNOWN, NOTHING}
    assert named(sizes, 100, most=1) == {"UZB", UNKNOWN, NOTHING}


def test_of_equally_large_groups_the_first_by_code_keep_their_names():
    assert named({"B": 10, "A": 10, "C": 10}, 1, most=2) == {"A", "B"}


def test_folding_loses_nobody():
    tally = Tally({("UZB", "2024", "no"): 900, ("NLD", "2024", "no"): 3, ("ISL", "2024", "no"): 4}, {})
    kept = {"citizenship": frozenset({"UZB"}), "year": frozenset({"2024"})}
    small = folded(BY_YEAR, tally, kept)
    assert small.counts == {("UZB", "2024", "no"): 900, (OTHER, "2024", "no"): 7}


def test_folding_joins_the_crowds_of_what_it_joins():
    tally = Tally({("A", "2024", "no"): 3, ("B", "2024", "no"): 4}, {("A", "2024", "no"): 1, ("B", "2024", "no"): 6})
    kept = {"citizenship": frozenset[str](), "year": frozenset({"2024"})}
    assert folded(BY_YEAR, tally, kept).crowds == {(OTHER, "2024", "no"): 7}


def test_a_citizenship_needs_more_stays_the_more_years_are_shown():
    years = {("AAA", str(2000 + number), "no"): 100 for number in range(10)}
    assert names_kept({BY_YEAR: Tally(years)})["citizenship"] == frozenset()
    assert names_kept({BY_YEAR: Tally({("AAA", "2000", "no"): 1000})})["citizenship"] == {"AAA"}


def test_no_more_citizenships_are_named_than_a_page_holds():
    many = {(f"C{number:02}", "2024", "no"): 10_000 for number in range(MOST_CITIZENSHIPS + 5)}
    assert len(names_kept({BY_YEAR: Tally(many)})["citizenship"]) == MOST_CITIZENSHIPS


def test_months_are_not_told_where_they_are_too_small():
    def tallies(stays: int) -> dict[TableAsked, Tally]:
        return {
            BY_YEAR: Tally({("UZB", "2024", "no"): stays * 12}),
            BY_MONTH: Tally({("2024", month, "no"): stays for month in MONTHS}),
        }

    assert published(tallies(499)).table("stays-by-month") is None
    assert published(tallies(500)).table("stays-by-month") is not None


# --- full tables -----------------------------------------------------------------------------------------------------


def test_a_combination_that_nobody_made_is_a_zero_that_is_told():
    publication = published({BY_YEAR: Tally({("UZB", "2024", "no"): 1000})})
    table = publication.table("stays-by-citizenship-and-year")
    assert counts(table)["UZB", "2024", "yes"] == 0
    assert {cell.categories[2] for cell in table.cells} == {*CERTAINTY, TOTAL}


def test_groups_stand_in_the_order_of_their_codes_not_of_their_sizes():
    sizes = {
        ("UZB", "2024", "no"): 90_000,
        ("KGZ", "2024", "no"): 9000,
        (UNKNOWN, "2024", "no"): 500,
        ("ISL", "2024", "no"): 20,
    }
    table = published({BY_YEAR: Tally(sizes)}).table("stays-by-citizenship-and-year")
    assert table.dimensions[0].categories == ("KGZ", "UZB", OTHER, UNKNOWN)


def test_what_was_folded_is_told_by_its_number_only():
    sizes = {("UZB", "2024", "no"): 90_000, ("ISL", "2024", "no"): LEAST, ("NLD", "2024", "no"): LEAST - 1}
    publication = published({BY_YEAR: Tally(sizes)})
    assert publication.folded == {"stays:citizenship": 2}


# --- few persons -----------------------------------------------------------------------------------------------------


def test_many_stays_of_few_persons_are_hidden_and_cannot_be_had_from_the_margins():
    numbers = {
        ("UZB", "yes"): 40,
        ("UZB", "no"): 400,
        ("KGZ", "yes"): 60,
        ("KGZ", "no"): 600,
        ("RUS", "yes"): 70,
        ("RUS", "no"): 700,
    }
    crowds = {key: crowd(50) for key in numbers} | {("UZB", "yes"): crowd(2)}
    (table,) = protected([square(numbers)], [crowds])
    hidden = {cell.categories for cell in table.cells if cell.count is None}
    assert ("UZB", "yes") in hidden
    for place in (0, 1):  # in every line that holds a hidden cell there are two
        for name in {key[place] for key in hidden}:
            assert sum(key[place] == name for key in hidden) >= 2


def test_a_margin_of_few_persons_is_hidden_though_each_of_its_cells_is_large():
    numbers = {(f"C{row}", column): 500 for row in range(4) for column in ("yes", "no")}
    crowds = {key: crowd(40) for key in numbers} | {("C0", "yes"): crowd(3), ("C0", "no"): crowd(3)}
    (table,) = protected([square(numbers)], [crowds])
    assert counts(table)["C0", TOTAL] is None


def test_few_persons_in_each_cell_may_be_enough_together():
    numbers = {(f"C{row}", column): 500 for row in range(4) for column in ("yes", "no")}
    crowds = {key: crowd(40) for key in numbers} | {("C0", "yes"): crowd(6), ("C0", "no"): crowd(6, 6)}
    (table,) = protected([square(numbers)], [crowds])
    assert counts(table)["C0", TOTAL] == 1000
    assert counts(table)["C0", "yes"] is None


def test_without_few_persons_nothing_more_is_hidden_than_for_small_counts():
    numbers = {(f"C{row}", column): 500 for row in range(4) for column in ("yes", "no")}
    (table,) = protected([square(numbers)], [{key: crowd(40) for key in numbers}])
    assert table.hidden(Mark.PRIMARY) == table.hidden(Mark.COMPLEMENTARY) == 0


def worlds(table, most: int):
    """Every table of whole numbers with no hidden inner cell below 1 that agrees with all that is shown."""
    dimensions = [dimension.categories for dimension in table.dimensions]
    shown = counts(table)
    free = [key for key in product(*dimensions) if shown[key] is None]
    for numbers in product(range(1, most + 1), repeat=len(free)):
        inner = {key: shown[key] for key in product(*dimensions)} | dict(zip(free, numbers, strict=True))
        sums = dict.fromkeys(shown, 0)
        for key, count in inner.items():
            for margin in product(*((part, TOTAL) for part in key)):
                sums[margin] += count
        if all(count is None or sums[key] == count for key, count in shown.items()):
            yield inner


@pytest.mark.parametrize("seed", range(12))
def test_whoever_lists_all_tables_that_fit_cannot_tell_how_often_few_persons_crossed(seed):
    dice = random.Random(seed)
    numbers = {(row, column): dice.randint(3, 7) for row in "abc" for column in ("yes", "no")}
    start = dice.choice(sorted(numbers))
    crowds = {key: crowd(30) for key in numbers} | {start: crowd(1)}
    (table,) = protected([square(numbers)], [crowds], threshold=3)
    possible = {inner[start] for inner in worlds(table, 12)}
    assert numbers[start] in possible
    assert max(possible) - min(possible) >= 3
