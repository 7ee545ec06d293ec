"""Moments as SQL: what stands in a column becomes an instant and the day at the checkpoint, by the clock of its zone.

The clocks come from Python's own zones; the SQL only compares numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from koshiqon.engine.duckdb import UnreadableRegister, quoted
from koshiqon.stay.register.form import Clock

SECOND = 1_000_000
DAY = 86_400 * SECOND
_UNITS = {Clock.SECONDS: 1_000_000, Clock.MILLISECONDS: 1_000, Clock.MICROSECONDS: 1}
_WHOLE = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT")
_NUMBERS = (*_WHOLE, "DOUBLE", "FLOAT")


@dataclass(frozen=True, slots=True)
class Told:
    """What a column tells, as SQL of microseconds: an instant since 1970 UTC, or a reading of the local clock; NULL
    where it tells the other, or nothing that can be read.
    """

    instant: str
    local: str


NOTHING = "CAST(NULL AS BIGINT)"


def told_by(column: str, type_: str, clock: Clock, date_format: str | None, name: str) -> Told:
    """How to read a column of this SQL type, `name` being what the input calls it. Raises UnreadableRegister for a type
    that holds no moments, and for plain numbers of which nobody says what they count.
    """
    if type_ == "TIMESTAMP WITH TIME ZONE":
        return Told(_finite(column), NOTHING)
    if type_.startswith("TIMESTAMP") or type_ == "DATE":
        return _on_the_clock(f"CAST({column} AS TIMESTAMP)", clock)
    if type_ == "VARCHAR" and clock not in _UNITS:
        return _written(f"trim({column})", clock, date_format)
    if type_ == "VARCHAR" or type_ in _NUMBERS or type_.startswith("DECIMAL"):
        if clock not in _UNITS:
            clocks = ", ".join(_UNITS)
            raise UnreadableRegister("register_clock_unknown", column=name, found=type_, clocks=clocks)
        return Told(f"TRY_CAST(floor(TRY_CAST({column} AS DECIMAL(30, 6)) * {_UNITS[clock]}) AS BIGINT)", NOTHING)
    wanted = "TIMESTAMP, TIMESTAMPTZ, DATE, VARCHAR, BIGINT"
    raise UnreadableRegister("register_column_type", column=name, found=type_, wanted=wanted)


def iso(text: str) -> str:
    """Does a text begin with a year of four digits and a hyphen? Else 31/12/24 would be a day of the year 31."""
    return f"(substr({text}, 5, 1) = '-' AND TRY_CAST(left({text}, 4) AS SMALLINT) BETWEEN 1000 AND 9999)"


def _finite(moment: str) -> str:
    return f"CASE WHEN isfinite({moment}) THEN epoch_us({moment}) END"


def _on_the_clock(moment: str, clock: Clock) -> Told:
    return Told(_finite(moment), NOTHING) if clock is Clock.UTC else Told(NOTHING, _finite(moment))


def _written(text: str, clock: Clock, date_format: str | None) -> Told:
    """A text: by its format where one is told, else as ISO 8601, with or without an offset."""
    if date_format is not None:
        zoned = "%z" in date_format or "%Z" in date_format
        moment = f"try_strptime({text}, {quoted(date_format)})"
        return Told(_finite(moment), NOTHING) if zoned else _on_the_clock(moment, clock)
    plain = _on_the_clock(f"CASE WHEN {iso(text)} THEN TRY_CAST({text} AS TIMESTAMP) END", clock)
    if clock is Clock.LOCAL:
        return plain
    offset = f"(length({text}) > 10 AND regexp_matches({text}, '[0-9]([zZ]|[ ]?[+-][0-9][0-9](:?[0-9][0-9])?)$'))"
    zoned_moment = _finite(f"CASE WHEN {iso(text)} THEN TRY_CAST({text} AS TIMESTAMPTZ) END")
    return Told(
        f"CASE WHEN {offset} THEN {zoned_moment} ELSE {plain.instant} END",
        f"CASE WHEN NOT {offset} THEN {plain.local} END",
    )


# --- clocks ----------------------------------------------------------------------------------------------------------


def zone_of(name: str) -> ZoneInfo:
    """A time zone by its name in the IANA database. Raises UnreadableRegister."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise UnreadableRegister("register_zone_unknown", zone=name) from None


def clock_changes(zone: ZoneInfo, since: date, until: date) -> list[tuple[int, int]]:
    """From which second since 1970 UTC a zone is how many seconds ahead of UTC; the first row holds from before
    `since`.
    """
    at = datetime(since.year, since.month, since.day, tzinfo=UTC) - timedelta(days=2)
    end = datetime(until.year, until.month, until.day, tzinfo=UTC) + timedelta(days=3)
    changes = [(int(at.timestamp()), _ahead(zone, int(at.timestamp())))]
    for second in range(changes[0][0], int(end.timestamp()), 86_400):
        if _ahead(zone, second + 86_400) != changes[-1][1]:
            changes.append(_change_within(zone, second, second + 86_400))
    return changes


def _ahead(zone: ZoneInfo, second: int) -> int:
    offset = datetime.fromtimestamp(second, zone).utcoffset()
    assert offset is not None
    return int(offset.total_seconds())


def _change_within(zone: ZoneInfo, low: int, high: int) -> tuple[int, int]:
    before = _ahead(zone, low)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _ahead(zone, middle) == before else (low, middle)
    return high, _ahead(zone, high)


def ahead_sql(moment: str, zone: str, changes: Sequence[Sequence[tuple[int, int]]], *, local: bool) -> str:
    """By how many microseconds the clock of a zone (its number in SQL) is ahead of UTC at a moment, which is an instant
    or a reading of that clock. An hour that the clock shows twice is its first one; an hour that it leaves out is read
    as if the clock had not been moved yet.
    """
    branches = [_ahead_of_one(moment, one, local=local) for one in changes]
    if len(branches) == 1:
        return branches[0]
    cases = " ".join(f"WHEN {number} THEN {branch}" for number, branch in enumerate(branches[1:], 1))
    return f"(CASE {zone} {cases} ELSE {branches[0]} END)"


def _ahead_of_one(moment: str, changes: Sequence[tuple[int, int]], *, local: bool) -> str:
    """The newest change first: nearly all rows of a register are younger than most changes."""
    first, cases = changes[0][1], []
    for (_, before), (second, after) in pairwise(changes):
        # On the clock that is left, the change comes at the later of both readings.
        from_ = second + max(before, after) if local else second
        cases.append(f"WHEN {moment} >= {from_ * SECOND} THEN {after * SECOND}")
    if not cases:
        return f"{first * SECOND}"
    return f"(CASE {' '.join(reversed(cases))} ELSE {first * SECOND} END)"
