"""What is asked of and done to a library.db that is backed up, or that comes out of a backup of another machine."""

from __future__ import annotations

import contextlib
import json
import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from rag.errors import LibraryProblem, PhialError
from rag.path_mapping import mapped, mapped_within
from rag.protocol import PathMap
from rag.stores.database import FILE, Database
from rag.stores.rows import stored_path
from rag.stores.schema import SCHEMA, STEPS

_OF_ONE_MACHINE = ("downloads",)
"""Settings that a backup leaves behind: what is being got there would be got here, from a network."""

_PATHS_OF_ANSWERS = frozenset({"path", "also_in"})
_OF_FORMER_SCHEMAS = """
CREATE TRIGGER passage_added AFTER INSERT ON passages BEGIN
    INSERT INTO lexical (rowid, title, section, text) VALUES (new.id, new.title, new.section, new.text);
END;
"""
_TRIGGER = re.compile(r"CREATE TRIGGER.*?\bEND;", re.DOTALL)


@contextlib.contextmanager
def errors_named(home: Path) -> Iterator[None]:
    """What SQLite says of a library.db in ``home`` that nobody has open, as ours. Raises PhialError DISK_FULL…."""
    try:
        yield
    except sqlite3.Error as error:
        name = getattr(error, "sqlite_errorname", "") or ""
        kind = LibraryProblem.DISK_FULL if name.startswith("SQLITE_FULL") else LibraryProblem.LIBRARY_DAMAGED
        raise PhialError(kind, details=f"{name}: {error}", path=str(home)) from error


def count_held(path: Path) -> tuple[int, int]:
    """How many documents (files, where none was read), and conversations, a library.db holds. Raises sqlite3.Error."""
    with contextlib.closing(sqlite3.connect(path, timeout=30)) as connection:
        files, documents, conversations = (
            connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("files", "documents", "conversations")
        )
    return documents or files, conversations


def holds_anything(path: Path) -> bool:
    """Whether there is a library.db at ``path`` with anything in it; one that can't be read may have."""
    if not path.exists():
        return False
    try:
        return count_held(path) != (0, 0)
    except sqlite3.Error:
        return True


def version_of(path: Path) -> int:
    """The version of the schema of the library.db at ``path``; 0 where it is no sound database. No trigger is run."""
    try:
        with contextlib.closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA trusted_schema = OFF")
            if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                return 0
            return int(connection.execute("PRAGMA user_version").fetchone()[0])
    except sqlite3.Error:
        return 0


def bring_up(home: Path) -> bool:
    """Bring the library.db in ``home``, which a stranger may have written, up to this version.

    Says whether it is one of ours: no views, no triggers but those that we know. Raises PhialError, sqlite3.Error.
    """
    Database(home, keeps_copy=False).close()
    path = home / FILE
    known = {
        _plain(trigger) for text in (SCHEMA, *STEPS.values(), _OF_FORMER_SCHEMAS) for trigger in _TRIGGER.findall(text)
    }
    with contextlib.closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT type, name, coalesce(sql, '') FROM sqlite_master").fetchall()
    for kind, name, sql in rows:
        is_virtual = kind == "table" and "virtual" in sql[:40].lower()
        if kind == "view" or (is_virtual and name not in {"words", "lexical"}):
            return False
        if kind == "trigger" and _plain(sql + ";") not in known:
            return False
    return True


def leave_vectors_out(path: Path) -> None:
    """Take the vectors out of a copy: they are computed anew from the passages. Raises sqlite3.Error."""
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.executescript(
            "BEGIN; UPDATE passages SET vector_key = NULL, is_indexed = 0; DELETE FROM coming; DELETE FROM vectors;"
            " COMMIT; VACUUM;"
        )


def fit_to_this_machine(home: Path, maps: Sequence[PathMap], exists: Callable[[str], bool]) -> int:
    """Have the library.db in ``home``, which comes from elsewhere, name things as they are here.

    Paths are mapped; files that are not there are away; the vector index is to be filled. Gives how many are away.
    """
    database = Database(home, keeps_copy=False)
    try:
        with database.transaction() as connection:
            connection.execute("PRAGMA trusted_schema = OFF")
            for table, column in (("files", "path"), ("folders", "path"), ("left_out", "path"), ("collected", "key")):
                _map_column(connection, table, column, maps)
            for column in ("answer", "made_of"):
                _map_json(connection, "turns", "id", column, maps, _PATHS_OF_ANSWERS)
            _map_json(connection, "settings", "key", "value", maps, None)
            for setting in _OF_ONE_MACHINE:
                connection.execute("DELETE FROM settings WHERE key = ?", (setting,))
            # Whatever lies at a followed path here is another folder than there: nothing is forgotten for that.
            connection.execute("UPDATE folders SET identity = ''")
            connection.execute("UPDATE passages SET is_indexed = 0 WHERE is_indexed")
            connection.execute("UPDATE coming SET is_indexed = 0 WHERE is_indexed")
            paths = [row[0] for row in connection.execute("SELECT path FROM files")]
            away = [path for path in paths if not exists(path)]
            connection.execute("UPDATE files SET is_away = 0")
            connection.executemany(
                "UPDATE files SET is_away = 1 WHERE path = CAST(? AS TEXT)", [(stored_path(path),) for path in away]
            )
        database.reader.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        database.close()
    return len(away)


def _map_column(connection: sqlite3.Connection, table: str, column: str, maps: Sequence[PathMap]) -> None:
    rows = [row[0] for row in connection.execute(f"SELECT DISTINCT {column} FROM {table}")]
    connection.executemany(
        f"UPDATE OR REPLACE {table} SET {column} = CAST(? AS TEXT) WHERE {column} = CAST(? AS TEXT)",
        [(stored_path(mapped(one, maps)), stored_path(one)) for one in rows if mapped(one, maps) != one],
    )


def _map_json(
    connection: sqlite3.Connection, table: str, key: str, column: str, maps: Sequence[PathMap],
    names: frozenset[str] | None,
) -> None:  # fmt: skip
    for identity, stored in connection.execute(f"SELECT {key}, {column} FROM {table}").fetchall():
        try:
            value: Any = json.loads(stored)
        except ValueError:
            continue  # a word or a number of a setting
        changed = mapped_within(value, maps, names)
        if changed != value:
            connection.execute(f"UPDATE {table} SET {column} = ? WHERE {key} = ?", (json.dumps(changed), identity))


def _plain(sql: str) -> str:
    return " ".join(sql.split())
