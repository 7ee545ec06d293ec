"""What the pages of an interview show: a question with its field, what was told so far, the answer part by part."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from koshiqon.asking.answers import read_answer
from koshiqon.asking.status import answered_status, nothing_to_ask
from koshiqon.render.answer_page import Part
from koshiqon.render.phrases import N_
from koshiqon.render.status_page import StatusPage
from koshiqon.render.status_words import few, question_line, tell, why_lines
from koshiqon.render.stay_words import code_words, said, value_words
from koshiqon.render.words import Line, Run, Voice
from koshiqon.rules.judging import Outcome, ReasonKind
from koshiqon.sources.case_reading import CaseRead
from koshiqon.status.classification import Classification
from koshiqon.status.interview import Question, Told
from koshiqon.stay.answer import DueState
from koshiqon.stay.case import Paper, StayCase
from koshiqon.web.pages.status_fields import Field, PaperTyped, as_typed, field_of
from koshiqon.web.pages.status_kept import Given, Kept
from koshiqon.web.pages.stay_form import FACT

FIRST = ("may_ask", "rights", "duties", "authority", "overstay", "bars", "decided", "flags")
"""Parts that come before the reasons: what may be done and must be done, by when; then what to watch."""
FOLDED = ("categories", "perhaps", "unknown", "given", "sources")
"""Parts of an answer that are opened by whoever wants them."""
ELSEWHERE = ("given",)
"""Parts that this page shows in a way of its own."""
SENT = ("may_ask", "rights", "duties", "authority")
"""Parts that may send people to an office."""
UNTOLD = N_("not known")
WHY_ASIDE = N_("Rights may depend on it of which it cannot be told yet whether you have them.")
MOST_MORE = 5
"""Questions beyond those that settle the status, of those on which most hangs."""


@dataclass(frozen=True, slots=True)
class ToldLine:
    """Something told: its place among the answers, the question, the answer in words."""

    place: int
    question: Line
    answer: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as the page puts it; `later`: so many answers stand ready for after it; `named`: the papers that were
    named in answer to it.
    """

    number: int
    line: Line
    field: Field
    why: tuple[Line, ...]
    later: int
    named: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class More:
    """A question beyond those that settle the status, and the rights that may depend on it."""

    fact: str
    question: Line
    opens: Line


@dataclass(frozen=True, slots=True)
class Found:
    """The answer: in words, what it means where no status has a name, its parts with whether each is open, the offices
    it names and the part they stand after, what comes next, else why nothing does and what may be asked beyond, and the
    fields that carry the case to another page.
    """

    page: StatusPage
    means: Line | None
    parts: tuple[tuple[Part, bool], ...]
    offices: tuple[str, ...]
    offices_after: str
    next: Line | None
    done: str
    more: tuple[More, ...]
    carried: tuple[tuple[str, str], ...]


def asked_of(
    question: Question, kept: Kept, voice: Voice, typed: tuple[tuple[str, ...], PaperTyped] | None = None
) -> Asked:
    """A question with what was typed, else with what was answered to it before."""
    fact = voice.country.facts[question.fact]
    stands = as_typed(kept.earlier, fact) if typed is None else typed
    return Asked(
        number=len(kept.answers) + 1,
        line=question_line(question, voice),
        field=field_of(fact, stands[0], voice, stands[1]),
        why=((Run(voice.translations.gettext(WHY_ASIDE)),),) if kept.aside else tuple(why_lines(question, voice)),
        later=max(0, len(kept.after) - 1),
        named=tuple(_answer_words(one, kept, voice) for one in kept.told if one.fact == fact.name),
    )


def told_lines(kept: Kept, voice: Voice) -> tuple[ToldLine, ...]:
    """Everything told, in order."""
    return tuple(
        ToldLine(place, question_line(Question(given.fact, None, ()), voice), _answer_words(given, kept, voice))
        for place, given in enumerate(kept.answers)
    )


def _answer_words(given: Given, kept: Kept, voice: Voice) -> str:
    meant = read_answer(given.answer, voice.country.facts[given.fact], voice, kept.on)
    if meant is None:
        return voice.translations.gettext(UNTOLD)
    return _paper_words(meant, voice) if isinstance(meant, Paper) else value_words(voice, meant, given.fact)


