"""How well cleaning finds what a synthetic register hides: the marks beside the truth, kind by kind.

A fault that took a row away is held against the row at the other end of its stay, where the mark must stand.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from duckdb import DuckDBPyConnection

from koshiqon.engine.duckdb import execute, quoted, run
from koshiqon.engine.intake import Intake, open_shard
from koshiqon.stay.register.form import KINDS
from koshiqon.stay.register.step import Step

CALLED = {"impossible_date": "moment_impossible"}
"""Faults that cleaning calls otherwise."""


@dataclass(frozen=True, slots=True)
class Score:
    """Of one kind: how many there are, how many were marked, how many marks are right."""

    true: int
    marked: int
    right: int

    @property
    def precision(self) -> float | None:
        """The share of marks that are right; None where there are none."""
        return self.right / self.marked if self.marked else None

    @property
    def recall(self) -> float | None:
        """The share of faults that were found; None where there are none."""
        return self.right / self.true if self.true else None


def score(
    connection: DuckDBPyConnection, register: Path, taken_in: Path, intake: Intake, steps: tuple[Step, ...]
) -> dict[str, Score]:
    """By kind of fault the score of these steps over a register that was made with its truth, and taken in."""
    execute(connection, "CREATE OR REPLACE TEMP TABLE all_marks (part INTEGER, row BIGINT, kind SMALLINT)")
    refused = f"SELECT part, row, kind FROM read_parquet({quoted(taken_in / 'quarantine.parquet')})"
    execute(connection, f"INSERT INTO all_marks {refused}")
    for number in range(intake.shards):
        open_shard(connection, taken_in, number)
        run(connection, steps)
        execute(connection, "INSERT INTO all_marks SELECT part, row, kind FROM marks")
    _make_truth(connection, register)
    rows = execute(
        connection,
        """SELECT t.kind, count(DISTINCT t.id), count(m.row) FROM truth t
        LEFT JOIN (SELECT DISTINCT * FROM all_marks) m ON m.part = t.part AND m.row = t.row AND m.kind = t.code
        GROUP BY 1 ORDER BY 1""",
    )
    marked = {KINDS[int(str(code))]: int(str(count)) for code, count in execute(connection, _BY_KIND)}
    return {
        str(kind): Score(int(str(true)), marked.get(CALLED.get(str(kind), str(kind)), 0), int(str(right)))
        for kind, true, right in rows
    }


_BY_KIND = "SELECT kind, count(*) FROM (SELECT DISTINCT * FROM all_marks) GROUP BY 1"


def _make_truth(connection: DuckDBPyConnection, register: Path) -> None:
    """The table `truth`: what is wrong, with the row where a mark must stand, if any row can show it."""

    def read(name: str, more: str = "") -> str:
        return f"read_parquet({quoted(register / f'{name}-*.parquet')}{more})"

    codes = ", ".join(f"({quoted(name)}, {code})" for code, name in enumerate(KINDS))
    called = " ".join(f"WHEN {quoted(ours)} THEN {quoted(marked)}" for ours, marked in CALLED.items())
    crossings = (
        "SELECT person, direction, moment, CAST(file_index AS INTEGER) AS part, file_row_number + 1 AS row"
        f" FROM {read('crossings', ', file_row_number = true')}"
    )
    execute(
        connection,
        f"""CREATE OR REPLACE TEMP TABLE truth AS
        WITH codes(name, code) AS (VALUES {codes}),
        faults AS (SELECT row_number() OVER () AS id, * FROM {read("truth-faults")}),
        other_end AS (
          SELECT f.id, CASE f.kind WHEN 'missing_exit' THEN 'in' ELSE 'out' END AS direction, f.person,
            CASE f.kind WHEN 'missing_exit' THEN s.entry ELSE s.exit END AS moment
          FROM faults f JOIN {read("truth-stays")} s ON s.person = f.person
            AND f.moment = CASE f.kind WHEN 'missing_exit' THEN s.exit ELSE s.entry END
          WHERE f.kind IN ('missing_exit', 'missing_entry')),
        shown AS (
          SELECT id, part, row + 1 AS row FROM faults WHERE row IS NOT NULL
          UNION ALL SELECT o.id, c.part, min(c.row) FROM other_end o JOIN ({crossings}) c
            ON c.person = o.person AND c.direction = o.direction AND c.moment = o.moment GROUP BY ALL)
        SELECT f.id, f.kind, codes.code, shown.part, shown.row FROM faults f
        JOIN codes ON codes.name = CASE f.kind {called} ELSE f.kind END
        LEFT JOIN shown ON shown.id = f.id""",
    )
