"""SQL of judging, the second look: the stays that one look did not settle, with papers, penalties and every title.

A stay falls into runs of counted days, between days under papers that count for no limit. In a run each day adds one to
the days of the entry and of the window, so the days within a limit are the first of it, and the first day beyond is
found at once. With S the counted days of all runs so far and x the last day of a run less S: going back from a run, the
last run that has left the window of W days when it first holds more than L days is the last one whose x is at least
W - L smaller. It is the closed form of `stay.limits` in the form of tables (method: `anchors/rules.md`, section 3).

Days are counted two ways: the most, without days that are surely under a paper, and the least, without any that may be
and without days that are only guessed. Within the limits by the most is sure, by the least possible. Most persons have
nothing in doubt (`doubtful` = 0), and one way does for both.
"""

from __future__ import annotations

from collections.abc import Iterator

from koshiqon.stay.register.form import guess
from koshiqon.stay.register.law import FAR, Bound, RegisterLaw
from koshiqon.stay.register.law_reasons import GUESSED, PAPER_TOO_LONG, PENALTY_ENDS
from koshiqon.stay.register.law_tables import reason_bit
from koshiqon.stay.register.step import Step

MOST, LEAST = 0, 1
"""The two ways to count: all days that may count, and only those that surely do."""
_WAYS = f"SELECT {MOST} AS way UNION ALL SELECT {LEAST} AS way"
_EVENT = "CASE WHEN {0}.event = 0 THEN h.entry ELSE h.decided_on END"


def second_look(law: RegisterLaw) -> Iterator[Step]:
    """From `seen` to `titled`: days of slow stays that a title covers, surely (`sure` = 1) or perhaps; and to
    `counted_runs`, the counted days of everybody who has such a stay.
    """
    yield Step("slow_keys", "SELECT DISTINCT key FROM seen WHERE slow = 1")
    yield Step("history", _history(law))
    yield Step("ends", _ENDS)
    yield Step("papers", _papers(law))
    yield Step("doubtful", _DOUBTFUL)
    yield Step("uncounted", _UNCOUNTED)
    yield Step("runs", _runs(law))
    yield Step("counted_runs", _counted_runs(law))
    yield Step("bound_keys", _BOUNDED)
    yield Step("overruns", _overruns(law))
    yield Step("titled", f"{_within(law)}\nUNION ALL\n{_PAPERS_TITLED}\nUNION ALL\n{_graces(law)}")


# --- what is looked at ------------------------------------------------------------------------------------------------


def _history(law: RegisterLaw) -> str:
    """The stays that need a second look, and those before them that may reach into their windows, each with the first
    penalty decided in it.
    """
    reach = max(law.windows, default=0)
    return f"""SELECT h.key, h.place, h.profile, h.guess, h.entry, h.through, h.touches, h.entry_before, h.slow,
  n.decided_on, c.class
FROM (
  SELECT l.key, l.place, l.profile, l.guess, l.entry, l.through, l.touches, l.entry_before, l.slow,
    MIN(CASE WHEN l.slow = 1 THEN l.entry END) OVER (
      PARTITION BY l.key ORDER BY l.place ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS following
  FROM seen AS l JOIN slow_keys AS k ON k.key = l.key
) AS h
LEFT JOIN (
  SELECT l.key, l.place, MIN(p.decided_on) AS decided_on
  FROM seen AS l JOIN penalties AS p ON p.key = l.key AND p.decided_on BETWEEN l.entry AND l.through
  GROUP BY l.key, l.place
) AS n ON n.key = h.key AND n.place = h.place
JOIN law_classes AS c ON c.profile = h.profile AND c.penalised = CASE WHEN n.decided_on IS NULL THEN 0 ELSE 1 END
WHERE h.through >= h.following - {reach}"""


_LAST = f"GREATEST(CASE WHEN t.last IS NULL THEN h.entry ELSE LEAST(t.last, {FAR} - 1) + 1 END, c.first, h.entry) - 1"
_ENDS = f"""SELECT h.key, h.place, c.line, MIN({_LAST}) AS sure_end,
  MIN(CASE WHEN c.surely = 1 AND t.last IS NOT NULL THEN {_LAST} ELSE {FAR} END) AS end_day
FROM history AS h JOIN law_cuts AS c ON c.class = h.class AND h.entry BETWEEN c.began_first AND c.began_last
LEFT JOIN law_terms AS t ON t.term = c.term AND t.day = {_EVENT.format("c")}
GROUP BY h.key, h.place, c.line"""
"""The days through which each title of a stay lasts that an event of it ends: surely, and at most. Where nobody can
tell the end of the term, no day is sure and none excluded."""


