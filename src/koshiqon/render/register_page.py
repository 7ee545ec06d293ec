"""The page about a screened register in words: what was found, drawn and in tables, what is unknown, what was cleaned
and assumed, what is hidden. Only published counts come in, so only they can go out.
"""

from __future__ import annotations

from collections.abc import Iterator

from koshiqon.render.blocks import PointsPage, TablePage
from koshiqon.render.register_blocks import DrawnPage, RegisterPage, RegisterSection
from koshiqon.render.register_pictures import certainty_drawn, citizenship_drawn, time_drawn
from koshiqon.render.register_words import (
    SIGN,
    category,
    cell,
    cross_table,
    headed,
    line,
    list_table,
    named,
    number,
    share,
    tell,
)
from koshiqon.render.words import Line, Voice
from koshiqon.statistics.disclosure import Mark, PublishableTable
from koshiqon.stay.register.form import Coverage
from koshiqon.stay.register.groups import Publication, Unit
from koshiqon.stay.register.report import SIDE_TABLES, RegisterAsked, RegisterReport

BY_CITIZENSHIP = "stays-by-citizenship-and-year"
BY_END = "stays-by-end"


def register_page(report: RegisterReport, voice: Voice, program_version: str) -> RegisterPage:
    """The page in one language."""
    return RegisterPage(
        title=tell(voice, "title"),
        subtitle=tell(voice, "country", country=voice.text(voice.country.name).words, day=voice.day(report.asked.on)),
        caution=tell(voice, "no_decision"),
        synthetic=tell(voice, "synthetic") if report.synthetic else None,
        findings=tuple(_findings(report.publication, voice)),
        picture=next(certainty_drawn(report.publication, voice), None),
        sections=tuple(_sections(report, voice)),
        edition=edition(report, voice, program_version),
        voice=voice,
    )


def _sections(report: RegisterReport, voice: Voice) -> Iterator[RegisterSection]:
    publication = report.publication

    def section(name: str, blocks: list[DrawnPage | TablePage | PointsPage]) -> Iterator[RegisterSection]:
        if blocks:
            yield RegisterSection(name, headed(voice, name), tuple(blocks))

    yield from section("care", [PointsPage(tuple(_care(report, voice)), False)])
    yield from section("citizenship", [*citizenship_drawn(publication, voice), *_persons(publication, voice)])
    yield from section("time", [*time_drawn(publication, voice)])
    yield from section("follows", [*_follows(publication, voice)])
    yield from section("whom", [*_whom(publication, voice)])
    yield from section("unknown", [*_unknown(publication, voice)])
    yield from section("cleaned", [*_cleaned(publication, voice)])
    yield from section("assumed", [PointsPage(tuple(assumptions(report, voice)), False)])
    read = [
        line(tell(voice, "read_until", act=voice.act(act), day=voice.day(day)), f"act:{act}")
        for act, day in report.read_until.items()
    ]
    yield from section("law", [PointsPage(tuple(read), False)] if read else [])
    yield from section("hidden", [PointsPage(tuple(hidden_lines(report, voice)), False)])


# --- what was found --------------------------------------------------------------------------------------------------


def _findings(publication: Publication, voice: Voice) -> Iterator[Line]:
    stays = publication.table(BY_END)
    if stays is None:
        return
    whole, yes = cell(stays), cell(stays, certainty="yes")
    if yes is None:
        yield line(tell(voice, "found_yes_hidden", stays=number(voice, whole)), "stays")
    else:
        part = share(voice, yes, whole) or SIGN
        words = tell(voice, "found_yes", yes=number(voice, yes), stays=number(voice, whole), share=part)
        yield line(words, "stays:yes")
    for code in ("unknown", "derived"):
        count = cell(stays, certainty=code)
        if count:
            part = share(voice, count, whole) or SIGN
            slots = {code: number(voice, count), "share": part}
            yield line(tell(voice, f"found_{code}", **slots), f"stays:{code}")
    persons = publication.table("persons-by-citizenship")
    if persons is not None:
        yes, whole = cell(persons, certainty="yes"), cell(persons)
        if yes is not None and whole:
            slots = {"yes": number(voice, yes), "persons": number(voice, whole)}
            yield line(tell(voice, "found_persons", share=share(voice, yes, whole) or SIGN, **slots), "persons:yes")


def _care(report: RegisterReport, voice: Voice) -> Iterator[Line]:
    """How the figures may not be read."""
    yield line(tell(voice, "warn_law"))
    stays = report.publication.table(BY_END)
    still = cell(stays, ended="open") if stays is not None else 0
    if still != 0:
        yield line(tell(voice, "warn_open", open=number(voice, still)), "stays:open")
    for code in ("warn_overlap", "warn_registered"):
        yield line(tell(voice, code))


# --- tables ----------------------------------------------------------------------------------------------------------


def _persons(publication: Publication, voice: Voice) -> Iterator[TablePage]:
    table = publication.table("persons-by-citizenship")
    if table is not None:
        title, note = tell(voice, "table_persons_citizenship"), tell(voice, "persons_note")
        yield cross_table(voice, "persons", title, table, ("citizenship",), "certainty", notes=(note,))


def _follows(publication: Publication, voice: Voice) -> Iterator[TablePage]:
    table = publication.table("stays-by-overstay-and-consequence")
    if table is not None:
        yield list_table(voice, "overstay", tell(voice, "table_overstay"), table, "overstay", certainty="yes")
        title, note = tell(voice, "table_consequence"), tell(voice, "consequence_note")
        yield list_table(voice, "consequence", title, table, "consequence", notes=(note,), certainty="yes")


