"""Law on a day: what its pages say of facts that stand in the country's files, and what they do with bad questions."""

from __future__ import annotations

import re
from html import unescape

import pytest

LANGUAGES = ("en", "kk", "ru")
PAGES = ("", "/changes", "/timeline", "/acts", "/acts/kaz-477-iv", "/conflicts", "/practice", "/questions")


@pytest.fixture(scope="module")
def said(client):
    """The words of a page without its marks, in one line."""

    def read(path: str, status: int = 200) -> str:
        answer = client.get(path)
        assert answer.status_code == status
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())

    return read


def anchors(html: str) -> set[str]:
    return set(re.findall(r' id="([^"]+)"', html))


# --- the law of one day ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_there_in_every_language_and_names_itself(client, language, page):
    answer = client.get(f"/{language}/law{page}")
    assert answer.status_code == 200
    assert f'<html lang="{language}">' in answer.text
    assert re.search(r"<nav class=\"within\".*aria-current=\"page\"", answer.text)


def test_nothing_that_a_reader_sees_is_left_in_english_where_the_page_is_kazakh(said, site):
    words = said("/kk/law?on=2023-01-27")
    for english in ("Stay without a visa", "Provision", "Today", "rules are in force", "Confidence"):
        assert english not in words


@pytest.mark.parametrize(
    ("language", "days", "begins"),
    [
        ("en", "30 90 days in any 180 days", "at the border since 27 January 2023"),
        ("ru", "30 90 дней в любом периоде из 180 дней", "на границе применяется, начало: 27 января 2023 г."),
        ("kk", "30 180 күн ішінде 90 күн", "шекарада қолданылуы, басы: 2023 ж. 27 қаңтар"),
    ],
)
def test_the_window_for_uzbekistan_was_law_on_26_january_2023_before_the_border_applied_it(
    said, site, language, days, begins
):
    words = said(f"/{language}/law?on=2023-01-26").replace("\u202f", " ").replace("\xa0", " ")
    row = words[words.index(f"{site.voices[language].area('UZB')} 30") :][:160]
    assert begins in row
    assert days.split()[0] in row


def test_the_kyrgyz_exception_stands_in_the_table_from_9_october_2023_until_it_ends(client):
    assert 'id="regime-kgz-eaeu-kg-exception' not in client.get("/en/law?on=2023-10-08").text
    assert 'id="regime-kgz-eaeu-kg-exception' in client.get("/en/law?on=2023-10-09").text
    assert 'id="regime-kgz-eaeu-kg-exception' not in client.get("/en/law?on=2025-09-01").text


def test_the_rules_of_a_kind_are_those_of_the_day_each_with_its_provision_one_click_away(client):
    before, after = (client.get(f"/en/law?on={day}&kind=title").text for day in ("2023-01-26", "2023-01-27"))
    assert "rule:eaeu-until-2023" in before and "rule:eaeu-until-2023" not in after
    assert "rule:eaeu-from-2023" in after
    place = re.search(r'href="/en/law/acts/([^"#]+)#(rule-eaeu-from-2023)"', after)
    assert place and place[2] in anchors(client.get(f"/en/law/acts/{place[1]}").text)


def test_the_number_beside_a_kind_is_the_number_of_rules_shown(client):
    page = client.get("/en/law?on=2020-05-01&kind=bar").text
    told = re.search(r'kind=bar" aria-current="true">[^<]*<b>(\d+)</b>', page)
    assert told and int(told[1]) == len(re.findall(r">rule:[a-z0-9-]+</a>", page)) > 0


def test_a_row_of_which_nobody_knows_whether_it_held_is_marked(said):
    assert re.search(r"Macao[^0-9]*\?", said("/en/law?on=2026-11-22"))


def test_what_the_rules_do_not_hold_is_said(said):
    words = said("/en/law")
    assert re.search(r"The text of \d+ acts was not read", words)
    assert re.search(r"\d+ provisions in force that day bear no rule", words)


# --- what changed ----------------------------------------------------------------------------------------------------


def test_what_changed_for_uzbekistan_on_27_january_2023_stands_with_before_and_after(said):
    words = said("/en/law/changes?citizenship=UZB&since=2023-01-26&until=2023-01-27")
    assert "the border begins to apply the limit 30 days a visit, 90 days in any 180 days" in words
    before, after = re.split(r" 27 January 2023 bilateral agreement", words, maxsplit=1)
    assert "The border did not apply this limit yet." in before
    assert "The border did not apply this limit yet." not in after
    assert "rule:bilateral-from-2023" in words


