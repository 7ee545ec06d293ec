"""Where SQL of Spark is spelled otherwise than that of DuckDB, it says the same; what a cluster notices is known."""

from __future__ import annotations

import os

import duckdb
import pytest

from koshiqon.rules.sql import Dialect
from koshiqon.rules.sql_numbers import counted, date_of, divided, floored, number_of

NUMBERS = (-(2**63) + 1, -86_400_000_001, -8, -7, -1, 0, 1, 7, 8, 2**53 + 1, 2**63 - 1)
TABLE = f"(VALUES {', '.join(f'(CAST({number} AS BIGINT))' for number in NUMBERS)}) AS numbers (n)"
SPANS = "(VALUES (1, 2, 4), (2, 5, 5), (3, 6, 5), (4, 9, NULL)) AS spans (name, first, last)"
DAYS = "(VALUES (-719162), (-1), (0), (19782), (2932896)) AS days (n)"


def said(dialect: Dialect) -> list[str]:
    """Queries in a spelling, each with an order."""
    quotients = [f"{spelled('n', by, dialect)} AS q" for by in (1, 7, 86_400_000_000) for spelled in (divided, floored)]
    return [
        *(f"SELECT n, {quotient} FROM {TABLE} ORDER BY n" for quotient in quotients),
        f"SELECT name, number FROM (SELECT name, {counted('first', 'last', dialect)} AS number FROM {SPANS}) AS told"
        " ORDER BY name, number",
        f"SELECT n, {date_of('n')} AS day, {number_of(date_of('n'), dialect)} AS again FROM {DAYS} ORDER BY n",
    ]


@pytest.mark.cluster
def test_numbers_and_days_are_the_same_on_a_cluster(cluster):
    for there, here in zip(said(Dialect.SPARK), said(Dialect.DUCKDB), strict=True):
        assert [tuple(row) for row in cluster.session.sql(there).collect()] == duckdb.sql(here).fetchall(), here


@pytest.mark.cluster
def test_apache_spark_notices_a_number_that_outgrows_its_type_and_sail_does_not(cluster):
    assert cluster.notices_overflow == (os.environ["KOSHIQON_CLUSTER"] == "spark")
