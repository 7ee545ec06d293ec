"""Answers about the law, key by key: rules of a day, the visa-free table, what changed, the country itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from koshiqon.rules.rule import RuleKind, Subject
from koshiqon.stay.law_days import How
from koshiqon.web.api.answer_parts import ActRead, Day, Provision, Sureness
from koshiqon.web.api.answer_shapes import CountryCode, CountryHash, CountryVersion

WrittenDate = Annotated[
    str,
    Field(
        description="A date as exactly as it is known: `2023-01-27`, `2023-01`, `2023`, `..2019-07-22` (then or "
        "earlier), `unknown`"
    ),
]
Until = Annotated[
    str | None, Field(description="The first day on which it no longer holds, written likewise; `null`: open")
]
Program = Annotated[str, Field(description="Version of the program")]
Holds = Annotated[
    Literal["yes", "unknown"], Field(description="Whether it holds on that day; what does not is left out")
]
Sources = Annotated[list[str], Field(description="Names of `GET /sources`")]


@dataclass(frozen=True)
class RuleRow:
    """A rule of law."""

    rule: Annotated[str, Field(description="Its name")]
    kind: RuleKind
    of: Annotated[Subject, Field(description="Whom or what it speaks of")]
    provision: Provision
    text: Annotated[str, Field(description="What it says, in our words and the language asked")]
    condition: Annotated[str | None, Field(description="When it applies, as it is written; `null`: always")]
    overrides: Annotated[list[str], Field(description="Rules to which it is an exception")]
    under: Annotated[dict[str, str], Field(description="Only under these options of open readings")]
    since: WrittenDate
    until: Until
    confidence: Sureness
    sources: Sources


@dataclass(frozen=True)
class RegimeRow:
    """A row of the visa-free table."""

    regime: Annotated[str, Field(description="Its name: citizenship/code/since")]
    citizenship: Annotated[str, Field(description="`*`: the general limit, which lets nobody in by itself")]
    code: Annotated[str, Field(description="Code of the regime")]
    per_entry: Annotated[
        int | None, Field(description="Days after one entry; 0: a visa is needed; `null`: no such limit, or not known")
    ]
    in_window: Annotated[int | None, Field(description="Days in any `window` days running")]
    window: int | None
    enforced_since: Annotated[
        str | None, Field(description="From when the border applied the window, where that is not since it was law")
    ]
    provision: Annotated[
        str | None, Field(description="The provision behind it; `null`: a treaty or another act named in its sources")
    ]
    since: WrittenDate
    until: Until
    confidence: Sureness
    sources: Sources


@dataclass(frozen=True)
class RuleHolds(RuleRow):
    """A rule of law on one day."""

    holds: Holds


@dataclass(frozen=True)
class RegimeHolds(RegimeRow):
    """A row of the visa-free table on one day."""

    holds: Holds


@dataclass(frozen=True)
class ValueRow:
    """The value of a parameter that an act sets."""

    value: int | float | str
    provision: str | None
    since: WrittenDate
    until: Until
    confidence: Sureness
    sources: Sources


@dataclass(frozen=True)
class PracticeRow:
    """What is done, where no provision says it or where it is not what a provision says."""

    text: Annotated[str, Field(description="In the language asked")]
    departs_from: Annotated[list[str], Field(description="References of the rows it departs from")]
    since: WrittenDate
    until: Until
    confidence: Sureness
    sources: Sources


@dataclass(frozen=True)
class ChangeTold:
    """One change: the first day of the new state of things, and the row before and after."""

    day: WrittenDate
    sure: Annotated[bool, Field(description="`false`: the day may lie outside the days asked")]
    how: Annotated[How, Field(description="`enforced`: the border began to apply what was law before")]
    what: Literal["regime", "rule", "parameter", "practice"]
    name: Annotated[str, Field(description="Of the newer row; of a value the name of its parameter")]
    before: RegimeRow | RuleRow | ValueRow | PracticeRow | None
    after: RegimeRow | RuleRow | ValueRow | PracticeRow | None


@dataclass(frozen=True)
class LawTold:
    """The law of one day: the object that `koshiqon law-on --json` prints."""

    country: CountryCode
    country_version: CountryVersion
    country_hash: CountryHash
    program: Program
    on: Day
    rules: Annotated[list[RuleHolds], Field(description="Rules that hold or may hold that day")]
    visa_free: Annotated[list[RegimeHolds], Field(description="Rows of the visa-free table, beside titles only")]
    law_read_until: list[ActRead]


@dataclass(frozen=True)
class VisaFreeTold:
    """The visa-free table of one day."""

    country: CountryCode
    country_version: CountryVersion
    country_hash: CountryHash
    program: Program
    on: Day
    visa_free: list[RegimeHolds]
    law_read_until: list[ActRead]


@dataclass(frozen=True)
class ChangesTold:
    """What changed: the object that `koshiqon changed --json` prints."""

    country: CountryCode
    country_version: CountryVersion
    country_hash: CountryHash
    program: Program
    citizenship: str
    after: Annotated[Day, Field(description="The day compared with")]
    through: Annotated[Day, Field(description="The last day of the changes told")]
    changes: list[ChangeTold]
    undated: Annotated[list[str], Field(description="References of rows whose day is not known at all")]


@dataclass(frozen=True)
class CountryTold:
    """What is served here, and until when its law was read."""

    country: CountryCode
    country_version: CountryVersion
    country_hash: CountryHash
    program: Program
    name: Annotated[dict[str, str], Field(description="By language")]
    languages: Annotated[list[str], Field(description="Languages of sentences and letters here")]
    currency: Annotated[str, Field(description="ISO 4217")]
    on: Annotated[Day, Field(description="The day asked")]
    law_read_until: Annotated[list[ActRead], Field(description="Acts behind the rules of that day")]
