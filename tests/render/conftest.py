"""The review of Kazakhstan put into words, once a language for all tests of this folder."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from koshiqon.render.blocks import ReviewPage
from koshiqon.render.page import compose
from koshiqon.render.words import voice
from koshiqon.review.document import Asked
from koshiqon.review.edition import earliest_day, review

DAY = date(2026, 11, 22)
LANGUAGES = ("en", "kk", "ru")


@pytest.fixture(scope="session")
def page_in(kaz):
    """The whole review in a language."""

    @cache
    def compose_in(language: str) -> ReviewPage:
        document = review(kaz.country, Asked(earliest_day(kaz.country), DAY, DAY))
        return compose(document, voice(language, kaz.country), "0.0.0")

    return compose_in
