"""Indicators, observations and the data sets they come from, in the words of SDMX."""

from __future__ import annotations

from dataclasses import dataclass

from koshiqon.evidence import Basis
from koshiqon.language import Text

TOTAL = "_T"
OBSERVATION_COLUMNS = (
    "INDICATOR",
    "REF_AREA",
    "COUNTERPART_AREA",
    "SEX",
    "AGE",
    "TIME_PERIOD",
    "DIMENSIONS",
    "OBS_VALUE",
    "UNIT_MEASURE",
    "OBS_STATUS",
    "SOURCE",
    "CONFIDENCE",
    "CONFLICTS_WITH",
    "REMARK",
)
"""The columns of a table of observations, as it is read and as it is given away."""


@dataclass(frozen=True, slots=True)
class Break:
    """From this period on the indicator counts something else, or differently."""

    at: str
    text: Text


@dataclass(frozen=True, slots=True)
class Indicator:
    """What a series counts. `kind` is stock, flow, balance, rate, share or estimate; `direction` in, out, both or
    none.
    """

    name: str
    title: Text
    counts: Text
    kind: str
    direction: str
    unit: str
    by_sex: bool
    cautions: tuple[Text, ...] = ()
    breaks: tuple[Break, ...] = ()


@dataclass(frozen=True, slots=True)
class Observation:
    """One figure: indicator × counterpart × sex × age × period × further dimensions, by one source."""

    indicator: str
    area: str
    counterpart: str
    sex: str
    age: str
    period: str
    dimensions: tuple[tuple[str, str], ...]
    value: float
    unit: str
    status: str
    basis: Basis
    remark: str | None = None

    @property
    def name(self) -> str:
        further = ";".join(f"{key}={value}" for key, value in self.dimensions)
        return "/".join(
            (self.indicator, self.counterpart, self.sex, self.age, self.period, further, self.basis.sources[0])
        )


@dataclass(frozen=True, slots=True)
class DataSet:
    """A file of observations: who made the figures, under which licence, how to cite them, of what date; `sources` are
    the names of the sources that its rows name.
    """

    name: str
    path: str
    title: str
    producer: str
    licence: str
    licence_url: str | None
    citation: str
    dated: str
    sources: tuple[str, ...] = ()


_PARTS = {"S1": "06-30", "S2": "12-31", "Q1": "03-31", "Q2": "06-30", "Q3": "09-30", "Q4": "12-31"}


def period_end(period: str) -> str:
    """The last day of a statistical period as ISO text, to order periods by: `2025-S1` ends before
    `2025-01-01/2025-10-31`.
    """
    last = period.rsplit("/", 1)[-1]
    if last.startswith("P"):
        return f"{int(period[:4]) + int(last[1:-1])}-06-30"
    if len(last) == 4:
        return f"{last}-12-31"
    if last[5:] in _PARTS:
        return f"{last[:4]}-{_PARTS[last[5:]]}"
    return last if len(last) == 10 else f"{last}-31"
