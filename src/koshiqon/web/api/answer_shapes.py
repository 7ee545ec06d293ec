"""Answers about one person, key by key: a stay, a status, a step of an interview, a table."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from pydantic import Field

from koshiqon.evidence import Confidence
from koshiqon.stay.answer import Answer, Standing
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
    Provision,
    Reason,
    Reasons,
    Rule,
    Sanction,
    SourceInShort,
    Sureness,
)
from koshiqon.web.api.problems import ProblemTold

CountryCode = Annotated[str, Field(description="Code of the country")]
CountryVersion = Annotated[str, Field(description="Version of the country's data")]
CountryHash = Annotated[str, Field(description="SHA-256 of the country's data: equal hashes, equal law")]
DayAsked = Annotated[Day, Field(description="The day asked")]
LanguageTold = Annotated[str, Field(description="Language of the sentence")]
Sentence = Annotated[str, Field(description="The sentence for the person")]
Citations = Annotated[list[str], Field(description="References of the rows behind the answer, `kind:name`")]
Cited = Annotated[dict[str, SourceInShort], Field(description="The sources behind these rows, by name")]
Conflicts = Annotated[list[str], Field(description="Names of conflicts of sources in which a cited row takes a side")]
LeastSure = Annotated[Confidence, Field(description="That of the least sure row behind the answer")]


@dataclass(frozen=True)
class DaysUsed:
    """Days used under the title that reaches farthest. For a person who left, as of the day of leaving."""

    title: Annotated[str, Field(description="Name of the title")]
    per_entry: Annotated[int | None, Field(description="Days allowed after one entry; `null`: no such limit")]
    used_entry: int
    in_window: Annotated[int | None, Field(description="Days allowed in the window; `null`: no such limit")]
    window: Annotated[int | None, Field(description="Length of the window in days")]
    used_window: int | None


@dataclass(frozen=True)
class DaysBack:
    """Used days that leave the window, one a day."""

    first: Day
    last: Day
    days: int


@dataclass(frozen=True)
class Reentry:
    """When the person may come. Somebody in the country is taken to leave on the day asked."""

    day: Annotated[Day | None, Field(description="`null`: no day was found")]
    until: Annotated[Day | None, Field(description="The last day of that stay; `null`: no end")]
    days: int | None
    standing: Standing
    safe_day: Annotated[Day | None, Field(description="The latest such day over the open readings of the law")]
    reasons: Reasons


@dataclass(frozen=True)
class LaterEntry:
    """A later day of entry, from which the person may stay longer."""

    day: Day
    until: Annotated[Day | None, Field(description="The last day of that stay; `null`: no end")]
    days: int | None


@dataclass(frozen=True)
class PlanFits:
    """The trip in mind."""

    first: Day
    last: Day
    standing: Standing
    broken_on: Annotated[
        Day | None, Field(description="Its first day that is not surely lawful; `null`: there is none")
    ]
    reasons: Reasons


@dataclass(frozen=True)
class TitleHeld:
    """A title to stay that covers a day of the stay, surely or perhaps."""

    title: Annotated[str, Field(description="The rule, with the row of the regimes or the paper it rests on")]
    rule: Rule
    provision: Provision
    standing: Annotated[Standing, Field(description="On the day asked")]
    first: Annotated[Day | None, Field(description="First day surely covered; `null`: none")]
    last: Annotated[Day | None, Field(description="Last day surely covered; `null`: no end, or no day")]
    open_end: bool
    row: Annotated[str | None, Field(description="Row of the regimes")]
    paper: Annotated[str | None, Field(description="Kind of the paper")]
    confidence: Sureness
    reasons: Reasons


@dataclass(frozen=True)
class Piece:
    """Days of the stay that stand alike."""

    first: Day
    last: Annotated[Day | None, Field(description="`null`: no end")]
    standing: Standing
    titles: list[str]
    reasons: Reasons


@dataclass(frozen=True)
class DutyInShort:
    """A duty that another reading would add or take away."""

    must: str
    by: str
    deadline: Day | None
    rule: Rule


@dataclass(frozen=True)
class OtherOption:
    """What another option of an open reading would change."""

    option: str
    last_lawful_day: Day | None
    standing: Standing | None
    entry_day: Day | None
    due: Annotated[list[DutyInShort], Field(description="Duties there would be besides")]
    not_due: Annotated[list[DutyInShort], Field(description="Duties there would not be")]


@dataclass(frozen=True)
class OptionTaken:
    """The option taken of an open reading of the law."""

    option: str
    by_default: bool
    others: Annotated[list[OtherOption], Field(description="Those that change this answer")]


@dataclass(frozen=True)
class RuleJudged:
    """One rule as it was judged."""

    rule: Rule
    outcome: Annotated[Any, Field(description="`true`, `false`, or `{unknown: reasons}`")]
    trace: Annotated[Judged | None, Field(description="`null`: a rule without a condition")]


@dataclass(frozen=True)
class StayAnswer:
    """How long one person may stay: the object that `koshiqon stay --json` prints."""

    schema: Literal["koshiqon-stay/1"]
    country: CountryCode
    country_version: CountryVersion
    country_hash: CountryHash
    on: DayAsked
    language: LanguageTold
    answer: Annotated[Answer, Field(description="The sentence as a code")]
    sentence: Sentence
    standing: Annotated[Standing | None, Field(description="How the day asked stands; `null`: not in the country")]
    last_lawful_day: Annotated[
        Day | None,
        Field(
            description="Last of the lawful days that the day asked belongs to, or of the last ones before it; "
            "`null`: no end, or no stay"
        ),
    ]
    open_end: Annotated[bool, Field(description="The lawful days have no end")]
    safe_until: Annotated[
        Day | None,
        Field(
            description="The earliest such day over all open readings of the law; `null`: none sets an end, or the "
            "person is away"
        ),
    ]
    days_used: Annotated[DaysUsed | None, Field(description="`null`: no title with limits of days")]
    days_left: Annotated[int | None, Field(description="Days that may still follow; `null`: no limit of days")]
    comes_back: Annotated[list[DaysBack], Field(description="When used days leave the window")]
    earliest_reentry: Reentry | None
    later_reentry: Annotated[list[LaterEntry], Field(description="Later days of entry, each with a longer stay")]
    plan: Annotated[PlanFits | None, Field(description="`null`: none was given")]
    overstay_days: Annotated[int, Field(description="Unlawful days of the stay up to the day asked, or to the exit")]
    overstay_unknown: Annotated[list[Reason], Field(description="Why there may be more")]
    titles: list[TitleHeld]
    intervals: Annotated[list[Piece], Field(description="The stay piece by piece")]
    duties: list[Duty]
    consequences: Annotated[list[Sanction], Field(description="Penalties that follow, or may follow")]
    if_overstayed: Annotated[
        list[Sanction], Field(description="Penalties that would follow if the stay went on too long")
    ]
    bars: list[Bar]
    decisions: list[MayBeDecided]
    unknown: Annotated[list[OpenPoint], Field(description="What is not known, why, and what to ask")]
    readings: Annotated[dict[str, OptionTaken], Field(description="Open readings of the law, by name")]
    conflicts: Conflicts
    confidence: LeastSure
    law_read_until: list[ActRead]
    citations: Citations
    sources: Cited
    case: CaseTold
    assumed: Annotated[dict[str, FactValue], Field(description="Facts assumed because nobody said otherwise")]
    why: Annotated[list[RuleJudged], Field(description="Only if asked for")] = field(default_factory=list)


@dataclass(frozen=True)
class PersonAnswered:
    """One row of a table: an answer, or why there is none."""

    id: str
    answer: Annotated[StayAnswer | None, Field(description="`null`: see `problem`")]
    problem: Annotated[ProblemTold | None, Field(description="`null`: see `answer`")]


@dataclass(frozen=True)
class TableAnswer:
    """Answers in the order of the people asked about. A bad row stops no other."""

    people: list[PersonAnswered]
