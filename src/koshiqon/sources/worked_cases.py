"""Files of worked cases: a list of cases in YAML, read strictly by the lists of the country each case is about. See
docs/reference/worked-cases.md.

UnreadableCases  a file that cannot be read; it holds every fault that was found
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from koshiqon.country import Country
from koshiqon.rules.judging import ReasonKind
from koshiqon.sources.case_file import CaseWritten, UnreadableCase, Written
from koshiqon.sources.case_reading import read_case
from koshiqon.sources.faults import Fault, fault
from koshiqon.sources.files import Path_, read_yaml
from koshiqon.sources.reader import Reader
from koshiqon.sources.worked_shapes import ANSWERED_BY, WorkedShape
from koshiqon.stay.assessment import with_assumptions
from koshiqon.stay.found import Told
from koshiqon.stay.worked import Asks, Expectation, Known, WorkedCase, differs, leaves_open

LineOf = Callable[[Path_], int]


class UnreadableCases(Exception):
    """A file of worked cases that cannot be read, with every fault found in it."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("; ".join(f"{found.file}:{found.line}: {found.code}" for found in faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a worked case, the country whose law it is about, and where it stands."""

    case: WorkedCase
    country: Country
    file: str
    line: int


@dataclass(slots=True)
class _Reading:
    """What is needed to read one file, and what was found so far."""

    file: str
    country: str
    law_of: Callable[[str], Country]
    reader: Reader
    runs: dict[str, Run] = field(default_factory=dict)

    @property
    def faults(self) -> list[Fault]:
        return self.reader.faults

    def refuse(self, line: int, code: str, **values: object) -> None:
        self.faults.append(fault(self.file, line, code, **values))


def read_worked_cases(path: Path, country: str, law_of: Callable[[str], Country]) -> tuple[Run, ...]:
    """The runs of a file in its order; `country` is that of the cases that name none. Raises UnreadableCases, and what
    `law_of` raises for a country that cannot be read.
    """
    reading = _Reading(str(path), country, law_of, Reader(path.parent))
    try:
        located = read_yaml(path, reading.file, reading.faults)
    except OSError as problem:
        reason = problem.strerror or str(problem)
        raise UnreadableCases((fault("", 0, "case_file_unreadable", path=path, reason=reason),)) from None
    if not reading.faults and not (isinstance(located.value, list) and located.value):
        reading.refuse(1, "worked_no_list")
    for number, record in enumerate(located.value if isinstance(located.value, list) else []):

        def line_of(inner: Path_, number: int = number) -> int:
            return located.line_of((number, *inner))

        shape = reading.reader.shape(WorkedShape, record, reading.file, line_of)
        if shape is not None:
            _read(shape, line_of, reading)
    if reading.faults:
        raise UnreadableCases(tuple(sorted(set(reading.faults))))
    return tuple(reading.runs.values())


def _read(shape: WorkedShape, line_of: LineOf, reading: _Reading) -> None:
    """The runs of one record, one for each citizenship that it lists."""
    country = reading.law_of(shape.country or reading.country)
    expected = _expected(shape, country, line_of, reading)
    _outcome_founded(shape, expected, country, line_of, reading)
    asks = Asks(shape.asks)
    several = isinstance(shape.citizenship, list)
    for citizenship in shape.citizenship if isinstance(shape.citizenship, list) else [shape.citizenship]:
        try:
            read = read_case(
                _written(shape, citizenship, line_of, reading.file), country, shape.on, asks is Asks.STATUS
            )
        except UnreadableCase as problem:
            reading.faults.extend(problem.faults)
            continue
        case = WorkedCase(
            id=shape.case,
            run=" ".join(part for part in (shape.run, citizenship if several else None) if part),
            sources=tuple(shape.sources),
            note=shape.note,
            case=with_assumptions(read.case, country) if shape.assume and asks is Asks.STAY else read.case,
            on=shape.on,
            readings=read.readings,
            expected=expected,
            outcome=Known(shape.outcome),
            because=tuple(shape.because),
            asks=asks,
        )
        _add(Run(case, country, reading.file, line_of(())), reading)


def _add(run: Run, reading: _Reading) -> None:
    name = run.case.name
    if name in reading.runs:
        reading.refuse(run.line, "name_twice", name=name, first=f"{run.file}:{reading.runs[name].line}")
    else:
        reading.runs[name] = run


def _written(shape: WorkedShape, citizenship: str | None, line_of: LineOf, file: str) -> CaseWritten:
    """What is given of the person, as the reader of cases takes it."""

    def several(name: str, items: list[Any]) -> tuple[Written, ...]:
        return tuple(Written(item, f"{name}[{number}]", line_of((name, number))) for number, item in enumerate(items))

    def named(name: str, items: dict[str, Any]) -> dict[str, Written]:
        return {part: Written(item, part, line_of((name, part))) for part, item in items.items()}

    return CaseWritten(
        file=file,
        citizenship=None if citizenship is None else Written(citizenship, "citizenship", line_of(("citizenship",))),
        trips=several("trips", shape.trips),
        permits=several("permits", shape.permits),
        plan=None if shape.plan is None else Written(shape.plan, "plan", line_of(("plan",))),
        facts=named("facts", shape.facts),
        readings=named("readings", shape.readings),
    )


