"""The file that a backup is: a zip archive of parts, with a manifest that says what each of them is.

It may come from a stranger, or from a stick that lost a few bytes: nothing in it is believed before it was checked, and
nothing in it is a path before it was held against what a path in a backup can be.
"""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import json
import os
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from engine.frames import FrameError, from_plain, plain
from rag.errors import LibraryProblem, PhialError

SUFFIX = ".phial"
MANIFEST = "manifest.json"
LIBRARY = "library.db"
SINGLE_FILES = (LIBRARY, "window.ini", "models.json")
FOLDERS = ("models", "embedders")
FORMAT = 1
"""Of the archive; a program reads those up to its own."""

MOST_PARTS = 1_000
LARGEST_MANIFEST = 2**21
LARGEST_DIRECTORY = 2**20
"""Bytes of zip's own table of contents."""

MOST_SHRUNK = 200
"""Times that a part may be larger than what it was packed to: text and vectors are packed to a tenth at best."""

_CHUNK = 2**20
_PRODUCT = "phial"
_PART = re.compile(r"[^\x00-\x1f\x7f\\/:*?\"<>|]{1,150}")
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{digit}" for port in ("com", "lpt") for digit in "123456789")}
)
_END, _END_64, _LOCATOR_64 = b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07"

GetOn = Callable[[int], None]
"""Takes the bytes that were done since it was called last; raises where the work is no longer wanted."""


@dataclasses.dataclass(frozen=True)
class Part:
    """A file in the archive: its name there, its size in bytes, its SHA-256 in hex."""

    name: str
    bytes: int
    sha256: str


@dataclasses.dataclass(frozen=True)
class KnownModel:
    """A model in the data folder that was backed up, whether or not it is a part: "" where it was never hashed."""

    name: str
    bytes: int
    sha256: str


@dataclasses.dataclass(frozen=True)
class Manifest:
    """What a backup is of. ``home``: where the data folder lay; ``made``: a Unix time; ``schema``: of its library."""

    product: str
    format: int
    version: str
    schema: int
    made: float
    system: str
    home: str
    documents: int
    conversations: int
    has_vectors: bool
    models: tuple[KnownModel, ...]
    parts: tuple[Part, ...]


