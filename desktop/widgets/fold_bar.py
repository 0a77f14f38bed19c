"""The row of buttons that brings folded panes back, shown while some are folded."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop.theme import Theme
from desktop.widgets.buttons import IconButton
from desktop.windows.folding import Pane


class FoldBar(QFrame):
    """``chosen``: a Pane that is to be shown."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "sidebar")
        names = {
            Pane.LIBRARY: self.tr("Library"),
            Pane.CONVERSATION: self.tr("Conversation"),
            Pane.READER: self.tr("Reader"),
        }
        icons = {Pane.LIBRARY: "sidebar", Pane.CONVERSATION: "conversation", Pane.READER: "reader"}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.space(1.5), theme.space(0.5), theme.space(1.5), theme.space(0.5))
        layout.setSpacing(theme.space(0.5))
        self._buttons: dict[Pane, IconButton] = {}
        for pane in Pane:
            button = IconButton(theme, icons[pane], names[pane])
            button.clicked.connect(lambda _=False, pane=pane: self.chosen.emit(pane))
            layout.addWidget(button)
            self._buttons[pane] = button
        layout.addStretch()

    def show_panes(self, visible: Iterable[Pane], available: Iterable[Pane]) -> None:
        """Offer the ``available`` panes, those that are ``visible`` in teal; nothing where all of them are."""
        shown, there = set(visible), set(available)
        for pane, button in self._buttons.items():
            button.setVisible(pane in there)
            button.set_icon({Pane.CONVERSATION: "conversation", Pane.READER: "reader"}.get(pane, "sidebar"),
                            "teal" if pane in shown else "muted")  # fmt: skip
        self.setVisible(shown != there)
