"""Days and numbers as a language writes them, by CLDR. Working one out takes long, so the last ones are remembered.

What is remembered is of the calendar and of numbers alone: nothing with it says of whom, or of what, an answer told it.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal


@lru_cache(maxsize=8192)
def day_written(day: date, formats: Locale) -> str:
    """A day written out, such as «22 November 2026»."""
    return str(format_date(day, "long", formats))


@lru_cache(maxsize=4096)
def month_written(month: date, skeleton: str, formats: Locale) -> str:
    """A month by a skeleton of CLDR, such as «Nov» (MMM), «Nov 2026» (yMMM)."""
    return str(format_skeleton(skeleton, month, locale=formats))


@lru_cache(maxsize=4096)
def number_written(number: float, pattern: str, formats: Locale) -> str:
    """A number by a pattern of CLDR, with the marks of the language."""
    return str(format_decimal(number, format=pattern, locale=formats))
