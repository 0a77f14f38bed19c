"""Take out of a folder's libraries the places of the machine that built them, where a loader would look for others.

What was compiled on a machine may name its folders: where the home of whoever built it stands, or nothing at all, which
a loader takes for the folder that a program was started in. Whoever can write there gives the program its libraries.
Everything that ours need lies beside them or is the system's: only what begins with $ORIGIN is kept. As chrpath does
it, the entry goes and those behind it move up: nothing else of the file changes its place.
"""

from __future__ import annotations

import itertools
import struct
from collections.abc import Iterator
from pathlib import Path

from linux.binaries import binaries
from linux.elf import DYNAMIC, LOADED, ElfError, segments
from linux.symbols import is_compared_by_sum

BESIDE = "$ORIGIN"
_ENTRY = struct.Struct("<qQ")
_END, _STRINGS, _SEARCH_PATHS = 0, 5, (15, 29)
"""Kinds of entries in the dynamic section: its end, the address of the strings, DT_RPATH and DT_RUNPATH."""


def clean_folder(folder: Path) -> list[Path]:
    """Take such places out of every binary of the frozen ``folder``; those that had one, relative to it.

    Raises OSError; ElfError where one has places of both kinds: a part of an entry can't be taken out.
    """
    cleaned = []
    for path in (each for each in binaries(folder) if not is_compared_by_sum(each, folder)):
        before = path.read_bytes()
        after = without_places(before)
        if after != before:
            mode = path.stat().st_mode & 0o777
            path.unlink()  # where files share their bytes, another one would change
            path.write_bytes(after)
            path.chmod(mode)
            cleaned.append(path.relative_to(folder))
    return cleaned


def without_places(file: bytes) -> bytes:
    """An ELF file without the search paths that don't begin beside it. Raises ElfError."""
    cleaned = bytearray(file)
    for begin, size, kept in _tables(file):
        packed = b"".join(itertools.starmap(_ENTRY.pack, kept))
        cleaned[begin : begin + size] = packed + bytes(size - len(packed))
    return bytes(cleaned)


def search_paths(file: bytes) -> list[str]:
    """Every place that an ELF file names to look for libraries in. Raises ElfError."""
    return [place for text in _texts(file).values() for place in text.split(":")]


def _tables(file: bytes) -> Iterator[tuple[int, int, list[tuple[int, int]]]]:
    texts = _texts(file)
    for one in segments(file):
        if one.kind == DYNAMIC:
            entries = _entries(file, one.offset, one.in_file)
            kept = [entry for entry in entries if entry[0] not in _SEARCH_PATHS or _is_kept(texts[entry[1]])]
            yield one.offset, one.in_file, kept


def _is_kept(text: str) -> bool:
    beside = [place.startswith(BESIDE) for place in text.split(":")]
    if any(beside) and not all(beside):
        raise ElfError(f"{text} can't be taken out in part")
    return all(beside)


def _texts(file: bytes) -> dict[int, str]:
    found = segments(file)
    texts = {}
    for one in found:
        if one.kind == DYNAMIC:
            entries = _entries(file, one.offset, one.in_file)
            address = next((value for kind, value in entries if kind == _STRINGS), 0)
            part = next(
                (part for part in found if part.kind == LOADED and 0 <= address - part.address < part.in_file), None
            )
            for _, value in (entry for entry in entries if entry[0] in _SEARCH_PATHS):
                if part is None:
                    raise ElfError
                begin = address - part.address + part.offset + value
                texts[value] = file[begin : file.index(b"\0", begin)].decode("utf-8", "replace")
    return texts


def _entries(file: bytes, begin: int, size: int) -> list[tuple[int, int]]:
    """The entries of the dynamic section up to its end, kind and value of each."""
    whole = _ENTRY.iter_unpack(file[begin : begin + size - size % _ENTRY.size])
    return [(kind, value) for kind, value in itertools.takewhile(lambda entry: entry[0] != _END, whole)]
