"""A real server of a site, in a thread of the tests' process."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from koshiqon.web.application import application
from koshiqon.web.site import Site


@contextmanager
def served(site: Site) -> Iterator[str]:
    """The address at which a site is served while the block runs; afterwards the server has ended."""
    running = uvicorn.Server(uvicorn.Config(application(site), port=0, log_level="error"))
    thread = threading.Thread(target=running.run, daemon=True)
    thread.start()
    while not running.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{running.servers[0].sockets[0].getsockname()[1]}"
    running.should_exit = True
    thread.join(30)
    assert not thread.is_alive()
