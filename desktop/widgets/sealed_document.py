"""A rich text document that loads nothing, from this machine or any other."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QByteArray, Qt, QUrl
from PySide6.QtGui import QImage, QTextDocument


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
