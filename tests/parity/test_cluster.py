"""A cluster makes of a register, row for row, what DuckDB makes of it on one machine."""

from __future__ import annotations

from datetime import date
from random import Random

import duckdb
import pytest
from registers import load, paper_kinds, random_person, shard_tables

from koshiqon.engine.cluster import Result, Source, rows, sources_of, tables, write
from koshiqon.engine.duckdb import Room, connect
from koshiqon.engine.intake import open_shard, take_in
from koshiqon.engine.synthetic import make_register
from koshiqon.rules.sql import Dialect
from koshiqon.sources.country_folder import load_country
from koshiqon.sources.register_mapping import form_without_mapping
from koshiqon.sources.synthetic_of_country import load_synthetic
from koshiqon.stay.register.form import CROSSINGS, MARKS, PROFILES, STAYS, Columns, Repair
from koshiqon.stay.register.judging import judging
from koshiqon.stay.register.law import Coverage, Profile
from koshiqon.stay.register.law_reading import read_law
from koshiqon.stay.register.law_tables import LawTable, law_tables
from koshiqon.stay.register.pairing import pairing

MINUTE = 60_000_000
DAY = 24 * 60 * MINUTE
PROFILE_ROWS = ((0, "KGZ", "work"), (1, "UZB", "work"), (2, "UZB", None), (3, None, "work"), (4, None, None))
COMPLETIONS = LawTable(
    "completions",
    (("profile", "INTEGER"), ("citizenship", "VARCHAR"), ("completed", "INTEGER")),
    ((3, "KGZ", 0), (3, "UZB", 1), (4, "UZB", 2)),
)


# --- a small register ------------------------------------------------------------------------------------------------


def crossings(persons: int) -> list[tuple[object, ...]]:
    """Lives that go wrong in many ways: rows twice or missing, in one moment, in another zone, without citizenship."""
    dice, found = Random(5), list[tuple[object, ...]]()
    for key in range(persons):
        moment, direction, profile = dice.randrange(-3, 9000) * DAY, 0, dice.choice((0, 1, 2, 2, 3, 4))
        for _ in range(dice.randrange(1, 9)):
            moment += dice.choice((0, 3 * MINUTE, 7 * 60 * MINUTE, DAY, 3 * DAY, 40 * DAY, 200 * DAY))
            row = (key - persons // 2, direction, moment, (moment + dice.choice((0, 0, 6)) * 60 * MINUTE) // DAY)
            about = (dice.choice((profile, profile, profile, 0)), dice.randrange(3), dice.choice((None, 1980, 1990)))
            found += [(*row, *about, copy, len(found) + 1 + copy, 0) for copy in range(dice.choice((1, 1, 1, 2)))]
            direction = 1 - direction if dice.random() < 0.9 else direction
    return found


def filled(database: duckdb.DuckDBPyConnection, name: str, columns: Columns, found: list[tuple[object, ...]]) -> None:
    database.execute(f"CREATE TABLE {name} ({', '.join(f'{column} {kind}' for column, kind in columns)})")
    database.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(columns))})", found)


@pytest.fixture(scope="module")
def database() -> duckdb.DuckDBPyConnection:
    """The register in DuckDB, judged there."""
    database = duckdb.connect()
    filled(database, "crossings", CROSSINGS, crossings(400))
    filled(database, "profiles", PROFILES, list(PROFILE_ROWS))
    filled(database, COMPLETIONS.name, COMPLETIONS.columns, list(COMPLETIONS.rows))
    for step in pairing(Repair()):
        database.execute(f"CREATE TEMP {'TABLE' if step.kept else 'VIEW'} {step.name} AS {step.sql}")
    return database


@pytest.fixture(scope="module")
def sources(database: duckdb.DuckDBPyConnection, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Source]:
    """The register in files, as the intake writes them: persons in one shard or the other."""
    folder = tmp_path_factory.mktemp("register")
    shards = "SELECT *, key % 2 AS shard FROM crossings"
    database.execute(f"COPY ({shards}) TO '{folder}/crossings' (FORMAT parquet, PARTITION_BY (shard))")
    database.execute(f"COPY profiles TO '{folder}/profiles.parquet' (FORMAT parquet)")
    return {
        "crossings": Source(CROSSINGS, f"{folder}/crossings"),
        "profiles": Source(PROFILES, f"{folder}/profiles.parquet"),
    }


