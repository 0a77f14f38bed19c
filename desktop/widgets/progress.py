"""Progress as it is shown: a ring for one document, a line for all of them."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from desktop.theme import Theme
from desktop.widgets.buttons import QuietButton
from desktop.widgets.counted_words import CountedWords
from rag.protocol import Progress

RING_WIDTH = 2.0
"""Device-independent pixels."""


def paint_ring(painter: QPainter, place: QRectF, fraction: float, done: QColor, rest: QColor) -> None:
    """A ring in ``place``, filled clockwise from the top to ``fraction`` in [0, 1]."""
    half = RING_WIDTH / 2
    circle = place.adjusted(half, half, -half, -half)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(rest, RING_WIDTH))
    painter.drawEllipse(circle)
    painter.setPen(QPen(done, RING_WIDTH, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    sixteenths = round(max(0.0, min(1.0, fraction)) * 360 * 16)
    if sixteenths:
        painter.drawArc(circle, 90 * 16, -sixteenths)
    painter.restore()


class IndexingLine(QWidget):
    """How far indexing is and how long it still takes, with a button that holds it; gone where nothing is under way."""

    pause_wanted = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_paused = False
        self._label = QLabel()
        self._label.setProperty("role", "small")
        self._label.setWordWrap(True)
        self._button = QuietButton(self.tr("Pause"))
        self._button.clicked.connect(lambda: self.pause_wanted.emit(not self._is_paused))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.space(1), 0, 0, 0)
        layout.addWidget(self._label, 1)
        layout.addWidget(self._button)
        self.hide()

    def show_progress(self, waiting: int, progress: Progress | None) -> None:
        """Say that ``waiting`` documents are under way, and what ``progress`` knows of it."""
        self._is_paused = progress is not None and progress.is_paused
        self.setVisible(waiting > 0)
        if waiting == 0:
            return
        if self._is_paused:
            words = self.tr("Paused · %Ln document(s) left", "", waiting)
        else:
            words = self.tr("Reading %Ln document(s)", "", waiting)
            for fact in self._facts(progress):
                # Unbreakable inside, so that a narrow pane breaks the line between two facts.
                words += " · " + fact.replace(" ", "\N{NO-BREAK SPACE}")
        self._label.setText(words)
        self._label.setToolTip(self._counts(progress))
        name = self.tr("Resume") if self._is_paused else self.tr("Pause")
        self._button.setText(name)
        self._button.setAccessibleName(
            self.tr("Resume reading documents") if self._is_paused else self.tr("Pause reading documents")
        )

    def _facts(self, progress: Progress | None) -> list[str]:
        """How many files are read, the pages that are slow to read, and the time that is left."""
        facts: list[str] = []
        if progress is None:
            return facts
        if 0 < progress.documents_done < progress.documents:
            done, count = (QLocale().toString(number) for number in (progress.documents_done, progress.documents))
            facts.append(self.tr("{done} of {count} read").format(done=done, count=count))
        if progress.pages_waiting:
            facts.append(self.tr("%Ln scanned page(s)", "", progress.pages_waiting))
        if progress.seconds_left >= 0:
            facts.append(CountedWords().time_left(progress.seconds_left))
        return facts

    def _counts(self, progress: Progress | None) -> str:
        if progress is None:
            return ""
        locale = QLocale()
        said = self.tr("{done} of {passages} passages, {pages} pages read").format(
            done=locale.toString(progress.passages_done),
            passages=locale.toString(progress.passages),
            pages=locale.toString(progress.pages_done),
        )
        waiting = self.tr("%Ln scanned page(s) waiting for OCR", "", progress.pages_waiting)
        return f"{said}\n{waiting}" if progress.pages_waiting else said
