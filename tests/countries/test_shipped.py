"""The countries that ship are read without a fault."""

from __future__ import annotations


def test_kazakhstan_has_no_fault(kaz):
    told = [f"{fault.file}:{fault.line}: {fault.code} {dict(fault.values)}" for fault in kaz.faults]
    assert told == []


def test_kazakhstan_speaks_kazakh_russian_and_english(kaz):
    assert set(kaz.country.languages) == {"kk", "ru", "en"}
