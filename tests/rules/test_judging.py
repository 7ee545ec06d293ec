"""One case, judged: Kleene's tables, reasons, the trace; and against every way of filling the holes of a random case.

The oracle builds each condition twice: as text, which is read and judged, and as a plain Python function of a case
without holes. Nothing of the tree or the judge is in the second.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from itertools import product
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koshiqon.rules.expression import Duration, Type, Unit, Value
from koshiqon.rules.judging import Case, Outcome, Reason, ReasonKind, Trace, Unknown, add_months, judge, unknown
from koshiqon.rules.reading import Place, read_condition
from koshiqon.rules.vocabulary import Declaration, Kind, Vocabulary


def fact(kind: Type, **more) -> Declaration:
    return Declaration(Kind.FACT, kind, **more)


CODES = ("work", "study", "visit")
TOYLAND = Vocabulary(
    {name: fact(Type.YES_NO) for name in ("p", "q", "r")}
    | {name: fact(Type.NUMBER) for name in ("n", "m")}
    | {name: fact(Type.DATE) for name in ("start", "end")}
    | {name: fact(Type.CODE, values=CODES) for name in ("c", "k")}
    | {
        "some": fact(Type.LIST, members=Type.CODE, values=CODES),
        "term": Declaration(Kind.PARAMETER, Type.DURATION),
        "limit": Declaration(Kind.PARAMETER, Type.NUMBER),
        "days_present": Declaration(Kind.MEASURE, Type.NUMBER),
        "quota": Declaration(Kind.TABLE, Type.NUMBER, arguments=(Type.CODE,)),
    }
)


def next_working_day(day: date, amount: int) -> date:
    """Monday to Friday are working days; no holidays."""
    step = timedelta(days=1 if amount > 0 else -1)
    while amount:
        day += step
        amount -= (day.weekday() < 5) * step.days
    return day


def case(facts: Mapping[str, Outcome] | None = None, **more) -> Case:
    return Case(add_working_days=next_working_day, facts=facts or {}, **more)


def trace(text: str, facts: Mapping[str, Outcome] | None = None, **more) -> Trace:
    return judge(read_condition(text, Place("rules.yaml", 1), TOYLAND), case(facts, **more))


def verdict(text: str, facts: Mapping[str, Outcome] | None = None, **more) -> Outcome:
    return trace(text, facts, **more).outcome


def missing(*names: str) -> Unknown:
    return Unknown(frozenset(Reason(ReasonKind.FACT_MISSING, name) for name in names))


# --- three values ----------------------------------------------------------------------------------------------------

KLEENE = """
p   q   and or
yes yes yes yes
yes no  no  yes
yes ?   ?   yes
no  yes no  yes
no  no  no  no
no  ?   no  ?
?   yes ?   yes
?   no  no  ?
?   ?   ?   ?
"""
ROWS = [row.split() for row in KLEENE.strip().splitlines()[1:]]


def given_as(word: str, name: str) -> dict[str, Outcome]:
    return {} if word == "?" else {name: word == "yes"}


def in_a_word(outcome: Outcome) -> str:
    return "?" if isinstance(outcome, Unknown) else "yes" if outcome else "no"


@pytest.mark.parametrize(("p", "q", "both", "either"), ROWS)
def test_and_or_are_those_of_kleene_1952(p, q, both, either):
    facts = given_as(p, "p") | given_as(q, "q")
    assert [in_a_word(verdict(text, facts)) for text in ("p and q", "p or q")] == [both, either]


@pytest.mark.parametrize(("p", "contrary"), [("yes", "no"), ("no", "yes"), ("?", "?")])
def test_not_leaves_the_unknown_unknown(p, contrary):
    assert in_a_word(verdict("not p", given_as(p, "p"))) == contrary


@pytest.mark.parametrize(("p", "q", "both", "either"), ROWS)
def test_three_parts_are_judged_as_two_and_one(p, q, both, either):
    for word in ("yes", "no", "?"):
        facts = given_as(p, "p") | given_as(q, "q") | given_as(word, "r")
        for joined in ("and", "or"):
            assert verdict(f"p {joined} q {joined} r", facts) == verdict(f"(p {joined} q) {joined} r", facts)


# --- reasons ---------------------------------------------------------------------------------------------------------

REASONS = {
    ("p or q", ()): missing("p", "q"),
    ("p or q", ("q=no",)): missing("p"),
    ("p and q", ("q=yes",)): missing("p"),
    ("(p and q) or r", ("q=no",)): missing("r"),
    ("(p or q) and not r", ("q=yes",)): missing("r"),
    ("p = q", ("p=yes",)): missing("q"),
    ("p = q", ()): missing("p", "q"),
}


@pytest.mark.parametrize(("text", "told"), REASONS)
def test_unknown_names_what_could_still_turn_the_verdict_and_nothing_else(text, told):
    facts = {name: word == "yes" for name, _, word in (fact.partition("=") for fact in told)}
    assert verdict(text, facts) == REASONS[text, told]


@pytest.mark.parametrize("kind", ReasonKind)
def test_a_value_unknown_for_another_reason_keeps_that_reason(kind):
    assert verdict("n + 1 > 3 and p", {"n": unknown(kind, "n"), "p": True}) == unknown(kind, "n")


def test_what_no_act_computation_or_table_gives_is_not_modelled():
    texts = {"limit": "limit > 3", "days_present": "days_present > 3", "quota": "quota(c) > 3"}
    found = {name: verdict(text, {"c": "work"}) for name, text in texts.items()}
    assert found == {name: unknown(ReasonKind.NOT_MODELLED, name) for name in texts}


def test_unknown_without_a_reason_cannot_be():
    with pytest.raises(ValueError, match=r"^unknown without a reason$"):
        Unknown(frozenset())


# --- values ----------------------------------------------------------------------------------------------------------

JANUARY_31 = date(2024, 1, 31)

VERDICTS = {
    "n = 3 and n != 2 and n < 4 and n <= 3 and n > 2 and n >= 3": True,
    "n != 3 or n < 3 or n <= 2 or n > 3 or n >= 4 or n = 2": False,
    "n + 2 - 4 = 1": True,
    "n + 0.5 = 3.5": True,
    "end - start = 30": True,
    "start - end = 0 - 30": True,
    "start + 30 days = end": True,
    "end - 30 days = start": True,
    "start + 1 month = 2024-02-29": True,
    "start + 1 year = 2025-01-31": True,
    "start + 3 working days = 2024-02-05": True,
    "start - 3 working days = 2024-01-26": True,
    "start + term = 2024-04-30": True,
    "start + 9000 years > end": unknown(ReasonKind.NOT_MODELLED, "calendar"),
    "start + 999999999999 days > end": unknown(ReasonKind.NOT_MODELLED, "calendar"),
    "m > 3": missing("m"),
    "n - m > 3": missing("m"),
    "c in ['work', 'visit']": True,
    "c in ['study', 'visit']": False,
    "c in ['study', k]": missing("k"),
    "c in ['work', k]": True,
    "k in ['work', c]": missing("k"),
    "c in some": True,
    "k in some": missing("k"),
    "c is known and not k is known": True,
    "limit = 5 and limit is known": True,
    "days_present = 12 and days_present is known": True,
    "quota(c) = 7": True,
    "quota(k) = 7": missing("k"),
}


@pytest.mark.parametrize("text", VERDICTS)
def test_a_comparison_says_what_its_values_say(text):
    facts = {"n": 3, "start": JANUARY_31, "end": date(2024, 3, 1), "c": "work", "some": ("work", "study")}
    found = verdict(
        text,
        facts,
        parameters={"term": Duration(3, Unit.MONTHS), "limit": Decimal(5)},
        measures={"days_present": lambda: 12},
        tables={"quota": {"work": 7}.__getitem__},
    )
    assert found == VERDICTS[text]


@pytest.mark.parametrize(
    ("months", "day"),
    [
        (1, date(2024, 2, 29)),
        (13, date(2025, 2, 28)),
        (-2, date(2023, 11, 30)),
        (0, JANUARY_31),
        (11, date(2024, 12, 31)),
    ],
)
def test_a_month_without_such_a_day_gives_its_last_day(months, day):
    assert add_months(JANUARY_31, months) == day


@pytest.mark.parametrize(("months", "year"), [(12 * 9000, "11024"), (-12 * 2023 - 1, "0")])
def test_months_outside_the_calendar_are_refused_with_the_year(months, year):
    with pytest.raises(OverflowError, match=f"^{year}$"):
        add_months(JANUARY_31, months)
    assert add_months(JANUARY_31, -12 * 2023) == date(1, 1, 31)


# --- the trace -------------------------------------------------------------------------------------------------------


def lines(found: Trace, depth: int = 0) -> Iterator[str]:
    outcome = found.outcome
    said = "?" if isinstance(outcome, Unknown) else str(outcome)
    yield f"{'.' * depth}{type(found.node).__name__} {said}"
    for part in found.parts:
        yield from lines(part, depth + 1)


def test_the_trace_shows_every_part_even_those_that_did_not_decide():
    found = trace("p or (n + 1 > 3 and not c in ['work', k])", {"p": True, "n": 3, "c": "visit"})
    assert list(lines(found)) == [
        "Or True",
        ".Fact True",
        ".And ?",
        "..Comparison True",
        "...Sum 4",
        "....Fact 3",
        "....Literal 1",
        "...Literal 3",
        "..Not ?",
        "...OneOf ?",
        "....Fact visit",
        "....Literal work",
        "....Fact ?",
    ]


# --- random conditions, random holes ---------------------------------------------------------------------------------

Filled = Mapping[str, Value]

DOMAINS: dict[str, tuple[Value, ...]] = {
    **dict.fromkeys(("p", "q", "r"), (True, False)),
    "n": (0, 1, 2),
    "m": (1, 3),
    "start": (JANUARY_31, date(2024, 2, 29)),
    "end": (date(2024, 2, 29), date(2024, 3, 1)),
    "c": CODES,
    "k": CODES[:2],
    "some": ((), ("work",), ("work", "visit")),
}
SIGNS = {"=": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}


class Said(NamedTuple):
    """A piece of a condition: its text, and what it means where nothing is missing."""

    text: str
    means: Callable[[Filled], Value]


def named(*names: str) -> st.SearchStrategy[Said]:
    return st.sampled_from(names).map(lambda name: Said(name, lambda filled: filled[name]))


def written(*texts_and_values: tuple[str, Value]) -> st.SearchStrategy[Said]:
    return st.sampled_from(texts_and_values).map(lambda pair: Said(pair[0], lambda _: pair[1]))


def compared(values: st.SearchStrategy[Said], *signs: str) -> st.SearchStrategy[Said]:
    def join(left: Said, sign: str, right: Said) -> Said:
        holds = SIGNS[sign]
        return Said(f"{left.text} {sign} {right.text}", lambda filled: holds(left.means(filled), right.means(filled)))

    return st.builds(join, values, st.sampled_from(signs), values)


def moved_by_days(day: Said, days: int) -> Said:
    return Said(f"{day.text} + {days} days", lambda filled: day.means(filled) + timedelta(days=days))


def less(left: Said, right: Said) -> Said:
    return Said(f"{left.text} - {right.text}", lambda filled: left.means(filled) - right.means(filled))


def listed(value: Said, choices: list[Said]) -> Said:
    text = f"{value.text} in [{', '.join(choice.text for choice in choices)}]"
    return Said(text, lambda filled: any(value.means(filled) == choice.means(filled) for choice in choices))


def held(value: Said) -> Said:
    return Said(f"{value.text} in some", lambda filled: sum(value.means(filled) == one for one in filled["some"]) > 0)


def contrary(part: Said) -> Said:
    return Said(f"not ({part.text})", lambda filled: 1 - part.means(filled) == 1)


def joined(word: str, parts: list[Said]) -> Said:
    enough = len(parts) if word == "and" else 1
    text = f" {word} ".join(f"({part.text})" for part in parts)
    return Said(text, lambda filled: sum(bool(part.means(filled)) for part in parts) >= enough)


NUMBERS = named("n", "m") | written(("1", 1), ("2.5", Decimal("2.5"))) | st.builds(less, named("n"), named("m"))
DAYS = named("start", "end") | written(("2024-02-29", date(2024, 2, 29)))
MOVED = DAYS | st.builds(moved_by_days, DAYS, st.integers(0, 30))
KINDS = named("c", "k") | written(("'work'", "work"), ("'visit'", "visit"))
ATOMS = (
    named("p", "q", "r")
    | compared(named("p", "q", "r"), "=", "!=")
    | compared(NUMBERS, *SIGNS)
    | compared(MOVED, *SIGNS)
    | compared(KINDS, "=", "!=")
    | st.builds(listed, KINDS, st.lists(KINDS, min_size=1, max_size=3))
    | st.builds(held, KINDS)
)
CONDITIONS = st.recursive(
    ATOMS,
    lambda parts: (
        st.builds(contrary, parts)
        | st.builds(joined, st.sampled_from(["and", "or"]), st.lists(parts, min_size=2, max_size=3))
    ),
    max_leaves=6,
)
CASES = st.fixed_dictionaries({}, optional={name: st.sampled_from(values) for name, values in DOMAINS.items()})


def fillings(facts: Filled) -> Iterator[Filled]:
    """Every case without holes that agrees with this one."""
    names = [name for name in DOMAINS if name not in facts]
    for values in product(*(DOMAINS[name] for name in names)):
        yield {**facts, **dict(zip(names, values, strict=True))}


@given(CONDITIONS, CASES)
def test_a_verdict_holds_however_the_holes_are_filled(said, facts):
    found = verdict(said.text, facts)
    possible = {bool(said.means(filled)) for filled in fillings(facts)}
    assert isinstance(found, Unknown) or possible == {found}


@given(CONDITIONS, st.fixed_dictionaries({name: st.sampled_from(values) for name, values in DOMAINS.items()}))
def test_nothing_is_unknown_where_nothing_is_missing(said, facts):
    assert verdict(said.text, facts) is bool(said.means(facts))


@given(CONDITIONS, CASES)
def test_the_reasons_are_holes_that_the_condition_names(said, facts):
    found = verdict(said.text, facts)
    reasons = found.reasons if isinstance(found, Unknown) else frozenset()
    assert {reason.kind for reason in reasons} <= {ReasonKind.FACT_MISSING}
    assert all(reason.name not in facts and reason.name in said.text for reason in reasons)


@given(CONDITIONS, CASES, st.data())
def test_learning_a_fact_never_turns_a_verdict_and_never_adds_a_reason(said, facts, data):
    learnt = data.draw(st.sampled_from(list(fillings(facts))))
    more = {name: learnt[name] for name in DOMAINS if name in facts or data.draw(st.booleans())}
    before, after = verdict(said.text, facts), verdict(said.text, more)
    if isinstance(before, Unknown):
        assert not isinstance(after, Unknown) or after.reasons <= before.reasons
    else:
        assert after is before


@given(CONDITIONS, CASES)
def test_learning_all_that_is_asked_for_settles_the_verdict(said, facts):
    found = verdict(said.text, facts)
    if isinstance(found, Unknown):
        first = next(fillings(facts))
        asked = {reason.name: first[reason.name] for reason in found.reasons}
        assert isinstance(verdict(said.text, {**facts, **asked}), bool)


def test_is_known_is_the_one_atom_that_learning_a_fact_can_turn():
    assert [verdict("p is known", facts) for facts in ({}, {"p": False})] == [False, True]
