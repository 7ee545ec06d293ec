"""A register comes in whole, row by row, whatever its files look like; or a letter's worth of reasons why not."""

from __future__ import annotations

import csv
import json
import random
import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb
import pytest

from koshiqon.engine import intake
from koshiqon.engine.duckdb import NoRoom, Room, UnreadableRegister, connect, execute, run
from koshiqon.engine.intake import open_shard, read_intake, take_in
from koshiqon.engine.intake_links import smallest_of_linked
from koshiqon.engine.intake_moments import ahead_sql, clock_changes
from koshiqon.stay.register.form import (
    KINDS,
    Clock,
    Coverage,
    Given,
    Holds,
    RegisterForm,
    Repair,
    SideTable,
)
from koshiqon.stay.register.pairing import pairing

COLUMNS = ("person", "citizenship", "direction", "moment", "checkpoint", "sex", "birth_year", "purpose")
UNTIL = date(2025, 12, 31)
FORM = RegisterForm(
    Holds.CROSSINGS,
    {name: Given(name) for name in COLUMNS},
    "Asia/Almaty",
    citizenships={"KGZ": "KGZ", "UZB": "UZB", "УЗБЕКИСТАН": "UZB", "KG": "KGZ"},
    zones={"aqtau": "Asia/Aqtau", "almaty": "Asia/Almaty"},
)
GOOD = ("A", "KGZ", "in", "2024-05-01 10:00:00", "almaty", "F", "1990", "work")


def as_csv(path: Path, rows: list[tuple], *, delimiter=",", encoding="utf-8", header=COLUMNS) -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows([header, *rows])
    return path


def as_parquet(path: Path, rows: list[tuple], types: dict[str, str] | None = None) -> Path:
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        texts = ", ".join(f"{name} VARCHAR" for name in COLUMNS)
        connection.execute(f"CREATE TABLE t ({texts})")
        connection.executemany(f"INSERT INTO t VALUES ({', '.join('?' * len(COLUMNS))})", rows)
        chosen = ", ".join(f"CAST({name} AS {(types or {}).get(name, 'VARCHAR')}) AS {name}" for name in COLUMNS)
        connection.execute(f"COPY (SELECT {chosen} FROM t) TO '{path}' (FORMAT parquet)")
    return path


def taken(tmp_path: Path, source: Path, form: RegisterForm = FORM, into: str = "into"):
    """The intake, and all its rows by part and row."""
    room = Room(tmp_path / "temporary", memory_gib=1, threads=2)
    found = take_in(form, source, tmp_path / into, room, until=UNTIL)
    rows = []
    with connect(room) as connection:
        for number in range(found.shards):
            open_shard(connection, tmp_path / into, number)
            rows += execute(
                connection,
                "SELECT part, row, person, direction, moment, day, citizenship, purpose, sex, birth_year, kind"
                " FROM crossings JOIN persons USING (key) JOIN profiles USING (profile)",
            )
    return found, sorted(rows)


def quarantine(tmp_path: Path, into: str = "into") -> list[tuple]:
    with duckdb.connect() as connection:
        read = f"SELECT part, row, kind, text FROM '{tmp_path / into / 'quarantine.parquet'}' ORDER BY ALL"
        return [(part, row, KINDS[kind], text) for part, row, kind, text in connection.execute(read).fetchall()]


def day(text: str) -> int:
    return (date.fromisoformat(text) - date(1970, 1, 1)).days


def micro(*moment: int, ahead: int = 0) -> int:
    return int((datetime(*moment, tzinfo=UTC) - timedelta(hours=ahead)).timestamp()) * 1_000_000


# --- what is read ----------------------------------------------------------------------------------------------------


