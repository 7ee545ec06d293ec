"""How far a long command is: lines of JSON in the file that the variable KOSHIQON_PROGRESS names; else a bar with rate
and time left on standard error, and silence where that is no terminal.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import gettext

Told = Callable[[str, int, int], None]
"""The phase, so many things done, of so many."""


@contextmanager
def shown(phases: Mapping[str, str], translations: gettext.NullTranslations) -> Iterator[Told]:
    """A bar that says in words which phase a command is in. Nothing is drawn for a phase that is not named."""
    from koshiqon.engine.run_progress import VARIABLE, written_to

    if VARIABLE in os.environ:
        with written_to(Path(os.environ[VARIABLE])) as told_to_file:
            yield told_to_file
        return
    if not sys.stderr.isatty():
        yield lambda _phase, _done, _of: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f}%"))
    console = Console(stderr=True)
    with Progress(*columns, TextColumn("{task.fields[pace]}"), console=console, transient=True) as bar:
        task = bar.add_task("", total=None, pace="")
        paces = {phase: pace_of(translations, monotonic) for phase in phases}

        def told(phase: str, done: int, of: int) -> None:
            if phase in phases:
                words = paces[phase](done, of)
                bar.update(task, description=phases[phase], completed=done, total=of, pace=words)

        yield told


def pace_of(translations: gettext.NullTranslations, clock: Callable[[], float]) -> Callable[[int, int], str]:
    """Rate and time left in words. What was done before the first telling, in an earlier run, counts for neither."""
    from koshiqon.render.screening_words import pace_in_words

    began: list[tuple[float, int]] = []

    def said(done: int, of: int) -> str:
        now = clock()
        began.append((now, done))
        start, before = began[0]
        if done == before or now <= start:
            return ""
        each = (now - start) / (done - before)
        return pace_in_words(1 / each, (of - done) * each, translations)

    return said
