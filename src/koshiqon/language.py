"""One sentence in several languages, and which of them a person has checked. No list of languages stands in code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


class Chosen(NamedTuple):
    """A text in one language: the words, the language they are in, and whether a speaker has checked them."""

    words: str
    language: str
    checked: bool


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence by language code; `checked_by` names the person who checked a language."""

    by_language: Mapping[str, str]
    checked_by: Mapping[str, str] = field(default_factory=dict)

    def missing(self, languages: Iterable[str]) -> tuple[str, ...]:
        """The languages, of those asked for, in which there are no words."""
        return tuple(code for code in languages if not self.by_language.get(code, "").strip())

    def choose(self, language: str) -> Chosen:
        """The words in `language`; in the first language present where there are none (the caller then shows which)."""
        if language not in self.by_language:
            language = next(iter(self.by_language))
        return Chosen(self.by_language[language], language, language in self.checked_by)
