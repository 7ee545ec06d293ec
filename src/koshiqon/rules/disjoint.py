"""Can two conditions hold in one case? Shown to be impossible from their form alone, or left open.

The method is the semantic tableau (Smullyan, First-Order Logic, 1968): both conditions are taken to hold and are
opened into their atoms, branch by branch; they are disjoint if every branch contradicts itself. What only a case, an
act or a table could tell is left open, so True is proof and False is none.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable
from math import prod

from koshiqon.rules import expression as tree
from koshiqon.rules.expression import Condition, Literal, Operand, Value

MOST_BRANCHES = 512
"""Conditions that open into more are left open: proof is not worth the wait."""

Claim = tuple[Condition, bool]
"""A condition, and whether it is taken to hold or not to."""


def provably_disjoint(first: Condition, second: Condition) -> bool:
    """Is there surely no case in which judge() says True of both? Sound and incomplete."""
    claims: list[Claim] = [(first, True), (second, True)]
    return prod(_branches(claim) for claim in claims) <= MOST_BRANCHES and not _is_open(claims, [])


def _is_open(claims: list[Claim], atoms: list[Claim]) -> bool:
    """Is there a branch of the claims that does not contradict itself or the atoms found before?"""
    if not claims:
        return not _contradictory(atoms)
    (condition, holds), *rest = claims
    match condition:
        case tree.Not(part):
            return _is_open([(part, not holds), *rest], atoms)
        case tree.And(parts) | tree.Or(parts):
            opened = [(part, holds) for part in parts]
            if isinstance(condition, tree.And) is holds:
                return _is_open([*opened, *rest], atoms)
            return any(_is_open([claim, *rest], atoms) for claim in opened)
        case _:
            return not _contradictory([*atoms, (condition, holds)]) and _is_open(rest, [*atoms, (condition, holds)])


def _branches(claim: Claim) -> int:
    """Into how many branches a claim opens."""
    condition, holds = claim
    match condition:
        case tree.Not(part):
            return _branches((part, not holds))
        case tree.And(parts) | tree.Or(parts):
            counts = [_branches((part, holds)) for part in parts]
            return prod(counts) if isinstance(condition, tree.And) is holds else sum(counts)
        case _:
            return 1


# --- atoms that cannot hold together ---------------------------------------------------------------------------------


def _contradictory(atoms: list[Claim]) -> bool:
    """Do these atoms surely exclude each other?"""
    told = dict[Condition, bool]()
    if any(told.setdefault(atom, holds) is not holds for atom, holds in atoms):
        return True
    return _orders_clash(atoms) or any(_values_clash(operand, atoms) for operand in _compared(atoms))


def _orders_clash(atoms: list[Claim]) -> bool:
    """Do comparisons of the same two values leave neither less, equal nor greater?"""
    left_open: dict[tuple[Operand, Operand], set[int]] = {}
    for atom, holds in atoms:
        if isinstance(atom, tree.Comparison):
            allowed = {sign for sign in (-1, 0, 1) if _COMPARES[atom.operator](sign, 0) is holds}
            turned = {-sign for sign in allowed}
            left_open.setdefault((atom.left, atom.right), {-1, 0, 1}).intersection_update(allowed)
            left_open.setdefault((atom.right, atom.left), {-1, 0, 1}).intersection_update(turned)
    return not all(left_open.values())


_COMPARES: dict[str, Callable[[int, int], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


# --- one value against constants -------------------------------------------------------------------------------------


def _compared(atoms: list[Claim]) -> set[Operand]:
    """The values, no constants, that the atoms hold against constants."""
    return {operand for atom, _ in atoms for operand, _, _ in _bounds(atom)}


def _bounds(atom: Condition) -> list[tuple[Operand, str, tuple[Value, ...]]]:
    """An atom as value, operator and constants; nothing where it is no such atom."""
    match atom:
        case tree.Comparison(Literal(), _, Literal()):
            return []
        case tree.Comparison(value, sign, Literal(constant)):
            return [(value, sign, (constant,))]
        case tree.Comparison(Literal(constant), sign, value):
            return [(value, _TURNED.get(sign, sign), (constant,))]
        case tree.OneOf(value, choices) if not isinstance(value, Literal):
            constants = tuple(choice.value for choice in choices if isinstance(choice, Literal))
            return [(value, "in", constants)] if len(constants) == len(choices) else []
        case _:
            return []


_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


def _values_clash(operand: Operand, atoms: list[Claim]) -> bool:
    """Do the atoms leave this value no place?

    The constants, in order, cut the line of values into themselves and the gaps between and around them: 2n + 1
    places, in each of which every atom is true or false throughout. A gap is taken to hold a value, also where whole
    numbers or closed codes have none there; that can only leave open what could be proved.
    """
    bounds = [
        (sign, constants, holds)
        for atom, holds in atoms
        for value, sign, constants in _bounds(atom)
        if value == operand
    ]
    marks = sorted({constant for _, constants, _ in bounds for constant in constants})  # type: ignore[type-var]
    place_of = {constant: 2 * number + 1 for number, constant in enumerate(marks)}

    def allows(place: int, sign: str, constants: Iterable[Value], holds: bool) -> bool:
        marked = [place_of[constant] for constant in constants]
        return (place in marked if sign == "in" else _COMPARES[sign](place, marked[0])) is holds

    return not any(all(allows(place, *bound) for bound in bounds) for place in range(2 * len(marks) + 1))
