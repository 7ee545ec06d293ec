"""Which state a person means: the three letters of ISO 3166-1, or what else people write, with what is near to it."""

from __future__ import annotations

import difflib
from functools import cache

from babel import Locale
from babel.core import get_global

from koshiqon.sources.country_check import iso_countries

STATELESS = "XXA"
"""What a travel document of a stateless person says (ICAO Doc 9303, part 3)."""
NAMED_IN = ("en", "ru", "kk", "uz", "ky", "tg", "tr", "zh")
"""Languages in which the name of a state is recognised, to suggest its code."""


def is_citizenship(code: str) -> bool:
    return code in iso_countries() or code == STATELESS


def suggested(written: str) -> tuple[str, ...]:
    """The codes that somebody may have meant, nearest first; none where nothing is near.

    Two letters of ISO 3166-1, a name in one of several languages, or a slip of the finger.
    """
    wanted = written.strip().upper()
    if is_citizenship(wanted):
        return (wanted,)
    named = _names()
    if wanted in named:
        return (named[wanted],)
    near = [named[name] for name in difflib.get_close_matches(wanted, named, n=4, cutoff=0.8)]
    near += difflib.get_close_matches(wanted, sorted(iso_countries()), n=3, cutoff=0.6)
    return tuple(dict.fromkeys(near))[:3]


def citizenships_by_name() -> dict[str, str]:
    """What may be written for a citizenship, in capitals, with its three letters: codes of two and three letters, and
    names in several languages.
    """
    return _names() | {code: code for code in (*iso_countries(), STATELESS)}


@cache
def _names() -> dict[str, str]:
    """Codes of two letters and names in capitals, with the code of three letters."""
    three = {
        targets[0]: code
        for code, targets in get_global("territory_aliases").items()
        if code in iso_countries() and len(targets) == 1
    }
    named = dict(three)
    for language in NAMED_IN:
        territories = Locale.parse(language).territories
        named |= {territories[two].upper(): code for two, code in three.items() if two in territories}
    return named
