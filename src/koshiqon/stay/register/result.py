"""What a screening leaves behind: the columns of its tables, as they stand in Parquet.

`stays` has one row a stay, in the order of shard, key and place; `intervals` the days of one standing each, for stays
that have more than one; `quarantine` every mark on a row of the input.
"""

from __future__ import annotations

from koshiqon.stay.register.form import Columns

STAYS_OUT: Columns = (
    ("person", "VARCHAR"),
    ("citizenship", "VARCHAR"),
    ("purpose", "VARCHAR"),
    ("sex", "VARCHAR"),
    ("birth_year", "SMALLINT"),
    ("entry", "DATE"),
    ("exit", "DATE"),
    ("derived", "VARCHAR"),
    ("title", "VARCHAR"),
    ("regime", "VARCHAR"),
    ("days", "INTEGER"),
    ("days_in_window", "INTEGER"),
    ("first_unlawful_day", "DATE"),
    ("first_unknown_day", "DATE"),
    ("overstay_days", "INTEGER"),
    ("unknown_days", "INTEGER"),
    ("certainty", "VARCHAR"),
    ("consequence", "VARCHAR"),
    ("held", "BIGINT"),
    ("unknown", "BIGINT"),
    ("reasons", "BIGINT"),
)
"""`derived` names the guesses on which a stay rests, NULL for none; `certainty` is yes (overstayed), no or unknown;
`held`, `unknown` and `reasons` are masks over lists of the record of the run. Where the first that is known of a person
is an exit, `entry` is that exit, and `days`, `days_in_window`, `first_unknown_day`, `unknown_days` are NULL."""

INTERVALS_OUT: Columns = (
    ("person", "VARCHAR"),
    ("entry", "DATE"),
    ("first", "DATE"),
    ("last", "DATE"),
    ("standing", "VARCHAR"),
)
"""`standing` is lawful, unlawful or unknown; `last` NULL where the interval has no end."""

MARKS_OUT: Columns = (
    ("part", "INTEGER"),
    ("row", "BIGINT"),
    ("kind", "VARCHAR"),
    ("outcome", "VARCHAR"),
    ("text", "VARCHAR"),
)
"""`part` is the place of the file among the files of the record, from 0; `row` the row in it, from 1; `text` the row as
it was written, NULL for one that could be read."""
