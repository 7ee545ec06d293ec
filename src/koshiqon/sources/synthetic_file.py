"""synthetic.yaml: what a synthetic register of the country is made to resemble, read strictly. The manual of the form
is docs/reference/country-files.md.

Beside the shape of each row it is checked that every row names a calibration of the file and every calibration its
sources, and that no citizenship, purpose or group of checkpoints is left without its row.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from koshiqon.sources.citizenships import is_citizenship
from koshiqon.sources.faults import Fault, fault
from koshiqon.sources.files import Located
from koshiqon.sources.reader import Reader
from koshiqon.sources.synthetic_shapes import FaultsShape, HabitsShape, Row, SyntheticShape
from koshiqon.stay import synthetic as made

FILE = "synthetic.yaml"

KINDS: dict[str, type[Any]] = {
    "citizenships": made.Citizenship,
    "visits": made.Visits,
    "years": made.Year,
    "seasons": made.Season,
    "spells": made.Spell,
    "purposes": made.Purposes,
    "sexes": made.Sexes,
    "ages": made.Age,
    "nights": made.Nights,
    "checkpoints": made.Checkpoints,
    "routes": made.Route,
    "papers": made.Paper,
    "residents": made.Residents,
    "penalties": made.Penalty,
    "turns": made.Turn,
}
"""The lists of the file and what their rows become; a row and its dataclass have the same fields."""
FOR_ALL_OTHERS = {"visits": "citizenships", "seasons": "citizenships", "purposes": "citizenships"} | {
    "routes": "citizenships",
    "sexes": "purposes",
    "ages": "purposes",
}
"""The lists in which one row must be for all whom no other names."""


def read_synthetic(reader: Reader, sources: Collection[str], areas: Collection[str] = ()) -> made.Synthetic | None:
    """The file of a country; None where there is none, or where it has faults, which the reader then holds. `areas` are
    the codes beside those of ISO 3166 that a citizenship may have.
    """
    if not (reader.folder / FILE).is_file():
        return None
    located = reader.yaml(FILE)
    shape = reader.shape(SyntheticShape, located.value, FILE, located.line_of) if located.value is not None else None
    if shape is None:
        return None
    found = [*_without_basis(shape, located, sources), *_without_row(shape, located), *_unknown(shape, located, areas)]
    reader.faults += found
    return None if found else _built(shape)


def _built(shape: SyntheticShape) -> made.Synthetic:
    calibrations = [
        made.Calibration(row.calibration, row.text, row.basis, tuple(row.sources)) for row in shape.calibrations
    ]
    habits = {name: (row.share, row.by) for name, row in shape.habits}
    slips = [
        made.Slip(kind, row.share, getattr(row, "minutes", 0), tuple(getattr(row, "days", ())), row.by)
        for kind, row in shape.faults
    ]
    lists: dict[str, Any] = {
        name: tuple(kind(**{field: _fixed(value) for field, value in row}) for row in getattr(shape, name))
        for name, kind in KINDS.items()
    }
    return made.Synthetic(calibrations=tuple(calibrations), habits=made.Habits(**habits), faults=tuple(slips), **lists)


def _fixed(value: Any) -> Any:  # noqa: ANN401 (any cell of a row)
    return tuple(value) if isinstance(value, list) else value


def _placed(shape: SyntheticShape, located: Located) -> Iterator[tuple[str, Row, int]]:
    """Every row that rests on a calibration, with the part of the file and the line where it stands."""
    for name in KINDS:
        for number, row in enumerate(getattr(shape, name)):
            yield name, row, located.line_of((name, number))
    parts: tuple[tuple[str, HabitsShape | FaultsShape], ...] = (("habits", shape.habits), ("faults", shape.faults))
    for name, part in parts:
        for key, row in part:
            yield name, row, located.line_of((name, key))


def _without_basis(shape: SyntheticShape, located: Located, sources: Collection[str]) -> Iterator[Fault]:
    """Rows without their calibration; calibrations twice, on which nothing rests, or without their sources."""
    first: dict[str, int] = {}
    used = {row.by for _, row, _ in _placed(shape, located)}
    for number, entry in enumerate(shape.calibrations):
        line = located.line_of(("calibrations", number))
        if entry.calibration in first:
            yield fault(FILE, line, "name_twice", name=entry.calibration, first=f"{FILE}:{first[entry.calibration]}")
        first.setdefault(entry.calibration, line)
        for source in entry.sources:
            if source not in sources:
                yield fault(FILE, line, "source_unknown", source=source)
        if entry.calibration not in used:
            yield fault(FILE, line, "theme_selects_nothing", part="by", value=entry.calibration)
    for _, row, line in _placed(shape, located):
        if row.by not in first:
            yield fault(FILE, line, "not_one_of", field="by", value=row.by, allowed=", ".join(first))


def _without_row(shape: SyntheticShape, located: Located) -> Iterator[Fault]:
    """Lists in which somebody would find no row; a year, a citizenship or a group that stands twice."""
    for name, whom in FOR_ALL_OTHERS.items():
        if not any(not getattr(row, whom) for row in getattr(shape, name)):
            yield fault(FILE, located.line_of((name,)), "field_missing", field=f"{name}: {whom}: []")
    for name, key in (("citizenships", "citizenship"), ("years", "year"), ("checkpoints", "group")):
        seen: dict[object, int] = {}
        for number, row in enumerate(getattr(shape, name)):
            value, line = getattr(row, key), located.line_of((name, number))
            if value in seen:
                yield fault(FILE, line, "name_twice", name=value, first=f"{FILE}:{seen[value]}")
            seen.setdefault(value, line)


def _unknown(shape: SyntheticShape, located: Located, areas: Collection[str]) -> Iterator[Fault]:
    """Citizenships, purposes and groups of checkpoints that are named and are nowhere; shares above one in all."""
    purposes, groups = {row.purpose for row in shape.nights}, {row.group for row in shape.checkpoints}
    citizenships = {row.citizenship for row in shape.citizenships}
    for row_number, entry in enumerate(shape.citizenships):
        if not is_citizenship(entry.citizenship) and entry.citizenship not in areas:
            yield fault(FILE, located.line_of(("citizenships", row_number)), "area_unknown", area=entry.citizenship)
    for name, row, line in _placed(shape, located):
        named = [("citizenships", code, citizenships) for code in getattr(row, "citizenships", ())]
        named += [("purposes", code, purposes) for code in getattr(row, "purposes", ())]
        known = purposes if name == "purposes" else groups
        named += [("weights", code, known) for code, _ in getattr(row, "weights", ())]
        for field, code, allowed in named:
            if code not in allowed:
                yield fault(FILE, line, "not_one_of", field=field, value=code, allowed=", ".join(sorted(allowed)))
    yield from _shares_above_one(shape, located, purposes, citizenships)


def _shares_above_one(
    shape: SyntheticShape, located: Located, purposes: Collection[str], citizenships: Collection[str]
) -> Iterator[Fault]:
    """Things of which at most one happens, and whose shares add up to more than one."""
    highest = max(
        sum(
            row.share
            for row in shape.papers
            if purpose in (row.purposes or [purpose]) and code in (row.citizenships or [code])
        )
        for purpose in purposes
        for code in citizenships
    )
    kinds = dict(shape.faults)
    sums = {
        "papers": highest,
        "penalties": sum(row.share for row in shape.penalties),
        "faults": max(sum(kinds[kind].share for kind in part) for part in (made.STAY_FAULTS, made.ROW_FAULTS)),
    }
    for name, total in sums.items():
        if total > 1:
            line = located.line_of((name,))
            yield fault(FILE, line, "not_one_of", field=f"{name}: share", value=f"{total:g}", allowed="0 … 1")
