"""The rules of a country and its readings: records of YAML with a condition each, read into typed trees."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from koshiqon.evidence import Reference
from koshiqon.law.acts import Parameter
from koshiqon.rules.categories import CaseFact
from koshiqon.rules.expression import Condition, Type
from koshiqon.rules.reading import Place, UnreadableCondition, read_condition
from koshiqon.rules.rule import OpenReading, Rule
from koshiqon.rules.vocabulary import Declaration, Kind, Vocabulary
from koshiqon.sources.faults import Fault, fault
from koshiqon.sources.files import Path_
from koshiqon.sources.reader import Reader, shortened
from koshiqon.sources.rule_shapes import ReadingShape, RuleShape
from koshiqon.stay.measures import MEASURES

TABLES: Mapping[str, Declaration] = {
    "regime.days_per_entry": Declaration(Kind.TABLE, Type.NUMBER, arguments=(Type.COUNTRY, Type.DATE)),
    "regime.exists": Declaration(Kind.TABLE, Type.YES_NO, arguments=(Type.COUNTRY, Type.DATE)),
}
"""What conditions may ask of regimes.csv, by a citizenship and a day."""

OF_FACT = {
    "yes_no": Type.YES_NO,
    "date": Type.DATE,
    "number": Type.NUMBER,
    "code": Type.CODE,
    "country": Type.COUNTRY,
    "countries": Type.LIST,
}
OF_UNIT = {"working_days": Type.DURATION, "months": Type.DURATION, "years": Type.DURATION, "code": Type.CODE}

LineOf = Callable[[Path_], int]


# --- the words that conditions may use -------------------------------------------------------------------------------


def vocabulary_of(
    facts: Mapping[str, CaseFact],
    parameters: Mapping[str, Parameter],
    categories: Iterable[str] = (),
    papers: Iterable[str] = (),
) -> Vocabulary:
    """Every name that a condition of this country may use: facts, parameters, tables, measures, its categories and
    kinds of paper. A fact that is free text decides nothing and is none.
    """
    declared = {name: _of_fact(fact) for name, fact in facts.items() if fact.type in OF_FACT}
    for name, parameter in parameters.items():
        declared[name] = Declaration(Kind.PARAMETER, OF_UNIT.get(parameter.unit, Type.NUMBER))
    of_status = [*(f"category.{name}" for name in categories), *(f"paper.{kind}" for kind in papers)]
    declared |= {name: Declaration(Kind.MEASURE, Type.YES_NO) for name in of_status}
    return Vocabulary({**declared, **MEASURES, **TABLES})


def _of_fact(fact: CaseFact) -> Declaration:
    members = Type.COUNTRY if fact.type == "countries" else None
    return Declaration(Kind.FACT, OF_FACT[fact.type], members, fact.values if fact.type == "code" else ())


# --- rules -----------------------------------------------------------------------------------------------------------


def read_rules(reader: Reader, vocabulary: Vocabulary) -> dict[str, Rule]:
    """The rules of all files of rules/, by name; one whose condition cannot be read is left out. The folder may be
    absent.
    """
    found: dict[str, Rule] = {}
    for file in reader.folder_of("rules"):
        for shape, line_of in _records(reader, file):
            placed = reader.place("rule", shape.rule, file, line_of(()))
            rule = rule_of(reader, shape, file, line_of, vocabulary)
            if rule is not None and placed:
                found[rule.name] = rule
    return found


def _records(reader: Reader, file: str) -> Iterator[tuple[RuleShape, LineOf]]:
    """The records of a file of rules, each with what tells the lines of its fields."""
    located = reader.yaml(file)
    if located.value is None:
        return
    if not isinstance(located.value, list):
        reader.faults.append(fault(file, 1, "not_a_list", field="file", value=shortened(located.value)))
        return
    for number, record in enumerate(located.value):

        def line_of(path: Path_, number: int = number) -> int:
            return located.line_of((number, *path))

        if (shape := reader.shape(RuleShape, record, file, line_of)) is not None:
            yield shape, line_of


def rule_of(reader: Reader, shape: RuleShape, file: str, line_of: LineOf, vocabulary: Vocabulary) -> Rule | None:
    """The rule with its condition read; None, and a fault, where the condition cannot be."""
    text = shape.when or ""
    # A text with line breaks is a block, which begins on the line below its key.
    line = line_of(("when",)) + ("\n" in text)
    known = len(reader.faults)
    condition = condition_of(reader, text, file, line, vocabulary)
    return shape.build(condition) if len(reader.faults) == known else None


def condition_of(reader: Reader, text: str | None, file: str, line: int, vocabulary: Vocabulary) -> Condition | None:
    """The condition read; None where there is none, or where it cannot be read, which is a fault."""
    if text is None or not text.strip():
        return None
    try:
        return read_condition(text, Place(file, line), vocabulary)
    except UnreadableCondition as refused:
        reader.faults.append(Fault(file, refused.place.line, refused.code, tuple(refused.values.items())))
        return None


# --- readings --------------------------------------------------------------------------------------------------------


def read_readings(reader: Reader) -> dict[str, OpenReading]:
    """The open readings of readings.yaml, by name; each option has an address, `reading:NAME/OPTION`. The file may be
    absent where there are no rules.
    """
    if not (reader.folder / "readings.yaml").is_file():
        return {}
    readings = reader.named("reading", ["readings.yaml"], ReadingShape, ReadingShape.build)
    for name, reading in readings.items():
        file, line = reader.places[Reference("reading", name)]
        for option in reading.options:
            reader.place("reading", f"{name}/{option.name}", file, line)
    return readings
