"""The manual's chapter "What the rules say", written from the tables that the tests run: tests/spec/conditions.txt.

python tools/what_the_rules_say.py > docs/reference/what-the-rules-say.md
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

TABLES = Path(__file__).parent.parent / "tests" / "spec" / "conditions.txt"
HEAD = """# What the rules say

Each row is a condition, what is given, and what comes of it. The tables are run as tests (`tests/spec`), so this page
cannot say what the program does not do.

The words are those of an invented country: `p` and `q` are yes or no, `n` and `m` numbers, `start` and `end` dates, `c`
one of work, study and visit, `some` a list of these; `limit` and `term` are set by an act, `days_present` is measured,
`quota` is a table. What is not given is missing. A name may also be given as unknown for another reason:
`officer_decides`, `not_defined`, `not_modelled`, `sources_conflict`.
"""


@dataclass(frozen=True, slots=True)
class Row:
    """A condition, the values given, and the outcome: `yes`, `no`, or `unknown:` with its reasons."""

    condition: str
    given: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Section:
    """One thing that conditions can say: its name, a sentence, its rows."""

    title: str
    sentence: str
    rows: tuple[Row, ...]


def sections(text: str) -> Iterator[Section]:
    """The sections of the tables, in order."""
    for part in text.split("# ")[1:]:
        title, sentence, *rows = part.strip().splitlines()
        yield Section(title, sentence, tuple(Row(*(cell.strip() for cell in row.split(" |"))) for row in rows))


def chapter() -> str:
    """The whole page."""
    parts = [HEAD]
    for section in sections(TABLES.read_text(encoding="utf-8")):
        rows = [f"| `{row.condition}` | {row.given or 'nothing'} | {row.outcome} |" for row in section.rows]
        parts.append(
            "\n".join(
                [
                    f"## {section.title}\n\n{section.sentence}\n",
                    "| condition | given | outcome |",
                    "|---|---|---|",
                    *rows,
                    "",
                ]
            )
        )
    return "\n".join(parts)


if __name__ == "__main__":
    print(chapter(), end="")
