"""The row that stands for all documents of the library."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from desktop.theme import Theme, space
from desktop.widgets.buttons import Button
from desktop.widgets.row_ground import ICON


class AllDocumentsRow(Button):
    """Says how many documents there are; pressed, it takes back every choice among them."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._theme = theme
        self.setProperty("role", "row")
        self._icon, words, self._count = QLabel(), QLabel(self.tr("All documents")), QLabel()
        self._count.setProperty("role", "small")
        self.setAccessibleName(words.text())
        # A button's own icon and words stand nearer to each other than those of the rows below.
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.space(1), 0, theme.space(1), 0)
        layout.setSpacing(theme.space(1.25))
        for part in (self._icon, words, self._count):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        layout.addWidget(self._icon)
        layout.addWidget(words, 1)
        layout.addWidget(self._count)
        theme.changed.connect(self._dress)
        self._dress()

    def show_count(self, documents: int) -> None:
        """Say how many documents there are."""
        self._count.setText(QLocale().toString(documents))
        self.setAccessibleName(self.tr("All documents: %Ln", "", documents))

    def sizeHint(self) -> QSize:
        """As high as the rows below it."""
        return QSize(super().sizeHint().width(), self.fontMetrics().height() + space(2))

    def _dress(self) -> None:
        self._icon.setPixmap(self._theme.icon("collection").pixmap(QSize(ICON, ICON), self.devicePixelRatioF()))
