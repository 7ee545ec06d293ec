"""An assessment put into words: every code has its words, every number and day is the assessment's own, in three
languages; the calendar tells days apart without colour. The assessments are made by hand, the law is Toyland's.
"""

from __future__ import annotations

import dataclasses
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from pypdf import PdfReader

from koshiqon.evidence import Confidence, ProvisionId, Reference
from koshiqon.render.answer import compose_answer
from koshiqon.render.answer_html import answer_html
from koshiqon.render.day_calendar import Mark, calendar_of, counted_days, drawn_days, mark_by_day
from koshiqon.render.day_picture import described, picture_of
from koshiqon.render.stay_codes import MARKS
from koshiqon.render.stay_data import stay_data
from koshiqon.render.stay_pdf import render_stay_pdf, stay_typst
from koshiqon.render.stay_words import reason_words, word
from koshiqon.render.terminal import SIGNS, Screen, render_terminal
from koshiqon.render.trace import written
from koshiqon.render.words import Voice, plain, voice
from koshiqon.rules.expression import Comparison, Fact, Literal, Type
from koshiqon.rules.judging import Reason, ReasonKind, Trace
from koshiqon.rules.reading import Place, read_condition
from koshiqon.rules.rule import Penalty
from koshiqon.sources.rule_files import vocabulary_of
from koshiqon.stay.answer import (
    Answer,
    Assessment,
    Barred,
    DaysUsed,
    Due,
    DueState,
    Entry,
    Ground,
    Interval,
    MayDecide,
    OpenPoint,
    OtherReading,
    PlanFit,
    ReadingUsed,
    ReadUntil,
    RuleTrace,
    Sanctioned,
    Standing,
    Sum,
)
from koshiqon.stay.case import Paper, StayCase
from koshiqon.stay.measures import MEASURES
from koshiqon.stay.presence import DaysBack, Stay

ON = date(2026, 11, 22)
LANGUAGES = ("en", "ru", "kk")
ARTICLE = ProvisionId("xtl/1-I", "art_3")
AGE = Reason(ReasonKind.FACT_MISSING, "person.age")
ROW = "KGZ/bilateral/2012-07"

