"""Where the input holds stays: copies are set aside, and of two that overlap the later one begins where the earlier one
ends.
"""

from __future__ import annotations

from koshiqon.stay.register.form import guess
from koshiqon.stay.register.step import Step

OPEN = 2**31 - 1
"""Stands for the day of leaving where there is none, in sorting alone."""
_ORDER = "PARTITION BY key ORDER BY entry, until, who, line"
_COLUMNS = "key, entry, exit, until, line, who"


def given_steps() -> tuple[Step, ...]:
    """The steps from `lined` (key, entry, exit, line, who) to `pairs` and `duplicates`."""
    late = "ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING"
    clipped = "reached IS NOT NULL AND entry < reached"
    return (
        Step("bounded", f"SELECT key, entry, exit, line, who, COALESCE(exit, {OPEN}) AS until FROM lined", kept=False),
        Step(
            "looked",
            f"""
            SELECT {_COLUMNS}, LAG(entry) OVER ({_ORDER}) AS entry_before, LAG(until) OVER ({_ORDER}) AS until_before
            FROM bounded""",
            kept=False,
        ),
        Step(
            "sifted",
            f"""
            SELECT {_COLUMNS}, CASE WHEN entry = entry_before AND until = until_before THEN 1 ELSE 0 END AS copy
            FROM looked""",
        ),
        Step("duplicates", "SELECT line FROM sifted WHERE copy = 1"),
        Step(
            "followed",
            f"""
            SELECT key, entry, exit, until, line, who, LEAD(entry) OVER ({_ORDER}) AS entry_after,
              ROW_NUMBER() OVER ({_ORDER}) AS place
            FROM sifted WHERE copy = 0""",
            kept=False,
        ),
        Step(
            "reaching",
            f"""
            SELECT key, place, entry, exit, line, who, entry_after, COALESCE(exit, entry_after) AS ends,
              MAX(COALESCE(exit, entry_after)) OVER (PARTITION BY key ORDER BY place {late}) AS reached
            FROM followed""",
        ),
        Step(
            "pairs",
            f"""
            SELECT key, place, CASE WHEN {clipped} THEN reached ELSE entry END AS entry,
              CASE WHEN {clipped} AND ends < reached THEN reached ELSE ends END AS exit,
              CASE WHEN {clipped} THEN {guess("overlap")} ELSE 0 END
                + CASE WHEN exit IS NULL AND entry_after IS NOT NULL THEN {guess("missing_exit")} ELSE 0 END AS guess,
              line AS entry_line, CAST(NULL AS BIGINT) AS exit_line, who, CAST(NULL AS BIGINT) AS who_out,
              CASE WHEN {clipped} OR entry_after < ends THEN 1 ELSE 0 END AS shared,
              CASE WHEN entry = reached THEN 1 ELSE 0 END AS turn
            FROM reaching""",
        ),
    )
