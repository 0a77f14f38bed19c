"""Which format a file has: its content decides, its name is checked against it."""

from __future__ import annotations

import codecs
import errno
import os
import stat
from pathlib import Path

from rag.errors import LibraryProblem, PhialError

PDF = "pdf"
MARKDOWN = "markdown"
TEXT = "text"

_FORMATS = {".pdf": PDF, ".md": MARKDOWN, ".markdown": MARKDOWN, ".txt": TEXT, ".text": TEXT}
SUFFIXES = frozenset(_FORMATS)
"""The endings that a folder scan takes."""

SAMPLE_BYTES = 64 * 2**10
HEADER_BYTES = 1024
"""A PDF's header stands within this many bytes: junk before it is common, and readers put up with it (ISO 32000-1,
Annex H, note 13)."""

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_TEXT_CONTROLS = frozenset(b"\t\n\v\f\r\x1a\x1b")
_CONTROLS = bytes(code for code in range(32) if code not in _TEXT_CONTROLS)
MOST_CONTROLS = 0.01
"""The part of control characters (a stray NUL, an escape) that text may have; more is a binary file."""


def detect_format(path: Path) -> str:
    """The format of the file at ``path``: ``pdf``, ``markdown`` or ``text``.

    Raises PhialError: PATH_MISSING, PATH_UNREADABLE, PATH_NOT_A_FILE (a folder, a pipe, a device), FILE_EMPTY,
    FORMAT_UNKNOWN, PDF_NOT_A_PDF (named .pdf, but something else), TEXT_NOT_TEXT (named as text, but binary).
    """
    sample = _read_sample(path)
    named = _FORMATS.get(path.suffix.lower())
    where = str(path)
    if sample.lstrip(codecs.BOM_UTF8 + b" \t\r\n").startswith(b"%PDF-"):
        return PDF
    if named == PDF:
        if b"%PDF-" in sample[:HEADER_BYTES]:
            return PDF
        raise PhialError(LibraryProblem.PDF_NOT_A_PDF, path=where)
    if named is None:
        raise PhialError(LibraryProblem.FORMAT_UNKNOWN, path=where)
    if not looks_like_text(sample):
        raise PhialError(LibraryProblem.TEXT_NOT_TEXT, path=where)
    return named


def looks_like_text(sample: bytes) -> bool:
    """Whether the first bytes of a file can be text of any encoding."""
    if any(sample.startswith(mark) for mark, _ in BYTE_ORDER_MARKS):
        return True
    if unmarked_wide_encoding(sample):
        return True
    controls = sum(sample.count(code) for code in _CONTROLS)
    return controls <= MOST_CONTROLS * len(sample)


def unmarked_wide_encoding(sample: bytes) -> str:
    """``utf-16-le`` or ``utf-16-be`` where bytes without a mark are that in a script of Latin kind, else ""."""
    units = len(sample) // 2
    if units < 2:
        return ""
    zeros_first = sample[0 : 2 * units : 2].count(0) / units
    zeros_second = sample[1 : 2 * units : 2].count(0) / units
    if zeros_second > 0.7 and zeros_first < 0.05:
        return "utf-16-le"
    if zeros_first > 0.7 and zeros_second < 0.05:
        return "utf-16-be"
    return ""


def file_size(path: Path) -> int:
    """Bytes of the file at ``path``. Raises PhialError: PATH_MISSING, PATH_UNREADABLE, PATH_NOT_A_FILE."""
    try:
        found = path.stat()
    except (OSError, ValueError) as error:
        raise path_problem(path, error) from error
    if not stat.S_ISREG(found.st_mode):
        raise PhialError(LibraryProblem.PATH_NOT_A_FILE, path=str(path))
    return found.st_size


def path_problem(path: Path, error: OSError | ValueError) -> PhialError:
    """What a failure to reach a file is to a person."""
    # A link that leads in a circle leads nowhere.
    missing = isinstance(error, OSError) and error.errno in (errno.ENOENT, errno.ENOTDIR, errno.ELOOP)
    kind = LibraryProblem.PATH_MISSING if missing else LibraryProblem.PATH_UNREADABLE
    return PhialError(kind, details=type(error).__name__, path=str(path))


def _read_sample(path: Path) -> bytes:
    if file_size(path) == 0:
        raise PhialError(LibraryProblem.FILE_EMPTY, path=str(path))
    try:
        # A pipe that takes the file's place after the look at it must not hold us up for ever.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(descriptor, "rb") as file:
            return file.read(SAMPLE_BYTES) or b""
    except (OSError, ValueError) as error:
        raise path_problem(path, error) from error
