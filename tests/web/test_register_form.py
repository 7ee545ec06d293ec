"""The form of a register: what a server takes, from where and how much, and what it leaves behind when it does not."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import shutil
from collections import namedtuple
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from koshiqon.web import jobs_upload
from koshiqon.web.application import application
from koshiqon.web.jobs import ID, MOST_JOBS, Asked, Job, job_of, keep, new_folder
from koshiqon.web.jobs_running import Desk, sweep
from koshiqon.web.pages import register_form
from koshiqon.web.pages.register_new import AROUND

LANGUAGES = ("en", "kk", "ru")
CSV = b"person,direction,moment\nA,in,2024-01-01\nA,out,2024-01-09\n"
MAPPING = b"holds: crossings\ncolumns: {person: person, direction: direction, moment: moment}\nzone: Asia/Almaty\n"
QUESTION = {"on": "2024-12-31", "reading": "law"}


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Path:
    """The folder in which `runs` and `from` lie."""
    place = tmp_path_factory.mktemp("register")
    (place / "from").mkdir()
    return place


@pytest.fixture(scope="module")
def seated(place) -> Iterator[Path]:
    """The folder of runs, at whose desk somebody else sits: jobs wait, and no process begins."""
    runs = place / "runs"
    runs.mkdir()
    with (runs / "at-work").open("a+", encoding="utf-8") as seat:
        fcntl.flock(seat, fcntl.LOCK_EX)
        seat.write(json.dumps({"job": "somebody", "process": 0}))
        seat.flush()
        yield runs


@pytest.fixture(scope="module")
def taking(site, seated, place) -> TestClient:
    """A server that takes a megabyte, and registers from the folder `from`."""
    settings = replace(site.settings, runs=seated, registers_from=(place / "from",), upload_megabytes=1)
    return TestClient(application(replace(site, settings=settings)), follow_redirects=False)


@pytest.fixture
def runs(seated) -> Path:
    """The folder of runs, empty."""
    for name in kept(seated):
        shutil.rmtree(seated / name)
    return seated


def sent(client: TestClient, *files: tuple[str, bytes], mapping: bytes | None = MAPPING, **fields: str):
    parts = [("register", file) for file in files] + ([("mapping", ("m.yaml", mapping))] if mapping else [])
    return client.post("/en/register/upload", data=QUESTION | fields, files=parts or {"register": ("", b"")})


def job(runs: Path, answer) -> Job:
    assert answer.status_code == 303, answer.text
    found = job_of(runs, answer.headers["location"].rpartition("/")[2])
    assert found is not None
    return found


def kept(runs: Path) -> list[str]:
    return [path.name for path in runs.iterdir() if ID.fullmatch(path.name)]


# --- where it is switched off ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_public_server_says_that_it_takes_no_registers_why_and_what_to_do(public_site, language):
    page = TestClient(application(public_site)).get(f"/{language}/register")
    said = public_site.voices[language].translations.gettext
    assert page.status_code == 200
    assert said("This server takes no registers.") in page.text
    assert "koshiqon screen extract.csv --mapping mapping.yaml --on 2025-12-31" in page.text
    assert "<form" not in page.text


def test_a_public_server_has_no_other_page_of_registers(public_site):
    client, id_ = TestClient(application(public_site)), "0" * 32
    assert client.post("/en/register/upload", files={"register": ("a.csv", CSV)}).status_code == 404
    for path in (f"jobs/{id_}", f"jobs/{id_}/files/run.json"):
        assert client.get(f"/en/register/{path}").status_code == 404
    for act in ("stop", "go", "again", "forget", "delete"):
        assert client.post(f"/en/register/jobs/{id_}/{act}").status_code == 404


# --- what is taken ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_form_says_how_long_a_register_is_kept_before_it_is_sent(taking, site, language):
    page = taking.get(f"/{language}/register").text
    assert site.voices[language].number(site.settings.keep_hours) in page
    assert 'type="file"' in page


def test_a_file_is_kept_as_it_came_in_a_folder_that_only_the_server_enters(taking, runs):
    waiting = job(runs, sent(taking, ("extract.csv", CSV), where="days > 3"))
    assert waiting.source.read_bytes() == CSV
    assert waiting.mapping.read_bytes() == MAPPING
    assert waiting.asked == Asked("2024-12-31", "law", "days > 3", "")
    assert waiting.folder.stat().st_mode & 0o077 == 0
    assert "Waiting" in taking.get(f"/en/register/jobs/{waiting.id}").text


def test_several_files_are_one_register(taking, runs):
    waiting = job(runs, sent(taking, ("part 1.csv", CSV), ("тізілім-2.csv", CSV)))
    assert waiting.source.is_dir()
    assert sorted(path.name for path in waiting.source.iterdir()) == ["part 1.csv", "тізілім-2.csv"]
    assert (waiting.files, waiting.bytes) == (2, 2 * len(CSV))


def test_the_address_of_a_job_cannot_be_guessed(taking, runs):
    ids = {job(runs, sent(taking, ("a.csv", CSV))).id for _ in range(5)}
    assert len(ids) == 5
    assert all(len(id_) == 32 for id_ in ids)
    for guess in ("0" * 32, "f" * 33, "x", "at-work", "%00"):
        assert taking.get(f"/en/register/jobs/{guess}").status_code == 404


# --- how much --------------------------------------------------------------------------------------------------------


def test_a_file_that_says_to_be_too_large_is_refused_and_nothing_is_left(taking, runs):
    answer = sent(taking, ("big.csv", b"x" * (1024 * 1024 + AROUND)))
    assert answer.status_code == 413
    assert "larger than the 1 MB that this server takes" in answer.text
    assert kept(runs) == []


def test_a_file_that_hides_how_large_it_is_is_refused_on_the_way_and_nothing_is_left(taking, runs):
    taken = 0

    def parts():
        nonlocal taken
        yield b'--line\r\nContent-Disposition: form-data; name="register"; filename="big.csv"\r\n\r\n'
        for _ in range(400):
            taken += 100_000
            yield b"x" * 100_000

    head = {"content-type": "multipart/form-data; boundary=line"}
    answer = taking.post("/en/register/upload", content=parts(), headers=head)
    assert answer.status_code == 413
    assert kept(runs) == []


def test_a_full_disk_gets_a_letter_and_nothing_is_left(taking, runs, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(jobs_upload._Incoming, "_bound_file", full)
    answer = sent(taking, ("a.csv", CSV))
    assert answer.status_code == 507
    assert "has no room for the register" in answer.text
    assert kept(runs) == []


def test_an_upload_that_would_fill_the_disk_is_not_begun(taking, runs, monkeypatch):
    room = namedtuple("room", "total used free")(10**9, 10**9 - 1000, 1000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: room)
    assert sent(taking, ("a.csv", CSV)).status_code == 507
    assert kept(runs) == []


def test_more_runs_than_a_disk_should_hold_are_not_begun(taking, runs):
    for _ in range(MOST_JOBS):
        job(runs, sent(taking, ("a.csv", CSV)))
    answer = sent(taking, ("a.csv", CSV))
    assert answer.status_code == 429
    assert len(kept(runs)) == MOST_JOBS


@pytest.mark.parametrize(
    "name",
    ["../a.csv", "/etc/a.csv", ".csv", "a*.csv", "a[1].csv", "a?.csv", "a'.csv", "a;b.csv", "a\u202e.csv", "x" * 200],
)
def test_a_name_that_could_mean_another_place_is_refused_and_nothing_is_left(taking, runs, place, name):
    before = sorted(place.rglob("*.csv"))
    answer = sent(taking, (name, CSV))
    assert answer.status_code == 422
    assert "could be misread" in answer.text
    assert kept(runs) == []
    assert sorted(place.rglob("*.csv")) == before


@pytest.mark.parametrize("name", ["a.zip", "a.xlsx", "a", "made.json", "a.csv.gz"])
def test_a_file_of_another_kind_is_refused_with_what_would_do(taking, runs, name):
    answer = sent(taking, (name, CSV))
    assert answer.status_code == 422
    assert "neither CSV" in answer.text
    assert kept(runs) == []


def test_a_file_that_comes_twice_and_a_mapping_as_large_as_a_register_are_refused(taking, runs):
    assert "came twice" in sent(taking, ("a.csv", CSV), ("a.csv", CSV)).text
    assert "larger than any mapping is" in sent(taking, ("a.csv", CSV), mapping=b"#" * 70_000).text
    assert kept(runs) == []


PART = b'--l\r\nContent-Disposition: form-data; name="'
IN_PARTS = "multipart/form-data; boundary=l"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PART + b'register"; filename="a.csv"\r\n\r\nA,', IN_PARTS),
        (b"nothing of the kind", IN_PARTS),
        (b"on=2024-12-31", "application/x-www-form-urlencoded"),
        (b"{}", "multipart/form-data"),
        (PART + b'other"; filename="a.csv"\r\n\r\nA\r\n--l--\r\n', IN_PARTS),
        (PART + b'\xff\xfe"\r\n\r\nA\r\n--l--\r\n', IN_PARTS),
        (PART + b'on"\r\n\r\n' + b"1" * 9000 + b"\r\n--l--\r\n", IN_PARTS),
    ],
)
def test_a_form_that_is_none_is_refused_and_nothing_is_left(taking, runs, content, kind):
    answer = taking.post("/en/register/upload", content=content, headers={"content-type": kind})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert kept(runs) == []


def test_a_form_without_a_register_says_so_and_keeps_what_was_typed(taking, runs):
    answer = sent(taking, mapping=None, where="days > 3")
    assert answer.status_code == 422
    assert "Choose the files of a register." in answer.text
    assert 'value="days &gt; 3"' in answer.text
    assert kept(runs) == []


# --- a place on the server -------------------------------------------------------------------------------------------


def test_a_register_in_a_named_folder_is_judged_where_it_lies(taking, runs, place):
    (place / "from" / "extract.csv").write_bytes(CSV)
    for named in ("extract.csv", str(place / "from" / "extract.csv")):
        waiting = job(runs, sent(taking, path=named))
        assert (waiting.source, waiting.uploaded) == (place / "from" / "extract.csv", False)
        taking.post(f"/en/register/jobs/{waiting.id}/delete")
    assert (place / "from" / "extract.csv").read_bytes() == CSV
    assert kept(runs) == []


@pytest.mark.parametrize(
    "named", ["../secret.csv", "secret.csv", "OUTSIDE", "link.csv", "links/secret.csv", "a\x00b", "~/x"]
)
def test_a_place_outside_the_named_folders_is_as_if_it_were_not_there(taking, runs, place, named):
    secret = place / "secret.csv"
    secret.write_bytes(CSV)
    for name, target in (("link.csv", secret), ("links", place)):
        (place / "from" / name).unlink(missing_ok=True)
        (place / "from" / name).symlink_to(target)
    answer = sent(taking, path=str(secret) if named == "OUTSIDE" else named)
    assert answer.status_code == 422
    assert "There is no register" in answer.text
    assert kept(runs) == []


def test_a_link_within_a_folder_that_leads_out_of_it_is_not_read(taking, runs, place):
    folder = place / "from" / "crossings"
    folder.mkdir()
    (folder / "a.csv").write_bytes(CSV)
    (place / "secret.csv").write_bytes(CSV)
    (folder / "b.csv").symlink_to(place / "secret.csv")
    refused = job(runs, sent(taking, path="crossings"))
    assert "b.csv leads out of the folders" in refused.refused[0]
    assert refused.queued is None


@pytest.mark.parametrize("files", ["../*.csv", "/etc/*.csv", "x/../../*.csv", '""', "'  '"])
def test_a_mapping_reaches_no_file_outside_the_folder_of_the_register(taking, runs, files):
    mapping = MAPPING + f"permits: {{files: {files}, coverage: partial}}\n".encode()
    refused = job(runs, sent(taking, ("a.csv", CSV), mapping=mapping))
    assert refused.refused[0].startswith("The mapping names files outside the folder")
    assert refused.queued is None


def test_where_no_folder_is_named_no_place_can_be(site, runs):
    client = TestClient(application(replace(site, settings=replace(site.settings, runs=runs))), follow_redirects=False)
    assert 'name="path"' not in client.get("/en/register").text
    assert sent(client, path="/etc").status_code == 422


# --- what is asked ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "letter"),
    [
        ({"on": "soon"}, "Say through which day"),
        ({"on": "--help"}, "Say through which day"),
        ({"reading": "whim"}, "Choose one of the two readings"),
        ({"reform": "/etc/passwd"}, "Choose one of the changes of law"),
        ({"reform": "uzbekistan-60-days", "where": "days > 3"}, "A comparison of two laws judges all stays"),
        ({"where": "days\x07 > 3"}, "holds signs that no keyboard writes"),
    ],
)
def test_a_question_that_cannot_be_asked_is_told_and_can_be_mended_without_sending_the_register_again(
    taking, runs, fields, letter
):
    refused = job(runs, sent(taking, ("a.csv", CSV), **fields))
    page = taking.get(f"/en/register/jobs/{refused.id}")
    assert letter in page.text
    assert refused.queued is None
    mended = taking.post(f"/en/register/jobs/{refused.id}/again", data=QUESTION | {"mapping": MAPPING.decode()})
    assert job(runs, mended).queued is not None


def test_a_mapping_with_slips_is_told_by_line_without_the_folders_of_the_server(taking, runs):
    refused = job(runs, sent(taking, ("a.csv", CSV), mapping=MAPPING.replace(b"zone:", b"zon:")))
    page = taking.get(f"/en/register/jobs/{refused.id}").text
    assert "mapping.yaml:" in page
    assert str(runs) not in page


def test_a_register_without_a_mapping_asks_for_one(taking, runs):
    refused = job(runs, sent(taking, ("a.csv", CSV), mapping=None))
    assert "Write it down as a mapping." in refused.refused[0]


def test_what_was_typed_is_shown_as_text(taking, runs):
    telling = "</textarea><script>alert(1)</script>{{7*7}}"
    refused = job(runs, sent(taking, ("a.csv", CSV), on=telling, where=telling, mapping=telling.encode()))
    page = taking.get(f"/en/register/jobs/{refused.id}").text
    assert "<script>alert" not in page
    assert "{{7*7}}" in page


@pytest.mark.parametrize(
    "headers",
    [{"origin": "http://elsewhere.example"}, {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}],
)
def test_a_page_of_somebody_else_can_begin_nothing_here(taking, runs, headers):
    answer = taking.post("/en/register/upload", files={"register": ("a.csv", CSV)}, headers=headers)
    assert answer.status_code == 403
    assert kept(runs) == []


def test_every_letter_of_the_form_can_be_said(site):
    values = dict.fromkeys(("most", "files", "file", "path", "size", "name", "reason"), "x")
    for language in LANGUAGES:
        assert all(register_form.say(site, language, code, **values) for code in register_form.SAYS)


# --- what is deleted -------------------------------------------------------------------------------------------------


def test_what_has_been_kept_long_enough_is_deleted_and_nothing_else(taking, site, runs):
    fresh, old = (job(runs, sent(taking, ("a.csv", CSV))) for _ in range(2))
    hours = site.settings.keep_hours
    keep(replace(old, made=datetime.now(UTC) - timedelta(hours=hours, seconds=1)))
    begun, broken_off = new_folder(runs), new_folder(runs)
    (broken_off / "upload").mkdir()
    long_ago = (datetime.now(UTC) - timedelta(hours=2)).timestamp()
    for path in (broken_off / "upload", broken_off):
        os.utime(path, (long_ago, long_ago))
    (runs / "notes").mkdir()
    sweep(Desk(replace(site.settings, runs=runs)))
    assert sorted(kept(runs)) == sorted([fresh.id, begun.name])
    assert (runs / "notes").is_dir()


def test_a_visit_is_enough_for_what_is_due_to_be_deleted(taking, site, runs):
    fresh, old = (job(runs, sent(taking, ("a.csv", CSV))) for _ in range(2))
    keep(replace(old, made=datetime.now(UTC) - timedelta(hours=site.settings.keep_hours)))
    assert taking.get(f"/en/register/jobs/{fresh.id}").status_code == 200
    assert kept(runs) == [fresh.id]


def test_the_page_of_a_job_says_when_it_is_deleted(taking, site, runs):
    waiting = job(runs, sent(taking, ("a.csv", CSV)))
    until = (waiting.made + timedelta(hours=site.settings.keep_hours)).astimezone()
    page = taking.get(f"/en/register/jobs/{waiting.id}").text
    assert f"{site.voices['en'].day(until.date())}, {until:%H:%M}" in page
