"""Models in a folder for a machine without a network: written with their hashes, and found again by them.

What a bundle says of itself is data of another machine: a name in it is only a hint of where to look, and no path.
"""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import ClassVar

from engine.download_source import FileSource
from engine.downloadable import Downloadable
from engine.errors import EngineProblem, PhialError
from engine.frames import Codec, FrameError, Message
from engine.paths import replace_file

MANIFEST, SUMS, README = "phial-models.json", "SHA256SUMS", "README.txt"

MOST_FOLDERS = 2_000
"""Folders below the one that was named that are looked into."""

_LARGEST_MANIFEST = 2**20


@dataclasses.dataclass(frozen=True)
class BundledModel:
    """A file of a bundle. ``bytes`` are those that it has there."""

    id: str
    name: str
    file: str
    bytes: int
    sha256: str


@dataclasses.dataclass(frozen=True)
class _Manifest(Message):
    type: ClassVar[str] = "models_bundle"
    models: tuple[BundledModel, ...]


_CODEC = Codec(1, [_Manifest])


def check_bundle(folder: Path) -> Path | None:
    """What stands where a bundle's own files would, in a folder that is no bundle; None where nothing does."""
    if (folder / MANIFEST).exists():
        return None
    return next((folder / name for name in (SUMS, README) if (folder / name).exists()), None)


def write_bundle(folder: Path, models: Sequence[Downloadable], readme: str) -> None:
    """Say in ``folder``, which holds the files of ``models``, what they are; those of before stay in it.

    ``SHA256SUMS`` is what ``sha256sum -c`` reads (coreutils: two spaces, names relative to the folder). Raises
    PhialError DOWNLOAD_UNWRITABLE.
    """
    try:
        kept = {model.file: model for model in bundled(folder) if (folder / model.file).is_file()}
        for model in models:
            size = (folder / model.file).stat().st_size
            kept[model.file] = BundledModel(model.id, model.name, model.file, size, model.sha256)
        every = tuple(kept[name] for name in sorted(kept))
        replace_file(folder / SUMS, "".join(f"{model.sha256}  {model.file}\n" for model in every).encode())
        replace_file(folder / README, readme.encode())
        replace_file(folder / MANIFEST, _CODEC.encode(_Manifest(every)))
    except OSError as error:
        raise PhialError(EngineProblem.DOWNLOAD_UNWRITABLE, details=str(error.strerror), path=str(folder)) from error


def bundled(folder: Path) -> tuple[BundledModel, ...]:
    """What the bundle in ``folder`` says that it holds; nothing where it is none, or says what can't be."""
    try:
        with (folder / MANIFEST).open("rb") as file:
            manifest = _CODEC.decode(file.read(_LARGEST_MANIFEST))
    except (OSError, FrameError):
        return ()
    assert isinstance(manifest, _Manifest)  # noqa: S101 - the codec knows no other message
    return tuple(model for model in manifest.models if _is_name(model.file))


def sources_in(place: Path, wanted: Downloadable) -> tuple[FileSource, ...]:
    """The files at ``place`` (a file, or a folder with all below it) that may be ``wanted``, the likeliest first.

    That is what a bundle calls by its hash, what bears its name, then any GGUF file of its size (any at all, where
    nobody knows its size); their bytes decide. Raises PhialError MODEL_NOT_THERE where there is none,
    DOWNLOAD_SOURCE_UNREADABLE where there is no such place, or none that may be looked at.
    """
    try:
        place.stat()
    except OSError as error:
        details = str(error.strerror)
        raise PhialError(EngineProblem.DOWNLOAD_SOURCE_UNREADABLE, details=details, path=str(place)) from error
    found = [place] if place.is_file() else list(_files_below(place, wanted))
    named = {place / model.file for model in bundled(place) if model.sha256 == wanted.sha256}
    likely = sorted(
        (path for path in found if _size_of(path) == (wanted.bytes or _size_of(path)) and _size_of(path)),
        key=lambda path: (path not in named, path.name != wanted.file, str(path)),
    )
    if not likely:
        raise PhialError(EngineProblem.MODEL_NOT_THERE, model=wanted.name, path=str(place))
    return tuple(FileSource(path, wanted.name, str(place)) for path in likely)


def _files_below(folder: Path, wanted: Downloadable) -> Iterator[Path]:
    names = {wanted.file, *(model.file for model in bundled(folder))}
    for number, (parent, _, files) in enumerate(os.walk(folder)):
        if number >= MOST_FOLDERS:
            return
        for file in files:
            if file in names or file.lower().endswith(".gguf"):
                yield Path(parent) / file


def _size_of(path: Path) -> int:
    try:
        return path.stat().st_size if path.is_file() else 0
    except OSError:
        return 0


def _is_name(file: str) -> bool:
    """Whether this is the name of a file on every system, and nothing that leads elsewhere."""
    return file not in {"", ".", ".."} and not set(file) & set('/\\:*?"<>|') and file.isprintable()
