"""Typst's forms for text that comes from data: a call, an array, content, a string. Nothing of it is read as markup."""

from __future__ import annotations

from collections.abc import Iterable

from koshiqon.render.words import Line, Run


def call(function: str, *arguments: str) -> str:
    return f"#{function}({', '.join(arguments)})"


def array(items: Iterable[str]) -> str:
    return f"({''.join(f'{item}, ' for item in items)})"


def content(line: Line) -> str:
    return f"[{''.join(map(_run, line))}]"


def string(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    return f'"{escaped}"'


def _run(run: Run) -> str:
    """A string in a code expression, so that no character of it is markup; a link where it can be opened."""
    words = f"#{string(run.words)};" if run.words else ""
    if run.link is not None and run.link.startswith("http"):
        return f"#link({string(run.link)})[{words}]"
    return words
