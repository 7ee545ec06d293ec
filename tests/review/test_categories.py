"""The chapter on categories rests on the rules of the day: who belongs, what follows, how many people, the gaps."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date

import pytest

from koshiqon.country import Country, counted_as
from koshiqon.review import categories
from koshiqon.review.belonging import before, changes_of, of_the_day, versions_of
from koshiqon.review.document import Asked, Chapter, Figure, Missing, Phrase, Said, Section, Shown, Table, leaves
from koshiqon.review.edition import known_by
from koshiqon.review.following import following
from koshiqon.review.gaps import KINDS, gaps_of
from koshiqon.rules.judging import judge
from koshiqon.rules.rule import Must
from koshiqon.sources.country_folder import SHIPPED, read_country
from koshiqon.status.measures import with_status_measures
from koshiqon.stay.case import StayCase
from koshiqon.stay.matter import Matter, case_on
from koshiqon.stay.readings import readings_of

KAZ = SHIPPED / "kaz"
DAY = date(2026, 11, 22)


def asked_on(day: date) -> Asked:
    return Asked(date(1990, 1, 1), day, day)


def chapter(country: Country, day: date = DAY) -> Chapter:
    told = categories.chapter(known_by(country, day), asked_on(day))
    assert told is not None
    return told


def section(told: Chapter, name: str) -> Section:
    (found,) = [part for part in told.sections if part.name == name]
    return found


def tables(told: Chapter, prefix: str) -> list[Table]:
    blocks = [block for part in told.sections for block in part.blocks if isinstance(block, Table)]
    return [block for block in blocks if block.name.startswith(prefix)]


def names(shown: Shown) -> list[str]:
    return [leaf.finding.name for leaf in leaves(shown)]


@pytest.fixture(scope="module")
def today(kaz) -> Chapter:
    return chapter(kaz.country)


# --- who belongs -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("day", [date(2019, 6, 1), date(2021, 6, 1), DAY])
def test_every_category_stands_with_each_rule_of_the_day_that_says_who_belongs(kaz, day):
    rows = [row for table in tables(chapter(kaz.country, day), "belonging_") for row in table.rows]
    rows = [row for row in rows if isinstance(row[0], Said)]
    told = {(names(row[0])[0].removeprefix("category:"), *names(row[1])) for row in rows}
    for name, category in kaz.country.categories.items():
        if category.period.contains(day) is False:
            continue
        live = [
            rule
            for rule in kaz.country.rules.values()
            if getattr(rule.then, "category", None) == name and rule.period.contains(day) is not False
        ]
        assert {(name, f"rule:{rule.name}") for rule in live} <= told, name


def test_the_wording_of_a_day_is_told_with_the_end_of_the_wording_before(kaz, today):
    """law_status.md 2: kandas is the word since 2 January 2021; Law 82-VIII changed the proof on 28 May 2024."""
    (row,) = [
        row
        for table in tables(today, "belonging_statute")
        for row in table.rows
        if names(row[0]) == ["category:kandas"]
    ]
    assert names(row[1]) == ["rule:kandas-from-2024"]
    since = row[3]
    assert isinstance(since, Phrase) and since.code == "worded_otherwise"
    assert since.values["until"].date.text == "2024-05-28"
    early = [row for table in tables(chapter(kaz.country, date(2021, 6, 1)), "belonging_statute") for row in table.rows]
    (then,) = [row for row in early if names(row[0]) == ["category:kandas"]]
    assert names(then[1]) == ["rule:kandas-from-2021"]


def test_a_category_without_a_rule_says_so(kaz, toyland_country):
    rows = [row for table in tables(chapter(toyland_country), "belonging_") for row in table.rows]
    told = {names(row[0])[0]: row[1] for row in rows}
    assert told["category:guest"] == Missing("no_rule_of_the_day")
    assert names(told["category:toy_maker"]) == ["rule:toy-makers"]
    rules = {name: rule for name, rule in kaz.country.rules.items() if not name.startswith("neo-nomad")}
    without = chapter(replace(kaz.country, rules=rules))
    rows = [row for table in tables(without, "belonging_statute") for row in table.rows]
    assert {names(row[0])[0]: row[1] for row in rows}["category:neo_nomad"] == Missing("no_rule_of_the_day")
    (said,) = [phrase for phrase in without.opening if phrase.code == "categories_without_rule"]
    assert said.values["number"].finding.value == 1


def test_every_change_since_2020_begins_or_ends_a_rule_of_belonging(kaz, today):
    (table,) = section(today, "category_changes").blocks
    told = [names(row[2])[0].removeprefix("rule:") for row in table.rows]
    expected = [
        rule.name
        for rule in kaz.country.rules.values()
        if hasattr(rule.then, "category") and date(2020, 1, 1) <= rule.period.since.latest <= DAY
    ]
    assert set(expected) <= set(told) and len(told) > 25
    for moment, rule, kind in changes_of(versions_of(kaz.country), asked_on(DAY)):
        assert date(2020, 1, 1) <= moment <= DAY
        assert kind in ("new", "wording", "ended")
        own = versions_of(kaz.country)[rule.then.category]
        assert (kind == "wording") == (kind != "ended" and before(rule, own) is not None), rule.name


# --- what follows ----------------------------------------------------------------------------------------------------


def test_a_right_that_surely_follows_is_that_of_a_person_of_whom_nothing_else_is_known(kaz):
    """Without a sign, the rule's condition holds for everybody in the category; with one, it cannot be told."""
    country = kaz.country
    plain = Matter(country, StayCase(None), (), readings_of(country, None))
    checked = 0
    for name, told in following(country, DAY).items():
        matter = with_status_measures(plain, DAY)
        measures = {**matter.measures, f"category.{name}": lambda: True}
        for one in told:
            known = replace(matter, measures=measures)
            outcome = judge(one.rule.condition, case_on(known, one.rule.condition, DAY)).outcome
            assert outcome is not False, (name, one.rule.name)
            assert (outcome is True) == one.surely, (name, one.rule.name)
            checked += 1
    assert checked > 90


