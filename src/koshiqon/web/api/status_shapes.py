"""Answers about who one person is in law, key by key, and the questions of an interview."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import Field

from koshiqon.web.api.answer_parts import (
    ActRead,
    Bar,
    CaseTold,
    Day,
    Duty,
    FactValue,
    Judged,
    MayBeDecided,
    OpenPoint,
    Permit,
    Provision,
    Reasons,
    Rule,
    Sanction,
    Sureness,
    Trip,
)
from koshiqon.web.api.answer_shapes import (
    Citations,
    Cited,
    Conflicts,
    CountryCode,
    CountryHash,
    CountryVersion,
    DayAsked,
    LanguageTold,
    LeastSure,
    Sentence,
)

CategoryStanding = Literal["yes", "unknown", "not_on_file"]
"""There is no «no»: what was not decided is not on file."""


@dataclass(frozen=True)
class StepOpen:
    """A step of the decision that may still govern, and the categories it names."""

    step: int
    categories: list[str]


@dataclass(frozen=True)
class Governing:
    """Which status governs the stay."""

    sure: bool
    step: Annotated[int | None, Field(description="Step of the decision; `null`: not sure")]
    categories: Annotated[
        list[str], Field(description="Where it is sure. One may itself still be unknown: see `categories`")
    ]
    possible: Annotated[list[StepOpen], Field(description="Each step that may still govern")]
    reasons: Reasons


@dataclass(frozen=True)
class CategoryFound:
    """One category of the country, as it stands for this person."""

    category: str
    layer: Annotated[str, Field(description="What gives it effect: `statute`, `treaty`, `unhcr`, `policy`, `analytic`")]
    standing: Annotated[CategoryStanding, Field(description="There is no `no`: what was not decided is not on file")]
    rules: Annotated[list[str], Field(description="Who belongs to it on that day")]
    provisions: list[str]
    confidence: Sureness
    reasons: Reasons


@dataclass(frozen=True)
class OverlayRaised:
    """A label that lies over any status."""

    category: str
    sure: bool
    reasons: Reasons


@dataclass(frozen=True)
class FlagRaised:
    """Where law and practice part, and what to watch."""

    flag: str
    sure: bool
    reasons: Reasons


@dataclass(frozen=True)
class RightTold:
    """What one may ask for."""

    right: Annotated[str, Field(description="Code of the right")]
    rule: Rule
    sure: bool
    start: Day | None
    until: Annotated[Day | None, Field(description="Last day in time")]
    late: Annotated[bool, Field(description="That day has passed: a flag, no refusal")]
    office: Annotated[str | None, Field(description="Where to go: a name of `GET /offices`")]
    provision: Provision
    confidence: Sureness
    reasons: Reasons


@dataclass(frozen=True)
class AskedFor:
    """What a question is asked for: a step and its categories, one category, or the term of a rule."""

    step: int | None
    categories: list[str]
    rule: str | None


@dataclass(frozen=True)
class QuestionTold:
    """A question with its words, and the answers it takes."""

    fact: Annotated[str, Field(description="Name of the fact; send it back in `answer.fact`")]
    text: Annotated[str, Field(description="The question in the language asked")]
    type: Annotated[str, Field(description="`yes_no`, `code`, `date`, `number`, `country`, `countries`, `text`")]
    unit: Annotated[str | None, Field(description="What a number counts")]
    values: Annotated[dict[str, str] | None, Field(description="For `code`: the codes with their words")]
    private: Annotated[bool, Field(description="Sensitive: ask for it alone, keep no log")]
    why: AskedFor


@dataclass(frozen=True)
class CategoryRuleJudged:
    """A rule about a category as it was judged."""

    rule: Rule
    standing: CategoryStanding
    trace: Judged | None


@dataclass(frozen=True)
class StatusAnswer:
    """Who one person is in law: the object that `koshiqon status --json` prints."""

    schema: Literal["koshiqon-status/1"]
    country: CountryCode
    country_version: CountryVersion
    country_hash: CountryHash
    on: DayAsked
    language: LanguageTold
    sentence: Sentence
    governing: Governing
    categories: Annotated[list[CategoryFound], Field(description="Every category of the country")]
    overlays: list[OverlayRaised]
    flags: list[FlagRaised]
    rights: list[RightTold]
    duties: list[Duty]
    decisions: list[MayBeDecided]
    overstay_days: Annotated[int | None, Field(description="Unlawful days of this stay so far; `null`: cannot be told")]
    consequences: list[Sanction]
    bars: list[Bar]
    next_question: Annotated[
        QuestionTold | None, Field(description="What to ask next; `null`: no answer would change which status governs")
    ]
    unknown: list[OpenPoint]
    conflicts: Conflicts
    confidence: LeastSure
    law_read_until: list[ActRead]
    citations: Citations
    sources: Cited
    case: CaseTold
    why: Annotated[list[CategoryRuleJudged], Field(description="Only if asked for")] = field(default_factory=list)


@dataclass(frozen=True)
class CaseSoFar:
    """The case after the newest answer: send it again with the next one."""

    citizenship: str | None
    on: Day
    trips: list[Trip]
    permits: list[Permit]
    plan: Trip | None
    facts: dict[str, FactValue]
    readings: dict[str, str]
    declined: Annotated[list[str], Field(description="Facts that the person does not know")]


@dataclass(frozen=True)
class InterviewAnswer:
    """The next question, or the whole answer where no question is left. Nothing is kept between two requests."""

    question: Annotated[QuestionTold | None, Field(description="`null`: no answer would change the outcome any more")]
    classification: Annotated[StatusAnswer | None, Field(description="The answer, once there is no question")]
    case: CaseSoFar
