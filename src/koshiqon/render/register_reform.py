"""The page about a reform: one register under two laws, by group, and who changes side. Crossings are held fixed, and
the page says so before any number.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from koshiqon.render.blocks import PointsPage, TablePage
from koshiqon.render.reform_examples import examples_told
from koshiqon.render.register_blocks import DrawnPage, RegisterPage, RegisterSection
from koshiqon.render.register_charts import Bar, bars
from koshiqon.render.register_page import readings_taken
from koshiqon.render.register_sheets import workbook
from koshiqon.render.register_words import SIGN, category, counts_of, headed, line, named, number, tell
from koshiqon.render.words import Line, Voice, plain
from koshiqon.statistics.disclosure import PublishableTable
from koshiqon.statistics.tables import TOTAL
from koshiqon.stay.register.compared import COMPARED, EARLIER, DaysCompared, ReformReport, changed_sides

Pair = tuple[int | None, int | None]
"""One number before and after; None where hidden."""
MOST_BARS = 16


def reform_page(report: ReformReport, voice: Voice, program_version: str) -> RegisterPage:
    """The page in one language. The voice speaks of the country before the reform."""
    country = voice.text(voice.country.name).words
    return RegisterPage(
        title=tell(voice, "reform_title"),
        subtitle=tell(voice, "country", country=country, day=voice.day(report.asked.on)),
        caution=tell(voice, "no_decision"),
        synthetic=tell(voice, "synthetic") if report.synthetic else None,
        findings=tuple(_findings(report, voice)),
        picture=_drawn(report, voice) if report.tables else None,
        sections=tuple(_sections(report, voice)),
        edition=_edition(report, voice, program_version),
        voice=voice,
    )


def reform_xlsx(report: ReformReport, voice: Voice, page: RegisterPage) -> bytes:
    """All tables as a workbook, behind a sheet that is to be read first."""
    reading = [(page.title, page.subtitle)]
    if page.synthetic is not None:
        reading.append((headed(voice, "synthetic"), page.synthetic))
    reading.append((headed(voice, "care"), page.caution))
    reading += [("", plain(finding)) for finding in page.findings]
    reading += [(headed(voice, "hidden"), plain(said)) for said in _hidden(report, voice)]
    reading += [(headed(voice, "assumed"), plain(said)) for said in readings_taken(report.asked, voice)]
    reading += [*page.edition, (named(voice, "sheet_table"), named(voice, "count_stays"))]
    return workbook(reading, report.tables, report.asked.on, voice, page)


def _findings(report: ReformReport, voice: Voice) -> Iterator[Line]:
    """What changes, what is held fixed, and the sums."""
    reform = report.reform
    yield (voice.text(reform.text, of=f"reform:{reform.name}"),)
    yield line(tell(voice, "reform_since", day=voice.day(reform.since)), "reform:since")
    yield line(tell(voice, "reform_fixed"))
    if not report.tables:
        yield line(tell(voice, "reform_nothing"))
        return
    for code, (before, after) in totals(report).items():
        told = {"before": number(voice, before), "after": number(voice, after)}
        yield line(tell(voice, code, difference=_difference(voice, (before, after)), **told), code)
    if report.derived != 0:
        yield line(tell(voice, "reform_derived", derived=number(voice, report.derived)), "stays:derived")


def totals(report: ReformReport) -> dict[str, Pair]:
    """Stays that surely last too long, persons who have one, and days, over all citizenships; empty where nothing was
    compared.
    """
    if not report.tables:
        return {}
    return {
        "reform_stays": by_group(report.stays)[TOTAL],
        "reform_persons": by_group(report.persons)[TOTAL],
        "reform_days": _by_citizenship(report.days)[TOTAL],
        "reform_unknown_days": _by_citizenship(report.unknown_days)[TOTAL],
    }


def _sections(report: ReformReport, voice: Voice) -> Iterator[RegisterSection]:
    if report.tables:
        yield _section("sides", voice, _sides(report.stays, voice))
        if report.examples:
            agreed = tell(voice, "examples_synthetic" if report.synthetic else "examples_consented")
            yield _section("examples", voice, *examples_told(report, voice, agreed))
        yield _section("citizenship", voice, _pairs("citizenship", by_group(report.stays), voice))
        yield _section("persons", voice, _pairs("persons", by_group(report.persons), voice))
        note = tell(voice, "days_note", threshold=str(report.threshold))
        days = {"days": report.days, "unknown_days": report.unknown_days}
        told = (_pairs(name, _by_citizenship(rows), voice, note) for name, rows in days.items())
        yield _section("days", voice, *told)
        yield _section("groups", voice, *_groups(report, voice))
    yield _section("assumed", voice, PointsPage(tuple(readings_taken(report.asked, voice)), False))
    yield _section("hidden", voice, PointsPage(tuple(_hidden(report, voice)), False))


def _section(name: str, voice: Voice, *blocks: TablePage | PointsPage) -> RegisterSection:
    return RegisterSection(name, headed(voice, name), blocks)


def _groups(report: ReformReport, voice: Voice) -> Iterator[TablePage]:
    for asked in COMPARED[1:-1]:
        group, table = asked.dimensions[0], report.table(asked)
        notes = [tell(voice, "age_note")] if group == "age" else []
        if EARLIER in table.dimensions[0].categories:
            notes.append(tell(voice, "reform_months"))
        yield _pairs(group, by_group(table), voice, *notes, group=group)


def _hidden(report: ReformReport, voice: Voice) -> Iterator[Line]:
    most, threshold = str(report.threshold - 1), str(report.threshold)
    yield line(tell(voice, "hidden_why", most=most, threshold=threshold, sign=SIGN), "threshold")
    yield line(tell(voice, "reform_hidden"))
    yield line(tell(voice, "hidden_folded"))


# --- before and after ------------------------------------------------------------------------------------------------


def by_group(table: PublishableTable) -> Mapping[str, Pair]:
    """How many stand surely on the wrong side before and after, by the first dimension of a table, TOTAL with them."""
    counts = counts_of(table)
    codes = (*table.dimensions[0].categories, TOTAL)
    return {code: (counts[code, "yes", TOTAL], counts[code, TOTAL, "yes"]) for code in codes}


def _by_citizenship(days: tuple[DaysCompared, ...]) -> Mapping[str, Pair]:
    return {row.citizenship: (row.before, row.after) for row in days}


def _difference(voice: Voice, pair: Pair) -> str:
    before, after = pair
    return SIGN if before is None or after is None else number(voice, after - before, signed=True)


def _pairs(name: str, pairs: Mapping[str, Pair], voice: Voice, *notes: str, group: str = "citizenship") -> TablePage:
    """A table of before, after and difference; groups of which neither law finds any are left out."""
    rows = tuple(
        (
            line(category(voice, group, code), "total" if code == TOTAL else f"{group}:{code}"),
            *(line(number(voice, count), f"{name}:{code}") for count in pair),
            line(_difference(voice, pair), f"{name}:{code}:difference"),
        )
        for code, pair in pairs.items()
        if pair != (0, 0) or code == TOTAL
    )
    heads = tuple(named(voice, code) for code in (group, "before", "after", "difference"))
    said, title = tuple(line(note) for note in notes), line(tell(voice, f"table_reform_{name}"))
    return TablePage(name, "", title, heads, rows, (False, True, True, True), notes=said)


def _sides(table: PublishableTable, voice: Voice) -> TablePage:
    """From which standing to which, for all citizenships together."""
    rows = tuple(
        (
            line(named(voice, f"certainty:{before}"), f"before:{before}"),
            line(named(voice, f"certainty:{after}"), f"after:{after}"),
            line(number(voice, count), f"sides:{before}:{after}"),
        )
        for before, after, count in changed_sides(table)
    )
    heads = tuple(named(voice, code) for code in ("before", "after", "count_stays"))
    return TablePage("sides", "", line(tell(voice, "table_sides")), heads, rows, (False, False, True))


def _drawn(report: ReformReport, voice: Voice) -> DrawnPage | None:
    """Before (hollow) and after (filled) by citizenship, the largest change first."""
    pairs = {code: pair for code, pair in by_group(report.stays).items() if code != TOTAL and pair != (0, 0)}
    known = {code: pair for code, (before, after) in pairs.items() if (pair := _known(before, after)) is not None}
    ranked = sorted(known, key=lambda code: (-abs(known[code][1] - known[code][0]), -known[code][0], code))[:MOST_BARS]
    if not ranked:
        return None
    rows = [
        Bar(
            category(voice, "citizenship", code),
            known[code][1],
            f"{number(voice, known[code][0])} → {number(voice, known[code][1])}",
            before=known[code][0],
        )
        for code in ranked
    ]
    slots = {"citizenship": rows[0].name, "difference": _difference(voice, known[ranked[0]])}
    named_first = known[ranked[0]][0] != known[ranked[0]][1] and not ranked[0].startswith("_")
    finding = "chart_reform" if len(known) == len(pairs) else "chart_reform_told"
    title = tell(voice, finding, **slots) if named_first else tell(voice, "chart_reform_plain")
    data = _pairs("citizenship", pairs, voice)
    return DrawnPage("reform", title, tell(voice, "chart_reform_measured"), bars("reform", rows), data)


def _known(before: int | None, after: int | None) -> tuple[int, int] | None:
    return None if before is None or after is None else (before, after)


# --- edition ---------------------------------------------------------------------------------------------------------


def _edition(report: ReformReport, voice: Voice, program_version: str) -> tuple[tuple[str, str], ...]:
    country = voice.country
    said = {
        "edition_day": voice.day(report.asked.on),
        "edition_reform": report.reform.name,
        "edition_input": report.fingerprint[:16],
        "edition_country": f"{country.code} {country.version}",
        "edition_hash": country.content_hash[:16],
        "edition_program": f"Koshiqon {program_version}",
        "edition_threshold": str(report.threshold),
    }
    return tuple((named(voice, code), words) for code, words in said.items())