def _whom(publication: Publication, voice: Voice) -> Iterator[TablePage]:
    by_age = publication.table("stays-by-sex-and-age")
    if by_age is not None:
        title, note = tell(voice, "table_sex_age"), tell(voice, "age_note")
        yield cross_table(voice, "sex-age", title, by_age, ("sex", "age"), "certainty", notes=(note,))
    for name in ("purpose", "title"):
        table = publication.table(f"stays-by-{name}")
        if table is not None:
            yield cross_table(voice, name, tell(voice, f"table_{name}"), table, (name,), "certainty")


def _unknown(publication: Publication, voice: Voice) -> Iterator[TablePage]:
    table = publication.table("stays-by-reason")
    if table is not None:
        title, note = tell(voice, "table_reason"), tell(voice, "reason_note")
        yield list_table(voice, "reason", title, table, "reason", notes=(note,), certainty="unknown")


def _cleaned(publication: Publication, voice: Voice) -> Iterator[TablePage]:
    ends, guesses, marks = (publication.table(name) for name in (BY_END, "stays-by-guess", "marks-by-kind"))
    if ends is not None:
        title, note = tell(voice, "table_end"), tell(voice, "end_note")
        yield cross_table(voice, "end", title, ends, ("ended",), "certainty", notes=(note,))
    if guesses is not None:
        yield _guessed(guesses, voice)
    if marks is not None:
        title, note = tell(voice, "table_marks"), tell(voice, "marks_note")
        yield cross_table(voice, "marks", title, marks, ("kind",), "outcome", notes=(note,))


def _guessed(table: PublishableTable, voice: Voice) -> TablePage:
    """The stays that rest on a guess, by guess: the row of those that rest on none is left out."""
    judged = ("yes", "unknown", "no")
    rows = []
    for guess in next(dimension.categories for dimension in table.dimensions if dimension.name == "guess"):
        counts = [cell(table, guess=guess, certainty="derived")]
        counts += [cell(table, guess=guess, certainty="derived", judged=code) for code in judged]
        if any(count != 0 for count in counts):
            rows.append(
                (
                    line(category(voice, "guess", guess), f"guess:{guess}"),
                    *(line(number(voice, n), f"guess:{guess}") for n in counts),
                )
            )
    total = [cell(table, certainty="derived"), *(cell(table, certainty="derived", judged=code) for code in judged)]
    rows.append((line(named(voice, "all"), "total"), *(line(number(voice, n), "guess:_T") for n in total)))
    heads = (named(voice, "guess"), named(voice, "all"), *(named(voice, f"certainty:{code}") for code in judged))
    return TablePage("guess", "", line(tell(voice, "table_guess")), heads, tuple(rows), (False, True, True, True, True))


# --- what it rests on ------------------------------------------------------------------------------------------------


def assumptions(report: RegisterReport, voice: Voice) -> Iterator[Line]:
    """The readings, what the side tables cover, what the door took for granted, which stays were kept."""
    yield from readings_taken(report.asked, voice)
    for table in SIDE_TABLES:
        coverage = report.coverage.get(table, Coverage.ABSENT)
        yield line(tell(voice, f"assume_{table}_{coverage}"), f"coverage:{table}")
    for code in report.assumed:
        yield line(tell(voice, f"assume_{code}"), f"assumed:{code}")
    if report.asked.where is not None:
        yield line(tell(voice, "only_where", where=report.asked.where), "asked:where")


def readings_taken(asked: RegisterAsked, voice: Voice) -> Iterator[Line]:
    """The option taken of each open reading."""
    country = voice.country
    for name, option in asked.readings.items():
        reading = country.readings[name]
        taken = next(one for one in reading.options if one.name == option)
        question, answered = voice.text(reading.text).words, voice.text(taken.text).words
        yield line(tell(voice, "reading_line", reading=question, option=answered), f"reading:{name}")


def hidden_lines(report: RegisterReport, voice: Voice) -> Iterator[Line]:
    """Why numbers are hidden, and how many in each table."""
    most, threshold = str(report.threshold - 1), str(report.threshold)
    yield line(tell(voice, "hidden_why", most=most, threshold=threshold, sign=SIGN), "threshold")
    publication = report.publication
    if publication.folded:
        yield line(tell(voice, "hidden_folded"))
    if publication.tables and publication.table("stays-by-month") is None:
        yield line(tell(voice, "hidden_months"))
    told = [line(words, f"table:{name}") for name, words in _lost(publication, voice) if words]
    yield from told or [line(tell(voice, "hidden_none"))]


def _lost(publication: Publication, voice: Voice) -> Iterator[tuple[str, str]]:
    """Of each table of stays and persons in which something is hidden, how much."""
    for published in publication.tables:
        cells = published.table.hidden(Mark.PRIMARY) + published.table.hidden(Mark.COMPLEMENTARY)
        lost = published.table.share_lost()
        if not cells:
            continue
        name, count = f"{published.name}.csv", voice.number(cells)
        if published.unit is Unit.STAYS and lost:
            part = tell(voice, "percent", number=voice.number(max(0.1, 100 * lost), 1))
            yield published.name, tell(voice, "hidden_lost", table=name, cells=count, share=part)
        else:
            yield published.name, tell(voice, "hidden_cells", table=name, cells=count)


def edition(report: RegisterReport, voice: Voice, program_version: str) -> tuple[tuple[str, str], ...]:
    """Of which data, law and program this is."""
    country = voice.country
    said = {
        "edition_day": voice.day(report.asked.on),
        "edition_rows": voice.number(report.rows),
        "edition_input": report.fingerprint[:16],
        "edition_country": f"{country.code} {country.version}",
        "edition_hash": country.content_hash[:16],
        "edition_program": f"Koshiqon {program_version}",
        "edition_threshold": str(report.threshold),
    }
    return tuple((named(voice, code), words) for code, words in said.items())
