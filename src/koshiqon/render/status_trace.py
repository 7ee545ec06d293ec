"""How each rule about a category was judged. Nobody is told no: a category that does not hold is not on file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from koshiqon.render.answer_page import Item
from koshiqon.render.status_words import category_line, told
from koshiqon.render.stay_words import code_words, name_words, provision_line, reason_lines, say, value_words
from koshiqon.render.trace import INDENT, verdict_words, written
from koshiqon.render.words import Line, Run, Voice, plain
from koshiqon.rules import expression as tree
from koshiqon.rules.expression import Expression
from koshiqon.rules.judging import Outcome, Trace, Unknown
from koshiqon.stay.answer import RuleTrace

CATEGORY, PAPER = "category.", "paper."
"""How the measures of categories and papers begin."""
JOINS = tree.And | tree.Or | tree.Not


def steps(traces: Iterable[RuleTrace], voice: Voice) -> Iterator[Item]:
    """Each rule about a category: its verdict and words; below, its condition, the parts of it, its provision."""
    for step in traces:
        rule = voice.country.rules[step.rule]
        text = (voice.text(rule.text, of=f"rule:{rule.name}"),)
        under = (*_reached(step, rule.written, voice), provision_line(rule.provision, rule.basis.confidence, voice))
        yield Item(say(voice, "step", verdict=_standing(step.outcome, voice), text=text), under)


def _standing(outcome: Outcome, voice: Voice) -> str:
    return told(voice, "not_on_file") if outcome is False else verdict_words(voice, outcome)


def _reached(step: RuleTrace, condition: str, voice: Voice) -> Iterator[Line]:
    if step.trace is None:
        yield say(voice, "step_always")
    else:
        yield say(voice, "step_condition", condition=" ".join(condition.split()))
        yield from _parts(step.trace, voice, 0)
    if step.outcome is False and (step.trace is None or step.trace.outcome is True):
        yield say(voice, "step_exception")
    if isinstance(step.outcome, Unknown):
        yield from reason_lines(voice, step.outcome.reasons)


def _parts(trace: Trace, voice: Voice, depth: int) -> Iterator[Line]:
    """A condition and its conditions, deeper ones further in; the values of the last ones stand beside them."""
    joins = isinstance(trace.node, JOINS)
    if not (joins and depth == 0):
        words = f"{INDENT * max(0, depth - 1)}{_verdict(trace, voice)}: {written(trace.node)}"
        values = "" if joins else "; ".join(_values(trace, voice))
        yield (Run(f"{words}   [{values}]" if values else words),)
    if joins:
        for part in trace.parts:
            yield from _parts(part, voice, depth + 1)


def _verdict(trace: Trace, voice: Voice) -> str:
    return _standing(trace.outcome, voice) if _begins(trace.node, CATEGORY) else verdict_words(voice, trace.outcome)


def _begins(node: Expression, kind: str) -> bool:
    return isinstance(node, tree.Measure) and node.name.startswith(kind)


def _values(trace: Trace, voice: Voice) -> Iterator[str]:
    """What each name of a condition stands for and its value in this case; of categories and papers the name alone,
    for the verdict says the rest.
    """
    node = trace.node
    if isinstance(node, tree.Measure) and _begins(node, CATEGORY):
        yield plain(category_line(node.name.removeprefix(CATEGORY), voice))
    elif isinstance(node, tree.Measure) and _begins(node, PAPER):
        yield code_words(voice, "paper", node.name.removeprefix(PAPER))
    elif isinstance(node, tree.Fact | tree.Parameter | tree.Measure | tree.Lookup):
        yield f"{name_words(voice, node.name)} {value_words(voice, trace.outcome, node.name)}"
    for part in trace.parts:
        yield from _values(part, voice)
