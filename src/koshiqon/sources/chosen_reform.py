"""The reform that a door asks about: one of the country's own by name, or a file of the same form.

UnreadableReform   a file that cannot be read, or does not fit its country; it holds every fault that was found
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from koshiqon.country import Country
from koshiqon.evidence import Reference
from koshiqon.reform import Reform
from koshiqon.rules.vocabulary import Vocabulary
from koshiqon.sources.country_folder import find_country, load_reading
from koshiqon.sources.faults import Fault, fault
from koshiqon.sources.reader import Reader
from koshiqon.sources.reform_file import read_reform, reform_faults
from koshiqon.sources.rule_files import vocabulary_of


class UnreadableReform(Exception):
    """A reform that cannot be had, with every fault found. A fault without a file is about what was asked for."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("; ".join(f"{found.file}:{found.line}: {found.code}" for found in faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class ChosenReform:
    """A reform with the country that it changes and the SHA-256 of its file."""

    reform: Reform
    country: Country
    sha256: str


def chosen_reform(asked: str, country: str) -> ChosenReform:
    """The reform of a country by its name, or by the path of a file. Raises UnreadableReform and UnreadableCountry."""
    reading = load_reading(country)
    folder = find_country(country)
    if asked in reading.reforms:
        file, _ = reading.places[Reference("reform", asked)]
        return ChosenReform(reading.reforms[asked], reading.country, _digest(folder / file))
    path = Path(asked)
    if not path.is_file():
        known = ", ".join(reading.reforms) or "–"
        raise UnreadableReform((fault("", 0, "reform_not_there", value=asked, known=known),))
    reader = Reader(folder, reading.country.languages)
    placed = read_reform(reader, str(path.absolute()), _vocabulary(reading.country))
    faults = reader.faults
    if placed is not None and not faults:
        faults = reform_faults(reading.country, placed, reading.places, folder)
    if placed is None or faults:
        raise UnreadableReform(tuple(sorted(set(faults))))
    return ChosenReform(placed.reform, reading.country, _digest(path))


def _vocabulary(country: Country) -> Vocabulary:
    papers = [code for scheme, code in country.codes if scheme == "paper"]
    return vocabulary_of(country.facts, country.parameters, country.categories, papers)


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
