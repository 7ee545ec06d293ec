"""The description of a synthetic register is read strictly: each slip is told with its line, and nothing odd passes."""

from __future__ import annotations

from pathlib import Path

import pytest
from slips import Slip, make, named, slips

from koshiqon.sources.country_folder import read_country
from koshiqon.sources.faults import UnreadableCountry
from koshiqon.sources.files import read_yaml
from koshiqon.sources.reader import Reader
from koshiqon.sources.synthetic_file import FILE, KINDS, read_synthetic
from koshiqon.sources.synthetic_of_country import load_synthetic
from koshiqon.sources.synthetic_shapes import FaultsShape, HabitsShape, SyntheticShape
from koshiqon.stay.synthetic import ROW_FAULTS, STAY_FAULTS, row_of, rows_of

TOYLAND = Path(__file__).parent.parent / "countries" / "toyland" / FILE

SLIPS = slips(
    """synthetic.yaml | sources: [atlas] → sources: [almanac] | :3 source_unknown
synthetic.yaml | sources: [atlas] → sources: [] | :5 no_source
synthetic.yaml | basis: published → basis: rumoured | :4 not_one_of
synthetic.yaml | - calibration: guessed → - calibration: counted | :7 name_twice
synthetic.yaml | - calibration: guessed → - calibration: dreamt | :7 theme_selects_nothing
synthetic.yaml | , ru: Никто не считал. → | :10 language_missing
synthetic.yaml | entries: 60, by: counted → entries: 60, by: told | :13 not_one_of
synthetic.yaml | entries: 60, by: counted → entries: 60 | :13 field_missing
synthetic.yaml | entries: 60 → entries: -1 | :13 not_one_of
synthetic.yaml | entries: 60 → entries: many | :13 not_a_number
synthetic.yaml | entries: 60 → entries: 1e999 | :13 not_a_number
synthetic.yaml | citizenship: UZB → citizenship: UZX | :14 area_unknown
synthetic.yaml | citizenship: UZB → citizenship: KGZ | :14 name_twice
synthetic.yaml | citizenships: [], mean → citizenships: [UZB], mean | :17 field_missing
synthetic.yaml | citizenships: [KGZ], mean → citizenships: [RUS], mean | :18 not_one_of
synthetic.yaml | mean: 6 → mean: 0.5 | :18 not_one_of
synthetic.yaml | year: 2024 → year: 2023 | :23 name_twice
synthetic.yaml | months: [1, 1, 1, 1, 1, 5, 5, 5, 1, 1, 1, 1] → months: [1, 1] | :26 not_one_of
synthetic.yaml | until: 2023-06-01 → until: 2023-03-01 | :30 history_backwards
synthetic.yaml | until: 2023-06-01 → until: 2023-06-31 | :30 not_a_day
synthetic.yaml | {work: 50, visit: 50} → {work: 50, rest: 50} | :33 not_one_of
synthetic.yaml | {work: 50, visit: 50} → {work: 0, visit: 0} | :33 too_few
synthetic.yaml | men: 0.9 → men: 1.9 | :37 not_one_of
synthetic.yaml | least: 20, most: 59 → least: 60, most: 59 | :41 history_backwards
synthetic.yaml | median: 4, spread: 0.8 → median: 4 | :46 not_one_of
synthetic.yaml | median: 4, spread: 0.8 → median: 4, spread: 0.8, least: 1, most: 2 | :46 not_one_of
synthetic.yaml | zone: Asia/Almaty → zone: Asia/Toytown | :51 not_one_of
synthetic.yaml | mode: land → mode: tunnel | :51 not_one_of
synthetic.yaml | group: balloon → group: bridge | :52 name_twice
synthetic.yaml | {bridge: 9, balloon: 1} → {bridge: 9, tunnel: 1} | :55 not_one_of
synthetic.yaml | share: 0.6, within → share: 0.9, within | :58 not_one_of
synthetic.yaml | longer_than: 30, share: 0.5 → longer_than: 30, share: 0.9 | :65 not_one_of
synthetic.yaml | keeps_purpose: → keeps_promise: | :73 field_unknown
synthetic.yaml | minutes: 2880 → minutes: 0 | :83 not_one_of
synthetic.yaml | days: [1900-01-01, 2099-12-31] → days: [] | :87 too_few
synthetic.yaml | missing_exit: {share: 0.06 → missing_exit: {share: 0.96 | :80 not_one_of"""
)


@pytest.fixture
def country(toyland_copy) -> Path:
    return toyland_copy


