"""From true stays to the crossings that a register would hold: each stay gives an entry and an exit, and a known part
of them is spoilt. What was spoilt is written down beside it.

A stay has at most one fault, and a crossing of a stay without fault at most one. Stays that touch a turn (leaving and
coming back on one day) stay as they are, so that every turn can be found; the entry after a turn is noted as
`same_day_turn`, which is no fault.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np

from koshiqon.engine.draws import Dice, Whole, Yes
from koshiqon.engine.synthetic_lives import Stays
from koshiqon.engine.synthetic_tables import Tables
from koshiqon.stay.synthetic import ROW_FAULTS, STAY_FAULTS, Slip

KINDS = (*STAY_FAULTS, *ROW_FAULTS, "same_day_turn")
"""All kinds of entry in the truth of faults."""
TURN = len(KINDS) - 1
MINUTE = 60_000_000


@dataclass(frozen=True, slots=True)
class Crossings:
    """Columns by crossing, in the order in which they are written; a place in the stays, whether it is an exit, the
    moment as recorded, whether the citizenship was not recorded.
    """

    stay: Whole
    out: Yes
    moment: Whole
    nameless: Yes


@dataclass(frozen=True, slots=True)
class Spoilt:
    """Columns by fault: the row of the crossing counted from 0, -1 where there is none; the kind, a place in KINDS; the
    stay and direction, which tell what is true. `of` counts by kind how many could have had it.
    """

    row: Whole
    kind: Whole
    stay: Whole
    out: Yes
    of: Mapping[str, int]


def crossings_of(tables: Tables, dice: Dice, stays: Stays, record: Whole) -> tuple[Crossings, Spoilt]:
    """The crossings of these stays in order of moment and record, and what was spoilt. `record` says by stay under
    which identity the register keeps it.
    """
    slips = {slip.kind: slip for slip in tables.plan.faults}
    next_is_turn = np.append(stays.turned[1:], False)
    whole = ~stays.turned & ~next_is_turn
    fault, of = _stay_faults(dice, stays, record, slips, whole)
    moment_out = _recorded_exits(dice, stays, record, fault, slips)
    number = len(record)
    stay = np.tile(np.arange(number), 2)
    out = np.repeat([False, True], number)
    there = np.append(
        fault != STAY_FAULTS.index("missing_entry"), ~stays.open & (fault != STAY_FAULTS.index("missing_exit"))
    )
    row_fault = _row_faults(dice, slips, there & (whole & (fault < 0))[stay], of)
    moment = _impossible(dice, slips, np.append(stays.moment_in, moment_out), row_fault)
    copied = np.flatnonzero(row_fault == KINDS.index("duplicate"))
    later = _later(dice, slips["duplicate"].minutes, len(copied))
    kept = np.flatnonzero(there)
    written = np.append(kept, copied)
    moments = np.append(moment[kept], moment[copied] + later)
    copy = np.repeat([False, True], [len(kept), len(copied)])
    order = np.lexsort((copy, out[written], record[stay[written]], moments))
    written, copy = written[order], copy[order]
    crossings = Crossings(
        stay[written], out[written], moments[order], row_fault[written] == KINDS.index("unknown_citizenship")
    )
    kinds = _kind_by_row(stays, fault, row_fault, stay[written], out[written], written, copy)
    return crossings, _noted(kinds, crossings, fault, of | {"same_day_turn": int(stays.turned.sum())})


def _stay_faults(
    dice: Dice, stays: Stays, record: Whole, slips: Mapping[str, Slip], whole: Yes
) -> tuple[Whole, dict[str, int]]:
    """By stay a place in STAY_FAULTS or -1; and how many stays could have had each."""
    followed = np.append(record[1:] == record[:-1], False)
    closed = whole & ~stays.open
    may = {
        "missing_exit": closed,
        "missing_entry": whole,
        "overlap": closed & followed & np.append(closed[1:], False),
        "exit_before_entry": closed,
    }
    found = _one_of(dice, [may[kind] for kind in STAY_FAULTS], [slips[kind].share for kind in STAY_FAULTS])
    # An overlap needs the next entry as it was: where the next stay is spoilt too, this one is left alone.
    next_spoilt = np.append(found[1:], -1) >= 0
    found[(found == STAY_FAULTS.index("overlap")) & next_spoilt] = -1
    may["overlap"] &= ~next_spoilt
    return found, {kind: int(may[kind].sum()) for kind in STAY_FAULTS}


def _one_of(dice: Dice, may: list[Yes], shares: list[float]) -> Whole:
    """Of several things that exclude each other: which happens, -1 for none."""
    roll, below = dice.roll(len(may[0])), 0.0
    found = np.full(len(roll), -1, dtype=np.int64)
    for place, share in enumerate(shares):
        happens = (roll >= round(below * 2**32)) & (roll < round((below + share) * 2**32))
        found[may[place] & happens] = place
        below += share
    return found


def _recorded_exits(dice: Dice, stays: Stays, record: Whole, fault: Whole, slips: Mapping[str, Slip]) -> Whole:
    """The moments of exit as recorded: after the next entry where stays overlap, yet not after the middle of the next
    stay; before the entry where the two are out of order, yet not before the middle of the days abroad.
    """
    number = len(fault)
    next_in = np.append(stays.moment_in[1:], 0)
    middle = next_in + (np.append(stays.moment_out[1:], 0) - next_in) // 2
    minutes = 1 + dice.below(max(slips["overlap"].minutes, 1), number)
    late = np.minimum(next_in + minutes * MINUTE, middle)
    early = stays.moment_in - (1 + dice.below(max(slips["exit_before_entry"].minutes, 1), number)) * MINUTE
    again, left = record[1:] == record[:-1], stays.moment_out[:-1]
    early[1:][again] = np.maximum(early[1:], left + (stays.moment_in[1:] - left) // 2)[again]
    moments = np.where(fault == STAY_FAULTS.index("overlap"), late, stays.moment_out)
    return np.where(fault == STAY_FAULTS.index("exit_before_entry"), early, moments)


def _row_faults(dice: Dice, slips: Mapping[str, Slip], may: Yes, of: dict[str, int]) -> Whole:
    """By crossing a place in KINDS or -1."""
    found = _one_of(dice, [may] * len(ROW_FAULTS), [slips[kind].share for kind in ROW_FAULTS])
    of |= {kind: int(may.sum()) for kind in ROW_FAULTS}
    return np.where(found < 0, -1, found + len(STAY_FAULTS))


def _impossible(dice: Dice, slips: Mapping[str, Slip], moment: Whole, row_fault: Whole) -> Whole:
    """The moments with an impossible day where one was recorded."""
    days = slips["impossible_date"].days
    moments = np.array(
        [int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()) * 1_000_000 for day in days],
        dtype=np.int64,
    )
    instead = moments[dice.below(len(days), len(moment))]
    return np.where(row_fault == KINDS.index("impossible_date"), instead, moment)


def _later(dice: Dice, minutes: int, number: int) -> Whole:
    """By how much a copy is later than its first: every other one not at all."""
    again = dice.happens(0.5, number)
    return np.where(again, 0, (1 + dice.below(max(minutes, 1) * 60, number)) * 1_000_000)


def _kind_by_row(
    stays: Stays, fault: Whole, row_fault: Whole, stay: Whole, out: Yes, written: Whole, copy: Yes
) -> Whole:
    """By written crossing a place in KINDS or -1. The copy is the duplicate, not its first; a moved exit stands for its
    stay.
    """
    moved = out & np.isin(fault[stay], [STAY_FAULTS.index("overlap"), STAY_FAULTS.index("exit_before_entry")])
    kinds = np.where(moved, fault[stay], row_fault[written])
    duplicate = KINDS.index("duplicate")
    kinds = np.where((kinds == duplicate) & ~copy, -1, kinds)
    return np.where(~out & stays.turned[stay] & ~copy, TURN, kinds)


def _noted(kinds: Whole, crossings: Crossings, fault: Whole, of: Mapping[str, int]) -> Spoilt:
    """What was spoilt: rows that are there in their order, then what is missing in the order of stays."""
    rows = np.flatnonzero(kinds >= 0)
    missing = [np.flatnonzero(fault == STAY_FAULTS.index(kind)) for kind in ("missing_exit", "missing_entry")]
    gone = np.concatenate(missing)
    gone_out = np.repeat([True, False], [len(part) for part in missing])
    return Spoilt(
        row=np.append(rows, np.full(len(gone), -1)),
        kind=np.append(kinds[rows], fault[gone]),
        stay=np.append(crossings.stay[rows], gone),
        out=np.append(crossings.out[rows], gone_out),
        of=of,
    )
