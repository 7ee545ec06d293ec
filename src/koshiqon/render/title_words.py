"""Words for titles to stay: the regime with its days, the paper with its term, the limits of days."""

from __future__ import annotations

from datetime import date

from koshiqon.law.regimes import Regime
from koshiqon.render.stay_words import code_words, days, said
from koshiqon.render.words import Voice
from koshiqon.stay.answer import Assessment, DaysUsed, Ground
from koshiqon.stay.case import Paper


def ground_words(voice: Voice, ground: Ground, used: DaysUsed | None) -> str:
    """A title in short: the regime with its days, the paper with its term, or what the rule says."""
    if ground.paper is not None:
        return paper_words(voice, ground.paper)
    limits = limit_words(voice, ground, used)
    row = _row(voice, ground)
    if row is not None:
        regime = code_words(voice, "regime", row.regime)
        return said(voice, "ground_limits", regime=regime, limits=limits) if limits else regime
    return limits or voice.text(voice.country.rules[ground.rule].text).words.rstrip(".")


def paper_words(voice: Voice, paper: Paper) -> str:
    """The kind of paper, and the last day of its term where one is set."""
    kind = code_words(voice, "paper", paper.kind)
    if paper.until is None:
        return kind
    return said(voice, "ground_paper", kind=kind, last=voice.day(paper.until))


def limit_words(voice: Voice, ground: Ground, used: DaysUsed | None) -> str:
    """Days a visit and in a window: as they were applied here, else as the row has them; empty where there are none."""
    row = _row(voice, ground)
    limit = used if used is not None and used.ground == ground.name else row.limit if row is not None else None
    if limit is None:
        return ""
    parts = [said(voice, "limits_entry", days=days(voice, limit.per_entry))] if limit.per_entry is not None else []
    if limit.in_window is not None and limit.window is not None:
        window = days(voice, limit.window)
        parts.append(said(voice, "limits_window", days=days(voice, limit.in_window), window=window))
    return ", ".join(parts)


def main_ground(answer: Assessment) -> Ground | None:
    """The title to name in the sentence: one that covers the last lawful day, else the one that reaches farthest."""
    told = [ground for ground in answer.grounds if ground.first is not None]
    covering = [ground for ground in told if _covers(ground, answer.last_lawful_day)]
    return max(covering or told, key=lambda ground: (ground.open_end, ground.last or answer.on), default=None)


def _covers(ground: Ground, day: date | None) -> bool:
    if day is None or ground.first is None:
        return False
    return ground.first <= day and (ground.last is None or day <= ground.last)


def _row(voice: Voice, ground: Ground) -> Regime | None:
    if ground.row is None:
        return None
    citizenship = ground.row.partition("/")[0]
    own = (row for row in voice.country.regimes if row.citizenship == citizenship)
    return next((row for row in own if row.name == ground.row), None)
