"""What is dropped on a window, wherever on it, and what is pasted into its library."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop.panes.library import LibraryPane
from desktop.theme import Theme
from desktop.widgets.document_model import dragged
from desktop.widgets.drop import DropState
from desktop.widgets.dropped import Dropped, dropped, take_a_copy


class Drops(QObject):
    """Files and folders go into ``library``; ``write`` is given words, which are a question."""

    def __init__(self, theme: Theme, window: QWidget, library: LibraryPane, write: Callable[[str], None]) -> None:
        super().__init__(window)
        self._library = library
        self._write = write
        self._state = DropState(theme, window, library)
        # A text field would take the path of a dropped file for text; the whole window takes the file instead.
        for widget in window.findChildren(QWidget):
            widget.setAcceptDrops(False)
        window.setAcceptDrops(True)
        library.drop_places.setAcceptDrops(True)
        window.installEventFilter(self)
        library.pasted.connect(self.paste)

    def paste(self) -> None:
        """Take what is on the clipboard."""
        self._take(dropped(QGuiApplication.clipboard().mimeData()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Show where it will go, and take it."""
        if isinstance(event, QDragEnterEvent):
            self._enter(event)
        elif isinstance(event, QDropEvent) and not isinstance(event, QDragMoveEvent):
            self._state.hide()
            take_a_copy(event)
            self._take(dropped(event.mimeData()))
        elif event.type() == QEvent.Type.DragLeave:
            self._state.hide()
        elif isinstance(event, QDragMoveEvent):
            take_a_copy(event)
        else:
            return super().eventFilter(watched, event)
        return True

    def _enter(self, event: QDragEnterEvent) -> None:
        # Documents of the library are in it already: a collection alone takes them.
        what = Dropped() if dragged(event.mimeData()) else dropped(event.mimeData())
        if what:
            take_a_copy(event)
            self._state.appear(what, has_collections=self._library.drop_places.isVisible())
        else:
            event.ignore()

    def _take(self, what: Dropped) -> None:
        self._library.take_dropped(what.paths, what.addresses)
        if what.words:
            self._write(what.words)
