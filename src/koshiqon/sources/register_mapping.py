"""How a register is written, from a mapping file; or without one, for files whose columns are called as we call them.

UnreadableMapping   a mapping that cannot be read; it holds every fault that was found
"""

from __future__ import annotations

import codecs
import json
from datetime import date
from pathlib import Path

from koshiqon.sources.citizenships import citizenships_by_name, is_citizenship
from koshiqon.sources.faults import Fault, fault
from koshiqon.sources.files import Located, read_yaml
from koshiqon.sources.reader import Reader
from koshiqon.sources.register_shapes import MappingShape
from koshiqon.stay.register.form import (
    CROSSING_NAMES,
    SIDE_NAMES,
    Clock,
    Coverage,
    Given,
    Holds,
    RegisterForm,
    Repair,
    SideTable,
)

MADE = "truth-made.json"
"""What `koshiqon register make` leaves beside a register that it made."""
SIDES_OF_A_MADE_ONE = {
    "checkpoints": ("truth-checkpoints.parquet", Coverage.COMPLETE),
    "permits": ("permits-*.parquet", Coverage.COMPLETE),
    "penalties": ("permit-penalties-*.parquet", Coverage.COMPLETE),
    # Of some persons with two passports the register does not know it.
    "links": ("permit-documents-*.parquet", Coverage.PARTIAL),
}


class UnreadableMapping(Exception):
    """A mapping that cannot be read, or one that is needed and was not given, with every fault."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("; ".join(f"{found.file}:{found.line}: {found.code}" for found in faults))
        self.faults = faults


def read_mapping(path: Path) -> RegisterForm:
    """The form that a mapping file tells. Raises UnreadableMapping."""
    reader, name = Reader(path.parent), str(path)
    try:
        located = read_yaml(path, name, reader.faults)
    except OSError as problem:
        reason = problem.strerror or str(problem)
        raise UnreadableMapping((fault("", 0, "register_mapping_unreadable", path=name, reason=reason),)) from None
    if not reader.faults and not isinstance(located.value, dict):
        reader.faults.append(fault(name, 1, "register_mapping_empty"))
    shape = None if reader.faults else reader.shape(MappingShape, located.value, name, located.line_of)
    if shape is not None:
        reader.faults += _slips(shape, located, name)
    if shape is None or reader.faults:
        raise UnreadableMapping(tuple(sorted(reader.faults)))
    return _form(shape)


def _slips(shape: MappingShape, located: Located, name: str) -> list[Fault]:
    """What the form of a record does not show: a code that no state has, an encoding that nobody knows."""
    found = []
    given = shape.columns.get("citizenship")
    for written, meant in (given.values if given else {}).items():
        if not is_citizenship(meant):
            line = located.line_of(("columns", "citizenship", "values", written))
            found.append(fault(name, line, "register_citizenship_unknown", value=meant, written=written))
    try:
        codecs.lookup(shape.csv.encoding)
    except LookupError:
        line = located.line_of(("csv", "encoding"))
        found.append(fault(name, line, "register_encoding_unknown", value=shape.csv.encoding))
    return found


def _form(shape: MappingShape) -> RegisterForm:
    return RegisterForm(
        holds=Holds(shape.holds),
        columns={name: given.build() for name, given in shape.columns.items()},
        zone=shape.zone,
        citizenships=citizenships_by_name(),
        facts={name: given.build() for name, given in shape.facts.items()},
        clock=Clock(shape.clock),
        date_format=shape.date_format,
        zones=shape.zones,
        checkpoints=shape.checkpoints.build() if shape.checkpoints else None,
        permits=shape.permits.build("permits") if shape.permits else None,
        penalties=shape.penalties.build("penalties") if shape.penalties else None,
        links=shape.links.build("links") if shape.links else None,
        since=shape.since,
        extracted_on=shape.extracted_on,
        repair=Repair(shape.repair.duplicate_minutes, shape.repair.overlap_minutes, shape.repair.early_exit_minutes),
        delimiter=shape.csv.delimiter,
        quote=shape.csv.quote,
        encoding=shape.csv.encoding,
        synthetic=shape.synthetic,
    )


def form_without_mapping(source: Path) -> RegisterForm:
    """The form of a file or folder for which nobody wrote a mapping: that of a register made here, which says so
    itself; of any other the zone is not known. Raises UnreadableMapping.
    """
    marker = source / MADE
    if not marker.is_file():
        raise UnreadableMapping((fault("", 0, "register_zone_missing", path=source),))
    try:
        until = date.fromisoformat(json.loads(marker.read_text(encoding="utf-8"))["asked"]["until"])
    except (OSError, ValueError, KeyError, TypeError) as problem:
        reason = fault("", 0, "register_mapping_unreadable", path=marker, reason=problem)
        raise UnreadableMapping((reason,)) from None
    sides = {
        name: SideTable(files, {column: column for column in SIDE_NAMES[name]}, coverage)
        for name, (files, coverage) in SIDES_OF_A_MADE_ONE.items()
    }
    return RegisterForm(
        holds=Holds.CROSSINGS,
        columns={name: Given(name) for name in CROSSING_NAMES},
        # Every checkpoint has a zone of its own; a row of another one would be marked.
        zone="UTC",
        citizenships=citizenships_by_name(),
        extracted_on=until,
        synthetic=True,
        checkpoints=sides["checkpoints"],
        permits=sides["permits"],
        penalties=sides["penalties"],
        links=sides["links"],
    )
