"""The HTML: nothing from outside, and no number without its finding."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from koshiqon.render.blocks import ReviewPage
from koshiqon.render.html import render_html

LANGUAGES = ("en", "kk", "ru")
STRUCTURE = {"no", "label"}
"""Classes of numbers that count the document itself: chapters, figures, tables."""
NO_ICON = {"rel": "icon", "href": "data:,"}
"""The attributes of a link to an empty icon, which keeps a browser from asking a server for one."""


class Traced(HTMLParser):
    """Text with digits, and what it is traced to: a finding, a row, or a structural number."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, dict[str, str]]] = []
        self.untraced: list[str] = []
        self.findings: dict[str, str] = {}
        self.outside: list[str] = []

    def handle_starttag(self, tag, attrs):
        given = {name: value or "" for name, value in attrs}
        if given == NO_ICON:
            return
        if tag in ("script", "link", "iframe", "object", "embed", "base") or "src" in given:
            self.outside.append(f"<{tag} {given}>")
        if tag not in ("meta", "br", "img", "hr"):
            self.open.append((tag, given))

    def handle_endtag(self, tag):
        while self.open:
            if self.open.pop()[0] == tag:
                break

    def handle_data(self, text):
        if not re.search(r"\d", text) or any(tag in ("style", "title", "svg") for tag, _ in self.open):
            return
        for tag, given in reversed(self.open):
            if "data-finding" in given:
                self.findings[given["data-finding"]] = text
                return
            if (
                "data-of" in given
                or tag in ("thead", "h2", "h3", "nav")
                or set(given.get("class", "").split()) & STRUCTURE
            ):
                return
        self.untraced.append(text.strip())


def traced(page: ReviewPage) -> Traced:
    parser = Traced()
    parser.feed(render_html(page))
    return parser


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_printed_is_a_finding_or_names_its_row(page_in, language):
    page = page_in(language)
    parser = traced(page)
    own_words = {text for text in parser.untraced if not text_of_interface(text, page)}
    assert own_words == set()
    assert len(parser.findings) > 800
    assert set(parser.findings) <= {finding.name for finding in page.findings}


def text_of_interface(text: str, page: ReviewPage) -> bool:
    """Is it a sentence of the interface whose digits are no figure, such as «since 2020» or «1951 Convention»?"""
    return set(re.findall(r"\d+", text)) <= {"2020"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_figure_shown_is_the_value_of_its_finding(page_in, language):
    page = page_in(language)
    values = {finding.name: finding.value for finding in page.findings}
    for name, shown in traced(page).findings.items():
        value = values[name]
        if isinstance(value, int | float):
            said = {page.voice.number(abs(value), decimals) for decimals in range(3)}
            assert re.sub(r"^[+−]", "", shown).split("\u00a0%")[0] in said or any(
                shown.removeprefix("−").startswith(f"{number} ") for number in said
            ), (name, shown)
            assert ("−" in shown) == (value < 0), (name, shown)


def test_nothing_is_fetched_from_anywhere_and_nothing_runs(page_in):
    assert traced(page_in("en")).outside == []
    assert "url(http" not in render_html(page_in("en"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_link_inside_leads_to_a_place_that_exists(page_in, language):
    html = render_html(page_in(language))
    places = set(re.findall(r'\bid="([^"]+)"', html))
    assert set(re.findall(r'href="#([^"]+)"', html)) - places == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_date_that_ends_with_a_full_stop_ends_its_sentence_too(page_in, language):
    """Russian writes «22 ноября 2026 г.»: a sentence that ends with it has one full stop, not two."""
    words = re.sub(r"<[^>]+>", "", re.sub(r"<style.*?</style>", "", render_html(page_in(language)), flags=re.DOTALL))
    assert re.findall(r".{20}\w\.\.(?!\.)", words) == []


def test_an_edition_says_of_which_data_program_and_day_it_is(page_in):
    page = page_in("en")
    said = [value for _, value in page.colophon]
    assert any(page.voice.country.version in value for value in said)
    assert page.voice.country.content_hash[:16] in said
    assert "22 November 2026" in said
