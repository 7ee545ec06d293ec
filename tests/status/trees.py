"""Small random decisions about invented persons: as plain tables, and the same as a country that the program takes.

A condition is a nested tuple: ("fact", name), ("is", name, code), ("not", c), ("and", c, c …), ("or", c, c …),
("in", category). `answer_of` walks it with plain booleans and knows nothing of the program.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import product
from random import Random

from koshiqon.country import Country
from koshiqon.evidence import Basis, Confidence, parse_provision
from koshiqon.language import Text
from koshiqon.period import Period, parse_date
from koshiqon.rules import expression as tree
from koshiqon.rules import rule as law
from koshiqon.rules.categories import CaseFact, Category, Decision, Step

WORDS = Text({"en": "-"}, {})
BASIS = Basis(("nobody",), Confidence.HIGH)
ALWAYS = Period(parse_date("2000-01-01"), None)
CODES = ("a", "b", "c")


@dataclass(frozen=True)
class Puzzle:
    """Facts with their values; categories by their conditions; steps as (condition, categories); the last answer."""

    facts: dict[str, tuple]
    categories: dict[str, tuple]
    steps: list[tuple[tuple, tuple[str, ...]]]
    otherwise: tuple[str, ...]


def puzzle(random: Random, most: int = 8) -> Puzzle:
    """A decision over at most so many facts, each of which some condition names."""
    count = random.randint(2, most)
    facts = {f"f{number}": CODES if random.random() < 0.2 else (True, False) for number in range(count)}
    left = list(facts)
    random.shuffle(left)
    own = {f"k{number}": _condition(random, facts, left, 1) for number in range(random.randint(1, 3))}
    steps = []
    while left or len(steps) < 2:
        condition = ("in", random.choice(list(own))) if random.random() < 0.4 else _condition(random, facts, left, 2)
        steps.append((condition, tuple(random.sample(list(own), random.randint(0, min(2, len(own)))))))
    return Puzzle(facts, own, steps, tuple(random.sample(list(own), random.randint(0, 1))))


def _condition(random: Random, facts: dict[str, tuple], left: list[str], depth: int) -> tuple:
    if depth == 0 or random.random() < 0.2:
        name = left.pop() if left and random.random() < 0.8 else random.choice(list(facts))
        leaf = ("is", name, random.choice(CODES)) if facts[name] == CODES else ("fact", name)
        return ("not", leaf) if random.random() < 0.3 else leaf
    parts = [_condition(random, facts, left, depth - 1) for _ in range(random.randint(2, 3))]
    return (random.choice(["and", "or"]), *parts)


# --- the answer, told plainly ----------------------------------------------------------------------------------------


def answer_of(told: Puzzle, values: dict) -> tuple[int, tuple[str, ...]]:
    """The step that governs and the categories it names, all facts being known."""
    for number, (condition, names) in enumerate(told.steps, 1):
        if holds(condition, told, values):
            return number, tuple(name for name in names if holds(told.categories[name], told, values))
    return len(told.steps), tuple(name for name in told.otherwise if holds(told.categories[name], told, values))


def holds(condition: tuple, told: Puzzle, values: dict) -> bool:
    kind, *rest = condition
    match kind:
        case "fact":
            return values[rest[0]]
        case "is":
            return values[rest[0]] == rest[1]
        case "in":
            return holds(told.categories[rest[0]], told, values)
        case "not":
            return not holds(rest[0], told, values)
    parts = [holds(part, told, values) for part in rest]
    return all(parts) if kind == "and" else any(parts)


def all_cases(told: Puzzle) -> list[dict]:
    return [dict(zip(told.facts, values, strict=True)) for values in product(*told.facts.values())]


def fewest_questions(told: Puzzle) -> float:
    """The least mean number of questions, over all cases alike, after which the answer is certain: by brute force."""
    names = list(told.facts)
    table = {tuple(case.values()): answer_of(told, case) for case in all_cases(told)}

    @cache
    def least(known: tuple) -> float:
        alike = {answer for values, answer in table.items() if _fits(values, known)}
        if len(alike) == 1:
            return 0.0
        costs = []
        for place, name in enumerate(names):
            if known[place] is None:
                answers = told.facts[name]
                after = [least((*known[:place], value, *known[place + 1 :])) for value in answers]
                costs.append(1 + sum(after) / len(after))
        return min(costs)

    return least((None,) * len(names))


def _fits(values: tuple, known: tuple) -> bool:
    return all(wanted is None or wanted == value for value, wanted in zip(values, known, strict=True))


# --- the same as a country -------------------------------------------------------------------------------------------


def country_of(told: Puzzle) -> Country:
    return Country(
        code="XXX",
        name=WORDS,
        languages=("en",),
        version="1",
        currency="XXX",
        groups={},
        partners=(),
        areas={},
        sources={},
        facts={name: _fact(name, values) for name, values in told.facts.items()},
        categories={name: _category(name) for name in told.categories},
        rules={f"rule-{name}": _rule(name, _tree(condition)) for name, condition in told.categories.items()},
        decision=Decision(tuple(_step(number, told) for number in range(1, len(told.steps) + 1))),
    )


def _step(number: int, told: Puzzle) -> Step:
    condition, names = told.steps[number - 1]
    return Step(number, WORDS, names, told.otherwise if number == len(told.steps) else number + 1, _tree(condition))


def _fact(name: str, values: tuple) -> CaseFact:
    kind = "code" if values == CODES else "yes_no"
    return CaseFact(name, kind, WORDS, private=False, declared=True, values=CODES if values == CODES else ())


def _category(name: str) -> Category:
    return Category(name, "statute", WORDS, (), (), (), (), (), (), ALWAYS, BASIS)


def _rule(name: str, condition: tree.Condition) -> law.Rule:
    return law.Rule(
        name=f"rule-{name}",
        kind=law.RuleKind.CATEGORY,
        of=law.Subject.PERSON,
        provision=parse_provision("xxx/1/art_1"),
        period=ALWAYS,
        condition=condition,
        written=name,
        then=law.Belongs(name),
        text=WORDS,
        basis=BASIS,
    )


def _tree(condition: tuple) -> tree.Condition:
    kind, *rest = condition
    match kind:
        case "fact":
            return tree.Fact(rest[0], tree.Type.YES_NO)
        case "is":
            return tree.Comparison(tree.Fact(rest[0], tree.Type.CODE), "=", tree.Literal(rest[1], tree.Type.CODE))
        case "in":
            return tree.Measure(f"category.{rest[0]}", tree.Type.YES_NO)
        case "not":
            return tree.Not(_tree(rest[0]))
    parts = tuple(_tree(part) for part in rest)
    return tree.And(parts) if kind == "and" else tree.Or(parts)
