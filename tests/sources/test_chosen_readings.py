"""A reading is chosen by its name and option, or by an option that only one reading has."""

from __future__ import annotations

import pytest

from koshiqon.render.catalogs import catalog
from koshiqon.render.letters import letter
from koshiqon.sources.chosen_readings import UnfitReading, chosen_readings


def test_an_option_that_one_reading_has_needs_no_name(kaz):
    assert chosen_readings(["practice"], kaz.country) == {"limits": "practice"}
    assert chosen_readings([" permit_clock = stops", "practice"], kaz.country) == {
        "permit_clock": "stops",
        "limits": "practice",
    }
    assert chosen_readings([], kaz.country) == {}


@pytest.mark.parametrize(
    ("texts", "code"),
    [
        (["counts"], "option_of_several_readings"),
        (["whim"], "option_of_no_reading"),
        ([""], "option_of_no_reading"),
        (["whim=law"], "case_reading_unknown"),
        (["limits=whim"], "case_option_unknown"),
        (["practice", "limits=law"], "case_given_twice"),
    ],
)
def test_what_the_country_does_not_list_is_refused_with_a_letter(kaz, texts, code):
    with pytest.raises(UnfitReading) as told:
        chosen_readings(texts, kaz.country)
    assert told.value.code == code
    for language in ("en", "ru", "kk"):
        assert code not in letter(code, told.value.values, catalog(language))


def test_an_option_of_several_readings_is_told_with_all_of_them(kaz):
    with pytest.raises(UnfitReading) as told:
        chosen_readings(["counts"], kaz.country)
    assert told.value.values["known"] == "entry_day=counts, exit_day=counts"