def test_a_row_of_csv_becomes_a_crossing(tmp_path):
    found, rows = taken(tmp_path, as_csv(tmp_path / "a.csv", [GOOD]))
    moment = micro(2024, 5, 1, 10, ahead=5)
    assert rows == [(0, 1, "A", 0, moment, day("2024-05-01"), "KGZ", "work", 1, 1990, 0)]
    assert (found.rows, found.persons, found.shards, found.quarantine) == (1, 1, 1, {})
    assert read_intake(tmp_path / "into") == found


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_csv_is_read_by_any_usual_delimiter_with_quotes_and_a_mark_of_order(tmp_path, delimiter):
    row = (f'A "the{delimiter} first"\nof all', "Узбекистан", "Въезд", *GOOD[3:7], "дело")
    path = as_csv(tmp_path / "a.csv", [row], delimiter=delimiter, encoding="utf-8-sig")
    _, rows = taken(tmp_path, path)
    assert [(one[2], one[3], one[6], one[7]) for one in rows] == [(row[0], 0, "UZB", "дело")]


def test_another_encoding_is_told_with_its_line_and_read_when_the_mapping_names_it(tmp_path):
    rows = [GOOD] * 5 + [("B", "Узбекистан", *GOOD[2:])]
    path = as_csv(tmp_path / "a.csv", rows, encoding="cp1251")
    with pytest.raises(UnreadableRegister) as told:
        taken(tmp_path, path)
    assert (told.value.code, told.value.values["file"], told.value.values["line"]) == (
        "register_not_utf8",
        "a.csv",
        "7",
    )
    _, read = taken(tmp_path, path, replace(FORM, encoding="cp1251"))
    assert read[5][6] == "UZB"


MANY = 30_000


def many(seed: int) -> list[tuple]:
    dice = random.Random(seed)
    ways = ("in", "out")
    return [
        (f"{dice.randrange(9000)}", "KGZ", dice.choice(ways), *GOOD[3:6], "1980", f"n{number}")
        for number in range(MANY)
    ]


def test_rows_are_numbered_as_they_stand_in_csv_and_in_parquet(tmp_path):
    """`purpose` holds the number of the row within its file."""
    folder = tmp_path / "parts"
    folder.mkdir()
    as_csv(folder / "b.csv", many(1))
    as_csv(folder / "a.csv", many(2))
    _, rows = taken(tmp_path, folder, into="csv")
    assert [(part, row) for part, row, *_ in rows] == [(part, row) for part in (0, 1) for row in range(1, MANY + 1)]
    assert all(row[7] == f"n{row[1] - 1}" for row in rows)
    first = {row[1]: row[2] for row in rows if row[0] == 0}
    assert [first[number] for number in (1, 2, MANY)] == [many(2)[number][0] for number in (0, 1, MANY - 1)]
    other = tmp_path / "parquet"
    other.mkdir()
    as_parquet(other / "x-0.parquet", many(2), {"moment": "TIMESTAMP", "birth_year": "SMALLINT"})
    as_parquet(other / "x-1.parquet", many(1), {"moment": "TIMESTAMP", "birth_year": "SMALLINT"})
    assert taken(tmp_path, other, into="parquet_in")[1] == rows


