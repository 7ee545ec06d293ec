"""What a synthetic register of one country is made from, without reading the whole country."""

from __future__ import annotations

from koshiqon.sources.country_folder import find_country
from koshiqon.sources.faults import UnreadableCountry
from koshiqon.sources.reader import Reader
from koshiqon.sources.shapes import CountryShape, SourceShape
from koshiqon.sources.synthetic_file import FILE, read_synthetic
from koshiqon.stay import synthetic as made


def load_synthetic(name: str) -> made.Synthetic:
    """What a synthetic register of a country is made from, for doors; the country by its shipped name or by a path.
    Raises UnreadableCountry where there is no such file, or it has faults. Of the country only its head and its sources
    are read.
    """
    reader = Reader(find_country(name))
    located = reader.yaml("country.yaml")
    languages = located.value.get("languages") if isinstance(located.value, dict) else None
    reader.languages = tuple(languages) if isinstance(languages, list) else ()
    head = reader.shape(CountryShape, located.value, "country.yaml", located.line_of)
    sources = reader.named("source", ["sources.yaml"], SourceShape, SourceShape.build)
    plan = read_synthetic(reader, sources, {row.area for row in head.extra_areas} if head else ())
    if plan is None and not reader.faults:
        raise UnreadableCountry(
            str(reader.folder), "no_synthetic_register", {"folder": str(reader.folder), "file": FILE}
        )
    if plan is None or reader.faults:
        found = sorted(reader.faults)
        values = {"number": str(len(found)), "first": f"{found[0].file}:{found[0].line}"}
        raise UnreadableCountry(str(reader.folder), "country_has_faults", {"folder": str(reader.folder)} | values)
    return plan
