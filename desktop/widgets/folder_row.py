"""A watched folder as a row of the library: its name, and how many documents it holds, or that it is away."""

from __future__ import annotations

from pathlib import PurePath

from PySide6.QtCore import Qt

from desktop.widgets.counted_row import Counted, CountedRow, Index
from rag.protocol import WatchedFolder

FOLDER_ROLE = Qt.ItemDataRole.UserRole + 1
"""The row's WatchedFolder."""

_ICONS = {"watched": ("watched", "text"), "away": ("away", "muted"), "unreadable": ("warning", "amber_text")}


def folder_name(folder: WatchedFolder) -> str:
    """What a person calls it: the last part of its path, all of it where there is none."""
    return PurePath(folder.path).name or folder.path


def is_inside(path: str, folder: WatchedFolder) -> bool:
    """Whether the file at ``path`` lies in ``folder``, however deep."""
    return PurePath(path).is_relative_to(folder.path)


class FolderRow(CountedRow):
    """Paints a WatchedFolder in the way of a document's row."""

    def counted(self, index: Index) -> Counted | None:
        """The folder, or that it can't be reached."""
        folder = index.data(FOLDER_ROLE)
        if not isinstance(folder, WatchedFolder):
            return None
        icon, ink = _ICONS.get(folder.state, _ICONS["watched"])
        return Counted(
            icon, ink, folder_name(folder), "text" if folder.state == "watched" else "muted", folder.documents
        )
