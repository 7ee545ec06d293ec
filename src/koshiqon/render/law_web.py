"""What pages about the law show beside the sentences of render/law_days.py: acts by kind, the visa-free table, numbered
sources, names of rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from koshiqon.evidence import Confidence, Practice, ProvisionId, Reference, parse_provision
from koshiqon.law.regimes import Limit, Regime
from koshiqon.period import PartialDate, Period
from koshiqon.render.law_days import limit_words
from koshiqon.render.law_phrases import LAW_SAYS
from koshiqon.render.phrases import N_
from koshiqon.render.stay_words import code_words, days, said
from koshiqon.render.words import Line, Run, Voice, slug
from koshiqon.rules.rule import Rule
from koshiqon.stay.law_days import Change, Row
from koshiqon.stay.limit_titles import GENERAL

ACT_KINDS: dict[str, str] = {
    "constitution": N_("Constitution"),
    "code": N_("Codes"),
    "law": N_("Laws"),
    "decree": N_("Decrees of the President"),
    "government_resolution": N_("Resolutions of the Government"),
    "order": N_("Orders of ministers"),
    "decision": N_("Decisions of other bodies"),
    "treaty": N_("Treaties"),
    "concept": N_("Concepts of policy"),
}
"""Kinds of act in the order of a lawyer's list, in words."""


# --- numbered sources ------------------------------------------------------------------------------------------------


def numbered(names: Iterable[str], voice: Voice) -> Mapping[str, int]:
    """The known sources, each with the number under which a page lists it at its end."""
    known = (name for name in dict.fromkeys(names) if name in voice.country.sources)
    return {name: number for number, name in enumerate(known, 1)}


# --- rows of the visa-free table -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class VisaFreeRow:
    """A row of the table of a day in words. `sure`: does it surely hold that day? `enforced`: the day from which the
    border applies its window, where that is another than its first.
    """

    row: Regime
    area: str
    sure: bool
    per_entry: str
    in_window: str
    enforced: PartialDate | None
    confidence: str


def visa_free_rows(rows: Iterable[Regime], on: date, voice: Voice) -> tuple[VisaFreeRow, ...]:
    """The rows of a day, in their order."""
    return tuple(
        VisaFreeRow(
            row,
            voice.label("everyone_else") if row.citizenship == GENERAL else voice.area(row.citizenship),
            row.period.contains(on) is True,
            _per_entry(row.limit, voice),
            _in_window(row.limit, voice),
            row.enforced_since if row.enforced_since != row.period.since else None,
            confidence_words(row.basis.confidence, voice),
        )
        for row in rows
    )


@dataclass(frozen=True, slots=True)
class AlikeRows:
    """Rows of one regime with the same days and the same period: whose they are, in words."""

    regime: str
    limits: str
    span: str
    areas: str


def alike_rows(rows: Iterable[Regime], voice: Voice) -> tuple[AlikeRows, ...]:
    """The rows that rest on a provision, those that differ in nothing but their state told together."""
    alike: dict[tuple[str, Limit, Period], list[str]] = {}
    for row in rows:
        area = voice.label("everyone_else") if row.citizenship == GENERAL else voice.area(row.citizenship)
        alike.setdefault((row.regime, row.limit, row.period), []).append(area)
    return tuple(
        AlikeRows(
            code_words(voice, "regime", code), limit_words(limit, voice), span_words(period, voice), ", ".join(areas)
        )
        for (code, limit, period), areas in alike.items()
    )


def confidence_words(confidence: Confidence, voice: Voice) -> str:
    """How sure a row is, in the country's words."""
    return code_words(voice, "confidence", confidence)


def _per_entry(limit: Limit, voice: Voice) -> str:
    if limit.per_entry is None:
        return voice.label("days_not_known")
    return voice.label("visa_needed") if limit.per_entry == 0 else voice.number(limit.per_entry)


def _in_window(limit: Limit, voice: Voice) -> str:
    if limit.per_entry == 0:
        return voice.label("none")
    if limit.in_window is None or limit.window is None:
        return voice.label("no_window_known")
    return said(voice, "limits_window", days=days(voice, limit.in_window), window=days(voice, limit.window))


# --- what a row rests on, and what it is called ----------------------------------------------------------------------


def provisions_of(row: Row) -> tuple[ProvisionId, ...]:
    """The provision of a rule, row or value; those that a practice departs from."""
    if isinstance(row, Practice):
        return tuple(parse_provision(target.name) for target in row.departs_from if target.kind == "provision")
    return () if row.provision is None else (row.provision,)


def name_of(change: Change) -> str:
    """The address by which others may cite what changed; empty for a value, which its label names."""
    match change.row:
        case Regime():
            return f"regime:{change.name}"
        case Rule():
            return f"rule:{change.name}"
        case Practice():
            return f"practice:{change.name}"
    return ""


def span_words(period: Period, voice: Voice) -> str:
    """From when to when something holds."""
    if period.until is None:
        return said(voice, "since", LAW_SAYS, since=voice.day(period.since))
    return said(voice, "since_until", LAW_SAYS, since=voice.day(period.since), until=voice.day(period.until))


def reference_line(reference: Reference, voice: Voice) -> Line:
    """A row that a conflict, practice or question names, in words and with a link where a page about the law shows it;
    empty for rows that these pages do not show: figures, the law of other states, categories.
    """
    country, name = voice.country, reference.name
    match reference.kind:
        case "act" | "provision" | "conflict":
            return voice.cite(reference)
        case "rule" if name in country.rules:
            rule = country.rules[name]
            return (_linked(voice.text(rule.text), f"#act-{slug(rule.provision.act)}", reference),)
        case "parameter" if name.partition("/")[0] in country.parameters:
            parameter = country.parameters[name.partition("/")[0]]
            return (_linked(voice.text(parameter.label), f"#act-{slug(parameter.act)}", reference),)
        case "practice" if name in country.practice:
            return (_linked(voice.text(country.practice[name].text), f"#practice-{slug(name)}", reference),)
        case "event":
            found = [event for event in country.events if event.name == name]
            return tuple(_linked(voice.text(event.text), f"#event-{slug(name)}", reference) for event in found)
        case "regime":
            citizenship, code, since = name.split("/", 2)
            return (Run(f"{voice.area(citizenship)}: {code_words(voice, 'regime', code)}, {since}", of=str(reference)),)
    return ()


def _linked(run: Run, link: str, reference: Reference) -> Run:
    return Run(run.words, of=str(reference), link=link, language=run.language)
