"""An assessment of one stay put into words, part by part: the sentence first, then what to do, why, how sure, sources.

A part about nothing is left out. Every line about law is followed by its provision.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from koshiqon.render import answer_case, answer_doubts, answer_entry, answer_law
from koshiqon.render.answer_page import AnswerPage, Item, Part
from koshiqon.render.answer_sentence import sentence
from koshiqon.render.day_calendar import calendar_of
from koshiqon.render.stay_phrases import PARTS
from koshiqon.render.stay_words import counted, said, word
from koshiqon.render.trace import steps
from koshiqon.render.words import Voice
from koshiqon.stay.answer import Answer, Assessment, RuleTrace

ORDER: dict[str, Callable[[Assessment, Voice], Iterator[Item]]] = {
    "overstay": answer_law.overstay,
    "duties": answer_law.duties,
    "grounds": answer_law.grounds,
    "if_overstayed": answer_law.if_overstayed,
    "reentry": answer_entry.reentry,
    "plan": answer_entry.plan,
    "bars": answer_entry.bars,
    "decisions": answer_entry.decisions,
    "unknown": answer_doubts.unknown,
    "readings": answer_doubts.readings,
    "conflicts": answer_doubts.conflicts,
    "sure": answer_doubts.sure,
    "given": answer_case.given,
    "assumed": answer_case.assumed,
    "sources": answer_doubts.sources,
}
"""The parts in the order of reading."""
UNSURE = (Answer.UNKNOWN_TODAY, Answer.ENTRY_UNKNOWN)
"""Where nothing can be told yet, what is not known comes first."""


def compose_answer(answer: Assessment, voice: Voice, program_version: str) -> AnswerPage:
    """Put an assessment into words of the voice's language."""
    country = voice.country
    first = ("unknown",) if answer.answer in UNSURE else ()
    return AnswerPage(
        language=voice.language,
        title=said(voice, "page_title", country=voice.text(country.name).words),
        sentence=sentence(answer, voice),
        caution=counted(voice, "assumed_count", len(answer.case.assumed)) if answer.case.assumed else "",
        order=tuple(dict.fromkeys((*first, *ORDER))),
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
        compose_calendar=lambda: calendar_of(answer, country),
        compose_part=lambda name: _part(name, answer, voice),
    )


def _part(name: str, answer: Assessment, voice: Voice) -> Part:
    """A part by its code: one of those in order, the rules that the answer rests on, all rules as they were judged."""
    match name:
        case "decisive":
            items = steps(_decisive(answer), voice)
        case "steps":
            items = steps(answer.traces, voice)
        case _:
            items = ORDER[name](answer, voice)
    return Part(name, _title(name, answer, voice), tuple(items))


def _decisive(answer: Assessment) -> Iterator[RuleTrace]:
    """The rules that the answer rests on; how the others were judged, `steps` tells."""
    cited = {reference.name for reference in answer.citations if reference.kind == "rule"}
    return (step for step in answer.traces if step.rule in cited)


def _title(name: str, answer: Assessment, voice: Voice) -> str:
    doubtful = name == "overstay" and not answer.overstay_days
    return word(voice, PARTS, "may_follow" if doubtful else name)
