"""Codes and values into words of one language: sentences by gettext, numbers and dates by CLDR, names by the
country's data.

The catalogs are `locale/LANGUAGE/koshiqon.po`, read as they are (no compiled copy that could be older). A language is
a folder there; one of its messages (`cldr_locale`) names the CLDR locale for numbers and dates.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from string import Formatter

from babel import Locale
from babel.core import get_global
from babel.dates import format_skeleton

from koshiqon.country import Country
from koshiqon.evidence import Reference
from koshiqon.language import Text
from koshiqon.period import PartialDate
from koshiqon.render.catalogs import catalog
from koshiqon.render.phrases import FORMS, LABELS, PHRASES, TITLES
from koshiqon.render.written_values import day_written, number_written
from koshiqon.review.document import (
    Area,
    Cited,
    Day,
    Figure,
    Missing,
    Passage,
    Phrase,
    Quoted,
    Said,
    Sentence,
    Several,
    Shown,
    Span,
    Verbatim,
    When,
    Word,
)


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a line: its words, and what it shows: a finding, a row of the country, a place to go, a text nobody
    has checked, the number of a footnote.
    """

    words: str
    finding: str | None = None
    of: str | None = None
    link: str | None = None
    unchecked: bool = False
    language: str | None = None
    note: int | None = None


Line = tuple[Run, ...]


def plain(line: Line) -> str:
    return "".join(run.words for run in line)


