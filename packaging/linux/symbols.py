"""Take out of a folder's libraries what only linkers and debuggers read, where nothing else of them changes.

Wheels are mended by a tool (patchelf) that leaves some libraries in a form which strip breaks. So each that strip wrote
is compared with what it was: what the loader maps into memory has to be the same, byte for byte, and to lie in the file
where the loader can take it from. One that isn't so stays as it was.

ELF: https://refspecs.linuxfoundation.org/elf/gabi4+/contents.html, the chapters on headers and program loading; elf(5).
"""

from __future__ import annotations

import concurrent.futures
import dataclasses
import os
import shutil
import struct
import subprocess
import tempfile
from pathlib import Path

from linux.binaries import binaries

COMPARED_BY_SUM = ("kernels",)
"""Folders inside the program's own whose files are compared with a sum that was taken before: not a byte may change."""

_HEADER = struct.Struct("<16sHHIQQQIHHHHHH")
_SEGMENT = struct.Struct("<IIQQQQQQ")
_LITTLE_64 = b"\x7fELF\x02\x01\x01"
_LOADED = 1


class ElfError(ValueError):
    """A file that is no whole ELF file of 64 bits, least significant byte first."""


@dataclasses.dataclass(frozen=True)
class Segment:
    """What the loader is told of a piece of the file, less where in the file it lies; addresses and sizes in bytes."""

    kind: int
    flags: int
    address: int
    size_in_memory: int
    alignment: int
    content: bytes


@dataclasses.dataclass
class Stripped:
    """What came of a folder: the bytes that were ``saved``, and the libraries that strip would have changed."""

    saved: int = 0
    left_alone: list[Path] = dataclasses.field(default_factory=list)


def strip_folder(folder: Path) -> Stripped:
    """Strip each library of the frozen ``folder``. The program itself, which carries an archive, is none.

    Raises OSError: where there is no strip, too.
    """
    done = Stripped()
    libraries = [path for path in binaries(folder) if ".so" in path.name and not _is_compared(path, folder)]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        for path, saved in zip(libraries, pool.map(strip_library, libraries), strict=True):
            if saved is None:
                done.left_alone.append(path.relative_to(folder))
            else:
                done.saved += saved
    return done


def _is_compared(path: Path, folder: Path) -> bool:
    return any(part in COMPARED_BY_SUM for part in path.relative_to(folder).parts[:2])


def strip_library(path: Path) -> int | None:
    """Strip the library at ``path``: the bytes that it lost, 0 where there was nothing to take.

    None, and the file as it was, where strip fails or would change what is loaded. Raises OSError.
    """
    with tempfile.TemporaryDirectory() as place:
        stripped = Path(place) / path.name
        command = ["strip", "--strip-unneeded", "-o", str(stripped), str(path)]
        if subprocess.run(command, stderr=subprocess.DEVNULL, check=False).returncode != 0:
            return None
        before, after = path.read_bytes(), stripped.read_bytes()
        if len(after) >= len(before):
            return 0
        if not is_same_when_loaded(before, after):
            return None
        shutil.copymode(path, stripped)
        # Not written over: where files share their bytes, another one would change.
        path.unlink()
        shutil.move(stripped, path)
    return len(before) - len(after)


def is_same_when_loaded(before: bytes, after: bytes) -> bool:
    """Whether the loader makes the same of two ELF files. False where one isn't whole, or ``after`` can't be loaded."""
    try:
        return segments(before) == segments(after)
    except ElfError:
        return False


def segments(file: bytes) -> list[Segment]:
    """The segments of an ELF file, in their order; the first is the header. Where things lie in the file is left out.

    Raises ElfError, also where a segment doesn't lie where the loader could map it from.
    """
    if not file.startswith(_LITTLE_64) or len(file) < _HEADER.size:
        raise ElfError
    header = list(_HEADER.unpack_from(file))
    begin, size, count = header[5], header[9], header[10]
    if size != _SEGMENT.size or begin + size * count > len(file):
        raise ElfError
    # Where the table of sections lies, the size of its entries, how many and which has their names.
    header[6] = header[11] = header[12] = header[13] = 0
    normal = bytearray(file)
    normal[: _HEADER.size] = _HEADER.pack(*header)
    entries = list(_SEGMENT.iter_unpack(file[begin : begin + size * count]))
    for number, (kind, flags, _, *others) in enumerate(entries):
        _SEGMENT.pack_into(normal, begin + number * size, kind, flags, 0, *others)
    found = [Segment(0, 0, 0, 0, 0, bytes(normal[: _HEADER.size]))]
    for kind, flags, offset, address, _, in_file, in_memory, alignment in entries:
        if offset + in_file > len(file) or in_file > in_memory:
            raise ElfError
        if kind == _LOADED and alignment > 1 and (offset - address) % alignment:
            raise ElfError
        content = bytes(normal[offset : offset + in_file])
        found.append(Segment(kind, flags, address, in_memory, alignment, content))
    return found
