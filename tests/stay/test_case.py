"""What the passport used and the list of citizenships tell of each other."""

from __future__ import annotations

import pytest

from koshiqon.stay.case import CITIZENSHIPS, HAS_CITIZENSHIP, STATELESS, StayCase, citizenship_facts


@pytest.mark.parametrize(
    ("passport", "held", "has"),
    [
        (STATELESS, ("UZB",), True),
        (None, ("UZB",), True),
        ("UZB", None, True),
        (STATELESS, None, False),
        (STATELESS, (), False),
        (STATELESS, (STATELESS,), False),
        (None, (STATELESS,), False),
        (None, (STATELESS, "UZB"), True),
        (None, (), False),
        (None, None, None),
    ],
)
def test_who_lists_a_citizenship_has_one_whatever_paper_was_shown_at_the_border(passport, held, has):
    facts = {} if held is None else {CITIZENSHIPS: held}
    assert citizenship_facts(StayCase(passport, facts=facts), "KAZ").get(HAS_CITIZENSHIP) is has