def read(country: Path):
    reader = Reader(country, languages=("en", "kk", "ru"))
    return read_synthetic(reader, {"atlas", "own-reading"}, {"XTL"}), reader.faults


@pytest.mark.parametrize("slip", SLIPS, ids=named)
def test_a_slip_is_told_with_its_line(slip: Slip, country):
    make(slip, country)
    plan, faults = read(country)
    assert (slip.where, slip.code) in {(f"{fault.file}:{fault.line}", fault.code) for fault in faults}
    assert plan is None


def test_a_row_names_whom_it_is_for_and_another_is_for_all_others(country):
    plan = load_synthetic(str(country))
    assert [row_of(plan.visits, code).mean for code in ("KGZ", "UZB", "XTL")] == [6, 3, 3]
    assert [row.weight for row in rows_of(plan.ages, "visit")] == [1, 3]
    assert [row.least for row in rows_of(plan.ages, "work")] == [20]


def test_a_country_without_the_file_is_whole_but_has_no_synthetic_register(country):
    (country / FILE).unlink()
    whole = read_country(country)
    assert (whole.faults, whole.synthetic) == ((), None)
    with pytest.raises(UnreadableCountry) as told:
        load_synthetic(str(country))
    assert told.value.code == "no_synthetic_register"


def test_the_file_is_read_with_its_country_and_their_faults_are_told_together(country):
    assert read_country(country).synthetic == load_synthetic(str(country))
    (country / FILE).write_text(TOYLAND.read_text(encoding="utf-8").replace("mean: 6", "mean: many"), encoding="utf-8")
    facts = (country / "facts.yaml").read_text(encoding="utf-8")
    (country / "facts.yaml").write_text(facts + "- {fact: whim, type: mood}\n", encoding="utf-8")
    assert {fault.file for fault in read_country(country).faults} == {FILE, "facts.yaml"}
    assert read_country(country).synthetic is None


def test_a_source_on_which_only_the_synthetic_register_rests_is_no_orphan(country):
    sources = (country / "sources.yaml").read_text(encoding="utf-8")
    without_background = sources.partition("  background:")[0]
    (country / "sources.yaml").write_text(without_background, encoding="utf-8")
    assert read_country(country).faults == ()
    (country / FILE).unlink()
    assert [fault.code for fault in read_country(country).faults] == ["source_orphan"]


def test_toyland_uses_every_field_of_the_form():
    record = read_yaml(TOYLAND, FILE, []).value
    assert set(record) == set(SyntheticShape.model_fields)
    for name in (*KINDS, "calibrations"):
        annotation = SyntheticShape.model_fields[name].annotation
        (shape,) = annotation.__args__
        assert {field for row in record[name] for field in row} == set(shape.model_fields), name
    assert set(record["habits"]) == set(HabitsShape.model_fields)
    assert set(record["faults"]) == set(FaultsShape.model_fields) == {*STAY_FAULTS, *ROW_FAULTS}


def test_the_manual_names_every_field_of_the_form(repository):
    manual = (repository / "docs" / "reference" / "country-files.md").read_text(encoding="utf-8")
    chapter = manual.partition("## synthetic.yaml")[2].partition("\n## ")[0]
    shapes = [SyntheticShape.model_fields[name].annotation.__args__[0] for name in (*KINDS, "calibrations")]
    fields = {field for shape in (SyntheticShape, HabitsShape, FaultsShape, *shapes) for field in shape.model_fields}
    assert sorted(field for field in fields if f"{field}" not in chapter) == []


def test_kazakhstan_rests_on_what_is_published_where_anything_is(kaz):
    plan = load_synthetic("kaz")
    basis = {row.name: row.basis for row in plan.calibrations}
    assert {row.by for row in plan.citizenships if basis[row.by] == "published"} == {"entries-cis"}
    published = sum(row.entries for row in plan.citizenships if basis[row.by] == "published")
    assert published == pytest.approx(3_906_157)
    # The nine tenths of entries that citizens of the CIS make, by the ministry.
    assert published / sum(row.entries for row in plan.citizenships) == pytest.approx(0.9, abs=0.001)
    assert sum(row.points for row in plan.checkpoints) == 100
    codes = {code for scheme, code in kaz.country.codes if scheme in ("paper", "penalty")}
    assert {row.title for row in (*plan.papers, *plan.residents)} | {row.penalty for row in plan.penalties} <= codes
    assert set(plan.purpose_names) <= set(kaz.country.facts["visit.purpose"].values)
