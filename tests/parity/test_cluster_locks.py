"""What tests of a cluster install is locked like all the rest, and the two clients never meet in one environment."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

LOCKS = ("cluster", "spark")


def packages(repository: Path, name: str) -> dict[str, str]:
    """Each package of a lock with its version and what stands under it."""
    lock = (repository / name).read_text(encoding="utf-8")
    return dict(re.split("==", package, maxsplit=1) for package in re.split(r"\n(?=\S)", lock.strip()))


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_host_and_every_package_has_a_hash(repository, name):
    lock = (repository / f"requirements-{name}.lock").read_text(encoding="utf-8")
    assert re.findall(r"^.*(?:://|--[a-z-]*index|--find-links|\bpypi\b|@ ).*$", lock, re.MULTILINE) == []
    found = packages(repository, f"requirements-{name}.lock")
    assert found and [package for package, rest in found.items() if "--hash=sha256:" not in rest] == []


def test_pyspark_and_its_client_which_are_one_folder_are_never_installed_together(repository):
    names = [set(packages(repository, lock)) for lock in ("requirements-cluster.lock", "requirements-spark.lock")]
    assert [one & {"pyspark", "pyspark-client"} for one in names] == [{"pyspark-client"}, {"pyspark"}]
    assert not {"pyspark", "pyspark-client", "pysail"} & set(packages(repository, "requirements.lock"))


def test_what_both_environments_hold_is_of_one_version(repository):
    own, cluster = (packages(repository, f"requirements{name}.lock") for name in ("", "-cluster"))
    shared = own.keys() & cluster.keys()
    assert "duckdb" in shared
    assert {name: cluster[name].split()[0] for name in shared} == {name: own[name].split()[0] for name in shared}
