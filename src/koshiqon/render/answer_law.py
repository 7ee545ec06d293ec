"""What the law says of a stay, in words: what to do, why days are lawful, what follows where they are not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from koshiqon.render.answer_page import Item
from koshiqon.render.penalty_words import penalty_words, sum_words, times
from koshiqon.render.stay_codes import BY, OF, STANDING
from koshiqon.render.stay_words import code_words, counted, days, reason_lines, said, say, under_rule, word
from koshiqon.render.title_words import ground_words
from koshiqon.render.words import Line, Run, Voice, plain
from koshiqon.stay.amounts import Sum
from koshiqon.stay.answer import Assessment, DaysUsed, Due, DueState, Ground, Interval, Sanctioned, Standing
from koshiqon.stay.presence import in_order

# --- what to do ------------------------------------------------------------------------------------------------------

DUES: dict[DueState, str] = {
    DueState.AHEAD: "due",
    DueState.PASSED: "due_passed",
    DueState.FALLS_IF_LEFT: "due_falls",
    DueState.UNKNOWN: "due_unknown_by",
}
ORDER: dict[DueState, int] = {
    DueState.AHEAD: 1,
    DueState.FALLS_IF_LEFT: 1,
    DueState.PASSED: 2,
    DueState.UNKNOWN: 3,
}


def duties(answer: Assessment, voice: Voice) -> Iterator[Item]:
    """Duties by their last day: what is still ahead, then what is past, then what cannot be told."""
    for due in sorted(answer.duties, key=lambda due: (ORDER[due.state], due.deadline or date.max)):
        yield Item(_due(due, voice), tuple(_under_due(due, voice)))


def _due(due: Due, voice: Voice) -> Line:
    by, duty = word(voice, BY, due.by), code_words(voice, "duty", due.must)
    if due.deadline is None:
        return say(voice, "due_unknown", by=by, duty=duty)
    day = (Run(voice.day(due.deadline), of=f"rule:{due.rule}"),)
    return say(voice, DUES[due.state], by=by, duty=duty, day=day)


def _under_due(due: Due, voice: Voice) -> Iterator[Line]:
    if due.later is not None and due.later != due.deadline:
        yield say(voice, "due_later", day=voice.day(due.later))
    if due.office is not None:
        office = voice.country.offices.get(due.office)
        words = voice.text(office.title).words if office is not None else f"«{due.office}»"
        yield say(voice, "due_at", office=(Run(words, of=f"office:{due.office}"),))
    if due.pays is not None:
        yield _pays(due.pays, due.pays_times, voice)
    yield from reason_lines(voice, due.reasons)
    yield from under_rule(due.rule, due.provision, due.confidence, voice)


def _pays(one: Sum, number: int | None, voice: Voice) -> Line:
    """What is to be paid; of a sum that comes several times, one and all."""
    if number == 1:
        return say(voice, "due_pays", amount=sum_words(voice, one))
    if number is None:
        return say(voice, "due_pays_each", amount=sum_words(voice, one))
    whole = sum_words(voice, times(one, number))
    return say(voice, "due_pays_times", amount=sum_words(voice, one), n=voice.number(number), whole=whole)


# --- why -------------------------------------------------------------------------------------------------------------


def grounds(answer: Assessment, voice: Voice) -> Iterator[Item]:
    """Each title and the days it covers; then the stay piece by piece, where not all of it is lawful."""
    for ground in answer.grounds:
        yield Item(_covers(ground, answer, voice), tuple(_under_ground(ground, answer, voice)))
    if not answer.grounds and answer.intervals:
        yield Item(say(voice, "no_title"))
    if len(answer.intervals) > 1 or any(part.standing is not Standing.LAWFUL for part in answer.intervals):
        for part in answer.intervals:
            yield Item(_interval(part, voice), reason_lines(voice, part.reasons))


def _covers(ground: Ground, answer: Assessment, voice: Voice) -> Line:
    words = (Run(ground_words(voice, ground, answer.used), of=f"rule:{ground.rule}"),)
    if ground.first is None:
        return say(voice, "covers_unknown", ground=words)
    first = voice.day(ground.first)
    if ground.last is None:
        return say(voice, "covers_open", ground=words, first=first)
    return say(voice, "covers", ground=words, first=first, last=voice.day(ground.last))


def _under_ground(ground: Ground, answer: Assessment, voice: Voice) -> Iterator[Line]:
    if answer.used is not None and answer.used.ground == ground.name:
        yield from _used(answer.used, answer, voice)
    yield from reason_lines(voice, ground.reasons)
    lines = under_rule(ground.rule, ground.provision, ground.confidence, voice)
    shown = ground_words(voice, ground, answer.used)
    yield from (line for line in lines if plain(line).rstrip(".") != shown)


def _used(used: DaysUsed, answer: Assessment, voice: Voice) -> Iterator[Line]:
    on = voice.day(as_of(answer))
    if used.per_entry is not None:
        yield say(voice, "used_entry", limit=days(voice, used.per_entry), used=days(voice, used.used_entry), on=on)
    if used.in_window is not None and used.window is not None and used.used_window is not None:
        limit, spent, window = (days(voice, number) for number in (used.in_window, used.used_window, used.window))
        yield say(voice, "used_window", limit=limit, window=window, used=spent, on=on)
    if used.left is not None:
        yield (Run(counted(voice, "left_after", used.left)),) if used.left else say(voice, "none_left")
    for back in answer.comes_back:
        first, last = voice.day(back.first), voice.day(back.last)
        if back.days == 1:
            yield say(voice, "comes_back_day", day=first)
        else:
            yield (Run(counted(voice, "comes_back", back.days, first=first, last=last)),)


def as_of(answer: Assessment) -> date:
    """The day up to which days were counted: the day asked, or the day of leaving where that came before."""
    last = in_order(answer.case.stays)[-1].exit if answer.case.stays else None
    return answer.on if last is None else min(answer.on, last)


def _interval(part: Interval, voice: Voice) -> Line:
    standing, first = word(voice, STANDING, part.standing), voice.day(part.first)
    if part.last is None:
        return say(voice, "interval_open", first=first, standing=standing)
    return say(voice, "interval", first=first, last=voice.day(part.last), standing=standing)


# --- what follows where days are not lawful --------------------------------------------------------------------------


def overstay(answer: Assessment, voice: Voice) -> Iterator[Item]:
    """The unlawful days so far, and what follows from them."""
    if answer.overstay_days:
        vague = (say(voice, "overstay_vague"),) if answer.overstay_unknown else ()
        line = say(voice, "overstay_days", on=voice.day(as_of(answer)), n=voice.number(answer.overstay_days))
        yield Item(line, vague + reason_lines(voice, answer.overstay_unknown))
        if not answer.consequences:
            yield Item(say(voice, "no_sanction"))
    yield from _sanctions(answer.consequences, voice)


def if_overstayed(answer: Assessment, voice: Voice) -> Iterator[Item]:
    yield from _sanctions(answer.if_overstayed, voice)


def _sanctions(sanctions: Iterable[Sanctioned], voice: Voice) -> Iterator[Item]:
    for one in sanctions:
        yield Item(_sanction(one, voice), tuple(_under_sanction(one, voice)))


def _sanction(one: Sanctioned, voice: Voice) -> Line:
    penalty: Line = (Run(penalty_words(voice, one), of=f"rule:{one.rule}"),)
    if one.of not in ("person", "stay"):
        penalty = say(voice, "for_whom", what=penalty, whom=word(voice, OF, one.of))
    if one.days is None or one.days[1] == 0:
        return penalty
    return say(voice, "labelled", label=_days_over(one.days, voice), value=penalty)


def _days_over(over: tuple[int, int | None], voice: Voice) -> str:
    first, last = over
    if last is None:
        return said(voice, "over_from", days=days(voice, first))
    if first == last:
        return said(voice, "over_one", days=days(voice, last))
    return said(voice, "over_between", first=voice.number(first), last=days(voice, last))


def _under_sanction(one: Sanctioned, voice: Voice) -> Iterator[Line]:
    if not one.sure:
        yield say(voice, "may_apply")
    yield from reason_lines(voice, one.reasons)
    if one.penalty.decided_by:
        who = ", ".join(code_words(voice, "authority", code) for code in one.penalty.decided_by)
        yield say(voice, "decided_by", who=who)
    yield from under_rule(one.rule, one.provision, one.confidence, voice)
