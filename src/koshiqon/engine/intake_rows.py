"""The one query that reads every row of a register: typed, normalised, with its shard, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from koshiqon.engine.duckdb import named
from koshiqon.engine.intake_files import Opened
from koshiqon.engine.intake_moments import DAY, NOTHING, Told, ahead_sql, told_by
from koshiqon.engine.intake_sides import Zones
from koshiqon.engine.intake_values import birth_year_of, direction_of, sex_of, text_of
from koshiqon.stay.register.form import GIVEN_STAYS, Given, RegisterForm, kind

EPOCH = date(1970, 1, 1)


def crossings_sql(
    form: RegisterForm,
    opened: Opened,
    person: str,
    profiles: tuple[str, str],
    zones: Zones,
    last: date,
    key: str,
    shards: int,
) -> str:
    """All rows as crossings, with `shard`; what is to go into quarantine is in the shard after the last."""
    given = form.columns["moment"]
    moment = _told(given, form, opened)
    tested = [
        ("person_missing", "person IS NULL"),
        ("direction_unknown", "direction IS NULL"),
        ("moment_missing", "written_moment IS NULL"),
        ("moment_unreadable", "moment IS NULL"),
        ("moment_impossible", f"NOT {_possible('day', form, last)}"),
    ]
    doubt = f"CASE WHEN zone IS NULL THEN {kind('zone_unknown')} ELSE 0 END" if zones.doubtful else "0"
    return f"""
    WITH raw AS ({
        _raw(
            form,
            opened,
            person,
            profiles,
            last,
            [
                f"{direction_of(form.columns['direction'])} AS direction",
                f"{_presence(given, opened)} AS written_moment",
                f"{moment.instant} AS instant",
                f"{moment.local} AS local",
                f"{text_of(form.columns.get('checkpoint'))} AS checkpoint",
            ],
        )
    }),
    known AS (SELECT raw.*, w.profile, {zones.number} AS zone, {key} AS own_key
      FROM raw {profiles[0]} {zones.join}),
    timed AS (SELECT *, COALESCE(instant, local - {ahead_sql("local", "COALESCE(zone, 0)", zones.changes, local=True)})
      AS moment FROM known),
    dated AS (SELECT *, CAST((moment + {ahead_sql("moment", "COALESCE(zone, 0)", zones.changes, local=False)})
      // {DAY} AS INTEGER) AS day FROM timed),
    judged AS (SELECT *, {_first_that(tested, doubt)} AS kind FROM dated)
    SELECT {_shard(shards)} AS shard, {_KEY} AS key, direction, moment, day, profile, sex, birth_year, part, row,
      CAST(kind AS SMALLINT) AS kind
    FROM judged LEFT JOIN linked_keys ON linked_keys.key = judged.own_key"""


def given_stays_sql(
    form: RegisterForm,
    opened: Opened,
    person: str,
    profiles: tuple[str, str],
    zones: Zones,
    last: date,
    key: str,
    shards: int,
) -> str:
    """All rows as stays, in the same way. Days are those of the register's zone."""
    tested = [
        ("person_missing", "person IS NULL"),
        ("moment_missing", "written_entry IS NULL"),
        ("moment_unreadable", "entry IS NULL"),
        ("moment_impossible", f"NOT {_possible('entry', form, last)}"),
        ("exit_unreadable", f"written_exit IS NOT NULL AND (exit IS NULL OR NOT {_possible('exit', form, last)})"),
        ("exit_before_its_entry", "exit < entry"),
    ]
    ends = {name: (form.columns[name], _told(form.columns[name], form, opened)) for name in ("entry", "exit")}
    columns = [
        column
        for name, (given, told) in ends.items()
        for column in (f"{_presence(given, opened)} AS written_{name}", f"{_day_of(told, zones)} AS {name}")
    ]
    chosen = ", ".join(name for name, _ in GIVEN_STAYS if name not in ("key", "kind"))
    return f"""
    WITH raw AS ({_raw(form, opened, person, profiles, last, columns)}),
    known AS (SELECT raw.*, w.profile, {key} AS own_key FROM raw {profiles[0]}),
    judged AS (SELECT *, {_first_that(tested, "0")} AS kind FROM known)
    SELECT {_shard(shards)} AS shard, {_KEY} AS key, {chosen}, CAST(kind AS SMALLINT) AS kind
    FROM judged LEFT JOIN linked_keys ON linked_keys.key = judged.own_key"""


_KEY = "COALESCE(linked_keys.smallest_key, judged.own_key)"


def _raw(
    form: RegisterForm, opened: Opened, person: str, profiles: tuple[str, str], last: date, more: Sequence[str]
) -> str:
    """What every row has, whatever it is."""
    born = form.columns.get("birth_year")
    type_ = opened.columns[born.column] if born is not None and born.column is not None else ""
    columns = [
        f"{person} AS person",
        profiles[1],
        f"{sex_of(form.columns.get('sex'))} AS sex",
        f"{birth_year_of(born, type_, last.year)} AS birth_year",
        f"{opened.part} AS part",
        f"{opened.row} AS row",
        *more,
    ]
    return f"SELECT {', '.join(columns)} FROM {opened.sql}"


def _told(given: Given, form: RegisterForm, opened: Opened) -> Told:
    if given.column is None:
        return told_by(text_of(given), "VARCHAR", form.clock, form.date_format, "")
    return told_by(named(given.column), opened.columns[given.column], form.clock, form.date_format, given.column)


def _presence(given: Given, opened: Opened) -> str:
    """Not NULL where something is written."""
    if given.column is not None and opened.columns[given.column] != "VARCHAR":
        return f"CASE WHEN {named(given.column)} IS NOT NULL THEN '' END"
    return text_of(given)


def _day_of(told: Told, zones: Zones) -> str:
    days = []
    if told.instant != NOTHING:
        days.append(f"({told.instant} + {ahead_sql(told.instant, '0', zones.changes[:1], local=False)}) // {DAY}")
    if told.local != NOTHING:
        days.append(f"({told.local}) // {DAY}")
    return f"CAST(COALESCE({', '.join(days)}) AS INTEGER)"


def _possible(day: str, form: RegisterForm, last: date) -> str:
    """From the first day that the register can hold to the day after its extraction."""
    return f"({day} BETWEEN {(form.since - EPOCH).days} AND {(last - EPOCH).days + 1})"


def _first_that(tested: Sequence[tuple[str, str]], otherwise: str) -> str:
    cases = " ".join(f"WHEN {test} THEN {kind(name)}" for name, test in tested)
    return f"CASE {cases} ELSE {otherwise} END"


_REFUSED = f"kind BETWEEN 1 AND {kind('exit_before_its_entry')}"


def _shard(shards: int) -> str:
    """What is refused comes after the last shard."""
    return f"CASE WHEN {_REFUSED} THEN {shards} ELSE {_KEY} % {shards} END"
