"""Jobs over a register of Toyland: processes of their own that are watched, stopped, gone on with, read and deleted."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from serving import served
from starlette.testclient import TestClient
from typer.testing import CliRunner

from koshiqon.cli import app as command
from koshiqon.engine.run_progress import PHASES, read_progress, written_to
from koshiqon.settings import Settings
from koshiqon.web import jobs_running
from koshiqon.web.application import application
from koshiqon.web.jobs import Asked, Job, State, job_of, keep, new_folder, state_of
from koshiqon.web.jobs_results import results_of
from koshiqon.web.jobs_running import Desk, ask, at_work, command_of, sweep
from koshiqon.web.site import Site, site_of

LANGUAGES = ("en", "kk", "ru")
ON = "2024-12-31"
WHERE = "citizenship IS NOT NULL"
PATIENCE = 120
"""Seconds that a run may take on a busy machine."""


def cli(*arguments: object) -> None:
    done = CliRunner(env={"COLUMNS": "100"}).invoke(command, list(map(str, arguments)))
    assert done.exit_code == 0, done.output


@pytest.fixture(scope="module")
def register(tmp_path_factory, toyland) -> Path:
    folder = tmp_path_factory.mktemp("from") / "made"
    days = ("--since", "2024-01-01", "--until", ON, "--seed", "5")
    cli("register", "make", "--persons", 300, *days, "--country", toyland, "--out", folder)
    return folder


@pytest.fixture(scope="module")
def site(tmp_path_factory, toyland, register) -> Site:
    runs = tmp_path_factory.mktemp("runs")
    given = Settings(country=str(toyland), registers=True, runs=runs, registers_from=(register.parent,), secret="x")
    return site_of(given)


@pytest.fixture(scope="module")
def desk(site) -> Desk:
    return Desk(site.settings)


@pytest.fixture(scope="module")
def client(site) -> TestClient:
    return TestClient(application(site), follow_redirects=False)


@pytest.fixture(scope="module")
def server(site) -> Iterator[str]:
    with served(site) as address:
        yield address


def asked(client: TestClient, **fields: str) -> str:
    """The id of a new job over the register on the server."""
    given = {"on": ON, "reading": "practice", "path": "made"} | fields
    answer = client.post("/en/register/upload", data=given, files={"register": ("", b"")})
    assert answer.status_code == 303, answer.text
    return answer.headers["location"].rpartition("/")[2]


def job(desk: Desk, id_: str) -> Job:
    found = job_of(desk.runs, id_)
    assert found is not None
    return found


def state(desk: Desk, id_: str) -> State:
    working = at_work(desk)
    return state_of(job(desk, id_), working)


def awaited(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < until, "it did not come to that"
        time.sleep(0.02)


def ended(desk: Desk, id_: str) -> State:
    awaited(lambda: state(desk, id_) not in (State.WAITING, State.AT_WORK))
    return state(desk, id_)


def begun(desk: Desk, id_: str) -> None:
    """Wait until the process of a job has begun its run."""
    awaited((job(desk, id_).run / "unfinished" / "asked.json").exists)


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != "times.json")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.fixture(scope="module")
def judged(client, desk, register) -> str:
    """A finished job over the register, which was uploaded."""
    files = [("register", (path.name, path.read_bytes())) for path in sorted(register.iterdir())]
    answer = client.post("/ru/register/upload", data={"on": ON, "reading": "practice", "where": WHERE}, files=files)
    id_ = answer.headers["location"].rpartition("/")[2]
    assert ended(desk, id_) is State.DONE, job(desk, id_).told.read_text()
    return id_


@pytest.fixture(scope="module")
def by_command(tmp_path_factory, register, toyland) -> Path:
    """The same as the command line does it."""
    folder = tmp_path_factory.mktemp("by-command") / "run"
    more = ("--country", toyland, "--reading", "practice", "--where", WHERE)
    cli("screen", register, "--on", ON, *more, "--out", folder)
    return folder


@pytest.fixture
def hearing_interrupts() -> Iterator[None]:
    """Let processes hear SIGINT: a background job of a shell is born deaf to it, and so are its children."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


# --- what comes of it ------------------------------------------------------------------------------------------------


