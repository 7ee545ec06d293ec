"""A synthetic register resembles what it was told to resemble, is spoilt as it was told, and keeps the truth beside it.

Toyland's numbers are reckoned by hand in the comments; a share is held to four standard errors of its own count.
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb
import numpy as np
import pytest

from koshiqon.engine import synthetic as maker
from koshiqon.engine.draws import dice_of, opaque, table_of
from koshiqon.engine.synthetic import UnmakeableRegister, make_register
from koshiqon.sources.synthetic_of_country import load_synthetic

SINCE, UNTIL, PERSONS = date(2023, 1, 1), date(2024, 12, 31), 6000


@pytest.fixture(scope="module")
def plan(toyland):
    return load_synthetic(str(toyland))


@pytest.fixture(scope="module", autouse=True)
def small_shards():
    """Shards of 2,500 persons, so that the last one is not full."""
    before, maker.SHARD = maker.SHARD, 2500
    yield
    maker.SHARD = before


def make(plan, folder, **asked):
    asked = {"persons": PERSONS, "since": SINCE, "until": UNTIL, "seed": 1} | asked
    return make_register(plan, folder, **asked)


def without_faults(plan):
    return replace(plan, faults=tuple(replace(slip, share=0.0) for slip in plan.faults))


@pytest.fixture(scope="module")
def register(plan, tmp_path_factory):
    folder = tmp_path_factory.mktemp("register")
    return folder, make(plan, folder)


@pytest.fixture(scope="module")
def clean(plan, tmp_path_factory):
    folder = tmp_path_factory.mktemp("clean")
    return folder, make(without_faults(plan), folder)


def ask(register, sql: str):
    """The rows of a question; `crossings`, `stays`, `faults`, `permits` … are the tables of the register."""
    folder = register[0]
    tables = {"crossings": "crossings", "stays": "truth-stays", "faults": "truth-faults", "permits": "permits"} | {
        "penalties": "permit-penalties",
        "known_documents": "permit-documents",
        "documents": "truth-documents",
        "checkpoints": "truth-checkpoints",
    }
    with duckdb.connect(config={"threads": 1}) as connection:
        for name, file in tables.items():
            files = f"'{folder}/{file}*.parquet'"
            columns = "*, file_row_number, filename" if name == "crossings" else "*"
            read = f"read_parquet({files}, file_row_number = true, filename = true)" if name == "crossings" else files
            connection.execute(f"CREATE VIEW {name} AS SELECT {columns} FROM {read}")
        return connection.execute(sql).fetchall()


def one(register, sql: str):
    ((value,),) = ask(register, sql)
    return value


def near(found: int, of: int, share: float) -> bool:
    """Is a count of so many what a share of it would give, within four standard errors?"""
    return abs(found - of * share) <= 4 * math.sqrt(max(of * share * (1 - share), 1))


# --- the same, and another -------------------------------------------------------------------------------------------


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_one_seed_gives_the_same_bytes_with_one_thread_or_two(register, plan, tmp_path):
    make(plan, tmp_path, threads=1)
    assert contents(tmp_path) == contents(register[0])


def test_another_seed_gives_other_lives(register, plan, tmp_path):
    make(plan, tmp_path, seed=2)
    first, second = contents(register[0]), contents(tmp_path)
    assert first.keys() == second.keys()
    same = {name for name in first if first[name] == second[name]}
    assert same == {"truth-checkpoints.parquet"}
    people = "SELECT DISTINCT person FROM stays"
    assert not set(ask(register, people)) & set(ask((tmp_path, None), people))


def test_a_shard_depends_on_its_number_and_not_on_how_many_there_are(register, plan, tmp_path):
    make(plan, tmp_path, persons=2500)
    alone, among = contents(tmp_path), contents(register[0])
    parts = [name for name in alone if name.endswith("-0000.parquet")]
    assert len(parts) == 7
    assert all(alone[name] == among[name] for name in parts)


def test_the_bits_of_a_seed_are_those_of_this_day():
    """PCG64 of seed 1 and shard 0, written down once: a library that draws otherwise is noticed."""
    assert dice_of(1, 0).roll(4).tolist() == FIRST_BITS
    assert dice_of(1, 1).roll(4).tolist() != FIRST_BITS


FIRST_BITS = [2198257139, 4082210491, 619160822, 4074418350]


# --- what is drawn ---------------------------------------------------------------------------------------------------


def test_a_table_gives_each_column_its_weight_and_never_one_without():
    table = table_of([[1, 0, 3], [5]])
    drawn = dice_of(1, 0).draw(table, np.repeat([0, 1], 40_000))
    first = np.bincount(drawn[:40_000], minlength=3)
    assert near(int(first[0]), 40_000, 0.25)
    assert (first[1], first.sum()) == (0, 40_000)
    assert set(drawn[40_000:]) == {0}


def test_a_table_without_weight_is_refused():
    with pytest.raises(ValueError, match="row 1"):
        table_of([[1.0], [0.0]])


def test_opaque_numbers_are_all_different():
    numbers = opaque(np.arange(200_000, dtype=np.uint64), 77)
    assert len(np.unique(numbers)) == 200_000


def test_citizenships_make_the_entries_they_are_said_to_make(clean):
    """KGZ 60 / 6 = 10, UZB 30 / 3 = 10, XTL 10 / 3 = 3.33 of 23.33 persons. The first citizenship of a person is that
    of the identity which is not the second one."""
    seconds = "SELECT linked_person FROM documents"
    by_person = dict(
        ask(
            clean,
            f"SELECT citizenship, count(DISTINCT person) FROM stays WHERE person NOT IN ({seconds}) GROUP BY 1",
        )
    )
    persons = sum(by_person.values())
    assert near(by_person["KGZ"], persons, 10 / 23.333)
    assert near(by_person["UZB"], persons, 10 / 23.333)
    assert by_person.keys() == {"KGZ", "UZB", "XTL"}


ONCE = "FROM stays WHERE human IN (SELECT human FROM stays GROUP BY 1 HAVING count(*) = 1)"
"""Of those who came once: two visits of one person on one day become one, which thins the busy days of those who come
often.
"""


def test_years_and_seasons_keep_their_weights(clean):
    """2023 is one quarter of both years, whatever was closed in it; June to August are 15 of 24 for UZB; for KGZ, three
    months of a tenth stand beside nine whole ones."""
    first, all_ = ask(clean, f"SELECT count(*) FILTER (year(entry_day) = 2023), count(*) {ONCE}")[0]
    assert near(first, all_, 0.25)
    summer = f"SELECT count(*) FILTER (month(entry_day) IN (6, 7, 8)), count(*) {ONCE} AND citizenship = 'UZB'"
    assert near(*ask(clean, summer)[0], 15 / 24)
    closed = f"SELECT count(*) FILTER (month(entry_day) IN (3, 4, 5)), count(*) {ONCE} AND citizenship = 'KGZ'"
    assert near(*ask(clean, f"{closed} AND year(entry_day) = 2023")[0], 0.3 / 9.3)


def test_purposes_sexes_and_ages_are_those_of_the_file(clean):
    work, visits = ask(
        clean,
        "SELECT count(*) FILTER (purpose = 'work'), count(*) FROM stays"
        " WHERE citizenship = 'UZB' AND NOT same_day_turn AND person NOT IN (SELECT linked_person FROM documents)",
    )[0]
    assert abs(work / visits - 0.5) < 0.04
    # Men: nine of ten whose main purpose is work, half of the others. Work is 10 % of 13.33 persons and half of 10.
    men, persons = ask(clean, "SELECT count(DISTINCT human) FILTER (sex = 'M'), count(DISTINCT human) FROM stays")[0]
    workers = (0.1 * 13.333 + 0.5 * 10) / 23.333
    assert near(men, persons, 0.9 * workers + 0.5 * (1 - workers))
    youngest, oldest = ask(clean, "SELECT 2023 - max(birth_year), 2023 - min(birth_year) FROM stays")[0]
    assert (youngest, oldest) == (0, 79)


def test_a_single_visit_is_as_long_as_its_purpose_says(clean):
    """Not cut by a later visit and not interrupted."""
    single = f"{ONCE} AND entry_day < DATE '2024-06-01'"
    shortest, longest, mean = ask(
        clean,
        f"SELECT min(exit_day - entry_day), max(exit_day - entry_day), avg(exit_day - entry_day) {single}"
        " AND purpose = 'work' AND entry_day >= DATE '2024-01-01'",
    )[0]
    assert (shortest >= 40, longest <= 119) == (True, True)
    assert abs(mean - 79.5) < 12
    visits = one(clean, f"SELECT avg(exit_day - entry_day) {single} AND purpose = 'visit'")
    # Three parts log-normal, exp(ln 4 + 0.32) = 5.5, and one part even from 0 to 9, 4.5.
    assert abs(visits - (0.75 * 5.5 + 0.25 * 4.5)) < 0.5


def test_routes_lead_where_they_are_said_to_lead(clean):
    bridge, all_ = ask(
        clean,
        "SELECT count(*) FILTER (entry_checkpoint LIKE 'bridge-%'), count(*) FROM stays WHERE citizenship = 'KGZ'"
        " AND NOT same_day_turn AND person NOT IN (SELECT linked_person FROM documents)",
    )[0]
    assert near(bridge, all_, 0.9)
    assert one(clean, "SELECT count(DISTINCT checkpoint) FROM crossings") == 5


# --- truth and crossings ---------------------------------------------------------------------------------------------

AS_CROSSINGS = """
    SELECT person, citizenship, direction, moment, checkpoint, document, sex, birth_year, purpose FROM (
        SELECT *, 'in' AS direction, entry AS moment, entry_checkpoint AS checkpoint FROM stays
        UNION ALL
        SELECT *, 'out', exit, exit_checkpoint FROM stays WHERE exit IS NOT NULL
    )
