"""The review as JSON: every finding with its value or statement, its sources, and the rows it rests on; then the text
by chapter.
"""

from __future__ import annotations

import json
from typing import Any

from koshiqon.evidence import Finding
from koshiqon.language import Text
from koshiqon.render.blocks import (
    BlockPage,
    BoxPage,
    CalendarPage,
    ChartPage,
    ParagraphPage,
    PointsPage,
    ReviewPage,
    TablePage,
)
from koshiqon.render.words import plain

SCHEMA = "koshiqon-review/1"


def render_json(page: ReviewPage) -> str:
    """The document as JSON text, keys in a fixed order."""
    return json.dumps(as_data(page), ensure_ascii=False, indent=1)


def as_data(page: ReviewPage) -> dict[str, Any]:
    country = page.voice.country
    cited = dict.fromkeys(source for finding in page.findings for source in finding.sources)
    return {
        "schema": SCHEMA,
        "language": page.language,
        "country": country.code,
        "country_version": country.version,
        "country_hash": country.content_hash,
        "edition": dict(page.colophon),
        "findings": [_finding(finding, page) for finding in page.findings],
        "chapters": [
            {
                "name": chapter.anchor,
                "title": chapter.title,
                "opening": [plain(line) for line in chapter.opening],
                "blocks": [_block(block) for block in chapter.blocks],
                "sections": [
                    {
                        "name": section.anchor,
                        "title": section.title,
                        "blocks": [_block(block) for block in section.blocks],
                    }
                    for section in chapter.sections
                ],
            }
            for chapter in page.chapters
        ],
        "sources": {
            name: {
                "title": source.title,
                "publisher": source.publisher,
                "url": source.url,
                "kind": source.kind,
                "language": source.language,
                "published": source.published.text if source.published else None,
            }
            for name in cited
            if (source := country.sources.get(name)) is not None
        },
    }


def _finding(finding: Finding, page: ReviewPage) -> dict[str, Any]:
    said = (
        {"value": finding.value, "unit": finding.unit}
        if finding.value is not None
        else {"statement": _statement(finding, page)}
    )
    return {
        "name": finding.name,
        **said,
        "on": finding.on,
        "sources": list(finding.sources),
        "confidence": str(finding.confidence),
        "rests_on": [str(reference) for reference in finding.rests_on],
        "rule": finding.rule,
        "conflicts": list(finding.conflicts),
    }


def _statement(finding: Finding, page: ReviewPage) -> str:
    text = page.statements.get(finding.name)
    return text.choose(page.language).words if isinstance(text, Text) else ""


def _block(block: BlockPage) -> dict[str, Any]:
    match block:
        case ParagraphPage():
            return {"kind": "paragraph", "text": plain(block.line)}
        case PointsPage(points):
            return {"kind": "points", "points": [plain(point) for point in points]}
        case BoxPage():
            return {
                "kind": block.kind,
                "lines": [plain(line) for line in block.lines],
                "sides": [plain(side) for side in block.sides],
            }
        case TablePage():
            return _table(block)
        case ChartPage():
            return {
                "kind": "chart",
                "number": block.number,
                "title": plain(block.title),
                "measured": plain(block.subtitle),
                "data": _table(block.data),
            }
        case CalendarPage():
            return {
                "kind": "calendar",
                "number": block.number,
                "title": plain(block.title),
                "measured": plain(block.subtitle),
                "drawn": [{"reading": strip.heading, "days": strip.description} for strip in block.strips],
                "data": _table(block.table),
            }


def _table(table: TablePage) -> dict[str, Any]:
    return {
        "kind": "table",
        "name": table.name,
        "number": table.number,
        "title": plain(table.title),
        "heads": list(table.heads),
        "rows": [[plain(cell) for cell in row] for row in table.rows],
    }
