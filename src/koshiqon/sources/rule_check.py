"""Faults of rules and readings that no single record shows: exceptions without order, names that nothing bears,
quantities of another kind, titles that move with the day judged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import combinations

from koshiqon.country import Country
from koshiqon.evidence import Reference
from koshiqon.rules.disjoint import provably_disjoint
from koshiqon.rules.expression import Duration, Type
from koshiqon.rules.rule import (
    Belongs,
    ByLimit,
    ByPaper,
    ByRegime,
    ByTerm,
    Consequence,
    Decides,
    Ends,
    EventDay,
    May,
    Moment,
    Must,
    NoEntry,
    ParameterName,
    Penalty,
    Quantity,
    Rule,
    RuleKind,
)
from koshiqon.rules.vocabulary import Declaration, Kind
from koshiqon.sources.faults import Fault, fault
from koshiqon.sources.rule_files import vocabulary_of
from koshiqon.stay.counting import ENGINE_READINGS
from koshiqon.stay.matter import names_in
from koshiqon.stay.readings import MOST_COMBINATIONS, combinations_of

At = Callable[..., Fault]
Places = Mapping[Reference, tuple[str, int]]

MOVING = frozenset(
    {"on", "stay.days", "stay.days_in_window", "overstay.days", "stay.lawful_today", "category", "paper"}
)
"""Measures, and families of them, that differ from day to day of one stay: a title is judged once for a stay."""

NUMBER_OF_DAYS = frozenset({"days"})
TERM = frozenset({"days", "working_days", "months", "years"})
GENERAL = "*"


def rule_faults(country: Country, places: Places, at: At) -> Iterator[Fault]:
    """Every fault of the rules and readings that shows only beside the rest of the country."""
    names = vocabulary_of(country.facts, country.parameters, country.categories).names
    for rule in country.rules.values():
        yield from _names(rule, country, at)
        yield from _quantities(rule, country, at)
        yield from _days(rule, names, at)
    yield from _exceptions(country, at)
    yield from _regimes(country, at)
    yield from _readings(country, at)
    yield from _bound_names(country, places, at)


def codes_of(then: Consequence) -> tuple[tuple[str, str], ...]:
    """The codes that the consequence of a rule uses, with the scheme of codes.yaml that puts each into words."""
    match then:
        case ByPaper(papers):
            return tuple(("paper", paper) for paper in papers)
        case May(right):
            return (("right", right),)
        case Must(duty):
            return (("duty", duty),)
        case Penalty():
            penalties = (("penalty", code) for code in then.alternatives + then.along_with)
            return (*penalties, *(("authority", code) for code in then.decided_by))
        case Decides(decision, authorities):
            return (("decision_by_officer", decision), *(("authority", code) for code in authorities))
        case _:
            return ()


# --- names that a rule uses ------------------------------------------------------------------------------------------


def _names(rule: Rule, country: Country, at: At) -> Iterator[Fault]:
    """Rules, readings, categories, offices and regimes that are nowhere in the country."""
    here = Reference("rule", rule.name)
    targets = [f"rule:{name}" for name in rule.overrides if name not in country.rules]
    for name, option in rule.under.items():
        reading = country.readings.get(name)
        if reading is None:
            targets.append(f"reading:{name}")
        elif option not in {choice.name for choice in reading.options}:
            targets.append(f"reading:{name}/{option}")
    match rule.then:
        case Belongs(category) if category not in country.categories:
            targets.append(f"category:{category}")
        case Must(office=str(office)) | May(office=str(office)) if office not in country.offices:
            targets.append(f"office:{office}")
        case ByRegime(regimes):
            known = {row.regime for row in country.regimes}
            yield from (at(here, "regime_code_unknown", regime=code) for code in regimes if code not in known)
    for target in targets:
        yield at(here, "reference_unknown", target=target)
    if rule.counts_from is not None and not isinstance(rule.then, ByRegime | ByLimit):
        yield at(here, "counts_nothing", since=rule.counts_from)
    if isinstance(rule.then, Ends) and not rule.overrides:
        yield at(here, "ends_no_title")


# --- quantities and days ---------------------------------------------------------------------------------------------


def _quantities(rule: Rule, country: Country, at: At) -> Iterator[Fault]:
    """Parameters that do not exist, and quantities that are not counted in what is needed."""
    here = Reference("rule", rule.name)
    for field, quantity, units in _quantities_of(rule.then):
        if isinstance(quantity, ParameterName):
            parameter = country.parameters.get(quantity.name)
            if parameter is None:
                yield at(here, "reference_unknown", target=f"parameter:{quantity.name}")
            elif parameter.unit not in units:
                needed = ", ".join(sorted(units))
                yield at(
                    here,
                    "quantity_of_another_kind",
                    field=field,
                    value=quantity.name,
                    unit=parameter.unit,
                    needed=needed,
                )
        elif isinstance(quantity, Duration) and not units >= TERM:
            value = f"{quantity.amount} {quantity.unit}"
            needed = ", ".join(sorted(units))
            yield at(here, "quantity_of_another_kind", field=field, value=value, unit=quantity.unit, needed=needed)


def _quantities_of(then: Consequence) -> Iterator[tuple[str, Quantity | None, frozenset[str]]]:
    """The quantities of a consequence: the field, what stands there, the units that fit it."""
    match then:
        case ByLimit(per_entry, in_window, window):
            yield from (
                ("per_entry", per_entry, NUMBER_OF_DAYS),
                ("in_window", in_window, NUMBER_OF_DAYS),
                ("window", window, NUMBER_OF_DAYS),
            )
        case ByPaper(longest=longest):
            yield "longest", longest, TERM
        case ByTerm(term=term) | Ends(term=term) | May(term=term) | NoEntry(term=term):
            yield "for", term, TERM
        case Must(within=within, pays=pays):
            yield "within", within, TERM
            yield "pays", pays, frozenset({"MCI"})
        case Penalty():
            yield "fine", then.fine, frozenset({"MCI"})
            yield "arrest_days", then.arrest_days, NUMBER_OF_DAYS
            yield "prison_years", then.prison_years, frozenset({"years"})
            yield "prison_years_from", then.prison_years_from, frozenset({"years"})
        case Decides(up_to=up_to):
            yield "up_to", up_to, TERM | {"MCI", "percent", "count"}


def _days(rule: Rule, names: Mapping[str, Declaration], at: At) -> Iterator[Fault]:
    """Moments that are no day of the case, and titles whose condition or days move with the day judged."""
    here = Reference("rule", rule.name)
    moments = [when.name for when in _moments_of(rule.then) if isinstance(when, EventDay)]
    for name in moments:
        if not _is_day(names.get(name)):
            yield at(here, "moment_unknown", name=name)
    if isinstance(rule.then, Must) and rule.then.pays_for is not None:
        counted = names.get(rule.then.pays_for)
        if counted is None or counted.kind is not Kind.FACT or counted.type is not Type.NUMBER:
            yield at(here, "pays_for_no_number", name=rule.then.pays_for)
    if rule.kind is RuleKind.TITLE:
        used = set(moments) | (names_in(rule.condition) if rule.condition is not None else set())
        for name in sorted(name for name in used if {name, name.partition(".")[0]} & MOVING):
            yield at(here, "title_condition_moves", name=name)


def _is_day(declared: Declaration | None) -> bool:
    return declared is not None and declared.type is Type.DATE and declared.kind in (Kind.FACT, Kind.MEASURE)


def _moments_of(then: Consequence) -> tuple[Moment | None, ...]:
    match then:
        case ByTerm():
            return (then.start, then.through)
        case Ends() | Must() | May() | NoEntry():
            return (then.start,)
        case _:
            return ()


# --- exceptions ------------------------------------------------------------------------------------------------------


def _exceptions(country: Country, at: At) -> Iterator[Fault]:
    """Exceptions to a rule of another kind, in a circle, or without an order between them."""
    rules = country.rules
    above = {name: _above(name, rules) for name in rules}
    exceptions: dict[str, list[Rule]] = {}
    for rule in rules.values():
        for name in rule.overrides:
            if name in rules:
                exceptions.setdefault(name, []).append(rule)
                if rules[name].kind is not rule.kind:
                    kinds = {"kind": rule.kind, "other": rules[name].kind}
                    yield at(Reference("rule", rule.name), "overrides_another_kind", name=name, **kinds)
        circle = sorted(name for name in above[rule.name] if rule.name in above[name])
        if circle and circle[0] == rule.name:
            yield at(Reference("rule", rule.name), "overrides_in_a_circle", names=", ".join(circle))
    for name, several in exceptions.items():
        for first, second in combinations(several, 2):
            ordered = first.name in above[second.name] or second.name in above[first.name]
            if not ordered and _may_meet(first, second):
                yield at(
                    Reference("rule", second.name),
                    "exceptions_unordered",
                    first=first.name,
                    second=second.name,
                    name=name,
                )


def _above(name: str, rules: Mapping[str, Rule]) -> set[str]:
    """The rules to which a rule is an exception, itself or through others."""
    found: set[str] = set()
    open_ = [name]
    while open_:
        new = {target for target in rules[open_.pop()].overrides if target in rules} - found
        found |= new
        open_ += new
    return found


def _may_meet(first: Rule, second: Rule) -> bool:
    """May both rules hold in one case on one day, for all that can be proved?"""
    if any(second.under.get(reading, option) != option for reading, option in first.under.items()):
        return False
    if not first.period.surely_overlaps(second.period):
        return False
    conditions = (first.condition, second.condition)
    return None in conditions or not provably_disjoint(*conditions)  # type: ignore[arg-type]


# --- regimes, readings, names ----------------------------------------------------------------------------------------


def _regimes(country: Country, at: At) -> Iterator[Fault]:
    """Regimes by which somebody may stay, and that no title names. The general limit lets nobody in, nor do 0 days."""
    named = {code for rule in country.rules.values() if isinstance(rule.then, ByRegime) for code in rule.then.regimes}
    first = {
        row.regime: row for row in reversed(country.regimes) if row.citizenship != GENERAL and row.limit.per_entry != 0
    }
    for code, row in first.items():
        if country.rules and code not in named:
            yield at(Reference("regime", row.name), "regime_without_title", regime=code)


def _readings(country: Country, at: At) -> Iterator[Fault]:
    for reading in country.readings.values():
        here, options = Reference("reading", reading.name), [option.name for option in reading.options]
        if reading.default not in options:
            yield at(here, "default_not_an_option", default=reading.default, options=", ".join(options))
        known = ENGINE_READINGS.get(reading.name, tuple(options))
        for option in options:
            if option not in known:
                yield at(here, "reading_option_unknown", reading=reading.name, option=option, known=", ".join(known))
    missing = [name for name in ENGINE_READINGS if name not in country.readings]
    if country.rules and missing:
        yield fault("readings.yaml", 1, "reading_missing", names=", ".join(missing))
    if (number := combinations_of(country)) > MOST_COMBINATIONS:
        yield fault("readings.yaml", 1, "readings_too_many", number=number, most=MOST_COMBINATIONS)


def _bound_names(country: Country, places: Places, at: At) -> Iterator[Fault]:
    """A parameter that is called like a fact, or either like what the program computes: a condition could mean both."""
    own = vocabulary_of({}, {}).names
    for kind, names in (("fact", country.facts), ("parameter", country.parameters)):
        for name in names:
            if name in own:
                yield at(Reference(kind, name), "name_of_a_measure", name=name)
    for name in country.parameters.keys() & country.facts.keys():
        first = ":".join(map(str, places.get(Reference("fact", name), ("facts.yaml", 1))))
        yield at(Reference("parameter", name), "name_twice", name=name, first=first)
    if country.penalty_unit and country.penalty_unit not in country.parameters:
        yield at(Reference("country", country.code), "reference_unknown", target=f"parameter:{country.penalty_unit}")
