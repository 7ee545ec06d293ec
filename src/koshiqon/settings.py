"""What a server is told by its surroundings, read once: the variables KOSHIQON_*.

UnfitSetting  a variable does not hold what it should
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from koshiqon.render.catalogs import languages

YES, NO = ("1", "yes", "true", "on"), ("0", "no", "false", "off", "")
MEBIBYTE = 1024 * 1024
BASE_PATH = re.compile(r"(/[A-Za-z0-9._~-]+)+")
OF_THE_SITE = ("static", "health", "api")
"""With the languages, how a path on the site itself begins. A base path that begins so could not be told from it."""


class UnfitSetting(ValueError):
    """A variable that cannot be used. `code` names the letter that says what it may hold; `values` stand in it."""

    def __init__(self, code: str, name: str, value: str) -> None:
        super().__init__(f"{code}: {name} is «{value}»")
        self.code = code
        self.values = {"name": name, "value": value}


@dataclass(frozen=True, slots=True)
class Settings:
    """How the server works.

    country           the country served: one that ships, or the path of a folder
    base_path         where a proxy puts the server, such as `/koshiqon`; empty at the root
    names             the names by which a browser may ask for it, without port; empty: any
    registers         whether registers may be given to it: on for a local server, off for a public one
    runs              the folder where runs of registers and their uploads are kept
    registers_from    the folders on the server whose registers may be named; empty: none
    upload_megabytes  how large an upload may be
    keep_hours        how long an upload and its run are kept
    secret            signs what a form carries from page to page; drawn at the start where it is empty
    """

    country: str = "kaz"
    base_path: str = ""
    names: tuple[str, ...] = ()
    registers: bool = False
    runs: Path = Path("koshiqon-runs")
    registers_from: tuple[Path, ...] = ()
    upload_megabytes: int = 2048
    keep_hours: int = 24
    secret: str = ""


def settings_from(variables: Mapping[str, str]) -> Settings:
    """The settings that variables of the environment hold; folders are separated as in PATH. Raises UnfitSetting."""
    usual = Settings()
    folders = variables.get("KOSHIQON_REGISTERS_FROM", "")
    return Settings(
        country=variables.get("KOSHIQON_COUNTRY", usual.country),
        base_path=_base_path(variables.get("KOSHIQON_BASE_PATH", usual.base_path)),
        names=tuple(name.lower() for name in variables.get("KOSHIQON_NAMES", "").split()),
        registers=_switch("KOSHIQON_REGISTERS", variables, usual.registers),
        runs=Path(variables.get("KOSHIQON_RUNS", str(usual.runs))),
        registers_from=tuple(Path(folder) for folder in folders.split(os.pathsep) if folder),
        upload_megabytes=_number("KOSHIQON_UPLOAD_MEGABYTES", variables, usual.upload_megabytes),
        keep_hours=_number("KOSHIQON_KEEP_HOURS", variables, usual.keep_hours),
        secret=variables.get("KOSHIQON_SECRET", usual.secret),
    )


def variables_of(settings: Settings) -> dict[str, str]:
    """The variables that give these settings to another process."""
    return {
        "KOSHIQON_COUNTRY": settings.country,
        "KOSHIQON_BASE_PATH": settings.base_path,
        "KOSHIQON_NAMES": " ".join(settings.names),
        "KOSHIQON_REGISTERS": "yes" if settings.registers else "no",
        "KOSHIQON_RUNS": str(settings.runs),
        "KOSHIQON_REGISTERS_FROM": os.pathsep.join(str(folder) for folder in settings.registers_from),
        "KOSHIQON_UPLOAD_MEGABYTES": str(settings.upload_megabytes),
        "KOSHIQON_KEEP_HOURS": str(settings.keep_hours),
        "KOSHIQON_SECRET": settings.secret,
    }


def _base_path(given: str) -> str:
    path = given.rstrip("/")
    parts = path.split("/")[1:]
    if path and (not BASE_PATH.fullmatch(path) or {".", ".."} & set(parts) or parts[0] in (*OF_THE_SITE, *languages())):
        raise UnfitSetting("setting_no_base_path", "KOSHIQON_BASE_PATH", given)
    return path


def _switch(name: str, variables: Mapping[str, str], usual: bool) -> bool:
    given = variables.get(name)
    if given is None:
        return usual
    if given.lower() not in YES + NO:
        raise UnfitSetting("setting_no_switch", name, given)
    return given.lower() in YES


def _number(name: str, variables: Mapping[str, str], usual: int) -> int:
    given = variables.get(name)
    if given is None:
        return usual
    if not given.isascii() or not given.isdigit() or len(given) > 9 or int(given) < 1:
        raise UnfitSetting("setting_no_number", name, given)
    return int(given)
