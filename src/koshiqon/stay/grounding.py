"""What an answer rests on, and what of it stays open: citations, texts read, rules judged, questions to ask."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from koshiqon.country import Country
from koshiqon.evidence import Reference
from koshiqon.rules.judging import Reason, ReasonKind
from koshiqon.rules.rule import RuleKind
from koshiqon.stay.answer import OpenPoint, ReadUntil, RuleTrace
from koshiqon.stay.matter import Matter, applies_as_judged, believed, judged, rules_of
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


def traces(matter: Matter, on: date) -> Iterator[RuleTrace]:
    """Every rule in force that the readings believe, judged part by part."""
    for kind in RuleKind:
        rules = rules_of(kind, matter)
        for rule in rules:
            if believed(rule, matter.readings) and rule.period.contains(on) is not False:
                trace = judged(rule, matter, on)
                yield RuleTrace(rule.name, applies_as_judged(rule, trace, matter, rules, on), trace)
