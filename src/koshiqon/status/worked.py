"""Worked cases about a stay or about a status, each held against the answer to what it asks."""

from __future__ import annotations

from koshiqon.country import Country
from koshiqon.status.classification import classify
from koshiqon.status.found import found_of
from koshiqon.stay.worked import Asks, Worked, WorkedCase, held_against, work_stay


def work(case: WorkedCase, country: Country) -> Worked:
    """Answer the case and hold every expectation against the answer. Raises what `assess` and `classify` raise."""
    if case.asks is Asks.STAY:
        return work_stay(case, country)
    answer = classify(case.case, country, case.on, case.readings)
    return held_against(case, lambda what: found_of(what, answer))
