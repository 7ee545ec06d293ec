"""The form of a new job over a register: files that stream to the disk, or a place on the server."""

from __future__ import annotations

import errno
import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect

from koshiqon.web.asked import Language
from koshiqon.web.jobs import MOST_JOBS, Job, jobs_of, keep, new_folder
from koshiqon.web.jobs_running import Desk, ask, sweep
from koshiqon.web.jobs_upload import Sent, UnfitUpload, received
from koshiqon.web.pages.register_form import asked_of, faults_of, place_within, say, source_of, unfit
from koshiqon.web.pages.register_view import form_values
from koshiqon.web.site import Site

AROUND = 1024 * 1024
"""Bytes of a form around its files."""
SPARE = 256 * 1024 * 1024
"""Bytes that an upload leaves free on the disk."""
STATUS = {"too_large": 413, "full": 429, "unwritable": 500, "disk": 507}
"""How a form is answered that was not taken; with 422 for any other reason."""


class Refused(Exception):
    """A form that becomes no job: why, as a code of `register_form.SAYS` and in words, and what its fields held."""

    def __init__(self, code: str, words: str, fields: dict[str, str] | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.words = words
        self.fields = fields or {}


def new_job_pages(pages: APIRouter, site: Site, desk: Desk) -> None:
    """The form, and where it is sent."""

    @pages.get("")
    def _form(request: Request, language: Language) -> Response:
        return _form_page(site, request, language)

    @pages.post("/upload")
    async def _upload(request: Request, language: Language) -> Response:
        try:
            sent = await _taken(request, site, desk, language)
            job = await run_in_threadpool(_job, sent, site, desk, language)
        except ClientDisconnect:
            return Response(status_code=400)
        except Refused as problem:
            return await run_in_threadpool(_form_page, site, request, language, problem)
        return RedirectResponse(site.path(language, "register", "jobs", job.id), 303)


def _form_page(site: Site, request: Request, language: str, problem: Refused | None = None) -> Response:
    fields = problem.fields if problem else {}
    shown = form_values(site, language, asked_of(fields)) | {
        "told": [problem.words] if problem else [],
        "named": fields.get("path", ""),
        "path": "register",
    }
    status = STATUS.get(problem.code, 422) if problem else 200
    return site.page(request, language, "register.html", status=status, section="register", **shown)


async def _taken(request: Request, site: Site, desk: Desk, language: str) -> Sent:
    """The form, on the disk. Raises Refused, and nothing of it is left then."""
    most = site.settings.upload_megabytes * 1024 * 1024 + AROUND
    told = request.headers.get("content-length", "")
    coming = int(told) if told.isascii() and told.isdigit() else 0
    try:
        if coming > most:
            raise UnfitUpload("too_large")
        folder = await run_in_threadpool(_new_folder, site, desk, language, coming)
        return await received(request.stream(), request.headers.get("content-type", ""), folder, most)
    except UnfitUpload as problem:
        raise Refused(problem.code, unfit(problem, site, language)) from None
    except OSError as problem:
        raise _no_room(problem, site, language) from None


def _new_folder(site: Site, desk: Desk, language: str, coming: int) -> Path:
    sweep(desk)
    if sum(1 for _ in jobs_of(desk.runs)) >= MOST_JOBS:
        raise Refused("full", say(site, language, "full", most=MOST_JOBS))
    folder = new_folder(desk.runs)
    if coming + SPARE > shutil.disk_usage(folder).free:
        folder.rmdir()
        raise Refused("disk", say(site, language, "disk"))
    return folder


def _no_room(problem: OSError, site: Site, language: str) -> Refused:
    if problem.errno in (errno.ENOSPC, errno.EDQUOT):
        return Refused("disk", say(site, language, "disk"))
    return Refused("unwritable", say(site, language, "unwritable", reason=problem.strerror or "?"))


def _job(sent: Sent, site: Site, desk: Desk, language: str) -> Job:
    """The job of a form, run as soon as may be. Raises Refused, and nothing of it is left then."""
    try:
        source = _source(sent, site, language)
        asked, made = asked_of(sent.fields), datetime.now(UTC)
        files, size = len(sent.files), sent.bytes
        job = Job(sent.folder, source, bool(files), asked, language, made, files, size)
        refused = faults_of(job, site, language)
        return keep(replace(job, refused=refused)) if refused else ask(desk, job)
    except Refused:
        shutil.rmtree(sent.folder, ignore_errors=True)
        raise
    except OSError as problem:
        shutil.rmtree(sent.folder, ignore_errors=True)
        raise _no_room(problem, site, language) from None


def _source(sent: Sent, site: Site, language: str) -> Path:
    """The register that is meant. Raises Refused."""
    named = sent.fields.get("path", "")

    def refused(code: str, **values: object) -> Refused:
        return Refused(code, say(site, language, code, **values), sent.fields)

    if sent.files and named:
        raise refused("both")
    if sent.files:
        return source_of(sent.folder / "upload", sent.files)
    if not named:
        raise refused("none")
    place = place_within(named, site.settings.registers_from)
    if place is None:
        raise refused("path", path=named)
    return place
