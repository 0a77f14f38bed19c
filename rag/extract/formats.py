"""Which format a file has: its content decides, its name is checked against it.

Looks at no more than a sample of the beginning and the end of a file: this runs in the worker, before any limits.
"""

from __future__ import annotations

import codecs
import errno
import os
import re
import stat
import sys
from pathlib import Path

from rag.errors import PRIVACY_SETTINGS, LibraryProblem, PhialError

PDF = "pdf"
MARKDOWN = "markdown"
TEXT = "text"
HTML = "html"
IMAGE = "image"

_FORMATS = {
    ".pdf": PDF,
    ".md": MARKDOWN, ".markdown": MARKDOWN,
    ".txt": TEXT, ".text": TEXT,
    ".rst": "rst", ".rest": "rst",
    ".org": "org",
    ".html": HTML, ".htm": HTML, ".xhtml": HTML,
    ".docx": "docx", ".docm": "docx", ".dotx": "docx",
    ".odt": "odt", ".ott": "odt",
    ".rtf": "rtf",
    ".epub": "epub",
    ".pptx": "pptx", ".pptm": "pptx", ".ppsx": "pptx", ".potx": "pptx",
    ".xlsx": "xlsx", ".xlsm": "xlsx", ".xltx": "xlsx",
    ".csv": "csv", ".tsv": "csv", ".tab": "csv",
    ".eml": "eml",
    ".mbox": "mbox",
    ".png": IMAGE, ".jpg": IMAGE, ".jpeg": IMAGE, ".tif": IMAGE, ".tiff": IMAGE, ".webp": IMAGE,
}  # fmt: skip
_OLD_OFFICE = frozenset((".doc", ".xls", ".ppt"))
"""Taken, so that a person is told how to bring them along; some are another format under that name."""
SUFFIXES = frozenset(_FORMATS) | _OLD_OFFICE
"""The endings that a folder scan takes."""

_TEXTUAL = frozenset((MARKDOWN, TEXT, "rst", "org", "csv"))
"""Formats that any text is, if it is named so."""

SAMPLE_BYTES = 64 * 2**10
TAIL_BYTES = 2**20
"""A zip container's directory, or its last part, stands within this many bytes of its end."""
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

