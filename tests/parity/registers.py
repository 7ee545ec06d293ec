"""Random registers, judged twice: person by person, and as tables on DuckDB."""

from __future__ import annotations

import random
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import duckdb

from koshiqon.country import Country
from koshiqon.rules.judging import Outcome, Unknown
from koshiqon.rules.rule import ByPaper, Readings
from koshiqon.rules.sql import Dialect
from koshiqon.stay.assessment import with_assumptions
from koshiqon.stay.case import Paper, StayCase
from koshiqon.stay.consequences import days_measures, ladder
from koshiqon.stay.matter import Matter
from koshiqon.stay.presence import Stay
from koshiqon.stay.readings import readings_of
from koshiqon.stay.register.judging import judging
from koshiqon.stay.register.law import EPOCH, Coverage, Profile, RegisterLaw
from koshiqon.stay.register.law_reading import read_law
from koshiqon.stay.register.law_tables import LawTable, law_tables
from koshiqon.stay.titles import ALL_PAPERS_GIVEN, cover

Measures = tuple[int | None, int | None, int | None, int, int, int, str | None]
"""Days in the window, first unlawful and first unknown day, overstay and unknown days, certainty, consequence."""


@dataclass(frozen=True, slots=True)
class Person:
    """A person with one profile: stays in order, permits, and penalties as days."""

    profile: int
    stays: tuple[Stay, ...]
    permits: tuple[Paper, ...] = ()
    penalties: tuple[date, ...] = ()


def number(day: date) -> int:
    return day.toordinal() - EPOCH


def random_person(dice: random.Random, profiles: int, days: tuple[date, date], papers: Sequence[str]) -> Person:
    """A life that presses on the limits: short trips, stays near the terms of the law, same-day turns, permits that
    begin or end within a stay, a penalty now and then.
    """
    first, last = (day.toordinal() for day in days)
    span = last - first
    day = first + dice.choice([0, dice.randrange(max(1, span - 100)), dice.randrange(span)])
    stays: list[Stay] = []
    for _ in range(dice.choice([1, 1, 2, 3, 4, 6, 9])):
        length = dice.choice([0, 1, 5, 13, 14, 28, 29, 30, 31, 41, 42, 59, 60, 88, 89, 90, 91, 120, 200, 400])
        entry, exit_ = date.fromordinal(day), date.fromordinal(min(day + length, last + 60))
        open_ = dice.random() < 0.05
        stays.append(Stay(entry, None if open_ else exit_))
        day = exit_.toordinal() + dice.choice([0, 0, 1, 1, 2, 5, 30, 60, 89, 90, 120, 178, 179, 180, 181, 300])
        if open_ or day > last:
            break
    permits = tuple(_random_paper(dice, stays, papers) for _ in range(dice.choice([0, 0, 0, 1, 1, 2, 3])))
    penalties = []
    if dice.random() < 0.2:
        stay = stays[-1]
        end = (stay.exit or days[1]).toordinal()
        penalties.append(date.fromordinal(dice.randint(stay.entry.toordinal(), max(end, stay.entry.toordinal()))))
    return Person(dice.randrange(profiles), tuple(stays), permits, tuple(penalties))


def _random_paper(dice: random.Random, stays: Sequence[Stay], papers: Sequence[str]) -> Paper:
    stay = dice.choice(stays)
    since = stay.entry + timedelta(dice.choice([-400, -30, -1, 0, 1, 5, 20, 29, 30, 31, 60, 100]))
    until = since + timedelta(dice.choice([0, 5, 29, 30, 60, 89, 90, 180, 364, 365, 400, 1200]))
    return Paper(dice.choice(papers), since, None if dice.random() < 0.1 else until)


# --- person by person -------------------------------------------------------------------------------------------------


LIKE_FOR_ALL = ("names", "changes", "measures", "overridden", "rows")
"""What a matter remembers that has nothing to do with one person."""


def judged_alone(
    person: Person,
    profile: Profile,
    country: Country,
    on: date,
    coverage: Coverage,
    readings: Readings | None,
    remembered: dict[Hashable, object] | None = None,
) -> Iterator[Measures]:
    """Each stay of a person that began by the day judged, by the judge of one person."""
    taken = readings_of(country, readings)
    remembered = {} if remembered is None else remembered
    stays = [stay for stay in person.stays if stay.entry <= on]
    for place, stay in enumerate(stays, 1):
        through = on if stay.exit is None else min(on, stay.exit)
        facts: dict[str, Outcome] = dict(profile.facts)
        decided = [day for day in person.penalties if stay.entry <= day <= through]
        if decided:
            facts |= {"penalty.given": True, "penalty.decided_on": min(decided)}
        case = StayCase(profile.citizenship, tuple(stays[:place]), person.permits, facts)
        case = with_assumptions(case, country)
        kept = dict(case.facts)
        if coverage.permits is not True:
            kept.pop(ALL_PAPERS_GIVEN, None)
        if coverage.penalties is False and not decided:
            kept.pop("penalty.given", None)
        case = replace(case, facts=kept)
        matter = Matter(country, case, tuple(stays[:place]), taken, memory=dict(remembered))
        yield _measures(matter, through, person)
        told = matter.memory.items()
        remembered |= {key: value for key, value in told if (key[0] if isinstance(key, tuple) else key) in LIKE_FOR_ALL}


