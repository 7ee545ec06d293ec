"""YAML 1.2 and CSV as plain values that remember their lines."""

from __future__ import annotations

import csv
import io
import re
from codecs import BOM_UTF8
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.resolver import VersionedResolver

from koshiqon.sources.faults import Fault, fault

Path_ = tuple[str | int, ...]
_WHOLE = re.compile(r"[-+]?[0-9]+")
_DECIMAL = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_CONSTANTS = {"": None, "~": None} | {
    form: value
    for word, value in (("null", None), ("true", True), ("false", False))
    for form in (word, word.capitalize(), word.upper())
}


class _NoTags(VersionedResolver):
    """Leave scalars untagged: `_scalar` reads them by the core schema of YAML 1.2, in a third less time."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> Any:  # noqa: ANN401
        if kind is ScalarNode:
            return "tag:yaml.org,2002:str"
        return super().resolve(kind, value, implicit)


@dataclass(frozen=True, slots=True)
class Located:
    """A plain value and the line (from 1) on which each part of it begins."""

    value: Any
    lines: dict[Path_, int]

    def line_of(self, path: Path_) -> int:
        """The line of a part, or of the nearest part around it."""
        while path not in self.lines and path:
            path = path[:-1]
        return self.lines.get(path, 1)


def read_text(file: Path, name: str, faults: list[Fault]) -> str | None:
    """A file's text, None with a fault where it is not UTF-8."""
    content = file.read_bytes().removeprefix(BOM_UTF8)
    try:
        return content.decode()
    except UnicodeDecodeError as problem:
        line = content[: problem.start].count(b"\n") + 1
        faults.append(fault(name, line, "not_utf8"))
        return None


def read_yaml(file: Path, name: str, faults: list[Fault]) -> Located:
    """Read one YAML file. Dates stay text, so that `2023-05` and `2023-05-17` are read by one rule. Faults: no YAML,
    a key given twice.
    """
    text = read_text(file, name, faults)
    if text is None:
        return Located(None, {})
    try:
        yaml = YAML(typ="safe")
        yaml.Resolver = _NoTags
        node = yaml.compose(text)
    except YAMLError as problem:
        faults.append(fault(name, _line_of(problem, text), "not_yaml", reason=_reason(problem)))
        return Located(None, {})
    lines: dict[Path_, int] = {}
    try:
        return Located(_plain(node, (), lines, name, faults) if node is not None else None, lines)
    except RecursionError:
        faults.append(fault(name, max(lines.values()), "not_yaml", reason="a part contains itself"))
        return Located(None, {})


def _line_of(problem: YAMLError, text: str) -> int:
    if isinstance(problem, MarkedYAMLError):
        return int(problem.problem_mark.line) + 1 if problem.problem_mark else 1
    return text.count("\n", 0, getattr(problem, "position", 0)) + 1


def _reason(problem: YAMLError) -> str:
    reason = problem.problem if isinstance(problem, MarkedYAMLError) else str(problem)
    return str(reason).partition("\n")[0]


def _plain(node: Node, path: Path_, lines: dict[Path_, int], name: str, faults: list[Fault]) -> Any:  # noqa: ANN401 (YAML holds anything)
    lines[path] = node.start_mark.line + 1
    if isinstance(node, MappingNode):
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if key in found:
                faults.append(fault(name, key_node.start_mark.line + 1, "key_twice", key=key))
            found[key] = _plain(value_node, (*path, key), lines, name, faults)
            lines[(*path, key)] = key_node.start_mark.line + 1
        return found
    if isinstance(node, SequenceNode):
        return [_plain(item, (*path, number), lines, name, faults) for number, item in enumerate(node.value)]
    assert isinstance(node, ScalarNode)
    return _scalar(node)


def _scalar(node: ScalarNode) -> Any:  # noqa: ANN401
    """Quoted: a text. Plain: null, true, false, a number, or a text, by the core schema of YAML 1.2."""
    text = str(node.value)
    if node.style:
        return text
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if _WHOLE.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return float(text)
    return text


def read_csv(
    file: Path, name: str, columns: tuple[str, ...], faults: list[Fault]
) -> Iterator[tuple[int, dict[str, str]]]:
    """The records of a CSV file with their lines. Faults: a column missing or unknown, a record of another length."""
    text = read_text(file, name, faults)
    if text is None:
        return
    reader, line = csv.reader(io.StringIO(text, newline=""), strict=True), 1
    try:
        header = next(reader, [])
        for column in columns:
            if column not in header:
                faults.append(fault(name, 1, "column_missing", column=column))
        for column in header:
            if column not in columns:
                faults.append(fault(name, 1, "column_unknown", column=column, columns=", ".join(columns)))
        for column in {column for column in header if header.count(column) > 1}:
            faults.append(fault(name, 1, "key_twice", key=column))
        if tuple(sorted(header)) != tuple(sorted(columns)):
            return
        line = reader.line_num + 1
        for record in reader:
            if len(record) == len(header):
                yield line, dict(zip(header, record, strict=True))
            elif record:
                faults.append(fault(name, line, "record_length", has=len(record), wanted=len(header)))
            line = reader.line_num + 1
    except csv.Error as problem:
        faults.append(fault(name, line, "not_csv", reason=problem))
