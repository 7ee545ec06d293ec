"""Figures on the web: every series, what is said of it, what can be taken away."""

from __future__ import annotations

import csv
import io
import json
import re
import xml.etree.ElementTree as ET

import pytest

from koshiqon.sources.shapes import ObservationShape
from koshiqon.trends.series import OBSERVATION_COLUMNS

LANGUAGES = ("en", "kk", "ru")
HEAVIEST = 150_000


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_series_is_listed_once_under_its_theme_and_has_a_page_of_less_than_150_kilobytes(client, site, language):
    page = client.get(f"/{language}/figures").text
    listed = re.findall(rf'href="/{language}/figures/([a-z0-9_]+)"', page)
    assert sorted(listed) == sorted(site.country.indicators)
    assert len(page.encode()) < HEAVIEST
    for name in site.country.indicators:
        answer = client.get(f"/{language}/figures/{name}")
        assert answer.status_code == 200, name
        assert site.voices[language].translations.gettext("To cite") in answer.text
        assert len(answer.content) < HEAVIEST, name


def test_the_csv_of_a_series_read_back_is_its_observations(client, site):
    for name in ("external_arrivals", "unhcr_refugees_in", "kandas_status_granted"):
        answer = client.get(f"/en/figures/{name}.csv")
        assert answer.headers["content-disposition"] == f'attachment; filename="{name}.csv"'
        rows = list(csv.DictReader(io.StringIO(answer.text, newline="")))
        assert tuple(rows[0]) == OBSERVATION_COLUMNS
        read = [ObservationShape.model_validate(row).build() for row in rows]
        assert read == [row for row in site.country.observations if row.indicator == name]


def test_the_csv_of_a_chart_holds_just_its_figures(client):
    chart = client.get("/en/figures/unhcr_refugees_in.csv?chart=1&line=AFG&from=2020&to=2022").text
    rows = list(csv.DictReader(io.StringIO(chart)))
    assert {row["COUNTERPART_AREA"] for row in rows} == {"AFG"}
    assert [row["TIME_PERIOD"] for row in rows] == ["2020", "2021", "2022"]


def test_the_json_of_a_series_says_what_is_counted_by_whom_under_which_licence(client, site):
    answer = client.get("/ru/figures/wpp_net_migration.json")
    told = json.loads(answer.text)
    assert told["indicator"]["kind"] == site.country.indicators["wpp_net_migration"].kind
    assert told["data_sets"][0]["licence"].startswith("Creative Commons")
    assert len(told["observations"]) == 75
    assert set(told["sources"]) == {"un-wpp-2024"}


def test_a_lasting_address_shows_the_same_and_leads_to_the_same_in_other_languages(client):
    query = "show=counterpart&amp;line=AFG&amp;from=2000&amp;to=2010"
    path = "/en/figures/unhcr_refugees_in?show=counterpart&line=AFG&from=2000&to=2010"
    page = client.get(path).text
    (cited,) = re.findall(r'<a href="(/en/figures/unhcr_refugees_in[^"]*)">http', page)
    again = client.get(cited.replace("&amp;", "&")).text
    figure = re.compile(r'<figure class="series">.*?</figure>', re.DOTALL)
    assert figure.search(page).group() == figure.search(again).group()
    assert "/kk/figures/unhcr_refugees_in?line=AFG" in page
    assert query not in cited  # the usual way needs no words


def test_the_finding_is_worked_out_of_the_figures(client, site):
    rows = [row for row in site.country.observations if row.indicator == "external_balance"]
    low = min(rows, key=lambda row: row.value)
    page = client.get("/en/figures/external_balance").text
    assert f"−{abs(low.value):,.0f} ({low.period})" in page


def test_one_figure_is_told_and_not_drawn(client):
    page = client.get("/en/figures/visa_free_countries").text
    assert "the only figure there is" in page
    assert "wide-picture" not in page
    assert client.get("/en/figures/visa_free_countries.svg").status_code == 404


@pytest.mark.parametrize(
    "query", ["show=moon", "from=2024a", "line=%3Cscript%3E", "from=1500&to=1501", "beside=visa_free_countries"]
)
def test_a_choice_that_is_not_there_is_named_and_the_usual_is_shown(client, query):
    answer = client.get(f"/en/figures/external_arrivals?{query}")
    assert answer.status_code == 400
    assert 'id="letters"' in answer.text
    assert "<script>" not in answer.text
    assert 'class="wide-picture"' in answer.text


@pytest.mark.parametrize("path", ["/en/figures/nothing", "/en/figures/nothing.csv", "/en/figures/nothing.json",
                                  "/en/figures/..%2fx.png", "/en/figures?theme=nothing"])  # fmt: skip
def test_a_series_that_is_not_there_is_not_there(client, path):
    assert client.get(path).status_code == 404


def test_where_sources_differ_both_are_shown_with_why(client):
    page = client.get("/en/figures/external_arrivals").text
    assert "sources_differ" in page
    assert "another figure for the same period" in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_chart_can_be_taken_along_with_its_source_in_it(client, site, language):
    answer = client.get(f"/{language}/figures/unhcr_refugees_in.svg")
    drawing = ET.fromstring(answer.text)
    words = " ".join(drawing.itertext())
    assert "UNHCR" in words
    assert f"/{language}/figures/unhcr_refugees_in" in words
    assert site.country.version in words
    assert 'style="' not in answer.text
    assert client.get(f"/{language}/figures/unhcr_refugees_in.png").content.startswith(b"\x89PNG")


@pytest.mark.browser
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("script", [True, False])
def test_a_page_of_figures_fits_a_phone_and_is_told_to_everybody(opened, grave_faults, language, script):
    page = opened(f"/{language}/figures/unhcr_refugees_in", width=360, script=script, dark=not script)
    assert page.locator(".narrow-picture svg").is_visible()
    assert not page.locator(".wide-picture svg").is_visible()
    assert page.locator(".narrow-picture").get_attribute("aria-label")
    if script:
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        assert grave_faults(page) == []


@pytest.mark.browser
def test_a_chart_follows_the_colours_of_the_page_and_nothing_in_it_is_forbidden(opened, browser, server):
    window = browser.new_context(color_scheme="dark", viewport={"width": 1280, "height": 900})
    page = window.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text))
    page.goto(f"{server}/en/figures/unhcr_refugees_in")
    drawn = page.eval_on_selector(".wide-picture text", "node => getComputedStyle(node).fill")
    window.close()
    assert complaints == []
    assert drawn in ("rgb(167, 176, 187)", "rgb(232, 230, 225)")


@pytest.mark.browser
def test_somebody_chooses_lines_by_form_and_gets_an_address_to_keep(opened, grave_faults):
    page = opened("/en/figures/unhcr_refugees_in", script=False)
    page.get_by_text("Choose what is shown").click()
    page.get_by_label("From the year").fill("2000")
    page.get_by_role("button", name="Draw").click()
    assert "from=2000" in page.url
    assert page.locator(".wide-picture svg").is_visible()


@pytest.mark.browser
def test_the_list_of_series_fits_a_phone_and_is_told_to_everybody(opened, grave_faults):
    page = opened("/ru/figures", width=360)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert grave_faults(page) == []
