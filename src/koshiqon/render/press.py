"""The press that draws charts: Vega-Lite in a process of its own, so that its engine starts while the country is read.

The engine holds Python's lock while it starts (half a second) and draws; a thread would not help.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context

import vl_convert

Picture = Future[str]
"""A chart that is being drawn: `result()` is its SVG."""


def draw_svg(spec: str) -> str:
    """A Vega-Lite specification as SVG."""
    svg: str = vl_convert.vegalite_to_svg(spec)
    return svg


def _warm_up() -> None:
    draw_svg('{"mark": "point", "data": {"values": []}}')


@contextmanager
def started_press() -> Iterator[Executor]:
    """A press that is warm by the time the first chart is ready to be drawn. It ends with the block."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=_warm_up) as executor:
        executor.submit(_warm_up)
        yield executor


def printed(spec: str, press: Executor | None) -> Picture:
    """Hand a chart to the press; without one it is drawn at once."""
    if press is not None:
        return press.submit(draw_svg, spec)
    picture: Picture = Future()
    picture.set_result(draw_svg(spec))
    return picture
