"""Giving back the pages of a mapped file that nobody looks at any more.

llama.cpp maps a model's file. Where it lays weights out anew for the processor's kernels ("repacking"), it reads them
through the mapping once, and a copy of its own from then on: yet the pages of both count as the process's memory until
the system needs them. Decision 0158.
"""

from __future__ import annotations

import contextlib
import ctypes
import re
import sys
from collections.abc import Iterator
from pathlib import Path

_MADV_DONTNEED = 4  # <linux/mman.h>: of a file's mapping, the pages are read again where they are looked at again
_SHARED = re.compile(r"^([0-9a-f]+)-([0-9a-f]+) r--s \S+ \S+ (?!0 )\d+", re.MULTILINE)


def give_back_mapped_pages() -> None:
    """Let go of the pages of this process's mapped files: they stay in the system's cache, and come back when needed.

    Libraries are mapped otherwise, and stay. On macOS nothing is done: weights are used there where they are mapped.
    """
    with contextlib.suppress(OSError, AttributeError):
        if sys.platform == "linux":
            library = ctypes.CDLL(None, use_errno=True)
            for start, length in mapped_files(Path("/proc/self/maps").read_text(encoding="utf-8", errors="replace")):
                library.madvise(ctypes.c_void_p(start), ctypes.c_size_t(length), _MADV_DONTNEED)
        elif sys.platform == "win32":  # pragma: no cover - Windows
            kernel = ctypes.WinDLL("kernel32")
            kernel.GetCurrentProcess.restype = ctypes.c_void_p
            kernel.K32EmptyWorkingSet.argtypes = (ctypes.c_void_p,)
            kernel.K32EmptyWorkingSet(kernel.GetCurrentProcess())


def mapped_files(maps: str) -> Iterator[tuple[int, int]]:
    """Start and length (bytes) of the files that are mapped to be read, by Linux's ``/proc/self/maps``.

    As llama.cpp maps a model's file: shared, where the loader maps libraries for this process alone.
    """
    for found in _SHARED.finditer(maps):
        start, end = int(found[1], 16), int(found[2], 16)
        yield start, end - start
