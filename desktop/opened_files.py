"""Files that the system opens with Phial: on macOS they come as events, elsewhere on the command line."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QFileOpenEvent

from desktop.call import OPEN, Call


class OpenedFiles(QObject):
    """Filters the events of the application. ``called`` carries a Call for what is to be opened."""

    called = Signal(object)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the files that are to be opened."""
        if isinstance(event, QFileOpenEvent) and event.file():
            self.called.emit(Call(OPEN, (event.file(),)))
            return True
        return super().eventFilter(watched, event)
