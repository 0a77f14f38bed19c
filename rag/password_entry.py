"""Passwords that a person gives in the terminal: from a file, from standard input, or typed unseen."""

from __future__ import annotations

import getpass
import os
import stat
import sys
from pathlib import Path

from rag.errors import LibraryProblem, PhialError, Problem, text

STANDARD_INPUT = "-"
MOST_BYTES = 2**20


def read_passwords(path: str) -> tuple[tuple[str, ...], Problem | None]:
    """The passwords in a file, one a line, "-" for standard input; and a notice where others can read the file.

    Raises PhialError PATH_MISSING, PATH_UNREADABLE.
    """
    if path == STANDARD_INPUT:
        return _lines(sys.stdin.read(MOST_BYTES)), None
    try:
        with Path(path).expanduser().open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
            mode = os.fstat(file.fileno()).st_mode
            lines = _lines(file.read(MOST_BYTES))
    except FileNotFoundError as error:
        raise PhialError(LibraryProblem.PATH_MISSING, path=path) from error
    except OSError as error:
        raise PhialError(LibraryProblem.PATH_UNREADABLE, path=path) from error
    is_open = os.name == "posix" and bool(mode & (stat.S_IRWXG | stat.S_IRWXO))
    return lines, Problem(LibraryProblem.PASSWORD_FILE_OPEN.value, {"path": path}) if is_open else None


def ask_password(path: str, language: str) -> tuple[str, ...]:
    """The password that the person types for the document at ``path``; a line of standard input where nobody types."""
    if not sys.stdin.isatty():
        return _lines(sys.stdin.readline())
    return _lines(getpass.getpass(text("unlock_prompt", language, path=path), stream=sys.stderr))


def _lines(given: str) -> tuple[str, ...]:
    # A password may hold spaces at its ends, and any character but the end of a line.
    lines = given.replace("\r\n", "\n").split("\n")
    return tuple(line.encode("utf-8", "replace").decode() for line in lines if line)
