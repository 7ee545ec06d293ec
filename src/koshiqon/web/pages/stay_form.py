"""The form of a stay: what was typed, kept exactly, and the case that it means, read as every case is.

A letter names the field that it is about, so that the page can lead there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import zip_longest

from starlette.datastructures import FormData

from koshiqon.asking.letters import letters
from koshiqon.render.phrases import N_
from koshiqon.render.stay_words import name_words
from koshiqon.render.words import Voice
from koshiqon.sources.case_file import CaseWritten, UnreadableCase, Written
from koshiqon.sources.case_reading import CaseRead, read_case
from koshiqon.web.asked import texts
from koshiqon.web.pages.stay_trips import MOST_TRIPS, TripRow, day_as_written, is_day, pasted_trips

FACT = "fact."
"""What the name of a field begins with that holds a fact."""

SAYS: dict[str, str] = {
    "citizenship": N_("Citizenship of your passport"),
    "on": N_("The day asked"),
    "trip": N_("Trip {n}"),
    "paper": N_("Paper {n}"),
    "plan": N_("The trip in mind"),
    "entry_missing": N_("{field}: the day of exit stands there without a day of entry. Add the day of entry."),
    "plan_half": N_("{field}: give both days, the day of entry and the day of exit."),
    "paper_no_kind": N_("{field}: days stand there, but not which paper it is. Choose the kind of paper."),
    "paper_no_day": N_("{field}: the first day is missing. Write the first day on which the paper is valid."),
    "line_unread": N_(
        "Pasted line {n}, «{line}», is not read as a trip. Write the day of entry and the day of exit, such as "
        "2026-01-05 – 2026-02-01 or 05.01.2026 – 01.02.2026; of the trip that still lasts, the day of entry alone."
    ),
    "many_trips": N_(
        "These are {n} trips, and a form here holds at most {most}. Leave out the earliest: for most answers the last "
        "twelve months are enough."
    ),
}


NO_TRIP = TripRow()


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A paper as typed: the code of its kind, its first and last day."""

    kind: str = ""
    first: str = ""
    last: str = ""


@dataclass(frozen=True, slots=True)
class StayForm:
    """All that was typed. `facts`: the facts that hold something, by name."""

    citizenship: str = ""
    on: str = ""
    trips: tuple[TripRow, ...] = ()
    papers: tuple[PaperRow, ...] = ()
    plan: TripRow = NO_TRIP
    pasted: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Letter:
    """What cannot be read, and the field where it stands (empty: nowhere in particular)."""

    field: str
    words: str


@dataclass(frozen=True, slots=True)
class Reading:
    """How a form was read, as its fields show it. `unread`: the places of the fields that were not."""

    unread: frozenset[str] = frozenset()

    def input(self, value: str) -> str:
        """The type of a field for a day: one of text where it holds something that a field of days would not show."""
        return "date" if not value or is_day(value) else "text"


class UnreadForm(Exception):
    """A form that holds no case that can be read; the letters say what to mend."""

    def __init__(self, told: tuple[Letter, ...]) -> None:
        super().__init__(" ".join(letter.words for letter in told))
        self.letters = told


# --- from the request, and back --------------------------------------------------------------------------------------


def form_typed(form: FormData) -> StayForm:
    """What a request holds; rows without anything are left out."""
    plans = _trips(texts(form, "plan_entry")[:1], texts(form, "plan_exit")[:1])
    names = [name for name in form if name.startswith(FACT)]
    facts = {name.removeprefix(FACT): told for name in names if (told := _one(form, name))}
    return StayForm(
        citizenship=_one(form, "citizenship"),
        on=day_as_written(_one(form, "on")),
        trips=_trips(texts(form, "entry"), texts(form, "exit")),
        papers=_papers(form),
        plan=plans[0] if plans else NO_TRIP,
        pasted=_one(form, "pasted"),
        facts=facts,
    )


def carried(form: StayForm) -> Iterator[tuple[str, str]]:
    """The fields that hold the form, as name and value, for a form that takes it along unseen."""
    yield from (("citizenship", form.citizenship), ("on", form.on))
    for trip in form.trips:
        yield from (("entry", trip.entry), ("exit", trip.exit))
    for paper in form.papers:
        yield from (("paper", paper.kind), ("paper_first", paper.first), ("paper_last", paper.last))
    if form.plan != NO_TRIP:
        yield from (("plan_entry", form.plan.entry), ("plan_exit", form.plan.exit))
    yield from ((f"{FACT}{name}", told) for name, told in form.facts.items())


def _one(form: FormData, name: str) -> str:
    return next(iter(texts(form, name)), "")