"""
CROSSINGS = (
    "SELECT person, citizenship, direction, moment, checkpoint, document, sex, birth_year, purpose FROM crossings"
)


def test_where_nothing_is_spoilt_the_crossings_are_the_true_stays(clean):
    assert one(clean, f"SELECT count(*) FROM ({AS_CROSSINGS} EXCEPT ALL {CROSSINGS})") == 0
    assert one(clean, f"SELECT count(*) FROM ({CROSSINGS} EXCEPT ALL {AS_CROSSINGS})") == 0
    kinds = {kind for (kind,) in ask(clean, "SELECT DISTINCT kind FROM faults")}
    assert kinds == {"same_day_turn"}


def test_spoiling_changes_no_true_life(register, clean):
    """The same seed without faults: the dice of lives are thrown before those of faults."""
    stays = "SELECT * EXCLUDE (entry, exit), epoch_us(entry), epoch_us(exit) FROM stays ORDER BY ALL"
    assert ask(register, stays) == ask(clean, stays)


def test_rows_are_conserved(register):
    """Every stay gives an entry and, if it ended, an exit; what is missing is named, what is too many is named."""
    stays, left = ask(register, "SELECT count(*), count(exit) FROM stays")[0]
    kinds = dict(ask(register, "SELECT kind, count(*) FROM faults GROUP BY 1"))
    expected = stays + left - kinds["missing_exit"] - kinds["missing_entry"] + kinds["duplicate"]
    assert one(register, "SELECT count(*) FROM crossings") == expected
    assert register[1].rows["crossings"] == expected
    assert {kind: kinds[kind] for kind in kinds} == dict(register[1].faults)


def test_every_fault_has_its_proportion_of_those_that_could_have_it(register, plan):
    made = register[1]
    assert {slip.kind for slip in plan.faults} | {"same_day_turn"} == set(made.faults)
    for slip in plan.faults:
        assert made.faults[slip.kind] > 50
        assert near(made.faults[slip.kind], made.faults_of[slip.kind], slip.share), slip.kind


def test_what_could_be_spoilt_is_counted_as_the_truth_counts_it(register):
    """Stays that touch a turn are left alone."""
    whole = (
        "SELECT * FROM (SELECT *, lead(same_day_turn, 1, false) OVER (PARTITION BY human ORDER BY entry) AS turns_next"
        " FROM stays) WHERE NOT same_day_turn AND NOT turns_next"
    )
    assert register[1].faults_of["missing_entry"] == one(register, f"SELECT count(*) FROM ({whole})")
    assert register[1].faults_of["missing_exit"] == one(register, f"SELECT count(exit) FROM ({whole})")


BY_ROW = (
    "faults f JOIN crossings c ON c.file_row_number = f.row"
    " AND c.filename LIKE '%crossings-' || lpad(f.part::VARCHAR, 4, '0') || '.parquet'"
)


def test_the_truth_of_a_row_names_the_row(register):
    assert one(register, f"SELECT count(*) FROM {BY_ROW}") == one(register, "SELECT count(row) FROM faults")
    wrong = f"SELECT count(*) FROM {BY_ROW} WHERE c.person <> f.person OR c.direction <> f.direction"
    assert one(register, wrong) == 0


@pytest.mark.parametrize(
    ("kind", "shows"),
    [
        ("unknown_citizenship", "c.citizenship = 'UNK' AND c.moment = f.moment"),
        ("impossible_date", "year(c.moment AT TIME ZONE 'UTC') IN (1900, 2099)"),
        ("exit_before_entry", "c.direction = 'out' AND c.moment < f.moment"),
        ("overlap", "c.direction = 'out' AND c.moment > f.moment"),
        ("duplicate", "c.moment - f.moment BETWEEN INTERVAL 0 SECOND AND INTERVAL 5 MINUTE"),
        ("same_day_turn", "c.direction = 'in' AND c.moment = f.moment"),
    ],
)
def test_a_spoilt_row_shows_its_fault(register, kind, shows):
    all_, shown = ask(register, f"SELECT count(*), count(*) FILTER ({shows}) FROM {BY_ROW} WHERE kind = '{kind}'")[0]
    assert all_ == shown > 0


def test_a_row_that_is_not_named_is_true(register):
    untouched = f"SELECT * FROM crossings EXCEPT ALL SELECT c.* FROM {BY_ROW} WHERE kind <> 'same_day_turn'"
    columns = "person, citizenship, direction, moment, checkpoint, document, sex, birth_year, purpose"
    assert one(register, f"SELECT count(*) FROM (SELECT {columns} FROM ({untouched}) EXCEPT ALL {AS_CROSSINGS})") == 0


def test_half_of_the_copies_are_equal_to_their_first(register):
    of = one(register, "SELECT count(*) FROM faults WHERE kind = 'duplicate'")
    equal = one(register, f"SELECT count(*) FROM {BY_ROW} WHERE kind = 'duplicate' AND c.moment = f.moment")
    assert near(equal, of, 0.5)


def test_two_stays_that_overlap_do_so_in_the_crossings(register):
    """The exit stands after the next entry of the same identity and not after the next exit."""
    told = "SELECT f.*, c.moment AS recorded FROM " + BY_ROW + " WHERE kind = 'overlap'"
    following = (
        f"SELECT count(*) FROM ({told}) t WHERE 1 = (SELECT count(*) FROM stays s WHERE s.person = t.person"
        " AND s.entry > t.moment AND s.entry < t.recorded AND s.exit > t.recorded)"
    )
    assert one(register, following) == one(register, "SELECT count(*) FROM faults WHERE kind = 'overlap'")


# --- lives -----------------------------------------------------------------------------------------------------------


def test_true_stays_of_a_person_follow_each_other_in_time_and_days(register):
    ordered = (
        "SELECT *, lead(entry) OVER w AS back, lead(entry_day) OVER w AS back_day,"
        " lead(same_day_turn) OVER w AS turns FROM stays WINDOW w AS (PARTITION BY human ORDER BY entry)"
    )
    wrong = "exit <= entry OR exit_day < entry_day OR back <= exit OR (back_day <= exit_day) <> turns"
    assert one(register, f"SELECT count(*) FROM ({ordered}) WHERE {wrong}") == 0
    assert one(register, "SELECT count(*) FROM stays WHERE same_day_turn") > 50


def test_a_turn_comes_after_twenty_nights_by_the_same_checkpoint(register):
    turned = (
        "SELECT *, lag(entry_day) OVER w AS before, lag(exit_checkpoint) OVER w AS left_by FROM stays"
        " WINDOW w AS (PARTITION BY human ORDER BY entry)"
    )
    wrong = "entry_day - before <> 20 OR left_by <> entry_checkpoint"
    assert one(register, f"SELECT count(*) FROM ({turned}) WHERE same_day_turn AND ({wrong})") == 0


def test_a_moment_is_the_day_of_its_checkpoint(register):
    for end in ("entry", "exit"):
        joined = f"stays s JOIN checkpoints c ON c.checkpoint = s.{end}_checkpoint"
        wrong = f"timezone(c.zone, s.{end})::DATE <> s.{end}_day"
        assert one(register, f"SELECT count(*) FROM {joined} WHERE {wrong}") == 0


def test_the_clock_of_almaty_went_back_on_the_first_of_march_2024(register):
    """Python's own zones say the same of the two days around that night as the register does."""
    rows = ask(
        register,
        "SELECT epoch(s.entry)::BIGINT, s.entry_day, c.zone FROM stays s JOIN checkpoints c"
        " ON c.checkpoint = s.entry_checkpoint WHERE entry_day BETWEEN DATE '2024-02-28' AND DATE '2024-03-02'",
    )
    assert {zone for _, _, zone in rows} == {"Asia/Almaty", "Asia/Aqtau"}
    assert [datetime.fromtimestamp(at, ZoneInfo(zone)).date() for at, _, zone in rows] == [day for _, day, _ in rows]


