"""A worked history judged: each day in the country under one reading of the law, and the answer on the day judged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from koshiqon.country import Country, WorkedHistory
from koshiqon.review.idle_titles import of_citizenship, without_idle_titles
from koshiqon.review.visitors import LIMITS
from koshiqon.stay.answer import DaysUsed, Entry, Standing
from koshiqon.stay.assessment import with_assumptions
from koshiqon.stay.case import Paper, StayCase
from koshiqon.stay.consequences import unlawful_days
from koshiqon.stay.days_used import days_used
from koshiqon.stay.matter import Matter
from koshiqon.stay.presence import LAST, DaysBack, Run, Stay, clipped, history_runs
from koshiqon.stay.reach import earliest_entry, reach, standing_of
from koshiqon.stay.readings import readings_of
from koshiqon.stay.timeline import Held
from koshiqon.stay.titles import Cover, Line, cover

COUNTED, UNCOUNTED = "counted", "uncounted"
"""What a lawful day is besides: one that a limit counts, or one that it does not."""


@dataclass(frozen=True, slots=True)
class Spell:
    """Days running, first and last included, that stand alike in law, with the titles that cover them."""

    first: date
    last: date
    held: Held
    titles: tuple[Line, ...]

    @property
    def standing(self) -> Standing:
        return standing_of(self.held.outcome)

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class Life:
    """A history under one reading of the limits (None: the country knows but one): the spells of all its stays up to
    the day judged, the days that some limit counts, and what `stay.assessment` answers on that day. `standing` is None
    for somebody who has left, `last` is the last lawful day (None: no end), `overstay` counts unlawful days of the last
    stay.
    """

    history: WorkedHistory
    limits: str | None
    spells: tuple[Spell, ...]
    counted: tuple[Run, ...]
    standing: Standing | None
    last: date | None
    overstay: int
    used: DaysUsed | None
    comes_back: tuple[DaysBack, ...]
    entry: Entry

    def days_that_are(self, standing: Standing) -> int:
        """Days of all stays that stand so; a day that two stays share once."""
        runs = [(spell.first, spell.days) for spell in self.spells if spell.standing is standing]
        return len({first.toordinal() + number for first, days in runs for number in range(days)})

    def marks(self) -> Iterator[tuple[date, date, str]]:
        """Days running with what a calendar marks them as; lawful ones are told apart by whether they count."""
        for spell in self.spells:
            if spell.standing is not Standing.LAWFUL:
                yield spell.first, spell.last, spell.standing
                continue
            yield spell.first, spell.last, UNCOUNTED
            for first, last in clipped(self.counted, spell.first.toordinal(), spell.last.toordinal()):
                yield date.fromordinal(first), date.fromordinal(last), COUNTED


def life(history: WorkedHistory, country: Country, limits: str | None) -> Life:
    """A history judged on its day, everything not given taken as a door may take it."""
    on = history.on
    stays = tuple(Stay(entry, exit_) for entry, exit_ in history.trips)
    papers = tuple(Paper(kind, since, until) for kind, since, until in history.permits)
    case = with_assumptions(StayCase(history.citizenship, stays, papers), country)
    asked = of_citizenship(without_idle_titles(country, case, stays[0].entry), history.citizenship)
    matter = Matter(asked, case, stays, readings_of(country, {LIMITS: limits} if limits is not None else None))
    covers = [cover(replace(matter, history=stays[:number])) for number in range(1, len(stays) + 1)]
    inside = matter.stay.exit is None or matter.stay.exit >= on
    through = on if matter.stay.exit is None else min(on, matter.stay.exit)
    reached = reach(matter, through)
    used, back = days_used(matter, covers[-1], through)
    return Life(
        history=history,
        limits=limits,
        spells=tuple(spell for covered in covers for spell in _spells(covered, on)),
        counted=tuple(_counted(matter, covers[-1])),
        standing=standing_of(reached.outcome) if inside else None,
        last=reached.last,
        overstay=unlawful_days(list(covers[-1].days), through),
        used=used,
        comes_back=back,
        entry=earliest_entry(matter, on),
    )


def _spells(covered: Cover, on: date) -> Iterator[Spell]:
    """What the titles cover of one stay, up to the day judged."""
    for run in covered.days:
        last = min(run.last, on.toordinal())
        if run.first <= last:
            yield Spell(date.fromordinal(run.first), date.fromordinal(last), run, tuple(_touching(covered, run)))


def _touching(covered: Cover, run: Held) -> Iterator[Line]:
    for line in covered.lines:
        if any(held.outcome is True and held.first <= run.last and run.first <= held.last for held in line.days):
            yield line


def _counted(matter: Matter, covered: Cover) -> Iterator[Run]:
    """The days that some limit counts, of a visit or of a window: all but those under papers that stop both counts."""
    for count in (covered.counts.most.entry, covered.counts.most.window):
        yield from history_runs(matter.history, count, LAST)
