"""What is written in the columns of a register, as SQL of our own values: ids, directions, sexes, years, profiles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from duckdb import DuckDBPyConnection

from koshiqon.engine.duckdb import UnreadableRegister, execute, named, quoted
from koshiqon.engine.intake_files import Opened
from koshiqon.stay.register.form import SEXES, Given, RegisterForm, fact_column

DIRECTIONS = {
    "in": ("in", "i", "entry", "e", "enter", "arrival", "въезд", "вход", "прибытие", "кіру", "келу"),
    "out": ("out", "o", "exit", "x", "leave", "departure", "выезд", "выход", "убытие", "шығу", "кету"),
}
"""What directions are called where the mapping file does not say it."""
SEX_WORDS = {
    "female": ("f", "female", "2", "ж", "жен", "женский", "ә", "әйел"),
    "male": ("m", "male", "1", "м", "муж", "мужской", "е", "ер", "еркек"),
}
"""What sexes are called; 1 and 2 are those of ISO 5218."""
MOST_PROFILES = 1_000_000


def text_of(given: Given | None) -> str:
    """What is written, as SQL without outer blanks; NULL where nothing is."""
    if given is None:
        return "CAST(NULL AS VARCHAR)"
    if given.column is None:
        return quoted(given.constant or "")
    return f"NULLIF(trim(CAST({named(given.column)} AS VARCHAR)), '')"


def id_of(given: Given, *, trimmed: bool) -> str:
    """The id of a person, as `text_of`; taking blanks off every row costs as much as all else, so it is done only where
    some id has them.
    """
    if trimmed or given.column is None:
        return text_of(given)
    return f"NULLIF(CAST({named(given.column)} AS VARCHAR), '')"


def meant(written: str, values: Mapping[str, str]) -> str:
    """What is meant by what is written, by this list and whatever the capitals; NULL for anything else."""
    keys = {key.strip().lower(): value for key, value in values.items()}
    if not keys:
        return "CAST(NULL AS VARCHAR)"
    place = f"list_position({_listed(keys)}, lower({written}))"
    return f"list_extract({_listed(keys.values())}, {place})"


def _listed(texts: Iterable[str]) -> str:
    return "[" + ", ".join(quoted(text) for text in texts) + "]"


def _place(written: str, words: Mapping[str, Sequence[str]], values: Mapping[str, str], codes: Sequence[str]) -> str:
    """The place in `codes` of what is meant; the mapping's own values take the place of the usual words."""
    keys = {key.strip().lower(): value for key, value in values.items()} or {
        word: code for code, said in words.items() for word in said
    }
    numbers = ", ".join(str(codes.index(code)) for code in keys.values())
    return f"list_extract([{numbers}], list_position({_listed(keys)}, lower({written})))"


def direction_of(given: Given) -> str:
    return f"CAST({_place(text_of(given), DIRECTIONS, given.values, ('in', 'out'))} AS SMALLINT)"


def sex_of(given: Given | None) -> str:
    if given is None:
        return "CAST(0 AS TINYINT)"
    return f"CAST(COALESCE({_place(text_of(given), SEX_WORDS, given.values, SEXES)}, 0) AS TINYINT)"


def birth_year_of(given: Given | None, type_: str, latest: int) -> str:
    """A number, or the first four digits; NULL where there is none or nobody lives who was born then."""
    year = f"TRY_CAST(left({text_of(given)}, 4) AS SMALLINT)"
    if given is not None and given.column is not None and type_.endswith(("INT", "INTEGER")):
        year = f"TRY_CAST({named(given.column)} AS SMALLINT)"
    return f"CASE WHEN {year} BETWEEN 1850 AND {latest} THEN {year} END"


# --- profiles --------------------------------------------------------------------------------------------------------


def make_profiles(connection: DuckDBPyConnection, form: RegisterForm, opened: Opened) -> tuple[str, str]:
    """Make the tables `profiles`, `completions` and `profiles_written` of all that rows have in common. Returns the
    join that finds the profile of a row of `raw`, and the columns that `raw` needs for it, both as SQL. Raises
    UnreadableRegister where there are too many, so that something else was mapped.
    """
    given = {"citizenship": form.columns.get("citizenship"), "purpose": form.columns.get("purpose")}
    given |= {fact_column(name): one for name, one in sorted(form.facts.items())}
    columns = ", ".join(f"{text_of(one)} AS written_{number}" for number, one in enumerate(given.values()))
    written = ", ".join(f"written_{number}" for number in range(len(given)))
    distinct = f"SELECT DISTINCT {written} FROM (SELECT {columns} FROM {opened.sql})"
    execute(connection, f"CREATE OR REPLACE TEMP TABLE values_written AS {distinct}")
    ((count,),) = execute(connection, "SELECT count(*) FROM values_written")
    if int(str(count)) > MOST_PROFILES:
        raise UnreadableRegister("register_too_many_profiles", found=count, most=MOST_PROFILES)
    said = [_said(name, one, form, f"written_{number}") for number, (name, one) in enumerate(given.items())]
    values = ", ".join(f"{sql} AS {named(name)}" for name, sql in zip(given, said, strict=True))
    execute(connection, f"CREATE OR REPLACE TEMP TABLE values_meant AS SELECT {written}, {values} FROM values_written")
    _number_profiles(connection, tuple(given))
    same = " AND ".join(f"p.{named(name)} IS NOT DISTINCT FROM v.{named(name)}" for name in given)
    execute(
        connection,
        f"CREATE OR REPLACE TEMP TABLE profiles_written AS SELECT {written.replace('written', 'v.written')}, p.profile"
        f" FROM values_meant v JOIN profiles p ON {same}",
    )
    joined = " AND ".join(
        f"w.written_{number} IS NOT DISTINCT FROM raw.written_{number}" for number in range(len(given))
    )
    return f"LEFT JOIN profiles_written w ON {joined}", columns


def _said(name: str, given: Given | None, form: RegisterForm, written: str) -> str:
    """What is meant by what is written in a column of a profile."""
    if name == "citizenship":
        return meant(written, dict(form.citizenships) | dict(given.values if given else {}))
    return meant(written, given.values) if given and given.values else written


def _number_profiles(connection: DuckDBPyConnection, names: tuple[str, ...]) -> None:
    """Profiles in the order of their values. One without citizenship may turn out to be of any citizenship that the
    register knows, and those stand there too.
    """
    listed, others = ", ".join(map(named, names)), ", ".join(map(named, names[1:]))
    order = ", ".join(f"{named(name)} NULLS LAST" for name in names)
    execute(
        connection,
        f"""CREATE OR REPLACE TEMP TABLE profiles AS
        SELECT CAST(row_number() OVER (ORDER BY {order}) - 1 AS INTEGER) AS profile, {listed} FROM (
          SELECT {listed} FROM values_meant
          UNION SELECT known.citizenship, {others} FROM values_meant
            CROSS JOIN (SELECT DISTINCT citizenship FROM values_meant WHERE citizenship IS NOT NULL) AS known
            WHERE values_meant.citizenship IS NULL)
        ORDER BY profile""".replace("known.citizenship, ", "known.citizenship AS citizenship, "),
    )
    same = " AND ".join(f"u.{named(name)} IS NOT DISTINCT FROM k.{named(name)}" for name in names[1:])
    execute(
        connection,
        f"""CREATE OR REPLACE TEMP TABLE completions AS
        SELECT u.profile, k.citizenship, k.profile AS completed FROM profiles u
        JOIN profiles k ON {same} WHERE u.citizenship IS NULL AND k.citizenship IS NOT NULL
        ORDER BY ALL""",
    )
