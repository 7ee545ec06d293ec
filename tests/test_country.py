"""A country on a day: its law as it stands then, its conflicts, and what belongs to a theme."""

from __future__ import annotations

from datetime import date

import pytest

from koshiqon.country import Country, Theme
from koshiqon.evidence import Reference, parse_provision
from koshiqon.language import Text


def on(country: Country, day: str):
    return country.on(date.fromisoformat(day))


@pytest.mark.parametrize(("day", "values"), [("2000-12-31", []), ("2020-01-10", [60]), ("2020-01-11", [30])])
def test_a_parameter_has_the_value_of_the_day(toyland_country, day, values):
    assert [value.value for value in on(toyland_country, day).parameter("days_per_entry")] == values


def test_a_parameter_that_no_act_sets_is_a_slip_of_the_programmer(toyland_country):
    with pytest.raises(KeyError):
        on(toyland_country, "2024-01-01").parameter("days_on_the_moon")


@pytest.mark.parametrize(
    ("day", "gists"),
    [
        ("2000-12-31", []),
        ("2020-01-10", ["A guest stays sixty days."]),
        ("2020-01-11", ["A guest stays thirty days."]),
    ],
)
def test_a_provision_says_what_its_version_of_the_day_says(toyland_country, day, gists):
    versions = on(toyland_country, day).provision(parse_provision("xtl/1-I/art_2/para_1"))
    assert [version.gist.choose("en").words for version in versions] == gists


def test_two_versions_that_contradict_each_other_are_both_told(toyland_country):
    versions = on(toyland_country, "2024-01-01").provision(parse_provision("xtl/1-I/art_3"))
    assert [version.period.since.text for version in versions] == ["2010-01-01", "2012-01-01"]


@pytest.mark.parametrize(
    ("citizenship", "day", "rows"),
    [
        ("*", "2019-12-31", ["*/visa_free_default/2001-01-01"]),
        ("*", "2020-01-11", ["*/visa_free_default/2020-01-11"]),
        ("AFG", "2020-01-11", []),
        ("KGZ", "2012-06-30", []),
        ("KGZ", "2012-07-15", ["KGZ/bilateral/2012-07"]),
        ("KAZ", "2024-01-01", ["KAZ/bilateral/2010-04-23", "KAZ/bilateral/2010-05-01"]),
        ("UZB", "2014-12-31", ["UZB/visa_required/unknown"]),
        ("UZB", "2016-01-01", []),
    ],
)
def test_who_may_enter_without_a_visa_on_a_day(toyland_country, citizenship, day, rows):
    assert [row.name for row in on(toyland_country, day).regimes(citizenship)] == rows


def test_every_version_of_every_act_is_counted_once(toyland_country):
    paths = [version.provision.path for version in toyland_country.provision_versions()]
    assert paths == ["art_1", "art_2/para_1", "art_2/para_1", "art_3", "art_3"]


def test_the_conflicts_of_a_row_are_those_in_which_it_takes_a_side(toyland_country):
    row, other = Reference("regime", "KAZ/bilateral/2010-04-23"), Reference("regime", "KGZ/bilateral/2012-07")
    assert [conflict.name for conflict in toyland_country.conflicts_of((row, other))] == ["kazakhstan-30-or-90"]
    assert toyland_country.conflicts_of((other,)) == ()


def theme(**selects: tuple[str, ...]) -> Theme:
    parts = ("law", "event_areas", "event_groups", "event_names", "series", "categories")
    return Theme(
        "lens", Text({"en": "Lens"}), Text({"en": "a test"}), **{part: selects.get(part, ()) for part in parts}
    )


@pytest.mark.parametrize(
    "selects",
    [{"event_areas": ("labour",)}, {"event_groups": ("toy_makers",)}, {"event_names": ("2023-toy-makers",)}],
)
def test_a_theme_holds_an_event_by_its_area_its_group_or_its_name(toyland_country, selects):
    events = {event.name: event for event in toyland_country.events}
    assert theme(**selects).holds_event(events["2023-toy-makers"])
    assert not theme(**selects).holds_event(events["2001-01-01-guests-law"])


def test_a_theme_that_names_an_article_holds_what_lies_below_it_and_not_its_neighbours():
    law = theme(law=("xtl/1-I/art_6",))
    assert law.holds_provision(parse_provision("xtl/1-I/art_6"))
    assert law.holds_provision(parse_provision("xtl/1-I/art_6/para_4"))
    assert not law.holds_provision(parse_provision("xtl/1-I/art_60"))
    assert theme(law=("xtl/1-I",)).holds_provision(parse_provision("xtl/1-I/art_60"))


def test_a_theme_names_indicators_one_by_one_or_by_a_pattern():
    figures = theme(series=("guest_share", "external_*"))
    assert figures.holds_indicator("guest_share")
    assert figures.holds_indicator("external_arrivals")
    assert not figures.holds_indicator("guest_share_of_beds")
    assert not theme(series=("External_*",)).holds_indicator("external_arrivals")
