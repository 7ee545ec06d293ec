"""What all contenders read of a register that `koshiqon register make` wrote."""

from __future__ import annotations

from pathlib import Path

COLUMNS = ("person", "citizenship", "direction", "moment", "checkpoint", "sex", "birth_year", "purpose")
"""The columns of crossings that screening reads; the number of the document is in none of its answers."""


def files_of(register: Path) -> list[Path]:
    """The files of crossings of a register, in order."""
    return sorted(register.glob("crossings-*.parquet"))
