"""Figures: every series with its chart, table, source and cautions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from starlette.exceptions import HTTPException

from koshiqon.country import Country
from koshiqon.render.series_data import series_csv, series_json_text
from koshiqon.render.series_page import SeriesPage, series_page
from koshiqon.render.series_slide import as_png, slide
from koshiqon.render.series_words import code_name, told, way_words
from koshiqon.render.words import Voice
from koshiqon.review.figures import by_indicator
from koshiqon.trends.choice import Chosen, Wish, choose
from koshiqon.trends.cut import Way, ways
from koshiqon.trends.series import Observation
from koshiqon.web.asked import Language, languages_only
from koshiqon.web.pages.figures_choice import address, kept, unread_years, wish_of
from koshiqon.web.pages.figures_index import Entry, all_entries, by_theme
from koshiqon.web.shelf import Shelf
from koshiqon.web.site import Site

PAGES_KEPT = 36
"""Lists of series that are not made again when they are asked again."""


@dataclass(frozen=True, slots=True)
class _Shelf:
    """The figures of a country as its pages look them up: by indicator, and each by its name."""

    country: Country
    figures: Mapping[str, Sequence[Observation]]
    observed: Mapping[str, Observation]
    ways: Callable[[str], Mapping[Way, Sequence[Observation]]]

    def choose(self, indicator: str, wish: Wish) -> Chosen:
        """What a wish shows of an indicator. There is no such page where the indicator has no figures."""
        if indicator not in self.figures:
            raise HTTPException(404)
        return choose(self.country.indicators, self.ways, indicator, self.kin(indicator), wish)

    def kin(self, indicator: str) -> tuple[str, ...]:
        """Indicators that share a theme with one."""
        themes = [theme for theme in self.country.themes.values() if theme.holds_indicator(indicator)]
        names = (name for theme in themes for name in self.figures if theme.holds_indicator(name))
        return tuple(dict.fromkeys(name for name in names if name != indicator))


def router(site: Site) -> APIRouter:
    """The list of series, a page for each, and each as CSV, JSON, SVG and PNG."""
    routes = APIRouter(prefix="/{language}/figures", dependencies=languages_only(site))
    country = site.country
    figures = by_indicator(country)
    laid = lru_cache(maxsize=None)(lambda name: ways(figures[name]))
    shelf = _Shelf(country, figures, {row.name: row for row in country.observations}, laid)
    _index(routes, site, shelf)
    _downloads(routes, site, shelf)
    _one(routes, site, shelf)
    return routes


def _index(routes: APIRouter, site: Site, shelf: _Shelf) -> None:
    @lru_cache(maxsize=8)
    def entries(language: str) -> dict[str, Entry]:
        return all_entries(site.voices[language], shelf.figures)

    pages = Shelf(PAGES_KEPT)

    @routes.get("")
    def index(request: Request, language: Language, theme: str = "") -> Response:
        if theme and theme not in shelf.country.themes:
            raise HTTPException(404)
        return pages.take(request, site.today(), lambda: drawn(request, language, theme))

    def drawn(request: Request, language: str, theme: str) -> HTMLResponse:
        shown = tuple(by_theme(shelf.country, site.voices[language], entries(language), theme))
        path = f"figures?theme={theme}" if theme else "figures"
        return site.page(
            request, language, "figures.html", section="figures", path=path, shown=shown, theme=theme,
            themes=tuple(shelf.country.themes), count=len(shelf.figures), rows=len(shelf.country.observations),
        )  # fmt: skip


def _one(routes: APIRouter, site: Site, shelf: _Shelf) -> None:
    @routes.get("/{indicator}")
    def one(request: Request, language: Language, indicator: str) -> HTMLResponse:
        wish = wish_of(request.query_params)
        chosen = shelf.choose(indicator, wish)
        voice = site.voices[language]
        page = series_page(voice, chosen, shelf.observed)
        lasting = kept(wish, chosen)
        letters = [
            *page.unmet,
            *(told(voice, "unmet_years", value=said) for said in unread_years(request.query_params)),
        ]
        return site.page(
            request, language, "figures_one.html", status=400 if letters else 200, section="figures",
            path=f"figures/{indicator}{address(lasting)}", page=page, chosen=chosen, wish=lasting, address=address,
            letters_told=letters, themes=_themes(shelf.country, indicator), query=address(lasting),
            link=_link(request, site, language, indicator, lasting), ways=_ways(voice, chosen),
            code_name=lambda code: code_name(voice, chosen.way.by, code), said=lambda code: told(voice, code),
            count=len(shelf.figures[indicator]),
        )  # fmt: skip


def _themes(country: Country, indicator: str) -> list[str]:
    return [name for name, theme in country.themes.items() if theme.holds_indicator(indicator)]


def _ways(voice: Voice, chosen: Chosen) -> list[tuple[str, str, int, bool]]:
    """Every way of the series: code, words, number of figures, and whether it holds nothing fixed."""
    return [(way.code, way_words(voice, way), number, not way.rest) for way, number in chosen.ways.items()]


def _link(request: Request, site: Site, language: str, indicator: str, wish: Wish) -> str:
    """The whole address under which these figures stand, to be cited."""
    return f"{request.url.scheme}://{request.url.netloc}{site.path(language, 'figures', indicator)}{address(wish)}"


# --- to be taken away ------------------------------------------------------------------------------------------------


def _downloads(routes: APIRouter, site: Site, shelf: _Shelf) -> None:
    def rows(request: Request, indicator: str) -> Sequence[Observation]:
        """The figures of the chart where the address asks for it, else all of the indicator."""
        wish = wish_of(request.query_params)
        chosen = shelf.choose(indicator, wish)
        return chosen.rows if "chart" in request.query_params else shelf.figures[indicator]

    @routes.get("/{indicator}.csv")
    def as_csv(request: Request, indicator: str) -> Response:
        return _file(series_csv(rows(request, indicator)).encode(), "text/csv; charset=utf-8", f"{indicator}.csv")

    @routes.get("/{indicator}.json")
    def as_json(request: Request, indicator: str) -> Response:
        held = shelf.country.indicators.get(indicator)
        if held is None:
            raise HTTPException(404)
        content = series_json_text(shelf.country, held, rows(request, indicator))
        return _file(content.encode(), "application/json", f"{indicator}.json")

    @routes.get("/{indicator}.svg")
    def as_svg(request: Request, language: Language, indicator: str) -> Response:
        return _file(drawing(request, language, indicator).encode(), "image/svg+xml", f"{indicator}.svg")

    @routes.get("/{indicator}.png")
    def as_picture(request: Request, language: Language, indicator: str) -> Response:
        return _file(as_png(drawing(request, language, indicator)), "image/png", f"{indicator}.png")

    def drawing(request: Request, language: str, indicator: str) -> str:
        wish = wish_of(request.query_params)
        chosen = shelf.choose(indicator, wish)
        voice = site.voices[language]
        page = series_page(voice, chosen, shelf.observed)
        if not page.picture.wide:
            raise HTTPException(404)
        lasting = kept(wish, chosen)
        return _slide(voice, page, _link(request, site, language, indicator, lasting))


def _slide(voice: Voice, page: SeriesPage, link: str) -> str:
    """The chart with its words for a slide: finding, what is counted, looks, law by day, source, address."""
    marks = "; ".join(f"{mark.number} {mark.when}" for mark in page.marks)
    sources = "; ".join(entry.citation for entry in page.data_sets)
    foot = [
        " ".join(page.picture.looks),
        f"{voice.label('law_events')}: {marks}." if marks else "",
        f"{voice.label('sources_below')}: {', '.join(page.producers[:4])}. {sources}",
        f"Koshiqon {voice.country.code} {voice.country.version} · {link}",
    ]
    measured = f"{page.measured.words} {told(voice, 'unit', unit=page.unit)}"
    return slide(page.picture.wide, page.title.words, page.finding, measured, [line for line in foot if line])


def _file(content: bytes, kind: str, name: str) -> Response:
    return Response(content, media_type=kind, headers={"content-disposition": f'attachment; filename="{name}"'})
