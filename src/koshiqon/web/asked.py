"""What a request asks, read strictly: its language, the fields of its form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import Depends, Path, Request
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException

from koshiqon.web.site import Site

Language = Annotated[str, Path(pattern="^[a-z]{2,3}$")]
"""The first part of a path."""
MOST_FIELDS = 400
"""Fields of one form."""


def languages_only(site: Site) -> list[Any]:
    """A dependency that lets only languages through that ship."""

    async def check(language: Language) -> None:
        if language not in site.voices:
            raise HTTPException(404)

    return [Depends(check)]


async def form_of(request: Request) -> FormData:
    """The fields of a form without files, as a dependency: `form: Annotated[FormData, Depends(form_of)]`."""
    return await request.form(max_files=0, max_fields=MOST_FIELDS)


def texts(form: FormData, name: str) -> Sequence[str]:
    """All fields of one name as text, trimmed, the empty ones too: rows of a table keep their places."""
    return [value.strip() for value in form.getlist(name) if isinstance(value, str)]
