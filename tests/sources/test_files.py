"""YAML 1.2 and CSV as values that remember their lines: what the two formats say, and what people do to them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from koshiqon.sources.faults import Fault
from koshiqon.sources.files import Located, read_csv, read_yaml

MANUAL = Path(__file__).parent.parent.parent / "docs" / "reference" / "country-files.md"


@pytest.fixture
def yaml_of(tmp_path):
    """Read YAML from bytes or text; faults are those of the file."""

    def read(content: str | bytes, faults: list[Fault] | None = None) -> Located:
        file = tmp_path / "country.yaml"
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_yaml(file, "country.yaml", [] if faults is None else faults)

    return read


@pytest.fixture
def csv_of(tmp_path):
    """Read the columns `host` and `days` of a CSV; the records with their lines, and the faults as (line, code)."""

    def read(content: str | bytes) -> tuple[list[tuple[int, dict[str, str]]], list[tuple[int, str]]]:
        file, faults = tmp_path / "table.csv", []
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        records = list(read_csv(file, "table.csv", ("host", "days"), faults))
        return records, [(fault.line, fault.code) for fault in faults]

    return read


# --- YAML ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "word", ["NO", "no", "yes", "On", "off", "y", "N", "Norway", "2023-05", "2023-05-17", "..2019-07-22"]
)
def test_a_word_stays_a_word_and_norway_is_not_false(yaml_of, word):
    assert yaml_of(f"area: {word}").value == {"area": word}


@pytest.mark.parametrize(
    "word", ["2023-01-27T10:00:00", "12:30:45", "1_000", "0x1F", "0b11", "=", "<<", "1.2.3", "+", "-."]
)
def test_what_was_a_number_or_a_time_in_yaml_1_1_is_a_text(yaml_of, word):
    assert yaml_of(f"- {word}").value == [word]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("true", True),
        ("False", False),
        ("NULL", None),
        ("~", None),
        ("", None),
        ("30", 30),
        ("-7", -7),
        ("2017", 2017),
        ("1.5", 1.5),
        ("1e3", 1000.0),
    ],
)
def test_truth_nothing_and_numbers_are_read_by_the_core_schema(yaml_of, written, value):
    read = yaml_of(f"value: {written}").value["value"]
    assert (read, type(read)) == (value, type(value))


@pytest.mark.parametrize("written", ["'true'", '"30"', '"~"', "''", "|-\n  30", ">-\n  true"])
def test_what_stands_in_quotes_or_in_a_block_is_a_text(yaml_of, written):
    assert isinstance(yaml_of(f"value: {written}").value["value"], str)


@settings(max_examples=40)
@given(
    st.recursive(
        st.text() | st.integers() | st.booleans() | st.none(),
        lambda part: st.lists(part) | st.dictionaries(st.text(), part),
    )
)
def test_what_another_program_wrote_is_read_back(tmp_path_factory, value):
    file = tmp_path_factory.mktemp("yaml") / "country.yaml"
    with file.open("w", encoding="utf-8") as out:
        YAML(typ="safe").dump({"all": value}, out)
    faults: list[Fault] = []
    read = read_yaml(file, "country.yaml", faults).value
    assert faults == []
    assert read == {"all": value}


def test_each_part_knows_the_line_on_which_it_begins(yaml_of):
    located = yaml_of("# head\nsteps:\n  - step: 1\n    ask:\n      en: Why?\n  - {step: 2,\n     ask: {en: Who}}\n")
    assert located.line_of(("steps",)) == 2
    assert located.line_of(("steps", 0)) == 3
    assert located.line_of(("steps", 0, "ask", "en")) == 5
    assert located.line_of(("steps", 1, "ask")) == 7
    assert located.line_of(("steps", 0, "missing")) == 3
    assert located.line_of(("nowhere", "at", "all")) == 2


def test_a_key_given_twice_is_a_fault_at_its_second_line(yaml_of):
    faults: list[Fault] = []
    yaml_of("until: 2020\nsince: 2019\nuntil: 2021\n", faults)
    assert faults == [Fault("country.yaml", 3, "key_twice", (("key", "until"),))]


def test_a_key_may_stand_once_in_each_of_two_records(yaml_of):
    faults: list[Fault] = []
    assert yaml_of("- {since: 2019}\n- {since: 2020}\n", faults).value == [{"since": 2019}, {"since": 2020}]
    assert faults == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_utf_8_is_read_with_and_without_a_byte_order_mark(yaml_of, encoding):
    located = yaml_of("name: Қазақстан\n".encode(encoding))
    assert located.value == {"name": "Қазақстан"}
    assert located.line_of(("name",)) == 1


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_line_in_another_encoding_is_a_fault_at_that_line_and_nothing_is_read(yaml_of, mark):
    faults: list[Fault] = []
    assert yaml_of(mark + b"a: 1\nb: 2\n" + "c: Қ".encode("utf-16") + b"\n", faults).value is None
    assert [(fault.line, fault.code) for fault in faults] == [(3, "not_utf8")]


@pytest.mark.parametrize("content", ["", "\n", "# nothing yet\n", "---\n", "~"])
def test_an_empty_file_is_no_fault(yaml_of, content):
    faults: list[Fault] = []
    assert yaml_of(content, faults).value is None
    assert faults == []


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("a: 1\nb: [1, 2\n", 3),
        ("a: 1\nb: 2: 3\n", 2),
        ("a: 1\n\tb: 2\n", 2),
        ('a: "no end\nb: 2\n', 3),
        ("a: 1\nb: *nobody\n", 2),
        ("a: 1\n---\nb: 2\n", 2),
        ("a: 1\nb: \x07\n", 2),
    ],
)
def test_what_is_no_yaml_is_one_fault_in_one_line_where_the_reader_stumbled(yaml_of, content, line):
    faults: list[Fault] = []
    assert yaml_of(content, faults).value is None
    assert [(fault.line, fault.code) for fault in faults] == [(line, "not_yaml")]
    assert "\n" not in dict(faults[0].values)["reason"]


def test_a_part_that_contains_itself_is_a_fault_and_no_endless_reading(yaml_of):
    faults: list[Fault] = []
    yaml_of("a: 1\nb: &b [*b]\n", faults)
    assert [fault.code for fault in faults] == ["not_yaml"]


@pytest.mark.parametrize("number", range(MANUAL.read_text(encoding="utf-8").count("```yaml")))
def test_the_examples_of_the_manual_are_yaml_as_they_stand(yaml_of, number):
    example = MANUAL.read_text(encoding="utf-8").split("```yaml\n")[number + 1].partition("```")[0]
    parts = example.split("\n\n") if "\n- " in example else [example]
    for part in parts:
        faults: list[Fault] = []
        yaml_of(part, faults)
        assert faults == [], part


# --- CSV -------------------------------------------------------------------------------------------------------------


def test_records_are_read_by_the_names_of_their_columns_in_any_order(csv_of):
    assert csv_of("days,host\n60,KGZ\n")[0] == [(2, {"days": "60", "host": "KGZ"})]


def test_a_text_in_quotes_may_run_over_lines_and_the_next_record_still_knows_its_own(csv_of):
    records, faults = csv_of('host,days\n"Kyrgyz\nRepublic",60\nKAZ,30\n\n"a\n\n\nb",1\nUZB,90\n')
    assert [(line, record["days"]) for line, record in records] == [(2, "60"), (4, "30"), (6, "1"), (10, "90")]
    assert records[0][1]["host"] == "Kyrgyz\nRepublic"
    assert faults == []


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_may_end_as_on_any_machine(csv_of, end):
    records, faults = csv_of(end.join(["host,days", "KGZ,60", "KAZ,30", ""]))
    assert [(line, record["host"]) for line, record in records] == [(2, "KGZ"), (3, "KAZ")]
    assert faults == []


def test_commas_and_quotes_stand_inside_quotes(csv_of):
    assert csv_of('host,days\n"A, the ""first""",1\n')[0] == [(2, {"host": 'A, the "first"', "days": "1"})]