def test_terms_stand_in_the_unit_of_the_law(kaz, today):
    """law_status.md 1.2: a certificate of three months, a new address within five working days."""
    rows = [row for table in tables(today, "following_") for row in table.rows]
    found = {leaf.finding.name: leaf.finding for row in rows for cell in row for leaf in leaves(cell)}
    certificate = found[f"rule:asylum-certificate-three-months#term@{DAY}"]
    assert (certificate.value, certificate.unit) == (3, "months")
    address = found[f"rule:asylum-seeker-new-address#term@{DAY}"]
    assert (address.value, address.unit) == (5, "working_days")
    terms = [finding for name, finding in found.items() if "#term@" in name]
    assert len(terms) > 15
    for finding in terms:
        assert finding.sources and finding.rests_on[0].kind == "rule"
        assert all(reference in kaz.places for reference in finding.rests_on), finding.name


def test_a_right_that_is_no_longer_in_force_does_not_follow(kaz):
    for day in (date(2019, 6, 1), DAY):
        for told in following(kaz.country, day).values():
            assert all(one.rule.period.contains(day) is not False for one in told)


def test_what_others_must_do_names_them(kaz, today):
    country = kaz.country
    others = [
        one.rule
        for told in following(country, DAY).values()
        for one in told
        if isinstance(one.rule.then, Must) and one.rule.then.by != "person"
    ]
    assert others
    shown = repr([row[2] for table in tables(today, "following_") for row in table.rows])
    for rule in others:
        assert f"code='{rule.then.by}'" in shown and f"code='{rule.then.do}'" in shown


# --- how many people -------------------------------------------------------------------------------------------------


def test_every_number_of_people_is_the_figure_of_the_file(kaz, today):
    (table,) = section(today, "people_counted").blocks
    files = (KAZ / "series").glob("*.csv")
    cells = {
        (row["INDICATOR"], row["COUNTERPART_AREA"], row["TIME_PERIOD"], row["DIMENSIONS"]): float(row["OBS_VALUE"])
        for file in files
        for row in csv.DictReader(file.read_text(encoding="utf-8").splitlines())
        if (row["SEX"], row["AGE"]) == ("_T", "_T")
    }
    figures = [row[1] for row in table.rows]
    assert len(figures) >= 15
    for figure in figures:
        assert isinstance(figure, Figure)
        (reference,) = figure.finding.rests_on
        assert reference in kaz.places
        indicator, counterpart, _, _, *period, dimensions, _ = reference.name.split("/")
        assert cells[indicator, counterpart, "/".join(period), dimensions] == figure.finding.value


def test_a_flow_is_told_of_the_newest_whole_year_and_a_stock_of_the_newest_day(kaz, today):
    (table,) = section(today, "people_counted").blocks
    told = {(names(row[0])[0], names(row[1])[0].split("/")[0]): row for row in table.rows}
    kandas = told["category:kandas", "observation:kandas_status_granted"]
    assert (kandas[2].period, kandas[1].finding.value) == ("2025", 16805)
    refugees = told["category:refugee", "observation:refugees_recognised_stock"]
    assert (refugees[2].period, refugees[1].finding.value) == ("2025-04-25", 301)
    assert kandas[3].values["kind"].code == "flow" and refugees[3].values["kind"].code == "stock"


