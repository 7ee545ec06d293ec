"""SQL of judging, the verdict: how the days of every stay stand, and what follows.

The days that titles cover are swept in order of days: a day is lawful where a title surely covers it, unknown where one
may, unlawful where none does (unknown, where not all papers are known). Titles that wait for the others come second.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from koshiqon.rules import expression as tree
from koshiqon.rules.columns import in_columns, query
from koshiqon.rules.judging import Outcome
from koshiqon.rules.sql import Column, Dialect, Input, inputs, literal
from koshiqon.stay.case import CITIZENSHIP
from koshiqon.stay.matter import TITLES_END
from koshiqon.stay.register.form import fact_column
from koshiqon.stay.register.law import FAR, Later, RegisterLaw, UnsupportedInRegister
from koshiqon.stay.register.law_reasons import GUESSED, PAPERS_UNKNOWN, TITLES_END_UNKNOWN
from koshiqon.stay.register.law_tables import KINDS, reason_bit
from koshiqon.stay.register.present import LONGEST_GUESS
from koshiqon.stay.register.runs import MOST
from koshiqon.stay.register.step import Step

LAWFUL, UNKNOWN, UNLAWFUL = 1, 0, -1
LINES = 1 << 20
"""More titles than any country has: with it a day and a title make one number."""


def verdicts(law: RegisterLaw, dialect: Dialect) -> Iterator[Step]:
    """From `titled` to `judged` (one row a stay) and `segments` (days of slow stays that stand alike)."""
    last = "titled"
    if law.later:
        within = f"through >= {min(one.first for one in law.later)} AND entry <= {max(one.last for one in law.later)}"
        yield Step("waiting", f"SELECT * FROM history WHERE slow = 1 AND {within}")
        yield Step("titled_first", _TITLED_FIRST, kept=False)
        yield from _swept(law, "titled_first", "waiting", "first_segments")
        yield Step("titles_ended", _ENDED)
        named = []
        for number, one in enumerate(law.later):
            yield Step(f"later_{number}", _later(one, law, dialect))
            named.append(f"later_{number}")
        columns = "SELECT key, place, line, sure, first, last, reasons FROM"
        yield Step("titled_later", "\nUNION ALL\n".join(f"{columns} {name}" for name in ("titled", *named)), kept=False)
        last = "titled_later"
    yield from _swept(law, last, "history", "segments")
    yield Step("slow_days", _slow_days())
    yield Step("slow_lines", _slow_lines(last))
    yield Step("slow_masks", _slow_masks(law, last))
    yield Step("slow_windows", _slow_windows(law))
    yield Step("judged", _judged(law), kept=False)


# --- how days stand ---------------------------------------------------------------------------------------------------


def _swept(law: RegisterLaw, titled: str, stays: str, name: str) -> Iterator[Step]:
    """The days of slow stays in order, those that stand alike together."""
    bare = UNLAWFUL if law.papers_known else UNKNOWN
    yield Step(
        f"{name}_apart",
        f"""SELECT key, place, first, last,
  CASE WHEN surely > 0 THEN {LAWFUL} WHEN perhaps > 0 THEN {UNKNOWN} ELSE {bare} END AS standing
FROM (
  SELECT key, place, day AS first, LEAD(day) OVER (PARTITION BY key, place ORDER BY day) - 1 AS last,
    SUM(surely) OVER (PARTITION BY key, place ORDER BY day ROWS UNBOUNDED PRECEDING) AS surely,
    SUM(perhaps) OVER (PARTITION BY key, place ORDER BY day ROWS UNBOUNDED PRECEDING) AS perhaps
  FROM (
    SELECT key, place, day, SUM(surely) AS surely, SUM(perhaps) AS perhaps
    FROM (
      SELECT key, place, first AS day, sure AS surely, 1 AS perhaps FROM {titled}
      UNION ALL SELECT key, place, last + 1 AS day, -sure AS surely, -1 AS perhaps FROM {titled}
      UNION ALL SELECT key, place, entry AS day, 0 AS surely, 0 AS perhaps FROM {stays} WHERE slow = 1
      UNION ALL SELECT key, place, through + 1 AS day, 0 AS surely, 0 AS perhaps FROM {stays} WHERE slow = 1
    ) AS e GROUP BY key, place, day
  ) AS d
) AS s WHERE last IS NOT NULL""",
        kept=False,
    )
    yield Step(
        name,
        f"""SELECT key, place, standing, MIN(first) AS first, MAX(last) AS last
