"""The days of an answer that somebody should not miss, as a calendar file (iCalendar, RFC 5545).

Every day is an event of the whole day with a reminder a week and a day before. Nothing in the file tells who the person
is: the marks of the events are drawn, and the time stamp is the day asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from koshiqon.render.answer_page import AnswerPage
from koshiqon.render.phrases import N_
from koshiqon.render.stay_codes import BY
from koshiqon.render.stay_words import code_words, say, under_rule, word
from koshiqon.render.words import Voice, plain
from koshiqon.stay.answer import Assessment, Due, DueState, Standing

SUMMARIES: dict[str, str] = {
    "last_day": N_("Last day that you may stay"),
    "safe_day": N_("Leave by today: last day that is lawful under every reading"),
    "perhaps": N_("Perhaps: {duty} ({by})"),
    "duty": N_("Last day: {duty} ({by})"),
    "return": N_("From today on you may enter again"),
    "calendar": N_("Stay in the country: days not to miss"),
}
REMINDERS = ("-P6DT15H", "-PT15H")
"""At nine in the morning, a week before and a day before."""
OCTETS = 75
"""The longest line of a calendar file, in octets (RFC 5545, 3.1)."""
PRODUCT = "-//Koshiqon//Koshiqon//EN"


@dataclass(frozen=True, slots=True)
class Deadline:
    """One day with what is to be done or known on it, and what that rests on, a line each."""

    day: date
    summary: str
    lines: tuple[str, ...]


def deadlines_of(answer: Assessment, page: AnswerPage) -> tuple[Deadline, ...]:
    """The days from the day asked on, in order: the last lawful day, the safe one, duties, the day of return."""
    found = [*_last_days(answer, page), *_duties(answer, page.voice), *_return(answer, page.voice)]
    return tuple(sorted((one for one in found if one.day >= answer.on), key=lambda one: one.day))


def render_deadlines(deadlines: Iterable[Deadline], page: AnswerPage, on: date, mark: str) -> bytes:
    """The calendar file. `mark` is drawn anew for each file, so that two people's equal days stay two events."""
    voice = page.voice
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN"]
    lines.append(f"X-WR-CALNAME:{_escaped(voice.translations.gettext(SUMMARIES['calendar']))}")
    for number, deadline in enumerate(deadlines, 1):
        lines += _event(deadline, page, on, f"{mark}-{number}")
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line)).encode()


# --- which days ------------------------------------------------------------------------------------------------------


def _last_days(answer: Assessment, page: AnswerPage) -> Iterator[Deadline]:
    told = (plain(page.sentence),)
    safe, last = answer.safe_until, answer.last_lawful_day
    if answer.standing is not Standing.LAWFUL:
        return
    if last is not None:
        yield Deadline(last, _summary(page.voice, "last_day"), told)
    if safe is not None and (last is None or safe < last):
        yield Deadline(safe, _summary(page.voice, "safe_day"), told)


def _duties(answer: Assessment, voice: Voice) -> Iterator[Deadline]:
    for due in answer.duties:
        if due.deadline is not None and due.state is not DueState.PASSED:
            yield Deadline(due.deadline, _duty(due, voice), tuple(_under(due, voice)))


def _duty(due: Due, voice: Voice) -> str:
    code = "perhaps" if due.state is DueState.UNKNOWN else "duty"
    return _summary(voice, code, duty=code_words(voice, "duty", due.must), by=word(voice, BY, due.by))


def _under(due: Due, voice: Voice) -> Iterator[str]:
    office = voice.country.offices.get(due.office or "")
    if office is not None:
        yield plain(say(voice, "due_at", office=voice.text(office.title).words))
    yield from (plain(line) for line in under_rule(due.rule, due.provision, due.confidence, voice))


def _return(answer: Assessment, voice: Voice) -> Iterator[Deadline]:
    """The day of coming again, where it is known and still ahead."""
    entry = answer.reentry
    if entry is None or entry.day is None or entry.standing is not Standing.LAWFUL or entry.day <= answer.on:
        return
    leaves = (plain(say(voice, "if_left", on=voice.day(answer.on))),) if answer.standing is not None else ()
    yield Deadline(entry.safe_day or entry.day, _summary(voice, "return"), leaves)


def _summary(voice: Voice, code: str, **slots: str) -> str:
    return voice.translations.gettext(SUMMARIES[code]).format(**slots)


# --- how they are written --------------------------------------------------------------------------------------------


def _event(deadline: Deadline, page: AnswerPage, on: date, uid: str) -> Iterator[str]:
    language, day = page.language, deadline.day
    words = "\n".join((*deadline.lines, page.warning))
    yield from ("BEGIN:VEVENT", f"UID:{uid}@koshiqon", f"DTSTAMP:{on:%Y%m%d}T000000Z")
    yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY;LANGUAGE={language}:{_escaped(deadline.summary)}"
    yield f"DESCRIPTION;LANGUAGE={language}:{_escaped(words)}"
    yield from ("CLASS:PRIVATE", "TRANSP:TRANSPARENT")
    for trigger in REMINDERS:
        yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"TRIGGER:{trigger}")
        yield from (f"DESCRIPTION:{_escaped(deadline.summary)}", "END:VALARM")
    yield "END:VEVENT"


def _escaped(words: str) -> str:
    """A text as RFC 5545 has it (3.3.11)."""
    plain_words = words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return plain_words.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """A line in pieces of at most 75 octets, all but the first beginning with a space; no letter is cut in two."""
    piece, size = "", 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > OCTETS:
            yield piece
            piece, size = " ", 1
        piece, size = piece + letter, size + octets
    yield piece
