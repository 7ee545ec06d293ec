"""One step of a register's judgement: a table that is made from those before it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """A table by name and the SELECT that makes it; later steps may read it under that name.

    `kept` is false for what only names a part of a later query, so that an engine may leave it a view.
    """

    name: str
    sql: str
    kept: bool = True
