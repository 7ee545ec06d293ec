"""What changed since an earlier edition: findings that are new, gone, or have another value or wording of their
sources.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from koshiqon.evidence import OWN_READING, Basis, Confidence, Reference
from koshiqon.review.document import Asked, Chapter, Figure, Leaf, Phrase, Several, Shown, Table, Verbatim
from koshiqon.review.finding import computed

MOST_ROWS = 60

Value = float | int | str | None


@dataclass(frozen=True, slots=True)
class EarlierFinding:
    """A finding as an earlier edition's JSON has it: its value, or None with its statement."""

    name: str
    value: Value
    statement: str | None


def chapter(earlier: Mapping[str, EarlierFinding], shown: Mapping[str, Leaf], asked: Asked, edition: str) -> Chapter:
    """The chapter for an edition called `edition` by its own JSON; `shown` are today's findings by name."""
    new = [name for name in shown if name not in earlier]
    gone = [name for name in earlier if name not in shown]
    other = [
        name
        for name, leaf in shown.items()
        if name in earlier and leaf.finding.value is not None and leaf.finding.value != earlier[name].value
    ]
    numbers: dict[str, Shown] = {
        "new": _count("new", new, asked),
        "gone": _count("gone", gone, asked),
        "other": _count("other", other, asked),
        "edition": Verbatim(edition),
    }
    tables = []
    rows = tuple((Verbatim(name), Verbatim(str(earlier[name].value)), shown[name]) for name in other[:MOST_ROWS])
    if rows:
        tables.append(Table("compared_values", Phrase("table_compared_values"), ("finding", "before", "after"), rows))
    added: tuple[tuple[Shown, ...], ...] = tuple((Verbatim(name), shown[name]) for name in new[:MOST_ROWS])
    if added:
        tables.append(Table("compared_new", Phrase("table_compared_new"), ("finding", "after"), added))
    removed: tuple[tuple[Shown, ...], ...] = tuple(
        (Verbatim(name), _earlier(earlier[name])) for name in gone[:MOST_ROWS]
    )
    if removed:
        tables.append(Table("compared_gone", Phrase("table_compared_gone"), ("finding", "before"), removed))
    return Chapter("compared", (Phrase("compared", numbers),), tuple(tables))


def _earlier(finding: EarlierFinding) -> Shown:
    return Several((Verbatim((finding.statement or "") if finding.value is None else str(finding.value)),))


def _count(name: str, names: list[str], asked: Asked) -> Figure:
    own = ((Reference("edition", name), Basis((OWN_READING,), Confidence.HIGH)),)
    return computed(f"compared.{name}", len(names), "count", asked.on.isoformat(), own, "count")
