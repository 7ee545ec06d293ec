"""`koshiqon openapi`: the description of the API, for those who write programs against it."""

from __future__ import annotations

from typing import Annotated

import typer


def openapi(
    out: Annotated[str | None, typer.Option(help="Write it into this file; else it is printed.")] = None,
    country: Annotated[str, typer.Option(help="A country that ships (kaz) or the path of a country's folder.")] = "kaz",
    lang: Annotated[str | None, typer.Option(help="Language of letters: en, ru, kk …")] = None,
) -> None:
    """The OpenAPI document of the API that `koshiqon serve` answers under /api/v1: routes, shapes, true examples."""
    import json
    from pathlib import Path

    from koshiqon.cli.speaking import leave, translations_for
    from koshiqon.cli.writing import write_file
    from koshiqon.settings import Settings
    from koshiqon.sources.faults import UnreadableCountry
    from koshiqon.web.api import api
    from koshiqon.web.api.document import document
    from koshiqon.web.site import site_of

    language, _ = translations_for(lang)
    try:
        site = site_of(Settings(country=country))
    except UnreadableCountry as problem:
        leave(problem.code, problem.values, language)
    told = json.dumps(document(api(site), site), ensure_ascii=False, indent=1)
    if out is None:
        typer.echo(told)
    else:
        write_file(Path(out), f"{told}\n".encode(), language)