def test_an_upload_ends_with_the_very_bytes_that_the_command_makes(judged, desk, by_command):
    assert contents(job(desk, judged).run) == contents(by_command)


def test_every_file_that_the_page_names_can_be_had_and_is_kept_by_no_cache(client, judged, by_command):
    page = client.get(f"/en/register/jobs/{judged}")
    assert page.headers["cache-control"] == "no-store"
    for name, content in contents(by_command).items():
        assert f"/en/register/jobs/{judged}/files/{name}" in page.text
        answer = client.get(f"/en/register/jobs/{judged}/files/{name}")
        assert answer.content == content
        assert answer.headers["cache-control"] == "no-store"
        assert ("attachment" in answer.headers.get("content-disposition", "")) == (not name.endswith(".html"))


def test_files_about_single_people_stand_apart_with_a_warning(client, judged):
    page = client.get(f"/en/register/jobs/{judged}").text
    published, _, about_persons = page.partition("About single people")
    assert "Keep them where you keep the register" in about_persons
    assert ".parquet" not in published.partition("</h1>")[2]
    assert "stays/stays-0000.parquet" in about_persons


@pytest.mark.parametrize(
    "name",
    ["../job.json", "..%2fjob.json", "%2e%2e/job.json", "tables/..%2f..%2fjob.json", "%2fetc%2fpasswd",
     "unfinished/lock", "run.json%00.csv", "stdout.txt", "..%5cjob.json", "upload"],
)  # fmt: skip
def test_no_name_leads_to_anything_but_a_result(client, judged, name):
    assert client.get(f"/en/register/jobs/{judged}/files/{name}").status_code == 404


def test_a_link_put_among_the_results_is_not_followed(client, desk, judged, tmp_path):
    secret = tmp_path / "secret.csv"
    secret.write_text("secret")
    link = job(desk, judged).run / "tables" / "link.csv"
    link.symlink_to(secret)
    try:
        assert client.get(f"/en/register/jobs/{judged}/files/tables/link.csv").status_code == 404
    finally:
        link.unlink()


def test_a_server_that_was_restarted_finds_its_jobs_again(site, judged):
    with TestClient(application(site)) as another:
        assert "Done." in another.get(f"/en/register/jobs/{judged}").text


def test_the_command_gives_no_word_of_a_form_to_the_program_as_an_option(desk, judged):
    given = replace(job(desk, judged).asked, where="--json", reading="--json", on="--json", reform="")
    said = command_of(replace(job(desk, judged), asked=given), "kaz")
    assert "--json" not in said
    assert {"--where=--json", "--reading=limits=--json", "--on=--json"} <= set(said)


# --- two laws --------------------------------------------------------------------------------------------------------


def test_a_change_of_law_is_compared_as_by_the_command(tmp_path):
    """In Kazakhstan, which alone has a reform that a register can be judged by."""
    desk = Desk(Settings(registers=True, runs=tmp_path / "runs"))
    folder = new_folder(desk.runs)
    source, mapping = folder / "stays.csv", folder / "mapping.yaml"
    lives = [("RUS", "2023-02-01,2023-05-01"), ("RUS", "2023-05-03,2023-05-10"), ("UZB", "2023-06-01,2023-07-10")]
    rows = [f"{code}-{number},{code},{stay}" for code, stay in lives for number in range(30)]
    source.write_text("person,citizenship,entry,exit\n" + "\n".join(rows) + "\n")
    columns = "{person: person, citizenship: citizenship, entry: entry, exit: exit}"
    mapping.write_text(f"holds: stays\nzone: Asia/Almaty\ncolumns: {columns}\n")
    question = Asked("2024-12-31", "practice", "", "law-before-27-january-2023")
    ask(desk, Job(folder, source, False, question, "en", datetime.now(UTC)))
    assert ended(desk, folder.name) is State.DONE, job(desk, folder.name).told.read_text()
    more = ("--mapping", mapping, "--on", "2024-12-31", "--reading", "practice")
    cli("reform", "law-before-27-january-2023", "--register", source, *more, "--out", tmp_path / "run")
    assert contents(folder / "run") == contents(tmp_path / "run")
    assert "compared/compared-0000.parquet" in {result.name for result in results_of(folder / "run")}


