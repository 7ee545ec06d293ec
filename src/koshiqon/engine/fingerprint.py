"""What a run was asked, as one value that two runs can be compared by: two with one fingerprint end with one result."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any

Json = Mapping[str, Any]


def hashes_of(source: Path, files: Sequence[Path], threads: int = 2) -> list[dict[str, Any]]:
    """Each file of an input with its bytes and SHA-256, in the order of names; names are relative to the input, so it
    may be moved. Raises OSError.
    """
    base = source if source.is_dir() else source.parent
    with ThreadPoolExecutor(max_workers=threads) as pool:
        digests = list(pool.map(_digest, sorted(files)))
    return [
        {"file": path.relative_to(base).as_posix(), "bytes": path.stat().st_size, "sha256": digest}
        for path, digest in zip(sorted(files), digests, strict=True)
    ]


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def digest_of(value: Any) -> str:  # noqa: ANN401 (anything that JSON holds)
    """SHA-256 of a value, in hexadecimal."""
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()


def as_json(value: Any) -> Any:  # noqa: ANN401 (any value of a plain dataclass)
    """A frozen dataclass, and what stands in its fields, as the plain values that JSON holds."""
    if is_dataclass(value) and not isinstance(value, type):
        return {part.name: as_json(getattr(value, part.name)) for part in fields(value)}
    if isinstance(value, Mapping):
        return {str(name): as_json(inner) for name, inner in sorted(value.items())}
    if isinstance(value, list | tuple):
        return [as_json(inner) for inner in value]
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, str) else value
