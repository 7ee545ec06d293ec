"""The rules of the house, held by machine: who may import whom, what things are called, how long a file may be."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from koshiqon.render import catalogs

REPOSITORY = Path(__file__).parent.parent.parent
PROGRAM = REPOSITORY / "src" / "koshiqon"
MODULES = {path.relative_to(PROGRAM).as_posix(): path.read_text(encoding="utf-8") for path in PROGRAM.rglob("*.py")}
TREES = {name: ast.parse(text) for name, text in MODULES.items()}

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


# --- who may import whom ---------------------------------------------------------------------------------------------


def test_rooms_import_only_downwards_and_the_domain_is_pure():
    lint = Path(sys.executable).with_name("lint-imports")
    told = subprocess.run([lint, "--no-cache"], cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout + told.stderr


# --- how long a file may be ------------------------------------------------------------------------------------------

LONGEST = 300
LONGER_FOR_A_REASON = {
    "sources/shapes.py": "one form after another, in the order of the manual: looked up in, not read through",
    "sources/country_check.py": "one check after another, and none needs its neighbour",
    "render/phrases.py": "one sentence after another",
    "review/document.py": "the kinds of block, one small dataclass after another",
}


def test_a_module_fits_on_a_few_screens():
    lines = {name: text.count("\n") for name, text in MODULES.items()}
    long = [f"{name}: {count} lines" for name, count in lines.items() if count > LONGEST]
    unexcused = [told for told in long if told.partition(":")[0] not in LONGER_FOR_A_REASON]
    assert not unexcused, "\n".join(["divide these, or list them above with a reason", *unexcused])


def test_no_module_is_excused_that_has_become_short():
    assert {name for name in LONGER_FOR_A_REASON if MODULES[name].count("\n") <= LONGEST} == set()


# --- what things are called and say ----------------------------------------------------------------------------------

WORDS_OF_NO_FIELD = re.compile(r"(^|[_/.])(utils?|helpers?|common|manager)($|[_/.])")


def definitions(tree: ast.AST, within: str = "") -> Iterator[tuple[str, Definition]]:
    """The classes and functions of a module and of its classes, with their names."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, Definition):
            yield f"{within}{node.name}", node
            if isinstance(node, ast.ClassDef):
                yield from definitions(node, f"{within}{node.name}.")


def test_nothing_is_called_by_a_word_that_belongs_to_no_field():
    defined = [f"{file}: {name}" for file, tree in TREES.items() for name, _ in definitions(tree)]
    snake_case = [re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower() for name in [*MODULES, *defined]]
    folders_of_tests = [path.relative_to(REPOSITORY).as_posix() for path in (REPOSITORY / "tests").rglob("*.py")]
    assert [name for name in snake_case + folders_of_tests if WORDS_OF_NO_FIELD.search(name)] == []


def says_enough_by_its_name(node: Definition) -> bool:
    """A class of nothing but fields and short functions; a function of at most three statements, all within counted.

    A form of a file (`…Shape`) is described by the manual of country files, which its module names.
    """
    if isinstance(node, ast.ClassDef):
        members = [part for part in node.body if isinstance(part, Definition)]
        return node.name.endswith("Shape") or all(says_enough_by_its_name(member) for member in members)
    return sum(isinstance(part, ast.stmt) for part in ast.walk(node)) - 1 <= 3


def test_every_module_says_what_it_is_for():
    assert [name for name, tree in TREES.items() if not ast.get_docstring(tree) and MODULES[name]] == []


def test_every_public_class_and_function_says_what_it_is_unless_its_name_says_enough():
    silent = [
        f"{file}: {name}"
        for file, tree in TREES.items()
        for name, node in definitions(tree)
        if not any(part.startswith("_") for part in name.split("."))
        and not (isinstance(node, ast.FunctionDef) and name.partition(".")[0].endswith("Shape"))
        and not ast.get_docstring(node)
        and not says_enough_by_its_name(node)
    ]
    assert not silent, "\n".join(["these need a docstring", *silent])


