"""Which parts of a country's law could concern the citizens of one state, whatever else is the case of a person."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from koshiqon.country import Country
from koshiqon.evidence import Practice, ProvisionId, Reference
from koshiqon.law.regimes import Regime
from koshiqon.rules.rule import (
    ByLimit,
    ByPaper,
    ByRegime,
    ByTerm,
    Decides,
    Ends,
    May,
    Must,
    NoEntry,
    ParameterName,
    Penalty,
    Quantity,
    Rule,
    RuleKind,
    Subject,
)
from koshiqon.stay.case import StayCase
from koshiqon.stay.matter import Matter, names_in, verdict


def could_concern(rule: Rule, citizenship: str, country: Country, first: date, last: date) -> bool:
    """Could the rule hold for the citizenship on a day from `first` to `last` on which it is in force? Penalties and
    powers that are about a host or an employer are about somebody else.
    """
    if rule.of in (Subject.HOST, Subject.EMPLOYER) and rule.kind is not RuleKind.DUTY:
        return False
    since, until = rule.period.since, rule.period.until
    if since.earliest > last or (until is not None and until.latest <= first):
        return False
    if isinstance(rule.then, ByRegime):
        own = {row.regime for row in country.regimes if row.citizenship == citizenship}
        if not own & set(rule.then.regimes):
            return False
    matter = Matter(country, StayCase(citizenship), (), {})
    end = last if until is None or until.earliest <= first else min(last, until.earliest - timedelta(days=1))
    days = {min(max(first, since.latest), last), end}
    return any(verdict(rule, matter, day) is not False for day in days)


def parameters_used(rules: Iterable[Rule], country: Country) -> dict[str, list[Rule]]:
    """The parameters that rules use, each with those rules: in conditions, in what follows, and the index of fines."""
    users: dict[str, list[Rule]] = {}
    for rule in rules:
        used = names_in(rule.condition) if rule.condition is not None else frozenset()
        used |= set(parameters_of(rule))
        if isinstance(rule.then, Penalty) and rule.then.fine is not None:
            used |= {country.penalty_unit}
        for name in sorted(used & country.parameters.keys()):
            users.setdefault(name, []).append(rule)
    return users


def parameters_of(rule: Rule) -> tuple[str, ...]:
    """The parameters that set a number or a term of what follows."""
    return tuple(quantity.name for quantity in quantities_of(rule) if isinstance(quantity, ParameterName))


def quantities_of(rule: Rule) -> tuple[Quantity | None, ...]:
    """The numbers and terms that a rule sets."""
    match rule.then:
        case ByLimit(per_entry, in_window, window):
            return per_entry, in_window, window
        case ByPaper(longest=quantity) | Decides(up_to=quantity):
            return (quantity,)
        case Must(within=quantity, pays=pays):
            return quantity, pays
        case ByTerm(term=quantity) | Ends(term=quantity) | May(term=quantity) | NoEntry(term=quantity):
            return (quantity,)
        case Penalty():
            then = rule.then
            return then.fine, then.arrest_days, then.prison_years, then.prison_years_from
    return ()


def departs(practice: Practice, rows: Iterable[Regime], rules: Iterable[Rule], country: Country) -> bool:
    """Does the practice concern these rows and rules?"""
    regimes = {target.name for target in practice.departs_from if target.kind == "regime"}
    if regimes:
        return any(row.name in regimes for row in rows)
    cited = (option.references for reading in country.readings.values() for option in reading.options)
    if any(Reference("practice", practice.name) in references for references in cited):
        return True
    articles = {article_of(row.provision) for row in rows if row.provision is not None}
    articles |= {article_of(rule.provision) for rule in rules}
    provisions = [target.name for target in practice.departs_from if target.kind == "provision"]
    return any(f"{name}/".startswith(f"{article}/") for name in provisions for article in articles)


def article_of(provision: ProvisionId) -> str:
    """The article or point that a provision belongs to, its act included."""
    parts = provision.path.split("/")
    for number, part in enumerate(parts, 1):
        if part.startswith(("art_", "point_")):
            return f"{provision.act}/{'/'.join(parts[:number])}"
    return str(provision)
