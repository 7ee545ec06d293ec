"""The review as structure: every statement rests on sources that resolve, and numbers agree with a second count of
the files.
"""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date

import pytest

from koshiqon.evidence import OWN_READING
from koshiqon.review.document import Asked, Review
from koshiqon.review.edition import chapter_names, earliest_day, known_by, review
from koshiqon.sources.country_folder import SHIPPED

KAZ = SHIPPED / "kaz"
DAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def edition(kaz) -> Review:
    return review(kaz.country, Asked(earliest_day(kaz.country), DAY, DAY))


def test_every_finding_is_a_value_or_a_statement_and_names_a_source_that_resolves(kaz, edition):
    assert len(edition.findings()) > 1000
    statements = edition.statements()
    for finding in edition.findings():
        assert (finding.value is None) == (finding.name in statements), finding.name
        assert finding.sources, finding.name
        assert set(finding.sources) <= set(kaz.country.sources), finding.name


def test_every_figure_given_by_a_source_rests_on_a_row_that_exists(kaz, edition):
    for finding in edition.findings():
        if finding.rule == "as_given" and finding.value is not None:
            (row,) = finding.rests_on
            assert row in kaz.places, finding.name


def test_the_registered_balance_of_all_years_is_the_sum_of_the_file(edition):
    with (KAZ / "series" / "bns-external-migration.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["INDICATOR"] == "external_balance"]
    found = next(finding for finding in edition.findings() if finding.name.startswith("net_registered."))
    assert found.value == sum(float(row["OBS_VALUE"]) for row in rows)
    lost = next(finding for finding in edition.findings() if finding.name.startswith("years_of_loss."))
    assert lost.value == sum(float(row["OBS_VALUE"]) < 0 for row in rows)


def test_the_changes_since_2020_are_the_rows_of_the_register_dated_since_2020(edition):
    with (KAZ / "events.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    dated = [row["in_force"] if row["in_force"] not in ("", "unknown") else row["adopted"] for row in rows]
    values = {finding.name: finding.value for finding in edition.findings()}
    assert values["changes.all"] == len(rows)
    assert values["changes.since"] == sum(day >= "2020" for day in dated)
    restricting = sum(row["change"] == "1" and day >= "2020" for row, day in zip(rows, dated, strict=True))
    assert values["changes.since.1"] == restricting


def test_people_of_unknown_origin_are_never_counted_among_refugees_of_known_origin(edition):
    """facts/data_sources.md 2.5: the jump of 2023 is one row of origin UNK, recognised refugees stay near 300."""
    values = {finding.name: finding.value for finding in edition.findings()}
    assert values["refugees_known_origin.2022"] == 308
    assert values["refugees_known_origin.2023"] == 273
    assert values["refugees_known_origin.2024"] == 322


def test_a_review_as_of_an_earlier_day_holds_no_later_change_and_no_later_figure(kaz):
    early = review(kaz.country, Asked(date(1991, 1, 1), date(2019, 12, 31), date(2019, 12, 31)))
    for finding in early.findings():
        if finding.name.startswith("event:"):
            assert finding.on[:4] <= "2019", finding.name
        if finding.name.startswith("observation:"):
            assert finding.on[:4] <= "2019", finding.name


def test_what_was_published_later_is_not_known_earlier(kaz):
    later = {
        name
        for name, source in kaz.country.sources.items()
        if source.published and source.published.earliest.year >= 2025
    }
    known = known_by(kaz.country, date(2024, 12, 31))
    assert later
    for row in (*known.events, *known.observations, *known.regimes):
        assert not set(row.basis.sources) <= later, row.name


def test_a_part_of_the_review_holds_only_the_chapters_asked_for(kaz):
    part = review(kaz.country, Asked(date(1991, 1, 1), DAY, DAY, chapters=("stay",)))
    assert [chapter.name for chapter in part.chapters] == ["brief", "stay", "sources"]


def test_a_theme_brings_its_chapters_and_only_its_changes(kaz):
    part = review(kaz.country, Asked(date(1991, 1, 1), DAY, DAY, theme="refugees_asylum"))
    theme = kaz.country.themes["refugees_asylum"]
    events = {event.name: event for event in kaz.country.events}
    named = [name.removeprefix("event:") for name in part.statements() if name.startswith("event:")]
    assert named and all(theme.holds_event(events[name]) for name in named)
    assert "protection" in [chapter.name for chapter in part.chapters]


def test_every_chapter_can_be_asked_for_by_its_name(kaz, edition):
    names = [chapter.name for chapter in edition.chapters if chapter.name not in ("brief", "sources")]
    assert names == [name for name in chapter_names(kaz.country) if name in names]


def test_another_country_is_reviewed_without_a_line_of_code(toyland_country):
    document = review(toyland_country, Asked(earliest_day(toyland_country), DAY, DAY))
    names = {chapter.name for chapter in document.chapters}
    assert {"brief", "changes", "stay", "sources"} <= names
    assert all(set(finding.sources) <= set(toyland_country.sources) for finding in document.findings())


def test_a_country_with_nothing_but_sources_still_has_a_review(toyland_country):
    bare = replace(
        toyland_country,
        acts={}, parameters={}, regimes=(), abroad=(), events=(), indicators={}, observations=(), categories={},
        practice={}, conflicts={}, questions={}, themes={}, figure_chapters=(), glossary={},
    )  # fmt: skip
    document = review(bare, Asked(DAY, DAY, DAY))
    assert [chapter.name for chapter in document.chapters] == ["brief", "experts", "conflicts", "questions", "sources"]


def test_open_questions_rest_on_our_own_reading(edition):
    for finding in edition.findings():
        if finding.name.startswith("question:"):
            assert finding.sources == (OWN_READING,)
