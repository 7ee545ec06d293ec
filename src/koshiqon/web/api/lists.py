"""Routes that give what is on file: acts, series, and the lists that a case is written with. Domain records as they
are, with every text in all languages.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Path, Query, Response

from koshiqon import __version__
from koshiqon.asking.law import day_asked
from koshiqon.country import Country, Office, Theme
from koshiqon.evidence import Source
from koshiqon.language import Text
from koshiqon.law.acts import Act
from koshiqon.period import PartialDate
from koshiqon.render.catalogs import languages
from koshiqon.render.law_data import law_json
from koshiqon.rules.categories import CaseFact, Category
from koshiqon.rules.rule import OpenReading
from koshiqon.sources.faults import fault
from koshiqon.stay.law_days import law_on
from koshiqon.trends.series import DataSet, Indicator, Observation, period_end
from koshiqon.web.api.asked_shapes import CountryShape
from koshiqon.web.api.law_shapes import CountryTold
from koshiqon.web.api.problems import Problem
from koshiqon.web.api.records import record
from koshiqon.web.api.speaking import Here, InLanguage, Speaking, answered, refusals, sent
from koshiqon.web.site import Site

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class CodeTold:
    """A code of a list, in words."""

    code: str
    words: Text


@dataclass(frozen=True, slots=True)
class FactAsked:
    """A fact that a case may give, and the words of its codes."""

    fact: CaseFact
    words: Mapping[str, Text]


@dataclass(frozen=True, slots=True)
class SeriesListed:
    """A series: what it counts, how many figures there are, the first and the last period."""

    indicator: Indicator
    observations: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class ActListed:
    """An act in short; `GET /acts/{act}` has its provisions and amendments."""

    name: str
    kind: str
    number: str | None
    title: Text
    short: Text
    adopted: PartialDate
    in_force: PartialDate | None
    repealed: PartialDate | None
    read_until: PartialDate | None
    provisions: int
    amendments: int


@dataclass(frozen=True, slots=True)
class SeriesTold:
    """One series: what it counts, its figures by one source each, and these sources."""

    indicator: Indicator
    observations: tuple[Observation, ...]
    sources: Mapping[str, Source]


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of the country: the last part of its address and its key in the answer, the kind of its rows, the rows."""

    name: str
    kind: type
    rows: Callable[[Country], tuple[object, ...]]
    summary: str
    about: str


def routes(site: Site) -> APIRouter:
    """The routes of what is on file."""
    router = APIRouter(tags=["On file"])
    held: dict[str, bytes] = {}
    for listing in LISTINGS:
        router.add_api_route(
            f"/{listing.name}",
            _endpoint(listing, site, held),
            responses=answers(f"{listing.kind.__name__}List") | refusals(),
            summary=listing.summary,
            description=listing.about,
            operation_id=f"list_{listing.name.replace('-', '_')}",
        )

    @router.get("/acts/{act:path}", responses=answers("Act") | refusals("not_found"), summary="One act")
    def act(
        act: Annotated[str, Path(description="Its name, such as `kaz/477-IV`")],
        _asked: InLanguage,
        voice: Speaking,
    ) -> Response:
        """An act with its provisions in dated versions, each as a gist in our own words, and its amendments."""
        return answered(record(_on_file(act, voice.country.acts, "api_act_unknown", "act")))

    @router.get("/series/{indicator}", responses=answers("SeriesTold") | refusals("not_found"), summary="One series")
    def series(
        indicator: Annotated[str, Path(description="Its name, such as `bns_immigration_total`")],
        _asked: InLanguage,
        voice: Speaking,
    ) -> Response:
        """Every figure of a series: value, period, counterpart, sex, age, further dimensions, status, sources,
        confidence."""
        told = _on_file(indicator, voice.country.indicators, "api_indicator_unknown", "indicator")
        return answered(record(_told(told, voice.country)))

    @router.get("/country", response_model=CountryTold, responses=refusals("question"), summary="What is served here")
    def country(asked: Annotated[CountryShape, Query()], site: Here, _voice: Speaking) -> Response:
        """The country, the version and hash of its data, and until when its law was read."""
        return answered(_country(site, site.today() if asked.on is None else day_asked(asked.on, "on")))

    return router


def answers(name: str) -> dict[int | str, dict[str, Any]]:
    """The answer of a route by the name of its description in the document."""
    schema = {"$ref": f"#/components/schemas/{name}"}
    return {200: {"description": "The answer", "content": {"application/json": {"schema": schema}}}}


