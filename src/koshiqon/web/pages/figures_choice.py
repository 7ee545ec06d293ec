"""What somebody chose to see of a series, read from the address of the page and written back into it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from koshiqon.trends.choice import Chosen, Wish

MOST_NAMED, LONGEST = 40, 80
"""Names taken of one wish, letters of one name."""


def wish_of(query: QueryParams) -> Wish:
    """The wish in an address: show, each, line, beside, from, to. What is no year counts as none asked."""
    return Wish(
        query.get("show", "")[:LONGEST],
        query.get("each", "")[:LONGEST],
        _names(query.getlist("line")),
        _names(query.getlist("beside")),
        _year(query.get("from", "")),
        _year(query.get("to", "")),
    )


def _names(given: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name[:LONGEST] for name in given if name))[:MOST_NAMED]


def _year(given: str) -> int | None:
    return int(given) if len(given) == 4 and given.isascii() and given.isdigit() else None


def unread_years(query: QueryParams) -> tuple[str, ...]:
    """What stands where a year should, and is none."""
    return tuple(query.get(name, "")[:LONGEST] for name in ("from", "to") if query.get(name) and not _year(query[name]))


def address(wish: Wish, **changed: object) -> str:
    """The query that asks for a wish, with some of it changed; empty where it asks for nothing."""
    named: Mapping[str, object] = {
        "show": wish.show,
        "each": wish.each,
        "line": wish.line,
        "beside": wish.beside,
        "from": wish.first,
        "to": wish.last,
    }
    given = {name: value for name, value in {**named, **changed}.items() if value}
    return f"?{urlencode(given, doseq=True)}" if given else ""


def kept(wish: Wish, chosen: Chosen) -> Wish:
    """The part of a wish that was followed and is not the usual: what a lasting address of the page has to say."""
    usual = chosen.usual.code
    codes = {line.code for line in chosen.available}
    beside = {indicator.name for indicator in chosen.beside}
    years = not any(name == "years" for name, _ in chosen.unmet)
    return Wish(
        chosen.way.code if chosen.way.code != usual else "",
        chosen.grain if chosen.grain != chosen.grains[0] else "",
        tuple(code for code in wish.line if code in codes),
        tuple(name for name in wish.beside if name in beside),
        wish.first if years else None,
        wish.last if years else None,
    )