FROM (
  SELECT key, place, first, last, standing, SUM(changes) OVER (
    PARTITION BY key, place ORDER BY first ROWS UNBOUNDED PRECEDING) AS stretch
  FROM (
    SELECT key, place, first, last, standing, CASE WHEN standing = LAG(standing) OVER (
      PARTITION BY key, place ORDER BY first) THEN 0 ELSE 1 END AS changes
    FROM {name}_apart
  ) AS c
) AS s GROUP BY key, place, standing, stretch""",
    )


# --- titles that wait for the others ----------------------------------------------------------------------------------

_TITLED_FIRST = """SELECT t.key, t.place, t.line, t.sure, t.first, t.last, t.reasons
FROM titled AS t JOIN waiting AS w ON w.key = t.key AND w.place = t.place"""

_ENDED = f"""SELECT s.key, s.place, h.entry, h.through, p.*,
  CASE WHEN s.standing = {LAWFUL} THEN s.last WHEN s.standing = {UNLAWFUL} THEN h.entry - 1 END AS titles_end,
  CASE WHEN s.standing = {UNKNOWN} OR (s.standing = {LAWFUL} AND n.standing = {UNKNOWN}) THEN 1 ELSE 0 END AS vague
FROM first_segments AS s
JOIN history AS h ON h.key = s.key AND h.place = s.place AND s.first = h.entry
JOIN profiles AS p ON p.profile = h.profile
LEFT JOIN first_segments AS n ON n.key = s.key AND n.place = s.place AND n.first = s.last + 1
WHERE NOT (s.standing = {LAWFUL} AND s.last = h.through)"""
"""Slow stays that are not lawful throughout, with the day through which titles cover them without gap."""


def _later(one: Later, law: RegisterLaw, dialect: Dialect) -> str:
    """The days of a title that asks when the others end. Raises UnsupportedInRegister for what no table tells."""
    keep = ("key", "place", "entry", "through", "titles_end", "vague")
    condition = one.rule.condition
    if condition is None:
        judged = f"SELECT {', '.join(keep)}, 1 AS verdict FROM titles_ended"
    else:
        columns = {asked: _column(asked, one, law, dialect) for asked in inputs(condition)}
        judged = query(in_columns(condition, columns, dialect), "titles_ended", keep)
    start = "e.titles_end" if one.start is None else str(one.start)
    through = str(one.through) if one.through is not None else "t.last"
    term = "" if one.term is None else f"\n  LEFT JOIN law_terms AS t ON t.term = {one.term} AND t.day = {start}"
    # Where the term or its start is not known, the title may cover any day on which it is in force.
    unsure = "e.vague = 1" if one.start is None else "1 = 0"
    unsure = f"({unsure} OR t.last IS NULL)" if one.term is not None else unsure
    return f"""SELECT key, place, line, sure, first, last, reasons
FROM (
  SELECT e.key, e.place, {one.line} AS line,
    CASE WHEN e.verdict = 1 AND NOT {unsure} THEN {int(one.sure)} ELSE 0 END AS sure,
    GREATEST(CASE WHEN {unsure} THEN e.entry ELSE {start} END, {one.first}, e.entry) AS first,
    LEAST(CASE WHEN {unsure} THEN {FAR} ELSE {through} END, {one.last}, e.through) AS last,
    CAST({reason_bit(law, TITLES_END_UNKNOWN)} AS BIGINT) AS reasons
  FROM ({judged}) AS e{term}
  WHERE e.verdict >= 0
) AS l WHERE first <= last"""


def _column(asked: Input, one: Later, law: RegisterLaw, dialect: Dialect) -> Column:
    match asked:
        case tree.Measure(name) if name == TITLES_END:
            return Column(
                "(DATE '1970-01-01' + CAST(titles_end AS INTEGER))",
                "CASE WHEN vague = 1 THEN 1 ELSE 0 END",
                (TITLES_END_UNKNOWN,),
            )
        case tree.Fact(name) if name == CITIZENSHIP:
            return Column("citizenship")
        case tree.Fact(name) if name == "visit.purpose" or any(name in profile.facts for profile in law.profiles):
            return Column("purpose" if name == "visit.purpose" else fact_column(name))
        case tree.Fact(name) if name in law.facts:
            return _constant(law.facts, name, asked, dialect)
    raise UnsupportedInRegister("register_law_later", {"rule": one.rule.name})


def _constant(facts: Mapping[str, Outcome], name: str, asked: tree.Fact, dialect: Dialect) -> Column:
    value = facts[name]
    return Column(literal(tree.Literal(value, asked.type), dialect))  # type: ignore[arg-type]


# --- one row a stay ---------------------------------------------------------------------------------------------------


def _slow_days() -> str:
    """Days of slow stays by how they stand."""
    days = "CAST(SUM(CASE WHEN standing = {0} THEN last - first + 1 ELSE 0 END) AS INTEGER)"
    first = "MIN(CASE WHEN standing = {0} THEN first END)"
    return f"""SELECT key, place, {days.format(UNLAWFUL)} AS overstay_days, {days.format(UNKNOWN)} AS unknown_days,
  {first.format(UNLAWFUL)} AS first_unlawful, {first.format(UNKNOWN)} AS first_unknown
