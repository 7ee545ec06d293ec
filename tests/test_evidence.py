"""What a statement rests on: confidence, and the addresses of provisions and rows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koshiqon.evidence import Confidence, ProvisionId, Reference, parse_provision, weakest

confidences = st.lists(st.sampled_from(Confidence))
parts = st.from_regex(r"[a-z0-9_-]{1,6}", fullmatch=True)
paths = st.lists(parts, min_size=1, max_size=3).map("/".join)


def test_high_medium_low_is_the_order_from_sure_to_unsure():
    assert weakest([Confidence.HIGH, Confidence.MEDIUM]) == "medium"
    assert weakest([Confidence.LOW, Confidence.MEDIUM]) == "low"


def test_nothing_doubtful_was_used_where_nothing_was_used():
    assert weakest([]) is Confidence.HIGH


@given(confidences, confidences)
def test_a_chain_is_as_strong_as_its_weakest_link_however_it_is_joined(one, other):
    assert weakest(one + other) == weakest([weakest(other), weakest(one)])


@given(confidences, st.sampled_from(Confidence))
def test_one_more_link_never_makes_a_chain_stronger(chain, link):
    assert weakest([*chain, link]) in (weakest(chain), link)
    assert weakest([weakest([*chain, link]), weakest(chain)]) == weakest([*chain, link])


@pytest.mark.parametrize(
    ("text", "act", "path"),
    [
        ("kaz/477-IV/art_6/para_4", "kaz/477-IV", "art_6/para_4"),
        ("kaz/gov-148-2012/rules/point_6", "kaz/gov-148-2012", "rules/point_6"),
        ("xtl/treaty-kgz-2026/whole", "xtl/treaty-kgz-2026", "whole"),
    ],
)
def test_a_provision_has_a_country_an_act_and_a_path(text, act, path):
    assert parse_provision(text) == ProvisionId(act, path)
    assert str(parse_provision(text)) == text


@pytest.mark.parametrize(
    "text", ["", "art_6", "kaz/477-IV", "kaz/477-IV/", "KAZ/477-IV/art_6", "kaz//art_6", "/477-IV/art_6"]
)
def test_an_address_without_country_act_or_path_is_no_provision(text):
    with pytest.raises(ValueError):
        parse_provision(text)


@pytest.mark.parametrize(
    ("scope", "lies_within"),
    [
        ("kaz/477-IV", True),
        ("kaz/477-IV/art_6", True),
        ("kaz/477-IV/art_6/para_4", True),
        ("kaz/477-IV/art_6/para_4/item_1", False),
        ("kaz/477-IV/art_60", False),
        ("kaz/477-IV/art_6-1", False),
        ("kaz/477-IV/art_6/para_40", False),
        ("kaz/477", False),
        ("uzb/477-IV/art_6", False),
    ],
)
def test_article_6_paragraph_4_lies_within_article_6_but_not_within_article_60(scope, lies_within):
    assert parse_provision("kaz/477-IV/art_6/para_4").lies_within(scope) is lies_within


@given(paths, paths)
def test_a_provision_lies_within_every_part_of_its_own_address_and_within_no_longer_one(path, more):
    provision = ProvisionId("xtl/1-I", path)
    above = str(provision)
    while above.count("/"):
        assert provision.lies_within(above)
        assert not provision.lies_within(f"{above}{more}")
        above = above.rpartition("/")[0]
    assert not provision.lies_within(f"{provision}/{more}")


def test_a_reference_is_written_as_kind_and_id():
    assert str(Reference("event", "2023-01-27-visa-runs-end")) == "event:2023-01-27-visa-runs-end"
