"""The review on the web: chosen, read, taken away; written one at a time."""

from __future__ import annotations

import io
import json
import threading
import zipfile
from datetime import date
from urllib.parse import quote

import pytest

from koshiqon.web.pages.review_asked import Edition
from koshiqon.web.pages.review_press import KEPT, SEATS, Busy, Press

LANGUAGES = ("en", "kk", "ru")
SMALL = "section=glossary&on=2026-11-01&known=2026-11-01"


def edition(day=1, language="en"):
    on = date(2026, 11, day)
    return Edition(language, date(2020, 1, 1), on, on)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_asks_for_days_theme_and_chapters_and_writes_nothing_by_itself(client, site, language):
    page = client.get(f"/{language}/review").text
    assert 'name="since"' in page and 'name="known"' in page
    assert page.count('name="section"') > 10
    assert site.voices[language].translations.gettext("Choose an edition") in page
    assert 'id="says"' not in page


def test_an_edition_is_put_together_read_and_taken_away(client):
    page = client.get(f"/en/review?{SMALL}")
    assert page.status_code == 200
    assert 'id="says"' in page.text and "Words" in page.text
    read = client.get(f"/en/review/read?{SMALL}")
    assert "<h1>" in read.text and "sha256-" in read.headers["content-security-policy"]
    assert "unsafe" not in read.headers["content-security-policy"]
    told = client.get(f"/en/review/review.json?{SMALL}")
    assert json.loads(told.text)["language"] == "en"
    assert told.headers["content-disposition"] == 'attachment; filename="review-kaz-2026-11-01-en.json"'
    with zipfile.ZipFile(io.BytesIO(client.get(f"/en/review/review.csv?{SMALL}").content)) as tables:
        assert "glossary.csv" in tables.namelist()
    assert client.get(f"/en/review/review.xlsx?{SMALL}").content.startswith(b"PK")
    assert client.get(f"/en/review/review.csl?{SMALL}").json() is not None


@pytest.mark.parametrize(
    "query", ["on=tomorrow", "on=2026-02-30", "on=0001-01-01", "since=2026-01-01&on=2020-01-01", "theme=nothing",
              "section=nothing", f"on={quote('<script>')}"]
)  # fmt: skip
def test_what_cannot_be_asked_is_answered_by_a_letter_and_nothing_is_written(client, query):
    answer = client.get(f"/en/review?{query}")
    assert answer.status_code == 400
    assert 'id="letters"' in answer.text
    assert 'aria-invalid="true"' in answer.text or "section" in query
    assert "<script>" not in answer.text
    away = client.get(f"/en/review/review.pdf?{query}")
    assert (away.status_code, away.headers["location"].split("?")[0]) == (303, "/en/review")


def test_a_format_that_is_not_written_is_not_there(client):
    assert client.get("/en/review/review.exe").status_code == 404


def test_an_edition_is_written_once_and_kept():
    made = []
    press = Press(lambda asked, formats: made.append((asked, formats)) or {"review.html": b"x", "review.json": b"{}"})
    assert press.files(edition(), "html")["review.html"] == b"x"
    assert press.files(edition(), "json")["review.json"] == b"{}"
    press.files(edition(), "pdf")
    assert [formats[0] for _, formats in made] == ["html", "pdf"]


def test_only_a_few_editions_are_kept():
    press = Press(lambda asked, formats: {"review.html": b"x"})
    for day in range(1, KEPT + 3):
        press.files(edition(day), "html")
    assert len(press.kept) == KEPT
    assert press.at_hand(edition(1), "html") is None
    assert press.at_hand(edition(KEPT + 2), "html") is not None


def test_whoever_asks_for_a_hundred_days_at_once_waits_in_line_and_the_rest_is_sent_away():
    at_once, most, go = [0], [0], threading.Event()

    def slowly(asked, formats):
        at_once[0] += 1
        most[0] = max(most[0], at_once[0])
        go.wait(10)
        at_once[0] -= 1
        return {"review.html": b"x"}

    press, told = Press(slowly), []

    def ask(day):
        try:
            told.append(press.files(Edition("en", date(2000, 1, 1), date(2026, 1, 1), day), "html"))
        except Busy:
            told.append(None)

    days = [date.fromordinal(738000 + number) for number in range(100)]
    threads = [threading.Thread(target=ask, args=(day,)) for day in days]
    for thread in threads:
        thread.start()
    while told.count(None) < len(days) - SEATS:
        threading.Event().wait(0.01)
    go.set()
    for thread in threads:
        thread.join(10)
    assert most == [1]
    assert len([found for found in told if found]) == SEATS


def test_a_failure_of_the_press_leaves_it_ready_for_the_next():
    def broken(asked, formats):
        raise OSError

    press = Press(broken)
    for _ in range(SEATS + 1):
        with pytest.raises(OSError):
            press.files(edition(), "html")


@pytest.mark.browser
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_the_review_fits_a_phone_and_is_told_to_everybody(opened, grave_faults, language):
    page = opened(f"/{language}/review?on=tomorrow", width=360)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert grave_faults(page) == []


@pytest.mark.browser
def test_the_review_is_read_as_it_was_drawn_though_a_page_may_hold_no_style_of_its_own(browser, client):
    answer = client.get(f"/en/review/read?{SMALL}")
    window = browser.new_context(viewport={"width": 360, "height": 800}, java_script_enabled=False)
    page = window.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text))
    policy = {"content-security-policy": answer.headers["content-security-policy"]}
    page.route("**/*", lambda route: route.fulfill(content_type="text/html", body=answer.text, headers=policy))
    page.goto("http://review.invalid/")
    wide = page.evaluate("document.documentElement.scrollWidth")
    colour = page.locator("html").evaluate("node => getComputedStyle(node).backgroundColor")
    window.close()
    assert complaints == []
    assert wide <= 360
    assert colour == "rgb(252, 251, 248)"
