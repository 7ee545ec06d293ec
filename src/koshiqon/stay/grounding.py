"""What an answer rests on, and what of it stays open: citations, texts read, rules judged, questions to ask."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from koshiqon.country import Country
from koshiqon.evidence import Reference
from koshiqon.rules.judging import Reason, ReasonKind
from koshiqon.rules.rule import Rule, RuleKind
from koshiqon.stay.answer import OpenPoint, ReadUntil
from koshiqon.stay.matter import Matter, applies, believed, judged, rules_of
from koshiqon.stay.rule_trace import RuleTrace
from koshiqon.stay.titles import Line


def open_points(reasons: dict[str, set[Reason]], country: Country) -> Iterator[OpenPoint]:
    """Each reason once, with what it touches; what touches the days of the stay comes first."""
    told = sorted({reason for part in reasons.values() for reason in part})
    touched = {reason: tuple(part for part, held in reasons.items() if reason in held) for reason in told}
    for reason in sorted(told, key=lambda reason: ("intervals" not in touched[reason], reason)):
        asks = reason.kind is ReasonKind.FACT_MISSING and reason.name in country.facts
        yield OpenPoint(reason, touched[reason], reason.name if asks else None)


def citations(lines: Iterable[Line], named: Iterable[str], country: Country) -> tuple[Reference, ...]:
    """Rules, provisions and rows that the answer rests on, each once, titles first."""
    references = [reference for line in lines for reference in line.references]
    for name in named:
        references += [Reference("rule", name), Reference("provision", str(country.rules[name].provision))]
    return tuple(dict.fromkeys(references))


def read_until(references: Iterable[Reference], country: Country, on: date) -> Iterator[ReadUntil]:
    """Until when the text of each act cited was read, and whether the day asked is later."""
    acts = dict.fromkeys(
        "/".join(reference.name.split("/")[:2]) for reference in references if reference.kind == "provision"
    )
    for name in acts:
        act = country.acts.get(name)
        if act is None:
            continue
        until = act.read_until.latest if act.read_until is not None else None
        yield ReadUntil(name, until, until is None or until < on)


@dataclass(frozen=True, slots=True, eq=False)
class RulesJudged:
    """Every rule in force that the readings believe, judged part by part for whoever looks at it, anew each time."""

    matter: Matter
    on: date

    def __iter__(self) -> Iterator[RuleTrace]:
        for kind in RuleKind:
            rules = rules_of(kind, self.matter)
            for rule in rules:
                if believed(rule, self.matter.readings) and rule.period.contains(self.on) is not False:
                    yield trace_of(rule, self.matter, rules, self.on)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RulesJudged) and list(self) == list(other)

    def __hash__(self) -> int:
        return hash(self.on)


def trace_of(rule: Rule, matter: Matter, rules: Sequence[Rule], on: date) -> RuleTrace:
    """One rule, judged where it is looked at: most readers ask of few rules how they were judged, or of none."""
    return RuleTrace(rule.name, partial(applies, rule, matter, rules, on), partial(judged, rule, matter, on))
