"""The rows that are no whole stay between whole stays: copies are set aside, and of what is left each row is read with
four rows before and after it. Whole stays that lay between are left out: entry, exit, entry is a joint over which no
pattern reaches, with them and without them.

Two patterns are likelier one fault than two. *Entry, entry, exit, exit*, where the first exit comes soon after the
second entry: the exit of the first stay was recorded late. *Exit, entry* soon after each other, where the exit has no
entry and the entry no exit: the exit was recorded before its entry. Everything else that does not pair has lost its
other end.
"""

from __future__ import annotations

from koshiqon.stay.register.form import Repair, guess
from koshiqon.stay.register.step import Step

MINUTE = 120_000_000
"""A minute in ticks."""
EVEN, ODD, ODD_ANEW = 0, 1, 2
"""What a row is at the first look: of a whole stay between whole stays; of anything else; the entry with which anything
else begins after a whole stay. Entry, exit, entry is a joint over which no fault that pairing knows reaches."""


def uneven_steps(repair: Repair) -> tuple[Step, ...]:
    """The steps from `looked` and `tied` to `plain_pairs`, `mended_pairs` and `duplicates`."""
    return (*_seated(), *_sifted(repair), _events(), _patterns(repair), *_ended(), *_uneven_pairs())


# --- the order of rows -----------------------------------------------------------------------------------------------

_ROW = "key, tick, day, line, who"


def _seated() -> tuple[Step, ...]:
    """Rows of `tied` persons in their order: of an entry and an exit in one moment (or on one day, where no hour is
    known) the exit comes first where the person was inside before. A day is never before that of the row before it.
    """
    return (
        Step(
            "tied_rows",
            """
            SELECT key, tick, day, line, who, tick - tick % 2 AS moment
            FROM looked WHERE EXISTS (SELECT 1 FROM tied WHERE tied.key = looked.key)""",
            kept=False,
        ),
        Step(
            "mixed_rows",
            f"""
            SELECT {_ROW}, CASE WHEN MIN(tick) OVER (PARTITION BY key, moment)
              <> MAX(tick) OVER (PARTITION BY key, moment) THEN 1 ELSE 0 END AS mixed
            FROM tied_rows""",
            kept=False,
        ),
        Step(
            "placed_rows",
            f"""
            SELECT {_ROW}, mixed, MAX(CASE WHEN mixed = 0 THEN tick END) OVER (PARTITION BY key ORDER BY tick
              ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS reached
            FROM mixed_rows""",
            kept=False,
        ),
        Step(
            "seated",
            f"""
            SELECT {_ROW}, CASE WHEN mixed = 1 AND reached % 2 = 0 THEN tick + 1 - 2 * (tick % 2) ELSE tick END AS seat
            FROM placed_rows""",
            kept=False,
        ),
    )


def _sifted(repair: Repair) -> tuple[Step, ...]:
    """These rows, with all of a tied person's, and `copy` 1 for a second row of one crossing: in one direction with the
    row before it, and within so many minutes. `back` says of an entry after a whole stay whether the person had left on
    that day, since that stay may not be among these rows.
    """
    over = "OVER (PARTITION BY key ORDER BY seat, who, line)"
    back = f"CASE WHEN look = {ODD_ANEW} THEN CASE WHEN day = day_before THEN 1 ELSE 0 END END AS back"
    copy = (
        "CASE WHEN tick % 2 = before % 2 AND tick - before <="
        f" {repair.duplicate_minutes * MINUTE} THEN 1 ELSE 0 END AS copy"
    )
    return (
        Step(
            "seated_rows",
            f"""
            SELECT {_ROW}, seat, LAG(tick) {over} AS before, MAX(day) OVER (PARTITION BY key ORDER BY seat, who, line
              ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS day_reached
            FROM seated""",
            kept=False,
        ),
        Step(
            "sifted",
            f"""
            SELECT key, tick, day, line, who, tick AS seat, {back}, {copy}
            FROM looked WHERE look <> {EVEN} AND NOT EXISTS (SELECT 1 FROM tied WHERE tied.key = looked.key)
            UNION ALL
            SELECT key, tick, day_reached, line, who, seat, CAST(NULL AS INTEGER), {copy} FROM seated_rows""",
        ),
        Step("duplicates", "SELECT line FROM sifted WHERE copy = 1"),
    )


# --- what each row is ------------------------------------------------------------------------------------------------


def _events() -> Step:
    """The rows that are no copies, with their neighbours: `b1` is the tick of the row before, `a1` of the one after."""
    over = "OVER (PARTITION BY key ORDER BY seat)"
    ticks = [f"LAG(tick, {far}) {over} AS b{far}, LEAD(tick, {far}) {over} AS a{far}" for far in (1, 2, 3, 4)]
    about = [f"LEAD({column}) {over} AS {column}_a1" for column in ("day", "line", "who")]
    return Step(
        "events",
        f"""
        SELECT {_ROW}, seat, back, {", ".join(ticks)}, LAG(day) {over} AS day_b1, {", ".join(about)}
        FROM sifted WHERE copy = 0""",
        kept=False,
    )


def _is_in(tick: str) -> str:
    return f"{tick} % 2 = 0"


def _is_out(tick: str) -> str:
    return f"{tick} % 2 = 1"


