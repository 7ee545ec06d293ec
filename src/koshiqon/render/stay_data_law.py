"""Duties, penalties, bars and decisions of an assessment as the plain values that JSON holds."""

from __future__ import annotations

from typing import Any

from koshiqon.render.json_values import day_data, number_data, reasons_data
from koshiqon.stay.amounts import Sum
from koshiqon.stay.answer import Barred, Due, MayDecide, Sanctioned


def due_data(due: Due, currency: str) -> dict[str, Any]:
    return {
        "duty": due.must,
        "rule": due.rule,
        "by": due.by,
        "start": day_data(due.start),
        "deadline": day_data(due.deadline),
        "later": day_data(due.later),
        "state": str(due.state),
        "falls_if_left": due.falls_if_left,
        "office": due.office,
        "pays": _fine(due.pays, currency),
        "pays_times": due.pays_times,
        "provision": str(due.provision),
        "confidence": str(due.confidence),
        "reasons": reasons_data(due.reasons),
    }


def sanction_data(one: Sanctioned, currency: str) -> dict[str, Any]:
    penalty = one.penalty
    return {
        "rule": one.rule,
        "of": str(one.of),
        "sure": one.sure,
        "met": one.met,
        "days": None if one.days is None else list(one.days),
        "warning": penalty.warning,
        "fine": _fine(one.fine, currency),
        "arrest_days": one.arrest_days,
        "prison_years": one.prison_years,
        "prison_years_from": one.prison_years_from,
        "or": list(penalty.alternatives),
        "with": list(penalty.along_with),
        "decided_by": list(penalty.decided_by),
        "provision": str(one.provision),
        "confidence": str(one.confidence),
        "reasons": reasons_data(one.reasons),
    }


def _fine(fine: Sum | None, currency: str) -> dict[str, Any] | None:
    if fine is None:
        return None
    return {
        "units": number_data(fine.units),
        "up_to": fine.up_to,
        "currency": currency,
        "sums": [number_data(one) for one in fine.sums],
        "halved": [number_data(one) for one in fine.halved],
    }


def bar_data(bar: Barred) -> dict[str, Any]:
    return {
        "rule": bar.rule,
        "sure": bar.sure,
        "since": day_data(bar.since),
        "until": day_data(bar.until),
        "provision": str(bar.provision),
        "confidence": str(bar.confidence),
        "reasons": reasons_data(bar.reasons),
    }


def decision_data(one: MayDecide) -> dict[str, Any]:
    return {
        "decision": one.decision,
        "rule": one.rule,
        "decided_by": list(one.decided_by),
        "sure": one.sure,
        "up_to": one.up_to,
        "provision": str(one.provision),
        "reasons": reasons_data(one.reasons),
    }
