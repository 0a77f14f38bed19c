"""The part of the library that chooses among documents: all of them, or one of the collections."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.theme import Theme
from desktop.widgets.all_documents import AllDocumentsRow
from desktop.widgets.announce import warn
from desktop.widgets.buttons import IconButton
from desktop.widgets.collection_list import CollectionList
from desktop.widgets.collection_name import NameField, fault_of, tidy
from desktop.widgets.labels import make_label
from desktop.widgets.trouble import sentences_of
from rag.protocol import CollectionRow


class CollectionSection(QWidget):
    """``all_wanted``: every document is. ``made``: a name, and the keys of the documents that are to be in it.

    ``renamed``: a name, and another that it can have. ``list`` says what else is wanted.
    """

    all_wanted = Signal()
    made = Signal(str, object)
    renamed = Signal(str, str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: tuple[str, ...] = ()
        self._documents: tuple[str, ...] = ()
        self.list = CollectionList(theme)
        self.list.renamed.connect(self._rename)
        self._all = AllDocumentsRow(theme)
        self._all.clicked.connect(self.all_wanted)
        self._message = make_label("danger", is_shown=False)
        self._field = NameField(theme)
        self._field.named.connect(self._make)
        self._field.left.connect(self._leave)
        heading = make_label("section")
        heading.setText(self.tr("COLLECTIONS"))
        heading.setContentsMargins(theme.space(1), 0, 0, 0)
        add = IconButton(theme, "add", self.tr("New collection"))
        add.clicked.connect(partial(self.ask_name, ()))
        head = QHBoxLayout()
        head.addWidget(heading, 1)
        head.addWidget(add)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addSpacing(theme.space(0.5))
        layout.addWidget(self._all)
        layout.addWidget(self.list)
        layout.addWidget(self._message)
        layout.addWidget(self._field)

    def show_count(self, documents: int) -> None:
        """Say how many documents there are in all."""
        self._all.show_count(documents)

    def show_rows(self, rows: Sequence[CollectionRow], open_name: str) -> None:
        """Show these collections, ``open_name`` ("": none) as the one that is open."""
        self._names = tuple(row.name for row in rows)
        self._message.hide()
        self.list.show_rows(rows, open_name)

    def ask_name(self, documents: Sequence[str]) -> None:
        """Let the person name a new collection, in which ``documents`` (keys) are to be."""
        self._documents = tuple(documents)
        self._message.hide()
        self._field.ask(self._names)

    def put_away(self) -> bool:
        """Have no name asked for; whether one was."""
        was_asked = not self._field.isHidden()
        self._field.put_away()
        return was_asked

    def _make(self, name: str) -> None:
        self.made.emit(name, self._documents)

    def _leave(self) -> None:
        self.list.setFocus()

    def _rename(self, name: str, written: str) -> None:
        new_name = tidy(written)
        fault = fault_of(new_name, (other for other in self._names if other != name))
        if fault is not None:
            said = sentences_of(fault)
            self._message.setText(f"{said.title} {said.meaning}")
            self._message.show()
            warn(self, self._message.text())
        elif new_name != name:
            self._message.hide()
            self.renamed.emit(name, new_name)
