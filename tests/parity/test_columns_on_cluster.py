"""A condition in the SQL of Spark tells of every row what the judge tells of the case, on a cluster as on DuckDB."""

from __future__ import annotations

from datetime import date
from random import Random

import conditions as toy
import pytest
from test_columns import told_by_judge

from koshiqon.engine.cluster import Cluster
from koshiqon.rules.columns import decode, in_columns, query
from koshiqon.rules.expression import Type, type_of
from koshiqon.rules.judging import judge
from koshiqon.rules.sql import Dialect, Input
from koshiqon.rules.sql_numbers import date_of

EPOCH = date(1970, 1, 1).toordinal()
OUTSIDE = dict(zip(toy.OUTSIDE, (3_663_000, -735_000, 2_932_897, -735_500), strict=True))
"""Days that the calendar of law does not have, as numbers of days: Spark knows no infinity."""


def is_list(one: Input) -> bool:
    return one in toy.MEMBERS


def sent(one: Input, value: object) -> object:
    """A value as it goes to the cluster: a day as its number, anything else as text."""
    match value:
        case None:
            return None
        case list():
            return [
                None if part is None else str(part).lower() if isinstance(part, bool) else str(part) for part in value
            ]
        case date():
            return value.toordinal() - EPOCH
        case str() if type_of(one) is Type.DATE:
            return OUTSIDE[value]
        case bool():
            return str(value).lower()
        case _:
            return str(value)


def made(number: int, one: Input) -> str:
    """The value of an input, made of what was sent."""
    kind = toy.sql_type(one).replace("VARCHAR", "STRING")
    if is_list(one):
        return f"CAST(v{number} AS ARRAY<{kind[:-2]}>) AS v{number}"
    return f"{date_of(f'v{number}') if kind == 'DATE' else f'CAST(v{number} AS {kind})'} AS v{number}"


def fill(cluster: Cluster, people: list[toy.Row], folder: str) -> None:
    """The table `people`, in a folder."""
    columns, values = ["id INT"], ["id"]
    for number, one in enumerate(toy.INPUTS):
        kind = "ARRAY<STRING>" if is_list(one) else "INT" if type_of(one) is Type.DATE else "STRING"
        columns += [f"v{number} {kind}", f"r{number} BIGINT", f"u{number} STRING"]
        values += [made(number, one), f"r{number}", f"u{number}"]
    rows = [
        (
            at,
            *(
                part
                for one, cell in zip(toy.INPUTS, row.cells, strict=True)
                for part in (sent(one, cell.value), cell.reason, None if cell.unit is None else str(cell.unit))
            ),
        )
        for at, row in enumerate(people)
    ]
    cluster.session.createDataFrame(rows, ", ".join(columns)).selectExpr(*values).write.parquet(folder)
    cluster.session.read.parquet(folder).createOrReplaceTempView("people")


def compare(cluster: Cluster, folder: str, seed: int, conditions: int, rows: int) -> int:
    """So many conditions over so many rows, all told alike; how many verdicts were unknown."""
    random, unsure = Random(seed), 0
    people = [toy.row(random) for _ in range(rows)]
    fill(cluster, people, folder)
    for number in range(conditions):
        condition = toy.condition(random, random.choice([1, 2, 2, 3]))
        said = in_columns(condition, toy.COLUMNS, Dialect.SPARK)
        found = sorted(cluster.session.sql(query(said, "people", ["id"])).collect())
        for row, (id_, verdict, held, unknown, *reasons) in zip(people, found, strict=True):
            wanted = told_by_judge(judge(condition, row.case))
            assert decode(said, verdict, held, unknown, reasons) == wanted, (seed, number, id_, condition)
            unsure += verdict == 0
    return unsure


@pytest.mark.cluster
def test_a_cluster_tells_of_each_row_what_the_judge_tells_of_the_case(cluster, tmp_path):
    assert compare(cluster, str(tmp_path / "people"), seed=7, conditions=40, rows=60) > 300


@pytest.mark.cluster
@pytest.mark.long
@pytest.mark.parametrize("seed", range(4))
def test_hundreds_of_conditions_are_told_alike_on_a_cluster(cluster, tmp_path, seed):
    assert compare(cluster, str(tmp_path / "people"), seed, conditions=100, rows=100) > 2_000