FROM segments GROUP BY key, place"""


def _slow_lines(titled: str) -> str:
    """The title that surely covers a stay the longest, else the one that perhaps does; of equals the first."""
    return f"""SELECT key, place, {LINES} - 1 - CAST(longest % {LINES} AS INTEGER) AS line
FROM (
  SELECT key, place, COALESCE(MAX(CASE WHEN sure = 1 THEN reach END), MAX(reach)) AS longest
  FROM (
    SELECT key, place, sure, CAST(last AS BIGINT) * {LINES} + {LINES} - 1 - line AS reach FROM {titled}
  ) AS t GROUP BY key, place
) AS l"""


def _slow_masks(law: RegisterLaw, titled: str) -> str:
    """Titles whose condition held or was unknown on a day, and why days are unknown."""
    return f"""SELECT h.key, h.place, COALESCE(BIT_OR(m.held), CAST(0 AS BIGINT)) AS held,
  COALESCE(BIT_OR(m.unknown), CAST(0 AS BIGINT)) AS unknown, COALESCE(BIT_OR(m.reasons), CAST(0 AS BIGINT)) AS reasons
FROM history AS h JOIN (
  SELECT h.key, h.place, c.held, c.unknown, CAST(0 AS BIGINT) AS reasons
  FROM history AS h JOIN law_cells AS c ON c.class = h.class AND h.entry BETWEEN c.began_first AND c.began_last
    AND c.first <= h.through AND c.last >= h.entry
  WHERE h.slow = 1
  UNION ALL
  SELECT p.key, p.place, CASE WHEN p.sure = 1 THEN l.bit ELSE CAST(0 AS BIGINT) END AS held,
    CASE WHEN p.sure = 0 AND p.reasons <> 0 THEN l.bit ELSE CAST(0 AS BIGINT) END AS unknown,
    CAST(0 AS BIGINT) AS reasons
  FROM papers AS p JOIN law_lines AS l ON l.line = p.line
  UNION ALL
  SELECT s.key, s.place, CAST(0 AS BIGINT) AS held, CAST(0 AS BIGINT) AS unknown, t.reasons
  FROM segments AS s JOIN {titled} AS t ON t.key = s.key AND t.place = s.place AND t.sure = 0
    AND t.first <= s.last AND t.last >= s.first
  WHERE s.standing = {UNKNOWN}
  UNION ALL
  SELECT key, place, CAST(0 AS BIGINT) AS held, CAST(0 AS BIGINT) AS unknown,
    CAST({0 if law.papers_known else reason_bit(law, PAPERS_UNKNOWN)} AS BIGINT) AS reasons
  FROM segments WHERE standing = {UNKNOWN}
) AS m ON m.key = h.key AND m.place = h.place
WHERE h.slow = 1
GROUP BY h.key, h.place"""


def _slow_windows(law: RegisterLaw) -> str:
    """The counted days in the window that ends with the last day of each slow stay, of the length that the law of that
    day has.
    """
    if not law.windows:
        return "SELECT key, place, CAST(NULL AS INTEGER) AS days_in_window FROM history WHERE 1 = 0"
    used = "".join(f" WHEN c.measured = {window} THEN u.used_{window}" for window in law.windows)
    sums = ",\n    ".join(
        f"CAST(COALESCE(SUM(days) OVER w{window}, 0) AS BIGINT) - GREATEST(0, at_day - {window - 1}"
        f" - COALESCE(MIN(first) OVER w{window}, at_day)) AS used_{window}"
        for window in law.windows
    )
    windows = ", ".join(
        f"w{window} AS (PARTITION BY key ORDER BY at_day RANGE BETWEEN {window - 1} PRECEDING AND CURRENT ROW)"
        for window in law.windows
    )
    return f"""SELECT h.key, h.place, CAST(CASE{used} END AS INTEGER) AS days_in_window
