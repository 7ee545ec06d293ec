"""Who am I in law: one question a page, what is known so far carried along signed.

GET  /LANGUAGE/status            what it is, and a button to begin
POST /LANGUAGE/status            the next question, the same with letters (422), or the answer
POST /LANGUAGE/status/case.yaml  what was told, as a case file
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import HTMLResponse
from starlette.datastructures import FormData

from koshiqon.asking.answers import UnreadableAnswer, as_given
from koshiqon.country import Country
from koshiqon.render.phrases import N_
from koshiqon.render.status_case import case_text
from koshiqon.render.words import Voice
from koshiqon.status.interview import Question
from koshiqon.web.asked import Language, form_of, languages_only, texts
from koshiqon.web.pages.offices import office_cards
from koshiqon.web.pages.status_fields import PAPER, PaperTyped, heard, typed_in
from koshiqon.web.pages.status_kept import Kept, aside, asked_next, back_to, kept_of, replayed, state_of, with_answer
from koshiqon.web.pages.status_view import asked_of, found_of, told_lines
from koshiqon.web.pages.stay_trips import day_as_written
from koshiqon.web.shelf import Shelf
from koshiqon.web.signing import Tampered
from koshiqon.web.site import Site

UNREAD = 422
ANSWERS = ("answer", PAPER)
"""Buttons that send what stands in the fields."""
CHANGE, MORE = "change-", "more-"
"""What the buttons begin with that ask a question again, by its place, and one beyond the others, by its fact."""
FIRST, LAST = date(1992, 1, 1), date(2100, 12, 31)
"""Days that may be asked about."""
SAYS: dict[str, str] = {
    "foreign": N_(
        "What this page had kept of your answers cannot be read any more: it was changed on the way, is from another "
        "page, or the server was renewed since. Nothing of it is known here. Please begin again."
    ),
    "no_day": N_(
        "«{value}» is no day that can be asked about. Write a day such as {example}, or leave the field empty."
    ),
}
Typed = Annotated[FormData, Depends(form_of)]
_Shown = tuple[tuple[str, ...], PaperTyped] | None


def router(site: Site) -> APIRouter:
    """The routes of the part."""
    routes = APIRouter(prefix="/{language}/status", dependencies=languages_only(site))

    shelf = Shelf()

    @routes.get("")
    def welcome(request: Request, language: Language) -> Response:
        return shelf.take(request, site.today(), lambda: _welcome(site, request, language))

    @routes.post("")
    def turn(request: Request, language: Language, typed: Typed) -> HTMLResponse:
        voice = site.voices[language]
        try:
            kept = _kept(site, typed, voice)
            return _turn(site, request, language, kept, typed)
        except (Tampered, UnreadableAnswer) as problem:
            letters = problem.letters if isinstance(problem, UnreadableAnswer) else [_said(voice, "foreign")]
            return _welcome(site, request, language, letters)

    @routes.post("/case.yaml")
    def case_file(request: Request, language: Language, typed: Typed) -> Response:
        voice = site.voices[language]
        try:
            kept = _kept(site, typed, voice)
            text = case_text(replayed(kept, voice).case, kept.on, {})
        except (Tampered, UnreadableAnswer):
            return _welcome(site, request, language, [_said(voice, "foreign")])
        head = {"content-disposition": f'attachment; filename="koshiqon-{kept.on}.yaml"'}
        return Response(text, media_type="application/yaml; charset=utf-8", headers=head)

    return routes


# --- turns -----------------------------------------------------------------------------------------------------------


def _kept(site: Site, typed: FormData, voice: Voice) -> Kept:
    """The interview that the form carries, a new one where it carries none. Raises Tampered, UnreadableAnswer."""
    state = typed.get("state")
    if isinstance(state, str):
        return kept_of(site.signer.read(state), site.country)
    given = next(iter(texts(typed, "on")), "")
    if not given:
        return Kept(site.today())
    try:
        day = date.fromisoformat(day_as_written(given))
    except ValueError:
        day = date.min
    if not FIRST <= day <= LAST:
        raise UnreadableAnswer([_said(voice, "no_day", value=given, example=site.today().isoformat())])
    return Kept(day)


def _turn(site: Site, request: Request, language: str, kept: Kept, typed: FormData) -> HTMLResponse:
    """What follows from the button that was pressed."""
    voice, do = site.voices[language], str(typed.get("do", ""))
    if do in ANSWERS and kept.asked is not None:
        return _heard(site, request, language, kept, typed)
    if do == "stop":
        return _answer(site, request, language, replace(kept, aside=False))
    kept, _, question = asked_next(_moved(kept, do, site.country), voice)
    return _next(site, request, language, kept, question)


def _moved(kept: Kept, do: str, country: Country) -> Kept:
    """The interview where a button leads that sends no answer; a button that is none leads nowhere."""
    if do == "unknown" and kept.asked is not None:
        return with_answer(kept, None)
    if do == "back":
        return back_to(kept, len(kept.answers) - 1)
    if do.startswith(CHANGE) and (place := do.removeprefix(CHANGE)[:4]).isdecimal():
        return back_to(kept, int(place))
    told = {given.fact for given in kept.answers}
    if do.startswith(MORE) and (fact := do.removeprefix(MORE)) in country.facts.keys() - told:
        return aside(kept, fact)
    return kept


def _heard(site: Site, request: Request, language: str, kept: Kept, typed: FormData) -> HTMLResponse:
    """The next question after an answer; the same one with letters where it cannot be read."""
    voice = site.voices[language]
    assert kept.asked is not None
    fact = site.country.facts[kept.asked]
    try:
        meant = heard(typed, fact, replayed(kept, voice), voice, kept.on)
    except UnreadableAnswer as problem:
        kept, _, question = asked_next(kept, voice)
        return _next(site, request, language, kept, question, problem.letters, typed_in(typed))
    kept, _, question = asked_next(with_answer(kept, as_given(meant)), voice)
    return _next(site, request, language, kept, question)


def _next(
    site: Site,
    request: Request,
    language: str,
    kept: Kept,
    question: Question | None,
    letters: list[str] | None = None,
    shown: _Shown = None,
) -> HTMLResponse:
    """The page of a question, or of the answer where none is left."""
    if question is None:
        return _answer(site, request, language, kept)
    voice = site.voices[language]
    return site.page(
        request,
        language,
        "status_question.html",
        status=UNREAD if letters else 200,
        section="status",
        asked=asked_of(question, kept, voice, shown),
        told=told_lines(kept, voice),
        letters=letters or [],
        state=site.signer.sign(state_of(kept, site.country)),
        on=kept.on,
    )


# --- pages -----------------------------------------------------------------------------------------------------------


def _welcome(site: Site, request: Request, language: str, letters: list[str] | None = None) -> HTMLResponse:
    status = UNREAD if letters else 200
    return site.page(request, language, "status.html", status=status, section="status", letters=letters or [])


def _answer(site: Site, request: Request, language: str, kept: Kept) -> HTMLResponse:
    voice = site.voices[language]
    found = found_of(kept, replayed(kept, voice), voice)
    return site.page(
        request,
        language,
        "status_answer.html",
        section="status",
        found=found,
        told=told_lines(kept, voice),
        cards=office_cards(voice, found.offices),
        state=site.signer.sign(state_of(kept, site.country)),
    )


def _said(voice: Voice, code: str, **slots: str) -> str:
    return voice.translations.gettext(SAYS[code]).format(**slots)
