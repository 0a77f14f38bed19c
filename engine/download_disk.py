"""What a download asks of the disk, and what the disk says to it, as ours."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path

from engine.errors import EngineProblem, PhialError

MARGIN = 1.05
"""Times the bytes that are to come must be free on the disk before the first of them does."""


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, in hex. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def ask_for_room(folder: Path, coming: int) -> None:
    """Raises PhialError DOWNLOAD_DISK_FULL where the disk of ``folder`` has no room for so many bytes more."""
    needed = int(coming * MARGIN)
    free = shutil.disk_usage(folder).free
    if needed > free:
        raise PhialError(EngineProblem.DOWNLOAD_DISK_FULL, path=str(folder), needed=needed, free=free)


@contextlib.contextmanager
def disk_named(folder: Path, needed: int) -> Iterator[None]:
    """What the disk of ``folder`` says, as ours; ``needed`` bytes were to go there.

    Raises PhialError DOWNLOAD_DISK_FULL, DOWNLOAD_UNWRITABLE.
    """
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            free = shutil.disk_usage(folder).free
            raise PhialError(EngineProblem.DOWNLOAD_DISK_FULL, path=str(folder), needed=needed, free=free) from error
        raise PhialError(EngineProblem.DOWNLOAD_UNWRITABLE, details=str(error.strerror), path=str(folder)) from error
