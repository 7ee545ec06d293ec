"""What was made when a synthetic register was made: its tables, what was spoilt, what the numbers rest on."""

from __future__ import annotations

import gettext
from collections.abc import Iterator, Mapping, Sequence

from koshiqon.language import Text
from koshiqon.render.numbers import numbers_of
from koshiqon.render.phrases import N_
from koshiqon.render.terminal import BOLD, QUIET, Screen, wrapped

SAYS: dict[str, str] = {
    "made": N_("A synthetic register is in {folder}: persons {persons}, days from {since} to {until}."),
    "synthetic": N_(
        "It is synthetic: nobody in it lives, and no figure of it says anything about real people. It shows whether a "
        "method works."
    ),
    "tables": N_("Rows by table"),
    "faults": N_(
        "Spoilt on purpose; which rows, and what is true instead, stands in the tables whose names begin with truth"
    ),
    "spoilt": N_("{number} of {of}"),
    "published": N_("Calibrated to figures that were published"),
    "assumed": N_("Assumed, because nothing was published"),
    "sources": N_("Sources: {sources}"),
    "making": N_("Making the register"),
}

TABLES: dict[str, str] = {
    "crossings": N_("crossings of the border"),
    "permits": N_("permits"),
    "permit-penalties": N_("penalties"),
    "permit-documents": N_("two passports of one person, as far as the register knows"),
    "truth-documents": N_("two passports of one person, all of them (truth)"),
    "truth-faults": N_("what was spoilt (truth)"),
    "truth-stays": N_("stays as they were (truth)"),
}

FAULT_KINDS: dict[str, str] = {
    "missing_exit": N_("exit not recorded"),
    "missing_entry": N_("entry not recorded"),
    "overlap": N_("exit recorded after the next entry"),
    "exit_before_entry": N_("exit recorded before its entry"),
    "duplicate": N_("crossing recorded twice"),
    "unknown_citizenship": N_("citizenship not recorded"),
    "impossible_date": N_("impossible date"),
    "same_day_turn": N_("out and in again on one day (no fault)"),
}

Calibration = tuple[str, str, Sequence[str], Text]
"""Name, basis (`published` or `assumed`), sources, and what it rests on."""


def made_in_words(
    asked: Mapping[str, str],
    rows: Mapping[str, int],
    faults: Mapping[str, tuple[int, int]],
    calibrations: Sequence[Calibration],
    language: str,
    translations: gettext.NullTranslations,
    screen: Screen,
) -> str:
    """All of it as text that ends with a line break. `asked` holds persons, since, until and folder; `faults` by kind
    how many there are and of how many.
    """
    said = translations.gettext
    number = numbers_of(translations)
    persons = number(int(asked["persons"]))
    spoilt = {
        kind: said(SAYS["spoilt"]).format(number=number(some), of=number(of)) for kind, (some, of) in faults.items()
    }
    blocks: list[Iterator[str]] = [
        wrapped(said(SAYS["made"]).format(**{**asked, "persons": persons}), screen, "", "", BOLD),
        wrapped(said(SAYS["synthetic"]), screen, "", ""),
        _table(said(SAYS["tables"]), {said(TABLES[name]): number(of) for name, of in rows.items()}, screen),
        _table(said(SAYS["faults"]), {said(FAULT_KINDS[kind]): words for kind, words in spoilt.items()}, screen),
    ]
    for basis in ("published", "assumed"):
        chosen = [row for row in calibrations if row[1] == basis]
        blocks.append(_resting(said(SAYS[basis]), chosen, language, translations, screen))
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def _table(title: str, rows: Mapping[str, str], screen: Screen) -> Iterator[str]:
    yield from wrapped(title, screen, "", "", BOLD)
    margin = max((len(name) for name in rows), default=0) + 2
    widest = max((len(value) for value in rows.values()), default=0)
    for name, value in rows.items():
        yield f"  {name:<{margin}}{value:>{widest}}"


def _resting(
    title: str, rows: Sequence[Calibration], language: str, translations: gettext.NullTranslations, screen: Screen
) -> Iterator[str]:
    yield screen.painted(title, BOLD)
    for name, _, sources, text in rows:
        yield from wrapped(f"{name}: {text.choose(language).words}", screen, "  – ", "    ")
        named = translations.gettext(SAYS["sources"]).format(sources=", ".join(sources))
        yield from wrapped(named, screen, "      ", "        ", QUIET)
