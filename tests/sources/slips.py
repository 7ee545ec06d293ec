"""One slip in a country: how it is written down, how it is made in a copy of Toyland, and which letters come of it.

Every row of a table of slips changes one thing: `file | before → after | where`. `⏎` is a new line and `�` a byte that
is no UTF-8; `(end) → x` adds a line below a file, `(file) → (gone)` takes the file away. `where` begins with a colon
where the line stands in the file that was changed, and names the letter.
"""

from __future__ import annotations

import ast
from pathlib import Path
from typing import NamedTuple

from koshiqon.sources import country_folder, reader
from koshiqon.sources.country_folder import read_country


class Slip(NamedTuple):
    """What is changed in which file, where the letter about it should point, and which letter it is."""

    file: str
    before: str
    after: str
    where: str
    code: str


def slips(*tables: str) -> list[Slip]:
    found = []
    for row in "".join(tables).split("\n"):
        if row:
            file, change, told = row.split(" | ")
            before, after = (part.strip(" ").replace("⏎", "\n") for part in change.split("→"))
            where, _, code = told.partition(" ")
            found.append(Slip(file, before, after, f"{file}{where}" if where.startswith(":") else where, code))
    return found


def named(slip: Slip) -> str:
    return f"{slip.code}-{slip.where}" if slip.code else f"{slip.where}-{slip.after[:30]}"


def make(slip: Slip, country: Path) -> None:
    """Make the slip in a copy of Toyland."""
    file = country / slip.file
    if slip.after == "(gone)":
        file.unlink()
        return
    text = file.read_text(encoding="utf-8")
    before = "" if slip.before == "(end)" else slip.before
    assert before in text, f"Toyland has changed: {slip.file} no longer says {before}"
    text = f"{text}{slip.after}\n" if slip.before == "(end)" else text.replace(before, slip.after, 1)
    file.write_bytes(text.encode().replace("�".encode(), b"\xff"))


def told(country: Path) -> set[tuple[str, str]]:
    """Where the letters about a country point, and which they are."""
    return {(f"{fault.file}:{fault.line}", fault.code) for fault in read_country(country).faults}


# --- the codes of the program -----------------------------------------------------------------------------------------

PROGRAM = Path(country_folder.__file__).parent.parent
CODE_STANDS_AT = {"fault": 2, "at": 1, "refuse": 0, "UnreadableCountry": 1, "UnreadableEdition": 0, "leave": 0}


def codes_told_by(function: str, files: str) -> set[str]:
    """The codes that stand, as words, in the calls of a function in the files of the program that match a pattern."""
    trees = [ast.parse(file.read_text(encoding="utf-8")) for file in PROGRAM.glob(files)]
    calls = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call)]
    codes = [call.args[CODE_STANDS_AT[function]] for call in calls if getattr(call.func, "id", None) == function]
    return {code.value for code in codes if isinstance(code, ast.Constant) if isinstance(code.value, str)}


FILES_OF_A_COUNTRY = [
    "act_files",
    "country_check",
    "country_folder",
    "fields",
    "files",
    "reader",
    "reform_file",
    "rule_check",
    "rule_files",
    "rule_shapes",
    "series_files",
    "shapes",
]
FAULTS_OF_FILES = {
    code
    for function in ("fault", "at", "refuse")
    for file in FILES_OF_A_COUNTRY
    for code in codes_told_by(function, f"sources/{file}.py")
} | {*reader.FAULT_OF_PYDANTIC.values()}
