"""Who may enter without a visa and for how long: dated rows of law, with the day from which the border applied them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from koshiqon.evidence import Basis, ProvisionId
from koshiqon.language import Text
from koshiqon.period import PartialDate, Period, Truth


@dataclass(frozen=True, slots=True)
class Limit:
    """Days of stay: at most `per_entry` after one crossing, and at most `in_window` of any `window` days running. 0
    per entry: a visa is needed.
    """

    per_entry: int | None
    in_window: int | None
    window: int | None


@dataclass(frozen=True, slots=True)
class Regime:
    """A visa-free regime for the citizens of one state; `citizenship` is `*` for the general limit, which lets nobody
    in by itself.
    """

    citizenship: str
    regime: str
    period: Period
    limit: Limit
    legal_ground: str
    instrument: Text
    basis: Basis
    enforced_since: PartialDate | None = None
    provision: ProvisionId | None = None
    remark: str | None = None

    @property
    def name(self) -> str:
        return f"{self.citizenship}/{self.regime}/{self.period.since.text}"

    def window_enforced_on(self, day: date) -> Truth:
        """Did the border apply the cumulative limit of this row on `day`? True where there is nothing to apply."""
        return True if self.enforced_since is None else self.enforced_since.is_on_or_before(day)


@dataclass(frozen=True, slots=True)
class RegimeAbroad:
    """The stay that a neighbouring state allows the citizens of another, and when they must register there."""

    host: str
    citizenship: str
    regime: str
    period: Period
    limit: Limit
    window_kind: str
    legal_ground: str
    instrument: Text
    basis: Basis
    registration_within: int | None = None
    registration_unit: str = ""
    registration_from: str = ""
    remark: str | None = None

    @property
    def name(self) -> str:
        return f"{self.host}/{self.citizenship}/{self.regime}/{self.period.since.text}"


def regimes_on(rows: tuple[Regime, ...], citizenship: str, day: date) -> tuple[Regime, ...]:
    """The regimes that hold, or may hold, for a citizenship on `day`: its own rows only.

    The general limit (`*`) bounds the stay of those whom some title lets in without a visa; it lets nobody in. A
    citizenship
    without a row of its own has no known visa-free regime, and nothing may be concluded from `*` for it.
    """
    return tuple(row for row in rows if row.citizenship == citizenship and row.period.contains(day) is not False)