GROUND = Ground(
    name=f"stay-by-agreement/{ROW}",
    rule="stay-by-agreement",
    provision=ProvisionId("xtl/1-I", "art_2/para_1"),
    standing=Standing.LAWFUL,
    first=date(2026, 10, 7),
    last=date(2026, 12, 5),
    open_end=False,
    confidence=Confidence.MEDIUM,
    row=ROW,
)
DUE = Due(
    rule="report-at-the-gate",
    must="report",
    by="person",
    start=date(2026, 10, 7),
    deadline=date(2026, 11, 28),
    later=date(2026, 11, 29),
    state=DueState.AHEAD,
    provision=ARTICLE,
    confidence=Confidence.HIGH,
    falls_if_left=False,
    office="gate",
)
FINE = Sanctioned(
    rule="overstay",
    of="person",
    sure=True,
    penalty=Penalty(alternatives=("expulsion",), along_with=("lost_toys",), decided_by=("court",)),
    provision=ARTICLE,
    confidence=Confidence.HIGH,
    fine=Sum(Decimal("2.5"), True, (Decimal(253), Decimal(261)), (Decimal("126.5"),)),
    arrest_days=14,
    prison_years=8,
    prison_years_from=4,
    days=(6, 9),
)
STAYING = Assessment(
    case=StayCase(
        citizenship="KGZ",
        stays=(Stay(date(2026, 8, 3), date(2026, 8, 17)), Stay(date(2026, 10, 7))),
        papers=(Paper("toy_permit", date(2026, 8, 10), date(2026, 8, 13)),),
        facts={"penalty.given": False, "passport.kind": "ordinary"},
        assumed=("passport.kind",),
        plan=Stay(date(2027, 1, 13), date(2027, 1, 31)),
    ),
    on=ON,
    answer=Answer.MAY_STAY_UNTIL,
    standing=Standing.LAWFUL,
    grounds=(GROUND,),
    intervals=(
        Interval(date(2026, 10, 7), date(2026, 12, 5), Standing.LAWFUL, (GROUND.name,)),
        Interval(date(2026, 12, 6), None, Standing.UNLAWFUL),
    ),
    last_lawful_day=date(2026, 12, 5),
    open_end=False,
    safe_until=date(2026, 12, 4),
    used=DaysUsed(GROUND.name, 60, 47, 88, 181, 58),
    comes_back=(DaysBack(date(2027, 1, 30), date(2027, 2, 13)), DaysBack(date(2027, 4, 6), date(2027, 4, 6))),
    reentry=Entry(Standing.LAWFUL, date(2026, 11, 24), date(2026, 12, 16), (), date(2026, 11, 26)),
    later_entries=(Entry(Standing.LAWFUL, date(2027, 2, 1), date(2027, 3, 2)),),
    plan=PlanFit(date(2027, 1, 13), date(2027, 1, 31), Standing.UNLAWFUL, date(2027, 1, 27)),
    duties=(DUE,),
    overstay_days=0,
    overstay_unknown=(),
    consequences=(),
    if_overstayed=(FINE,),
    bars=(Barred("no-entry-after-penalty", True, None, date(2031, 3, 2), ARTICLE, Confidence.MEDIUM),),
    decisions=(MayDecide("longer-stay", "longer_stay", ("gate_keeper",), True, ARTICLE, 30),),
    unknown=(OpenPoint(AGE, ("duties", "plan"), "person.age"),),
    readings=(ReadingUsed("entry_day", "counts", True, (OtherReading("next_day", date(2026, 12, 3), None, None),)),),
    conflicts=("kazakhstan-30-or-90",),
    confidence=Confidence.LOW,
    law_read_until=(ReadUntil("xtl/1-I", date(2025, 9, 27), True), ReadUntil("xtl/2-II", None, True)),
    citations=(Reference("rule", "stay-by-agreement"), Reference("regime", ROW)),
    traces=(RuleTrace("stay-by-agreement", lambda: True, lambda: None),),
)
AWAY = replace(
    STAYING,
    case=replace(STAYING.case, stays=STAYING.case.stays[:1]),
    answer=Answer.MAY_ENTER_FROM,
    standing=None,
    intervals=(Interval(date(2026, 8, 3), date(2026, 8, 17), Standing.LAWFUL, (GROUND.name,)),),
)


@pytest.fixture(params=LANGUAGES)
def speaking(request, toyland_country) -> Voice:
    return voice(request.param, toyland_country)


@pytest.fixture
def english(toyland_country) -> Voice:
    return voice("en", toyland_country)


def text_of(answer: Assessment, speaking: Voice, why: bool = False) -> str:
    return render_terminal(compose_answer(answer, speaking, "0.0.0"), Screen(), why)


def sentence_of(answer: Assessment, speaking: Voice) -> str:
    return plain(compose_answer(answer, speaking, "0.0.0").sentence)


# --- the sentence ----------------------------------------------------------------------------------------------------

