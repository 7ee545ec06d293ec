"""The text of a condition, read into a typed tree, or refused with file and line.

UnreadableCondition    the text breaks the grammar, names what nobody declared, or joins types that do not fit

The grammar is `grammar.lark`. Everything that can be known without a case is settled here, so that judging cannot fail.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken

from koshiqon.rules import expression as tree
from koshiqon.rules.expression import Condition, Duration, Literal, Operand, Type, Unit, type_of
from koshiqon.rules.vocabulary import Declaration, Kind, Vocabulary


@dataclass(frozen=True, slots=True)
class Place:
    """Where a condition begins: the file, as a letter shall name it, and the line, from 1."""

    file: str
    line: int


class UnreadableCondition(Exception):
    """What is wrong, as a code with the values of its letter, and the line on which it stands."""

    def __init__(self, place: Place, code: str, values: Mapping[str, str]) -> None:
        super().__init__(f"{place.file}:{place.line}: {code} {dict(values)}")
        self.place = place
        self.code = code
        self.values = dict(values)


@dataclass(frozen=True, slots=True)
class _Page:
    """What reading needs at every step: the text, where it begins, the words it may use."""

    text: str
    place: Place
    vocabulary: Vocabulary

    def quote(self, node: Tree[Token]) -> str:
        return " ".join(self.text[node.meta.start_pos : node.meta.end_pos].split())

    def refusal(self, line: int, fault: str, **values: object) -> UnreadableCondition:
        place = Place(self.place.file, self.place.line + line - 1)
        return UnreadableCondition(place, fault, {name: str(value) for name, value in values.items()})


@cache
def _parser() -> Lark:
    return Lark.open_from_package(
        __name__, "grammar.lark", parser="lalr", lexer="basic", propagate_positions=True, maybe_placeholders=False
    )


def read_condition(text: str, place: Place, vocabulary: Vocabulary) -> Condition:
    """The typed tree of a condition. Raises UnreadableCondition."""
    page = _Page(text, place, vocabulary)
    try:
        parsed = _parser().parse(text)
    except UnexpectedInput as found:
        raise _refusal_of_text(found, page) from found
    return _condition(_child(parsed, 0), page)


def _refusal_of_text(found: UnexpectedInput, page: _Page) -> UnreadableCondition:
    """A text that breaks the grammar: it stops too early, holds a strange letter, or a word out of place."""
    match found:
        case UnexpectedToken(token=Token(type="$END")):
            last_line = page.text.rstrip().count("\n") + 1
            return page.refusal(last_line, "condition_stops_early", text=" ".join(page.text.split()))
        case UnexpectedCharacters():
            return page.refusal(found.line, "condition_letter", letter=found.char, column=found.column)
        case _:
            word = found.token if isinstance(found, UnexpectedToken) else "?"
            return page.refusal(found.line, "condition_word_out_of_place", word=word, column=found.column)


# --- conditions ------------------------------------------------------------------------------------------------------


def _condition(node: Tree[Token], page: _Page) -> Condition:
    match node.data:
        case "any_of":
            return tree.Or(tuple(_condition(part, page) for part in _trees(node)))
        case "all_of":
            return tree.And(tuple(_condition(part, page) for part in _trees(node)))
        case "negation":
            return tree.Not(_condition(_child(node, 0), page))
        case "known":
            return tree.Known(_name(_token(node, 0), page))
        case "comparison":
            return _comparison(node, page)
        case "one_of":
            return _one_of(node, page)
        case "member_of":
            return _member_of(node, page)
        case _:
            return _yes_no(node, page)


def _yes_no(node: Tree[Token], page: _Page) -> Condition:
    child = node.children[0]
    leaf = _name(child, page) if isinstance(child, Token) else _lookup(child, page)
    if leaf.type is not Type.YES_NO:
        raise page.refusal(node.meta.line, "condition_not_yes_no", text=page.quote(node), type=leaf.type)
    return leaf


def _comparison(node: Tree[Token], page: _Page) -> Condition:
    first, second, operator = _child(node, 0), _child(node, 2), str(_token(node, 1))
    left, right = _alike([first, second], page)
    kind = type_of(left)
    if kind in (Type.LIST, Type.DURATION) or (operator not in ("=", "!=") and not tree.is_ordered(kind)):
        raise page.refusal(node.meta.line, "condition_no_order", text=page.quote(node), operator=operator, type=kind)
    return tree.Comparison(left, operator, right)


def _one_of(node: Tree[Token], page: _Page) -> Condition:
    value, *choices = _alike(list(_trees(node)), page)
    if type_of(value) in (Type.LIST, Type.DURATION):
        raise page.refusal(
            node.meta.line, "condition_no_order", text=page.quote(node), operator="in", type=type_of(value)
        )
    return tree.OneOf(value, tuple(choices))


def _member_of(node: Tree[Token], page: _Page) -> Condition:
    value, whole = _child(node, 0), _name(_token(node, 1), page)
    declared = page.vocabulary.names[whole.name]
    if declared.type is not Type.LIST or declared.members is None:
        raise page.refusal(node.meta.line, "condition_not_a_list", name=whole.name, type=whole.type)
    return tree.MemberOf(_fitted(_value(value, page), declared.members, declared.values, value, page), whole)


def _alike(nodes: list[Tree[Token]], page: _Page) -> list[Operand]:
    """The values of the nodes, all of one type: that of the first which is no literal, whose codes hold for all."""
    values = [_value(node, page) for node in nodes]
    measure = next((value for value in values if not isinstance(value, Literal)), values[0])
    codes = page.vocabulary.names[measure.name].values if isinstance(measure, tree.Leaf) else ()
    return [_fitted(value, type_of(measure), codes, node, page) for value, node in zip(values, nodes, strict=True)]


def _fitted(value: Operand, wanted: Type, codes: tuple[str, ...], node: Tree[Token], page: _Page) -> Operand:
    """The value, if it has the type that is wanted; a code in quotes becomes a country where one is wanted."""
    line, text = node.meta.line, page.quote(node)
    if not isinstance(value, Literal) or value.type is not Type.CODE or wanted not in (Type.CODE, Type.COUNTRY):
        if type_of(value) is not wanted:
            raise page.refusal(line, "condition_types_differ", text=text, type=type_of(value), wanted=wanted)
        return value
    if codes and value.value not in codes:
        raise page.refusal(line, "condition_code_unknown", code=value.value, allowed=", ".join(codes))
    if wanted is Type.COUNTRY and not re.fullmatch("[A-Z]{3}", str(value.value)):
        raise page.refusal(line, "condition_not_a_country", code=value.value)
    return Literal(value.value, wanted)


# --- values ----------------------------------------------------------------------------------------------------------


def _value(node: Tree[Token], page: _Page) -> Operand:
    match node.data:
        case "date":
            return _date(_token(node, 0), page)
        case "number":
            digits = str(_token(node, 0))
            return Literal(Decimal(digits) if "." in digits else int(digits), Type.NUMBER)
        case "code":
            return Literal(str(_token(node, 0))[1:-1], Type.CODE)
        case "name":
            return _name(_token(node, 0), page)
        case "table":
            return _lookup(node, page)
        case _:
            return _sum(node, page)


def _date(token: Token, page: _Page) -> Literal:
    try:
        return Literal(date.fromisoformat(token), Type.DATE)
    except ValueError as no_such_day:
        raise page.refusal(token.line or 1, "condition_not_a_date", date=token) from no_such_day


def _sum(node: Tree[Token], page: _Page) -> Operand:
    """A chain of + and -, joined from the left."""
    value = _value(_child(node, 0), page)
    for sign, added in zip(node.children[1::2], _trees(node)[1:], strict=True):
        operand = _duration(added, page) if added.data == "duration" else _value(added, page)
        value = _joined(value, sign == "-", operand, node, page)
    return value


def _joined(left: Operand, minus: bool, right: Operand, node: Tree[Token], page: _Page) -> Operand:
    match type_of(left), type_of(right):
        case Type.NUMBER, Type.NUMBER:
            return tree.Sum(left, right, minus)
        case Type.DATE, Type.DURATION:
            return tree.Shift(left, right, minus)
        case Type.DATE, Type.DATE if minus:
            return tree.DaysBetween(left, right)
        case first, second:
            raise page.refusal(node.meta.line, "condition_no_sum", text=page.quote(node), first=first, second=second)


def _duration(node: Tree[Token], page: _Page) -> Literal:
    amount, unit = str(_token(node, 0)), _child(node, 1)
    if unit.data == "unknown_unit":
        raise page.refusal(unit.meta.line, "condition_unit_unknown", text=page.quote(node), unit=page.quote(unit))
    if "." in amount:
        raise page.refusal(node.meta.line, "condition_broken_unit", text=page.quote(node))
    return Literal(Duration(int(amount), Unit(unit.data)), Type.DURATION)


# --- names -----------------------------------------------------------------------------------------------------------


def _declared(token: Token, page: _Page) -> Declaration:
    name, line = str(token), token.line or 1
    if name not in page.vocabulary.names:
        near = ", ".join(difflib.get_close_matches(name, page.vocabulary.names, n=3)) or "—"
        raise page.refusal(line, "condition_name_undeclared", name=name, near=near)
    return page.vocabulary.names[name]


def _name(token: Token, page: _Page) -> tree.Name:
    declared, name = _declared(token, page), str(token)
    match declared.kind:
        case Kind.FACT:
            return tree.Fact(name, declared.type)
        case Kind.PARAMETER:
            return tree.Parameter(name, declared.type)
        case Kind.MEASURE:
            return tree.Measure(name, declared.type)
        case Kind.TABLE:
            raise page.refusal(token.line or 1, "condition_table_unasked", name=name, wanted=_said(declared.arguments))


def _lookup(node: Tree[Token], page: _Page) -> tree.Lookup:
    declared, name = _declared(_token(node, 0), page), str(node.children[0])
    if declared.kind is not Kind.TABLE:
        raise page.refusal(node.meta.line, "condition_not_a_table", name=name, kind=declared.kind)
    arguments = tuple(_name(token, page) for token in node.children[1:] if isinstance(token, Token))
    given = tuple(argument.type for argument in arguments)
    if given != declared.arguments:
        wanted = _said(declared.arguments)
        raise page.refusal(node.meta.line, "condition_wrong_arguments", name=name, wanted=wanted, given=_said(given))
    return tree.Lookup(name, arguments, declared.type)


def _said(types: Iterable[Type]) -> str:
    return ", ".join(types)


# --- parts of what Lark gives ----------------------------------------------------------------------------------------


def _trees(node: Tree[Token]) -> list[Tree[Token]]:
    return [child for child in node.children if isinstance(child, Tree)]


def _child(node: Tree[Token], index: int) -> Tree[Token]:
    child = node.children[index]
    assert isinstance(child, Tree)
    return child


def _token(node: Tree[Token], index: int) -> Token:
    child = node.children[index]
    assert isinstance(child, Token)
    return child
