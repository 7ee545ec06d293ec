"""Where to go: every office with what it does, the ways to it, its day, its sources."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html import unescape

import pytest

from koshiqon.country import Office
from koshiqon.evidence import Basis, Confidence
from koshiqon.language import Text
from koshiqon.period import parse_date
from koshiqon.render.words import voice
from koshiqon.rules.rule import May
from koshiqon.web.pages.offices import office_cards

LANGUAGES = ("en", "kk", "ru")


def words(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_office_stands_there_once_with_its_day_and_a_source_to_open(client, site, language):
    page = client.get(f"/{language}/offices").text
    speaking = site.voices[language]
    for name, office in site.country.offices.items():
        (card,) = re.findall(rf'<article class="office" id="office-{name}">(.*?)</article>', page, re.DOTALL)
        assert speaking.text(office.title).words in unescape(card)
        assert speaking.text(office.does).words in unescape(card)
        assert speaking.day(office.as_of) in unescape(card)
        sources = [site.country.sources[source].url for source in office.basis.sources]
        assert all(f'href="{url}"' in unescape(card) for url in sources if url)


def test_an_office_says_what_the_law_sends_people_there_for_with_the_provision(client):
    page = client.get("/en/offices").text
    (card,) = re.findall(r'id="office-local-employment-body">(.*?)</article>', page, re.DOTALL)
    assert "apply for asylum · Refugee Law, Art. 10 para. 1" in words(card)
    assert "decide on asylum" not in words(card), "what the office itself must do"
    assert 'href="/en/law/acts/kaz-216-iv#kaz-216-iv-art-10-para-1"' in card


def test_what_is_asked_for_stands_before_what_is_reported(client):
    page = client.get("/en/offices").text
    assert page.index('id="group-ask"') < page.index('id="office-local-employment-body"')
    assert (
        page.index('id="group-tell"') < page.index('id="office-visa-migration-portal"') < page.index('id="group-know"')
    )
    assert page.index('id="group-know"') < page.index('id="office-unhcr"')


def test_each_way_to_an_office_is_a_link_of_its_kind(site):
    ways = (
        ("phone", "+7 (7172) 11-22"),
        ("email", "help@example.org"),
        ("web", "example.org/kk/?a=1"),
        ("address", "1 Quay"),
    )
    title = Text({"en": "A line"})
    basis = Basis(("adilet-477",), Confidence.MEDIUM)
    office = Office("a_line", title, title, ways, parse_date("2026"), basis)
    speaking = voice("en", replace(site.country, offices={"a_line": office}))
    (card,) = office_cards(speaking, ["a_line", "none"])
    assert card.anchor == "office-a-line"
    assert [(way.words, way.link) for way in card.ways] == [
        ("+7 (7172) 11-22", "tel:+771721122"),
        ("help@example.org", "mailto:help@example.org"),
        ("example.org/kk", "https://example.org/kk/?a=1"),
        ("1 Quay", None),
    ]
    assert card.confidence == "medium"


def test_every_office_that_the_law_of_today_names_leads_somewhere(client, site):
    page = client.get("/en/offices").text
    today = date(2026, 11, 22)
    named = {
        rule.then.office
        for rule in site.country.rules.values()
        if isinstance(rule.then, May) and rule.then.office and rule.period.contains(today)
    }
    assert len(named) > 3
    assert all(f'id="office-{name}"' in page for name in named)


@pytest.mark.browser
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_bars_nobody_and_fits_a_narrow_screen(opened, grave_faults, language):
    page = opened(f"/{language}/offices", width=360, dark=language == "kk")
    page.evaluate("document.querySelectorAll('details').forEach(folded => { folded.open = true })")
    assert grave_faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
