"""The interview in a real browser: by keyboard alone, without scripts, in three languages, on a narrow screen."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser

LANGUAGES = ("en", "kk", "ru")
AFGHAN_BY_KEYS = (
    ("Afghan", "select"),
    ("Space", "radio"),  # nothing was decided yet
    ("ArrowDown", "radio"),  # not with a refugee
    ("ArrowDown", "radio"),  # not registered
    ("Space", "radio"),  # fear
    ("ArrowDown ArrowDown", "radio"),  # in the country
    ("ArrowDown", "radio"),  # not after arrival
    ("ArrowDown ArrowDown", "radio"),  # religion
    ("Space", "radio"),  # an official crossing point
    ("11212026", "date"),
)


@pytest.mark.parametrize("script", [True, False])
def test_the_whole_interview_goes_by_keyboard_alone(opened, script):
    page = opened("/en/status", script=script)
    _tab_to(page, "Begin")
    page.keyboard.press("Enter")
    for number, (keys, kind) in enumerate(AFGHAN_BY_KEYS, 1):
        page.wait_for_selector(f"text=Question {number} ·")
        assert _focused(page)[0] == kind, "the question's own field has the focus"
        if kind == "radio":
            for key in keys.split():
                page.keyboard.press(key)
            page.keyboard.press("Enter")
            continue
        page.keyboard.type(keys)
        _tab_to(page, "Answer")
        page.keyboard.press("Enter")
    page.wait_for_selector("h1.answer-sentence")
    assert page.inner_text("h1").startswith("May apply for asylum.")
    assert "Until 26 November 2026: apply for asylum" in page.inner_text("#part-may_ask").replace("Apply", "apply")


def test_back_and_a_changed_answer_are_reached_by_keyboard(opened):
    page = opened("/en/status", script=False)
    page.click("text=Begin")
    page.locator("select").first.select_option("AFG")
    page.click("button[value=answer]")
    page.wait_for_selector("text=Question 2 ·")
    _tab_to(page, "Back")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Question 1 ·")
    assert page.locator("select").first.input_value() == "AFG"
    page.keyboard.type("Uzbek")
    _tab_to(page, "Answer")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Question 2 ·")
    assert "Uzbekistan" in page.inner_text(".told")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_and_its_answer_bar_nobody_and_fit_a_narrow_screen(opened, grave_faults, language):
    page = opened(f"/{language}/status", width=360, dark=language == "ru")
    assert grave_faults(page) == []
    page.click("button.first")
    assert grave_faults(page) == [], "a choice among states"
    page.locator("select").first.select_option("AFG")
    page.click("button[value=answer]")
    page.click("button[value=answer]")
    assert page.locator("#letters").is_visible(), "nothing was chosen"
    assert grave_faults(page) == [], "a question with a letter"
    assert _fits(page)
    page.click("button[value=stop]")
    assert page.locator("h1.answer-sentence").is_visible()
    page.evaluate("document.querySelectorAll('details').forEach(folded => { folded.open = true })")
    assert grave_faults(page) == [], "an answer, unfolded"
    assert _fits(page)


def test_a_printed_answer_holds_no_buttons(opened):
    page = opened("/en/status")
    page.click("button.first")
    page.click("button[value=stop]")
    page.emulate_media(media="print")
    assert page.locator("h1").is_visible()
    assert page.locator("button:visible").count() == 0


def test_the_case_file_is_saved_by_a_button_without_scripts(opened):
    page = opened("/en/status", script=False)
    page.click("button.first")
    page.locator("select").first.select_option("UZB")
    page.click("button[value=answer]")
    page.click("button[value=stop]")
    with page.expect_download() as download:
        page.click("text=Save as a case file")
    assert download.value.suggested_filename == "koshiqon-2026-11-22.yaml"
    assert "person.citizenships: [" in download.value.path().read_text(encoding="utf-8")


def _focused(page) -> tuple[str, str]:
    """The kind of the element that has the focus, and its words. Works without scripts of the page."""
    focused = page.locator(":focus")
    kind = focused.get_attribute("type") or focused.evaluate("node => node.localName")
    return kind, focused.inner_text() if kind not in ("radio", "date") else ""


def _tab_to(page, words: str) -> None:
    for _ in range(40):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        if focused.count() and focused.inner_text().strip() == words:
            return
    raise AssertionError(f"«{words}» is not reached by Tab")


def _fits(page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