def test_the_register_holds_nothing_before_or_after_its_days(clean):
    outside = "timezone(c.zone, x.moment)::DATE NOT BETWEEN DATE '2023-01-01' AND DATE '2024-12-31'"
    assert one(clean, f"SELECT count(*) FROM crossings x JOIN checkpoints c USING (checkpoint) WHERE {outside}") == 0
    assert one(clean, "SELECT count(*) FROM stays WHERE exit IS NULL") > 0


# --- side tables -----------------------------------------------------------------------------------------------------


def test_permits_begin_within_a_visit_and_have_their_terms(register):
    assert {title for (title,) in ask(register, "SELECT DISTINCT title FROM permits")} == {
        "toy_permit",
        "toy_residence",
    }
    ended = "FROM permits WHERE title = 'toy_permit'"
    assert ask(register, f"SELECT min(until - since) + 1, max(until - since) + 1 {ended}") == [(60, 99)]
    within = (
        "SELECT count(*) FROM permits p WHERE title = 'toy_permit' AND NOT EXISTS (SELECT 1 FROM stays s"
        " WHERE s.person = p.person AND p.since BETWEEN s.entry_day AND coalesce(s.exit_day, DATE '2025-12-31')"
        " AND p.since <= s.entry_day + 10)"
    )
    assert one(register, within) == 0


