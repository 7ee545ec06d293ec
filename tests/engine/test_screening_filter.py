"""The filter of a screening compares columns of a stay, and can do nothing else."""

from __future__ import annotations

import duckdb
import pytest

from koshiqon.engine.screening_filter import UnfitFilter, check_filter
from koshiqon.render.catalogs import catalog
from koshiqon.render.letters import letter
from koshiqon.stay.register.result import STAYS_OUT

CONDITIONS = """
citizenship = 'UZB'
overstay_days > 3 AND certainty = 'yes'
entry >= DATE '2023-01-27'
entry >= '2023-01-27'
citizenship IN ('UZB', 'KGZ') OR citizenship IS NULL
NOT (sex = 'female')
days BETWEEN 3 AND 9
extract(year FROM entry) = 2023
exit > entry + INTERVAL 30 DAY
person LIKE 'P0%' -- with a remark
derived IS NOT NULL
held & 4 = 4
CASE WHEN days > 3 THEN sex = 'male' ELSE true END
days /* counted */ > 3
""".strip().splitlines()

UNFIT = [
    ("days > 3; DROP TABLE stays", "where_unreadable"),
    ("days >", "where_unreadable"),
    ("", "where_unreadable"),
    ("days > 3) OR (1 = 1", "where_unreadable"),
    ("true) --", "where_unreadable"),
    ("/* days", "where_unreadable"),
    ("true LIMIT 1", "where_unreadable"),
    ("days > 3 GROUP BY days", "where_unreadable"),
    ("days > 3 UNION SELECT 1", "where_unreadable"),
    ("days = 'many'", "where_unreadable"),
    ("entry = DATE '2023-02-31'", "where_unreadable"),
    ("regexp_matches(person, '(')", "where_unreadable"),
    ("(SELECT count(*) FROM read_csv('/etc/passwd')) > 0", "where_not_allowed"),
    ("EXISTS (SELECT 1 FROM stays)", "where_not_allowed"),
    ("days IN (SELECT 1)", "where_not_allowed"),
    ("read_text('/etc/passwd') = ''", "where_not_allowed"),
    ("getenv('HOME') = ''", "where_not_allowed"),
    ("current_setting('memory_limit') = ''", "where_not_allowed"),
    ("random() < 0.5", "where_not_allowed"),
    ("entry > now()", "where_not_allowed"),
    ("count(*) > 1", "where_not_allowed"),
    ("row_number() OVER () > 1", "where_not_allowed"),
    ("error('stop')", "where_not_allowed"),
    ("days > ?", "where_not_allowed"),
    ("COLUMNS(*) > 3", "where_not_allowed"),
    ("* > 3", "where_not_allowed"),
    ("day_of_birth > 3", "where_unknown_column"),
    ("other.days > 3", "where_unknown_column"),
    ("entry > current_date", "where_unknown_column"),
    ("days", "where_no_condition"),
    ("days + 1", "where_no_condition"),
]


@pytest.mark.parametrize("condition", CONDITIONS)
def test_one_condition_on_the_columns_of_a_stay_is_taken(condition):
    check_filter(condition)
    columns = ", ".join(f"NULL::{kind} AS {name}" for name, kind in STAYS_OUT)
    with duckdb.connect() as connection:
        connection.execute(f"SELECT * FROM (SELECT {columns}) WHERE ({condition}\n)")


@pytest.mark.parametrize(("condition", "code"), UNFIT)
def test_anything_else_is_refused_with_a_letter(condition, code):
    with pytest.raises(UnfitFilter) as told:
        check_filter(condition)
    assert told.value.code == code
    for language in ("en", "ru", "kk"):
        words = letter(code, told.value.values, catalog(language))
        assert "\n" not in words
        assert f"«{condition}»" in words
