"""How paths and problems lie in library.db, and what several records ask of it."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from engine.frames import plain
from rag.errors import Problem

WITHIN = "path > CAST(? AS TEXT) AND path < CAST(? AS TEXT)"
"""What holds for the paths in a folder and below it, between its ``folder_bounds``."""

HELD_WHAT_WAS_READ = (
    "EXISTS (SELECT 1 FROM documents d WHERE d.sha256 = files.sha256 AND (d.state NOT IN ('queued', 'reading')"
    " OR EXISTS (SELECT 1 FROM passages p WHERE p.sha256 = d.sha256)))"
)
"""What holds for a row of ``files`` whose document was read: one that is being read anew answers meanwhile."""


def display_name(path: str) -> str:
    """The name of a file as it can be shown: bytes that are no text become the replacement character."""
    return Path(path).name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def problem_of_row(stored: object) -> Problem | None:
    """The problem that ``stored_problem`` made ``stored`` from; None for NULL."""
    if not stored:
        return None
    values = json.loads(str(stored))
    return Problem(values["kind"], values["parameters"], values["details"])


def stored_problem(problem: Problem) -> str:
    """``problem`` as JSON."""
    return json.dumps(plain(problem), ensure_ascii=True)


def stored_path(path: str) -> bytes:
    """A path as bytes, to be CAST to TEXT: one that holds no UTF-8 comes back as it was."""
    return path.encode("utf-8", "surrogateescape")


def is_waiting(connection: sqlite3.Connection, sha256: str) -> bool:
    """Whether a file of the document waits to be read."""
    row = connection.execute(
        "SELECT EXISTS (SELECT 1 FROM files WHERE sha256 = ? AND is_waiting)", (sha256,)
    ).fetchone()
    return bool(row[0])


def marks(values: Sequence[object]) -> str:
    """A question mark for each of ``values``, for an IN list."""
    return ", ".join("?" * len(values))


def folder_bounds(folder: str) -> tuple[bytes, bytes]:
    """The paths in a folder stand between its name with a separator and its name with the character behind that."""
    inside = folder.rstrip(os.sep) + os.sep
    return stored_path(inside), stored_path(inside[: -len(os.sep)] + chr(ord(os.sep) + 1))