def test_residents_hold_their_permit_without_end_from_before_they_came(register):
    of, wrong = ask(
        register,
        "SELECT count(*), count(*) FILTER (until IS NOT NULL OR since > first) FROM permits JOIN"
        " (SELECT human, min(entry_day) AS first, unnest(list(DISTINCT person)) AS person FROM stays GROUP BY 1)"
        " USING (person) WHERE title = 'toy_residence'",
    )[0]
    assert (of > 100, wrong) == (True, 0)


def test_penalties_fall_on_long_visits_without_a_permit(register):
    kinds = dict(ask(register, "SELECT penalty, count(*) FROM penalties GROUP BY 1"))
    assert near(kinds["fine"], sum(kinds.values()), 0.5 / 0.75)
    short = (
        "SELECT count(*) FROM penalties p WHERE NOT EXISTS (SELECT 1 FROM stays s WHERE s.person = p.person"
        " AND p.decided_on BETWEEN s.entry_day AND s.exit_day AND s.exit_day - s.entry_day > 30)"
    )
    assert one(register, short) == 0


def test_two_passports_of_one_person_are_linked_in_the_truth_and_half_of_them_in_the_register(register):
    linked, known = (
        one(register, "SELECT count(*) FROM documents"),
        one(register, "SELECT count(*) FROM known_documents"),
    )
    assert near(linked, PERSONS, 0.1)
    assert near(known, linked, 0.5)
    humans = "SELECT human, list_sort(list(DISTINCT person)) AS ids FROM stays GROUP BY 1 HAVING len(ids) = 2"
    unlinked = (
        f"SELECT count(*) FROM ({humans}) WHERE ids NOT IN (SELECT list_sort([person, linked_person]) FROM documents)"
    )
    assert one(register, unlinked) == 0
    assert one(register, f"SELECT count(*) FROM ({humans})") > 100


