"""The names a notebook needs: `stay` asks how long one person may stay, and the answer shows itself.

Nothing heavy is imported before it is called.
"""

# ruff: noqa: PLC0415 (heavy imports wait until somebody asks)

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from koshiqon.render.answer_page import AnswerPage
    from koshiqon.sources.case_file import CaseWritten
    from koshiqon.stay.answer import Assessment

Day = date | str
"""A day, or its text: 2026-11-22."""
Trip = str | tuple[Day, Day | None]
"""`2026-08-01:2026-08-20`, or the day of entry and that of exit (None: still in the country)."""
Permit = str | tuple[str, Day, Day | None]
"""`trp:2026-03-01:2026-06-01`, or the kind, the first day and the last (None: no end set)."""


@dataclass(frozen=True, slots=True)
class StayAnswer:
    """An answer that shows itself: as text, in a notebook as a page, as plain data."""

    assessment: Assessment
    page: AnswerPage

    def __str__(self) -> str:
        from koshiqon.render.terminal import Screen, render_terminal

        return render_terminal(self.page, Screen())

    def _repr_html_(self) -> str:
        from koshiqon.render.answer_html import answer_html

        return answer_html(self.page)

    @property
    def data(self) -> dict[str, Any]:
        """The same keys as `koshiqon stay --json`; see docs/reference/stay-json.md."""
        from koshiqon.render.stay_data import stay_data

        return stay_data(self.assessment, self.page)


def stay(
    citizenship: str,
    trips: Iterable[Trip] = (),
    on: Day | None = None,
    *,
    permits: Iterable[Permit] = (),
    facts: Mapping[str, Any] | None = None,
    plan: Trip | None = None,
    readings: Mapping[str, str] | None = None,
    assumptions: bool = True,
    country: str = "kaz",
    lang: str = "en",
) -> StayAnswer:
    """How long one person may stay; `on` is today where it is not given.

    Raises ValueError with a letter in `lang` for a case, a country or a language that cannot be read.
    """
    from koshiqon import __version__
    from koshiqon.render.answer import compose_answer
    from koshiqon.render.catalogs import catalog, languages
    from koshiqon.render.letters import letter
    from koshiqon.render.words import voice
    from koshiqon.sources.case_file import UnreadableCase
    from koshiqon.sources.case_reading import read_case
    from koshiqon.sources.country_folder import load_country
    from koshiqon.sources.faults import UnreadableCountry
    from koshiqon.stay.assessment import assess, with_assumptions

    if lang not in languages():
        values = {"language": lang, "languages": ", ".join(languages())}
        raise ValueError(letter("language_unavailable", values, catalog("en")))
    written = _written(citizenship, trips, on, permits, facts or {}, plan, readings or {})
    try:
        law = load_country(country)
        read = read_case(written, law, date.today())
    except UnreadableCountry as problem:
        raise ValueError(letter(problem.code, problem.values, catalog(lang))) from None
    except UnreadableCase as problem:
        told = [letter(found.code, dict(found.values), catalog(lang)) for found in problem.faults]
        raise ValueError("\n".join(told)) from None
    case = with_assumptions(read.case, law) if assumptions else read.case
    answer = assess(case, law, read.on, read.readings)
    return StayAnswer(answer, compose_answer(answer, voice(lang, law), __version__))


def _written(
    citizenship: str,
    trips: Iterable[Trip],
    on: Day | None,
    permits: Iterable[Permit],
    facts: Mapping[str, Any],
    plan: Trip | None,
    readings: Mapping[str, str],
) -> CaseWritten:
    """The arguments as a written case, so that they are read as strictly as a file."""
    from koshiqon.sources.case_file import CaseWritten, Written

    return CaseWritten(
        citizenship=Written(citizenship, "citizenship"),
        on=None if on is None else Written(str(on), "on"),
        trips=tuple(Written(_text(trip), "trips") for trip in trips),
        permits=tuple(Written(_text(permit), "permits") for permit in permits),
        plan=None if plan is None else Written(_text(plan), "plan"),
        facts={name: Written(_plain(value), name) for name, value in facts.items()},
        readings={name: Written(option, name) for name, option in readings.items()},
    )


def _text(given: str | tuple[Any, ...]) -> str:
    return given if isinstance(given, str) else ":".join("" if part is None else str(part) for part in given)


def _plain(value: Any) -> Any:  # noqa: ANN401 (a fact may be of any type)
    return value.isoformat() if isinstance(value, date) else value
