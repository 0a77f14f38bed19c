"""The list of every connection that Phial ever made, to be read and to be kept."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, QStandardPaths, Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHeaderView,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop.saved_file import save_file
from desktop.theme import Theme
from desktop.widgets.announce import announce
from desktop.widgets.buttons import Button
from desktop.widgets.connection_model import ConnectionModel, as_csv
from desktop.widgets.direction import isolated
from desktop.widgets.labels import make_label
from desktop.widgets.mends import mend_name
from desktop.widgets.notice import Notice
from desktop.windows.placement import first_size
from desktop.worker_client import WorkerClient
from rag.protocol import Connection, Connections, ListConnections

FIRST_SIZE = QSize(820, 500)
NARROWEST = 380
"""Device-independent pixels."""


class ConnectionsWindow(QDialog):
    """None, but for models and new versions that the person asked for."""

    def __init__(self, theme: Theme, client: WorkerClient, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Connections"))
        self.model = ConnectionModel(self)
        self._title = make_label("title")
        note = make_label("muted")
        note.setText(
            self.tr(
                "Phial reads, searches and answers on this computer alone. It connects only to fetch a model that you "
                "ask for by name, or to look for a new version when you ask it to, and writes each connection down "
                "here before it is made."
            )
        )
        self._table = self._make_table()
        self._notice = Notice(theme)
        self._save = Button(self.tr("Save as a file…"))
        self._save.clicked.connect(self._choose_file)
        buttons = QDialogButtonBox()
        buttons.addButton(self._save, QDialogButtonBox.ButtonRole.ActionRole)
        close = buttons.addButton(QDialogButtonBox.StandardButton.Close)
        close.setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        self._stack = QStackedWidget()
        self._stack.addWidget(QWidget())
        self._stack.addWidget(self._table)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.space(3), theme.space(2), theme.space(3), theme.space(2))
        layout.setSpacing(theme.space(1))
        for part in (self._title, note, self._stack, self._notice, buttons):
            layout.addWidget(part)
        layout.setStretchFactor(self._stack, 1)
        self.setMinimumWidth(NARROWEST)
        self.resize(first_size(self, FIRST_SIZE, theme))
        self._save.setEnabled(False)
        asked = client.run(ListConnections)
        asked.succeeded.connect(self._take)
        asked.failed.connect(self._notice.say_problem)

    def _take(self, reply: Connections) -> None:
        self._show(reply.connections)

    def _show(self, connections: tuple[Connection, ...]) -> None:
        self.model.replace(connections)
        self._title.setText(
            self.tr("%Ln connection(s) so far", "", len(connections))
            if connections
            else self.tr("No connection was ever made.")
        )
        self._stack.setCurrentIndex(1 if connections else 0)
        self._save.setEnabled(bool(connections))

    def _choose_file(self) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        suggested = Path(folder if Path(folder).is_dir() else Path.home()) / "phial-connections.csv"
        chosen, _ = QFileDialog.getSaveFileName(self, self.tr("Save the connections"), str(suggested), "CSV (*.csv)")
        if not chosen:
            return
        path = Path(chosen)
        if (problem := save_file(path, as_csv(tuple(reversed(self.model.connections))))) is not None:
            self._notice.say_problem(problem)
        else:
            show = (mend_name("show_in_folder"), lambda: self._notice.show_folder(str(path.parent)))
            self._notice.say(self.tr("Saved as “{name}”").format(name=isolated(path.name)), str(path.parent), [show])
        announce(self, self._notice.accessibleName())

    def _make_table(self) -> QTableView:
        table = QTableView()
        table.setModel(self.model)
        table.setAccessibleName(self.tr("Every connection ever made"))
        table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        table.verticalHeader().hide()
        table.setFrameShape(QTableView.Shape.NoFrame)
        head = table.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setResizeContentsPrecision(50)  # rows: a long ledger is not measured whole
        head.setSectionResizeMode(ConnectionModel.ADDRESS, QHeaderView.ResizeMode.Stretch)
        return table
