"""Sentences of the commands that screen a register: how far they are, and what came of it."""

from __future__ import annotations

import gettext
from collections.abc import Iterator, Mapping
from typing import Protocol

from koshiqon.render.numbers import clock, numbers_of
from koshiqon.render.phrases import N_
from koshiqon.render.terminal import BOLD, Screen, wrapped

SAYS: dict[str, str] = {
    "pace": N_("{rate} a second, {left} left"),
    "hashing": N_("Looking at the files"),
    "reading": N_("Reading the register"),
    "screening": N_("Judging stays"),
    "publishing": N_("Making the tables"),
    "judged": N_("Judged through {on}: stays {stays}, persons {persons}."),
    "only_where": N_("Only stays for which this holds are among them: {where}"),
    "nobody": N_("No stay is judged: there is none that the question concerns."),
    "surely_over": N_("Longer than allowed for sure: stays {stays}, persons {persons}"),
    "surely_lawful": N_("Lawful for sure: stays {stays}"),
    "not_known": N_("Not known, because a fact or a rule is not: stays {stays}"),
    "derived": N_(
        "Of all these, resting on a guess, because a crossing was recorded badly or not at all: stays {stays}"
    ),
    "rows": N_(
        "Rows of the register: {rows}. In stays {kept}, recorded twice {duplicates}, not usable {quarantined}; all are "
        "accounted for."
    ),
    "synthetic": N_("The register is synthetic: none of this says anything about real people."),
    "held_fixed": N_(
        "A figure of unlawful stays is no figure of people who are in the country: a crossing that nobody recorded "
        "looks like a stay that never ended."
    ),
    "lies_in": N_(
        "{folder}: summary-{language}.html to read, tables for tables, stays for every stay, run.json for "
        "how it was made."
    ),
    "was_done": N_("All of it had been done before; nothing was computed again."),
    "was_begun": N_("Parts that had been done before: {parts} of {of}."),
}


class Saying(Protocol):
    """A sentence by its code, with its values."""

    def __call__(self, code: str, **values: object) -> str: ...


def saying(translations: gettext.NullTranslations) -> Saying:
    """The sentences of this module in one language."""
    return lambda code, **values: translations.gettext(SAYS[code]).format(**values)


def pace_in_words(rate: float, seconds_left: float, translations: gettext.NullTranslations) -> str:
    """How many a second, and how long it still takes."""
    number = numbers_of(translations)
    return translations.gettext(SAYS["pace"]).format(rate=number(round(rate)), left=clock(seconds_left))


def screened_in_words(
    record: Mapping[str, object],
    counts: Mapping[str, int],
    done: tuple[int, int],
    folder: str,
    language: str,
    translations: gettext.NullTranslations,
    screen: Screen,
) -> str:
    """What came of a run in a few lines that end with a line break. `done` are the parts that were there before it
    began, and all.
    """
    said = saying(translations)
    number = numbers_of(translations)
    number_of = {name: number(counts.get(name, 0)) for name in COUNTED}
    kept = number(counts.get("entries", 0) + counts.get("exits", 0))
    asked = record["asked"]
    assert isinstance(asked, Mapping)
    first = said("judged", on=asked["on"], **number_of) if counts.get("stays") else said("nobody")
    blocks = [wrapped(first, screen, "", "", BOLD)]
    if asked.get("where"):
        blocks.append(wrapped(said("only_where", where=asked["where"]), screen, "", ""))
    if counts.get("stays"):
        blocks.append(_certainties(number_of, said, screen))
    blocks.append(wrapped(said("rows", kept=kept, **number_of), screen, "", ""))
    told = record["said"]
    synthetic = isinstance(told, Mapping) and bool(told.get("synthetic"))
    blocks.append(wrapped(said("synthetic" if synthetic else "held_fixed"), screen, "", ""))
    blocks.append(wrapped(said("lies_in", folder=folder, language=language), screen, "", ""))
    if done[0]:
        words = said("was_done") if done[0] == done[1] else said("was_begun", parts=done[0], of=done[1])
        blocks.append(wrapped(words, screen, "", ""))
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


COUNTED = (
    "rows",
    "duplicates",
    "quarantined",
    "stays",
    "persons",
    "stays_yes",
    "persons_yes",
    "stays_no",
    "stays_unknown",
    "stays_derived",
)
"""The counts that the summary tells."""


def _certainties(number_of: Mapping[str, str], said: Saying, screen: Screen) -> Iterator[str]:
    yield from wrapped(
        said("surely_over", stays=number_of["stays_yes"], persons=number_of["persons_yes"]), screen, "  – ", "    "
    )
    for code, name in (("surely_lawful", "stays_no"), ("not_known", "stays_unknown"), ("derived", "stays_derived")):
        yield from wrapped(said(code, stays=number_of[name]), screen, "  – ", "    ")
