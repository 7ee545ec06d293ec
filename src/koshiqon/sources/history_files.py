"""The worked histories of a country, histories.yaml: invented lives that the review works through and draws. The manual
of the form is docs/reference/country-files.md.
"""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from pydantic import Field, field_validator, model_validator

from koshiqon.country import WorkedHistory
from koshiqon.sources.fields import Day, DayOrNone, Name, Shape, Words, refuse
from koshiqon.sources.reader import Reader


class PermitShape(Shape):
    kind: Name
    since: Day
    until: DayOrNone = None

    @model_validator(mode="after")
    def ends_after_it_begins(self) -> PermitShape:
        if self.until is not None and self.until < self.since:
            raise refuse("history_backwards", first=self.since, last=self.until)
        return self


class HistoryShape(Shape):
    history: Name
    title: Words
    text: Words
    citizenship: Name
    trips: list[list[Day]] = Field(min_length=1)
    permits: list[PermitShape] = Field(default_factory=list)
    on: Day

    @field_validator("trips")
    @classmethod
    def one_after_the_other(cls, trips: list[list[date]]) -> list[list[date]]:
        for trip in trips:
            if len(trip) not in (1, 2):
                raise refuse("history_trip")
            if trip[-1] < trip[0]:
                raise refuse("history_backwards", first=trip[0], last=trip[-1])
        for trip, following in pairwise(trips):
            if len(trip) == 1 or following[0] < trip[-1]:
                raise refuse("history_overlap", entry=following[0])
        return trips

    @model_validator(mode="after")
    def begun_by_the_day_judged(self) -> HistoryShape:
        if self.trips[-1][0] > self.on:
            raise refuse("history_ahead", entry=self.trips[-1][0], on=self.on)
        return self

    def build(self) -> WorkedHistory:
        return WorkedHistory(
            self.history,
            self.title,
            self.text,
            self.citizenship,
            tuple((trip[0], trip[1] if len(trip) == 2 else None) for trip in self.trips),
            tuple((permit.kind, permit.since, permit.until) for permit in self.permits),
            self.on,
        )


def read_histories(reader: Reader) -> dict[str, WorkedHistory]:
    """The histories by name. The file may be absent."""
    if not (reader.folder / "histories.yaml").is_file():
        return {}
    return reader.named("history", ["histories.yaml"], HistoryShape, HistoryShape.build)
