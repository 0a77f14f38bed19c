"""About Phial: what it is, and the licences of everything that it ships."""

from __future__ import annotations

from functools import partial
from threading import Thread

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from desktop.inbox import Inbox
from desktop.licences import Part, parts, texts_of
from desktop.theme import Theme
from rag.client import client_version

FIRST_SIZE = QSize(760, 560)


class AboutWindow(QDialog):
    """The list of all parts at the left, the licence of the chosen one at the right."""

    listed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About Phial"))
        self._inbox = Inbox(self)
        name = QLabel(self.tr("Phial {version}").format(version=client_version()))
        name.setProperty("role", "title")
        what = QLabel(
            self.tr(
                "Answers from your own documents, with the place where each stands. Everything happens on this "
                "computer. Phial is free software under the MIT licence, and stands on the work of others:"
            )
        )
        what.setProperty("role", "muted")
        what.setWordWrap(True)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Parts of Phial"))
        self.list.currentItemChanged.connect(self._show)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setProperty("role", "read")
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(self.tr("Licence"))
        halves = QSplitter(Qt.Orientation.Horizontal)
        halves.addWidget(self.list)
        halves.addWidget(self.text)
        halves.setSizes([280, 440])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.space(3), theme.space(2), theme.space(3), theme.space(3))
        layout.setSpacing(theme.space(1))
        layout.addWidget(name)
        layout.addWidget(what)
        layout.addWidget(halves, 1)
        self.resize(FIRST_SIZE)
        # A hundred packages are looked at: not in the thread that paints.
        Thread(target=self._look, name="licences", daemon=True).start()

    def _look(self) -> None:
        self._inbox.put(partial(self._list, parts()))

    def _list(self, found: tuple[Part, ...]) -> None:
        for part in found:
            item = QListWidgetItem(" ".join(filter(None, (part.name, part.version))))
            item.setData(Qt.ItemDataRole.UserRole, part)
            item.setToolTip(part.licence)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.listed.emit()

    def _show(self, item: QListWidgetItem | None) -> None:
        part = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        if isinstance(part, Part):
            head = "\n".join(filter(None, (part.name, part.licence, part.home)))
            text = texts_of(part.package) or self.tr("The package brings no text of its licence.")
            self.text.setPlainText(f"{head}\n\n{text}")