def test_a_long_list_of_changes_comes_in_pages_that_together_hold_every_change_once(client):
    path = "/en/law/changes?citizenship=UZB&since=2000-01-01&until=2026-11-22"
    first = client.get(path).text
    count = int(re.search(r"(\d+) changes are known", first)[1])
    pages = int(re.search(r"Page 1 of (\d+)", first)[1])
    shown = [len(re.findall(r'<ul class="under">', client.get(f"{path}&page={n}").text)) for n in range(1, pages + 1)]
    assert sum(shown) == count
    assert client.get(f"{path}&page=999").text.count(f"Page {pages} of {pages}") == 2


def test_days_between_which_nothing_changed_say_so(said):
    words = said("/en/law/changes?citizenship=NRU&since=2012-03-01&until=2012-03-02")
    assert "No change is known in these days." in words


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_that_cannot_be_read_gets_a_letter_for_each_field_and_keeps_what_can_be_kept(client, language):
    answer = client.get(f"/{language}/law/changes?citizenship=%3Cscript%3E&since=2023-13-40&until=2023-01-27")
    assert answer.status_code == 400
    assert "<script>" not in answer.text
    letters = answer.text.split('id="letters"')[1].split("</div>")[0]
    assert letters.count("<li>") == 2
    assert "2023-13-40" in letters and "&lt;script&gt;" in letters
    assert re.search(r'name="until" value="2023-01-27"', answer.text)
    assert answer.text.count('aria-invalid="true"') == 2


def test_two_days_in_the_wrong_order_and_no_citizenship_are_told_together(said):
    words = said("/en/law/changes?citizenship=&since=2024-01-02&until=2024-01-01", 400)
    assert "Choose a citizenship" in words
    assert "2 January 2024 is not before 1 January 2024" in words


# --- timeline --------------------------------------------------------------------------------------------------------


def test_the_timeline_numbers_its_marks_as_its_list_and_names_every_direction_in_words(client):
    page = client.get("/en/law/timeline?theme=visa_free_stay&since=2023&until=2023").text
    picture, listed = page.split("</figure>")
    marks = sorted(int(number) for number in re.findall(r'font-size="12" fill="#1d2733">(\d+)</text>', picture))
    numbers = [int(number) for number in re.findall(r'<li id="event-[^"]+" value="(\d+)">', listed)]
    assert marks == numbers == list(range(1, len(numbers) + 1))
    ways = re.findall(r'<ul class="under"><li>(more|less|no|direction)', listed)
    assert len(ways) == len(numbers) > 3


def test_a_change_belongs_to_each_of_its_themes_and_to_no_other(client):
    name = 'id="event-2023-01-27-visa-runs-end"'
    assert name in client.get("/en/law/timeline?theme=visa_free_stay&since=2023&until=2023").text
    assert name not in client.get("/en/law/timeline?theme=refugees_asylum&since=2023&until=2023").text
    assert name not in client.get("/en/law/timeline?since=2024&until=2026").text


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("since=abcd", "«abcd» is no year"),
        ("since=2025&until=2020", "2025 is later than 2020"),
        ("theme=%22%3E%3Cb", "There is no theme"),
        ("until=" + "9" * 500, "is no year"),
    ],
)
def test_years_and_themes_that_are_none_get_a_letter(said, question, words):
    assert words in said(f"/en/law/timeline?{question}", 400)


# --- acts ------------------------------------------------------------------------------------------------------------


def test_every_act_of_the_country_has_a_page_and_the_list_leads_to_it(client, site):
    listed = set(re.findall(r'href="/ru/law/acts/([^"#]+)"', client.get("/ru/law/acts").text))
    assert len(listed) == len(site.country.acts)
    for name in sorted(listed):
        assert client.get(f"/ru/law/acts/{name}").status_code == 200


def test_every_link_to_an_act_in_these_pages_leads_to_a_place_that_is_there(client):
    seen: dict[str, set[str]] = {}
    for path in ("?kind=duty", "?kind=sanction", "", "/changes?citizenship=UZB&since=2019-01-01&until=2026-01-01",
                 "/timeline", "/conflicts", "/practice", "/questions", "/acts/kaz-477-iv"):  # fmt: skip
        for act, place in re.findall(r'href="/en/law/acts/([^"#]+)#([^"]+)"', client.get(f"/en/law{path}").text):
            if act not in seen:
                seen[act] = anchors(client.get(f"/en/law/acts/{act}").text)
            assert place in seen[act], (path, act, place)
    assert len(seen) > 10


