"""Numbers, groups and tables of a screened register in words: a count or the sign of a hidden one, never a blank."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

from koshiqon.render.blocks import TablePage
from koshiqon.render.register_reasons import register_reason
from koshiqon.render.register_says import REGISTER_SAYS, REGISTER_TITLES, REGISTER_WORDS
from koshiqon.render.stay_words import said
from koshiqon.render.words import Line, Run, Voice
from koshiqon.statistics.disclosure import PublishableTable
from koshiqon.statistics.tables import TOTAL, Key
from koshiqon.stay.register.groups import NOTHING, OTHER, UNKNOWN

SIGN = "x"
"""Stands for a hidden number, whatever hid it; statistical offices of the region print it so."""

_NOTHING = {"title": "title:none", "consequence": "consequence:none"}


def tell(voice: Voice, code: str, **slots: str) -> str:
    """A sentence about a register."""
    return said(voice, code, REGISTER_SAYS, **slots)


def headed(voice: Voice, code: str) -> str:
    return voice.translations.gettext(REGISTER_TITLES[code])


def named(voice: Voice, code: str) -> str:
    return voice.translations.gettext(REGISTER_WORDS[code])


def line(words: str, of: str | None = None) -> Line:
    return (Run(words, of=of),)


# --- numbers ---------------------------------------------------------------------------------------------------------


def number(voice: Voice, count: int | None, signed: bool = False) -> str:
    """A count, or the sign that it is hidden."""
    return SIGN if count is None else voice.number(count, signed=signed)


def share(voice: Voice, part: int | None, whole: int | None) -> str | None:
    """A part of a whole in percent, with one decimal below ten; None where either is hidden or there is no whole."""
    if part is None or not whole:
        return None
    percent = 100 * part / whole
    if 0 < percent < 0.05:
        return tell(voice, "percent", number=f"< {voice.number(0.1, 1)}")
    return tell(voice, "percent", number=voice.number(percent, 1 if percent < 10 else 0))


# --- groups ----------------------------------------------------------------------------------------------------------


def category(voice: Voice, dimension: str, code: str) -> str:
    """A group in words: by the country's own names where it has them."""
    if code == TOTAL:
        return named(voice, "all")
    if code == OTHER:
        return named(voice, "other")
    if code == UNKNOWN:
        return named(voice, "not_known")
    if code == NOTHING:
        return named(voice, _NOTHING.get(dimension, "none"))
    if f"{dimension}:{code}" in REGISTER_WORDS:
        return named(voice, f"{dimension}:{code}")
    return _by_country(voice, dimension, code)


def _by_country(voice: Voice, dimension: str, code: str) -> str:
    rules = voice.country.rules
    match dimension:
        case "citizenship":
            return voice.area(code)
        case "purpose":
            return voice.word("visit.purpose", code) if ("visit.purpose", code) in voice.country.codes else code
        case "title" | "consequence":
            return voice.text(rules[code].text).words.rstrip(".") if code in rules else code
        case "before" | "after" | "judged":
            return named(voice, f"certainty:{code}")
        case "entered":
            return voice.span(code)
        case "guess":
            return ", ".join(named(voice, f"kind:{part}") for part in code.split())
        case "reason":
            return register_reason(voice, code)
        case "age" | "overstay":
            return code.replace("-", "–")
    return code


# --- tables ----------------------------------------------------------------------------------------------------------


def counts_of(table: PublishableTable) -> Mapping[Key, int | None]:
    """The counts of a table by key, None where hidden."""
    return {cell.categories: cell.count for cell in table.cells}


def at(table: PublishableTable, **categories: str) -> Key:
    """The key of a cell; dimensions that are not named are summed over."""
    return tuple(categories.get(dimension.name, TOTAL) for dimension in table.dimensions)


def cell(table: PublishableTable, **categories: str) -> int | None:
    """One count, or None where it is hidden; dimensions that are not named are summed over."""
    return counts_of(table)[at(table, **categories)]


def cross_table(
    voice: Voice,
    name: str,
    title: str,
    table: PublishableTable,
    rows: tuple[str, ...],
    column: str,
    *,
    notes: tuple[str, ...] = (),
) -> TablePage:
    """A table with one dimension across and one or two down, all others summed over; rows of nothing but zeros are
    left out, the row of totals is not.
    """
    held = {dimension.name: dimension.categories for dimension in table.dimensions}
    counts = counts_of(table)
    down = [tuple(codes) for codes in product(*(held[row] for row in rows))] + [(TOTAL,) * len(rows)]
    across = (TOTAL, *held[column])
    told: list[tuple[Line, ...]] = []
    for codes in down:
        keys = [at(table, **dict(zip(rows, codes, strict=True)), **{column: code}) for code in across]
        found = [counts[key] for key in keys]
        if any(count != 0 for count in found) or codes[0] == TOTAL:
            told.append((_row_head(voice, rows, codes), *(_figure(voice, name, key, counts[key]) for key in keys)))
    heads = (named(voice, rows[0]), *(category(voice, column, code) for code in across))
    numeric = (False, *(True for _ in across))
    return TablePage(name, "", line(title), heads, tuple(told), numeric, notes=tuple(line(note) for note in notes))


def list_table(
    voice: Voice,
    name: str,
    title: str,
    table: PublishableTable,
    row: str,
    *,
    count: str = "count_stays",
    notes: tuple[str, ...] = (),
    **within: str,
) -> TablePage:
    """One dimension down and one column of counts, within given categories of the other dimensions."""
    categories = next(dimension.categories for dimension in table.dimensions if dimension.name == row)
    counts = counts_of(table)
    keys = {code: at(table, **within, **{row: code}) for code in (*categories, TOTAL)}
    rows = tuple(
        (
            line(category(voice, row, code), "total" if code == TOTAL else f"{row}:{code}"),
            _figure(voice, name, key, counts[key]),
        )
        for code, key in keys.items()
        if counts[key] != 0 or code == TOTAL
    )
    heads = (named(voice, row), named(voice, count))
    return TablePage(name, "", line(title), heads, rows, (False, True), notes=tuple(line(note) for note in notes))


def _row_head(voice: Voice, rows: tuple[str, ...], codes: tuple[str, ...]) -> Line:
    if codes[0] == TOTAL:
        return line(named(voice, "all"), "total")
    words = ", ".join(category(voice, row, code) for row, code in zip(rows, codes, strict=True))
    return line(words, ":".join(codes))


def _figure(voice: Voice, name: str, key: Key, count: int | None) -> Line:
    return line(number(voice, count), f"table:{name}:{':'.join(key)}")