SENTENCES = [
    (
        replace(STAYING, safe_until=STAYING.last_lawful_day),
        "You may stay until 5 December 2026 (agreement of two states, 60 days a visit, 88 days in any 181 days).",
    ),
    (STAYING, "Leave by 4 December 2026: until then you may stay under every reading of the law. By the reading taken"),
    (
        replace(STAYING, safe_until=date(2026, 11, 20)),
        "leave now: under another reading of the law your last lawful day",
    ),
    (replace(STAYING, safe_until=date(2026, 10, 6)), "under another reading of the law no day of this stay is lawful"),
    (
        replace(STAYING, answer=Answer.MAY_STAY_OPEN, last_lawful_day=None, open_end=True, safe_until=None),
        "You may stay, and no last day is set (agreement",
    ),
    (
        replace(STAYING, answer=Answer.MAY_STAY_OPEN, last_lawful_day=None, open_end=True),
        "Leave by 4 December 2026: until then you may stay under every reading of the law. By the reading taken here",
    ),
    (
        replace(STAYING, answer=Answer.SURE_UNTIL, safe_until=None),
        "You may stay until 5 December 2026 (agreement of two states, 60 days a visit, 88 days in any 181 days). W",
    ),
    (
        replace(STAYING, answer=Answer.OVERSTAYED, overstay_days=1, last_lawful_day=date(2026, 11, 21)),
        "Your last lawful day was 21 November 2026; since then 1 day of this stay is unlawful.",
    ),
    (
        replace(STAYING, answer=Answer.OVERSTAYED, overstay_days=47, last_lawful_day=date(2026, 10, 6)),
        "No title to stay covers this stay: 47 days of it are unlawful.",
    ),
    (
        replace(STAYING, answer=Answer.UNKNOWN_TODAY, standing=Standing.UNKNOWN, last_lawful_day=date(2026, 10, 6)),
        "Whether you may be in the country on 22 November 2026 cannot be told yet. It depends first of all on this:",
    ),
    (
        replace(STAYING, answer=Answer.UNKNOWN_TODAY, standing=Standing.UNKNOWN, last_lawful_day=date(2026, 11, 2)),
        "You could stay until 2 November 2026. Whether",
    ),
    (
        replace(AWAY, answer=Answer.MAY_ENTER, reentry=Entry(Standing.LAWFUL, ON, date(2026, 12, 21))),
        "You may enter on 22 November 2026 and stay until 21 December 2026 (30 days).",
    ),
    (
        replace(AWAY, answer=Answer.MAY_ENTER, reentry=Entry(Standing.LAWFUL, ON, None)),
        "You may enter on 22 November 2026, and no last day is set.",
    ),
    (
        AWAY,
        "Enter no earlier than 26 November 2026: from then on you may under every reading of the law. You may enter "
        "from 24 November 2026 on, and then stay until 16 December 2026 (23 days).",
    ),
    (replace(AWAY, answer=Answer.MAY_NOT_ENTER), "You may not enter on 22 November 2026, and no later day is known"),
    (replace(AWAY, answer=Answer.ENTRY_UNKNOWN), "Whether you may enter on 22 November 2026 cannot be told yet. It"),
]


@pytest.mark.parametrize(("answer", "words"), SENTENCES, ids=[words[:60] for _, words in SENTENCES])
def test_the_sentence_says_what_the_person_most_needs_to_know(answer, words, english):
    assert words in sentence_of(answer, english)


def test_the_sentence_names_the_title_that_covers_the_last_lawful_day(english):
    later = replace(GROUND, name="stay-with-toy-permit/toy_permit/2027-02-01", rule="stay-with-toy-permit", row=None)
    later = replace(later, paper=Paper("toy_permit", date(2027, 2, 1), date(2027, 5, 1)))
    later = replace(later, first=date(2027, 2, 1), last=date(2027, 5, 1))
    told = sentence_of(replace(STAYING, grounds=(later, GROUND), safe_until=None), english)
    assert told.startswith("You may stay until 5 December 2026 (agreement of two states")


def test_every_answer_has_a_sentence_of_its_own_in_each_language(speaking):
    said = [sentence_of(answer, speaking) for answer, _ in SENTENCES]
    assert {answer.answer for answer, _ in SENTENCES} == set(Answer)
    assert len(set(said)) == len(said)
    assert not any("{" in sentence or ".." in sentence for sentence in said)