def test_a_link_within_these_pages_leads_to_a_place_that_is_there(client):
    pages = {page: client.get(f"/en/law{page}").text for page in ("/conflicts", "/practice", "/questions")}
    for text in pages.values():
        for page, place in re.findall(r'href="/en/law(/conflicts|/practice)#([^"]+)"', text):
            assert place in anchors(pages[page]), place
        for question, place in re.findall(r'href="/en/law/timeline(\?[^"#]+)#([^"]+)"', text):
            assert place in anchors(client.get(f"/en/law/timeline{unescape(question)}").text), place


def test_an_article_shows_its_versions_and_the_rules_that_rest_on_it(client):
    page = client.get("/en/law/acts/kaz-477-iv").text
    article = page.split('id="kaz-477-iv-art-6-para-4"')[1].split("</section>")[0]
    assert 'id="kaz-477-iv-art-6-para-4-2020-01-11"' in article
    assert 'id="rule-leave-or-extend-in-time"' in article
    assert "stay.titles_end" in article
    assert 'id="parameter-days-in-window-visa-free"' in article
    assert re.search(r'<a href="https://[^"]+" rel="noopener">', page)


@pytest.mark.parametrize(
    "path", ["zzz", "..%2f..%2fetc%2fpasswd", "%00", "%2e%2e", "kaz/477-IV", "KAZ-477-IV", "x" * 5000, "{{7*7}}"]
)
def test_an_act_that_is_not_there_is_a_page_that_says_so(client, path):
    assert client.get(f"/en/law/acts/{path}").status_code == 404


# --- conflicts, practice, questions ----------------------------------------------------------------------------------


def test_every_conflict_practice_and_question_of_the_country_is_shown_once(client, site):
    for page, kind, rows in (
        ("conflicts", "conflict", site.country.conflicts),
        ("practice", "practice", site.country.practice),
        ("questions", "question", site.country.questions),
    ):
        found = re.findall(rf' id="{kind}-[^"]+"', client.get(f"/kk/law/{page}").text)
        assert len(found) == len(set(found)) == len(rows)


def test_what_the_law_says_stands_beside_what_is_done(client):
    page = client.get("/en/law/practice").text
    (one,) = re.findall(r'id="practice-stays-before-27-january-2023-not-counted".*?</article>', page, re.DOTALL)
    law, done = one.split("What is done")
    assert "The law says" in law and "Art. 6 para. 4" in law
    assert "27 January 2023" in done


# --- bad questions about a day ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "question",
    ["on=2023-13-40", "on=tomorrow", "on=0001-01-01", "on=%00", "on=2023-W04-5", "kind=nonsense", "on=" + "1" * 3000],
)
def test_a_day_or_kind_that_is_none_gets_a_letter(client, language, question):
    answer = client.get(f"/{language}/law?{question}")
    assert answer.status_code == 400
    assert 'id="letters"' in answer.text
    assert len(answer.text) < 20_000


def test_the_last_day_of_the_calendar_can_be_asked(client):
    assert client.get("/en/law?on=9999-12-31").status_code == 200
    assert client.get("/en/law/changes?citizenship=UZB&since=0001-01-01&until=9999-12-31").status_code == 200


def test_another_language_is_asked_the_same_question(client):
    page = client.get("/en/law?on=2023-01-26&kind=duty").text
    assert 'href="/kk/law?on=2023-01-26&amp;kind=duty"' in page


def test_a_page_asked_again_says_the_same_and_other_questions_do_not_pile_up(client):
    path = "/en/law?on=2023-01-26&kind=duty"
    first = client.get(path).text
    for year in range(1995, 2026):
        for day in ("01", "11", "21", "28"):
            client.get(f"/en/law?on={year}-03-{day}&kind=bar")
    assert client.get(path).text == first


def test_pages_stay_light(client):
    for language in LANGUAGES:
        for page in PAGES:
            size = len(client.get(f"/{language}/law{page}").content)
            most = 340_000 if page == "/acts/kaz-477-iv" else 175_000 if page == "/conflicts" else 150_000
            assert size < most, (language, page, size)
