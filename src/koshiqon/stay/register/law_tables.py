"""The law of a register as tables that any engine can hold: names, types and rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from koshiqon.rules.judging import Reason
from koshiqon.stay.register.law import EVENTS, Cell, ProfileLaw, RegisterLaw
from koshiqon.stay.register.law_reasons import general

KINDS = ("open", "limited", "unknown", "unlawful")
"""Kinds of cells; a code is a place here."""

Value = int | str | None


@dataclass(frozen=True, slots=True)
class LawTable:
    """A small table: its columns with SQL types that DuckDB and Spark share, and its rows."""

    name: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[tuple[Value, ...], ...]


def law_tables(law: RegisterLaw) -> tuple[LawTable, ...]:
    """The law as tables, under the names that the steps of judging read."""
    laws = list(enumerate(law.laws))
    return (
        _table("law_classes", "profile penalised class", _classes(law)),
        _table(
            "law_cells",
            "class began_first began_last first last kind line per_entry window_days in_window"
            " held:b unknown:b measured reasons:b",
            ((at, *_cell(cell, law)) for at, one in laws for cell in one.cells),
        ),
        _table(
            "law_pieces",
            "class line began_first began_last first last sure per_entry bound reasons:b",
            ((at, *row) for at, one in laws for row in _pieces(one, law)),
        ),
        _table(
            "law_valid",
            "class line began_first began_last kind:s first last sure outside longest reasons:b",
            (
                (
                    *(at, v.line, *v.began, v.kind, v.first, v.last),
                    *(int(v.sure), int(v.outside), v.longest, _mask(v.reasons, law)),
                )
                for at, one in laws
                for v in one.valid
            ),
        ),
        _table(
            "law_cuts",
            "class line began_first began_last event term first surely",
            (
                (at, c.line, *c.began, EVENTS.index(c.event), c.term, c.first, int(c.surely))
                for at, one in laws
                for c in one.cuts
            ),
        ),
        _table(
            "law_graces",
            "class line began_first began_last event term first last sure reasons:b",
            (
                (
                    at,
                    g.line,
                    *g.began,
                    EVENTS.index(g.event),
                    g.term,
                    g.first,
                    g.last,
                    int(g.sure),
                    _mask(g.reasons, law),
                )
                for at, one in laws
                for g in one.graces
            ),
        ),
        _table(
            "law_terms",
            "term day last",
            ((term, day, last) for term, ends in enumerate(law.terms) for day, last in ends.items()),
        ),
        _table("law_lines", "line title:s regime:s bit:b", _lines(law)),
        _table(
            "law_bands", "rule:s first last least most", ((b.rule, b.first, b.last, b.least, b.most) for b in law.bands)
        ),
        _table("law_days", "day", ((day,) for day in _days(law))),
    )


_TYPES = {"": "INTEGER", "b": "BIGINT", "s": "STRING"}


def _table(name: str, columns: str, rows: Iterable[tuple[Value, ...]]) -> LawTable:
    parts = [column.partition(":") for column in columns.split()]
    return LawTable(name, tuple((column, _TYPES[kind]) for column, _, kind in parts), tuple(rows))


def _classes(law: RegisterLaw) -> Iterator[tuple[int, int, int]]:
    for profile, pair in enumerate(law.classes):
        for penalised, at in enumerate(pair):
            yield profile, penalised, at


def _cell(cell: Cell, law: RegisterLaw) -> tuple[Value, ...]:
    bound = cell.bound
    return (
        *cell.began,
        cell.first,
        cell.last,
        KINDS.index(cell.kind),
        cell.line,
        cell.per_entry,
        bound.window if bound else None,
        bound.in_window if bound else None,
        cell.held,
        cell.unknown,
        cell.window,
        _mask(cell.reasons, law),
    )


def _pieces(one: ProfileLaw, law: RegisterLaw) -> Iterator[tuple[Value, ...]]:
    for piece in one.pieces:
        bound = None if piece.bound is None else law.bounds.index(piece.bound)
        days = (*piece.began, piece.first, piece.last)
        yield piece.line, *days, int(piece.sure), piece.per_entry, bound, _mask(piece.reasons, law)


def _lines(law: RegisterLaw) -> Iterator[tuple[Value, ...]]:
    for number, line in enumerate(law.lines):
        bit = 1 << law.titles.index(line.rule) if line.rule else 0
        yield number, line.rule or None, line.row, bit


def _days(law: RegisterLaw) -> range:
    """Every day on which a stay may have begun."""
    return range(law.first_day, law.last_day + 1)


def _mask(reasons: Iterable[Reason], law: RegisterLaw) -> int:
    mask = 0
    for reason in reasons:
        mask |= 1 << law.reasons.index(general(reason))
    return mask


def reason_bit(law: RegisterLaw, reason: Reason) -> int:
    """The bit of a reason in masks of reasons."""
    return _mask([reason], law)
