"""The parts that answers are made of, key by key, as `render` gives them. What a key holds is said beside it; these
words are the description in the OpenAPI document.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Field, WithJsonSchema

from koshiqon.evidence import Confidence
from koshiqon.rules.judging import ReasonKind
from koshiqon.stay.answer import DueState
from koshiqon.web.api.asked_shapes import LIST

Day = Annotated[str, WithJsonSchema({"type": "string", "format": "date"})]
"""YYYY-MM-DD."""
Number = int | float
FactValue = Annotated[Any, WithJsonSchema({LIST: "FactValue"})]
Provision = Annotated[str, Field(description="The provision behind it: country/act/path, such as kaz/477-IV/art_6")]
Sureness = Annotated[Confidence, Field(description="How sure the row behind it is")]
Rule = Annotated[str, Field(description="Name of the rule")]


@dataclass(frozen=True)
class Reason:
    """Why something cannot be told."""

    reason: Annotated[
        ReasonKind,
        Field(
            description="`fact_missing`: nobody said; `officer_decides`; `not_defined`: the law does not say clearly; "
            "`not_modelled`: not in the data; `sources_conflict`"
        ),
    ]
    name: Annotated[str, Field(description="What it is about: a fact, a measure, a rule")]


Reasons = Annotated[list[Reason], Field(description="Why it is not sure; empty where it is")]


@dataclass(frozen=True)
class OpenPoint:
    """Something not known, and what of the answer hangs on it."""

    reason: ReasonKind
    name: Annotated[str, Field(description="What it is about")]
    touches: Annotated[list[str], Field(description="The parts of the answer that hang on it")]
    ask: Annotated[
        str | None, Field(description="The fact to ask for; `null`: no answer of the person would settle it")
    ]


@dataclass(frozen=True)
class Fine:
    """An amount of money by law."""

    units: Annotated[Number, Field(description="Units of the index in which the law counts")]
    up_to: Annotated[bool, Field(description="`true`: at most so much")]
    currency: Annotated[str, Field(description="ISO 4217")]
    sums: Annotated[
        list[Number], Field(description="In money: one for each value of the index that sources give; empty: not known")
    ]
    halved: Annotated[list[Number], Field(description="In money, where half is taken")]


@dataclass(frozen=True)
class Duty:
    """What somebody must do. The program does not know what was done."""

    duty: Annotated[str, Field(description="Code of the duty")]
    rule: Rule
    by: Annotated[str, Field(description="Who must: `person`, `host`, `employer`, `sponsor`, `authority`")]
    start: Annotated[Day | None, Field(description="From when; `null`: cannot be told")]
    deadline: Annotated[Day | None, Field(description="Last day in time; `null`: cannot be told, or none is set")]
    later: Annotated[Day | None, Field(description="Last day under another reading of the first, where it differs")]
    state: Annotated[DueState, Field(description="Where it stands on the day asked")]
    falls_if_left: Annotated[bool, Field(description="It falls away if the person leaves in time")]
    office: Annotated[str | None, Field(description="Where to go: a name of `GET /offices`")]
    pays: Annotated[Fine | None, Field(description="What is to be paid, once")]
    pays_times: Annotated[int | None, Field(description="How often; `null`: cannot be told")]
    provision: Provision
    confidence: Sureness
    reasons: Reasons


@dataclass(frozen=True)
class Sanction:
    """What follows from a breach, or may follow."""

    rule: Rule
    of: Annotated[str, Field(description="Whom it falls on: `person`, `stay`, `host`, `employer`")]
    sure: Annotated[bool, Field(description="`true`: it follows; `false`: it may follow")]
    met: Annotated[
        bool,
        Field(description="The condition of the rule itself surely holds; only an exception could stand against it"),
    ]
    days: Annotated[
        list[int | None] | None,
        Field(
            min_length=2, max_length=2, description="From how many days of overstay to how many; second `null`: no end"
        ),
    ]
    warning: bool
    fine: Fine | None
    arrest_days: Annotated[int | None, Field(description="Arrest up to so many days")]
    prison_years: Annotated[int | None, Field(description="Prison up to so many years")]
    prison_years_from: Annotated[int | None, Field(description="Prison from so many years")]
    or_: Annotated[list[str], Field(alias="or", description="Codes of penalties instead")]
    with_: Annotated[list[str], Field(alias="with", description="Codes of penalties besides")]
    decided_by: Annotated[list[str], Field(description="Who decides")]
    provision: Provision
    confidence: Sureness
    reasons: Reasons


@dataclass(frozen=True)
class Bar:
    """A ground to refuse entry."""

    rule: Rule
    sure: Annotated[bool, Field(description="`false`: it may be one")]
    since: Day | None
    until: Annotated[Day | None, Field(description="`null`: as long as its cause lasts")]
    provision: Provision
    confidence: Sureness
    reasons: Reasons


@dataclass(frozen=True)
class MayBeDecided:
    """What somebody may decide. Nobody can count on it."""

    decision: Annotated[str, Field(description="Code of the decision")]
    rule: Rule
    decided_by: Annotated[list[str], Field(description="Who may decide")]
    sure: Annotated[bool, Field(description="`true`: this is such a case")]
    up_to: Annotated[int | None, Field(description="At most so much")]
    provision: Provision
    reasons: Reasons


@dataclass(frozen=True)
class Trip:
    """A stay in the country; both days belong to it."""

    entry: Day
    exit: Annotated[Day | None, Field(description="`null`: still in the country")]


@dataclass(frozen=True)
class Permit:
    """A visa, permit, certificate or contract."""

    kind: Annotated[str, Field(description="A code of `GET /papers`")]
    since: Day
    until: Annotated[Day | None, Field(description="`null`: no end is set")]


@dataclass(frozen=True)
class CaseTold:
    """What was given about the person. It can be sent again as it is."""

    citizenship: str | None
    trips: list[Trip]
    permits: list[Permit]
    plan: Trip | None
    facts: dict[str, FactValue]


@dataclass(frozen=True)
class ActRead:
    """Until when the text of an act was read."""

    act: str
    until: Annotated[
        Day | None,
        Field(description="The newest change in the text that was read; `null`: the text itself was not read"),
    ]
    late: Annotated[bool, Field(description="The day asked is later")]


@dataclass(frozen=True)
class SourceInShort:
    """Where to read it."""

    title: str | None
    publisher: str
    url: str | None


@dataclass(frozen=True)
class Judged:
    """A part of a condition, as it was judged."""

    written: Annotated[str, Field(description="The part as it is written")]
    outcome: Annotated[Any, Field(description="`true`, `false`, a value, or `{unknown: reasons}`")]
    parts: list[Judged]
