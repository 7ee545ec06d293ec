"""/law/timeline: the changes of law by theme, drawn on the server and listed below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from koshiqon.country import Country
from koshiqon.law.events import PolicyEvent
from koshiqon.render.law_timeline import WAYS, Lane, Way, sign_svg, timeline_svg, way_of
from koshiqon.render.law_web import numbered
from koshiqon.render.phrases import N_
from koshiqon.web.asked import Language
from koshiqon.web.pages.law_frame import LawFrame, frame, leaf_of
from koshiqon.web.shelf import Shelf
from koshiqon.web.site import Site

YEARS_AT_FIRST = 3
"""So many years are shown where nobody asks for others."""
AT_ONCE = 80
"""Changes in the list of one page; the drawing holds them all."""
EARLIEST, LATEST = 1900, 2100
NO_YEAR = N_("«{value}» is no year from {first} to {last}. Write four digits, such as 2023.")
YEARS_TURNED = N_("{first} is later than {last}. Write the earlier year first.")
NO_THEME = N_("There is no theme «{value}». Choose one of the list.")


def add_to(routes: APIRouter, site: Site, shelf: Shelf) -> None:
    """The picture with its list; ?theme=…&since=YEAR&until=YEAR."""

    @routes.get("/timeline")
    def timeline(request: Request, language: Language) -> Response:
        return shelf.take(request, site.today(), lambda: _asked(request, frame(site, language)))


def _asked(request: Request, speaking: LawFrame) -> HTMLResponse:
    query, this = request.query_params, speaking.site.today().year
    faults: dict[str, str] = {}
    since = _year(query.get("since", ""), this - YEARS_AT_FIRST + 1, "since", faults, speaking)
    until = _year(query.get("until", ""), this, "until", faults, speaking)
    theme = query.get("theme", "").strip()
    if theme and theme not in speaking.voice.country.themes:
        faults["theme"] = speaking.word(NO_THEME, value=theme[:40])
    if since > until and not faults:
        faults["since"] = speaking.word(YEARS_TURNED, first=since, last=until)
    return _told(request, speaking, Asked(theme, since, until, query.get("page", "")), faults)


def _year(written: str, otherwise: int, name: str, faults: dict[str, str], speaking: LawFrame) -> int:
    """The year of a field; where it cannot be read, what stands there anyway, and a letter about it."""
    if not written.strip():
        return otherwise
    told = written.strip()
    if len(told) == 4 and told.isascii() and told.isdecimal() and EARLIEST <= int(told) <= LATEST:
        return int(told)
    faults[name] = speaking.word(NO_YEAR, value=told[:20], first=EARLIEST, last=LATEST)
    return otherwise


@dataclass(frozen=True, slots=True)
class Asked:
    """What the timeline shows: a theme (empty: all), years with both ends, the page of its list as written."""

    theme: str
    since: int
    until: int
    page: str


def _told(request: Request, speaking: LawFrame, asked: Asked, faults: dict[str, str]) -> HTMLResponse:
    country = speaking.voice.country
    every = [] if faults else list(enumerate(_events(country, asked), 1))
    number, pages, listed = leaf_of(every, asked.page, AT_ONCE)
    lanes = _lanes(every, asked.theme, speaking)
    heading = speaking.word(N_("Timeline: how the law changed"))
    return speaking.page(
        request,
        "law_timeline.html",
        "timeline",
        heading,
        status=400 if faults else 200,
        given=asked,
        faults=faults,
        themes=[(name, speaking.voice.text(one.title).words) for name, one in country.themes.items()],
        count=len(every),
        number=number,
        pages=pages,
        events=listed,
        picture=Markup(timeline_svg(lanes, asked.since, asked.until)) if every else None,
        signs={way: Markup(sign_svg(way)) for way in Way},
        ways={way: speaking.word(message) for way, message in WAYS.items()},
        way_of=way_of,
        notes=numbered((name for _, event in listed for name in event.basis.sources), speaking.voice),
        first_year=min((event.dated.earliest.year for event in country.events), default=asked.since),
    )


def _events(country: Country, asked: Asked) -> list[PolicyEvent]:
    """The changes that lie, or may lie, in the years, in order of time."""
    found = [
        event
        for event in country.events
        if event.dated.latest.year >= asked.since
        and event.dated.earliest.year <= asked.until
        and (not asked.theme or country.themes[asked.theme].holds_event(event))
    ]
    return sorted(found, key=lambda event: (event.dated.earliest, event.dated.latest, event.name))


def _lanes(listed: Sequence[tuple[int, PolicyEvent]], theme: str, speaking: LawFrame) -> list[Lane]:
    """A lane for each theme that has changes; a change may belong to several."""
    lanes = []
    for name, one in speaking.voice.country.themes.items():
        marks = tuple((number, event) for number, event in listed if one.holds_event(event))
        if marks and theme in ("", name):
            lanes.append(Lane(speaking.voice.text(one.title).words, marks))
    return lanes
