"""What the next question is limited to, as chips that lift it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from desktop.theme import Theme
from desktop.widgets.buttons import Button
from desktop.widgets.direction import isolated
from desktop.widgets.scope import ChosenScope
from desktop.widgets.tips import plain_tip
from rag.protocol import Document

_MOST_CHIPS = 3
_CHIP_HEIGHT = 28
_CHIP_PADDING = 56
"""Pixels of a chip beside its name."""


class ScopeChips(QWidget):
    """A chip for the collection or for each document; one for all of them where there is no room.

    ``changed`` carries the ChosenScope that is left after something was taken out.
    """

    changed = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scope = ChosenScope()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.space(0.75))
        self._row.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)

    @property
    def scope(self) -> ChosenScope:
        """What is shown."""
        return self._scope

    def set_scope(self, scope: ChosenScope) -> None:
        """Show ``scope``."""
        self._scope = scope
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Find room anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._show()

    def _show(self) -> None:
        while (item := self._row.takeAt(0)) is not None:
            if (chip := item.widget()) is not None:
                chip.hide()
                chip.deleteLater()
        if not self._scope:
            return
        documents = self._scope.documents
        if self._scope.collection:
            chips = [self._make_chip(self._scope.collection, documents)]
        else:
            chips = [self._make_chip(document.name, (document,)) for document in documents[:_MOST_CHIPS]]
        needed = sum(chip.sizeHint().width() + self._row.spacing() for chip in chips)
        if len(chips) > 1 and (len(documents) > len(chips) or needed > self.width()):
            chips = [self._make_chip(self.tr("%Ln document(s)", "", len(documents)), documents)]
        for chip in chips:
            self._row.addWidget(chip)

    def _make_chip(self, name: str, documents: tuple[Document, ...]) -> Button:
        chip = Button()
        chip.setProperty("role", "chip")
        room = max(0, self.width() - _CHIP_PADDING)
        chip.setText(f"{chip.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, room)}  ×")
        chip.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        chip.setMinimumHeight(_CHIP_HEIGHT)
        chip.setMinimumWidth(1)  # it must not keep the pane from getting narrower: then there is another chip
        chip.setToolTip(plain_tip(self.tr("{name}: click to ask everything again").format(name=isolated(name))))
        chip.setAccessibleName(self.tr("Limited to {name}, press to lift").format(name=isolated(name)))
        chip.clicked.connect(lambda: self._drop(documents))
        return chip

    def _drop(self, documents: tuple[Document, ...]) -> None:
        self.set_scope(self._scope.without(documents))
        self.changed.emit(self._scope)
