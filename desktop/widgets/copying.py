"""An answer, or a summary in the form of one, on the clipboard: as plain text for a note, as HTML for a letter."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QMimeData
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop.widgets.announce import announce
from desktop.widgets.sources import as_html, as_plain_text
from rag.protocol import Answer


def copy_answer(answer: Answer, by: QWidget, *, with_sources: bool) -> None:
    """Copy ``answer``, and say so to a person who listens to ``by``."""
    copied = QMimeData()
    copied.setText(as_plain_text(answer, with_sources=with_sources))
    copied.setHtml(as_html(answer, with_sources=with_sources))
    QGuiApplication.clipboard().setMimeData(copied)
    announce(by, QCoreApplication.translate("TurnView", "Copied"))
