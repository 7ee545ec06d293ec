"""A mapping says how a register is written, and every slip in one is told with its line."""

from __future__ import annotations

import json
from datetime import date

import pytest

from koshiqon.sources.register_mapping import UnreadableMapping, form_without_mapping, read_mapping
from koshiqon.stay.register.form import Clock, Coverage, Given, Holds, Repair

FULL = """
holds: crossings
columns:
  person: passport
  citizenship: {column: state, values: {Узбечка: UZB}}
  direction: {column: way, values: {1: in, 2: out}}
  moment: when
  checkpoint: post
  sex: {column: sex, values: {a: female}}
  birth_year: born
  purpose: {constant: private}
facts:
  visit.paid_work: {column: works}
clock: local
date_format: "%d.%m.%Y %H:%M"
zone: Asia/Almaty
zones: {west: Asia/Aqtau}
checkpoints: {files: posts.csv, columns: {checkpoint: name}}
permits: {files: "permits*.csv", columns: {person: passport}, coverage: complete}
penalties: {files: fines.csv, coverage: partial}
links: {files: pairs.csv, coverage: partial}
since: 2010-01-01
extracted_on: 2026-01-15
repair: {duplicate_minutes: 3, overlap_minutes: 60, early_exit_minutes: 30}
csv: {delimiter: ";", quote: "'", encoding: cp1251}
synthetic: false
"""


def read(tmp_path, text: str):
    path = tmp_path / "mapping.yaml"
    path.write_text(text, encoding="utf-8")
    return read_mapping(path)


def test_every_field_of_a_mapping_is_read(tmp_path):
    form = read(tmp_path, FULL)
    assert form.holds is Holds.CROSSINGS
    assert form.columns["person"] == Given("passport")
    assert form.columns["direction"] == Given("way", None, {"1": "in", "2": "out"})
    assert form.columns["purpose"] == Given(None, "private")
    assert form.facts == {"visit.paid_work": Given("works")}
    assert (form.clock, form.date_format, form.zone) == (Clock.LOCAL, "%d.%m.%Y %H:%M", "Asia/Almaty")
    assert form.zones == {"west": "Asia/Aqtau"}
    assert form.checkpoints.columns == {"checkpoint": "name", "zone": "zone"}
    assert (form.permits.files, form.permits.coverage) == ("permits*.csv", Coverage.COMPLETE)
    assert form.permits.columns == {"person": "passport", "title": "title", "since": "since", "until": "until"}
    assert (form.penalties.coverage, form.links.coverage) == (Coverage.PARTIAL, Coverage.PARTIAL)
    assert (form.since, form.extracted_on) == (date(2010, 1, 1), date(2026, 1, 15))
    assert form.repair == Repair(3, 60, 30)
    assert (form.delimiter, form.quote, form.encoding) == (";", "'", "cp1251")
    assert form.synthetic is False


def test_citizenships_are_known_by_code_and_by_name_in_several_languages(tmp_path):
    known = read(tmp_path, FULL).citizenships
    assert {known[name] for name in ("UZB", "UZ", "UZBEKISTAN", "УЗБЕКИСТАН", "ӨЗБЕКСТАН")} == {"UZB"}
    assert known["XXA"] == "XXA"
    assert "UNK" not in known


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("zone: Asia/Almaty", "zone: Asia/Atlantis", "register_zone_unknown"),
        ("{constant: private}", "{constant: private, column: why}", "register_column_or_constant"),
        ("1: in,", "1: inwards,", "register_value_unknown"),
        ("Узбечка: UZB", "Узбечка: UZZ", "register_citizenship_unknown"),
        ("encoding: cp1251", "encoding: cp0", "register_encoding_unknown"),
        ('delimiter: ";"', 'delimiter: ";;"', "register_not_one_sign"),
        ("  moment: when\n", "", "register_column_unmapped"),
        ("  checkpoint: post\n", "  chekpoint: post\n", "register_column_not_ours"),
        ("since: 2010-01-01", "since: 1960-01-01", "register_since_too_early"),
        ("extracted_on: 2026-01-15", "extracted_on: 2009-01-15", "register_days_backwards"),
        ("duplicate_minutes: 3", "duplicate_minutes: -3", "out_of_range"),
        ("coverage: complete", "coverage: full", "not_one_of"),
        ("holds: crossings", "holds: visits", "not_one_of"),
        ("zone: Asia/Almaty\n", "", "field_missing"),
        ("synthetic: false", "sinthetic: false", "field_unknown"),
    ],
)
def test_a_slip_is_told_with_its_code(tmp_path, old, new, code):
    assert FULL.count(old) >= 1
    with pytest.raises(UnreadableMapping) as told:
        read(tmp_path, FULL.replace(old, new, 1))
    assert code in {fault.code for fault in told.value.faults}


def test_a_slip_is_told_with_its_line(tmp_path):
    with pytest.raises(UnreadableMapping) as told:
        read(tmp_path, FULL.replace("Узбечка: UZB", "Узбечка: UZZ"))
    line = next(number for number, text in enumerate(FULL.splitlines(), 1) if "Узбечка" in text)
    assert [fault.line for fault in told.value.faults] == [line]


def test_a_mapping_that_is_not_there_or_empty_is_told(tmp_path):
    with pytest.raises(UnreadableMapping) as told:
        read_mapping(tmp_path / "none.yaml")
    assert told.value.faults[0].code == "register_mapping_unreadable"
    with pytest.raises(UnreadableMapping) as told:
        read(tmp_path, "")
    assert told.value.faults[0].code == "register_mapping_empty"


def test_a_register_made_here_needs_no_mapping_and_any_other_does(tmp_path):
    with pytest.raises(UnreadableMapping) as told:
        form_without_mapping(tmp_path)
    assert told.value.faults[0].code == "register_zone_missing"
    (tmp_path / "truth-made.json").write_text(json.dumps({"asked": {"until": "2024-12-31"}}), encoding="utf-8")
    form = form_without_mapping(tmp_path)
    assert (form.synthetic, form.extracted_on) == (True, date(2024, 12, 31))
    assert (form.permits.coverage, form.links.coverage) == (Coverage.COMPLETE, Coverage.PARTIAL)
