"""Whole numbers and days as numbers in SQL: what DuckDB and Spark spell differently, or neither does exactly.

A day is a whole number of days since 1970-01-01. Nothing here is a floating number: beyond 2^53 those lose units, and
where one is made whole, DuckDB rounds while Spark cuts off.
"""

from __future__ import annotations

from koshiqon.rules.sql import Dialect, whole


def divided(number: str, by: int, dialect: Dialect) -> str:
    """The whole quotient, toward zero: of -7 by 2 it is -3. `by` is above 0."""
    match dialect:
        case Dialect.DUCKDB:
            return f"(({number}) // {whole(by)})"
        case Dialect.SPARK:
            return f"(({number}) DIV {whole(by)})"


def floored(number: str, by: int, dialect: Dialect) -> str:
    """The greatest whole number that is not above the quotient: of -7 by 2 it is -4; the day of a moment before 1970
    too. `by` is above 0.
    """
    under_zero = f"CASE WHEN MOD({number}, {whole(by)}) < 0 THEN 1 ELSE 0 END"
    return f"({divided(number, by, dialect)} - {under_zero})"


def date_of(day: str) -> str:
    """The DATE of a day's number. Neither dialect adds a number of 64 bits to a date."""
    return f"(DATE '1970-01-01' + CAST({day} AS INTEGER))"


def number_of(day: str, dialect: Dialect) -> str:
    """The number of a DATE, as an INTEGER."""
    match dialect:
        case Dialect.DUCKDB:
            return f"CAST({day} - DATE '1970-01-01' AS INTEGER)"
        case Dialect.SPARK:
            return f"CAST(DATEDIFF({day}, DATE '1970-01-01') AS INTEGER)"


def counted(first: str, last: str, dialect: Dialect) -> str:
    """One row for each number from the first to the last, as a BIGINT; none where the last is lower. It stands alone
    in the list of a SELECT, beside columns to repeat.
    """
    start, end = f"CAST({first} AS BIGINT)", f"CAST({last} AS BIGINT)"
    match dialect:
        case Dialect.DUCKDB:
            return f"unnest(range({start}, {end} + 1))"
        case Dialect.SPARK:
            # without the CASE a sequence would count down
            return f"explode(CASE WHEN {end} >= {start} THEN sequence({start}, {end}) END)"
