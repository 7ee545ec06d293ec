"""/law: the rules of a day by kind, the visa-free table, until when acts were read, what is not modelled."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from koshiqon import __version__
from koshiqon.asking.law import UnreadableQuestion, day_asked, kinds_asked, none_known
from koshiqon.country import Country
from koshiqon.law.events import PolicyEvent
from koshiqon.render.law_days import compose_law
from koshiqon.render.law_phrases import LAW_PARTS
from koshiqon.render.law_web import VisaFreeRow, numbered, visa_free_rows
from koshiqon.render.phrases import N_
from koshiqon.review.statute import without_rule
from koshiqon.rules.rule import RuleKind
from koshiqon.stay.law_days import LawOnDay, law_on
from koshiqon.stay.limit_titles import GENERAL
from koshiqon.web.asked import Language
from koshiqon.web.pages.law_frame import LawFrame, frame
from koshiqon.web.pages.stay_states import alphabetical
from koshiqon.web.shelf import Shelf
from koshiqon.web.site import Site

DAY = N_("the day")


def add_to(routes: APIRouter, site: Site, shelf: Shelf) -> None:
    """The page of a day."""

    @routes.get("")
    def law(request: Request, language: Language) -> Response:
        return shelf.take(request, site.today(), lambda: _asked(request, frame(site, language)))


def _asked(request: Request, speaking: LawFrame) -> HTMLResponse:
    written = request.query_params.get("on", "").strip()
    kind = request.query_params.get("kind", "").strip()
    try:
        on = day_asked(written, speaking.word(DAY)) if written else speaking.site.today()
        kinds = kinds_asked(kind)[:1]
        held = _held(speaking.voice.country, on)
    except UnreadableQuestion as problem:
        return _refused(request, speaking, [speaking.letter(problem)])
    return _told(request, speaking, held, kinds[0] if kinds else None)


def _held(country: Country, on: date) -> LawOnDay:
    """The law of a day. Raises UnreadableQuestion where no rule is known for it."""
    law = law_on(country, on)
    periods = [rule.period for rule in law.rules] + [row.period for row in law.regimes]
    if not any(period.contains(on) for period in periods):
        raise none_known(country, on)
    return law


def _refused(request: Request, speaking: LawFrame, told: list[str]) -> HTMLResponse:
    today = speaking.site.today()
    heading = speaking.word(N_("Law on a day"))
    days = _turning_days(speaking.voice.country)
    return speaking.page(request, "law.html", "", heading, status=400, told=told, on=today, law_of=None, days=days)


def _told(request: Request, speaking: LawFrame, law: LawOnDay, kind: RuleKind | None) -> HTMLResponse:
    voice = speaking.voice
    rows = _in_order(visa_free_rows(law.regimes, law.on, voice))
    rules = [rule for rule in law.rules if rule.kind is kind]
    page = compose_law(LawOnDay(law.on, (), law.regimes, law.read), voice, __version__)
    counted = Counter(rule.kind for rule in law.rules)
    return speaking.page(
        request,
        "law.html",
        "",
        compose_law(LawOnDay(law.on, (), (), ()), voice, __version__).heading,
        told=[],
        on=law.on,
        law_of=law,
        days=_turning_days(voice.country),
        kind=kind,
        kinds=[(each, voice.translations.gettext(LAW_PARTS[each]), counted[each]) for each in RuleKind],
        rules=rules,
        notes=numbered((name for row in (rules if kind else law.regimes) for name in row.basis.sources), voice),
        rows=rows,
        states=len({row.row.citizenship for row in rows if row.sure and _lets_in(row)}),
        parts={part.name: part for part in page.parts},
        missing=sum(len(found) for found in without_rule(voice.country, law.on).values()),
        unread=sum(act.read_until is None for act in voice.country.acts.values()),
    )


def _lets_in(row: VisaFreeRow) -> bool:
    return row.row.citizenship != GENERAL and row.row.limit.per_entry != 0


def _in_order(rows: tuple[VisaFreeRow, ...]) -> list[VisaFreeRow]:
    """By the alphabet of the language, the general limit last."""
    return sorted(rows, key=lambda row: (row.row.citizenship == GENERAL, alphabetical(row.area)))


def _turning_days(country: Country) -> list[tuple[date, date, PolicyEvent]]:
    """The country's milestones that have a day of their own, newest first: the day before, the day, the change."""
    named = [event for event in country.events if event.name in country.milestones and event.dated.is_exact]
    days = [(event.dated.earliest - timedelta(days=1), event.dated.earliest, event) for event in named]
    return sorted(days, key=lambda one: one[1], reverse=True)
