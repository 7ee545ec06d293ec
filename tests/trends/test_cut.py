"""Lines out of figures: what may be laid beside each other, joined, and chosen."""

from __future__ import annotations

import pytest

from koshiqon.evidence import Basis, Confidence
from koshiqon.language import Text
from koshiqon.trends.choice import Wish, choose
from koshiqon.trends.cut import WHOLE, Way, extent, grain, grains, lines, usual_way, ways
from koshiqon.trends.series import Indicator, Observation


def figure(period, value, *, of="_T", sex="_T", further=(), sure=Confidence.HIGH, status="A", source="press"):
    basis = Basis((source,), sure)
    return Observation("arrivals", "KAZ", of, sex, "_T", period, further, value, "persons", status, basis)


def indicator(name="arrivals", kind="flow", unit="persons"):
    text = Text({"en": name})
    return Indicator(name, text, text, kind, "in", unit, by_sex=False)


YEARS = [figure(str(year), float(year - 2000)) for year in range(2010, 2015)]


def chosen(rows, wish, kin=(), others=None):
    held = {"arrivals": indicator(), **{name: indicator(name) for name in kin}}
    figures = {"arrivals": rows, **(others or {})}
    return choose(held, lambda name: ways(figures[name]), "arrivals", kin, wish)


@pytest.mark.parametrize(
    ("period", "kind", "span"),
    [
        ("2024", "year", (2024.0, 2025.0)),
        ("2024-S2", "half", (2024.5, 2025.0)),
        ("2024-Q2", "quarter", (2024.25, 2024.5)),
        ("2015/P5Y", "years", (2015.5, 2020.5)),
        ("2021-01-01/2021-10-31", "part", (2021.0, 2021.0 + 10 / 12)),
        ("2024-02", "month", (2024 + 1 / 12, 2024 + 2 / 12)),
    ],
)
def test_a_period_has_a_length_and_a_place_in_time(period, kind, span):
    assert grain(period) == kind
    assert extent(period) == pytest.approx(span, abs=0.01)


def test_figures_by_country_and_by_sex_are_ways_of_their_own_beside_the_whole():
    rows = [
        *YEARS,
        figure("2014", 3.0, of="RUS"),
        figure("2014", 2.0, of="UZB"),
        figure("2014", 1.0, of="UZB", sex="F"),
    ]
    found = ways(rows)
    assert [way.code for way in found][:2] == [WHOLE, "counterpart"]
    assert usual_way(found) == Way(WHOLE)
    assert sum(len(held) for held in found.values()) >= len(rows)


def test_every_figure_can_be_seen_in_some_way():
    rows = [figure("2014", 1.0, further=(("period", "to_autumn"),)), figure("2014", 5.0, of="RUS", sex="F")]
    found = ways(rows)
    assert {row.name for held in found.values() for row in held} == {row.name for row in rows}


def test_a_second_source_makes_no_line_of_its_own():
    rows = [*YEARS, figure("2014", 99.0, further=(("second_source", "yes"),), sure=Confidence.LOW)]
    (line,) = lines(rows, WHOLE)
    assert line.rows[-1].value == 14.0
    assert [row.value for row in line.besides] == [99.0]


def test_the_surest_of_two_figures_for_one_year_stands_in_the_line():
    rows = [figure("2014", 1.0, status="P", source="early"), figure("2014", 2.0, source="final")]
    (line,) = lines(rows, WHOLE)
    assert line.rows[0].value == 2.0


def test_years_and_months_of_a_flow_never_stand_in_one_line_but_those_of_a_stock_may():
    rows = [*YEARS, figure("2014-05", 1.0)]
    assert grains(rows, "flow") == ("year", "month")
    assert grains(rows, "stock") == ("any",)


def test_lines_that_go_on_come_before_those_that_ended_however_large():
    rows = [figure("2005", 900.0, of="RUS"), figure("2014", 1.0, of="UZB"), figure("2014", 5.0, of="CHN")]
    assert [line.code for line in lines(rows, "counterpart")] == ["CHN", "UZB", "RUS"]


def test_a_wish_is_followed_and_what_cannot_be_is_named():
    rows = [*YEARS, figure("2014", 3.0, of="RUS"), figure("2014", 2.0, of="UZB")]
    seen = chosen(rows, Wish(show="counterpart", line=("UZB", "XXX")))
    assert [line.code for _, line in seen.lines] == ["UZB"]
    assert seen.unmet == (("line", "XXX"),)
    assert chosen(rows, Wish(show="moon")).unmet == (("show", "moon"),)


def test_years_without_figures_give_all_years_and_say_so():
    seen = chosen(YEARS, Wish(first=1950, last=1960))
    assert len(seen.rows) == len(YEARS)
    assert seen.unmet == (("years", "1950–1960"),)
    assert [row.period for row in chosen(YEARS, Wish(first=2012, last=2013)).rows] == ["2012", "2013"]


def test_only_a_series_of_the_same_grain_stands_beside_another():
    departures = [figure(str(year), 1.0) for year in range(2010, 2015)]
    monthly = [figure(f"2014-0{month}", 1.0) for month in range(1, 6)]
    seen = chosen(YEARS, Wish(beside=("departures",)), ("departures", "monthly"),
                  {"departures": departures, "monthly": monthly})  # fmt: skip
    assert [held.name for held, _ in seen.lines] == ["arrivals", "departures"]
    assert [held.name for held in seen.beside] == ["departures"]


def test_slight_lines_are_drawn_only_where_they_are_asked_for():
    rows = [figure("2014", 1000.0, of="RUS"), figure("2014", 1.0, of="UZB")]
    assert [line.code for _, line in chosen(rows, Wish(show="counterpart")).lines] == ["RUS"]
    assert len(chosen(rows, Wish(show="counterpart", line=("RUS", "UZB"))).lines) == 2
