"""Chapter: who may stay how long without a visa on the day asked, law beside practice."""

from __future__ import annotations

from datetime import date

from koshiqon.country import Country
from koshiqon.evidence import OWN_READING, Basis, Confidence, ProvisionId, Reference
from koshiqon.law.regimes import Regime
from koshiqon.review.changes import PIVOT
from koshiqon.review.document import (
    Area,
    Asked,
    Box,
    Chapter,
    Cited,
    Figure,
    Missing,
    Paragraph,
    Phrase,
    Section,
    Several,
    Shown,
    Table,
    When,
    Word,
)
from koshiqon.review.finding import computed, limit_of, said

DEFAULT = "*"


def chapter(country: Country, asked: Asked) -> Chapter | None:
    """Limits by citizenship on the day, law beside practice, and what changed; None where there are no regimes."""
    if not country.regimes:
        return None
    law = country.on(asked.on)
    default = law.regimes(DEFAULT)
    citizenships = tuple(dict.fromkeys(row.citizenship for row in country.regimes if row.citizenship != DEFAULT))
    held = {code: law.regimes(code) for code in citizenships}
    own = {code: tuple(row for row in rows if row.citizenship != DEFAULT) for code, rows in held.items()}
    free = {code: tuple(row for row in rows if row.limit.per_entry != 0) for code, rows in own.items()}
    free = {code: rows for code, rows in free.items() if rows}
    first = list(country.partners)
    others = sorted(code for code in free if code not in first)
    opening = [
        Phrase(
            "stay_counted",
            {
                "day": When(asked.on, Reference("country", country.code)),
                "states": _count_of_states(free, asked),
            },
            count="states",
        )
    ]
    opening += [_default_phrase(row) for row in default if row.limit.in_window is not None]
    return Chapter(
        "stay",
        opening=tuple(opening),
        blocks=(
            *_read_until(country, asked),
            _table("stay_neighbours", [(code, own.get(code, ())) for code in first] + [(DEFAULT, default)], asked),
            *_practice(country, asked),
            *([_table("stay_others", [(code, free[code]) for code in others], asked)] if others else []),
        ),
        sections=_changed(country, asked),
        themes=("visa_free_stay",),
    )


def _count_of_states(free: dict[str, tuple[Regime, ...]], asked: Asked) -> Figure:
    """How many have a regime that certainly holds on the day; one whose start is not known is shown, not counted."""
    sure = {code: [row for row in rows if row.period.contains(asked.on)] for code, rows in free.items()}
    rests_on = [(Reference("regime", row.name), row.basis) for rows in sure.values() for row in rows]
    number = sum(1 for rows in sure.values() if rows)
    return computed("visa_free_passports", number, "count", asked.on.isoformat(), rests_on, "count")


def _default_phrase(row: Regime) -> Phrase:
    assert row.limit.in_window is not None and row.limit.window is not None and row.limit.per_entry is not None
    values = {
        "per_entry": limit_of(row, "per_entry", row.limit.per_entry),
        "in_window": limit_of(row, "in_window", row.limit.in_window),
        "window": limit_of(row, "window", row.limit.window),
    }
    return Phrase("stay_default", values, notes=(Reference("provision", str(row.provision)),) if row.provision else ())


def _table(name: str, groups: list[tuple[str, tuple[Regime, ...]]], asked: Asked) -> Table:
    rows = tuple(
        cells for code, held in groups for cells in ([_row(name, code, row, asked) for row in held] or [_no_row(code)])
    )
    sources = tuple(dict.fromkeys(source for _, held in groups for row in held for source in row.basis.sources))
    title = Phrase(f"table_{name}", {"day": When(asked.on, Reference("regime", "all"))})
    return Table(
        name,
        title,
        ("citizenship", "per_entry", "in_window", "practice", "ground", "since", "confidence"),
        rows,
        sources,
    )


def _row(name: str, code: str, row: Regime, asked: Asked) -> tuple[Shown, ...]:
    reference = Reference("regime", row.name)
    who: Shown = Word("label", "everyone_else") if code == DEFAULT else Area(code)
    per_entry: Shown = (
        Missing("not_known") if row.limit.per_entry is None else limit_of(row, "per_entry", row.limit.per_entry)
    )
    if row.limit.per_entry == 0:
        per_entry = Word("label", "visa_needed")
    window: Shown = Missing("no_window_known")
    if row.limit.in_window is not None and row.limit.window is not None:
        values = {
            "in_window": limit_of(row, "in_window", row.limit.in_window),
            "window": limit_of(row, "window", row.limit.window),
        }
        window = Phrase("days_in_window", values)
    ground: Shown = said(
        Reference("regime", f"{row.name}#instrument"),
        row.instrument,
        row.period.since.text,
        row.basis.sources,
        row.basis.confidence,
    )
    if row.provision is not None and name == "stay_neighbours":
        ground = Phrase("noted", {"text": ground}, notes=(Reference("provision", str(row.provision)),))
    if row.period.contains(asked.on) is None:
        per_entry = Several((per_entry, Word("label", "start_not_known")))
    marks: list[Shown] = [Word("confidence", row.basis.confidence)]
    if row.basis.conflicts_with:
        marks.append(Word("label", "sources_differ"))
    return (
        who,
        per_entry,
        window,
        _enforced(row, asked),
        ground,
        When(row.period.since, reference),
        Several(tuple(marks)),
    )


