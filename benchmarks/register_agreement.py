"""Do others name the same first unlawful day as screening, where one limit alone decides?

Compared are stays of persons without a permit, a penalty or a second passport; whose days in the window rest for both
on nothing but crossings; that lie in one row of the limits which nothing else touches, for a purpose that the row
covers; and of these only what screening calls sure.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from koshiqon.engine.duckdb import quoted

USUAL = "('private', 'tourism', 'business')"
"""Purposes that every visa-free regime covers; the EAEU asks for none."""

WINDOW = 180
"""Days of the longest window; whoever has a guessed stay in it is left out."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How many of all `stays` one limit alone decides (`alone`), on how many of these screening is not sure
    (`unknown`), how many the other paired otherwise or was not asked about (`elsewhere`), how many were `compared`, and
    of these how many are `equal` and how many `unlawful`.
    """

    stays: int
    alone: int
    unknown: int
    elsewhere: int
    compared: int
    equal: int
    unlawful: int


def agreement(ours: Path, other: Path, register: Path, limits: Path, until: date) -> Agreement:
    """Hold the stays of another, a file of person, entry, exit, derived and first_unlawful_day, against ours."""
    with duckdb.connect() as connection:
        connection.execute(
            _TABLES.format(register=register, limits=quoted(limits), until=until, ours=ours, other=quoted(other))
        )
        connection.execute(_ONCE.format(name="alone_once", source="alone"))
        connection.execute(_ONCE.format(name="other_once", source=quoted(other)))
        counted = connection.execute(_COMPARED).fetchall()
        ((stays,),) = connection.execute("SELECT count(*) FROM stays").fetchall()
        ((alone,),) = connection.execute("SELECT count(*) FROM alone").fetchall()
    ((unknown, elsewhere, compared, equal, unlawful),) = counted
    return Agreement(stays, alone, unknown, elsewhere, compared, equal, unlawful)


_TABLES = f"""
CREATE VIEW stays AS SELECT * FROM read_parquet('{{ours}}/stays/*.parquet');
CREATE TABLE others AS
  SELECT person FROM read_parquet('{{register}}/permits-*.parquet') UNION
  SELECT person FROM read_parquet('{{register}}/permit-penalties-*.parquet') UNION
  SELECT person FROM read_parquet('{{register}}/permit-documents-*.parquet') UNION
  SELECT linked_person FROM read_parquet('{{register}}/permit-documents-*.parquet');
CREATE TABLE guessed AS
  SELECT person, entry, coalesce(exit, DATE '{{until}}') AS through FROM stays WHERE derived IS NOT NULL
  UNION ALL
  SELECT person, entry, coalesce(exit, DATE '{{until}}') FROM {{other}} WHERE derived <> '';
CREATE TABLE alone AS
  SELECT s.person, s.entry, s.exit, s.first_unlawful_day, s.certainty
  FROM stays AS s
  JOIN read_csv({{limits}}) AS l ON l.citizenship = s.citizenship AND l.alone = 1 AND s.entry >= l.since
    AND least(coalesce(s.exit, DATE '{{until}}'), DATE '{{until}}') < l.until
  WHERE (s.purpose IN {USUAL} OR l.regime LIKE '%/eaeu%')
    AND NOT EXISTS (SELECT 1 FROM others AS o WHERE o.person = s.person)
    AND NOT EXISTS (SELECT 1 FROM guessed AS g WHERE g.person = s.person AND g.through >= s.entry - {WINDOW}
      AND g.entry <= coalesce(s.exit, DATE '{{until}}'))
"""

_ONCE = """CREATE TABLE {name} AS
  SELECT * FROM {source} QUALIFY count(*) OVER (PARTITION BY person, entry, exit) = 1"""
"""Stays that their days tell from all others."""

_COMPARED = """
SELECT count(*) FILTER (a.certainty = 'unknown'),
  count(*) FILTER (a.certainty <> 'unknown' AND o.person IS NULL),
  count(*) FILTER (a.certainty <> 'unknown' AND o.person IS NOT NULL),
  count(*) FILTER (a.certainty <> 'unknown' AND o.person IS NOT NULL
    AND a.first_unlawful_day IS NOT DISTINCT FROM CAST(o.first_unlawful_day AS DATE)),
  count(*) FILTER (a.certainty <> 'unknown' AND o.person IS NOT NULL AND a.first_unlawful_day IS NOT NULL)
FROM alone_once AS a
LEFT JOIN other_once AS o ON o.person = a.person AND o.entry = a.entry AND o.exit IS NOT DISTINCT FROM a.exit"""
