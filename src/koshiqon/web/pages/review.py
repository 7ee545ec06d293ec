"""The review: read, chosen, downloaded."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.exceptions import HTTPException

from koshiqon.render.phrases import TITLES
from koshiqon.render.words import Voice
from koshiqon.review.edition import chapter_names
from koshiqon.web.asked import Language, languages_only
from koshiqon.web.pages.review_asked import AskedFor, asked_for, told
from koshiqon.web.pages.review_press import BACK_IN, Busy, Files, Press, press_of
from koshiqon.web.safety import policy_of
from koshiqon.web.site import Site

DOWNLOADS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "csv": "application/zip",
    "bib": "application/x-bibtex; charset=utf-8",
    "csl": "application/vnd.citationstyles.csl+json",
}
"""The formats that can be taken away, and what they are."""


@dataclass(frozen=True, slots=True)
class _Says:
    """A chapter of an edition and the finding it opens with."""

    anchor: str
    title: str
    opening: str


def router(site: Site) -> APIRouter:
    """The form with what an edition says, the document to read, the files to take away."""
    routes = APIRouter(prefix="/{language}/review", dependencies=languages_only(site))
    press = press_of(site.settings.country)

    def asked(request: Request, language: str) -> AskedFor:
        return asked_for(request.query_params, site.country, language, site.today())

    @routes.get("")
    def choose(request: Request, language: Language) -> Response:
        wish = asked(request, language)
        if wish.unmet:
            return _page(site, request, wish, wish.letters(site.voices[language]), status=400)
        if not request.query_params:
            return _page(site, request, wish, [], files=press.at_hand(wish.edition, "json"))
        try:
            return _page(site, request, wish, [], files=press.files(wish.edition, "json"))
        except Busy:
            return _busy(site, request, wish)

    @routes.get("/read")
    def read(request: Request, language: Language) -> Response:
        return _served(site, request, press, asked(request, language), "html", whole=False)

    @routes.get("/review.{form}")
    def download(request: Request, language: Language, form: str) -> Response:
        if form not in DOWNLOADS:
            raise HTTPException(404)
        return _served(site, request, press, asked(request, language), form, whole=True)

    return routes


def _served(site: Site, request: Request, press: Press, wish: AskedFor, form: str, *, whole: bool) -> Response:
    """An edition in a format, to be read here or taken away whole; a wish that cannot be followed leads to the form."""
    if wish.unmet:
        return RedirectResponse(f"{site.path(wish.edition.language, 'review')}?{request.url.query}", 303)
    try:
        files = press.files(wish.edition, form)
    except Busy:
        return _busy(site, request, wish)
    if not whole:
        return _to_read(files["review.html"])
    edition = wish.edition
    ending = {"csl": "csl.json", "csv": "csv.zip"}.get(form, form)
    name = f"review-{site.country.code.lower()}-{edition.on.isoformat()}-{edition.language}.{ending}"
    head = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(_content(files, form), media_type=DOWNLOADS[form], headers=head)


def _content(files: Files, form: str) -> bytes:
    if form != "csv":
        return files["review.csl.json" if form == "csl" else f"review.{form}"]
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            if name.endswith(".csv"):
                archive.writestr(zipfile.ZipInfo(name.removeprefix("tables/")), files[name])
    return stream.getvalue()


def _to_read(document: bytes) -> Response:
    """The whole document."""
    return HTMLResponse(document, headers={"content-security-policy": policy_of(document)})


# --- the page --------------------------------------------------------------------------------------------------------


def _page(
    site: Site, request: Request, wish: AskedFor, letters: list[str], *, status: int = 200, files: Files | None = None
) -> HTMLResponse:
    edition = wish.edition
    voice = site.voices[edition.language]
    return site.page(
        request,
        edition.language,
        "review.html",
        status=status,
        section="review",
        path=f"review{f'?{request.url.query}' if request.url.query else ''}",
        edition=edition,
        letters_told=letters,
        amiss={field: number for number, (field, _, _) in enumerate(wish.unmet)},
        says=tuple(_says(files)) if files is not None else (),
        chapters=[(name, _title(voice, name)) for name in chapter_names(site.country)],
        formats=tuple(DOWNLOADS),
        typed=dict(request.query_params),
    )


def _busy(site: Site, request: Request, wish: AskedFor) -> Response:
    voice = site.voices[wish.edition.language]
    answer = _page(site, request, wish, [told(voice, "busy")], status=503)
    answer.headers["retry-after"] = str(BACK_IN)
    return answer


def _says(files: Files) -> Iterator[_Says]:
    for chapter in json.loads(files["review.json"])["chapters"]:
        yield _Says(chapter["name"], chapter["title"], chapter["opening"][0] if chapter["opening"] else "")


def _title(voice: Voice, name: str) -> str:
    """A chapter's title: the country's own, or the interface's."""
    own = {chapter.name: chapter.title for chapter in voice.country.figure_chapters}
    if name in own:
        return voice.text(own[name]).words
    return voice.title(name) if name in TITLES else name
