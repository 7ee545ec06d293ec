"""From crossings to stays, as SQL that DuckDB, Sail and Spark read alike. Every row of `crossings` becomes the entry or
the exit of one stay, or stands in the list of duplicates; what had to be guessed is marked.

Nearly all rows are a stay between whole stays, and for them one look at the rows around is enough. What stands between
two whole stays and does not pair of itself is looked at again, four rows to each side (`pairing_uneven`); so are all
rows of a person for whom the order of the rows is in doubt. A tick is a moment
with its direction: twice the microseconds, plus one for an exit. A line is a part with its row. Who is profile, sex and
year of birth in one number. All three are whole numbers of 64 bits, so that sorting moves no text.
"""

from __future__ import annotations

from koshiqon.stay.register.form import IN, OUT, Repair, guess, kind, outcome
from koshiqon.stay.register.pairing_given import given_steps
from koshiqon.stay.register.pairing_uneven import EVEN, ODD, ODD_ANEW, uneven_steps
from koshiqon.stay.register.step import Step

LINE = 2**40
"""Rows of a part, at most."""
PROFILE, SEX = 2**20, 2**18
"""What one step of a profile and of a sex is worth in `who`; below stands the year of birth, 0 for none."""


def pairing(repair: Repair) -> tuple[Step, ...]:
    """The steps from `crossings`, `profiles` and `completions` to `stays`, `marks` and `conservation`.

    `completions` says which profile another one becomes when its citizenship is known: profile, citizenship, completed.
    """
    return (
        _lined("crossings", "moment * 2 + direction AS tick, direction AS way, day"),
        _looked(),
        _tied(),
        *uneven_steps(repair),
        _even_pairs(),
        _pairs(),
        *_named_pairs(),
        _stays(),
        *_marks("crossings", OF_CROSSINGS),
        _conservation("crossings"),
    )


def pairing_given() -> tuple[Step, ...]:
    """The steps from `given_stays`, `profiles` and `completions` to the same tables."""
    return (
        _lined("given_stays", "entry, exit"),
        *given_steps(),
        *_named_pairs(),
        _stays(),
        *_marks("given_stays", OF_STAYS),
        _conservation("given_stays"),
    )


def _lined(table: str, what: str) -> Step:
    return Step(
        "lined",
        f"""
        SELECT key, {what}, CAST(part AS BIGINT) * {LINE} + row AS line,
          CAST(profile AS BIGINT) * {PROFILE} + CAST(sex AS BIGINT) * {SEX} + COALESCE(birth_year, 0) AS who
        FROM {table}""",
        kept=False,
    )


# --- the first look --------------------------------------------------------------------------------------------------


def _looked() -> Step:
    """Every row with the one before and the one after, and what it is. Rows of one tick are ordered by what they say,
    then by line, so that the order of the files decides nothing but which of two equal rows is the copy.
    """
    over = "OVER (PARTITION BY key ORDER BY tick, who, line)"
    before = [f"LAG(way, {far}) {over} AS b{far}" for far in (1, 2, 3)]
    after = [f"LEAD({column}) {over} AS {column}_after" for column in ("day", "line", "who")]
    after += [f"LEAD(way, {far}) {over} AS a{far}" for far in (1, 2)]
    return Step(
        "looked",
        f"""
        SELECT key, tick, day, line, who, way, before, day_before, day_after, line_after, who_after,
          CASE WHEN way = {IN} AND (b1 IS NULL OR (b1 = {OUT} AND b2 = {IN})) THEN
              CASE WHEN a1 IS NULL OR (a1 = {OUT} AND (a2 IS NULL OR a2 = {IN})) THEN {EVEN} ELSE {ODD_ANEW} END
            WHEN way = {OUT} AND b1 = {IN} AND (b2 IS NULL OR (b2 = {OUT} AND b3 = {IN}))
              AND (a1 IS NULL OR a1 = {IN}) THEN {EVEN} ELSE {ODD} END AS look
        FROM (
          SELECT key, tick, day, line, who, way, LAG(tick) {over} AS before, LAG(day) {over} AS day_before,
            {", ".join([*before, *after])}
          FROM lined) AS surrounded""",
    )


