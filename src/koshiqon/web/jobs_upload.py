"""A form with files, written to the disk as it comes: never in memory, never more than is allowed, nothing left behind.

The files of the field `register` go into `upload/` under their own names, the one of `mapping` becomes `mapping.yaml`.
"""

from __future__ import annotations

import re
import shutil
import unicodedata
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING

from python_multipart import MultipartParser
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import parse_options_header
from starlette.concurrency import run_in_threadpool

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks

NAME = re.compile(r"\w[\w ().+-]{0,119}")
"""Names of files that mean nothing to a shell, a database or another folder."""
KINDS = (".csv", ".tsv", ".txt", ".parquet")
ALSO = ("truth-made.json",)
"""What a register that `koshiqon register make` wrote is known by."""
MOST_FILES, MOST_FIELDS = 400, 20
LARGEST_FIELD, LARGEST_MAPPING = 8 * 1024, 64 * 1024
AT_ONCE = 1024 * 1024
"""Bytes that are written at one time."""


class UnfitUpload(Exception):
    """An upload that is not taken; `code` says why: too_large, name (with the name), kind (with the name), twice (with
    the name), mapping_large, form.
    """

    def __init__(self, code: str, name: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.name = name


@dataclass(slots=True)
class Sent:
    """What has come so far: the fields that are text, the files in their places, how many bytes they have."""

    folder: Path
    fields: dict[str, str] = field(default_factory=dict)
    files: list[Path] = field(default_factory=list)
    bytes: int = 0


async def received(stream: AsyncIterator[bytes], content_type: str, folder: Path, most: int) -> Sent:
    """All of a form, of at most so many bytes. Raises UnfitUpload and OSError, and then the folder is gone."""
    whole = False
    try:
        incoming = _incoming(content_type, folder)
        waiting, taken = bytearray(), 0
        async for chunk in stream:
            taken += len(chunk)
            if taken > most:
                raise UnfitUpload("too_large")
            waiting += chunk
            if len(waiting) >= AT_ONCE:
                await run_in_threadpool(incoming.write, bytes(waiting))
                waiting.clear()
        await run_in_threadpool(incoming.write, bytes(waiting))
        incoming.finish()
        whole = True
        return incoming.sent
    finally:
        if not whole:
            shutil.rmtree(folder, ignore_errors=True)


def safe_name(given: str) -> str:
    """The name under which a file of a register is kept. Raises UnfitUpload."""
    name = unicodedata.normalize("NFC", given)
    if not NAME.fullmatch(name):
        raise UnfitUpload("name", given[:120])
    if name not in ALSO and Path(name).suffix.lower() not in KINDS:
        raise UnfitUpload("kind", given)
    return name


# --- part by part ----------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Incoming:
    """The form as the parser hands it over: `header` and `value` of the part that is beginning, `name` of the one that
    is open, `text` or `file` of what it holds, `room` how much more of it is taken.
    """

    sent: Sent
    header: bytes = b""
    value: bytes = b""
    disposition: bytes = b""
    name: str = ""
    text: bytearray = field(default_factory=bytearray)
    file: IO[bytes] | None = None
    skipped: bool = False
    parts: int = 0
    ended: bool = False
    parser: MultipartParser | None = None

    def write(self, content: bytes) -> None:
        """Raises UnfitUpload and OSError."""
        assert self.parser is not None
        try:
            self.parser.write(content)
        except FormParserError:
            self.close()
            raise UnfitUpload("form") from None
        except BaseException:
            self.close()
            raise

    def finish(self) -> None:
        """Raises UnfitUpload where the form breaks off."""
        self.close()
        if not self.ended:
            raise UnfitUpload("form")

    def close(self) -> None:
        if self.file is not None:
            self.file.close()
            self.file = None

    def begin(self) -> None:
        self.header = self.value = self.disposition = b""
        self.name, self.text, self.skipped = "", bytearray(), False
        self.parts += 1
        if self.parts > MOST_FILES + MOST_FIELDS:
            raise UnfitUpload("form")

    def add_header(self, data: bytes, start: int, end: int) -> None:
        self.header += data[start:end]

    def add_value(self, data: bytes, start: int, end: int) -> None:
        self.value += data[start:end]

    def end_header(self) -> None:
        if self.header.lower() == b"content-disposition":
            self.disposition = self.value
        self.header = self.value = b""

    def end_headers(self) -> None:
        _, options = parse_options_header(self.disposition)
        try:
            self.name = options.get(b"name", b"").decode()
            given = options[b"filename"].decode() if b"filename" in options else None
        except UnicodeDecodeError:
            raise UnfitUpload("form") from None
        if given == "":
            self.skipped = True
        elif given is not None:
            place = _place(self.sent, self.name, given)
            try:
                self.file = place.open("xb")
            except FileExistsError:
                raise UnfitUpload("twice", given) from None

    def add(self, data: bytes, start: int, end: int) -> None:
        if self.file is not None:
            self.file.write(data[start:end])
            self._bound_file(end - start)
        elif not self.skipped:
            self.text += data[start:end]
            if len(self.text) > LARGEST_FIELD:
                raise UnfitUpload("form")

    def end(self) -> None:
        if self.file is not None:
            self.close()
        elif not self.skipped:
            self.sent.fields[self.name] = self.text.decode(errors="replace").strip()

    def end_form(self) -> None:
        self.ended = True

    def _bound_file(self, added: int) -> None:
        assert self.file is not None
        if self.name == "register":
            self.sent.bytes += added
        elif self.file.tell() > LARGEST_MAPPING:
            raise UnfitUpload("mapping_large")


def _place(sent: Sent, name: str, given: str) -> Path:
    """Where a file goes. Raises UnfitUpload."""
    if name == "mapping":
        return sent.folder / "mapping.yaml"
    if name != "register":
        raise UnfitUpload("form")
    (sent.folder / "upload").mkdir(exist_ok=True)
    place = sent.folder / "upload" / safe_name(given)
    sent.files.append(place)
    return place


def _incoming(content_type: str, folder: Path) -> _Incoming:
    kind, options = parse_options_header(content_type)
    if kind != b"multipart/form-data" or not options.get(b"boundary"):
        raise UnfitUpload("form")
    incoming = _Incoming(Sent(folder))
    callbacks: MultipartCallbacks = {
        "on_part_begin": incoming.begin,
        "on_header_field": incoming.add_header,
        "on_header_value": incoming.add_value,
        "on_header_end": incoming.end_header,
        "on_headers_finished": incoming.end_headers,
        "on_part_data": incoming.add,
        "on_part_end": incoming.end,
        "on_end": incoming.end_form,
    }
    try:
        incoming.parser = MultipartParser(options[b"boundary"], callbacks)
    except FormParserError:
        raise UnfitUpload("form") from None
    return incoming
