"""Where the reader shows a document: pages as pictures, a page as text, or a sentence where there is nothing."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QLabel, QStackedWidget, QWidget

from desktop.theme import Theme
from desktop.widgets.note_view import NoteView
from desktop.widgets.page_layout import Fit
from desktop.widgets.page_view import PageView
from rag.protocol import Page


class PageStack(QStackedWidget):
    """``turned`` carries +1 or -1: the person scrolled or keyed past the end of what is shown.

    ``menu_wanted``: a place on the screen. ``zoomed``: it is shown at another size.
    """

    turned = Signal(int)
    menu_wanted = Signal(QPoint)
    zoomed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.page_view = PageView(theme)
        self.note_view = NoteView(theme)
        self._text: Page | None = None
        self._empty = QLabel(self.tr("Choose a citation or a document to read it here."))
        self._empty.setProperty("role", "muted")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        for shown in (self._empty, self.page_view, self.note_view):
            self.addWidget(shown)
        for view in (self.page_view, self.note_view):
            view.turned.connect(self.turned)
            view.menu_wanted.connect(self.menu_wanted)
            view.zoomed.connect(self.zoomed)

    @property
    def shown(self) -> QWidget:
        """What is in sight."""
        return self.currentWidget() or self._empty

    @property
    def shows_picture(self) -> bool:
        """Whether what is shown are pictures of pages."""
        return self.currentWidget() is self.page_view

    @property
    def shows_nothing(self) -> bool:
        """Whether there is no page."""
        return self.currentWidget() is self._empty

    def scale_of(self, page: int) -> float:
        """Pixels of the screen a point, as a picture of ``page`` is drawn here, or will be."""
        if not self.shows_picture:
            self.page_view.resize(self.size())  # a hidden page of the stack has not its size yet
        return self.page_view.scale_of(page) * self.devicePixelRatioF()

    def show_pictures(self) -> None:
        """Show pages as pictures."""
        self.setCurrentWidget(self.page_view)

    def show_text(self, page: Page, *, goes_to_end: bool) -> None:
        """Show a page of text from its mark, its beginning or (``goes_to_end``) its end; where it is shown, stay."""
        is_shown = self.currentWidget() is self.note_view and page == self._text
        self.setCurrentWidget(self.note_view)
        self._text = page
        if not is_shown:
            self.note_view.show_note(page.text, page.form, page.marks, goes_to_end=goes_to_end)
        elif page.marks:
            self.note_view.go_to_mark()

    def describe(self, words: str) -> None:
        """Say to those who listen what is shown."""
        self.shown.setAccessibleDescription(words)

    def show_nothing(self, words: str) -> None:
        """Show no page, but ``words``."""
        self._empty.setText(words)
        self.setCurrentWidget(self._empty)

    @property
    def selected_text(self) -> str:
        """What the person has selected; "" where that is nothing."""
        if self.shows_picture:
            return self.page_view.selecting.text
        return self.note_view.selected_text if self.currentWidget() is self.note_view else ""

    @property
    def selected_pages(self) -> tuple[int, ...]:
        """The numbers of the pages on which the selected text stands, in their order."""
        if self.shows_picture:
            return self.page_view.selecting.pages
        return () if self._text is None or not self.selected_text else (self._text.page,)

    def select_all(self) -> None:
        """Select all of the page."""
        if self.shows_picture:
            self.page_view.selecting.select_page(self.page_view.current)
        elif self.currentWidget() is self.note_view:
            self.note_view.selectAll()

    def select_nothing(self) -> None:
        """Select nothing any more."""
        self.page_view.selecting.clear()
        cursor = self.note_view.textCursor()
        cursor.clearSelection()
        self.note_view.setTextCursor(cursor)

    def take_over(self, other: PageStack) -> None:
        """Show things as large as ``other`` does."""
        self.page_view.take_over(other.page_view)
        self.note_view.take_over(other.note_view)

    def zoom_by(self, steps: int) -> None:
        """Larger or smaller by ``steps``."""
        if self.currentWidget() is self.note_view:
            self.note_view.zoom_by(steps)
        else:
            self.page_view.zoom_by(steps)

    def fit_to(self, fit: Fit) -> None:
        """Choose the size by the room there is, or that of the paper; text in the window's own size."""
        if self.currentWidget() is self.note_view:
            self.note_view.zoom_by(0)
        else:
            self.page_view.fit_to(fit)

    def zoom_in_force(self) -> tuple[float, Fit | None]:
        """How large it is shown, and by what that was chosen (None where there is no paper)."""
        if self.currentWidget() is self.note_view:
            return self.note_view.zoom, None
        return self.page_view.zoom, self.page_view.fit