def _papers(law: RegisterLaw) -> str:
    """Days of a stay under a paper, surely and perhaps: within its validity, the longest term of the law, the days on
    which the title takes it, and before what an event ends.
    """
    too_long, ended = reason_bit(law, PAPER_TOO_LONG), reason_bit(law, PENALTY_ENDS)
    return f"""SELECT key, place, line, outside, sure, first, last, reasons
FROM (
  SELECT key, place, line, outside, 1 AS sure, first, LEAST(last, longest, sure_end) AS last,
    CAST(0 AS BIGINT) AS reasons
  FROM ({_VALID}
  ) AS v WHERE v.sure = 1
  UNION ALL
  SELECT key, place, line, outside, 0 AS sure, first, LEAST(last, end_day) AS last,
    (reasons | CASE WHEN longest < last THEN CAST({too_long} AS BIGINT) ELSE CAST(0 AS BIGINT) END)
      | CASE WHEN sure_end < last THEN CAST({ended} AS BIGINT) ELSE CAST(0 AS BIGINT) END AS reasons
  FROM ({_VALID}
  ) AS v
) AS u WHERE first <= last"""


_VALID = f"""
    SELECT h.key, h.place, v.line, v.outside, v.sure, v.reasons,
      GREATEST(p.since, v.first, h.entry) AS first, LEAST(COALESCE(p.until, {FAR}), v.last, h.through) AS last,
      CASE WHEN v.longest IS NULL THEN {FAR} WHEN t.last IS NOT NULL THEN t.last
        WHEN p.until IS NOT NULL THEN {FAR} ELSE -{FAR} END AS longest,
      COALESCE(x.sure_end, {FAR}) AS sure_end, COALESCE(x.end_day, {FAR}) AS end_day
    FROM history AS h
    JOIN permits AS p ON p.key = h.key AND p.since <= h.through AND COALESCE(p.until, {FAR}) >= h.entry
    JOIN law_valid AS v ON v.class = h.class AND v.kind = p.title AND h.entry BETWEEN v.began_first AND v.began_last
    LEFT JOIN law_terms AS t ON t.term = v.longest AND t.day = p.since
    LEFT JOIN ends AS x ON x.key = h.key AND x.place = h.place AND x.line = v.line"""

# --- runs of counted days ---------------------------------------------------------------------------------------------

_DOUBTFUL = """SELECT key, MAX(guessed) AS guessed
FROM (
  SELECT key, 1 AS guessed FROM history WHERE guess <> 0
  UNION ALL
  SELECT key, 0 AS guessed FROM papers WHERE outside = 1 AND sure = 0 AND reasons <> 0
) AS d GROUP BY key"""
"""Persons of whose days some are in doubt, because a stay is guessed at or a paper may not hold."""

_UNCOUNTED = f"""SELECT key, place, way, MIN(first) AS first, MAX(last) AS last
FROM (
  SELECT key, place, way, first, last, SUM(begins) OVER (
    PARTITION BY key, place, way ORDER BY first, last, begins ROWS UNBOUNDED PRECEDING) AS span
  FROM (
    SELECT key, place, way, first, last, CASE WHEN first <= 1 + MAX(last) OVER (PARTITION BY key, place, way
      ORDER BY first, last ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) THEN 0 ELSE 1 END AS begins
    FROM (
      SELECT DISTINCT key, place, {MOST} AS way, first, last FROM papers WHERE outside = 1 AND sure = 1
      UNION ALL
      SELECT DISTINCT p.key, p.place, {LEAST} AS way, p.first, p.last
      FROM papers AS p JOIN doubtful AS d ON d.key = p.key WHERE p.outside = 1
    ) AS p
  ) AS b
) AS s
GROUP BY key, place, way, span"""
"""Days under papers that count for no limit, joined into spans, for each way to count."""


