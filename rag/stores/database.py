"""The file library.db: its connections, its transactions. Records and history ask for what is in it."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

from rag.errors import LibraryProblem, PhialError
from rag.stores.migrating import drop_old_copies, migrate
from rag.stores.schema import SCHEMA, SCHEMA_VERSION

FILE = "library.db"


class RowGone(Exception):
    """What was to be added to is no longer there: it was removed meanwhile."""


class Database:
    """library.db, open. Reading is free from any thread; writing is one transaction at a time."""

    def __init__(self, home: Path, *, keeps_copy: bool = True) -> None:
        """Open the library in ``home``, made where there is none, brought up where an older version made it.

        ``keeps_copy``: as it was before that, it is kept (see ``migrating``). Raises PhialError: LIBRARY_NEWER,
        LIBRARY_NOT_MIGRATED, LIBRARY_DAMAGED, LIBRARY_UNWRITABLE, DISK_FULL.
        """
        self.path = home / FILE
        self._keeps_copy = keeps_copy
        self._local = threading.local()
        self._open: list[sqlite3.Connection] = []
        self._guard = threading.Lock()
        self._writing = threading.RLock()
        try:
            with self.errors_named():
                self._prepare(self._connect())
        except BaseException:
            self.close()
            raise
        if os.name == "posix":
            self.path.chmod(0o600)

    @property
    def reader(self) -> sqlite3.Connection:
        """The calling thread's own connection. What it reads outside a transaction is what was last committed."""
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        return connection if connection is not None else self._connect()

    @contextlib.contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All that is written inside is kept, or none of it. Raises PhialError DISK_FULL, LIBRARY_DAMAGED…."""
        with self._writing, self.errors_named():
            connection = self.reader
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[sqlite3.Connection]:
        """All that is read inside is of one instant, whatever is written meanwhile: also where a table goes."""
        connection = self.reader
        if connection.in_transaction:
            yield connection
            return
        connection.execute("BEGIN")
        try:
            yield connection
        finally:
            connection.execute("COMMIT")

    def erase_traces(self) -> None:
        """After something was forgotten: leave nothing of it in dead rows of the lexical index or in the log."""
        with self._writing, self.errors_named():
            rows = self.reader.execute("SELECT name FROM sqlite_master WHERE name IN ('words', 'lexical')")
            for (index,) in rows.fetchall():
                self.reader.execute(f"INSERT INTO {index} ({index}) VALUES ('optimize')")
            self.reader.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    @contextlib.contextmanager
    def errors_named(self) -> Iterator[None]:
        """Turn SQLite's errors into ours, and a missing parent row into RowGone."""
        try:
            yield
        except sqlite3.IntegrityError as error:
            raise RowGone from error
        except sqlite3.Error as error:
            name = getattr(error, "sqlite_errorname", "") or ""
            kind = LibraryProblem.LIBRARY_DAMAGED
            if name.startswith("SQLITE_FULL"):
                kind = LibraryProblem.DISK_FULL
            elif name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_IOERR", "SQLITE_BUSY")):
                kind = LibraryProblem.LIBRARY_UNWRITABLE
            elif not name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")) and name:
                raise
            raise PhialError(kind, details=f"{name}: {error}", path=str(self.path.parent)) from error

    def close(self) -> None:
        """Close every connection, of whatever thread."""
        with self._guard:
            for connection in self._open:
                with contextlib.suppress(sqlite3.Error):
                    connection.close()
            self._open.clear()
        self._local = threading.local()

    def _prepare(self, connection: sqlite3.Connection) -> None:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version > SCHEMA_VERSION:
            raise PhialError(LibraryProblem.LIBRARY_NEWER, path=str(self.path.parent))
        if version == 0:
            connection.executescript(f"BEGIN IMMEDIATE; {SCHEMA} PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;")
        elif version < SCHEMA_VERSION:
            migrate(connection, self.path, version, keeps_copy=self._keeps_copy)
        connection.execute("SELECT count(*) FROM documents").fetchone()
        drop_old_copies(self.path.parent)

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=30, isolation_level=None, check_same_thread=False)
        try:
            # A path may hold bytes that are no UTF-8; they come back as they went in.
            connection.text_factory = lambda data: data.decode("utf-8", "surrogateescape")
            for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON", "secure_delete = ON"):
                connection.execute(f"PRAGMA {pragma}").fetchall()
        except BaseException:
            connection.close()
            raise
        with self._guard:
            self._open.append(connection)
        self._local.connection = connection
        return connection
