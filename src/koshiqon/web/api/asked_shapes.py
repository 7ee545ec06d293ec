"""What is asked of the API, field by field: strict, and nothing that is not named here. What the values mean, the
readers of `sources` judge: a case by HTTP is read as one in a file.
"""

from __future__ import annotations

import math
import re
from typing import Annotated, Any

from pydantic import Field, PlainValidator, WithJsonSchema

from koshiqon.rules.rule import RuleKind
from koshiqon.sources.fields import Shape, refuse

MOST_TRIPS, MOST_PERMITS, MOST_PEOPLE, LONGEST_WORD, LONGEST_TEXT = 200, 50, 100, 60, 300
MOST_FACTS = 250
GREATEST = 10**12
"""No fact about a person is a greater number."""
FIRST_YEAR, LAST_YEAR = 1900, 2199
"""A day of a case lies within these years: nobody asked about lives outside them."""
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _day(value: Any) -> str:  # noqa: ANN401 (JSON holds anything)
    """A day as it is written; whether the calendar has it, the reader of cases says."""
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise refuse("case_not_a_day", value=str(value)[:LONGEST_WORD])
    if not FIRST_YEAR <= int(value[:4]) <= LAST_YEAR:
        raise refuse("api_day_far", value=value, first=FIRST_YEAR, last=LAST_YEAR)
    return value


def _fact_value(value: Any) -> Any:  # noqa: ANN401
    match value:
        case None | bool():
            return value
        case str() if len(value) <= LONGEST_TEXT:
            return value
        case int() | float() if math.isfinite(value) and abs(value) <= GREATEST:
            return value
        case list() if len(value) <= MOST_FACTS and all(isinstance(item, str) and len(item) <= 60 for item in value):
            return value
    raise refuse("api_not_answer", value=str(value)[:LONGEST_WORD])


Day = Annotated[
    str, PlainValidator(_day), WithJsonSchema({"type": "string", "format": "date", "pattern": "^(19|20|21)"})
]
Word = Annotated[str, Field(min_length=1, max_length=LONGEST_WORD)]
LIST = "x-list"
"""Names a list that differs from country to country; the document puts it in."""
State = Annotated[Word, WithJsonSchema({LIST: "State"})]
FactValue = Annotated[Any, PlainValidator(_fact_value), WithJsonSchema({LIST: "FactValue"})]
Facts = Annotated[
    dict[Word, FactValue],
    Field(max_length=MOST_FACTS, description="Facts by the names of `GET /facts`, each of the type that stands there"),
    WithJsonSchema({LIST: "Facts"}),
]
Chosen = Annotated[
    dict[Word, Word],
    Field(max_length=20, description="Options of open readings of the law, by the names of `GET /readings`"),
    WithJsonSchema({LIST: "Readings"}),
]


class TripShape(Shape):
    """A stay in the country; both days belong to it."""

    entry: Annotated[Day, Field(description="The day of entry")]
    exit: Annotated[Day | None, Field(description="The day of exit; nothing while the person is in the country")] = None


class PermitShape(Shape):
    """A visa, permit, certificate or contract."""

    kind: Annotated[Word, Field(description="A code of `GET /papers`"), WithJsonSchema({LIST: "PaperKind"})]
    since: Annotated[Day, Field(description="Its first day")]
    until: Annotated[Day | None, Field(description="Its last day; nothing where no end is set")] = None


class CaseShape(Shape):
    """One person's case, field by field as in a case file."""

    citizenship: Annotated[
        State | None,
        Field(description="Citizenship of the passport used to enter: three letters of ISO 3166-1; `XXA`: stateless"),
    ] = None
    on: Annotated[Day | None, Field(description="The day asked; today where it is left out")] = None
    trips: Annotated[list[TripShape], Field(max_length=MOST_TRIPS, description="Stays so far, in any order")] = Field(
        default_factory=list
    )
    permits: Annotated[list[PermitShape], Field(max_length=MOST_PERMITS, description="Visas, permits, contracts")] = (
        Field(default_factory=list)
    )
    plan: Annotated[TripShape | None, Field(description="A trip in mind, with its last day, not before `on`")] = None
    facts: Facts = Field(default_factory=dict)
    readings: Chosen = Field(default_factory=dict)


