"""Cells of the law: days of one state of it, so that most stays of a register are judged by one look.

In a cell the pieces of a profile's law do not change. A stay that lies in one cell and keeps to the limits of the first
title that surely holds there is lawful, whatever other titles may say; all others are a question for the pieces.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from koshiqon.rules.judging import Reason, Unknown
from koshiqon.rules.rule import Rule
from koshiqon.stay.consequences import window_of
from koshiqon.stay.limit_titles import GENERAL
from koshiqon.stay.matter import Matter, rows_about
from koshiqon.stay.pieces import edges
from koshiqon.stay.presence import LAST
from koshiqon.stay.register.law import EPOCH, FAR, Cell, Cut, Grace, Line, Piece, Valid
from koshiqon.stay.register.law_pieces import Began, number_of
from koshiqon.stay.timeline import Timeline, outcome_on

Part = Piece | Valid | Cut | Grace


def cells_of(
    parts: Sequence[tuple[Line, Part]],
    held: Mapping[str, Timeline],
    titles: Sequence[str],
    later: Sequence[Rule],
    matter: Matter,
    began: Began,
) -> Iterator[tuple[Line | None, Cell]]:
    """The cells of stays that began on the days `began`; `held` says when each title's condition holds."""
    whole: tuple[Line | None, Cell] | None = None
    for line, cell in _cells(parts, held, titles, later, matter, began):
        if whole is not None and whole == (line, replace(cell, first=whole[1].first, last=whole[1].last)):
            whole = line, replace(cell, first=whole[1].first)
            continue
        if whole is not None:
            yield whole
        whole = line, cell
    if whole is not None:
        yield whole


def _cells(
    parts: Sequence[tuple[Line, Part]],
    held: Mapping[str, Timeline],
    titles: Sequence[str],
    later: Sequence[Rule],
    matter: Matter,
    began: Began,
) -> Iterator[tuple[Line | None, Cell]]:
    pieces = [(line, part) for line, part in parts if isinstance(part, Piece)]
    graces = [part for _, part in parts if isinstance(part, Grace)]
    ends = [part for _, part in parts if isinstance(part, Cut)]
    shown = tuple(dict.fromkeys(line.rule for line, _ in pieces if line.rule in held))
    for first, last in pairwise(_firsts(pieces, graces, ends, held, shown, later, matter, began)):
        here = [(line, piece) for line, piece in pieces if piece.first <= first <= piece.last]
        waits = any(rule.period.contains(_day(first)) is not False for rule in later)
        event = any(part.first <= first <= part.last for part in graces) or any(cut.first <= first for cut in ends)
        kind, line, piece = _kind(here)
        speak = {line.rule for line, _ in here}
        vague = [part.reasons for _, part in here if kind == "unknown"]
        cell = Cell(
            began=(number_of(began[0]), number_of(began[1])),
            first=first,
            last=FAR if last > FAR else last - 1,
            kind="open" if event or (waits and kind == "unlawful") else kind,
            line=None,
            per_entry=None if piece is None else piece.per_entry,
            bound=None if piece is None else piece.bound,
            held=_mask(held, speak, titles, first, True),
            unknown=_mask(held, speak, titles, first, False),
            window=window_of(matter, _day(first)),
            reasons=frozenset[Reason]().union(*vague),
        )
        yield line, cell


def _kind(here: Sequence[tuple[Line, Piece]]) -> tuple[str, Line | None, Piece | None]:
    """What a stay within the limits of one piece is: lawful by the first that is sure, or unknown by the widest."""
    for line, piece in here:
        if piece.sure:
            return "limited", line, piece
    if not here:
        return "unlawful", None, None
    line, piece = min(here, key=lambda one: (one[1].per_entry is not None, one[1].bound is not None))
    return "unknown", line, piece


def _firsts(
    pieces: Sequence[tuple[Line, Piece]],
    graces: Sequence[Grace],
    cuts: Sequence[Cut],
    held: Mapping[str, Timeline],
    shown: Sequence[str],
    later: Sequence[Rule],
    matter: Matter,
    began: Began,
) -> list[int]:
    """The first days of the cells, and one beyond the last."""
    days = {day for _, piece in pieces for day in (piece.first, piece.last + 1)}
    days |= {day for grace in graces for day in (grace.first, grace.last + 1)} | {cut.first for cut in cuts}
    days |= {number_of(run.first) for name in shown for run in held[name]}
    rows = (*rows_about(matter.case.citizenship, matter), *rows_about(GENERAL, matter))
    for period in (*(row.period for row in rows), *(rule.period for rule in later)):
        for edge in edges(period):
            days |= {edge.toordinal() - EPOCH, min(edge.toordinal() + 1, LAST) - EPOCH}
    return sorted({number_of(began[0]), *(day for day in days if number_of(began[0]) < day < FAR), FAR + 1})


def _mask(held: Mapping[str, Timeline], speak: set[str], titles: Sequence[str], day: int, sure: bool) -> int:
    """The titles, of those that speak of the stay on a day, whose condition holds then (`sure`), or is unknown."""
    mask = 0
    for bit, name in enumerate(titles):
        if name in speak and name in held:
            outcome = outcome_on(held[name], day + EPOCH)
            mask |= (outcome is True if sure else isinstance(outcome, Unknown)) << bit
    return mask


def _day(number: int) -> date:
    return date.fromordinal(number + EPOCH)
