"""One shard of a run: its crossings paired, its stays judged, its parts written and counted."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from koshiqon.country import Country
from koshiqon.engine.duckdb import Room, connect, execute, named, quoted, run, write_parquet
from koshiqon.engine.intake import Intake, open_shard, read_intake
from koshiqon.engine.screening import Judging
from koshiqon.engine.screening_filter import UnfitFilter
from koshiqon.rules.judging import Outcome
from koshiqon.rules.rule import Readings
from koshiqon.rules.sql import Dialect
from koshiqon.stay.register.form import (
    GUESSES,
    KINDS,
    OUTCOMES,
    SEXES,
    Columns,
    Coverage,
    Holds,
    RegisterForm,
    guesses_of,
)
from koshiqon.stay.register.judging import judging
from koshiqon.stay.register.law import Coverage as Covered
from koshiqon.stay.register.law import Profile, RegisterLaw
from koshiqon.stay.register.law_reading import read_law
from koshiqon.stay.register.law_tables import LawTable, law_tables
from koshiqon.stay.register.pairing import pairing, pairing_given
from koshiqon.stay.register.result import INTERVALS_OUT, MARKS_OUT, STAYS_OUT
from koshiqon.stay.register.step import Step

PARTS = ("stays", "intervals", "quarantine")
"""The folders of parts, one file a shard in each."""

FactValue = Callable[[str, str], Outcome]
"""What is meant by the text of a fact, by its name."""


@dataclass(frozen=True, slots=True)
class Question:
    """What every shard is asked: the form of the register, the law, the day, and which stays are wanted."""

    form: RegisterForm
    country: Country
    on: date
    readings: Readings
    where: str | None
    value_of: FactValue


def prepared(question: Question, room: Room, shards: Path) -> Judging:
    """The law for the profiles of a register that was taken in, ready to judge its shards. Raises
    UnsupportedInRegister, NoRoom and UnreadableRegister.
    """
    taken = read_intake(shards)
    law = law_of(question, taken, room, shards)
    tables = law_steps(law_tables(law), room, shards.parent / "law")
    steps = (*tables, *pairing_of(question.form), *judging(law, Dialect.DUCKDB))
    select = _screened(law, room, shards)

    def judge(number: int, folder: Path) -> Mapping[str, int]:
        own = replace(room, temporary=room.temporary / f"{number:04d}")
        with connect(own) as connection:
            open_shard(connection, shards, number)
            run(connection, steps)
            return _written(connection, select, question.where, folder, number)

    said = {
        "titles": list(law.titles),
        "reasons": [f"{reason.kind}:{reason.name}" for reason in law.reasons],
        "assumed": list(law.assumed),
        "coverage": dict(taken.coverage),
        "synthetic": question.form.synthetic,
    }
    return Judging(judge, said)


def law_of(question: Question, taken: Intake, room: Room, shards: Path) -> RegisterLaw:
    """The law for the profiles of a register, from its first day through the day asked. Raises UnsupportedInRegister,
    NoRoom and UnreadableRegister.
    """
    with connect(room) as connection:
        rows = execute(connection, f"SELECT * FROM {quoted(shards / 'profiles.parquet')} ORDER BY profile")
        first = _earliest(
            connection, "entry" if taken.holds == Holds.STAYS else "day", shards, _ROWS[Holds(taken.holds)]
        )
        papers = _earliest(connection, "since", shards, "permits")
    facts = ("visit.purpose", *sorted(question.form.facts))
    profiles = [_profile(row[1:], facts, question) for row in rows]
    coverage = Covered(_covered(taken.coverage["permits"]), _covered(taken.coverage["penalties"]))
    days = (min(first or question.on, question.on), question.on)
    return read_law(question.country, profiles, days, coverage, question.readings, papers)


def pairing_of(form: RegisterForm) -> tuple[Step, ...]:
    """From the rows of a shard to its stays."""
    return pairing_given() if form.holds is Holds.STAYS else pairing(form.repair)


_ROWS = {Holds.CROSSINGS: "crossings", Holds.STAYS: "given_stays"}


def _earliest(connection: DuckDBPyConnection, column: str, shards: Path, table: str) -> date | None:
    """The first day in a column of a table of all shards; None where it has no rows."""
    files = shards / table / "*" / "*.parquet"
    if not any((shards / table).glob("*/*.parquet")):
        return None
    ((day,),) = execute(connection, f"SELECT DATE '1970-01-01' + min({column}) FROM read_parquet({quoted(files)})")
    assert day is None or isinstance(day, date)
    return day.date() if isinstance(day, datetime) else day


def _profile(row: tuple[object, ...], facts: Iterable[str], question: Question) -> Profile:
    """What a row of profiles tells; a fact that the law of the country never asks for is left out."""
    citizenship, *values = row
    given = {fact: value for fact, value in zip(facts, values, strict=True) if value is not None}
    told = {
        fact: question.value_of(fact, str(value)) for fact, value in given.items() if fact in question.country.facts
    }
    return Profile(None if citizenship is None else str(citizenship), told)


def _covered(coverage: str) -> bool | None:
    return None if coverage == Coverage.ABSENT else coverage == Coverage.COMPLETE


def law_steps(tables: Iterable[LawTable], room: Room, folder: Path) -> tuple[Step, ...]:
    """The tables of the law as files, and the steps that read them in every shard."""
    folder.mkdir(exist_ok=True)
    with connect(room) as connection:
        for table in tables:
            columns = ", ".join(f"{named(name)} {kind}" for name, kind in table.columns)
            execute(connection, f"CREATE TEMP TABLE {table.name} ({columns})")
            written = folder / f"{table.name}.csv"
            with written.open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows(table.rows)
            execute(
                connection, f"COPY {table.name} FROM {quoted(written)} (HEADER false, NULLSTR '', AUTO_DETECT false)"
            )
            write_parquet(connection, f"SELECT * FROM {table.name}", folder / f"{table.name}.parquet")
    return tuple(Step(table.name, f"SELECT * FROM {quoted(folder / f'{table.name}.parquet')}") for table in tables)


# --- what is written -------------------------------------------------------------------------------------------------


def stays_sql() -> str:
    """The stays of a shard as people read them, with the key and the place by which they are in order."""
    return f"""SELECT j.key, j.place, {_said("w.person", "p.citizenship", "p.purpose", "l.title", "l.regime")}
        FROM judged AS j JOIN persons AS w ON w.key = j.key JOIN profiles AS p ON p.profile = j.profile
        LEFT JOIN law_lines AS l ON l.line = j.line"""


def _said(person: str, citizenship: str, purpose: str, title: str, regime: str) -> str:
    """The columns of STAYS_OUT, of a row `j` of judged stays."""
    day = "DATE '1970-01-01' + {0}".format
    guesses = " ".join(f"WHEN {mask} THEN '{' '.join(guesses_of(mask))}'" for mask in range(1, 1 << len(GUESSES)))
    sexes = " ".join(f"WHEN {place} THEN '{name}'" for place, name in enumerate(SEXES) if name != "unknown")
    # Where a person's first row is an exit, judging lets the entry lie on any day before. What is written is the exit,
    # which is known, and no number of days.
    known = "CASE WHEN j.untold = 0 THEN {0} END".format
    return f"""{person} AS person, {citizenship} AS citizenship, {purpose} AS purpose,
        CASE j.sex {sexes} END AS sex, j.birth_year,
        {day("CASE WHEN j.untold = 1 THEN j.exit ELSE j.entry END")} AS entry, {day("j.exit")} AS exit,
        CASE j.guess {guesses} END AS derived, {title} AS title, {regime} AS regime, {known("j.days")} AS days,
        {known("j.days_in_window")} AS days_in_window, {day("j.first_unlawful")} AS first_unlawful_day,
        {day(known("j.first_unknown"))} AS first_unknown_day, j.overstay_days,
        {known("j.unknown_days")} AS unknown_days,
        CASE j.certainty WHEN 1 THEN 'yes' WHEN 0 THEN 'unknown' ELSE 'no' END AS certainty, j.consequence,
        j.held, j.unknown, j.reasons"""


def _screened(law: RegisterLaw, room: Room, shards: Path) -> str:
    """The same of the table `coded`, which has judged stays in order: words are found by their place in a list, so that
    the order stays and no text is sorted.
    """
    profiles = quoted(shards / "profiles.parquet")
    with connect(room) as connection:
        rows = execute(connection, f"SELECT citizenship, purpose FROM {profiles} ORDER BY profile")
    lines = [(line.rule, line.row) for line in law.lines]
    found = [_listed([row[at] for row in rows], "j.profile") for at in (0, 1)]
    found += [_listed([line[at] for line in lines], "j.line") for at in (0, 1)]
    return f"SELECT j.key, j.place, {_said('j.person', *found)} FROM coded AS j"


def _listed(words: Iterable[object], place: str) -> str:
    """The word at a place of a list; NULL where it is empty or there is no place."""
    return f"[{', '.join(quoted(str(word)) if word else 'NULL' for word in words)}][{place} + 1]"


INTERVALS = """SELECT s.key, s.place, g.first AS day, s.person, DATE '1970-01-01' + s.entry AS entry,
    DATE '1970-01-01' + g.first AS "first", DATE '1970-01-01' + g.last AS "last",
    CASE g.standing WHEN 1 THEN 'lawful' WHEN 0 THEN 'unknown' ELSE 'unlawful' END AS standing
    FROM (SELECT *, count(*) OVER (PARTITION BY key, place) AS number FROM segments) AS g
    JOIN coded AS s ON s.key = g.key AND s.place = g.place
    WHERE g.number > 1 AND s.untold = 0"""
"""Days that stand alike, of stays that have more than one kind of them. A stay of which only the exit is known has
none: nobody knows which days it had."""

COUNTS = """SELECT count(*) AS stays, count(DISTINCT key) AS persons, count(*) FILTER (certainty = 1) AS stays_yes,
    count(*) FILTER (certainty = -1) AS stays_no, count(*) FILTER (certainty = 0) AS stays_unknown,
    count(*) FILTER (guess <> 0) AS stays_derived, count(DISTINCT key) FILTER (certainty = 1) AS persons_yes,
    coalesce(sum(overstay_days), 0) AS overstay_days FROM coded"""


def _written(
    connection: DuckDBPyConnection, screened: str, where: str | None, folder: Path, number: int
) -> dict[str, int]:
    """The parts of a shard, each whole or not there, and what is counted in them. Raises UnfitFilter where the
    condition fails on a value that it met.
    """
    files = {part: folder / part / f"{part}-{number:04d}.parquet" for part in PARTS}
    for file in files.values():
        file.parent.mkdir(exist_ok=True)
    # The stays are sorted once, as numbers; from here on every query keeps the order of the table.
    execute(connection, "SET preserve_insertion_order = true")
    execute(connection, f"CREATE TEMP TABLE coded AS {_CODED} ORDER BY j.key, j.place")
    try:
        if where is not None:
            execute(connection, f"CREATE TEMP TABLE wanted AS SELECT key, place FROM ({screened}) WHERE ({where}\n)")
            execute(connection, f"CREATE OR REPLACE TEMP TABLE coded AS {_WANTED} ORDER BY j.key, j.place")
    except (duckdb.ConversionException, duckdb.InvalidInputException, duckdb.OutOfRangeException) as problem:
        # What stands behind the colon holds the value itself, which may name a person.
        raise UnfitFilter("where_unreadable", where=str(where), reason=str(problem).partition(":")[0]) from None
    write_part(connection, STAYS_OUT, f"({screened})", None, files["stays"])
    write_part(connection, INTERVALS_OUT, f"({INTERVALS})", "key, place, day", files["intervals"])
    write_part(connection, MARKS_OUT, f"({_marks()})", "part, row, kind", files["quarantine"])
    return _counts(connection)


_WANTED = "SELECT j.* FROM coded AS j JOIN wanted AS w ON w.key = j.key AND w.place = j.place"
_CODED = "SELECT j.*, w.person FROM judged AS j JOIN persons AS w ON w.key = j.key"


def write_part(connection: DuckDBPyConnection, columns: Columns, source: str, order: str | None, file: Path) -> None:
    """Write these columns of a source in this order; None: in the order in which the source has them."""
    chosen = ", ".join(f"CAST({named(name)} AS {kind}) AS {named(name)}" for name, kind in columns)
    write_parquet(connection, f"SELECT {chosen} FROM {source}" + (f" ORDER BY {order}" if order else ""), file)


def _marks() -> str:
    kinds, outcomes = _words(KINDS, "kind"), _words(OUTCOMES, "outcome")
    return f"SELECT part, row, {kinds} AS kind, {outcomes} AS outcome, NULL AS text FROM marks"


def _words(names: Iterable[str], column: str) -> str:
    listed = " ".join(f"WHEN {place} THEN {quoted(name)}" for place, name in enumerate(names))
    return f"CASE {column} {listed} END"


def _counts(connection: DuckDBPyConnection) -> dict[str, int]:
    found: dict[str, int] = {}
    conservation = "SELECT rows AS rows_paired, entries, exits, duplicates FROM conservation"
    for source in (COUNTS, conservation):
        relation = connection.sql(source)
        (row,) = relation.fetchall()
        found |= {name: int(value) for name, value in zip(relation.columns, row, strict=True)}
    for kind, outcome, number in connection.execute(
        f"SELECT kind, outcome, count(*) FROM ({_marks()}) GROUP BY kind, outcome"
    ).fetchall():
        found[f"mark:{kind}:{outcome}"] = number
    return found