def _endpoint(listing: Listing, site: Site, held: dict[str, bytes]) -> Callable[..., Response]:
    def listed(_asked: InLanguage, _voice: Speaking) -> Response:
        if listing.name not in held:
            told = {**_edition(site.country), listing.name: record(listing.rows(site.country))}
            held[listing.name] = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
        return sent(held[listing.name])

    return listed


def _edition(country: Country) -> dict[str, str]:
    return {"country": country.code, "country_version": country.version, "country_hash": country.content_hash}


# --- rows ------------------------------------------------------------------------------------------------------------


def _codes(country: Country, scheme: str) -> tuple[CodeTold, ...]:
    return tuple(CodeTold(code, words) for (of, code), words in country.codes.items() if of == scheme)


def _facts(country: Country) -> tuple[FactAsked, ...]:
    return tuple(
        FactAsked(fact, {one.code: one.words for one in _codes(country, fact.name) if one.code in fact.values})
        for fact in country.facts.values()
    )


def _in_short(act: Act) -> ActListed:
    return ActListed(
        act.name, act.kind, act.number, act.title, act.short, act.adopted, act.in_force, act.repealed, act.read_until,
        len(act.provisions), len(act.amendments),
    )  # fmt: skip


def _series(country: Country) -> tuple[SeriesListed, ...]:
    periods: dict[str, list[str]] = {name: [] for name in country.indicators}
    for row in country.observations:
        periods[row.indicator].append(row.period)
    listed = []
    for name, indicator in country.indicators.items():
        ends = sorted(periods[name], key=period_end)
        listed.append(SeriesListed(indicator, len(ends), ends[0] if ends else None, ends[-1] if ends else None))
    return tuple(listed)


def _told(indicator: Indicator, country: Country) -> SeriesTold:
    rows = tuple(row for row in country.observations if row.indicator == indicator.name)
    cited = dict.fromkeys(name for row in rows for name in row.basis.sources)
    return SeriesTold(indicator, rows, {name: country.sources[name] for name in cited})


def _on_file(name: str, known: Mapping[str, T], code: str, field: str) -> T:
    if name not in known:
        raise Problem("not_found", [fault("", 0, code, field=field, value=name)])
    return known[name]


def _country(site: Site, on: date) -> dict[str, Any]:
    country = site.country
    read: dict[str, Any] = json.loads(law_json(law_on(country, on), country, "en", __version__))
    return {
        **_edition(country),
        "program": __version__,
        "name": record(country.name),
        "languages": list(languages()),
        "currency": country.currency,
        "on": on.isoformat(),
        "law_read_until": read["law_read_until"],
    }


# --- the lists ------------------------------------------------------------------------------------------------------

LISTINGS: tuple[Listing, ...] = (
    Listing("facts", FactAsked, _facts, "Facts that a case may give",
            "The vocabulary of `facts`: type, question, codes with their words, what a door may assume."),
    Listing("papers", CodeTold, lambda country: _codes(country, "paper"), "Kinds of permit",
            "The codes of `permits[].kind`."),
    Listing("readings", OpenReading, lambda country: (*country.readings.values(),), "Open readings of the law",
            "Where law and enforcement part, or the text is open: the options, and the one taken by default."),
    Listing("offices", Office, lambda country: (*country.offices.values(),), "Where to go",
            "Offices and helplines: what they do, how to reach them, as of which day, by which source."),
    Listing("categories", Category, lambda country: (*country.categories.values(),), "Categories of migrants",
            "Who belongs, on what it rests, what follows, terms, and which series counts them."),
    Listing("themes", Theme, lambda country: (*country.themes.values(),), "Themes",
            "Lenses that join law, changes, series and categories."),
    Listing("acts", ActListed, lambda country: tuple(map(_in_short, country.acts.values())), "Acts",
            "Every act on file, in short, with the day until which its text was read."),
    Listing("series", SeriesListed, _series, "Series",
            "Every series that ships: what it counts, how many figures, from when to when."),
    Listing("data-sets", DataSet, lambda country: country.data_sets, "Data sets",
            "The files behind the series: producer, licence, citation."),
    Listing("sources", Source, lambda country: (*country.sources.values(),), "Sources",
            "Every document, page and data set that a row cites."),
)  # fmt: skip
