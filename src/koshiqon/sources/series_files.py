"""The figures of a country: the CSV files under series/ and the datapackage that describes them."""

from __future__ import annotations

import json
from collections.abc import Mapping

from koshiqon.sources import shapes
from koshiqon.sources.faults import fault
from koshiqon.sources.files import read_text
from koshiqon.sources.reader import Reader
from koshiqon.trends.series import OBSERVATION_COLUMNS, DataSet, Observation


def read_observations(reader: Reader) -> tuple[tuple[Observation, ...], Mapping[str, tuple[str, ...]]]:
    """Every observation of every CSV file, in the order of files and lines; and the sources named in each file."""
    found = []
    sources: dict[str, dict[str, None]] = {}
    for path in sorted((reader.folder / "series").glob("*.csv")):
        name = f"series/{path.name}"
        for record, line in reader.rows(name, shapes.ObservationShape, OBSERVATION_COLUMNS):
            row = record.build()
            sources.setdefault(path.name, {}).update(dict.fromkeys(row.basis.sources))
            if reader.place("observation", row.name, name, line):
                found.append(row)
    return tuple(found), {file: tuple(names) for file, names in sources.items()}


def read_data_sets(reader: Reader, sources: Mapping[str, tuple[str, ...]]) -> tuple[DataSet, ...]:
    """The resources of the datapackage: path, producer, licence, citation, date. `sources`: those of each file."""
    name = "series/datapackage.json"
    if not (reader.folder / name).is_file():
        reader.faults.append(fault(name, 1, "file_missing"))
        return ()
    text = read_text(reader.folder / name, name, reader.faults)
    if text is None:
        return ()
    try:
        package = json.loads(text)
        sets = []
        for resource in package["resources"]:
            licence = resource["licenses"][0]
            if not isinstance(resource["path"], str):
                raise TypeError("path is not one file")
            sets.append(
                DataSet(
                    resource["name"],
                    resource["path"],
                    resource["title"],
                    resource["producer"],
                    licence["title"],
                    licence.get("path"),
                    resource["citation"],
                    str(resource["date"]),
                    sources.get(resource["path"], ()),
                )
            )
    except (ValueError, KeyError, TypeError, IndexError) as problem:
        line = problem.lineno if isinstance(problem, json.JSONDecodeError) else 1
        reader.faults.append(fault(name, line, "not_a_datapackage", reason=f"{type(problem).__name__}: {problem}"))
        return ()
    return tuple(sets)
