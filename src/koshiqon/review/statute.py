"""Acts by their provisions: what rests on each, which acts an act amends, what no rule, row or number rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from koshiqon.country import Country
from koshiqon.evidence import ProvisionId
from koshiqon.law.acts import Act, Amendment, Parameter, ParameterValue, ProvisionVersion
from koshiqon.law.regimes import Regime
from koshiqon.rules.rule import Rule

T = TypeVar("T")

WHOLE = "whole"
"""The path of an act as a whole, of which one line tells what it is about."""


@dataclass(frozen=True, slots=True)
class Article:
    """A provision in its versions, oldest first, and what rests on it: rules, rows of the regimes, values."""

    provision: ProvisionId
    versions: tuple[ProvisionVersion, ...]
    rules: tuple[Rule, ...]
    regimes: tuple[Regime, ...]
    values: tuple[tuple[Parameter, ParameterValue], ...]

    @property
    def bears(self) -> bool:
        """Does anything rest on it?"""
        return bool(self.rules or self.regimes or self.values)

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources of its versions, rules and values, each once."""
        bases = [row.basis for row in self.versions] + [rule.basis for rule in self.rules]
        bases += [value.basis for _, value in self.values]
        return tuple(dict.fromkeys(name for basis in bases for name in basis.sources))


def articles_of(act: Act, country: Country) -> tuple[Article, ...]:
    """The provisions of an act in the order of its file; last those that something rests on but no line describes."""
    versions = _by_provision((one.provision, one) for one in act.provisions)
    rules = _by_provision((rule.provision, rule) for rule in country.rules.values())
    regimes = _by_provision((row.provision, row) for row in country.regimes if row.provision is not None)
    values = _by_provision(
        (value.provision, (parameter, value))
        for parameter in country.parameters.values()
        for value in parameter.values
        if value.provision is not None
    )
    bearing = [provision for provision in (*rules, *regimes, *values) if provision.act == act.name]
    return tuple(
        Article(
            provision,
            tuple(versions.get(provision, ())),
            tuple(rules.get(provision, ())),
            tuple(regimes.get(provision, ())),
            tuple(values.get(provision, ())),
        )
        for provision in dict.fromkeys([*versions, *bearing])
    )


def _by_provision(rows: Iterable[tuple[ProvisionId, T]]) -> Mapping[ProvisionId, list[T]]:
    found: dict[ProvisionId, list[T]] = {}
    for provision, row in rows:
        found.setdefault(provision, []).append(row)
    return found


def other_values(
    act: Act, articles: Iterable[Article], country: Country
) -> tuple[tuple[Parameter, ParameterValue], ...]:
    """The values of the parameters of an act that stand under none of its provisions: another act sets them, or none
    is known to.
    """
    shown = {parameter.name for article in articles for parameter, _ in article.values}
    own = [one for one in country.parameters.values() if one.act == act.name and one.name not in shown]
    return tuple((parameter, value) for parameter in own for value in parameter.values)


def amended_by(act: Act, country: Country) -> tuple[tuple[Act, Amendment], ...]:
    """The acts that this one amends, each with how, in the order of the country's files."""
    return tuple(
        (other, amendment)
        for other in country.acts.values()
        for amendment in other.amendments
        if amendment.by == act.name
    )


def without_rule(country: Country, day: date) -> Mapping[str, tuple[ProvisionId, ...]]:
    """By act, the provisions in force on a day on which no rule, row or value rests, nor on a part of theirs."""
    bearing = {str(provision) for provision in _bearing(country)}
    wider = {"/".join(name.split("/")[:length]) for name in bearing for length in range(3, name.count("/") + 2)}
    found: dict[str, dict[ProvisionId, None]] = {}
    for version in country.provision_versions():
        provision = version.provision
        if provision.path != WHOLE and version.period.contains(day) is not False and str(provision) not in wider:
            found.setdefault(provision.act, {})[provision] = None
    return {act: tuple(provisions) for act, provisions in found.items()}


def _bearing(country: Country) -> list[ProvisionId]:
    values = [value.provision for parameter in country.parameters.values() for value in parameter.values]
    rows = [row.provision for row in country.regimes]
    return [*(rule.provision for rule in country.rules.values()), *(one for one in (*values, *rows) if one is not None)]
