"""Sentences of the command that compares two laws over a register: what came of it, in a few lines."""

from __future__ import annotations

import gettext
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from koshiqon.render.numbers import numbers_of
from koshiqon.render.phrases import N_
from koshiqon.render.register_says import REGISTER_SAYS
from koshiqon.render.register_words import SIGN
from koshiqon.render.screening_words import saying
from koshiqon.render.terminal import BOLD, Screen, wrapped

SAYS: dict[str, str] = {
    "compared": N_("Compared through {on} under {reform}: stays {stays}, persons {persons}."),
    "lies_in": N_(
        "{folder}: summary-{language}.html to read, tables for tables, compared for every stay under both laws, "
        "run.json for how it was made."
    ),
}
FIGURES = ("reform_stays", "reform_persons", "reform_days", "reform_unknown_days")


def compared_in_words(
    record: Mapping[str, Any],
    figures: Mapping[str, tuple[int | None, int | None]],
    done: tuple[int, int],
    folder: str,
    language: str,
    translations: gettext.NullTranslations,
    screen: Screen,
) -> str:
    """What came of a comparison; `figures` are totals before and after by FIGURES, None where hidden, `done` the parts
    that were there before the run began, and all.
    """
    said, number = saying(translations), numbers_of(translations)

    def own(code: str, **values: object) -> str:
        return translations.gettext(SAYS[code]).format(**values)

    def shown(code: str) -> str:
        before, after = (SIGN if told is None else number(told) for told in figures[code])
        change = _change(*figures[code], number)
        return translations.gettext(REGISTER_SAYS[code]).format(before=before, after=after, difference=change)

    counts, asked = record["counts"], record["asked"]
    values = {name: number(counts.get(name, 0)) for name in ("stays", "persons")}
    first = own("compared", on=asked["on"], reform=asked["reform"]["name"], **values)
    blocks: list[Iterable[str]] = [wrapped(first, screen, "", "", BOLD)]
    blocks.append(
        [line for code in FIGURES if code in figures for line in wrapped(shown(code), screen, "  – ", "    ")]
    )
    blocks.append(wrapped(translations.gettext(REGISTER_SAYS["reform_fixed"]), screen, "", ""))
    if record["said"]["synthetic"]:
        blocks.append(wrapped(said("synthetic"), screen, "", ""))
    blocks.append(wrapped(own("lies_in", folder=folder, language=language), screen, "", ""))
    if done[0]:
        words = said("was_done") if done[0] == done[1] else said("was_begun", parts=done[0], of=done[1])
        blocks.append(wrapped(words, screen, "", ""))
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def _change(before: int | None, after: int | None, number: Callable[[int], str]) -> str:
    if before is None or after is None:
        return SIGN
    sign = "−" if after < before else "+" if after > before else ""
    return f"{sign}{number(abs(after - before))}"
