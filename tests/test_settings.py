"""What a server is told by its surroundings."""

from __future__ import annotations

from pathlib import Path

import pytest

from koshiqon.settings import Settings, UnfitSetting, settings_from, variables_of


def test_a_server_that_is_told_nothing_is_a_public_one_of_kazakhstan():
    assert settings_from({}) == Settings(country="kaz", registers=False)


def test_settings_reach_another_process_unchanged():
    told = Settings(
        country="/data/toyland",
        base_path="/lab/koshiqon",
        names=("koshiqon.example", "[::1]"),
        registers=True,
        runs=Path("/var/lib/koshiqon"),
        registers_from=(Path("/data/a"), Path("/data/b c")),
        upload_megabytes=5,
        keep_hours=2,
        secret="ұзақ сөз",
    )
    assert settings_from(variables_of(told)) == told


@pytest.mark.parametrize("given", ["/", "", "/koshiqon", "/koshiqon/", "/a/b-c_d.e~1"])
def test_a_base_path_begins_with_a_slash_and_ends_with_none(given):
    assert settings_from({"KOSHIQON_BASE_PATH": given}).base_path == given.rstrip("/")


@pytest.mark.parametrize(
    "given", ["koshiqon", "//evil.example", "/a//b", "/a/../b", "/a?b", "/a b", '/"><b>', "/a\r\nx: y", "/{{7*7}}"]
)
def test_what_is_no_path_is_no_base_path(given):
    with pytest.raises(UnfitSetting) as refused:
        settings_from({"KOSHIQON_BASE_PATH": given})
    assert refused.value.values == {"name": "KOSHIQON_BASE_PATH", "value": given}


@pytest.mark.parametrize("given", ["/en", "/kk/lab", "/api", "/static/x", "/health"])
def test_a_base_path_that_looks_like_a_part_of_the_site_is_refused(given):
    with pytest.raises(UnfitSetting):
        settings_from({"KOSHIQON_BASE_PATH": given})


@pytest.mark.parametrize(("given", "meant"), [("yes", True), ("On", True), ("1", True), ("no", False), ("", False)])
def test_registers_are_switched_by_yes_and_no(given, meant):
    assert settings_from({"KOSHIQON_REGISTERS": given}).registers is meant


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("KOSHIQON_REGISTERS", "perhaps", "setting_no_switch"),
        ("KOSHIQON_KEEP_HOURS", "0", "setting_no_number"),
        ("KOSHIQON_KEEP_HOURS", "24.5", "setting_no_number"),
        ("KOSHIQON_UPLOAD_MEGABYTES", "٣", "setting_no_number"),
        ("KOSHIQON_UPLOAD_MEGABYTES", "9" * 5000, "setting_no_number"),
    ],
)
def test_a_variable_that_does_not_hold_what_it_should_is_named(name, value, code):
    with pytest.raises(UnfitSetting) as refused:
        settings_from({name: value})
    assert (refused.value.code, refused.value.values["name"]) == (code, name)
