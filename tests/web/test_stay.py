"""My stay as it is asked and told, without a browser."""

from __future__ import annotations

import io
import logging
import os
import re
import sys
from html.parser import HTMLParser

import pytest
from pypdf import PdfReader

from koshiqon.web.site import Site

LANGUAGES = ("en", "kk", "ru")
GUEST = {"citizenship": "UZB", "entry": ["2026-08-01", "2026-11-01"], "exit": ["2026-08-20", ""]}
"""A citizen of Uzbekistan, who may stay 30 days a visit: 1 November is day 1, 30 November day 30."""
LATE = {"citizenship": "UZB", "entry": ["2026-10-05"], "exit": [""]}
SEASON = {
    "citizenship": "TJK",
    "entry": ["2026-02-01", "2026-03-20", "2026-06-01", "2026-08-01", "2026-10-05"],
    "exit": ["2026-03-10", "2026-04-30", "2026-06-20", "2026-08-20", ""],
}
TRIPS = "2026-08-01 – 2026-08-20\n01.11.2026"


class Page(HTMLParser):
    """The parts of a page that these tests ask for: fields with what they hold, links, ids."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.fields: list[tuple[str, str]] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self._select = ""
        self._area = ""
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.ids += [given["id"]] if "id" in given else []
        if tag == "a":
            self.links.append(given["href"])
        if tag == "input":
            self.fields.append((given["name"], given.get("value", "")))
        if tag == "select":
            self._select = given["name"]
        if tag == "option" and "selected" in given:
            self.fields.append((self._select, given["value"]))
        if tag == "textarea":
            self._area = given["name"]

    def handle_data(self, data):
        if self._area:
            self.fields.append((self._area, data))
            self._area = ""

    def handle_endtag(self, tag):
        self._area = "" if tag == "textarea" else self._area

    def held(self, name: str) -> list[str]:
        return [value for field, value in self.fields if field == name]


def form_of(text: str) -> str:
    """The form alone, which comes after the answer."""
    return text[text.index('id="case"') :]


def sentence(text: str) -> str:
    found = re.search(r'<p class="answer-sentence"[^>]*>(.*?)</p>', text, re.DOTALL)
    assert found is not None, "the page has no answer"
    return re.sub(r"<[^>]+>", "", found[1])


# --- the answer ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "You may stay until 30 November 2026"), ("ru", "до 30 ноября 2026"), ("kk", "2026 ж. 30 қараша")],
)
def test_the_page_answers_in_its_language(client, language, words):
    answer = client.post(f"/{language}/stay", data=GUEST)
    assert answer.status_code == 200
    assert words in sentence(answer.text).replace("\xa0", " ").replace("\u202f", " ")


def test_the_answer_comes_in_order_sentence_picture_what_to_do_why_how_sure_sources(client):
    text = client.post("/en/stay", data=GUEST).text
    places = [
        text.index(sign)
        for sign in ('class="answer-sentence"', "<svg", 'id="part-duties"', 'id="part-grounds"', 'id="part-sure"',
                     'id="part-sources"', 'id="case"')
    ]  # fmt: skip
    assert places == sorted(places)


def test_each_provision_under_the_answer_leads_to_its_act(client):
    text = client.post("/en/stay", data=LATE).text
    cited = re.findall(r'data-of="provision:[^"]*"[^>]*>(?:<a href="([^"]+)")?', text)
    assert len(cited) > 5
    assert all(link.startswith("/en/law/acts/") for link in cited)


def test_what_was_typed_comes_back_in_the_fields_with_a_row_to_spare(client):
    page = Page(form_of(client.post("/en/stay", data=GUEST).text))
    assert page.held("citizenship") == ["UZB"]
    assert page.held("entry") == ["2026-08-01", "2026-11-01", ""]
    assert page.held("exit") == ["2026-08-20", "", ""]


@pytest.mark.parametrize("code", ["UZB", "JOR", "XXA"])
def test_the_citizenship_stays_chosen_whether_usual_or_not(client, code):
    text = client.post("/kk/stay", data={"citizenship": code}).text
    assert Page(form_of(text)).held("citizenship") == [code]


def test_an_overstay_says_what_follows_and_what_may_be_done(client):
    text = client.post("/en/stay", data=LATE).text
    assert sentence(text).startswith("Your last lawful day was 3 November 2026")
    assert 'id="part-overstay"' in text and "fine of" in text
    assert "Perhaps another ground lets you stay" in text


def test_what_only_may_follow_stays_folded(client):
    text = client.post("/en/stay", data={"citizenship": "AFG", "entry": "2026-11-21", "exit": ""}).text
    assert 'id="part-overstay"' not in text
    assert re.search(r'id="part-may_follow">\s*<details>', text)
    assert text.index('id="part-unknown"') < text.index('id="part-duties"')


def test_a_trip_in_mind_is_tested(client):
    fits = client.post("/en/stay", data=GUEST | {"plan_entry": "2026-12-20", "plan_exit": "2027-01-10"}).text
    late = client.post("/en/stay", data=GUEST | {"plan_entry": "2026-12-20", "plan_exit": "2027-01-25"}).text
    assert "the trip fits, each of its days is lawful" in fits
    assert "the trip does not fit; 19 January 2027 would be its first unlawful day" in re.sub(r"<[^>]+>", "", late)


def test_law_and_practice_stand_beside_each_other_where_they_part(client):
    runs = {
        "citizenship": "UZB",
        "on": "2022-12-20",
        "entry": ["2022-07-01", "2022-08-01", "2022-09-01", "2022-10-05", "2022-12-05"],
        "exit": ["2022-07-28", "2022-08-28", "2022-09-28", "2022-11-02", ""],
    }
    text = client.post("/en/stay", data=runs).text
    law, practice = text.index("What the law says"), text.index("What the border counts")
    assert "16 days of it are unlawful" in text[law:practice]
    assert "You may stay until" in text[practice:] and "3 January 2023" in text[practice:]
    assert "What the law says" not in client.post("/en/stay", data=GUEST).text


def test_a_question_that_would_settle_something_becomes_a_field_and_its_answer_stays(client):
    asked = SEASON | {"fact.visit.purpose": "work"}
    page = Page(client.post("/en/stay", data=asked).text)
    assert "fact.visit.purpose_covered" in page.ids
    answered = client.post("/en/stay", data=asked | {"fact.visit.purpose_covered": "no"}).text
    held = Page(form_of(answered))
    assert held.held("fact.visit.purpose_covered") == ["no"]
    assert held.held("fact.visit.purpose") == ["work"]


def test_what_is_assumed_may_be_changed_and_then_is_assumed_no_more(client):
    before = client.post("/en/stay", data=GUEST).text
    after = client.post("/en/stay", data=GUEST | {"fact.person.under_16": "yes"}).text
    assert "46 things were assumed" in before
    assert "45 things were assumed" in after


# --- rows and pasted lists -------------------------------------------------------------------------------------------


def test_a_button_adds_a_row_and_loses_nothing(client):
    given = GUEST | {"pasted": "half a line", "fact.visit.purpose": "work", "plan_entry": "2026-12-20"}
    more = client.post("/en/stay", data=given | {"do": "add_trip"})
    page = Page(form_of(more.text))
    assert more.status_code == 200 and "answer-sentence" not in more.text
    assert page.held("entry") == ["2026-08-01", "2026-11-01", "", ""]
    assert page.held("pasted") == ["half a line"]
    assert page.held("fact.visit.purpose") == ["work"] and page.held("plan_entry") == ["2026-12-20"]
    paper = {"paper": "visa", "paper_first": "2026-11-01", "paper_last": ""}
    papers = Page(form_of(client.post("/en/stay", data=GUEST | paper | {"do": "add_paper"}).text))
    assert papers.held("paper_first") == ["2026-11-01", "", ""]


def test_a_pasted_list_becomes_rows_in_the_order_of_time(client):
    text = client.post("/en/stay", data={"citizenship": "UZB", "pasted": "01.11.2026\n2026-08-01 2026-08-20"}).text
    page = Page(form_of(text))
    assert page.held("entry") == ["2026-08-01", "2026-11-01", ""]
    assert page.held("pasted") == []
    assert sentence(text).startswith("You may stay until 30 November 2026")


def test_a_pasted_line_that_cannot_be_read_is_named_and_nothing_of_the_list_is_lost(client):
    pasted = "2026-08-01 2026-08-20\nleft 05.10.2026"
    answer = client.post("/en/stay", data={"citizenship": "UZB", "pasted": pasted})
    page = Page(answer.text)
    assert answer.status_code == 422
    assert "Pasted line 2, «left 05.10.2026»" in answer.text
    assert page.held("pasted") == [pasted] and page.held("entry") == ["", ""]
    assert "#pasted" in page.links


def test_more_trips_than_the_form_holds_are_refused_with_words(client):
    many = "\n".join(f"{1700 + year}-01-01 {1700 + year}-02-01" for year in range(121))
    answer = client.post("/en/stay", data={"citizenship": "UZB", "pasted": many})
    assert answer.status_code == 422 and "These are 121 trips" in answer.text


# --- letters ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "words", "field"),
    [
        ({"entry": ["", "2026-11-01"], "exit": ["2026-08-20", ""]}, "Trip 1: the day of exit stands there", "entry-1"),
        ({"entry": "2026-08-20", "exit": "2026-08-01"}, "Trip 1: the trip ends on 2026-08-01", "entry-1"),
        ({"entry": ["2026-08-01", "2026-08-10"], "exit": ["2026-08-20", ""]}, "Trip 2: the trips", "entry-2"),
        ({"entry": "2026-02-31", "exit": ""}, "the calendar has no day 2026-02-31", "entry-1"),
        ({"on": "yesterday"}, "The day asked: «yesterday» is no day", "on"),
        ({"citizenship": "KAZ"}, "Citizenship of your passport: KAZ is this country itself", "citizenship"),
        ({"paper_first": "2026-01-01"}, "Paper 1: days stand there", "paper-1"),
        ({"paper": "visa"}, "Paper 1: the first day is missing", "paper-first-1"),
        ({"plan_entry": "2026-12-20"}, "The trip in mind: give both days", "plan-exit"),
        (
            {"entry": "2026-11-01", "exit": "2026-12-01", "plan_entry": "2026-11-25", "plan_exit": "2026-12-20"},
            "Let the trip in mind begin after that exit, or mend the exit.",
            "plan-entry",
        ),
        ({"fact.entry.manner": "by luck"}, "«by luck» does not answer entry.manner", "fact.entry.manner"),
    ],
)
def test_what_cannot_be_read_is_told_at_the_top_with_a_way_to_its_field(client, change, words, field):
    answer = client.post("/en/stay", data=GUEST | change)
    assert answer.status_code == 422
    assert words in answer.text
    page = Page(answer.text)
    assert f"#{field}" in page.links and field in page.ids
    assert re.search(rf'id="{re.escape(field)}"[^>]*aria-invalid="true"', answer.text)


def test_all_letters_come_at_once_and_what_was_typed_stays(client):
    given = {"citizenship": "UZB", "on": "soon", "entry": ["2026-08-20", ""], "exit": ["2026-08-01", "2026-10-05"]}
    answer = client.post("/en/stay", data=given)
    page = Page(form_of(answer.text))
    assert {"#on", "#entry-1", "#entry-2"} <= set(Page(answer.text).links)
    assert page.held("on") == ["soon"]
    assert page.held("entry")[:2] == ["2026-08-20", ""] and page.held("exit")[:2] == ["2026-08-01", "2026-10-05"]


def test_what_is_typed_is_shown_as_text_and_never_as_markup(client):
    evil = '"><script>alert(1)</script>{{7*7}}'
    given = dict.fromkeys(("citizenship", "on", "entry", "exit", "paper", "paper_first", "plan_entry", "pasted"), evil)
    text = client.post("/ru/stay", data=given | {"fact.visit.purpose": evil, f"fact.{evil}": evil}).text
    assert "<script>alert" not in text and "49" not in Page(text).held("entry")
    assert Page(form_of(text)).held("entry")[0] == evil


def test_a_form_of_too_many_fields_is_refused(client):
    assert client.post("/en/stay", data={"entry": ["2026-01-01"] * 500}).status_code in (400, 413)


# --- what it leaves behind -------------------------------------------------------------------------------------------


_opened: list[str] = []
_watched = [False]


def _watch(event: str, values: tuple) -> None:
    """Python tells of every file that it opens; a hook cannot be taken away again, so it is only switched."""
    if _watched[0] and event == "open":
        mode, flags = (*values[1:], None, None)[:2]
        if (isinstance(mode, str) and set(mode) & set("wax+")) or (isinstance(flags, int) and flags & os.O_CREAT):
            _opened.append(str(values[0]))


sys.addaudithook(_watch)


@pytest.fixture
def files_written(tmp_path, monkeypatch):
    """The files opened to be written while the watch is on; a temporary folder that is empty to begin with."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    _opened.clear()
    yield _opened
    _watched[0] = False


