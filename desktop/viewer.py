"""Opening a document in the system's own program for it: at a page, where that program is known to take one.

On Linux that program is told by ``xdg-mime``, which is asked without waiting for it. Windows and macOS have no way to
name a page to whatever program is the person's: there the document is opened at its beginning.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QUrl, Signal
from PySide6.QtGui import QDesktopServices

_BY_OPTION = {
    "evince": "--page-index={page}", "atril": "--page-index={page}", "xreader": "--page-index={page}",
    "papers": "--page-index={page}", "okular": "--page={page}", "zathura": "--page={page}",
}  # fmt: skip
"""Viewers by the name of their desktop file (org.gnome.Evince.desktop), and what tells them a page."""

_BY_ADDRESS = ("firefox", "chromium", "google-chrome", "microsoft-edge", "brave-browser")
"""Browsers: a page stands behind the address (RFC 8118, 3)."""


def command_for(viewer: str, path: Path, page: int) -> list[str]:
    """What opens the PDF at ``path`` at a page (from 1) in the program of this desktop file; [] where none is known."""
    name = viewer.strip().lower().removesuffix(".desktop").rpartition(".")[2]
    if name in _BY_OPTION:
        return [name, _BY_OPTION[name].format(page=page), str(path)]
    browser = next((one for one in _BY_ADDRESS if one in viewer.lower()), "")
    return [browser, f"{QUrl.fromLocalFile(str(path)).toString()}#page={page}"] if browser else []


class Viewer(QObject):
    """``failed``: no program opens it."""

    failed = Signal()

    def open(self, path: Path, page: int) -> None:
        """Open the file at ``path``, a PDF at ``page`` (from 1) where that can be."""
        if sys.platform != "linux" or path.suffix.lower() != ".pdf" or page == 1 or not shutil.which("xdg-mime"):
            self._open_by_system(path)
            return
        asking = QProcess(self)
        asking.finished.connect(lambda: self._open_by(bytes(asking.readAllStandardOutput().data()), path, page))
        asking.finished.connect(asking.deleteLater)
        asking.start("xdg-mime", ["query", "default", "application/pdf"])

    def _open_by(self, viewer: bytes, path: Path, page: int) -> None:
        command: Sequence[str] = command_for(viewer.decode("utf-8", "replace"), path, page)
        if not command or not QProcess.startDetached(command[0], list(command[1:]))[0]:
            self._open_by_system(path)

    def _open_by_system(self, path: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self.failed.emit()