def _no_row(code: str) -> tuple[Shown, ...]:
    """A country of which no rule of its own is known: nothing is concluded from that."""
    return (Area(code), Missing("no_rule_known"), *(Missing("none") for _ in range(5)))


def _enforced(row: Regime, asked: Asked) -> Shown:
    """What the border did with the cumulative limit on the day: as the law says, or from another day on."""
    if row.limit.in_window is None:
        return Missing("none")
    if row.enforced_since is None:
        return Word("label", "as_the_law_says")
    code = "enforced_since" if row.window_enforced_on(asked.on) else "not_enforced_until"
    return Phrase(code, {"day": When(row.enforced_since, Reference("regime", row.name))})


def _practice(country: Country, asked: Asked) -> tuple[Box, ...]:
    """What is done otherwise than the articles and points say that the regimes rest on, on the day asked."""
    scopes = {_article(row.provision) for row in country.regimes if row.provision is not None}
    shown = []
    for practice in country.practice.values():
        departs = any(target.kind == "regime" or _stands_in(target, scopes) for target in practice.departs_from)
        if departs and practice.period.contains(asked.on) is not False:
            basis = practice.basis
            reference = Reference("practice", practice.name)
            shown.append(said(reference, practice.text, practice.period.since.text, basis.sources, basis.confidence))
    return (Box("law_and_practice", tuple(shown)),) if shown else ()


def _article(provision: ProvisionId) -> str:
    """The article or point that a provision belongs to, its act included."""
    parts = provision.path.split("/")
    for number, part in enumerate(parts, 1):
        if part.startswith(("art_", "point_")):
            return f"{provision.act}/{'/'.join(parts[:number])}"
    return str(provision)


def _stands_in(target: Reference, scopes: set[str]) -> bool:
    return target.kind == "provision" and any(f"{target.name}/".startswith(f"{scope}/") for scope in scopes)


def _read_until(country: Country, asked: Asked) -> tuple[Box, ...]:
    """Warn where the day asked is later than the newest change in the text that was read of an act the regimes rest
    on.
    """
    acts = {
        row.provision.act
        for row in country.regimes
        if row.provision is not None and row.period.contains(asked.on) is not False
    }
    late = [
        Phrase(
            "act_read_until",
            {"act": Cited(Reference("act", name)), "day": When(act.read_until, Reference("act", name))},
        )
        for name, act in country.acts.items()
        if name in acts and act.read_until is not None and act.read_until.latest < asked.on
    ]
    unread = tuple(
        Cited(Reference("act", name)) for name, act in country.acts.items() if name in acts and act.read_until is None
    )
    said_of_unread = (Phrase("acts_unread", {"acts": Several(unread)}),) if unread else ()
    return (Box("caution", (Phrase("read_until_warning"), *late, *said_of_unread)),) if late or unread else ()


def _changed(country: Country, asked: Asked) -> tuple[Section, ...]:
    """Whose limits differ between the first day (2020, or the beginning of the look back) and the day asked."""
    first = max(asked.since, PIVOT)
    if first >= asked.on:
        return ()
    citizenships = tuple(dict.fromkeys(row.citizenship for row in country.regimes))
    rows = []
    for code in (
        *(code for code in country.partners if code in citizenships),
        *sorted(set(citizenships) - set(country.partners)),
    ):
        before, after = (_sure(country, code, day) for day in (first, asked.on))
        if {row.limit for row in before} != {row.limit for row in after}:
            who: Shown = Word("label", "everyone_else") if code == DEFAULT else Area(code)
            rows.append((who, _limits(before), _limits(after)))
    if not rows:
        return ()
    days: dict[str, Shown] = {
        "first": When(first, Reference("country", country.code)),
        "last": When(asked.on, Reference("country", country.code)),
    }
    sources = tuple(dict.fromkeys(source for row in country.regimes for source in row.basis.sources))
    own = Basis((OWN_READING,), Confidence.MEDIUM)
    number = computed(
        "stay_changed", len(rows), "count", asked.on.isoformat(), [(Reference("country", country.code), own)], "count"
    )
    table = Table(
        "stay_changed", Phrase("table_stay_changed", days), ("citizenship", "before", "after"), tuple(rows), sources
    )
    sentence = Phrase("stay_changed", {**days, "number": number}, count="number")
    return (Section("changed", (Paragraph((sentence,)), table)),)


def _sure(country: Country, code: str, day: date) -> tuple[Regime, ...]:
    """The rows of a citizenship that certainly hold on a day; none where no visa-free rule of its own is known."""
    return tuple(row for row in country.regimes if row.citizenship == code and row.period.contains(day))


def _limits(rows: tuple[Regime, ...]) -> Shown:
    """Each different limit once."""
    shown = {row.limit: _limit(row) for row in rows}
    return Several(tuple(shown.values())) if shown else Missing("no_rule_known")


def _limit(row: Regime) -> Shown:
    if row.limit.per_entry is None:
        return Missing("not_known")
    if row.limit.per_entry == 0:
        return Word("label", "visa_needed")
    values: dict[str, Shown] = {"per_entry": limit_of(row, "per_entry", row.limit.per_entry)}
    if row.limit.in_window is None or row.limit.window is None:
        return Phrase("limit", values)
    values["in_window"] = limit_of(row, "in_window", row.limit.in_window)
    values["window"] = limit_of(row, "window", row.limit.window)
    return Phrase("limit_in_window", values)
