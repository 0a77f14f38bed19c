"""Rich text that loads nothing, from this machine or any other: as a document, and where it is read."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QByteArray, Qt, QUrl
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget


class SealedDocument(QTextDocument):
    """For text that comes from a document or a model: its pictures are a clear point, its style sheets empty.

    Each must be something. ``QTextEdit.loadResource`` giving nothing would not do: the document then opens a local
    file by itself; nor would a picture without bytes: Qt's text layout then opens the file by its name (Qt 6.11).
    """

    def loadResource(self, kind: int, name: QUrl | str) -> Any:  # noqa: ARG002 - Qt's signature
        """Give a clear picture of one pixel, or no bytes, whatever the name."""
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return QByteArray(b"")
        clear = QImage(1, 1, QImage.Format.Format_ARGB32)
        clear.fill(Qt.GlobalColor.transparent)
        return clear


class SealedBrowser(QTextBrowser):
    """Shows such a document, and follows no link of it by itself."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("role", "read")
        self.setDocument(SealedDocument(self))
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setUndoRedoEnabled(False)
