"""The register of policy changes is ordered by the day a change came into force, else by its adoption."""

from __future__ import annotations

import pytest

from koshiqon.evidence import Basis, Confidence
from koshiqon.language import Text
from koshiqon.law.events import NOT_CODED, Coding, PolicyEvent
from koshiqon.period import parse_date


def event(adopted: str | None, in_force: str | None) -> PolicyEvent:
    dates = [writing and parse_date(writing) for writing in (adopted, in_force)]
    coding, basis = Coding(*[NOT_CODED] * 8), Basis(("gazette",), Confidence.HIGH)
    return PolicyEvent("change", *dates, None, (), "entry_stay", "guests", Text({"en": "A change."}), coding, basis)


@pytest.mark.parametrize(
    ("adopted", "in_force", "dated"),
    [
        ("2019-12-27", "2020-01-11", "2020-01-11"),
        ("2019-12-27", None, "2019-12-27"),
        ("2019-12-27", "unknown", "2019-12-27"),
        ("unknown", "2020", "2020"),
        (None, "2020-01", "2020-01"),
    ],
)
def test_a_change_is_dated_by_its_force_where_that_is_known_else_by_its_adoption(adopted, in_force, dated):
    assert event(adopted, in_force).dated.text == dated


def test_a_change_of_which_no_day_is_known_cannot_be_ordered():
    with pytest.raises(ValueError, match="change"):
        _ = event(None, "unknown").dated
