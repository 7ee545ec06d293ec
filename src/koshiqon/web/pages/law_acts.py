"""/law/acts: all acts; /law/acts/ACT: its provisions in their versions, and what rests on each."""

from __future__ import annotations

from collections.abc import Iterable

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from starlette.exceptions import HTTPException

from koshiqon.country import Country
from koshiqon.evidence import Reference, Source
from koshiqon.law.acts import Act
from koshiqon.render.law_days import value_of
from koshiqon.render.law_phrases import RULE_KINDS
from koshiqon.render.law_web import ACT_KINDS, alike_rows, numbered
from koshiqon.render.phrases import N_
from koshiqon.render.words import Voice, slug
from koshiqon.review.statute import Article, amended_by, articles_of, other_values
from koshiqon.web.asked import Language
from koshiqon.web.pages.law_frame import LawFrame, frame
from koshiqon.web.shelf import Shelf
from koshiqon.web.site import Site


def add_to(routes: APIRouter, site: Site, shelf: Shelf) -> None:
    """The list of acts, and the page of each."""
    named = {slug(name): act for name, act in site.country.acts.items()}

    @routes.get("/acts")
    def acts(request: Request, language: Language) -> Response:
        return shelf.take(request, site.today(), lambda: _list(request, frame(site, language)))

    @routes.get("/acts/{name}")
    def act(request: Request, language: Language, name: str) -> Response:
        if name not in named:
            raise HTTPException(404)
        return shelf.take(request, site.today(), lambda: _act(request, frame(site, language), named[name]))


def _list(request: Request, speaking: LawFrame) -> HTMLResponse:
    country = speaking.voice.country
    held = sorted(country.acts.values(), key=lambda act: (act.adopted.earliest, act.name))
    kinds = [
        (kind, speaking.word(words), [act for act in held if act.kind == kind]) for kind, words in ACT_KINDS.items()
    ]
    resting: dict[str, int] = {}
    for rule in country.rules.values():
        resting[rule.provision.act] = resting.get(rule.provision.act, 0) + 1
    return speaking.page(
        request,
        "law_acts.html",
        "acts",
        speaking.word(N_("Acts")),
        kinds=[one for one in kinds if one[2]],
        count=len(held),
        read=sum(act.read_until is not None for act in held),
        resting=resting,
    )


def _act(request: Request, speaking: LawFrame, act: Act) -> HTMLResponse:
    voice, country = speaking.voice, speaking.voice.country
    articles = articles_of(act, country)
    others = other_values(act, articles, country)
    amendments = sorted(act.amendments, key=lambda one: (one.adopted.earliest, one.by))
    sources = [*act.basis.sources, *(name for one in amendments for name in one.basis.sources)]
    sources += [name for article in articles for name in article.sources]
    sources += [name for _, value in others for name in value.basis.sources]
    return speaking.page(
        request,
        "law_act.html",
        "acts",
        voice.text(act.short).words,
        act=act,
        kind=speaking.word(ACT_KINDS[act.kind]),
        texts=_texts(act, country),
        amendments=amendments,
        amends=amended_by(act, country),
        articles=articles,
        others=others,
        parts=_parts(articles, voice),
        kinds={kind: speaking.word(words) for kind, words in RULE_KINDS.items()},
        value_of=lambda parameter, value: value_of(value, parameter, voice),
        alike=lambda rows: alike_rows(rows, voice),
        events=[event for event in country.events if event.instrument == Reference("act", act.name)],
        notes=numbered(sources, voice),
    )


def _parts(articles: Iterable[Article], voice: Voice) -> list[tuple[str, str]]:
    """The largest parts of an act, each by name with the anchor of the first provision that lies in it."""
    first: dict[str, str] = {}
    for article in articles:
        first.setdefault("/".join(_whole_article(article.provision.path)), slug(str(article.provision)))
    return [(voice.path(path), anchor) for path, anchor in first.items()]


def _whole_article(path: str) -> list[str]:
    """The parts of a path down to the article or point that one would look up in a list of contents."""
    parts = path.split("/")
    return parts[:2] if parts[0] == "rules" else parts[:1]


def _texts(act: Act, country: Country) -> list[Source]:
    """Where the text of the act itself can be opened: its sources that are texts of acts, with an address."""
    known = [country.sources[name] for name in act.basis.sources if name in country.sources]
    return [source for source in known if source.kind == "act" and source.url is not None]
