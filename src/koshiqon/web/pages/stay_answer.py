"""The answer about a stay as its page shows it: the sentence, the strip of days, what to do, why, how sure, sources;
law and practice beside each other where they part.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from koshiqon.asking.stay import stay_told, under_reading
from koshiqon.render.answer import UNSURE
from koshiqon.render.answer_page import AnswerPage, Part
from koshiqon.render.answer_sentence import sentence
from koshiqon.render.day_picture import described
from koshiqon.render.day_strip import Sign, signs_of, strip_of, strip_picture
from koshiqon.render.deadlines import deadlines_of
from koshiqon.render.phrases import N_
from koshiqon.render.stay_words import days, say
from koshiqon.render.title_words import main_ground
from koshiqon.render.words import Line, Run, Voice
from koshiqon.sources.case_reading import PRACTICE, CaseRead
from koshiqon.stay.answer import Answer, Assessment, DaysUsed

LIMITS, LAW = "limits", "law"
"""The reading in which law and practice part, and its option that is the law's own."""
HEADS: dict[str, str] = {LAW: N_("What the law says"), PRACTICE: N_("What the border counts")}
DO = ("overstay", "bars", "plan", "duties", "reentry")
WHY = ("grounds", "may_follow", "if_overstayed", "decisions")
SURE = ("unknown", "readings", "conflicts", "sure", "given", "sources")
"""The parts in the order of the page. Where nothing can be told yet, what is not known comes first of all; what only
may follow is folded away among the reasons. What was assumed stands in the form, where it can be changed.
"""
PLANNED = "visit.planned_days"
"""The measure that the planned exit of the last trip would settle."""
SAY_EXIT = N_("Write the day on which you plan to leave as the exit of your last trip.")
WIDE, NARROW = (960, 1), (360, 3)
"""Units and lines of the strip on a wide screen and on a narrow one."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of two readings: its head, how it reads, its own sentence, the days used under it."""

    head: str
    option: str
    sentence: Line
    used: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class StayView:
    """An answer with all that its page shows. `seek`: the person does well to look for another ground to stay."""

    page: AnswerPage
    wide: str
    narrow: str
    signs: tuple[Sign, ...]
    in_words: str
    used: tuple[Line, ...]
    sides: tuple[Side, ...]
    do: tuple[Part, ...]
    why: tuple[Part, ...]
    sure: tuple[Part, ...]
    has_deadlines: bool
    seek: bool


def view_of(answer: Assessment, read: CaseRead, voice: Voice) -> StayView:
    """An assessment in words and pictures of the voice's language."""
    page = stay_told(answer, voice)
    strip = strip_of(answer, voice.country)
    sides = tuple(_sides(answer, read, voice))
    parts = _parts(page, answer, bool(sides))
    unsure = answer.answer in UNSURE
    decisive = page.decisive
    return StayView(
        page=page,
        wide=strip_picture(strip, voice, *WIDE, "-wide"),
        narrow=strip_picture(strip, voice, *NARROW, "-narrow"),
        signs=signs_of(strip, voice),
        in_words=described(strip.days, voice),
        used=tuple(_used(_leading_limits(answer), voice)),
        sides=sides,
        do=_chosen(("unknown", *DO) if unsure else DO, parts),
        why=_chosen(WHY, parts) + ((decisive,) if decisive.items else ()),
        sure=_chosen(SURE[1:] if unsure else SURE, parts),
        has_deadlines=bool(deadlines_of(answer, page)),
        seek=unsure or answer.answer in (Answer.OVERSTAYED, Answer.MAY_NOT_ENTER),
    )


def _parts(page: AnswerPage, answer: Assessment, apart: bool) -> dict[str, Part]:
    """The parts by name as the page shows them; `apart`: law and practice stand in columns of their own."""
    shown = (page.part(name) for name in (*DO, *WHY, *SURE))
    parts = {part.name: part for part in shown if part is not None}
    if "unknown" in parts:
        parts["unknown"] = _told_for_a_page(parts["unknown"], answer, page.voice)
    if apart:
        parts = _without_limits(parts, answer, page.voice)
    if "overstay" in parts and not answer.overstay_days:
        parts["may_follow"] = replace(parts.pop("overstay"), name="may_follow")
    return parts


def _chosen(names: tuple[str, ...], parts: dict[str, Part]) -> tuple[Part, ...]:
    return tuple(parts[name] for name in names if name in parts and parts[name].items)


# --- law and practice ------------------------------------------------------------------------------------------------


def _sides(answer: Assessment, read: CaseRead, voice: Voice) -> Iterator[Side]:
    """Law and practice, each with its own answer; nothing where they agree about this case."""
    used = next((used for used in answer.readings if used.reading == LIMITS), None)
    if used is None or not used.others:
        return
    for option in voice.country.readings[LIMITS].options:
        other = answer if option.name == used.option else under_reading(read, voice, LIMITS, option.name)
        head = voice.translations.gettext(HEADS[option.name]) if option.name in HEADS else ""
        told = tuple(_used(_leading_limits(other), voice))
        own = sentence(replace(other, safe_until=None), voice)
        yield Side(head, voice.text(option.text).words, own, told)


def _without_limits(parts: dict[str, Part], answer: Assessment, voice: Voice) -> dict[str, Part]:
    """The parts without what stands in the two columns already."""
    changing = [used for used in answer.readings if used.others and used.reading in voice.country.readings]
    items = zip(changing, parts["readings"].items, strict=True)
    kept = tuple(item for used, item in items if used.reading != LIMITS)
    return {**parts, "readings": replace(parts["readings"], items=kept)}


def _leading_limits(answer: Assessment) -> DaysUsed | None:
    """The days used under the title that the answer names; those of a title that a paper outlasts only mislead here."""
    ground = main_ground(answer)
    return answer.used if answer.used is not None and ground is not None and answer.used.ground == ground.name else None


def _used(used: DaysUsed | None, voice: Voice) -> Iterator[Line]:
    """How many days of each limit are used, in one line each."""
    if used is None:
        return
    if used.per_entry is not None:
        yield _of(used.used_entry, used.per_entry, voice, N_("This visit: {used} of {limit}"))
    if used.in_window is not None and used.window is not None and used.used_window is not None:
        form = N_("The last {window}: {used} of {limit}")
        yield _of(used.used_window, used.in_window, voice, form, window=days(voice, used.window))


def _of(used: int, limit: int, voice: Voice, form: str, **more: str) -> Line:
    return say(voice, "used", {"used": form}, used=voice.number(used), limit=days(voice, limit), **more)


# --- what a page adds to the words -----------------------------------------------------------------------------------


def _told_for_a_page(part: Part, answer: Assessment, voice: Voice) -> Part:
    """What is not known, without the names of the facts, which only the command line takes, and with the field of the
    form that would settle it.
    """
    exit_day = (Run(voice.translations.gettext(SAY_EXIT)),)
    items = []
    for point, item in zip(answer.unknown, part.items, strict=True):
        under = item.under[:-1] if point.ask else item.under
        items.append(replace(item, under=(*under, exit_day) if point.reason.name == PLANNED else under))
    return replace(part, items=tuple(items))