_PICTURES = re.compile(rb"\x89PNG\r\n\x1a\n|\xff\xd8\xff|II\*\0|MM\0\*|II\+\0|MM\0\+|RIFF....WEBP", re.DOTALL)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The container of Office before 2007, and of what newer Office encrypts ([MS-CFB] 2.2, [MS-OFFCRYPTO] 2.1)."""
_OLE_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ZIP = b"PK\x03\x04"
_DIRECTORY_END = b"PK\x05\x06"
_MIMETYPES = {b"application/epub+zip": "epub", b"application/vnd.oasis.opendocument.text": "odt"}
"""The first entry of an EPUB (OCF 3.3, 4.3) and of an OpenDocument file (part 2, 3.3), not compressed."""
_MAIN_FOLDERS = ((b"word/document", "docx"), (b"ppt/presentation", "pptx"), (b"xl/workbook", "xlsx"))

_HTML = re.compile(
    # Atomic: what was passed over as comments is not looked at in another way.
    rb"\s*(?:<\?xml[^>]*>\s*)?(?>(?:<!--.*?-->\s*)*)<(?:!doctype\s+html|html)\b",
    re.IGNORECASE | re.DOTALL,
)
_HEADER = re.compile(rb"[!-9;-~]{1,70}:")
_MAIL_HEADER = re.compile(
    rb"^(?:from|to|received|return-path|delivered-to|message-id|mime-version|date|subject):",
    re.IGNORECASE | re.MULTILINE,
)
_MAILBOX = re.compile(rb"From \S+[^\n]*\n(?=[!-9;-~]+:|>From )")

_TEXT_CONTROLS = frozenset(b"\t\n\v\f\r\x1a\x1b")
_CONTROLS = bytes(code for code in range(32) if code not in _TEXT_CONTROLS)
MOST_CONTROLS = 0.01
"""The part of control characters (a stray NUL, an escape) that text may have; more is a binary file."""


def detect_format(path: Path) -> str:
    """The format of the file at ``path``: a key of ``PAGE_UNITS``.

    Raises PhialError: PATH_MISSING, PATH_UNREADABLE, PATH_NOT_A_FILE (a folder, a pipe, a device), FILE_EMPTY,
    FORMAT_UNKNOWN, OFFICE_OLD, OFFICE_ENCRYPTED, PDF_NOT_A_PDF (named .pdf, but something else), TEXT_NOT_TEXT (named
    as text, but binary), FILE_NOT_AS_NAMED (named as another format, but none that is read), FILE_BROKEN (cut off).
    """
    sample, tail = _read_samples(path)
    named = _FORMATS.get(path.suffix.lower(), "")
    where = str(path)
    if sample.startswith(_OLE) and path.suffix.lower() in SUFFIXES:
        is_locked = _OLE_ENCRYPTED in sample or _OLE_ENCRYPTED in tail
        raise PhialError(LibraryProblem.OFFICE_ENCRYPTED if is_locked else LibraryProblem.OFFICE_OLD, path=where)
    found = _by_signature(sample, tail) or _by_markup(sample, named)
    if found:
        return found
    if named == PDF:
        if b"%PDF-" in sample[:HEADER_BYTES]:
            return PDF
        raise PhialError(LibraryProblem.PDF_NOT_A_PDF, path=where)
    if not named:
        raise PhialError(LibraryProblem.FORMAT_UNKNOWN, path=where)
    if named not in _TEXTUAL:
        is_cut_off = sample.startswith(_ZIP) and _DIRECTORY_END not in tail
        raise PhialError(LibraryProblem.FILE_BROKEN if is_cut_off else LibraryProblem.FILE_NOT_AS_NAMED, path=where)
    if not looks_like_text(sample):
        raise PhialError(LibraryProblem.TEXT_NOT_TEXT, path=where)
    return named


def _by_signature(sample: bytes, tail: bytes) -> str:
    """The format that the first bytes are the mark of, or ""."""
    start = sample.lstrip(codecs.BOM_UTF8 + b" \t\r\n")
    if start.startswith(b"%PDF-"):
        return PDF
    if start.startswith(b"{\\rtf"):
        return "rtf"
    if _PICTURES.match(sample):
        return IMAGE
    return _by_entries(sample, tail) if sample.startswith(_ZIP) else ""


def _by_entries(sample: bytes, tail: bytes) -> str:
    """What a zip container holds, by the name and content of its first entry or the names in its directory."""
    content = sample[38:120] if sample[30:38] == b"mimetype" else b""
    for mimetype, found in _MIMETYPES.items():
        if content.startswith(mimetype):
            return found
    # Names inside a container that is itself an entry stand in no directory, but may stand in the bytes.
    directory = tail[tail.find(b"PK\x01\x02") :] if b"PK\x01\x02" in tail else sample
    for folder, found in _MAIN_FOLDERS:
        if folder in directory:
            return found
    return "epub" if b"META-INF/container.xml" in directory else ""


def _by_markup(sample: bytes, named: str) -> str:
    """The format that the first characters are the mark of, or ""; a mail is one only if it is not named as text."""
    start = sample.removeprefix(codecs.BOM_UTF8)
    for mark, encoding in BYTE_ORDER_MARKS:
        if "16" in encoding and sample.startswith(mark):
            start = sample.decode(encoding, "ignore").encode()
    if _HTML.match(start):
        return HTML
    if named == HTML:
        return HTML if looks_like_text(sample) else ""
    if named in _TEXTUAL or not looks_like_text(sample):
        return ""
    if _MAILBOX.match(start):
        return "mbox"
    headers, _, _ = start.replace(b"\r\n", b"\n").lstrip(b"\n").partition(b"\n\n")
    return "eml" if _HEADER.match(headers) and len(_MAIL_HEADER.findall(headers)) >= 2 else ""


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


def is_protected(error: BaseException) -> bool:
    """Whether macOS keeps what ``error`` is about from a program that the person has not let into it.

    It refuses with EPERM; what a file's own permissions forbid, with EACCES. Elsewhere EPERM has other causes.
    """
    return sys.platform == "darwin" and isinstance(error, OSError) and error.errno == errno.EPERM


def protected_problem(path: str) -> PhialError:
    """That ``path`` is kept from us, with the address of the settings that let us in."""
    return PhialError(LibraryProblem.PATH_PROTECTED, path=path, settings=PRIVACY_SETTINGS)


def path_problem(path: Path, error: OSError | ValueError) -> PhialError:
    """What a failure to reach a file is to a person."""
    if is_protected(error):
        return protected_problem(str(path))
    # A link that leads in a circle leads nowhere.
    missing = isinstance(error, OSError) and error.errno in (errno.ENOENT, errno.ENOTDIR, errno.ELOOP)
    kind = LibraryProblem.PATH_MISSING if missing else LibraryProblem.PATH_UNREADABLE
    return PhialError(kind, details=type(error).__name__, path=str(path))


def _read_samples(path: Path) -> tuple[bytes, bytes]:
    """The first bytes of the file, and of a zip or OLE container the last ones."""
    size = file_size(path)
    if size == 0:
        raise PhialError(LibraryProblem.FILE_EMPTY, path=str(path))
    try:
        # A pipe that takes the file's place after the look at it must not hold us up for ever.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(descriptor, "rb") as file:
            sample = file.read(SAMPLE_BYTES) or b""
            if not sample.startswith((_ZIP, _OLE)):
                return sample, b""
            file.seek(max(0, size - TAIL_BYTES))
            return sample, file.read(TAIL_BYTES) or b""
    except (OSError, ValueError) as error:
        raise path_problem(path, error) from error