def test_no_later_figure_counts_the_people_of_an_earlier_day(kaz):
    (table,) = section(chapter(kaz.country, date(2023, 6, 1)), "people_counted").blocks
    assert all(int(row[2].period[:4]) <= 2023 for row in table.rows)


def test_a_quota_is_no_number_of_people(kaz):
    """A ceiling of permits or of people to be received counts nobody."""
    counting = {series.indicator for entry in kaz.country.categories.values() for series in entry.counted_by}
    assert not any("quota_share" in name or name.endswith("_quota") for name in counting)
    kinds = {kaz.country.indicators[name].kind for name in counting}
    assert kinds <= {"stock", "flow"}
    for entry in kaz.country.categories.values():
        for series in entry.counted_by:
            assert any(counted_as(row) == series for row in kaz.country.observations), (entry.name, series)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{indicator: external_arrivals}", "{indicator: external_arrival}"),
        ("{purpose: work}", "{purpose: play}"),
    ],
)
def test_a_category_counted_by_nothing_is_refused(toyland_copy, old, new):
    file = toyland_copy / "categories" / "stay.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    (fault,) = read_country(toyland_copy).faults
    assert (fault.file, fault.code) == ("categories/stay.yaml", "reference_unknown")
    assert "external_arrival" in dict(fault.values)["target"]


# --- gaps ------------------------------------------------------------------------------------------------------------


def test_every_gap_cites_acts_and_sources_and_says_how_sure_it_is(kaz, today):
    (table,) = section(today, "gaps").blocks
    told = gaps_of(kaz.country, asked_on(DAY))
    assert len(table.rows) == len(told) >= 20
    assert {one.gap.kind for one in told} == set(KINDS)
    for row in table.rows:
        (gap, *_) = [leaf.finding for leaf in leaves(row[1]) if leaf.finding.name.startswith("gap:")]
        assert set(gap.sources) <= set(kaz.country.sources) and gap.sources
        cited = [reference for reference in gap.rests_on if reference.kind in ("act", "provision")]
        assert cited and all(reference in kaz.places for reference in gap.rests_on), gap.name
        assert row[3].code == gap.confidence


@pytest.mark.parametrize(
    ("gap", "acts"),
    [
        ("gap:conflict/household-permit-issuer", {"kaz/235-V", "kaz/477-IV"}),
        ("gap:practice/codes-silent-on-asylum", {"kaz/226-V", "kaz/235-V", "kaz/216-IV", "kaz/treaty-refugee-1951"}),
        ("gap:question/illegal-immigrant-definition", {"kaz/235-V", "kaz/477-IV"}),
    ],
)
def test_the_gaps_that_the_facts_name_are_there(today, gap, acts):
    """law_status.md 1.4, 3, 11: the silent codes, the two issuers of the household permit, entry *and* stay."""
    (table,) = section(today, "gaps").blocks
    found = {leaf.finding.name: leaf.finding for row in table.rows for leaf in leaves(row[1])}
    cited = {"/".join(ref.name.split("/")[:2]) for ref in found[gap].rests_on if ref.kind in ("act", "provision")}
    assert cited == acts


def test_a_gap_that_was_closed_stands_only_in_reviews_of_its_time(kaz):
    """The Rules did not name the limit of the Law from 11 January 2020 to 27 January 2023."""
    shown = {
        day: {one.reference.name for one in gaps_of(kaz.country, asked_on(day))} for day in (date(2022, 6, 1), DAY)
    }
    assert "visa-run-2020-2022" in shown[date(2022, 6, 1)]
    assert "visa-run-2020-2022" not in shown[DAY]


def test_the_opening_counts_what_the_tables_hold(kaz, today):
    told = {phrase.code: phrase.values for phrase in today.opening}
    assert told["gaps_counted"]["number"].finding.value == len(gaps_of(kaz.country, asked_on(DAY)))
    held = [entry for entry in kaz.country.categories.values() if entry.period.contains(DAY) is not False]
    assert told["categories_counted"]["all"].finding.value == len(held)
    assert "categories_without_rule" not in told
    versions = versions_of(kaz.country)
    assert all(of_the_day(versions[entry.name], DAY) for entry in held)
