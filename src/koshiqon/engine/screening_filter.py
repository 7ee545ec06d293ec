"""The filter of a screening: one condition on the columns of its result, in SQL, that can do nothing but compare.

DuckDB parses it and hands back its tree; only kinds of node that compare values of a row pass, so no query, no file, no
setting, no chance and no clock stands in a filter that is accepted. Then it is tried on
two rows of these columns.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import duckdb

from koshiqon.stay.register.result import STAYS_OUT

NODES = frozenset(
    {"BETWEEN", "CASE", "CAST", "COLUMN_REF", "COMPARISON", "CONJUNCTION", "CONSTANT", "FUNCTION", "OPERATOR", "TYPE"}
)
OPERATORS = "+ - * / // % & | << >> ~~ !~~ ~~* !~~* ||"
NAMED = (
    "abs bit_count coalesce concat contains date_diff date_part date_trunc datediff day ends_with greatest least left "
    "length like_escape list_value lower month not_like_escape nullif prefix quarter regexp_matches right round "
    "starts_with strpos substr substring suffix to_days to_months to_weeks to_years trim trunc upper week year"
)
FUNCTIONS = frozenset([*OPERATORS.split(), *NAMED.split()])


class UnfitFilter(Exception):
    """A filter that is no condition on the columns of the result; `code` says why: where_unreadable, where_not_allowed,
    where_unknown_column, where_no_condition.
    """

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(f"{code}: {values}")
        self.code = code
        self.values = {name: str(value) for name, value in values.items()}


def check_filter(written: str) -> None:
    """Raises UnfitFilter where this is anything but one condition on the columns of the result."""
    with duckdb.connect(config={"enable_external_access": False, "threads": 1}) as connection:
        node = _parsed(connection, written)
        for part in _nodes(node):
            _refuse(part, written)
        _try(connection, written)


def _parsed(connection: duckdb.DuckDBPyConnection, written: str) -> dict[str, Any]:
    """The tree of the condition. It must read alike with and without brackets round it, or it is more than one."""
    trees = [
        _statement(connection, text, written)
        for text in (f"SELECT 1 WHERE {written}\n", f"SELECT 1 WHERE ({written}\n)")
    ]
    bare, bracketed = (tree["where_clause"] for tree in trees)
    beside = any(trees[0][part] for part in ("group_expressions", "modifiers", "having", "qualify", "sample"))
    if beside or _shape(bare) != _shape(bracketed) or bare is None:
        raise UnfitFilter("where_not_allowed", where=written, what=written)
    return dict(bare)


def _statement(connection: duckdb.DuckDBPyConnection, text: str, written: str) -> dict[str, Any]:
    (said,) = connection.execute("SELECT json_serialize_sql(?::VARCHAR)", [text]).fetchone() or ("",)
    told = json.loads(said)
    if told["error"] or len(told["statements"]) != 1:
        reason = str(told.get("error_message", "")).removeprefix("Parser Error:").split("\n")[0].strip()
        raise UnfitFilter("where_unreadable", where=written, reason=reason or "?")
    return dict(told["statements"][0]["node"])


def _nodes(node: object) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        if "class" in node and "type" in node:
            yield node
        for inner in node.values():
            yield from _nodes(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from _nodes(inner)


def _shape(node: object) -> object:
    """A tree without the places at which its words stand."""
    if isinstance(node, dict):
        return {name: _shape(inner) for name, inner in node.items() if not name.startswith("query_location")}
    return [_shape(inner) for inner in node] if isinstance(node, list) else node


def _refuse(node: dict[str, Any], written: str) -> None:
    kind = node["class"]
    if kind == "COLUMN_REF":
        name = ".".join(node["column_names"])
        if name.lower() not in dict(STAYS_OUT):
            raise UnfitFilter("where_unknown_column", where=written, name=name, known=", ".join(dict(STAYS_OUT)))
    elif kind not in NODES:
        raise UnfitFilter("where_not_allowed", where=written, what=kind.lower())
    elif kind == "FUNCTION" and node["function_name"].lower() not in FUNCTIONS:
        raise UnfitFilter("where_not_allowed", where=written, what=node["function_name"])


def _try(connection: duckdb.DuckDBPyConnection, written: str) -> None:
    """Judge one row in which every column holds something, and one in which none does."""
    columns = ", ".join(f"{name} {kind}" for name, kind in STAYS_OUT)
    filled = ", ".join({"VARCHAR": "'UZB'", "DATE": "DATE '2023-01-27'"}.get(kind, "1") for _, kind in STAYS_OUT)
    empty = ", ".join("NULL" for _ in STAYS_OUT)
    connection.execute(f"CREATE TABLE stays ({columns})")
    connection.execute(f"INSERT INTO stays VALUES ({filled}), ({empty})")
    try:
        told = connection.execute(f"SELECT DISTINCT typeof({written}\n) FROM stays").fetchall()
        connection.execute(f"SELECT * FROM stays WHERE ({written}\n)").fetchall()
    except duckdb.Error as problem:
        raise UnfitFilter("where_unreadable", where=written, reason=str(problem).split("\n")[0]) from None
    if told != [("BOOLEAN",)]:
        raise UnfitFilter("where_no_condition", where=written)
