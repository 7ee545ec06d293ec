"""Categories of migrants as data: tests, what follows, terms; the vocabulary of facts they use; the order of
deciding.
"""

from __future__ import annotations

from dataclasses import dataclass

from koshiqon.evidence import Basis, Confidence, Reference
from koshiqon.language import Text
from koshiqon.period import Period
from koshiqon.rules.expression import Condition

Scalar = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """The act a category rests on (None where there is none) and the place in it."""

    instrument: Reference | None
    where: Text


@dataclass(frozen=True, slots=True)
class Test:
    """A fact compared with a value; `op` is one of is_set, not_set, eq, neq, lt, lte, gt, gte, in, not_in, contains,
    not_contains, intersects.
    """

    fact: str
    op: str
    value: Scalar | tuple[Scalar, ...] = None
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """What follows from a category; `kind` is right, duty, limit, condition, refusal, bar, sanction, note, open_point
    and the like.
    """

    kind: str
    text: Text


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """A time limit in its legal unit. `amount` is None where the law gives no number."""

    name: str
    text: Text
    unit: str
    amount: float | None


@dataclass(frozen=True, slots=True)
class Predecessor:
    """The category that stood in this one's place before."""

    category: str
    period: Period
    note: Text


@dataclass(frozen=True, slots=True)
class Overlay:
    """A pilot or exception laid over a category for a time."""

    instrument: Reference | None
    text: Text
    period: Period
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class CountedBy:
    """The series that counts the people of a category: an indicator, of one counterpart, with these further dimensions
    as (key, value) sorted by key, and no others.
    """

    indicator: str
    counterpart: str
    dimensions: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Category:
    """A category of migrants. `layer` says what gives it effect: statute, treaty, unhcr, policy, or analytic (none).
    `counted_by` is empty where no series counts just these people.
    """

    name: str
    layer: str
    title: Text
    legal_basis: tuple[LegalBasis, ...]
    all_of: tuple[Test, ...]
    any_of: tuple[Test, ...]
    none_of: tuple[Test, ...]
    statements: tuple[Statement, ...]
    terms: tuple[TimeLimit, ...]
    period: Period
    basis: Basis
    predecessor: Predecessor | None = None
    overlay: Overlay | None = None
    counted_by: tuple[CountedBy, ...] = ()

    @property
    def tests(self) -> tuple[Test, ...]:
        return self.all_of + self.any_of + self.none_of


@dataclass(frozen=True, slots=True)
class CaseFact:
    """A fact of a case: its type, the question that asks for it, and whether it is private.

    `assume` is what a door may assume, and then must say, of a person who did not tell; None: nothing.
    """

    name: str
    type: str
    question: Text
    private: bool
    declared: bool
    values: tuple[str, ...] = ()
    unit: str | None = None
    assume: Scalar = None


@dataclass(frozen=True, slots=True)
class Step:
    """One question of the ordered decision: where yes leads (categories), where no leads (a step, or categories).

    `condition` answers the question for one case; None: nobody wrote down how.
    """

    number: int
    ask: Text
    yes: tuple[str, ...]
    no: int | tuple[str, ...]
    condition: Condition | None = None


@dataclass(frozen=True, slots=True)
class Flag:
    """A point at which practice is known to part from law, or law to be silent."""

    name: str
    when: Text
    meaning: Text
    sources: tuple[str, ...]
    condition: Condition | None = None


@dataclass(frozen=True, slots=True)
class DecisionOverlay:
    """A label that may lie over whatever the ordered decision names."""

    text: Text
    categories: tuple[str, ...]
    condition: Condition | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """The order in which one asks which category governs a stay."""

    steps: tuple[Step, ...] = ()
    overlays: tuple[DecisionOverlay, ...] = ()
    flags: tuple[Flag, ...] = ()
