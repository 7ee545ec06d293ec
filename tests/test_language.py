"""A sentence in several languages: what is chosen, what is missing, what a speaker has checked."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from koshiqon.language import Chosen, Text

GUEST = Text({"en": "guest", "kk": "қонақ"}, checked_by={"kk": "A. Reader"})

codes = st.sampled_from(["en", "kk", "ru", "uz"])
words = st.text(max_size=5)


def test_the_language_asked_for_is_chosen():
    assert GUEST.choose("kk").words == "қонақ"


def test_where_there_are_no_words_in_a_language_the_first_one_speaks_and_says_which_it_is():
    assert GUEST.choose("ru") == Chosen("guest", "en", checked=False)


def test_a_text_is_checked_only_in_the_languages_that_somebody_checked():
    assert GUEST.choose("kk").checked
    assert not GUEST.choose("en").checked


def test_a_text_chosen_in_place_of_another_is_checked_only_if_itself_was():
    assert Text({"kk": "қонақ"}, checked_by={"ru": "A. Reader"}).choose("ru") == Chosen("қонақ", "kk", checked=False)


def test_blank_words_are_missing_words():
    assert Text({"en": "guest", "kk": " ", "ru": ""}).missing(["en", "kk", "ru", "uz"]) == ("kk", "ru", "uz")


@given(st.dictionaries(codes, words, min_size=1), st.lists(codes, unique=True))
def test_each_language_asked_for_is_missing_or_has_words(by_language, asked):
    text = Text(by_language)
    missing = text.missing(asked)
    assert all(
        text.choose(code).language == code and text.choose(code).words.strip() for code in set(asked) - {*missing}
    )
    assert not any(by_language.get(code, "").strip() for code in missing)
    assert [code for code in asked if code in missing] == list(missing)
