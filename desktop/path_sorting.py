"""Which of the paths that were dropped are folders: asked beside the GUI thread, because a drive can be slow to say."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from urllib.parse import unquote

from PySide6.QtCore import QObject, Signal

from desktop.inbox import Inbox


class PathSorter(QObject):
    """``sorted`` carries the tuple of files and the tuple of folders, each in the order given.

    What isn't there, or can't be looked at, is among the files: the worker says why.
    """

    sorted = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._inbox = Inbox(self)

    def sort(self, paths: Sequence[str]) -> None:
        """Find out about ``paths``."""
        self._inbox.beside(partial(_sort, tuple(paths)), self._tell, "path sorting")

    def _tell(self, found: tuple[tuple[str, ...], tuple[str, ...]]) -> None:
        self.sorted.emit(*found)


def _sort(given: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    paths = tuple(map(_as_it_lies, given))
    folders = tuple(path for path in paths if _is_folder(path))
    return tuple(path for path in paths if path not in folders), folders


def _as_it_lies(path: str) -> str:
    """``path``; where nothing lies there, and its blanks were written as %20 and so on, what it stands for."""
    meant = unquote(path, errors="surrogateescape")
    return meant if meant != path and not _is_there(path) and _is_there(meant) else path


def _is_there(path: str) -> bool:
    try:
        return os.path.lexists(path)
    except (OSError, ValueError):
        return False


def _is_folder(path: str) -> bool:
    try:
        return Path(path).is_dir()
    except (OSError, ValueError):
        return False
