"""The measures that conditions of every country may use: computed from one person's history, day by day."""

from __future__ import annotations

from collections.abc import Mapping

from koshiqon.rules.expression import Type
from koshiqon.rules.vocabulary import Declaration, Kind

MEASURES: Mapping[str, Declaration] = {
    "on": Declaration(Kind.MEASURE, Type.DATE),
    "stay.days": Declaration(Kind.MEASURE, Type.NUMBER),
    "stay.days_in_window": Declaration(Kind.MEASURE, Type.NUMBER),
    "stay.titles_end": Declaration(Kind.MEASURE, Type.DATE),
    "overstay.days": Declaration(Kind.MEASURE, Type.NUMBER),
    "stay.lawful_today": Declaration(Kind.MEASURE, Type.YES_NO),
    "visit.planned_days": Declaration(Kind.MEASURE, Type.NUMBER),
}
"""`on`: the day judged. `stay.days`: the counted days of this stay up to `on`. `stay.days_in_window`: those of the
window that ends on `on`. `stay.titles_end`: the last day that titles of the first pass cover without a gap.
`overstay.days`: the unlawful days of this stay up to `on` or its end. `stay.lawful_today`: does a title cover `on`?
`visit.planned_days`: the days from entry to the exit that is known or planned.
"""
