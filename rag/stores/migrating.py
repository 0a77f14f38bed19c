"""Bringing a library.db of an older version up to this one: all of the way or not at all, with a copy made before."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import time
from pathlib import Path

from engine.paths import backups, make_private_folder
from rag.errors import LibraryProblem, PhialError
from rag.stores.copying import copy_database
from rag.stores.schema import SCHEMA_VERSION, STEPS

DAYS_KEPT = 30
"""How long the copy is kept: it holds what a person may have had forgotten since."""

_COPIES = "library-of-schema-*.db"
_OF_THE_DISK = ("SQLITE_FULL", "SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_IOERR", "SQLITE_BUSY",
                "SQLITE_CORRUPT", "SQLITE_NOTADB")  # fmt: skip


def copy_of(home: Path, version: int) -> Path:
    """Where the library in ``home`` is kept as it was with the schema of ``version``."""
    return backups(home) / _COPIES.replace("*", str(version))


def migrate(connection: sqlite3.Connection, path: Path, version: int, *, keeps_copy: bool = True) -> None:
    """Bring the library.db at ``path``, which ``connection`` has open, from ``version`` to SCHEMA_VERSION.

    The last such copy alone is kept. Raises PhialError LIBRARY_NOT_MIGRATED, with the library as it was; DISK_FULL;
    sqlite3.Error where the disk or the file is the matter.
    """
    copy = copy_of(path.parent, version)
    if keeps_copy:
        _keep_copy(path, copy)
    steps = " ".join(STEPS[step] for step in range(version, SCHEMA_VERSION))
    try:
        # Of one transaction: a step that fails takes those before it along.
        connection.executescript(f"BEGIN IMMEDIATE; {steps} PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;")
    except sqlite3.Error as error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        name = getattr(error, "sqlite_errorname", "") or ""
        if name.startswith(_OF_THE_DISK):
            raise
        raise PhialError(
            LibraryProblem.LIBRARY_NOT_MIGRATED, details=f"{name}: {error}", path=str(path.parent), copy=str(copy)
        ) from error


def drop_old_copies(home: Path) -> None:
    """Erase copies that were made more than DAYS_KEPT days ago."""
    with contextlib.suppress(OSError):
        for copy in backups(home).glob(_COPIES):
            if copy.stat().st_mtime < time.time() - DAYS_KEPT * 86_400:
                copy.unlink()


def _keep_copy(path: Path, copy: Path) -> None:
    beside = copy.with_suffix(".part")
    try:
        make_private_folder(copy.parent)
        # As much again is written when the tables are changed.
        if shutil.disk_usage(copy.parent).free < 2 * path.stat().st_size:
            raise PhialError(LibraryProblem.DISK_FULL, path=str(path.parent))
        copy_database(path, beside)
        beside.replace(copy)
        for other in copy.parent.glob(_COPIES):
            if other != copy:
                other.unlink()
    except OSError as error:
        raise PhialError(
            LibraryProblem.LIBRARY_UNWRITABLE, details=str(error.strerror), path=str(copy.parent)
        ) from error
    finally:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
