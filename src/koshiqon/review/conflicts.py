"""Sources that differ and questions that stay open: as boxes beside what they touch, and as chapters of their own."""

from __future__ import annotations

from fnmatch import fnmatchcase

from koshiqon.country import Country
from koshiqon.evidence import OWN_READING, Basis, Confidence, Conflict, Question, Reference, is_abroad
from koshiqon.review.document import Asked, Block, Box, Chapter, Figure, Phrase, Points, Said, Section, Several, Shown
from koshiqon.review.finding import computed, said


def side_as_finding(conflict: Conflict, number: int, asked: Asked) -> Said:
    side = conflict.sides[number]
    return said(
        Reference("conflict", f"{conflict.name}/{number + 1}"),
        side.text,
        asked.on.isoformat(),
        side.sources,
        Confidence.LOW,
    )


def conflict_as_finding(conflict: Conflict, asked: Asked) -> Said:
    sources = tuple(dict.fromkeys(source for side in conflict.sides for source in side.sources))
    return said(Reference("conflict", conflict.name), conflict.text, asked.on.isoformat(), sources, Confidence.LOW)


def conflict_box(conflict: Conflict, asked: Asked) -> Box:
    """What the sources disagree about, each side with its sources, and why they differ where that is known."""
    shown: list[Shown] = [
        conflict_as_finding(conflict, asked),
        Several(tuple(side_as_finding(conflict, n, asked) for n in range(len(conflict.sides)))),
    ]
    if conflict.explanation is not None:
        sources = tuple(dict.fromkeys(source for side in conflict.sides for source in side.sources))
        shown.append(
            said(
                Reference("conflict", f"{conflict.name}/why"),
                conflict.explanation,
                asked.on.isoformat(),
                sources,
                Confidence.MEDIUM,
            )
        )
    return Box("sources_differ", tuple(shown))


def touches(references: tuple[Reference, ...], patterns: tuple[str, ...]) -> bool:
    """Does any of these rows belong to an indicator (or to the kind of row) that one of the patterns names?"""
    return any(
        fnmatchcase(
            reference.name.split("/")[0] if reference.kind in ("indicator", "observation") else str(reference), pattern
        )
        for reference in references
        for pattern in patterns
    )


def conflict_boxes(country: Country, patterns: tuple[str, ...], asked: Asked) -> tuple[Box, ...]:
    """The conflicts whose rows match any of the patterns."""
    return tuple(
        conflict_box(conflict, asked)
        for conflict in country.conflicts.values()
        if touches(tuple(reference for side in conflict.sides for reference in side.references), patterns)
    )


def conflicts_chapter(country: Country, asked: Asked) -> Chapter:
    """Every conflict: first those that stay open, then those that are explained."""
    held = sorted(country.conflicts.values(), key=_of_other_states)
    opened = [conflict for conflict in held if conflict.is_open]
    sections: list[Section] = []
    for name, conflicts in (
        ("conflicts_open", opened),
        ("conflicts_explained", [conflict for conflict in held if not conflict.is_open]),
    ):
        if conflicts:
            blocks: tuple[Block, ...] = tuple(conflict_box(conflict, asked) for conflict in conflicts)
            sections.append(Section(name, blocks))
    numbers = {
        "all": _count("conflicts", asked, tuple(Reference("conflict", conflict.name) for conflict in held)),
        "open": _count("conflicts_open", asked, tuple(Reference("conflict", conflict.name) for conflict in opened)),
    }
    return Chapter("conflicts", (Phrase("conflicts_counted", dict(numbers), count="all"),), sections=tuple(sections))


def _of_other_states(conflict: Conflict) -> bool:
    """Conflicts about the law of other states come last."""
    return is_abroad(reference for side in conflict.sides for reference in side.references)


def questions_chapter(country: Country, asked: Asked) -> Chapter:
    """What is not known, the weightiest first: those that decide a person's stay, those that change a figure,
    details.
    """
    sections = []
    for weight in (1, 2, 3):
        questions = [question for question in country.questions.values() if question.weight == weight]
        questions.sort(key=lambda question: is_abroad(question.references))
        if questions:
            sections.append(
                Section(f"questions_{weight}", (Points(tuple(_question(question, asked) for question in questions)),))
            )
    decisive = [question for question in country.questions.values() if question.weight == 1]
    numbers = {
        "all": _count("questions", asked, tuple(Reference("question", name) for name in country.questions)),
        "decisive": _count(
            "questions_decisive", asked, tuple(Reference("question", question.name) for question in decisive)
        ),
    }
    return Chapter("questions", (Phrase("questions_counted", dict(numbers), count="all"),), sections=tuple(sections))


def _question(question: Question, asked: Asked) -> tuple[Shown, ...]:
    on = asked.on.isoformat()
    text = said(Reference("question", question.name), question.text, on, (OWN_READING,), Confidence.LOW)
    settles = said(
        Reference("question", f"{question.name}/settles"), question.settles, on, (OWN_READING,), Confidence.LOW
    )
    return text, Phrase("settled_by", {"document": settles})


def _count(name: str, asked: Asked, references: tuple[Reference, ...]) -> Figure:
    """How many of these rows there are, counted by ourselves."""
    own = Basis((OWN_READING,), Confidence.HIGH)
    return computed(
        f"count.{name}",
        len(references),
        "count",
        asked.on.isoformat(),
        ((reference, own) for reference in references),
        "count",
    )