def _tied() -> Step:
    """Of whom all rows are to be looked at again, since their order is in doubt: a moment has both directions, or a
    later row an earlier day (two checkpoints in two zones).
    """
    return Step(
        "tied",
        f"SELECT DISTINCT key FROM looked WHERE day < day_before OR (way = {OUT} AND tick - before = 1)",
    )


_PAIR = "key, place, entry, exit, guess, entry_line, exit_line, who, who_out, turn"


def _even_pairs() -> Step:
    return Step(
        "even_pairs",
        f"""
        SELECT key, tick AS place, day AS entry, day_after AS exit, 0 AS guess,
          line AS entry_line, line_after AS exit_line, who, who_after AS who_out,
          CASE WHEN day = day_before THEN 1 ELSE 0 END AS turn
        FROM looked
        WHERE look = {EVEN} AND way = {IN} AND NOT EXISTS (SELECT 1 FROM tied WHERE tied.key = looked.key)""",
        kept=False,
    )


def _pairs() -> Step:
    parts = [f"SELECT {_PAIR} FROM {name}" for name in ("even_pairs", "plain_pairs", "mended_pairs")]
    return Step("pairs", " UNION ALL ".join(parts))


# --- citizenship from other rows -------------------------------------------------------------------------------------


def _profile(who: str) -> str:
    return f"CAST(({who} - {who} % {PROFILE}) / {PROFILE} AS BIGINT)"


def _named_pairs() -> tuple[Step, ...]:
    """Stays whose entry names no citizenship, with the one that all other rows of the person name, if they name one."""
    return (
        Step(
            "nameless",
            f"""
            SELECT pairs.key, pairs.place, profiles.profile
            FROM pairs JOIN profiles ON profiles.profile = {_profile("pairs.who")} AND profiles.citizenship IS NULL""",
        ),
        Step(
            "one_citizenship",
            f"""
            SELECT lined.key, MIN(profiles.citizenship) AS citizenship
            FROM lined JOIN profiles ON profiles.profile = {_profile("lined.who")}
            WHERE EXISTS (SELECT 1 FROM nameless WHERE nameless.key = lined.key)
            GROUP BY lined.key HAVING MIN(profiles.citizenship) = MAX(profiles.citizenship)""",
            kept=False,
        ),
        Step(
            "completed",
            """
            SELECT nameless.key, nameless.place, completions.completed
            FROM nameless JOIN one_citizenship ON one_citizenship.key = nameless.key
            JOIN completions ON completions.profile = nameless.profile
              AND completions.citizenship = one_citizenship.citizenship""",
        ),
    )


def _stays() -> Step:
    """The rest of a division by a power of two is taken away first, so that the quotient is exact as a float too."""
    part, row = f"CAST(({{0}} - {{0}} % {LINE}) / {LINE} AS INTEGER)", f"{{0}} % {LINE}"
    other = f"CASE WHEN completed.completed IS NULL THEN 0 ELSE {guess('citizenship_from_other_rows')} END"
    return Step(
        "stays",
        f"""
        SELECT pairs.key, pairs.place,
          CAST(COALESCE(completed.completed, {_profile("who")}) AS INTEGER) AS profile,
          CAST(entry AS INTEGER) AS entry, CAST(exit AS INTEGER) AS exit, CAST(guess + {other} AS TINYINT) AS guess,
          CAST((who % {PROFILE} - who % {SEX}) / {SEX} AS TINYINT) AS sex,
          CAST(NULLIF(who % {SEX}, 0) AS SMALLINT) AS birth_year,
          {part.format("entry_line")} AS entry_part, {row.format("entry_line")} AS entry_row,
          {part.format("exit_line")} AS exit_part, {row.format("exit_line")} AS exit_row
        FROM pairs LEFT JOIN completed ON completed.key = pairs.key AND completed.place = pairs.place""",
    )


# --- marks -----------------------------------------------------------------------------------------------------------


