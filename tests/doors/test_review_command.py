"""The command a reader types: what it writes, what it says when something is wrong, and that it speaks to nobody."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from koshiqon.cli import app

EVERYTHING = "html,pdf,docx,json,xlsx,csv,bib,csl"


def run(*arguments: str):
    return CliRunner(env={"COLUMNS": "100"}).invoke(app, ["review", *arguments])


def test_the_review_is_written_in_every_format_without_a_connection_to_anywhere(tmp_path, monkeypatch):
    def forbidden(*arguments, **named):
        raise AssertionError("the review opened a socket")

    monkeypatch.setattr(socket, "socket", forbidden)
    monkeypatch.setattr(socket, "create_connection", forbidden)
    monkeypatch.setattr(socket, "getaddrinfo", forbidden)
    outcome = run("--format", EVERYTHING, "--out", str(tmp_path), "--on", "2026-11-22", "--section", "flows,stay")
    assert outcome.exit_code == 0, outcome.output
    written = {path.name for path in tmp_path.iterdir()}
    wanted = {"review.html", "review.pdf", "review.docx", "review.json", "review.xlsx", "review.bib", "review.csl.json"}
    assert wanted <= written
    assert (tmp_path / "tables" / "flows.csv").is_file()


def test_the_whole_review_is_written_in_a_place_without_a_network(tmp_path):
    """Typst and the chart engine know no Python sockets, so the whole process gets a network with nothing in it."""
    alone = ["unshare", "--net", "--map-root-user"]
    if subprocess.run([*alone, "true"], capture_output=True, check=False).returncode != 0:
        pytest.skip("this machine gives a process no network of its own (unshare --net): see the sockets test above")
    command = [sys.executable, "-m", "koshiqon", "review", "--lang", "kk", "--out", str(tmp_path), "--on", "2026-11-22"]
    outcome = subprocess.run([*alone, *command], capture_output=True, text=True, check=False)
    assert outcome.returncode == 0, outcome.stderr
    assert (tmp_path / "review.pdf").read_bytes().startswith(b"%PDF")


def test_each_finding_in_the_json_has_a_value_or_a_statement_and_sources_that_stand_beside(tmp_path):
    assert run("--format", "json", "--out", str(tmp_path), "--on", "2026-11-22").exit_code == 0
    content = json.loads((tmp_path / "review.json").read_text(encoding="utf-8"))
    assert len(content["findings"]) > 1000
    for finding in content["findings"]:
        assert ("value" in finding) != bool(finding.get("statement")), finding
        assert finding["sources"] and set(finding["sources"]) <= set(content["sources"])


def test_an_edition_compared_with_itself_has_not_changed_and_with_an_earlier_one_says_what_did(tmp_path):
    common = ("--format", "json", "--section", "stay", "--known", "2026-11-22")
    assert run(*common, "--on", "2023-01-26", "--out", str(tmp_path / "old")).exit_code == 0
    old = tmp_path / "old" / "review.json"
    assert run(*common, "--on", "2023-01-26", "--out", str(tmp_path / "same"), "--compare", str(old)).exit_code == 0
    assert run(*common, "--on", "2026-11-22", "--out", str(tmp_path / "new"), "--compare", str(old)).exit_code == 0

    def compared(folder: str) -> dict[str, int]:
        findings = json.loads((tmp_path / folder / "review.json").read_text(encoding="utf-8"))["findings"]
        return {entry["name"]: entry["value"] for entry in findings if entry["name"].startswith("compared.")}

    assert compared("same") == {"compared.new": 0, "compared.gone": 0, "compared.other": 0}
    assert compared("new")["compared.new"] > 0
    assert compared("new")["compared.gone"] > 0


LETTERS = [
    (("--on", "2026-2-1"), "is no day for --on", "bad day"),
    (("--since", "2027-01-01", "--on", "2026-01-01"), "Turn them round", "days out of order"),
    (("--format", "doc"), "Known are: html", "unknown format"),
    (("--lang", "fr"), "Ships: en", "unknown language"),
    (("--country", "nowhere"), "There is no country", "unknown country"),
    (("--section", "staying"), "is no chapter", "unknown chapter"),
    (("--theme", "wealth"), "is no theme", "unknown theme"),
    (("--compare", "nothing.json"), "cannot be opened", "no earlier edition"),
    (
        ("--out", "/proc/nowhere", "--format", "bib", "--section", "experts"),
        "Choose another folder",
        "place not writable",
    ),
]


@pytest.mark.parametrize(("arguments", "words", "_why"), LETTERS, ids=[why for *_, why in LETTERS])
def test_a_wrong_request_is_answered_by_a_letter(arguments, words, _why):
    outcome = run(*arguments)
    assert outcome.exit_code == 2
    assert words in outcome.output
    assert "Traceback" not in outcome.output


def test_an_edition_that_is_none_is_refused_with_what_to_do(tmp_path):
    (tmp_path / "list.json").write_text("[]", encoding="utf-8")
    (tmp_path / "broken.json").write_text("{", encoding="utf-8")
    assert "not an edition of the review" in run("--compare", str(tmp_path / "list.json")).output
    assert "is not JSON" in run("--compare", str(tmp_path / "broken.json")).output


def test_help_loads_no_heavy_library():
    """`--help` answers in a fraction of a second because it reads no country and draws nothing."""
    code = "import sys; from koshiqon.cli import app; print('\\n'.join(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    heavy = {
        "pydantic",
        "babel",
        "jinja2",
        "typst",
        "vl_convert",
        "docx",
        "xlsxwriter",
        "ruamel.yaml",
        "koshiqon.country",
    }
    assert heavy & set(loaded) == set()


def test_a_country_of_ones_own_is_reviewed_by_its_path(tmp_path, toyland: Path):
    outcome = run("--country", str(toyland), "--format", "html,pdf,docx", "--out", str(tmp_path), "--on", "2026-11-22")
    assert outcome.exit_code == 0, outcome.output
    assert "Toyland" in (tmp_path / "review.html").read_text(encoding="utf-8")


def test_nothing_half_written_stays_where_a_file_cannot_be_written(tmp_path):
    place = tmp_path / "review.html"
    place.mkdir()
    outcome = run("--format", "html", "--section", "experts", "--out", str(tmp_path))
    assert outcome.exit_code == 2
    assert "cannot be written" in outcome.output
    assert [path.name for path in tmp_path.iterdir()] == ["review.html"]
