"""How each rule was judged, for the reader who asks why: the condition as written, each part with its verdict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from koshiqon.render.answer_page import Item
from koshiqon.render.stay_codes import VERDICTS
from koshiqon.render.stay_words import name_words, provision_line, reason_lines, say, value_words, word
from koshiqon.render.words import Line, Run, Voice
from koshiqon.rules import expression as tree
from koshiqon.rules.expression import Duration, Expression
from koshiqon.rules.judging import Outcome, Trace, Unknown
from koshiqon.stay.answer import RuleTrace

INDENT = "    "


def steps(traces: Iterable[RuleTrace], voice: Voice) -> Iterator[Item]:
    """Each rule that was judged: its verdict and words; below, its condition, the parts of it, its provision."""
    for step in traces:
        rule = voice.country.rules[step.rule]
        text = (voice.text(rule.text, of=f"rule:{rule.name}"),)
        cited = provision_line(rule.provision, rule.basis.confidence, voice)
        under = (*_reached(step, rule.written, voice), cited)
        yield Item(say(voice, "step", verdict=verdict_words(voice, step.outcome), text=text), under)


def verdict_words(voice: Voice, outcome: Outcome) -> str:
    return word(voice, VERDICTS, "unknown" if isinstance(outcome, Unknown) else "yes" if outcome else "no")


def _reached(step: RuleTrace, condition: str, voice: Voice) -> Iterator[Line]:
    if step.trace is None:
        yield say(voice, "step_always")
    else:
        yield say(voice, "step_condition", condition=" ".join(condition.split()))
        yield from _parts(step.trace, voice, 0)
    met = step.trace is None or step.trace.outcome is True
    if met and step.outcome is False:
        yield say(voice, "step_exception")
    if isinstance(step.outcome, Unknown):
        yield from reason_lines(voice, step.outcome.reasons)


def _parts(trace: Trace, voice: Voice, depth: int) -> Iterator[Line]:
    """A condition and its conditions, deeper ones further in; the values of the last ones stand beside them."""
    joins = isinstance(trace.node, tree.And | tree.Or | tree.Not)
    if not (joins and depth == 0):
        verdict = verdict_words(voice, trace.outcome)
        words = f"{INDENT * max(0, depth - 1)}{verdict}: {written(trace.node)}"
        values = "" if joins else "; ".join(_values(trace, voice))
        yield (Run(f"{words}   [{values}]" if values else words),)
    if joins:
        for part in trace.parts:
            yield from _parts(part, voice, depth + 1)


def _values(trace: Trace, voice: Voice) -> Iterator[str]:
    """What each name of a condition stands for and its value in this case."""
    node = trace.node
    if isinstance(node, tree.Fact | tree.Parameter | tree.Measure | tree.Lookup):
        yield f"{name_words(voice, node.name)} {value_words(voice, trace.outcome, node.name)}"
    for part in trace.parts:
        yield from _values(part, voice)


# --- a tree as text --------------------------------------------------------------------------------------------------


def written(node: Expression) -> str:
    """A tree in the language of conditions again, with no more brackets than its nesting needs."""
    match node:
        case tree.And(parts):
            return " and ".join(_bracketed(part, tree.And | tree.Or) for part in parts)
        case tree.Or(parts):
            return " or ".join(_bracketed(part, tree.Or) for part in parts)
        case tree.Not(part):
            return f"not {_bracketed(part, tree.And | tree.Or)}"
        case tree.Known(of):
            return f"{of.name} is known"
        case tree.Comparison(left, operator, right):
            return f"{written(left)} {operator} {written(right)}"
        case tree.OneOf(value, choices):
            return f"{written(value)} in [{', '.join(map(written, choices))}]"
        case tree.MemberOf(value, whole):
            return f"{written(value)} in {whole.name}"
        case _:
            return _operand(node)


def _operand(node: tree.Operand) -> str:
    match node:
        case tree.Sum(left, right, minus):
            return f"{written(left)} {'-' if minus else '+'} {written(right)}"
        case tree.Shift(start, by, back):
            return f"{written(start)} {'-' if back else '+'} {written(by)}"
        case tree.DaysBetween(later, earlier):
            return f"{written(later)} - {written(earlier)}"
        case tree.Lookup(name, arguments):
            return f"{name}({', '.join(argument.name for argument in arguments)})"
        case tree.Literal(value):
            return _literal(value)
        case _:
            return node.name


def _literal(value: tree.Value) -> str:
    match value:
        case Duration(amount, unit):
            return f"{amount} {unit.replace('_', ' ')}"
        case date():
            return value.isoformat()
        case str():
            return f"'{value}'"
        case _:
            return str(value)


def _bracketed(node: Expression, kinds: object) -> str:
    return f"({written(node)})" if isinstance(node, kinds) else written(node)  # type: ignore[arg-type]
