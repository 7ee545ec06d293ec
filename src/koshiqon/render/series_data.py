"""Figures as data: the CSV of the country's own files (RFC 4180, UTF-8), and JSON with what is needed to use them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import Any

from koshiqon.country import Country
from koshiqon.language import Text
from koshiqon.render.series_page import data_sets_of
from koshiqon.trends.series import OBSERVATION_COLUMNS, DataSet, Indicator, Observation

SCHEMA = "koshiqon-series/1"


def series_csv(rows: Iterable[Observation]) -> str:
    """Figures in the columns of docs/reference/country-files.md, a line each."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(OBSERVATION_COLUMNS)
    for row in rows:
        basis = row.basis
        writer.writerow(
            (
                row.indicator,
                row.area,
                row.counterpart,
                row.sex,
                row.age,
                row.period,
                ";".join(f"{dimension}={code}" for dimension, code in row.dimensions),
                number(row.value),
                row.unit,
                row.status,
                " ".join(basis.sources),
                basis.confidence.value,
                " ".join(map(str, basis.conflicts_with)),
                row.remark or "",
            )
        )
    return stream.getvalue()


def number(value: float) -> float | int:
    """A value without a needless fraction."""
    return int(value) if value.is_integer() else value


def series_json(country: Country, indicator: Indicator, rows: Sequence[Observation]) -> dict[str, Any]:
    """Figures with what they count, who made them under which licence, and the edition they are of."""
    names = dict.fromkeys(name for row in rows for name in row.basis.sources)
    sources = {name: country.sources[name] for name in names if name in country.sources}
    remarks = dict.fromkeys(row.remark for row in rows if row.remark is not None)
    return {
        "schema": SCHEMA,
        "country": country.code,
        "country_version": country.version,
        "country_hash": country.content_hash,
        "indicator": {
            "name": indicator.name,
            "title": _texts(indicator.title),
            "counts": _texts(indicator.counts),
            "kind": indicator.kind,
            "direction": indicator.direction,
            "unit": indicator.unit,
            "cautions": [_texts(caution) for caution in indicator.cautions],
            "breaks": [{"at": entry.at, "text": _texts(entry.text)} for entry in indicator.breaks],
        },
        "data_sets": [_data_set(entry) for entry in data_sets_of(country, rows)],
        "sources": {
            name: {"title": source.title, "publisher": source.publisher, "url": source.url}
            for name, source in sources.items()
        },
        "remarks": {name: _texts(country.remarks[name]) for name in remarks if name in country.remarks},
        "observations": [_observation(row) for row in rows],
    }


def series_json_text(country: Country, indicator: Indicator, rows: Sequence[Observation]) -> str:
    """The same as text."""
    return json.dumps(series_json(country, indicator, rows), ensure_ascii=False)


def _texts(text: Text) -> dict[str, str]:
    return dict(text.by_language)


def _data_set(entry: DataSet) -> dict[str, str | None]:
    return {
        "name": entry.name,
        "title": entry.title,
        "producer": entry.producer,
        "licence": entry.licence,
        "licence_url": entry.licence_url,
        "citation": entry.citation,
        "date": entry.dated,
    }


def _observation(row: Observation) -> dict[str, Any]:
    return {
        "counterpart": row.counterpart,
        "sex": row.sex,
        "age": row.age,
        "period": row.period,
        "dimensions": dict(row.dimensions),
        "value": number(row.value),
        "status": row.status,
        "sources": list(row.basis.sources),
        "confidence": row.basis.confidence.value,
        "conflicts_with": [str(reference) for reference in row.basis.conflicts_with],
        "remark": row.remark,
    }
