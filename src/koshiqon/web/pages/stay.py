"""My stay: a case in a form, the answer at once, nothing kept.

GET  /LANGUAGE/stay                 the empty form
POST /LANGUAGE/stay                 the form back with its answer, or with letters (422)
POST /LANGUAGE/stay/page.pdf        the answer as a page for a file
POST /LANGUAGE/stay/deadlines.ics   its days as a calendar file
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import HTMLResponse
from markupsafe import Markup
from starlette.datastructures import FormData

from koshiqon.asking.stay import assessed, stay_told
from koshiqon.render.deadlines import deadlines_of, render_deadlines
from koshiqon.render.phrases import N_
from koshiqon.render.stay_pdf import render_stay_pdf
from koshiqon.render.words import Voice
from koshiqon.sources.case_reading import CaseRead
from koshiqon.stay.answer import Assessment
from koshiqon.web.asked import Language, form_of, languages_only
from koshiqon.web.pages.stay_answer import view_of
from koshiqon.web.pages.stay_facts import FactField, assumed_facts, empty_fields, fact_fields
from koshiqon.web.pages.stay_form import (
    NO_TRIP,
    Letter,
    PaperRow,
    Reading,
    StayForm,
    UnreadForm,
    carried,
    form_typed,
    in_order_of_time,
    read_form,
    with_pasted,
)
from koshiqon.web.pages.stay_months import CalendarNames, calendar_names
from koshiqon.web.pages.stay_states import Choice, choices_of_states, usual_states
from koshiqon.web.shelf import Shelf
from koshiqon.web.site import Site

ADD_TRIP, ADD_PAPER = "add_trip", "add_paper"
"""What a button may ask for instead of an answer."""
UNREAD = 422
NO_DAYS = N_("This answer has no day ahead that a calendar could hold.")
Typed = Annotated[FormData, Depends(form_of)]


@dataclass(frozen=True, slots=True)
class Lists:
    """What the form offers in one language: the usual states, all states (also as the options of a field, which are
    many and always the same), kinds of papers, the fields of facts as long as nothing stands in them.
    """

    usual: tuple[Choice, ...]
    states: tuple[Choice, ...]
    options: Markup
    papers: tuple[Choice, ...]
    facts: Mapping[str, FactField]

    def near(self, code: str) -> tuple[Choice, ...]:
        """The usual states, and the one that was chosen where it is another."""
        chosen = [one for one in self.states if one.value == code and one not in self.usual]
        return (*self.usual, *chosen)


def router(site: Site) -> APIRouter:
    """The routes of the part."""
    routes = APIRouter(prefix="/{language}/stay", dependencies=languages_only(site))
    lists = {language: _lists(speaking, site) for language, speaking in site.voices.items()}
    assumable = assumed_facts(site.country)
    shelf = Shelf()

    @lru_cache(maxsize=8)
    def names(language: str, today: date) -> CalendarNames:
        return calendar_names(site.voices[language], today)

    def page(
        request: Request,
        language: str,
        form: StayForm,
        told: tuple[Letter, ...] = (),
        answered: tuple[CaseRead, Assessment] | None = None,
        add: str = "",
    ) -> HTMLResponse:
        voice = site.voices[language]
        shown = None if answered is None else view_of(answered[1], answered[0], voice)
        return site.page(
            request,
            language,
            "stay.html",
            status=UNREAD if told else 200,
            section="stay",
            path="stay",
            scripts=("stay.js",),
            form=replace(form, on=form.on or site.today().isoformat()),
            trips=(*form.trips, *[NO_TRIP] * _spare(len(form.trips), add == ADD_TRIP)),
            papers=(*form.papers, *[PaperRow()] * _spare(len(form.papers) + 1, add == ADD_PAPER)),
            told=told,
            read=Reading(frozenset(letter.field for letter in told)),
            facts=fact_fields(
                form.facts, None if answered is None else answered[1], voice, assumable, lists[language].facts
            ),
            view=shown,
            carried=tuple(carried(form)),
            lists=lists[language],
            names=names(language, site.today()),
        )

    def told_of(
        request: Request, language: str, typed: FormData, tell: Callable[[StayForm, CaseRead, Assessment], Response]
    ) -> Response:
        """What `tell` makes of the form's answer; the form with letters where it cannot be read."""
        voice, form = site.voices[language], form_typed(typed)
        try:
            form = with_pasted(form, voice)
            read = read_form(form, voice, site.today())
        except UnreadForm as problem:
            return page(request, language, form, problem.letters)
        return tell(in_order_of_time(form), read, assessed(read, voice))

    @routes.get("")
    def empty(request: Request, language: Language) -> Response:
        return shelf.take(request, site.today(), lambda: page(request, language, StayForm()))

    @routes.post("")
    def answer(request: Request, language: Language, typed: Typed) -> Response:
        add = typed.get("do")
        if add in (ADD_TRIP, ADD_PAPER):
            return page(request, language, form_typed(typed), add=str(add))
        return told_of(
            request, language, typed, lambda form, read, told: page(request, language, form, (), (read, told))
        )

    @routes.post("/page.pdf")
    def pdf(request: Request, language: Language, typed: Typed) -> Response:
        def drawn(_form: StayForm, _read: CaseRead, told: Assessment) -> Response:
            when = datetime(told.on.year, told.on.month, told.on.day, tzinfo=UTC)
            content = render_stay_pdf(stay_told(told, site.voices[language]), when)
            return _file(content, "application/pdf", f"koshiqon-{told.on}.pdf")

        return told_of(request, language, typed, drawn)

    @routes.post("/deadlines.ics")
    def deadlines(request: Request, language: Language, typed: Typed) -> Response:
        def written(form: StayForm, read: CaseRead, told: Assessment) -> Response:
            voice = site.voices[language]
            said = stay_told(told, voice)
            found = deadlines_of(told, said)
            if not found:
                none = Letter("", voice.translations.gettext(NO_DAYS))
                return page(request, language, form, (none,), (read, told))
            content = render_deadlines(found, said, told.on, secrets.token_hex(8))
            return _file(content, "text/calendar; charset=utf-8", f"koshiqon-{told.on}.ics")

        return told_of(request, language, typed, written)

    return routes


def _lists(voice: Voice, site: Site) -> Lists:
    kinds = [code for scheme, code in voice.country.codes if scheme == "paper"]
    papers = tuple(Choice(code, voice.text(voice.country.codes["paper", code]).words) for code in kinds)
    states = choices_of_states(voice)
    options = Markup("").join(Markup('<option value="{}">{}</option>').format(one.value, one.words) for one in states)
    template = site.looks[voice.language].get_template("stay_fact.html")
    facts = empty_fields(voice, lambda field: Markup(template.render(one=field, read=Reading())))
    return Lists(usual_states(voice), states, options, papers, facts)


def _spare(given: int, more: bool) -> int:
    """Empty rows below the filled ones: two to begin with, then one, and one more where it was asked for."""
    return (2 if given == 0 else 1) + more


def _file(content: bytes, kind: str, name: str) -> Response:
    return Response(content, media_type=kind, headers={"content-disposition": f'attachment; filename="{name}"'})
