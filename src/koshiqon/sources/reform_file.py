"""The reforms of a country, one file each: read like the country's own rows, and checked as laid over it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import Field

from koshiqon.country import Country
from koshiqon.evidence import Reference
from koshiqon.period import PartialDate, exactly
from koshiqon.reform import Reform, reformed
from koshiqon.rules.vocabulary import Vocabulary
from koshiqon.sources.act_files import misfit
from koshiqon.sources.country_check import cross_faults
from koshiqon.sources.faults import Fault, fault
from koshiqon.sources.fields import Day, Name, Shape, Words
from koshiqon.sources.files import Located, Path_
from koshiqon.sources.reader import Places, Reader
from koshiqon.sources.rule_files import rule_of
from koshiqon.sources.rule_shapes import RuleShape
from koshiqon.sources.shapes import ParameterValueShape, RegimeShape

NO_FAULT_OF_A_REFORM = frozenset({"source_orphan", "regime_without_title", "conflict_one_sided"})
"""A reform may take away what alone cited a source, or let nobody in by a regime any more, or end one side of a
conflict.
"""


class NewValuesShape(Shape):
    parameter: Name
    values: list[ParameterValueShape] = Field(min_length=1)


class ReformShape(Shape):
    reform: Name
    text: Words
    since: Day
    removes_rules: list[Name] = Field(default_factory=list)
    rules: list[RuleShape] = Field(default_factory=list)
    parameters: list[NewValuesShape] = Field(default_factory=list)
    regimes: list[RegimeShape] = Field(default_factory=list)
    ends_regimes: dict[str, Day] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PlacedReform:
    """A reform, and where each of its parts stands."""

    reform: Reform
    places: Places


def read_reforms(reader: Reader, vocabulary: Vocabulary) -> dict[str, PlacedReform]:
    """The reforms of reforms/, by name. The folder may be absent."""
    found = {}
    for file in reader.folder_of("reforms"):
        read = read_reform(reader, file, vocabulary)
        if read is not None and reader.place("reform", read.reform.name, file, 1):
            found[read.reform.name] = read
    return found


def read_reform(reader: Reader, file: str, vocabulary: Vocabulary) -> PlacedReform | None:
    """One reform; None, with faults, where its file cannot be read. A file outside the country's folder is named by
    its full path.
    """
    located = reader.yaml(file)
    shape = reader.shape(ReformShape, located.value, file, located.line_of) if located.value is not None else None
    if shape is None:
        return None
    rules = [
        rule_of(reader, entry, file, _lines(located, number), vocabulary) for number, entry in enumerate(shape.rules)
    ]
    reform = Reform(
        name=shape.reform,
        text=shape.text,
        since=shape.since,
        rules={rule.name: rule for rule in rules if rule is not None},
        removes_rules=tuple(shape.removes_rules),
        parameters={entry.parameter: tuple(value.build() for value in entry.values) for entry in shape.parameters},
        regimes=tuple(row.build() for row in shape.regimes),
        ends_regimes=shape.ends_regimes,
    )
    return PlacedReform(reform, _places(reader, shape, file, located))


def _lines(located: Located, number: int) -> Callable[[Path_], int]:
    return lambda path: located.line_of(("rules", number, *path))


def _places(reader: Reader, shape: ReformShape, file: str, located: Located) -> Places:
    """Where the parts of a reform stand; a fault where a name stands twice."""
    parts: list[tuple[Reference, Path_]] = [(Reference("reform", shape.reform), ())]
    parts += [(Reference("rule", entry.rule), ("rules", number)) for number, entry in enumerate(shape.rules)]
    parts += [(Reference("rule", name), ("removes_rules",)) for name in shape.removes_rules]
    parts += [(Reference("regime", row.build().name), ("regimes", number)) for number, row in enumerate(shape.regimes)]
    parts += [(Reference("regime", name), ("ends_regimes", name)) for name in shape.ends_regimes]
    for number, entry in enumerate(shape.parameters):
        parts.append((Reference("parameter", entry.parameter), ("parameters", number)))
        parts += [
            (
                Reference("parameter", f"{entry.parameter}/{value.since.text}/{value.value}"),
                ("parameters", number, "values", count),
            )
            for count, value in enumerate(entry.values)
        ]
    places: Places = {}
    for reference, path in parts:
        line = located.line_of(path)
        if reference in places:
            first = ":".join(map(str, places[reference]))
            reader.faults.append(fault(file, line, "name_twice", name=reference, first=first))
        places.setdefault(reference, (file, line))
    return places


# --- a reform beside its country -------------------------------------------------------------------------------------


def reform_faults(country: Country, placed: PlacedReform, places: Places, folder: Path) -> list[Fault]:
    """What is wrong with a reform of a country that is itself without faults."""
    reform = placed.reform
    both = places | placed.places

    def at(reference: Reference, code: str, **values: object) -> Fault:
        file, line = both[reference]
        return fault(file, line, code, **values)

    named = [Reference("rule", name) for name in reform.removes_rules]
    named += [Reference("regime", name) for name in reform.ends_regimes]
    named += [Reference("parameter", name) for name in reform.parameters]
    found = [at(target, "reference_unknown", target=target) for target in named if target not in places]
    for reference, since in _first_days(reform):
        if not since.is_exact or since.earliest < reform.since:
            found.append(at(reference, "reform_reaches_back", name=reference, since=since.text, day=reform.since))
    for name in reform.parameters.keys() & country.parameters.keys():
        for value in reform.parameters[name]:
            if (code := misfit(value.value, country.parameters[name].unit)) is not None:
                here = Reference("parameter", f"{name}/{value.period.since.text}/{value.value}")
                found.append(at(here, code, field=name, value=value.value))
    after = reformed(_law_of(country), reform)
    earlier = {
        Reference("rule", name): both[Reference("rule", name.partition("@")[0])]
        for name in after.rules
        if Reference("rule", name) not in both
    }
    found += cross_faults(after, both | earlier, folder)
    return [told for told in found if told.code not in NO_FAULT_OF_A_REFORM]


def _first_days(reform: Reform) -> Iterator[tuple[Reference, PartialDate]]:
    for name, rule in reform.rules.items():
        yield Reference("rule", name), rule.period.since
    for row in reform.regimes:
        yield Reference("regime", row.name), row.period.since
    for name, day in reform.ends_regimes.items():
        yield Reference("regime", name), exactly(day)
    for name, values in reform.parameters.items():
        for value in values:
            yield Reference("parameter", f"{name}/{value.period.since.text}/{value.value}"), value.period.since


def _law_of(country: Country) -> Country:
    """The country without what no reform can touch, so that checking one takes no time."""
    rest = replace(country, observations=(), indicators={}, abroad=(), events=(), themes={}, figure_chapters=())
    return replace(rest, acts={}, practice={}, conflicts={}, questions={})
