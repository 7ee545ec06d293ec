"""A folder becomes a country: which folder, where its rows stand, what is in them, and when nothing is computed."""

from __future__ import annotations

import shutil

import pytest

from koshiqon.evidence import Reference
from koshiqon.sources.country_folder import SHIPPED, find_country, load_country, read_country, shipped_countries
from koshiqon.sources.faults import UnreadableCountry


def test_kazakhstan_ships_and_is_found_by_its_code_in_either_case():
    assert "kaz" in shipped_countries()
    assert find_country("kaz") == find_country("KAZ") == SHIPPED / "kaz"


def test_any_folder_that_holds_a_country_is_found_by_its_path(toyland_copy, monkeypatch):
    monkeypatch.chdir(toyland_copy.parent)
    assert find_country("toyland").resolve() == find_country(str(toyland_copy)) == toyland_copy
    assert find_country(".." + "/" + toyland_copy.parent.name + "/toyland").resolve() == toyland_copy


def test_a_path_with_capitals_is_not_taken_for_its_neighbour_without(toyland_copy):
    capital = shutil.copytree(toyland_copy, toyland_copy.with_name("Toyland"))
    assert find_country(str(capital)) == capital


@pytest.mark.parametrize(("name", "code"), [("atlantis", "no_such_country"), (".", "no_country_in_folder")])
def test_what_is_no_country_is_told_with_the_countries_there_are(tmp_path, monkeypatch, name, code):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UnreadableCountry) as told:
        find_country(name)
    assert (told.value.code, told.value.values) == (code, {"folder": name, "shipped": "kaz"})


PLACES = """
act:xtl/1-I                                               acts/1-I.yaml:1
provision:xtl/1-I/art_2/para_1                            acts/1-I.yaml:25
provision:xtl/1-I/art_2/para_1@2020-01-11                 acts/1-I.yaml:31
parameter:days_to_report                                  acts/1-I.yaml:57
parameter:days_to_report/2012-01-01                       acts/1-I.yaml:61
parameter:days_to_report/2012-01-01/10                    acts/1-I.yaml:66
regime:KGZ/bilateral/2012-07                              regimes.csv:4
abroad:KGZ/XTL/bilateral/2024-02                          abroad.csv:4
event:2022-12-toy-makers                                  events.csv:4
indicator:external_departures                             series/indicators.yaml:12
observation:external_arrivals/_T/_T/_T/2024//daily        series/press.csv:2
observation:external_arrivals/KAZ/F/Y15+/2024/purpose=work;region=north/census  series/yearbook.csv:5
category:toy_maker                                        categories/stay.yaml:31
fact:person.age                                           facts.yaml:5
practice:no-window-before-2023                            practice/stay.yaml:1
conflict:arrivals-2024                                    conflicts/stay.yaml:11
question:first-day                                        questions/stay.yaml:1
remark:children-counted                                   remarks/stay.yaml:5
office:gate                                               offices.yaml:1
theme:guests                                              themes.yaml:1
source:census                                             sources.yaml:11
"""


@pytest.mark.parametrize(("reference", "place"), [row.split() for row in PLACES.strip().splitlines()])
def test_every_kind_of_row_has_an_address_and_a_place(toyland, reference, place):
    file, line = read_country(toyland).places[Reference(*reference.split(":", 1))]
    assert f"{file}:{line}" == place


def test_texts_of_a_table_come_from_one_column_a_language(toyland_country):
    exchange = next(row for row in toyland_country.regimes if row.citizenship == "KGZ")
    assert exchange.instrument.by_language == {"en": "Exchange of notes", "kk": "Ноталар алмасу", "ru": "Обмен нотами"}


def test_an_act_that_was_not_read_and_one_not_yet_in_force_have_no_such_day(toyland_country):
    acts = toyland_country.acts
    assert acts["xtl/2-II"].read_until is None
    assert acts["xtl/treaty-kgz-2026"].in_force is None
    assert acts["xtl/gov-3-2004"].in_force.is_unknown
    assert acts["xtl/1-I"].repealed is None
    assert acts["xtl/1-I"].amendments[0].by == "xtl/2-II"


def test_empty_cells_are_no_limit_and_zero_days_are_a_visa(toyland_country):
    limits = {row.name: row.limit for row in toyland_country.regimes}
    assert limits["KGZ/bilateral/2012-07"].in_window is None
    assert limits["UZB/visa_required/unknown"].per_entry == 0


def test_a_conflict_is_open_or_explained(toyland_country):
    conflicts = toyland_country.conflicts
    assert conflicts["kazakhstan-30-or-90"].is_open
    assert not conflicts["arrivals-2024"].is_open
    assert conflicts["arrivals-2024"].explanation is not None


def test_codes_have_words_by_scheme(toyland_country):
    words = {key: text.choose("en").words for key, text in toyland_country.codes.items()}
    assert words["unit", "persons"] == "persons"
    assert words["dimension", "purpose"] == "purpose"
    assert words["dimension:purpose", "work"] == "work"
    assert words["force", "law"] == "law"
    assert toyland_country.areas["FAR"].choose("en").words == "countries far away"


def test_a_country_with_a_fault_is_not_used_and_the_letter_says_where_to_look(toyland_copy):
    offices = toyland_copy / "offices.yaml"
    offices.write_text(offices.read_text(encoding="utf-8").replace("medium", "sure"), encoding="utf-8")
    with pytest.raises(UnreadableCountry) as told:
        load_country(str(toyland_copy))
    assert told.value.code == "country_has_faults"
    assert told.value.values == {"folder": str(toyland_copy), "number": "1", "first": "offices.yaml:10"}


def test_two_countries_with_one_fingerprint_rest_on_the_same_data(toyland, toyland_copy):
    before = read_country(toyland_copy).country.content_hash
    assert before == read_country(toyland).country.content_hash
    (toyland_copy / "notes.txt").write_text("not a file of the country")
    assert read_country(toyland_copy).country.content_hash == before
    (toyland_copy / "themes.yaml").rename(toyland_copy / "lenses.yaml")
    assert read_country(toyland_copy).country.content_hash != before
