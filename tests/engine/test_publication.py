"""From parts of judged stays to the tables that may be published, against counting by hand."""

from __future__ import annotations

import csv
import io
import json
import random
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest

from koshiqon.engine.duckdb import NoRoom, Room, connect
from koshiqon.engine.publication import csv_of, publication_of, write_tables
from koshiqon.statistics.tables import TOTAL
from koshiqon.stay.register.groups import NOTHING, SEVERAL, UNKNOWN, Publication
from koshiqon.stay.register.result import MARKS_OUT, STAYS_OUT

REASONS = ("fact_missing:visit.purpose", "not_modelled:calendar", "sources_conflict:somewhere")
PLAIN = {
    "person": "P1",
    "citizenship": "UZB",
    "purpose": "tourism",
    "sex": "male",
    "birth_year": 1990,
    "entry": date(2024, 3, 1),
    "exit": date(2024, 3, 9),
    "title": "visa-free",
    "overstay_days": 0,
    "certainty": "no",
    "reasons": 0,
}


def stay(**told: object) -> dict[str, object]:
    return {**dict.fromkeys(name for name, _ in STAYS_OUT), **PLAIN, **told}


def crowd_of(number: int, **told: object) -> list[dict[str, object]]:
    """So many stays, each of another person."""
    return [stay(person=f"{told}-{place}", **told) for place in range(number)]


def write(path: Path, columns: tuple[tuple[str, str], ...], rows: list[dict[str, object]]) -> Path:
    given = path.with_suffix(".json")
    given.write_text("".join(json.dumps(row, default=str) + "\n" for row in rows), encoding="utf-8")
    held = ", ".join(f"'{name}': '{kind}'" for name, kind in columns)
    read = f"SELECT * FROM read_json('{given}', format = 'newline_delimited', columns = {{{held}}})"
    duckdb.connect().execute(f"COPY ({read}) TO '{path}' (FORMAT parquet)")
    return path


@pytest.fixture
def publish(tmp_path):
    """Publishes lists of stays, a part each, and marks."""

    def made(*parts: list[dict[str, object]], marks: list[dict[str, object]] | None = None) -> Publication:
        stays = [write(tmp_path / f"stays-{number}.parquet", STAYS_OUT, rows) for number, rows in enumerate(parts)]
        quarantine = [write(tmp_path / "quarantine-0.parquet", MARKS_OUT, marks)] if marks else []
        with connect(Room(tmp_path / "spill")) as connection:
            return publication_of(connection, stays, quarantine, REASONS)

    return made


def counts(publication: Publication, name: str) -> dict[tuple[str, ...], int | None]:
    table = publication.table(name)
    assert table is not None
    return {cell.categories: cell.count for cell in table.cells}


# --- what is counted -------------------------------------------------------------------------------------------------


def test_parts_are_counted_together(publish):
    publication = publish(crowd_of(300), crowd_of(200, purpose="work"))
    assert counts(publication, "stays-by-purpose")["tourism", "no"] == 300
    assert counts(publication, "stays-by-purpose")["work", TOTAL] == 200


def test_what_is_not_known_is_a_group_of_its_own_and_never_missing(publish):
    nameless = crowd_of(200, citizenship=None, purpose=None, sex=None, birth_year=None, title=None)
    publication = publish(crowd_of(300) + nameless)
    assert counts(publication, "stays-by-purpose")[UNKNOWN, "no"] == 200
    assert counts(publication, "stays-by-sex-and-age")[UNKNOWN, UNKNOWN, "no"] == 200
    assert counts(publication, "stays-by-title")[NOTHING, "no"] == 200
    assert counts(publication, "stays-by-citizenship-and-year")[UNKNOWN, TOTAL, "no"] == 200


@pytest.mark.parametrize(
    "days, band",
    [
        (1, "1-3"),
        (3, "1-3"),
        (4, "4-10"),
        (10, "4-10"),
        (11, "11-30"),
        (31, "31-90"),
        (91, "91-365"),
        (365, "91-365"),
        (366, "366-"),
    ],
)
def test_days_too_long_fall_into_bands(publish, days, band):
    late = crowd_of(120, overstay_days=days, certainty="yes", consequence="late")
    table = counts(publish(crowd_of(300) + late), "stays-by-overstay-and-consequence")
    assert table[band, "late", "yes"] == 120
    assert table[NOTHING, NOTHING, "no"] == 300


@pytest.mark.parametrize(
    "born, band",
    [(2024, "0-15"), (2009, "0-15"), (2008, "16-29"), (1995, "16-29"), (1994, "30-44"), (1964, "60-"), (2025, UNKNOWN)],
)
def test_age_is_the_year_of_entry_less_the_year_of_birth(publish, born, band):
    table = counts(publish(crowd_of(120, birth_year=born)), "stays-by-sex-and-age")
    assert table["male", band, "no"] == 120


def test_a_stay_that_rests_on_a_guess_is_counted_apart_and_none_of_its_findings_with_the_others(publish):
    guessed = crowd_of(150, derived="missing_exit", overstay_days=40, certainty="yes", consequence="late")
    publication = publish(crowd_of(300) + guessed)
    assert counts(publication, "stays-by-overstay-and-consequence")[TOTAL, TOTAL, "yes"] == 0
    assert counts(publication, "stays-by-overstay-and-consequence")[NOTHING, NOTHING, "derived"] == 150
    assert counts(publication, "stays-by-guess")["missing_exit", "yes", "derived"] == 150
    assert counts(publication, "stays-by-guess")[NOTHING, "no", "no"] == 300


