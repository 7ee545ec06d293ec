"""Worked cases in words: each passed or failed, what was expected and what was found, and how many of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from koshiqon.render.phrases import N_, NN_
from koshiqon.render.stay_codes import VERDICTS
from koshiqon.render.stay_words import amount, said, word
from koshiqon.render.terminal import BOLD, QUIET, Screen, wrapped
from koshiqon.render.words import Voice
from koshiqon.stay.found import Told
from koshiqon.stay.worked import Check, Known, Worked, outcome_of

LOOKED_AT: dict[str, str] = {
    "answer": N_("answer"),
    "standing": N_("how the day stands"),
    "last_lawful_day": N_("last lawful day"),
    "safe_until": N_("last day that is lawful under every reading"),
    "overstay_days": N_("unlawful days"),
    "days_used": N_("days used"),
    "days_left": N_("days left"),
    "earliest_entry": N_("first day of a new entry"),
    "may_enter": N_("may enter on the day asked"),
    "plan": N_("trip in mind"),
    "limits": N_("limit of days in force"),
    "parameters": N_("value in force"),
    "titles": N_("title to stay"),
    "duties": N_("duty"),
    "penalties": N_("penalty"),
    "bars": N_("ground to refuse entry"),
    "decisions": N_("power to decide"),
    "provisions": N_("provision cited"),
    "conflicts": N_("conflict of sources"),
    "unknown": N_("what is not known"),
    "categories": N_("category"),
    "governing": N_("category that governs the stay"),
    "overlays": N_("what lies over the decision"),
    "flags": N_("where law and practice part"),
    "rights": N_("right"),
}

OUTCOMES: dict[str, str] = {
    Known.KNOWN: N_("known"),
    Known.UNKNOWN: N_("unknown"),
    Known.CONFLICT: N_("sources differ"),
}

NAMES_A_THING = ("rule", "category", "name", "may", "must", "decides", "regime", "paper")
"""The fields by which a record of an answer is known."""

WORKED_SAYS: dict[str, str] = {
    "passed": N_("passed: {case} ({outcome})"),
    "failed": N_("FAILED: {case} ({outcome})"),
    "met": N_("{what}: {value}"),
    "met_not": N_("{what}: not {value}"),
    "unmet": N_("{what}: expected {value}, found {found}"),
    "unmet_not": N_("{what}: expected not {value}, found {found}"),
    "at": N_("{place}, {run}:"),
    "left_open_by": N_("Left open by: {rows}"),
    "rests_on": N_("Source: {sources}"),
    "nothing": N_("nothing"),
    "totals": N_("{passed} passed, {failed} failed: {known} known, {unknown} unknown, {conflict} where sources differ"),
}

RUNS = NN_("{n} run", "{n} runs")


def render_worked(worked: Sequence[tuple[Worked, str]], voice: Voice, screen: Screen) -> str:
    """The cases in the order of the files, each with the place of its runs; the counts come last."""
    cases: dict[tuple[str, str], list[tuple[Worked, str]]] = {}
    for one, place in worked:
        file = place.rpartition(":")[0]
        cases.setdefault((file, one.case.id), []).append((one, place))
    lines = [line for runs in cases.values() for line in _case(runs, voice, screen)]
    return "\n".join([*lines, "", _totals(cases.values(), voice)]) + "\n"


def passed(runs: Iterable[tuple[Worked, str]]) -> bool:
    return all(one.passed for one, _ in runs)


def _totals(cases: Iterable[Sequence[tuple[Worked, str]]], voice: Voice) -> str:
    told = list(cases)
    outcomes = [outcome_of(one.case for one, _ in runs) for runs in told]
    counts = {known.value: voice.number(outcomes.count(known)) for known in Known}
    good = sum(passed(runs) for runs in told)
    return _said(voice, "totals", passed=voice.number(good), failed=voice.number(len(told) - good), **counts)


def _case(runs: Sequence[tuple[Worked, str]], voice: Voice, screen: Screen) -> Iterator[str]:
    """One line for the case, then what was expected; of a failed case only the runs that failed, in full."""
    first = runs[0][0].case
    name = first.id
    if len(runs) > 1:
        name = f"{name}, {voice.translations.ngettext(*RUNS, len(runs)).format(n=voice.number(len(runs)))}"
    outcome = word(voice, OUTCOMES, outcome_of(one.case for one, _ in runs))
    good = passed(runs)
    yield from wrapped(
        _said(voice, "passed" if good else "failed", case=name, outcome=outcome), screen, "", "  ", "" if good else BOLD
    )
    if good:
        met = dict.fromkeys(_check(check, voice) for one, _ in runs for check in one.checks)
        yield from wrapped("; ".join(met), screen, "  ", "  ", QUIET)
    for one, place in runs:
        if not one.passed:
            yield from _failed(one, place, voice, screen)
    because = dict.fromkeys(str(reference) for one, _ in runs for reference in one.case.because)
    if because:
        yield from wrapped(_said(voice, "left_open_by", rows=", ".join(because)), screen, "  ", "  ", QUIET)


def _failed(one: Worked, place: str, voice: Voice, screen: Screen) -> Iterator[str]:
    """Where the run stands, each expectation that was not met, and the sources that it rests on."""
    yield from wrapped(_said(voice, "at", place=place, run=one.case.name), screen, "  ", "  ")
    for check in one.checks:
        if not check.met:
            yield from wrapped(_check(check, voice), screen, "  – ", "    ")
    sources = ", ".join(one.case.sources)
    yield from wrapped(_said(voice, "rests_on", sources=sources), screen, "    ", "    ", QUIET)


def _check(check: Check, voice: Voice) -> str:
    asked = check.expectation
    what, value = word(voice, LOOKED_AT, asked.what), value_words(asked.wanted, voice)
    ending = "_not" if asked.none_of else ""
    if check.met:
        return _said(voice, f"met{ending}", what=what, value=value)
    found = value_words(_asked_of(asked.wanted, check.found), voice)
    return _said(voice, f"unmet{ending}", what=what, value=value, found=found)


def _asked_of(wanted: Told, found: Told) -> Told:
    """What was found, of records only those about the same thing, and of them the fields that were asked for and which
    rule it is.
    """
    if isinstance(found, tuple):
        return tuple(_asked_of(wanted, one) for one in found if _about_the_same(wanted, one))
    if isinstance(found, Mapping) and isinstance(wanted, Mapping):
        return {name: value for name, value in found.items() if name in wanted or name == "rule"}
    return found


def _about_the_same(wanted: Told, found: Told) -> bool:
    """May the two records speak of one thing? Where either has no name, they may."""
    if not isinstance(wanted, Mapping) or not isinstance(found, Mapping):
        return True
    named = [field for field in NAMES_A_THING if field in wanted and field in found]
    return not named or any(wanted[field] == found[field] for field in named)


def value_words(told: Told, voice: Voice) -> str:
    """A value in words; names of fields and codes stay as people write them in the file."""
    match told:
        case None | ():
            return _said(voice, "nothing")
        case bool():
            return word(voice, VERDICTS, "yes" if told else "no")
        case date():
            return voice.day(told)
        case int() | Decimal():
            return amount(voice, told)
        case str():
            return told
        case tuple():
            return " | ".join(value_words(one, voice) for one in told)
        case Mapping():
            return ", ".join(f"{name} {value_words(value, voice)}" for name, value in told.items())
    raise TypeError(told)


def _said(voice: Voice, code: str, **slots: str) -> str:
    return said(voice, code, WORKED_SAYS, **slots)
