"""`koshiqon check`: read a whole country strictly and report every fault."""

from __future__ import annotations

from typing import Annotated

import typer


def check(
    folder: Annotated[
        str, typer.Argument(help="A country that ships (kaz) or the path of a country's folder.")
    ] = "kaz",
    lang: Annotated[str | None, typer.Option(help="Language of the letters: en, ru, kk …")] = None,
) -> None:
    """Read a whole country and report every fault in one run, each as file:line: what, why, what to do."""
    from koshiqon.cli.speaking import leave, translations_for
    from koshiqon.render.letters import letter
    from koshiqon.sources.country_folder import find_country, read_country
    from koshiqon.sources.faults import UnreadableCountry

    language, translations = translations_for(lang)
    try:
        place = find_country(folder)
        reading = read_country(place)
    except UnreadableCountry as problem:
        leave(problem.code, problem.values, language)
    for fault in reading.faults:
        typer.echo(f"{place / fault.file}:{fault.line}: {letter(fault.code, dict(fault.values), translations)}")
    if reading.faults:
        raise typer.Exit(1)
    country = reading.country
    counts = {
        "acts": len(country.acts),
        "provisions": len({str(version.provision) for version in country.provision_versions()}),
        "parameters": len(country.parameters),
        "values": sum(len(parameter.values) for parameter in country.parameters.values()),
        "regimes": len(country.regimes),
        "abroad": len(country.abroad),
        "events": len(country.events),
        "indicators": len(country.indicators),
        "observations": len(country.observations),
        "categories": len(country.categories),
        "rules": len(country.rules),
        "readings": len(country.readings),
        "reforms": len(reading.reforms),
        "sources": len(country.sources),
        "conflicts": len(country.conflicts),
        "questions": len(country.questions),
    }
    spoken = letter("check_counts", {name: str(number) for name, number in counts.items()}, translations)
    typer.echo(letter("check_clean", {"folder": str(place), "counts": spoken}, translations))