# --- watched, stopped, gone on with ----------------------------------------------------------------------------------


@pytest.mark.usefixtures("hearing_interrupts")
def test_a_run_that_was_stopped_goes_on_to_the_same_bytes_and_its_process_is_gone(client, desk, by_command):
    id_ = asked(client, where=WHERE)
    begun(desk, id_)
    process = desk_note(desk)["process"]
    assert "At work." in client.get(f"/en/register/jobs/{id_}").text
    assert os.getpriority(os.PRIO_PROCESS, process) == jobs_running.NICENESS
    assert os.getpgid(process) == process
    client.post(f"/en/register/jobs/{id_}/stop")
    assert ended(desk, id_) is State.STOPPED
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)
    assert "the run can go on from there" in client.get(f"/en/register/jobs/{id_}").text
    client.post(f"/en/register/jobs/{id_}/go")
    assert ended(desk, id_) is State.DONE
    assert contents(job(desk, id_).run) == contents(by_command)


def desk_note(desk: Desk) -> dict:
    return json.loads((desk.runs / "at-work").read_text())


def test_a_process_that_hears_nothing_is_killed_after_a_while(client, desk, monkeypatch):
    monkeypatch.setattr(jobs_running, "GRACE", 0.2)
    id_ = asked(client)
    begun(desk, id_)
    process = desk_note(desk)["process"]
    os.kill(process, signal.SIGSTOP)
    client.post(f"/en/register/jobs/{id_}/stop")
    assert ended(desk, id_) is State.STOPPED


def test_one_run_is_at_work_at_a_time_and_the_next_begins_when_it_is_gone(client, desk):
    first, second = asked(client), asked(client)
    begun(desk, first)
    assert (state(desk, first), state(desk, second)) == (State.AT_WORK, State.WAITING)
    assert "this one follows" in client.get(f"/en/register/jobs/{second}").text
    client.post(f"/en/register/jobs/{first}/delete")
    assert job_of(desk.runs, first) is None
    awaited(lambda: state(desk, second) is State.AT_WORK)
    client.post(f"/en/register/jobs/{second}/delete")
    assert at_work(desk) is None


def test_a_run_whose_process_was_killed_says_so_and_offers_to_go_on(client, desk):
    id_ = asked(client)
    begun(desk, id_)
    os.killpg(desk_note(desk)["process"], signal.SIGKILL)
    assert ended(desk, id_) is State.GONE
    page = client.get(f"/en/register/jobs/{id_}").text
    assert "ended before it was done" in page
    assert f"/en/register/jobs/{id_}/go" in page


@pytest.mark.usefixtures("hearing_interrupts")
def test_a_server_that_ends_ends_its_runs_and_leaves_them_to_be_gone_on_with(site, desk):
    with TestClient(application(site), follow_redirects=False) as serving:
        id_ = asked(serving)
        begun(desk, id_)
        process = desk_note(desk)["process"]
    assert at_work(desk) is None
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)
    assert ended(desk, id_) is State.GONE


def test_a_run_that_outlived_its_server_is_seen_by_the_next_and_can_be_stopped_there(site, client, desk):
    id_ = asked(client)
    begun(desk, id_)
    with TestClient(application(site), follow_redirects=False) as another:
        assert "At work." in another.get(f"/en/register/jobs/{id_}").text
        another.post(f"/en/register/jobs/{id_}/delete")
    assert job_of(desk.runs, id_) is None
    assert at_work(desk) is None


def test_what_the_register_itself_shows_to_be_wrong_is_told_and_can_be_mended(client, desk):
    id_ = asked(client, where="overstay_dais > 3")
    assert ended(desk, id_) is State.REFUSED
    page = client.get(f"/en/register/jobs/{id_}").text
    assert "overstay_dais" in page
    assert "which is no column" in page
    client.post(f"/en/register/jobs/{id_}/again", data={"on": ON, "reading": "practice", "where": "days > 3"})
    begun(desk, id_)
    client.post(f"/en/register/jobs/{id_}/delete")


# --- deleted ---------------------------------------------------------------------------------------------------------