# --- what is expected ------------------------------------------------------------------------------------------------


def _expected(shape: WorkedShape, country: Country, line_of: LineOf, reading: _Reading) -> tuple[Expectation, ...]:
    """Every expectation of a record; an empty one would be idle, as would a name that nothing has: both are faults."""
    parts = shape.expect.parts()
    for name in shape.expect.left_empty():
        reading.refuse(line_of(("expect", name)), "worked_expectation_empty", field=name)
    if not parts:
        reading.refuse(line_of(("expect",)), "worked_expects_nothing")
    for place, what, wanted in parts:
        if shape.asks not in ANSWERED_BY.get(what, tuple(Asks)):
            reading.refuse(line_of(("expect", place.split(".")[0])), "worked_not_asked", field=what, asks=shape.asks)
        inner = tuple(int(part) if part.isdigit() else part for part in place.split("."))
        if wanted == {}:
            reading.refuse(line_of(("expect", *inner)), "worked_expectation_empty", field=what)
        for part, name, known in _names(what, wanted, country):
            if name not in known:
                near = ", ".join(difflib.get_close_matches(name, known, n=3, cutoff=0.5)) or "—"
                values = {"field": what if part == what else f"{what}.{part}", "name": name, "near": near}
                reading.refuse(line_of(("expect", *inner)), "worked_name_unknown", **values)
    return tuple(Expectation(what, wanted, place.startswith("no_")) for place, what, wanted in parts)


def _names(what: str, wanted: Told, country: Country) -> Iterator[tuple[str, str, Collection[str]]]:
    """The names that an expectation rests on, each with its field and those that there are."""
    known: dict[str, Collection[str]] = {
        "rule": country.rules,
        "must": _codes("duty", country),
        "paper": _codes("paper", country),
        "decides": _codes("decision_by_officer", country),
        "may": _codes("right", country),
        "category": country.categories,
        "categories": country.categories,
        "office": country.offices,
        "name": [*country.categories, *(flag.name for flag in country.decision.flags)],
        "regime": {row.regime for row in country.regimes},
        "row": {row.name for row in country.regimes},
        "provisions": _provisions(country),
        "provision": _provisions(country),
        "conflicts": country.conflicts,
    }
    if what == "parameters" and isinstance(wanted, Mapping):
        yield from ((what, name, country.parameters) for name in wanted)
    for part, name in wanted.items() if isinstance(wanted, Mapping) else ((what, wanted),):
        if part in known and not (what == "unknown" and part == "name"):
            yield from (
                (part, one, known[part])
                for one in (name if isinstance(name, tuple) else (name,))
                if isinstance(one, str)
            )


def _codes(scheme: str, country: Country) -> list[str]:
    return [code for named, code in country.codes if named == scheme]


def _provisions(country: Country) -> set[str]:
    """Every provision of the country and every act, article and paragraph around it."""
    names = {str(version.provision) for version in country.provision_versions()}
    return names | {"/".join(name.split("/")[:length]) for name in names for length in range(2, name.count("/") + 1)}


def _open_by_facts(expected: Iterable[Expectation]) -> bool:
    """Does every reason that a case expects for what is unknown lie in a fact of the person that nobody told?"""
    kinds = [one.wanted.get("reason") for one in expected if one.what == "unknown" and isinstance(one.wanted, Mapping)]
    return bool(kinds) and set(kinds) == {ReasonKind.FACT_MISSING.value}


def _outcome_founded(
    shape: WorkedShape, expected: Iterable[Expectation], country: Country, line_of: LineOf, reading: _Reading
) -> None:
    """An unknown or a conflict is one in what is expected too, and names the row of the country that makes it so; only
    an unknown that rests on facts nobody told needs none.
    """
    outcome = Known(shape.outcome)
    told = tuple(expected)
    fits = {
        Known.KNOWN: not leaves_open(told),
        Known.UNKNOWN: leaves_open(told),
        Known.CONFLICT: differs(told),
    }
    if not fits[outcome]:
        reading.refuse(line_of(("expect",)), "worked_outcome_unfounded", outcome=shape.outcome)
    only_facts = outcome is Known.UNKNOWN and _open_by_facts(told)
    if bool(shape.because) != (outcome is not Known.KNOWN) and not (only_facts and not shape.because):
        reading.refuse(line_of(("because",)), "worked_because", outcome=shape.outcome)
    rows = {"question": country.questions, "conflict": country.conflicts}
    for number, reference in enumerate(shape.because):
        names = list(rows.get(reference.kind, ()))
        if reference.name not in names:
            near = ", ".join(difflib.get_close_matches(reference.name, names, n=3, cutoff=0.5)) or "—"
            reading.refuse(line_of(("because", number)), "worked_because_unknown", name=reference, near=near)
