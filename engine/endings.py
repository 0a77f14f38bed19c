"""Why a process of ours that was not ended has gone: what its exit status and its last words say."""

from __future__ import annotations

import contextlib
import re
import signal
from pathlib import Path

MOST_WORDS = 16_384  # bytes of the log's end that are looked at

_SIGKILL = 9
"""What the system ends a process with when memory runs out; Python has no name for it on Windows."""

_NATIVE = frozenset(
    -number for name in ("SIGABRT", "SIGBUS", "SIGFPE", "SIGSEGV") if (number := getattr(signal, name, 0))
)
_WINDOWS_ABORT = 3  # the C runtime's abort()
_WINDOWS_EXCEPTIONS = range(0xC0000000, 0xD0000000)  # NTSTATUS codes of severity error
_WINDOWS_NO_MEMORY = frozenset({0xC0000017, 0xC000012D})

_NO_MEMORY = re.compile(
    rb"bad_alloc|MemoryError|out of memory|fail(?:ed|ure) to allocate|unable to allocate|[Cc]annot allocate memory"
    rb"|Thread creation failed"
)


def crashed(status: int) -> bool:
    """Whether native code gave up or was stopped at what it did: a failed assertion, a wild pointer, no number."""
    return status in _NATIVE or status == _WINDOWS_ABORT or status in _WINDOWS_EXCEPTIONS


def ran_out_of_memory(status: int, said: bytes) -> bool:
    """Whether a process with the exit ``status``, which ``said`` this last, had no more memory."""
    return status == -_SIGKILL or status in _WINDOWS_NO_MEMORY or bool(_NO_MEMORY.search(said))


class LastWords:
    """What is written to the log at ``path`` from now on."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._begin = 0
        with contextlib.suppress(OSError):
            self._begin = path.stat().st_size

    def read(self) -> bytes:
        """The end of it."""
        with contextlib.suppress(OSError), self._path.open("rb") as file:
            file.seek(max(self._begin, self._path.stat().st_size - MOST_WORDS))
            return file.read(MOST_WORDS)
        return b""
