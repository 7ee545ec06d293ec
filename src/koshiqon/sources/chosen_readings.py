"""Readings chosen at a door that asks about many people: NAME=OPTION, or an option alone where one reading has it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from koshiqon.country import Country


class UnfitReading(Exception):
    """A reading that the country does not list, or not so; `code` and `values` make its letter."""

    def __init__(self, code: str, values: Mapping[str, str]) -> None:
        super().__init__(f"{code}: {dict(values)}")
        self.code = code
        self.values = dict(values)


def chosen_readings(texts: Iterable[str], country: Country) -> dict[str, str]:
    """The option chosen of each reading named. Raises UnfitReading for an unknown one, for an option that several
    readings have, and for two options of one reading.
    """
    chosen: dict[str, str] = {}
    for text in texts:
        name, equals, option = (part.strip() for part in text.partition("="))
        reading, option = (name, option) if equals else (_reading_of(name, country), name)
        _refuse_unknown(reading, option, country)
        if chosen.setdefault(reading, option) != option:
            raise UnfitReading("case_given_twice", {"field": "--reading", "name": reading})
    return chosen


def _reading_of(option: str, country: Country) -> str:
    """The one reading that has this option."""
    having = [
        name for name, reading in country.readings.items() if any(known.name == option for known in reading.options)
    ]
    if len(having) == 1:
        return having[0]
    if not having:
        raise UnfitReading("option_of_no_reading", {"value": option, "known": ", ".join(country.readings)})
    written = ", ".join(f"{name}={option}" for name in having)
    raise UnfitReading("option_of_several_readings", {"value": option, "known": written})


def _refuse_unknown(reading: str, option: str, country: Country) -> None:
    known = country.readings.get(reading)
    if known is None:
        names = ", ".join(country.readings)
        raise UnfitReading("case_reading_unknown", {"field": "--reading", "value": reading, "known": names})
    options = [one.name for one in known.options]
    if option not in options:
        values = {"field": "--reading", "value": option, "reading": reading, "known": ", ".join(options)}
        raise UnfitReading("case_option_unknown", values)
