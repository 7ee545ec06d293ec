"""Two conditions that cannot hold in one case: what is proved from their form, what is left open, and that nothing is
proved which a case refutes.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from koshiqon.rules.disjoint import provably_disjoint
from koshiqon.rules.expression import Condition, Type, Value
from koshiqon.rules.judging import Case, judge
from koshiqon.rules.reading import Place, read_condition
from koshiqon.rules.vocabulary import Declaration, Kind, Vocabulary

PURPOSES = ("work", "study", "visit")
WORDS = Vocabulary(
    {
        "p": Declaration(Kind.FACT, Type.YES_NO),
        "q": Declaration(Kind.FACT, Type.YES_NO),
        "purpose": Declaration(Kind.FACT, Type.CODE, values=PURPOSES),
        "paid": Declaration(Kind.PARAMETER, Type.LIST, members=Type.CODE, values=PURPOSES),
        "citizenship": Declaration(Kind.FACT, Type.COUNTRY),
        "n": Declaration(Kind.MEASURE, Type.NUMBER),
        "limit": Declaration(Kind.PARAMETER, Type.NUMBER),
        "entry": Declaration(Kind.FACT, Type.DATE),
        "regime.days": Declaration(Kind.TABLE, Type.NUMBER, arguments=(Type.COUNTRY,)),
    }
)


def read(text: str) -> Condition:
    return read_condition(text, Place("rules.yaml", 1), WORDS)


def disjoint(first: str, second: str) -> bool:
    return provably_disjoint(read(first), read(second))


# --- what is proved --------------------------------------------------------------------------------------------------

PROVED = """
p | not p
p and q | q and not p
not (p or q) | q
p = q | p != q
purpose = 'work' | purpose = 'study'
purpose = 'work' | purpose in ['study', 'visit']
purpose in ['work', 'study'] | not purpose in ['work', 'study', 'visit']
purpose != 'work' | purpose = 'work'
'work' = purpose | purpose = 'visit'
purpose in paid | not purpose in paid
citizenship = 'UZB' | citizenship in ['KGZ', 'TJK']
n <= 3 | n > 3
n <= 3 | n > 5 and p
3 >= n | 3 < n
n < 3 | n in [3, 4]
n = 3 | n != 3
n = 2.5 | n >= 3
n > 3 and n <= 10 | n > 10 and n <= 30
n <= limit | n > limit
n <= limit | limit < n
n < limit | n = limit
n + 1 > limit | n + 1 <= limit
regime.days(citizenship) > 30 | regime.days(citizenship) = 30
entry < 2023-01-27 | entry >= 2023-01-27
entry + 30 days < 2023-01-27 | entry + 30 days > 2023-01-27
purpose is known | not purpose is known
p and purpose = 'work' or q and purpose = 'study' | purpose = 'visit'
(p or q) and n > 3 | not p and not q
(p or n > 3) and not p | n < 2
"""


@pytest.mark.parametrize("pair", PROVED.strip().splitlines())
def test_conditions_that_plainly_exclude_each_other_are_proved_to(pair):
    first, second = pair.split(" | ")
    assert disjoint(first, second) and disjoint(second, first)


OPEN = """
p | q
p | p
p or q | not p
purpose = 'work' | p
purpose = 'work' | purpose in ['study', 'work']
purpose != 'work' | purpose != 'study'
purpose in paid | purpose = 'work'
n <= 3 | n >= 3
n <= limit | n >= limit
n > 3 | n <= 10
n in [1, 2] | n in [2, 3]
n <= limit | n > 3
n > 3 | limit <= 3
entry < 2023-01-27 | entry <= 2023-01-27
regime.days(citizenship) > 30 | n <= 30
"""


@pytest.mark.parametrize("pair", OPEN.strip().splitlines())
def test_conditions_that_one_case_may_meet_are_left_open(pair):
    first, second = pair.split(" | ")
    assert not disjoint(first, second) and not disjoint(second, first)


@pytest.mark.parametrize("pair", ["n > 3 and n < 4 | p", "purpose != 'work' and purpose != 'study' | n > 1"])
def test_gaps_between_whole_numbers_and_the_end_of_a_list_of_codes_are_not_looked_into(pair):
    assert not disjoint(*pair.split(" | "))


def test_a_proof_that_would_take_too_long_is_not_begun():
    many = " and ".join("(p or q or n > 3)" for _ in range(12))
    assert not disjoint(many, "not p and not q and n <= 3")
    few = " and ".join("(p or q or n > 3)" for _ in range(4))
    assert disjoint(few, "not p and not q and n <= 3")


# --- nothing is proved that a case refutes ---------------------------------------------------------------------------

DAY = date(2023, 1, 26)
DOMAINS: dict[str, tuple[Value, ...]] = {
    "p": (True, False),
    "q": (True, False),
    "purpose": PURPOSES,
    "paid": (("work",), ("work", "study")),
    "n": (1, 2, 3, 4, 5),
    "limit": (2, 4),
    "entry": tuple(DAY + timedelta(days=number) for number in range(3)),
}
CASES = [dict(zip(DOMAINS, values, strict=True)) for values in product(*DOMAINS.values())]
ATOMS = st.sampled_from(
    [
        "p",
        "q",
        "p = q",
        "p is known",
        *(f"purpose {sign} '{code}'" for sign in ("=", "!=") for code in PURPOSES),
        "purpose in ['work', 'visit']",
        "purpose in paid",
        *(f"n {sign} {number}" for sign in ("=", "!=", "<", "<=", ">", ">=") for number in (2, 3, 4)),
        "3 < n",
        "n in [1, 2]",
        "n in [2, limit]",
        *(f"n {sign} limit" for sign in ("=", "!=", "<", "<=", ">", ">=")),
        "limit > n",
        "limit = 2",
        "n + 1 > limit",
        *(f"entry {sign} 2023-01-27" for sign in ("=", "<", "<=", ">", ">=")),
        "entry + 1 day > 2023-01-27",
        "entry - 2023-01-26 > 1",
    ]
)
CONDITIONS = st.recursive(
    ATOMS,
    lambda parts: (
        parts.map(lambda part: f"not ({part})")
        | st.builds(
            lambda word, several: f" {word} ".join(f"({part})" for part in several),
            st.sampled_from(["and", "or"]),
            st.lists(parts, min_size=2, max_size=3),
        )
    ),
    max_leaves=6,
)


def holds(condition: Condition, given: dict[str, Value]) -> bool:
    measures = {"n": lambda: given["n"]}
    parameters = {name: given[name] for name in ("limit", "paid")}
    case = Case(add_working_days=lambda day, _: day, facts=given, parameters=parameters, measures=measures)
    return judge(condition, case).outcome is True


@settings(max_examples=200)
@given(CONDITIONS, CONDITIONS)
def test_no_case_meets_two_conditions_that_are_proved_disjoint(first, second):
    one, other = read(first), read(second)
    if provably_disjoint(one, other):
        assert [given for given in CASES if holds(one, given) and holds(other, given)] == []


OF_A_NUMBER = [
    *(f"n {sign} {number}" for sign in ("=", "!=", "<", "<=", ">", ">=") for number in (2, 3, 4)),
    "3 < n",
    "n in [2, 4]",
    "not n in [2, 3]",
]


@pytest.mark.parametrize("first", OF_A_NUMBER)
@pytest.mark.parametrize("second", OF_A_NUMBER)
def test_of_two_bounds_of_one_number_every_pair_that_excludes_itself_is_proved_and_no_other(first, second):
    halves = [Decimal(number) / 2 for number in range(2, 11)]
    one, other = read(first), read(second)
    meet = any(holds(one, CASES[0] | {"n": half}) and holds(other, CASES[0] | {"n": half}) for half in halves)
    assert provably_disjoint(one, other) is not meet
