"""Law on a day in a browser: readable by all, on a telephone, without scripts."""

from __future__ import annotations

from urllib.parse import urljoin

import pytest

pytestmark = pytest.mark.browser

LANGUAGES = ("en", "kk", "ru")
PAGES = (
    "law?on=2023-01-26",
    "law?kind=duty",
    "law/changes?citizenship=KGZ&since=2023-01-26&until=2024-01-01",
    "law/timeline",
    "law/acts",
    "law/acts/kaz-gov-148-2012",
    "law/conflicts",
    "law/practice",
    "law/questions",
    "law/changes?citizenship=x",
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_stands_in_the_way_of_those_who_read_with_other_means(opened, grave_faults, language):
    page = opened(f"/{language}/law")
    assert grave_faults(page) == []
    for path in PAGES:
        page.goto(urljoin(page.url, f"/{language}/{path}"))
        assert grave_faults(page) == [], path


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_fits_a_telephone_and_needs_no_script_in_the_dark_too(opened, language):
    page = opened(f"/{language}/law", width=360, script=False, dark=True)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    for path in PAGES:
        answer = page.goto(urljoin(page.url, f"/{language}/{path}"))
        told = page.locator("body").evaluate("body => [document.documentElement.scrollWidth, body.clientWidth]")
        assert told[0] <= 360, (path, told)
        assert answer is not None and page.locator("h1").count() == 1
    assert [text for text in complaints if "400" not in text] == []


def test_a_reader_goes_from_a_day_to_a_rule_and_on_to_its_provision_without_a_script(opened):
    page = opened("/ru/law", script=False)
    page.fill("#on", "2023-01-27")
    page.click("form button.first")
    assert "on=2023-01-27" in page.url
    page.click("nav .kinds a[href*='kind=sanction']")
    page.click("a[href*='/law/acts/kaz-235-v#kaz-235-v-art-517-para-3']")
    assert "#kaz-235-v-art-517-para-3" in page.url
    assert page.locator(".article:target").count() == 1


def test_what_changed_is_asked_with_the_form_alone(opened):
    page = opened("/kk/law/changes", script=False, width=360)
    page.select_option("#citizenship", "KGZ")
    page.fill("#since", "2023-10-08")
    page.fill("#until", "2023-10-09")
    page.click("form button.first")
    assert page.locator("#changes .items > li").count() >= 1
    assert page.locator("select#citizenship").input_value() == "KGZ"
