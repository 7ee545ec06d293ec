"""The register of policy changes: one row is one measure that alters one thing for one group (the unit of DEMIG
POLICY).
"""

from __future__ import annotations

from dataclasses import dataclass

from koshiqon.evidence import Basis, Reference
from koshiqon.language import Text
from koshiqon.period import PartialDate

NOT_CODED = "not_coded"


@dataclass(frozen=True, slots=True)
class Coding:
    """The codes of DEMIG POLICY with our extension; each is `not_coded` where the facts do not allow one.

    `change` is `1` more restrictive, `-1` less, `0` no change in degree, `9` mixed, `999` not assessed (strategy,
    institutions).
    """

    change: str
    coverage: str
    departure: str
    policy_area: str
    policy_tool: str
    target_group: str
    target_origin: str
    force: str


@dataclass(frozen=True, slots=True)
class PolicyEvent:
    """A dated change of policy; `in_force` is None where it has no day of its own."""

    name: str
    adopted: PartialDate | None
    in_force: PartialDate | None
    instrument: Reference | None
    provisions: tuple[Reference, ...]
    area: str
    group: str
    text: Text
    coding: Coding
    basis: Basis

    @property
    def dated(self) -> PartialDate:
        """The date that orders the event: in force where known, else adopted."""
        for when in (self.in_force, self.adopted):
            if when is not None and not when.is_unknown:
                return when
        raise ValueError(self.name)
