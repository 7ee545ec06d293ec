"""What doors are tested with: a disk so small that it is soon full, a program that hears Ctrl+C."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest


@pytest.fixture
def small_disk(tmp_path) -> Iterator[Callable[[int], Path]]:
    """Make a disk of so many kilobytes, or make it that large where there is one already."""
    place = tmp_path / "disk"
    if os.name != "posix" or os.geteuid() != 0:
        pytest.skip("a small disk can be mounted by root only: run the tests as root to see a full one")

    def disk_of(kilobytes: int) -> Path:
        how = f"size={kilobytes}k"
        if place.exists():
            subprocess.run(["mount", "-o", f"remount,{how}", place], check=True)
            return place
        place.mkdir()
        if subprocess.run(["mount", "-t", "tmpfs", "-o", how, "tmpfs", place], check=False).returncode:
            place.rmdir()
            pytest.skip("this machine lets nobody mount a disk, so a full one is not shown here")
        return place

    yield disk_of
    if place.exists():
        subprocess.run(["umount", place], check=True)


@pytest.fixture
def hearing_interrupts() -> Iterator[None]:
    """Let what a test starts hear Ctrl+C: a shell's background job is born deaf to it, and so are its children."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)
