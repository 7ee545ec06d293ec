"""Whatever stands in a field, the answer is a letter: no traceback, no fault without words.

Each record of Toyland is written again with one of its fields, then another, holding something odd; a whole file of
such records is read in one run.
"""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from koshiqon.render.catalogs import catalog
from koshiqon.render.letters import FAULTS, letter
from koshiqon.sources.country_folder import read_country
from koshiqon.sources.faults import UnreadableCountry
from koshiqon.sources.files import read_yaml

ODD_VALUES = [None, True, 7, 1.5, "", " ", "word", "act:", "..", [], [None], [7], ["word"], {}, {"word": "word"}]
ODD_CELLS = [
    "",
    " ",
    "word",
    "-1",
    "²",
    "1_0",
    "nan",
    "1e999",
    "9999-12",
    "2023-13",
    "act:",
    "a=b=c;",
    "a/b/c",
    "x" * 200,
]

LISTS = [
    "codes.yaml",
    "facts.yaml",
    "glossary.yaml",
    "histories.yaml",
    "offices.yaml",
    "review.yaml",
    "sources.yaml",
    "themes.yaml",
    "categories/stay.yaml",
    "conflicts/stay.yaml",
    "practice/stay.yaml",
    "questions/stay.yaml",
    "remarks/stay.yaml",
    "readings.yaml",
    "rules/others.yaml",
    "rules/titles.yaml",
    "series/areas.yaml",
    "series/dimensions.yaml",
    "series/indicators.yaml",
    "series/units.yaml",
]
RECORDS = [
    "acts/1-I.yaml",
    "country.yaml",
    "decision.yaml",
    "reforms/toys-for-all.yaml",
    "series/datapackage.json",
    "synthetic.yaml",
]
TABLES = ["abroad.csv", "events.csv", "regimes.csv", "series/press.csv"]


def parts_of(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The addresses of all fields, and of the fields within them."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in inside:
        yield (*path, key)
        yield from parts_of(part, (*path, key))


def first_of_each(value: Any) -> Any:
    """A record with only the first entry of each of its lists: as many kinds of field, fewer of a kind."""
    if isinstance(value, dict):
        return {key: first_of_each(part) for key, part in value.items()}
    return [first_of_each(part) for part in value[:1]] if isinstance(value, list) else value


def odd_copies(record: Any) -> Iterator[Any]:
    """The record with each of its fields, in turn, holding each odd value."""
    for path in parts_of(record):
        for odd in ODD_VALUES:
            copy = deepcopy(record)
            around = copy
            for key in path[:-1]:
                around = around[key]
            around[path[-1]] = odd
            yield copy


def expect_letters(country: Path) -> None:
    """Read a country and put every fault into words."""
    try:
        faults = read_country(country).faults
    except UnreadableCountry as problem:
        assert letter(problem.code, problem.values, catalog("en"))
        return
    unheard_of = {fault.code: fault for fault in faults if fault.code not in FAULTS}
    assert unheard_of == {}
    for fault in faults:
        words = letter(fault.code, dict(fault.values), catalog("en"))
        assert "\n" not in words


def read_toyland(file: Path) -> Any:
    return read_yaml(file, file.name, []).value


@pytest.fixture
def only(tmp_path, toyland):
    """A folder with nothing but country.yaml and one file, written as JSON, which is YAML too."""
    shutil.copy(toyland / "country.yaml", tmp_path)

    def folder_with(name: str, content: Any) -> Path:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
        return tmp_path

    return folder_with


@pytest.mark.parametrize("name", LISTS)
def test_a_list_of_odd_records_gets_letters(only, toyland, name):
    records = read_toyland(toyland / name)
    of_several_forms = name.startswith("rules/")
    chosen = records if of_several_forms else records[:2]
    spoiled = (copy for record in chosen for copy in odd_copies(first_of_each(record)))
    expect_letters(only(name, [*records, *spoiled]))


@pytest.mark.parametrize("name", RECORDS)
def test_an_odd_file_of_one_record_gets_letters(only, toyland, name):
    languages = {"languages": ["en", "kk", "ru"]} if name == "country.yaml" else {}
    for copy in odd_copies(first_of_each(read_toyland(toyland / name)) | languages):
        expect_letters(only(name, copy))


@pytest.mark.parametrize("name", [*LISTS, *RECORDS])
@pytest.mark.parametrize("odd", ODD_VALUES, ids=repr)
def test_a_file_that_holds_something_else_gets_letters(only, name, odd):
    expect_letters(only(name, odd))


@pytest.mark.parametrize("name", TABLES)
def test_a_table_of_odd_records_gets_letters(toyland_copy, name):
    with (toyland_copy / name).open(encoding="utf-8", newline="") as file:
        records = list(csv.DictReader(file))
    with (toyland_copy / name).open("a", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, records[0])
        writer.writerows(record | {column: odd} for record in records for column in record for odd in ODD_CELLS)
    expect_letters(toyland_copy)


def test_every_file_of_toyland_is_spoiled_here(toyland):
    present = {path.relative_to(toyland).as_posix() for path in toyland.rglob("*.*")}
    more_of_a_kind = {"acts/2-II.yaml", "acts/gov-3-2004.yaml", "acts/treaty-kgz-2026.yaml", "series/yearbook.csv"}
    assert present == {*LISTS, *RECORDS, *TABLES} | more_of_a_kind
