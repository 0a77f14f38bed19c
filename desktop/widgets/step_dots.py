"""How far one is in a few steps, as dots."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.theme import Theme

_SIZE, _APART = 8, 20
"""Device-independent pixels: of a dot, and from one to the next."""


class StepDots(QWidget):
    """A dot for each step: those that were passed and the one that is shown in teal, the latter longer."""

    def __init__(self, theme: Theme, count: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._count = count
        self._step = 0
        self.setFixedSize(_APART * count + _SIZE, 2 * _SIZE)
        theme.changed.connect(self.update)
        self.show_step(0)

    def show_step(self, step: int) -> None:
        """Point at ``step``, counted from 0."""
        self._step = step
        locale = self.locale()
        self.setAccessibleName(
            self.tr("Step {step} of {count}").format(step=locale.toString(step + 1), count=locale.toString(self._count))
        )
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw them from where reading begins."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            painter.translate(self.width(), 0)
            painter.scale(-1, 1)
        left, half = 0.0, _SIZE / 2
        for number in range(self._count):
            painter.setBrush(self._theme.colour("teal" if number <= self._step else "line"))
            if number == self._step:
                painter.drawRoundedRect(QRectF(left, half, _APART, _SIZE), half, half)
                left += 2 * _APART - _SIZE
            else:
                painter.drawEllipse(QPointF(left + half, 2 * half), half, half)
                left += _APART
        painter.end()
