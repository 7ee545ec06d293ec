"""What a classification says, by the names under which a worked case may expect it."""

from __future__ import annotations

from collections.abc import Mapping

from koshiqon.rules.judging import Outcome
from koshiqon.status.classification import Classification, Governing, Membership, Raised, RightHeld
from koshiqon.stay.found import Told, found_list

VERDICTS: Mapping[Outcome, str] = {True: "yes", False: "no"}
"""Words for outcomes that are sure; every other one is unknown."""


def found_of(what: str, answer: Classification) -> Told:
    """What the classification says under a name. Raises KeyError where there is no such name."""
    match what:
        case "categories":
            return tuple(_membership(member) for member in answer.memberships)
        case "governing":
            return _governing(answer.governing)
        case "overlays":
            return tuple(_raised(overlay) for overlay in answer.overlays)
        case "flags":
            return tuple(_raised(flag) for flag in answer.flags)
        case "rights":
            return tuple(_right(right) for right in answer.rights)
        case _:
            return found_list(what, answer)


def _membership(member: Membership) -> Mapping[str, Told]:
    return {
        "category": member.category,
        "member": VERDICTS.get(member.outcome, "unknown"),
        "rule": member.rules,
        "provision": tuple(str(provision) for provision in member.provisions),
    }


def _governing(governing: Governing) -> Mapping[str, Told]:
    return {"step": governing.step, "categories": governing.categories, "sure": governing.sure}


def _raised(raised: Raised) -> Mapping[str, Told]:
    return {"name": raised.name, "sure": raised.sure}


def _right(right: RightHeld) -> Mapping[str, Told]:
    return {
        "rule": right.rule,
        "may": right.may,
        "sure": right.sure,
        "start": right.start,
        "until": right.until,
        "late": right.late,
        "office": right.office,
        "provision": str(right.provision),
    }
