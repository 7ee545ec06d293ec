"""One register under two laws: each shard paired once and judged twice, stay beside stay.

It is a run like a screening (`screening.py`), stopped and gone on with in the same way; only what is made of a shard
differs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from duckdb import DuckDBPyConnection

from koshiqon.country import Country
from koshiqon.engine.duckdb import Room, connect, execute, forget, run
from koshiqon.engine.intake import open_shard, read_intake
from koshiqon.engine.screening import Judging
from koshiqon.engine.screening_shard import Question, law_of, law_steps, pairing_of, stays_sql, write_part
from koshiqon.rules.sql import Dialect
from koshiqon.stay.register.compared_stays import COMPARED_OUT, LAWS, compared_sql, counts_sql
from koshiqon.stay.register.judging import judging
from koshiqon.stay.register.law_tables import law_tables
from koshiqon.stay.register.step import Step

SCHEMA = "koshiqon-comparison/1"
PART = "compared"
"""The folder of parts, one file a shard."""


def prepared(question: Question, changed: Country, room: Room, shards: Path) -> Judging:
    """Both laws for the profiles of a register that was taken in, ready to judge its shards: that of the question, and
    the country `changed` by a reform. Raises UnsupportedInRegister, NoRoom and UnreadableRegister.
    """
    taken = read_intake(shards)
    asked = (question, replace(question, country=changed))
    laws = [law_of(one, taken, room, shards) for one in asked]
    judgings: list[tuple[tuple[Step, ...], str]] = []
    for name, law in zip(LAWS, laws, strict=True):
        tables = law_steps(law_tables(law), room, shards.parent / f"law-{name}")
        judgings.append(((*tables, *judging(law, Dialect.DUCKDB)), stays_sql()))
    paired = pairing_of(question.form)

    def judge(number: int, folder: Path) -> Mapping[str, int]:
        own = replace(room, temporary=room.temporary / f"{number:04d}")
        with connect(own) as connection:
            open_shard(connection, shards, number)
            run(connection, paired)
            for name, (steps, select) in zip(LAWS, judgings, strict=True):
                run(connection, steps)
                execute(connection, f"CREATE TEMP TABLE judged_{name} AS {select}")
                forget(connection, steps)
            return _written(connection, folder, number)

    said = {
        "titles": {name: list(law.titles) for name, law in zip(LAWS, laws, strict=True)},
        "reasons": {
            name: [f"{reason.kind}:{reason.name}" for reason in law.reasons]
            for name, law in zip(LAWS, laws, strict=True)
        },
        "assumed": list(laws[0].assumed),
        "coverage": dict(taken.coverage),
        "synthetic": question.form.synthetic,
    }
    return Judging(judge, said)


def _written(connection: DuckDBPyConnection, folder: Path, number: int) -> dict[str, int]:
    """The part of a shard, and what is counted in it."""
    before, after = (f"judged_{name}" for name in LAWS)
    execute(connection, f"CREATE TEMP TABLE compared AS {compared_sql(before, after)}")
    file = folder / PART / f"{PART}-{number:04d}.parquet"
    file.parent.mkdir(exist_ok=True)
    write_part(connection, COMPARED_OUT, "compared", "key, place", file)
    found: dict[str, int] = {}
    for source in (counts_sql("compared"), "SELECT rows AS rows_paired, entries, exits, duplicates FROM conservation"):
        relation = connection.sql(source)
        (row,) = relation.fetchall()
        found |= {name: int(value) for name, value in zip(relation.columns, row, strict=True)}
    lost = execute(connection, f"SELECT (SELECT count(*) FROM {before}) - (SELECT count(*) FROM compared)")
    assert lost == [(0,)], lost
    return found
