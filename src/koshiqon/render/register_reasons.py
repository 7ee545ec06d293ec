"""Why stays of a register cannot be judged, in words: the reasons that only a register has, and those of one person."""

from __future__ import annotations

from koshiqon.render.phrases import N_
from koshiqon.render.stay_words import reason_words
from koshiqon.render.words import Voice
from koshiqon.rules.judging import Reason, ReasonKind

REGISTER_REASONS: dict[str, str] = {
    "fact_missing:crossing": N_("It rests on a crossing that nobody recorded"),
    "not_modelled:paper.longest": N_("A paper lasts longer than the law allows"),
    "not_modelled:stay.titles_end": N_("Until when other grounds of the stay hold is not known"),
    "not_modelled:regime": N_("No visa-free rule is known for the citizenship on that day, or not since when"),
    "not_defined:regime": N_("Whether the total limit of days holds for this visa-free rule is not clear"),
    "sources_conflict:regime": N_("Sources differ on the visa-free rule"),
    "not_defined:penalty.decided_on": N_("Whether a penalty ends the permit or visa is not clear"),
}
"""By kind and name, as the record of a run has them."""
NOT_TOLD = N_("A register does not tell what a rule asks for: {name}")


def register_reason(voice: Voice, code: str) -> str:
    """A reason, written as its kind and its name with a colon between."""
    if code in REGISTER_REASONS:
        return voice.translations.gettext(REGISTER_REASONS[code])
    kind, _, name = code.partition(":")
    if name.startswith("register:"):
        return voice.translations.gettext(NOT_TOLD).format(name=name.removeprefix("register:"))
    return reason_words(voice, Reason(ReasonKind(kind), name))
