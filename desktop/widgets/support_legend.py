"""What the mark of a sentence without support means, beside a sample of it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.theme import Theme
from desktop.widgets.labels import make_label

_LETTERS = "Aa"
_BELOW = 2.5
"""Device-independent pixels from the letters' baseline to the dots."""


class SupportLegend(QWidget):
    """Nothing where every sentence is supported."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = make_label("muted")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.space(1))
        layout.addWidget(_Sample(theme), 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._words, 1)
        self.hide()

    @property
    def words(self) -> str:
        """What is said; "" where nothing is."""
        return "" if self.isHidden() else self._words.text()

    def show_count(self, unsupported: int) -> None:
        """Say that so many sentences are marked."""
        self._words.setText(
            self.tr(
                "%Ln sentence(s) marked so: nothing in the passages says the same. Check before you rely on it.",
                "",
                unsupported,
            )
        )
        self.setVisible(unsupported > 0)


class _Sample(QWidget):
    """Two letters as a sentence without support is drawn."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Room for the letters and the dots below."""
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(_LETTERS), metrics.height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw them."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics, colour = self.fontMetrics(), self._theme.colour("muted")
        painter.setPen(colour)
        painter.drawText(0, metrics.ascent(), _LETTERS)
        painter.setPen(QPen(colour, 1.2, Qt.PenStyle.DotLine))
        below = metrics.ascent() + _BELOW
        painter.drawLine(QPointF(0, below), QPointF(metrics.horizontalAdvance(_LETTERS), below))
