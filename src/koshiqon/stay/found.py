"""What an assessment says, by the names under which a worked case may expect it: plain values, records and lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Protocol, TypeAlias

from koshiqon.country import Country
from koshiqon.evidence import Reference
from koshiqon.rules.expression import Duration
from koshiqon.rules.judging import Unknown
from koshiqon.stay.answer import Assessment, Barred, Due, Ground, MayDecide, OpenPoint, Sanctioned, Standing
from koshiqon.stay.law_index import parameter_on

Told: TypeAlias = "str | int | Decimal | date | bool | tuple[Told, ...] | Mapping[str, Told] | None"
"""A value, a list of values, or a record of named values."""

NONE = "none"
"""Where a last day is looked for: the stay has no end."""
VERDICT = {Standing.LAWFUL: "yes", Standing.UNLAWFUL: "no", Standing.UNKNOWN: "unknown"}


class Follows(Protocol):
    """What answers about a stay and about a status both hold."""

    @property
    def duties(self) -> tuple[Due, ...]: ...
    @property
    def consequences(self) -> tuple[Sanctioned, ...]: ...
    @property
    def bars(self) -> tuple[Barred, ...]: ...
    @property
    def decisions(self) -> tuple[MayDecide, ...]: ...
    @property
    def unknown(self) -> tuple[OpenPoint, ...]: ...
    @property
    def conflicts(self) -> tuple[str, ...]: ...
    @property
    def citations(self) -> tuple[Reference, ...]: ...


def found_of(what: str, answer: Assessment, country: Country) -> Told:
    """What the assessment says under a name. Raises KeyError where there is no such name."""
    match what:
        case "answer":
            return answer.answer.value
        case "standing":
            return None if answer.standing is None else answer.standing.value
        case "last_lawful_day":
            return NONE if answer.open_end else answer.last_lawful_day
        case "safe_until":
            return answer.safe_until
        case "overstay_days":
            return answer.overstay_days
        case "days_left":
            return None if answer.used is None else answer.used.left
        case "days_used" | "earliest_entry" | "plan":
            return _record(what, answer)
        case "limits":
            return tuple(_limits(answer, country))
        case "parameters":
            return _parameters(answer, country)
        case "titles":
            return tuple(_title(ground) for ground in answer.grounds)
        case _:
            return found_list(what, answer)


def _record(what: str, answer: Assessment) -> Told:
    match what:
        case "days_used":
            used = answer.used
            return None if used is None else {"entry": used.used_entry, "window": used.used_window}
        case "earliest_entry":
            entry = answer.reentry
            if entry is None:
                return None
            until = NONE if entry.day is not None and entry.until is None else entry.until
            return {"possible": VERDICT[entry.standing], "day": entry.day, "until": until, "days": entry.days}
    plan = answer.plan
    return None if plan is None else {"fits": VERDICT[plan.standing], "broken_on": plan.broken_on}


def found_list(what: str, answer: Follows) -> Told:
    """What follows for a person, by its name. Raises KeyError where there is no such name."""
    match what:
        case "duties":
            return tuple(_duty(due) for due in answer.duties)
        case "penalties":
            return tuple(_penalty(one) for one in answer.consequences)
        case "bars":
            return tuple({"rule": bar.rule, "sure": bar.sure, "until": bar.until} for bar in answer.bars)
        case "decisions":
            return tuple(_decisions(answer))
        case "provisions":
            return tuple(reference.name for reference in answer.citations if reference.kind == "provision")
        case "conflicts":
            return answer.conflicts
        case "unknown":
            return tuple({"reason": point.reason.kind.value, "name": point.reason.name} for point in answer.unknown)
    raise KeyError(what)


# --- one thing of a list ---------------------------------------------------------------------------------------------


def _title(ground: Ground) -> Mapping[str, Told]:
    return {
        "rule": ground.rule,
        "row": ground.row,
        "paper": None if ground.paper is None else ground.paper.kind,
        "provision": str(ground.provision),
        "standing": ground.standing.value,
        "first": ground.first,
        "last": NONE if ground.open_end else ground.last,
    }


def _duty(due: Due) -> Mapping[str, Told]:
    return {
        "rule": due.rule,
        "must": due.must,
        "by": due.by,
        "deadline": due.deadline,
        "later": due.later,
        "state": due.state.value,
        "falls_if_left": due.falls_if_left,
        "units": None if due.pays is None else due.pays.units,
        "sum": None if due.pays is None else due.pays.sums,
        "times": due.pays_times,
        "provision": str(due.provision),
    }


def _penalty(one: Sanctioned) -> Mapping[str, Told]:
    fine, penalty = one.fine, one.penalty
    return {
        "rule": one.rule,
        "of": one.of,
        "sure": one.sure,
        "warning": penalty.warning,
        "fine": None if fine is None else fine.units,
        "up_to": penalty.fine_up_to,
        "sum": None if fine is None else fine.sums,
        "half": None if fine is None else fine.halved,
        "arrest_days": one.arrest_days,
        "prison_years": one.prison_years,
        "prison_years_from": one.prison_years_from,
        "or": penalty.alternatives,
        "with": penalty.along_with,
        "decided_by": penalty.decided_by,
        "provision": str(one.provision),
    }


def _decisions(answer: Follows) -> Iterator[Mapping[str, Told]]:
    """What may be decided. `leaves`: what is left of each sure fine where so many percent of it may be taken off."""
    sums = [amount for one in answer.consequences if one.sure and one.fine is not None for amount in one.fine.sums]
    for one in answer.decisions:
        part = Decimal(100 - one.up_to) / 100 if one.up_to is not None and one.up_to <= 100 else None
        yield {
            "rule": one.rule,
            "decides": one.decision,
            "decided_by": one.decided_by,
            "up_to": one.up_to,
            "sure": one.sure,
            "leaves": None if part is None else tuple(amount * part for amount in sums),
            "provision": str(one.provision),
        }


# --- the law of the day ----------------------------------------------------------------------------------------------


def _limits(answer: Assessment, country: Country) -> Iterator[Mapping[str, Told]]:
    """The rows of the regimes that surely hold for the citizenship on the day asked."""
    for row in country.on(answer.on).regimes(answer.case.citizenship or ""):
        if row.period.contains(answer.on):
            yield {
                "regime": row.regime,
                "per_entry": row.limit.per_entry,
                "in_window": row.limit.in_window,
                "window": row.limit.window,
                "provision": None if row.provision is None else str(row.provision),
            }


def _parameters(answer: Assessment, country: Country) -> Mapping[str, Told]:
    """Every parameter as it stands on the day asked; where it cannot be told, why."""
    told: dict[str, Told] = {}
    for name, parameter in country.parameters.items():
        match parameter_on(parameter, answer.on):
            case Unknown(reasons):
                told[name] = tuple(sorted(reason.kind.value for reason in reasons))
            case Duration(amount):
                told[name] = amount
            case value:
                told[name] = value
    return told
