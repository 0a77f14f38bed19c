"""What something dropped or pasted stands for: files of this computer, addresses elsewhere, or words."""

from __future__ import annotations

import dataclasses
import os
import re
from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

from PySide6.QtCore import QByteArray, QMimeData, Qt
from PySide6.QtGui import QDragMoveEvent, QDropEvent

COPIED_FILES = "x-special/gnome-copied-files"
"""What file managers on Linux put on the clipboard: a line that says ``copy`` or ``cut``, then URLs."""

_QUOTES = ('""', "''", "“”", "‘’", "«»", "<>")
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+://\S+\Z|www\.\S+\.\S+\Z", re.IGNORECASE)
_WINDOWS_PATH = re.compile(r"[A-Za-z]:[\\/][^\n]|\\\\[^\\/\s]+[\\/][^\\/]")
_CONTROL = re.compile(r"[\0-\x1f]")
_POSIX_PATH = re.compile(r"/[^/*\s]")
_PLAIN_URL = re.compile(r"file://(/[^?#\[\]\0-\x1f]*)\Z")
"""A file of this computer, as nearly all are told: thousands of them are read in a moment."""


@dataclasses.dataclass(frozen=True)
class Dropped:
    """``paths``: files and folders of this computer, each once, in the order given; nobody has looked whether they are.

    ``addresses``: what lies elsewhere, on the web for one. ``words``: text that names neither. False: nothing at all.
    """

    paths: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    words: str = ""

    def __bool__(self) -> bool:
        return bool(self.paths or self.addresses or self.words)


def dropped(data: QMimeData, *, is_windows: bool = os.name == "nt") -> Dropped:
    """What ``data`` of another program stands for."""
    if data.hasUrls():
        # Their bytes: names that are no text would not survive as text.
        return _sorted_out((_text(url.toEncoded()) for url in data.urls()), is_windows)
    if data.hasFormat(COPIED_FILES):
        _, _, urls = _text(data.data(COPIED_FILES)).partition("\n")
        return _sorted_out(urls.splitlines(), is_windows)
    return read_text(data.text(), is_windows=is_windows) if data.hasText() else Dropped()


def read_text(text: str, *, is_windows: bool) -> Dropped:
    """What ``text`` stands for: files and addresses where each of its lines names one, else words."""
    lines = [line for line in text.splitlines() if line.strip()]
    if not lines or not all(_path_of(line, is_windows) or _ADDRESS.match(_bare(line)) for line in lines):
        return Dropped(words=text.strip())
    return _sorted_out(lines, is_windows)


def take_a_copy(event: QDropEvent) -> None:
    """Accept ``event`` so that whoever gives it keeps it: moved files would be deleted where they lie."""
    for action in (Qt.DropAction.CopyAction, Qt.DropAction.LinkAction):
        if event.possibleActions() & action:
            event.setDropAction(action)
            break
    else:
        if not isinstance(event, QDragMoveEvent):  # before it is dropped, ignoring would turn it away
            event.setDropAction(Qt.DropAction.IgnoreAction)
    event.accept()


def _sorted_out(lines: Iterable[str], is_windows: bool) -> Dropped:
    paths: dict[str, None] = {}
    addresses: dict[str, None] = {}
    for line in filter(None, map(_bare, lines)):
        path = _path_of(line, is_windows)
        (paths if path else addresses)[path or line] = None
    return Dropped(tuple(paths), tuple(addresses))


def _path_of(line: str, is_windows: bool) -> str:
    """The path of this computer that ``line`` names; "" where it names none."""
    bare = _bare(line)
    if bare[:5].lower() == "file:":
        return _path_of_url(bare, is_windows)
    is_path = (_WINDOWS_PATH if is_windows else _POSIX_PATH).match(bare)
    return bare if is_path and not _CONTROL.search(bare) else ""


def _path_of_url(url: str, is_windows: bool) -> str:
    if not is_windows and (plain := _PLAIN_URL.match(url)):
        path = unquote(plain[1], errors="surrogateescape")
        return "" if "\0" in path else path
    try:
        parts = urlsplit(url)
        host, path = parts.netloc, unquote(parts.path, errors="surrogateescape")
    except ValueError:
        return ""  # brackets that are no address
    # A name may hold what ends the path of a URL; programs that don't escape it mean the name.
    if parts.query or parts.fragment:
        path = unquote(url.split(":", 1)[1].removeprefix(f"//{host}"), errors="surrogateescape")
    if not path.startswith("/") or "\0" in path:
        return ""
    is_here = host.lower() in {"", "localhost"}
    if not is_windows:
        return path if is_here else ""
    if not is_here:
        return f"//{host}{path}"  # a share of another computer is a path on Windows
    drive = path[1:].replace("|", ":", 1) if path[2:3] == "|" else path[1:]
    return drive if _WINDOWS_PATH.match(drive) else ""


def _bare(line: str) -> str:
    """``line`` without the space and the quotation marks around it."""
    bare = line.strip()
    if len(bare) > 1 and bare[0] + bare[-1] in _QUOTES:
        return bare[1:-1].strip()
    return bare


def _text(encoded: QByteArray) -> str:
    return bytes(encoded.data()).decode("utf-8", "surrogateescape")
