"""The pages of registers where they are taken: the form; each job with its state, its results, what can be done."""

from __future__ import annotations

import shutil
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, FastAPI, Request, Response
from fastapi.responses import FileResponse, RedirectResponse
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException

from koshiqon.web.asked import Language, form_of, languages_only, texts
from koshiqon.web.jobs import Job, State, forgotten, job_of, keep, state_of
from koshiqon.web.jobs_results import Kind, results_of
from koshiqon.web.jobs_running import Desk, ask, at_work, close, delete, start_next, stop, sweep, sweep_until_closed
from koshiqon.web.jobs_upload import LARGEST_MAPPING
from koshiqon.web.pages.register_form import asked_of, faults_of, say
from koshiqon.web.pages.register_new import new_job_pages
from koshiqon.web.pages.register_view import job_values
from koshiqon.web.safety import policy_of
from koshiqon.web.site import Site

UNKEPT = {"cache-control": "no-store"}
"""Neither a page of a job nor a file of it stays in any cache."""


def job_pages(site: Site) -> APIRouter:
    """The routes, and what is done when the server begins and ends."""
    desk = Desk(site.settings)
    rules = [*languages_only(site), Depends(_from_here)]
    pages = APIRouter(prefix="/{language}/register", dependencies=rules, lifespan=_life(desk))
    new_job_pages(pages, site, desk)
    _watching(pages, site, desk)
    _changing(pages, site, desk)
    _deleting(pages, site, desk)
    return pages


def _life(desk: Desk) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def life(_app: FastAPI) -> AsyncIterator[None]:
        desk.closed.clear()
        await run_in_threadpool(sweep, desk)
        await run_in_threadpool(start_next, desk)
        threading.Thread(target=sweep_until_closed, args=(desk,), daemon=True).start()
        yield
        await run_in_threadpool(close, desk)

    return life


def _from_here(request: Request) -> None:
    """What changes something must come from a page of this server: somebody else's page could send a form to a server
    that runs on the reader's own machine.
    """
    if request.method != "POST":
        return
    origin = request.headers.get("origin", "null")
    strange = origin != "null" and urlsplit(origin).netloc != request.headers.get("host")
    if strange or request.headers.get("sec-fetch-site", "none") not in ("same-origin", "none"):
        raise HTTPException(403)


# --- one job ---------------------------------------------------------------------------------------------------------


def _watching(pages: APIRouter, site: Site, desk: Desk) -> None:
    @pages.get("/jobs/{id_}")
    def _job(request: Request, language: Language, id_: str) -> Response:
        sweep(desk)
        start_next(desk)
        return _job_page(site, desk, request, language, id_)

    @pages.get("/jobs/{id_}/files/{name:path}")
    def _file(id_: str, name: str) -> Response:
        job = _known(desk, id_)
        if state_of(job, None) is not State.DONE:
            raise HTTPException(404)
        found = next((result for result in results_of(job.run) if result.name == name), None)
        if found is None:
            raise HTTPException(404)
        if found.kind is Kind.READ:
            page = found.path.read_bytes()
            return Response(page, media_type=found.media, headers=UNKEPT | {"content-security-policy": policy_of(page)})
        return FileResponse(found.path, media_type=found.media, filename=found.saved_as, headers=UNKEPT)


def _job_page(site: Site, desk: Desk, request: Request, language: str, id_: str) -> Response:
    working = at_work(desk)
    job = _known(desk, id_)
    shown = job_values(job, state_of(job, working), site, language)
    page = site.page(
        request,
        language,
        "register_job.html",
        section="register",
        path=f"register/jobs/{id_}",
        scripts=("register.js",),
        **shown,
    )
    page.headers.update(UNKEPT)
    return page


def _known(desk: Desk, id_: str) -> Job:
    job = job_of(desk.runs, id_)
    if job is None:
        raise HTTPException(404)
    return job


# --- what can be done with it ----------------------------------------------------------------------------------------


def _changing(pages: APIRouter, site: Site, desk: Desk) -> None:
    @pages.post("/jobs/{id_}/stop")
    def _stop(language: Language, id_: str) -> Response:
        _known(desk, id_)
        stop(desk, id_)
        return _back(site, language, id_)

    @pages.post("/jobs/{id_}/go")
    def _go(language: Language, id_: str) -> Response:
        job = _idle(desk, id_)
        if job.source.exists() and state_of(job, None) in (State.STOPPED, State.GONE):
            ask(desk, job)
        return _back(site, language, id_)

    @pages.post("/jobs/{id_}/again")
    def _again(language: Language, id_: str, form: Annotated[FormData, Depends(form_of)]) -> Response:
        job = _idle(desk, id_)
        if job.source.exists() and state_of(job, None) is State.REFUSED:
            _asked_anew(job, form, site, desk, language)
        return _back(site, language, id_)


def _deleting(pages: APIRouter, site: Site, desk: Desk) -> None:
    @pages.post("/jobs/{id_}/forget")
    def _forget(language: Language, id_: str) -> Response:
        forgotten(_idle(desk, id_))
        return _back(site, language, id_)

    @pages.post("/jobs/{id_}/delete")
    def _delete(request: Request, language: Language, id_: str) -> Response:
        _known(desk, id_)
        delete(desk, id_)
        return site.page(request, language, "register_deleted.html", section="register", path="register")


def _back(site: Site, language: str, id_: str) -> Response:
    return RedirectResponse(site.path(language, "register", "jobs", id_), 303)


def _idle(desk: Desk, id_: str) -> Job:
    """A job at which nobody is at work."""
    working = at_work(desk)
    job = _known(desk, id_)
    if job.id == working:
        raise HTTPException(409)
    return job


def _asked_anew(job: Job, form: FormData, site: Site, desk: Desk, language: str) -> None:
    """The same register, with a question or a mapping that was mended."""
    fields = {name: told[0] for name in form if (told := texts(form, name))}
    mapping = fields.get("mapping", "")
    anew = replace(job, asked=asked_of(fields), language=language, code=None, refused=())
    if len(mapping.encode()) > LARGEST_MAPPING:
        keep(replace(anew, refused=(say(site, language, "mapping_large"),)))
        return
    if mapping:
        job.mapping.write_text(mapping.replace("\r\n", "\n") + "\n", encoding="utf-8")
    else:
        job.mapping.unlink(missing_ok=True)
    shutil.rmtree(job.run, ignore_errors=True)
    refused = faults_of(anew, site, language)
    if refused:
        keep(replace(anew, refused=refused))
        return
    ask(desk, anew)
