"""Open readings of the law: which is taken, and what another would change.

Where law and enforcement part, or a text is open, the country lists the options with who reads it so. The default is
judged; then each other option alone; and the earliest last lawful day of all combinations.

UnknownReading   a reading, or an option of one, that the country does not list
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import product
from math import prod

from koshiqon.country import Country
from koshiqon.rules.rule import ByPaper, Readings, RuleKind
from koshiqon.stay.answer import Due, DueState, Entry, OtherReading, ReadingUsed, Standing
from koshiqon.stay.consequences import days_measures
from koshiqon.stay.counting import ENGINE_READINGS
from koshiqon.stay.duties import duties
from koshiqon.stay.law_index import KEPT, SameLaw
from koshiqon.stay.limit_titles import GENERAL
from koshiqon.stay.matter import Matter, remembered, rows_about
from koshiqon.stay.reach import Reach, day_of_entry, reach, standing_of
from koshiqon.stay.titles import cover

MOST_COMBINATIONS = 64
"""Combinations of readings that may touch the days of a stay, at most: `safe_until` looks at all of them."""


class UnknownReading(LookupError):
    """A reading, or an option of one, that the country does not list."""

    def __init__(self, reading: str, option: str | None, known: tuple[str, ...]) -> None:
        super().__init__(f"{reading}={option}: the country lists {', '.join(known) or 'none'}.")
        self.reading = reading
        self.option = option
        self.known = known


def readings_of(country: Country, given: Readings | None = None) -> dict[str, str]:
    """The option of each open reading: the one given, else the default. Raises UnknownReading."""
    taken = {name: reading.default for name, reading in country.readings.items()}
    for name, option in (given or {}).items():
        if name not in country.readings:
            raise UnknownReading(name, None, tuple(country.readings))
        options = tuple(known.name for known in country.readings[name].options)
        if option not in options:
            raise UnknownReading(name, option, options)
        taken[name] = option
    return taken


def relevant(matter: Matter, on: date) -> list[str]:
    """The open readings that could touch this case: those of permits only where there is a paper, those of the past
    only where a day of it is looked at.
    """
    law = _readings_law(SameLaw(matter.country))
    told = ["entry_day", "exit_day"]
    told += ["permit_days", "permit_clock"] if any(paper.kind in law.outside for paper in matter.case.papers) else []
    told += ["limits"] if _before_enforcement(matter, on) else []
    told += ["earlier_entries"] if _before_the_count(matter, law.counted_from) else []
    told += law.of_days
    return [name for name in matter.country.readings if name in told]


@dataclass(frozen=True, slots=True)
class _ReadingsLaw:
    """What of a law says which readings touch a case: the papers whose days count for no limit, the days from which
    titles count entries, the readings under which titles and bars, and duties, are believed.
    """

    outside: frozenset[str]
    counted_from: tuple[date, ...]
    of_days: tuple[str, ...]
    of_duties: tuple[str, ...]


@lru_cache(maxsize=KEPT)
def _readings_law(of: SameLaw) -> _ReadingsLaw:
    rules = of.country.rules.values()
    papers = [rule.then for rule in rules if isinstance(rule.then, ByPaper) and rule.then.outside_count]
    return _ReadingsLaw(
        outside=frozenset(paper for then in papers for paper in then.papers),
        counted_from=tuple(rule.counts_from for rule in rules if rule.counts_from is not None),
        of_days=tuple(readings_of_rules(of.country, (RuleKind.TITLE, RuleKind.BAR))),
        of_duties=tuple(readings_of_rules(of.country, (RuleKind.DUTY,))),
    )


def readings_of_rules(country: Country, kinds: Iterable[RuleKind]) -> list[str]:
    """The readings under which rules of some kinds are believed."""
    wanted = tuple(kinds)
    return [name for rule in country.rules.values() if rule.kind in wanted for name in rule.under]


def combinations_of(country: Country) -> int:
    """The number of combinations of the readings that may touch the days of a stay."""
    touching = {*ENGINE_READINGS, *readings_of_rules(country, (RuleKind.TITLE, RuleKind.BAR))}
    return prod(len(reading.options) for name, reading in country.readings.items() if name in touching)


def _before_enforcement(matter: Matter, on: date) -> bool:
    """Is a day judged on which a window stood in the law and the border may not have applied it yet?"""
    first = matter.stay.entry if matter.history else on
    rows = rows_about(matter.case.citizenship, matter) + rows_about(GENERAL, matter)
    return any(row.enforced_since is not None and row.enforced_since.latest > first for row in rows)


def _before_the_count(matter: Matter, counted_from: Iterable[date]) -> bool:
    """Did a stay begin before the day from which a title counts entries?"""
    return any(stay.entry < since for stay in matter.history for since in counted_from)


def safe_until(matter: Matter, on: date, reached: Reach | None) -> date | None:
    """The earliest last surely lawful day over all combinations of the open readings; None where none ends."""
    names = relevant(matter, on)
    choices = [[option.name for option in matter.country.readings[name].options] for name in names]
    ends = [reached.last] if reached is not None else []
    for taken in product(*choices):
        other = matter.with_readings({**matter.readings, **dict(zip(names, taken, strict=True))})
        ends.append(reach(other, on).last)
    return min((end for end in ends if end is not None), default=None)


def readings_used(
    matter: Matter, on: date, given: Readings, reached: Reach | None, entry: Entry, standing: Standing | None
) -> Iterator[ReadingUsed]:
    """Each reading, with those of its other options that change the answer when taken alone."""
    touching = relevant(matter, on)
    of_duties = _readings_law(SameLaw(matter.country)).of_duties if standing is not None else ()
    # Of a person who has left only the day of coming again is compared: no last day is looked for under other readings.
    last = reached.last if reached is not None and standing is not None else None
    plain = OtherReading("", last, standing, entry.day)
    for name, reading in matter.country.readings.items():
        taken = matter.readings[name]
        others: list[OtherReading] = []
        for option in reading.options:
            if option.name == taken or name not in (*touching, *of_duties):
                continue
            other = matter.with_readings({**matter.readings, name: option.name})
            told = replace(plain, option=option.name)
            if name in touching:
                told = _days_under(other, option.name, on, standing)
            if name in of_duties:
                due, not_due = _changed_duties(matter, other, on)
                told = replace(told, due=due, not_due=not_due)
            if told != replace(plain, option=option.name):
                others.append(told)
        yield ReadingUsed(name, taken, name not in given, tuple(others))


def _days_under(other: Matter, option: str, on: date, standing: Standing | None) -> OtherReading:
    """The days as another option has them."""
    through = reach(other, on) if standing is not None else None
    stands = standing_of(through.outcome) if through is not None else None
    last = through.last if through is not None else None
    return OtherReading(option, last, stands, day_of_entry(other, on))


def _changed_duties(matter: Matter, other: Matter, on: date) -> tuple[tuple[Due, ...], tuple[Due, ...]]:
    """The duties that there are only under the other readings, and those that there are not under them."""
    here, there = _duties(matter, on), _duties(other, on)
    return (
        tuple(due for key, due in there.items() if key not in here),
        tuple(due for key, due in here.items() if key not in there),
    )


def _duties(matter: Matter, on: date) -> dict[tuple[str, str, date | None, DueState], Due]:
    """The duties by what makes them the same for whoever must do them."""

    def found() -> dict[tuple[str, str, date | None, DueState], Due]:
        measured = matter.with_measures(days_measures(matter, cover(matter), on))
        return {(due.must, due.by, due.deadline, due.state): due for due in duties(measured, on)}

    return remembered(matter, ("duties", on, tuple(matter.readings.values())), found)


def safe_day(entry: Entry, compared: Iterable[ReadingUsed]) -> date | None:
    """The latest first day of entry over each other reading alone; None where one of them gives none."""
    days = [entry.day, *(other.entry_day for used in compared for other in used.others)]
    known = [day for day in days if day is not None]
    return max(known) if len(known) == len(days) else None