# --- codes -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", DueState)
def test_every_state_of_a_duty_has_words(state, speaking):
    deadline = None if state is DueState.UNKNOWN else DUE.deadline
    page = compose_answer(replace(STAYING, duties=(replace(DUE, state=state, deadline=deadline),)), speaking, "0.0.0")
    part = page.part("duties")
    assert part is not None
    said = plain(part.items[0].line)
    assert speaking.word("duty", "report") in said
    assert (speaking.day(date(2026, 11, 28)) in said) == (state is not DueState.UNKNOWN)


def test_the_states_of_a_duty_are_told_apart(english):
    answers = [replace(STAYING, duties=(replace(DUE, state=state),)) for state in DueState]
    assert len({plain(compose_answer(one, english, "0").part("duties").items[0].line) for one in answers}) == len(
        DueState
    )


@pytest.mark.parametrize("kind", ReasonKind)
def test_every_kind_of_reason_has_words(kind, speaking):
    said = reason_words(speaking, Reason(kind, "person.age"))
    assert said.endswith(speaking.country.facts["person.age"].question.by_language[speaking.language])


def test_every_name_that_a_reason_may_hold_is_said_in_words(english):
    country = english.country
    names = [*MEASURES, *country.facts, *country.parameters, "calendar", f"regime:{ROW}", "regime:KGZ"]
    names += [f"rule:{name}" for name in country.rules] + [f"reading:{name}" for name in country.readings]
    names += [f"conflict:{name}" for name in country.conflicts]
    for name in names:
        assert f"«{name}»" not in reason_words(english, Reason(ReasonKind.NOT_MODELLED, name))
    assert reason_words(english, Reason(ReasonKind.NOT_MODELLED, "nowhere")).endswith("«nowhere»")


def test_every_standing_of_a_trip_and_of_a_return_has_words(speaking):
    said = set()
    for standing in Standing:
        for broken in (None, date(2027, 1, 27)):
            fit = PlanFit(date(2027, 1, 13), date(2027, 1, 31), standing, broken)
            page = compose_answer(replace(STAYING, plan=fit), speaking, "0.0.0")
            said.add(plain(page.part("plan").items[0].line))
        for day in (None, date(2026, 11, 24)):
            page = compose_answer(replace(STAYING, reentry=Entry(standing, day, None)), speaking, "0.0.0")
            said.add(plain(page.part("reentry").items[0].line))
    assert len(said) == 5 + 4, "a trip that fits has no first bad day; a known day of return may be lawful or not told"


# --- numbers and days ------------------------------------------------------------------------------------------------


def leaves(value: object) -> Iterator[object]:
    """Every plain value within an assessment."""
    if dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from leaves(getattr(value, field.name))
    elif isinstance(value, list | tuple):
        for item in value:
            yield from leaves(item)
    else:
        yield value


def digits(text: str) -> list[str]:
    return re.findall(r"\d+", text)


def own_numbers(answer: Assessment, speaking: Voice) -> set[str]:
    """Every number that the text may show: of the assessment's days and numbers, and of the country's own words."""
    told: set[str] = set()
    for value in leaves(answer):
        if isinstance(value, date):
            told |= set(digits(speaking.day(value)))
        elif isinstance(value, int | Decimal) and not isinstance(value, bool):
            told |= set(digits(speaking.number(float(value), 1 if value != int(value) else 0)))
    told |= {str(back.days) for back in answer.comes_back} | {str(answer.used.left), str(answer.reentry.days)}
    country = speaking.country
    texts = [rule.text for rule in country.rules.values()] + [country.sources[name].title for name in country.sources]
    texts += [side.text for conflict in country.conflicts.values() for side in conflict.sides]
    return told | set(digits(" ".join(str(text) for text in texts))) | {"1", "2", "3"}  # articles and paragraphs


def without_calendar_and_edition(text: str) -> str:
    blocks = text.split("\n\n")
    return "\n\n".join([blocks[0], *blocks[2:-1]])


@pytest.mark.parametrize("answer", [STAYING, AWAY], ids=["staying", "away"])
def test_every_number_of_the_text_is_one_of_the_assessment(answer, speaking):
    text = without_calendar_and_edition(text_of(answer, speaking))
    assert set(digits(text)) - own_numbers(answer, speaking) == set()


