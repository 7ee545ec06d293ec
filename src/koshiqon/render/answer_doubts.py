"""How sure an answer is, in words: what is not known and whom to ask, readings, conflicts, what was read, sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from koshiqon.evidence import Conflict, Reference
from koshiqon.render.answer_page import Item
from koshiqon.render.stay_codes import BY, STANDING, TOUCHES
from koshiqon.render.stay_words import code_words, name_words, reason_words, say, word
from koshiqon.render.words import Line, Run, Voice
from koshiqon.rules.rule import OpenReading
from koshiqon.stay.answer import Assessment, Due, OtherReading, ReadingUsed, ReadUntil


def unknown(answer: Assessment, voice: Voice) -> Iterator[Item]:
    """What is not known and what hangs on it; the first thing to ask comes first, by the order of the assessment."""
    for point in answer.unknown:
        parts = ", ".join(word(voice, TOUCHES, code) for code in point.touches)
        under = [say(voice, "touches", parts=parts)] if parts else []
        if point.ask is None:
            yield Item((Run(reason_words(voice, point.reason), of=f"reason:{point.reason.name}"),), tuple(under))
        else:
            question = (Run(name_words(voice, point.ask), of=f"fact:{point.ask}"),)
            under.append(say(voice, "how_to_answer", name=point.ask))
            yield Item(say(voice, "ask_next", question=question), tuple(under))


# --- readings --------------------------------------------------------------------------------------------------------


def readings(answer: Assessment, voice: Voice) -> Iterator[Item]:
    """The readings whose other options change this answer: what was taken, and what each other would give."""
    for used in answer.readings:
        reading = voice.country.readings.get(used.reading)
        if used.others and reading is not None:
            yield Item(
                _taken(used, reading, voice),
                tuple(line for other in used.others for line in _other(other, reading, answer, voice)),
            )


def _taken(used: ReadingUsed, reading: OpenReading, voice: Voice) -> Line:
    text = (voice.text(reading.text, of=f"reading:{reading.name}"),)
    return say(voice, "reading", text=text, option=_option(used.option, reading, voice))


def _option(name: str, reading: OpenReading, voice: Voice) -> str:
    return next(voice.text(option.text).words for option in reading.options if option.name == name)


def _other(other: OtherReading, reading: OpenReading, answer: Assessment, voice: Voice) -> Iterator[Line]:
    """What another option would give: another day or standing, other duties."""
    option = _option(other.option, reading, voice).rstrip(".")
    duties = [*other.due, *other.not_due]
    if not duties or other.standing is not answer.standing or other.last_lawful_day != answer.last_lawful_day:
        yield _other_days(other, option, answer, voice)
    yield from (_duty("other_due", due, option, voice) for due in other.due)
    yield from (_duty("other_not_due", due, option, voice) for due in other.not_due)


def _duty(code: str, due: Due, option: str, voice: Voice) -> Line:
    duty, by = code_words(voice, "duty", due.must), word(voice, BY, due.by)
    if code == "other_due" and due.deadline is not None:
        return say(voice, "other_due_until", option=option, duty=duty, by=by, day=voice.day(due.deadline))
    return say(voice, code, option=option, duty=duty, by=by)


def _other_days(other: OtherReading, option: str, answer: Assessment, voice: Voice) -> Line:
    if answer.standing is None:
        if other.entry_day is None:
            return say(voice, "other_no_entry", option=option)
        return say(voice, "other_entry", option=option, day=voice.day(other.entry_day))
    if other.standing is not None and other.standing is not answer.standing:
        return say(voice, "other_standing", option=option, standing=word(voice, STANDING, other.standing))
    if other.last_lawful_day is None:
        return say(voice, "other_open", option=option)
    return say(voice, "other_day", option=option, day=voice.day(other.last_lawful_day))


# --- conflicts -------------------------------------------------------------------------------------------------------


def conflicts(answer: Assessment, voice: Voice) -> Iterator[Item]:
    """Sources that contradict each other on a row this answer rests on: every side, with its sources."""
    for name in answer.conflicts:
        conflict = voice.country.conflicts.get(name)
        if conflict is None:
            yield Item((Run(name_words(voice, name), of=f"conflict:{name}"),))
        else:
            yield Item((voice.text(conflict.text, of=f"conflict:{name}"),), tuple(_sides(conflict, voice)))


def _sides(conflict: Conflict, voice: Voice) -> Iterator[Line]:
    for side in conflict.sides:
        sources = "; ".join(voice.source(name).words for name in side.sources if name in voice.country.sources)
        text = voice.text(side.text)
        yield (text, Run(f" — {sources}")) if sources else (text,)


# --- sureness, sources -----------------------------------------------------------------------------------------------


def sure(answer: Assessment, voice: Voice) -> Iterator[Item]:
    """The confidence of the least sure row, and whether the texts read reach to the day asked."""
    confidence = code_words(voice, "confidence", answer.confidence)
    yield Item(say(voice, "confidence_is", confidence=confidence))
    late = [read for read in answer.law_read_until if read.late and read.until is not None]
    if late:
        yield Item(say(voice, "late"), tuple(_read(late, voice)))
    unread = [read for read in answer.law_read_until if read.until is None]
    if unread:
        yield Item(say(voice, "not_read"), tuple(_read(unread, voice)))


def _read(acts: Iterable[ReadUntil], voice: Voice) -> Iterator[Line]:
    for read in acts:
        act = (Run(voice.act(read.act), of=f"act:{read.act}"),)
        yield act if read.until is None else say(voice, "act_until", act=act, day=voice.day(read.until))


def sources(answer: Assessment, voice: Voice) -> Iterator[Item]:
    """The sources behind the rows that the answer cites, each once."""
    for name in sources_of(answer, voice):
        yield Item((voice.source(name),))


def sources_of(answer: Assessment, voice: Voice) -> tuple[str, ...]:
    """The names of the sources that the cited rows rest on, in the order of citation."""
    found: dict[str, None] = {}
    for reference in answer.citations:
        found |= dict.fromkeys(_behind(reference, voice))
    return tuple(name for name in found if name in voice.country.sources)


def _behind(reference: Reference, voice: Voice) -> tuple[str, ...]:
    country = voice.country
    match reference.kind:
        case "source":
            return (reference.name,)
        case "rule" if reference.name in country.rules:
            return country.rules[reference.name].basis.sources
        case "regime":
            citizenship = reference.name.partition("/")[0]
            rows = (row for row in country.regimes if row.citizenship == citizenship and row.name == reference.name)
            return tuple(name for row in rows for name in row.basis.sources)
        case "practice" if reference.name in country.practice:
            return country.practice[reference.name].basis.sources
        case "parameter":
            values = (
                country.parameters[name].values if (name := reference.name.split("/")[0]) in country.parameters else ()
            )
            return tuple(source for value in values for source in value.basis.sources)
    return ()
