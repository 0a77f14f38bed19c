"""How an answer came about, folded away below it: the passages that were read, times, tokens, the model."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from desktop.theme import Theme
from desktop.widgets.buttons import QuietButton
from desktop.widgets.detail_words import Fact
from desktop.widgets.labels import make_label
from desktop.widgets.places import BETWEEN, address_of
from desktop.widgets.soft_breaks import breakable
from desktop.widgets.tips import plain_tip
from rag.protocol import Passage

_LONGEST_LINK = 60
"""Characters of a passage's address that are shown: all of it is in the tooltip."""


class Details(QFrame):
    """``opened`` carries a Passage that is wanted, and the tuple of all of them.

    What is folded costs nothing: its labels are made when it is first unfolded.
    """

    opened = Signal(object, object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._facts: Callable[[], Sequence[Fact]] = list
        self._passages: tuple[Passage, ...] = ()
        self._is_made = False
        self.setProperty("role", "notice")
        self.setAccessibleName(self.tr("Details"))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.space(2))
        self._grid.setVerticalSpacing(theme.space(0.5))
        self._grid.setColumnStretch(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.space(2), theme.space(1.25), theme.space(2), theme.space(1.25))
        layout.addLayout(self._grid)
        self.hide()

    def describe(self, facts: Callable[[], Sequence[Fact]], passages: tuple[Passage, ...] = ()) -> None:
        """Be about what ``facts`` say when they are asked, and the ``passages``, each of which opens."""
        self._facts, self._passages = facts, passages
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self._is_made = False
        if not self.isHidden():
            self._make()

    def unfold(self, is_unfolded: bool) -> None:
        """Show it, or fold it away."""
        if is_unfolded and not self._is_made:
            self._make()
        self.setVisible(is_unfolded)

    def _make(self) -> None:
        self._is_made = True
        for row, fact in enumerate(self._facts()):
            name, value = make_label("small"), make_label("small")
            name.setText(fact.name)
            name.setWordWrap(False)
            value.setText(breakable(fact.value))
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            for label in (name, value):
                label.setToolTip(fact.tip)
                label.setAccessibleName(f"{fact.name}: {fact.value}")
                label.setAccessibleDescription(fact.tip)
            self._grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(value, row, 1)
        self._add_passages(self._grid.rowCount())

    def _add_passages(self, row: int) -> None:
        if not self._passages:
            return
        name = make_label("small")
        name.setText(self.tr("Passages read"))
        name.setWordWrap(False)
        self._grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
        for place, passage in enumerate(self._passages, start=row):
            self._grid.addWidget(self._link(passage), place, 1, Qt.AlignmentFlag.AlignLeading)

    def _link(self, passage: Passage) -> QuietButton:
        where = BETWEEN.join(part for part in (passage.document, address_of(passage, passage.section)) if part)
        shown = where if len(where) <= _LONGEST_LINK else f"{where[: _LONGEST_LINK - 1].rstrip()}…"
        link = QuietButton(f"{passage.number}  {shown}".replace("&", "&&"))
        link.setMinimumWidth(1)
        link.setToolTip(plain_tip(where))
        link.setAccessibleName(self.tr("Open passage {number}: {place}").format(number=passage.number, place=where))
        link.clicked.connect(lambda: self.opened.emit(passage, self._passages))
        return link