def _measures(matter: Matter, through: date, person: Person) -> Measures:
    covered = cover(matter)
    end = through.toordinal()
    runs = [(run.first, min(run.last, end), run.outcome) for run in covered.days if run.first <= end]
    bad = [(first, last) for first, last, outcome in runs if outcome is False]
    vague = [(first, last) for first, last, outcome in runs if isinstance(outcome, Unknown)]
    in_window = days_measures(matter, covered, through)["stay.days_in_window"]()
    over, unsure = (sum(last - first + 1 for first, last in days) for days in (bad, vague))
    consequence = None
    if over and not unsure and not person.penalties:
        told = replace(matter, measures={"on": lambda: through})
        steps = [step for step in ladder(told, through) if step.days is not None]
        consequence = next(
            (s.rule for s in steps if s.days[0] <= over and (s.days[1] is None or over <= s.days[1])), None
        )
    return (
        in_window if isinstance(in_window, int) else None,
        bad[0][0] - EPOCH if bad else None,
        vague[0][0] - EPOCH if vague else None,
        over,
        unsure,
        1 if bad else 0 if vague else -1,
        consequence,
    )


# --- as tables --------------------------------------------------------------------------------------------------------


def paper_kinds(country: Country) -> list[str]:
    return sorted(
        {kind for rule in country.rules.values() if isinstance(rule.then, ByPaper) for kind in rule.then.papers}
    )


def shard_tables(persons: Sequence[Person], law: RegisterLaw, facts: Sequence[str] = ()) -> list[LawTable]:
    """The tables of a shard, as intake and pairing leave them."""
    stays = [
        (
            key,
            f"P{key}",
            place,
            one.profile,
            number(stay.entry),
            None if stay.exit is None else number(stay.exit),
            0,
            0,
            None,
        )
        for key, one in enumerate(persons)
        for place, stay in enumerate(one.stays, 1)
    ]
    permits = [
        (key, paper.kind, number(paper.since), None if paper.until is None else number(paper.until))
        for key, one in enumerate(persons)
        for paper in one.permits
    ]
    penalties = [(key, "fine", number(day)) for key, one in enumerate(persons) for day in one.penalties]
    profiles = [
        (at, one.citizenship, one.facts.get("visit.purpose"), *(one.facts.get(name) for name in facts))
        for at, one in enumerate(law.profiles)
    ]
    b, i, s = "BIGINT", "INTEGER", "STRING"
    return [
        LawTable(
            "stays",
            (
                *(
                    ("key", b),
                    ("person", s),
                    ("place", i),
                    ("profile", i),
                    ("entry", i),
                    ("exit", i),
                    ("guess", "TINYINT"),
                ),
                *(("sex", "TINYINT"), ("birth_year", "SMALLINT")),
            ),
            tuple(stays),
        ),
        LawTable("permits", (("key", b), ("title", s), ("since", i), ("until", i)), tuple(permits)),
        LawTable("penalties", (("key", b), ("penalty", s), ("decided_on", i)), tuple(penalties)),
        LawTable(
            "profiles",
            (("profile", i), ("citizenship", s), ("purpose", s), *((name.replace(".", "__"), s) for name in facts)),
            tuple(profiles),  # type: ignore[arg-type]
        ),
    ]


def load(connection: duckdb.DuckDBPyConnection, tables: Sequence[LawTable]) -> None:
    for table in tables:
        columns = ", ".join(f"{name} {kind}" for name, kind in table.columns)
        connection.execute(f"CREATE OR REPLACE TABLE {table.name} ({columns})")
        for start in range(0, len(table.rows), 5_000):
            rows = ", ".join(_row(row) for row in table.rows[start : start + 5_000])
            connection.execute(f"INSERT INTO {table.name} VALUES {rows}")


def _row(row: Sequence[object]) -> str:
    return "(" + ", ".join("NULL" if v is None else f"'{v}'" if isinstance(v, str) else str(v) for v in row) + ")"


def judged_together(
    persons: Sequence[Person], law: RegisterLaw, facts: Sequence[str] = ()
) -> dict[tuple[int, int], Measures]:
    """Every stay by key and place, by the tables."""
    with duckdb.connect() as connection:
        load(connection, [*law_tables(law), *shard_tables(persons, law, facts)])
        for step in judging(law, Dialect.DUCKDB):
            connection.execute(f"CREATE TEMP TABLE {step.name} AS {step.sql}")
        rows = connection.execute(
            """SELECT key, place, days_in_window, first_unlawful, first_unknown, overstay_days, unknown_days, certainty,
            consequence FROM judged"""
        ).fetchall()
    told = {(row[0], row[1]): tuple(row[2:]) for row in rows}
    assert len(told) == len(rows)
    return told  # type: ignore[return-value]


def differences(
    country: Country,
    profiles: Sequence[Profile],
    persons: Sequence[Person],
    days: tuple[date, date],
    coverage: Coverage,
    readings: Mapping[str, str] | None = None,
    law: RegisterLaw | None = None,
) -> list[tuple[Person, int, Measures, Measures]]:
    """The stays of which the two say something else. `law` is that of the register, where it was read before."""
    since = min((paper.since for one in persons for paper in one.permits), default=None)
    told = judged_together(persons, law or read_law(country, profiles, days, coverage, readings, since))
    found = []
    remembered: dict[Hashable, object] = {}
    for key, person in enumerate(persons):
        profile = profiles[person.profile]
        alone = judged_alone(person, profile, country, days[1], coverage, readings, remembered)
        for place, measures in enumerate(alone, 1):
            beside = told.pop((key, place))
            if beside != measures:
                found.append((person, place, measures, beside))
    assert not told
    return found
