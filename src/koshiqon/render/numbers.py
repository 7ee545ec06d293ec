"""Numbers and durations by the marks of a language, without a country."""

from __future__ import annotations

import gettext
from collections.abc import Callable

from babel import Locale
from babel.numbers import format_decimal

from koshiqon.render.phrases import LABELS


def numbers_of(translations: gettext.NullTranslations) -> Callable[[int], str]:
    """How the language of these translations writes whole numbers."""
    formats = Locale.parse(translations.gettext(LABELS["cldr_locale"]))
    return lambda number: format_decimal(number, format="#,##0", locale=formats)


def clock(seconds: float) -> str:
    """A duration as hours, minutes and seconds: `0:01:30`."""
    minutes, rest = divmod(max(0, round(seconds)), 60)
    return f"{minutes // 60}:{minutes % 60:02d}:{rest:02d}"
