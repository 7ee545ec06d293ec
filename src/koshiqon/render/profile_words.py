"""What a register holds, in words: counts by what is missing, marked, set aside; and as plain values for JSON."""

from __future__ import annotations

import gettext
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from koshiqon.render.numbers import numbers_of
from koshiqon.render.phrases import N_
from koshiqon.render.register_says import REGISTER_WORDS
from koshiqon.render.terminal import BOLD, Screen, wrapped

SAYS: dict[str, str] = {
    "checking": N_("Looking into the register"),
    "rows": N_("Rows {rows}, files {files}, persons {persons}; days from {first} to {last}."),
    "linked": N_("Passports that are known to belong to somebody who has another one: {linked}."),
    "stays": N_("They make {stays} stays; without exit {open}, resting on a guess {derived}."),
    "missing": N_("Missing in rows that can be used"),
    "marks": N_("What is to be said of rows"),
    "not_understood": N_("Not understood, by column"),
    "others": N_("others, each in fewer than {least} rows"),
    "side_tables": N_("Tables beside"),
    "side": N_("{coverage}; rows {rows}, left out because they cannot be read {left_out}"),
    "open_question": N_(
        "A person who is in no table of permits that is partial or absent is unknown, not without a permit."
    ),
    "nothing_lost": N_(
        "Nothing is thrown away: a run keeps every row, in a stay, in the list of duplicates or in quarantine."
    ),
    "synthetic": N_("The register is synthetic."),
}

THINGS: dict[str, str] = {
    "citizenship": N_("citizenship"),
    "purpose": N_("purpose"),
    "sex": N_("sex"),
    "birth_year": N_("year of birth"),
    "direction": N_("direction"),
    "permits": N_("permits"),
    "penalties": N_("penalties"),
    "links": N_("linked passports"),
}

COVERAGE: dict[str, str] = {
    "complete": N_("declared complete"),
    "partial": N_("declared partial"),
    "absent": N_("not there"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of a register: counts of `rows`, `files`, `persons`, `linked`, `usable`, `stays`, `open`, `derived`;
    rows lacking a thing; rows by kind of mark and what became of them; values that mean nothing, by column, with the
    rows of all others under None; of each table beside its coverage, rows, and rows left out.
    """

    counts: Mapping[str, int]
    days: tuple[date | None, date | None]
    missing: Mapping[str, int]
    marks: Mapping[tuple[str, str], int]
    not_understood: Mapping[str, Sequence[tuple[str | None, int]]]
    sides: Mapping[str, tuple[str, int, int]]
    least: int
    synthetic: bool


def profile_data(told: Told) -> dict[str, object]:
    """The same as values for JSON; the manual of its keys is docs/how-to/register.md."""
    first, last = told.days
    return {
        **told.counts,
        "first_day": None if first is None else first.isoformat(),
        "last_day": None if last is None else last.isoformat(),
        "missing": dict(told.missing),
        "marks": [{"kind": kind, "outcome": outcome, "rows": rows} for (kind, outcome), rows in told.marks.items()],
        "not_understood": {
            column: [{"value": value, "rows": rows} for value, rows in values]
            for column, values in told.not_understood.items()
        },
        "side_tables": {
            name: {"coverage": coverage, "rows": rows, "left_out": left_out}
            for name, (coverage, rows, left_out) in told.sides.items()
        },
        "synthetic": told.synthetic,
    }


def profile_in_words(told: Told, translations: gettext.NullTranslations, screen: Screen) -> str:
    """All of it as text that ends with a line break."""
    said, number = translations.gettext, numbers_of(translations)
    values = {name: number(count) for name, count in told.counts.items()}
    days = {"first": str(told.days[0] or "?"), "last": str(told.days[1] or "?")}
    blocks = [wrapped(said(SAYS["rows"]).format(**values, **days), screen, "", "", BOLD)]
    if told.counts["linked"]:
        blocks.append(wrapped(said(SAYS["linked"]).format(**values), screen, "", ""))
    blocks.append(wrapped(said(SAYS["stays"]).format(**values), screen, "", ""))
    usable = told.counts["usable"]
    missing = [(said(THINGS[name]), _of(rows, usable, translations)) for name, rows in told.missing.items()]
    blocks.append(_table(said(SAYS["missing"]), missing, screen))
    marks = [
        (f"{said(REGISTER_WORDS[f'kind:{kind}'])} ({said(REGISTER_WORDS[f'outcome:{outcome}'])})", rows)
        for (kind, outcome), rows in told.marks.items()
    ]
    shares = [(words, _of(rows, told.counts["rows"], translations)) for words, rows in marks]
    blocks.append(_table(said(SAYS["marks"]), shares, screen))
    if told.not_understood:
        blocks.append(_table(said(SAYS["not_understood"]), list(_strange(told, translations)), screen))
    blocks += _beside(told, translations, screen)
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def _beside(told: Told, translations: gettext.NullTranslations, screen: Screen) -> Iterator[Iterator[str]]:
    said, number = translations.gettext, numbers_of(translations)
    rows = [
        (said(THINGS[name]), said(SAYS["side"]).format(
            coverage=said(COVERAGE[coverage]), rows=number(count), left_out=number(left_out)
        ))
        for name, (coverage, count, left_out) in told.sides.items()
    ]  # fmt: skip
    yield _table(said(SAYS["side_tables"]), rows, screen)
    for code in ("open_question", "nothing_lost", *(["synthetic"] if told.synthetic else [])):
        yield wrapped(said(SAYS[code]), screen, "", "")


def _strange(told: Told, translations: gettext.NullTranslations) -> Iterator[tuple[str, str]]:
    said, number = translations.gettext, numbers_of(translations)
    for column, values in told.not_understood.items():
        for value, rows in values:
            name = said(SAYS["others"]).format(least=told.least) if value is None else f"«{value}»"
            yield f"{said(THINGS[column])}: {name}", number(rows)


def _of(part: int, whole: int, translations: gettext.NullTranslations) -> str:
    """A count with its share in percent."""
    percent = 100 * part / whole if whole else 0.0
    return f"{numbers_of(translations)(part)} ({percent:.1f} %)" if part else "0"


def _table(title: str, rows: Sequence[tuple[str, str]], screen: Screen) -> Iterator[str]:
    yield from wrapped(title, screen, "", "", BOLD)
    margin = max((len(name) for name, _ in rows), default=0) + 2
    for name, value in rows:
        yield f"  {name:<{margin}}{value}"
