"""Why something cannot be told, as a document shows it: the reason, and the row, question or rule that it speaks of."""

from __future__ import annotations

from collections.abc import Iterable

from koshiqon.country import Country
from koshiqon.evidence import Reference
from koshiqon.review.document import Missing, Phrase, Quoted, Several, Shown, Verbatim, Word
from koshiqon.rules.judging import Reason, ReasonKind, Unknown

DOUBTS: dict[ReasonKind, str] = {
    ReasonKind.FACT_MISSING: "doubt_fact",
    ReasonKind.OFFICER_DECIDES: "doubt_officer",
    ReasonKind.NOT_DEFINED: "doubt_not_defined",
    ReasonKind.NOT_MODELLED: "doubt_not_modelled",
    ReasonKind.SOURCES_CONFLICT: "doubt_conflict",
}


def doubts(told: Unknown | Iterable[Reason], country: Country) -> Shown:
    """Every reason once, in order; that no row speaks of a citizenship is no news where a row may."""
    reasons = set(told.reasons if isinstance(told, Unknown) else told)
    of_rows = {reason for reason in reasons if reason.name.startswith("regime:") and "/" in reason.name}
    if of_rows:
        reasons = {reason for reason in reasons if not reason.name.startswith("regime:")} | of_rows
    shown: list[Shown] = []
    for doubt in (_doubt(reason, country) for reason in sorted(reasons)):
        if doubt not in shown:
            shown.append(doubt)
    return shown[0] if len(shown) == 1 else Several(tuple(shown))


def _doubt(reason: Reason, country: Country) -> Shown:
    kind, _, name = reason.name.partition(":")
    if kind == "regime" and "/" not in name:
        return Missing("no_rule_known")
    if kind == "regime":
        return _of_regime(reason, name, country)
    return Phrase(DOUBTS[reason.kind], {"name": _named(reason.name, country)})


def _of_regime(reason: Reason, name: str, country: Country) -> Shown:
    """What is not known of a row of the regimes: when it began or ended, its days, its window."""
    row = next(row for row in country.regimes if row.name == name)
    if reason.kind is ReasonKind.SOURCES_CONFLICT:
        return Word("label", "sources_differ")
    if reason.kind is ReasonKind.NOT_DEFINED:
        return Missing("days_not_known" if row.limit.per_entry is None else "window_not_known")
    return Word("label", "start_not_known" if row.period.until is None else "term_not_known")


def _named(name: str, country: Country) -> Shown:
    kind, _, rest = name.partition(":")
    if name in country.facts:
        return Quoted(country.facts[name].question, Reference("fact", name))
    if name in country.parameters:
        return Quoted(country.parameters[name].label, Reference("parameter", name))
    if kind == "rule" and rest in country.rules:
        return Quoted(country.rules[rest].text, Reference(kind, rest))
    return Word("reason", name) if ("reason", name) in country.codes else Verbatim(name)
