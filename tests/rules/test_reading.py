"""The grammar, row by row: a text and its tree; a slip, the line it stands on, and the letter that says what to do."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from koshiqon.render.catalogs import catalog, languages
from koshiqon.render.letters import FAULTS, letter
from koshiqon.rules.expression import (
    And,
    Comparison,
    DaysBetween,
    Duration,
    Fact,
    Known,
    Literal,
    Lookup,
    Measure,
    MemberOf,
    Not,
    OneOf,
    Or,
    Parameter,
    Shift,
    Sum,
    Type,
    Unit,
    type_of,
)
from koshiqon.rules.reading import Place, UnreadableCondition, read_condition
from koshiqon.rules.vocabulary import Declaration, Kind, Vocabulary

TOYLAND = Vocabulary(
    {
        "has_permit": Declaration(Kind.FACT, Type.YES_NO),
        "works": Declaration(Kind.FACT, Type.YES_NO),
        "inside": Declaration(Kind.FACT, Type.YES_NO),
        "entry.date": Declaration(Kind.FACT, Type.DATE),
        "on": Declaration(Kind.FACT, Type.DATE),
        "purpose": Declaration(Kind.FACT, Type.CODE, values=("work", "study", "visit")),
        "citizenship": Declaration(Kind.FACT, Type.COUNTRY),
        "citizenships": Declaration(Kind.FACT, Type.LIST, members=Type.COUNTRY),
        "days_per_entry": Declaration(Kind.PARAMETER, Type.NUMBER),
        "union": Declaration(Kind.PARAMETER, Type.LIST, members=Type.COUNTRY),
        "paid_purposes": Declaration(Kind.PARAMETER, Type.LIST, members=Type.CODE, values=("work", "study")),
        "appeal": Declaration(Kind.PARAMETER, Type.DURATION),
        "overstay.days": Declaration(Kind.MEASURE, Type.NUMBER),
        "regime.days": Declaration(Kind.TABLE, Type.NUMBER, arguments=(Type.COUNTRY,)),
        "regime.exists": Declaration(Kind.TABLE, Type.YES_NO, arguments=(Type.COUNTRY, Type.DATE)),
    }
)
HERE = Place("rules/titles.yaml", 41)

PERMIT, WORKS, INSIDE = (Fact(name, Type.YES_NO) for name in ("has_permit", "works", "inside"))
ENTRY, ON = Fact("entry.date", Type.DATE), Fact("on", Type.DATE)
PURPOSE, CITIZENSHIP = Fact("purpose", Type.CODE), Fact("citizenship", Type.COUNTRY)
OVERSTAY, DAYS = Measure("overstay.days", Type.NUMBER), Parameter("days_per_entry", Type.NUMBER)


def number(value: int | Decimal) -> Literal:
    return Literal(value, Type.NUMBER)


def code(value: str) -> Literal:
    return Literal(value, Type.CODE)


def country(value: str) -> Literal:
    return Literal(value, Type.COUNTRY)


def length(amount: int, unit: Unit) -> Literal:
    return Literal(Duration(amount, unit), Type.DURATION)


def after(by: Literal | Parameter, back: bool = False) -> Comparison:
    return Comparison(ON, ">", Shift(ENTRY, by, back))


TEXTS = {
    "has_permit": PERMIT,
    "not works": Not(WORKS),
    "has_permit is known": Known(PERMIT),
    "not citizenship is known": Not(Known(CITIZENSHIP)),
    "has_permit or works or inside": Or((PERMIT, WORKS, INSIDE)),
    "has_permit and works and inside": And((PERMIT, WORKS, INSIDE)),
    "has_permit or works and not inside": Or((PERMIT, And((WORKS, Not(INSIDE))))),
    "(has_permit or works) and inside": And((Or((PERMIT, WORKS)), INSIDE)),
    "not (has_permit or works)": Not(Or((PERMIT, WORKS))),
    "not purpose = 'work'": Not(Comparison(PURPOSE, "=", code("work"))),
    "((inside))": INSIDE,
    "overstay.days>10": Comparison(OVERSTAY, ">", number(10)),
    "overstay.days >= 0.5": Comparison(OVERSTAY, ">=", number(Decimal("0.5"))),
    "10 < overstay.days": Comparison(number(10), "<", OVERSTAY),
    "overstay.days <= days_per_entry": Comparison(OVERSTAY, "<=", DAYS),
    "purpose != 'visit'": Comparison(PURPOSE, "!=", code("visit")),
    "has_permit = works": Comparison(PERMIT, "=", WORKS),
    "citizenship = 'UZB'": Comparison(CITIZENSHIP, "=", country("UZB")),
    "'UZB' = citizenship": Comparison(country("UZB"), "=", CITIZENSHIP),
    "entry.date < 2020-01-11": Comparison(ENTRY, "<", Literal(date(2020, 1, 11), Type.DATE)),
    "overstay.days + 1 - days_per_entry = 2": Comparison(
        Sum(Sum(OVERSTAY, number(1), minus=False), DAYS, minus=True), "=", number(2)
    ),
    "on - entry.date > 30": Comparison(DaysBetween(ON, ENTRY), ">", number(30)),
    "on > entry.date + 30 days": after(length(30, Unit.DAYS)),
    "on > entry.date + 1 day": after(length(1, Unit.DAYS)),
    "on > entry.date - 3 working days": after(length(3, Unit.WORKING_DAYS), back=True),
    "on > entry.date + 1 month": after(length(1, Unit.MONTHS)),
    "on > entry.date + 2 years": after(length(2, Unit.YEARS)),
    "on > entry.date + appeal": after(Parameter("appeal", Type.DURATION)),
    "purpose in ['work', 'study']": OneOf(PURPOSE, (code("work"), code("study"))),
    "citizenship in ['UZB']": OneOf(CITIZENSHIP, (country("UZB"),)),
    "'UZB' in ['KGZ', citizenship]": OneOf(country("UZB"), (country("KGZ"), CITIZENSHIP)),
    "citizenship in union": MemberOf(CITIZENSHIP, Parameter("union", Type.LIST)),
    "'UZB' in citizenships": MemberOf(country("UZB"), Fact("citizenships", Type.LIST)),
    "purpose in paid_purposes": MemberOf(PURPOSE, Parameter("paid_purposes", Type.LIST)),
    "regime.days(citizenship) = 30": Comparison(Lookup("regime.days", (CITIZENSHIP,), Type.NUMBER), "=", number(30)),
    "regime.exists(citizenship, on)": Lookup("regime.exists", (CITIZENSHIP, ON), Type.YES_NO),
    "has_permit\n  and\n  works": And((PERMIT, WORKS)),
}


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_has_one_tree(text):
    assert read_condition(text, HERE, TOYLAND) == TEXTS[text]


def test_every_operand_knows_its_type():
    moved = Shift(ENTRY, length(1, Unit.DAYS), back=False)
    assert [type_of(part) for part in (moved, DaysBetween(ON, ENTRY), PURPOSE)] == [Type.DATE, Type.NUMBER, Type.CODE]


SLIPS = {
    "has_permit and": (41, "condition_stops_early"),
    "": (41, "condition_stops_early"),
    "has_permit and\nworks or\n\n": (42, "condition_stops_early"),
    "has_permit && works": (41, "condition_letter"),
    "purpose = “work”": (41, "condition_letter"),
    "Has_permit": (41, "condition_letter"),
    "has_permit\nand or works": (42, "condition_word_out_of_place"),
    "not not works": (41, "condition_word_out_of_place"),
    "on > entry.date > 2020-01-01": (41, "condition_word_out_of_place"),
    "works\nand works_hard": (42, "condition_name_undeclared"),
    "has_permits": (41, "condition_name_undeclared"),
    "zzz is known": (41, "condition_name_undeclared"),
    "regimes(citizenship) = 30": (41, "condition_name_undeclared"),
    "citizenship": (41, "condition_not_yes_no"),
    "regime.days(citizenship)": (41, "condition_not_yes_no"),
    "overstay.days = 'work'": (41, "condition_types_differ"),
    "works and\non > 30": (42, "condition_types_differ"),
    "purpose = citizenship": (41, "condition_types_differ"),
    "citizenship in [purpose]": (41, "condition_types_differ"),
    "overstay.days in union": (41, "condition_types_differ"),
    "'work' = 3": (41, "condition_types_differ"),
    "purpose < 'work'": (41, "condition_no_order"),
    "has_permit > works": (41, "condition_no_order"),
    "appeal = appeal": (41, "condition_no_order"),
    "citizenships = union": (41, "condition_no_order"),
    "union in [union]": (41, "condition_no_order"),
    "purpose in ['work',\n'wrok']": (42, "condition_code_unknown"),
    "'visit' in paid_purposes": (41, "condition_code_unknown"),
    "citizenship = 'uzbekistan'": (41, "condition_not_a_country"),
    "'UZ' in union": (41, "condition_not_a_country"),
    "on in citizenship": (41, "condition_not_a_list"),
    "on > 2021-02-29": (41, "condition_not_a_date"),
    "on > entry.date + 30": (41, "condition_no_sum"),
    "on + entry.date > 30": (41, "condition_no_sum"),
    "overstay.days + 3 days > 30": (41, "condition_no_sum"),
    "on > entry.date + 2 weeks": (41, "condition_unit_unknown"),
    "on > entry.date + 1.5 months": (41, "condition_broken_unit"),
    "regime.days = 30": (41, "condition_table_unasked"),
    "overstay.days(citizenship) = 30": (41, "condition_not_a_table"),
    "regime.days(purpose) = 30": (41, "condition_wrong_arguments"),
    "regime.exists(citizenship)": (41, "condition_wrong_arguments"),
}


@pytest.mark.parametrize("text", SLIPS)
def test_a_slip_is_refused_where_it_stands(text):
    with pytest.raises(UnreadableCondition) as refused:
        read_condition(text, HERE, TOYLAND)
    assert (refused.value.place.line, refused.value.code) == SLIPS[text]
    assert refused.value.place.file == "rules/titles.yaml"


@pytest.mark.parametrize("text", SLIPS)
def test_every_refusal_has_a_letter_in_every_language(text):
    with pytest.raises(UnreadableCondition) as refused:
        read_condition(text, HERE, TOYLAND)
    said = {letter(refused.value.code, refused.value.values, catalog(language)) for language in languages()}
    assert len(said) == len(languages())


def test_no_letter_about_conditions_is_without_its_slip():
    letters = {name for name in FAULTS if name.startswith("condition_")}
    assert letters == {name for _, name in SLIPS.values()}


def test_a_misspelt_name_is_told_its_neighbours():
    with pytest.raises(UnreadableCondition) as refused:
        read_condition("overstay.day > 10", HERE, TOYLAND)
    assert refused.value.values == {"name": "overstay.day", "near": "overstay.days"}
