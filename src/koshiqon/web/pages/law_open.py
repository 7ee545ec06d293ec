"""Where sources differ (/law/conflicts), law and practice part (/law/practice), what nobody knows (/law/questions)."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from koshiqon.country import Country
from koshiqon.evidence import Conflict, Practice, Question, Reference, is_abroad, parse_provision
from koshiqon.law.acts import ProvisionVersion
from koshiqon.render.law_web import numbered
from koshiqon.render.phrases import N_
from koshiqon.review.statute import without_rule
from koshiqon.web.asked import Language
from koshiqon.web.pages.law_frame import LawFrame, frame
from koshiqon.web.shelf import Shelf
from koshiqon.web.site import Site

FIGURES = frozenset({"observation", "indicator", "source"})
CONFLICTS = (
    ("open", N_("About the law, not explained")),
    ("explained", N_("About the law, explained")),
    ("figures", N_("About figures")),
    ("abroad", N_("About the law of other states")),
)
PRACTICE = (
    ("now", N_("Where practice departs from a provision, today or perhaps")),
    ("alone", N_("What is done though no provision says it, today or perhaps")),
    ("over", N_("What is over")),
    ("abroad", N_("In other states")),
)
QUESTIONS = (
    ("1", N_("Questions that can decide a person's stay")),
    ("2", N_("Questions that change a rule or a figure")),
    ("3", N_("Details")),
)


def add_to(routes: APIRouter, site: Site, shelf: Shelf) -> None:
    """Three pages."""

    @routes.get("/conflicts")
    def conflicts(request: Request, language: Language) -> Response:
        return shelf.take(request, site.today(), lambda: _conflicts(request, frame(site, language)))

    @routes.get("/practice")
    def practice(request: Request, language: Language) -> Response:
        return shelf.take(request, site.today(), lambda: _practice(request, frame(site, language)))

    @routes.get("/questions")
    def questions(request: Request, language: Language) -> Response:
        return shelf.take(request, site.today(), lambda: _questions(request, frame(site, language)))


Sorted = list[tuple[str, str, list[object]]]


def _sorted(
    rows: Iterable[object], parts: tuple[tuple[str, str], ...], part_of: Callable[[object], str], speaking: LawFrame
) -> Sorted:
    """The parts that have rows, each with its code, its title and its rows in the order of the files."""
    told = [(code, speaking.word(title), [row for row in rows if part_of(row) == code]) for code, title in parts]
    return [part for part in told if part[2]]


# --- sources differ --------------------------------------------------------------------------------------------------


def _conflicts(request: Request, speaking: LawFrame) -> HTMLResponse:
    held = list(speaking.voice.country.conflicts.values())
    sources = (name for conflict in held for side in conflict.sides for name in side.sources)
    return speaking.page(
        request,
        "law_conflicts.html",
        "conflicts",
        speaking.word(N_("Where sources differ")),
        parts=_sorted(held, CONFLICTS, _part_of_conflict, speaking),
        count=len(held),
        open=sum(conflict.is_open for conflict in held),
        notes=numbered(sources, speaking.voice),
    )


def _part_of_conflict(row: object) -> str:
    assert isinstance(row, Conflict)
    references = [reference for side in row.sides for reference in side.references]
    if any(reference.kind == "abroad" for reference in references):
        return "abroad"
    if references and {reference.kind for reference in references} <= FIGURES:
        return "figures"
    return "open" if row.is_open else "explained"


# --- law and practice ------------------------------------------------------------------------------------------------


def _practice(request: Request, speaking: LawFrame) -> HTMLResponse:
    country, today = speaking.voice.country, speaking.site.today()

    def part_of(row: object) -> str:
        assert isinstance(row, Practice)
        if row.departs_from and is_abroad(row.departs_from):
            return "abroad"
        if row.period.contains(today) is False:
            return "over"
        return "now" if any(target.kind == "provision" for target in row.departs_from) else "alone"

    held = list(country.practice.values())
    return speaking.page(
        request,
        "law_practice.html",
        "practice",
        speaking.word(N_("Where law and practice part")),
        parts=_sorted(held, PRACTICE, part_of, speaking),
        count=len(held),
        said_by=lambda target, row: _wordings(country, target, row),
        notes=numbered((name for one in held for name in one.basis.sources), speaking.voice),
    )


def _wordings(country: Country, target: Reference, row: Practice) -> list[ProvisionVersion]:
    """What the provision a practice departs from says while it lasts: the version named, else those of its days."""
    name, _, since = target.name.partition("@")
    if target.kind != "provision":
        return []
    provision = parse_provision(name)
    act = country.acts.get(provision.act)
    versions = [one for one in (act.provisions if act is not None else ()) if one.provision == provision]
    if since:
        return [one for one in versions if one.period.since.text == since]
    last = row.period.until
    began = [one for one in versions if last is None or one.period.since.earliest < last.latest]
    return [one for one in began if one.period.until is None or one.period.until.latest > row.period.since.earliest]


# --- open questions --------------------------------------------------------------------------------------------------


def _questions(request: Request, speaking: LawFrame) -> HTMLResponse:
    country = speaking.voice.country

    def weight(row: object) -> str:
        assert isinstance(row, Question)
        return str(row.weight)

    held = sorted(country.questions.values(), key=lambda question: is_abroad(question.references))
    return speaking.page(
        request,
        "law_questions.html",
        "questions",
        speaking.word(N_("What nobody knows yet")),
        parts=_sorted(held, QUESTIONS, weight, speaking),
        count=len(held),
        decisive=sum(question.weight == 1 for question in held),
        missing=without_rule(country, speaking.site.today()),
        unread=[act for act in country.acts.values() if act.read_until is None],
    )
