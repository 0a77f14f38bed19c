"""The line that says what an answer is waiting for, with a moving sign and the seconds so far."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QLocale, QRectF, Qt, QTimerEvent
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from desktop.theme import Theme
from rag.protocol import Stage

translate = QCoreApplication.translate

_STEP_MILLISECONDS = 50
_DEGREES_A_STEP = 15


def stage_words(stage: Stage) -> str:
    """What an answer waits for."""
    return {
        "embedder": translate("Stage", "Searching by meaning…"),
        "model": translate("Stage", "Loading {model}…").format(model=stage.model or translate("Stage", "the model")),
        "prompt": translate("Stage", "Reading the passages…"),
    }.get(stage.stage, translate("Stage", "Working…"))


class Spinner(QWidget):
    """An arc that turns while it is visible; it rests where the system asks for stillness."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._angle = 0
        self._timer = 0
        self.setFixedSize(14, 14)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def showEvent(self, event: QShowEvent) -> None:
        """Turn."""
        super().showEvent(event)
        if not self._timer and not self._theme.motion.is_reduced:
            self._timer = self.startTimer(_STEP_MILLISECONDS)

    def hideEvent(self, event: QHideEvent) -> None:
        """Rest."""
        super().hideEvent(event)
        if self._timer:
            self.killTimer(self._timer)
            self._timer = 0

    def timerEvent(self, event: QTimerEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Turn on a little."""
        self._angle = (self._angle - _DEGREES_A_STEP) % 360
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw the ring and its arc."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ring = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        painter.setPen(QPen(self._theme.colour("line"), 2))
        painter.drawEllipse(ring)
        pen = QPen(self._theme.colour("teal"), 2)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawArc(ring, self._angle * 16, 100 * 16)


class StageLine(QWidget):
    """A spinner, what is waited for, and for how long; hidden when nothing is."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self._since = QElapsedTimer()
        self._timer = 0
        self._label = QLabel()
        self._label.setProperty("role", "muted")
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.space(1))
        layout.addWidget(Spinner(theme, self))
        layout.addWidget(self._label, 1)
        self.hide()

    @property
    def text(self) -> str:
        """What is waited for, or "" where nothing is."""
        return self._text

    def begin(self, text: str) -> None:
        """Say what is waited for now."""
        self._text = text
        self._since.start()
        if not self._timer:
            self._timer = self.startTimer(1000)
        self._show()
        self.show()

    def end(self) -> None:
        """Nothing is waited for any more."""
        self._text = ""
        if self._timer:
            self.killTimer(self._timer)
            self._timer = 0
        self.hide()

    def timerEvent(self, event: QTimerEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Count the seconds."""
        self._show()

    def _show(self) -> None:
        seconds = self._since.elapsed() // 1000
        shown = self._text if seconds < 1 else f"{self._text} · {QLocale().toString(seconds)} s"
        self._label.setText(shown)
        self.setAccessibleName(self._text)
