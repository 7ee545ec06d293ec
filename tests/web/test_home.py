"""The home page: the questions people come with, in three languages, in light and dark, by keyboard."""

from __future__ import annotations

import re

import pytest

LANGUAGES = ("en", "kk", "ru")


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_asks_four_questions_and_every_link_leads_to_a_part(client, site, language):
    page = client.get(f"/{language}/")
    assert page.status_code == 200
    said = site.voices[language].translations.gettext
    doors = re.findall(r'<a href="([^"]+)"><strong>([^<]+)</strong>', page.text)
    assert doors == [
        (f"/{language}/stay", said("How long may I stay?")),
        (f"/{language}/status", said("Who am I in law?")),
        (f"/{language}/law", said("What did the law say that day, and what changed?")),
        (f"/{language}/figures", said("How many come and go?")),
    ]
    within = re.findall(r'<li>.*?<a href="([^"]+)"', page.text.split('class="also"')[1].split("</ul>")[0], re.DOTALL)
    assert within == [f"/{language}/offices", f"/{language}/register"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_it_promises_is_said_on_the_page(client, site, language):
    promise = (
        "Nothing that you type is kept: an answer is made and forgotten. This server sets no cookie and asks no other "
        "server for anything."
    )
    assert site.voices[language].translations.gettext(promise) in client.get(f"/{language}/").text


@pytest.mark.browser
@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_bars_nobody_and_fits_a_narrow_screen(opened, grave_faults, language, dark):
    page = opened(f"/{language}/", width=360, dark=dark)
    assert page.locator("html").get_attribute("lang") == language
    assert grave_faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.browser
def test_the_first_tab_leads_past_the_menu(opened):
    page = opened("/en/", script=False)
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "To the content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.locator(":focus").get_attribute("href") == "/en/stay"


@pytest.mark.browser
def test_the_language_changes_and_the_page_stays(opened):
    page = opened("/en/offices", script=False)
    page.click("nav.languages >> text=русский")
    assert page.url.endswith("/ru/offices")
    assert page.locator("nav.languages [aria-current]").inner_text() == "русский"
    assert page.locator("nav.parts [aria-current=page]").get_attribute("href") == "/ru/offices"