def test_no_identity_looks_like_one_that_a_state_issues(register):
    people = ask(register, "SELECT DISTINCT person, document FROM crossings")
    assert all(
        re.fullmatch("P[0-9a-f]{16}", person) and re.fullmatch("D[0-9a-f]{16}", paper) for person, paper in people
    )


def test_only_side_tables_have_permit_or_truth_in_their_names(register):
    names = {path.name for path in register[0].iterdir()}
    assert {name for name in names if not re.search("permit|truth", name)} == {
        f"crossings-{shard:04d}.parquet" for shard in range(3)
    }


def test_the_record_says_what_was_asked_and_what_rests_on_what(register, plan):
    told = json.loads((register[0] / "truth-made.json").read_text(encoding="utf-8"))
    assert told["asked"] == {"persons": 6000, "since": "2023-01-01", "until": "2024-12-31", "seed": 1, "shards": 3}
    assert told["rows"] == dict(register[1].rows)
    assert [row["basis"] for row in told["calibrations"]] == ["published", "assumed"]


# --- refusals --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"persons": 0}, "persons_out_of_range"),
        ({"until": date(2022, 12, 31)}, "days_backwards"),
        ({"until": date(2025, 1, 1)}, "year_without_weight"),
    ],
)
def test_what_cannot_be_made_is_refused_before_anything_is_written(plan, tmp_path, asked, code):
    with pytest.raises(UnmakeableRegister) as told:
        make(plan, tmp_path / "new", **asked)
    assert told.value.code == code
    assert not (tmp_path / "new").exists()


def test_a_register_is_not_mixed_with_what_is_already_there(plan, tmp_path):
    (tmp_path / "crossings-0009.parquet").write_bytes(b"older")
    with pytest.raises(UnmakeableRegister) as told:
        make(plan, tmp_path)
    assert told.value.code == "folder_not_empty"
    assert [path.name for path in tmp_path.iterdir()] == ["crossings-0009.parquet"]