def write_archive(
    path: Path, files: Sequence[tuple[str, Path]], describe: Callable[[tuple[Part, ...]], Manifest], get_on: GetOn
) -> Manifest:
    """Write ``files`` (names in the archive, and where they lie) to ``path``, a file that is made. Raises OSError."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(descriptor, "w+b") as file:
        with zipfile.ZipFile(file, "w", compresslevel=3) as archive:
            parts = tuple(_write_part(archive, name, source, get_on) for name, source in files)
            manifest = describe(parts)
            archive.compression = zipfile.ZIP_DEFLATED
            archive.writestr(MANIFEST, json.dumps(plain(manifest), indent=1))
        file.flush()
        os.fsync(file.fileno())
    return manifest


def _write_part(archive: zipfile.ZipFile, name: str, source: Path, get_on: GetOn) -> Part:
    # Weights don't get any smaller.
    archive.compression = zipfile.ZIP_STORED if name.startswith(FOLDERS) else zipfile.ZIP_DEFLATED
    digest, size = hashlib.sha256(), 0
    with source.open("rb") as file, archive.open(name, "w", force_zip64=True) as packed:
        while chunk := file.read(_CHUNK):
            packed.write(chunk)
            digest.update(chunk)
            size += len(chunk)
            get_on(len(chunk))
    return Part(name, size, digest.hexdigest())


class OpenArchive:
    """A backup whose manifest was read, and whose table of contents is what that says."""

    def __init__(self, path: Path, archive: zipfile.ZipFile, manifest: Manifest) -> None:
        self.manifest = manifest
        self._path = path
        self._archive = archive

    @property
    def bytes(self) -> int:
        """Of all parts, unpacked."""
        return sum(part.bytes for part in self.manifest.parts)

    def unpack(self, part: Part, target: Path | None, get_on: GetOn) -> None:
        """Write ``part`` to ``target``, a file that is made, or only check it.

        Raises PhialError BACKUP_DAMAGED, OSError.
        """
        digest, size = hashlib.sha256(), 0
        with _damage_named(self._path), contextlib.ExitStack() as stack:
            packed = stack.enter_context(self._archive.open(part.name))
            file = None if target is None else stack.enter_context(_private(target))
            while chunk := packed.read(min(_CHUNK, part.bytes - size + 1)):
                size += len(chunk)
                if size > part.bytes:
                    break
                digest.update(chunk)
                if file is not None:
                    file.write(chunk)
                get_on(len(chunk))
            if file is not None:
                file.flush()
                os.fsync(file.fileno())
        if (size, digest.hexdigest()) != (part.bytes, part.sha256):
            raise PhialError(LibraryProblem.BACKUP_DAMAGED, details=part.name, path=str(self._path))


@contextlib.contextmanager
def open_archive(path: Path) -> Iterator[OpenArchive]:
    """Open the backup at ``path``.

    Raises PhialError BACKUP_UNREADABLE, BACKUP_NOT_ONE, BACKUP_NEWER, BACKUP_DAMAGED.
    """
    try:
        file = path.open("rb")
    except OSError as error:
        raise PhialError(LibraryProblem.BACKUP_UNREADABLE, details=str(error.strerror), path=str(path)) from error
    with file:
        _look_at_directory(path, file)
        try:
            archive = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError, struct.error) as error:
            raise PhialError(LibraryProblem.BACKUP_NOT_ONE, details=str(error), path=str(path)) from error
        with archive:
            yield OpenArchive(path, archive, _manifest_of(path, archive))


def _look_at_directory(path: Path, file: BinaryIO) -> None:
    """Refuse a table of contents that would fill the memory when it is read. Ours end without a comment."""
    try:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - 22 - 20 - 56))
        end = file.read()
        file.seek(0)
    except OSError as error:
        raise PhialError(LibraryProblem.BACKUP_UNREADABLE, details=str(error.strerror), path=str(path)) from error
    if len(end) < 22 or end[-22:-18] != _END:
        raise PhialError(LibraryProblem.BACKUP_NOT_ONE, details="no archive", path=str(path))
    count, length = struct.unpack_from("<HL", end, len(end) - 22 + 10)
    if len(end) == 98 and end[-42:-38] == _LOCATOR_64:
        if end[:4] != _END_64:
            raise PhialError(LibraryProblem.BACKUP_DAMAGED, details="no directory", path=str(path))
        count, length = struct.unpack_from("<QQ", end, 32)
    if count > MOST_PARTS + 1 or length > LARGEST_DIRECTORY:
        raise PhialError(LibraryProblem.BACKUP_DAMAGED, details=f"{count} entries", path=str(path))


def _manifest_of(path: Path, archive: zipfile.ZipFile) -> Manifest:
    entries = archive.infolist()
    by_name = {entry.filename: entry for entry in entries}
    told = by_name.get(MANIFEST)
    if told is None or told.file_size > LARGEST_MANIFEST:
        raise PhialError(LibraryProblem.BACKUP_NOT_ONE, details="no manifest", path=str(path))
    with _damage_named(path):
        with archive.open(told) as file:
            text = file.read(LARGEST_MANIFEST)
        said = json.loads(text)
        if not isinstance(said, dict) or said.get("product") != _PRODUCT:
            raise PhialError(LibraryProblem.BACKUP_NOT_ONE, details="another product", path=str(path))
        if type(said.get("format")) is int and said["format"] > FORMAT:
            version = str(said.get("version", "?"))[:40]
            raise PhialError(LibraryProblem.BACKUP_NEWER, path=str(path), version=version)
        manifest = from_plain(Manifest, said)
        for fault in _faults(manifest, entries):
            raise PhialError(LibraryProblem.BACKUP_DAMAGED, details=fault, path=str(path))
    return manifest


def _faults(manifest: Manifest, entries: Sequence[zipfile.ZipInfo]) -> Iterator[str]:
    """What is wrong with the table of contents, held against what the manifest says of it."""
    parts = {part.name: part for part in manifest.parts}
    names = [entry.filename for entry in entries]
    if len({name.casefold() for name in names}) != len(names):
        yield "a name twice"
    if sorted(names) != sorted([*parts, MANIFEST]) or len(parts) != len(manifest.parts) or LIBRARY not in parts:
        yield "other parts than the manifest says"
    if manifest.format < 1 or manifest.schema < 1:
        yield "no version"
    for entry in entries:
        if entry.flag_bits & 0x1 or entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            yield "packed otherwise"
        if (entry.external_attr >> 16) & 0o170000 not in {0, 0o100000}:
            yield "no plain file"
        if entry.filename == MANIFEST:
            continue
        if not is_part_name(entry.filename) or re.fullmatch(r"[0-9a-f]{64}", parts[entry.filename].sha256) is None:
            yield "a name that no part has"
        if entry.file_size != parts[entry.filename].bytes:
            yield "another size than the manifest says"
        if entry.file_size > MOST_SHRUNK * max(entry.compress_size, 4_096):
            yield "a bomb"


def is_part_name(name: str) -> bool:
    """Whether a part of a backup can have this name: one of ours, or a file in a folder of models, two deep at most."""
    if name in SINGLE_FILES:
        return True
    first, *rest = name.split("/")
    return (
        first in FOLDERS
        and 1 <= len(rest) <= 3
        and all(
            _PART.fullmatch(each) is not None
            and each[-1] not in ". "
            and each[0] != " "
            and each.partition(".")[0].casefold() not in _DEVICES
            for each in rest
        )
    )


@contextlib.contextmanager
def _damage_named(path: Path) -> Iterator[None]:
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, KeyError, RecursionError, FrameError,
            NotImplementedError, RuntimeError, struct.error) as error:  # fmt: skip
        raise PhialError(LibraryProblem.BACKUP_DAMAGED, details=type(error).__name__, path=str(path)) from error


def _private(target: Path) -> BinaryIO:
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    return os.fdopen(descriptor, "wb")
