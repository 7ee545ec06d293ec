"""Lines out of the figures of one indicator: in which ways they can be laid beside each other, and which of them may be
joined.

A figure is of the whole or of a part: a counterpart, a sex, an age, a value of a further dimension. A way lets one of
these vary and holds the others fixed. Flows over a year and over a month never stand in one line; stocks, shares and
rates of any period may.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from koshiqon.evidence import Confidence
from koshiqon.trends.series import TOTAL, Observation, period_end

WHOLE = "total"
"""The way in which nothing varies but time."""
ANY = "any"
"""The grain of what may be joined whatever its periods are."""
ENOUGH = 3
"""A line is drawn of so many periods; fewer are shown as single figures."""
_UNDATED = "second_source"
_STATUSES = ("A", "B", "E", "P")

Part = tuple[tuple[str, str], ...]
"""What a figure is of beyond the whole: dimension and code, such as (("counterpart", "RUS"), ("sex", "F"))."""


@dataclass(frozen=True, slots=True)
class Way:
    """One dimension that varies (or WHOLE) and the part that all figures share."""

    by: str
    rest: Part = ()

    @property
    def code(self) -> str:
        """The way as text: `counterpart,sex=F`."""
        return ",".join((self.by, *(f"{dimension}={code}" for dimension, code in self.rest)))


@dataclass(frozen=True, slots=True)
class SeriesLine:
    """The figures of one line in order of time, one a period; `besides` are others for the same periods, less sure or
    by other sources.
    """

    code: str
    rows: tuple[Observation, ...]
    besides: tuple[Observation, ...] = ()


def part_of(row: Observation) -> Part:
    """What a figure is of beyond the whole."""
    own = (("counterpart", row.counterpart), ("sex", row.sex), ("age", row.age))
    further = tuple(pair for pair in row.dimensions if pair[0] != _UNDATED)
    return (*(pair for pair in own if pair[1] != TOTAL), *further)


def ways(rows: Iterable[Observation]) -> Mapping[Way, tuple[Observation, ...]]:
    """Every way to lay figures beside each other, with its figures: those of the whole first, then by each dimension of
    which at least two values share the rest; what fits nowhere stands as a line of its own.
    """
    rows = tuple(rows)
    found: dict[Way, list[Observation]] = {}
    for row in rows:
        part = part_of(row)
        if not part:
            found.setdefault(Way(WHOLE), []).append(row)
        for dimension, code in part:
            rest = tuple(pair for pair in part if pair != (dimension, code))
            found.setdefault(Way(dimension, rest), []).append(row)
    kept = {way: held for way, held in found.items() if way.by == WHOLE or _varies(way, held)}
    placed = {id(row) for held in kept.values() for row in held}
    for row in rows:
        if id(row) not in placed:
            kept.setdefault(Way(WHOLE, part_of(row)), []).append(row)
    order = sorted(kept, key=lambda way: (len(way.rest), way.by != WHOLE))
    return {way: tuple(kept[way]) for way in order}


def usual_way(found: Mapping[Way, Sequence[Observation]]) -> Way:
    """The way shown to whoever asks for none: the whole where it makes a line, else the widest with the least held
    fixed.
    """

    def rank(way: Way) -> tuple[bool, bool, int]:
        periods = {row.period for row in found[way]}
        return way == Way(WHOLE) and len(periods) >= ENOUGH, not way.rest, len(found[way])

    return max(found, key=rank)


def _varies(way: Way, held: Iterable[Observation]) -> bool:
    return len({value_on(row, way.by) for row in held}) > 1


def value_on(row: Observation, dimension: str) -> str:
    """The code of a figure on a dimension; empty for the whole."""
    return dict(part_of(row)).get(dimension, "")


# --- time ------------------------------------------------------------------------------------------------------------


def grain(period: str) -> str:
    """How long a period is: year, half, quarter, month, day, years or part."""
    if len(period) == 4:
        return "year"
    if "/P" in period or len(period) == 9:
        return "years"
    if "/" in period:
        return "part"
    kind = period[5:6]
    return {"S": "half", "Q": "quarter"}.get(kind, "month" if len(period) == 7 else "day")


def grains(rows: Iterable[Observation], kind: str) -> tuple[str, ...]:
    """The grains among figures of a kind of indicator: whole years first where they make a line, else the one with most
    figures.
    """
    if kind not in ("flow", "balance"):
        return (ANY,)
    met = [grain(row.period) for row in rows]
    return tuple(sorted(dict.fromkeys(met), key=lambda one: (_short(one, met), -met.count(one), one)))


def _short(one: str, met: list[str]) -> bool:
    return one != "year" or met.count(one) < ENOUGH


def of_grain(rows: Iterable[Observation], chosen: str) -> tuple[Observation, ...]:
    """The figures of one grain."""
    return tuple(row for row in rows if chosen in (ANY, grain(row.period)))


def extent(period: str) -> tuple[float, float]:
    """First and last moment of a period, in years of twelve equal months: `2024` is 2024.0 to 2025.0."""
    year, month, day = _numbers(period_end(period))
    return _start(period), year + (month - 1) / 12 + day / 372


def _start(period: str) -> float:
    first = period.split("/", maxsplit=1)[0]
    if "/P" in period:
        return int(first) + 0.5
    match first[5:6]:
        case "S":
            return int(first[:4]) + (int(first[6]) - 1) / 2
        case "Q":
            return int(first[:4]) + (int(first[6]) - 1) / 4
    return moment(*_numbers(first))


def moment(year: int, month: int = 1, day: int = 1) -> float:
    """A day in years of twelve equal months, as charts place it."""
    return year + (month - 1) / 12 + (day - 1) / 372


def _numbers(day: str) -> tuple[int, int, int]:
    year, month, last = (*(int(part) for part in day.split("-")), 1, 1)[:3]
    return year, month, last


def in_time(row: Observation) -> tuple[float, float]:
    """What orders figures: where their period ends, then where it begins."""
    first, last = extent(row.period)
    return last, first


# --- lines -----------------------------------------------------------------------------------------------------------


def lines(rows: Iterable[Observation], by: str) -> tuple[SeriesLine, ...]:
    """The figures as lines, that with the largest newest figure first."""
    held: dict[str, list[Observation]] = {}
    for row in rows:
        held.setdefault(value_on(row, by), []).append(row)
    made = tuple(_line(code, own) for code, own in held.items())
    newest = max((in_time(line.rows[-1])[0] for line in made), default=0.0)
    return tuple(sorted(made, key=lambda line: _weight(line, newest), reverse=True))


def _line(code: str, rows: list[Observation]) -> SeriesLine:
    """Of several figures for one period the surest stands in the line, then the first."""
    chosen: dict[str, Observation] = {}
    for row in rows:
        if row.period not in chosen or _doubt(row) < _doubt(chosen[row.period]):
            chosen[row.period] = row
    kept = {id(row) for row in chosen.values()}
    besides = (row for row in rows if id(row) not in kept)
    return SeriesLine(code, tuple(sorted(chosen.values(), key=in_time)), tuple(sorted(besides, key=in_time)))


def _weight(line: SeriesLine, newest: float) -> tuple[bool, float, str]:
    """Lines that still go on come before those that ended, the larger before the smaller."""
    return in_time(line.rows[-1])[0] > newest - 1, line.rows[-1].value, line.code


def _doubt(row: Observation) -> tuple[int, int]:
    return list(Confidence).index(row.basis.confidence), _STATUSES.index(row.status)
