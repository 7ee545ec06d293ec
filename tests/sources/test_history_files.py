"""Worked histories are read strictly: each slip is told with its line, and Toyland's uses every field."""

from __future__ import annotations

import re
from datetime import date

import pytest
from slips import Slip, codes_told_by, make, named, slips, told

from koshiqon.sources.country_folder import read_country
from koshiqon.sources.files import read_yaml
from koshiqon.sources.history_files import HistoryShape, PermitShape

FILE = "histories.yaml"

SLIPS = slips(
    """histories.yaml | [2024-01-10, 2024-01-20] → [2024-01-20, 2024-01-10] | :8 history_backwards
histories.yaml | [2024-01-10, 2024-01-20] → [2024-01-10, 2024-01-15, 2024-01-20] | :8 history_trip
histories.yaml | [2024-01-10, 2024-01-20] → [] | :8 history_trip
histories.yaml | [2024-01-10, 2024-01-20] → [2024-01-10] | :8 history_overlap
histories.yaml | [2024-02-01] → [2024-01-15] | :8 history_overlap
histories.yaml | [2024-02-01] → [2024-02-30] | :8 not_a_day
histories.yaml | [2024-02-01] → [2024-06-01] | :1 history_ahead
histories.yaml | until: 2024-03-10 → until: 2024-01-10 | :9 history_backwards
histories.yaml | citizenship: KGZ → citizenship: KGX | :1 area_unknown
histories.yaml | kind: toy_permit → kind: toy_pass | :1 code_without_words
histories.yaml | on: 2024-05-01 → on: May | :10 not_a_day
histories.yaml | , kk: Екі сапар және бір рұқсат → | :2 language_missing
histories.yaml | on: 2024-05-01 → day: 2024-05-01 | :10 field_unknown"""
)


@pytest.mark.parametrize("slip", SLIPS, ids=named)
def test_a_slip_is_told_with_its_line(slip: Slip, toyland_copy):
    make(slip, toyland_copy)
    assert (slip.where, slip.code) in told(toyland_copy)


def test_every_refusal_of_a_history_is_made_once():
    assert codes_told_by("refuse", "sources/history_files.py") == {
        slip.code for slip in SLIPS if "history" in slip.code
    }


def test_leaving_and_coming_back_on_one_day_is_no_overlap(toyland_copy):
    make(Slip(FILE, "[2024-02-01]", "[2024-01-20]", "", ""), toyland_copy)
    history = read_country(toyland_copy).country.histories["two-visits-with-a-permit"]
    assert history.trips == ((date(2024, 1, 10), date(2024, 1, 20)), (date(2024, 1, 20), None))


def test_a_country_without_the_file_has_no_histories(toyland_copy):
    (toyland_copy / FILE).unlink()
    read = read_country(toyland_copy)
    assert (read.country.histories, read.faults) == ({}, ())


def test_toyland_uses_every_field_of_a_history(toyland):
    (record,) = read_yaml(toyland / FILE, FILE, []).value
    assert set(record) == set(HistoryShape.model_fields)
    assert set(record["permits"][0]) == set(PermitShape.model_fields)


@pytest.mark.parametrize("shape", [HistoryShape, PermitShape])
def test_the_manual_names_every_field_of_a_history(shape, repository):
    manual = (repository / "docs" / "reference" / "country-files.md").read_text(encoding="utf-8")
    assert [name for name in shape.model_fields if not re.search(rf"\b{name}\b", manual)] == []
