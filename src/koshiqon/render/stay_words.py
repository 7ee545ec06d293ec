"""Words for the parts of an assessment: sentences with slots, counts, names, values, reasons, what a rule says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from string import Formatter

from koshiqon.evidence import Confidence, ProvisionId, Reference
from koshiqon.render.stay_codes import MEASURES, VERDICTS
from koshiqon.render.stay_phrases import COUNTED, SAYS
from koshiqon.render.words import Line, Run, Voice, plain
from koshiqon.rules.expression import Duration
from koshiqon.rules.judging import Outcome, Reason, ReasonKind, Unknown

REASONS: dict[ReasonKind, str] = {
    ReasonKind.FACT_MISSING: "reason_fact",
    ReasonKind.OFFICER_DECIDES: "reason_officer",
    ReasonKind.NOT_DEFINED: "reason_not_defined",
    ReasonKind.NOT_MODELLED: "reason_not_modelled",
    ReasonKind.SOURCES_CONFLICT: "reason_conflict",
}

FEW = 3
"""So many reasons stand under one thing said."""

# --- sentences -------------------------------------------------------------------------------------------------------


def say(voice: Voice, code: str, forms: Mapping[str, str] = SAYS, **slots: str | Line) -> Line:
    """A sentence with its slots filled; a slot may be a line that remembers what it shows."""
    runs: list[Run] = []
    for words, name in _pieces(voice.translations.gettext(forms[code])):
        runs.extend(words)
        if name is not None:
            given = slots[name]
            runs.extend((Run(given),) if isinstance(given, str) else given)
    return tuple(runs)


@lru_cache(maxsize=2048)
def _pieces(template: str) -> tuple[tuple[Line, str | None], ...]:
    """The words of a sentence of the catalogs, each with the slot that follows them."""
    return tuple(((Run(words),) if words else (), name) for words, name, _, _ in Formatter().parse(template))


def said(voice: Voice, code: str, forms: Mapping[str, str] = SAYS, **slots: str | Line) -> str:
    return plain(say(voice, code, forms, **slots))


def word(voice: Voice, words: Mapping[str, str], code: str) -> str:
    return voice.translations.gettext(words[code])


def counted(voice: Voice, code: str, number: int, **slots: str) -> str:
    """A number with its noun, in the form that the language wants."""
    form = voice.translations.ngettext(*COUNTED[code], number)
    return form.format(n=voice.number(number), **slots)


def days(voice: Voice, number: int) -> str:
    return counted(voice, "days", number)


def joined(lines: Iterable[Line], mark: str = "; ") -> Line:
    """Lines in one, with a mark between them."""
    runs: list[Run] = []
    for line in lines:
        if runs:
            runs.append(Run(mark))
        runs.extend(line)
    return tuple(runs)


# --- names -----------------------------------------------------------------------------------------------------------


def code_words(voice: Voice, scheme: str, code: str) -> str:
    """A code in the country's words; a code that has none stands in quotes as it is."""
    known = voice.country.codes.get((scheme, code))
    return voice.text(known).words if known is not None else f"«{code}»"


def name_words(voice: Voice, name: str) -> str:
    """What a name of a condition or a reason stands for: a measure, a question, a label, a rule."""
    country = voice.country
    kind, _, rest = name.partition(":")
    if name in MEASURES:
        return word(voice, MEASURES, name)
    if name in country.facts:
        return voice.text(country.facts[name].question).words
    if name in country.parameters:
        return voice.text(country.parameters[name].label).words
    scheme, _, code = name.partition(".")
    if scheme == "category" and code in country.categories:
        return voice.text(country.categories[code].title).words
    if scheme == "paper":
        return code_words(voice, "paper", code)
    if kind == "regime" and rest:
        return said(voice, "regime_of", area=voice.area(rest.partition("/")[0]))
    if kind == "rule" and rest in country.rules:
        return voice.text(country.rules[rest].text).words
    if kind == "reading" and rest in country.readings:
        return voice.text(country.readings[rest].text).words
    if kind == "conflict" and rest in country.conflicts:
        return voice.text(country.conflicts[rest].text).words
    return said(voice, "calendar_unknown") if name == "calendar" else code_words(voice, "reason", name)


def reason_words(voice: Voice, reason: Reason) -> str:
    return said(voice, REASONS[reason.kind], name=name_words(voice, reason.name))


def reason_lines(voice: Voice, reasons: Iterable[Reason]) -> tuple[Line, ...]:
    """Why something is not known, a line a reason; of many the first, for all stand under «What is not known»."""
    told = sorted(reasons)
    lines = tuple((Run(reason_words(voice, reason), of=f"reason:{reason.name}"),) for reason in told[:FEW])
    more = len(told) - FEW
    return (*lines, (Run(counted(voice, "more_reasons", more)),)) if more > 0 else lines


# --- values ----------------------------------------------------------------------------------------------------------


def value_words(voice: Voice, outcome: Outcome, name: str = "") -> str:
    """A value of a fact, parameter or measure; `name` finds the words of its codes."""
    match outcome:
        case Unknown():
            return word(voice, VERDICTS, "unknown")
        case bool():
            return word(voice, VERDICTS, "yes" if outcome else "no")
        case date():
            return voice.day(outcome)
        case int() | Decimal():
            return amount(voice, outcome)
        case Duration(number, unit):
            return counted(voice, unit, number)
        case tuple():
            return ", ".join(value_words(voice, item, name) for item in outcome) or "—"
        case str():
            return _code(voice, outcome, name)


def _code(voice: Voice, code: str, name: str) -> str:
    fact = voice.country.facts.get(name)
    if name == "person.citizenship" or (fact is not None and fact.type in ("country", "countries")):
        return voice.area(code)
    return code_words(voice, name, code) if fact is not None and fact.type == "code" else f"«{code}»"


def amount(voice: Voice, value: int | Decimal) -> str:
    """A number as exact as it is."""
    exponent = Decimal(value).normalize().as_tuple().exponent
    return voice.number(float(value), max(0, -exponent) if isinstance(exponent, int) else 0)


# --- rules -----------------------------------------------------------------------------------------------------------


def provision_line(provision: ProvisionId, confidence: Confidence, voice: Voice) -> Line:
    """A provision as a lawyer writes it, with the confidence where it is not high."""
    cited = tuple(Run(run.words, of=run.of) for run in voice.cite(Reference("provision", str(provision))))
    if confidence is Confidence.HIGH:
        return cited
    words = said(voice, "note_confidence", confidence=code_words(voice, "confidence", confidence))
    return (*cited, Run(" · "), Run(words))


def under_rule(rule: str, provision: ProvisionId, confidence: Confidence, voice: Voice) -> Iterator[Line]:
    """What a rule says in our own words, then its provision."""
    if rule in voice.country.rules:
        yield (voice.text(voice.country.rules[rule].text, of=f"rule:{rule}"),)
    yield provision_line(provision, confidence, voice)
