"""Worked histories in the chapter of stay: invented lives, what the rules answer to each, and its calendar."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from koshiqon.country import Country, WorkedHistory
from koshiqon.evidence import Reference
from koshiqon.review.document import (
    Area,
    Asked,
    Block,
    Box,
    Calendar,
    MarkedDays,
    Missing,
    Paragraph,
    Passage,
    Phrase,
    Quoted,
    Section,
    Several,
    Shown,
    Strip,
    Table,
    When,
    Word,
)
from koshiqon.review.doubts import doubts
from koshiqon.review.life_in_words import answered, number_of, own_reference
from koshiqon.review.lives import Life, Spell, life
from koshiqon.review.title_words import title_in_words
from koshiqon.review.visitors import has_titles, readings_of_limits, title_rests_on
from koshiqon.rules.judging import Unknown


def sections(country: Country, asked: Asked) -> tuple[Section, ...]:
    """A section for each history that is over by the day asked, after one that says what they are; none where the
    rules hold no title.
    """
    told = [history for history in country.histories.values() if history.on <= asked.on]
    if not told or not has_titles(country):
        return ()
    intro = Section("histories", (Paragraph((Phrase("histories_intro"),)),))
    return (intro, *(_section(history, country) for history in told))


def _section(history: WorkedHistory, country: Country) -> Section:
    """The law alone is told where law and practice answer alike, else both side by side."""
    lives = tuple(life(history, country, limits) for limits in readings_of_limits(country) or (None,))
    parted = len({_compared(each) for each in lives}) > 1
    text = Phrase("noted", {"text": Quoted(history.text, own_reference(lives[0]))})
    blocks = (
        Paragraph((text,)),
        Paragraph(tuple(_given(lives[0]))),
        _side_by_side(lives, country) if parted else _alike(lives, country),
        _calendar(lives if parted else lives[:1], country),
    )
    return Section(f"history-{history.name}", blocks, history.title)


def _compared(told: Life) -> tuple[object, ...]:
    return tuple(told.marks()), told.standing, told.last, told.used, told.comes_back, told.entry


def _given(told: Life) -> Iterator[Phrase]:
    """Citizenship, trips, the day judged; permits, where there are any."""
    own = own_reference(told)
    history = told.history
    trips = tuple(_from_to(entry, exit_, own) for entry, exit_ in history.trips)
    values: dict[str, Shown] = {
        "area": Area(history.citizenship),
        "trips": Several(trips),
        "day": When(history.on, own),
    }
    yield Phrase("history_given", values)
    permits = tuple(
        Phrase("named_days", {"name": Word("paper", kind), "days": _from_to(since, until, own)})
        for kind, since, until in history.permits
    )
    if permits:
        yield Phrase("history_permits", {"permits": Several(permits)})


def _from_to(first: date, last: date | None, own: Reference) -> Phrase:
    if last is None:
        return Phrase("since_day", {"first": When(first, own)})
    return Phrase("from_to", {"first": When(first, own), "last": When(last, own)})


def _alike(lives: tuple[Life, ...], country: Country) -> Block:
    alike = (Phrase("law_and_practice_alike"),) if len(lives) > 1 else ()
    return Paragraph((*answered(lives[0], country), *alike))


def _side_by_side(lives: tuple[Life, ...], country: Country) -> Block:
    sides = tuple(
        Phrase("side_of_reading", {"reading": _reading(each), "text": Passage(tuple(answered(each, country)))})
        for each in lives
    )
    return Box("law_and_practice", (Phrase("history_parted"), Several(sides)))


def _reading(told: Life) -> Word:
    return Word("reading_of_limits", told.limits or "law")


# --- the calendar ----------------------------------------------------------------------------------------------------


def _calendar(lives: tuple[Life, ...], country: Country) -> Calendar:
    """Each day in the country under each reading, and the same as a table of intervals."""
    history = lives[0].history
    own = own_reference(lives[0])
    parted = len(lives) > 1
    values: dict[str, Shown] = {
        "area": Area(history.citizenship),
        "first": When(history.trips[0][0], own),
        "last": When(history.on, own),
    }
    title = Phrase("calendar_of_history", values)
    columns = ("from_day", "to_day", "days", "standing", "ground")
    rows = tuple(
        ((_reading(told), *cells) if parted else cells)
        for told in lives
        for number, spell in enumerate(told.spells, 1)
        for cells in (_cells(told, number, spell, country),)
    )
    titles = [line for told in lives for spell in told.spells for line in spell.titles]
    sources = dict.fromkeys(source for line in titles for _, basis in title_rests_on(line) for source in basis.sources)
    name = f"history-{history.name}"
    return Calendar(
        name,
        title,
        Phrase("calendar_measured", {"day": When(history.on, own)}),
        history.on,
        tuple(
            Strip(_reading(told) if parted else None, tuple(MarkedDays(*marked) for marked in told.marks()))
            for told in lives
        ),
        Table(f"{name}-days", title, ("reading", *columns) if parted else columns, rows, tuple(sources)),
    )


def _cells(told: Life, number: int, spell: Spell, country: Country) -> tuple[Shown, ...]:
    own = own_reference(told)
    outcome = spell.held.outcome
    ground: Shown = Missing("none")
    if isinstance(outcome, Unknown):
        ground = doubts(outcome, country)
    elif spell.titles:
        by_row = {line.row.name if line.row else line.name: title_in_words(line) for line in spell.titles}
        ground = Several(tuple(by_row.values()))
    return (
        When(spell.first, own),
        When(spell.last, own),
        number_of(told, f"interval_{number}", spell.days, "days", spell.titles),
        Word("standing", spell.standing),
        ground,
    )