def test_shards_are_fixed_by_the_rows_and_hold_each_person_once(tmp_path, monkeypatch):
    monkeypatch.setattr(intake, "SHARD_ROWS", 7000)
    found, rows = taken(tmp_path, as_csv(tmp_path / "a.csv", many(3)))
    assert found.shards == -(-MANY // 7000)
    assert sum(found.by_shard) == found.rows == len(rows) == MANY
    persons = []
    with connect(Room(tmp_path / "temporary")) as connection:
        for number in range(found.shards):
            open_shard(connection, tmp_path / "into", number)
            persons += execute(connection, "SELECT DISTINCT person FROM crossings JOIN persons USING (key)")
            assert execute(connection, "SELECT count(*) FROM crossings ANTI JOIN persons USING (key)") == [(0,)]
    assert len(persons) == len(set(persons)) == found.persons


def test_a_shard_that_nobody_is_in_is_empty_and_not_the_one_before(tmp_path, monkeypatch):
    monkeypatch.setattr(intake, "SHARD_ROWS", 1)
    found, rows = taken(tmp_path, as_csv(tmp_path / "a.csv", [GOOD] * 6))
    assert (sorted(found.by_shard), len(rows)) == ([0, 0, 0, 0, 0, 6], 6)


def test_side_tables_of_a_folder_are_no_crossings(tmp_path):
    folder = tmp_path / "parts"
    folder.mkdir()
    as_csv(folder / "crossings.csv", [GOOD])
    for name in ("truth-stays.csv", "permits-1.csv"):
        as_csv(folder / name, [GOOD])
    assert taken(tmp_path, folder)[0].rows == 1


# --- moments ---------------------------------------------------------------------------------------------------------

AT = micro(2024, 2, 29, 18, 30)
"""At Almaty half past midnight of 1 March by its old clock (UTC+6), which moves back at midnight to UTC+5: so the clock
shows half past eleven at night. At Aqtau (UTC+5) it is the same."""


@pytest.mark.parametrize(
    ("written", "type_", "clock"),
    [
        ("2024-02-29 18:30:00+00", "TIMESTAMPTZ", Clock.AUTOMATIC),
        ("2024-02-29T18:30:00Z", "VARCHAR", Clock.AUTOMATIC),
        ("2024-02-29T23:30:00+05:00", "VARCHAR", Clock.AUTOMATIC),
        ("2024-02-29 18:30:00", "TIMESTAMP", Clock.UTC),
        ("2024-02-29 18:30", "VARCHAR", Clock.UTC),
        (str(AT // 1_000_000), "BIGINT", Clock.SECONDS),
        (str(AT // 1_000), "BIGINT", Clock.MILLISECONDS),
        (str(AT), "VARCHAR", Clock.MICROSECONDS),
        ("2024-02-29 23:30", "VARCHAR", Clock.AUTOMATIC),
    ],
)
def test_a_moment_is_the_same_however_it_is_written(tmp_path, written, type_, clock):
    rows = [("A", "KGZ", "in", written, "aqtau", *GOOD[5:])]
    path = as_parquet(tmp_path / "a.parquet", rows, {"moment": type_})
    (row,) = taken(tmp_path, path, replace(FORM, clock=clock))[1]
    assert row[4:6] == (AT, day("2024-02-29"))


def test_a_day_without_hour_is_that_day_at_the_checkpoint(tmp_path):
    rows = [("A", "KGZ", "in", "2024-02-29", point, *GOOD[5:]) for point in ("aqtau", "almaty")]
    for name, type_ in (("d", "DATE"), ("t", "VARCHAR")):
        _, read = taken(tmp_path, as_parquet(tmp_path / f"{name}.parquet", rows, {"moment": type_}), into=name)
        assert [row[5] for row in read] == [day("2024-02-29")] * 2
        assert [row[4] for row in read] == [micro(2024, 2, 29, ahead=5), micro(2024, 2, 29, ahead=6)]


def test_a_format_of_its_own_is_read_by_that_format(tmp_path):
    path = as_csv(tmp_path / "a.csv", [("A", "KGZ", "in", "01.03.2024 00:30", "aqtau", *GOOD[5:])])
    (row,) = taken(tmp_path, path, replace(FORM, date_format="%d.%m.%Y %H:%M"))[1]
    assert row[5] == day("2024-03-01")


@pytest.mark.parametrize("zone", ["Asia/Almaty", "Asia/Aqtau", "Europe/London", "UTC"])
def test_clocks_are_those_of_the_zones_of_python(zone):
    """Every hour of two years, in which Almaty changed; and what a clock shows leads back to the instant."""
    rules, changes = ZoneInfo(zone), [clock_changes(ZoneInfo(zone), date(2023, 6, 1), date(2025, 6, 1))]
    start = int(datetime(2023, 6, 1, tzinfo=UTC).timestamp())
    with duckdb.connect() as connection:
        seconds = f"SELECT {start} + 1800 * i AS s FROM range(35000) r(i)"
        instant, local = (ahead_sql("s * 1000000", "0", changes, local=kind) for kind in (False, True))
        told = connection.execute(f"SELECT s, {instant} // 1000000, {local} // 1000000 FROM ({seconds})").fetchall()
    assert len(told) == 35_000
    for second, ahead, ahead_of_clock in told:
        assert datetime.fromtimestamp(second, rules).utcoffset() == timedelta(seconds=ahead)
        shown = datetime.fromtimestamp(second, UTC).replace(tzinfo=rules)
        assert shown.utcoffset() == timedelta(seconds=ahead_of_clock)


def test_a_checkpoint_without_zone_is_marked_and_read_by_the_clock_of_the_register(tmp_path):
    rows = [(*GOOD[:4], "elsewhere", *GOOD[5:])]
    (row,) = taken(tmp_path, as_csv(tmp_path / "a.csv", rows))[1]
    assert (row[4], KINDS[row[10]]) == (micro(2024, 5, 1, 10, ahead=5), "zone_unknown")


# --- what cannot be read ---------------------------------------------------------------------------------------------


def test_rows_that_cannot_be_read_stand_in_quarantine_with_number_reason_and_text(tmp_path):
    spoilt = {
        "person_missing": (" ", *GOOD[1:]),
        "direction_unknown": ("B", "KGZ", "sideways", *GOOD[3:]),
        "moment_missing": ("B", "KGZ", "in", "", *GOOD[4:]),
        "moment_unreadable": ("B", "KGZ", "in", "yesterday", *GOOD[4:]),
        "moment_impossible": ("B", "KGZ", "in", "2026-01-02 00:10", *GOOD[4:]),
    }
    rows = [GOOD, *spoilt.values(), GOOD, ("B", "KGZ", "in", "1990-12-31", *GOOD[4:])]
    found, read = taken(tmp_path, as_csv(tmp_path / "a.csv", rows))
    assert [row[1] for row in read] == [1, 7]
    assert [told[1:3] for told in quarantine(tmp_path)] == [
        *((number, kind) for number, kind in enumerate(spoilt, 2)),
        (8, "moment_impossible"),
    ]
    assert json.loads(quarantine(tmp_path)[1][3])["direction"] == "sideways"
    assert found.rows == len(rows) == sum(found.by_shard) + sum(found.quarantine.values())


def test_records_of_csv_that_are_none_are_counted_where_they_stand(tmp_path):
    path = as_csv(tmp_path / "a.csv", [GOOD] * 4)
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[2:2] = ["too,few", "", ",".join(["too many"] * 9)]
    path.write_text("\n".join(lines), encoding="utf-8")
    found, read = taken(tmp_path, path)
    assert [row[1] for row in read] == [1, 4, 5, 6]
    assert [told[1:] for told in quarantine(tmp_path)] == [
        (2, "row_malformed", "too,few"),
        (3, "row_malformed", ",".join(["too many"] * 9)),
    ]
    assert found.rows == 6


def test_a_citizenship_that_no_list_knows_is_kept_as_unknown(tmp_path):
    rows = [("A", written, *GOOD[2:]) for written in ("UNK", "", "kg", "узбекистан")]
    _, read = taken(tmp_path, as_csv(tmp_path / "a.csv", rows))
    assert [row[6] for row in read] == [None, None, "KGZ", "UZB"]
    completions = duckdb.connect().execute(f"SELECT citizenship FROM '{tmp_path}/into/completions.parquet'").fetchall()
    assert sorted(completions) == [("KGZ",), ("UZB",)]


def refused(tmp_path: Path, source: Path, form: RegisterForm = FORM) -> UnreadableRegister:
    """Why an input is refused; nothing of it may stay behind."""
    before = {path.name for path in tmp_path.iterdir()} | {"temporary"}
    with pytest.raises(UnreadableRegister) as told:
        taken(tmp_path, source, form)
    assert {path.name for path in tmp_path.iterdir()} <= before
    return told.value


def test_a_truncated_parquet_file_is_named(tmp_path):
    folder = tmp_path / "parts"
    folder.mkdir()
    as_parquet(folder / "a.parquet", [GOOD] * 50)
    whole = as_parquet(folder / "b.parquet", [GOOD] * 50)
    whole.write_bytes(whole.read_bytes()[:-200])
    told = refused(tmp_path, folder)
    assert (told.code, told.values["file"]) == ("register_file_broken", "b.parquet")


def test_a_parquet_file_spoilt_in_the_middle_is_told(tmp_path):
    path = as_parquet(tmp_path / "a.parquet", many(1))
    content = bytearray(path.read_bytes())
    content[4:40_000] = bytes(39_996)
    path.write_bytes(content)
    told = refused(tmp_path, path)
    assert (told.code, told.values["file"]) == ("register_file_broken", "a.parquet")


@pytest.mark.parametrize("name", ["a.csv", "a.parquet"])
def test_an_empty_file_is_told(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(b"")
    code = "register_empty" if name == "a.csv" else "register_file_broken"
    assert refused(tmp_path, path).code == code


def test_a_file_of_a_header_alone_is_told(tmp_path):
    assert refused(tmp_path, as_csv(tmp_path / "a.csv", [])).code == "register_empty"
    assert refused(tmp_path, as_parquet(tmp_path / "a.parquet", [GOOD]).with_name("none")).code == "register_not_there"


def test_a_missing_column_is_named_with_those_that_are_there(tmp_path):
    path = as_csv(tmp_path / "a.csv", [GOOD[:-1]], header=COLUMNS[:-1])
    told = refused(tmp_path, path)
    assert (told.code, told.values["column"]) == ("register_column_missing", "purpose")
    assert told.values["found"] == ", ".join(COLUMNS[:-1])


def test_types_that_hold_no_moment_or_differ_between_parts_are_told(tmp_path):
    path = as_parquet(tmp_path / "a.parquet", [(*GOOD[:3], "true", *GOOD[4:])], {"moment": "BOOLEAN"})
    assert refused(tmp_path, path).code == "register_column_type"
    path = as_parquet(tmp_path / "b.parquet", [(*GOOD[:3], "17", *GOOD[4:])], {"moment": "BIGINT"})
    assert refused(tmp_path, path).code == "register_clock_unknown"
    folder = tmp_path / "parts"
    folder.mkdir()
    as_parquet(folder / "a.parquet", [GOOD])
    as_parquet(folder / "b.parquet", [GOOD], {"moment": "TIMESTAMP"})
    told = refused(tmp_path, folder)
    assert (told.code, told.values["file"], told.values["column"]) == ("register_types_differ", "b.parquet", "moment")


def test_a_register_of_which_nothing_can_be_read_is_refused(tmp_path):
    rows = [("A", "KGZ", "?", *GOOD[3:])] * 3
    assert refused(tmp_path, as_csv(tmp_path / "a.csv", rows)).code == "register_nothing_usable"


def test_a_row_that_is_neither_taken_in_nor_in_quarantine_stops_the_intake(tmp_path, monkeypatch):
    whole = intake.crossings_sql
    monkeypatch.setattr(intake, "crossings_sql", lambda *how: f"SELECT * FROM ({whole(*how)}) WHERE row <> 2")
    told = refused(tmp_path, as_csv(tmp_path / "a.csv", [GOOD] * 4))
    assert (told.code, told.values) == ("register_rows_lost", {"rows": "4", "found": "3"})


def test_kinds_of_files_are_not_mixed(tmp_path):
    folder = tmp_path / "parts"
    folder.mkdir()
    as_csv(folder / "a.csv", [GOOD])
    as_parquet(folder / "b.parquet", [GOOD])
    assert refused(tmp_path, folder).code == "register_kinds_mixed"


def test_a_full_disk_leaves_nothing_behind(tmp_path):
    """A disk of 300 kB; made where the machine allows it to be mounted."""
    small = tmp_path / "small"
    small.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", small], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("this machine lets nobody mount a small disk: " + mounted.stderr.decode())
    try:
        source = as_csv(tmp_path / "a.csv", many(1))
        with pytest.raises(NoRoom) as told:
            take_in(FORM, source, small / "into", Room(tmp_path / "temporary"), until=UNTIL)
        assert told.value.code == "register_disk_full"
        assert list(small.iterdir()) == []
    finally:
        subprocess.run(["umount", small], check=True)


def test_a_hundred_thousand_stays_under_one_id_are_paired(tmp_path):
    start = datetime(2000, 1, 1, tzinfo=UTC)
    rows = [
        ("A", "KGZ", ("in", "out")[number % 2], f"{start + timedelta(hours=number):%Y-%m-%d %H:%M:%S}", *GOOD[4:])
        for number in range(200_000)
    ]
    found, _ = taken(tmp_path, as_csv(tmp_path / "a.csv", rows))
    assert found.persons == 1
    with connect(Room(tmp_path / "temporary")) as connection:
        open_shard(connection, tmp_path / "into", 0)
        run(connection, pairing(Repair()))
        assert execute(connection, "SELECT count(*), sum(guess) FROM stays") == [(100_000, 0)]


def test_where_two_ids_have_one_key_all_keys_are_made_anew(tmp_path, monkeypatch):
    """Under the first seed A and B have one key."""
    folder = tmp_path / "parts"
    folder.mkdir()
    as_csv(folder / "a.csv", [(person, *GOOD[1:]) for person in ("A", "B", "C", "D")])
    as_csv(folder / "permit-links.csv", [("C", "D")], header=("person", "linked_person"))
    names = ("person", "title", "since", "until")
    as_csv(folder / "permits.csv", [("B", "trp_work", "2024-01-01", "")], header=names)
    links = side("permit-links.csv", ("person", "linked_person"))
    form = replace(FORM, links=links, permits=side("permits.csv", names))
    plain, rows = taken(tmp_path, folder, form)
    made = intake.hash_of

    def clashing(id_: str, seed: int) -> str:
        return made(id_, seed) if seed else f"CASE WHEN {id_} IN ('A', 'B') THEN 7 ELSE {made(id_, 0)} END"

    monkeypatch.setattr(intake, "hash_of", clashing)
    found, again = taken(tmp_path, folder, form, into="again")
    assert (plain.seed, found.seed) == (0, 1)
    assert replace(found, seed=0) == plain
    assert [row[2] for row in again] == [row[2] for row in rows] == ["A", "B", "C", "C"]
    with connect(Room(tmp_path / "temporary")) as connection:
        open_shard(connection, tmp_path / "again", 0)
        assert execute(connection, "SELECT person FROM permits JOIN persons USING (key)") == [("B",)]


def test_two_ids_with_one_key_under_every_seed_are_never_taken_for_one_person(tmp_path, monkeypatch):
    monkeypatch.setattr(intake, "hash_of", lambda id_, seed: f"length({id_})")
    told = refused(tmp_path, as_csv(tmp_path / "a.csv", [GOOD, ("B", *GOOD[1:])]))
    assert (told.code, told.values) == ("register_hash_clash", {"seeds": "3"})


# --- side tables -----------------------------------------------------------------------------------------------------


def side(files: str, names: tuple[str, ...], coverage: Coverage = Coverage.COMPLETE) -> SideTable:
    return SideTable(files, {name: name for name in names}, coverage)


def test_linked_passports_have_one_key_and_the_smallest_id(tmp_path):
    as_csv(tmp_path / "links.csv", [("B", "C"), ("C", "A"), ("X", "X")], header=("person", "linked_person"))
    folder = tmp_path / "parts"
    rows = [(person, *GOOD[1:]) for person in ("A", "B", "C", "D", "X")]
    links = side("permit-links.csv", ("person", "linked_person"), Coverage.PARTIAL)
    folder.mkdir()
    as_csv(folder / "a.csv", rows)
    found, read = taken(tmp_path, folder)
    assert found.linked == 0 and {row[2] for row in read} == {"A", "B", "C", "D", "X"}
    (folder / "permit-links.csv").write_bytes((tmp_path / "links.csv").read_bytes())
    found, read = taken(tmp_path, folder, replace(FORM, links=links), into="linked")
    assert [row[2] for row in read] == ["A", "A", "A", "D", "X"]
    assert (found.linked, found.persons, found.coverage["links"]) == (2, 3, "partial")


def test_a_table_of_links_without_a_row_links_nobody(tmp_path):
    folder = tmp_path / "parts"
    folder.mkdir()
    as_csv(folder / "a.csv", [GOOD])
    as_csv(folder / "permit-links.csv", [], header=("person", "linked_person"))
    links = side("permit-links.csv", ("person", "linked_person"))
    found, _ = taken(tmp_path, folder, replace(FORM, links=links))
    assert (found.linked, found.coverage["links"]) == (0, "complete")


@pytest.mark.parametrize("pattern", ["/etc/*.csv", ""])
def test_side_tables_are_looked_for_beside_the_register_only(tmp_path, pattern):
    form = replace(FORM, links=side(pattern, ("person", "linked_person")))
    assert refused(tmp_path, as_csv(tmp_path / "a.csv", [GOOD]), form).code == "register_no_files"


def test_links_reach_through_others():
    dice = random.Random(4)
    pairs = [(f"{dice.randrange(300):03d}", f"{dice.randrange(300):03d}") for _ in range(200)]
    found = smallest_of_linked(pairs)
    groups = [{name} for name in {one for pair in pairs for one in pair}]
    for one, other in pairs:
        joined = [group for group in groups if one in group or other in group]
        groups = [group for group in groups if group not in joined] + [set().union(*joined)]
    assert found == {one: min(group) for group in groups for one in group if one != min(group)}


def test_a_permit_that_cannot_be_read_makes_its_table_partial(tmp_path):
    folder = tmp_path / "parts"
    folder.mkdir()
    as_csv(folder / "crossings.csv", [GOOD])
    names = ("person", "title", "since", "until")
    rows = [("A", "trp_work", "2024-01-01", ""), ("A", "trp_work", "2024-01-01", "2024-12-31"), ("A", "x", "soon", "")]
    as_csv(folder / "permits.csv", rows, header=names)
    found, _ = taken(tmp_path, folder, replace(FORM, permits=side("permits.csv", names)))
    assert (found.coverage, found.side_rows["permits"], found.left_out["permits"]) == (
        {"permits": "partial", "penalties": "absent", "links": "absent"},
        2,
        1,
    )
    with connect(Room(tmp_path / "temporary")) as connection:
        open_shard(connection, tmp_path / "into", 0)
        permits = "SELECT title, since, until FROM permits JOIN persons USING (key) ORDER BY until"
        assert execute(connection, permits) == [
            ("trp_work", day("2024-01-01"), day("2024-12-31")),
            ("trp_work", day("2024-01-01"), None),
        ]
        assert execute(connection, "SELECT count(*) FROM penalties") == [(0,)]


def test_an_open_end_that_is_no_day_is_not_taken_for_none(tmp_path):
    folder = tmp_path / "parts"
    folder.mkdir()
    as_csv(folder / "crossings.csv", [GOOD])
    names = ("person", "title", "since", "until")
    as_csv(folder / "permits.csv", [("A", "trp_work", "2024-01-01", "31/12/24")], header=names)
    found, _ = taken(tmp_path, folder, replace(FORM, permits=side("permits.csv", names)))
    assert (found.side_rows["permits"], found.left_out["permits"]) == (0, 1)
