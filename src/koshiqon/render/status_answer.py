"""A classification put into words, part by part: who somebody is in law comes first, what follows from a breach last.

A part about nothing is left out. Every line about law is followed by its provision.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from koshiqon.country import Country
from koshiqon.evidence import Reference
from koshiqon.render import answer_case, answer_doubts, answer_entry, answer_law, status_parts
from koshiqon.render.answer_page import Item, Part
from koshiqon.render.status_page import StatusPage
from koshiqon.render.status_phrases import STATUS_PARTS
from koshiqon.render.status_trace import steps
from koshiqon.render.status_words import question_line, sentence, tell, told, why_lines
from koshiqon.render.stay_phrases import PARTS
from koshiqon.render.stay_words import reason_words, said, say, word
from koshiqon.render.words import Run, Voice
from koshiqon.status.classification import Classification
from koshiqon.status.interview import Question
from koshiqon.stay.answer import Answer, Assessment, DueState

MOST_OPEN = 8
"""So many open points stand in the answer; --json tells all."""


def compose_status(answer: Classification, question: Question | None, voice: Voice, program_version: str) -> StatusPage:
    """Put a classification, and what to ask next, into words of the voice's language."""
    country = voice.country
    parts = (Part(name, _title(name, voice), tuple(items)) for name, items in _parts(answer, question, voice))
    return StatusPage(
        language=voice.language,
        title=told(voice, "page_title", country=voice.text(country.name).words),
        sentence=sentence(answer, question, voice),
        care=told(voice, "care"),
        parts=tuple(part for part in parts if part.items),
        edition=(
            (voice.label("colophon_asked"), voice.day(answer.on)),
            (voice.label("colophon_country"), f"{country.code} {country.version}"),
            (voice.label("colophon_hash"), country.content_hash[:16]),
            (voice.label("colophon_program"), f"Koshiqon {program_version}"),
            (said(voice, "language"), str(voice.formats.get_language_name(voice.language))),
        ),
        warning=said(voice, "not_advice"),
        unchecked=voice.label("unchecked_all"),
        voice=voice,
        compose_steps=lambda: Part("steps", word(voice, PARTS, "steps"), tuple(steps(answer.traces, voice))),
    )


def _parts(answer: Classification, question: Question | None, voice: Voice) -> Iterator[tuple[str, Iterator[Item]]]:
    """The parts in the order of reading."""
    shared = as_assessment(answer, voice.country)
    own: tuple[tuple[str, Callable[[Classification, Voice], Iterator[Item]]], ...] = (
        ("grounds", status_parts.why),
        ("categories", status_parts.categories),
        ("may_ask", status_parts.may_ask),
        ("rights", status_parts.rights),
    )
    yield from ((name, items(answer, voice)) for name, items in own)
    yield "duties", answer_law.duties(shared, voice)
    yield "authority", status_parts.duties_of_the_state(answer, voice)
    yield "decided", answer_entry.decisions(shared, voice)
    yield "flags", status_parts.flags(answer, voice)
    yield "perhaps", status_parts.perhaps(answer, voice)
    yield "overstay", answer_law.overstay(shared, voice)
    yield "bars", answer_entry.bars(shared, voice)
    yield "unknown", _unknown(answer, question, voice)
    yield "conflicts", answer_doubts.conflicts(shared, voice)
    if shared.citations:
        yield "sure", answer_doubts.sure(shared, voice)
    yield "given", answer_case.given(shared, voice)
    yield "sources", answer_doubts.sources(shared, voice)


def _title(name: str, voice: Voice) -> str:
    return word(voice, STATUS_PARTS if name in STATUS_PARTS else PARTS, name)


def as_assessment(answer: Classification, country: Country) -> Assessment:
    """What a classification shares with the assessment of a stay, so that the same words tell it. Of duties, bars and
    decisions only what is sure, of penalties those whose condition is met, with citations, conflicts and acts; of days
    those of overstay (0, which is not put into words, where they cannot be told).
    """
    cited = _cited(answer, country)
    acts = {"/".join(reference.name.split("/")[:2]) for reference in cited if reference.kind == "provision"}
    return Assessment(
        case=answer.case,
        on=answer.on,
        answer=Answer.UNKNOWN_TODAY,
        standing=None,
        grounds=(),
        intervals=(),
        last_lawful_day=None,
        open_end=False,
        safe_until=None,
        used=None,
        comes_back=(),
        reentry=None,
        later_entries=(),
        plan=None,
        duties=status_parts.own_duties(answer.duties),
        overstay_days=answer.overstay_days or 0,
        overstay_unknown=(),
        consequences=tuple(one for one in answer.consequences if one.met),
        if_overstayed=(),
        bars=tuple(bar for bar in answer.bars if bar.sure),
        decisions=tuple(one for one in answer.decisions if one.sure),
        unknown=answer.unknown,
        readings=(),
        conflicts=tuple(conflict.name for conflict in country.conflicts_of(cited)),
        confidence=answer.confidence,
        law_read_until=tuple(read for read in answer.law_read_until if read.act in acts),
        citations=cited,
        traces=answer.traces,
    )


def _cited(answer: Classification, country: Country) -> tuple[Reference, ...]:
    """The references of what is surely so; those of what may be so would bury them."""
    named = [name for member in answer.memberships if member.outcome is True for name in member.rules]
    named += [right.rule for right in answer.rights if right.sure]
    named += [due.rule for due in answer.duties if due.state is not DueState.UNKNOWN]
    named += [one.rule for one in answer.consequences if one.met]
    named += [bar.rule for bar in answer.bars if bar.sure]
    kept = {Reference("rule", name) for name in named}
    kept |= {Reference("provision", str(country.rules[name].provision)) for name in named}
    return tuple(reference for reference in answer.citations if reference in kept)


# --- what is not known -----------------------------------------------------------------------------------------------


def _unknown(answer: Classification, question: Question | None, voice: Voice) -> Iterator[Item]:
    """The next question with its reason; then what else leaves open which status governs; of the rest, how many."""
    if question is not None:
        under = (*why_lines(question, voice), say(voice, "how_to_answer", name=question.fact))
        yield Item(tell(voice, "next_question", question=question_line(question, voice)), under)
    asked = question.fact if question is not None else None
    points = [point for point in answer.unknown if point.reason.name != asked]
    first = [point for point in points if "governing" in point.touches][:MOST_OPEN]
    for point in first:
        yield Item((Run(reason_words(voice, point.reason), of=f"reason:{point.reason.name}"),))
    if len(points) > len(first):
        yield Item(tell(voice, "more_open", n=voice.number(len(points) - len(first))))
