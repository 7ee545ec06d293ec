"""Why days of a register are unknown, where the register itself is why; and how reasons are told in masks."""

from __future__ import annotations

from koshiqon.rules.judging import Reason, ReasonKind
from koshiqon.stay.matter import TITLES_END
from koshiqon.stay.register.law import PENALTY_DAY
from koshiqon.stay.titles import ALL_PAPERS_GIVEN

PAPERS_UNKNOWN = Reason(ReasonKind.FACT_MISSING, ALL_PAPERS_GIVEN)
TITLES_END_UNKNOWN = Reason(ReasonKind.NOT_MODELLED, TITLES_END)
GUESSED = Reason(ReasonKind.FACT_MISSING, "crossing")
PAPER_TOO_LONG = Reason(ReasonKind.NOT_MODELLED, "paper.longest")
PENALTY_ENDS = Reason(ReasonKind.NOT_DEFINED, PENALTY_DAY)
OWN_REASONS = (PAPERS_UNKNOWN, TITLES_END_UNKNOWN, GUESSED, PAPER_TOO_LONG, PENALTY_ENDS)
"""Not all papers are known; nobody knows when other titles end; a crossing is guessed at; a paper lasts longer than the
law allows; the sources do not say whether a penalty ends a title.
"""


def general(reason: Reason) -> Reason:
    """Reasons of rows are told by kind, so that a mask has room for them: the row stands beside it."""
    head, mark, _ = reason.name.partition(":")
    return Reason(reason.kind, head if mark and head == "regime" else reason.name)
