"""Words for what follows from a breach: warning, fine with its sum, arrest, prison, what may stand instead."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from babel.numbers import get_currency_name

from koshiqon.render.stay_codes import PENALTIES
from koshiqon.render.stay_words import amount, code_words, counted, days, said, word
from koshiqon.render.words import Voice
from koshiqon.stay.amounts import Sum
from koshiqon.stay.answer import Sanctioned


def penalty_words(voice: Voice, sanctioned: Sanctioned) -> str:
    """A penalty with its amounts, what may stand instead of it, and what comes along with it."""
    penalty = sanctioned.penalty
    words = ", ".join(_own_parts(voice, sanctioned))
    for code in penalty.alternatives:
        other = _penalty(voice, code)
        words = said(voice, "or", first=words, second=other) if words else other
    if penalty.along_with:
        added = ", ".join(_penalty(voice, code) for code in penalty.along_with)
        words = said(voice, "along_with", first=words, second=added) if words else added
    return words


def _own_parts(voice: Voice, sanctioned: Sanctioned) -> list[str]:
    penalty = sanctioned.penalty
    parts = [word(voice, PENALTIES, "warning")] if penalty.warning else []
    if sanctioned.fine is not None:
        parts.append(fine_words(voice, sanctioned.fine))
    elif penalty.fine is not None:
        parts.append(word(voice, PENALTIES, "fine"))
    if sanctioned.arrest_days is not None:
        parts.append(said(voice, "arrest", days=days(voice, sanctioned.arrest_days)))
    if sanctioned.prison_years is not None:
        parts.append(_prison(voice, sanctioned.prison_years, sanctioned.prison_years_from))
    return parts


def _prison(voice: Voice, most: int, least: int | None) -> str:
    years = counted(voice, "years", most)
    if least is None:
        return said(voice, "prison", years=years)
    return said(voice, "prison_from", least=voice.number(least), years=years)


def _penalty(voice: Voice, code: str) -> str:
    in_country = ("penalty", code) in voice.country.codes
    return code_words(voice, "penalty", code) if in_country or code not in PENALTIES else word(voice, PENALTIES, code)


def sum_words(voice: Voice, told: Sum) -> str:
    """An amount in units of the index and, where the index of the day is known, in money."""
    units = said(voice, "fine_units", n=amount(voice, told.units), unit=unit_words(voice))
    return said(voice, "fine_sum", units=units, sum=money(voice, told.sums)) if told.sums else units


def times(told: Sum, number: int) -> Sum:
    """The amount so many times."""
    return replace(told, units=told.units * number, sums=tuple(one * number for one in told.sums))


def fine_words(voice: Voice, fine: Sum) -> str:
    """A fine with its amount, and half of it where that may be paid."""
    told = sum_words(voice, fine)
    if fine.sums and fine.halved:
        units = said(voice, "fine_units", n=amount(voice, fine.units), unit=unit_words(voice))
        sums, half = money(voice, fine.sums), money(voice, fine.halved)
        told = said(voice, "fine_sum_halved", units=units, sum=sums, half=half)
    return said(voice, "fine_up_to" if fine.up_to else "fine", amount=told)


def unit_words(voice: Voice) -> str:
    """The unit of fines: the country's word for it, else the label of its parameter."""
    name, country = voice.country.penalty_unit, voice.country
    if ("unit", name) in country.codes:
        return code_words(voice, "unit", name)
    if name in country.parameters:
        return voice.text(country.parameters[name].label).words
    return said(voice, "index_unit")


def money(voice: Voice, sums: tuple[Decimal, ...]) -> str:
    """A sum in the country's currency; several where sources differ on the index."""
    told = [
        f"{amount(voice, one)} {get_currency_name(voice.country.currency, one, voice.formats)}"
        for one in dict.fromkeys(sums)
    ]
    return told[0] if len(told) == 1 else said(voice, "sums_differ", sums=" / ".join(told))