def _runs(law: RegisterLaw) -> str:
    """The days of each stay between its uncounted days: `first` through `last`, which may be none; `spent`, the days of
    the entry before them.
    """
    gaps = "SUM(gap) OVER (PARTITION BY key, place, way ORDER BY first ROWS UNBOUNDED PRECEDING)"
    spent = f"first - entry - {gaps}" if law.permit_clock_stops else "first - entry"
    stay = "h.key, h.place, h.class, h.entry, h.through, h.guess, h.touches, h.entry_before, h.slow"
    doubt = "CASE WHEN d.key IS NULL THEN 0 ELSE 1 END AS doubtful, COALESCE(d.guessed, 0) AS guessed"
    return f"""SELECT {stay.replace("h.", "")}, doubtful, guessed, way, first, last, CAST({spent} AS INTEGER) AS spent
FROM (
  SELECT {stay}, {doubt}, w.way, h.entry AS first, COALESCE(u.first - 1, h.through) AS last, 0 AS gap
  FROM history AS h LEFT JOIN doubtful AS d ON d.key = h.key
  JOIN ({_WAYS}) AS w ON w.way = {MOST} OR d.key IS NOT NULL
  LEFT JOIN (SELECT key, place, way, MIN(first) AS first FROM uncounted GROUP BY key, place, way) AS u
    ON u.key = h.key AND u.place = h.place AND u.way = w.way
  UNION ALL
  SELECT {stay}, {doubt}, u.way, u.last + 1 AS first, COALESCE(u.following - 1, h.through) AS last,
    u.last - u.first + 1 AS gap
  FROM history AS h LEFT JOIN doubtful AS d ON d.key = h.key
  JOIN (
    SELECT key, place, way, first, last, LEAD(first) OVER (PARTITION BY key, place, way ORDER BY first) AS following
    FROM uncounted
  ) AS u ON u.key = h.key AND u.place = h.place
) AS r"""


def _counted_runs(law: RegisterLaw) -> str:
    """The runs as a window counts them (`run` is the first day of the run): a day that two stays share once, and of a
    guessed stay, counted least, only the day that is known. A run may have no day left. Where its first day was counted
    with the stay before, `shared_with` is the entry of that stay.
    """
    if law.permit_days_outside:
        columns = "key, place, way, entry, through, guess, touches, entry_before, first, last"
        source = f"SELECT {columns} FROM runs WHERE first <= last"
    else:
        source = f"""SELECT h.key, h.place, w.way, h.entry, h.through, h.guess, h.touches, h.entry_before,
    h.entry AS first, h.through AS last
  FROM history AS h LEFT JOIN doubtful AS d ON d.key = h.key
  JOIN ({_WAYS}) AS w ON w.way = {MOST} OR d.key IS NOT NULL"""
    return f"""SELECT key, place, way, entry, run, first, GREATEST(last, first - 1) AS last, shared_with
FROM (
  SELECT key, place, way, entry, first AS run,
    CASE WHEN first = entry AND touches = 1 THEN entry_before END AS shared_with,
    CASE WHEN way = {LEAST} AND {_guessed("missing_entry")} THEN GREATEST(first, through) ELSE first END
      + CASE WHEN first = entry THEN touches ELSE 0 END AS first,
    CASE WHEN way = {LEAST} AND {_guessed("missing_exit")} THEN LEAST(last, entry) ELSE last END AS last
  FROM ({source}) AS s
) AS r"""


def _guessed(name: str) -> str:
    return f"(guess & {guess(name)}) = {guess(name)}"


_BOUNDED = """SELECT DISTINCT h.key, p.bound
FROM history AS h JOIN law_pieces AS p ON p.class = h.class AND h.entry BETWEEN p.began_first AND p.began_last
  AND p.first <= h.through AND p.last >= h.entry
WHERE h.slow = 1 AND p.bound IS NOT NULL"""
"""Which bounds of days in a window matter to whom."""


def _overruns(law: RegisterLaw) -> str:
    """For each bound of days in a window: the first day, of a run or before it, that holds too many."""
    if not law.bounds:
        return "SELECT key, place, way, run, 0 AS bound, 0 AS over_day FROM counted_runs WHERE 1 = 0"
    return "\nUNION ALL\n".join(_overrun(number, bound) for number, bound in enumerate(law.bounds))


