"""The answer to a worked history as phrases whose every number and day is a finding. The words stand in `render`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from koshiqon.country import Country
from koshiqon.evidence import Basis, Reference
from koshiqon.review.document import Day, Figure, Phrase, Shown, When
from koshiqon.review.doubts import doubts
from koshiqon.review.finding import computed, computed_day
from koshiqon.review.lives import Life
from koshiqon.review.visitors import title_rests_on
from koshiqon.rules.judging import Unknown
from koshiqon.stay.answer import Entry, Standing
from koshiqon.stay.titles import Line

RULE = "stay_assessed"
"""How these findings were worked out: by the assessment of a stay."""


def own_reference(told: Life) -> Reference:
    return Reference("history", told.history.name)


def number_of(told: Life, part: str, value: int, unit: str, titles: Iterable[Line] = ()) -> Figure:
    """A number of the answer; it rests on the titles given, or on all that touch the history."""
    on = told.history.on.isoformat()
    return computed(_name(told, part), value, unit, on, _rests_on(told, titles), RULE)


def _day_of(told: Life, part: str, day: date) -> Day:
    return computed_day(_name(told, part), day, told.history.on.isoformat(), _rests_on(told), RULE)


def _name(told: Life, part: str) -> str:
    return f"history.{told.history.name}.{told.limits or 'law'}.{part}"


def _rests_on(told: Life, titles: Iterable[Line] = ()) -> list[tuple[Reference, Basis]]:
    chosen = tuple(titles) or tuple(line for spell in told.spells for line in spell.titles)
    return [pair for line in chosen for pair in title_rests_on(line)]


# --- the phrases -----------------------------------------------------------------------------------------------------


def answered(told: Life, country: Country) -> Iterator[Phrase]:
    """The last lawful day and the overstay; days used; when days come back; when the person may enter again."""
    yield _standing(told, country)
    yield from _unlawful_days(told)
    yield from _used(told)
    if told.standing is not Standing.LAWFUL:
        yield from _comes_back(told)
        yield _return(told, told.entry, country)


def _standing(told: Life, country: Country) -> Phrase:
    on: Shown = When(told.history.on, own_reference(told))
    match told.standing:
        case None:
            return _left(told)
        case Standing.LAWFUL:
            if told.last is None:
                return Phrase("history_lawful_open", {"on": on})
            return Phrase("history_lawful", {"on": on, "last": _day_of(told, "last_lawful_day", told.last)})
        case Standing.UNKNOWN:
            return _unknown(told, on, country)
    days = number_of(told, "overstay_days", told.overstay, "days")
    if told.last is None or told.last < told.history.trips[-1][0]:
        return Phrase("history_no_title", {"on": on, "days": days}, count="days")
    values: dict[str, Shown] = {"on": on, "days": days, "last": _day_of(told, "last_lawful_day", told.last)}
    return Phrase("history_overstayed", values, count="days")


def _unknown(told: Life, on: Shown, country: Country) -> Phrase:
    """Why it cannot be told is said by the last spell, which ends with the day judged."""
    outcome = told.spells[-1].held.outcome
    assert isinstance(outcome, Unknown)
    values: dict[str, Shown] = {"on": on, "why": doubts(outcome, country)}
    if told.last is None or told.last < told.history.trips[-1][0]:
        return Phrase("history_unknown", values)
    return Phrase("history_unknown_since", {**values, "last": _day_of(told, "last_lawful_day", told.last)})


def _left(told: Life) -> Phrase:
    """Of somebody who has left: how many days were unlawful, and of how many it cannot be told."""
    unlawful, unknown = told.days_that_are(Standing.UNLAWFUL), told.days_that_are(Standing.UNKNOWN)
    if not unlawful and not unknown:
        return Phrase("history_all_lawful")
    values: dict[str, Shown] = {
        "unlawful": number_of(told, "unlawful_days", unlawful, "days"),
        "unknown": number_of(told, "unknown_days", unknown, "days"),
    }
    return Phrase("history_left", values)


def _unlawful_days(told: Life) -> Iterator[Phrase]:
    """Unlawful days of all stays, where those of the last stay are not all that is told."""
    total = told.days_that_are(Standing.UNLAWFUL)
    if told.standing is Standing.LAWFUL and not total and not told.days_that_are(Standing.UNKNOWN):
        yield Phrase("history_all_lawful")
    elif total and (told.standing is Standing.LAWFUL or (told.standing is not None and total != told.overstay)):
        yield Phrase("history_unlawful_days", {"days": number_of(told, "unlawful_days", total, "days")}, count="days")


def _used(told: Life) -> Iterator[Phrase]:
    """Days used and allowed, of a visit and of the window, for a person in the country of whom it can be told."""
    used = told.used
    if used is None or told.standing not in (Standing.LAWFUL, Standing.UNLAWFUL):
        return
    on = When(told.history.on, own_reference(told))
    if used.per_entry is not None:
        limit = number_of(told, "limit_per_entry", used.per_entry, "days")
        spent = number_of(told, "used_of_visit", used.used_entry, "days")
        yield Phrase("history_used_entry", {"limit": limit, "used": spent, "on": on})
    if used.in_window is not None and used.window is not None and used.used_window is not None:
        values: dict[str, Shown] = {
            "limit": number_of(told, "limit_in_window", used.in_window, "days"),
            "window": number_of(told, "window", used.window, "days"),
            "used": number_of(told, "used_in_window", used.used_window, "days"),
            "on": on,
        }
        yield Phrase("history_used_window", values)


def _comes_back(told: Life) -> Iterator[Phrase]:
    for number, back in enumerate(told.comes_back, 1):
        values: dict[str, Shown] = {
            "first": _day_of(told, f"back_{number}_first", back.first),
            "last": _day_of(told, f"back_{number}_last", back.last),
            "days": number_of(told, f"back_{number}_days", back.days, "days"),
        }
        yield Phrase("history_comes_back", values, count="days")


def _return(told: Life, entry: Entry, country: Country) -> Phrase:
    if entry.standing is Standing.UNKNOWN:
        return Phrase("history_return_unknown", {"why": doubts(entry.reasons, country)})
    if entry.day is None:
        return Phrase("history_return_none")
    day = _day_of(told, "return_day", entry.day)
    if entry.days is None:
        return Phrase("history_return_open", {"day": day})
    return Phrase("history_return", {"day": day, "days": number_of(told, "return_days", entry.days, "days")}, "days")
