"""About Phial: what it is, and the licences of everything that it ships."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from desktop.inbox import Inbox
from desktop.licences import Part, parts, text_of
from desktop.panes.updating import UpdateRow
from desktop.saved_file import save_file
from desktop.theme import Theme
from desktop.widgets.announce import announce
from desktop.widgets.buttons import Button
from desktop.widgets.labels import make_label
from desktop.widgets.mends import mend_name
from desktop.widgets.notice import Notice
from desktop.widgets.search_field import SearchField
from desktop.windows.placement import first_size
from desktop.worker_client import WorkerClient
from rag.client import client_version
from rag.errors import Problem

FIRST_SIZE = QSize(900, 640)
WIDTHS = [270, 590]
NARROWEST = 380
"""Device-independent pixels."""

_RULE = "\n\n" + "=" * 80 + "\n\n"


class AboutWindow(QDialog):
    """The list of all parts at the left, the licence of the chosen one at the right.

    ``listed``: all parts are there. ``read``: the licence of the chosen one is shown.
    """

    listed = Signal()
    read = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, client: WorkerClient | None = None) -> None:
        """With a ``client``, a newer version can be looked for."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("About Phial"))
        self._inbox = Inbox(self)
        self._chosen: Part | None = None
        self._parts: tuple[Part, ...] = ()
        name = make_label("heading")
        name.setText(self.tr("Phial {version}").format(version=client_version()))
        what = make_label("muted")
        what.setText(
            self.tr(
                "Answers from your own documents, with the place where each stands. Everything happens on this "
                "computer. Phial is free software under the MIT licence, and stands on the work of others:"
            )
        )
        self.search = SearchField(theme, "")
        self.search.setPlaceholderText(self.tr("Search by name or licence"))
        self.search.setAccessibleName(self.tr("Search the parts of Phial"))
        self.search.textChanged.connect(self._narrow)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Parts of Phial"))
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentItemChanged.connect(self._choose)
        self._nothing = make_label("muted", is_shown=False)
        self._nothing.setText(self.tr("No part has this name or licence."))
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setFont(theme.small(self.font()))  # lines of eighty letters find room beside the list
        self.text.setProperty("role", "read")
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(self.tr("Licence"))
        self._notice = Notice(theme)
        update = [] if client is None else [UpdateRow(theme, client, self._notice)]
        self._lay_out(theme, name, *update, what)
        self.setMinimumWidth(NARROWEST)
        self.resize(first_size(self, FIRST_SIZE, theme))
        # A hundred packages are looked at: not in the thread that paints.
        self._inbox.beside(parts, self._list, "licences")

    # --- what is shown ----------------------------------------------------------------------------------------------

    def _list(self, found: tuple[Part, ...]) -> None:
        self._parts = found
        for part in found:
            item = QListWidgetItem(" ".join(filter(None, (part.name, part.version))))
            item.setData(Qt.ItemDataRole.UserRole, part)
            item.setToolTip(f"{item.text()} · {part.licence}")
            item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, part.licence)
            self.list.addItem(item)
        self._save.setEnabled(True)
        self._narrow(self.search.text())
        self.listed.emit()

    def _narrow(self, words: str) -> None:
        wanted = words.casefold().split()
        fitting: list[int] = []
        for row in range(self.list.count()):
            item = self.list.item(row)
            said = item.toolTip().casefold()
            item.setHidden(not all(word in said for word in wanted))
            if not item.isHidden():
                fitting.append(row)
        if self.list.currentRow() not in fitting:
            self.list.setCurrentRow(fitting[0] if fitting else -1)
        self._nothing.setVisible(not fitting and self.list.count() > 0)

    def _choose(self, item: QListWidgetItem | None) -> None:
        part = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        self._chosen = part if isinstance(part, Part) else None
        self._copy.setEnabled(False)
        self.text.clear()
        if self._chosen is not None:
            chosen = self._chosen
            self._inbox.beside(partial(_whole, chosen), partial(self._show, chosen), "licence")

    def _show(self, part: Part, text: str) -> None:
        if part is self._chosen:  # another may have been chosen while it was read
            self.text.setPlainText(text)
            self._copy.setEnabled(True)
            self.read.emit()

    # --- what is kept of it -----------------------------------------------------------------------------------------

    def _copy_text(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        announce(self, self.tr("Copied"))

    def _choose_file(self) -> None:
        suggested = str(Path.home() / "phial-licences.txt")
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save all licences"), suggested, f"{self.tr('Text')} (*.txt)"
        )
        if chosen:
            path = Path(chosen)
            self._inbox.beside(partial(_save_all, path, self._parts), partial(self._say_saved, path), "licences")

    def _say_saved(self, path: Path, problem: Problem | None) -> None:
        if problem is not None:
            self._notice.say_problem(problem)
        else:
            show = (mend_name("show_in_folder"), lambda: self._notice.show_folder(str(path.parent)))
            self._notice.say(self.tr("Saved as “{name}”").format(name=path.name), str(path.parent), [show])
        announce(self, self._notice.accessibleName())

    # --- its parts --------------------------------------------------------------------------------------------------

    def _lay_out(self, theme: Theme, *head: QWidget) -> None:
        left = QWidget()
        beside = QVBoxLayout(left)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(theme.space(1))
        for part in (self.search, self.list, self._nothing):
            beside.addWidget(part)
        halves = QSplitter(Qt.Orientation.Horizontal)
        halves.addWidget(left)
        halves.addWidget(self.text)
        halves.setSizes(WIDTHS)
        halves.setChildrenCollapsible(False)
        self._copy = Button(self.tr("Copy this licence"))
        self._copy.clicked.connect(self._copy_text)
        self._save = Button(self.tr("Save all licences…"))
        self._save.setEnabled(False)
        self._save.clicked.connect(self._choose_file)
        foot = QHBoxLayout()
        foot.addWidget(self._copy)
        foot.addWidget(self._save)
        foot.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.space(3), theme.space(2), theme.space(3), theme.space(2))
        layout.setSpacing(theme.space(1))
        for label in head:
            layout.addWidget(label)
        layout.addWidget(halves, 1)
        layout.addWidget(self._notice)
        layout.addLayout(foot)


def _save_all(path: Path, kept: Sequence[Part]) -> Problem | None:
    return save_file(path, _RULE.join(_whole(part) for part in kept).encode())


def _whole(part: Part) -> str:
    """Name, licence, home, and the text of the licence, of which some need none."""
    head = "\n".join(filter(None, (" ".join(filter(None, (part.name, part.version))), part.licence, part.home)))
    return "\n\n".join(filter(None, (head, text_of(part))))