def _crossed(rows: tuple[str, str, str, str], minutes: int) -> str:
    """Entry, entry, exit, exit, and the first exit soon after the second entry."""
    first, second, late, last = rows
    soon = f"{late} - {second} <= {minutes * MINUTE + 1}"
    return f"({_is_in(first)} AND {_is_in(second)} AND {_is_out(late)} AND {_is_out(last)} AND {soon})"


def _early(rows: tuple[str, str, str, str], minutes: int) -> str:
    """Exit and entry soon after each other, no entry before the one and no exit after the other."""
    before, out, back, after = rows
    alone = f"({before} IS NULL OR {_is_out(before)}) AND ({after} IS NULL OR {_is_in(after)})"
    return f"({_is_out(out)} AND {_is_in(back)} AND {alone} AND {back} - {out} <= {minutes * MINUTE - 1})"


def _patterns(repair: Repair) -> Step:
    """`what` each row is: 1 the first of two stays that cross, 2 the second, 3 the entry whose exit came before it; 4
    an exit that another row takes; 0 anything else.
    """
    late, soon = repair.overlap_minutes, repair.early_exit_minutes
    first, second = _crossed(("tick", "a1", "a2", "a3"), late), _crossed(("b1", "tick", "a1", "a2"), late)
    last = _crossed(("b3", "b2", "b1", "tick"), late)
    taken, other = _crossed(("b4", "b3", "b2", "b1"), late), _crossed(("a1", "a2", "a3", "a4"), late)
    back = f"{_early(('b2', 'b1', 'tick', 'a1'), soon)} AND NOT COALESCE({taken}, FALSE)"
    gone = f"{_early(('b1', 'tick', 'a1', 'a2'), soon)} AND NOT COALESCE({other}, FALSE)"
    return Step(
        "patterns",
        f"""
        SELECT *, CASE WHEN {first} THEN 1 WHEN {second} THEN 2 WHEN {last} THEN 4
          WHEN {_is_in("tick")} AND {back} THEN 3 WHEN {_is_out("tick")} AND {gone} THEN 4
          WHEN {_is_out("tick")} AND {_is_in("b1")} THEN 4 ELSE 0 END AS what
        FROM events""",
        kept=False,
    )


def _ended() -> tuple[Step, ...]:
    """One row a stay, with `how` it ends: 1, 2, 3 as in `patterns`; 4 by the row after it, 5 unknown when, 6 not yet; 7
    is an exit that lost its entry. `exit_tick` is where another row than the next one holds the exit.
    """
    return (
        Step(
            "ended",
            f"""
            SELECT key, tick, day, line, who, seat, back, b1, day_b1, day_a1, line_a1, who_a1,
              CASE WHEN what IN (1, 2) THEN a2 WHEN what = 3 THEN b1 END AS exit_tick,
              CASE WHEN what > 0 THEN what WHEN {_is_out("tick")} THEN 7 WHEN a1 IS NULL THEN 6
                WHEN {_is_out("a1")} THEN 4 ELSE 5 END AS how
            FROM patterns WHERE what <> 4""",
        ),
        Step("mended", "SELECT * FROM ended WHERE how IN (1, 2, 3)", kept=False),
        Step(
            "mended_exits",
            """
            SELECT mended.key, mended.seat, sifted.day, sifted.line, sifted.who
            FROM mended JOIN sifted ON sifted.key = mended.key AND sifted.tick = mended.exit_tick
            WHERE sifted.copy = 0""",
            kept=False,
        ),
    )


_GUESS = f"""CASE WHEN how IN (1, 2) THEN {guess("overlap")} WHEN how = 3 THEN {guess("exit_before_entry")}
          WHEN how = 5 THEN {guess("missing_exit")} WHEN how = 7 THEN {guess("missing_entry")} ELSE 0 END AS guess"""


def _uneven_pairs() -> tuple[Step, ...]:
    """The stays. `turn` is 1 where the person came back on the day of leaving, 2 for the second of two stays that
    cross, else 0.
    """
    turn = f"COALESCE(back, CASE WHEN {_is_out('b1')} AND day = day_b1 THEN 1 ELSE 0 END)"
    return (
        Step(
            "plain_pairs",
            f"""
            SELECT key, seat AS place, CASE WHEN how = 7 THEN COALESCE(day_b1, day) ELSE day END AS entry,
              CASE WHEN how = 7 THEN day ELSE day_a1 END AS exit, {_GUESS},
              CASE WHEN how <> 7 THEN line END AS entry_line,
              CASE WHEN how = 4 THEN line_a1 WHEN how = 7 THEN line END AS exit_line,
              who, CASE WHEN how = 4 THEN who_a1 END AS who_out, CASE WHEN how = 7 THEN 0 ELSE {turn} END AS turn
            FROM ended WHERE how > 3""",
            kept=False,
        ),
        Step(
            "mended_pairs",
            f"""
            SELECT mended.key, mended.seat AS place, mended.day AS entry,
              CASE WHEN how = 1 THEN day_a1 WHEN how = 2 THEN mended_exits.day ELSE mended.day END AS exit, {_GUESS},
              mended.line AS entry_line, mended_exits.line AS exit_line, mended.who, mended_exits.who AS who_out,
              CASE WHEN how = 2 THEN 2 WHEN how = 1 THEN {turn.replace("day =", "mended.day =")} ELSE 0 END AS turn
            FROM mended JOIN mended_exits ON mended_exits.key = mended.key AND mended_exits.seat = mended.seat""",
            kept=False,
        ),
    )
