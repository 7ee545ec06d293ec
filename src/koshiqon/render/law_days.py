"""The law of a day, and what changed between two days, put into words part by part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from koshiqon.evidence import Basis, Practice, ProvisionId, parse_provision
from koshiqon.law.acts import Parameter, ParameterValue
from koshiqon.law.regimes import Limit, Regime
from koshiqon.period import Period
from koshiqon.render.answer_page import Item, Part
from koshiqon.render.law_phrases import LAW_PARTS, LAW_SAYS, RULE_KINDS
from koshiqon.render.penalty_words import money, unit_words
from koshiqon.render.stay_phrases import PARTS
from koshiqon.render.stay_words import amount, code_words, counted, days, joined, provision_line, said, say, word
from koshiqon.render.terminal import BOLD, QUIET, Screen, part_lines, wrapped
from koshiqon.render.words import Line, Run, Voice, plain
from koshiqon.rules.rule import Rule
from koshiqon.stay.answer import ReadUntil
from koshiqon.stay.law_days import Change, Changed, How, LawOnDay, Row
from koshiqon.stay.limit_titles import GENERAL

KINDS: dict[type, str] = {Regime: "regime", Rule: "rule", Practice: "practice"}
COUNTED_UNITS = ("days", "working_days", "months", "years")


@dataclass(frozen=True, slots=True)
class LawPage:
    """The law of a day, or what changed, in one language: a heading, sentences, parts in order, the edition."""

    heading: str
    opening: tuple[str, ...]
    parts: tuple[Part, ...]
    edition: tuple[str, ...]


# --- the law of one day ----------------------------------------------------------------------------------------------


def compose_law(law: LawOnDay, voice: Voice, program: str) -> LawPage:
    """The rules of a day by kind, the visa-free table in short, and until when the acts were read."""
    parts = [
        _part(kind, [_rule(rule, law.on, voice) for rule in law.rules if rule.kind == kind], voice)
        for kind in RULE_KINDS
    ]
    parts += [_part("visa_free", list(_visa_free(law, voice)), voice)]
    parts += [_part("read_until", list(_read(law.read, voice)), voice)]
    heading = _said(voice, "law_title", country=voice.text(voice.country.name).words, day=voice.day(law.on))
    opening = () if law.rules else (_said(voice, "no_rules_of_kind"),)
    return LawPage(heading, opening, tuple(part for part in parts if part.items), _edition(voice, program))


def _part(name: str, items: list[Item], voice: Voice) -> Part:
    return Part(name, word(voice, LAW_PARTS, name), tuple(items))


def _edition(voice: Voice, program: str) -> tuple[str, ...]:
    country = voice.country
    made = (
        (voice.label("colophon_country"), f"{country.code} {country.version}"),
        (voice.label("colophon_hash"), country.content_hash[:16]),
        (voice.label("colophon_program"), f"Koshiqon {program}"),
    )
    warning = f"{said(voice, 'not_advice')} {voice.label('unchecked_all')}"
    return " · ".join(f"{label}: {value}" for label, value in made), warning


def _said(voice: Voice, code: str, **slots: str | Line) -> str:
    return said(voice, code, LAW_SAYS, **slots)


def _rule(rule: Rule, on: date, voice: Voice) -> Item:
    under = [provision_line(rule.provision, rule.basis.confidence, voice)]
    if rule.period.contains(on) is None:
        under.append(say(voice, "may_hold", LAW_SAYS))
    under += list(_readings(rule.under, voice))
    return Item((voice.text(rule.text, of=f"rule:{rule.name}"),), (*under, _address(rule, voice)))


def _address(rule: Rule, voice: Voice) -> Line:
    """By which name others may cite the rule, and from when to when it holds."""
    return (Run(f"rule:{rule.name}", of=f"rule:{rule.name}"), Run(" · "), Run(_period(rule.period, voice)))


def _period(period: Period, voice: Voice) -> str:
    since = voice.day(period.since)
    if period.until is None:
        return _said(voice, "since", since=since)
    return _said(voice, "since_until", since=since, until=voice.day(period.until))


def _readings(under: Mapping[str, str], voice: Voice) -> Iterator[Line]:
    for name, option in under.items():
        reading = voice.country.readings[name]
        taken = next(known for known in reading.options if known.name == option)
        text, words = (voice.text(reading.text, of=f"reading:{name}"),), (voice.text(taken.text),)
        yield say(voice, "only_under", LAW_SAYS, text=text, option=words)


def _visa_free(law: LawOnDay, voice: Voice) -> Iterator[Item]:
    """Each limit once, with the states whose citizens it is for; the general limit last."""
    rows = [row for row in law.regimes if row.citizenship != GENERAL]
    limits = sorted(
        {row.limit for row in rows}, key=lambda limit: (-(limit.per_entry or 0), -(limit.in_window or 0), str(limit))
    )
    for limit in limits:
        states = _states([row for row in rows if row.limit == limit], law.on, voice)
        yield Item(say(voice, "states", LAW_SAYS, limits=limit_words(limit, voice), areas=", ".join(states)))
    for row in law.regimes:
        if row.citizenship == GENERAL:
            label, value = _said(voice, "general_limit"), limit_words(row.limit, voice)
            yield Item(say(voice, "labelled", label=label, value=value), tuple(_cited(row, voice)))
    if any(row.period.contains(law.on) is None for row in rows):
        yield Item(say(voice, "doubtful", LAW_SAYS))


def _states(rows: list[Regime], on: date, voice: Voice) -> list[str]:
    """The states of the rows by name, each once; with a question mark where no row of it surely holds."""
    sure = {row.citizenship for row in rows if row.period.contains(on)}
    names = {row.citizenship: voice.area(row.citizenship) for row in rows}
    return sorted(name if code in sure else f"{name} (?)" for code, name in names.items())


def limit_words(limit: Limit, voice: Voice) -> str:
    """Days a visit and in a window; that a visa is needed, where there are none."""
    if limit.per_entry == 0:
        return voice.label("visa_needed")
    entry = _said(voice, "days_not_known")
    if limit.per_entry is not None:
        entry = said(voice, "limits_entry", days=days(voice, limit.per_entry))
    if limit.in_window is None or limit.window is None:
        return entry
    window = said(voice, "limits_window", days=days(voice, limit.in_window), window=days(voice, limit.window))
    return f"{entry}, {window}"


def _read(read: tuple[ReadUntil, ...], voice: Voice) -> Iterator[Item]:
    for one in read:
        act = (Run(voice.act(one.act), of=f"act:{one.act}"),)
        if one.until is None:
            yield Item(say(voice, "act_unread", LAW_SAYS, act=act))
        else:
            yield Item(say(voice, "act_until", LAW_SAYS, act=act, day=voice.day(one.until)))


# --- what changed ----------------------------------------------------------------------------------------------------


def compose_changes(told: Changed, voice: Voice, program: str) -> LawPage:
    """What changed for a citizenship, by day, each change with its provision and sources."""
    following = voice.day(told.first + timedelta(days=1))
    opening = [
        _said(voice, "changed_days", following=following, last=voice.day(told.last), first=voice.day(told.first))
    ]
    if not told.changes:
        opening.append(_said(voice, "nothing_changed"))
    undated = [Item((Run(str(reference), of=str(reference)),)) for reference in told.undated]
    changes = [_change(change, voice) for change in told.changes]
    sources = list(_sources(told, voice))
    parts = (
        _part("changes", changes, voice),
        _part("undated", undated, voice),
        Part("sources", word(voice, PARTS, "sources"), tuple(sources)),
    )
    heading = _said(
        voice,
        "changed_title",
        country=voice.text(voice.country.name).words,
        area=voice.area(told.citizenship),
    )
    return LawPage(heading, tuple(opening), tuple(part for part in parts if part.items), _edition(voice, program))


def _change(change: Change, voice: Voice) -> Item:
    line = say(voice, "labelled", label=voice.day(change.day), value=change_words(change, voice))
    under: list[Line] = [] if change.sure else [say(voice, "unsure_day", LAW_SAYS)]
    if change.row.basis.conflicts_with:
        under.append((Run(voice.label("sources_differ")),))
    if isinstance(change.before, Rule) and change.after is not None:
        under.append(say(voice, "before", LAW_SAYS, before=(voice.text(change.before.text),)))
    if isinstance(change.row, Rule):
        under += list(_readings(change.row.under, voice))
    return Item(line, (*under, *_cited(change.row, voice)))


def _sources(told: Changed, voice: Voice) -> Iterator[Item]:
    """Each source once, in full, under the name by which the changes cite it."""
    for name in dict.fromkeys(name for change in told.changes for name in change.row.basis.sources):
        yield Item(say(voice, "labelled", label=name, value=(voice.source(name),)))


def change_words(change: Change, voice: Voice) -> Line:
    """What changed, in one sentence."""
    before, after = (None if row is None else _row_words(row, change, voice) for row in (change.before, change.after))
    slots: dict[str, Line] = {"before": before or (), "after": after or ()}
    match change.row:
        case Regime() as row:
            renewed = change.how is How.REPLACED and before is not None and after is not None
            how = "renewed" if renewed and plain(before or ()) == plain(after or ()) else change.how.value
            return say(voice, f"regime_{how}", LAW_SAYS, regime=_regime(row, voice), **slots)
        case Rule() as rule:
            return say(voice, f"rule_{change.how}", LAW_SAYS, kind=word(voice, RULE_KINDS, rule.kind), **slots)
        case ParameterValue():
            label = (voice.text(voice.country.parameters[change.name].label, of=f"parameter:{change.name}"),)
            return say(voice, f"value_{change.how}", LAW_SAYS, label=label, **slots)
        case Practice():
            return say(voice, f"practice_{change.how}", LAW_SAYS, **slots)


def _regime(row: Regime, voice: Voice) -> str:
    return _said(voice, "general_limit") if row.citizenship == GENERAL else code_words(voice, "regime", row.regime)


def _row_words(row: Row, change: Change, voice: Voice) -> Line:
    match row:
        case Regime():
            return (Run(limit_words(row.limit, voice), of=f"regime:{row.name}"),)
        case Rule():
            return (voice.text(row.text, of=f"rule:{row.name}"),)
        case ParameterValue():
            return (Run(value_of(row, voice.country.parameters[change.name], voice), of=f"parameter:{change.name}"),)
        case Practice():
            return (voice.text(row.text, of=f"practice:{row.name}"),)


def value_of(value: ParameterValue, parameter: Parameter, voice: Voice) -> str:
    """A value of a parameter with its unit."""
    if isinstance(value.value, str):
        return code_words(voice, parameter.name, value.value)
    number = Decimal(str(value.value))
    if parameter.unit in COUNTED_UNITS and isinstance(value.value, int):
        return counted(voice, parameter.unit, value.value)
    match parameter.unit:
        case "KZT":
            return money(voice, (number,))
        case "MCI":
            return said(voice, "fine_units", n=amount(voice, number), unit=unit_words(voice))
        case "percent":
            return f"{amount(voice, number)} %"
    return amount(voice, number)


def render_law(page: LawPage, screen: Screen) -> str:
    """The page as text that ends with a line break."""
    blocks = [list(wrapped(page.heading, screen, "", "", BOLD))]
    blocks += [list(wrapped(line, screen, "", "")) for line in page.opening]
    blocks += [list(part_lines(part, screen)) for part in page.parts]
    blocks += [[line for words in page.edition for line in wrapped(words, screen, "", "", QUIET)]]
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


# --- what it rests on ------------------------------------------------------------------------------------------------


def _cited(row: Row, voice: Voice) -> Iterator[Line]:
    """The provisions and how sure they are; the row's own address and its sources, by their names."""
    basis: Basis = row.basis
    for provision in _provisions(row):
        yield provision_line(provision, basis.confidence, voice)
    address = "" if isinstance(row, ParameterValue) else f"{KINDS[type(row)]}:{row.name} · "
    sources = tuple(Run(name, of=f"source:{name}") for name in basis.sources)
    named = joined(((run,) for run in sources), ", ")
    yield (Run(address), *say(voice, "sources", LAW_SAYS, sources=named))


def _provisions(row: Row) -> tuple[ProvisionId, ...]:
    if isinstance(row, Practice):
        return tuple(parse_provision(target.name) for target in row.departs_from if target.kind == "provision")
    return () if row.provision is None else (row.provision,)
