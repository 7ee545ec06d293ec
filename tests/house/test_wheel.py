"""The wheel: what a user installs holds the country, the catalogs and the templates, and works without the
repository.
"""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def wheel(repository, tmp_path_factory) -> Path:
    to = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(to)]
    outcome = subprocess.run(build, cwd=repository, capture_output=True, text=True, check=False)
    assert outcome.returncode == 0, outcome.stderr
    (built,) = to.glob("*.whl")
    return built


def test_the_wheel_holds_everything_the_program_reads(wheel, repository):
    names = set(zipfile.ZipFile(wheel).namelist())
    read = [
        path
        for path in (repository / "src").rglob("*")
        if path.suffix in (".yaml", ".csv", ".json", ".po", ".css", ".typ", ".lark")
    ]
    assert len(read) > 200
    missing = [path for path in read if path.relative_to(repository / "src").as_posix() not in names]
    assert missing == []


def test_the_installed_wheel_checks_and_reviews_away_from_the_repository(wheel, tmp_path):
    """Unpacked as an installer would, beside the libraries of this environment, with the repository out of sight."""
    home = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(home)
    start = f"import sys; sys.path.insert(0, {str(home)!r}); import koshiqon; from koshiqon.cli import app; app()"
    for words in (["check"], ["review", "--lang", "ru", "--section", "stay", "--out", str(tmp_path)]):
        command = [sys.executable, "-c", start, *words]
        outcome = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert outcome.returncode == 0, outcome.stderr
        assert str(home) in outcome.stdout or "review.html" in outcome.stderr
