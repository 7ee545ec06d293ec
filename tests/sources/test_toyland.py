"""Toyland is complete: it has no fault, and every field of every form stands in it with a value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from koshiqon.sources import reform_file, rule_shapes, shapes, synthetic_shapes
from koshiqon.sources.country_folder import read_country
from koshiqon.sources.files import read_yaml
from koshiqon.sources.reform_file import ReformShape

RECORDS = {
    "country.yaml": shapes.CountryShape,
    "decision.yaml": shapes.DecisionShape,
    "acts/*.yaml": shapes.ActShape,
    "reforms/*.yaml": ReformShape,
    "synthetic.yaml": synthetic_shapes.SyntheticShape,
}
LISTS = {
    "categories/*.yaml": shapes.CategoryShape,
    "codes.yaml": shapes.CodeShape,
    "conflicts/*.yaml": shapes.ConflictShape,
    "facts.yaml": shapes.CaseFactShape,
    "glossary.yaml": shapes.GlossaryShape,
    "offices.yaml": shapes.OfficeShape,
    "practice/*.yaml": shapes.PracticeShape,
    "questions/*.yaml": shapes.QuestionShape,
    "readings.yaml": rule_shapes.ReadingShape,
    "remarks/*.yaml": shapes.RemarkShape,
    "review.yaml": shapes.FigureChapterShape,
    "rules/*.yaml": rule_shapes.RuleShape,
    "series/areas.yaml": shapes.AreaShape,
    "series/dimensions.yaml": shapes.DimensionShape,
    "series/indicators.yaml": shapes.IndicatorShape,
    "series/units.yaml": shapes.UnitShape,
    "sources.yaml": shapes.SourceShape,
    "themes.yaml": shapes.ThemeShape,
}
NAMED_BY_THE_MANUAL_ELSEWHERE = {
    (shape, "conflicts_with")
    for shape in (
        shapes.ActShape,
        shapes.AmendmentShape,
        shapes.CategoryShape,
        shapes.OfficeShape,
        shapes.PracticeShape,
        rule_shapes.OptionShape,
    )
}
"""`conflicts_with` is a column of rows that can contradict a row of their kind; these kinds only inherit it."""

Field = tuple[type[BaseModel], str]


def shapes_within(annotation: Any) -> Iterator[type[BaseModel]]:
    """The forms that an annotation such as `list[StepShape] | None` names."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from shapes_within(part)


def fits(shape: type[BaseModel], record: Any) -> bool:
    """Has a record the keys of this form? What follows from a rule has one of many forms."""
    fields = [(field.alias or name, field.is_required()) for name, field in shape.model_fields.items()]
    needed = {name for name, required in fields if required}
    return isinstance(record, dict) and needed <= record.keys() <= {name for name, _ in fields}


def fields_used(shape: type[BaseModel], record: dict[str, Any]) -> Iterator[Field]:
    """The fields of a form, and of the forms within it, that hold something in a record."""
    for name, field in shape.model_fields.items():
        value = record.get(field.alias or name)
        if value not in (None, "", [], {}):
            yield shape, name
            for entry in value if isinstance(value, list) else [value]:
                for inner in shapes_within(field.annotation):
                    if fits(inner, entry):
                        yield from fields_used(inner, entry)


def fields_of(shape: type[BaseModel]) -> Iterator[Field]:
    for name, field in shape.model_fields.items():
        yield shape, name
        for inner in shapes_within(field.annotation):
            yield from fields_of(inner)


def contents(country: Path, pattern: str) -> list[Any]:
    return [read_yaml(file, file.name, []).value for file in country.glob(pattern)]


def test_toyland_has_no_fault(toyland):
    assert read_country(toyland).faults == ()


@pytest.fixture(scope="module")
def used_in_toyland(toyland) -> set[Field]:
    """Every field of every form of YAML that holds something in some file of Toyland."""
    used: set[Field] = set()
    for pattern, shape in (RECORDS | LISTS).items():
        files = contents(toyland, pattern)
        records = files if pattern in RECORDS else [record for file in files for record in file]
        used |= {field for record in records for field in fields_used(shape, record)}
    return used


@pytest.mark.parametrize("pattern", RECORDS | LISTS)
def test_every_field_of_a_form_holds_something_somewhere_in_toyland(used_in_toyland, pattern):
    tables = {(shapes.RegimeShape, name) for name in shapes.RegimeShape.model_fields}
    empty = set(fields_of((RECORDS | LISTS)[pattern])) - used_in_toyland - NAMED_BY_THE_MANUAL_ELSEWHERE - tables
    assert {f"{owner.__name__}.{name}" for owner, name in empty} == set()


def test_every_form_belongs_to_a_file_of_toyland_or_to_a_table():
    tables = {shapes.AbroadShape, shapes.EventShape, shapes.ObservationShape, shapes.RegimeShape}
    reached = {owner for shape in (RECORDS | LISTS).values() for owner, _ in fields_of(shape)} | tables
    rooms = (shapes, rule_shapes, reform_file, synthetic_shapes)
    named = {thing for room in rooms for name, thing in vars(room).items() if name.endswith("Shape")}
    declared = {thing for thing in named if isinstance(thing, type) and thing.__name__ != "Shape"}
    assert {shape.__name__ for shape in declared - reached} == set()


@pytest.mark.parametrize("name", ["abroad.csv", "events.csv", "regimes.csv", "series/yearbook.csv"])
def test_every_column_of_a_table_holds_something_in_some_row_of_toyland(toyland_columns, name):
    assert [column for column, cells in toyland_columns(name).items() if not any(cells)] == []


@pytest.fixture
def toyland_columns(toyland):
    """The cells of a table of Toyland by column."""
    import csv

    def columns(name: str) -> dict[str, list[str]]:
        with (toyland / name).open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        return {column: [row[column] for row in rows] for column in rows[0]}

    return columns


@pytest.mark.parametrize(
    "shape", [*(RECORDS | LISTS).values(), shapes.AbroadShape, shapes.EventShape, shapes.RegimeShape]
)
def test_the_manual_names_every_field(shape, repository):
    manual = (repository / "docs" / "reference" / "country-files.md").read_text(encoding="utf-8")
    names = {owner.model_fields[name].alias or name for owner, name in fields_of(shape)}
    assert {name for name in names if not re.search(rf"\b{name}(_en)?\b", manual)} == set()