def _overrun(number: int, bound: Bound) -> str:
    since = f" AND r.entry >= {bound.since}" if bound.since is not None else ""
    # A day shared with a stay that does not count is a day of this one.
    alone = f" + CASE WHEN r.shared_with < {bound.since} THEN 1 ELSE 0 END" if bound.since is not None else ""
    return f"""SELECT key, place, way, run, {number} AS bound,
  CAST(last + 1 + {bound.in_window} - so_far + COALESCE(MAX(so_far) OVER (PARTITION BY key, way ORDER BY apart
    RANGE BETWEEN UNBOUNDED PRECEDING AND {bound.window - bound.in_window} PRECEDING), 0) AS INTEGER) AS over_day
FROM (
  SELECT key, place, way, run, last, so_far, last - so_far AS apart FROM (
    SELECT r.key, r.place, r.way, r.run, r.last, CAST(SUM(r.last - r.first + 1{alone}) OVER (
      PARTITION BY r.key, r.way ORDER BY r.place, r.run ROWS UNBOUNDED PRECEDING) AS INTEGER) AS so_far
    FROM counted_runs AS r JOIN bound_keys AS d ON d.key = r.key AND d.bound = {number}{since}
  ) AS s
) AS b"""


# --- what titles cover ------------------------------------------------------------------------------------------------


def _within(law: RegisterLaw) -> str:
    """Days of slow stays within the limits of a piece of the law, before what an event ends: the sure days, and where
    an event may not have ended them, all possible ones again (`again`).
    """
    guessed, paper, ended = (reason_bit(law, reason) for reason in (GUESSED, PAPER_TOO_LONG, PENALTY_ENDS))
    same_run = " AND o.run = r.first" if law.permit_days_outside else ""
    surely = f"r.way = {MOST} AND p.sure = 1 AND a.again = 0"
    return f"""SELECT key, place, line, sure, first, last, reasons
FROM (
  SELECT r.key, r.place, p.line, CASE WHEN {surely} THEN 1 ELSE 0 END AS sure,
    GREATEST(r.first, p.first) AS first,
    LEAST(r.last, p.last, COALESCE(r.first + p.per_entry - r.spent - 1, {FAR}), COALESCE(o.over_day - 1, {FAR}),
      COALESCE(CASE WHEN {surely} THEN x.sure_end ELSE x.end_day END, {FAR})) AS last,
    CASE WHEN p.sure = 0 THEN p.reasons WHEN a.again = 1 THEN CAST({ended} AS BIGINT)
      WHEN r.guessed = 1 THEN CAST({guessed} AS BIGINT) ELSE CAST({paper} AS BIGINT) END AS reasons
  FROM runs AS r
  JOIN law_pieces AS p ON p.class = r.class AND r.entry BETWEEN p.began_first AND p.began_last
    AND p.first <= r.last AND p.last >= r.first AND (r.way = {LEAST} OR p.sure = 1 OR r.doubtful = 0)
  LEFT JOIN overruns AS o ON o.key = r.key AND o.place = r.place AND o.way = r.way AND o.bound = p.bound{same_run}
  LEFT JOIN ends AS x ON x.key = r.key AND x.place = r.place AND x.line = p.line
  JOIN (SELECT 0 AS again UNION ALL SELECT 1 AS again) AS a ON a.again = 0
    OR (r.way = {MOST} AND r.doubtful = 0 AND p.sure = 1 AND x.sure_end < x.end_day)
  WHERE r.slow = 1 AND r.first <= r.last
) AS w WHERE first <= last"""


_PAPERS_TITLED = """SELECT p.key, p.place, p.line, p.sure, p.first, p.last, p.reasons
FROM papers AS p JOIN history AS h ON h.key = p.key AND h.place = p.place AND h.slow = 1"""


def _graces(law: RegisterLaw) -> str:
    """Days of a term that began with an event of the stay; none is sure where nobody can tell its end."""
    ended = reason_bit(law, PENALTY_ENDS)
    event = _EVENT.format("g")
    return f"""SELECT key, place, line, sure, first, last, reasons
FROM (
  SELECT h.key, h.place, g.line, CASE WHEN t.last IS NULL THEN 0 ELSE g.sure END AS sure,
    GREATEST(CASE WHEN t.last IS NULL THEN h.entry ELSE {event} END, g.first, h.entry) AS first,
    LEAST(COALESCE(t.last, {FAR}), g.last, h.through) AS last,
    CASE WHEN t.last IS NULL THEN g.reasons | CAST({ended} AS BIGINT) ELSE g.reasons END AS reasons
  FROM history AS h
  JOIN law_graces AS g ON g.class = h.class AND h.entry BETWEEN g.began_first AND g.began_last
  LEFT JOIN law_terms AS t ON t.term = g.term AND t.day = {event}
  WHERE h.slow = 1
) AS g WHERE first <= last"""