def _paper_words(paper: Paper, voice: Voice) -> str:
    kind, first = code_words(voice, "paper", paper.kind), voice.day(paper.since)
    if paper.until is None:
        return said(voice, "paper_open", kind=kind, first=first)
    return said(voice, "paper", kind=kind, first=first, last=voice.day(paper.until))


# --- the answer ------------------------------------------------------------------------------------------------------


def found_of(kept: Kept, told: Told, voice: Voice) -> Found:
    """The answer as far as the case is told."""
    answer, question, page = answered_status(CaseRead(told.case, kept.on, {}), voice, told.declined)
    return Found(
        page=page,
        means=_meaning(answer, page),
        parts=tuple(_parts(page, question)),
        offices=tuple(_offices(answer)),
        offices_after=next((part.name for part in reversed(page.parts) if part.name in SENT), ""),
        next=None if question is None else question_line(question, voice),
        done=nothing_to_ask(answer, told.declined, voice),
        more=() if question is not None else tuple(_more(answer, told, voice)),
        carried=tuple(carried(told.case, kept)),
    )


def _meaning(answer: Classification, page: StatusPage) -> Line | None:
    """What follows for who is in no status with a name, where one flag says it; of several none is the first."""
    flags = page.part("flags")
    if answer.governing.sure and not answer.governing.categories and flags is not None and len(flags.items) == 1:
        return flags.items[0].line
    return None


def _parts(page: StatusPage, question: Question | None) -> Iterator[tuple[Part, bool]]:
    """The parts with whether each stands open, what is to be done before the reasons. The next question stands apart,
    so it is left out of what is unknown.
    """
    for part in sorted(page.parts, key=lambda part: FIRST.index(part.name) if part.name in FIRST else len(FIRST)):
        first = 1 if part.name == "unknown" and question is not None else 0
        if part.items[first:] and part.name not in ELSEWHERE:
            yield replace(part, items=part.items[first:]), part.name not in FOLDED


def _more(answer: Classification, told: Told, voice: Voice) -> Iterator[More]:
    """Facts that nobody told and on which rights hang, first those on which most hangs: each right counts for as much
    as it waits for few facts.
    """
    weights: defaultdict[str, Fraction] = defaultdict(Fraction)
    opens: dict[str, list[str]] = {}
    for right in answer.rights:
        names = {reason.name for reason in right.reasons if reason.kind is ReasonKind.FACT_MISSING}
        for name in names & voice.country.facts.keys() - told.declined if not right.sure else ():
            weights[name] += Fraction(1, len(right.reasons))
            opens.setdefault(name, []).append(code_words(voice, "right", right.may))
    for name in sorted(weights, key=lambda name: (-weights[name], name))[:MOST_MORE]:
        names_of = few([(Run(words),) for words in dict.fromkeys(opens[name])], voice)
        yield More(name, question_line(Question(name, None, ()), voice), tell(voice, "perhaps_rights", names=names_of))


def _offices(answer: Classification) -> Iterator[str]:
    """The offices that sure rights and duties name, each once, in the order of the answer."""
    named = [right.office for right in answer.rights if right.sure]
    named += [due.office for due in answer.duties if due.state is not DueState.UNKNOWN]
    yield from dict.fromkeys(name for name in named if name is not None)


def carried(case: StayCase, kept: Kept) -> Iterator[tuple[str, str]]:
    """The case as the fields of the form of a stay, by name and value."""
    yield from (("citizenship", case.citizenship or ""), ("on", kept.on.isoformat()))
    for stay in case.stays:
        yield from (("entry", stay.entry.isoformat()), ("exit", "" if stay.exit is None else stay.exit.isoformat()))
    for paper in case.papers:
        until = "" if paper.until is None else paper.until.isoformat()
        yield from (("paper", paper.kind), ("paper_first", paper.since.isoformat()), ("paper_last", until))
    yield from ((f"{FACT}{name}", _written(value)) for name, value in case.facts.items())


def _written(value: Outcome) -> str:
    """A fact as a form holds it."""
    match value:
        case bool():
            return "yes" if value else "no"
        case tuple():
            return ", ".join(map(_written, value))
    return str(value)
