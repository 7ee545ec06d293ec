"""What a statement rests on: sources, provisions, confidence, conflicts, open questions, and the finding that leaves
a domain.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from koshiqon.language import Text
from koshiqon.period import PartialDate, Period


class Confidence(StrEnum):
    """How sure a fact is: text of an act or two independent sources; one source or a computed date; inferred."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


def weakest(confidences: Iterable[Confidence]) -> Confidence:
    """The least sure of several: a chain is as strong as its weakest link. High where there are none."""
    order = list(Confidence)
    return max(confidences, key=order.index, default=Confidence.HIGH)


class Reference(NamedTuple):
    """The address of a row of a country, written `kind:id`, such as `event:2023-01-27-visa-runs-end`."""

    kind: str
    name: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.name}"


OWN_READING = "own-reading"
"""The source that every country lists for what its compilers say themselves: an open question, a count of the
register.
"""


def is_abroad(references: Iterable[Reference]) -> bool:
    """Are these rows all about the law of other states?"""
    kinds = {reference.kind for reference in references}
    return kinds == {"abroad"}


_PROVISION = re.compile(r"(?P<country>[a-z]{3})/(?P<number>[^/]+)/(?P<path>.+)")


@dataclass(frozen=True, slots=True, order=True)
class ProvisionId:
    """The address of a provision: country / number of the act / path, such as `kaz/477-IV/art_6/para_4`."""

    act: str
    path: str

    def __str__(self) -> str:
        return f"{self.act}/{self.path}"

    def lies_within(self, scope: str) -> bool:
        """Is this the provision, or part of the act or provision, that `scope` names?"""
        return f"{self}/".startswith(f"{scope}/")


def parse_provision(text: str) -> ProvisionId:
    """Read `kaz/477-IV/art_6/para_4`. Raises ValueError where there is no country, act or path."""
    match = _PROVISION.fullmatch(text)
    if match is None:
        raise ValueError(text)
    return ProvisionId(f"{match['country']}/{match['number']}", match["path"])


@dataclass(frozen=True, slots=True)
class Source:
    """A document, page or data set that somebody can open; `kind` is one of codes.yaml's `source_kind`.

    `background` says why a source is listed that no row cites: a coding scheme, a place where newer data can be had,
    a related study.
    """

    name: str
    kind: str
    publisher: str
    title: str | None = None
    url: str | None = None
    language: str | None = None
    published: PartialDate | None = None
    note: Text | None = None
    background: Text | None = None


@dataclass(frozen=True, slots=True)
class Basis:
    """Why a row is believed: its sources, how sure it is, and the rows that contradict it."""

    sources: tuple[str, ...]
    confidence: Confidence
    conflicts_with: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class Gap:
    """A gap in the law that a conflict, a question or a practice shows. `kind` is acts_differ, act_against_itself,
    silent, undefined or no_rule; `between` are the acts and provisions it lies between, or one alone.
    """

    kind: str
    between: tuple[Reference, ...]
    basis: Basis


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a conflict: what it says, and the rows and sources that say so."""

    text: Text
    references: tuple[Reference, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Sources that cannot all be right. `explanation` says why they differ, as far as that is known; an open conflict
    may have a partial one.
    """

    name: str
    text: Text
    sides: tuple[Side, ...]
    is_open: bool
    explanation: Text | None = None
    gap: Gap | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """What is not known, what would settle it, and how much hangs on it (1 decides a person's stay, 3 is a detail)."""

    name: str
    text: Text
    settles: Text
    references: tuple[Reference, ...]
    weight: int
    gap: Gap | None = None


@dataclass(frozen=True, slots=True)
class Practice:
    """What is done, where no provision says it or where it is not what a provision says."""

    name: str
    period: Period
    text: Text
    departs_from: tuple[Reference, ...]
    basis: Basis
    gap: Gap | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What leaves a domain: one value or one statement, for one date, with everything it rests on.

    `name` is unique in an edition and stays the same from edition to edition; `rests_on` are rows of the country;
    `rule` says how a value that
    stands in no source was computed from them ("as given" where it was not).
    """

    name: str
    value: float | int | str | None
    unit: str
    on: str
    sources: tuple[str, ...]
    confidence: Confidence
    rests_on: tuple[Reference, ...]
    rule: str = "as_given"
    statement: str | None = None
    conflicts: tuple[str, ...] = ()
