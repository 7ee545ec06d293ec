"""The law of one day, and what of it changed between two days for the citizens of one state.

A change has the first day of the new state of things: the day a rule, a row of the regimes, a value or a practice
begins, or the first day on which it no longer holds. Changes are asked for the days after `first` through `last`: what
begins on `first` is already the law that the others are compared with.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeAlias, TypeVar

from koshiqon.country import Country
from koshiqon.evidence import Practice, Reference
from koshiqon.law.acts import Parameter, ParameterValue
from koshiqon.law.regimes import Regime
from koshiqon.period import PartialDate, Period, Truth
from koshiqon.rules.rule import ByPaper, ByRegime, ByTerm, Ends, Must, Rule, RuleKind
from koshiqon.stay.answer import ReadUntil
from koshiqon.stay.concern import could_concern, departs, parameters_of, parameters_used
from koshiqon.stay.grounding import read_until
from koshiqon.stay.limit_titles import GENERAL

Row: TypeAlias = Regime | Rule | ParameterValue | Practice
RowT = TypeVar("RowT", Regime, Rule, ParameterValue, Practice)


# --- the law of one day ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LawOnDay:
    """The rules that hold or may hold on a day, in the order of the country's files; the rows of its regimes; until
    when the acts behind them were read.
    """

    on: date
    rules: tuple[Rule, ...]
    regimes: tuple[Regime, ...]
    read: tuple[ReadUntil, ...]


def law_on(country: Country, on: date, kinds: Iterable[RuleKind] = tuple(RuleKind)) -> LawOnDay:
    """The law of one day, its rules of these kinds. The regimes stand beside titles, and only there."""
    asked = frozenset(kinds)
    rules = tuple(
        rule for rule in country.rules.values() if rule.kind in asked and rule.period.contains(on) is not False
    )
    titles = RuleKind.TITLE in asked
    regimes = tuple(row for row in country.regimes if titles and row.period.contains(on) is not False)
    provisions = [rule.provision for rule in rules] + [row.provision for row in regimes if row.provision is not None]
    named = dict.fromkeys(Reference("provision", str(provision)) for provision in provisions)
    return LawOnDay(on, rules, regimes, tuple(read_until(named, country, on)))


def first_rule(country: Country) -> date | None:
    """The first day on which a rule of the country surely holds; None where it has no rules."""
    return min((rule.period.since.latest for rule in country.rules.values()), default=None)


# --- what changed ----------------------------------------------------------------------------------------------------


class How(StrEnum):
    """What happened to a rule, a row, a value or a practice; `enforced`: the border began to apply a row's window."""

    BEGUN = "begun"
    ENDED = "ended"
    REPLACED = "replaced"
    ENFORCED = "enforced"


@dataclass(frozen=True, slots=True)
class Change:
    """One change. `before` and `after` are of one kind, None where there is none; `name` is that of the newer, of a
    value the name of its parameter. `sure` is false where the day may lie outside the days asked.
    """

    day: PartialDate
    how: How
    name: str
    before: Row | None
    after: Row | None
    sure: bool

    @property
    def row(self) -> Row:
        row = self.after if self.after is not None else self.before
        assert row is not None
        return row


@dataclass(frozen=True, slots=True)
class Changed:
    """What changed after `first` through `last` for a citizenship, by day; `undated` are rows whose day is not known
    at all, so that nobody can tell whether it lies between.
    """

    citizenship: str
    first: date
    last: date
    changes: tuple[Change, ...]
    undated: tuple[Reference, ...]


def changed(country: Country, citizenship: str, first: date, last: date) -> Changed:
    """What changed for a citizenship after `first` through `last`.

    Rules: those of persons and stays, and duties of anybody, whose condition could hold for the citizenship, whatever
    else is the case. Values: of the parameters that such rules use. Practice: what departs from a row of the
    citizenship or from an article that its rows and rules rest on, and what an open reading cites. The general limit
    (`*`) concerns everybody.
    """
    rows = [row for row in country.regimes if row.citizenship in (citizenship, GENERAL)]
    rules = [rule for rule in country.rules.values() if could_concern(rule, citizenship, country, first, last)]
    practice = [one for one in country.practice.values() if departs(one, rows, rules, country)]
    told = [
        *_by_period(rows, lambda row: row.name, _alike_regimes, first, last),
        *_enforced(rows, first, last),
        *_by_period(rules, lambda rule: rule.name, _alike_rules, first, last),
        *_by_period(practice, lambda one: one.name, _never_alike, first, last),
    ]
    for name, users in parameters_used(rules, country).items():
        told += _of_parameter(country.parameters[name], users, first, last)
    held: tuple[tuple[str, Sequence[Regime | Rule | Practice]], ...] = (
        ("regime", rows),
        ("rule", rules),
        ("practice", practice),
    )
    undated = [
        Reference(kind, row.name) for kind, some in held for row in some if _hides_its_day(row.period, first, last)
    ]
    in_order = sorted(told, key=lambda change: (change.day.latest, change.day.earliest, _place(change)))
    return Changed(citizenship, first, last, tuple(in_order), tuple(undated))


