"""A reform: changed rules, parameters and rows of regimes, laid over a country from a day on.

The country before that day stays as it is. What the reform replaces ends where the new begins; what has not begun by
then never does. People's crossings are held fixed: how they would behave under other law, nothing here says.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field, replace
from datetime import date

from koshiqon.country import Country
from koshiqon.language import Text
from koshiqon.law.acts import Parameter, ParameterValue
from koshiqon.law.regimes import Regime
from koshiqon.period import PartialDate, Period, exactly
from koshiqon.rules.rule import Rule


@dataclass(frozen=True, slots=True)
class Reform:
    """What changes on or after the day `since`, each part from its own first day.

    `rules` are new, or replace those of their name; `removes_rules` end on `since`. The values of `parameters`, by
    name, end the older ones. `regimes` are further rows, or replace the row of their name; `ends_regimes` says by name
    when rows end.
    """

    name: str
    text: Text
    since: date
    rules: Mapping[str, Rule] = field(default_factory=dict)
    removes_rules: tuple[str, ...] = ()
    parameters: Mapping[str, tuple[ParameterValue, ...]] = field(default_factory=dict)
    regimes: tuple[Regime, ...] = ()
    ends_regimes: Mapping[str, date] = field(default_factory=dict)


def reformed(country: Country, reform: Reform) -> Country:
    """The country as the reform would make it. Its fingerprint names the reform, since it rests on other data."""
    return replace(
        country,
        rules=_rules(country.rules, reform),
        parameters={name: _parameter(parameter, reform) for name, parameter in country.parameters.items()},
        regimes=_regimes(country.regimes, reform),
        content_hash=f"{country.content_hash}+{reform.name}",
    )


def earlier_name(rule: Rule) -> str:
    """What the version of a rule before a reform is called; the rule that replaces it bears the plain name."""
    return f"{rule.name}@{rule.period.since.text}"


# --- rules -----------------------------------------------------------------------------------------------------------


def _rules(rules: Mapping[str, Rule], reform: Reform) -> dict[str, Rule]:
    """The rules up to the reform and after it. An exception to a rule stays one to its earlier version too."""
    found: dict[str, Rule] = {}
    earlier: dict[str, str] = {}
    for name, rule in rules.items():
        if name in reform.rules:
            before = _ended(rule.period, reform.rules[name].period.since.earliest)
            if before is not None:
                earlier[name] = earlier_name(rule)
                found[earlier[name]] = replace(rule, name=earlier[name], period=before)
            found[name] = reform.rules[name]
        elif name not in reform.removes_rules:
            found[name] = rule
        elif (before := _ended(rule.period, reform.since)) is not None:
            found[name] = replace(rule, period=before)
    found |= {name: rule for name, rule in reform.rules.items() if name not in found}
    never = rules.keys() - found.keys()
    return {name: _overriding(rule, earlier, never) for name, rule in found.items()}


def _overriding(rule: Rule, earlier: Mapping[str, str], never: Set[str]) -> Rule:
    """The rule as an exception to the earlier versions too, and no longer to rules that never begin."""
    kept = tuple(name for name in rule.overrides if name not in never)
    also = tuple(earlier[name] for name in kept if name in earlier)
    return replace(rule, overrides=kept + also) if kept + also != rule.overrides else rule


# --- parameters and regimes ------------------------------------------------------------------------------------------


def _parameter(parameter: Parameter, reform: Reform) -> Parameter:
    new = reform.parameters.get(parameter.name)
    if not new:
        return parameter
    first = min(value.period.since.earliest for value in new)
    old = [(value, _ended(value.period, first)) for value in parameter.values]
    kept = tuple(replace(value, period=period) for value, period in old if period is not None)
    return replace(parameter, values=kept + new)


def _regimes(rows: tuple[Regime, ...], reform: Reform) -> tuple[Regime, ...]:
    new = {row.name: row for row in reform.regimes}
    found: list[Regime] = []
    for row in rows:
        if row.name in new:
            found.append(new.pop(row.name))
        elif row.name not in reform.ends_regimes:
            found.append(row)
        elif (before := _ended(row.period, reform.ends_regimes[row.name])) is not None:
            found.append(replace(row, period=before))
    return (*found, *new.values())


def _ended(period: Period, day: date) -> Period | None:
    """The period as far as it lies before `day`; None where nothing of it surely or perhaps does."""
    ended = Period(period.since, _earlier(period.until, day))
    return None if ended.is_backwards() else ended


def _earlier(until: PartialDate | None, day: date) -> PartialDate:
    """The earlier of an end, which may be open or known in part, and a day."""
    if until is None or until.earliest >= day:
        return exactly(day)
    if until.latest <= day:
        return until
    return PartialDate(until.earliest, day, f"..{day.isoformat()}")
