"""What a written case means: days, trips, permits, facts and readings, each read strictly by the country's own lists.

Every fault of a case is collected, so that one run tells them all.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from koshiqon.country import Country
from koshiqon.sources.case_facts import FIRST_YEAR, LAST_YEAR, read_facts
from koshiqon.sources.case_file import CaseWritten, UnreadableCase, Written
from koshiqon.sources.citizenships import is_citizenship, suggested
from koshiqon.sources.faults import Fault, fault
from koshiqon.stay.case import (
    EntryAhead,
    Paper,
    PaperBackwards,
    PlanInPast,
    StayCase,
    refuse_wrong_days,
    with_only_citizenship,
)
from koshiqon.stay.presence import ExitBeforeEntry, Stay, StaysOverlap, in_order

PRACTICE = "practice"
"""`--reading practice` is short for `limits=practice`."""
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class CaseRead:
    """A case that can be assessed: the person, the day asked, and the readings that were chosen."""

    case: StayCase
    on: date
    readings: Mapping[str, str]


def read_case(written: CaseWritten, country: Country, today: date, citizens: bool = False) -> CaseRead:
    """A written case by the lists of a country; `today` is the day asked where none is written. `citizens`: the case
    may be that of a citizen of the country itself, who has a status but no stay. Raises UnreadableCase with every
    fault.
    """
    reading = _Reading(written.file, country, [], citizens)
    on = reading.day(written.on.value, written.on) if written.on is not None else today
    citizenship = reading.citizenship(written.citizenship) if written.citizenship is not None else None
    trips = {stay: item for item in written.trips if (stay := reading.stay(item)) is not None}
    papers = [paper for item in written.permits if (paper := reading.paper(item)) is not None]
    plan = reading.plan(written.plan) if written.plan is not None else None
    facts = read_facts(written.facts, country, written.file, reading.faults)
    readings = reading.readings(written.readings)
    if reading.faults or on is None:
        raise UnreadableCase(tuple(reading.faults))
    if len(trips) < len(written.trips):
        reading.refuse(written.trips[-1], "case_trip_twice")
    case = with_only_citizenship(StayCase(citizenship, tuple(trips), tuple(papers), facts, plan))
    reading.together(case, on, trips, written.plan)
    if reading.faults:
        raise UnreadableCase(tuple(reading.faults))
    return CaseRead(case, on, readings)


@dataclass(frozen=True, slots=True)
class _Reading:
    """The country whose lists are asked, and the faults found so far."""

    file: str
    country: Country
    faults: list[Fault]
    citizens: bool

    def refuse(self, item: Written, code: str, **values: object) -> None:
        self.faults.append(fault(self.file, item.line, code, field=item.called, **values))

    # --- days and trips ----------------------------------------------------------------------------------------------

    def day(self, text: Any, item: Written) -> date | None:  # noqa: ANN401 (YAML holds anything)
        """A day of the calendar, exactly YYYY-MM-DD."""
        if not isinstance(text, str) or not _DAY.fullmatch(text):
            self.refuse(item, "case_not_a_day", value=text)
            return None
        try:
            day = date.fromisoformat(text)
        except ValueError:
            self.refuse(item, "case_no_such_day", value=text)
            return None
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            self.refuse(item, "case_day_too_far", value=text, first=FIRST_YEAR, last=LAST_YEAR)
            return None
        return day

    def stay(self, item: Written) -> Stay | None:
        """`ENTRY:EXIT` or {entry: …, exit: …}; no exit, still in the country."""
        parts = _parts(item.value, ("entry", "exit"))
        if parts is None or not parts[0]:
            self.refuse(item, "case_not_a_trip", value=_as_written(item.value))
            return None
        entry = self.day(parts[0], item)
        exit_ = self.day(parts[1], item) if parts[1] else None
        if entry is None or (parts[1] and exit_ is None):
            return None
        try:
            return Stay(entry, exit_)
        except ExitBeforeEntry:
            self.refuse(item, "case_exit_before_entry", entry=entry, exit=exit_)
            return None

    def plan(self, item: Written) -> Stay | None:
        stay = self.stay(item)
        if stay is not None and stay.exit is None:
            self.refuse(item, "case_plan_without_end", entry=stay.entry)
            return None
        return stay

    def together(self, case: StayCase, on: date, trips: Mapping[Stay, Written], plan: Written | None) -> None:
        """What shows only when all trips are seen: two at once, one that is still ahead."""
        try:
            in_order(case.stays)
            refuse_wrong_days(case, on)
        except StaysOverlap as both:
            earlier, later = _said(both.earlier), _said(both.later)
            self.refuse(trips[both.later], "case_trips_overlap", earlier=earlier, later=later)
        except EntryAhead as ahead:
            item = next(item for stay, item in trips.items() if stay.entry == ahead.entry)
            self.refuse(item, "case_trip_ahead", entry=ahead.entry, on=on)
        except PlanInPast as past:
            assert plan is not None
            self.refuse(plan, "case_plan_in_past", entry=past.entry, on=on)
        else:
            self.after_the_trips(case, plan)

    def after_the_trips(self, case: StayCase, plan: Written | None) -> None:
        """The trip in mind follows every trip whose last day is known; one without leaves on the day asked."""
        if case.plan is None or plan is None:
            return
        try:
            in_order([case.plan, *(stay for stay in case.stays if stay.exit is not None)])
        except StaysOverlap as both:
            trip = both.earlier if both.later is case.plan else both.later
            self.refuse(plan, "case_plan_over_trip", plan=_said(case.plan), trip=_said(trip))

    # --- papers ------------------------------------------------------------------------------------------------------

    def paper(self, item: Written) -> Paper | None:
        """`KIND:SINCE:UNTIL` or {kind: …, since: …, until: …}; no until, no end known."""
        parts = _parts(item.value, ("kind", "since", "until"))
        if parts is None or not parts[0] or not parts[1]:
            self.refuse(item, "case_not_a_permit", value=_as_written(item.value))
            return None
        kind, since, until = parts[0], self.day(parts[1], item), self.day(parts[2], item) if parts[2] else None
        kinds = [code for scheme, code in self.country.codes if scheme == "paper"]
        if kind not in kinds:
            self.refuse(item, "case_permit_unknown", value=kind, near=_near(kind, kinds), known=", ".join(kinds))
            return None
        if since is None or (parts[2] and until is None):
            return None
        try:
            return Paper(kind, since, until)
        except PaperBackwards:
            self.refuse(item, "case_permit_backwards", since=since, until=until)
            return None

    # --- citizenship, readings ---------------------------------------------------------------------------------------

    def citizenship(self, item: Written) -> str | None:
        """One code of ISO 3166-1, or XXA for a stateless person."""
        several = item.value if isinstance(item.value, list) else re.split(r"[,;+/ ]+", str(item.value).strip())
        if len(several) > 1 and all(is_citizenship(str(code)) for code in several):
            self.refuse(item, "case_two_citizenships", value=", ".join(map(str, several)))
            return None
        code = str(item.value).strip()
        if code == self.country.code:
            if not self.citizens:
                self.refuse(item, "case_own_citizen", value=code)
        elif not is_citizenship(code):
            near = ", ".join(suggested(code))
            self.refuse(item, "case_citizenship_near" if near else "case_citizenship_unknown", value=code, near=near)
        return code

    def readings(self, given: Mapping[str, Written]) -> dict[str, str]:
        taken: dict[str, str] = {}
        for name, item in given.items():
            reading, option = ("limits", PRACTICE) if name == PRACTICE and item.value is None else (name, item.value)
            known = self.country.readings.get(reading)
            if known is None:
                names = list(self.country.readings)
                self.refuse(item, "case_reading_unknown", value=reading, known=", ".join(names))
            elif option not in (options := [one.name for one in known.options]):
                self.refuse(item, "case_option_unknown", value=option, reading=reading, known=", ".join(options))
            else:
                taken[reading] = str(option)
        return taken


def _parts(value: Any, names: tuple[str, ...]) -> tuple[Any, ...] | None:  # noqa: ANN401
    """The parts of `A:B:C` or of a map with these names; None where it is neither."""
    if isinstance(value, dict) and set(value) <= set(names):
        return tuple(value.get(name) for name in names)
    if isinstance(value, str) and 2 <= len(parts := value.strip().split(":")) <= len(names):
        return (*(part.strip() for part in parts), *[""] * (len(names) - len(parts)))
    return None


def _as_written(value: Any) -> str:  # noqa: ANN401
    """What YAML made a map of, as it stood in the file: `2026-10-05:` without quotes."""
    if not isinstance(value, dict):
        return str(value)
    return ", ".join(f"{key}: {item or ''}".rstrip() for key, item in value.items())


def _said(stay: Stay) -> str:
    return f"{stay.entry}:{stay.exit or ''}"


def _near(word: str, known: list[str]) -> str:
    return ", ".join(difflib.get_close_matches(word, known, n=3, cutoff=0.5)) or "—"
