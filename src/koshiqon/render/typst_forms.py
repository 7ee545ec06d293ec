"""Typst's forms for text that comes from data: a call, an array, content, a string. Nothing of it is read as markup."""

from __future__ import annotations

from collections.abc import Iterable

from koshiqon.render.words import Line, Run


def call(function: str, *arguments: str) -> str:
    return f"#{function}({', '.join(arguments)})"


def array(items: Iterable[str]) -> str:
    return f"({''.join(f'{item}, ' for item in items)})"


def content(line: Line) -> str:
    return f"[{inline(line)}]"


def inline(line: Line) -> str:
    """A line of text as content; where a run has a note, a mark that `with_footnotes` replaces."""
    return "".join(map(_run, line))


def with_footnotes(body: str, notes: tuple[Line, ...]) -> str:
    """Each note in full where it is first met, by its number after that."""
    for number, note in enumerate(notes, 1):
        marker = _marker(number)
        body = body.replace(marker, f"#footnote[{inline(note)}]<note-{number}>", 1)
        body = body.replace(marker, f"#footnote(<note-{number}>)")
    return body


def string(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    return f'"{escaped}"'


def escaped(text: str) -> str:
    """Text as content: a string in a code expression, so that no character of it is markup."""
    return f"#{string(text)};" if text else ""


def _marker(number: int) -> str:
    return f"#note-{number}-here;"


def _run(run: Run) -> str:
    if run.note is not None:
        return _marker(run.note)
    words = escaped(run.words)
    if run.link is not None and run.link.startswith("http"):
        return f"#link({string(run.link)})[{words}]"
    return words