def test_the_register_goes_as_soon_as_somebody_asks_and_the_results_stay(client, desk, judged):
    assert job(desk, judged).upload.is_dir()
    client.post(f"/en/register/jobs/{judged}/forget")
    assert not job(desk, judged).upload.exists()
    assert client.get(f"/en/register/jobs/{judged}/files/run.json").status_code == 200


def test_a_job_that_is_still_at_work_when_its_time_is_over_is_ended_and_deleted(client, desk):
    id_ = asked(client)
    begun(desk, id_)
    keep(replace(job(desk, id_), made=job(desk, id_).made.replace(year=2000)))
    sweep(desk)
    assert job_of(desk.runs, id_) is None
    assert not (desk.runs / id_).exists()
    assert at_work(desk) is None


# --- progress --------------------------------------------------------------------------------------------------------


def test_progress_is_told_in_the_order_of_the_phases_and_reckoned_from_the_first_telling(tmp_path, monkeypatch):
    moments = iter([0.0, 1.0, 2.0, 4.0])
    monkeypatch.setattr("koshiqon.engine.run_progress.monotonic", lambda: next(moments))
    with written_to(tmp_path / "progress") as told:
        assert read_progress(tmp_path / "progress") is None
        told("reading", 0, 5)
        told("screening", 100, 500)
        assert read_progress(tmp_path / "progress").rate is None
        told("screening", 300, 500)
        with (tmp_path / "progress").open("a") as half:
            half.write('{"phase": "scr')
        progress = read_progress(tmp_path / "progress")
    assert (progress.phase, progress.done, progress.of) == ("screening", 300, 500)
    assert (progress.rate, progress.seconds_left) == (100.0, 2.0)
    assert PHASES.index(progress.phase) == 2


# --- in a browser ----------------------------------------------------------------------------------------------------


@pytest.mark.browser
def test_a_register_is_sent_watched_and_read_in_a_browser(opened, register, grave_faults, desk):
    page = opened("/kk/register")
    assert grave_faults(page) == []
    page.set_input_files("#register", sorted(register.iterdir()))
    page.fill("#on", ON)
    page.press("#on", "Enter")
    page.wait_for_url("**/register/jobs/*")
    assert grave_faults(page) == []
    page.wait_for_selector('#job[data-state="done"]', timeout=PATIENCE * 1000)
    assert page.inner_text("#state") == "Дайын."
    assert grave_faults(page) == []
    page.click(".doors a >> nth=0")
    assert page.eval_on_selector("body", "body => getComputedStyle(body).marginTop") != "8px", "its style is not taken"
    page.go_back()
    page.click("summary >> nth=0")
    page.click("form[action$=delete] button")
    assert page.inner_text("h1") == "Жойылды"


@pytest.mark.browser
@pytest.mark.parametrize("language", LANGUAGES)
def test_without_scripts_a_register_is_sent_mended_and_deleted_on_a_small_screen(opened, language, desk):
    page = opened(f"/{language}/register", width=360, script=False)
    content = b"person,direction,moment\nA,in,2024-01-01\n"
    page.set_input_files("#register", {"name": "a.csv", "mimeType": "text/csv", "buffer": content})
    page.fill("#on", ON)
    page.click("button.first")
    id_ = page.url.rpartition("/")[2]
    assert "mapping" in page.inner_html("form[action$=again]")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.fill(
        "#mapping", "holds: crossings\ncolumns: {person: person, direction: direction, moment: moment}\nzone: UTC"
    )
    page.click("form[action$=again] button")
    awaited((job(desk, id_).folder / "progress.jsonl").exists)
    page.click("#progress a")
    assert page.url.endswith(id_)
    page.click(".delete summary")
    page.click("form[action$=delete] button")
    assert job_of(desk.runs, id_) is None


@pytest.mark.browser
@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_form_and_a_refused_job_have_no_grave_fault(opened, client, desk, grave_faults, language):
    page = opened(f"/{language}/register", width=768)
    page.eval_on_selector_all("details", "all => all.forEach(one => one.open = true)")
    assert grave_faults(page) == []
    refused = asked(client, on="soon")
    page = opened(f"/{language}/register/jobs/{refused}", width=360, dark=True)
    assert grave_faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
