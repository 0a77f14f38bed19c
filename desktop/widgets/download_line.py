"""The getting of a model as it is shown: a bar, a line of words, and the buttons that hold it, go on or end it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.theme import Theme
from desktop.widgets.buttons import QuietButton
from desktop.widgets.model_words import download_words
from desktop.widgets.soft_breaks import breakable
from desktop.widgets.trouble import sentences_of
from rag.protocol import Download, DownloadState

BAR_HEIGHT = 4
"""Device-independent pixels."""


class _Bar(QWidget):
    """A line filled from its beginning to ``fraction`` in [0, 1]."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._fraction = 0.0
        self.setFixedHeight(BAR_HEIGHT)
        theme.changed.connect(self.update)

    def show_fraction(self, fraction: float) -> None:
        """Fill it so far."""
        self._fraction = max(0.0, min(1.0, fraction))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Paint the whole, then what is done; from the right where the language is read so."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        whole = QRectF(self.rect())
        radius = whole.height() / 2
        painter.setBrush(self._theme.colour("line"))
        painter.drawRoundedRect(whole, radius, radius)
        done = QRectF(whole)
        done.setWidth(whole.width() * self._fraction)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            done.moveRight(whole.right())
        painter.setBrush(self._theme.colour("teal"))
        painter.drawRoundedRect(done, radius, radius)
        painter.end()


class DownloadLine(QWidget):
    """``go_wanted``: begin again or go on. ``pause_wanted``. ``drop_wanted``: end it and erase what is there of it."""

    go_wanted = Signal()
    pause_wanted = Signal()
    drop_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_running = False
        self._bar = _Bar(theme)
        self._words = QLabel()
        self._words.setProperty("role", "small")
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        self._words.setMinimumWidth(1)
        self._hold = QuietButton("")
        self._hold.clicked.connect(self._toggle)
        self._drop = QuietButton(self.tr("Cancel"))
        self._drop.clicked.connect(self.drop_wanted)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._words, 1)
        row.addWidget(self._hold, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._drop, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.space(0.5))
        layout.addWidget(self._bar)
        layout.addLayout(row)
        self.hide()

    def show_download(self, download: Download | None) -> None:
        """Show how it stands; nothing where there is none, or where it is done."""
        is_shown = download is not None and download.state not in {DownloadState.DONE, DownloadState.DROPPED}
        self.setVisible(is_shown)
        if download is None or not is_shown:
            return
        self._is_running = download.state == DownloadState.RUNNING
        has_failed = download.state == DownloadState.FAILED
        if download.reason is not None:  # of what it failed, or what it waits for while it goes on being got
            self._words.setText(breakable(str(sentences_of(download.reason))))
        else:
            self._words.setText(download_words(download))
        self._bar.setVisible(not has_failed)
        self._bar.show_fraction(download.bytes_done / download.bytes if download.bytes else 0.0)
        self._hold.setVisible(download.state != DownloadState.CHECKING)
        if self._is_running:
            self._name(self._hold, self.tr("Pause"), self.tr("Pause the download of {model}"), download)
        elif has_failed:
            self._name(self._hold, self.tr("Try again"), self.tr("Try the download of {model} again"), download)
        else:
            self._name(self._hold, self.tr("Resume"), self.tr("Resume the download of {model}"), download)
        self._name(self._drop, self.tr("Cancel"), self.tr("Cancel the download of {model}"), download)
        self.setAccessibleName(self.tr("Download of {model}").format(model=download.name))
        self.setAccessibleDescription(self._words.text())

    def _toggle(self) -> None:
        (self.pause_wanted if self._is_running else self.go_wanted).emit()

    def _name(self, button: QuietButton, words: str, name: str, download: Download) -> None:
        button.setText(words)
        button.setAccessibleName(name.format(model=download.name))