FROM history AS h
JOIN (
  SELECT key, place, probe, {sums}
  FROM (
    SELECT key, place, last AS at_day, last - first + 1 AS days, first, 0 AS probe FROM counted_runs
    WHERE way = {MOST} AND first <= last
    UNION ALL
    SELECT key, place, through AS at_day, 0 AS days, CAST(NULL AS INTEGER) AS first, 1 AS probe
    FROM history WHERE slow = 1
  ) AS r
  WINDOW {windows}
) AS u ON u.key = h.key AND u.place = h.place AND u.probe = 1
JOIN law_cells AS c ON c.class = h.class AND h.entry BETWEEN c.began_first AND c.began_last
  AND h.through BETWEEN c.first AND c.last"""


def _judged(law: RegisterLaw) -> str:
    """All stays: those that one look settled, and the others."""
    guessed = reason_bit(law, GUESSED)
    doubtful = f"(l.guess <> 0 AND ((l.guess | {LONGEST_GUESS}) <> {LONGEST_GUESS} OR l.untold = 1))"
    days, unknown = "l.through - l.entry + 1", KINDS.index("unknown")
    return f"""SELECT {_OUT}, l.line, {days} AS days, l.days_in_window, CAST(NULL AS INTEGER) AS first_unlawful,
  CASE WHEN l.kind = {unknown} THEN l.entry END AS first_unknown, 0 AS overstay_days,
  CASE WHEN l.kind = {unknown} THEN {days} ELSE 0 END AS unknown_days,
  CASE WHEN l.kind = {unknown} THEN 0 ELSE -1 END AS certainty, CAST(NULL AS STRING) AS consequence,
  l.held, l.unknown, l.reasons
FROM seen AS l WHERE l.slow = 0
UNION ALL
SELECT {_OUT}, n.line, {days} AS days, w.days_in_window,
  CASE WHEN l.guess = 0 THEN d.first_unlawful END AS first_unlawful,
  CASE WHEN {doubtful} THEN l.entry WHEN l.guess = 0 THEN d.first_unknown
    ELSE LEAST(d.first_unknown, d.first_unlawful) END AS first_unknown,
  CASE WHEN l.guess = 0 THEN d.overstay_days ELSE 0 END AS overstay_days,
  CASE WHEN {doubtful} THEN {days} WHEN l.guess = 0 THEN d.unknown_days
    ELSE d.unknown_days + d.overstay_days END AS unknown_days,
  CASE WHEN l.guess = 0 AND d.overstay_days > 0 THEN 1
    WHEN {doubtful} OR d.unknown_days + d.overstay_days > 0 THEN 0 ELSE -1 END AS certainty,
  b.rule AS consequence, m.held, m.unknown,
  m.reasons | CASE WHEN {doubtful} OR (l.guess <> 0 AND d.overstay_days > 0)
    THEN CAST({guessed} AS BIGINT) ELSE CAST(0 AS BIGINT) END AS reasons
FROM seen AS l
JOIN slow_days AS d ON d.key = l.key AND d.place = l.place
JOIN slow_masks AS m ON m.key = l.key AND m.place = l.place
LEFT JOIN slow_lines AS n ON n.key = l.key AND n.place = l.place
LEFT JOIN slow_windows AS w ON w.key = l.key AND w.place = l.place
LEFT JOIN (SELECT DISTINCT key FROM penalties) AS p ON p.key = l.key
LEFT JOIN law_bands AS b ON p.key IS NULL AND l.guess = 0 AND d.unknown_days = 0 AND d.overstay_days >= b.least
  AND d.overstay_days <= COALESCE(b.most, {FAR}) AND l.through BETWEEN b.first AND b.last
WHERE l.slow = 1"""


_OUT = "l.key, l.place, l.profile, l.sex, l.birth_year, l.guess, l.untold, l.entry, l.exit, l.through"
