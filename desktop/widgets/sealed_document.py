"""A rich text document that loads nothing, from this machine or any other."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QByteArray, QUrl
from PySide6.QtGui import QTextDocument


class SealedDocument(QTextDocument):
    """For text that comes from a document or a model: its pictures and style sheets are empty.

    ``QTextEdit.loadResource`` would not do: where that gives nothing, the document opens a local file by itself
    (QTextDocument::loadResource in Qt 6.11).
    """

    def loadResource(self, kind: int, name: QUrl | str) -> Any:  # noqa: ARG002 - Qt's signature
        """Give no bytes, whatever is asked for: a value, so that nobody looks for another."""
        return QByteArray(b"")
