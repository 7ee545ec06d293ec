"""A condition in SQL: for every row of a table the verdict that `judging.judge` would give, and what it rests on.

BrokenRow    a row for which a column gave what its `Column` does not allow

The text is built, never run, in stages: what an expression names stands in stages before. Within, a value is NULL where
it is unknown and only there, since SQL's own logic of comparisons, `in`, and, or, not is Kleene's too; whatever else
SQL does with NULL (`greatest(0, NULL)` is 0, CASE takes ELSE, sums skip) is kept away from it. What comes out says yes,
no or unknown in numbers, and of the unknown the reasons in bits; NULL there says that the table broke its word.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from koshiqon.rules import expression as tree
from koshiqon.rules import sql
from koshiqon.rules.expression import Condition, Duration, Expression, Literal, Type, Unit
from koshiqon.rules.judging import Reason, Unknown, parts_of
from koshiqon.rules.sql import BITS, CALENDAR, Column, Dialect, Input, UnsupportedInColumns, inputs_in, unit_of


@dataclass(frozen=True, slots=True)
class InColumns:
    """A condition in SQL: stages that each select from the one before, then the columns that come out.

    `atoms[i]` is what bit i of `held` and `unknown` stands for, `reasons[w][i]` what bit i of `reasons_w` does.
    """

    atoms: tuple[Condition, ...]
    reasons: tuple[tuple[Reason, ...], ...]
    stages: tuple[tuple[str, ...], ...]
    outputs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What one row says: the verdict, the atoms that held, and those that an unknown verdict rests on."""

    outcome: bool | Unknown
    held: tuple[Condition, ...]
    unknown: tuple[Condition, ...]


class BrokenRow(Exception):
    """A column gave a reason or a unit that its Column does not declare, or the engine lost a value."""

    code = "columns_row_broken"


def atoms(condition: Condition) -> tuple[Condition, ...]:
    """The parts without and, or, not, in the order of the text; one that stands twice counts once."""
    match condition:
        case tree.And(parts) | tree.Or(parts):
            return tuple(dict.fromkeys(atom for part in parts for atom in atoms(part)))
        case tree.Not(part):
            return atoms(part)
        case _:
            return (condition,)


def in_columns(condition: Condition, columns: Mapping[Input, Column], dialect: Dialect) -> InColumns:
    """The condition in SQL, for a table with these columns.

    An input without a column is in every row what the judge makes of a name that is not there. A move by working days
    needs its column; where only the row tells that a duration is in working days, the row without one is unknown (not
    modelled: `calendar`). Raises UnsupportedInColumns for such a move, over 63 atoms, over 63 reasons of one input,
    and for a number of more than 18 digits.
    """
    found, nodes = atoms(condition), tuple(dict.fromkeys(sql.from_within(condition)))
    if len(found) > BITS:
        raise UnsupportedInColumns("columns_too_many_atoms", {"count": str(len(found)), "most": str(BITS)})
    given = sql.with_columns_of_nothing(condition, columns, dialect)
    sheet = _Sheet(given, dialect, {node: number for number, node in enumerate(nodes)}, found)
    lines = [line for node in nodes for line in _lines_of(node, sheet)]
    stages = [tuple(text for at, text in lines if at == stage) for stage in range(_stage_of(condition) + 2)]
    words = _words(sheet)
    said = tuple(tuple(reason for node in word for reason in sheet.possible(node)) for word in words)
    outputs = (*_outputs(condition, sheet), *_reasons(condition, words, sheet))
    return InColumns(found, said, tuple(stage for stage in stages if stage), outputs)


def query(condition: InColumns, table: str, keep: Sequence[str] = (), prefix: str = "") -> str:
    """The SELECT over what may stand behind FROM: the columns to keep, then, each with the prefix, `verdict` (1 yes,
    0 unknown, -1 no), the masks of atoms `held` and `unknown` (0 where the verdict is known), `reasons_0` and so on.
    """
    found = table
    for number, stage in enumerate(condition.stages):
        found = f"(SELECT {', '.join([*(['*'] if number else keep), *stage])}\nFROM {found}) AS koshiqon"
    outputs = [f"{text} AS {prefix}{name}" for name, text in condition.outputs]
    return f"SELECT {', '.join([*keep, *outputs])}\nFROM {found}"


def decode(condition: InColumns, verdict: int | None, held: int, unknown: int, reasons: Sequence[int]) -> Told:
    """What a row of the query says. Raises BrokenRow for a verdict of NULL, and for an unknown without a reason."""
    if verdict is None or (verdict == 0 and not any(reasons)):
        raise BrokenRow
    because = [_of_mask(word, mask) for word, mask in zip(condition.reasons, reasons, strict=True)]
    outcome = verdict > 0 if verdict else Unknown(frozenset(reason for word in because for reason in word))
    return Told(outcome, _of_mask(condition.atoms, held), _of_mask(condition.atoms, unknown))


Marked = TypeVar("Marked")