def test_every_day_and_number_of_the_assessment_stands_in_the_text(speaking):
    text = " ".join(text_of(STAYING, speaking).split())
    days = {value for value in leaves(STAYING) if isinstance(value, date)}
    assert [day for day in days if " ".join(speaking.day(day).split()) not in text] == []
    for number in ("60", "47", "88", "181", "58", "253", "261", "126", "14", "4", "8", "6", "9", "15", "13", "23"):
        assert number in digits(text), number


def test_another_assessment_is_not_told_by_the_same_numbers(english):
    other = replace(STAYING, last_lawful_day=date(2026, 12, 19))
    text = without_calendar_and_edition(text_of(other, english))
    assert set(digits(text)) - own_numbers(STAYING, english) == {"19"}


# --- what stands under a line ----------------------------------------------------------------------------------------


def test_every_line_about_law_names_its_provision(speaking):
    page = compose_answer(replace(STAYING, consequences=(FINE,), overstay_days=7), speaking, "0.0.0")
    cited = speaking.act("xtl/1-I")
    for name in ("duties", "if_overstayed", "bars", "decisions"):
        for item in page.part(name).items:
            assert any(plain(line).startswith(cited) for line in item.under), name
    assert any(plain(line).startswith(cited) for line in page.part("grounds").items[0].under)
    assert any(plain(line).startswith(cited) for line in page.part("overstay").items[1].under)


def test_both_sides_of_a_conflict_stand_with_their_sources(english):
    item = compose_answer(STAYING, english, "0.0.0").part("conflicts").items[0]
    assert [plain(line).split(" — ")[0] for line in item.under] == ["thirty", "ninety"]
    assert all("Toyland" in plain(line) for line in item.under)


def test_a_part_about_nothing_is_left_out(english):
    bare = replace(STAYING, duties=(), bars=(), decisions=(), unknown=(), readings=(), conflicts=(), plan=None)
    names = {part.name for part in compose_answer(bare, english, "0.0.0").parts}
    assert names & {"duties", "bars", "decisions", "unknown", "readings", "conflicts", "plan"} == set()


def test_where_nothing_can_be_told_the_questions_come_first(english):
    unsure = replace(STAYING, answer=Answer.UNKNOWN_TODAY, standing=Standing.UNKNOWN)
    assert compose_answer(unsure, english, "0.0.0").parts[0].name == "unknown"
    assert compose_answer(STAYING, english, "0.0.0").parts[0].name == "duties"


def test_of_many_reasons_a_few_stand_there_and_how_many_more(english):
    reasons = tuple(Reason(ReasonKind.FACT_MISSING, name) for name in list(english.country.facts)[:5])
    doubtful = replace(STAYING, duties=(replace(DUE, state=DueState.UNKNOWN, reasons=reasons),))
    under = [plain(line) for line in compose_answer(doubtful, english, "0.0.0").part("duties").items[0].under]
    assert sum(line.startswith("Nobody said") for line in under) == 3
    assert "and 2 more reasons, below" in under


# --- the calendar ----------------------------------------------------------------------------------------------------


def marks(answer: Assessment, country) -> dict[date, Mark]:
    calendar = calendar_of(answer, country)
    mark_of = mark_by_day(answer, counted_days(answer, country))
    day_by_day = drawn_days(calendar.first, calendar.last, calendar.today, mark_of)
    assert calendar == day_by_day, "no mark changes on a day that was not looked at"
    return {
        row.month + timedelta(days=number): mark
        for row in calendar.rows
        for number, mark in enumerate(row.marks)
        if mark is not None
    }


