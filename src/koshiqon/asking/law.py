"""A question to the law as every door reads it: a day, kinds of rule, a citizenship.

UnreadableQuestion  what was written is no day, kind or citizenship; it holds the code of a letter and its values
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from koshiqon.country import Country
from koshiqon.rules.rule import RuleKind
from koshiqon.sources.citizenships import is_citizenship, suggested
from koshiqon.stay.law_days import first_rule

LONGEST_SHOWN = 40
"""So much of what was written stands in a letter."""


class UnreadableQuestion(Exception):
    """Something asked that cannot be answered, with the letter about it: its code and values."""

    def __init__(self, code: str, values: Mapping[str, str]) -> None:
        super().__init__(code)
        self.code = code
        self.values = dict(values)


def day_asked(written: str, field: str) -> date:
    """A day, exactly YYYY-MM-DD. Raises UnreadableQuestion; `field` is what its letter calls the place."""
    try:
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", written):
            raise ValueError(written)
        return date.fromisoformat(written)
    except ValueError:
        raise UnreadableQuestion("bad_day", {"value": _shown(written), "option": field}) from None


def kinds_asked(written: str) -> tuple[RuleKind, ...]:
    """Kinds of rule, separated by commas. Raises UnreadableQuestion."""
    names = [part.strip() for part in written.split(",") if part.strip()]
    for name in names:
        if name not in list(RuleKind):
            raise UnreadableQuestion("rule_kind_unknown", {"value": _shown(name), "known": ", ".join(RuleKind)})
    return tuple(RuleKind(name) for name in names)


def citizenship_asked(code: str, field: str) -> str:
    """The three letters of a state, or of the stateless. Raises UnreadableQuestion with what is near to it."""
    if not is_citizenship(code):
        near = ", ".join(suggested(code[:LONGEST_SHOWN]))
        letter = "case_citizenship_near" if near else "case_citizenship_unknown"
        raise UnreadableQuestion(letter, {"field": field, "value": _shown(code), "near": near})
    return code


def none_known(country: Country, day: date) -> UnreadableQuestion:
    """The letter that no rule is known for a day, and when the first one begins."""
    first = first_rule(country)
    told = "—" if first is None else first.isoformat()
    return UnreadableQuestion("no_rule_known", {"country": country.code, "day": day.isoformat(), "first": told})


def _shown(written: str) -> str:
    return written if len(written) <= LONGEST_SHOWN else f"{written[:LONGEST_SHOWN]}…"
