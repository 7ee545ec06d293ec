"""The tables of `conditions.txt`, row by row; and that they are complete and are what the manual prints."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest

from koshiqon.rules import expression as tree
from koshiqon.rules.expression import Duration, Type, Unit
from koshiqon.rules.judging import Reason, ReasonKind, Unknown, judge, parts_of, unknown
from koshiqon.rules.reading import Place, read_condition
from koshiqon.rules.vocabulary import Kind
from tests.rules.test_judging import TOYLAND, case

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT / "tools"))

from what_the_rules_say import TABLES, chapter, sections  # noqa: E402

ROWS = [row for section in sections(TABLES.read_text(encoding="utf-8")) for row in section.rows]
NODES = (
    tree.Literal,
    tree.Fact,
    tree.Parameter,
    tree.Measure,
    tree.Lookup,
    tree.Sum,
    tree.Shift,
    tree.DaysBetween,
    tree.Comparison,
    tree.OneOf,
    tree.MemberOf,
    tree.Known,
    tree.Not,
    tree.And,
    tree.Or,
)


def value(name: str, text: str):
    if text in list(ReasonKind):
        return unknown(ReasonKind(text), name)
    match TOYLAND.names[name].type:
        case Type.YES_NO:
            return text == "yes"
        case Type.NUMBER:
            return int(text)
        case Type.DATE:
            return date.fromisoformat(text)
        case Type.LIST:
            return tuple(text.split(","))
        case Type.DURATION:
            amount, unit = text.split()
            return Duration(int(amount), Unit(unit if unit.endswith("s") else f"{unit}s"))
    return text


def given(text: str):
    values = {}
    for word in text.replace(" month", "_month").split():
        name, _, told = word.partition("=")
        values[name] = value(name, told.replace("_month", " month"))
    of = {kind: {n: v for n, v in values.items() if TOYLAND.names[n].kind is kind} for kind in Kind}
    return case(
        of[Kind.FACT],
        parameters=of[Kind.PARAMETER],
        measures={name: (lambda told=told: told) for name, told in of[Kind.MEASURE].items()},
        tables={name: (lambda *_, told=told: told) for name, told in of[Kind.TABLE].items()},
    )


def outcome(text: str):
    if not text.startswith("unknown"):
        return text == "yes"
    reasons = (reason.split() for reason in text.removeprefix("unknown: ").split(","))
    return Unknown(frozenset(Reason(ReasonKind(kind), name) for kind, name in reasons))


def read(condition: str):
    return read_condition(condition, Place("conditions.txt", 1), TOYLAND)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.condition}; {row.given}")
def test_a_row_of_the_tables_holds(row):
    assert judge(read(row.condition), given(row.given)).outcome == outcome(row.outcome)


def nodes(node):
    yield node
    for part in parts_of(node):
        yield from nodes(part)


def test_the_tables_hold_every_kind_of_part_every_sign_every_unit_and_every_reason():
    met = [node for row in ROWS for node in nodes(read(row.condition))]
    assert {type(node) for node in met} == set(NODES)
    assert {node.operator for node in met if isinstance(node, tree.Comparison)} == {"=", "!=", "<", "<=", ">", ">="}
    units = {node.value.unit for node in met if isinstance(node, tree.Literal) and isinstance(node.value, Duration)}
    assert units == set(Unit)
    told = [outcome(row.outcome) for row in ROWS] + [value("p", kind) for row in ROWS for kind in given_kinds(row)]
    assert {reason.kind for known in told if isinstance(known, Unknown) for reason in known.reasons} == set(ReasonKind)


def given_kinds(row):
    return [word.partition("=")[2] for word in row.given.split() if word.partition("=")[2] in list(ReasonKind)]


def test_the_chapter_of_the_manual_is_written_from_the_tables():
    assert (ROOT / "docs/reference/what-the-rules-say.md").read_text(encoding="utf-8") == chapter()
