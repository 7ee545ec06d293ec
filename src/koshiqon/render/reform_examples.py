"""Single stays that change side under a reform, with the stays before them and what decides under each law."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from koshiqon.reform import reformed
from koshiqon.render.blocks import PointsPage, TablePage
from koshiqon.render.register_words import category, line, named, tell
from koshiqon.render.words import Line, Voice
from koshiqon.stay.register.compared import Example, ReformReport, Side

MOST_EARLIER = 6
"""So many earlier stays are written out, the latest."""


def examples_told(report: ReformReport, voice: Voice, agreed: str) -> tuple[TablePage, PointsPage]:
    """A row for each example, then the rules that decide in words; `agreed` says why these people may be shown."""
    changed = replace(voice, country=reformed(voice.country, report.reform))
    rows = tuple(_row(example, voice) for example in report.examples)
    heads = tuple(named(voice, code) for code in ("person", "stay", "earlier_stays", "before", "after"))
    notes = (line(agreed),)
    table = TablePage("examples", "", line(tell(voice, "table_examples")), heads, rows, (False,) * 5, notes=notes)
    rules = _rules(report.examples, voice, changed)
    return table, PointsPage(tuple(rules), False)


def _rules(examples: Sequence[Example], voice: Voice, changed: Voice) -> Iterator[Line]:
    """The titles that decide, in words; with the law whose words they are where the two have other words."""
    told: dict[str, dict[str, str]] = {}
    for example in examples:
        for law, side, own in (("before", example.before, voice), ("after", example.after, changed)):
            if side.title is not None:
                told.setdefault(side.title, {})[law] = category(own, "title", side.title)
    for title, by_law in sorted(told.items()):
        for law, text in by_law.items():
            if len(set(by_law.values())) == 1:
                yield line(tell(voice, "rule_of_both", rule=title, text=text), f"rule:{title}")
                break
            yield line(tell(voice, "rule_of_law", rule=title, law=named(voice, law), text=text), f"rule:{title}")


def _row(example: Example, voice: Voice) -> tuple[Line, ...]:
    earlier = [_stay(voice, entry, exit_) for entry, exit_ in example.earlier[-MOST_EARLIER:]]
    more = len(example.earlier) - len(earlier)
    if more:
        earlier.insert(0, tell(voice, "stays_more", number=voice.number(more)))
    return (
        line(f"{example.person} ({voice.area(example.citizenship)})", f"person:{example.person}"),
        line(_stay(voice, example.entry, example.exit)),
        line("; ".join(earlier) or named(voice, "none")),
        line(_side(example.before, voice)),
        line(_side(example.after, voice)),
    )


def _stay(voice: Voice, entry: date, exit_: date | None) -> str:
    if exit_ is None:
        return tell(voice, "stay_open", entry=voice.day(entry))
    return tell(voice, "stay_ended", entry=voice.day(entry), exit=voice.day(exit_))


def _side(side: Side, voice: Voice) -> str:
    """How a law sees the stay, from which day on and for how long it breaks it, what is missing, and the rule and the
    row that decide.
    """
    told = [named(voice, f"certainty:{side.standing}")]
    if side.first_unlawful is not None:
        told.append(tell(voice, "first_unlawful", day=voice.day(side.first_unlawful)))
        told.append(tell(voice, "overlong_days", days=voice.number(side.days)))
    told += [category(voice, "reason", reason) for reason in side.reasons]
    if side.title is None:
        told.append(tell(voice, "no_rule"))
    else:
        told.append(f"{side.title} ({side.regime})" if side.regime else side.title)
    return "; ".join(told)
