"""Acts, their provisions in dated versions, their amendments, and the parameters they set."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from koshiqon.evidence import Basis, ProvisionId
from koshiqon.language import Text
from koshiqon.period import PartialDate, Period

Value = int | float | str


@dataclass(frozen=True, slots=True)
class Amendment:
    """One act changes another: when it was adopted, when the change came into force (None: not yet), which provisions
    it touches.
    """

    by: str
    adopted: PartialDate
    in_force: PartialDate | None
    touches: tuple[str, ...]
    basis: Basis


@dataclass(frozen=True, slots=True)
class ProvisionVersion:
    """What one provision says from `period.since` until it changes, as a one-line gist in our own words."""

    provision: ProvisionId
    period: Period
    gist: Text
    basis: Basis


@dataclass(frozen=True, slots=True)
class Act:
    """A legal act. `read_until` is the newest change in the text that was read, None where the text was not read."""

    name: str
    kind: str
    title: Text
    short: Text
    translated: tuple[str, ...]
    adopted: PartialDate
    in_force: PartialDate | None
    repealed: PartialDate | None
    read_until: PartialDate | None
    basis: Basis
    number: str | None = None
    adilet: str | None = None
    reference_bank: str | None = None
    read_note: Text | None = None
    amendments: tuple[Amendment, ...] = ()
    provisions: tuple[ProvisionVersion, ...] = ()


@dataclass(frozen=True, slots=True)
class ParameterValue:
    """The value of a parameter during one period, by one provision."""

    period: Period
    value: Value
    provision: ProvisionId | None
    basis: Basis


@dataclass(frozen=True, slots=True)
class Parameter:
    """A dated number or code that the law sets, such as the monthly calculation index."""

    name: str
    act: str
    label: Text
    unit: str
    values: tuple[ParameterValue, ...]

    def on(self, day: date) -> tuple[ParameterValue, ...]:
        """The values that hold, or may hold, on `day`: none before the first, several where sources conflict."""
        return tuple(value for value in self.values if value.period.contains(day) is not False)