def _of_mask(marked: Sequence[Marked], mask: int) -> tuple[Marked, ...]:
    return tuple(one for bit, one in enumerate(marked) if mask >> bit & 1)


# --- stages ----------------------------------------------------------------------------------------------------------
# Of the tree's node i the stages hold koshiqon_v{i} its value, yes or no too; koshiqon_r{i} the reasons of an input,
# koshiqon_t{i} the unit of a duration, koshiqon_u{i} the atoms that leave a condition unknown; koshiqon_w{i} and
# koshiqon_o{i} are value and reasons as a column gives them, koshiqon_d{i} is a day that the calendar may not have.

_Computed = tree.Sum | tree.DaysBetween | tree.Comparison | tree.OneOf | tree.MemberOf | tree.Known | tree.And | tree.Or


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What every line needs: the column of each input, the spelling, the number of each node, the atoms."""

    columns: Mapping[Input, Column]
    dialect: Dialect
    numbers: Mapping[Expression, int]
    atoms: tuple[Condition, ...]

    def name(self, letter: str, node: Expression) -> str:
        return f"koshiqon_{letter}{self.numbers[node]}"

    def line(self, stage: int, letter: str, node: Expression, text: str) -> tuple[int, str]:
        return stage, f"{text} AS {self.name(letter, node)}"

    def value(self, node: Expression) -> str:
        """The value of an operand, or whether a condition is so."""
        match node:
            case Literal():
                return sql.literal(node, self.dialect)
            case tree.Not(part):
                return f"(NOT {self.value(part)})"
            case _:
                return self.name("v", node)

    def possible(self, node: Input) -> tuple[Reason, ...]:
        return sql.reasons_possible(node, self.columns[node]) if node in self.columns else (CALENDAR,)


def _stage_of(node: Expression) -> int:
    """The stage that gives the value of the node, and the reasons of an input."""
    before = max((_stage_of(part) for part in parts_of(node)), default=-1)
    match node:
        case Literal() | tree.Not():
            return before
        case tree.Fact() | tree.Parameter() | tree.Measure():
            return 1
        case tree.Shift():
            return max(before, 0) + 2
        case _:
            return before + 1


def _lines_of(node: Expression, sheet: _Sheet) -> Iterator[tuple[int, str]]:
    """What the stages hold of one node."""
    match node:
        case Literal() | tree.Not():
            pass
        case tree.Fact() | tree.Parameter() | tree.Measure() | tree.Lookup():
            yield from _lines_of_leaf(node, sheet)
        case tree.Shift():
            yield from _lines_of_move(node, sheet)
        case _:
            yield sheet.line(_stage_of(node), "v", node, f"({_computed(node, sheet)})")
    if isinstance(node, tree.And | tree.Or):
        parts = " | ".join(_unknown_in(part, sheet) for part in node.parts)
        left = f"CASE WHEN {sheet.value(node)} IS NULL THEN {parts} ELSE 0 END"
        yield sheet.line(_stage_of(node) + 1, "u", node, left)


def _unknown_in(node: Condition, sheet: _Sheet) -> str:
    """The mask of the atoms that leave the condition unknown."""
    match node:
        case tree.Not(part):
            return _unknown_in(part, sheet)
        case tree.And() | tree.Or():
            return sheet.name("u", node)
        case _:
            bit = sql.whole(1 << sheet.atoms.index(node))
            return f"CASE WHEN {sheet.value(node)} IS NULL THEN {bit} ELSE 0 END"


def _computed(node: _Computed, sheet: _Sheet) -> str:
    """What is computed from values, and NULL where they leave it open."""
    given = [sheet.value(part) for part in parts_of(node)]
    match node:
        case tree.And():
            return " AND ".join(given)
        case tree.Or():
            return " OR ".join(given)
        case tree.Known(of):
            return f"{sheet.name('r', of)} = 0"
        case tree.Comparison(_, operator, _):
            return f" {operator} ".join(given)
        case tree.OneOf():
            return f"{given[0]} IN ({', '.join(given[1:])})"
        case tree.MemberOf():
            return sql.holds(given[1], given[0], sheet.dialect)
        case tree.DaysBetween():
            return sql.days_between(given[0], given[1], sheet.dialect)
        case tree.Sum():
            return f"{sql.whole(0)} + {given[0]} {'-' if node.minus else '+'} {given[1]}"


def _lines_of_leaf(node: tree.Leaf, sheet: _Sheet) -> Iterator[tuple[int, str]]:
    """A cell that a lookup finds counts where its arguments are known; else the reasons are theirs alone."""
    column, known = sheet.columns[node], f"{sheet.name('r', node)} = 0"
    reason = sql.reason_given(node, column, sheet.dialect)
    yield sheet.line(0, "w", node, column.value)
    if node.type is Type.DURATION:
        yield sheet.line(0, "t", node, column.unit)
    if isinstance(node, tree.Lookup):
        arguments = " AND ".join(f"{sheet.name('r', argument)} = 0" for argument in node.arguments)
        known = f"{arguments} AND {known}"
        yield sheet.line(0, "o", node, reason)
        reason = f"CASE WHEN {arguments} THEN {sheet.name('o', node)} ELSE 0 END"
    yield sheet.line(_stage_of(node) - 1, "r", node, reason)
    yield sheet.line(_stage_of(node), "v", node, f"CASE WHEN {known} THEN {sheet.name('w', node)} END")


def _lines_of_move(node: tree.Shift, sheet: _Sheet) -> Iterator[tuple[int, str]]:
    """A day counts where start and duration are known; then, if there is no such day, the move itself is the reason."""
    known = f"{sheet.value(node.start)} IS NOT NULL"
    if not isinstance(node.by, Literal):
        known += f" AND {sheet.value(node.by)} IS NOT NULL"
    day, stage = sheet.name("d", node), _stage_of(node)
    cases = [f"WHEN NOT ({known}) THEN 0"]
    if node in sheet.columns:
        yield sheet.line(0, "w", node, sheet.columns[node].value)
        yield sheet.line(0, "o", node, sql.reason_given(node, sheet.columns[node], sheet.dialect))
        working = "TRUE" if unit_of(node) else f"{sheet.name('t', node.by)} = '{Unit.WORKING_DAYS}'"
        cases.append(f"WHEN {working} THEN {sheet.name('o', node)}")
    cases.append(f"WHEN NOT {sql.in_calendar(day)} THEN {sql.whole(1 << sheet.possible(node).index(CALENDAR))}")
    yield sheet.line(stage - 1, "d", node, _moved(node, sheet))
    yield sheet.line(stage, "r", node, f"CASE {' '.join(cases)} ELSE 0 END")
    yield sheet.line(stage, "v", node, f"CASE WHEN {known} AND {sql.in_calendar(day)} THEN {day} END")


def _moved(node: tree.Shift, sheet: _Sheet) -> str:
    """The day moved, by the unit that the condition says or, for a duration with a name, the row."""
    duration = node.by.value if isinstance(node.by, Literal) else None
    fixed = duration if isinstance(duration, Duration) else None
    amount = fixed.amount if fixed else sheet.value(node.by)
    days = {unit: sql.moved(sheet.value(node.start), amount, unit, node.back, sheet.dialect) for unit in sql.STEPS}
    if node in sheet.columns:
        days[Unit.WORKING_DAYS] = f"CASE WHEN {sheet.name('o', node)} = 0 THEN {sheet.name('w', node)} END"
    if fixed:
        return days[fixed.unit]
    cases = " ".join(f"WHEN '{unit}' THEN {day}" for unit, day in days.items())
    return f"CASE {sheet.name('t', node.by)} {cases} END"


# --- what comes out --------------------------------------------------------------------------------------------------


def _outputs(condition: Condition, sheet: _Sheet) -> tuple[tuple[str, str], ...]:
    """Verdict and masks. A reason of NULL breaks the row, whether or not the verdict would rest on it."""
    broken = " OR ".join(f"{sheet.name('r', one)} IS NULL" for one in dict.fromkeys(inputs_in(condition))) or "FALSE"
    verdict, said = sheet.value(condition), [sheet.value(atom) for atom in sheet.atoms]
    held = [f"CASE WHEN {value} THEN {sql.whole(1 << bit)} ELSE 0 END" for bit, value in enumerate(said)]
    return (
        ("verdict", f"CASE WHEN {broken} THEN NULL WHEN {verdict} IS NULL THEN 0 WHEN {verdict} THEN 1 ELSE -1 END"),
        ("held", " + ".join(held)),
        ("unknown", _unknown_in(condition, sheet)),
    )


def _words(sheet: _Sheet) -> list[list[Input]]:
    """The inputs, in words: the reasons of those in one word share a mask."""
    words: list[list[Input]] = [[]]
    for node in sheet.numbers:
        if isinstance(node, Input):
            if sum(len(sheet.possible(one)) for one in (*words[-1], node)) > BITS:
                words.append([])
            words[-1].append(node)
    return words


def _reasons(condition: Condition, words: list[list[Input]], sheet: _Sheet) -> Iterator[tuple[str, str]]:
    """The reasons of those inputs on whose atoms the verdict rests, each at its place in its word.

    An unknown atom has the reasons of all its inputs, so no atom needs a mask of its own.
    """
    for number, word in enumerate(words):
        placed, start = ["0"], 0
        for node in word:
            within = sum(1 << bit for bit, atom in enumerate(sheet.atoms) if node in inputs_in(atom))
            rests = f"({_unknown_in(condition, sheet)} & {sql.whole(within)}) <> 0"
            placed.append(f"CASE WHEN {rests} THEN {sheet.name('r', node)} * {sql.whole(1 << start)} ELSE 0 END")
            start += len(sheet.possible(node))
        yield f"reasons_{number}", " + ".join(placed)
