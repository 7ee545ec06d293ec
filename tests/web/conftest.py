"""What tests of the web use: Kazakhstan on a fixed day, a client without a network, a real server and browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from serving import served
from starlette.testclient import TestClient

from koshiqon.settings import Settings
from koshiqon.web.application import application
from koshiqon.web.site import Site, site_of

TODAY = date(2026, 11, 22)
LANGUAGES = ("en", "kk", "ru")


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Site:
    """Kazakhstan as a local server shows it, registers and all."""
    runs = tmp_path_factory.mktemp("runs")
    return site_of(Settings(registers=True, runs=runs, secret="for tests"), lambda: TODAY)


@pytest.fixture(scope="session")
def public_site(site) -> Site:
    """The same as a public server shows it: no registers."""
    return replace(site, settings=replace(site.settings, registers=False))


@pytest.fixture(scope="session")
def client(site) -> TestClient:
    """Asks the site within this process; redirects are not followed."""
    return TestClient(application(site), follow_redirects=False)


@pytest.fixture(scope="session")
def server(site) -> Iterator[str]:
    """The address of a real server of the site."""
    with served(site) as address:
        yield address


@pytest.fixture
def opened(browser, server) -> Iterator[Callable[..., Page]]:
    """`opened("/en/stay", width=360, script=False, dark=True)`: a page of the server in a fresh browser window."""
    windows = []

    def open_page(path: str, *, width: int = 1280, script: bool = True, dark: bool = False) -> Page:
        scheme = "dark" if dark else "light"
        window = browser.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=script, color_scheme=scheme
        )
        windows.append(window)
        page = window.new_page()
        page.goto(server + path)
        return page

    yield open_page
    for window in windows:
        window.close()


@pytest.fixture
def grave_faults() -> Callable[[Page], list[tuple[str, str]]]:
    """What axe calls serious or critical on a page that runs scripts: the rule and the first place."""

    def find(page: Page) -> list[tuple[str, str]]:
        found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
        grave = [entry for entry in found if entry["impact"] in ("serious", "critical")]
        return [(entry["id"], entry["nodes"][0]["html"][:200]) for entry in grave]

    return find
