"""The sentence that an answer begins with: the code of the answer and its days, in one line or two."""

from __future__ import annotations

from datetime import date

from koshiqon.render.stay_phrases import ANSWERS
from koshiqon.render.stay_words import counted, days, joined, name_words, say
from koshiqon.render.title_words import ground_words, main_ground
from koshiqon.render.words import Line, Run, Voice
from koshiqon.stay.answer import Answer, Assessment


def sentence(answer: Assessment, voice: Voice) -> Line:
    """What the person most needs to know first. Where another reading of the law ends earlier, that day leads."""
    match answer.answer:
        case Answer.MAY_STAY_UNTIL | Answer.MAY_STAY_OPEN | Answer.SURE_UNTIL:
            told = _may_stay(answer, voice)
        case Answer.OVERSTAYED:
            told = _overstayed(answer, voice)
        case Answer.UNKNOWN_TODAY:
            told = _unknown_today(answer, voice)
        case _:
            told = _entry(answer, voice)
    asked = next((point.ask for point in answer.unknown if point.ask is not None), None)
    if asked is not None and answer.answer in (Answer.UNKNOWN_TODAY, Answer.ENTRY_UNKNOWN):
        told = joined([told, say(voice, "ask_first", ANSWERS, question=name_words(voice, asked))], " ")
    return told


def _day(when: date, voice: Voice) -> Line:
    return (Run(voice.day(when), of="day"),)


def _may_stay(answer: Assessment, voice: Voice) -> Line:
    ground = main_ground(answer)
    words = ground_words(voice, ground, answer.used) if ground is not None else ""
    safe = _safe(answer, voice)
    last = answer.last_lawful_day
    if last is None:
        told = say(voice, "then_open" if safe else "may_stay_open", ANSWERS, ground=words)
    elif answer.answer is Answer.SURE_UNTIL:
        told = say(voice, "sure_until", ANSWERS, day=_day(last, voice), ground=words)
    else:
        told = say(voice, "then_until" if safe else "may_stay_until", ANSWERS, day=_day(last, voice), ground=words)
    return joined([safe, told], " ") if safe else told


def _safe(answer: Assessment, voice: Voice) -> Line:
    """The day that is safe under every reading, where it comes before the last lawful day; else nothing."""
    safe, last = answer.safe_until, answer.last_lawful_day
    if safe is None or (last is not None and safe >= last):
        return ()
    if safe >= answer.on:
        return say(voice, "safe_first", ANSWERS, safe=_day(safe, voice))
    if safe < _entered(answer):
        return say(voice, "safe_never", ANSWERS)
    return say(voice, "safe_over", ANSWERS, safe=_day(safe, voice))


def _entered(answer: Assessment) -> date:
    """The first day of the stay judged: a last lawful day before it says that no day of the stay is lawful."""
    return answer.intervals[0].first


def _overstayed(answer: Assessment, voice: Voice) -> Line:
    number, last = answer.overstay_days, answer.last_lawful_day
    if last is None or last < _entered(answer):
        return (Run(counted(voice, "overstayed_all", number), of="overstay_days"),)
    return (Run(counted(voice, "overstayed", number, day=voice.day(last)), of="overstay_days"),)


def _unknown_today(answer: Assessment, voice: Voice) -> Line:
    on, last = _day(answer.on, voice), answer.last_lawful_day
    if last is None or last < _entered(answer):
        return say(voice, "unknown_today", ANSWERS, on=on)
    return say(voice, "unknown_since", ANSWERS, day=_day(last, voice), on=on)


def _entry(answer: Assessment, voice: Voice) -> Line:
    on, entry = _day(answer.on, voice), answer.reentry
    if answer.answer is Answer.ENTRY_UNKNOWN:
        return say(voice, "entry_unknown", ANSWERS, on=on)
    if entry is None or entry.day is None or answer.answer is Answer.MAY_NOT_ENTER:
        return say(voice, "may_not_enter", ANSWERS, on=on)
    code = "may_enter" if answer.answer is Answer.MAY_ENTER else "may_enter_from"
    day = _day(entry.day, voice)
    if entry.until is None or entry.days is None:
        told = say(voice, f"{code}_open", ANSWERS, day=day)
    else:
        told = say(voice, code, ANSWERS, day=day, until=_day(entry.until, voice), days=days(voice, entry.days))
    if entry.safe_day is not None and entry.safe_day > entry.day:
        told = joined([say(voice, "enter_safe", ANSWERS, safe=_day(entry.safe_day, voice)), told], " ")
    return told
