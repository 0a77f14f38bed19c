"""The parts of the reader and how they stand: bars above and below, the strip beside the pages, trouble between."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.panes.reader_trouble import ReaderTrouble
from desktop.theme import Theme
from desktop.widgets.elided import ElidedLabel
from desktop.widgets.find_bar import FindBar
from desktop.widgets.note_view import NoteView
from desktop.widgets.page_stack import PageStack
from desktop.widgets.page_view import PageView
from desktop.widgets.reader_bars import ReaderFoot, ReaderHead
from desktop.widgets.reader_strip import ReaderStrip
from desktop.widgets.stage import StageLine
from desktop.worker_client import WorkerClient
from rag.errors import Problem


class ReaderFrame(QWidget):
    """Holds the parts; what they do with each other is the pane's."""

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
