"""Who am I in law: what the pages of the interview ask, keep, refuse and answer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from koshiqon.asking.answers import as_given, read_answer
from koshiqon.asking.status import answered_status
from koshiqon.render.words import plain
from koshiqon.sources.case_file import read_case_file
from koshiqon.sources.case_reading import read_case

LANGUAGES = ("en", "kk", "ru")
TODAY = date(2026, 11, 22)
AFGHAN = {
    "person.citizenships": "AFG",
    "asylum.decision": "none",
    "family.recognised_with_refugee": "no",
    "asylum.registered": "no",
    "fear.well_founded": "yes",
    "person.location": "inside",
    "fear.arose_after_arrival": "no",
    "fear.ground": "religion",
    "entry.manner": "regular",
    "entry.date": "2026-11-21",
}
KANDAS = {
    **AFGHAN,
    "person.citizenships": "CHN",
    "fear.well_founded": "no",
    "political_asylum.granted_by_president": "no",
    "thb.identified_victim": "no",
    "kandas.status_granted": "yes",
    "kandas.prc_refused_or_cancelled": "no",
    "kandas.status_granted_on": "2026-06-01",
    "kandas.quota_included": "no",
}


@dataclass
class Person:
    """Somebody before the pages: the page that stands there, and the language it is asked in."""

    client: TestClient
    language: str = "en"
    page: str = ""
    status: int = 0

    def press(self, do: str, **fields: str | list[str]) -> Person:
        held = {"state": self.state} if self.state else {}
        answer = self.client.post(f"/{self.language}/status", data={**held, "do": do, **fields})
        self.page, self.status = answer.text, answer.status_code
        return self

    def talk(self, answers: dict[str, str]) -> Person:
        """Answer until the answer is there; what is not among the answers is not known."""
        while self.asked:
            given = answers.get(self.asked)
            self.press("unknown") if given is None else self.press("answer", answer=given)
            assert self.status == 200, self.page
        return self

    @property
    def state(self) -> str:
        found = re.search(r'name="state" value="([^"]*)"', self.page)
        return unescape(found[1]) if found else ""

    @property
    def asked(self) -> str | None:
        """The fact that is asked; None where no question stands there."""
        if 'id="asked"' not in self.page:
            return None
        return str(self.client.app.state.site.signer.read(self.state)["asked"])

    @property
    def heading(self) -> str:
        found = re.search(r"<h1[^>]*>(.*?)</h1>", self.page, re.DOTALL)
        assert found
        return words(found[1])


def words(page: str) -> str:
    """The text of a page on one line; what stands within a line is not parted."""
    apart = re.sub(r"<[^>]+>", " ", re.sub(r"</?(span|a|strong)\b[^>]*>", "", page))
    return " ".join(unescape(apart).split())


@pytest.fixture
def person(client) -> Person:
    return Person(client).press("begin")


# --- the talk --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_begins_with_what_it_is_and_asks_one_thing_a_page_in_the_language(client, site, language):
    said = site.voices[language].translations.gettext
    begin = words(client.get(f"/{language}/status").text)
    nothing_kept = (
        "Nothing is kept. Your answers are in the page before you and nowhere else: when you close it, they are gone."
    )
    assert said(nothing_kept) in begin
    person = Person(client, language).press("begin")
    fact = site.country.facts[str(person.asked)]
    assert person.heading == fact.question.choose(language).words
    assert person.page.count("<h1") == 1
    assert said("Why is this asked?") in person.page


def test_who_fears_to_return_is_told_first_until_when_and_where_asylum_is_asked_for(person):
    person.talk(AFGHAN)
    text = words(person.page)
    assert person.heading.startswith("May apply for asylum.")
    assert text.index("Until 26 November 2026: apply for asylum") < text.index("What to do") < text.index("Why ")
    assert '<a href="/en/offices#office-local-employment-body">' in person.page
    assert '<a href="/en/law/acts/kaz-216-iv#kaz-216-iv-art-10-para-1">Refugee Law, Art. 10 para. 1</a>' in person.page


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_answer_is_that_of_the_program_for_the_case_file_that_is_saved(client, site, tmp_path, language):
    person = Person(client, language).press("begin").talk(KANDAS)
    saved = client.post(f"/{language}/status/case.yaml", data={"state": person.state})
    assert saved.headers["content-disposition"] == 'attachment; filename="koshiqon-2026-11-22.yaml"'
    path: Path = tmp_path / "case.yaml"
    path.write_text(saved.text, encoding="utf-8")
    read = read_case(read_case_file(path), site.country, TODAY, citizens=True)
    _, question, page = answered_status(read, site.voices[language])
    assert question is None
    assert person.heading == " ".join(plain(page.sentence).split())
    assert page.care in words(person.page)


def test_what_is_not_known_is_said_so_and_not_asked_again(person):
    first = person.asked
    person.press("unknown")
    assert person.asked != first
    asked = set()
    while person.asked and len(asked) < 60:
        assert person.asked not in {first, *asked}
        asked.add(person.asked)
        person.press("unknown")
    assert person.asked is None
    assert "cannot be told yet" in person.heading
    assert "not known" in words(person.page)


def test_one_may_stop_at_any_question_and_go_on(person):
    person.press("answer", answer="AFG")
    asked = person.asked
    person.press("stop")
    assert person.asked is None
    assert "cannot be told yet" in person.heading
    assert person.press("ask").asked == asked


def test_back_asks_again_with_the_earlier_answer_and_the_same_answer_puts_the_later_ones_back(person):
    person.talk(AFGHAN)
    for _ in range(3):
        person.press("back")
    assert person.asked == "fear.ground"
    assert re.search(r'value="religion" checked', person.page)
    assert "What you told after this question is kept: 2 answers." in words(person.page)
    person.press("answer", answer="religion")
    assert person.heading.startswith("May apply for asylum.")


def test_a_changed_answer_keeps_what_is_still_asked_and_drops_the_rest(person):
    person.talk(AFGHAN).press("change-4")
    assert person.asked == "fear.well_founded"
    person.press("answer", answer="no")
    assert person.asked == "political_asylum.granted_by_president"
    told = words(person.page.split('id="so-far"')[1])
    assert "asylum registered in Kazakhstan and not withdrawn? No".lower() in told.lower()
    assert "Because of what do you fear" not in told
    person.press("change-4").press("answer", answer="yes")
    assert person.heading.startswith("May apply for asylum."), "what was told before is told still"


def test_papers_are_named_one_by_one_until_all_are(person):
    while person.asked != "papers.all_given":
        person.press("unknown")
    person.press("paper", kind="trp_study", since="2026-09-01", until="01.06.2027")
    assert person.asked == "papers.all_given"
    assert "full-time study, valid from 1 September 2026 to 1 June 2027" in words(person.page)
    person.press("paper", kind="visa")
    assert person.status == 422
    assert "The paper needs its kind and its first day." in words(person.page)
    assert '<option value="visa" selected>' in person.page
    assert person.press("answer", answer="yes").asked != "papers.all_given"


def test_a_kazakh_from_china_learns_which_question_opens_kandas_status(person):
    said_no = """family.recognised_with_refugee asylum.registered fear.well_founded kandas.status_granted
        political_asylum.granted_by_president thb.identified_victim ata_zholy.card_held job.labour_activity"""
    nothing = dict.fromkeys(said_no.split(), "no")
    known = {"person.citizenships": "CHN", "asylum.decision": "none", "permit.type": "none", "exemption.kind": "none"}
    person.talk({**nothing, **known, "papers.all_given": "yes", "entry.date": "2026-11-01"})
    more = words(person.page.split('id="part-more"')[1])
    assert "ask for kandas status" in more
    person.press("more-person.ethnic_kazakh")
    assert person.heading.startswith("Are you an ethnic Kazakh")
    person.press("answer", answer="yes")
    assert "ask for kandas status" in words(person.page.split('id="part-may_ask"')[1])
    assert "person.ethnic_kazakh: yes" in person.client.post("/en/status/case.yaml", data={"state": person.state}).text
    assert person.press("back").asked == "person.ethnic_kazakh"
    assert person.press("back").asked is None, "from there one goes back to the answer"


def test_the_same_question_stands_in_another_language_with_all_that_was_told(person):
    person.press("answer", answer="AFG")
    asked = person.asked
    person.language = "kk"
    assert person.press("ask").asked == asked
    assert "Ауғанстан" in words(person.page)


def test_the_case_is_carried_over_to_the_form_of_a_stay(person):
    person.talk(KANDAS | {"entry.date": "2026-10-01"})
    form = person.page.split('id="to-stay"')[1].split("</form>")[0]
    fields = re.findall(r'name="([^"]+)" value="([^"]*)"', form)
    assert ("citizenship", "CHN") in fields
    assert ("entry", "2026-10-01") in fields
    assert ("fact.kandas.status_granted_on", "2026-06-01") in fields
    answer = person.client.post("/en/stay", data={name: unescape(value) for name, value in fields})
    assert answer.status_code == 200, words(answer.text)[:500]
    assert "China" in answer.text


def test_the_law_of_another_day_may_be_asked_for(client):
    person = Person(client).press("begin", on="01.03.2024")
    assert "1 March 2024" in words(person.page)
    for wrong in ("1850-01-01", "3000-01-01", "some day"):
        assert f"«{wrong}» is no day that can be asked about" in words(Person(client).press("begin", on=wrong).page)


# --- what does not fit -----------------------------------------------------------------------------------------------


def test_no_answer_is_asked_for_again_with_the_field_marked(person):
    asked = person.asked
    person.press("answer", answer="")
    assert (person.status, person.asked) == (422, asked)
    assert "Nothing was answered." in words(person.page)
    assert 'aria-invalid="true" aria-describedby="letters"' in person.page
    person.press("answer", answer=["none", "AFG"])
    assert "stand side by side" in words(person.page)


def test_a_day_later_than_the_day_asked_is_a_letter_and_stays_in_its_field(person):
    person.talk({key: value for key, value in AFGHAN.items() if key != "entry.date"})
    assert "It depends" not in person.heading
    person = Person(person.client).press("begin")
    while person.asked != "entry.date":
        person.press("answer", answer=AFGHAN[str(person.asked)])
    person.press("answer", answer="2027-01-01")
    assert person.status == 422
    assert "1 January 2027 is later than the day asked, 22 November 2026." in words(person.page)
    assert 'value="2027-01-01"' in person.page
    person.press("answer", answer="21.11.2026")
    assert person.heading.startswith("May apply for asylum.")


def test_a_state_that_is_not_ours_or_was_changed_is_a_letter_and_a_fresh_start(client, site, person):
    own = person.state
    content, _, seal = own.partition(".")
    good = site.signer.read(own)
    changed = [{"law": "another"}, {"asked": ["a"]}, {"told": [["no.fact", True]]}, {"told": 7}, {"on": 5}]
    signed = [{"for": "stay"}, [1], "x", {"for": "status"}, *({**good, **change} for change in changed)]
    strange = ["", "x", ".", "é.é", "\x00." + "a" * 64, own[:-1], content + ".", f"{content}A.{seal}", "A" * 9000]
    for state in (*strange, *map(site.signer.sign, signed)):
        answer = client.post("/en/status", data={"state": state, "do": "answer", "answer": "AFG"})
        assert answer.status_code == 422, state
        assert "Please begin again." in words(answer.text)
        assert client.post("/en/status/case.yaml", data={"state": state}).status_code == 422


def test_buttons_that_are_none_change_nothing(person):
    person.press("answer", answer="AFG")
    asked = person.asked
    for do in ("change-99999", "change--1", "change-", "more-nothing", "more-person.citizenships", "<b>", ""):
        person.press(do)
        assert (person.status, person.asked) == (200, asked)


def test_what_is_typed_is_shown_as_text_and_never_as_a_page(person):
    person.press("more-person.age").press("answer", answer="<script>alert(1)</script>{{ 7 * 7 }}")
    assert person.status == 422
    assert "<script>alert" not in person.page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7 * 7 }}" in person.page


@pytest.mark.parametrize("number", ["1e99999999", "9" * 40, "٣", "nan", "-", "1_0"])
def test_a_number_is_written_in_digits(person, number):
    person.press("more-person.age").press("answer", answer=number)
    assert (person.status, person.asked) == (422, "person.age")


def test_no_case_ever_stands_in_an_address(person):
    person.talk(AFGHAN)
    for form in re.findall(r"<form[^>]*>", person.page):
        assert 'method="post"' in form
    assert not re.search(r'(href|action)="[^"]*(AFG|religion|state=)', person.page)


def test_an_answer_is_kept_by_no_cache(client):
    answer = client.post("/en/status", data={"do": "begin"})
    assert answer.headers["cache-control"] == "no-store"
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    ("fact", "said", "language", "kept"),
    [
        ("fear.well_founded", "жоқ", "kk", False),
        ("fear.ground", "3", "en", "religion"),
        ("entry.date", "5.11.2026", "ru", "2026-11-05"),
        ("person.age", " 1 234,5 ", "ru", "1234.5"),
        ("person.citizenships", ["UZB", "RUS"], "en", ["UZB", "RUS"]),
        ("papers.all_given", "visa:2026-01-01:2026-02-01", "en", "visa:2026-01-01:2026-02-01"),
        ("papers.all_given", "visa:2026-01-01:", "en", "visa:2026-01-01:"),
        ("person.age", "", "en", None),
    ],
)
def test_an_answer_is_kept_as_every_language_reads_it(site, fact, said, language, kept):
    declared = site.country.facts[fact]
    meant = read_answer(said, declared, site.voices[language], TODAY)
    assert as_given(meant) == kept
    assert all(read_answer(kept, declared, site.voices[other], TODAY) == meant for other in LANGUAGES)