def test_each_day_of_the_calendar_is_told_for_what_it_is(toyland_country):
    told = marks(STAYING, toyland_country)
    assert min(told) == ON - timedelta(days=180), "the window of 181 days"
    expected = {
        date(2026, 8, 2): Mark.AWAY,
        date(2026, 8, 3): Mark.COUNTED,
        date(2026, 8, 10): Mark.UNCOUNTED,
        date(2026, 8, 13): Mark.UNCOUNTED,
        date(2026, 8, 14): Mark.COUNTED,
        date(2026, 8, 18): Mark.AWAY,
        ON: Mark.COUNTED,
        date(2026, 11, 23): Mark.AHEAD,
        date(2026, 12, 5): Mark.AHEAD,
        date(2026, 12, 6): Mark.AWAY,
        date(2027, 1, 13): Mark.PLANNED,
        date(2027, 1, 26): Mark.PLANNED,
        date(2027, 1, 27): Mark.UNLAWFUL,
        date(2027, 1, 31): Mark.UNLAWFUL,
    }
    assert {day: told[day] for day in expected} == expected
    assert max(told) == date(2027, 1, 31)


def test_stays_that_began_before_the_count_do_not_count(toyland_country):
    """`stay-by-agreement` counts only stays that began on or after 27 January 2023."""
    then = date(2023, 2, 10)
    early = replace(
        STAYING,
        on=then,
        case=StayCase("KGZ", (Stay(date(2023, 1, 20), date(2023, 1, 29)), Stay(date(2023, 2, 1)))),
        intervals=(Interval(date(2023, 2, 1), None, Standing.LAWFUL, (GROUND.name,)),),
        plan=None,
    )
    told = marks(early, toyland_country)
    assert (told[date(2023, 1, 28)], told[date(2023, 2, 1)]) == (Mark.UNCOUNTED, Mark.COUNTED)


def test_unlawful_and_unknown_days_are_marked_and_nothing_is_drawn_after_an_overstay(toyland_country):
    over = replace(
        STAYING,
        standing=Standing.UNLAWFUL,
        intervals=(
            Interval(date(2026, 10, 7), date(2026, 11, 1), Standing.LAWFUL, (GROUND.name,)),
            Interval(date(2026, 11, 2), date(2026, 11, 4), Standing.UNKNOWN, (), (AGE,)),
            Interval(date(2026, 11, 5), None, Standing.UNLAWFUL),
        ),
        plan=None,
    )
    told = marks(over, toyland_country)
    assert (told[date(2026, 11, 4)], told[date(2026, 11, 5)], max(told)) == (Mark.UNKNOWN, Mark.UNLAWFUL, ON)


def test_the_signs_differ_without_colour_and_the_legend_names_each_that_occurs(speaking):
    assert len(set(SIGNS.values())) == len(Mark)
    calendar = text_of(STAYING, speaking).split("\n\n")[1]
    for mark in (Mark.COUNTED, Mark.UNCOUNTED, Mark.AHEAD, Mark.PLANNED, Mark.UNLAWFUL, Mark.AWAY):
        assert f"{SIGNS[mark]} {word(speaking, MARKS, mark)}" in " ".join(calendar.split("\n")[-3:])
    assert speaking.day(ON) in calendar


def test_lines_fit_the_screen_and_colour_is_only_an_extra(speaking):
    page = compose_answer(STAYING, speaking, "0.0.0")
    bare = render_terminal(page, Screen())
    assert max(map(len, bare.splitlines())) <= 100
    parts = render_terminal(page, Screen(width=80)).split("\n\n")
    assert max(len(line) for part in [parts[0], *parts[2:]] for line in part.splitlines()) <= 80
    coloured = render_terminal(page, Screen(colour=True))
    assert "\x1b[" in coloured and re.sub(r"\x1b\[[\d;]*m", "", coloured) == bare


# --- other forms -----------------------------------------------------------------------------------------------------


