"""Where to go: offices and helplines, each with what it does, the ways to reach it, its day and its sources."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from koshiqon.country import Office
from koshiqon.evidence import Confidence
from koshiqon.render.phrases import N_
from koshiqon.render.status_parts import AUTHORITY
from koshiqon.render.stay_words import code_words, provision_line
from koshiqon.render.words import Line, Run, Voice, slug
from koshiqon.rules.rule import May, Must, Rule
from koshiqon.web.asked import Language, languages_only
from koshiqon.web.shelf import Shelf
from koshiqon.web.site import Site

GROUPS: tuple[tuple[str, str], ...] = (
    ("call", N_("To call")),
    ("ask", N_("Where to ask for something")),
    ("tell", N_("Where something is reported or given notice of")),
    ("know", N_("Where to learn more")),
)
"""The groups of offices in the order of the page: a telephone first, then what the law sends people there for."""


@dataclass(frozen=True, slots=True)
class Way:
    """A way to reach an office: its kind, its words, and where a link leads (None: nowhere)."""

    kind: str
    words: str
    link: str | None


@dataclass(frozen=True, slots=True)
class Card:
    """An office as a page shows it. `uses`: what the law sends people there for, each with its provision."""

    name: str
    title: Run
    does: Run
    ways: tuple[Way, ...]
    as_of: str
    sources: tuple[Run, ...]
    confidence: str
    uses: tuple[Line, ...]

    @property
    def anchor(self) -> str:
        """Where it stands on the page of all offices."""
        return f"office-{slug(self.name)}"


def router(site: Site) -> APIRouter:
    """The routes of the part."""
    routes = APIRouter(prefix="/{language}/offices", dependencies=languages_only(site))

    shelf = Shelf()

    @routes.get("")
    def offices(request: Request, language: Language) -> Response:
        return shelf.take(request, site.today(), lambda: drawn(request, language))

    def drawn(request: Request, language: str) -> HTMLResponse:
        voice = site.voices[language]
        groups = {code: [name for name in site.country.offices if _group(name, site) == code] for code, _ in GROUPS}
        cards = [
            (code, title, office_cards(voice, groups[code], _rules(site))) for code, title in GROUPS if groups[code]
        ]
        return site.page(request, language, "offices.html", section="offices", groups=cards)

    return routes


def office_cards(voice: Voice, names: Iterable[str], rules: Iterable[Rule] = ()) -> tuple[Card, ...]:
    """The offices of these names, with what rules send people there for; a name that is none is left out."""
    given, offices = tuple(rules), voice.country.offices
    return tuple(_card(offices[name], given, voice) for name in names if name in offices)


def _card(office: Office, rules: tuple[Rule, ...], voice: Voice) -> Card:
    sources = [voice.source(name) for name in office.basis.sources if name in voice.country.sources]
    sure = office.basis.confidence is Confidence.HIGH
    return Card(
        name=office.name,
        title=voice.text(office.title),
        does=voice.text(office.does),
        ways=tuple(Way(kind, _words(kind, value), _link(kind, value)) for kind, value in office.channels),
        as_of=voice.day(office.as_of),
        sources=tuple(sources),
        confidence="" if sure else code_words(voice, "confidence", office.basis.confidence),
        uses=tuple(_uses(office.name, rules, voice)),
    )


# --- ways ------------------------------------------------------------------------------------------------------------


def _link(kind: str, value: str) -> str | None:
    """Where a way leads; an address leads nowhere."""
    match kind:
        case "phone":
            return "tel:" + re.sub(r"[^0-9+*#]", "", value)
        case "email":
            return f"mailto:{value}"
        case "web":
            return value if value.startswith(("https://", "http://")) else f"https://{value}"
    return None


def _words(kind: str, value: str) -> str:
    """A way as people say it: a web address without what only programs need."""
    return re.sub(r"^https?://(www\.)?|/?([?#].*)?$", "", value) if kind == "web" else value


# --- what for --------------------------------------------------------------------------------------------------------


def _rules(site: Site) -> tuple[Rule, ...]:
    """The rules in force today that send people to an office: rights, then duties, not those of the office itself."""
    today = site.today()
    live = [rule for rule in site.country.rules.values() if rule.period.contains(today) is not False]
    rights = [rule for rule in live if isinstance(rule.then, May)]
    return (*rights, *(rule for rule in live if isinstance(rule.then, Must) and rule.then.by != AUTHORITY))


def _group(name: str, site: Site) -> str:
    office = site.country.offices[name]
    if any(kind == "phone" for kind, _ in office.channels):
        return "call"
    sent = [rule.then for rule in _rules(site) if isinstance(rule.then, May | Must) and rule.then.office == name]
    if any(isinstance(then, May) for then in sent):
        return "ask"
    return "tell" if sent else "know"


def _uses(name: str, rules: tuple[Rule, ...], voice: Voice) -> Iterator[Line]:
    """What the law sends people to an office for, each once."""
    told = set()
    for rule in rules:
        then = rule.then
        if not isinstance(then, May | Must) or then.office != name:
            continue
        scheme, code = ("right", then.right) if isinstance(then, May) else ("duty", then.do)
        if code not in told:
            told.add(code)
            words = code_words(voice, scheme, code)
            yield (
                Run(words, of=f"rule:{rule.name}"),
                Run(" · "),
                *provision_line(rule.provision, Confidence.HIGH, voice),
            )
