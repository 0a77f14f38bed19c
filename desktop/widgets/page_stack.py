"""Where the reader shows a page: as a picture of itself, as text, or a sentence where there is none."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel, QStackedWidget, QWidget

from desktop.theme import Theme
from desktop.widgets.note_view import NoteView
from desktop.widgets.page_view import PageView
from rag.protocol import Page


class PageStack(QStackedWidget):
    """``turned`` carries +1 or -1: the person scrolled or keyed past the end of the page.

    ``resized``: a picture is drawn at another size, so that one of another scale would be sharper.
    """

    turned = Signal(int)
    resized = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.page_view = PageView(theme)
        self.note_view = NoteView(theme)
        self._empty = QLabel(self.tr("Choose a citation or a document to read it here."))
        self._empty.setProperty("role", "muted")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        for shown in (self._empty, self.page_view, self.note_view):
            self.addWidget(shown)
        self.page_view.turned.connect(self.turned)
        self.note_view.turned.connect(self.turned)
        self.page_view.resized.connect(self.resized)

    @property
    def shown(self) -> QWidget:
        """What is in sight."""
        return self.currentWidget() or self._empty

    @property
    def shows_picture(self) -> bool:
        """Whether what is shown is a picture."""
        return self.currentWidget() is self.page_view

    @property
    def shows_nothing(self) -> bool:
        """Whether there is no page."""
        return self.currentWidget() is self._empty

    def scale(self) -> float:
        """Pixels of the screen a point, as a picture is drawn here, or will be."""
        if not self.shows_picture:
            self.page_view.resize(self.size())  # a hidden page of the stack has not its size yet
        return self.page_view.scale * self.devicePixelRatioF()

    def show_page(self, page: Page, picture: QImage | None, *, is_new: bool, goes_to_end: bool) -> None:
        """Show ``page``: as it was, or where it ``is_new`` at its mark, its beginning or (``goes_to_end``) its end."""
        if picture is None:
            self.setCurrentWidget(self.note_view)
            if is_new:
                self.note_view.show_note(page.text, page.form, page.marks, goes_to_end=goes_to_end)
            return
        self.setCurrentWidget(self.page_view)
        self.page_view.show_page(page.width, page.height, picture, page.boxes)
        if goes_to_end:
            self.page_view.go_to_end()
        elif is_new:
            # The pane has its size only after the layout has run, where it was folded until now.
            QTimer.singleShot(0, self.page_view, self.page_view.go_to_mark)

    def describe(self, words: str) -> None:
        """Say to those who listen what is shown."""
        self.shown.setAccessibleDescription(words)

    def show_nothing(self, words: str) -> None:
        """Show no page, but ``words``."""
        self._empty.setText(words)
        self.setCurrentWidget(self._empty)

    def zoom_by(self, steps: int) -> None:
        """Larger or smaller by ``steps``; 0: as wide as the pane, or text in the window's own size."""
        if self.currentWidget() is self.note_view:
            self.note_view.zoom_by(steps)
        elif steps:
            self.page_view.zoom_by(steps)
        else:
            self.page_view.fit_width()

    def zoom_in_force(self) -> tuple[float, bool | None]:
        """How large it is shown, and whether it fits the width (None where there is no paper)."""
        if self.currentWidget() is self.note_view:
            return self.note_view.zoom, None
        return self.page_view.zoom, self.page_view.fits_width