@pytest.mark.parametrize(
    ("content", "faults"),
    [
        ("host\n", [(1, "column_missing")]),
        ("host,days,note\n", [(1, "column_unknown")]),
        ("host,Days\n", [(1, "column_missing"), (1, "column_unknown")]),
        ("", [(1, "column_missing"), (1, "column_missing")]),
        ("host,days\nKGZ\n", [(2, "record_length")]),
        ("host,days\nKGZ,60,1\nKAZ,30\n", [(2, "record_length")]),
        ('host,days\n"Kyrgyz\nRepublic",60\nKAZ\n', [(4, "record_length")]),
        ('host,days\nKGZ,60\n"KAZ" and others,30\n', [(3, "not_csv")]),
        ('host,days\nKGZ,60\n"KAZ,30\nUZB,90\n', [(3, "not_csv")]),
    ],
)
def test_a_table_that_does_not_fit_is_a_fault_where_the_record_begins(csv_of, content, faults):
    assert csv_of(content)[1] == faults


def test_a_column_that_stands_twice_is_a_fault_and_no_record_is_lost_in_silence(csv_of):
    records, faults = csv_of("host,days,days\nKGZ,60,90\n")
    assert records == []
    assert [line for line, _ in faults] == [1]


def test_a_record_that_does_not_fit_does_not_hide_the_next(csv_of):
    records, _ = csv_of("host,days\nKGZ\nKAZ,30\n")
    assert records == [(3, {"host": "KAZ", "days": "30"})]


def test_a_table_in_another_encoding_is_one_fault_at_its_line(csv_of):
    assert csv_of(b"host,days\nKGZ,60\nK\xff,30\n")[1] == [(3, "not_utf8")]


def test_a_byte_order_mark_is_no_part_of_the_first_column(csv_of):
    assert csv_of("host,days\nKGZ,60\n".encode("utf-8-sig")) == ([(2, {"host": "KGZ", "days": "60"})], [])


@given(st.lists(st.tuples(st.text(alphabet='ab ,"\n', min_size=1), st.text(alphabet="01", min_size=1)), max_size=5))
def test_a_record_begins_on_the_line_after_all_the_lines_before_it(tmp_path_factory, rows):
    file, faults = tmp_path_factory.mktemp("csv") / "table.csv", []
    quoted = ['"{}",{}'.format(text.replace('"', '""'), number) for text, number in rows]
    file.write_text("\n".join(["host,days", *quoted]), encoding="utf-8", newline="")
    before = [1 + sum(row.count("\n") + 1 for row in quoted[:number]) for number in range(len(quoted))]
    read = [
        (line - 1, record["host"], record["days"]) for line, record in read_csv(file, "t", ("host", "days"), faults)
    ]
    assert read == [(lines, text, number) for lines, (text, number) in zip(before, rows, strict=True)]
    assert faults == []