@pytest.mark.parametrize("place", ["stay", "stay/page.pdf", "stay/deadlines.ics"])
def test_nothing_of_a_case_is_written_or_logged(client, place, files_written, tmp_path, caplog):
    case = GUEST | {"on": "2026-11-21", "fact.job.country": "JOR"}
    client.post(f"/en/{place}", data=case)  # what is imported late has been imported now
    _watched[0] = True
    with caplog.at_level(logging.DEBUG):
        answer = client.post(f"/en/{place}", data=case)
    _watched[0] = False
    assert answer.status_code == 200
    assert files_written == [] and list(tmp_path.iterdir()) == []
    assert not re.search("2026-1|UZB|JOR", caplog.text)


def test_the_watch_over_files_sees_one(files_written, tmp_path):
    _watched[0] = True
    (tmp_path / "left").write_text("behind", encoding="utf-8")
    assert files_written == [str(tmp_path / "left")]


def test_the_page_for_a_file_says_the_same(client):
    answer = client.post("/kk/stay/page.pdf", data=GUEST)
    assert answer.headers["content-type"] == "application/pdf"
    assert "attachment" in answer.headers["content-disposition"]
    assert "30 қараша" in PdfReader(io.BytesIO(answer.content)).pages[0].extract_text().replace("\n", " ")


