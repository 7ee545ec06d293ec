"""Which edition of the review somebody asks for, read from an address, and written into one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from koshiqon.country import Country
from koshiqon.render.phrases import N_
from koshiqon.render.words import Voice
from koshiqon.review.edition import chapter_names, earliest_day

EARLIEST, LATEST = date(1900, 1, 1), date(2100, 12, 31)
LETTERS = {
    "no_day": N_("«{value}» is no day. Write year, month and day with hyphens, such as 2026-11-22."),
    "far_day": N_("{value} lies too far away: days from 1900 to 2100 can be asked for."),
    "turned": N_("The look back would begin after the day judged. Turn the two days round."),
    "no_theme": N_("«{value}» is no theme of this country. Choose one from the list."),
    "no_chapter": N_("«{value}» is no chapter of this review. Choose from the list."),
    "busy": N_(
        "Other editions are being written just now, one after the other. Ask again in a minute: nothing is lost."
    ),
}


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition: language, the first day looked back to, the day judged, the day by which sources were read, a theme
    (empty: all), chapters (none: all).
    """

    language: str
    since: date
    on: date
    known: date
    theme: str = ""
    section: tuple[str, ...] = ()

    @property
    def query(self) -> str:
        """The address of this edition after its path."""
        days = [("since", self.since.isoformat()), ("on", self.on.isoformat()), ("known", self.known.isoformat())]
        theme = [("theme", self.theme)] if self.theme else []
        return f"?{urlencode([*days, *theme, *(('section', name) for name in self.section)])}"


@dataclass(frozen=True, slots=True)
class AskedFor:
    """An edition as somebody asked for it; `unmet` holds field, code of a letter and what was said, for each wish that
    cannot be followed; then `edition` stands for what can.
    """

    edition: Edition
    unmet: tuple[tuple[str, str, str], ...]

    def letters(self, voice: Voice) -> list[str]:
        """The letters to show."""
        return [told(voice, code, value=said) for _, code, said in self.unmet]


def told(voice: Voice, code: str, **values: object) -> str:
    """One of the letters of this page."""
    return voice.translations.gettext(LETTERS[code]).format(**values)


def usual(country: Country, language: str, today: date) -> Edition:
    """The edition of whoever says nothing: all there is, as of today."""
    return Edition(language, earliest_day(country), today, today)


def asked_for(query: QueryParams, country: Country, language: str, today: date) -> AskedFor:
    """Read an edition from an address; what is not said is as usual."""
    plain = usual(country, language, today)
    unmet: list[tuple[str, str, str]] = []
    days = (("since", plain.since), ("on", plain.on), ("known", plain.known))
    since, on, known = (_day(query, name, day, unmet) for name, day in days)
    if since > on:
        unmet.append(("since", "turned", ""))
        since = min(plain.since, on)
    theme = query.get("theme", "")
    if theme and theme not in country.themes:
        unmet.append(("theme", "no_theme", theme[:60]))
        theme = ""
    names = chapter_names(country)
    asked = tuple(dict.fromkeys(name for name in query.getlist("section") if name))
    unmet.extend(("section", "no_chapter", name[:60]) for name in asked[:100] if name not in names)
    section = tuple(name for name in names if name in asked)
    return AskedFor(Edition(language, since, on, known, theme, section), tuple(unmet))


def _day(query: QueryParams, name: str, usual_day: date, unmet: list[tuple[str, str, str]]) -> date:
    given = query.get(name, "").strip()
    if not given:
        return usual_day
    try:
        if len(given) != len("2026-11-22"):
            raise ValueError
        day = date.fromisoformat(given)
    except ValueError:
        unmet.append((name, "no_day", given[:40]))
        return usual_day
    if not EARLIEST <= day <= LATEST:
        unmet.append((name, "far_day", given))
        return usual_day
    return day
