"""Take out of a folder's libraries what only linkers and debuggers read, where nothing else of them changes.

Wheels are mended by a tool (patchelf) that leaves some libraries in a form which strip breaks. So each that strip wrote
is compared with what it was: what the loader maps into memory has to be the same, byte for byte, and to lie in the file
where the loader can take it from. One that isn't so stays as it was.
"""

from __future__ import annotations

import concurrent.futures
import dataclasses
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from linux.binaries import binaries
from linux.elf import HEADER, SEGMENT, ElfError, segments

COMPARED_BY_SUM = ("kernels",)
"""Folders inside the program's own whose files are compared with a sum that was taken before: not a byte may change."""


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
    libraries = [path for path in binaries(folder) if ".so" in path.name and not is_compared_by_sum(path, folder)]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        for path, saved in zip(libraries, pool.map(strip_library, libraries), strict=True):
            if saved is None:
                done.left_alone.append(path.relative_to(folder))
            else:
                done.saved += saved
    return done


def is_compared_by_sum(path: Path, folder: Path) -> bool:
    """Whether a file of the frozen ``folder`` is one of which not a byte may change."""
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
        return image(before) == image(after)
    except ElfError:
        return False


def image(file: bytes) -> list[tuple[int | bytes, ...]]:
    """What the loader makes of an ELF file: its header, then the kind, flags, address, size, alignment, bytes of each.

    Where in the file they lie is left out. Raises ElfError.
    """
    header = list(HEADER.unpack_from(file)) if len(file) >= HEADER.size else []
    found = segments(file)
    # Where the table of sections lies, the size of its entries, how many and which has their names.
    header[6] = header[11] = header[12] = header[13] = 0
    normal = bytearray(file)
    normal[: HEADER.size] = HEADER.pack(*header)
    for one in found:
        SEGMENT.pack_into(
            normal, one.entry, one.kind, one.flags, 0, one.address, 0, one.in_file, one.in_memory, one.alignment
        )
    shown: list[tuple[int | bytes, ...]] = [(bytes(normal[: HEADER.size]),)]
    for one in found:
        content = bytes(normal[one.offset : one.offset + one.in_file])
        shown.append((one.kind, one.flags, one.address, one.in_memory, one.alignment, content))
    return shown