def _trips(entries: Sequence[str], exits: Sequence[str]) -> tuple[TripRow, ...]:
    rows = (
        TripRow(day_as_written(entry), day_as_written(exit_))
        for entry, exit_ in zip_longest(entries, exits, fillvalue="")
    )
    return tuple(row for row in rows if row != NO_TRIP)


def _papers(form: FormData) -> tuple[PaperRow, ...]:
    columns = (texts(form, "paper"), texts(form, "paper_first"), texts(form, "paper_last"))
    rows = (
        PaperRow(kind, day_as_written(first), day_as_written(last))
        for kind, first, last in zip_longest(*columns, fillvalue="")
    )
    return tuple(row for row in rows if row != PaperRow())


# --- what it means ---------------------------------------------------------------------------------------------------


def with_pasted(form: StayForm, voice: Voice) -> StayForm:
    """The form with what was pasted as rows. Raises UnreadForm: of a text with a line that cannot be read nothing is
    taken.
    """
    found = pasted_trips(form.pasted)
    trips = (*form.trips, *found.trips)
    told = [
        Letter("pasted", said(voice, "line_unread", n=voice.number(number), line=line)) for number, line in found.unread
    ]
    if len(trips) > MOST_TRIPS:
        counts = {"n": voice.number(len(trips)), "most": voice.number(MOST_TRIPS)}
        told.append(Letter("pasted" if found.trips else "entry-1", said(voice, "many_trips", **counts)))
    if told:
        raise UnreadForm(tuple(told))
    return replace(form, trips=trips, pasted="")


def read_form(form: StayForm, voice: Voice, today: date) -> CaseRead:
    """The case of a form whose pasted text is rows already. Raises UnreadForm with every letter."""
    told = list(_incomplete(form, voice))
    fields: dict[str, str] = {}
    try:
        read = read_case(_written(form, voice, fields), voice.country, today)
    except UnreadableCase as problem:
        words = letters(problem.faults, voice.language)
        places = [fields.get(str(dict(fault.values).get("field")), "") for fault in problem.faults]
        told += map(Letter, places, words)
    if told:
        raise UnreadForm(tuple(told))
    return read


def in_order_of_time(form: StayForm) -> StayForm:
    """The form that was read, its trips by their days of entry."""
    return replace(form, trips=tuple(sorted(form.trips, key=lambda row: row.entry)))


def _incomplete(form: StayForm, voice: Voice) -> Iterator[Letter]:
    """Rows of which a part is missing, told in the words of the form."""
    for number, trip in enumerate(form.trips, 1):
        if not trip.entry:
            yield Letter(f"entry-{number}", said(voice, "entry_missing", field=_numbered("trip", number, voice)))
    for number, paper in enumerate(form.papers, 1):
        name = _numbered("paper", number, voice)
        if not paper.kind:
            yield Letter(f"paper-{number}", said(voice, "paper_no_kind", field=name))
        if not paper.first:
            yield Letter(f"paper-first-{number}", said(voice, "paper_no_day", field=name))
    if bool(form.plan.entry) != bool(form.plan.exit):
        place = "plan-exit" if form.plan.entry else "plan-entry"
        yield Letter(place, said(voice, "plan_half", field=said(voice, "plan")))


def _written(form: StayForm, voice: Voice, fields: dict[str, str]) -> CaseWritten:
    """The case as written without rows of which a part is missing, each value called as the page calls its field;
    `fields` learns which field that is.
    """

    def one(value: object, called: str, place: str) -> Written:
        fields[called] = place
        return Written(value, called)

    trips = [
        one({"entry": trip.entry, "exit": trip.exit}, _numbered("trip", number, voice), f"entry-{number}")
        for number, trip in enumerate(form.trips, 1)
        if trip.entry
    ]
    papers = [
        one(
            {"kind": paper.kind, "since": paper.first, "until": paper.last},
            _numbered("paper", number, voice),
            f"paper-first-{number}",
        )
        for number, paper in enumerate(form.papers, 1)
        if paper.kind and paper.first
    ]
    plan = {"entry": form.plan.entry, "exit": form.plan.exit}
    return CaseWritten(
        citizenship=one(form.citizenship, said(voice, "citizenship"), "citizenship") if form.citizenship else None,
        on=one(form.on, said(voice, "on"), "on") if form.on else None,
        trips=tuple(trips),
        permits=tuple(papers),
        plan=one(plan, said(voice, "plan"), "plan-entry") if form.plan.entry and form.plan.exit else None,
        facts={name: one(told, name_words(voice, name), f"{FACT}{name}") for name, told in form.facts.items()},
    )


def _numbered(code: str, number: int, voice: Voice) -> str:
    return said(voice, code, n=voice.number(number))


def said(voice: Voice, code: str, **slots: str) -> str:
    """A sentence of this form."""
    return voice.translations.gettext(SAYS[code]).format(**slots)
