"""A classification, and the questions of an interview, as JSON: codes, ISO dates, whole numbers. The keys are described
in docs/reference/status-json.md and interview-protocol.md, and stay the same from version to version.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from koshiqon.render.answer_doubts import sources_of
from koshiqon.render.json_values import (
    case_data,
    day_data,
    reason_data,
    reasons_data,
    sources_data,
    trace_data,
)
from koshiqon.render.status_answer import as_assessment
from koshiqon.render.status_page import StatusPage
from koshiqon.render.stay_data_law import bar_data, decision_data, due_data, sanction_data
from koshiqon.render.words import Voice, plain
from koshiqon.rules.judging import Outcome, Unknown
from koshiqon.status.classification import Classification, Governing, Membership, Raised, RightHeld
from koshiqon.status.interview import Question

SCHEMA = "koshiqon-status/1"


def render_status_json(answer: Classification, question: Question | None, page: StatusPage, why: bool = False) -> str:
    """The answer as JSON text, keys in a fixed order; with `why`, how each rule about a category was judged."""
    return json.dumps(status_data(answer, question, page, why), ensure_ascii=False, indent=1)


def status_data(
    answer: Classification, question: Question | None, page: StatusPage, why: bool = False
) -> dict[str, Any]:
    """The answer as plain values: None where something is not known or does not apply."""
    country = page.voice.country
    data: dict[str, Any] = {
        "schema": SCHEMA,
        "country": country.code,
        "country_version": country.version,
        "country_hash": country.content_hash,
        "on": day_data(answer.on),
        "language": page.language,
        "sentence": plain(page.sentence),
        "governing": _governing(answer.governing),
        "categories": [_member(member) for member in answer.memberships],
        "overlays": _raised(answer.overlays, "category"),
        "flags": _raised(answer.flags, "flag"),
        "rights": [_right(right) for right in answer.rights],
        "duties": [due_data(due, country.currency) for due in answer.duties],
        "decisions": [decision_data(one) for one in answer.decisions],
        "overstay_days": answer.overstay_days,
        "consequences": [sanction_data(one, country.currency) for one in answer.consequences],
        "bars": [bar_data(bar) for bar in answer.bars],
        "next_question": None if question is None else question_data(question, page.voice),
        "unknown": [
            {**reason_data(point.reason), "touches": list(point.touches), "ask": point.ask} for point in answer.unknown
        ],
        "conflicts": list(answer.conflicts),
        "confidence": str(answer.confidence),
        "law_read_until": [
            {"act": read.act, "until": day_data(read.until), "late": read.late} for read in answer.law_read_until
        ],
        "citations": [str(reference) for reference in answer.citations],
        "sources": sources_data(sources_of(as_assessment(answer, country), page.voice), country),
        "case": case_data(answer.case),
    }
    if why:
        data["why"] = [
            {"rule": step.rule, "standing": standing_data(step.outcome), "trace": trace_data(step.trace)}
            for step in answer.traces
        ]
    return data


def standing_data(outcome: Outcome) -> str:
    """How a category stands. There is no «no»: what does not hold is not on file."""
    return "unknown" if isinstance(outcome, Unknown) else "yes" if outcome is True else "not_on_file"


def _governing(governing: Governing) -> dict[str, Any]:
    return {
        "sure": governing.sure,
        "step": governing.step,
        "categories": list(governing.categories),
        "possible": [{"step": step, "categories": list(names)} for step, names in governing.possible],
        "reasons": reasons_data(governing.reasons),
    }


def _member(member: Membership) -> dict[str, Any]:
    return {
        "category": member.category,
        "layer": member.layer,
        "standing": standing_data(member.outcome),
        "rules": list(member.rules),
        "provisions": [str(provision) for provision in member.provisions],
        "confidence": str(member.confidence),
        "reasons": reasons_data(member.reasons),
    }


def _raised(flags: Iterable[Raised], name: str) -> list[dict[str, Any]]:
    return [{name: flag.name, "sure": flag.sure, "reasons": reasons_data(flag.reasons)} for flag in flags]


def _right(right: RightHeld) -> dict[str, Any]:
    return {
        "right": right.may,
        "rule": right.rule,
        "sure": right.sure,
        "start": day_data(right.start),
        "until": day_data(right.until),
        "late": right.late,
        "office": right.office,
        "provision": str(right.provision),
        "confidence": str(right.confidence),
        "reasons": reasons_data(right.reasons),
    }


# --- questions -------------------------------------------------------------------------------------------------------


def question_data(question: Question, voice: Voice) -> dict[str, Any]:
    """A question with its words and the answers it takes; `why` names what it is asked for."""
    fact = voice.country.facts[question.fact]
    scheme = fact.name
    words = {code: voice.word(scheme, code) if (scheme, code) in voice.country.codes else code for code in fact.values}
    return {
        "fact": fact.name,
        "text": voice.text(fact.question).words,
        "type": fact.type,
        "unit": fact.unit,
        "values": words or None,
        "private": fact.private,
        "why": {"step": question.step, "categories": list(question.categories), "rule": question.rule},
    }
