"""/law/changes: what changed for the citizens of a state between two days, before and after beside each other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from koshiqon import __version__
from koshiqon.asking.law import UnreadableQuestion, citizenship_asked, day_asked, none_known
from koshiqon.law.regimes import regimes_on
from koshiqon.render.law_days import change_words, compose_changes
from koshiqon.render.law_web import VisaFreeRow, name_of, numbered, provisions_of, visa_free_rows
from koshiqon.render.phrases import N_
from koshiqon.render.words import Line, Voice
from koshiqon.rules.rule import Rule
from koshiqon.stay.law_days import Change, Changed, changed
from koshiqon.web.asked import Language
from koshiqon.web.pages.law_frame import LawFrame, frame, leaf_of
from koshiqon.web.pages.stay_states import choices_of_states, usual_states
from koshiqon.web.shelf import Shelf
from koshiqon.web.site import Site

AT_ONCE = 60
"""Changes on one page."""
A_YEAR = 365
CITIZENSHIP, SINCE, UNTIL = N_("the citizenship"), N_("the day to compare with"), N_("the last day")
TURNED = N_("{first} is not before {last}, so no day lies between them. Write the earlier day first.")
MISSING = N_("Choose a citizenship: what changed is told for the citizens of one state.")


@dataclass(frozen=True, slots=True)
class ChangeTold:
    """A change in words; `before` is the text of the rule it replaces, `name` the address others may cite."""

    change: Change
    words: Line
    before: Line
    name: str
    provisions: tuple[Line, ...]
    conflicts: tuple[Line, ...]


def add_to(routes: APIRouter, site: Site, shelf: Shelf) -> None:
    """The form and its answer."""

    @routes.get("/changes")
    def changes(request: Request, language: Language) -> Response:
        return shelf.take(request, site.today(), lambda: _asked(request, frame(site, language)))


def _asked(request: Request, speaking: LawFrame) -> HTMLResponse:
    query, country = request.query_params, speaking.voice.country
    given = {name: query.get(name, "").strip()[:100] for name in ("citizenship", "since", "until")}
    if not any(given.values()):
        until = speaking.site.today()
        blank = {"since": (until - timedelta(days=A_YEAR)).isoformat(), "until": until.isoformat()}
        return _page(request, speaking, {"citizenship": "", **blank}, {})
    faults = dict(_faults(given, speaking))
    if faults:
        return _page(request, speaking, given, faults)
    first, last = date.fromisoformat(given["since"]), date.fromisoformat(given["until"])
    return _told(request, speaking, given, changed(country, given["citizenship"], first, last))


def _faults(given: dict[str, str], speaking: LawFrame) -> list[tuple[str, str]]:
    """Letters about the fields, by field."""
    faults, days = [], []
    try:
        if not given["citizenship"]:
            faults.append(("citizenship", speaking.word(MISSING)))
        else:
            citizenship_asked(given["citizenship"], speaking.word(CITIZENSHIP))
    except UnreadableQuestion as problem:
        faults.append(("citizenship", speaking.letter(problem)))
    for name, label in (("since", SINCE), ("until", UNTIL)):
        try:
            days.append(day_asked(given[name], speaking.word(label)))
        except UnreadableQuestion as problem:
            faults.append((name, speaking.letter(problem)))
    country = speaking.voice.country
    if len(days) == 2 and days[0] >= days[1]:
        first, last = (speaking.voice.day(day) for day in days)
        faults.append(("since", speaking.word(TURNED, first=first, last=last)))
    elif len(days) == 2 and not (country.rules or country.regimes):
        faults.append(("until", speaking.letter(none_known(country, days[1]))))
    return faults


# --- what is shown ---------------------------------------------------------------------------------------------------


def _page(
    request: Request,
    speaking: LawFrame,
    given: dict[str, str],
    faults: dict[str, str],
    heading: str = "",
    **values: object,
) -> HTMLResponse:
    named = heading or speaking.word(N_("What changed between two days"))
    return speaking.page(
        request,
        "law_changes.html",
        "changes",
        named,
        status=400 if faults else 200,
        given=given,
        faults=faults,
        usual=usual_states(speaking.voice),
        states=choices_of_states(speaking.voice),
        changed=values.pop("changed", None),
        **values,
    )


def _told(request: Request, speaking: LawFrame, given: dict[str, str], found: Changed) -> HTMLResponse:
    voice = speaking.voice
    number, pages, shown = leaf_of(found.changes, request.query_params.get("page", ""), AT_ONCE)
    written = compose_changes(Changed(found.citizenship, found.first, found.last, (), ()), voice, __version__)
    told = [_change(change, speaking) for change in shown]
    days = [(day, list(rest)) for day, rest in groupby(told, key=lambda one: one.change.day)]
    return _page(
        request,
        speaking,
        given,
        {},
        written.heading,
        changed=found,
        span=written.opening[0],
        days=days,
        sides=[(day, _rows_on(found.citizenship, day, voice)) for day in (found.first, found.last)],
        notes=numbered((name for change in shown for name in change.row.basis.sources), voice),
        number=number,
        pages=pages,
        undated=[str(reference) for reference in found.undated],
    )


def _change(change: Change, speaking: LawFrame) -> ChangeTold:
    voice, name = speaking.voice, name_of(change)
    replaced = isinstance(change.before, Rule) and change.after is not None
    kind, _, row = name.partition(":")
    return ChangeTold(
        change,
        change_words(change, voice),
        (voice.text(change.before.text),) if isinstance(change.before, Rule) and replaced else (),
        name,
        tuple(speaking.provision(provision) for provision in provisions_of(change.row)),
        tuple(speaking.conflicts(kind, row)) if change.row.basis.conflicts_with else (),
    )


def _rows_on(citizenship: str, day: date, voice: Voice) -> tuple[VisaFreeRow, ...]:
    return visa_free_rows(regimes_on(voice.country.regimes, citizenship, day), day, voice)
