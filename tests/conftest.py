"""What every room's tests may use: an invented country that fits on a few pages, and the countries that ship."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from koshiqon.country import Country
from koshiqon.sources.country_folder import SHIPPED, Reading, read_country

if TYPE_CHECKING:
    from playwright.sync_api import Browser

REPOSITORY = Path(__file__).parent.parent
TOYLAND = Path(__file__).parent / "countries" / "toyland"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
"""A browser that asks nobody for anything of its own."""

settings.register_profile("house", deadline=None)
settings.load_profile("house")


@pytest.fixture(scope="session")
def repository() -> Path:
    """The root of the project, where pyproject.toml stands."""
    return REPOSITORY


@pytest.fixture(scope="session")
def toyland() -> Path:
    """The folder of Toyland: every file and every field of the form, and no fault. Not to be written to."""
    return TOYLAND


@pytest.fixture
def toyland_copy(tmp_path: Path) -> Path:
    """A copy of Toyland that a test may spoil."""
    return Path(shutil.copytree(TOYLAND, tmp_path / "toyland"))


@pytest.fixture(scope="session")
def toyland_country() -> Country:
    """Toyland as it is read."""
    return read_country(TOYLAND).country


@pytest.fixture(scope="session")
def kaz() -> Reading:
    """Kazakhstan as it ships: the country, its faults, the place of every row. Read once a session."""
    return read_country(SHIPPED / "kaz")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, closed again after each module: while Playwright runs, so does its loop, and no other can
    begin beside it.
    """
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    assert chromium, "no Chromium: run `make browser` (Debian's package chromium)"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=QUIET)
        yield running
        running.close()
