"""One reading of a country's folder: records become shapes, what does not fit becomes a fault with its line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from koshiqon.evidence import Reference
from koshiqon.sources.faults import Fault, fault
from koshiqon.sources.fields import Shape
from koshiqon.sources.files import Located, read_csv, read_yaml

ShapeT = TypeVar("ShapeT", bound=Shape)
T = TypeVar("T")
Places = dict[Reference, tuple[str, int]]

FAULT_OF_PYDANTIC = {
    "missing": "field_missing",
    "extra_forbidden": "field_unknown",
    "string_type": "not_text",
    "int_type": "not_a_whole_number",
    "float_type": "not_a_number",
    "bool_type": "not_yes_or_no",
    "list_type": "not_a_list",
    "dict_type": "not_a_map",
    "model_type": "not_a_map",
    "literal_error": "not_one_of",
    "too_short": "too_few",
}


@dataclass(slots=True)
class Reader:
    """The state of one reading: where we read, what is wrong so far, where each row stands."""

    folder: Path
    languages: tuple[str, ...] = ()
    faults: list[Fault] = field(default_factory=list)
    places: Places = field(default_factory=dict)

    def yaml(self, name: str) -> Located:
        """One YAML file; a fault where it is not there."""
        if not (self.folder / name).is_file():
            self.faults.append(fault(name, 1, "file_missing"))
            return Located(None, {})
        return read_yaml(self.folder / name, name, self.faults)

    def shape(
        self, kind: type[ShapeT], value: object, name: str, line_of: Callable[[tuple[str | int, ...]], int]
    ) -> ShapeT | None:
        """One record as its shape; its faults, and None, where it does not fit."""
        try:
            return kind.model_validate(value, context={"languages": self.languages})
        except ValidationError as problem:
            for error in problem.errors(include_url=False):
                place = ".".join(str(part) for part in error["loc"]) or "record"
                code = FAULT_OF_PYDANTIC.get(error["type"], error["type"])
                values: dict[str, object] = dict(error.get("ctx", {}))
                if code == "not_one_of":
                    values = {"value": error["input"], "allowed": values.get("expected", values.get("allowed", ""))}
                elif code not in ("field_missing", "field_unknown"):
                    values = {"value": shortened(error["input"])} | values
                    values.setdefault("reason", error["msg"])
                self.faults.append(fault(name, line_of(error["loc"]), code, field=place, **values))
            return None

    def records(self, name: str, kind: type[ShapeT]) -> Iterator[tuple[ShapeT, int]]:
        """The records of a YAML file that is a list."""
        located = self.yaml(name)
        if located.value is None:
            return
        if not isinstance(located.value, list):
            self.faults.append(fault(name, 1, "not_a_list", field="file", value=shortened(located.value)))
            return
        for number, value in enumerate(located.value):
            shape = self.shape(kind, value, name, lambda path, number=number: located.line_of((number, *path)))  # type: ignore[misc]
            if shape is not None:
                yield shape, located.line_of((number,))

    def rows(
        self, name: str, kind: type[ShapeT], columns: tuple[str, ...], texts: tuple[str, ...] = ()
    ) -> Iterator[tuple[ShapeT, int]]:
        """The records of a CSV file; `texts` are the columns that stand there once a language (`text_en`)."""
        if not (self.folder / name).is_file():
            self.faults.append(fault(name, 1, "file_missing"))
            return
        spread = tuple(f"{text}_{language}" for text in texts for language in self.languages)
        for line, record in read_csv(self.folder / name, name, columns + spread, self.faults):
            cells: dict[str, Any] = {column: cell for column, cell in record.items() if column not in spread}
            cells |= {text: {language: record[f"{text}_{language}"] for language in self.languages} for text in texts}
            shape = self.shape(kind, cells, name, lambda _path, line=line: line)  # type: ignore[misc]
            if shape is not None:
                yield shape, line

    def place(self, kind: str, name: str, file: str, line: int) -> bool:
        """Note where a row stands; a fault, and False, where its name is taken."""
        reference = Reference(kind, name)
        if reference in self.places:
            first_file, first_line = self.places[reference]
            self.faults.append(fault(file, line, "name_twice", name=reference, first=f"{first_file}:{first_line}"))
            return False
        self.places[reference] = (file, line)
        return True

    def named(self, kind: str, names: Iterable[str], shape: type[ShapeT], build: Callable[[ShapeT], T]) -> dict[str, T]:
        """The records of several YAML files by their name, which stands in the field called like their kind."""
        found: dict[str, T] = {}
        for file in names:
            for record, line in self.records(file, shape):
                name = getattr(record, kind)
                if self.place(kind, name, file, line):
                    found[name] = build(record)
        return found

    def folder_of(self, name: str) -> list[str]:
        return sorted(f"{name}/{path.name}" for path in (self.folder / name).glob("*.yaml"))


def shortened(value: object) -> str:
    text = str(value)
    return text if len(text) <= 60 else text[:57] + "…"
