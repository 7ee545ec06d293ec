"""The facts that a form of a stay asks for: what an answer waits for, what was told, what is assumed of people who did
not tell.

Of what is assumed, the facts that most titles to stay look at stand in the open; the others are folded away. That order
follows from the rules of the country.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from koshiqon.country import Country
from koshiqon.render.stay_codes import VERDICTS
from koshiqon.render.stay_words import code_words, name_words, value_words, word
from koshiqon.render.words import Voice
from koshiqon.rules.categories import CaseFact
from koshiqon.rules.rule import RuleKind
from koshiqon.stay.answer import Assessment
from koshiqon.stay.case import CITIZENSHIP
from koshiqon.stay.matter import ENTRY, names_in
from koshiqon.web.pages.stay_form import FACT
from koshiqon.web.pages.stay_states import Choice, choices_of_states

MOST_ASKED = 5
"""Questions that stand beside one answer."""
IN_THE_OPEN = 4
"""Assumed facts that are not folded away."""
ELSEWHERE = (CITIZENSHIP, ENTRY)
"""Facts that have fields of their own."""


@dataclass(frozen=True, slots=True)
class FactField:
    """A field for one fact. `kind` is `choice`, or the type of a fact that is typed; `usual` says what is assumed where
    nothing is told, empty where nothing is; `drawn` is the field as the page shows it, where it was drawn before.
    """

    name: str
    label: str
    kind: str
    value: str
    choices: tuple[Choice, ...] = ()
    usual: str = ""
    drawn: Markup | None = None

    @property
    def place(self) -> str:
        """The name of the field, which is its id too."""
        return f"{FACT}{self.name}"


@dataclass(frozen=True, slots=True)
class FactFields:
    """The facts of a form: asked by the answer, told before, assumed in the open, assumed and folded."""

    asked: tuple[FactField, ...]
    told: tuple[FactField, ...]
    open: tuple[FactField, ...]
    folded: tuple[FactField, ...]


def empty_fields(voice: Voice, draw: Callable[[FactField], Markup]) -> dict[str, FactField]:
    """The field of each fact with nothing in it: most fields of most forms, and alike for everybody."""
    empty = ((name, _field(fact, "", voice)) for name, fact in voice.country.facts.items())
    return {name: replace(field, drawn=draw(field)) for name, field in empty}


def fact_fields(
    given: Mapping[str, str],
    answer: Assessment | None,
    voice: Voice,
    assumable: Sequence[str],
    empty: Mapping[str, FactField],
) -> FactFields:
    """The fields for the facts of a form and of its answer, each fact once; `assumable` in the order of showing."""

    def fields(names: Iterable[str]) -> tuple[FactField, ...]:
        return tuple(
            _field(country.facts[name], given[name], voice) if given.get(name) else empty[name] for name in names
        )

    country = voice.country
    asked = () if answer is None else tuple(_asked(answer, country))
    assumed = [name for name in assumable if name not in asked]
    told = [name for name in given if name in country.facts and name not in (*asked, *assumed, *ELSEWHERE)]
    return FactFields(
        fields(asked),
        fields(told),
        fields(assumed[:IN_THE_OPEN]),
        fields(assumed[IN_THE_OPEN:]),
    )


def assumed_facts(country: Country) -> list[str]:
    """The facts that a door may assume, first those that most titles to stay look at."""
    looked_at: Counter[str] = Counter()
    for rule in country.rules.values():
        if rule.kind is RuleKind.TITLE and rule.condition is not None:
            looked_at.update(names_in(rule.condition))
    assumed = [name for name, fact in country.facts.items() if fact.assume is not None]
    return sorted(assumed, key=lambda name: -looked_at[name])


def _asked(answer: Assessment, country: Country) -> Iterator[str]:
    """The facts that would settle what is not known, the most important first."""
    wanted = [point.ask for point in answer.unknown if point.ask is not None and point.ask not in ELSEWHERE]
    yield from [name for name in dict.fromkeys(wanted) if name in country.facts][:MOST_ASKED]


def _field(fact: CaseFact, value: str, voice: Voice) -> FactField:
    kind = "choice" if fact.type in ("yes_no", "code", "country") else fact.type
    usual = "" if fact.assume is None else value_words(voice, _scalar(fact), fact.name)
    choices = tuple(one for one in _choices(fact, voice) if one.value == value or one.value != _code(fact))
    return FactField(fact.name, name_words(voice, fact.name), kind, value, choices, usual)


def _choices(fact: CaseFact, voice: Voice) -> tuple[Choice, ...]:
    match fact.type:
        case "yes_no":
            return tuple(Choice(code, word(voice, VERDICTS, code)) for code in ("yes", "no"))
        case "code":
            return tuple(Choice(code, code_words(voice, fact.name, code)) for code in fact.values)
        case "country":
            return choices_of_states(voice)
    return ()


def _code(fact: CaseFact) -> str:
    """What is assumed as a form would say it: to leave the field alone says the same."""
    if isinstance(fact.assume, bool):
        return "yes" if fact.assume else "no"
    return "" if fact.assume is None else str(fact.assume)


def _scalar(fact: CaseFact) -> bool | int | str:
    assert isinstance(fact.assume, bool | int | str), fact.name
    return fact.assume
