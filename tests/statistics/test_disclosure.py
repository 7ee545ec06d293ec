"""Tables that may be published: what is hidden, what stays, and what an attacker with all the sums can find out."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from koshiqon.statistics.disclosure import Mark, PublishableTable, publishable
from koshiqon.statistics.tables import TOTAL, Dimension, FrequencyTable, Key, UnfitTable

ROW_OF_WORDS = "abcdefgh"


def named(name: str, size: int) -> Dimension:
    return Dimension(name, tuple(f"{name}{letter}" for letter in ROW_OF_WORDS[:size]))


def table(dimensions: tuple[Dimension, ...], counts: list[int]) -> FrequencyTable:
    keys = product(*(dimension.categories for dimension in dimensions))
    return FrequencyTable(dimensions, dict(zip(keys, counts, strict=True)))


def drawn(published: PublishableTable) -> list[str]:
    """The last dimension across, `p` for hidden because small, `x` for hidden with it."""
    signs = {Mark.PRIMARY: "p", Mark.COMPLEMENTARY: "x"}
    words = [signs.get(cell.mark, str(cell.count)) for cell in published.cells]
    width = len(published.dimensions[-1].categories) + 1
    return [" ".join(words[start : start + width]) for start in range(0, len(words), width)]


# --- by hand ---------------------------------------------------------------------------------------------------------

CITIZENSHIP = Dimension("citizenship", ("KGZ", "TJK", "UZB"))
SEX = Dimension("sex", ("F", "M"))


def test_the_smallest_neighbours_are_hidden_with_a_small_count():
    """
    Below 5 is small.  F   M  both
                  KGZ  3  20   23      The 3 needs one more in its row, one in its column, and where those cross.
                  TJK 12  30   42      With TJK these are 20 + 12 + 30 = 62 people, with UZB 20 + 40 + 50 = 110,
                  UZB 40  50   90      with TJK and the sum of the sexes 23 + 12 + 42 = 77.
                  all 55 100  155      Left open: 1 to 14 women of KGZ, as 12 + 3 - 1 of the column is the most.
    """
    (published,) = publishable([table((CITIZENSHIP, SEX), [3, 20, 12, 30, 40, 50])], threshold=5)
    assert drawn(published) == ["p x 23", "x x 42", "40 50 90", "55 100 155"]
    assert (published.hidden(Mark.PRIMARY), published.hidden(Mark.COMPLEMENTARY)) == (1, 3)
    assert published.share_lost() == pytest.approx(65 / 155)


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ([3, 20, 50], "p x 50 73"),
        ([3, 4, 60], "p p 60 67"),  # 7 in two cells: 1 to 6 in each, six numbers
        ([2, 2, 60], "p p x 64"),  # 4 in two cells: 1 to 3, too few
        ([3, 0, 0], "p 0 0 p"),
        ([9, 0, 0], "9 0 0 9"),
        ([1, 0, 60], "p 0 x 61"),
    ],
)
def test_a_single_row_hides_what_its_sum_would_give_away(counts, shown):
    (published,) = publishable([table((named("month", 3),), counts)], threshold=5)
    assert drawn(published) == [shown]


def test_where_only_one_cell_holds_people_its_totals_are_hidden_too():
    (published,) = publishable([table((CITIZENSHIP, SEX), [0, 0, 7, 0, 0, 0])])
    assert drawn(published) == ["0 0 0", "p 0 p", "0 0 0", "p 0 p"]


def test_a_table_of_nobody_tells_zeros_and_has_no_share():
    (published,) = publishable([table((CITIZENSHIP, SEX), [0] * 6)])
    assert drawn(published) == ["0 0 0"] * 4
    assert published.share_lost() is None


def test_zeros_are_hidden_like_small_counts_where_they_are_not_told():
    (published,) = publishable([table((named("month", 4),), [0, 40, 80, 90])], tell_zeros=False)
    assert drawn(published) == ["p x 80 90 210"]


def test_the_share_lost_is_not_told_where_it_would_give_the_grand_total_away():
    (published,) = publishable([table((named("month", 2),), [3, 12])], threshold=5, width=20)
    assert drawn(published) == ["p 12 x"]
    assert published.share_lost() is None


def test_a_cell_hidden_early_is_shown_again_where_later_cells_make_it_needless():
    """
    Below 5 is small: 1 and 4.    6 6  1   13      First the 4 hides the three sixes, a square with it; then the 1 hides
                                  9 7  7   23      the 12. Now 1 + 6, 6 + 4, 4 + 12 and 12 + 1 are a ring of their
                                  6 4 12   22      own, where the 1 can be 1 to 6 and the 4 can be 4 to 9.
                                 21 17 20  58
    """
    (published,) = publishable([table((named("r", 3), named("s", 3)), [6, 6, 1, 9, 7, 7, 6, 4, 12])], threshold=5)
    assert drawn(published) == ["6 x p 13", "9 7 7 23", "6 p x 22", "21 17 20 58"]


def test_two_hidden_cells_that_leave_room_are_preferred_to_more_that_leave_little():
    (published,) = publishable([table((named("r", 3), named("s", 3)), [30, 20, 6, 6, 2, 2, 9, 30, 9])], threshold=5)
    assert drawn(published) == ["30 20 6 56", "x p p 10", "x x x 48", "45 52 17 114"]


def test_a_table_without_small_counts_is_published_as_it_is():
    (published,) = publishable([table((CITIZENSHIP, SEX), [10, 20, 30, 40, 50, 60])])
    assert drawn(published) == ["10 20 30", "30 40 70", "50 60 110", "90 120 210"]
    assert published.share_lost() == 0


def test_a_small_margin_is_hidden_in_every_table_that_shows_it():
    """Three people of KGZ: by month and by sex the same margin, and TJK goes with it in both."""
    months = table((CITIZENSHIP, named("month", 2)), [0, 3, 14, 20, 40, 50])
    sexes = table((CITIZENSHIP, SEX), [3, 0, 17, 17, 45, 45])
    by_month, by_sex = publishable([months, sexes], threshold=5)
    assert drawn(by_month) == ["0 p p", "14 x x", "40 50 90", "54 73 127"]
    assert drawn(by_sex) == ["p 0 p", "x 17 x", "45 45 90", "65 62 127"]


def test_the_order_in_which_counts_come_changes_nothing():
    counts = table((CITIZENSHIP, SEX), [3, 20, 12, 20, 12, 50]).counts
    turned = FrequencyTable((CITIZENSHIP, SEX), dict(reversed(counts.items())))
    assert publishable([FrequencyTable((CITIZENSHIP, SEX), counts)]) == publishable([turned])


# --- the attacker ----------------------------------------------------------------------------------------------------


def sums(key: Key, place: Key) -> bool:
    """Does the cell, a margin perhaps, count who stands at this place within the margins?"""
    return all(category in (TOTAL, at) for category, at in zip(key, place, strict=True))


def populations(seen: dict[Key, int | None], inner: list[Key], least: int, most: int) -> Iterator[dict[Key, int]]:
    """All counts, up to `most` in a cell, with the sums that are seen; where one is hidden, it is at least `least`.

    The slow, obvious way: one inner cell after another, every number, given up where a sum is passed or missed.
    """
    last = {key: max(number for number, place in enumerate(inner) if sums(key, place)) for key in seen}
    held = dict.fromkeys(seen, 0)
    counted = dict[Key, int]()

    def fill(number: int) -> Iterator[dict[Key, int]]:
        if number == len(inner):
            yield dict(held)
            return
        touched = [key for key in seen if sums(key, inner[number])]
        for count in range(most + 1):
            for key in touched:
                held[key] += count
            wanted = [(held[key], seen[key], last[key] == number) for key in touched]
            passed = any(want is not None and have > want for have, want, _ in wanted)
            missed = any(done and (have < least if want is None else have != want) for have, want, done in wanted)
            counted[inner[number]] = count
            if not passed and not missed:
                yield from fill(number + 1)
            for key in touched:
                held[key] -= count
            if passed:
                break

    yield from fill(0)


def spread(
    seen: dict[Key, int | None], inner: list[Key], least: int, most: int, enough: dict[Key, int]
) -> dict[Key, set[int]]:
    """The numbers that each hidden cell can have, until for every cell as many are found as are enough."""
    found: dict[Key, set[int]] = {key: set() for key, count in seen.items() if count is None}
    for population in populations(seen, inner, least, most):
        for key, numbers in found.items():
            numbers.add(population[key])
        if all(len(numbers) >= enough[key] for key, numbers in found.items()):
            break
    return found


def view(tables: tuple[PublishableTable, ...], dimensions: tuple[Dimension, ...]) -> dict[Key, int | None]:
    """All published cells in one space, as their reader sees them; shared margins must agree."""
    seen: dict[Key, int | None] = {}
    for published in tables:
        names = [dimension.name for dimension in published.dimensions]
        for cell in published.cells:
            at = dict(zip(names, cell.categories, strict=True))
            key = tuple(at.get(dimension.name, TOTAL) for dimension in dimensions)
            assert seen.setdefault(key, cell.count) == cell.count
    return seen


def marks(tables: tuple[PublishableTable, ...], dimensions: tuple[Dimension, ...]) -> dict[Key, Mark]:
    places = [[dimensions.index(dimension) for dimension in published.dimensions] for published in tables]
    told = dict[Key, Mark]()
    for published, at in zip(tables, places, strict=True):
        for cell in published.cells:
            key = [TOTAL] * len(dimensions)
            for place, category in zip(at, cell.categories, strict=True):
                key[place] = category
            told[tuple(key)] = cell.mark
    return told


@st.composite
def small_populations(draw: st.DrawFn, shapes: list[tuple[int, ...]]) -> tuple[tuple[Dimension, ...], list[int]]:
    shape = draw(st.sampled_from(shapes))
    dimensions = tuple(named(name, size) for name, size in zip("rst", shape, strict=False))
    cells = len(list(product(*(dimension.categories for dimension in dimensions))))
    return dimensions, draw(st.lists(st.integers(0, 5), min_size=cells, max_size=cells))


def margin(dimensions: tuple[Dimension, ...], counts: list[int], kept: tuple[int, ...]) -> FrequencyTable:
    """The table of a population by some of its dimensions."""
    whole = table(dimensions, counts).counts
    keys = list(product(*(dimensions[place].categories for place in kept)))
    sizes = dict.fromkeys(keys, 0)
    for key, count in whole.items():
        sizes[tuple(key[place] for place in kept)] += count
    return FrequencyTable(tuple(dimensions[place] for place in kept), sizes)


def assert_nothing_can_be_computed_back(dimensions, counts, kept, threshold, tell_zeros):
    tables = [margin(dimensions, counts, places) for places in kept]
    published = publishable(tables, threshold=threshold, tell_zeros=tell_zeros)
    seen, told = view(published, dimensions), marks(published, dimensions)
    enough = {key: threshold + 1 if mark is Mark.PRIMARY else 2 for key, mark in told.items()}
    inner = list(product(*(dimension.categories for dimension in dimensions)))
    found = spread(seen, inner, 1 if tell_zeros else 0, max(counts) + threshold, enough)
    assert {key: numbers for key, numbers in found.items() if len(numbers) < enough[key]} == {}


@settings(max_examples=60)
@given(small_populations([(1,), (4,), (1, 3), (2, 2), (2, 3), (2, 2, 2)]), st.integers(2, 3), st.booleans())
def test_no_hidden_count_of_one_table_can_be_computed_back(population, threshold, tell_zeros):
    dimensions, counts = population
    everything = tuple(range(len(dimensions)))
    assert_nothing_can_be_computed_back(dimensions, counts, [everything], threshold, tell_zeros)


@settings(max_examples=40)
@given(small_populations([(2, 2, 2), (3, 2, 2)]), st.integers(2, 3), st.booleans())
def test_no_hidden_count_can_be_computed_back_through_a_table_with_the_same_margin(population, threshold, tell_zeros):
    assert_nothing_can_be_computed_back(*population, [(0, 1), (0, 2)], threshold, tell_zeros)


# --- larger tables: the attacker as a flow ---------------------------------------------------------------------------


def interval(seen: dict[Key, int | None], true: dict[Key, int], start: Key, least: int, most: int) -> tuple[int, int]:
    """The exact interval of one hidden cell of a table of two dimensions (Gusfield, SIAM J. Comput. 17, 1988).

    Every cell stands in one row and one column, so hidden cells are the edges of a network. One more in a cell needs
    a way back from its head to its tail; one after another is sent until there is no way, or `most` were sent.
    """

    def ends(key: Key) -> tuple[str, str]:
        row, column = f"row {key[0]}", f"column {key[1]}"
        return (row, column) if key.count(TOTAL) != 1 else (column, row)

    def reached(step: int) -> int:
        counts = dict(true)
        for _ in range(most):
            tail, head = ends(start) if step > 0 else reversed(ends(start))
            came: dict[str, tuple[str, Key, int]] = {}
            queue = deque([head])
            while queue and tail not in came:
                at = queue.popleft()
                for key in (key for key, count in seen.items() if count is None and key != start):
                    for way, change in ((ends(key), 1), (ends(key)[::-1], -1)):
                        open_way = way[0] == at and counts[key] + change >= least
                        if open_way and way[1] not in came and way[1] != head:
                            came[way[1]] = (at, key, change)
                            queue.append(way[1])
            if tail not in came or counts[start] + step < least:
                break
            counts[start] += step
            while tail != head:
                tail, key, change = came[tail]
                counts[key] += change
        return counts[start]

    return reached(-1), reached(1)


TABLES = st.tuples(st.integers(1, 5), st.integers(1, 5)).flatmap(
    lambda shape: st.lists(
        st.one_of(st.integers(0, 12), st.integers(0, 200)), min_size=shape[0] * shape[1], max_size=shape[0] * shape[1]
    ).map(lambda counts: table((named("r", shape[0]), named("s", shape[1])), counts))
)


def with_sums(whole: FrequencyTable) -> dict[Key, int]:
    keys = product(*((*dimension.categories, TOTAL) for dimension in whole.dimensions))
    return {key: sum(count for place, count in whole.counts.items() if sums(key, place)) for key in keys}


@settings(max_examples=150)
@given(TABLES, st.booleans())
def test_in_a_table_of_two_dimensions_the_exact_interval_of_a_small_count_is_wide_enough(whole, tell_zeros):
    (published,) = publishable([whole], tell_zeros=tell_zeros)
    seen = {cell.categories: cell.count for cell in published.cells}
    for cell in published.cells:
        if cell.mark is not Mark.SHOWN:
            low, high = interval(seen, with_sums(whole), cell.categories, 1 if tell_zeros else 0, most=12)
            assert high - low >= (10 if cell.mark is Mark.PRIMARY else 1)


@settings(max_examples=30)
@given(small_populations([(2, 2), (2, 3)]))
def test_the_two_attackers_agree(population):
    dimensions, counts = population
    (published,) = publishable([table(dimensions, counts)], threshold=2)
    seen, true = view((published,), dimensions), with_sums(table(dimensions, counts))
    inner = list(product(*(dimension.categories for dimension in dimensions)))
    if seen[TOTAL, TOTAL] is None:
        return  # without an end there is no list of all populations
    never = dict.fromkeys(seen, 10**6)
    for key, numbers in spread(seen, inner, 1, true[TOTAL, TOTAL], never).items():
        assert interval(seen, true, key, 1, most=100) == (min(numbers), max(numbers))


@given(TABLES, st.booleans())
def test_what_is_shown_is_true_and_what_is_small_is_not_shown(whole, tell_zeros):
    (published,) = publishable([whole], tell_zeros=tell_zeros)
    for cell in published.cells:
        count = with_sums(whole)[cell.categories]
        small = 0 < count < 10 or (count == 0 and not tell_zeros)
        assert (cell.mark is Mark.PRIMARY) is small
        assert cell.count == (count if cell.mark is Mark.SHOWN else None)
        assert count or not tell_zeros or cell.mark is Mark.SHOWN


# --- what is refused -------------------------------------------------------------------------------------------------

SIX = [10, 20, 30, 40, 50, 60]
MONTH = named("month", 2)


@pytest.mark.parametrize(
    ("code", "tables"),
    [
        ("disclosure_no_count", [table((CITIZENSHIP, SEX), [*SIX[:5], -1])]),
        ("disclosure_no_count", [table((CITIZENSHIP, SEX), [*SIX[:5], True])]),
        ("disclosure_cells_differ", [FrequencyTable((SEX,), {("F",): 10})]),
        ("disclosure_cells_differ", [FrequencyTable((SEX,), {("F",): 10, ("M",): 10, ("U",): 10})]),
        ("disclosure_categories", [table((Dimension("sex", ("F", TOTAL)),), [10, 20])]),
        ("disclosure_categories", [FrequencyTable((Dimension("sex", ("F", "F")),), {("F",): 10})]),
        ("disclosure_dimensions", [table((), [10])]),
        ("disclosure_dimensions", [table((SEX, SEX), [10] * 4)]),
        ("disclosure_dimensions", [table(tuple(named(name, 1) for name in "rstu"), [10])]),
        ("disclosure_categories_differ", [table((SEX,), [10, 20]), table((Dimension("sex", ("M", "F")),), [20, 10])]),
        ("disclosure_margins_differ", [table((SEX,), [10, 20]), table((SEX, MONTH), [5, 5, 10, 11])]),
        (
            "disclosure_linked_in_a_circle",
            [table(pair, [9] * 4) for pair in ((SEX, MONTH), (MONTH, named("s", 2)), (SEX, named("s", 2)))],
        ),
    ],
)
def test_tables_that_cannot_be_protected_are_refused_with_the_reason(code, tables):
    with pytest.raises(UnfitTable) as told:
        publishable(tables)
    assert told.value.code == code


def test_the_sum_of_no_category_cannot_be_hidden():
    nothing = FrequencyTable((Dimension("sex", ()),), {})
    assert drawn(publishable([nothing])[0]) == ["0"]
    with pytest.raises(UnfitTable, match="disclosure_cannot_be_hidden"):
        publishable([nothing], tell_zeros=False)


@pytest.mark.parametrize(("threshold", "width"), [(0, None), (10, 0)])
def test_a_threshold_or_a_width_of_nothing_protects_nobody(threshold, width):
    with pytest.raises(UnfitTable, match="disclosure_limits"):
        publishable([table((SEX,), [10, 20])], threshold=threshold, width=width)
