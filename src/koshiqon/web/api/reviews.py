"""The route of the review: an edition as data, from the same press as the pages, one at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from koshiqon.evidence import Confidence
from koshiqon.web.api.answer_shapes import CountryCode, CountryHash, CountryVersion
from koshiqon.web.api.asked_shapes import ReviewShape
from koshiqon.web.api.problems import Problem
from koshiqon.web.api.speaking import Here, Speaking, refusals, sent
from koshiqon.web.pages.review_asked import asked_for
from koshiqon.web.pages.review_press import BACK_IN, Busy, press_of


@dataclass(frozen=True)
class FindingTold:
    """One value or one statement, for one date, with everything it rests on."""

    name: Annotated[str, Field(description="Unique in an edition, the same from edition to edition")]
    on: str
    sources: list[str]
    confidence: Confidence
    rests_on: Annotated[list[str], Field(description="References of rows of the country")]
    rule: Annotated[str, Field(description="How a value that stands in no source was computed")]
    conflicts: list[str]
    value: Annotated[
        int | float | str | None, Field(description="With `unit`; left out where there is a statement")
    ] = None
    unit: str | None = None
    statement: str | None = None


@dataclass(frozen=True)
class ReviewTold:
    """An edition of the review: the object that `koshiqon review --format json` writes."""

    schema: Literal["koshiqon-review/1"]
    language: str
    country: CountryCode
    country_version: CountryVersion
    country_hash: CountryHash
    edition: Annotated[dict[str, str], Field(description="What stands on the last page: versions, days, hash")]
    findings: list[FindingTold]
    chapters: Annotated[list[dict[str, Any]], Field(description="The text by chapter: titles, paragraphs, tables")]
    sources: Annotated[dict[str, dict[str, Any]], Field(description="Sources of the findings, by name")]


def routes() -> APIRouter:
    """The route of the review."""
    router = APIRouter(tags=["Review"])

    @router.get(
        "/review",
        response_model=ReviewTold,
        responses=refusals("question", "busy"),
        summary="The review",
    )
    def review(request: Request, _asked: Annotated[ReviewShape, Query()], site: Here, voice: Speaking) -> Response:
        """Every finding with its value or statement, its sources and the rows it rests on; then the text by chapter. An
        edition takes some seconds, and one is made at a time; the last few are kept.
        """
        wish = asked_for(request.query_params, site.country, voice.language, site.today())
        if wish.unmet:
            fields = [field for field, _, _ in wish.unmet]
            raise Problem("question", said=tuple(zip(fields, wish.letters(voice), strict=True)))
        try:
            files = press_of(site.settings.country).files(wish.edition, "json")
        except Busy:
            raise Problem("busy", headers={"retry-after": str(BACK_IN)}) from None
        return sent(files["review.json"], voice.language)

    return router
