"""The parts of the reader and how they stand: bars above and below, the strip beside the pages, trouble between."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop import keys
from desktop.panes.reader_trouble import ReaderTrouble
from desktop.theme import Theme
from desktop.widgets.elided import ElidedLabel
from desktop.widgets.find_bar import FindBar
from desktop.widgets.note_view import NoteView
from desktop.widgets.page_layout import Fit
from desktop.widgets.page_stack import PageStack
from desktop.widgets.page_view import PageView
from desktop.widgets.reader_bars import ReaderFoot, ReaderHead
from desktop.widgets.reader_strip import ReaderStrip
from desktop.widgets.stage import StageLine
from desktop.worker_client import WorkerClient
from rag.errors import Problem


class ReaderFrame(QWidget):
    """Holds the parts, and has what is shown sized, turned and beside its strip; what it is, is the pane's."""

    def __init__(self, theme: Theme, client: WorkerClient, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Reader"))
        self._head = ReaderHead(theme)
        self._find_bar = FindBar(theme)
        self._about = ElidedLabel()
        self._about.setProperty("role", "small")
        self._about.setContentsMargins(0, theme.space(1), 0, theme.space(0.5))
        self._about.hide()
        self._loading = StageLine(theme)
        self._trouble = ReaderTrouble(theme, client)
        self._strip = ReaderStrip(theme, client)
        self._stack = PageStack(theme)
        self._foot = ReaderFoot(theme)
        self._foot.hide()
        self._lay_out(theme)
        self._stack.zoomed.connect(self._show_zoom)
        self._head.strip_wanted.connect(self._strip.fold)
        self._foot.zoomed.connect(self._stack.zoom_by)
        self._foot.fit_chosen.connect(self._stack.fit_to)
        self._foot.turn_wanted.connect(self._stack.page_view.turn)
        self._trouble.said.connect(self._foot.say)
        self._make_shortcuts()

    @property
    def page_view(self) -> PageView:
        """Where pages are shown as pictures."""
        return self._stack.page_view

    @property
    def note_view(self) -> NoteView:
        """Where pages are shown as text."""
        return self._stack.note_view

    @property
    def strip(self) -> ReaderStrip:
        """The pages, the outline and the citations beside them."""
        return self._strip

    @property
    def find_bar(self) -> FindBar:
        """Where words are sought in the document."""
        return self._find_bar

    @property
    def trouble(self) -> Problem | None:
        """What went wrong, while it is said."""
        return self._trouble.problem

    def focus(self) -> None:
        """Give the keyboard to what is shown, so that its keys turn and scroll it."""
        if self._stack.shows_nothing:
            self._head.focus()
        else:
            self._stack.shown.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show_zoom(self) -> None:
        self._foot.show_zoom(*self._stack.zoom_in_force())

    def _show_about(self, about: str) -> None:
        """Say ``about`` the page that is read, above it."""
        self._about.set_text(about)
        self._about.setVisible(bool(about))

    def _show_nothing(self, said: str) -> None:
        """There is no page; ``said`` is why."""
        self._stack.show_nothing(said)
        self._head.show_page(0, 0, "")
        self._show_about("")
        self._foot.hide()

    def _make_shortcuts(self) -> None:
        # Of the whole window, as nothing else in it has such keys: a click on a mark leaves the keyboard in the answer.
        for key, act in (
            (keys.LARGER, lambda: self._stack.zoom_by(1)),
            (keys.LARGER_WITHOUT_SHIFT, lambda: self._stack.zoom_by(1)),
            (keys.SMALLER, lambda: self._stack.zoom_by(-1)),
            (keys.FIT_WIDTH, lambda: self._stack.fit_to(Fit.WIDTH)),
            (keys.FIT_PAGE, lambda: self._stack.fit_to(Fit.PAGE)),
            (keys.PAPER_SIZE, lambda: self._stack.fit_to(Fit.ZOOM)),
            (keys.CONTENTS, self._strip.fold),
        ):
            QShortcut(QKeySequence(key), self).activated.connect(act)

    def _lay_out(self, theme: Theme) -> None:
        line = QFrame()
        line.setProperty("role", "line")
        between = QVBoxLayout()
        between.setContentsMargins(theme.space(2), 0, theme.space(2), 0)
        between.addWidget(self._about)
        between.addWidget(self._loading)
        between.addWidget(self._trouble)
        beside = QHBoxLayout()
        beside.setSpacing(0)
        beside.addWidget(self._strip)
        beside.addWidget(self._stack, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._head)
        layout.addWidget(line)
        layout.addWidget(self._find_bar)
        layout.addLayout(between)
        layout.addLayout(beside, 1)
        layout.addWidget(self._foot)