def test_answers_are_kept_by_no_cache_and_set_no_cookie(client):
    for place in ("stay", "stay/page.pdf", "stay/deadlines.ics"):
        headers = client.post(f"/en/{place}", data=GUEST).headers
        assert headers["cache-control"] == "no-store" and "set-cookie" not in headers


@pytest.mark.parametrize("place", ["stay/page.pdf", "stay/deadlines.ics"])
def test_a_file_of_a_case_that_cannot_be_read_is_the_form_with_letters(client, place):
    answer = client.post(f"/en/{place}", data={"citizenship": "UZB", "entry": "2026-02-31"})
    assert answer.status_code == 422 and "the calendar has no day 2026-02-31" in answer.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_an_answer_weighs_less_than_150_kb(client, site: Site, language):
    papers = {"paper": ["trp_work"], "paper_first": ["2026-09-01"], "paper_last": ["2026-10-01"]}
    page = client.post(f"/{language}/stay", data=SEASON | papers | {"fact.visit.purpose": "work"}).content
    assert len(page) + sum(len(site.static[name][1]) for name in ("koshiqon.css", "stay.js")) < 150_000


def test_the_page_says_that_nothing_is_kept_and_that_a_link_holds_the_case(client):
    text = client.post("/en/stay", data=GUEST).text
    assert "Nothing of this is kept" in text
    assert "whoever has the link has the case" in text
