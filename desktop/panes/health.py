"""The health of the index: every document with all of its pages, why some can't be read, and how to mend it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QMenu,
    QVBoxLayout,
    QWidget,
)

from desktop.panes.health_feed import HealthFeed
from desktop.panes.library_feed import LibraryFeed
from desktop.panes.library_notice import LibraryNotice
from desktop.panes.library_password import LibraryPassword
from desktop.theme import Theme
from desktop.widgets.buttons import stop_at_chosen
from desktop.widgets.health_legend import HealthLegend
from desktop.widgets.health_model import HEALTH_ROLE, HealthFilter, needs_attention
from desktop.widgets.health_row import HealthRow
from desktop.widgets.mends import mend_name
from desktop.widgets.search_field import SearchField
from desktop.widgets.stage import StageLine
from desktop.widgets.status import Chip
from desktop.widgets.undo_bar import UndoBar
from desktop.worker_client import WorkerClient
from rag.errors import Problem
from rag.protocol import Document, DocumentHealth


class HealthPane(QFrame):
    """``opened``: a Document to read. It follows the library while it is in sight."""

    opened = Signal(object)

    def __init__(self, theme: Theme, client: WorkerClient, library: LibraryFeed, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._wanted = ""
        self._feed = HealthFeed(client, library, self)
        self._filter = HealthFilter(self._feed.model, self)
        self.setAccessibleName(self.tr("Index health"))
        self._search = self._make_search()
        self._all, self._in_need = self._make_choice()
        self._list = self._make_list()
        self._password = LibraryPassword(theme, library)
        self._notice = LibraryNotice(theme, library, self._password, self._list.setFocus)
        for card in (self._password, self._notice):
            card.closed.connect(self._list.setFocus)
        self._undo_bar = UndoBar(theme, library.undo)
        self._stage = StageLine(theme)
        self._nothing = QLabel()
        self._nothing.setProperty("role", "muted")
        self._nothing.setWordWrap(True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._lay_out()
        self._feed.changed.connect(self._show_counts)
        self._feed.failed.connect(self._notice.say_problem)
        library.failed.connect(self._say_failure)
        self._show_counts()

    # --- what the window asks of it ---------------------------------------------------------------------------------

    @property
    def rows(self) -> tuple[DocumentHealth, ...]:
        """What is listed."""
        return tuple(self._filter.index(row, 0).data(HEALTH_ROLE) for row in range(self._filter.rowCount()))

    def point_at(self, key: str) -> None:
        """Have the document with this key in sight, as soon as its health is known."""
        self._wanted = key
        self._search.clear()
        self._all.click()
        self._seek()

    def focus(self) -> None:
        """Take the keyboard."""
        self._list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def back_out(self) -> bool:
        """Undo the last small thing that Escape undoes here. Whether there was one."""
        for card in (self._password, self._notice):
            if card.isVisible():
                card.put_away()
                return True
        if self._search.text():
            self._search.clear()
            return True
        return False

    # --- what happens -----------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Follow the library."""
        super().showEvent(event)
        self._feed.begin()
        self._show_counts()

    def hideEvent(self, event: QHideEvent) -> None:
        """Follow it no longer."""
        super().hideEvent(event)
        self._feed.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape backs out; where there is nothing to back out of, it is the window's."""
        if event.key() != Qt.Key.Key_Escape or not self.back_out():
            super().keyPressEvent(event)

    def _show_counts(self) -> None:
        count, in_need = self._feed.model.rowCount(), self._feed.model.in_need
        locale = self.locale()
        self._all.set_words(self.tr("All {count}").format(count=locale.toString(count)))
        self._in_need.set_words(self.tr("To mend {count}").format(count=locale.toString(in_need)))
        is_empty = self._filter.rowCount() == 0
        is_waiting = count == 0 and not self._feed.is_known
        if is_waiting and not self._stage.text:
            self._stage.begin(self.tr("Looking at every page…"))
        elif not is_waiting:
            self._stage.end()
        self._list.setHidden(is_empty and not is_waiting)
        self._nothing.setVisible(is_empty and not is_waiting)
        self._nothing.setText(self._emptiness(count))
        self._seek()

    def _emptiness(self, count: int) -> str:
        if not count:
            return self.tr("There is no document yet.")
        if self._search.text():
            return self.tr("No document has this name.")
        return self.tr("Every page could be read.")

    def _narrow(self) -> None:
        self._filter.set_words(self._search.text())
        self._filter.set_only_in_need(self._in_need.isChecked())
        self._show_counts()

    def _seek(self) -> None:
        """Go to the document that was asked for, once it is there."""
        for row in range(self._filter.rowCount()) if self._wanted else ():
            index = self._filter.index(row, 0)
            if index.data(HEALTH_ROLE).document.key == self._wanted:
                self._wanted = ""
                self._list.setCurrentIndex(index)
                self._list.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
                return

    def _explain(self, index: QModelIndex) -> None:
        health = index.data(HEALTH_ROLE)
        if isinstance(health, DocumentHealth):
            self._notice.say_health(health)

    def _act(self, index: QModelIndex) -> None:
        """Mend what needs it first, else open what can be read."""
        health = index.data(HEALTH_ROLE)
        if not isinstance(health, DocumentHealth):
            return
        if needs_attention(health) and health.mends:
            self._mend(health, health.mends[0])
        else:
            self.opened.emit(health.document)

    def _mend(self, health: DocumentHealth, mend: str) -> None:
        self._notice.mend(health.document, mend)

    def _say_failure(self, problem: Problem) -> None:
        """What was asked for here is said here; while this is out of sight, the library says it."""
        if self.isVisible():
            self._notice.say_problem(problem)

    def _open_menu(self, place: QPoint) -> None:
        health = self._list.currentIndex().data(HEALTH_ROLE)
        if not isinstance(health, DocumentHealth):
            return
        document: Document = health.document
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Open"), lambda: self.opened.emit(document))
        for mend in health.mends:
            menu.addAction(mend_name(mend), partial(self._mend, health, mend))
        menu.popup(self._list.viewport().mapToGlobal(place))

    # --- its parts --------------------------------------------------------------------------------------------------

    def _make_search(self) -> SearchField:
        field = SearchField(self._theme, "")
        field.setPlaceholderText(self.tr("Search documents"))
        field.setAccessibleName(self.tr("Search documents by name"))
        field.textChanged.connect(self._narrow)
        return field

    def _make_choice(self) -> tuple[Chip, Chip]:
        group = QButtonGroup(self)
        chips = (Chip(), Chip())
        for chip in chips:
            chip.setCheckable(True)
            group.addButton(chip)
        chips[0].setChecked(True)
        stop_at_chosen(group)
        group.buttonClicked.connect(self._narrow)
        return chips

    def _make_list(self) -> QListView:
        view = QListView()
        rows = HealthRow(self._theme, self._feed.model, view)
        rows.mend_wanted.connect(self._mend)
        view.setModel(self._filter)
        view.setItemDelegate(rows)
        view.setUniformItemSizes(True)
        view.setMouseTracking(True)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.setAccessibleName(self.tr("Documents and their pages"))
        view.customContextMenuRequested.connect(self._open_menu)
        view.selectionModel().currentChanged.connect(self._explain)
        view.clicked.connect(self._explain)
        view.activated.connect(self._act)
        self._theme.changed.connect(view.viewport().update)
        return view

    def _lay_out(self) -> None:
        space = self._theme.space
        head = QHBoxLayout()
        head.setSpacing(space(1))
        head.addWidget(self._search, 1)
        head.addWidget(self._all)
        head.addWidget(self._in_need)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(2), space(2), space(2), space(2))
        layout.setSpacing(space(1))
        layout.addLayout(head)
        layout.addWidget(self._stage)
        layout.addWidget(self._list, 1)
        layout.addWidget(self._nothing, 1)
        layout.addWidget(self._notice)
        layout.addWidget(self._undo_bar)
        layout.addWidget(self._password)
        layout.addWidget(HealthLegend(self._theme))
