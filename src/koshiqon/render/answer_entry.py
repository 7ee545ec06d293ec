"""Coming back, in words: the day of re-entry, the trip in mind, what stands against entry, what somebody may decide."""

from __future__ import annotations

from collections.abc import Iterator

from koshiqon.evidence import Confidence
from koshiqon.render.answer_page import Item
from koshiqon.render.stay_words import code_words, days, reason_lines, say, under_rule
from koshiqon.render.words import Line, Run, Voice
from koshiqon.stay.answer import Assessment, Barred, Entry, PlanFit, Standing
from koshiqon.stay.presence import in_order


def reentry(answer: Assessment, voice: Voice) -> Iterator[Item]:
    """From which day the person may enter again, and for how long."""
    entry = answer.reentry
    if entry is not None:
        under = [say(voice, "if_left", on=voice.day(answer.on))] if answer.standing is not None else []
        if entry.safe_day is not None and entry.safe_day != entry.day:
            under.append(say(voice, "return_safe", day=voice.day(entry.safe_day)))
        under += [_longer(later, voice) for later in answer.later_entries]
        yield Item(_entry(entry, voice), (*under, *reason_lines(voice, entry.reasons)))


def _longer(entry: Entry, voice: Voice) -> Line:
    """A later day from which the person may stay longer."""
    assert entry.day is not None
    day = voice.day(entry.day)
    if entry.until is None or entry.days is None:
        return say(voice, "return_later_open", day=day)
    return say(voice, "return_later", day=day, until=voice.day(entry.until), days=days(voice, entry.days))


def _entry(entry: Entry, voice: Voice) -> Line:
    if entry.day is None:
        return say(voice, "return_unknown_none" if entry.standing is Standing.UNKNOWN else "return_none")
    day = voice.day(entry.day)
    if entry.standing is Standing.UNKNOWN:
        return say(voice, "return_unknown", day=day)
    if entry.until is None or entry.days is None:
        return say(voice, "return_open", day=day)
    return say(voice, "return_until", day=day, until=voice.day(entry.until), days=days(voice, entry.days))


def plan(answer: Assessment, voice: Voice) -> Iterator[Item]:
    """Does the trip in mind fit, and if not, from which day?"""
    if answer.plan is not None:
        stays = in_order(answer.case.stays)
        leaves = (say(voice, "if_left", on=voice.day(answer.on)),) if stays and stays[-1].exit is None else ()
        yield Item(_fit(answer.plan, voice), leaves + reason_lines(voice, answer.plan.reasons))


def _fit(fit: PlanFit, voice: Voice) -> Line:
    first, last = voice.day(fit.first), voice.day(fit.last)
    if fit.standing is Standing.LAWFUL:
        return say(voice, "plan_fits", first=first, last=last)
    code = "plan_unknown" if fit.standing is Standing.UNKNOWN else "plan_breaks"
    if fit.broken_on is None:
        return say(voice, f"{code}_all", first=first, last=last)
    return say(voice, code, first=first, last=last, day=voice.day(fit.broken_on))


def bars(answer: Assessment, voice: Voice) -> Iterator[Item]:
    """Grounds to refuse entry, with the day they end."""
    for bar in answer.bars:
        yield Item(_bar(bar, voice), tuple(_under_bar(bar, voice)))


def _bar(bar: Barred, voice: Voice) -> Line:
    rule = voice.country.rules.get(bar.rule)
    text: Line = (voice.text(rule.text, of=f"rule:{bar.rule}") if rule is not None else Run(f"«{bar.rule}»"),)
    if bar.until is None:
        return text
    return say(voice, "bar_until", text=text, day=voice.day(bar.until))


def _under_bar(bar: Barred, voice: Voice) -> Iterator[Line]:
    if not bar.sure:
        yield say(voice, "may_apply")
    yield from reason_lines(voice, bar.reasons)
    yield tuple(under_rule(bar.rule, bar.provision, bar.confidence, voice))[-1]


def decisions(answer: Assessment, voice: Voice) -> Iterator[Item]:
    """What an officer or a court may decide in this case; how much may be granted is said by the rule's own words."""
    for one in answer.decisions:
        who = ", ".join(code_words(voice, "authority", code) for code in one.decided_by)
        decision = (Run(code_words(voice, "decision_by_officer", one.decision), of=f"rule:{one.rule}"),)
        doubt = (say(voice, "may_apply"),) if not one.sure else ()
        under = tuple(under_rule(one.rule, one.provision, Confidence.HIGH, voice))
        yield Item(say(voice, "decides", decision=decision, who=who), doubt + reason_lines(voice, one.reasons) + under)