def test_the_picture_shows_every_day_and_its_description_tells_the_same_runs(speaking):
    page = compose_answer(STAYING, speaking, "0.0.0")
    picture, words = picture_of(page.calendar, speaking), described(page.calendar, speaking)
    away = sum(mark is Mark.AWAY for row in page.calendar.rows for mark in row.marks)
    assert picture.count("<circle") == away + 1, "one more in the legend"
    for run in page.calendar.runs:
        assert speaking.day(run.first) in words and speaking.day(run.last) in words


def test_nothing_of_a_case_is_read_as_markup(english):
    nasty = replace(
        STAYING,
        case=replace(STAYING.case, facts={"work.trade": '<script>#import "x" *b* \\ "'}, assumed=("work.trade",)),
    )
    page = compose_answer(nasty, english, "0.0.0")
    assert "<script" not in answer_html(page) and "&lt;script" in answer_html(page)
    source = stay_typst(page)
    outside = re.sub(r'"(\\.|[^"\\])*"', "", source[source.index("#show: answer.with(") :])
    assert "import" not in outside and "*" not in outside
    assert render_stay_pdf(page, datetime(2026, 11, 22, tzinfo=UTC)).startswith(b"%PDF")


def test_the_page_on_paper_is_accessible_reads_back_and_is_the_same_each_time(speaking):
    page, when = compose_answer(STAYING, speaking, "0.0.0"), datetime(2026, 11, 22, tzinfo=UTC)
    content = render_stay_pdf(page, when)
    assert b"pdfuaid" in content and content == render_stay_pdf(page, when)
    reader = PdfReader(io.BytesIO(content))
    text = re.sub(r"[\W_]", "", "".join(sheet.extract_text() for sheet in reader.pages))
    for part in (*page.parts, page.decisive):
        assert re.sub(r"[\W_]", "", part.title) in text
        for item in part.items:
            for line in (item.line, *item.under):
                assert re.sub(r"[\W_]", "", plain(line)) in text or part.name == "assumed", plain(line)
    assert reader.metadata is not None and reader.metadata.title == page.title


def test_the_json_holds_plain_values_under_keys_that_the_reference_describes(english, repository: Path):
    data = stay_data(STAYING, compose_answer(STAYING, english, "0.0.0"), why=True)
    assert json.loads(json.dumps(data, ensure_ascii=False)) == data
    manual = (repository / "docs" / "reference" / "stay-json.md").read_text(encoding="utf-8")
    described_keys = re.findall(r"^\| `([a-z_]+)` \|", manual, re.MULTILINE)
    assert described_keys[: len(data)] == list(data)
    assert data["days_left"] == 13 and data["if_overstayed"][0]["fine"]["sums"] == [253, 261]
    assert data["if_overstayed"][0]["fine"]["units"] == 2.5
    assert data["assumed"] == {"passport.kind": "ordinary"} and data["case"]["facts"] == {"penalty.given": False}


# --- the trace -------------------------------------------------------------------------------------------------------


def test_every_condition_of_the_shipped_law_is_written_again_as_it_was_read(kaz):
    papers = [code for scheme, code in kaz.country.codes if scheme == "paper"]
    words = vocabulary_of(kaz.country.facts, kaz.country.parameters, kaz.country.categories, papers)
    rules = [rule for rule in kaz.country.rules.values() if rule.condition is not None]
    assert len(rules) > 50
    for rule in rules:
        assert read_condition(written(rule.condition), Place("again", 1), words) == rule.condition


def test_a_rule_whose_condition_holds_but_which_does_not_apply_says_so(english):
    node = Comparison(Fact("visit.children", Type.NUMBER), "=", Literal(0, Type.NUMBER))
    trace = Trace(node, True, (Trace(node.left, 0), Trace(node.right, 0)))
    step = compose_answer(
        replace(STAYING, traces=(RuleTrace("overstay", lambda: False, lambda: trace),)), english, "0"
    ).steps.items[0]
    under = [plain(line) for line in step.under]
    assert plain(step.line).startswith("no: ")
    assert "yes: visit.children = 0   [How many children are with you? 0]" in under
    assert any("an exception does" in line for line in under)
