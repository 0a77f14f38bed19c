"""The list of every connection that Phial ever made."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QListWidget, QVBoxLayout, QWidget

from desktop.theme import Theme


class ConnectionsDialog(QDialog):
    """None, but for models that the person asked for by name."""

    def __init__(self, theme: Theme, connections: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Connections"))
        self.setMinimumWidth(theme.space(56))
        title = QLabel(
            self.tr("Every connection ever made") if connections else self.tr("No connection was ever made.")
        )
        title.setProperty("role", "title")
        note = QLabel(
            self.tr(
                "Phial reads, searches and answers on this computer alone. "
                "It connects only to fetch a model that you ask for by name, and writes each connection down here."
            )
        )
        note.setProperty("role", "muted")
        note.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.space(3), theme.space(3), theme.space(3), theme.space(2))
        layout.setSpacing(theme.space(1.5))
        layout.addWidget(title)
        layout.addWidget(note)
        if connections:
            entries = QListWidget()
            entries.setAccessibleName(title.text())
            entries.addItems(list(connections))
            layout.addWidget(entries)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
