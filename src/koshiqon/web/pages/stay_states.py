"""The states of the world by name, for a field to choose from: first those whose people come most, then all."""

from __future__ import annotations

from dataclasses import dataclass

from koshiqon.render.words import Voice
from koshiqon.sources.citizenships import STATELESS
from koshiqon.sources.country_check import iso_countries

KAZAKH = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
"""The order of the Kazakh letters; the code points of the letters that Russian lacks stand behind all others."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a field and the words for it."""

    value: str
    words: str


def choices_of_states(voice: Voice) -> tuple[Choice, ...]:
    """Every state of ISO 3166-1 by its name, in the order of the alphabet."""
    named = [Choice(code, voice.area(code)) for code in iso_countries()]
    return tuple(sorted(named, key=lambda choice: alphabetical(choice.words)))


def usual_states(voice: Voice) -> tuple[Choice, ...]:
    """The partners of the country in its own order, and stateless people."""
    return tuple(Choice(code, voice.area(code)) for code in (*voice.country.partners, STATELESS))


def alphabetical(words: str) -> list[tuple[int, int]]:
    """A key that sorts words of Kazakh, Russian and Latin letters as a dictionary does; «é» stands by «e»."""
    plain = words.casefold().translate(_NEAR)
    return [(1, KAZAKH.index(sign)) if sign in KAZAKH else (0, ord(sign)) for sign in plain]


_NEAR = str.maketrans("áàâãäåçéèêëíìîïñóòôõöúùûü", "aaaaaaceeeeiiiinooooouuuu")
