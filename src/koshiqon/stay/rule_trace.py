"""How one rule was judged, worked out only for whoever looks: most readers ask of few rules, or of none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from koshiqon.rules.judging import Outcome, Trace


@dataclass(frozen=True, slots=True, eq=False)
class RuleTrace:
    """One rule judged, for the reader who asks why: does it hold, and how was its condition judged part by part (None
    where it has none)? Two are equal where both say the same.
    """

    rule: str
    _holds: Callable[[], Outcome] = field(repr=False)
    _judged: Callable[[], Trace | None] = field(repr=False)

    @property
    def outcome(self) -> Outcome:
        return self._holds()

    @property
    def trace(self) -> Trace | None:
        return self._judged()

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, RuleTrace):
            return NotImplemented
        return (self.rule, self.outcome, self.trace) == (other.rule, other.outcome, other.trace)

    def __hash__(self) -> int:
        return hash(self.rule)