class StayShape(CaseShape):
    """A case, and how its stay is to be judged."""

    assumptions: Annotated[
        bool, Field(description="Assume what is usual where nobody said; the answer names it in `assumed`")
    ] = True
    why: Annotated[bool, Field(description="Add `why`: every rule as it was judged")] = False


class StatusShape(CaseShape):
    """A case whose status is asked."""

    why: Annotated[bool, Field(description="Add `why`: every rule about a category as it was judged")] = False


class AnswerShape(Shape):
    """What the person said to a question."""

    fact: Annotated[Word, Field(description="The `fact` of the question")]
    value: Annotated[
        FactValue,
        Field(
            description="The value by the `type` of the question; `null`: not known. `papers.all_given` also takes "
            "`KIND:FIRST:LAST`"
        ),
    ]


class InterviewShape(CaseShape):
    """How far an interview has come: the case so far, what the person did not know, and the newest answer."""

    declined: Annotated[
        list[Word],
        Field(max_length=MOST_FACTS, description="Facts that the person does not know; they are not asked again"),
    ] = Field(default_factory=list)
    answer: Annotated[AnswerShape | None, Field(description="An answer to put into the case before asking on")] = None


class PersonShape(Shape):
    """One row of a table."""

    id: Annotated[str, Field(max_length=LONGEST_TEXT, description="Any text; it comes back unchanged")]
    case: Annotated[CaseShape, Field(description="The case of this person")]


class TableShape(Shape):
    """Many people, each judged by itself."""

    people: Annotated[list[PersonShape], Field(min_length=1, max_length=MOST_PEOPLE, description="At most a hundred")]
    assumptions: Annotated[bool, Field(description="As in `POST /stay`")] = True


# --- queries ---------------------------------------------------------------------------------------------------------


class LanguageShape(Shape):
    """The language of sentences and letters."""

    language: Annotated[
        Word | None, Field(description="Language of sentences and letters; else the one `Accept-Language` likes best")
    ] = None


class CountryShape(LanguageShape):
    """As of which day."""

    on: Annotated[Day | None, Field(description="The day for which `law_read_until` is told; else today")] = None


class LawShape(LanguageShape):
    """Which rules of a day."""

    kind: Annotated[list[Word], Field(max_length=len(RuleKind), description="Only rules of these kinds; repeat it")] = (
        Field(default_factory=list)
    )


class VisaFreeShape(LanguageShape):
    """Which rows of the visa-free table."""

    citizenship: Annotated[Word | None, Field(description="Only rows of this state, and the general limit")] = None


class ChangesShape(LanguageShape):
    """Which days to compare, for whom."""

    since: Annotated[Day, Field(description="The day to compare with")]
    until: Annotated[Day, Field(description="The last day of the changes told")]
    citizenship: Annotated[Word, Field(description="For the citizens of which state: three letters of ISO 3166-1")]


class ReviewShape(LanguageShape):
    """Which edition of the review."""

    since: Annotated[Day | None, Field(description="First day of the look back; else the beginning of the data")] = None
    on: Annotated[Day | None, Field(description="The day judged; else today")] = None
    known: Annotated[Day | None, Field(description="Leave out what was published later; else today")] = None
    theme: Annotated[Word | None, Field(description="Only the chapters and changes of one theme")] = None
    section: Annotated[list[Word], Field(max_length=40, description="Only these chapters; repeat it")] = Field(
        default_factory=list
    )


ALL: tuple[type[Shape], ...] = (
    TripShape, PermitShape, StayShape, InterviewShape, AnswerShape, PersonShape, TableShape,
    CountryShape, LawShape, VisaFreeShape, ChangesShape, ReviewShape,
)  # fmt: skip
FIELDS: tuple[str, ...] = tuple(dict.fromkeys(name for shape in ALL for name in shape.model_fields))
"""Every name that a request may use, to suggest the one that was meant."""
