"""One register under two laws, stay by stay: the columns of the result, and SQL of it and of what is counted in it.

The same stays are judged under both laws, so they are told apart by nothing but what each law says of them.
"""

from __future__ import annotations

from koshiqon.stay.register.form import Columns

ABOUT: Columns = (
    ("person", "VARCHAR"),
    ("citizenship", "VARCHAR"),
    ("purpose", "VARCHAR"),
    ("sex", "VARCHAR"),
    ("birth_year", "SMALLINT"),
    ("entry", "DATE"),
    ("exit", "DATE"),
    ("derived", "VARCHAR"),
)
"""What both laws find alike."""

JUDGED_COLUMNS: Columns = (
    ("title", "VARCHAR"),
    ("regime", "VARCHAR"),
    ("first_unlawful_day", "DATE"),
    ("overstay_days", "INTEGER"),
    ("unknown_days", "INTEGER"),
    ("certainty", "VARCHAR"),
    ("consequence", "VARCHAR"),
    ("reasons", "BIGINT"),
)
"""What each law says, in columns that end with its name; `reasons` is a mask over its list in the record."""

LAWS = ("before", "after")
"""The law as it is, and as the reform would make it."""

COMPARED_OUT: Columns = (
    *ABOUT,
    *((f"{name}_{law}", kind) for law in LAWS for name, kind in JUDGED_COLUMNS),
)
"""Columns of the parts of a comparison, in the order of shard, key and place; see `result.py` for what they hold."""


def compared_sql(before: str, after: str) -> str:
    """Stays judged under both laws, from two tables with the columns of `STAYS_OUT`, key and place."""
    about = ", ".join(f"b.{name}" for name, _ in ABOUT)
    judged = ", ".join(f"{law[0]}.{name} AS {name}_{law}" for law in LAWS for name, _ in JUDGED_COLUMNS)
    return f"""SELECT b.key, b.place, {about}, {judged}
FROM {before} AS b JOIN {after} AS a ON a.key = b.key AND a.place = b.place"""


SOUND = "derived IS NULL"
"""Stays that rest on no guess. Only these are compared: of the others nothing is sure under either law."""


def counts_sql(compared: str) -> str:
    """What the record of a comparison counts. Who stands where is left to the tables, which hide small numbers."""
    return f"""SELECT count(*) AS stays, count(*) FILTER (NOT ({SOUND})) AS stays_derived,
    count(DISTINCT person) AS persons FROM {compared}"""
