"""The pairing of crossings, slow and obvious: one person after another, one row after another, in plain Python."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from koshiqon.stay.register.form import IN, OUT, Repair

MINUTE = 60_000_000


@dataclass(frozen=True)
class Row:
    """A crossing; `who` is (profile, sex, birth_year)."""

    moment: int
    direction: int
    day: int
    part: int
    row: int
    who: tuple[int, int, int | None]

    @property
    def line(self) -> tuple[int, int]:
        return self.part, self.row


@dataclass
class Stay:
    """`ends` holds the rows of entry and exit."""

    entry: int
    exit: int | None
    guesses: set[str]
    ends: tuple[Row | None, Row | None]
    who: tuple[int, int, int | None]
    turn: bool = False


@dataclass
class Life:
    stays: list[Stay] = field(default_factory=list)
    copies: list[Row] = field(default_factory=list)


def paired(rows: Sequence[Row], repair: Repair) -> Life:
    """The stays of one person."""
    life = Life()
    kept: list[Row] = []
    previous = None
    for row in in_order(rows):
        if (
            previous is not None
            and previous.direction == row.direction
            and row.moment - previous.moment <= repair.duplicate_minutes * MINUTE
        ):
            life.copies.append(row)
        else:
            kept.append(row)
        previous = row
    days, latest = {}, None
    for row in in_order(rows):
        latest = row.day if latest is None else max(latest, row.day)
        days[row] = latest
    life.stays = stays_of(kept, days, repair)
    return life


def in_order(rows: Sequence[Row]) -> list[Row]:
    """By moment; in one moment entries first, unless the person is inside then."""
    ordered, inside = [], False
    for moment in sorted({row.moment for row in rows}):
        here = [row for row in rows if row.moment == moment]
        ins, outs = (sorted((row for row in here if row.direction == way), key=by_content) for way in (IN, OUT))
        ordered += outs + ins if inside else ins + outs
        if not (ins and outs):
            inside = bool(ins)
    return ordered


def by_content(row: Row) -> tuple[int, int, int, int, int]:
    profile, sex, year = row.who
    return profile, sex, year or 0, row.part, row.row


def stays_of(rows: list[Row], days: dict[Row, int], repair: Repair) -> list[Stay]:
    """The rows without copies, read from the first to the last; `used` are exits that belong to a stay already."""
    crossing = [place for place in range(len(rows)) if crosses(rows[place : place + 4], repair)]
    used: set[Row] = set()
    for place in crossing:
        used |= {rows[place + 2], rows[place + 3]}
    early = {
        place + 1: rows[place]
        for place in range(len(rows) - 1)
        if rows[place] not in used and place + 1 not in crossing and came_early(rows, place, repair)
    }
    used |= set(early.values())
    stays = []
    for place, row in enumerate(rows):
        after = rows[place + 1] if place + 1 < len(rows) else None
        before = rows[place - 1] if place else None
        turn = before is not None and before.direction == OUT and days[before] == days[row]
        if row.direction == OUT:
            if row not in used and (before is None or before.direction == OUT):
                entry = days[row] if before is None else days[before]
                stays.append(Stay(entry, days[row], {"missing_entry"}, (None, row), row.who))
        elif place in crossing:
            late = rows[place + 2]
            stays.append(Stay(days[row], days[rows[place + 1]], {"overlap"}, (row, late), row.who, turn))
        elif place - 1 in crossing:
            out = rows[place + 2]
            stays.append(Stay(days[row], days[out], {"overlap"}, (row, out), row.who))
        elif place in early:
            stays.append(Stay(days[row], days[row], {"exit_before_entry"}, (row, early[place]), row.who))
        elif after is None:
            stays.append(Stay(days[row], None, set(), (row, None), row.who, turn))
        elif after.direction == OUT:
            stays.append(Stay(days[row], days[after], set(), (row, after), row.who, turn))
        else:
            stays.append(Stay(days[row], days[after], {"missing_exit"}, (row, None), row.who, turn))
    return stays


def crosses(rows: Sequence[Row], repair: Repair) -> bool:
    return [row.direction for row in rows] == [IN, IN, OUT, OUT] and (
        rows[2].moment - rows[1].moment <= repair.overlap_minutes * MINUTE
    )


def came_early(rows: list[Row], place: int, repair: Repair) -> bool:
    """Is the row an exit without entry, and the next one soon after it an entry without exit?"""
    out, back = rows[place], rows[place + 1]
    if (out.direction, back.direction) != (OUT, IN) or back.moment - out.moment > repair.early_exit_minutes * MINUTE:
        return False
    without_entry = place == 0 or rows[place - 1].direction == OUT
    without_exit = place + 2 == len(rows) or rows[place + 2].direction == IN
    return without_entry and without_exit