# --- what is fetched -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-bench.lock"])
def test_a_lock_names_no_host_and_every_package_has_a_hash(name):
    lock = (REPOSITORY / name).read_text(encoding="utf-8")
    assert re.findall(r"^.*(?:://|--[a-z-]*index|--find-links|\bpypi\b|@ ).*$", lock, re.MULTILINE) == []
    packages = re.split(r"\n(?=\S)", lock.strip())
    assert [package.splitlines()[0] for package in packages if "--hash=sha256:" not in package] == []


def test_no_module_names_a_package_registry():
    hosts = re.compile(r"pypi\.org|pythonhosted|npmjs|cdn\.|googleapis|unpkg|jsdelivr")
    texts = {path: path.read_text(encoding="utf-8", errors="ignore") for path in PROGRAM.rglob("*") if path.is_file()}
    shipped = {path for path in texts if path.suffix in (".py", ".html", ".css", ".typ", ".js")}
    assert [path for path in shipped if hosts.search(texts[path])] == []


# --- languages of the interface --------------------------------------------------------------------------------------

SOURCE_LANGUAGE = "en"


def catalog(language: str) -> Catalog:
    with (catalogs.LOCALE / language / "koshiqon.po").open("rb") as file:
        return read_po(file, locale=language)


def sentences_of_the_program() -> set[str]:
    """The sentences as `make messages` finds them; of a plural, its first form."""
    with (REPOSITORY / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    asked = {"N_": None, "NN_": (1, 2), "_": None, "_n": (1, 2)}
    found = extract_from_dir(PROGRAM, methods, options, asked)
    return {message if isinstance(message, str) else message[0] for _, _, message, _, _ in found}


def forms(message: Message) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """A message's forms in English, and in the language of the catalog."""
    asked = message.id if isinstance(message.id, tuple | list) else (message.id,)
    said = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return tuple(asked), tuple(said)


def slots(form: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(form) if name is not None}


@pytest.mark.parametrize("language", catalogs.languages())
def test_a_catalog_holds_every_sentence_of_the_program_and_no_other(language):
    held = {forms(message)[0][0] for message in catalog(language) if message.id}
    differ = sorted(held ^ sentences_of_the_program())
    assert not differ, "\n".join(["run make messages, then translate", *differ])


@pytest.mark.parametrize("language", catalogs.languages())
def test_every_sentence_is_said_in_every_language(language):
    silent = [asked[0] for asked, said in map(forms, catalog(language)) if asked[0] if not all(said)]
    assert language == SOURCE_LANGUAGE or not silent, "\n".join([f"not yet said in {language}", *silent])


@pytest.mark.parametrize("language", catalogs.languages())
def test_no_translation_is_marked_as_a_guess(language):
    assert [message.id for message in catalog(language) if message.fuzzy] == []


@pytest.mark.parametrize("language", catalogs.languages())
def test_a_translation_has_the_slots_of_its_sentence(language):
    for asked, said in map(forms, catalog(language)):
        wanted = slots(asked[-1])
        assert [form for form in (*asked, *said) if form and slots(form) != wanted] == [], asked[0]


def test_every_plural_has_as_many_forms_as_the_language():
    for language in catalogs.languages():
        plurals = [forms(message)[1] for message in catalog(language) if message.pluralizable]
        assert {len(said) for said in plurals} <= {catalog(language).num_plurals}


# --- words of the field ----------------------------------------------------------------------------------------------

CORE_NOUNS = """
    act provision version amendment regime stay window practice category right duty term indicator series observation
    stock flow theme finding conflict question source citation confidence
""".split()  # noqa: SIM905 (a list of words reads as words)


@pytest.mark.parametrize("noun", CORE_NOUNS)
def test_the_glossary_holds_the_word(noun):
    glossary = (REPOSITORY / "GLOSSARY.md").read_text(encoding="utf-8")
    rows = [line.split("|")[1] for line in glossary.splitlines() if line.startswith("|") and line.count("|") > 2]
    assert any(re.search(rf"\b{noun}\b", row, re.IGNORECASE) for row in rows), f"GLOSSARY.md has no row for {noun}"
