"""An assessment of a stay as JSON: codes, ISO dates, whole numbers; the sentence in one language. The keys are
described in docs/reference/stay-json.md and stay the same from version to version.
"""

from __future__ import annotations

import json
from typing import Any

from koshiqon.render.answer_doubts import sources_of
from koshiqon.render.answer_page import AnswerPage
from koshiqon.render.json_values import (
    case_data,
    code_data,
    day_data,
    reason_data,
    reasons_data,
    sources_data,
    trace_data,
    value_data,
)
from koshiqon.render.stay_data_law import bar_data, decision_data, due_data, sanction_data
from koshiqon.render.words import plain
from koshiqon.stay.answer import Assessment, Due, Entry, Ground, Interval, PlanFit

SCHEMA = "koshiqon-stay/1"


def render_stay_json(answer: Assessment, page: AnswerPage, why: bool = False) -> str:
    """The answer as JSON text, keys in a fixed order; with `why`, the whole trace of the rules."""
    return json.dumps(stay_data(answer, page, why), ensure_ascii=False, indent=1)


def stay_data(answer: Assessment, page: AnswerPage, why: bool = False) -> dict[str, Any]:
    """The answer as plain values: None where something is not known or does not apply."""
    country = page.voice.country
    told: dict[str, Any] = {
        "schema": SCHEMA,
        "country": country.code,
        "country_version": country.version,
        "country_hash": country.content_hash,
        "on": day_data(answer.on),
        "language": page.language,
        "answer": str(answer.answer),
        "sentence": plain(page.sentence),
        "standing": code_data(answer.standing),
        "last_lawful_day": day_data(answer.last_lawful_day),
        "open_end": answer.open_end,
        "safe_until": day_data(answer.safe_until),
        "days_used": _used(answer),
        "days_left": answer.used.left if answer.used is not None else None,
        "comes_back": [
            {"first": day_data(one.first), "last": day_data(one.last), "days": one.days} for one in answer.comes_back
        ],
        "earliest_reentry": _entry(answer.reentry),
        "later_reentry": [
            {"day": day_data(one.day), "until": day_data(one.until), "days": one.days} for one in answer.later_entries
        ],
        "plan": _plan(answer.plan),
        "overstay_days": answer.overstay_days,
        "overstay_unknown": reasons_data(answer.overstay_unknown),
        "titles": [_ground(ground) for ground in answer.grounds],
        "intervals": [_interval(interval) for interval in answer.intervals],
        "duties": [due_data(due, country.currency) for due in answer.duties],
        "consequences": [sanction_data(one, country.currency) for one in answer.consequences],
        "if_overstayed": [sanction_data(one, country.currency) for one in answer.if_overstayed],
        "bars": [bar_data(bar) for bar in answer.bars],
        "decisions": [decision_data(one) for one in answer.decisions],
        "unknown": [
            {**reason_data(point.reason), "touches": list(point.touches), "ask": point.ask} for point in answer.unknown
        ],
        "readings": _readings(answer),
        "conflicts": list(answer.conflicts),
        "confidence": str(answer.confidence),
        "law_read_until": [
            {"act": read.act, "until": day_data(read.until), "late": read.late} for read in answer.law_read_until
        ],
        "citations": [str(reference) for reference in answer.citations],
        "sources": sources_data(sources_of(answer, page.voice), country),
        "case": case_data(answer.case),
        "assumed": {name: value_data(answer.case.facts[name]) for name in answer.case.assumed},
    }
    if why:
        told["why"] = [
            {"rule": step.rule, "outcome": value_data(step.outcome), "trace": trace_data(step.trace)}
            for step in answer.traces
        ]
    return told


def _used(answer: Assessment) -> dict[str, Any] | None:
    used = answer.used
    if used is None:
        return None
    return {
        "title": used.ground,
        "per_entry": used.per_entry,
        "used_entry": used.used_entry,
        "in_window": used.in_window,
        "window": used.window,
        "used_window": used.used_window,
    }


def _entry(entry: Entry | None) -> dict[str, Any] | None:
    if entry is None:
        return None
    return {
        "day": day_data(entry.day),
        "until": day_data(entry.until),
        "days": entry.days,
        "standing": str(entry.standing),
        "safe_day": day_data(entry.safe_day),
        "reasons": reasons_data(entry.reasons),
    }


def _plan(fit: PlanFit | None) -> dict[str, Any] | None:
    if fit is None:
        return None
    return {
        "first": day_data(fit.first),
        "last": day_data(fit.last),
        "standing": str(fit.standing),
        "broken_on": day_data(fit.broken_on),
        "reasons": reasons_data(fit.reasons),
    }


def _ground(ground: Ground) -> dict[str, Any]:
    return {
        "title": ground.name,
        "rule": ground.rule,
        "provision": str(ground.provision),
        "standing": str(ground.standing),
        "first": day_data(ground.first),
        "last": day_data(ground.last),
        "open_end": ground.open_end,
        "row": ground.row,
        "paper": None if ground.paper is None else ground.paper.kind,
        "confidence": str(ground.confidence),
        "reasons": reasons_data(ground.reasons),
    }


def _interval(interval: Interval) -> dict[str, Any]:
    return {
        "first": day_data(interval.first),
        "last": day_data(interval.last),
        "standing": str(interval.standing),
        "titles": list(interval.grounds),
        "reasons": reasons_data(interval.reasons),
    }


def _readings(answer: Assessment) -> dict[str, Any]:
    return {
        used.reading: {
            "option": used.option,
            "by_default": used.by_default,
            "others": [
                {
                    "option": other.option,
                    "last_lawful_day": day_data(other.last_lawful_day),
                    "standing": code_data(other.standing),
                    "entry_day": day_data(other.entry_day),
                    "due": [_due_in_short(due) for due in other.due],
                    "not_due": [_due_in_short(due) for due in other.not_due],
                }
                for other in used.others
            ],
        }
        for used in answer.readings
    }


def _due_in_short(due: Due) -> dict[str, Any]:
    return {"must": due.must, "by": due.by, "deadline": day_data(due.deadline), "rule": due.rule}
