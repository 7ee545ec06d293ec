"""The catalogs of the interface: one folder a language under locale/, read as they are."""

from __future__ import annotations

import gettext
import io
from functools import lru_cache
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).parent.parent / "locale"


def languages() -> tuple[str, ...]:
    """The languages that ship, in the order of their codes."""
    return tuple(sorted(path.parent.name for path in LOCALE.glob("*/koshiqon.po")))


@lru_cache
def catalog(language: str) -> gettext.GNUTranslations:
    """The translations of one language. Raises KeyError where none ships."""
    path = LOCALE / language / "koshiqon.po"
    if not path.is_file():
        raise KeyError(language)
    with path.open("rb") as file:
        messages = read_po(file, locale=language)
    compiled = io.BytesIO()
    write_mo(compiled, messages)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
