"""A line of text that is cut where there is no room for it, and then whole in its tooltip."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QStyle, QWidget

from desktop.widgets.direction import direction_of
from desktop.widgets.tips import show_tip


class ElidedLabel(QLabel):
    """Shows one line, elided at ``mode``."""

    def __init__(
        self, text: str = "", mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._mode = mode
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Show ``text`` (its first line breaks become spaces)."""
        line = " ".join(text.split())
        self.setText(line)
        self.setAccessibleName(line)

    def event(self, event: QEvent) -> bool:
        """Show the whole line where it is cut."""
        if event.type() != QEvent.Type.ToolTip:
            return super().event(event)
        is_cut = self.fontMetrics().horizontalAdvance(self.text()) > self.contentsRect().width()
        return show_tip(self, event, self.text() if is_cut else "")

    def minimumSizeHint(self) -> QSize:
        """Any width will do."""
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw what fits."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        # A label that gets another text repaints no more than this: what is drawn outside of it would stay.
        place = self.contentsRect()
        line = self.fontMetrics().elidedText(self.text(), self._mode, place.width())
        painter.setLayoutDirection(direction_of(line))
        leading = QStyle.visualAlignment(self.layoutDirection(), Qt.AlignmentFlag.AlignLeft)
        painter.drawText(place, leading | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute, line)
