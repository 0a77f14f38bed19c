"""Copies of a library.db, of one instant, made while others read and write it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

PAGES_AT_ONCE = 4_096
"""Of SQLite, between two words on how far it is."""


def copy_database(source: Path, target: Path, tell: Callable[[int, int], None] = lambda _done, _whole: None) -> None:
    """Copy ``source`` to ``target``, a file that is made, as it is at this instant.

    ``tell`` hears how many pages are done, of how many; what it raises ends the copying. All of the copy lies in that
    one file. Raises sqlite3.Error, OSError; what there is of the copy then stays for the caller to erase.
    """
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
    origin = sqlite3.connect(source, timeout=30, isolation_level=None)
    copy = sqlite3.connect(target, isolation_level=None)

    def look(_status: int, left: int, whole: int) -> None:
        tell(whole - left, whole)

    try:
        # Read inside one transaction, or whatever is written meanwhile would have the copy begin anew, again and again.
        origin.execute("BEGIN")
        origin.execute("SELECT count(*) FROM sqlite_master").fetchone()
        origin.backup(copy, pages=PAGES_AT_ONCE, progress=look, sleep=0)
        copy.execute("PRAGMA journal_mode = DELETE").fetchone()
    finally:
        copy.close()
        origin.close()
