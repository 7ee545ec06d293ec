"""How a register is written: as its mapping file says, or as `koshiqon register make` writes one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from koshiqon.stay.register.form import RegisterForm


def form_of(path: str, mapping: str | None, language: str) -> RegisterForm:
    """The form of a register; leaves with a letter where there is no register, or nothing says how it is written."""
    from koshiqon.cli.case_options import leave_with_letters
    from koshiqon.cli.speaking import leave
    from koshiqon.sources.register_mapping import UnreadableMapping, form_without_mapping, read_mapping

    if not Path(path).exists():
        leave("register_not_there", {"path": path}, language)
    try:
        return form_without_mapping(Path(path)) if mapping is None else read_mapping(Path(mapping))
    except UnreadableMapping as problem:
        leave_with_letters(problem.faults, language)
