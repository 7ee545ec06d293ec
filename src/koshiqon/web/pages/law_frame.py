"""What the pages about the law share: their menu, links between rows and the pages that show them, letters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from fastapi import Request
from fastapi.responses import HTMLResponse

from koshiqon.asking.law import UnreadableQuestion
from koshiqon.asking.letters import letter_of
from koshiqon.evidence import Confidence, ProvisionId, Reference
from koshiqon.period import Period
from koshiqon.render.law_web import confidence_words, reference_line, span_words
from koshiqon.render.phrases import N_
from koshiqon.render.words import Line, Run, Voice, slug
from koshiqon.rules.rule import Rule
from koshiqon.web.shelf import LONGEST_QUERY
from koshiqon.web.site import Site

T = TypeVar("T")

PLACES: tuple[tuple[str, str], ...] = (
    ("", N_("On a day")),
    ("changes", N_("What changed")),
    ("timeline", N_("Timeline")),
    ("acts", N_("Acts")),
    ("conflicts", N_("Sources differ")),
    ("practice", N_("Law and practice")),
    ("questions", N_("Open questions")),
)
"""The pages of this part of the site, by the last part of their path."""


@dataclass(frozen=True, slots=True)
class LawFrame:
    """One site in one language, as the templates about the law ask it."""

    site: Site
    voice: Voice

    def word(self, message: str, **values: object) -> str:
        """A message of this part, its slots filled."""
        return self.voice.translations.gettext(message).format(**values)

    def letter(self, problem: UnreadableQuestion) -> str:
        """The letter about what was asked."""
        return letter_of(problem.code, problem.values, self.voice.language)

    def page(
        self,
        request: Request,
        template: str,
        place: str,
        heading: str,
        *,
        status: int = 200,
        **values: Any,  # noqa: ANN401
    ) -> HTMLResponse:
        """A page of this part; `place` is the last part of its path, `heading` its title."""
        query = request.url.query[:LONGEST_QUERY]
        path = "law" + request.url.path.partition(f"/{self.voice.language}/law")[2]
        asked = f"{path}?{query}" if query else path
        given: dict[str, Any] = {
            "path": asked,
            "section": "law",
            "law": self,
            "place": place,
            "places": PLACES,
            "heading": heading,
        }
        return self.site.page(request, self.voice.language, template, status=status, **given, **values)

    # --- links -------------------------------------------------------------------------------------------------------

    def row(self, kind: str, name: str) -> Line:
        """A row of the country in words, leading to the page that shows it; empty where none does."""
        return tuple(self._placed(run) for run in reference_line(Reference(kind, name), self.voice))

    def provision(self, provision: ProvisionId, within: bool = False) -> Line:
        """A provision as a lawyer writes it, leading to its place on the page of its act."""
        return self.voice.cite(Reference("provision", str(provision)), within)

    def rule_place(self, rule: Rule) -> str:
        """Where the page of its act shows a rule."""
        return self.site.path(self.voice.language, "law", "acts", f"{slug(rule.provision.act)}#rule-{slug(rule.name)}")

    def rows(self, references: Iterable[Reference]) -> list[Line]:
        """Those of the rows that these pages show, each once."""
        lines = (self.row(reference.kind, reference.name) for reference in dict.fromkeys(references))
        return [line for line in lines if line]

    def conflicts(self, kind: str, name: str) -> list[Line]:
        """The conflicts in which a row takes a side."""
        found = self.voice.country.conflicts_of((Reference(kind, name),))
        return [self.row("conflict", conflict.name) for conflict in found]

    def _placed(self, run: Run) -> Run:
        link = run.link or ""
        kind, _, name = (run.of or "").partition(":")
        here = (self.voice.language, "law")
        if link.startswith("#act-") and kind in ("rule", "parameter"):
            act = link.removeprefix("#act-")
            return replace(run, link=self.site.path(*here, "acts", f"{act}#{kind}-{slug(name.partition('/')[0])}"))
        if link.startswith("#practice-"):
            return replace(run, link=self.site.path(*here, f"practice{link}"))
        if link.startswith("#event-"):
            year = next(event.dated.earliest.year for event in self.voice.country.events if event.name == name)
            return replace(run, link=self.site.path(*here, f"timeline?since={year}&until={year}{link}"))
        return run

    # --- words of the templates --------------------------------------------------------------------------------------

    def span(self, period: Period) -> str:
        """From when to when something holds."""
        return span_words(period, self.voice)

    def sure(self, confidence: Confidence) -> str:
        """How sure a row is."""
        return confidence_words(confidence, self.voice)

    def anchor(self, name: object) -> str:
        """A name as the anchor of a place on a page."""
        return slug(str(name))


def leaf_of(rows: Sequence[T], written: str, at_once: int) -> tuple[int, int, Sequence[T]]:
    """Which page of a list is asked for (the first where it is no number), of how many, and its rows."""
    pages = max(1, -(-len(rows) // at_once))
    known = written.isascii() and written.isdecimal() and len(written) < 5
    number = min(max(int(written), 1), pages) if known else 1
    return number, pages, rows[(number - 1) * at_once : number * at_once]


def frame(site: Site, language: str) -> LawFrame:
    """The frame of the pages about the law in a language that ships."""
    return LawFrame(site, site.voices[language])
