"""Routes about the law: rules of a day, the visa-free table, what changed for the citizens of one state."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Response

from koshiqon import __version__
from koshiqon.asking.law import citizenship_asked, day_asked, kinds_asked, none_known
from koshiqon.render.law_data import changes_json, law_json
from koshiqon.render.words import Voice
from koshiqon.rules.rule import RuleKind
from koshiqon.sources.faults import fault
from koshiqon.stay.law_days import LawOnDay, changed, law_on
from koshiqon.stay.limit_titles import GENERAL
from koshiqon.web.api.asked_shapes import ChangesShape, LawShape, VisaFreeShape
from koshiqon.web.api.law_shapes import ChangesTold, LawTold, VisaFreeTold
from koshiqon.web.api.problems import Problem
from koshiqon.web.api.speaking import Speaking, answered, refusals, sent

DayOfPath = Annotated[
    str, Path(description="The day asked, YYYY-MM-DD", json_schema_extra={"format": "date"}, max_length=40)
]
REFUSED = refusals("question", "not_found")


def routes() -> APIRouter:
    """The routes about the law."""
    router = APIRouter(tags=["The law"])

    @router.get("/law/{day}", response_model=LawTold, responses=REFUSED, summary="The rules of a day")
    def law(day: DayOfPath, asked: Annotated[LawShape, Query()], voice: Speaking) -> Response:
        """Every rule that holds or may hold on a day, with its provision; the visa-free table beside titles; until when
        the acts behind them were read. The answer is what `koshiqon law-on --json` prints.
        """
        kinds = kinds_asked(",".join(asked.kind))
        found = law_on(voice.country, day_asked(day, "day"), kinds or tuple(RuleKind))
        if not kinds:
            _refuse_unknown_law(found, voice)
        return sent(law_json(found, voice.country, voice.language, __version__).encode(), voice.language)

    @router.get(
        "/visa-free/{day}", response_model=VisaFreeTold, responses=REFUSED, summary="The visa-free table of a day"
    )
    def visa_free(day: DayOfPath, asked: Annotated[VisaFreeShape, Query()], voice: Speaking) -> Response:
        """Who may enter without a visa on a day and for how long, with the limit in a window of days and the day from
        which the border applied it.
        """
        state = None if asked.citizenship is None else citizenship_asked(asked.citizenship, "citizenship")
        found = law_on(voice.country, day_asked(day, "day"), (RuleKind.TITLE,))
        rows = tuple(row for row in found.regimes if state is None or row.citizenship in (state, GENERAL))
        return answered(_table(replace(found, rules=(), regimes=rows), voice), voice.language)

    @router.get(
        "/changes", response_model=ChangesTold, responses=REFUSED, summary="What changed for the citizens of a state"
    )
    def changes(asked: Annotated[ChangesShape, Query()], voice: Speaking) -> Response:
        """What changed after `since` through `until`: regimes, rules, values, practice. The answer is what
        `koshiqon changed --json` prints.
        """
        first, last = day_asked(asked.since, "since"), day_asked(asked.until, "until")
        if first >= last:
            raise Problem("question", [fault("", 0, "api_days_out_of_order", field="since", first=first, last=last)])
        told = changed(voice.country, citizenship_asked(asked.citizenship, "citizenship"), first, last)
        return sent(changes_json(told, voice.country, voice.language, __version__).encode(), voice.language)

    return router


def _table(found: LawOnDay, voice: Voice) -> dict[str, Any]:
    """The visa-free rows as the law of the day tells them."""
    told: dict[str, Any] = json.loads(law_json(found, voice.country, voice.language, __version__))
    del told["rules"]
    return told


def _refuse_unknown_law(found: LawOnDay, voice: Voice) -> None:
    """Nothing on file for a day does not mean that there was no law. Raises UnreadableQuestion."""
    periods = [rule.period for rule in found.rules] + [row.period for row in found.regimes]
    if not any(period.contains(found.on) for period in periods):
        raise none_known(voice.country, found.on)
