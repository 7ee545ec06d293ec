"""Routes about one person: a stay, a status, the next question of an interview; and a stay for many people at once.

What is sent is read as a case file is, answered, and forgotten.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from fastapi import APIRouter, Response
from pydantic import ValidationError

from koshiqon.asking.answers import UnreadableAnswer, complaint, read_answer
from koshiqon.asking.status import answered_status
from koshiqon.asking.stay import assessed, stay_told
from koshiqon.country import Country
from koshiqon.render.json_values import case_data, day_data
from koshiqon.render.status_data import question_data, status_data
from koshiqon.render.stay_data import stay_data
from koshiqon.render.words import Voice
from koshiqon.rules.categories import CaseFact
from koshiqon.sources.case_file import CaseWritten, UnreadableCase, Written
from koshiqon.sources.case_reading import CaseRead, read_case
from koshiqon.sources.faults import Fault, fault
from koshiqon.status.interview import Told
from koshiqon.status.interview import answered as told_after
from koshiqon.stay.case import EntryAhead
from koshiqon.web.api.answer_shapes import StayAnswer, TableAnswer
from koshiqon.web.api.asked_shapes import (
    AnswerShape,
    CaseShape,
    InterviewShape,
    PersonShape,
    StatusShape,
    StayShape,
    TableShape,
)
from koshiqon.web.api.problems import Problem, of_validation, problem_told
from koshiqon.web.api.speaking import Here, InLanguage, Speaking, answered, refusals
from koshiqon.web.api.status_shapes import InterviewAnswer, StatusAnswer
from koshiqon.web.site import Site

TAKING = ("/stay", "/stay/table", "/status", "/interview")
"""Addresses that take a body."""
REFUSED = refusals("too_large", "media", "question")
OF_TYPE: Mapping[str, tuple[tuple[type, ...], str]] = {
    "yes_no": ((bool,), "true, false"),
    "number": ((int, float), "3"),
    "date": ((str,), '"2026-11-22"'),
    "code": ((str,), ""),
    "country": ((str,), '"UZB"'),
    "countries": ((list,), '["UZB", "KGZ"]'),
    "text": ((str,), '"…"'),
}
"""What JSON holds for each type of fact, and an example for the letter."""


def routes() -> APIRouter:
    """The routes about persons."""
    router = APIRouter(tags=["One person"])

    @router.post("/stay", response_model=StayAnswer, responses=REFUSED, summary="How long one person may stay")
    def stay(asked: StayShape, _language: InLanguage, site: Here, voice: Speaking) -> Response:
        """Until when the person may stay and under what, what to do by when, what follows from an overstay, when the
        person may return, whether a trip in mind fits. The answer is what `koshiqon stay --json` prints.
        """
        return answered(stay_of(asked, asked.assumptions, asked.why, site, voice), voice.language)

    @router.post("/stay/table", response_model=TableAnswer, responses=REFUSED, summary="The same for many people")
    def table(asked: TableShape, _language: InLanguage, site: Here, voice: Speaking) -> Response:
        """At most a hundred people, each judged by itself: an answer, or a problem where a case cannot be read."""
        rows = [_person(one, asked.assumptions, site, voice) for one in asked.people]
        return answered({"people": rows}, voice.language)

    @router.post("/status", response_model=StatusAnswer, responses=REFUSED, summary="Who one person is in law")
    def status(asked: StatusShape, _language: InLanguage, site: Here, voice: Speaking) -> Response:
        """Categories, the one that governs the stay, rights, duties, terms, and what to ask next. Nothing is assumed of
        what nobody said. The answer is what `koshiqon status --json` prints.
        """
        read = case_of(asked, voice.country, site.today(), citizens=True)
        found, question, page = answered_status(read, voice)
        return answered(status_data(found, question, page, asked.why), voice.language)

    @router.post("/interview", response_model=InterviewAnswer, responses=REFUSED, summary="The next question")
    def interview(asked: InterviewShape, _language: InLanguage, site: Here, voice: Speaking) -> Response:
        """Send the case so far; get the question whose answer matters most, or the whole answer where none matters any
        more. Nothing is kept here: send the `case` of the answer again, with `answer` to its question.
        """
        return answered(_interview(asked, site, voice), voice.language)

    return router


def stay_of(asked: CaseShape, assumptions: bool, why: bool, site: Site, voice: Voice) -> dict[str, Any]:
    """The answer about a stay. Raises Problem."""
    read = case_of(asked, voice.country, site.today())
    answer = assessed(read, voice, assumptions)
    return stay_data(answer, stay_told(answer, voice), why)


def _person(one: PersonShape, assumptions: bool, site: Site, voice: Voice) -> dict[str, Any]:
    try:
        return {"id": one.id, "answer": stay_of(one.case, assumptions, False, site, voice), "problem": None}
    except Problem as problem:
        return {"id": one.id, "answer": None, "problem": asdict(problem_told(site, voice.language, problem))}


# --- a case, read ----------------------------------------------------------------------------------------------------


def case_of(asked: CaseShape, country: Country, today: date, citizens: bool = False) -> CaseRead:
    """What a case means in this country. Raises Problem with every fault of it."""
    faults = _facts_of_another_type(asked.facts, country)
    fitting = {
        name: value for name, value in asked.facts.items() if f"facts.{name}" not in {_field(one) for one in faults}
    }
    try:
        read = read_case(_written(asked, fitting), country, today, citizens=citizens)
    except UnreadableCase as problem:
        raise Problem("question", [*faults, *problem.faults]) from None
    if faults:
        raise Problem("question", faults)
    return read


def _written(asked: CaseShape, facts: Mapping[str, Any]) -> CaseWritten:
    def one(value: Any, called: str) -> Written | None:  # noqa: ANN401
        return None if value is None else Written(value, called)

    def several(name: str, items: list[Any]) -> tuple[Written, ...]:
        return tuple(Written(item.model_dump(), f"{name}[{number}]") for number, item in enumerate(items))

    return CaseWritten(
        citizenship=one(asked.citizenship, "citizenship"),
        on=one(asked.on, "on"),
        trips=several("trips", asked.trips),
        permits=several("permits", asked.permits),
        plan=None if asked.plan is None else Written(asked.plan.model_dump(), "plan"),
        facts={name: Written(value, f"facts.{name}") for name, value in facts.items()},
        readings={name: Written(option, f"readings.{name}") for name, option in asked.readings.items()},
    )


def _facts_of_another_type(facts: Mapping[str, Any], country: Country) -> list[Fault]:
    """JSON has types of its own: «yes» in quotes is a text there, and no answer to a question of yes or no."""
    found = []
    for name, value in facts.items():
        declared = country.facts.get(name)
        if declared is not None and value is not None and not _is_of_type(declared, value):
            found.append(_no_answer(declared, f"facts.{name}", value))
    return found


def _is_of_type(declared: CaseFact, value: Any) -> bool:  # noqa: ANN401
    if isinstance(value, bool) or declared.type == "yes_no":
        return isinstance(value, bool) and declared.type == "yes_no"
    return isinstance(value, OF_TYPE[declared.type][0]) and value != ""


def _no_answer(declared: CaseFact, field: str, value: object) -> Fault:
    allowed = ", ".join(f'"{code}"' for code in declared.values) or OF_TYPE[declared.type][1]
    return fault(
        "",
        0,
        "case_fact_value",
        field=field,
        name=declared.name,
        value=json.dumps(value, ensure_ascii=False),
        allowed=allowed,
    )


def _field(found: Fault) -> str:
    return dict(found.values)["field"]


# --- an interview ----------------------------------------------------------------------------------------------------


def _interview(asked: InterviewShape, site: Site, voice: Voice) -> dict[str, Any]:
    country = voice.country
    read = case_of(asked, country, site.today(), citizens=True)
    for name in asked.declined:
        _known_fact(name, "declined", country)
    told = Told(read.case, frozenset(asked.declined))
    if asked.answer is not None:
        told = _after(told, asked.answer, read, voice)
        read = _read_again(replace(read, case=told.case), country)
    found, question, page = answered_status(read, voice, told.declined)
    return {
        "question": None if question is None else question_data(question, voice),
        "classification": None if question is not None else status_data(found, question, page),
        "case": {**_so_far(read), "declined": sorted(told.declined)},
    }


def _after(told: Told, answer: AnswerShape, read: CaseRead, voice: Voice) -> Told:
    """The interview after what was said. Raises Problem."""
    fact = _known_fact(answer.fact, "answer.fact", voice.country)
    if fact.type == "number" and not _is_of_type(fact, answer.value) and answer.value is not None:
        raise Problem("question", [_no_answer(fact, "answer.value", answer.value)])
    try:
        meant = read_answer(answer.value, fact, voice, read.on)
        return told_after(told, fact.name, meant, read.on)
    except UnreadableAnswer as problem:
        raise Problem("question", said=[("answer.value", words) for words in problem.letters]) from None
    except EntryAhead as ahead:
        words = complaint("interview_entry_ahead", voice, value=ahead.entry, on=ahead.on)
        raise Problem("question", said=[("answer.value", words)]) from None


def _known_fact(name: str, field: str, country: Country) -> CaseFact:
    if name not in country.facts:
        raise Problem("question", [fault("", 0, "case_fact_unknown", field=field, name=name, near="—")])
    return country.facts[name]


def _so_far(read: CaseRead) -> dict[str, Any]:
    return {"on": day_data(read.on), **case_data(read.case), "readings": dict(read.readings)}


def _read_again(read: CaseRead, country: Country) -> CaseRead:
    """The case after an answer, read as if it had been sent so: a day of entry may overlap with a trip told before."""
    try:
        asked = CaseShape.model_validate(_so_far(read))
    except ValidationError as problem:
        raise of_validation(problem) from None
    return case_of(asked, country, read.on, citizens=True)
