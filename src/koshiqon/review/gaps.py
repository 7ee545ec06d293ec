"""Gaps between acts: where two acts part, where one contradicts itself, is silent, leaves a word open, or names an
office without a rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from koshiqon.country import Country
from koshiqon.evidence import Conflict, Finding, Gap, Practice, Question, Reference
from koshiqon.language import Text
from koshiqon.review.conflicts import side_as_finding
from koshiqon.review.document import Asked, Cited, Figure, Phrase, Said, Section, Several, Shown, Table, Word
from koshiqon.review.finding import computed

KINDS = ("acts_differ", "act_against_itself", "silent", "undefined", "no_rule")


@dataclass(frozen=True, slots=True)
class Shows:
    """A row of the country that shows a gap."""

    reference: Reference
    gap: Gap
    row: Conflict | Question | Practice


def gaps_of(country: Country, asked: Asked) -> tuple[Shows, ...]:
    """Every gap on record in the order of the files. One that a practice shows counts only while the practice
    lasts.
    """
    found: list[Shows] = []
    for name, conflict in country.conflicts.items():
        if conflict.gap is not None:
            found.append(Shows(Reference("conflict", name), conflict.gap, conflict))
    for name, practice in country.practice.items():
        if practice.gap is not None and practice.period.contains(asked.on) is not False:
            found.append(Shows(Reference("practice", name), practice.gap, practice))
    for name, question in country.questions.items():
        if question.gap is not None:
            found.append(Shows(Reference("question", name), question.gap, question))
    return tuple(found)


def count_of_gaps(told: tuple[Shows, ...], asked: Asked) -> Figure:
    rests_on = [(one.reference, one.gap.basis) for one in told]
    return computed("count.gaps", len(told), "count", asked.on.isoformat(), rests_on, "count")


def gaps_section(told: tuple[Shows, ...], asked: Asked) -> Section | None:
    """One row a gap, by kind, with its provisions, sources and confidence; None where there are no gaps."""
    if not told:
        return None
    rows = tuple(_row(one, asked) for one in sorted(told, key=lambda one: KINDS.index(one.gap.kind)))
    columns = ("kind_of_gap", "what_is_open", "where", "confidence")
    return Section("gaps", (Table("gaps", Phrase("table_gaps"), columns, rows),))


def _row(one: Shows, asked: Asked) -> tuple[Shown, ...]:
    basis = one.gap.basis
    between = Several(tuple(_cited(one.gap.between)))
    sources = Several(tuple(Cited(Reference("source", name)) for name in basis.sources))
    return (
        Word("gap", one.gap.kind),
        _statement(one, asked),
        Phrase("gap_rests_on", {"where": between, "sources": sources}),
        Word("confidence", basis.confidence),
    )


def _statement(one: Shows, asked: Asked) -> Shown:
    """What the row says; of a conflict its point and its sides."""
    said = _said(one, one.row.text, asked)
    if not isinstance(one.row, Conflict):
        return said
    sides = tuple(side_as_finding(one.row, number, asked) for number in range(len(one.row.sides)))
    return Phrase("gap_sides", {"point": said, "sides": Several(sides)})


def _said(one: Shows, text: Text, asked: Asked) -> Said:
    """The gap as a finding of its own: as sure as it is that the acts read so."""
    name = f"gap:{one.reference.kind}/{one.reference.name}"
    finding = Finding(
        name=name,
        value=None,
        unit="",
        on=asked.on.isoformat(),
        sources=one.gap.basis.sources,
        confidence=one.gap.basis.confidence,
        rests_on=(one.reference, *one.gap.between),
        statement=name,
    )
    return Said(finding, text)


def _cited(between: Iterable[Reference]) -> Iterator[Cited]:
    """Acts and provisions; one that follows another of its act without the act's name."""
    last = ""
    for reference in between:
        act = "/".join(reference.name.split("/")[:2])
        yield Cited(reference, within=reference.kind == "provision" and act == last)
        last = act
