"""A condition in SQL tells of every row what the judge tells of the case: verdict, atoms that held, atoms and reasons
that an unknown verdict rests on. Random conditions over random rows, on DuckDB; then each trap of SQL by hand.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import chain
from random import Random

import conditions as toy
import duckdb
import pytest

from koshiqon.rules import expression as tree
from koshiqon.rules.columns import BrokenRow, Told, atoms, decode, in_columns, query
from koshiqon.rules.expression import Condition, Fact, Literal, Lookup, Parameter, Type, Unit
from koshiqon.rules.judging import Reason, ReasonKind, Trace, Unknown, add_months, judge, unknown
from koshiqon.rules.reading import Place, read_condition
from koshiqon.rules.sql import Column, Dialect, Input, UnsupportedInColumns, from_within, inputs, moved
from koshiqon.rules.vocabulary import Declaration, Kind, Vocabulary


@pytest.fixture(scope="module")
def database() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute("SET threads = 1")
        yield connection


# --- the judge as oracle ---------------------------------------------------------------------------------------------


def told_by_judge(trace: Trace) -> Told:
    """What a row must say, read off the trace alone."""
    leaves = dict(traces_of_atoms(trace))
    outcome = trace.outcome
    assert isinstance(outcome, bool | Unknown)
    held = tuple(atom for atom, said in leaves.items() if said is True)
    rests_on = set(resting(trace))
    return Told(outcome, held, tuple(atom for atom in leaves if atom in rests_on))


def traces_of_atoms(trace: Trace):
    if isinstance(trace.node, tree.And | tree.Or | tree.Not):
        for part in trace.parts:
            yield from traces_of_atoms(part)
    else:
        yield trace.node, trace.outcome


def resting(trace: Trace) -> Iterator[Condition]:
    """The atoms to which only unknown parts lead."""
    if isinstance(trace.outcome, Unknown):
        if isinstance(trace.node, tree.And | tree.Or | tree.Not):
            for part in trace.parts:
                yield from resting(part)
        else:
            yield trace.node


def filled(database: duckdb.DuckDBPyConnection, rows: list[toy.Row]) -> None:
    declared = [f"v{i} {toy.sql_type(one)}, r{i} BIGINT, u{i} VARCHAR" for i, one in enumerate(toy.INPUTS)]
    database.execute(f"CREATE OR REPLACE TABLE people (id INTEGER, {', '.join(declared)})")
    values = [[number, *(part for cell in row.cells for part in cell)] for number, row in enumerate(rows)]
    places = f"({', '.join('?' * len(values[0]))})"
    database.execute(f"INSERT INTO people VALUES {', '.join([places] * len(values))}", [*chain(*values)])


def compared(database: duckdb.DuckDBPyConnection, seed: int, conditions: int, rows: int) -> Counter[object]:
    """So many conditions over so many rows, all told alike; how often each kind of thing occurred."""
    random, seen = Random(seed), Counter[object]()
    people = [toy.row(random) for _ in range(rows)]
    filled(database, people)
    for number in range(conditions):
        condition = toy.condition(random, random.choice([1, 2, 2, 3]))
        said = in_columns(condition, toy.COLUMNS, Dialect.DUCKDB)
        found = database.execute(f"{query(said, 'people', ['id'])} ORDER BY id").fetchall()
        seen.update(kind_of(node) for node in from_within(condition))
        for row, (id_, verdict, held, unknown_, *reasons) in zip(people, found, strict=True):
            wanted = told_by_judge(judge(condition, row.case))
            assert decode(said, verdict, held, unknown_, reasons) == wanted, (seed, number, id_, condition)
            assert any(reasons) == isinstance(wanted.outcome, Unknown)
            seen.update(wanted.outcome.reasons if isinstance(wanted.outcome, Unknown) else [wanted.outcome])
    return seen


def kind_of(node: tree.Expression) -> object:
    """The kind of a node, and of those that have several, which."""
    match node:
        case tree.Comparison():
            return tree.Comparison, tree.type_of(node.left), node.operator
        case tree.OneOf() | tree.MemberOf():
            return type(node), tree.type_of(node.value)
        case tree.Shift():
            unit = node.by.value.unit if isinstance(node.by, Literal) else "of the row"
            return tree.Shift, unit, node.back
        case tree.Sum():
            return tree.Sum, node.minus
        case Literal() | Fact() | Parameter() | tree.Measure() | Lookup():
            return type(node), node.type
        case _:
            return type(node)


def every_kind() -> set[object]:
    signs = {Type.NUMBER: 6, Type.DATE: 6, Type.YES_NO: 2, Type.CODE: 2, Type.COUNTRY: 2}
    return {
        *(tree.Not, tree.And, tree.Or, tree.Known, tree.DaysBetween, (tree.Sum, True), (tree.Sum, False)),
        *((tree.Comparison, kind, sign) for kind, n in signs.items() for sign in ("=", "!=", "<", "<=", ">", ">=")[:n]),
        *((tree.OneOf, kind) for kind in signs),
        *((tree.MemberOf, kind) for kind in (Type.CODE, Type.COUNTRY, Type.NUMBER, Type.DATE)),
        *((tree.Shift, unit, back) for unit in (*Unit, "of the row") for back in (True, False)),
        *((type(one), one.type) for one in (*toy.NAMES, *toy.CELLS, *toy.NOWHERE)),
        *((Literal, kind) for kind in (*signs, Type.DURATION)),
    }


def test_a_table_tells_of_each_row_what_the_judge_tells_of_the_case(database):
    seen = compared(database, seed=7, conditions=110, rows=60)
    assert every_kind() - set(seen) == set()
    reasons = {one for one in seen if isinstance(one, Reason)}
    assert {reason.kind for reason in reasons} == set(ReasonKind)
    foreign = {reason for declared in toy.FOREIGN.values() for reason in declared}
    assert foreign - reasons == set()
    named = {one.name for one in (*toy.NAMES, *toy.CELLS, *toy.NOWHERE)}
    assert {reason.name for reason in reasons} == named | {reason.name for reason in foreign}
    assert min(seen[True], seen[False], sum(seen[reason] for reason in reasons)) > 1000


@pytest.mark.long
@pytest.mark.parametrize("seed", range(8))
def test_thousands_of_conditions_are_told_alike(database, seed):
    compared(database, seed, conditions=300, rows=100)


# --- by hand ---------------------------------------------------------------------------------------------------------

TOYLAND = Vocabulary(
    {name: Declaration(Kind.FACT, Type.YES_NO) for name in ("p", "q")}
    | {name: Declaration(Kind.FACT, Type.NUMBER) for name in ("n", "m")}
    | {name: Declaration(Kind.FACT, Type.DATE) for name in ("start", "end")}
    | {name: Declaration(Kind.FACT, Type.CODE) for name in ("c", "k")}
    | {"some": Declaration(Kind.FACT, Type.LIST, members=Type.CODE), "term": Declaration(Kind.PARAMETER, Type.DURATION)}
)
Given = Mapping[str, str | Column]


def read(text: str) -> Condition:
    return read_condition(text, Place("rules.yaml", 1), TOYLAND)


def columns(condition: Condition, given: Given) -> dict[Input, Column]:
    named = [one for one in inputs(condition) if not isinstance(one, tree.Shift) and one.name in given]
    return {one: told if isinstance(told := given[one.name], Column) else Column(told) for one in named}


def row(database: duckdb.DuckDBPyConnection, text: str, given: Given) -> Told:
    """What the one row says whose columns are these SQL values."""
    condition = in_columns(read(text), columns(read(text), given), Dialect.DUCKDB)
    ((verdict, held, unknown_, *reasons),) = database.execute(query(condition, "(SELECT 1) AS one")).fetchall()
    return decode(condition, verdict, held, unknown_, reasons)


def missing(*names: str) -> Unknown:
    return Unknown(frozenset(Reason(ReasonKind.FACT_MISSING, name) for name in names))


NO_CALENDAR = unknown(ReasonKind.NOT_MODELLED, "calendar")

VERDICTS = {
    ("c in ['work', k]", "c='work' k=?"): True,
    ("c in ['work', k]", "c='visit' k=?"): missing("k"),
    ("c in ['work', k]", "c='visit' k='visit'"): True,
    ("c in ['work', k]", "c='visit' k='study'"): False,
    ("c in ['work', k]", "c=? k='study'"): missing("c"),
    ("c in ['work', k]", "c=? k=?"): missing("c", "k"),
    ("not c in [k]", "c='work' k=?"): missing("k"),
    ("c in some", "c='work' some=['work']"): True,
    ("c in some", "c='work' some=[]::VARCHAR[]"): False,
    ("c in some", "c=? some=[]::VARCHAR[]"): missing("c"),
    ("c in some", "c='work' some=['work',NULL]"): missing("some"),
    ("c in some", "c='work'"): missing("some"),
    ("n = 2.5", "n=3::BIGINT"): False,
    ("n in [2, 2.5]", "n=3::BIGINT"): False,
    ("n > 0.0000001", "n=0.0000002"): True,
    ("n + m > 200", "n=127::TINYINT m=127::TINYINT"): True,
    ("n + 100 > 200", "n=127::TINYINT"): True,
    ("end - start = 0 - 366", "start=DATE'2024-12-31' end=DATE'2023-12-31'"): True,
    ("start < end", "start=DATE'2024-12-31' end='infinity'::DATE"): NO_CALENDAR,
    ("start + 1 day > end", "start=DATE'9999-12-31' end=DATE'2023-12-31'"): NO_CALENDAR,
    ("start + 1 day - 1 day > end", "start=DATE'9999-12-31' end=DATE'2023-12-31'"): NO_CALENDAR,
    ("start - 9999 years > end", "start=DATE'9999-12-31' end=DATE'2023-12-31'"): NO_CALENDAR,
    ("start + 999999999999 days > end", "start=DATE'2024-12-31' end=DATE'2023-12-31'"): NO_CALENDAR,
    ("start - 999999999999 months < end", "start=DATE'2024-12-31' end=DATE'2023-12-31'"): NO_CALENDAR,
    ("start - 9998 years < end", "start=DATE'9999-12-31' end=DATE'2023-12-31'"): True,
    ("p", ""): missing("p"),
    ("not p is known and (p or q)", "q=?"): missing("p", "q"),
    ("p is known", ""): False,
    ("1 < 2", ""): True,
    ("2024-01-31 + 1 month = 2024-02-29", ""): True,
}


@pytest.mark.parametrize(("text", "given"), VERDICTS)
def test_sql_takes_no_trap_of_its_own(database, text, given):
    cells = dict(cell.split("=", 1) for cell in given.split())
    kinds = {"c": "VARCHAR", "k": "VARCHAR", "q": "BOOLEAN"}
    told = row(
        database, text, {one: f"CAST(NULL AS {kinds[one]})" if said == "?" else said for one, said in cells.items()}
    )
    assert told.outcome == VERDICTS[text, given]


def test_nothing_is_computed_from_a_value_beside_a_reason(database):
    most = Column("CAST(9223372036854775807 AS BIGINT)", reason="2")
    assert row(database, "n + 1 > 0", {"n": most}).outcome == unknown(ReasonKind.OFFICER_DECIDES, "n")
    endless = Column("CAST('infinity' AS DATE)", reason="4")
    told = row(database, "end - start > 0", {"end": endless, "start": "DATE '2024-01-01'"})
    assert told.outcome == unknown(ReasonKind.NOT_DEFINED, "end")


def test_a_reason_or_unit_that_no_column_declares_breaks_the_row_even_where_the_verdict_is_settled(database):
    for undeclared in ("32", "-1"):
        with pytest.raises(BrokenRow):
            row(database, "p or q", {"p": "TRUE", "q": Column("TRUE", reason=undeclared)})
    with pytest.raises(BrokenRow):
        row(database, "p or start + term > start", {"p": "TRUE", "term": Column("3", unit="'fortnights'")})


def test_an_unknown_without_a_reason_is_no_verdict():
    with pytest.raises(BrokenRow):
        decode(in_columns(read("p"), {}, Dialect.DUCKDB), verdict=0, held=0, unknown=1, reasons=[0])


def test_every_day_and_month_is_moved_as_the_judge_moves_it(database):
    days = "CAST(range AS DATE) AS day FROM range(DATE '2023-01-01', DATE '2025-01-01', INTERVAL 1 DAY)"
    spans = "range AS months FROM range(-26, 27)"
    text = moved("day", "months", Unit.MONTHS, False, Dialect.DUCKDB)
    table = f"(SELECT {days}) AS d, (SELECT {spans}) AS m"
    found = database.execute(f"SELECT day, months, {text} FROM {table}").fetchall()
    assert len(found) == 731 * 53
    assert [(day, months) for day, months, later in found if later != add_months(day, months)] == []


def test_a_move_by_working_days_needs_its_column(database):
    with pytest.raises(UnsupportedInColumns, match="columns_working_days"):
        row(database, "start + 3 working days > end", {})
    asked = inputs(read("start + 3 working days > end + 1 month or start - term < end"))
    assert [type(one).__name__ for one in asked] == ["Fact", "Shift", "Fact", "Parameter", "Shift"]


@pytest.mark.parametrize("unit", ["days", "months", "years"])
@pytest.mark.parametrize("amount", ["999999999999", "-999999999999"])
def test_no_duration_of_a_row_is_too_long_for_the_engine(database, unit, amount):
    given = {"start": "DATE '2024-01-01'", "term": Column(amount, unit=f"'{unit}'")}
    assert row(database, "start + term > start", given).outcome == NO_CALENDAR


@pytest.mark.parametrize(("unit", "verdict"), [("days", True), ("working_days", NO_CALENDAR)])
def test_a_row_whose_duration_is_in_working_days_is_unknown_without_a_column_for_the_move(database, unit, verdict):
    given = {"start": "DATE '2024-01-01'", "term": Column("3", unit=f"'{unit}'")}
    assert row(database, "start + term = 2024-01-04", given).outcome == verdict


def yes_no(count: int) -> tuple[Fact, ...]:
    return tuple(Fact(f"fact_{number}", Type.YES_NO) for number in range(count))


@pytest.mark.parametrize(("value", "reason"), [("TRUE", "0"), ("NULL", "16")])
def test_a_rule_has_at_most_63_atoms_and_each_has_its_bit(database, value, reason):
    facts = yes_no(63)
    said = in_columns(tree.And(facts), dict.fromkeys(facts, Column(value, reason)), Dialect.DUCKDB)
    ((verdict, held, unknown_, *reasons),) = database.execute(query(said, "(SELECT 1) AS one")).fetchall()
    told = decode(said, verdict, held, unknown_, reasons)
    conflicts = Unknown(frozenset(Reason(ReasonKind.SOURCES_CONFLICT, fact.name) for fact in facts))
    assert told == (Told(True, facts, ()) if value == "TRUE" else Told(conflicts, (), facts))
    with pytest.raises(UnsupportedInColumns, match="columns_too_many_atoms"):
        in_columns(tree.And(yes_no(64)), {}, Dialect.DUCKDB)


def test_an_input_may_be_unknown_for_63_reasons(database):
    others = tuple(Reason(ReasonKind.NOT_DEFINED, f"term_{number}") for number in range(63))
    told = row(database, "p", {"p": Column("TRUE", str(1 << 61), others[:62])})
    assert told.outcome == Unknown(frozenset({others[61]}))
    with pytest.raises(UnsupportedInColumns, match="columns_too_many_reasons"):
        row(database, "p", {"p": Column("TRUE", "0", others)})  # and that it is missing


@pytest.mark.parametrize(
    ("condition", "code"),
    [
        (read("n > 1234567890123456789"), "columns_number_too_long"),
        (read("n > 0.123456789012345678"), "columns_number_too_long"),
        (tree.Comparison(Literal(("work",), Type.LIST), "=", Fact("some", Type.LIST)), "columns_literal"),
    ],
)
def test_a_value_that_columns_cannot_hold_exactly_is_refused(condition, code):
    with pytest.raises(UnsupportedInColumns, match=code):
        in_columns(condition, {}, Dialect.DUCKDB)


def test_an_atom_that_stands_twice_has_one_bit():
    assert atoms(read("n > 1 and (p or not n > 1) and p")) == (read("n > 1"), read("p"))


def test_two_rules_stand_beside_each_other_in_one_table(database):
    first = in_columns(read("n > 3"), columns(read("n > 3"), {"n": "stays"}), Dialect.DUCKDB)
    second = in_columns(read("p"), columns(read("p"), {"p": "paid"}), Dialect.DUCKDB)
    table = "(VALUES ('a', 5, NULL), ('b', 2, TRUE)) AS people (name, stays, paid)"
    inner = query(first, table, ["name", "paid"], prefix="often_")
    found = database.execute(
        f"{query(second, f'({inner}) AS people', ['name', 'often_verdict'], 'fee_')} ORDER BY name"
    )
    assert [column[0] for column in found.description or []] == [
        *("name", "often_verdict", "fee_verdict", "fee_held", "fee_unknown", "fee_reasons_0")
    ]
    assert found.fetchall() == [("a", 1, 0, 0, 1, 1), ("b", -1, 1, 1, 0, 0)]


@pytest.mark.parametrize("dialect", Dialect)
def test_an_expression_names_only_what_stands_in_stages_before(dialect):
    random = Random(1)
    moves = [tree.Comparison(move, "=", toy.END) for move in toy.BY_WORKING_DAYS]
    for condition in (*moves, *(toy.condition(random, 2) for _ in range(50))):
        said = in_columns(condition, toy.COLUMNS, dialect)
        stands: set[str] = set()
        for stage in said.stages:
            texts, names = zip(*(line.rsplit(" AS ", 1) for line in stage), strict=True)
            assert set(re.findall(r"koshiqon_\w+", " ".join(texts))) <= stands
            assert stands.isdisjoint(names) and len(set(names)) == len(names)
            stands |= set(names)


def test_spark_is_told_the_same_but_for_days_between_dates_months_on_texts_and_lists():
    text = "end - start > 3 and c in ['o\\clock'] and c in some and start + 1 month < end"
    given = {name: name for name in ("start", "end", "c", "some")}
    duckdb_, spark = (query(in_columns(read(text), columns(read(text), given), one), "t") for one in Dialect)
    spelled = re.sub(r"\((koshiqon_v\d+) - (koshiqon_v\d+)\)", r"DATEDIFF(\1, \2)", duckdb_)
    spelled = re.sub(r"CAST\((koshiqon_v\d+) \+ to_months\(1\) AS DATE\)", r"ADD_MONTHS(\1, 1)", spelled)
    spelled = spelled.replace("list_count(some) < len(some)", "exists(some, member -> member IS NULL)")
    exists = r"CASE WHEN \2 IS NOT NULL THEN exists(\1, member -> member = \2) END"
    spelled = re.sub(r"array_contains\((koshiqon_v\d+), (koshiqon_v\d+)\)", exists, spelled)
    assert spark == spelled.replace("o\\clock", "o\\\\clock") != duckdb_