def _by_period(
    rows: Sequence[RowT], name: Callable[[RowT], str], likeness: Callable[[RowT, RowT], int], first: date, last: date
) -> Iterator[Change]:
    """Rows that begin or end; one that ends on the day on which the most like one begins is replaced by it."""
    begun = [row for row in rows if _between(row.period.since, first, last) is not False]
    ended = [row for row in rows if row.period.until and _between(row.period.until, first, last) is not False]
    before = _replaced(begun, ended, likeness)
    for number, row in enumerate(begun):
        day = row.period.since
        if _tells_its_day(day, first, last):
            old = ended[before[number]] if number in before else None
            how = How.BEGUN if old is None else How.REPLACED
            if isinstance(row, Regime) and isinstance(old, Regime) and _only_now_enforced(old, row):
                how = How.ENFORCED
            yield Change(day, how, name(row), old, row, _between(day, first, last) is True)
    for number, row in enumerate(ended):
        assert row.period.until is not None
        if number not in before.values() and _tells_its_day(row.period.until, first, last):
            sure = _between(row.period.until, first, last) is True
            yield Change(row.period.until, How.ENDED, name(row), row, None, sure)


def _replaced(begun: Sequence[RowT], ended: Sequence[RowT], likeness: Callable[[RowT, RowT], int]) -> dict[int, int]:
    """Which of those that ended each of those that began took the place of, by number: the most alike first."""
    pairs = [
        (likeness(old, new), -after, -before)
        for after, new in enumerate(begun)
        for before, old in enumerate(ended)
        if old.period.until == new.period.since and likeness(old, new)
    ]
    taken: dict[int, int] = {}
    for _, after, before in sorted(pairs, reverse=True):
        if -after not in taken and -before not in taken.values():
            taken[-after] = -before
    return taken


def _enforced(rows: Iterable[Regime], first: date, last: date) -> Iterator[Change]:
    """The border begins to apply the window of a row that was law before."""
    for row in rows:
        day, until = row.enforced_since, row.period.until
        if day is None or day.earliest <= row.period.since.latest or (until and until.earliest <= day.latest):
            continue
        if _tells_its_day(day, first, last):
            yield Change(day, How.ENFORCED, row.name, row, row, _between(day, first, last) is True)


def _only_now_enforced(old: Regime, new: Regime) -> bool:
    """Are the days the same, and is the new thing that the border applies the window?"""
    day = new.period.since.latest
    return old.limit == new.limit and old.window_enforced_on(day - timedelta(days=1)) is False


def _of_parameter(parameter: Parameter, users: Iterable[Rule], first: date, last: date) -> Iterator[Change]:
    """The changes of a value; its first one only where a rule that uses it is older. Of two values that contradict each
    other one may end where the next begins: then it does not end, it is replaced.
    """
    begun = min(rule.period.since.earliest for rule in users)
    following = [value.period.since for value in parameter.values]
    for change in _by_period(parameter.values, lambda _: parameter.name, lambda *_: 1, first, last):
        idle = change.day in following if change.how is How.ENDED else change.day.earliest <= begun
        if change.how is How.REPLACED or not idle:
            yield change


def _never_alike(_old: Practice, _new: Practice) -> int:
    return 0


def _place(change: Change) -> int:
    """Where a change stands among those of one day: regimes, then rules by kind, practice, values."""
    match change.row:
        case Regime():
            return 0
        case Rule(kind=kind):
            return 1 + list(RuleKind).index(kind)
        case Practice():
            return 90
        case ParameterValue():
            return 91


# --- what takes the place of what -------------------------------------------------------------------------------------


def _alike_regimes(old: Regime, new: Regime) -> int:
    if old.citizenship != new.citizenship:
        return 0
    return 1 + (old.legal_ground == new.legal_ground) + 2 * (old.regime == new.regime)


def _alike_rules(old: Rule, new: Rule) -> int:
    """Do two rules say the same kind of thing about the same matter, so that one may take the other's place?"""
    if old.kind is not new.kind or old.of is not new.of:
        return 0
    match old.then, new.then:
        case ByRegime(before), ByRegime(after):
            return len(set(before) & set(after))
        case ByPaper(before), ByPaper(after):
            return len(set(before) & set(after))
        case Must(before, by), Must(after, by_whom):
            return int(before == after and by == by_whom)
        case (ByTerm(start), ByTerm(begin)) | (Ends(start), Ends(begin)):
            return int(start == begin)
    if type(old.then) is not type(new.then):
        return 0
    near = new.provision.lies_within(str(old.provision)) or old.provision.lies_within(str(new.provision))
    return near + 2 * len(set(parameters_of(old)) & set(parameters_of(new)))


# --- days ------------------------------------------------------------------------------------------------------------


def _between(day: PartialDate, first: date, last: date) -> Truth:
    """Does the day lie after `first` and not after `last`?"""
    if day.latest <= first or day.earliest > last:
        return False
    return True if first < day.earliest and day.latest <= last else None


def _tells_its_day(day: PartialDate, first: date, last: date) -> bool:
    """Is the day known well enough to say that it lies, or may lie, between? Not one of which only the latest possible
    day is known, and that later.
    """
    return _between(day, first, last) is not False and not (day.earliest == date.min and day.latest > last)


def _hides_its_day(period: Period, first: date, last: date) -> bool:
    days = [period.since] + ([period.until] if period.until is not None else [])
    return any(_between(day, first, last) is None and not _tells_its_day(day, first, last) for day in days)
