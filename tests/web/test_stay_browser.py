"""My stay in a real browser: by keyboard alone, with and without JavaScript, on a narrow screen, and what it sends."""

from __future__ import annotations

import json
import re
import threading
import time
from base64 import urlsafe_b64decode
from collections.abc import Iterator

import pytest
import uvicorn
from playwright.sync_api import Page, expect

from koshiqon.web.application import application

pytestmark = pytest.mark.browser
LANGUAGES = ("en", "kk", "ru")


def fill(page: Page, *trips: tuple[str, str], citizenship: str = "UZB") -> None:
    page.select_option("#citizenship", citizenship)
    for number, (entry, left) in enumerate(trips, 1):
        page.fill(f"#entry-{number}", entry)
        page.fill(f"#exit-{number}", left)


def ask(page: Page) -> None:
    page.click("#case .first[value=answer]")
    page.wait_for_load_state()


def sentence(page: Page) -> str:
    return re.sub(r"\s", " ", page.inner_text(".answer-sentence"))


def as_wide_as_the_screen(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


@pytest.fixture
def watched(site) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """A real server that writes down what stands in the first line of each request: path and query."""
    seen: list[tuple[str, str]] = []
    app = application(site)

    async def watching(scope, receive, send):
        if scope["type"] == "http":
            seen.append((scope["method"], f"{scope['raw_path'].decode()}?{scope['query_string'].decode()}"))
        await app(scope, receive, send)

    running = uvicorn.Server(uvicorn.Config(watching, port=0, log_level="error"))
    thread = threading.Thread(target=running.run, daemon=True)
    thread.start()
    while not running.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{running.servers[0].sockets[0].getsockname()[1]}", seen
    running.should_exit = True
    thread.join(10)


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_case_is_answered_in_each_language_with_and_without_a_script(opened, grave_faults, language, script):
    page = opened(f"/{language}/stay", width=360, script=script)
    fill(page, ("2026-08-01", "2026-08-20"), ("2026-11-01", ""))
    assert as_wide_as_the_screen(page)
    ask(page)
    day = {"en": "30 November 2026", "kk": "2026 ж. 30 қараша", "ru": "30 ноября 2026"}[language]
    assert day in sentence(page)
    assert as_wide_as_the_screen(page)
    assert page.is_visible(".strip .narrow svg") and not page.is_visible(".strip .wide svg")
    assert page.is_visible("[data-copy]") == script
    if script:
        assert grave_faults(page) == []


def test_the_form_with_letters_has_no_grave_faults_in_the_dark(opened, grave_faults):
    page = opened("/kk/stay", dark=True)
    fill(page, ("2026-08-20", "2026-08-01"))
    page.click("[data-clicking] summary")
    assert grave_faults(page) == []
    ask(page)
    assert page.evaluate("document.activeElement.id") == "outcome"
    assert grave_faults(page) == []
    page.click("#outcome a")
    assert page.evaluate("document.activeElement.id") == "entry-1"


def test_the_form_can_be_filled_in_by_keyboard_alone(opened):
    page = opened("/en/stay")
    page.locator("#citizenship").evaluate("field => field.ownerDocument.querySelector('main').scrollIntoView()")
    tab_to(page, "citizenship")
    page.keyboard.type("Uzbekistan")
    tab_to(page, "entry-1")
    page.keyboard.type("10052026")
    page.keyboard.press("Enter")
    page.wait_for_selector(".answer-sentence")
    assert sentence(page).startswith("Your last lawful day was 3 November 2026")
    assert page.evaluate("document.activeElement.id") == "outcome"


def tab_to(page: Page, place: str, most: int = 40) -> None:
    """Press Tab until the field has the focus."""
    for _ in range(most):
        if page.evaluate("document.activeElement.id") == place:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{place} is not reached by {most} steps of the Tab key")


def test_days_are_chosen_on_a_calendar_by_mouse_and_by_arrows(opened):
    page = opened("/en/stay")
    page.click("[data-clicking] summary")
    page.click("[data-day='2026-08-01']")
    page.click("[data-day='2026-08-20']")
    assert (page.input_value("#entry-1"), page.input_value("#exit-1")) == ("2026-08-01", "2026-08-20")
    page.focus("[data-day='2026-11-22']")
    for key in ("ArrowUp", "ArrowUp", "ArrowLeft", "Enter"):
        page.keyboard.press(key)
    assert page.input_value("#entry-2") == "2026-11-07"
    marked = page.locator(".months .inside")
    expect(marked).to_have_count(20 + 16)
    expect(page.locator("[data-day='2026-11-10']")).to_have_attribute("aria-label", "10 November 2026, in the country")
    assert "Entry on 7 November 2026" in page.inner_text("[data-says]")


def test_the_calendar_speaks_kazakh_where_the_browser_does_not(opened):
    page = opened("/kk/stay")
    page.click("[data-clicking] summary")
    assert re.sub(r"\s", " ", page.locator(".months caption").last.inner_text()) == "2027 ж. ақпан"
    label = page.get_attribute("[data-day='2026-11-05']", "aria-label")
    assert re.sub(r"\s", " ", label) == "2026 ж. 5 қараша"


def test_rows_are_added_and_removed_in_place(opened):
    page = opened("/en/stay")
    fill(page, ("2026-08-01", "2026-08-20"), ("2026-11-01", ""))
    page.click("[data-add=trip]")
    assert page.evaluate("document.activeElement.id") == "entry-3"
    page.click("[aria-label='Remove: Trip 1']")
    assert page.locator("[name=entry]").count() == 2
    assert page.input_value("#entry-1") == "2026-11-01"


def test_a_link_carries_the_case_and_no_request_line_ever_holds_it(browser, watched):
    address, seen = watched
    page = browser.new_page()
    page.goto(f"{address}/ru/stay")
    fill(page, ("2026-08-01", "2026-08-20"), ("2026-11-01", ""))
    page.select_option("[name='fact.visit.purpose']", "tourism")
    ask(page)
    told = sentence(page)
    page.click("[data-copy]")
    link = page.input_value("[data-link-says] input")
    case = link.partition("#case=")[2]
    pairs = json.loads(urlsafe_b64decode(case + "=" * (-len(case) % 4)))
    assert ["citizenship", "UZB"] in pairs and ["fact.visit.purpose", "tourism"] in pairs

    other = browser.new_page()
    other.goto(link)
    other.wait_for_selector(".answer-sentence")
    assert sentence(other) == told
    assert "case=" not in other.url
    assert other.input_value("#entry-2") == "2026-11-01"
    assert any(method == "POST" for method, _ in seen)
    static = re.compile(r"/static/[a-z.]+\?v=[0-9a-f]{12}")
    assert {line for _, line in seen if not static.fullmatch(line)} == {"/ru/stay?"}
    page.close()
    other.close()


def test_a_link_that_was_cut_off_is_told(opened):
    page = opened("/en/stay#case=eyJicm9rZW4")
    assert page.inner_text("[data-broken]").startswith("This link holds no case that can be read")
    assert page.evaluate("document.activeElement.hasAttribute('data-broken')")


def test_on_paper_the_answer_stands_without_its_form(opened):
    page = opened("/en/stay")
    fill(page, ("2026-10-05", ""))
    ask(page)
    page.emulate_media(media="print")
    assert page.is_visible(".answer-sentence") and page.is_visible("#part-sources li")
    assert not page.is_visible("#trips") and not page.is_visible("[data-copy]")
    assert page.is_visible("[id='fact.visit.purpose']"), "what was assumed belongs to the answer"
