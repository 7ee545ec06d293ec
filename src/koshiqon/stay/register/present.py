"""SQL of judging, the first look: stays of a shard with their days in the window, and those that one look settles.

A stay that lies in one cell of the law and keeps to the limits of a title that surely holds is lawful; most stays of a
register are so. Days of presence are added up by windows: stays of one person do not overlap, so only the earliest stay
of a window can stick out of it (the form was measured in `anchors/architecture.md`, 4.2). All others are left to the
steps of `runs`.
"""

from __future__ import annotations

from collections.abc import Iterator

from koshiqon.stay.register.form import guess
from koshiqon.stay.register.law import FAR, RegisterLaw
from koshiqon.stay.register.law_tables import KINDS
from koshiqon.stay.register.step import Step

_ENTRY_GUESSED = guess("missing_entry")
LONGEST_GUESS = guess("missing_exit") | _ENTRY_GUESSED
"""Guesses that take the longest stay that the rows allow: what is lawful so is lawful for sure."""


def first_look(law: RegisterLaw) -> Iterator[Step]:
    """From `stays`, `permits`, `penalties` and the law to `seen`: all stays, `slow` where one look is not enough."""
    yield Step("present", _present(law))
    yield Step("law_grid", _grid())
    yield Step("touched", _touched(law))
    yield Step("windowed", _windowed(law), kept=False)
    yield Step("seen", _looked(law))


def _present(law: RegisterLaw) -> str:
    """Stays that began by the day judged, each through that day at most. Where the first row of a person is an exit
    (`untold`), the entry may lie on any day of the register before it.
    """
    through = f"CAST(LEAST(COALESCE(s.exit, {law.last_day}), {law.last_day}) AS INTEGER)"
    before = "LAG(s.through) OVER (PARTITION BY s.key ORDER BY s.place)"
    lacks_entry = f"(s.guess & {_ENTRY_GUESSED}) = {_ENTRY_GUESSED}"
    return f"""SELECT key, place, profile, sex, birth_year, guess, exit, through, untold, touches, entry_before,
  CASE WHEN untold = 1 THEN {law.first_day} ELSE entry END AS entry
FROM (
  SELECT s.key, s.place, s.profile, s.sex, s.birth_year, s.guess, s.exit, s.entry, s.through,
    CASE WHEN {lacks_entry} AND {before} IS NULL THEN 1 ELSE 0 END AS untold,
    CASE WHEN s.entry = {before} THEN 1 ELSE 0 END AS touches,
    LAG(s.entry) OVER (PARTITION BY s.key ORDER BY s.place) AS entry_before
  FROM (
    SELECT s.key, s.place, s.profile, s.sex, s.birth_year, s.guess, s.exit, s.entry, {through} AS through
    FROM stays AS s WHERE s.entry <= {law.last_day}
  ) AS s
) AS p"""


def _touched(law: RegisterLaw) -> str:
    """Stays that a permit may touch, by covering them or days of their window, and those with a penalty."""
    return f"""SELECT s.key, s.place
FROM present AS s JOIN permits AS p ON p.key = s.key AND p.since <= s.through
  AND COALESCE(p.until, {FAR}) >= LEAST(s.entry, s.through - {max(law.windows, default=1) - 1})
UNION
SELECT s.key, s.place FROM present AS s JOIN penalties AS p ON p.key = s.key
  AND p.decided_on BETWEEN s.entry AND s.through"""


def _grid() -> str:
    """The cell of each class on each day of entry."""
    return """SELECT c.class, d.day, c.last, c.kind, c.line, c.per_entry, c.window_days, c.in_window, c.held, c.unknown,
  c.measured, c.reasons
FROM law_cells AS c JOIN law_days AS d
  ON d.day BETWEEN GREATEST(c.first, c.began_first) AND LEAST(c.last, c.began_last)"""


def _windowed(law: RegisterLaw) -> str:
    """Stays with the days counted in each length of window that ends with the last day judged."""
    sums = "".join(f",\n  {_used(window)} AS used_{window}" for window in law.windows)
    windows = ",\n  ".join(
        f"w{window} AS (PARTITION BY p.key ORDER BY p.through RANGE BETWEEN {window - 1} PRECEDING AND CURRENT ROW)"
        for window in law.windows
    )
    return f"""SELECT p.*{sums}
FROM present AS p
{f"WINDOW {windows}" if windows else ""}"""


def _used(window: int) -> str:
    counted = "p.through - p.entry + 1 - p.touches"
    sticks_out = f"p.through - {window - 1} - MIN(p.entry + p.touches) OVER w{window}"
    return f"CAST(SUM({counted}) OVER w{window} AS BIGINT) - GREATEST(0, {sticks_out})"


def _looked(law: RegisterLaw) -> str:
    limited, unknown = KINDS.index("limited"), KINDS.index("unknown")
    settled = " OR ".join(
        [
            "g.window_days IS NULL",
            *(f"(g.window_days = {window} AND p.used_{window} <= g.in_window)" for window in law.windows),
        ]
    )
    measured = "".join(f" WHEN g.measured = {window} THEN p.used_{window}" for window in law.windows)
    in_window = f"CAST(CASE{measured} END AS INTEGER)" if measured else "CAST(NULL AS INTEGER)"
    guessed = f"(p.guess = 0 OR ((p.guess | {LONGEST_GUESS}) = {LONGEST_GUESS} AND p.untold = 0))"
    settled = f"{guessed} AND ({settled}) AND (g.per_entry IS NULL OR p.through - p.entry < g.per_entry)"
    return f"""SELECT p.*, c.class, g.kind, g.line, g.held, g.unknown, g.reasons, {in_window} AS days_in_window,
  CASE WHEN t.key IS NULL AND p.through <= g.last AND g.kind IN ({limited}, {unknown}) AND {settled}
    THEN 0 ELSE 1 END AS slow
FROM windowed AS p
JOIN law_classes AS c ON c.profile = p.profile AND c.penalised = 0
LEFT JOIN law_grid AS g ON g.class = c.class AND g.day = p.entry
LEFT JOIN touched AS t ON t.key = p.key AND t.place = p.place"""
