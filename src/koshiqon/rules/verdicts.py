"""The outcome of a condition without the trace that leads to it, for whoever asks only whether it is met.

It is the outcome that `judging` gives: a part that the others have decided already is not looked at, since of three
values no beats all in a conjunction and yes in a disjunction.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from koshiqon.rules import expression as tree
from koshiqon.rules.expression import Expression
from koshiqon.rules.judging import COMPARES, OF_KIND, Case, Outcome, ReasonKind, Unknown, parts_of, unknown, unknown_of

Decide = Callable[[Case], Outcome]


def deciding(node: Expression) -> Decide:
    """How the outcome is found: worked out once, for whoever asks it of many cases."""
    make = _SHORTER.get(type(node))
    return _plainly(node) if make is None else make(node)


def _plainly(node: Expression) -> Decide:
    """From the outcomes of all parts."""
    outcome, below = OF_KIND[type(node)], [deciding(part) for part in parts_of(node)]
    return lambda case: outcome(node, [decide(case) for decide in below], case)


def _until(decisive: bool) -> Callable[[tree.And | tree.Or], Decide]:
    """A conjunction is decided by a no, a disjunction by a yes."""

    def of(node: tree.And | tree.Or) -> Decide:
        below = [deciding(part) for part in node.parts]

        def decided(case: Case) -> Outcome:
            vague: list[Outcome] = []
            for decide in below:
                told = decide(case)
                if told is decisive:
                    return decisive
                if isinstance(told, Unknown):
                    vague.append(told)
            return (unknown_of(vague) if vague else None) or not decisive

        return decided

    return of


def _fact(node: tree.Fact) -> Decide:
    name, missing = node.name, unknown(ReasonKind.FACT_MISSING, node.name)

    def told(case: Case) -> Outcome:
        value = case.facts.get(name)
        return missing if value is None else value

    return told


def _literal(node: tree.Literal) -> Decide:
    return lambda _case: node.value


def _compared(node: tree.Comparison) -> Decide:
    left, right, compare = deciding(node.left), deciding(node.right), COMPARES[node.operator]

    def compared(case: Case) -> Outcome:
        one, other = left(case), right(case)
        if isinstance(one, Unknown) or isinstance(other, Unknown):
            return unknown_of([one, other]) or False
        return compare(one, other)

    return compared


def _one_of(node: tree.OneOf) -> Decide:
    """Among values that the condition writes itself there is nothing to judge."""
    written = [choice.value for choice in node.choices if isinstance(choice, tree.Literal)]
    if len(written) < len(node.choices):
        return _plainly(node)
    value = deciding(node.value)

    def among(case: Case) -> Outcome:
        told = value(case)
        return told if isinstance(told, Unknown) else told in written

    return among


_SHORTER: Mapping[type[Expression], Callable[[Any], Decide]] = {
    tree.And: _until(False),
    tree.Or: _until(True),
    tree.Fact: _fact,
    tree.Literal: _literal,
    tree.Comparison: _compared,
    tree.OneOf: _one_of,
}
"""Kinds of trees whose outcome is found with less than all outcomes of their parts."""
