"""Chapters on what the review rests on: until when each act was read, and every source cited."""

from __future__ import annotations

from collections.abc import Iterable

from koshiqon.country import Country
from koshiqon.evidence import OWN_READING, Basis, Confidence, Finding, Reference
from koshiqon.law.acts import Act
from koshiqon.review.document import (
    Asked,
    Chapter,
    Cited,
    Figure,
    Missing,
    Phrase,
    Section,
    Several,
    Shown,
    Table,
    When,
    Word,
)
from koshiqon.review.finding import computed, said


def acts_chapter(country: Country, asked: Asked) -> Chapter | None:
    """Every act named, when it was adopted and came into force, and until when its text was read."""
    if not country.acts:
        return None
    acts = sorted(country.acts.values(), key=lambda act: (act.adopted.earliest, act.name))
    read = [act for act in acts if act.read_until is not None]
    opening = Phrase(
        "acts_counted", {"all": _count("acts", acts, asked), "read": _count("acts_read", read, asked)}, count="all"
    )
    sections = []
    for name, chosen in (("acts_read", read), ("acts_unread", [act for act in acts if act.read_until is None])):
        if chosen:
            table = Table(
                name,
                Phrase(f"table_{name}"),
                ("act", "adopted", "in_force", "read_until"),
                tuple(_row(act) for act in chosen),
            )
            sections.append(Section(name, (table,)))
    return Chapter("reading", (opening, Phrase("acts_caution")), sections=tuple(sections))


def _count(name: str, acts: list[Act], asked: Asked) -> Figure:
    own = Basis((OWN_READING,), Confidence.HIGH)
    return computed(
        f"count.{name}",
        len(acts),
        "count",
        asked.on.isoformat(),
        ((Reference("act", act.name), own) for act in acts),
        "count",
    )


def _row(act: Act) -> tuple[Shown, ...]:
    reference = Reference("act", act.name)
    title = said(reference, act.title, act.adopted.text, act.basis.sources, act.basis.confidence)
    named: list[Shown] = [Cited(reference), title]
    if act.repealed is not None:
        named.append(Phrase("repealed_on", {"day": When(act.repealed, reference)}))
    in_force: Shown = When(act.in_force, reference) if act.in_force is not None else Missing("not_yet_or_unknown")
    read: Shown = When(act.read_until, reference) if act.read_until is not None else Missing("unread")
    return Several(tuple(named)), When(act.adopted, reference), in_force, read


def sources_chapter(country: Country, findings: Iterable[Finding]) -> Chapter:
    """Every source that a finding of the document rests on, and the data sets with their licences."""
    cited = dict.fromkeys(source for finding in findings for source in finding.sources)
    known = sorted(
        (country.sources[name] for name in cited if name in country.sources),
        key=lambda source: (source.kind, source.publisher, source.name),
    )
    kinds = dict.fromkeys(source.kind for source in known)
    sections = []
    for kind in kinds:
        rows = tuple((Cited(Reference("source", source.name)),) for source in known if source.kind == kind)
        table = Table(
            f"sources_{kind}", Phrase("table_sources", {"kind": Word("source_kind", kind)}), ("source",), rows
        )
        sections.append(Section(f"sources_{kind}", (table,), title=Word("source_kind", kind)))
    return Chapter("sources", (Phrase("sources_opening"),), sections=tuple(sections))
