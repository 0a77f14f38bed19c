"""A collection as a row of the library: its name, how many documents it holds, whether it is open or dropped upon."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QLineEdit, QStyle, QStyleOptionViewItem, QWidget

from desktop.theme import Theme, space
from desktop.widgets.collection_name import LONGEST_NAME
from desktop.widgets.counted_row import Counted, CountedRow, Index
from rag.protocol import CollectionRow

COLLECTION_ROLE = Qt.ItemDataRole.UserRole + 1
"""The row's CollectionRow."""


class CollectionRows(CountedRow):
    """Paints a CollectionRow in the way of a document's row. ``renamed``: its name, and the one that was written.

    ``open_name`` is the collection whose documents are listed, ``target`` the one that something is held above.
    """

    renamed = Signal(str, str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.open_name = ""
        self.target = ""

    def counted(self, index: Index) -> Counted | None:
        """The collection."""
        row = index.data(COLLECTION_ROLE)
        if not isinstance(row, CollectionRow):
            return None
        return Counted("folder", "teal" if row.name == self.target else "text", row.name, "text", row.documents)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the row."""
        row = index.data(COLLECTION_ROLE)
        name = row.name if isinstance(row, CollectionRow) else ""
        if name in {self.open_name, self.target}:
            option.state |= QStyle.StateFlag.State_Selected
        super().paint(painter, option, index)
        if name and name == self.target:
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self._theme.colour("teal"), 2, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(QRectF(option.rect).adjusted(1, 1, -1, -1), space(0.75), space(0.75))
            painter.restore()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:  # noqa: N802, ARG002
        """The field in which a collection is renamed."""
        field = QLineEdit(parent)
        field.setMaxLength(LONGEST_NAME)
        field.setProperty("role", "cell")
        field.setAccessibleName(self.tr("New name of “{name}”").format(name=index.data()))
        return field

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: N802, ARG002
        """It stands where the name does."""
        editor.setGeometry(self._name_place(option).adjusted(-space(0.75), 2, space(0.5), -2))

    def setEditorData(self, editor: QWidget, index: Index) -> None:  # noqa: N802 - Qt's name
        """It begins with the name; what the person has written since stays, whatever is told of the collection."""
        if isinstance(editor, QLineEdit) and not editor.isModified():
            super().setEditorData(editor, index)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:  # noqa: N802, ARG002
        """The worker renames it, where it can have this name."""
        if isinstance(editor, QLineEdit):
            self.renamed.emit(index.data(), editor.text())
