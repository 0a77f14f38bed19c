"""Holding a library: one process has it open at a time, by an operating system's lock that ends with that process."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from filelock import FileLock, Timeout

from engine.paths import logs, make_private_folder
from rag.errors import LibraryProblem, PhialError

_LOCK, _PID = "library.lock", "library.pid"


def hold(home: Path) -> FileLock:
    """Make the folder ``home`` where there is none, and hold the library in it until the lock is released.

    Raises PhialError: LIBRARY_HELD, LIBRARY_UNWRITABLE.
    """
    try:
        make_private_folder(home)
        make_private_folder(logs(home))
        lock = FileLock(home / _LOCK, timeout=0, thread_local=False)
        lock.acquire()
    except Timeout as error:
        pid = 0
        with contextlib.suppress(OSError, ValueError):
            pid = int((home / _PID).read_text())
        raise PhialError(LibraryProblem.LIBRARY_HELD, path=str(home), pid=pid) from error
    except OSError as error:
        raise PhialError(LibraryProblem.LIBRARY_UNWRITABLE, details=str(error), path=str(home)) from error
    with contextlib.suppress(OSError):
        (home / _PID).write_text(str(os.getpid()))
    return lock