STAYS_BY_PERSON = Result("stays", STAYS, "key", ("key", "place"))


# --- the same rows ---------------------------------------------------------------------------------------------------


@pytest.mark.cluster
def test_a_cluster_pairs_crossings_as_one_machine_does(cluster, database, sources, tmp_path):
    with tables(cluster, pairing(Repair()), sources, [COMPLETIONS], str(tmp_path / "scratch")):
        write(cluster, STAYS_BY_PERSON, str(tmp_path / "stays"), 3)
        write(cluster, Result("marks", MARKS, "row", ("part", "row", "kind")), str(tmp_path / "marks"), 1)
        counted = rows(cluster, "conservation")
    for name, order in (("stays", "key, place"), ("marks", "part, row, kind")):
        written = database.execute(f"FROM '{tmp_path}/{name}/*.parquet' ORDER BY {order}")
        kinds = [(column[0], str(column[1])) for column in written.description or []]
        assert kinds == list({"stays": STAYS, "marks": MARKS}[name])
        assert written.fetchall() == database.execute(f"FROM {name} ORDER BY {order}").fetchall()
    assert counted == database.execute("FROM conservation").fetchall()
    assert database.execute("SELECT COUNT(*) FROM stays").fetchall() > [(500,)]


@pytest.mark.cluster
def test_a_cluster_reads_a_register_as_it_was_taken_in(cluster, toyland, tmp_path):
    asked = {"persons": 300, "since": date(2023, 1, 1), "until": date(2024, 12, 31), "seed": 1}
    make_register(load_synthetic(str(toyland)), tmp_path / "register", **asked)
    form, room = form_without_mapping(tmp_path / "register"), Room(tmp_path / "spill")
    taken = take_in(form, tmp_path / "register", tmp_path / "taken", room, until=asked["until"])
    names = ("crossings", "persons", "permits", "penalties", "profiles", "completions")
    sources = sources_of(taken, form.facts, str(tmp_path / "taken"))
    with connect(room) as alone, tables(cluster, [], sources, [], str(tmp_path)):
        open_shard(alone, tmp_path / "taken", 0)
        assert taken.shards == 1 and set(sources) == set(names)
        for name in names:
            columns = ", ".join(column for column, _ in sources[name].columns)
            found = {tuple(row) for row in alone.execute(f"SELECT {columns} FROM {name}").fetchall()}
            assert set(rows(cluster, name)) == found
            assert found or name in ("permits", "penalties", "completions")


@pytest.mark.cluster
def test_a_cluster_judges_a_register_as_one_machine_does(cluster, tmp_path):
    dice, days = Random(3), (date(2019, 1, 1), date(2025, 12, 31))
    country, coverage = load_country("kaz"), Coverage(permits=True, penalties=True)
    profiles = [
        Profile(code, {"visit.purpose": why}) for code in ("UZB", "KGZ", "DEU", None) for why in ("private", "work")
    ]
    law = read_law(country, profiles, days, coverage, {})
    persons = [random_person(dice, len(profiles), days, paper_kinds(country)) for _ in range(150)]
    given = [*law_tables(law), *shard_tables(persons, law)]
    with duckdb.connect() as alone:
        load(alone, given)
        for step in judging(law, Dialect.DUCKDB):
            alone.execute(f"CREATE TEMP {'TABLE' if step.kept else 'VIEW'} {step.name} AS {step.sql}")
        judged, segments = (set(alone.execute(f"FROM {name}").fetchall()) for name in ("judged", "segments"))
    with tables(cluster, judging(law, Dialect.SPARK), {}, given, str(tmp_path)):
        assert set(rows(cluster, "judged")) == judged
        assert set(rows(cluster, "segments")) == segments
    assert min(len(judged), len(segments)) > 300
