"""Read the folder of a country: every file, every record, every fault in one run."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from koshiqon.country import Country, no_calendar
from koshiqon.language import Text
from koshiqon.reform import Reform
from koshiqon.sources import shapes
from koshiqon.sources.act_files import read_acts
from koshiqon.sources.columns import (
    ABROAD_COLUMNS,
    BELIEF_COLUMNS,
    CODING_COLUMNS,
    EVENT_COLUMNS,
    REGIME_COLUMNS,
)
from koshiqon.sources.country_check import cross_faults, iso_territories
from koshiqon.sources.decision_file import read_decision
from koshiqon.sources.faults import Fault, UnreadableCountry, fault
from koshiqon.sources.history_files import read_histories
from koshiqon.sources.reader import Places, Reader
from koshiqon.sources.reform_file import read_reforms, reform_faults
from koshiqon.sources.rule_files import read_readings, read_rules, vocabulary_of
from koshiqon.sources.series_files import read_data_sets, read_observations
from koshiqon.sources.synthetic_file import read_synthetic
from koshiqon.sources.working_days import working_days_of
from koshiqon.stay.synthetic import Synthetic

SHIPPED = Path(__file__).parent.parent / "countries"
"""The countries that ship with the program, one folder each."""

CONSEQUENCES = frozenset(
    {
        "source_unknown",
        "source_orphan",
        "reference_unknown",
        "provision_unknown",
        "conflict_one_sided",
        "theme_selects_nothing",
        "without_theme",
        "indicator_without_figures",
        "resource_unmatched",
        "code_without_words",
        "condition_name_undeclared",
        "moment_unknown",
        "pays_for_no_number",
        "regime_code_unknown",
        "regime_without_title",
        "exceptions_unordered",
        "reading_missing",
    }
)
"""Faults that may come of a record that could not be read: told only once every record can be."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of reading a folder: the country as far as it could be read, its faults in order, the place of every
    row, the reforms by name, and what a synthetic register is made from, where the country says so.
    """

    country: Country
    faults: tuple[Fault, ...]
    places: Places
    reforms: Mapping[str, Reform] = field(default_factory=dict)
    synthetic: Synthetic | None = None


def shipped_countries() -> tuple[str, ...]:
    return tuple(sorted(path.name for path in SHIPPED.iterdir() if (path / "country.yaml").is_file()))


def find_country(name: str) -> Path:
    """The folder of a country, by its shipped name or by a path. Raises UnreadableCountry."""
    if name.lower() in shipped_countries():
        return SHIPPED / name.lower()
    if (Path(name) / "country.yaml").is_file():
        return Path(name)
    code = "no_country_in_folder" if Path(name).is_dir() else "no_such_country"
    raise UnreadableCountry(name, code, {"folder": name, "shipped": ", ".join(shipped_countries())})


def read_country(folder: Path) -> Reading:
    """Read a whole country, collecting every fault: first those of single files and fields; where there are none, those
    between rows. Raises UnreadableCountry where country.yaml itself cannot be read.
    """
    reader = Reader(folder)
    head = _head(reader)
    reader.languages = tuple(head.languages)
    sources = reader.named("source", ["sources.yaml"], shapes.SourceShape, shapes.SourceShape.build)
    acts, parameters = read_acts(reader)
    codes, areas = _codes(reader, head)
    facts = reader.named("fact", ["facts.yaml"], shapes.CaseFactShape, shapes.CaseFactShape.build)
    categories = reader.named(
        "category", reader.folder_of("categories"), shapes.CategoryShape, shapes.CategoryShape.build
    )
    papers = [code for scheme, code in codes if scheme == "paper"]
    vocabulary = vocabulary_of(facts, parameters, categories, papers)
    observations, sources_of_files = read_observations(reader)
    country = Country(
        code=head.code,
        name=head.name,
        languages=reader.languages,
        version=head.version,
        currency=head.currency,
        groups={name: tuple(codes) for name, codes in head.groups.items()},
        partners=tuple(head.partners),
        areas=areas,
        sources=sources,
        milestones=tuple(head.milestones),
        acts=acts,
        parameters=parameters,
        regimes=_rows(
            reader,
            "regime",
            "regimes.csv",
            shapes.RegimeShape,
            REGIME_COLUMNS + BELIEF_COLUMNS + ("remark",),
            ("instrument",),
        ),
        abroad=_rows(
            reader,
            "abroad",
            "abroad.csv",
            shapes.AbroadShape,
            ABROAD_COLUMNS + BELIEF_COLUMNS + ("remark",),
            ("instrument",),
        ),
        events=_rows(
            reader, "event", "events.csv", shapes.EventShape, EVENT_COLUMNS + CODING_COLUMNS + BELIEF_COLUMNS, ("text",)
        ),
        indicators=reader.named(
            "indicator", ["series/indicators.yaml"], shapes.IndicatorShape, shapes.IndicatorShape.build
        ),
        observations=observations,
        data_sets=read_data_sets(reader, sources_of_files),
        categories=categories,
        facts=facts,
        decision=read_decision(reader, vocabulary),
        rules=read_rules(reader, vocabulary),
        readings=read_readings(reader),
        add_working_days=working_days_of(head.holidays) if head.holidays else no_calendar,
        histories=read_histories(reader),
        penalty_unit=head.penalty_unit or "",
        practice=reader.named(
            "practice", reader.folder_of("practice"), shapes.PracticeShape, shapes.PracticeShape.build
        ),
        conflicts=reader.named(
            "conflict", reader.folder_of("conflicts"), shapes.ConflictShape, shapes.ConflictShape.build
        ),
        questions=reader.named(
            "question", reader.folder_of("questions"), shapes.QuestionShape, shapes.QuestionShape.build
        ),
        remarks=reader.named("remark", reader.folder_of("remarks"), shapes.RemarkShape, lambda shape: shape.text),
        offices=reader.named("office", ["offices.yaml"], shapes.OfficeShape, shapes.OfficeShape.build),
        themes=reader.named("theme", ["themes.yaml"], shapes.ThemeShape, shapes.ThemeShape.build),
        codes=codes,
        figure_chapters=tuple(
            reader.named(
                "chapter", ["review.yaml"], shapes.FigureChapterShape, shapes.FigureChapterShape.build
            ).values()
        ),
        glossary=reader.named("term", ["glossary.yaml"], shapes.GlossaryShape, shapes.GlossaryShape.build),
        content_hash=_content_hash(folder),
    )
    reforms = read_reforms(reader, vocabulary)
    synthetic = read_synthetic(reader, sources, {row.area for row in head.extra_areas})
    across = [found for found in cross_faults(country, reader.places, folder) if not _cited_by(synthetic, found)]
    faults = _told(reader.faults, across)
    if not faults:
        faults = [told for placed in reforms.values() for told in reform_faults(country, placed, reader.places, folder)]
    by_name = {name: placed.reform for name, placed in reforms.items()}
    return Reading(country, tuple(sorted(set(faults))), reader.places, by_name, synthetic)


def _cited_by(synthetic: Synthetic | None, found: Fault) -> bool:
    """Is a source that no row of the country cites one on which the synthetic register rests?"""
    cited = {source for row in synthetic.calibrations for source in row.sources} if synthetic else set()
    return found.code == "source_orphan" and dict(found.values)["source"] in cited


def _told(read: list[Fault], across: list[Fault]) -> list[Fault]:
    """The faults without those that may only follow from others: where a record could not be read, what rests on it
    is told once it can be.
    """
    causes = [found for found in read if found.code not in CONSEQUENCES]
    told = causes or read
    return told + [found for found in across if not told or found.code not in CONSEQUENCES]


def load_country(name: str) -> Country:
    """A country without faults, for doors. Raises UnreadableCountry, which names the number of faults and how to see
    them.
    """
    return load_reading(name).country


@lru_cache(maxsize=4)
def load_reading(name: str) -> Reading:
    """A country without faults, its reforms and the places of its rows. Raises UnreadableCountry."""
    folder = find_country(name)
    reading = read_country(folder)
    if reading.faults:
        first = reading.faults[0]
        raise UnreadableCountry(
            str(folder),
            "country_has_faults",
            {"folder": str(folder), "number": str(len(reading.faults)), "first": f"{first.file}:{first.line}"},
        )
    return reading


def _head(reader: Reader) -> shapes.CountryShape:
    located = reader.yaml("country.yaml")
    value = located.value if isinstance(located.value, dict) else {}
    languages = value.get("languages")
    reader.languages = (
        tuple(languages) if isinstance(languages, list) and all(isinstance(code, str) for code in languages) else ()
    )
    if not reader.languages:
        line = reader.faults[0].line if reader.faults else located.line_of(("languages",))
        raise UnreadableCountry(
            str(reader.folder), "country_file_unreadable", {"folder": str(reader.folder), "line": str(line)}
        )
    head = reader.shape(shapes.CountryShape, value, "country.yaml", located.line_of)
    if head is None:
        line = reader.faults[0].line
        raise UnreadableCountry(
            str(reader.folder), "country_file_unreadable", {"folder": str(reader.folder), "line": str(line)}
        )
    if head.holidays is not None and head.holidays not in iso_territories():
        line = located.line_of(("holidays",))
        reader.faults.append(fault("country.yaml", line, "holidays_unknown", value=head.holidays))
    return head


def _rows(
    reader: Reader, kind: str, name: str, shape: type[Any], columns: tuple[str, ...], texts: tuple[str, ...]
) -> tuple[Any, ...]:
    rows = []
    for record, line in reader.rows(name, shape, columns, texts):
        row = record.build()
        if reader.place(kind, row.name, name, line):
            rows.append(row)
    return tuple(rows)


def _codes(reader: Reader, head: shapes.CountryShape) -> tuple[dict[tuple[str, str], Text], dict[str, Text]]:
    """Words for codes by (scheme, code), and for areas outside ISO 3166."""
    named: list[tuple[str, int, tuple[str, str], Text]] = []
    for code, line in reader.records("codes.yaml", shapes.CodeShape):
        named.append(("codes.yaml", line, (code.scheme, code.code), code.name))
    for unit, line in reader.records("series/units.yaml", shapes.UnitShape):
        named.append(("series/units.yaml", line, ("unit", unit.unit), unit.name))
    for value, line in reader.records("series/dimensions.yaml", shapes.DimensionShape):
        key = ("dimension", value.dimension) if value.value is None else (f"dimension:{value.dimension}", value.value)
        named.append(("series/dimensions.yaml", line, key, value.name))
    codes: dict[tuple[str, str], Text] = {}
    for name, line, code_key, words in named:
        if code_key in codes:
            reader.faults.append(fault(name, line, "name_twice", name=":".join(code_key), first=name))
        codes[code_key] = words
    areas = {area.area: area.name for area in head.extra_areas}
    areas |= {record.area: record.name for record, _ in reader.records("series/areas.yaml", shapes.AreaShape)}
    return codes, areas


def _content_hash(folder: Path) -> str:
    """SHA-256 over the names and contents of all files of a country: two editions with one hash rest on the same
    data.
    """
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.suffix in (".yaml", ".csv", ".json")):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
