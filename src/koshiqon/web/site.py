"""What all pages share: the country in each language, the templates, the signer, the day that is today."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import ChoiceLoader, Environment, FileSystemLoader
from markupsafe import Markup, escape

from koshiqon import __version__
from koshiqon.country import Country
from koshiqon.render.catalogs import languages
from koshiqon.render.html import environment, run_html
from koshiqon.render.tokens import stylesheet_tokens
from koshiqon.render.words import Voice, voice
from koshiqon.settings import Settings
from koshiqon.sources.country_folder import load_country
from koshiqon.web.navigation import SECTIONS
from koshiqon.web.places import Places
from koshiqon.web.signing import Signer, signer

MOST_SENTENCES = 4096
"""Sentences of the templates that are remembered in each language; there are fewer."""
TEMPLATES, STATIC = Path(__file__).parent / "templates", Path(__file__).parent / "static"


@dataclass(frozen=True, slots=True)
class Site:
    """One server. `looks`: the templates of each language; `static`: what is served as it is, by name, with a mark that
    changes when it changes.
    """

    settings: Settings
    country: Country
    voices: Mapping[str, Voice]
    looks: Mapping[str, Environment]
    signer: Signer
    static: Mapping[str, tuple[str, bytes]]
    today: Callable[[], date]

    def page(
        self,
        request: Request,
        language: str,
        template: str,
        *,
        status: int = 200,
        scripts: tuple[str, ...] = (),
        **values: Any,  # noqa: ANN401 (whatever the template shows)
    ) -> HTMLResponse:
        """A page by its template. `section` among the values is the code of the part of the site it belongs to."""
        given = {"section": None, "path": _path_within(request), "scripts": scripts, "today": self.today(), **values}
        return HTMLResponse(self.looks[language].get_template(template).render(**given), status)

    def path(self, *parts: str) -> str:
        """A path on this server, as a browser asks for it."""
        return "/".join((self.settings.base_path, *parts))

    def asset(self, name: str) -> str:
        """Where a file of ours is served, with the mark of its content."""
        return f"{self.path('static', name)}?v={self.static[name][0]}"


def site_of(settings: Settings, today: Callable[[], date] = date.today) -> Site:
    """A server by its settings, its country read. Raises UnreadableCountry."""
    country = load_country(settings.country)
    voices = {language: voice(language, country) for language in languages()}
    looks: dict[str, Environment] = {}
    site = Site(settings, country, voices, looks, signer(settings.secret), _static(), today)
    looks |= {language: _look(speaking, site) for language, speaking in voices.items()}
    return site


def language_of(accepted: str, available: tuple[str, ...]) -> str:
    """The first language of an Accept-Language header that ships, by its weights (RFC 9110, 12.5.4); else English."""
    weighed = []
    for place, part in enumerate(accepted[:1000].split(",")):
        name, _, rest = part.strip().partition(";")
        weight = rest.strip().removeprefix("q=") or "1"
        code = name.split("-")[0].lower()
        if code in available and weight.replace(".", "", 1).isdecimal():
            weighed.append((-float(weight), place, code))
    return min(weighed)[2] if weighed else "en"


# --- templates -------------------------------------------------------------------------------------------------------


def _look(speaking: Voice, site: Site) -> Environment:
    look = environment()
    look.auto_reload = False
    look.loader = ChoiceLoader([FileSystemLoader(TEMPLATES), *([look.loader] if look.loader is not None else [])])
    places = Places(site.country, site.path(speaking.language))
    look.filters["line"] = lambda line: Markup("".join(run_html(run, places.of(run)) for run in line))
    look.filters["run"] = lambda run: run_html(run, places.of(run))
    look.globals |= {
        "_": _translator(speaking),
        "_n": _counter(speaking),
        "voice": speaking,
        "site": site,
        "sections": SECTIONS,
        "languages": {code: site.voices[code].formats.get_language_name(code) for code in site.voices},
        "to": lambda *parts: site.path(speaking.language, *parts),
        "in_language": site.path,
        "version": __version__,
    }
    return look


def _translator(speaking: Voice) -> Callable[..., Markup]:
    """`_("Leave by {day}", day=…)`: a sentence in the language, its slots filled and escaped. The sentences of the
    templates are remembered, without what fills them.
    """

    @lru_cache(maxsize=MOST_SENTENCES)
    def translated(sentence: str) -> Markup:
        return Markup(escape(speaking.translations.gettext(sentence)))

    @lru_cache(maxsize=MOST_SENTENCES)
    def without_slots(sentence: str) -> Markup:
        return translated(sentence).format()

    def translate(sentence: str, **values: object) -> Markup:
        return translated(sentence).format(**values) if values else without_slots(sentence)

    return translate


def _counter(speaking: Voice) -> Callable[..., Markup]:
    """`_n("{n} day", "{n} days", 5)`: a number with its noun, as the language counts."""

    def count(one: str, many: str, number: int, **values: object) -> Markup:
        form = speaking.translations.ngettext(one, many, number)
        return Markup(escape(form)).format(n=speaking.number(number), **values)

    return count


def _path_within(request: Request) -> str:
    """The path after the language, which a page has in every language."""
    parts = request.url.path.removeprefix(request.scope.get("root_path", "")).strip("/").split("/")
    return "/".join(parts[1:])


# --- what is served as it is -----------------------------------------------------------------------------------------


def _static() -> dict[str, tuple[str, bytes]]:
    """The style sheet, in one, and our scripts; each with a mark of its content."""
    sheets = [path.read_text(encoding="utf-8") for path in sorted(STATIC.glob("*.css"))]
    files = {"koshiqon.css": (stylesheet_tokens() + "\n".join(sheets)).encode()}
    files |= {path.name: path.read_bytes() for path in sorted(STATIC.glob("*.js"))}
    return {name: (hashlib.sha256(content).hexdigest()[:12], content) for name, content in files.items()}
