"""The review in a real browser: accessible by axe's rules in three languages, readable on a phone, without script."""

from __future__ import annotations

from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe

from koshiqon.render.html import render_html
from koshiqon.render.page import compose
from koshiqon.render.words import voice
from koshiqon.review.document import Asked
from koshiqon.review.edition import earliest_day, review

pytestmark = pytest.mark.browser
DAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def written(kaz, tmp_path_factory):
    """The review as a file, in a language."""
    document = review(kaz.country, Asked(earliest_day(kaz.country), DAY, DAY))

    def write(language: str) -> str:
        path = tmp_path_factory.mktemp(language) / "review.html"
        path.write_text(render_html(compose(document, voice(language, kaz.country), "0.0.0")), encoding="utf-8")
        return path.as_uri()

    return write


@pytest.mark.parametrize("language", ["en", "kk", "ru"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(browser, written, language, scheme):
    page = browser.new_page(color_scheme=scheme, viewport={"width": 1280, "height": 900})
    page.goto(written(language))
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    page.close()
    grave = [
        (entry["id"], entry["nodes"][0]["html"][:200]) for entry in found if entry["impact"] in ("serious", "critical")
    ]
    assert grave == []


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_the_page_is_never_wider_than_the_screen(browser, written, width):
    page = browser.new_page(viewport={"width": width, "height": 800}, java_script_enabled=True)
    page.goto(written("kk"))
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_the_page_asks_nothing_of_the_network(browser, written):
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(written("en"))
    page.close()
    assert [address for address in asked if not address.startswith("file:")] == []


def test_a_reader_with_a_keyboard_reaches_the_content_first(browser, written):
    page = browser.new_page()
    page.goto(written("en"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#content"
    page.close()
