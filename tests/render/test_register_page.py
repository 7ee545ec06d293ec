"""The page about a screened register: it says no hidden number, says that synthetic is synthetic, asks nothing from
outside, in every language.
"""

from __future__ import annotations

import io
import re
from datetime import date

import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe

from koshiqon.render.letters import letter
from koshiqon.render.publication_letters import PUBLICATION_FAULTS
from koshiqon.render.register_blocks import register_html
from koshiqon.render.register_page import register_page
from koshiqon.render.register_sheets import register_xlsx
from koshiqon.render.register_words import SIGN
from koshiqon.render.words import plain, voice
from koshiqon.stay.register.form import Coverage
from koshiqon.stay.register.groups import MONTHS, NOTHING, TABLES, Tally
from koshiqon.stay.register.publishing import published
from koshiqon.stay.register.report import ASSUMED, RegisterAsked, RegisterReport

LANGUAGES = ("en", "kk", "ru")
NO_ICON = '<link rel="icon" href="data:,">'
"""Keeps a browser from asking a server for one."""
HIDDEN = 7
"""So few stays are too few to be told; no other count of the page is the same."""


def tallies(late: int):
    """A register of Uzbek and Russian stays in two years, of which few Russian ones lasted too long."""
    standing = {"no": 40_000, "unknown": 900, "derived": 300}
    people = {("UZB", "yes"): 2000, ("RUS", "yes"): late, **{("UZB", code): n for code, n in standing.items()}}
    people |= {("RUS", code): n // 2 for code, n in standing.items()}
    whole = {code: sum(n for (_, held), n in people.items() if held == code) for code in ("yes", *standing)}

    def spread(first, second):
        """Everybody in the first group but a third of those who are surely lawful."""
        third = whole["no"] // 3
        found = {(*first, code): n - (third if code == "no" else 0) for code, n in whole.items()}
        return Tally(found | {(*second, "no"): third})

    named = {asked.name: asked for asked in TABLES}
    months = {("2024", month, code): n // 12 for month in MONTHS for code, n in whole.items()}
    for code, n in whole.items():
        months["2024", "01", code] += n - 12 * (n // 12)
    given = {
        "stays-by-citizenship-and-year": Tally({(who, "2024", code): n for (who, code), n in people.items()}),
        "stays-by-month": Tally(months),
        "stays-by-sex-and-age": spread(("male", "16-29"), ("female", "30-44")),
        "stays-by-purpose": spread(("tourism",), ("work",)),
        "stays-by-end": spread(("ended",), ("open",)),
        "stays-by-overstay-and-consequence": Tally(
            {("4-10", "_Z", "yes"): whole["yes"]} | {(NOTHING, NOTHING, code): whole[code] for code in standing}
        ),
        "stays-by-guess": Tally(
            {("overlap", "no", "derived"): whole["derived"]}
            | {(NOTHING, code, code): whole[code] for code in ("yes", "unknown", "no")}
        ),
        "persons-by-citizenship": Tally({key: n if n < 10 else n // 2 for key, n in people.items()}),
        "marks-by-kind": Tally({("duplicate", "duplicate"): 321, ("open", "stay"): 654}),
    }
    return {named[name]: tally for name, tally in given.items()}


def report(kaz, *, late: int = HIDDEN, synthetic: bool = True, **more) -> RegisterReport:
    readings = {name: reading.default for name, reading in kaz.country.readings.items()}
    return RegisterReport(
        asked=RegisterAsked(date(2025, 12, 31), readings, more.pop("where", None)),
        synthetic=synthetic,
        rows=123_456,
        fingerprint="0123456789abcdef" * 4,
        coverage=more.pop("coverage", {"permits": Coverage.PARTIAL}),
        publication=published(tallies(late)),
        assumed=ASSUMED,
        read_until={},
    )


@pytest.fixture(params=LANGUAGES)
def speaking(request, kaz):
    return voice(request.param, kaz.country)


def html(told: RegisterReport, speaking) -> str:
    return register_html(register_page(told, speaking, "0.0"))


def words(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<style>.*?</style>|<[^>]+>", " ", text, flags=re.DOTALL))


def test_the_page_asks_nothing_from_outside_and_runs_no_script(kaz, speaking):
    page = html(report(kaz), speaking).replace(NO_ICON, "")
    assert not re.search(r"<(script|link|iframe|object|embed|img)\b|url\((?!#)|@import", page)
    assert not re.search(r'\b(?:src|href)="(?!#)', page)
    assert f'<html lang="{speaking.language}">' in page


def test_a_synthetic_register_says_so_in_the_title_the_head_and_the_foot(kaz, speaking):
    label = speaking.translations.gettext("Synthetic register")
    page = html(report(kaz), speaking)
    assert label in re.search(r"<title>(.*?)</title>", page)[1]
    assert words(page).count(label) >= 3


def test_a_true_register_is_not_called_synthetic(kaz, speaking):
    assert speaking.translations.gettext("Synthetic register") not in html(report(kaz, synthetic=False), speaking)


def test_a_hidden_number_is_a_sign_with_its_word_and_never_a_number(kaz):
    told = report(kaz)
    page = html(told, voice("en", kaz.country))
    table = re.search(r'id="figure-citizenship".*?</figure>', page, re.DOTALL)[0]
    russia = re.search(r"Russia</span></th>(.*?)</tr>", table, re.DOTALL)[1]
    assert (
        f'<abbr class="hidden" title="hidden"><span data-of="table:citizenship:RUS:_T:yes">{SIGN}</span></abbr>'
        in russia
    )
    assert not re.search(rf">\s*{HIDDEN}\s*<", page)


def test_a_number_that_may_be_told_is_told(kaz):
    page = words(html(report(kaz, late=77), voice("en", kaz.country)))
    assert "2,077 of 63,877 stays surely lasted longer than the law allowed: 3.3%." in page
    assert "900" in page


def test_findings_name_no_group_as_the_largest_while_one_is_hidden(kaz):
    speaking = voice("en", kaz.country)
    assert "Most stays that surely lasted too long" not in html(report(kaz), speaking)
    assert "Most stays that surely lasted too long: Uzbekistan, 2,000" in html(report(kaz, late=77), speaking)


def test_each_reading_of_the_law_is_named_with_what_it_takes(kaz, speaking):
    page = words(html(report(kaz), speaking)).replace("&#39;", "'")
    for reading in kaz.country.readings.values():
        assert speaking.text(reading.text).words in page


@pytest.mark.parametrize("coverage", list(Coverage))
def test_what_side_tables_cover_is_told(kaz, coverage):
    told = report(kaz, coverage=dict.fromkeys(("permits", "penalties", "links"), coverage))
    page = words(html(told, voice("en", kaz.country)))
    said = {
        "complete": "table of permits is declared complete",
        "partial": "declared partial",
        "absent": "No table of permits",
    }
    assert said[coverage] in page


def test_a_filter_stands_on_the_page_as_text(kaz):
    page = html(report(kaz, where="citizenship = '<b>UZB</b>'"), voice("en", kaz.country))
    assert "<b>UZB" not in page
    assert "&lt;b&gt;UZB" in page


def test_every_picture_has_words_and_figures_beside_it(kaz, speaking):
    page = html(report(kaz), speaking)
    assert page.count('role="img"') == page.count('class="chart"') == 3
    assert all(label.strip() for label in re.findall(r'role="img" aria-label="([^"]*)"', page))
    assert page.count("<details>") == 3


def test_two_pages_of_one_report_are_equal(kaz):
    told, speaking = report(kaz), voice("kk", kaz.country)
    assert html(told, speaking) == html(told, speaking)


def test_the_workbook_holds_every_table_and_a_sheet_to_read_first(kaz, speaking):
    told = report(kaz)
    page = register_page(told, speaking, "0.0")
    book = openpyxl.load_workbook(io.BytesIO(register_xlsx(told, speaking, page)))
    assert len(book.sheetnames) == len(told.publication.tables) + 1
    first = [cell.value for cell in book[book.sheetnames[0]]["B"]]
    assert page.synthetic in first
    assert plain(page.findings[0]) in first


def test_on_each_sheet_of_a_synthetic_register_it_stands_that_it_is(kaz):
    told, speaking = report(kaz), voice("en", kaz.country)
    book = openpyxl.load_workbook(io.BytesIO(register_xlsx(told, speaking, register_page(told, speaking, "0.0"))))
    for name in book.sheetnames[1:]:
        assert book[name]["A1"].value.startswith("Synthetic register")


def test_a_hidden_number_in_the_workbook_is_the_sign(kaz):
    told, speaking = report(kaz), voice("en", kaz.country)
    book = openpyxl.load_workbook(io.BytesIO(register_xlsx(told, speaking, register_page(told, speaking, "0.0"))))
    rows = list(book["persons-by-citizenship"].iter_rows(min_row=3, values_only=True))
    counts = {row[3:]: row[2] for row in rows}
    assert counts["RUS", "yes"] == SIGN
    assert counts["_T", "yes"] == 1007
    assert {type(count) for count in counts.values()} == {int, str}


# --- in a real browser -----------------------------------------------------------------------------------------------


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(browser, kaz, speaking, tmp_path, scheme):
    path = tmp_path / "summary.html"
    path.write_text(html(report(kaz), speaking), encoding="utf-8")
    page = browser.new_page(color_scheme=scheme, viewport={"width": 1280, "height": 900})
    page.goto(path.as_uri())
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    page.close()
    grave = [(one["id"], one["nodes"][0]["html"][:200]) for one in found if one["impact"] in ("serious", "critical")]
    assert grave == []


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 768, 1280])
def test_neither_the_page_nor_a_picture_is_wider_than_the_screen(browser, kaz, speaking, tmp_path, width):
    path = tmp_path / "summary.html"
    path.write_text(html(report(kaz), speaking), encoding="utf-8")
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(path.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    ends = page.evaluate(
        "[...document.querySelectorAll('svg text')].map(one => one.getBoundingClientRect())"
        ".filter(box => box.width > 0).map(box => [box.left, box.right])"
    )
    page.close()
    assert ends
    assert all(left >= 0 and right <= width for left, right in ends)


# --- letters ---------------------------------------------------------------------------------------------------------


def test_every_reason_why_tables_cannot_be_published_has_a_letter(repository, speaking):
    rooms = ("statistics", "stay/register")
    files = [path for room in rooms for path in (repository / "src" / "koshiqon" / room).glob("*.py")]
    raised = {code for path in files for code in re.findall(r'UnfitTable\("(\w+)"', path.read_text(encoding="utf-8"))}
    assert len(raised) >= 9
    for code in raised:
        slots = dict.fromkeys(re.findall(r"{(\w+)}", PUBLICATION_FAULTS[code]), "?")
        told = letter(code, slots, speaking.translations)
        assert code not in told
        assert (told == PUBLICATION_FAULTS[code].format(**slots)) == (speaking.language == "en")