@pytest.mark.parametrize(
    "mask, reason", [(1, REASONS[0]), (2, REASONS[1]), (4, REASONS[2]), (5, SEVERAL), (0, UNKNOWN)]
)
def test_an_unknown_stay_is_counted_under_its_one_reason_or_under_several(publish, mask, reason):
    unknown = crowd_of(120, certainty="unknown", reasons=mask)
    assert counts(publish(crowd_of(300) + unknown), "stays-by-reason")[reason, "unknown"] == 120


def test_reasons_of_a_stay_that_is_sure_all_the_same_are_not_counted(publish):
    assert counts(publish(crowd_of(300, reasons=1)), "stays-by-reason")[NOTHING, "no"] == 300


def test_a_stay_without_exit_is_open(publish):
    assert counts(publish(crowd_of(300) + crowd_of(120, exit=None)), "stays-by-end")["open", "no"] == 120


def test_a_person_is_counted_once_in_the_latest_group_under_the_worst_standing(publish):
    lives = []
    for number in range(200):
        person = f"P{number}"
        lives.append(stay(person=person, citizenship="KGZ", entry=date(2023, 1, 1), certainty="yes", overstay_days=3))
        lives.append(stay(person=person, citizenship="UZB", entry=date(2024, 1, 1), certainty="no"))
        lives.append(
            stay(person=person, citizenship="UZB", entry=date(2023, 6, 1), derived="overlap", certainty="unknown")
        )
    table = counts(publish(lives), "persons-by-citizenship")
    assert table["UZB", "yes"] == table[TOTAL, TOTAL] == 200


def test_a_person_all_of_whose_stays_are_guesses_is_counted_apart(publish):
    table = counts(publish(crowd_of(200) + crowd_of(150, derived="overlap")), "persons-by-citizenship")
    assert table["UZB", "derived"] == 150


def test_marks_are_counted_by_kind_and_by_what_became_of_the_row(publish):
    marks = [{"part": 0, "row": number, "kind": "duplicate", "outcome": "duplicate"} for number in range(40)]
    marks += [{"part": 0, "row": number, "kind": "open", "outcome": "stay"} for number in range(40, 70)]
    table = counts(publish(crowd_of(300), marks=marks), "marks-by-kind")
    assert table["duplicate", "duplicate"] == 40
    assert table["open", "stay"] == 30
    assert table["open", "quarantine"] == 0


def test_a_register_counted_by_hand_gives_the_same_numbers(publish):
    dice, rows = random.Random(3), []
    for number in range(6000):
        certainty = dice.choices(["no", "yes", "unknown"], [80, 12, 8])[0]
        rows.append(
            stay(
                person=f"P{number // 2}",
                citizenship=dice.choice(["UZB", "KGZ", "RUS"]),
                entry=date(2023, 1, 1) + timedelta(dice.randrange(700)),
                certainty=certainty,
                overstay_days=5 if certainty == "yes" else 0,
                derived=dice.choices([None, "overlap"], [95, 5])[0],
            )
        )
    by_hand = Counter(
        (row["citizenship"], str(row["entry"].year), "derived" if row["derived"] else row["certainty"]) for row in rows
    )
    table = counts(publish(rows[:3000], rows[3000:]), "stays-by-citizenship-and-year")
    shown = {key: count for key, count in table.items() if TOTAL not in key and count is not None}
    assert len(shown) > 12
    assert shown == {key: by_hand[key] for key in shown}
    assert all(count == 0 or count >= 10 for count in shown.values())


# --- what is hidden and written --------------------------------------------------------------------------------------


def test_many_stays_of_one_person_are_not_told(publish):
    shuttle = [
        stay(person="P0", citizenship="UZB", purpose="transit", entry=date(2024, 1, 1) + timedelta(n))
        for n in range(150)
    ]
    table = counts(publish(crowd_of(300) + crowd_of(300, purpose="work") + shuttle), "stays-by-purpose")
    assert table["transit", "no"] is None
    assert table["transit", TOTAL] is None
    assert None in (table["work", "no"], table["tourism", "no"])


def test_a_hidden_count_stands_in_no_file(publish, tmp_path):
    publication = publish(crowd_of(500) + crowd_of(7, certainty="yes", overstay_days=2, sex="female"))
    out = tmp_path / "tables"
    paths = write_tables(publication, out)
    assert sorted(out.iterdir()) == sorted(paths)
    for path in paths:
        for row in csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))):
            assert (row["count"] == "") == (row["told"] == "hidden")
            assert row["count"] == "" or int(row["count"]) == 0 or int(row["count"]) >= 10


def test_one_word_says_hidden_whatever_hid_a_number(publish):
    publication = publish(crowd_of(500) + crowd_of(7, certainty="yes", overstay_days=2, sex="female"))
    table = publication.table("stays-by-sex-and-age")
    assert table is not None
    assert len({cell.mark for cell in table.cells}) == 3
    assert {row["told"] for row in csv.DictReader(io.StringIO(csv_of(table)))} == {"shown", "hidden"}


def test_a_folder_that_cannot_be_written_is_told_and_no_half_of_a_table_stays(publish, tmp_path):
    blocked = tmp_path / "tables"
    blocked.write_text("a file, not a folder", encoding="utf-8")
    with pytest.raises(NoRoom):
        write_tables(publish(crowd_of(300)), blocked)
    assert list(tmp_path.glob("**/*.unfinished")) == []


def test_the_same_stays_give_the_same_bytes_in_any_order_of_parts(publish):
    first, second = crowd_of(300), crowd_of(220, purpose="work", certainty="yes", overstay_days=4)
    one, other = publish(first, second), publish(second, first)
    assert [csv_of(table.table) for table in one.tables] == [csv_of(table.table) for table in other.tables]
