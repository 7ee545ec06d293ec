"""What of an indicator is shown: a way, a grain, some lines, some years; and what else could be chosen.

An answer always comes. A choice that the figures do not offer is left aside and named in `unmet`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from koshiqon.trends.cut import (
    ENOUGH,
    WHOLE,
    SeriesLine,
    Way,
    extent,
    grains,
    lines,
    of_grain,
    usual_way,
)
from koshiqon.trends.series import Indicator, Observation

SLIGHT = 0.01
"""Lines whose newest figure is less than this part of the largest are drawn only where they are asked for."""
MOST, MOST_SINGLE = 6, 24
"""Lines of one chart; single figures of one where no line can be drawn."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody would like to see; empty where they do not say. `line` holds codes on the dimension that varies,
    `beside` names of other indicators, `first` and `last` years.
    """

    show: str = ""
    each: str = ""
    line: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    first: int | None = None
    last: int | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is shown. `usual` is the way shown to whoever asks for none; `lines` are those drawn, by indicator;
    `available` every line that the way has; `years` from first to last of all its figures; `unmet` are wishes that
    could not be followed, by name of the wish and what was said.
    """

    indicator: Indicator
    way: Way
    usual: Way
    ways: Mapping[Way, int]
    grain: str
    grains: tuple[str, ...]
    lines: tuple[tuple[Indicator, SeriesLine], ...]
    available: tuple[SeriesLine, ...]
    beside: tuple[Indicator, ...]
    years: tuple[int, int]
    unmet: tuple[tuple[str, str], ...] = field(default=())

    @property
    def rows(self) -> tuple[Observation, ...]:
        """Every figure shown, those for the same period beside each other."""
        return tuple(row for _, line in self.lines for row in (*line.rows, *line.besides))


def choose(
    indicators: Mapping[str, Indicator],
    laid: Callable[[str], Mapping[Way, Sequence[Observation]]],
    name: str,
    kin: Sequence[str],
    wish: Wish,
) -> Chosen:
    """Follow a wish as far as the figures allow. `laid` gives the ways of an indicator by its name (cut.ways of its
    figures); `kin` are names of indicators that may stand beside this one.
    """
    indicator = indicators[name]
    found = laid(name)
    codes = {way.code: way for way in found}
    usual = usual_way(found)
    way = codes.get(wish.show, usual)
    offered = grains(found[way], indicator.kind)
    grain = wish.each if wish.each in offered else offered[0]
    available = lines(of_grain(found[way], grain), way.by)
    fitting = tuple(_fitting(indicators, laid, name, kin, grain)) if way == Way(WHOLE) else ()
    others = [(indicators[other], line) for other, line in fitting if other in wish.beside]
    most = MOST if any(len(line.rows) >= ENOUGH for line in available) else MOST_SINGLE
    own = _wanted(available, wish.line, most)
    drawn = [*((indicator, line) for line in own), *others][:most]
    kept = [(held, cut) for held, line in drawn if (cut := _within(line, wish)) is not None]
    unmet = list(_unmet(wish, codes, offered, available, [other for other, _ in fitting]))
    if not kept:
        kept, unmet = drawn, [*unmet, ("years", f"{wish.first or ''}–{wish.last or ''}")]
    if len(own) + len(others) > most:
        unmet.append(("most", str(len(own) + len(others))))
    counted = {one: len(rows) for one, rows in found.items()}
    beside = tuple(indicators[other] for other, _ in fitting)
    return Chosen(
        indicator, way, usual, counted, grain, offered, tuple(kept), available, beside, _span(available), tuple(unmet)
    )


def _fitting(
    indicators: Mapping[str, Indicator],
    laid: Callable[[str], Mapping[Way, Sequence[Observation]]],
    name: str,
    kin: Sequence[str],
    grain: str,
) -> Iterator[tuple[str, SeriesLine]]:
    """Other indicators in the same unit that have a line of the whole in the same grain."""
    for other in kin:
        if other == name or indicators[other].unit != indicators[name].unit:
            continue
        held = laid(other).get(Way(WHOLE), ())
        if not held or grain not in grains(held, indicators[other].kind):
            continue
        line = lines(of_grain(held, grain), WHOLE)[0]
        if len(line.rows) >= ENOUGH:
            yield other, line


def _wanted(available: tuple[SeriesLine, ...], codes: tuple[str, ...], most: int) -> tuple[SeriesLine, ...]:
    """The lines asked for; where none of them is there, the first few that are not slight."""
    asked = tuple(line for line in available if line.code in codes)
    least = SLIGHT * available[0].rows[-1].value
    return asked or tuple(line for line in available[:most] if line.rows[-1].value >= least) or available[:most]


def _within(line: SeriesLine, wish: Wish) -> SeriesLine | None:
    """A line within the years asked; None where nothing of it is left."""

    def inside(row: Observation) -> bool:
        first, last = extent(row.period)
        return (wish.first is None or last > wish.first) and (wish.last is None or first < wish.last + 1)

    rows = tuple(row for row in line.rows if inside(row))
    return SeriesLine(line.code, rows, tuple(row for row in line.besides if inside(row))) if rows else None


def _span(available: tuple[SeriesLine, ...]) -> tuple[int, int]:
    periods = [row.period for line in available for row in line.rows]
    firsts, lasts = zip(*(extent(period) for period in periods), strict=True)
    return int(min(firsts)), int(max(lasts) - 0.001)


def _unmet(
    wish: Wish,
    codes: Mapping[str, Way],
    offered: Sequence[str],
    available: Sequence[SeriesLine],
    fitting: Sequence[str],
) -> Iterator[tuple[str, str]]:
    if wish.show and wish.show not in codes:
        yield "show", wish.show
    if wish.each and wish.each not in offered:
        yield "each", wish.each
    known = {line.code for line in available}
    yield from (("line", code) for code in wish.line if code not in known)
    yield from (("beside", name) for name in wish.beside if name not in fitting)