OF_CROSSINGS = (
    ("missing_exit", "entry_line", f"guess = {guess('missing_exit')}"),
    ("missing_entry", "exit_line", f"guess = {guess('missing_entry')}"),
    # The first of two that overlap holds the exit that came too late.
    ("overlap", "exit_line", f"guess = {guess('overlap')} AND turn < 2"),
    ("exit_before_entry", "exit_line", f"guess = {guess('exit_before_entry')}"),
    ("open", "entry_line", "exit IS NULL"),
    ("same_day_turn", "entry_line", "turn = 1"),
)
"""Of stays paired from crossings: a mark, the line that gets it, and when."""
OF_STAYS = (
    ("missing_exit", "entry_line", f"guess % 2 = {guess('missing_exit')}"),
    ("overlap", "entry_line", "shared = 1"),
    ("open", "entry_line", "exit IS NULL"),
    ("same_day_turn", "entry_line", "turn = 1"),
)


def _marks(table: str, of_pairs: tuple[tuple[str, str, str], ...]) -> tuple[Step, ...]:
    """What is to be said of rows. Doubts of a row that is a duplicate keep the outcome of a duplicate."""
    stay, copy = outcome("stay"), outcome("duplicate")
    told = [f"SELECT {line} AS line, {kind(name)} AS kind FROM pairs WHERE {when}" for name, line, when in of_pairs]
    told += [
        f"SELECT COALESCE(pairs.entry_line, pairs.exit_line), {kind('citizenship_from_other_rows')}"
        " FROM pairs JOIN completed ON completed.key = pairs.key AND completed.place = pairs.place",
        f"SELECT entry_line, {kind('contradiction')} FROM contradicted",
        f"SELECT lined.line, {kind('unknown_citizenship')} FROM lined JOIN profiles"
        f" ON profiles.profile = {_profile('lined.who')} AND profiles.citizenship IS NULL",
        f"SELECT CAST(part AS BIGINT) * {LINE} + row, kind FROM {table} WHERE kind <> 0",
        f"SELECT line, {kind('duplicate')} FROM duplicates",
    ]
    return (
        _contradicted(),
        Step("told", " UNION ALL ".join(told), kept=False),
        Step(
            "marks",
            f"""
            SELECT CAST((told.line - told.line % {LINE}) / {LINE} AS INTEGER) AS part, told.line % {LINE} AS row,
              CAST(told.kind AS SMALLINT) AS kind,
              CAST(CASE WHEN duplicates.line IS NULL THEN {stay} ELSE {copy} END AS SMALLINT) AS outcome
            FROM told LEFT JOIN duplicates ON duplicates.line = told.line""",
        ),
    )


def _contradicted() -> Step:
    """Stays whose entry and exit cannot be of one person. What one of the two does not tell contradicts nothing."""
    return Step(
        "contradicted",
        f"""
        SELECT entry_line FROM
          (SELECT entry_line, who, who_out FROM pairs WHERE who <> who_out AND entry_line IS NOT NULL) AS differing
        JOIN profiles AS came ON came.profile = {_profile("who")}
        JOIN profiles AS went ON went.profile = {_profile("who_out")}
        WHERE came.citizenship <> went.citizenship
          OR (who % {PROFILE} - who % {SEX} <> who_out % {PROFILE} - who_out % {SEX}
            AND who % {PROFILE} - who % {SEX} > 0 AND who_out % {PROFILE} - who_out % {SEX} > 0)
          OR (who % {SEX} <> who_out % {SEX} AND who % {SEX} > 0 AND who_out % {SEX} > 0)""",
        kept=False,
    )


def _conservation(table: str) -> Step:
    return Step(
        "conservation",
        f"""
        SELECT came.rows AS rows, paired.entries AS entries, paired.exits AS exits, copied.duplicates AS duplicates
        FROM (SELECT COUNT(*) AS rows FROM {table}) AS came
        CROSS JOIN (SELECT COUNT(entry_row) AS entries, COUNT(exit_row) AS exits FROM stays) AS paired
        CROSS JOIN (SELECT COUNT(*) AS duplicates FROM duplicates) AS copied""",
    )
