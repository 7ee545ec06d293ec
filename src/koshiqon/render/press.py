"""The press: Vega-Lite draws charts and Typst sets paper in a process of their own, beside whatever else is done.

The engines hold Python's lock while they start (half a second) and work; a thread would not help. A press that is asked
for early starts while the country is read.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import ParamSpec, TypeVar

import typst
import vl_convert

Asked = ParamSpec("Asked")
Made = TypeVar("Made")

Picture = Future[str]
"""A chart that is being drawn: `result()` is its SVG."""


def draw_svg(spec: str) -> str:
    """A Vega-Lite specification as SVG."""
    svg: str = vl_convert.vegalite_to_svg(spec)
    return svg


def set_in_type(source: str, pictures: Mapping[str, str], stamp: int) -> bytes:
    """A document of Typst as PDF/UA-1, with its pictures (SVG) by the names of their files. `stamp`: seconds since
    1970, written into the file.
    """
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name, svg in pictures.items():
            (root / name).write_text(svg, encoding="utf-8")
        (root / "main.typ").write_text(source, encoding="utf-8")
        pdf = typst.compile(str(root / "main.typ"), root=folder, format="pdf", pdf_standards=["ua-1"], timestamp=stamp)
    assert isinstance(pdf, bytes)
    return pdf


def _warm_up() -> None:
    draw_svg('{"mark": "point", "data": {"values": []}}')


@contextmanager
def started_press() -> Iterator[Executor]:
    """A press that is warm by the time the first chart is ready to be drawn. It ends with the block."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=_warm_up) as executor:
        executor.submit(_warm_up)
        yield executor


def handed(
    press: Executor | None, work: Callable[Asked, Made], *given: Asked.args, **named: Asked.kwargs
) -> Future[Made]:
    """Hand work to the press; without one it is done at once."""
    if press is not None:
        return press.submit(work, *given, **named)
    done: Future[Made] = Future()
    done.set_result(work(*given, **named))
    return done


def printed(spec: str, press: Executor | None) -> Picture:
    """A chart drawn by the press, or at once."""
    return handed(press, draw_svg, spec)
