"""Facts in, facts kept: is every row of the facts files somewhere in the country?

A *row* of a CSV file is a record; of `categories.yaml`, an entry of one of its lists or maps; of a Markdown file, a
table row, a list item or a paragraph.
Each has a key and a hash. The manifest (one CSV a facts file, under tests/house/coverage/) says for each key where
the row went,
as references into the country, or why it was left out.

    python tools/coverage.py list FACTS              print key, hash and the beginning of each row of each file
    python tools/coverage.py check FACTS             compare the facts with the manifest; exit 1 where they differ
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from ruamel.yaml import YAML

MANIFEST = Path(__file__).parent.parent / "tests" / "house" / "coverage"
MOST_LEFT_OUT = 0.02

CSV_KEYS = {
    "visa_free.csv": ("citizenship_iso3", "regime", "valid_from", "instrument_ref"),
    "stay_timeline.csv": ("date", "instrument", "change"),
    "policy_changes.csv": ("date_adopted", "instrument", "provision", "policy_area"),
    "figures_kz.csv": ("indicator", "year", "breakdown", "value", "source_url"),
    "series_kaz.csv": ("indicator", "counterpart_area", "sex", "age", "time_period", "source"),
    "regional_stay.csv": ("host_iso3", "citizenship_iso3", "regime", "valid_from", "valid_to"),
}


class Row(NamedTuple):
    """One row of a facts file: its key (unique in the file), the hash of its content, its text."""

    key: str
    sha256: str
    text: str


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def rows_of(path: Path) -> list[Row]:
    """The rows of one facts file, each key made unique by a number where the file repeats it."""
    readers = {".csv": csv_rows, ".md": markdown_rows, ".yaml": yaml_rows}
    seen: Counter[str] = Counter()
    rows = []
    for key, text in readers[path.suffix](path):
        seen[key] += 1
        rows.append(Row(key if seen[key] == 1 else f"{key} #{seen[key]}", digest(text), text))
    return rows


def csv_rows(path: Path) -> Iterator[tuple[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        for record in csv.DictReader(file):
            yield "|".join(record[name] for name in CSV_KEYS[path.name]), "\x1f".join(record.values())


def yaml_rows(path: Path) -> Iterator[tuple[str, str]]:
    for part, content in YAML(typ="safe").load(path.read_text(encoding="utf-8")).items():
        if isinstance(content, list):
            for entry in content:
                yield f"{part}/{entry['key']}", repr(entry)
        elif part == "decision_tree":
            yield part, content["description"]
            for name in ("steps", "overlays", "flags"):
                for number, entry in enumerate(content[name], 1):
                    yield f"{part}/{name}/{number}", repr(entry)
        else:
            for name, entry in content.items():
                yield f"{part}/{name}", repr(entry)


def markdown_rows(path: Path) -> Iterator[tuple[str, str]]:
    """Table rows (the row under a ruler and below), list items and paragraphs, keyed by section and number."""
    section, table, fenced = "0", False, False
    count: Counter[str] = Counter()
    block: list[str] = []

    def flush() -> Iterator[tuple[str, str]]:
        if block:
            text = " ".join(line.strip() for line in block)
            kind = "list" if re.match(r"([-*]|\d+\.)\s", text) else "para"
            count[f"{section}/{kind}"] += 1
            yield f"{section}/{kind}/{count[f'{section}/{kind}']}", text
            block.clear()

    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("```"):
            fenced = not fenced
            continue
        if fenced:
            block.append(line)
            continue
        if not line.startswith("|"):
            table = False
        if not line.strip() or line.strip("-") == "":
            yield from flush()
        elif line.startswith("#"):
            yield from flush()
            section = re.sub(r"\W+", "-", line.lstrip("# ").lower()).strip("-")[:40]
        elif re.fullmatch(r"\|[ :|-]+\|", line):
            table = True
        elif line.startswith("|"):
            yield from flush()
            if table:
                count[f"{section}/table"] += 1
                yield f"{section}/table/{count[f'{section}/table']}", line
        else:
            if re.match(r"\s*([-*]|\d+\.)\s", line):
                yield from flush()
            block.append(line)
    yield from flush()


def manifest_of(name: str) -> dict[str, dict[str, str]]:
    """The manifest of one facts file, by key; a long one may lie in parts (`law_status.md.manifest.csv`,
    `law_status.md.2.manifest.csv`).
    """
    entries: dict[str, dict[str, str]] = {}
    for path in sorted(MANIFEST.glob(f"{name}*.manifest.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            entries |= {record["key"]: record for record in csv.DictReader(file)}
    return entries


def check_file(path: Path) -> tuple[list[str], int, int]:
    """Faults of one file's manifest, number of rows, number left out."""
    rows, manifest = rows_of(path), manifest_of(path.name)
    faults = []
    for row in rows:
        entry = manifest.get(row.key)
        if entry is None:
            faults.append(f"{path.name}: {row.key}: not in the manifest: {row.text[:80]}")
        elif entry["sha256"] != row.sha256:
            faults.append(
                f"{path.name}: {row.key}: changed since it was transcribed: read it again, then renew its hash"
            )
        elif not entry["went_to"] and not entry["left_out"]:
            faults.append(f"{path.name}: {row.key}: neither a place nor a reason")
    keys = {row.key for row in rows}
    faults += [f"{path.name}: {key}: in the manifest, not in the facts" for key in manifest if key not in keys]
    left_out = sum(1 for entry in manifest.values() if entry["left_out"] and not entry["went_to"])
    return faults, len(rows), left_out


def facts_files(folder: Path) -> list[Path]:
    return sorted(
        path for path in folder.iterdir() if path.suffix in (".csv", ".md", ".yaml") and path.name != "README.md"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("list", "check"))
    parser.add_argument("facts", type=Path)
    parser.add_argument("--file", help="only this file of the facts")
    given = parser.parse_args()
    if not given.facts.is_dir():
        print(
            f"{given.facts}: no such folder. The facts lie beside the project, in ../shared/facts; name that folder.",
            file=sys.stderr,
        )
        return 2
    files = [path for path in facts_files(given.facts) if given.file in (None, path.name)]
    if given.what == "list":
        writer = csv.writer(sys.stdout)
        writer.writerow(("file", "key", "sha256", "text"))
        for path in files:
            writer.writerows((path.name, *row) for row in rows_of(path))
        return 0
    faulty = False
    for path in files:
        faults, rows, left_out = check_file(path)
        too_many = left_out > MOST_LEFT_OUT * rows
        faulty |= bool(faults) or too_many
        print("\n".join(faults)) if faults else None
        print(
            f"{path.name}: {rows} rows, {rows - left_out} kept, {left_out} left out ({left_out / rows:.1%})"
            + (" TOO MANY" if too_many else "")
        )
    return 1 if faulty else 0


if __name__ == "__main__":
    sys.exit(main())