@dataclass(frozen=True, slots=True)
class Voice:
    """One language, ready to speak of one country."""

    language: str
    country: Country
    translations: gettext.GNUTranslations
    formats: Locale
    notes: Mapping[Reference, int] = field(default_factory=dict)
    marks_unchecked: bool = False

    # --- interface ---------------------------------------------------------------------------------------------------

    def label(self, code: str) -> str:
        return self.translations.gettext(LABELS[code])

    def title(self, code: str) -> str:
        return self.translations.gettext(TITLES[code])

    def form(self, code: str, **values: object) -> str:
        return self.translations.gettext(FORMS[code]).format(**values)

    # --- values ------------------------------------------------------------------------------------------------------

    def number(self, value: float, decimals: int = 0, signed: bool = False) -> str:
        """A number by the language's own marks, with a true minus sign."""
        pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
        words = number_written(abs(value), pattern, self.formats)
        sign = "−" if value < 0 else "+" if signed and value > 0 else ""
        return f"{sign}{words}"

    def day(self, when: date | PartialDate) -> str:
        """A date written out, as exactly as it is known."""
        if isinstance(when, date):
            return day_written(when, self.formats)
        if when.is_unknown:
            return self.form("date_unknown")
        if when.text.startswith(".."):
            return self.form("date_by", date=self.day(when.latest))
        if when.is_exact:
            return self.day(when.earliest)
        if len(when.text) == 4:
            return when.text
        return str(format_skeleton("yMMMM", when.earliest, locale=self.formats))

    def span(self, period: str) -> str:
        """A statistical period: year, half, quarter, month, day, interval, school year, years running."""
        if match := re.fullmatch(r"(\d{4})-S([12])", period):
            return self.form(f"half_{match[2]}", year=match[1])
        if match := re.fullmatch(r"(\d{4})-Q([1-4])", period):
            return self.form("quarter", year=match[1], quarter=match[2])
        if match := re.fullmatch(r"(\d{4})/P(\d+)Y", period):
            return f"{match[1]}–{int(match[1]) + int(match[2])}"
        if match := re.fullmatch(r"(\d{4})/(\d{4})", period):
            return (
                self.form("school_year", year=period)
                if int(match[2]) == int(match[1]) + 1
                else f"{match[1]}–{match[2]}"
            )
        if match := re.fullmatch(r"(\d{4}-\d{2}-\d{2})/(\d{4}-\d{2}-\d{2})", period):
            first, last = (date.fromisoformat(part) for part in match.groups())
            return self.form("from_to", first=self.day(first), last=self.day(last))
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", period):
            return self.day(date.fromisoformat(period))
        if re.fullmatch(r"\d{4}-\d{2}", period):
            return str(format_skeleton("yMMMM", date.fromisoformat(f"{period}-01"), locale=self.formats))
        return period

    def area(self, code: str) -> str:
        """A country or group by name: as the country's own list has it, else as CLDR does, else its code."""
        if code in self.country.areas:
            return self.country.areas[code].choose(self.language).words
        targets = get_global("territory_aliases").get(code)
        return str(self.formats.territories.get(targets[0], code)) if targets else code

    def word(self, scheme: str, code: str) -> str:
        """A code in words: from the country's codes, its indicators and themes, or the interface."""
        if scheme == "age":
            return code.removeprefix("Y").replace("-", "–")
        if scheme == "indicator":
            return self.country.indicators[code].title.choose(self.language).words
        if scheme == "theme":
            return self.country.themes[code].title.choose(self.language).words
        if (scheme, code) in self.country.codes:
            return self.country.codes[scheme, code].choose(self.language).words
        if scheme.startswith("dimension:"):
            known = self.country.codes.get(("dimension", scheme.partition(":")[2]))
            return f"{known.choose(self.language).words}: {code}" if known else code
        full = f"{scheme}:{code}"
        return self.label(full if full in LABELS else code)

    def path(self, path: str) -> str:
        """The place of a provision in its act as a lawyer writes it: `art_6/para_4` is «Art. 6 para. 4»."""
        parts = []
        for part in path.split("/"):
            kind, _, number = (part, "", "") if part in FORMS else part.partition("_")
            parts.append(self.form(kind, number=number) if kind in FORMS else part)
        return " ".join(parts)

    def act(self, name: str) -> str:
        return self.country.acts[name].short.choose(self.language).words if name in self.country.acts else name

    def cite(self, reference: Reference, within: bool = False) -> Line:
        """What a reference is called, and where it can be opened."""
        match reference.kind:
            case "act":
                return (Run(self.act(reference.name), of=str(reference), link=f"#act-{slug(reference.name)}"),)
            case "provision":
                act, path = _act_of(reference.name)
                words = self.path(path) if within else f"{self.act(act)}, {self.path(path)}"
                return (Run(words, of=str(reference), link=f"#act-{slug(act)}"),)
            case "source":
                return (self.source(reference.name),)
            case "conflict":
                text = self.country.conflicts[reference.name].text.choose(self.language)
                return (
                    Run(
                        text.words,
                        of=str(reference),
                        link=f"#conflict-{slug(reference.name)}",
                        unchecked=not text.checked,
                        language=text.language,
                    ),
                )
        return (Run(reference.name, of=str(reference)),)

    def source(self, name: str) -> Run:
        """A source by title and publisher, with its address."""
        source = self.country.sources[name]
        words = source.title or self.form("page_of", publisher=source.publisher)
        if source.title and source.publisher not in (source.title, "none"):
            words = f"{words} ({source.publisher})"
        return Run(words, of=f"source:{name}", link=source.url, language=source.language)

    # --- what a document shows ---------------------------------------------------------------------------------------

    def say(self, shown: Shown) -> Line:
        """Whatever a document shows, as runs of words that remember what they show."""
        match shown:
            case Figure(finding, decimals, signed, with_unit):
                assert isinstance(finding.value, int | float)
                words = self.number(finding.value, decimals, signed)
                if with_unit:
                    words = self.form("unit_value", value=words, unit=self.word("unit", finding.unit))
                return (Run(words, finding=finding.name),)
            case Day(finding):
                return (Run(self.day(date.fromisoformat(str(finding.value))), finding=finding.name),)
            case Said(finding, text):
                return (self.text(text, finding=finding.name),)
            case Quoted(text, of):
                return (self.text(text, of=str(of)),)
            case Word(scheme, code):
                return (Run(self.word(scheme, code), of=f"{scheme}:{code}"),)
            case Area(code):
                return (Run(self.area(code), of=f"area:{code}"),)
            case When(when, of):
                return (Run(self.day(when), of=str(of)),)
            case Span(period, of):
                return (Run(self.span(period), of=str(of)),)
            case Cited(reference, within):
                return self.cite(reference, within)
            case Verbatim(words):
                return (Run(words, of="edition"),)
            case Missing(why):
                return (Run(self.label(why)),)
            case Several(items):
                return self._joined(items, " · ")
            case Passage(sentences):
                return self._joined(sentences, " ")
            case Phrase():
                return tuple(self._phrase(shown))
            case Sentence(text, values):
                chosen = text.choose(self.language)
                return tuple(self._filled(chosen.words, values))

    def text(self, text: Text, finding: str | None = None, of: str | None = None) -> Run:
        chosen = text.choose(self.language)
        words = f"{chosen.words}°" if self.marks_unchecked and not chosen.checked else chosen.words
        return Run(words, finding=finding, of=of, unchecked=not chosen.checked, language=chosen.language)

    def _joined(self, items: tuple[Shown, ...], mark: str) -> Line:
        runs: list[Run] = []
        for number, item in enumerate(items):
            if number:
                runs.append(Run(mark))
            runs.extend(self.say(item))
        return tuple(runs)

    def _phrase(self, phrase: Phrase) -> Iterator[Run]:
        form = PHRASES[phrase.code]
        if isinstance(form, tuple):
            counted = phrase.values[phrase.count or ""]
            assert isinstance(counted, Figure) and isinstance(counted.finding.value, int)
            template = self.translations.ngettext(*form, counted.finding.value)
        else:
            template = self.translations.gettext(form)
        yield from self._filled(template, phrase.values)
        for reference in phrase.notes:
            yield Run("", of=str(reference), note=self.notes[reference])

    def _filled(self, template: str, values: Mapping[str, Shown]) -> Iterator[Run]:
        """A template with its slots filled. `{latest:indicator}` is one slot: what follows the colon belongs to its
        name.
        """
        last = ""
        for words, name, detail, _ in Formatter().parse(template):
            if words:
                # A date of some languages ends with a full stop («г.»), which then ends the sentence too.
                yield Run(words[1:] if words.startswith(".") and last.endswith(".") else words)
            if name is not None:
                shown = self.say(values[f"{name}:{detail}" if detail else name])
                last = plain(shown)
                yield from shown


def voice(language: str, country: Country) -> Voice:
    """A voice in `language`. Raises KeyError where no catalog ships."""
    translations = catalog(language)
    return Voice(language, country, translations, Locale.parse(translations.gettext(LABELS["cldr_locale"])))


@lru_cache(maxsize=8192)
def slug(text: str) -> str:
    """A name as an anchor: letters, digits and hyphens. Names of the law come again and again: they are remembered."""
    return re.sub(r"[^A-Za-z0-9]+", "-", text).strip("-").lower()


def _act_of(provision: str) -> tuple[str, str]:
    act = "/".join(provision.split("/")[:2])
    return act, provision.removeprefix(f"{act}/").partition("@")[0]
